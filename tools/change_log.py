"""The change log as far as it was read: which changes are meant, what to show of them, what is still to be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

from orchestration.steps import BASE_ONLY, Fetch, Follow, Gathered, Given, Plan, Select
from orchestration.tool import Briefing, Found
from sources.catalog import BASE
from sources.source import Condition, Entity
from sources.types import DATA
from tools.change_names import OWNED_BY, Names
from tools.change_rows import CHANGE, Group, about, by_object, by_request, key_of, moment_of
from tools.field_changes import Difference, differences
from tools.standing import CABLE_END, CIRCUIT, TERMINATION, At, Key, Standing, data_above

CHANGES, JOURNAL, EARLIER = "changes", "journal", "earlier changes"
MOST_READ = 2_000
"""Changes that are read of a window, the newest; the window can be moved to those before."""
MOST_ENTRIES = 300
"""Journal entries that are read, the newest."""
MOST_EARLIER = 300
"""Changes that are read to find what objects were before those that are shown; two of each where they are many."""
MOST_GONE = 1_000
"""Changes whose data is read to find where objects stood that are gone."""
MOST_SHOWN = 300
"""Groups whose data is read to show them; an answer has no room for more."""
MOST_NETTED = 1_000
"""Objects whose data is read to tell how they differ between the window's ends."""
PLACES = frozenset({"dcim.region", "dcim.site", "dcim.location"})
_SECOND = timedelta(seconds=1)


class ChangeLog:
    """What was read, in the light of what was asked.

    `scope` is what the changed objects must stand at, in or on, `type_` the name of their type, if there is one.
    `net`: what differs between the window's two ends is meant, not each step from the one to the other.
    """

    def __init__(
        self,
        gathered: Gathered,
        briefing: Briefing,
        *,
        scope: Found | None = None,
        type_: str | None = None,
        net: bool = False,
    ) -> None:
        self._gathered, self._catalog, self._net = gathered, briefing.catalog, net
        self._scope: Key | None = (scope.type.name, scope.entity["id"]) if scope else None
        self._start, self._whole_file = briefing.window.start(CHANGES), briefing.window.whole
        self._most = briefing.window.most(CHANGES, min(max(briefing.max_tokens // 25, 10), MOST_SHOWN))
        rows = gathered.rows(CHANGES)
        # Nautobot's log knows one type for all places.
        others = PLACES - {type_} if type_ in PLACES else frozenset()
        self.read = [row for row in rows if key_of(row)[0] not in others]
        self.total = gathered.total(CHANGES) - (len(rows) - len(self.read))
        self._entities: dict[Key, Entity] = {}
        self._data: dict[str, Entity] = {}
        asked: set[Key] = set()
        asked_data: set[str] = set()
        for name, step in gathered.plan.items():
            if not isinstance(step, Fetch):
                continue
            if step.type.name == CHANGE:
                asked_data.update(step.ids)
                self._data |= gathered.by_id(name)
            else:
                asked.update((step.type.name, id_) for id_ in step.ids)
                self._entities |= {(step.type.name, row["id"]): row for row in gathered.rows(name)}
        self._asked, self._asked_data = frozenset(asked), frozenset(asked_data)
        self.names = Names(self._catalog, self._entities, self._called, self._said_of)

    @property
    def scoped(self) -> bool:
        """Whether only what stands somewhere is meant."""
        return self._scope is not None

    @property
    def whole(self) -> bool:
        """Whether every change of the window was read."""
        return len(self.read) >= self.total

    @cached_property
    def meant(self) -> list[Entity]:
        """The changes that are asked for, as far as can be told; those of objects in the scope."""
        if self._scope is None:
            return list(self.read)
        return [row for row in self.read if self._at[key_of(row)] is At.HERE]

    @cached_property
    def unplaced(self) -> list[Entity]:
        """The changes of which nobody can tell whether they were in the scope."""
        return [row for row in self.read if self._scope and self._at[key_of(row)] is At.UNKNOWN]

    @cached_property
    def groups(self) -> list[Group]:
        """The changes that are meant: by request and object, the latest request first; or, net, by object."""
        return self._grouped(self.meant)

    @property
    def start(self) -> int:
        """The group that is shown first."""
        return self._start

    @property
    def shown(self) -> list[Group]:
        """The groups that an answer may have room for; of a net one, those that it must compare."""
        return self._likely(self.groups)

    def _grouped(self, rows: Iterable[Entity]) -> list[Group]:
        return by_object(rows) if self._net else by_request(rows)

    def _likely(self, groups: list[Group]) -> list[Group]:
        if self._net:
            there = [each for each in groups if each.was and each.remained]
            return there if self._whole_file else there[:MOST_NETTED]
        return groups[self._start : self._start + self._most]

    @property
    def entries(self) -> list[Entity]:
        """The journal entries about what is meant, the newest first."""
        rows = self._gathered.rows(JOURNAL)
        if self._scope is None:
            return rows
        return [row for row in rows if (key := about(row)) and self._at[key] is At.HERE]

    def differences(self, group: Group) -> list[Difference] | None:
        """The fields that changed; None where what was before is not known."""
        last, first = group.changes[0], group.changes[-1]
        after = self._data.get(last["id"], {}).get("postchange_data")
        before = self._data.get(first["id"], {}).get("prechange_data") or self._before.get(first["id"])
        return differences(before, after) if before and after else None

    def missing(self) -> Plan:
        """The steps that bring what must still be read: first the rows that tell where objects stand, then data."""
        steps = self._objects()
        if steps:
            return steps
        steps = self._data_steps()
        if steps:
            return steps
        return {**self._earlier(), **self._references()}

    @cached_property
    def _called(self) -> Mapping[Key, str | None]:
        """What the log calls each object that it has changes of."""
        return {key_of(row): row["object_repr"] for row in reversed(self.read)}

    @cached_property
    def _newest(self) -> Mapping[Key, str]:
        """The latest change of each object."""
        return {key_of(row): row["id"] for row in reversed(self.read)}

    def _said_of(self, key: Key) -> Mapping[str, Any] | None:
        row = self._data.get(self._newest.get(key, ""))
        return None if row is None else (row["postchange_data"] or row["prechange_data"] or {})

    @cached_property
    def _standing(self) -> Standing:
        circuits = {
            row["id"]: self._gathered.children(name, row["id"])
            for name, step in self._gathered.plan.items()
            if isinstance(step, Follow)
            for row in self._gathered.rows(step.step)
        }
        ends: dict[str, list[Key]] = {}
        for row in self.read:
            if key_of(row)[0] == CABLE_END and (said := self._said_of(key_of(row))):
                ends.setdefault(str(said.get("cable")), []).extend(data_above(said))
        assert self._scope is not None, "where things stand is asked of a scope"
        return Standing(
            self._scope,
            self._catalog,
            self._entities,
            self._asked,
            circuits,
            self._said_of,
            lambda key: key in self._newest and self._newest[key] not in self._asked_data,
            ends,
        )

    @cached_property
    def _at(self) -> Mapping[Key, At]:
        """Where each object stands that was changed or is written about."""
        noted = (about(row) for row in self._gathered.rows(JOURNAL))
        keys = dict.fromkeys([*map(key_of, self.read), *(key for key in noted if key)])
        return {key: self._standing.at(key) for key in keys}

    def _objects(self) -> dict[str, Any]:
        """The rows of objects that are not known yet, by type; the ends of circuits."""
        if self._scope is not None:
            _ = self._at
            wanted = self._standing.wanted
        else:
            nameless = (row for row in self.entries if not (row["assigned_object"] or {}).get("name"))
            keys = [key for row in nameless if (key := about(row)) and self._is_known(key[0])]
            wanted = {each.key for each in self.shown if self._is_part(each.key[0])}.union(keys) - self._asked
        round_ = len(self._gathered.plan)
        steps: dict[str, Any] = {}
        for type_, ids in _by_type(wanted).items():
            known = self._catalog[type_]
            steps[f"{known.plural} ({round_})"] = Fetch(known, tuple(ids), BASE_ONLY)
        circuits = self._standing.wanted_circuits if self._scope is not None else ()
        if circuits:
            circuit = self._catalog[CIRCUIT]
            steps[f"circuits ({round_})"] = Given(circuit, tuple({"id": id_} for id_ in sorted(circuits)))
            steps[f"circuit terminations ({round_})"] = Follow(
                f"circuits ({round_})", circuit.relations["terminations"], self._catalog[TERMINATION]
            )
        return steps

    def _is_part(self, type_: str) -> bool:
        return self._is_known(type_) and any(name in self._catalog[type_].fields for name in OWNED_BY)

    def _is_known(self, type_: str) -> bool:
        return type_ in self._catalog and not self._catalog[type_].generic

    def _data_steps(self) -> dict[str, Any]:
        """The data of what is shown (or may be, once it is known where it stood), and of what is gone."""
        gone: list[str] = []
        likely = self.shown
        if self._scope is not None:
            wanted = [key for key in self._newest if key in self._standing.wanted_data]
            gone = [self._newest[key] for key in wanted][:MOST_GONE]
            likely = self._likely(
                self._grouped(row for row in self.read if self._at[key_of(row)] in (At.HERE, At.OPEN))
            )
        ids = [each["id"] for group in likely for each in (group.changes[0], group.changes[-1])]
        new = [id_ for id_ in dict.fromkeys([*ids, *gone]) if id_ not in self._asked_data]
        if not new:
            return {}
        step = Fetch(self._catalog[CHANGE], tuple(new), frozenset({DATA}))
        return {f"data of changes ({len(self._gathered.plan)})": step}

    @property
    def _without_before(self) -> list[Entity]:
        """The changes that are shown and do not tell what was before them: Nautobot's do not."""
        firsts = [group.changes[-1] for group in self.shown if group.was and group.remained]
        return [row for row in firsts if not self._data.get(row["id"], {}).get("prechange_data")]

    def _earlier(self) -> dict[str, Any]:
        """The changes of these objects up to the latest of them, of which the next to each tells what was before."""
        rows = self._without_before
        if not rows or EARLIER in self._gathered.plan:
            return {}
        latest = max(moment_of(row["time"]) for row in rows) + _SECOND
        ids = tuple(dict.fromkeys(key_of(row)[1] for row in rows))
        where = (
            Condition("changed_object_id", "", ids),
            Condition("time", "lt", (latest.isoformat(),)),
        )
        facets, most = frozenset({BASE, DATA}), max(MOST_EARLIER, 2 * len(rows))
        return {EARLIER: Select(self._catalog[CHANGE], where, facets, limit=most, optional=True)}

    @cached_property
    def _before(self) -> Mapping[str, Mapping[str, Any]]:
        """What an object was before a change, by the change before it."""
        of: dict[Key, list[Entity]] = {}
        for row in self._gathered.rows(EARLIER):
            of.setdefault(key_of(row), []).append(row)
        return {
            later["id"]: earlier["postchange_data"]
            for rows in of.values()
            for later, earlier in pairwise(rows)
            if earlier["postchange_data"] and earlier["action"] != "delete"
        }

    def _references(self) -> dict[str, Any]:
        """The names of what fields refer to by bare ids."""
        changed = ((group, self.differences(group)) for group in self.shown if group.was and group.remained)
        wanted = {
            key
            for group, found in changed
            for each in found or ()
            for key in self.names.referred(group, each)
        }
        return {
            f"names of {self._catalog[type_].plural}": Fetch(self._catalog[type_], tuple(ids), BASE_ONLY)
            for type_, ids in _by_type(wanted - self._asked).items()
        }


def _by_type(keys: Iterable[Key]) -> dict[str, list[str]]:
    of: dict[str, list[str]] = {}
    for type_, id_ in sorted(keys):
        of.setdefault(type_, []).append(id_)
    return of
