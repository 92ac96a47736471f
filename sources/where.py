"""Filters as callers write them (`{"site": "DM-Akron", "name__ic": "sw"}`), read into conditions."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import orjson

from sources.catalog import Kind, ObjectType
from sources.errors import BadFilter
from sources.source import Condition
from sources.spans import spans

LOOKUPS: Mapping[str, str] = {
    "n": "n",
    "not": "n",
    "ne": "n",
    "in": "",
    "exact": "",
    "ic": "ic",
    "contains": "ic",
    "icontains": "ic",
    "nic": "nic",
    "ie": "ie",
    "iexact": "ie",
    "nie": "nie",
    "isw": "isw",
    "startswith": "isw",
    "istartswith": "isw",
    "nisw": "nisw",
    "iew": "iew",
    "endswith": "iew",
    "iendswith": "iew",
    "niew": "niew",
    "re": "re",
    "regex": "re",
    "ire": "ire",
    "iregex": "ire",
    "gt": "gt",
    "gte": "gte",
    "lt": "lt",
    "lte": "lte",
    "null": "null",
    "isnull": "null",
    "empty": "null",
}
"""Every spelling of a lookup with the one that is used inside."""

TEXT_LOOKUPS = frozenset({"ic", "nic", "ie", "nie", "isw", "nisw", "iew", "niew", "re", "ire"})
_BY_KIND: Mapping[Kind, frozenset[str]] = {
    Kind.TEXT: TEXT_LOOKUPS | {"", "n", "null"},
    Kind.INT: frozenset({"", "n", "gt", "gte", "lt", "lte", "null"}),
    Kind.NUMBER: frozenset({"", "n", "gt", "gte", "lt", "lte", "null"}),
    Kind.DATE: frozenset({"", "n", "gt", "gte", "lt", "lte", "null"}),
    Kind.BOOL: frozenset({"", "n"}),
    Kind.CHOICE: frozenset({"", "n", "null"}),
    Kind.REF: TEXT_LOOKUPS | {"", "n", "null"},
    Kind.REFS: TEXT_LOOKUPS | {"", "n", "null"},
}
LONGEST_LIST = 10_000


def parse_where(type_: ObjectType, where: Mapping[str, Any]) -> list[Condition]:
    """Read a `where` object into conditions in the catalog's words.

    Names that the type does not know are passed on as they are, for the source to check against its own
    schema. Raises `BadFilter` for a value or a lookup that cannot mean anything.
    """
    found = [_condition(type_, name, value) for name, value in where.items()]
    return [each for condition in found for each in spans(condition)]


def _condition(type_: ObjectType, name: str, value: Any) -> Condition:
    key, _, suffix = name.partition("__")
    key = canonical_key(type_, key)
    if suffix and suffix not in LOOKUPS:
        return Condition(name, "", _values(name, value))
    lookup = LOOKUPS.get(suffix, "")
    if value is None or (isinstance(value, str) and value.lower() in ("null", "not null") and not suffix):
        negated = (isinstance(value, str) and value.lower() == "not null") or lookup == "n"
        return _allowed(type_, Condition(key, "null", ("false" if negated else "true",)))
    values = _values(name, value)
    if lookup == "null":
        if values not in (("true",), ("false",)):
            raise BadFilter(f"{name} takes true or false, not {value!r}", hint=f'{{"{name}": true}}')
    elif values == ("null",):
        # The sources take this one text for none, whatever they compare it with.
        raise BadFilter(
            f"{name} cannot be compared with the text null",
            hint=f'{{"{key}": null}} finds those without one, {{"{key}__re": "^null$"}} those that are called so',
        )
    elif "null" in values:
        raise BadFilter(
            f"{name}: null cannot be one of several values",
            hint=f'ask for {{"{key}": null}} and for the values in two calls',
        )
    return _allowed(type_, Condition(key, lookup, values))


def canonical_key(type_: ObjectType, key: str) -> str:
    """The catalog's name for a filter key: `tag` for `tags`, `site` for `site_id` or `sites`.

    A reference is also known by the type's own name before it: `rack_group` of racks is their `group`.
    """
    known = filter_names(type_)
    if key in known:
        return key
    if key == "tag":
        return "tags"
    for candidate in (key.removesuffix("_id"), key + "s", key.removesuffix("s")):
        if candidate in known:
            return candidate
    own = key.removeprefix(f"{type_.label.lower().replace(' ', '_')}_")
    return own if own in type_.references() else key


def filter_names(type_: ObjectType) -> set[str]:
    """Every filter that the catalog knows of a type, without lookups."""
    names = {name for name, f in type_.fields.items() if not f.kind.structured}
    return names | set(type_.scopes) | set(type_.flags) | set(type_.searches) | {"q", "id"}


def nearest(word: str, known: Iterable[str], most: int = 4) -> list[str]:
    """The names most like `word`, best first."""
    pool = list(known)
    low = word.lower()
    close = difflib.get_close_matches(low, [name.lower() for name in pool], n=most, cutoff=0.55)
    found = [name for want in close for name in pool if name.lower() == want]
    found += [name for name in pool if low and (low in name.lower() or name.lower() in low) and len(name) > 2]
    return list(dict.fromkeys(found))[:most]


def listed(words: Sequence[str], most: int = 30) -> str:
    """Choices for an error message, the first of many."""
    return ", ".join(words[:most]) + (f" ... ({len(words) - most} more)" if len(words) > most else "")


def unknown_filter(type_: ObjectType, condition: Condition, known: Iterable[str]) -> BadFilter:
    """The error for a filter that does not exist, with the nearest ones and the corrected call."""
    pool = list(known)
    if condition.lookup == "null":
        name, close = condition.key, []
        hint = f'group_by="{name}" counts those without one' if name in type_.fields else ""
        what = f'{type_.plural} have no filter for those with or without "{name}"'
    else:
        name, close = condition.spelled, nearest(condition.spelled, pool)
        shown = condition.values[0] if len(condition.values) == 1 else list(condition.values)
        call = f"list_objects(type={quoted(type_.name)}, where={quoted({close[0]: shown})})" if close else ""
        field = not condition.lookup and condition.key in type_.fields
        hint = f'group_by="{name}" counts its values' if field else call
        what = f'{type_.plural} have no filter "{name}"'
    return BadFilter(
        what,
        cause="a misspelled name, or a field that the source cannot filter by",
        candidates=close,
        hint=hint or "filters of this type: " + ", ".join(sorted(filter_names(type_))),
    )


def quoted(value: Any) -> str:
    """A value as it stands in a call: quotes within it are escaped."""
    return orjson.dumps(value).decode()


def _allowed(type_: ObjectType, condition: Condition) -> Condition:
    kind = kind_of(type_, condition.key)
    allowed = _BY_KIND.get(kind) if kind else None
    if allowed is not None and condition.lookup not in allowed:
        choices = ", ".join(f"{condition.key}__{each}" for each in sorted(allowed) if each)
        raise BadFilter(
            f"{condition.spelled} is no lookup of {type_.label} {condition.key} ({kind})",
            hint=f"{condition.key}, {choices}" if choices else condition.key,
        )
    if condition.lookup in ("re", "ire"):
        _check_pattern(condition)
    if kind is Kind.BOOL and any(value not in ("true", "false") for value in condition.values):
        raise BadFilter(
            f"{condition.key} takes true or false, not {', '.join(condition.values)}",
            hint=f'{{"{condition.key}": true}}',
        )
    if kind is Kind.INT and condition.lookup != "null":
        for value in condition.values:
            if not value.lstrip("-").isdigit():
                raise BadFilter(
                    f"{condition.key} takes a whole number, not {value!r}", hint=f'{{"{condition.key}": 10}}'
                )
    return condition


def _check_pattern(condition: Condition) -> None:
    for value in condition.values:
        try:
            re.compile(value)
        except re.error as error:
            raise BadFilter(
                f"{condition.spelled} takes a regular expression, not {value!r}: {error}",
                hint=f'{{"{condition.key}__ic": ...}} finds a part of it',
            ) from None


def kind_of(type_: ObjectType, key: str) -> Kind | None:
    """What a filter takes; None for one that the catalog does not know."""
    if key in type_.scopes:
        return Kind.REF
    if key in type_.flags:
        return Kind.BOOL
    known = type_.fields.get(key)
    return known.kind if known else None


def _values(name: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, list | tuple | set):
        if not value:
            raise BadFilter(
                f"{name} has an empty list of values", hint=f'leave "{name}" out, or name one value'
            )
        if len(value) > LONGEST_LIST:
            raise BadFilter(
                f"{name} has {len(value):,} values; {LONGEST_LIST:,} are the most",
                hint="ask in several calls",
            )
        return tuple(dict.fromkeys(_scalar(name, each) for each in value))
    return (_scalar(name, value),)


def _scalar(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | float | str):
        text = str(value).strip()
        if not text:
            raise BadFilter(f"{name} has an empty value", hint=f'{{"{name}": null}} finds those without one')
        return text
    if value is None:
        return "null"
    raise BadFilter(
        f"{name} takes text, a number, true or false, null, or a list of these", hint=f'{{"{name}": "value"}}'
    )
