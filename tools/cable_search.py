"""The shortest paths between two places of the cable graph: from both sides at once, a cable at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tools.cable_graph import CableGraph, Stack
from tools.cable_paths import PASSING, Link
from tools.cable_rows import INTERFACE, Ending, Node

State = tuple[Node, Stack]
"""A port, and the strands of the trunks that a path is inside of there."""
Way = tuple[Link, ...]

FARTHEST = 20
"""Cables that are crossed from either side."""
MOST_DEVICES = 1_500
"""Devices whose ports are looked through."""
MOST_BEGINNINGS = 20
"""Devices from which to search backward."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a search begins: ports, or devices with all their ports of some types; circuits may end there, too."""

    ports: frozenset[Node] = frozenset()
    devices: frozenset[str] = frozenset()
    site: Node | None = None


@dataclass(slots=True)
class _Reached:
    """A port or device that was reached by so many cables, and from where."""

    depth: int
    by: list[tuple[_Reached, Link | None]] = field(default_factory=list)
    _count: int = 0

    def count(self) -> int:
        """By how many ways it was reached."""
        if not self._count:
            self._count = sum(before.count() for before, _ in self.by) if self.by else 1
        return self._count

    def ways(self) -> Iterator[Way]:
        """These ways, each from its beginning."""
        if not self.by:
            yield ()
        for before, link in self.by:
            for way in before.ways():
                yield (*way, link) if link else way


class Side:
    """What can be reached from one place, so far as the graph is known."""

    def __init__(self, graph: CableGraph, place: Place, types: Sequence[str]) -> None:
        self._graph = graph
        self._place = place
        self._types = types
        self.depth = 0
        self.devices: dict[str, _Reached] = {id_: _Reached(0) for id_ in place.devices}
        self.arrivals: dict[State, _Reached] = {}
        self._leaving: dict[Node, dict[Stack, _Reached]] = defaultdict(dict)
        self._frontier: list[State] | None = None

    @property
    def exhausted(self) -> bool:
        """Whether there is nothing beyond what was reached."""
        return self._frontier == []

    @property
    def width(self) -> int:
        """At how many devices it begins."""
        return len(self._place.devices)

    @property
    def found(self) -> int:
        """How many devices it has reached besides."""
        return len(self.devices) - self.width

    def advance(self) -> bool:
        """Cross one more cable everywhere; False where the graph must be read first."""
        if self._frontier is None:
            self._frontier = self._beginning()
        if not self._frontier:
            return False
        blocked = False
        steps: list[tuple[State, Link]] = []
        for state in self._frontier:
            plug = self._graph.plug(state[0])
            if isinstance(plug, Ending):
                blocked |= plug is Ending.UNREAD
                continue
            for far in plug.far:
                steps.append((state, Link(state[0], plug.cable, far)))
                blocked |= self._is_unread(far, state[1])
        if blocked or not self._are_read([link.far for _, link in steps]):
            return False
        self.depth += 1
        found: list[State] = []
        for (port, stack), link in steps:
            found += self._arrive(self._leaving[port][stack], link, stack)
        self._frontier = found
        return True

    def meeting(self, other: Side) -> list[tuple[_Reached, _Reached]]:
        """Where the other side's shortest ways to here go on to this side's place, with no way told twice."""
        met = [(reached, here) for state, reached in other.arrivals.items() for here in self._met(*state)]
        if not met:
            return []
        fewest = min(reached.depth + here.depth for reached, here in met)
        # All shortest ways cross the same number of cables: one cut through them tells each once.
        cut = min(other.depth, fewest)
        return [
            (reached, here)
            for reached, here in met
            if reached.depth == cut and reached.depth + here.depth == fewest
        ]

    def _met(self, port: Node, stack: Stack) -> list[_Reached]:
        if port in self._place.ports or self._ends_here(port, stack):
            return [_Reached(0)]
        device = self._graph.device(port)
        if device in self._place.devices or (device in self.devices and port[0] not in PASSING):
            return [self.devices[str(device)]]
        leaving = self._leaving.get(port, {}) if port[0] in PASSING else {}
        return [reached for held, reached in leaving.items() if _are_one(stack, held)]

    def _ends_here(self, port: Node, stack: Stack) -> bool:
        return self._place.site is not None and self._graph.inside(port, stack).place == self._place.site

    def _beginning(self) -> list[State] | None:
        """The ports at which the search begins."""
        found: list[State] = []
        for port in sorted(self._place.ports):
            states: list[State] = [(port, ())]
            if port[0] in PASSING:
                passage = self._graph.inside(port)
                if passage.ending is Ending.UNREAD:
                    return None
                states += passage.onward
            for state in states:
                found += self._leave(state, _Reached(0), None)
        opened = [self._ports(id_) for id_ in sorted(self._place.devices)]
        if any(ports is None for ports in opened):
            return None
        for id_, ports in zip(sorted(self._place.devices), opened, strict=True):
            for port in ports or ():
                found += self._leave((port, ()), self.devices[id_], None)
        return found

    def _ports(self, device: str) -> list[Node] | None:
        # A path goes on through the interfaces of a device; it may begin and end at any of its ports.
        return self._graph.ports(device, self._types if device in self._place.devices else (INTERFACE,))

    def _is_unread(self, port: Node, stack: Stack) -> bool:
        return self._graph.inside(port, stack).ending is Ending.UNREAD

    def _are_read(self, ports: Sequence[Node]) -> bool:
        """Whether the ports of the devices that a path can go on through are known."""
        devices = {self._graph.device(port) for port in ports if port[0] == INTERFACE}
        # Every one is asked, so that all that is missing is read at once.
        opened = [self._ports(id_) for id_ in devices - self.devices.keys() if id_]
        return None not in opened

    def _arrive(self, before: _Reached, link: Link, stack: Stack) -> list[State]:
        """Note an arrival, and give the ports from which the path goes on."""
        first = (link.far, stack) not in self.arrivals
        arrival = self.arrivals.setdefault((link.far, stack), _Reached(self.depth))
        if arrival.depth == self.depth:
            arrival.by.append((before, link))
        if not first:
            return []
        if link.far[0] != INTERFACE:
            onward = self._graph.inside(link.far, stack).onward
            return [state for each in onward for state in self._leave(each, arrival, None)]
        device = self._graph.device(link.far)
        if device is None:
            return []
        known = device in self.devices
        reached = self.devices.setdefault(device, _Reached(self.depth))
        if reached.depth == self.depth and device not in self._place.devices:
            reached.by.append((arrival, None))
        if known:
            return []
        return [s for port in self._ports(device) or () for s in self._leave((port, ()), reached, None)]

    def _leave(self, state: State, before: _Reached, link: Link | None) -> list[State]:
        """Note a port from which a path goes on; nothing where it was known already."""
        port, stack = state
        known = self._leaving[port].get(stack)
        if known is None:
            self._leaving[port][stack] = _Reached(self.depth, [(before, link)])
            return [state]
        if known.depth == self.depth:
            known.by.append((before, link))
        return []


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of a search: how many shortest paths there are, and some of them."""

    ways: tuple[Way, ...] = ()
    count: int = 0
    cables: int = 0
    """Cables of each shortest path; those that were looked through where there is none."""
    gave_up: bool = False


def shortest(graph: CableGraph, start: Place, goal: Place, types: Sequence[str], most: int) -> Found | None:
    """The shortest paths, `most` of them told; None where the graph must be read first."""
    if _are_together(graph, start, goal):
        return Found(((),), 1)
    ahead, back = Side(graph, start, types), Side(graph, goal, types)
    # A whole site is not worth opening: it is enough to recognize it.
    sides = [ahead] if back.width > MOST_BEGINNINGS else [ahead, back]
    while True:
        met = back.meeting(ahead)
        if met:
            return _found(met, most)
        if _is_over(ahead, back, goal):
            return Found(cables=ahead.depth + back.depth)
        if ahead.depth >= FARTHEST or ahead.found + back.found > MOST_DEVICES:
            return Found(cables=ahead.depth + back.depth, gave_up=True)
        advanced = [side.advance() for side in sides]
        if True not in advanced and not _is_over(ahead, back, goal):
            return None


def _is_over(ahead: Side, back: Side, goal: Place) -> bool:
    """Whether nothing can be found any more.

    What the way back has seen to its end is met at the first cable from the start, if there is a way at all; but
    from a site it does not see the circuits that end there.
    """
    return ahead.exhausted or (back.exhausted and ahead.depth > 0 and goal.site is None)


def _are_together(graph: CableGraph, start: Place, goal: Place) -> bool:
    """Whether there is no way to go."""
    devices = [{*place.devices, *map(graph.device, place.ports)} - {None} for place in (start, goal)]
    return not devices[0].isdisjoint(devices[1]) or not start.ports.isdisjoint(goal.ports)


def _found(met: Sequence[tuple[_Reached, _Reached]], most: int) -> Found:
    def told(one: _Reached, other: _Reached) -> Iterator[Way]:
        for before in one.ways():
            for after in other.ways():
                yield (*before, *(link.reversed for link in reversed(after)))

    ways: tuple[Way, ...] = tuple(islice((way for pair in met for way in told(*pair)), most))
    count = sum(one.count() * other.count() for one, other in met)
    return Found(ways, count, len(ways[0]))


def _are_one(one: Stack, other: Stack) -> bool:
    """Whether two paths that meet on a cable are inside of the same strands; where one does not know, of any."""
    return all(a & b for a, b in zip(reversed(one), reversed(other), strict=False))
