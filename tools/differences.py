"""What differs between two sets of records: pure, symmetric, and those that differ alike in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]
Records = Mapping[str, Record]
"""Natural key -> fields. A value is a scalar, or a list or mapping of them."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that has these two values in all the records of these keys."""

    field: str
    left: Any
    right: Any
    keys: list[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs: fields of records that both have, and the records that only one has."""

    fields: tuple[Difference, ...]
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]
    alike: int
    """Records that both have, alike in every field."""


def compared(left: Records, right: Records, order: Callable[[str], Any] = str) -> Comparison:
    """The comparison of two sets of records, with keys in this order; what differs in most records first.

    A field that only one of two records has differs from nothing, as None does.
    """
    both = sorted(left.keys() & right.keys(), key=order)
    groups: dict[tuple[str, str, str], Difference] = {}
    alike = 0
    for key in both:
        one, other = left[key], right[key]
        differing = [
            name for name in one.keys() | other.keys() if _plain(one.get(name)) != _plain(other.get(name))
        ]
        alike += not differing
        for name in differing:
            alone = Difference(name, one.get(name), other.get(name), [key])
            group = groups.setdefault((name, _plain(alone.left), _plain(alone.right)), alone)
            if group is not alone:
                group.keys.append(key)
    fields = sorted(groups.values(), key=lambda each: (-len(each.keys), order(each.keys[0]), each.field))
    return Comparison(
        tuple(fields),
        tuple(sorted(left.keys() - right.keys(), key=order)),
        tuple(sorted(right.keys() - left.keys(), key=order)),
        alike,
    )


def keyed(records: Iterable[tuple[str, Record]]) -> dict[str, Record]:
    """Records by their keys; of several with one key the second and later ones are numbered, in a fixed order."""
    of: dict[str, list[Record]] = {}
    for key, record in records:
        of.setdefault(key, []).append(record)
    found: dict[str, Record] = {}
    for key, several in of.items():
        for number, record in enumerate(sorted(several, key=_plain), start=1):
            name = key
            while name in found or (number > 1 and name in of):
                name = f"{name} ({number})"
            found[name] = record
    return found


def parted(keys: Sequence[str], shown: Callable[[Sequence[str]], str], longest: int) -> list[Sequence[str]]:
    """The keys in as few runs as it takes for each to be shown in so many characters; one key is never split."""
    if len(keys) <= 1 or len(shown(keys)) <= longest:
        return [keys] if keys else []
    middle = len(keys) // 2
    return [*parted(keys[:middle], shown, longest), *parted(keys[middle:], shown, longest)]


def _plain(value: Any) -> str:
    """A value as text that is the same for the same value, whatever the order of a mapping; 10 is 10.0."""
    if isinstance(value, Mapping):
        return repr(sorted((str(key), _plain(each)) for key, each in value.items()))
    if isinstance(value, list | tuple):
        return repr([_plain(each) for each in value])
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return repr(value)
