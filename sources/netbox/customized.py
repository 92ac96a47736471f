"""Filters by custom field: which lookups NetBox has for each type of field.

NetBox makes them when it runs and names them in no schema; one that it lacks returns the whole table. The rules
are those of its `CustomField.to_filter` and `BaseFilterSet.get_additional_lookups` (4.2 to 4.7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sources.catalog import ObjectType
from sources.errors import BadFilter
from sources.receipt import receipt
from sources.source import Condition
from sources.where import TEXT_LOOKUPS, listed, nearest

_TEXT = TEXT_LOOKUPS | {"", "n", "null"}
_NUMERIC = frozenset({"", "n", "gt", "gte", "lt", "lte", "null"})
_LOOKUPS: Mapping[str, frozenset[str]] = {
    "text": _TEXT,
    "longtext": _TEXT,
    "url": _TEXT,
    "select": _TEXT,
    "integer": _NUMERIC,
    "decimal": _NUMERIC,
    "date": _NUMERIC,
    "datetime": _NUMERIC,
    "object": frozenset({"", "n", "null"}),
}
_PLAIN = frozenset({""})
_LOOSE = frozenset({"", "ic"})
"""A text field that NetBox matches loosely has one filter, and that means "contains"."""
_SUFFIX = {"re": "regex", "ire": "iregex", "null": "empty"}


NativeFilter = tuple[str, tuple[str, ...]]


def complement(condition: Condition, told: NativeFilter) -> NativeFilter | None:
    """The filter that finds all that this one does not, where this one finds what lacks a value."""
    if condition.lookup == "null":
        return told[0], ("false",) if condition.values == ("true",) else ("true",)
    return (condition.key, condition.values) if condition.lookup == "n" else None


def chosen(type_: ObjectType, condition: Condition, choices: Mapping[str, str]) -> Condition:
    """The condition with choices as NetBox keeps them, also where their labels are given.

    NetBox finds nothing for a choice that there is not; here it is refused. Raises `BadFilter`.
    """
    if not choices or condition.lookup not in ("", "n"):
        return condition
    known = {label.casefold(): value for value, label in choices.items()}
    known |= {value.casefold(): value for value in choices}
    wrong = next((each for each in condition.values if each.casefold() not in known), None)
    if wrong is not None:
        raise BadFilter(
            f'{type_.plural} have no {condition.key} "{wrong}"',
            candidates=nearest(wrong, choices),
            hint=f"{condition.key} is one of: " + listed(list(choices)),
        )
    return replace(condition, values=tuple(known[each.casefold()] for each in condition.values))


def custom_filter(
    type_: ObjectType, condition: Condition, known: Mapping[str, Mapping[str, Any]]
) -> NativeFilter:
    """The query parameter of a condition on a custom field. Raises `BadFilter` where NetBox has none."""
    bare = condition.key.removeprefix("cf_")
    field = known.get(bare)
    if field is None:
        raise BadFilter(
            f'{type_.plural} have no custom field "{bare}"',
            candidates=[f"cf_{name}" for name in nearest(bare, known)],
            hint="custom fields: " + (", ".join(f"cf_{name}" for name in known) or "none"),
        )
    if field["filter_logic"] == "disabled":
        raise BadFilter(
            f"{condition.key} cannot be filtered by",
            cause="its filter logic is set to disabled in NetBox",
            hint=f'show it instead: fields=["{type_.title}", "{condition.key}"]',
        )
    loose = field["filter_logic"] == "loose" and field["type"] in ("text", "longtext", "url")
    if field["type"] == "json":
        raise BadFilter(
            f"{condition.key} cannot be filtered by",
            cause="NetBox has no filter for JSON, and would answer with everything",
            hint=f'show it instead: fields=["{type_.title}", "{condition.key}"]',
        )
    allowed = _LOOSE if loose else _LOOKUPS.get(field["type"], _PLAIN)
    if condition.lookup not in allowed:
        able = ", ".join(f"{condition.key}{f'__{each}' if each else ''}" for each in sorted(allowed))
        raise BadFilter(
            f"{condition.spelled} is no lookup that NetBox has of {'a loosely matched' if loose else 'such a'} "
            f"custom field ({field['type']})",
            hint=f"{able}; or group_by={condition.key} to count its values",
        )
    if loose:
        if not condition.lookup:
            receipt().warn(
                f"{condition.key} is matched loosely in NetBox: the value may be a part of what it holds"
            )
        return condition.key, condition.values
    suffix = _SUFFIX.get(condition.lookup, condition.lookup)
    return f"{condition.key}__{suffix}" if suffix else condition.key, condition.values
