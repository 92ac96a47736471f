"""Which devices lose power with a feed, a PDU or an outlet, and which keep another supply: level by level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orchestration.cells import name_of
from orchestration.steps import Gathered, Plan, Select
from sources.catalog import BASE, Catalog
from sources.source import Condition, Entity, Ref
from sources.types import PEERS
from tools.cable_rows import DEVICE, FEED, INLET, OUTLET, Node, node_of
from tools.failing import Failing

_FACETS = frozenset({BASE, PEERS})


@dataclass(frozen=True, slots=True)
class Supplied:
    """A device that something fails of which feeds it."""

    device: Ref
    supplies: int
    """Its power ports that are plugged in."""
    uncabled: int
    lost: tuple[str, ...]
    left: tuple[str, ...]
    """What the others hang on."""

    @property
    def powerless(self) -> bool:
        """Whether every supply that is plugged in is lost."""
        return not self.left


class PowerLoss:
    """What the loss of some power comes to, so far as it was read."""

    def __init__(self, gathered: Gathered, catalog: Catalog, failing: Failing) -> None:
        self._gathered = gathered
        self._catalog = catalog
        self._failing = failing
        self._asked: set[str] = set()
        self._inlets: dict[str, list[Entity]] = defaultdict(list)
        self._outlets: dict[str, list[Entity]] = defaultdict(list)
        self._names: dict[str, Ref] = {}
        self._rounds = 0
        self._take()
        self._dead: set[Node] = set(failing.power)
        self.powerless: set[str] = set()
        """The devices without power, besides those that fail themselves."""
        while self._spread():
            pass

    def _take(self) -> None:
        while (step := self._gathered.plan.get(f"supplies ({self._rounds + 1})")) is not None:
            self._rounds += 1
            assert isinstance(step, Select)
            self._asked |= set(step.where[0].values)
            for rows, held in (("supplies", self._inlets), ("outlets", self._outlets)):
                for row in self._gathered.rows(f"{rows} ({self._rounds})"):
                    if row["device"]:
                        held[row["device"]["id"]].append(row)
                        self._names[row["device"]["id"]] = row["device"]

    def _spread(self) -> bool:
        """Let what is lost take along what hangs on it; whether that was anything."""
        before = len(self._dead), len(self.powerless)
        for device, outlets in self._outlets.items():
            for outlet in outlets:
                inlet = outlet["power_port"]
                if device in self.powerless or (inlet and (INLET, inlet["id"]) in self._dead):
                    self._dead.add((OUTLET, outlet["id"]))
        for device, inlets in self._inlets.items():
            for inlet in inlets:
                sources = _sources(inlet)
                if sources and all(node_of(each) in self._dead for each in sources):
                    self._dead.add((INLET, inlet["id"]))
            fed = [inlet for inlet in inlets if _sources(inlet)]
            if fed and all((INLET, inlet["id"]) in self._dead for inlet in fed):
                self.powerless.add(device)
        self.powerless -= self._failing.devices.keys()
        return before != (len(self._dead), len(self.powerless))

    def _affected(self) -> set[str]:
        """The devices of which some supply is lost."""
        dead = [
            *((FEED if "power_panel" in row else OUTLET, row) for row in self._failing.plugged),
            *((OUTLET, row) for rows in self._outlets.values() for row in rows),
        ]
        found: set[str] = set()
        for type_, row in dead:
            if (type_, row["id"]) in self._dead:
                for peer in row["link_peers"] or ():
                    owner = peer.get("of") or {}
                    if peer.get("type") == INLET and owner.get("type") == DEVICE:
                        found.add(owner["id"])
        return (found | self._failing.unplugged) - self._failing.devices.keys()

    def plan(self) -> Plan:
        """The power ports and outlets of the devices that are affected and were not looked at."""
        wanted = tuple(sorted(self._affected() - self._asked))
        if not wanted:
            return {}
        refs = tuple({"id": id_} for id_ in wanted)
        where = (Condition("device", "", wanted, refs),)
        number = self._rounds + 1
        return {
            f"supplies ({number})": Select(self._catalog[INLET], where, _FACETS),
            f"outlets ({number})": Select(self._catalog[OUTLET], where, _FACETS),
        }

    def supplied(self) -> Mapping[str, Supplied]:
        """The devices that lose a supply, each with what is left to it."""
        return {
            id_: self._supplied(id_, self._inlets[id_])
            for id_ in sorted(self._affected())
            if id_ in self._names
        }

    def _supplied(self, device: str, inlets: Sequence[Entity]) -> Supplied:
        fed = [inlet for inlet in inlets if _sources(inlet)]
        gone = [inlet for inlet in fed if (INLET, inlet["id"]) in self._dead]
        left = [inlet for inlet in fed if (INLET, inlet["id"]) not in self._dead]
        return Supplied(
            self._names[device],
            len(fed),
            len(inlets) - len(fed),
            tuple(sorted({str(inlet["name"]) for inlet in gone})),
            tuple(sorted({_source_name(each) for inlet in left for each in _sources(inlet)})),
        )


def _sources(inlet: Entity) -> list[Ref]:
    """What a power port is plugged into."""
    return [peer for peer in inlet["link_peers"] or () if peer.get("type") in (OUTLET, FEED)]


def _source_name(source: Ref) -> str:
    """The PDU of an outlet; a feed by its own name, with its panel."""
    owner = source.get("of")
    return str(name_of(owner if owner and source.get("type") == OUTLET else source))
