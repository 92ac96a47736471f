"""The common kinds of checks over one type: a field that must be set, fit, be unique, or hold certain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sources.catalog import BASE, ObjectType
from sources.source import Condition, Entity
from tools.checks.check import Check, Finding, finding
from tools.checks.conditions import CUSTOM, conditions, facet_of, meets, pattern, values_of
from tools.checks.rows import Rows
from tools.wording import listed

Test = Callable[[Entity], str | None]
"""What is wrong with a row; None where nothing is."""


def required(type_: ObjectType, field: str, where: Mapping[str, Any], **said: Any) -> Check:
    """A check for a field that must not be empty."""
    facet = facet_of(type_, field)

    def empty(row: Entity) -> str | None:
        return None if values_of(row, field) else f"no {_word(field)}"

    known = field in type_.fields
    counted = {**where, field: None} if known and field not in where else None
    return _one_by_one(type_, empty, where, facet, said, counted=counted)


def patterned(type_: ObjectType, field: str, expression: str, where: Mapping[str, Any], **said: Any) -> Check:
    """A check for a field whose values, where there are any, must match a regular expression as a whole."""
    compiled = pattern(expression)

    def unfit(row: Entity) -> str | None:
        return _beyond(field, (value for value in values_of(row, field) if not compiled.fullmatch(value)))

    return _one_by_one(type_, unfit, where, facet_of(type_, field), said)


def allowed(
    type_: ObjectType, field: str, values: Sequence[str], where: Mapping[str, Any], **said: Any
) -> Check:
    """A check for a field whose values, where there are any, must be among those allowed."""
    known = {value.casefold() for value in values}

    def foreign(row: Entity) -> str | None:
        return _beyond(field, (value for value in values_of(row, field) if value.casefold() not in known))

    return _one_by_one(type_, foreign, where, facet_of(type_, field), said)


def unique(
    type_: ObjectType,
    field: str,
    where: Mapping[str, Any],
    within: Sequence[str] = (),
    tidy: Callable[[str], str] = str.casefold,
    **said: Any,
) -> Check:
    """A check for a field that no two objects may have alike (among those alike in the fields `within`).

    A finding is about the value. Two values are alike where `tidy` makes one of them.
    """
    wanted = conditions(type_, where)

    def find(rows: Rows) -> Iterable[Finding]:
        of: dict[tuple[Any, ...], list[Entity]] = {}
        for row in rows.of(type_.name):
            if meets(row, wanted):
                others = tuple(tuple(sorted(values_of(row, name))) for name in within)
                for value in values_of(row, field):
                    of.setdefault((tidy(value), *others), []).append(row)
        for key, several in of.items():
            if len(several) > 1:
                yield alike(rows, type_.name, field, several, tuple(str(part) for part in key))

    facets = frozenset({BASE, *(facet_of(type_, name) for name in (field, *within)), *_facets(type_, wanted)})
    return Check(type=type_.name, reads={type_.name: facets}, find=find, **said)


def alike(rows: Rows, type_: str, field: str, several: Sequence[Entity], key: tuple[str, ...]) -> Finding:
    """The finding that several objects have one value."""
    names = sorted({rows.called(type_, row) for row in several})
    places = sorted({place for row in several if (place := rows.at(row))})
    value = values_of(several[0], field)[0]
    owners = f": {listed(names)}" if names != [value] else ""
    what = f"{_word(field)} {value} of {len(several):,} {rows.catalog[type_].plural}{owners}"
    return Finding(value, listed(places, 3) or None, what, (type_, field, *key))


def _one_by_one(
    type_: ObjectType,
    test: Test,
    where: Mapping[str, Any],
    facet: str,
    said: Mapping[str, Any],
    counted: Mapping[str, Any] | None = None,
) -> Check:
    wanted = conditions(type_, where)

    def find(rows: Rows) -> Iterable[Finding]:
        for row in rows.of(type_.name):
            if meets(row, wanted) and (what := test(row)):
                yield finding(rows, type_.name, row, what)

    facets = frozenset({BASE, facet, *_facets(type_, wanted)})
    return Check(type=type_.name, reads={type_.name: facets}, find=find, where=counted, **said)


def _facets(type_: ObjectType, wanted: Iterable[Condition]) -> set[str]:
    return {facet_of(type_, condition.key) for condition in wanted}


def _beyond(field: str, values: Iterable[str]) -> str | None:
    found = list(values)
    return f"{_word(field)} {listed(found)}" if found else None


def _word(field: str) -> str:
    return field.removeprefix(CUSTOM).replace("_", " ")
