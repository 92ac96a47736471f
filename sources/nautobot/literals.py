"""GraphQL literals: Nautobot's arguments are typed, and `"10"` is no number to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

import orjson

from sources.catalog import Kind, ObjectType
from sources.nautobot.words import NO_FILTER, WORDS, word


class Literal(StrEnum):
    """How an argument's values are written."""

    TEXT = "text"
    NUMBER = "number"
    BOOL = "bool"


_BY_KIND: Mapping[Kind, Literal] = {
    Kind.INT: Literal.NUMBER,
    Kind.NUMBER: Literal.NUMBER,
    Kind.BOOL: Literal.BOOL,
}
_NUMBERED = frozenset(
    {"vlan", "mask_length", "prefix_length", "ip_version", "vlan_vid", "max_depth", "asn", "weight"}
)
_BY_CUSTOM_TYPE: Mapping[str, Literal] = {"integer": Literal.NUMBER, "boolean": Literal.BOOL}


def literal(values: Sequence[str], kind: Literal | None) -> str:
    """The values as an argument: one of them stands for a list of one, too."""
    written = [_written(value, kind or Literal.TEXT) for value in values]
    return written[0] if len(written) == 1 else "[" + ",".join(written) + "]"


def literals(
    type_: ObjectType, names: Sequence[str], custom: Mapping[str, str] | None = None
) -> dict[str, Literal]:
    """How the values of these native filters are written; `custom` are the types of custom fields."""
    kinds = _kinds(type_)
    return {name: _literal_of(name, kinds, custom or {}) for name in names}


def _literal_of(name: str, kinds: Mapping[str, Kind], custom: Mapping[str, str]) -> Literal:
    bare, _, lookup = name.partition("__")
    if lookup == "isnull" or bare.startswith(("has_", "is_")):
        return Literal.BOOL
    if bare.startswith("cf_"):
        return _BY_CUSTOM_TYPE.get(custom.get(bare.removeprefix("cf_"), ""), Literal.TEXT)
    if bare in _NUMBERED:
        return Literal.NUMBER
    return _BY_KIND.get(kinds.get(bare, Kind.TEXT), Literal.TEXT)


def _kinds(type_: ObjectType) -> dict[str, Kind]:
    words = WORDS[type_.name]
    kinds = {words.filters.get(flag, flag): Kind.BOOL for flag in type_.flags}
    for name, known in type_.fields.items():
        native = word(type_, name).filter
        if native != NO_FILTER:
            kinds[native] = known.kind
    return kinds


def _written(value: str, kind: Literal) -> str:
    if kind is Literal.BOOL and value in ("true", "false"):
        return value
    if kind is Literal.NUMBER and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return value
    return orjson.dumps(value).decode()
