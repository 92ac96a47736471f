"""Paths over the cable graph: from a port over cables, panels and circuits to wherever they end."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tools.cable_graph import CableGraph, Passage, Positions, Stack
from tools.cable_rows import INLET, OUTLET, REAR, TERMINATION, Ending, Node

LONGEST = 50
"""Cables that one path may cross."""
MOST_LEGS = 600
"""Branches that are followed for one start, or one strand of it."""
MOST_STRANDS = 1_024
"""Strands that are told apart for one start: a port has no more positions than that on either server."""
Crossed = frozenset[tuple[Node, Stack]]
"""The ports that a path has left by their cables, with the strands that it was inside of."""
PASSING = frozenset({"dcim.frontport", REAR, TERMINATION, INLET, OUTLET})
"""The types of ports that may lead on inside of their device or circuit."""


@dataclass(frozen=True, slots=True)
class Link:
    """A cable as a path crosses it."""

    near: Node
    cable: str
    far: Node

    @property
    def reversed(self) -> Link:
        """The same cable crossed the other way."""
        return Link(self.far, self.cable, self.near)


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a path begins or ends, and why it goes no further there."""

    port: Node
    ending: Ending
    place: Node | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """Cables in a row, to a stop. At a split, each branch goes on from there."""

    links: tuple[Link, ...]
    stop: Stop
    branches: tuple[Leg, ...] = ()
    strands: Positions = frozenset()
    """The strands of the trunk that it comes out of first, where it began inside of it and does not say on which."""

    def ends(self) -> Iterator[tuple[tuple[Link, ...], Stop]]:
        """Every way to an end: its cables, and its stop."""
        if not self.branches:
            yield self.links, self.stop
        for branch in self.branches:
            for links, stop in branch.ends():
                yield (*self.links, *links), stop


@dataclass(frozen=True, slots=True)
class Path:
    """A path from end to end; where it splits on both sides of the port that was asked for, from there."""

    begin: Stop
    leg: Leg
    near: Leg | None = None
    """The other side, where both split: the way inside of the device of the port that was asked for."""

    @property
    def beginnings(self) -> list[tuple[tuple[Link, ...], Stop]]:
        """Every way to where it begins, with the cables that `leg` does not hold."""
        return list(self.near.ends()) if self.near else [((), self.begin)]


class Tracer:
    """Follows paths over what is known of the graph; the graph then wants what is missing."""

    def __init__(self, graph: CableGraph) -> None:
        self._graph = graph
        self._legs = 0

    def paths(self, start: Node) -> list[Path]:
        """The paths that a port is part of: one, or one for each strand of the trunk that it is a port of."""
        if start[0] not in PASSING:
            self._legs = 0
            return [Path(Stop(start, Ending.ARRIVED), self._over_cable(start, ()))]
        found: dict[Path, None] = {}
        pending: deque[Stack] = deque([()])
        while pending:
            self._legs = 0
            stack = pending.popleft()
            out, inward = self._over_cable(start, stack), self._inward(start, stack)
            strands = _strands(out) | _strands(inward)
            if strands and len(pending) + len(found) < MOST_STRANDS:
                pending.extend((frozenset({strand}), *stack) for strand in sorted(strands))
            else:
                found[_joined(start, out, inward)] = None
        return list(found)

    def _inward(self, start: Node, stack: Stack) -> Leg:
        """The path away from a port through its own device."""
        return self._onward((), start, self._graph.inside(start, stack), frozenset())

    def _over_cable(self, port: Node, stack: Stack, crossed: Crossed = frozenset()) -> Leg:
        plug = self._graph.plug(port)
        self._legs += 1
        if isinstance(plug, Ending):
            return Leg((), Stop(port, plug))
        if not plug.far:
            return Leg((), Stop(port, Ending.NO_PEER))
        if (port, stack) in crossed:
            return Leg((), Stop(port, Ending.LOOP))
        if len(crossed) >= LONGEST or self._legs > MOST_LEGS:
            return Leg((), Stop(port, Ending.TOO_FAR))
        crossed |= {(port, stack)}
        ways = [
            self._onward((Link(port, plug.cable, far),), far, self._graph.inside(far, stack), crossed)
            for far in plug.far
        ]
        return ways[0] if len(ways) == 1 else Leg((), Stop(port, Ending.SPLIT), tuple(ways))

    def _onward(self, links: tuple[Link, ...], port: Node, passage: Passage, crossed: Crossed) -> Leg:
        """The cables up to a port, and on from there."""
        if not passage.onward:
            return Leg(links, Stop(passage.side or port, passage.ending, passage.place))
        ways = [self._over_cable(other, stack, crossed) for other, stack in passage.onward]
        if len(ways) == 1:
            strands = passage.strands or ways[0].strands
            return replace(ways[0], links=(*links, *ways[0].links), strands=strands)
        return Leg(links, Stop(port, Ending.SPLIT), tuple(ways), passage.strands)


def _joined(start: Node, out: Leg, inward: Leg) -> Path:
    """The path that two ways from a port make, told from an end of it if one of them does not split."""
    here = Stop(start, Ending.ARRIVED)
    if inward == Leg((), here):
        return Path(here, out)
    if not inward.branches:
        return Path(inward.stop, replace(out, links=(*_reversed(inward.links), *out.links)))
    if not out.branches:
        return Path(out.stop, replace(inward, links=(*_reversed(out.links), *inward.links)))
    return Path(here, out, inward)


def _strands(leg: Leg) -> Positions:
    """The strands of the first trunk that a path comes out of without having gone into it."""
    return leg.strands or frozenset().union(*(_strands(branch) for branch in leg.branches))


def _reversed(links: Sequence[Link]) -> tuple[Link, ...]:
    return tuple(link.reversed for link in reversed(links))
