"""A comparison as tables and words, whatever its two sides are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orchestration.answer import Section
from orchestration.cells import LONGEST_TEXT, cell, folded
from orchestration.tool import Window
from tools.differences import Comparison, parted
from tools.tables import table
from tools.wording import listed

FIELDS = "fields"
"""The part that is the compared object itself."""
DIFFERENCES, ONLY = "differences", "only"


@dataclass(frozen=True, slots=True)
class Sides:
    """What the two sides are called, and what is only on the one or the other."""

    names: tuple[str, str]
    only: tuple[str, str]
    only_title: str
    column: str
    word: str = ""
    """What a summary says before the names of `only`."""


OBJECTS = Sides(("left", "right"), ("left", "right"), "only on one side", "side", "only ")
MOMENTS = Sides(("before", "after"), ("deleted", "created"), "created and deleted", "action")


def tables(found: Mapping[str, Comparison], sides: Sides, window: Window) -> tuple[Section, ...]:
    """A row for each difference, however many objects it is of; a row for what only one side has."""
    differing, only = [], []
    for part, comparison in found.items():
        for each in comparison.fields:
            values = cell(each.left), cell(each.right)
            differing += [
                [part, each.field, *values, len(keys), folded(keys) or None]
                for keys in parted(each.keys, folded, LONGEST_TEXT)
            ]
        for side, names in zip(sides.only, (comparison.only_left, comparison.only_right), strict=True):
            only += [[part, side, len(keys), folded(keys)] for keys in parted(names, folded, LONGEST_TEXT)]
    columns = ("part", "field", *sides.names, "count", "which")
    sections = [table(DIFFERENCES, columns, differing, window, DIFFERENCES)]
    if only:
        sections.append(table(sides.only_title, ("part", sides.column, "count", "which"), only, window, ONLY))
    return tuple(sections)


def in_words(found: Mapping[str, Comparison], sides: Sides) -> str:
    """`fields: 1 (role); interfaces: 40 differ (untagged_vlan), 2 only right`; "" where nothing differs."""
    said = []
    for part, each in found.items():
        words = []
        names = list(dict.fromkeys(difference.field for difference in each.fields))
        if part == FIELDS and names:
            words.append(f"{len(names)} ({listed(names)})")
        elif names:
            differing = len({key for difference in each.fields for key in difference.keys})
            words.append(f"{differing:,} differ{'s' if differing == 1 else ''} ({listed(names)})")
        words += [
            f"{len(only):,} {sides.word}{side}"
            for side, only in zip(sides.only, (each.only_left, each.only_right), strict=True)
            if only
        ]
        if words:
            said.append(f"{part}: {', '.join(words)}")
    return "; ".join(said)
