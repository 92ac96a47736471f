"""The change log as far as it was read: which changes are meant, what to show of them, what is still to be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

from orchestration.cells import name_of
from orchestration.steps import BASE_ONLY, Fetch, Follow, Gathered, Given, Plan, Select
from orchestration.tool import Briefing
from sources.catalog import BASE, ObjectType
from sources.source import Condition, Entity
from sources.types import DATA
from tools.field_changes import Difference, bare_ids, differences
from tools.standing import CABLE_END, CIRCUIT, DEVICE, MACHINE, TERMINATION, At, Key, Standing, data_above
from tools.wording import title_of

CHANGES, JOURNAL, EARLIER = "changes", "journal", "earlier changes"
CHANGE, ENTRY = "core.objectchange", "extras.journalentry"
MOST_READ = 2_000
"""Changes that are read of a window, the newest; the window can be moved to those before."""
MOST_ENTRIES = 300
"""Journal entries that are read, the newest."""
MOST_EARLIER = 300
"""Changes that are read to find what objects were before those that are shown."""
MOST_GONE = 1_000
"""Changes whose data is read to find where objects stood that are gone."""
MOST_SHOWN = 300
MOST_NAMED_IN = 1_000
"""Changes of a log of which the ids in fields are replaced by names, which takes one more read."""
PLACES = frozenset({"dcim.region", "dcim.site", "dcim.location"})
ACTIONS = {"create": "created", "update": "updated", "delete": "deleted"}
_OF = ("device", "virtual_machine", "power_panel", "circuit")
"""The fields that name what an object is a part of."""
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Group:
    """What one request did to one object, the newest change first."""

    request: str
    key: Key
    changes: Sequence[Entity]

    @property
    def time(self) -> str:
        """When it was done, at last."""
        return str(self.changes[0]["time"])

    @property
    def actions(self) -> frozenset[str]:
        """Whether it was created, updated, deleted, or several of these."""
        return frozenset(each["action"] for each in self.changes)

    @property
    def only_updated(self) -> bool:
        """Whether the object was there before and after."""
        return self.actions == {"update"}


class ChangeLog:
    """What was read, in the light of what was asked.

    `site` is the id of the site that is meant, `type_` the name of the type, if there is one.
    """

    def __init__(
        self, gathered: Gathered, briefing: Briefing, *, site: str | None, type_: str | None
    ) -> None:
        self._gathered, self._catalog, self._site = gathered, briefing.catalog, site
        self._start = briefing.window.start(CHANGES)
        self._most = min(max(briefing.max_tokens // 25, 10), MOST_SHOWN)
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

    @property
    def whole(self) -> bool:
        """Whether every change of the window was read."""
        return len(self.read) >= self.total

    @cached_property
    def meant(self) -> list[Entity]:
        """The changes that are asked for, as far as can be told; those of objects at the site."""
        if self._site is None:
            return list(self.read)
        return [row for row in self.read if self._at[key_of(row)] is At.HERE]

    @cached_property
    def unplaced(self) -> list[Entity]:
        """The changes of which nobody can tell whether they were at the site."""
        return [row for row in self.read if self._site and self._at[key_of(row)] is At.UNKNOWN]

    @cached_property
    def groups(self) -> list[Group]:
        """The changes that are meant, by request and object, the latest request first."""
        return _grouped(self.meant)

    @property
    def start(self) -> int:
        """The group that is shown first."""
        return self._start

    @property
    def shown(self) -> list[Group]:
        """The groups that an answer may have room for."""
        return self.groups[self._start : self._start + self._most]

    @property
    def entries(self) -> list[Entity]:
        """The journal entries about what is meant, the newest first."""
        rows = self._gathered.rows(JOURNAL)
        if self._site is None:
            return rows
        return [row for row in rows if (key := about(row)) and self._at[key] is At.HERE]

    def subject(self, entry: Entity) -> str | None:
        """What a journal entry is about."""
        key = about(entry)
        row = self._entities.get(key) if key else None
        return title_of(self._catalog[key[0]], row) if key and row else name_of(entry["assigned_object"])

    def differences(self, group: Group) -> list[Difference] | None:
        """The fields that changed; None where what was before is not known."""
        last, first = group.changes[0], group.changes[-1]
        after = self._data.get(last["id"], {}).get("postchange_data")
        before = self._data.get(first["id"], {}).get("prechange_data") or self._before.get(first["id"])
        return differences(before, after) if before and after else None

    def name(self, group: Group) -> str:
        """What the object is called: with the device that it is a part of."""
        said = str(group.changes[0]["object_repr"] or f"#{group.key[1]}")
        row = self._entities.get(group.key)
        if row is not None:
            owner = next((name_of(row[field]) for field in _OF if row.get(field)), None)
            return f"{owner} {said}" if owner else said
        owner = self._former_owner(self._said_of(group.key) or {})
        return f"{owner} {said}" if owner else said

    def _former_owner(self, data: Mapping[str, Any]) -> str | None:
        """What something was a part of that is gone; it may be gone as well."""
        for field, type_ in (("device", DEVICE), ("virtual_machine", MACHINE)):
            held = data.get(field)
            if isinstance(held, Mapping):
                return name_of(held)
            if held:
                row = self._entities.get((type_, str(held)))
                return str((row and row.get("name")) or self._called.get((type_, str(held))) or f"#{held}")
        return None

    def reference(self, group: Group, field: str, id_: str) -> str | None:
        """The name of what a field of the object refers to, if it is known."""
        target = self._target(group, field)
        if target is None:
            return None
        row = self._entities.get((target.name, id_))
        return title_of(target, row) if row else f"#{id_}"

    def missing(self) -> Plan:
        """The steps that bring what must still be read: first the rows that tell where objects stand, then data."""
        steps = self._objects()
        if steps:
            return steps
        steps = self._data_steps()
        if steps:
            return steps
        return {**self._earlier(), **(self._references() if self.total <= MOST_NAMED_IN else {})}

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
        return Standing(
            self._site or "",
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
        if self._site is not None:
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
        circuits = self._standing.wanted_circuits if self._site is not None else ()
        if circuits:
            circuit = self._catalog[CIRCUIT]
            steps[f"circuits ({round_})"] = Given(circuit, tuple({"id": id_} for id_ in sorted(circuits)))
            steps[f"circuit terminations ({round_})"] = Follow(
                f"circuits ({round_})", circuit.relations["terminations"], self._catalog[TERMINATION]
            )
        return steps

    def _is_part(self, type_: str) -> bool:
        return self._is_known(type_) and any(name in self._catalog[type_].fields for name in _OF)

    def _is_known(self, type_: str) -> bool:
        return type_ in self._catalog and not self._catalog[type_].generic

    def _data_steps(self) -> dict[str, Any]:
        """The data of what is shown (or may be, once it is known where it stood), and of what is gone."""
        gone: list[str] = []
        likely = self.shown
        if self._site is not None:
            wanted = [key for key in self._newest if key in self._standing.wanted_data]
            gone = [self._newest[key] for key in wanted][:MOST_GONE]
            likely = _grouped([row for row in self.read if self._at[key_of(row)] in (At.HERE, At.OPEN)])
            likely = likely[self._start : self._start + self._most]
        ids = [each["id"] for group in likely for each in (group.changes[0], group.changes[-1])]
        new = [id_ for id_ in dict.fromkeys([*ids, *gone]) if id_ not in self._asked_data]
        if not new:
            return {}
        step = Fetch(self._catalog[CHANGE], tuple(new), frozenset({DATA}))
        return {f"data of changes ({len(self._gathered.plan)})": step}

    @property
    def _without_before(self) -> list[Entity]:
        """The changes that are shown and do not tell what was before them: Nautobot's do not."""
        firsts = [group.changes[-1] for group in self.shown if group.only_updated]
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
        facets = frozenset({BASE, DATA})
        return {EARLIER: Select(self._catalog[CHANGE], where, facets, limit=MOST_EARLIER, optional=True)}

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
        """The names of what fields refer to by bare ids: NetBox's log has no more."""
        wanted: set[Key] = set()
        for group in self.shown:
            found = self.differences(group) if group.only_updated else None
            for each in found or ():
                target = self._target(group, each.field)
                if target is not None:
                    wanted |= {(target.name, id_) for id_ in bare_ids(each)}
        return {
            f"names of {self._catalog[type_].plural}": Fetch(self._catalog[type_], tuple(ids), BASE_ONLY)
            for type_, ids in _by_type(wanted - self._asked).items()
        }

    def _target(self, group: Group, field: str) -> ObjectType | None:
        """The type that a field of an object refers to."""
        known = self._catalog.types.get(group.key[0])
        held = known.fields.get(field) if known else None
        return self._catalog.types.get(held.target) if held and held.target and field != "tags" else None


def key_of(change: Entity) -> Key:
    """The object that a change is about."""
    held = change["changed_object"] or {}
    return str(held.get("type") or "unknown"), str(held.get("id"))


def moment_of(text: str) -> datetime:
    """A moment as entities hold it."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def counted_by(rows: Iterable[Entity], field: str) -> dict[str, int]:
    """How many changes there are of each value, the most first."""
    counts = Counter(str(row[field] or "(unknown)") for row in rows)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def is_request(text: str) -> bool:
    """Whether a text is the whole id of a request."""
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text.lower()) is not None


def about(entry: Entity) -> Key | None:
    """The object that a journal entry is about."""
    held = entry["assigned_object"] or {}
    return (str(held["type"]), str(held["id"])) if held.get("type") else None


def _grouped(rows: Sequence[Entity]) -> list[Group]:
    """By request and object. The rows come with the newest first; so do the requests, and what is in them."""
    of: dict[str, dict[Key, list[Entity]]] = {}
    for row in sorted(rows, key=lambda row: str(row["time"]), reverse=True):
        # What has no request is a change by itself.
        request = str(row["request_id"] or row["id"])
        of.setdefault(request, {}).setdefault(key_of(row), []).append(row)
    return [Group(request, key, several) for request, keys in of.items() for key, several in keys.items()]


def _by_type(keys: Iterable[Key]) -> dict[str, list[str]]:
    of: dict[str, list[str]] = {}
    for type_, id_ in sorted(keys):
        of.setdefault(type_, []).append(id_)
    return of
