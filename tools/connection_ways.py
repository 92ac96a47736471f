"""What lies between two ports: the patch panels and circuits that their connection leads through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sources.source import Entity, Ref
from tools.cable_rows import DEVICE, FRONT, PORTS, REAR, TERMINATION
from tools.network_map import Key


@dataclass(frozen=True, slots=True)
class Half:
    """What a connection leads through, as far as can be seen from one of its ends."""

    through: tuple[Ref, ...] = ()
    clear: bool = True
    """Whether what lies there is one line, without splits."""


class Ways:
    """The ways from ports, as far as these rows tell: ports by type and id, front and rear ports by id."""

    def __init__(
        self, ports: Mapping[Key, Entity], fronts: Mapping[str, Entity], rears: Mapping[str, Entity]
    ) -> None:
        self._ports = ports
        self._fronts = fronts
        self._rears = rears

    def half(self, row: Entity) -> Half:
        """What a port's cable leads through: the panel that it is plugged into, and what that leads to."""
        passed: list[Ref] = []
        peers = [peer for peer in row["link_peers"] if peer.get("type") in (FRONT, REAR, TERMINATION)]
        clear = len(peers) <= 1
        for peer in peers:
            if peer.get("of"):
                passed.append(peer["of"])
            rears = (
                self._fronts.get(peer["id"], {}).get("rear_ports", []) if peer.get("type") == FRONT else []
            )
            behind = [self._rears[ref["id"]] for ref in rears if ref["id"] in self._rears]
            beyond = [next_ for rear in behind for next_ in rear["link_peers"]]
            clear = clear and len(beyond) <= 1
            passed += [next_["of"] for next_ in beyond if next_.get("of") and _is_passed(next_)]
        return Half(tuple({key_of(ref): ref for ref in passed}.values()), clear)

    def line(self, row: Entity, far: Ref) -> tuple[tuple[Ref, ...], bool]:
        """What lies between a port and a far end, in order, and whether that is all."""
        near = self.half(row)
        if not near.through:
            return (), near.clear
        if key_of(far) in self._ports:
            other = self.half(self._ports[key_of(far)])
            back = other.through[::-1]
            for start in range(len(near.through) + 1):
                shared = near.through[start:]
                if shared and [key_of(each) for each in shared] == [
                    key_of(each) for each in back[: len(shared)]
                ]:
                    return (*near.through, *back[len(shared) :]), near.clear and other.clear
            return (*near.through, *back), False
        return near.through, near.clear and far.get("type") not in PORTS


def far_ends(row: Entity) -> list[Ref]:
    """What a port leads to in the end: where the source knows no path, what its cable is plugged into."""
    found = row.get("connected_to") or row["link_peers"]
    return [ref for ref in found if ref.get("type") not in (FRONT, REAR, TERMINATION)]


def owner_of(port: Ref) -> Ref:
    """What a far end belongs to: the device of a port; all else stands for itself."""
    of = port.get("of")
    return of if of and of.get("type") == DEVICE else port


def _is_passed(port: Ref) -> bool:
    return port.get("type") in (FRONT, REAR, TERMINATION)


def key_of(ref: Ref) -> Key:
    """What a reference refers to."""
    return ref.get("type", ""), ref["id"]
