"""What cables tell of the ports that they are plugged into, so that these need not be asked what they lead to."""

from __future__ import annotations

from collections.abc import Iterable

from sources.source import Entity, Ref
from tools.cable_rows import CONSOLE, CONSOLE_SERVER, FEED, INLET, INTERFACE, OUTLET, Node, node_of

ENDS = frozenset({INTERFACE, CONSOLE, CONSOLE_SERVER, INLET, OUTLET, FEED})
"""The types of ports that a path ends at; through all others it goes on."""


class Wiring:
    """The ports at both ends of some cables."""

    def __init__(self, cables: Iterable[Entity]) -> None:
        self._told: dict[Node, tuple[str, list[Ref]]] = {}
        """The ports whose cable leads straight to an end, or to nothing: which cable, and what is there."""
        self._untold: dict[Node, Ref] = {}
        for cable in cables:
            sides = cable["a_terminations"], cable["b_terminations"]
            # Which lane of a breakout leads where, the cable does not tell.
            single = all(len(side) <= 1 for side in sides)
            for near, far in (sides, sides[::-1]):
                straight = single and all(ref.get("type") in ENDS for ref in far)
                for end in near:
                    if straight:
                        self._told[node_of(end)] = cable["id"], far
                    else:
                        self._untold[node_of(end)] = end

    def far(self, type_: str, port: Entity) -> list[Ref] | None:
        """What a port leads to; None where its cable does not tell, or is none of these."""
        if not port["cable"]:
            return []
        cable, far = self._told.get((type_, port["id"]), ("", []))
        return far if cable == port["cable"]["id"] else None

    def untold(self, type_: str, devices: Iterable[str]) -> list[str]:
        """The ports of that type, of these devices, of which more must be read to tell what they lead to."""
        owners = set(devices)
        return sorted(
            id_
            for (held, id_), ref in self._untold.items()
            if held == type_ and (ref.get("of") or {}).get("id") in owners
        )
