"""Words that several tools use: counts, filters, names, and the order that names come in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from orchestration.cells import name_of
from sources.catalog import ObjectType
from sources.source import Entity

_DIGITS_OR_SIGN = re.compile(r"\d+|\D")
_LOOKUP_WORDS = {
    "n": "not",
    "ic": "contains",
    "nic": "does not contain",
    "ie": "is",
    "nie": "is not",
    "isw": "starts with",
    "nisw": "does not start with",
    "iew": "ends with",
    "niew": "does not end with",
    "re": "matches",
    "ire": "matches",
    "gt": ">",
    "gte": ">=",
    "lt": "<",
    "lte": "<=",
}


def counted(number: int, type_: ObjectType) -> str:
    """`1 device`, `1,240 devices`."""
    return f"{number:,} {type_.label if number == 1 else type_.plural}"


def where_in_words(where: Mapping[str, Any] | None) -> str:
    """`site DM-Akron, name contains sw`; "" without filters."""
    return ", ".join(_condition(name, value) for name, value in (where or {}).items())


def title_of(type_: ObjectType, entity: Entity) -> str:
    """What people call the object; unnamed ones by their id."""
    name = entity.get(type_.title) or f"#{entity['id']}"
    return f"{entity['vid']} {name}" if entity.get("vid") is not None else str(name)


def listed(names: Sequence[str], most: int = 5) -> str:
    """`a, b and 3 more`."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most:,} more"


def together(names: Sequence[Any]) -> str:
    """`a, b and c`: all of them."""
    *before, last = map(str, names)
    return f"{', '.join(before)} and {last}" if before else last


def vlan_numbers(refs: Sequence[Mapping[str, Any]]) -> str | None:
    """VLANs by number with runs folded: `10,20-23`; by name where the number is unknown."""
    numbers = runs({ref["vid"] for ref in refs if ref.get("vid") is not None})
    names = [str(name_of(ref)) for ref in refs if ref.get("vid") is None]
    return ",".join([*numbers, *names]) or None


def runs(numbers: Iterable[int]) -> list[str]:
    """Numbers in order, those in a row as one: `10`, `20-23`."""
    parts: list[str] = []
    for number in sorted(set(numbers)):
        if parts and number == int(parts[-1].rpartition("-")[2]) + 1:
            parts[-1] = f"{parts[-1].partition('-')[0]}-{number}"
        else:
            parts.append(str(number))
    return parts


def natural(name: str) -> list[tuple[int, str]]:
    """A sort key in which Gi1/0/2 comes before Gi1/0/10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS_OR_SIGN.findall(name)]


def _condition(name: str, value: Any) -> str:
    key, _, lookup = name.partition("__")
    shown = (
        "none"
        if value is None
        else listed([str(v) for v in value])
        if isinstance(value, list)
        else str(value)
    )
    return " ".join(part for part in (key, _LOOKUP_WORDS.get(lookup, lookup), shown) if part)
