"""Values as the sources give them (REST or GraphQL), brought into the catalog's form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from sources.catalog import Field, Kind
from sources.source import Ref

TypeNamer = Callable[[Mapping[str, Any]], str | None]
"""Tells a nested object's type in the catalog's words, from its URL, its `__typename` or its `object_type`."""

TITLES = ("name", "model", "address", "prefix", "cid", "term_side", "label", "display")
"""What an object may be called by, the first that it has."""
_OWNERS = {
    "device": "dcim.device",
    "virtual_machine": "virtualization.virtualmachine",
    "circuit": "circuits.circuit",
    "power_panel": "dcim.powerpanel",
}
"""Where a nested object says what it is a part of, and the type of that."""


def dig(row: Any, path: str) -> Any:
    """The value at a dotted path of nested objects; None where the path ends early."""
    for step in path.split("."):
        if not isinstance(row, dict):
            return None
        row = row.get(step)
    return row


def reference(value: Any, name_type: TypeNamer, *, typed: bool) -> Ref | None:
    """A nested object as a reference. `typed` adds the type: for fields that may hold any."""
    if not isinstance(value, dict):
        return None if value in (None, "") else Ref(id=str(value), name=None)
    if value.get("id") is None:
        return None
    ref = Ref(id=str(value["id"]), name=_title(value))
    if "vid" in value:
        ref["vid"] = value["vid"]
    if "rear_position" in value:
        ref["front_position"], ref["rear_position"] = value["front_position"], value["rear_position"]
    if typed:
        found = name_type(value)
        if found:
            ref["type"] = found
        for owner, type_ in _OWNERS.items():
            held = reference(value.get(owner), name_type, typed=True)
            if held:
                held["type"] = type_
                ref["of"] = held
                break
    return ref


def normal(field: Field, value: Any, name_type: TypeNamer) -> Any:  # noqa: C901, PLR0911  # one arm for each kind
    """A native value in the catalog's form for that field."""
    match field.kind:
        case Kind.REF:
            if isinstance(value, list):
                value = value[0] if value else None
            return reference(value, name_type, typed=field.target is None)
        case Kind.REFS:
            several = value if isinstance(value, list) else [value]
            refs = [reference(each, name_type, typed=field.target is None) for each in several]
            return [ref for ref in refs if ref]
        case Kind.CHOICE:
            return choice(value)
        case Kind.INT:
            return None if value in (None, "") else int(value)
        case Kind.NUMBER:
            return number(value)
        case Kind.TEXT:
            return None if value in (None, "") else str(value)
        case Kind.DATE:
            return None if value in (None, "") else moment(str(value))
        case Kind.JSON:
            return plain_custom_fields(value)
        case Kind.DATA:
            return None if value in (None, "", [], {}) else value
        case Kind.BOOL:
            return value


def choice(value: Any) -> Any:
    """A choice as its value: from `{value, label}`, `{name}`, a plain value, or a GraphQL enum's name.

    A single letter is one: the sides of a circuit are A and Z.
    """
    if isinstance(value, dict):
        value = value.get("value", value.get("name"))
    if value in (None, ""):
        return None
    return _spelled(value) if isinstance(value, str) and len(value) > 1 else value


@lru_cache(maxsize=4096)
def _spelled(value: str) -> str:
    """A choice in our letters; the same few come with every row."""
    return enum_value(value) if re.fullmatch(r"[A-Z][A-Z0-9_]*", value) else value.lower()


def enum_value(name: str) -> str:
    """The choice behind the name that graphene made of it: `A_1000BASE_T` for `1000base-t`.

    Its underscores were dots in the numbers of speeds and standards (`2.5gbase-t`, `ieee802.11a`), else dashes.
    """
    bare = re.sub(r"^A_(?=\d)", "", name).lower()
    if re.match(r"\d+_\d|ieee802_", bare):
        bare = re.sub(r"(?<=\d)_(?=\d)", ".", bare)
    return bare.replace("_", "-")


def number(value: Any) -> int | float | None:
    """A number, whole where it is whole."""
    if value in (None, ""):
        return None
    real = float(value)
    return int(real) if real.is_integer() else real


def moment(value: str) -> str:
    """A date as it is; a moment in seconds, UTC as Z."""
    return re.sub(r"(\.\d+)?(\+00:00|Z)$", "Z", value) if "T" in value else value


def plain_custom_fields(value: Any) -> Any:
    """Custom fields as name -> value, with selections reduced to their value and empty ones left out."""
    if not isinstance(value, Mapping):
        return {}
    return {name: _plain(each) for name, each in value.items() if each not in (None, "", [])}


def raw_row(row: Mapping[str, Any], name_type: TypeNamer) -> dict[str, Any]:
    """Everything that the source says of an object, under its own names, nested objects as references."""
    return {name: _raw(value, name_type) for name, value in row.items() if name not in ("url", "display_url")}


def _raw(value: Any, name_type: TypeNamer) -> Any:
    if isinstance(value, Mapping):
        if "value" in value and "label" in value:
            return value["value"]
        if "id" in value and ("url" in value or "object_type" in value):
            return reference(value, name_type, typed=True)
        return {name: _raw(each, name_type) for name, each in value.items()}
    if isinstance(value, list):
        return [_raw(each, name_type) for each in value]
    return None if value == "" else value


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        if "value" in value and "label" in value:
            return value["value"]
        return _title(value) if "id" in value else dict(value)
    return value


def _title(value: Mapping[str, Any]) -> str | None:
    for key in TITLES:
        if key in value:
            held = choice(value[key]) if isinstance(value[key], dict) else value[key]
            return None if held in (None, "") else str(held)
    return None
