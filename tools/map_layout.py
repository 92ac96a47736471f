"""Where the nodes of a network map stand in a picture: in rows by distance or by role, near to what they link to."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.network_map import Key, NetworkMap, Node

WIDTH, HEIGHT = 136, 40
"""Of a node's box."""
ACROSS, DOWN = 176, 104
"""From one box to the next, beside it and in the line below it."""
BETWEEN_ROWS = 24
FEWEST_IN_LINE, MOST_IN_LINE = 5, 9
SWEEPS = 8
OUTSIDE, UNLINKED = "\0", "\1"
"""The rows of what lies beyond the place that is drawn, the first, and of what is not linked, the last."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The middle of a node's box, and the line that it stands in."""

    x: float
    y: float
    line: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands, and how large the whole is."""

    spots: Mapping[Key, Spot]
    width: float
    height: float


def layout(map_: NetworkMap) -> Layout:
    """The same map is always laid out alike."""
    rows = _ordered(_rows(map_), _neighbours(map_))
    per_line = min(max(FEWEST_IN_LINE, math.ceil(math.sqrt(len(map_.nodes) * 1.4))), MOST_IN_LINE)
    spots: dict[Key, Spot] = {}
    widest = max((min(len(row), per_line) for row in rows), default=1)
    folded = any(len(row) > per_line for row in rows)
    width = widest * ACROSS + (ACROSS / 2 if folded else 0)
    y, line = DOWN / 2, 0
    for row in rows:
        lines = math.ceil(len(row) / per_line)
        columns = math.ceil(len(row) / lines)
        taken = columns * ACROSS + (ACROSS / 2 if lines > 1 else 0)
        left = (width - taken) / 2 + ACROSS / 2
        for at, key in enumerate(row):
            # The lines of a row are shifted, so that a link to the lower one passes between the boxes of the upper.
            column, own = divmod(at, lines)
            shift = ACROSS / 2 if own % 2 else 0
            spots[key] = Spot(left + column * ACROSS + shift, y + own * DOWN, line + own)
        y += lines * DOWN + BETWEEN_ROWS
        line += lines
    return Layout(spots, width, y - BETWEEN_ROWS)


def _neighbours(map_: NetworkMap) -> Mapping[Key, Sequence[Key]]:
    found: dict[Key, list[Key]] = defaultdict(list)
    for link in map_.links:
        if link.left != link.right:
            found[link.left].append(link.right)
            found[link.right].append(link.left)
    return found


def _rows(map_: NetworkMap) -> list[list[Key]]:
    """By distance from the one node that the map begins with; else by role, the best connected role first."""
    starts = [node for node in map_.nodes.values() if not node.hops]
    degrees = {key: len(near) for key, near in _neighbours(map_).items()}
    rows: dict[str, list[Node]] = defaultdict(list)
    for node in map_.nodes.values():
        if len(starts) == 1:
            rows[str(node.hops)].append(node)
        elif node.hops:
            rows[OUTSIDE].append(node)
        else:
            rows[(node.role or "") if node.key in degrees else UNLINKED].append(node)
    for row in rows.values():
        row.sort(key=lambda node: (node.role or "", node.name, node.key))
    if len(starts) == 1:
        titles = sorted(rows)
    else:
        titles = sorted(
            rows,
            key=lambda title: (
                title != OUTSIDE,
                title == UNLINKED,
                -_mean([degrees.get(node.key, 0) for node in rows[title]]),
                title,
            ),
        )
    return [[node.key for node in rows[title]] for title in titles]


def _ordered(rows: Sequence[Sequence[Key]], neighbours: Mapping[Key, Sequence[Key]]) -> list[list[Key]]:
    """Each row in the order of what its nodes link to in the others, so that few links cross."""
    ordered = [list(row) for row in rows]
    place = {
        key: (number, (at + 0.5) / len(row))
        for number, row in enumerate(ordered)
        for at, key in enumerate(row)
    }
    for sweep in range(SWEEPS):
        numbers = range(len(ordered)) if sweep % 2 == 0 else range(len(ordered) - 1, -1, -1)
        for number in numbers:
            wanted = {}
            for key in ordered[number]:
                near = [place[other][1] for other in neighbours.get(key, ()) if place[other][0] != number]
                wanted[key] = _mean(near) if near else place[key][1]
            ordered[number].sort(key=lambda key, wanted=wanted: (wanted[key], place[key][1]))  # type: ignore[misc]  # mypy knows no default of a lambda
            for at, key in enumerate(ordered[number]):
                place[key] = (number, (at + 0.5) / len(ordered[number]))
    return ordered


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
