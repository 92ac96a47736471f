"""What becomes of the surroundings of a failure: the neighbours, their LAGs, and the circuits that are lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from orchestration.cells import name_of
from sources.source import Entity, Ref
from tools.cable_rows import DEVICE
from tools.failure import next_hops
from tools.network_map import Key, Node
from tools.reach import Reach

STAYS, CUT, UNSURE, MANAGED = "stays connected", "cut off", "not known", "loses management only"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What was linked to something that fails."""

    node: Node
    outcome: str
    lost: int
    left: int | None
    """None where its other ports were not looked at: what fails was nobody's way to it."""
    onward: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """A LAG that loses members."""

    device: str
    lag: str
    lost: tuple[str, ...]
    left: tuple[Entity, ...]


class Aftermath:
    """What a failure leaves of the network around it."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def outcome(self, key: Key) -> str:
        """What becomes of a node."""
        if key in self._reach.verdict.cut_off:
            return CUT
        return UNSURE if key in self._reach.verdict.unsure else STAYS

    @cached_property
    def rest(self) -> str:
        """What the others are cut off from: by name where only networks of carriers are left."""
        left = {node for node in self._reach.verdict.stays if node in self._reach.pivots or node[0] == DEVICE}
        names = sorted(self._reach.node(node).name for node in left)
        return " and ".join(names) if left and all(node[0] != DEVICE for node in left) else "the rest"

    @cached_property
    def neighbours(self) -> Sequence[Neighbour]:
        """Whatever was linked to what fails, and how it goes on."""
        lost: dict[Key, int] = defaultdict(int)
        left: dict[Key, int] = defaultdict(int)
        managed: dict[Key, bool] = {}
        for each in self._reach.meetings:
            for node in set(each.ends) - self._reach.dead:
                if each.broken:
                    lost[node] += 1
                    managed[node] = managed.get(node, True) and self._reach.is_managed(each, node)
                else:
                    left[node] += 1
        onward: dict[Key, list[Key]] = {}
        for part in self._reach.verdict.kept:
            onward |= next_hops(self._reach.remains, part, (part.nodes & lost.keys()) - onward.keys())
        found = [
            Neighbour(
                self._reach.node(node),
                MANAGED if managed[node] else self.outcome(node),
                lost[node],
                left[node] if node in self._reach.looked_at or node[0] != DEVICE else None,
                tuple(self._reach.node(other).name for other in onward.get(node, ())),
            )
            for node in lost
        ]
        return sorted(found, key=lambda each: (each.outcome, each.node.name, each.node.key))

    @cached_property
    def circuits(self) -> dict[str, Ref]:
        """The circuits of connections that break."""
        return {ref["id"]: ref for each in self._reach.meetings if each.broken for ref in each.circuits}

    @cached_property
    def bundles(self) -> Sequence[Bundle]:
        """The LAGs that lose members at devices that do not fail themselves."""
        broken = {port for each in self._reach.meetings if each.broken for port in each.ports}
        broken |= self._reach.failing.ports.keys()
        members: dict[tuple[str, str], list[tuple[Key, Entity]]] = defaultdict(list)
        for key, row in self._reach.ports.items():
            if row["lag"] and (DEVICE, row["device"]["id"]) not in self._reach.dead:
                members[row["device"]["id"], row["lag"]["id"]].append((key, row))
        return [
            Bundle(
                self._reach.node((DEVICE, device)).name,
                str(name_of(held[0][1]["lag"])),
                tuple(str(row["name"]) for key, row in held if key in broken),
                tuple(row for key, row in held if key not in broken),
            )
            for (device, _), held in sorted(members.items())
            if any(key in broken for key, _ in held)
            and (
                (DEVICE, device) not in self._reach.verdict.cut_off
                or any(key not in broken for key, _ in held)
            )
        ]

    @cached_property
    def loose(self) -> int:
        """Cabled ports of what is cut off of which the far end is not known."""
        cut = {id_ for _, id_ in self._reach.cut_off}
        return sum(
            1
            for row in self._reach.ports.values()
            if row["device"]["id"] in cut and not self._reach.leads_to(row)
        )
