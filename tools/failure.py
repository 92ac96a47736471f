"""What falls apart when something fails: the parts that a graph is left in, and which of them are cut off.

Nothing in an inventory says where the core of a network is. So what is cut off is what no longer leads to the rest:
neither out of what is known (an exit: a carrier's network), nor to the largest part that is left.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

Key = tuple[str, str]
Links = Mapping[Key, Collection[Key]]
"""For every node that is left, those that it is linked to. Both directions are there."""
WIDE = 50
"""Nodes at the edge of the largest part, from which on only the smaller parts are looked at further."""


@dataclass(frozen=True, slots=True)
class Part:
    """Nodes that reach each other. A node that passes nothing on may be in several parts."""

    nodes: frozenset[Key]
    exits: frozenset[Key] = frozenset()
    unread: frozenset[Key] = frozenset()
    """Those of its nodes of which it is not known what they lead to."""

    @property
    def open(self) -> bool:
        """Whether it may lead on, and is not known to lead out."""
        return bool(self.unread) and not self.exits


@dataclass(frozen=True, slots=True)
class Remains:
    """A graph after a failure. `leaves` pass nothing on, `exits` lead out of what is known."""

    links: Links
    leaves: frozenset[Key] = frozenset()
    exits: frozenset[Key] = frozenset()
    unread: frozenset[Key] = frozenset()

    def parts(self, around: Collection[Key]) -> list[Part]:
        """The parts in which these nodes are, the largest first."""
        found = self._walked(self.links.keys() - self.leaves - self.unread, self.leaves | self.unread)
        met = frozenset().union(*found)
        # What is not read may pass something on: whoever is plugged into it may have a way there.
        found += [
            frozenset({node, *self.links[node]}) for node in sorted(self.links.keys() & self.unread - met)
        ]
        met = frozenset().union(*found)
        # Nodes that pass nothing on, and are plugged into nothing else.
        found += self._walked(self.links.keys() & self.leaves - met, met)
        held = [self._part(nodes) for nodes in found if not nodes.isdisjoint(around)]
        return sorted(held, key=lambda part: (-len(part.nodes), min(part.nodes)))

    def _walked(self, starts: Collection[Key], dead_ends: Collection[Key]) -> list[frozenset[Key]]:
        """Everything that is reached from these nodes: dead ends belong to it, and lead no further."""
        done: set[Key] = set()
        found = []
        for start in sorted(starts):
            if start in done:
                continue
            nodes, waiting = {start}, [start]
            while waiting:
                for other in self.links[waiting.pop()]:
                    if other not in nodes:
                        nodes.add(other)
                        if other not in dead_ends:
                            waiting.append(other)
            done |= nodes
            found.append(frozenset(nodes))
        return found

    def _part(self, nodes: frozenset[Key]) -> Part:
        return Part(nodes, nodes & self.exits, nodes & self.unread)


class Verdict:
    """Which parts are cut off, which keep a way, and of which that is not known."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        out, open_ = [each for each in parts if each.exits], [each for each in parts if each.open]
        if len(parts) <= 1:
            kept, unknown = list(parts), []
        elif out:
            kept, unknown = out, open_
        elif len(open_) == 1 and _is_largest(open_[0], parts):
            kept, unknown = open_, []
        elif open_:
            kept, unknown = [], open_
        else:
            kept, unknown = [each for each in parts[:1] if _is_largest(each, parts)], []
        self.kept: Sequence[Part] = kept
        self.unknown: Sequence[Part] = unknown
        self.cut: Sequence[Part] = [each for each in parts if each not in kept and each not in unknown]

    @cached_property
    def stays(self) -> frozenset[Key]:
        """The nodes that keep a way."""
        return frozenset().union(*(each.nodes for each in self.kept))

    @cached_property
    def unsure(self) -> frozenset[Key]:
        """The nodes of which it is not known whether they keep one."""
        return frozenset().union(*(each.nodes for each in self.unknown)) - self.stays

    @cached_property
    def cut_off(self) -> frozenset[Key]:
        """The nodes that keep none."""
        return frozenset().union(*(each.nodes for each in self.cut)) - self.stays - self.unsure

    def to_read(self) -> frozenset[Key]:
        """The nodes of which it must be known what they lead to; none where all is decided.

        Those that several parts meet in come first, since they may make one of them. The largest part is not worth
        looking at as long as a smaller one may tell.
        """
        if not self.unknown:
            return frozenset()
        shared = _met_by_several(self.parts) & frozenset().union(*(each.unread for each in self.unknown))
        if shared:
            return shared
        wide = self.unknown[0] if len(self.unknown) > 1 and len(self.unknown[0].unread) > WIDE else None
        return frozenset().union(*(each.unread for each in self.unknown if each is not wide))


def next_hops(remains: Remains, part: Part, nodes: Iterable[Key]) -> dict[Key, list[Key]]:
    """For each of these nodes of a part, to where its ways go on: towards the exits, or the best linked node."""
    passing = part.nodes - remains.leaves - remains.unread
    goals = part.exits or frozenset(sorted(passing, key=lambda node: (-len(remains.links[node]), node))[:1])
    far = dict.fromkeys(goals, 0)
    waiting = deque(goals)
    while waiting:
        here = waiting.popleft()
        for other in remains.links[here]:
            if other not in far:
                far[other] = far[here] + 1
                if other in passing:
                    waiting.append(other)
    return {node: _onward(remains, node, far, passing, is_goal=node in goals) for node in nodes}


def _onward(
    remains: Remains, node: Key, far: Mapping[Key, int], passing: Collection[Key], *, is_goal: bool
) -> list[Key]:
    onward = [other for other in remains.links[node] if other in passing and other in far]
    if is_goal:
        # It is itself where the others lead to: its own best linked neighbour stands for the rest.
        return sorted(onward, key=lambda other: (-len(remains.links[other]), other))[:1]
    nearest = min((far[other] for other in onward), default=0)
    unread = [other for other in remains.links[node] if other in remains.unread]
    # Of several that were not looked at, none is known to lead on.
    return sorted(other for other in onward if far[other] == nearest) or (unread if len(unread) == 1 else [])


def _is_largest(part: Part, parts: Sequence[Part]) -> bool:
    return all(len(part.nodes) > len(other.nodes) for other in parts if other is not part)


def _met_by_several(parts: Sequence[Part]) -> frozenset[Key]:
    once: set[Key] = set()
    several: set[Key] = set()
    for part in parts:
        several |= once & part.unread
        once |= part.unread
    return frozenset(several)
