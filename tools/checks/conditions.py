"""Filters of checks, met in memory by rows that were read anyway."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sources.catalog import EXTRA, ObjectType
from sources.errors import BadFilter
from sources.source import Condition, Entity
from sources.where import nearest, parse_where

CUSTOM = "cf_"
_TESTS: Mapping[str, Callable[[str, str], bool]] = {
    "": lambda value, wanted: value.casefold() == wanted.casefold(),
    "ie": lambda value, wanted: value.casefold() == wanted.casefold(),
    "ic": lambda value, wanted: wanted.casefold() in value.casefold(),
    "isw": lambda value, wanted: value.casefold().startswith(wanted.casefold()),
    "iew": lambda value, wanted: value.casefold().endswith(wanted.casefold()),
    "re": lambda value, wanted: re.search(wanted, value) is not None,
    "ire": lambda value, wanted: re.search(wanted, value, re.IGNORECASE) is not None,
}
_NEGATED = {"n": "", "nie": "ie", "nic": "ic", "nisw": "isw", "niew": "iew"}


def facet_of(type_: ObjectType, field: str) -> str:
    """The facet that holds a field. Raises `BadFilter` for a field that the type does not have."""
    if field.startswith(CUSTOM) and len(field) > len(CUSTOM):
        return EXTRA
    if field not in type_.fields:
        raise BadFilter(
            f'{type_.plural} have no field "{field}"',
            candidates=nearest(field, type_.fields),
            hint=f"one of: {', '.join(type_.fields)}, {CUSTOM}<custom field>",
        )
    return type_.fields[field].facet


def values_of(row: Entity, field: str) -> list[str]:
    """What a field holds, as texts: the names of references, nothing where it is empty."""
    held = row["custom_fields"].get(field.removeprefix(CUSTOM)) if field.startswith(CUSTOM) else row[field]
    several = held if isinstance(held, list) else [held]
    return [_text(each) for each in several if each not in (None, "")]


def conditions(type_: ObjectType, where: Mapping[str, Any]) -> list[Condition]:
    """Filters read and checked. Raises `BadFilter` for one that rows cannot be held against."""
    parsed = parse_where(type_, where)
    for condition in parsed:
        facet_of(type_, condition.key)
        if condition.lookup not in (*_TESTS, *_NEGATED, "null"):
            raise BadFilter(
                f"{condition.spelled}: a check cannot filter by {condition.lookup}",
                hint="a value, a list of values, null, or __n, __ic, __nic, __isw, __iew, __re",
            )
        if condition.lookup in ("re", "ire"):
            pattern(condition.values[0])
    return parsed


def pattern(text: str) -> re.Pattern[str]:
    """A regular expression. Raises `BadFilter` where it is none."""
    try:
        return re.compile(text)
    except re.error as error:
        raise BadFilter(f'"{text}" is no regular expression: {error}') from None


def meets(row: Entity, wanted: Sequence[Condition]) -> bool:
    """Whether a row meets all the filters."""
    return all(_meets(row, condition) for condition in wanted)


def _meets(row: Entity, condition: Condition) -> bool:
    values = values_of(row, condition.key)
    if condition.lookup == "null":
        return bool(values) != (condition.values == ("true",))
    if condition.lookup in _NEGATED:
        return not _any(values, condition, _NEGATED[condition.lookup])
    return _any(values, condition, condition.lookup)


def _any(values: Sequence[str], condition: Condition, lookup: str) -> bool:
    return any(_TESTS[lookup](value, wanted) for value in values for wanted in condition.values)


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name") or f"#{value['id']}") if "id" in value else str(dict(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
