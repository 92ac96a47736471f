"""How many related objects each object has: to filter, order and show by (`{"devices__gt": 40}`, `-devices`)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from orchestration.steps import Gathered, Plan, Tally
from sources.catalog import Catalog, ObjectType
from sources.errors import BadFilter
from sources.source import Entity
from sources.where import LOOKUPS

Where = Mapping[str, Any]
Counts = Mapping[str, Mapping[str, int]]
"""Relation -> the ids of its owners -> how many rows refer to them."""

_TESTS: Mapping[str, Callable[[int, int], bool]] = {
    "": operator.eq,
    "n": operator.ne,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


def by_count(type_: ObjectType, name: str) -> str:
    """The relation that a filter, a column or an order names; "" where it names something else."""
    key = name.removeprefix("-").partition("__")[0]
    return key if key in type_.relations and key not in type_.fields else ""


def parted(type_: ObjectType, where: Where | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """The filters that the source makes, and those by the number of related objects, checked.

    Raises `BadFilter` for one that is compared with anything but whole numbers.
    """
    own = {name: value for name, value in (where or {}).items() if not by_count(type_, name)}
    counted = {name: value for name, value in (where or {}).items() if by_count(type_, name)}
    for name, value in counted.items():
        _test(name, value)
    return own, counted


def count_steps(type_: ObjectType, names: Iterable[str], catalog: Catalog) -> Plan:
    """A tally for each relation among the names."""
    relations = {key: type_.relations[key] for name in names if (key := by_count(type_, name))}
    return {
        _step(key): Tally(catalog[relation.to], key, relation=relation) for key, relation in relations.items()
    }


def counts_in(gathered: Gathered) -> Counts:
    """What the tallies brought."""
    return {
        step.partition(":")[2]: {str(owner): number for owner, number in groups if owner is not None}
        for step, groups in gathered.groups.items()
        if step.startswith(_step(""))
    }


def meeting(rows: Sequence[Entity], conditions: Where, counts: Counts) -> list[Entity]:
    """The rows that have as many related objects as all conditions say."""
    tests = [(name.partition("__")[0], _test(name, value)) for name, value in conditions.items()]
    return [row for row in rows if all(test(counts[key].get(row["id"], 0)) for key, test in tests)]


def ordered(rows: Sequence[Entity], order: Sequence[str], type_: ObjectType, counts: Counts) -> list[Entity]:
    """The rows in an order by numbers of related objects; equal ones stay as they are."""
    found = list(rows)
    for name in reversed(order):
        held = counts[by_count(type_, name)]
        found.sort(key=lambda row, held=held: held.get(row["id"], 0), reverse=name.startswith("-"))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    return found


def _step(relation: str) -> str:
    return f"count:{relation}"


def _test(name: str, value: Any) -> Callable[[int], bool]:
    lookup = LOOKUPS.get(name.partition("__")[2], "") if "__" in name else ""
    if value is None or value == "null" or (lookup == "null" and value in (True, "true")):
        return lambda number: number == 0
    if value == "not null" or (lookup == "null" and value in (False, "false")):
        return lambda number: number > 0
    values = value if isinstance(value, list) else [value]
    wrong = [each for each in values if isinstance(each, bool) or not str(each).isdecimal()]
    if wrong or lookup not in _TESTS or (name.count("__") and name.partition("__")[2] not in LOOKUPS):
        raise BadFilter(
            f"{name} compares how many there are with whole numbers, not {', '.join(map(str, wrong)) or name}",
            hint=f'{{"{name.partition("__")[0]}__gt": 10}}, or 0 for none',
        )
    numbers = [int(str(each)) for each in values]
    if lookup == "n":
        return lambda number: number not in numbers
    return lambda number: any(_TESTS[lookup](number, each) for each in numbers)
