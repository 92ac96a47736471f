"""Whether two calls of a tool ask the same: spellings of names, types, filters and times told apart from meaning."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sources.catalog import Catalog, Kind, ObjectType
from sources.errors import NetbriefError
from sources.source import Condition
from sources.where import canonical_key, kind_of, parse_where
from tools.moments import window
from tools.registry import TOOLS

_NOW = datetime(2026, 11, 18, 15, 30, tzinfo=UTC)
"""A moment in the middle of a week, from which times in words are reckoned."""
_SHAPE = ("fields", "include", "order_by", "limit", "max_tokens", "format")
"""Arguments that only count where the expected call states them."""
_PRESENTED = ("source", "refresh", *_SHAPE)
_NAMES = frozenset({"site", "group", "tenant", "role", "tag", "vrf"})
_OBJECTS = frozenset({"object", "around", "of", "left", "right", "start", "to"})
"""Arguments that may say the type before the name: `rack R12`."""
_SETS = frozenset({"type", "types", "vid", "checks"})
"""Arguments that are one value or several."""
_PAIRS = {"compare": ("left", "right"), "trace": ("start", "to")}
"""Arguments that mean the same in the other order."""
_FILLERS = frozenset({"port", "interface", "the", "of", "on", "at"})
_LONGEST_LABEL = 3
_BACKWARD = re.compile(r"(?P<port>.+?)\s+(?:on|of)\s+(?P<owner>.+)", re.IGNORECASE)
"""`Gi1/0/48 on akr-asw01`, which is `akr-asw01 Gi1/0/48`."""
_MAC = re.compile(r"(?:[0-9a-f]{2}[:\-.]?){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}")

Meaning = Mapping[str, Hashable]


def same_call(tool: str, expected: Mapping[str, Any], answered: Mapping[str, Any], catalog: Catalog) -> bool:
    """Whether a call asks what the expected one asks."""
    told = {name: value for name, value in answered.items() if value is not None}
    if not _same_shape(expected, told, catalog):
        return False
    try:
        right, found = _meaning(tool, expected, catalog), _meaning(tool, told, catalog)
    except NetbriefError:
        return False
    if any(name in right and name in found for name in _PAIRS.get(tool, ())):
        first, second = _PAIRS[tool]
        turned = dict(found) | {first: found.get(second), second: found.get(first)}
        turned = {name: value for name, value in turned.items() if value is not None}
        return _same(right, found) or _same(right, turned)
    return _same(right, found)


def name_key(text: str) -> str:
    """A name as it is compared: without case, accents and punctuation, as in a slug."""
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("\u2019", ""))
    slug = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
    return slug or text.strip().casefold()


def _same(right: Meaning, found: Meaning) -> bool:
    if right.keys() - {"types"} != found.keys() - {"types"}:
        return False
    return all(_alike(right[name], found[name]) for name in right if name in found)


def _alike(right: Hashable, found: Hashable) -> bool:
    """Whether two values mean the same; a type may be left out on one side, unless only a number is told."""
    if not isinstance(right, _Object) or not isinstance(found, _Object):
        return right == found
    if right.name != found.name:
        return False
    return right.type == found.type or (None in (right.type, found.type) and not right.name.isdigit())


class _Object(tuple[str | None, str]):
    """An object that is named: its type, where that is told, and its name."""

    __slots__ = ()

    @property
    def type(self) -> str | None:
        return self[0]

    @property
    def name(self) -> str:
        return self[1]


def _meaning(tool: str, arguments: Mapping[str, Any], catalog: Catalog) -> Meaning:
    """What the arguments of a call mean, in a form that can be compared. Raises the errors of bad filters."""
    known = TOOLS[tool].arguments.model_fields if tool in TOOLS else {}
    meant: dict[str, Hashable] = {}
    object_ = next((name for name in ("object", "of", "left") if arguments.get(name)), None)
    for name, value in arguments.items():
        if name in _PRESENTED or value is None or (name in known and value == known[name].default):
            continue
        if name in ("since", "until") or (name == "type" and object_ and tool != "capacity"):
            continue
        if name == "where":
            if value:
                meant[name] = _conditions(_type(str(arguments.get("type")), catalog), value)
        elif name == "group_by":
            meant[name] = canonical_key(_type(str(arguments.get("type")), catalog), str(value))
        else:
            meant[name] = _argument(name, value, catalog)
    if object_ and tool != "capacity" and arguments.get("type"):
        said = meant[object_]
        assert isinstance(said, _Object)
        meant[object_] = _Object((_type_name(str(arguments["type"]), catalog), said.name))
    return {**meant, **_times(tool, arguments)}


def _argument(name: str, value: Any, catalog: Catalog) -> Hashable:
    if isinstance(value, bool | float) or (isinstance(value, int) and name != "vid"):
        return value
    read = _READ.get(name, _words)
    if name in _SETS:
        values = value if isinstance(value, list | tuple | set) else [value]
        return frozenset(read(str(each), catalog) for each in values)
    return read(str(value).strip(), catalog)


def _words(text: str, _: Catalog) -> Hashable:
    return text.casefold()


def _address(text: str) -> str:
    """An address, network or MAC in its usual spelling; other text without case."""
    plain = " ".join(text.split()).casefold()
    if _MAC.fullmatch(plain):
        return re.sub(r"[:\-.]", "", plain)
    try:
        return str(ipaddress.ip_network(plain, strict=False) if "/" in plain else ipaddress.ip_address(plain))
    except ValueError:
        return plain


def _object(text: str, catalog: Catalog) -> _Object:
    turned = _BACKWARD.fullmatch(text.strip())
    words = (f"{turned['owner']} {turned['port']}" if turned else text).split()
    for size in range(min(_LONGEST_LABEL, len(words) - 1), 0, -1):
        type_ = catalog.find(" ".join(words[:size]))
        if type_ is not None:
            return _Object((type_.name, _bare(words[size:])))
    return _Object((None, _bare(words)))


def _bare(words: Sequence[str]) -> str:
    telling = [word for word in words if word.casefold() not in _FILLERS]
    return name_key(" ".join(telling or words))


def _type_name(name: str, catalog: Catalog) -> str:
    found = catalog.find(name)
    return found.name if found else name.casefold()


def _type(name: str, catalog: Catalog) -> ObjectType:
    found = catalog.find(name)
    return found or ObjectType(name, name, name, {})


def _times(tool: str, arguments: Mapping[str, Any]) -> Meaning:
    """The span of time that is asked for. `changes` always has one, other tools only if it is told."""
    since, until = arguments.get("since"), arguments.get("until")
    if tool != "changes" and not since and not until:
        return {}
    return {"window": window(since and str(since), until and str(until), _NOW)}


def _conditions(type_: ObjectType, where: Mapping[str, Any]) -> frozenset[Hashable]:
    return frozenset(_condition(type_, each) for each in parse_where(type_, where))


def _condition(type_: ObjectType, condition: Condition) -> Hashable:
    """A condition so that those which choose the same are equal."""
    key, lookup, values = _related(type_, condition.key), condition.lookup, condition.values
    kind = Kind.INT if key in type_.relations and key not in type_.fields else kind_of(type_, key)
    if key in type_.relations and key not in type_.fields:
        lookup, values = _number_of(lookup, values)
    if kind is Kind.BOOL and lookup == "n":
        lookup, values = "", ("false" if values == ("true",) else "true",)
    if kind is Kind.INT and lookup in ("gt", "lt") and values[0].lstrip("-").isdigit():
        step = 1 if lookup == "gt" else -1
        lookup, values = f"{lookup}e", (str(int(values[0]) + step),)
    if lookup in ("ie", "nie"):
        lookup = "" if lookup == "ie" else "n"
    spelled = name_key if key in type_.references() else str.casefold
    return key, lookup, frozenset(spelled(_plain_number(each)) for each in values)


def _related(type_: ObjectType, key: str) -> str:
    """A count that the source keeps itself is the number of related objects, too: `interface_count`."""
    relation = f"{key.removesuffix('_count')}s"
    return relation if key.endswith("_count") and relation.lstrip("-") in type_.relations else key


def _number_of(lookup: str, values: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """How many related objects there are: none, some, or a number."""
    none = (lookup == "null" and values == ("true",)) or (lookup == "" and values == ("0",))
    some = (lookup == "null" and values == ("false",)) or (lookup == "n" and values == ("0",))
    if none:
        return "lte", ("0",)
    return ("gte", ("1",)) if some else (lookup, values)


def _plain_number(text: str) -> str:
    return f"{float(text):g}" if re.fullmatch(r"-?\d+\.\d+", text) else text


_READ: Mapping[str, Callable[[str, Catalog], Hashable]] = {
    **dict.fromkeys(("type", "types"), _type_name),
    **dict.fromkeys(_OBJECTS, _object),
    **dict.fromkeys(_NAMES, lambda text, _: name_key(text)),
    **dict.fromkeys(("address", "prefix", "text"), lambda text, _: _address(text)),
}
"""How an argument is read that is more than words."""


def _same_shape(expected: Mapping[str, Any], answered: Mapping[str, Any], catalog: Catalog) -> bool:
    """Whether columns, order and size are as stated, where they are stated."""
    type_ = _type(str(expected.get("type", "")), catalog)
    for name in _SHAPE:
        wanted, given = expected.get(name), answered.get(name)
        if not wanted:
            continue
        if name in ("fields", "include"):
            shown = given or (type_.columns if name == "fields" else ())
            if not {canonical_key(type_, each) for each in wanted} <= {
                canonical_key(type_, str(each)) for each in shown
            }:
                return False
        elif name == "order_by":
            order = [_related(type_, str(each)) for each in given or ()]
            if order[: len(wanted)] != [_related(type_, each) for each in wanted]:
                return False
        elif wanted != given:
            return False
    return True
