"""Electric power: what feeds can give, and what is drawn from them through outlets, in volt-amperes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sources.source import Entity

POWER_PORT = "dcim.powerport"
LEGS = ("A", "B", "C")
_THREE_PHASE = "three-phase"
_ROOT_OF_THREE = 1.732
"""As both servers have it, so that the limits are theirs to the last digit."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What is drawn: as allocated in planning, and at most."""

    allocated: float = 0
    maximum: float = 0

    def __add__(self, other: Draw) -> Draw:
        return Draw(self.allocated + other.allocated, self.maximum + other.maximum)


def limit(feed: Entity) -> int | None:
    """What a feed can give after derating, as `PowerFeed.save` of both servers works it out; None if unknown.

    Voltage x amperage x utilization allowed, and for three phases the square root of three.
    """
    known = [feed["voltage"], feed["amperage"], feed["max_utilization"]]
    if None in known:
        return None
    power: float = abs(feed["voltage"]) * feed["amperage"] * (feed["max_utilization"] / 100)
    return round(power * _ROOT_OF_THREE) if three_phase(feed) else round(power)


def three_phase(feed: Entity) -> bool:
    """Whether it has three legs; each gives a third of the limit, as on NetBox's page of a device."""
    return str(feed["phase"]) == _THREE_PHASE


class PowerTree:
    """What hangs on what: from the inlet of a PDU through its outlets to the ports of devices."""

    def __init__(self, ports: Iterable[Entity], outlets: Iterable[Entity]) -> None:
        self.ports: Mapping[str, Entity] = {port["id"]: port for port in ports}
        self.outlets: Mapping[str, Entity] = {outlet["id"]: outlet for outlet in outlets}

    @cached_property
    def _below(self) -> Mapping[str, list[tuple[str | None, str]]]:
        """For each inlet the ports behind its outlets, with the leg of the outlet."""
        found: dict[str, list[tuple[str | None, str]]] = defaultdict(list)
        for outlet in self.outlets.values():
            if outlet["power_port"]:
                for port in peers(outlet):
                    found[outlet["power_port"]["id"]].append((outlet["feed_leg"], port))
        return found

    def draw(self, port: str, leg: str = "") -> Draw:
        """What a power port draws, or what is drawn from one leg through it.

        The rule of NetBox's `PowerPort.get_power_draw`: a port with a draw of its own is taken at its word, for
        any other the ports behind its outlets are added up. Here that holds for each of the two numbers: the
        inlet of a PDU that only says how much it can carry does not stand for nothing allocated.
        """
        return self._draw(port, leg, frozenset())

    def _draw(self, port: str, leg: str, passed: frozenset[str]) -> Draw:
        held = self.ports.get(port)
        if held is None or port in passed:
            return Draw()
        behind = Draw()
        for through, below in self._below.get(port, ()):
            if leg in ("", through):
                behind += self._draw(below, "", passed | {port})
        if leg:
            return behind
        # Nautobot tells watts and a power factor; NetBox takes watts for volt-amperes.
        factor = held.get("power_factor") or 1
        allocated, maximum = held["allocated_draw"], held["maximum_draw"]
        return Draw(
            behind.allocated if allocated is None else allocated / factor,
            behind.maximum if maximum is None else maximum / factor,
        )

    def below(self, ports: Iterable[str]) -> set[str]:
        """These ports and all that hang on them, level by level, known or not."""
        found: set[str] = set()
        waiting = list(ports)
        while waiting:
            at = waiting.pop()
            if at not in found:
                found.add(at)
                waiting += [each for _, each in self._below.get(at, ())]
        return found

    def consumers(self, port: str) -> set[str]:
        """The ports at the end of the way down: those of what uses the power, not of what passes it on."""
        return {each for each in self.below([port]) if each in self.ports and each not in self._inlets}

    def unsaid(self, port: str) -> set[str]:
        """The ports behind it, or itself, that use power and do not say how much is allocated to them.

        What hangs on a port with a draw of its own is not asked: that port is taken at its word.
        """
        return self._unsaid(port, frozenset())

    def _unsaid(self, port: str, passed: frozenset[str]) -> set[str]:
        held = self.ports.get(port)
        if held is None or port in passed or held["allocated_draw"] is not None:
            return set()
        behind = {
            each for _, below in self._below.get(port, ()) for each in self._unsaid(below, passed | {port})
        }
        return behind if port in self._inlets else {port}

    def wanted(self, feeds: Iterable[Entity]) -> set[str]:
        """The power ports that hang on feeds and are not known."""
        return self.below(port for feed in feeds for port in peers(feed)) - self.ports.keys()

    @cached_property
    def _inlets(self) -> set[str]:
        """The power ports that feed outlets."""
        return {outlet["power_port"]["id"] for outlet in self.outlets.values() if outlet["power_port"]}


def peers(end: Entity) -> list[str]:
    """The power ports at the other end of the cable of a feed or an outlet."""
    return [ref["id"] for ref in end["link_peers"] or () if ref.get("type") == POWER_PORT]
