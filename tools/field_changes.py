"""What changed in an object: the fields that differ between what it was before and after, and how to say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.cells import cell, shortened

LONGEST_VALUE = 60
"""Characters of one side of a difference."""
KEPT_BEFORE = 12
"""Characters that long texts keep of what they have in common, ahead of where they differ."""
MOST_SAID = 12
"""Fields of one object that are told with their values."""
_NOISE = frozenset(
    {
        "id",
        "url",
        "display",
        "display_url",
        "object_type",
        "natural_slug",
        "notes_url",
        "created",
        "last_updated",
        "computed_fields",
    }
)
"""What says nothing about the object, or changes with every change."""
_TITLES = ("name", "model", "address", "prefix", "cid", "label", "display", "id")
_EMPTY: tuple[Any, ...] = (None, "", [], {})

Namer = Callable[[str, str], str | None]
"""The name of what a field refers to by a bare id, if it is known: (field, id)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changed. Custom fields are called `cf_<name>`."""

    field: str
    before: Any
    after: Any


def differences(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Difference]:
    """Every field whose value differs, each once, in the order of the data; what is empty on both sides is alike.

    References are the same if they lead to the same object, in whatever form they are told.
    """
    old, new = _fields(before or {}), _fields(after or {})
    return [
        Difference(name, old.get(name), new.get(name))
        for name in dict.fromkeys([*new, *old])
        if _identity(old.get(name)) != _identity(new.get(name))
    ]


def in_words(found: Sequence[Difference], namer: Namer) -> str:
    """`status: planned → active; tags: +lab`."""
    said = [_said(each, namer) for each in found[:MOST_SAID]]
    if len(found) > MOST_SAID:
        said.append(f"and {', '.join(each.field for each in found[MOST_SAID:])}")
    return "; ".join(said)


def bare_ids(found: Difference) -> list[str]:
    """The ids that a field's two sides hold without a name."""
    several = [
        each for side in (found.before, found.after) for each in (side if isinstance(side, list) else [side])
    ]
    return [
        str(each)
        for each in several
        if isinstance(each, int | str) and each != "" and not isinstance(each, bool)
    ]


def _fields(data: Mapping[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in data.items():
        if name == "custom_fields" and isinstance(value, Mapping):
            fields |= {f"cf_{key}": each for key, each in value.items()}
        elif not (name in _NOISE or name.startswith("_") or name.endswith("_count")):
            fields[name] = value
    return fields


def _identity(value: Any) -> Any:
    """What makes two values the same: of a reference its id, of a choice its value, of a list its members."""
    if value in _EMPTY:
        return None
    if isinstance(value, Mapping):
        if "value" in value and "label" in value:
            return _identity(value["value"])
        if value.get("id") is not None:
            return str(value["id"])
        return {name: _identity(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return sorted((_identity(each) for each in value), key=repr)
    # Numbers are text in another form of the same; a switch is neither.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def sides(each: Difference, namer: Namer) -> tuple[str, str]:
    """Both sides of a difference in short, never the same words: of lists what the other has not."""

    def name(value: Any) -> str:
        return _shown(value, lambda id_: namer(each.field, id_))

    before, after = each.before, each.after
    if _lists(each):
        old, new = _members(before), _members(after)
        left, right = (
            " ".join(name(held) for key, held in mine.items() if key not in other) or "(none)"
            for mine, other in ((old, new), (new, old))
        )
    else:
        left, right = name(before), name(after)
    left, right = _flat(left), _flat(right)
    if left == right:
        left, right = repr(_identity(before)), repr(_identity(after))
    return _from_where_they_differ(left, right)


def _lists(each: Difference) -> bool:
    return isinstance(each.before or [], list) and isinstance(each.after or [], list)


def _members(value: list[Any] | None) -> dict[str, Any]:
    return {repr(_identity(one)): one for one in value or ()}


def _said(each: Difference, namer: Namer) -> str:
    if _lists(each):
        old, new = _members(each.before), _members(each.after)

        def name(value: Any) -> str:
            return _shown(value, lambda id_: namer(each.field, id_))

        moved = [f"+{name(one)}" for key, one in new.items() if key not in old]
        moved += [f"-{name(one)}" for key, one in old.items() if key not in new]
        return f"{each.field}: {_shortest(_flat(' '.join(moved)) or 'another number of the same')}"
    left, right = sides(each, namer)
    return f"{each.field}: {left} → {right}"


def _shown(value: Any, known: Callable[[str], str | None]) -> str:
    if value in _EMPTY:
        return "(none)"
    if isinstance(value, Mapping):
        if "value" in value and "label" in value:
            return str(value["value"])
        title = next((value[key] for key in _TITLES if value.get(key) not in _EMPTY), None)
        said = str(cell(value) if title is None else title)
        # Statuses are in lower case everywhere else, too.
        return said.lower() if value.get("object_type") == "extras.status" else said
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(_shown(each, known) for each in value)
    return shortened(known(str(value)) or str(value)) if len(str(value)) < 200 else str(value)


def _from_where_they_differ(left: str, right: str) -> tuple[str, str]:
    """Both sides short; of long texts what they begin with alike is left out."""
    if max(len(left), len(right)) <= LONGEST_VALUE:
        return left, right
    same = next(
        (i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
    )
    cut = max(same - KEPT_BEFORE, 0)
    head = "…" if cut else ""
    return _shortest(head + left[cut:]), _shortest(head + right[cut:])


def _shortest(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def _flat(text: str) -> str:
    return " ".join(text.split())
