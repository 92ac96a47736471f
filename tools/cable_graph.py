"""The cable graph: what is plugged into what, and which ports lead into each other, as far as it was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tools.cable_rows import (
    CABLE,
    FEED,
    FRONT,
    INLET,
    OUTLET,
    REAR,
    TERMINATION,
    CableRows,
    Ending,
    Node,
    node_of,
)

Positions = frozenset[int]
Stack = tuple[Positions, ...]
"""The strands of the trunks that a path is inside of, the innermost last."""


@dataclass(frozen=True, slots=True)
class Plug:
    """The cable in a port, and the ports at its other end."""

    cable: str
    far: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a port leads to inside of its device or circuit: to other ports, or nowhere."""

    onward: tuple[tuple[Node, Stack], ...] = ()
    ending: Ending = Ending.ARRIVED
    """Why the path ends, where it does not lead on. `SPLIT`: it leads on to several ports."""
    place: Node | None = None
    """Where a circuit leads to beyond its other side: a provider's network, or a site where it is not cabled."""
    side: Node | None = None
    """The circuit's side at that place."""
    strands: Positions = frozenset()
    """The strands of a trunk that it leads on by, where the path does not say on which of them it came."""


class CableGraph(CableRows):
    """How paths go on: over cables, and inside of devices and circuits. What is not known becomes wanted."""

    def plug(self, port: Node) -> Plug | Ending:
        """What a port is plugged into, or why that is nothing."""
        row = self.row(port)
        if row is None:
            return self._missing(port)
        if row["cable"] is None:
            if row.get("link_peers"):
                self.hidden.add(port)
                return Ending.HIDDEN
            return Ending.MARKED if row["mark_connected"] else Ending.NOT_CABLED
        id_ = row["cable"]["id"]
        cable = self.row((CABLE, id_))
        if cable is None:
            # A port tells what is at the other end: that can be read beside the cable.
            for peer in row.get("link_peers", ()):
                self._expect(node_of(peer))
            return self._missing((CABLE, id_))
        sides = [[node_of(end) for end in cable[key]] for key in ("a_terminations", "b_terminations")]
        near = next((number for number, side in enumerate(sides) if port in side), None)
        if near is None:
            self.hidden.add(port)
            return Ending.HIDDEN
        return Plug(id_, tuple(dict.fromkeys(sides[1 - near])))

    def inside(self, port: Node, stack: Stack = ()) -> Passage:
        """Where a path that arrives at a port by its cable goes on, having come through trunks by these strands."""
        if port[0] in (FRONT, REAR):
            return self._through_panel(port, stack)
        if port[0] == TERMINATION:
            return self._through_circuit(port, stack)
        if port[0] in (INLET, OUTLET, FEED):
            return self._through_power(port, stack)
        return Passage()

    def _through_power(self, port: Node, stack: Stack) -> Passage:
        if port[0] == INLET:
            outlets = self._behind(port, port[1])
            if isinstance(outlets, Ending):
                return Passage(ending=outlets)
            return _passage([(outlet, stack) for outlet in outlets], Ending.ARRIVED)
        row = self.row(port)
        if row is None:
            return Passage(ending=self._missing(port))
        # Of a feed, nothing is asked but the panel that it comes from.
        inlet = row.get("power_port")
        return _passage([((INLET, inlet["id"]), stack)] if inlet else [], Ending.ARRIVED)

    def _through_panel(self, port: Node, stack: Stack) -> Passage:
        strands, several = self._strands(port), self._has_positions(port)
        if isinstance(strands, Ending):
            return Passage(ending=strands)
        if isinstance(several, Ending):
            return Passage(ending=several)
        every: Positions = frozenset()
        if several and stack:
            positions, stack = stack[-1], stack[:-1]
            strands = [strand for strand in strands if strand[0] in positions]
        elif several:
            every = frozenset(own for own, *_ in strands)
        found: dict[Node, set[int]] = defaultdict(set)
        for _, other, position in strands:
            found[other].add(position)
        onward = []
        for other, held in found.items():
            theirs = self._has_positions(other)
            if isinstance(theirs, Ending):
                return Passage(ending=theirs)
            onward.append((other, (*stack, frozenset(held)) if theirs else stack))
        return replace(_passage(onward, Ending.NO_INSIDE), strands=every)

    def _strands(self, port: Node) -> list[tuple[int, Node, int]] | Ending:
        """Which position of a front or rear port leads to which port behind it, and to which position there."""
        if port[0] == FRONT:
            row = self.row(port)
            if row is None:
                return self._missing(port)
            return [
                (ref.get("front_position") or 1, (REAR, ref["id"]), ref.get("rear_position") or 1)
                for ref in row["rear_ports"]
            ]
        fronts = self._behind(port, port[1])
        if isinstance(fronts, Ending):
            return fronts
        return [
            (ref.get("rear_position") or 1, front, ref.get("front_position") or 1)
            for front in fronts
            for ref in self._rows[front]["rear_ports"]
            if ref["id"] == port[1]
        ]

    def _has_positions(self, port: Node) -> bool | Ending:
        """Whether a front or rear port carries more than one strand."""
        row = self.row(port)
        if row is None:
            return self._missing(port)
        if port[0] == REAR and row["positions"]:
            return bool(row["positions"] > 1)
        strands = self._strands(port)
        return strands if isinstance(strands, Ending) else len({own for own, *_ in strands}) > 1

    def _through_circuit(self, port: Node, stack: Stack) -> Passage:
        row = self._rows.get(port)
        circuit = (row or {}).get("circuit") or self.name(port).get("of")
        if circuit is None:
            self.row(port)
            return Passage(ending=self._missing(port))
        sides = self._behind(port, circuit["id"])
        if isinstance(sides, Ending):
            return Passage(ending=sides)
        others = [side for side in sides if side != port]
        if not others:
            return Passage(ending=Ending.NO_OTHER_SIDE)
        place = next(iter(self._rows[others[0]]["termination"]), None)
        network = place is not None and str(place.get("type", "")).endswith("network")
        if len(others) == 1 and place and (network or not self._is_cabled(others[0])):
            self._note(node_of(place), place)
            ending = Ending.PLACE if network else Ending.NOT_CABLED
            return Passage(ending=ending, place=node_of(place), side=others[0])
        return _passage([(other, stack) for other in others], Ending.NO_OTHER_SIDE)

    def _expect(self, port: Node) -> None:
        """Want what will be asked of a port that a path arrives at."""
        if port[0] in (FRONT, REAR, TERMINATION, INLET, OUTLET, FEED):
            self.inside(port)


def _passage(onward: Sequence[tuple[Node, Stack]], otherwise: Ending) -> Passage:
    return Passage(tuple(onward), Ending.SPLIT if len(onward) > 1 else otherwise)
