"""`compare`: what differs between two objects, one object in two sources, or one at two moments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import or_
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from orchestration.steps import Fetch, Follow, Gathered, Given, Plan, Select
from orchestration.tool import Arguments, Briefing, Draft, Elsewhere, Found, Lookup, Tool
from sources.catalog import BASE, EXTRA, Catalog, ObjectType
from sources.errors import BadArguments
from sources.source import Condition, Entity
from sources.types import COUNTS
from tools import past
from tools.comparable import ONLY_COUNTED, PARTS, PLACES, Part, counted_otherwise, counts, record
from tools.comparison_tables import FIELDS, OBJECTS, in_words, tables
from tools.differences import Comparison, Records, compared, keyed
from tools.moments import TimeWindow, utc_now, window
from tools.wording import natural, title_of

LEFT, RIGHT = "left", "right"
SUBJECTS, DETAILED = "subjects", "detailed"
_TIERS = (
    ("dcim.device", "virtualization.virtualmachine", "dcim.site"),
    ("dcim.rack", "dcim.location", "ipam.vlangroup"),
    ("ipam.vlan", "tenancy.tenant", "virtualization.cluster", "dcim.devicetype", "ipam.vrf"),
)
"""What a name may be of, the likeliest first."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class CompareArguments(Arguments):
    """What to compare."""

    left: Annotated[Name, Field(description="device, VM, rack, site, location, VLAN group, ...")]
    right: Annotated[Name | None, Field(description="the other; the same, if left out")] = None
    other_source: Annotated[
        str | None, Field(description="the source that `right` is in (migration check), if it is another")
    ] = None
    since: Annotated[str | None, Field(description="2026-11-01, 7d ...: left then and now")] = None
    until: Annotated[str | None, Field(description="default: now")] = None
    type: Annotated[str | None, Field(description="object type, if ambiguous")] = None

    @property
    def in_time(self) -> bool:
        """Whether one object is compared at two moments."""
        return bool(self.since or self.until)

    @model_validator(mode="after")
    def _two(self) -> Self:
        if self.in_time and (self.right or self.other_source):
            raise ValueError("since and until compare left with itself: leave right and other_source out")
        if self.right is None and self.other_source is None and not self.in_time:
            raise ValueError(
                "right is needed: the name to compare with; or other_source for the same name there; "
                "or since for left at an earlier time"
            )
        return self


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both objects, what was read of each, and where."""

    left: Found
    right: Found
    left_read: Gathered
    right_read: Gathered
    twins: bool

    def knows(self, part: Part) -> bool:
        """Whether a part can be compared: it was read on one side, and on the other, too, unless it is empty there."""
        read = [each.knows(part.name) for each in (self.left_read, self.right_read)]
        empty = [part.is_empty(each.entity) for each in (self.left, self.right)]
        return any(read) and all(map(or_, read, empty))

    def rows(self, step: str) -> tuple[list[Entity], list[Entity]]:
        return (
            _rows(step, self.left_read, self.left.entity["id"]),
            _rows(step, self.right_read, self.right.entity["id"]),
        )

    def types(self, step: str) -> tuple[ObjectType, ObjectType]:
        """The types of the rows of a step on both sides; where it was read on one, that of this one."""
        reads = [each.plan[step] for each in (self.left_read, self.right_read) if step in each.plan]
        found = [each.type for each in reads if isinstance(each, Follow | Select)]
        return found[0], found[-1]

    def counted_otherwise(self, steps: Iterable[str]) -> list[str]:
        """Which numbers of both objects, and of what was read of them, are not compared, and why."""
        held = [((self.left.type, self.right.type), [self.left.entity, self.right.entity])]
        held += [(self.types(step), [row for rows in self.rows(step) for row in rows]) for step in steps]
        told = {
            f"not compared: {name}, since the sources count it in {units}"
            for types, rows in held
            for name, units in counted_otherwise(*types).items()
            if any(row.get(name) is not None for row in rows)
        }
        return sorted(told)

    def left_out(self, left: ObjectType, right: ObjectType) -> frozenset[str]:
        """Fields that cannot be compared."""
        return self.absent(left, right) | counted_otherwise(left, right).keys()

    def absent(self, left: ObjectType, right: ObjectType) -> frozenset[str]:
        """Fields that one side cannot have, so that they say nothing about the other."""
        counted = {each.name for each in left.fields.values() if each.facet == COUNTS} - ONLY_COUNTED.keys()
        return (left.absent | right.absent | frozenset(left.fields.keys() ^ right.fields.keys())) - counted


class Compare(Tool[CompareArguments]):
    """Only what differs."""

    name = "compare"
    title = "Compare objects, sources or moments"
    description = (
        "What differs between two devices (all ports, VLANs, settings), racks, sites (device counts, VLANs) or VLAN "
        "groups; with other_source one object in NetBox and Nautobot; with since one object with all in it, then and "
        "now. What differs alike is one row. "
        'Example: left="akron-sw01", right="akron-sw02".'
    )
    examples = (
        "why is sw2 not like sw1",
        "how do Akron and Albany differ",
        "is Akron the same in Nautobot",
        "what is different at Akron from a week ago",
    )
    arguments = CompareArguments

    def __init__(self, clock: Callable[[], datetime] = utc_now) -> None:
        self._clock = clock

    def types(self, args: CompareArguments) -> Sequence[str]:
        """The type, if it is told."""
        return (args.type,) if args.type else ()

    def lookups(self, args: CompareArguments, catalog: Catalog) -> Sequence[Lookup]:
        """Both names, or the one that is here."""
        here = {LEFT: args.left} if args.right is None or args.other_source else _both(args)
        return [_lookup(key, text, args.type, catalog) for key, text in here.items()]

    def elsewhere(self, args: CompareArguments) -> Elsewhere | None:
        """The other side, if it is in another source: read there as the left one is here."""
        if args.other_source is None:
            return None
        other = {"left": args.right or args.left, "right": None, "other_source": None}
        return Elsewhere(args.other_source, args.model_copy(update=other))

    def plan(self, args: CompareArguments, briefing: Briefing) -> Plan:
        """The objects' further fields and their parts, of both objects at once; or the changes of one."""
        if args.in_time:
            return past.planned(self._window(args), briefing.one(LEFT), briefing)
        found = [briefing.one(key) for key in (LEFT, RIGHT) if key in briefing.found]
        catalog, twins = briefing.catalog, RIGHT not in briefing.found
        type_ = _common_type(found)
        if len({each.entity["id"] for each in found}) < len(found):
            raise BadArguments(
                "left and right are the same object", hint="to compare two sources give other_source"
            )
        plan: dict[str, Any] = {SUBJECTS: Given(type_, tuple(each.entity for each in found))}
        if any("created" not in each.entity for each in found):
            ids = tuple(each.entity["id"] for each in found)
            plan[DETAILED] = Fetch(type_, ids, frozenset({BASE, EXTRA}))
        for part in _parts(type_, twins=twins):
            if all(part.is_empty(each.entity) for each in found):
                continue
            if part.type in catalog:
                [only] = found
                where = Condition(type_.name.rpartition(".")[2], "", (only.entity["id"],), (only.entity,))
                plan[part.name] = Select(catalog[part.type], (where,), part.facets, optional=True)
            elif part.relation in type_.relations:
                relation = type_.relations[part.relation]
                plan[part.name] = Follow(SUBJECTS, relation, catalog[relation.to], part.facets)
        return plan

    def further(self, args: CompareArguments, gathered: Gathered, briefing: Briefing) -> Plan:
        """What the changes leave open: where their objects stand, and what they were."""
        return past.further(briefing.one(LEFT), gathered, briefing) if args.in_time else {}

    def lasting(self, args: CompareArguments, gathered: Gathered) -> CompareArguments:
        """Both moments as they were understood."""
        return args.model_copy(update=past.frozen(gathered)) if args.in_time else args

    def assemble(self, args: CompareArguments, gathered: Gathered, briefing: Briefing) -> Draft:
        """A row for each difference, however many ports it is on; a row for what only one side has."""
        if args.in_time:
            return past.draft(briefing.one(LEFT), gathered, briefing)
        sides = _sides(gathered, briefing)
        type_ = sides.left.type
        found = {FIELDS: _own_fields(sides)}
        warnings = []
        alike: dict[str, Any] = {}
        for part in _parts(type_, twins=sides.twins):
            if not sides.knows(part):
                continue
            left, right, unnamed = _records(part, sides)
            if part.skipped_if_empty and not (left or right or unnamed):
                continue
            found[part.name] = compared(left, right, natural)
            alike[part.name] = {"left": len(left), "right": len(right), "alike": found[part.name].alike}
            if unnamed:
                warnings.append(f"{part.name}: {unnamed:,} have no name or place to be matched by")
        facts = {
            "left": _title(sides.left, briefing.source if sides.twins else ""),
            "right": _title(sides.right, briefing.beside.source if briefing.beside else ""),
            "compared": alike,
        }
        missing = sides.absent(sides.left.type, sides.right.type) & {
            name for name, value in [*sides.left.entity.items(), *sides.right.entity.items()] if value
        }
        if missing:
            warnings.append(f"not compared, since only one source has it: {', '.join(sorted(missing))}")
        warnings += _only_counted(sides)
        if sides.twins:
            warnings += sides.counted_otherwise(alike)
        head, said = f"{facts['left']} and {facts['right']}", in_words(found, OBJECTS)
        summary = f"{head} differ in {said}" if said else f"{head} do not differ in anything compared"
        return Draft(summary, tables(found, OBJECTS, briefing.window), facts, warnings=tuple(warnings))

    def _window(self, args: CompareArguments) -> TimeWindow:
        return window(args.since, args.until, self._clock().replace(second=0, microsecond=0))


def _both(args: CompareArguments) -> Mapping[str, str]:
    return {LEFT: args.left, RIGHT: args.right or args.left}


def _lookup(key: str, text: str, type_name: str | None, catalog: Catalog) -> Lookup:
    facets = frozenset({BASE, EXTRA, COUNTS})
    word, _, rest = text.partition(" ")
    told = catalog.find(type_name) if type_name else None
    if told is not None:
        return Lookup(key, text, ((told,),), facets=facets)
    tiers = tuple(tuple(catalog[name] for name in tier if name in catalog) for tier in _TIERS)
    named = catalog.find(word)
    if named is not None and rest:
        # "rack R12": the name may also be the whole text, as with a site called "Site 12".
        return Lookup(key, rest.strip(), ((named,), *tiers), facets=facets, also=(text,))
    return Lookup(key, text, tiers, facets=facets)


def _common_type(found: Sequence[Found]) -> ObjectType:
    types = list(dict.fromkeys(each.type.name for each in found))
    if len(types) > 1:
        shown = [f"{title_of(each.type, each.entity)} is a {each.type.label}" for each in found]
        raise BadArguments(
            f"only objects of one type can be compared: {', '.join(shown)}",
            hint="give the type, if another object of that name is meant",
        )
    if found[0].type.generic:
        raise BadArguments(f"{found[0].type.plural} cannot be compared")
    return found[0].type


def _parts(type_: ObjectType, *, twins: bool) -> list[Part]:
    return [part for part in PARTS.get(type_.name, ()) if part.serves(twins=twins)]


def _sides(gathered: Gathered, briefing: Briefing) -> _Sides:
    beside = briefing.beside
    if beside is None:
        left, right = (_detailed(briefing.one(key), gathered) for key in (LEFT, RIGHT))
        return _Sides(left, right, gathered, gathered, twins=False)
    left, right = (
        _detailed(briefing.one(LEFT), gathered),
        _detailed(beside.briefing.one(LEFT), beside.gathered),
    )
    _common_type([left, right])
    return _Sides(left, right, gathered, beside.gathered, twins=True)


def _detailed(found: Found, gathered: Gathered) -> Found:
    more = gathered.by_id(DETAILED).get(found.entity["id"], {})
    return Found(found.type, {**found.entity, **more})


def _rows(step: str, gathered: Gathered, subject: str) -> list[Entity]:
    """The rows of a part that belong to one of the objects."""
    if isinstance(gathered.plan.get(step), Follow):
        return gathered.children(step, subject)
    return gathered.rows(step)


def _own_fields(sides: _Sides) -> Comparison:
    left_out = sides.left_out(sides.left.type, sides.right.type)
    left, right = (
        record(each.type, each.entity, left_out, twins=sides.twins) for each in (sides.left, sides.right)
    )
    return compared({"": left}, {"": right})


def _records(part: Part, sides: _Sides) -> tuple[Records, Records, int]:
    """Both sides' records of a part, and how many rows of them have nothing to be matched by."""
    rows = sides.rows(part.name)
    if part.counted is not None and not sides.twins:
        left, right = (counts(each, part.counted) for each in rows)
        kinds = left.keys() | right.keys()
        return (
            {kind: {"count": left.get(kind, 0)} for kind in kinds},
            {kind: {"count": right.get(kind, 0)} for kind in kinds},
            0,
        )
    key = part.twin_key if sides.twins else part.key
    assert key is not None, "only parts that serve are compared"
    types = sides.types(part.name)
    left_out = sides.left_out(*types) | ({"device", "virtual_machine"} if sides.twins else PLACES)
    found = [
        keyed(
            (name, record(type_, row, left_out, twins=sides.twins))
            for row in each
            if (name := key(row)) is not None
        )
        for type_, each in zip(types, rows, strict=True)
    ]
    unnamed = sum(len(each) for each in rows) - sum(len(each) for each in found)
    return found[0], found[1], unnamed


def _only_counted(sides: _Sides) -> list[str]:
    """Of what both have, only the number; that a source of two does not count it is told as a missing field."""
    held = sides.left.entity, sides.right.entity
    told = [words for name, words in ONLY_COUNTED.items() if any(row.get(name) for row in held)]
    return [f"of {' and '.join(told)} only the number is compared"] if told and not sides.twins else []


def _title(found: Found, source: str) -> str:
    return f"{found.type.label} {title_of(found.type, found.entity)}{f' in {source}' if source else ''}"
