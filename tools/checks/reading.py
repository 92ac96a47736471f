"""What an audit reads: the union of what its checks must see, once, and only where it is few enough to be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from orchestration.steps import BASE_ONLY, Facets, Fetch, Follow, Gathered, Plan, Select, Step
from orchestration.tool import Found
from sources.catalog import Catalog, ObjectType, Relation
from sources.source import Condition, Entity
from sources.types import LINKS, PLUGS
from sources.where import parse_where
from tools.cable_rows import CABLE, CABLED
from tools.checks.check import Check
from tools.checks.rows import DEVICE, INTERFACE, Rows
from tools.checks.wiring import Wiring

PAGE = 1_000
"""Rows that are read of each type before it is known how many there are; the most devices whose ports are read."""
MOST_ROWS = 10_000
"""Rows of a type that are read; of more, only what can be counted."""
SAMPLE = 100
"""Rows that are read of what can only be counted."""
FEW_PORTS = 200
"""Ports that are asked one by one what they lead to, where their cables do not tell; of more, all cabled ones are."""
FAR_ENDS = "far ends of links"
_NARROW = "narrow by site, role, tenant or tag"


@dataclass(frozen=True)
class Scope:
    """The objects that an audit is about: those that belong to all of these."""

    chosen: Mapping[str, Found]
    """Argument of the tool -> the object that it names."""

    def conditions(self, type_: ObjectType) -> tuple[Condition, ...] | None:
        """The filters that choose them; None where the type cannot be chosen so."""
        found = []
        for argument, held in self.chosen.items():
            key = held.type.name.partition(".")[2] if argument == "site" else _KEYS[argument]
            if key == "role" and "device_role" in type_.references():
                key = "device_role"
            if type_.references().get(key) != held.type.name:
                return None
            found.append(Condition(key, "", (held.entity["id"],), (held.entity,)))
        return tuple(found)


_KEYS = {"role": "role", "tenant": "tenant", "tag": "tags"}


@dataclass(frozen=True)
class Reading:
    """The steps of an audit, and what they have brought."""

    checks: Sequence[Check]
    scope: Scope
    catalog: Catalog

    def plan(self) -> Plan:
        """A page of each type that is chosen by itself."""
        plan: dict[str, Any] = {}
        for type_, facets in self._needs():
            where = self.scope.conditions(type_)
            if where is not None and self._owner(type_) is None:
                plan[type_.plural] = Select(type_, where, facets, limit=PAGE, optional=True)
        if self.scope.chosen:
            for type_, facets in self._union(check.beside for check in self.checks):
                plan[_all(type_)] = Select(type_, (), facets, limit=PAGE, optional=True)
        return plan

    def further(self, gathered: Gathered) -> Plan:
        """The rest of what is few enough, what hangs on the devices, the far ends of links, and mere counts."""
        plan: dict[str, Any] = {}
        for name, step in gathered.plan.items():
            if isinstance(step, Select) and self._is_begun(name, gathered):
                plan[_rest(name)] = replace(step, offset=PAGE, limit=None)
        devices = self.catalog[DEVICE].plural
        for type_, facets in self._needs():
            relation = self._owner(type_)
            if relation and gathered.knows(devices) and gathered.total(devices) <= PAGE:
                links = _links(type_, facets)
                plugs = {PLUGS} if links else set()
                plan[type_.plural] = Follow(devices, relation, type_, facets - links | plugs)
                if links and gathered.total(devices):
                    plan |= self._linked(type_, links, gathered)
        plan |= self._far(gathered) | self._counts(gathered)
        return {name: step for name, step in plan.items() if name not in gathered.plan}

    @staticmethod
    def _is_begun(name: str, gathered: Gathered) -> bool:
        """Whether a first page was read of what has more of them, and is few enough to be read."""
        step = gathered.plan.get(name)
        paged = isinstance(step, Select) and step.limit == PAGE
        return paged and PAGE < gathered.total(name) <= MOST_ROWS

    def rows(self, gathered: Gathered, today: date) -> Rows:
        """The rows as checks see them."""
        beside = self._union(check.beside for check in self.checks)
        return Rows(
            self.catalog,
            {type_.name: self._rows(type_, facets, gathered) for type_, facets in self._needs()},
            {type_.name: _read(gathered, self._whole(type_)) for type_, _ in beside},
            _far_rows(gathered),
            today,
        )

    def out_of_scope(self, check: Check) -> str:
        """Why nothing that a check is about can be in the scope: prefixes have no device role. "" if it can."""
        absent = [name for name in (*check.reads, *check.beside) if name not in self.catalog]
        if absent:
            return f"this source has no {absent[0]}"
        types = (self.catalog[name] for name in check.reads)
        lost = [t.plural for t in types if self._owner(t) is None and self.scope.conditions(t) is None]
        return f"{lost[0]} cannot be chosen by {', '.join(self.scope.chosen)}" if lost else ""

    def obstacle(self, check: Check, gathered: Gathered) -> str:
        """Why a check could not see what it must; "" where it could."""
        steps = [(name, self.catalog[name].plural) for name in check.reads]
        steps += [(name, self._whole(self.catalog[name])) for name in check.beside]
        linked = (self.catalog[name] for name, facets in check.reads.items() if LINKS in facets)
        steps += [(type_.name, _cabled(type_)) for type_ in linked if _cabled(type_) in gathered.plan]
        words = (self._unread(self.catalog[name], step, gathered) for name, step in steps)
        lost = check.far_ends and any(name.startswith(FAR_ENDS) for name in gathered.failed)
        return next(filter(None, words), f"the {FAR_ENDS} could not be read" if lost else "")

    def _unread(self, type_: ObjectType, step: str, gathered: Gathered) -> str:
        if step in gathered.failed or _rest(step) in gathered.failed:
            return f"the {step} could not be read"
        if gathered.total(step) > MOST_ROWS:
            return f"{gathered.total(step):,} {type_.plural} are too many to read: {_NARROW}"
        devices = self.catalog[DEVICE].plural
        if step in gathered.plan:
            return ""
        if gathered.knows(devices):
            return (
                f"the {type_.plural} of {gathered.total(devices):,} devices are too many to read: {_NARROW}"
            )
        return f"the {devices} could not be read"

    def _needs(self) -> list[tuple[ObjectType, Facets]]:
        """The types to be read in the scope, with their facets. Without a scope all objects are in it."""
        reads = [check.reads for check in self.checks]
        if not self.scope.chosen:
            reads += [check.beside for check in self.checks]
        if any(self._owner(type_) for type_, _ in self._union(reads)):
            reads.append({DEVICE: BASE_ONLY})
        return self._union(reads)

    def _union(self, reads: Iterable[Mapping[str, Facets]]) -> list[tuple[ObjectType, Facets]]:
        found: dict[str, Facets] = {}
        for each in reads:
            for name, facets in each.items():
                if name in self.catalog:
                    found[name] = found.get(name, frozenset()) | facets
        return [(self.catalog[name], facets) for name, facets in found.items()]

    def _whole(self, type_: ObjectType) -> str:
        """The step that reads all objects of a type."""
        return _all(type_) if self.scope.chosen else type_.plural

    def _owner(self, type_: ObjectType) -> Relation | None:
        """The relation by which a type hangs on devices: ports always, addresses where devices are chosen."""
        relations = self.catalog[DEVICE].relations.values()
        found = next(
            (each for each in relations if each.to == type_.name and "site" not in type_.fields), None
        )
        return found if found and (self.scope.chosen or found.via == ("device",)) else None

    def _ports(self, type_: ObjectType, gathered: Gathered) -> tuple[Condition, ...]:
        """The filters that choose the ports of the scope: its own ones, or where there are none, the devices."""
        own = self.scope.conditions(type_)
        if own is not None:
            return own
        rows = gathered.rows(self.catalog[DEVICE].plural)
        return (Condition("device", "", tuple(row["id"] for row in rows), tuple(rows)),)

    def _linked(self, type_: ObjectType, links: Facets, gathered: Gathered) -> dict[str, Step]:
        """What the ports lead to of which no cable tells that; nothing yet where cables are still to be read."""
        cables = self.catalog[CABLE].plural
        if self._is_begun(cables, gathered) and _rest(cables) not in gathered.plan:
            return {}
        step, wiring = _cabled(type_), self._wiring(gathered)
        before = gathered.plan.get(step)
        where = (*self._ports(type_, gathered), CABLED)
        if wiring is None or isinstance(before, Select):
            return {step: Select(type_, where, links, limit=PAGE, optional=True)}
        if not gathered.knows(type_.plural):
            ids = set(wiring.untold(type_.name, gathered.by_id(self.catalog[DEVICE].plural)))
        else:
            # Some cables may be hidden, or newer than those that were read.
            ids = {row["id"] for row in gathered.rows(type_.plural) if wiring.far(type_.name, row) is None}
        if isinstance(before, Fetch):
            ids.difference_update(before.ids)
            step = _rest(step)
        few = Fetch(type_, tuple(sorted(ids)), links)
        every = Select(type_, where, links, optional=True)
        return {step: few if len(ids) <= FEW_PORTS else every} if ids else {}

    def _wiring(self, gathered: Gathered) -> Wiring | None:
        """What the cables of the scope tell; None where they are not read, for their own sake or at all."""
        cables = self.catalog[CABLE].plural
        known = gathered.knows(cables) and gathered.total(cables) <= MOST_ROWS
        return Wiring(_read(gathered, cables)) if known and _rest(cables) not in gathered.failed else None

    def _rows(self, type_: ObjectType, facets: Facets, gathered: Gathered) -> list[Entity]:
        """The rows of a type; ports together with what their cables lead to."""
        rows = _read(gathered, type_.plural)
        links = _links(type_, facets) if self._owner(type_) else frozenset()
        if not links:
            return rows
        names = [field.name for field in type_.fields.values() if field.facet in links]
        wiring = self._wiring(gathered) or Wiring(())
        cabled = {row["id"]: row for row in _read(gathered, _cabled(type_))}
        return [
            row | dict.fromkeys(names, wiring.far(type_.name, row) or []) | cabled.get(row["id"], {})
            for row in rows
        ]

    def _far(self, gathered: Gathered) -> dict[str, Step]:
        """The interfaces that those of the scope are linked with, and then the LAGs that these are members of."""
        interface = self.catalog[INTERFACE]
        step = _cabled(interface)
        wanted = any(check.far_ends for check in self.checks) and gathered.knows(interface.plural)
        if not wanted or (self._is_begun(step, gathered) and _rest(step) not in gathered.plan):
            return {}
        facets = next(facets for type_, facets in self._needs() if type_.name == INTERFACE)
        near, far = self._rows(interface, facets, gathered), _far_rows(gathered)
        linked = {
            ref["id"] for row in near for ref in row["connected_to"] if ref.get("type") == INTERFACE
        } | {row["lag"]["id"] for row in far if row["lag"]}
        asked = [each for name, each in gathered.plan.items() if name.startswith(FAR_ENDS)]
        known = {row["id"] for row in near} | {
            id_ for each in asked if isinstance(each, Fetch) for id_ in each.ids
        }
        ids = tuple(sorted(linked - known))
        name = f"{FAR_ENDS} ({len(asked) + 1})"
        return {name: Fetch(interface, ids, facets - {LINKS})} if ids else {}

    def _counts(self, gathered: Gathered) -> dict[str, Any]:
        plan = {}
        for check in self.checks:
            if not countable(check) or check.type not in self.catalog:
                continue
            type_ = self.catalog[check.type]
            where = self.scope.conditions(type_)
            if where is not None and gathered.total(type_.plural) > MOST_ROWS:
                own = tuple(parse_where(type_, check.where or {}))
                plan[count_of(check)] = Select(
                    type_, (*where, *own), check.reads[check.type], limit=SAMPLE, optional=True
                )
        return plan


def countable(check: Check) -> bool:
    """Whether the server can count the findings of a check."""
    return check.where is not None and not check.beside


def count_of(check: Check) -> str:
    """The step that counts the findings of a check."""
    return f"count of {check.name}"


def _all(type_: ObjectType) -> str:
    return f"all {type_.plural}"


def _cabled(type_: ObjectType) -> str:
    return f"cabled {type_.plural}"


def _links(type_: ObjectType, facets: Facets) -> Facets:
    """Where cables lead to, which is read of cabled ports only: of the many others it costs as much."""
    return facets & {LINKS} if "cabled" in type_.flags else frozenset()


def _rest(step: str) -> str:
    return f"rest of {step}"


def _read(gathered: Gathered, step: str) -> list[Entity]:
    return gathered.rows(step) + gathered.rows(_rest(step))


def _far_rows(gathered: Gathered) -> list[Entity]:
    return [row for name in gathered.plan if name.startswith(FAR_ENDS) for row in gathered.rows(name)]
