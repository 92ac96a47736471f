"""Neighbours, hop by hop: the steps that read the ports of a frontier, and the map of what they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from orchestration.cells import name_of
from orchestration.steps import Fetch, Follow, Gathered, Given, Load, Plan, Select, Step
from orchestration.tool import Found
from sources.catalog import BASE, Catalog
from sources.source import Condition, Entity, Ref
from sources.types import DETAILS, LINKS, PEERS
from tools.cable_rows import (
    CABLED,
    CIRCUIT,
    CONSOLE,
    CONSOLE_SERVER,
    DEVICE,
    FRONT,
    INLET,
    INTERFACE,
    OUTLET,
    REAR,
    TERMINATION,
)
from tools.connection_ways import Half, Ways, far_ends, key_of, owner_of
from tools.network_map import GAP, Connection, End, Key, NetworkMap, Node, network_map

KINDS: Mapping[str, tuple[str, ...]] = {
    "network": (INTERFACE,),
    "power": (INLET, OUTLET),
    "console": (CONSOLE, CONSOLE_SERVER),
}
"""The ports that each kind of map is made of."""
MOST_DEVICES = 2_000
"""Devices whose ports are read for one map."""
PANELS, SIDES = "patch panels", "sides of circuits"
_FACETS = frozenset({BASE, PEERS, LINKS})


def beginning(found: Found, kind: str, catalog: Catalog) -> Plan:
    """The steps that read the devices of a place, and what is plugged into them."""
    device = catalog[DEVICE]
    if found.type.name == DEVICE:
        return {
            devices_step(0): Given(device, (found.entity,)),
            **ports_of(1, (found.entity,), kind, catalog),
        }
    where = (Condition(found.type.name.rpartition(".")[2], "", (found.entity["id"],), (found.entity,)),)
    return {devices_step(0): Select(device, where), **_reads(1, where, kind, catalog)}


def around(ids: Sequence[str], catalog: Catalog) -> Plan:
    """The steps that read these devices, and what is plugged into their interfaces."""
    refs = tuple({"id": id_} for id_ in ids)
    return {
        devices_step(0): Fetch(catalog[DEVICE], tuple(ids), frozenset({BASE})),
        **ports_of(1, refs, "network", catalog),
    }


def ports_of(number: int, devices: Sequence[Entity], kind: str, catalog: Catalog) -> Plan:
    """The step of a hop that reads what is plugged into devices."""
    ids = tuple(each["id"] for each in devices)
    return _reads(number, (Condition("device", "", ids, tuple(devices)),), kind, catalog) if ids else {}


def _reads(number: int, where: tuple[Condition, ...], kind: str, catalog: Catalog) -> Plan:
    return {
        step_name(catalog[type_].plural, number): Select(
            catalog[type_], (*where, CABLED), _FACETS | ({DETAILS} if type_ == INTERFACE else set())
        )
        for type_ in KINDS[kind]
    }


def devices_step(number: int) -> str:
    """The step that reads the devices of a hop."""
    return step_name("devices", number)


def step_name(what: str, number: int) -> str:
    """What a step of a hop is called."""
    return f"{what} ({number})"


class Neighbourhood:
    """What was read so far, hop by hop; `limit` is how many hops are asked for."""

    def __init__(
        self, gathered: Gathered, catalog: Catalog, kind: str, limit: int, *, panels: bool = False
    ) -> None:
        self._gathered = gathered
        self._catalog = catalog
        self._kind = kind
        self._limit = limit
        self._panels = panels
        self.devices: dict[str, Entity] = {}
        self.hops: dict[Key, int] = {}
        """How far each node is."""
        self._names: dict[Key, Ref] = {}
        self.ports: dict[Key, Entity] = {}
        """The ports that something is plugged into, of all devices that were looked at."""
        self.read = 0
        """Hops that were read."""
        self._take()
        for _, far, row in self._pairs():
            self._meet(key_of(owner_of(far)), owner_of(far), self.hops[DEVICE, row["device"]["id"]] + 1)

    def _take(self) -> None:
        for number in range(self._limit + 1):
            for row in self._gathered.rows(devices_step(number)):
                self.devices[row["id"]] = row
                self.hops.setdefault((DEVICE, row["id"]), number)
        for number in range(1, self._limit + 1):
            self.devices |= self._gathered.by_id(step_name(PANELS, number))
            steps = [(type_, step_name(self._catalog[type_].plural, number)) for type_ in KINDS[self._kind]]
            if not any(name in self._gathered.plan for _, name in steps):
                break
            self.read = number
            for type_, name in steps:
                for row in self._gathered.rows(name):
                    if row["device"]:
                        self.ports[type_, row["id"]] = row
                        self._meet((DEVICE, row["device"]["id"]), row["device"], number - 1)
                        for far in far_ends(row):
                            self._meet(key_of(owner_of(far)), owner_of(far), number)

    def _meet(self, key: Key, ref: Ref, hops: int) -> None:
        self._names.setdefault(key, ref)
        self.hops.setdefault(key, hops)

    # What is to be read next

    @property
    def beyond(self) -> list[str]:
        """The devices that were met in the last hop, and not before."""
        return sorted(
            id_ for (type_, id_), hops in self.hops.items() if type_ == DEVICE and hops == self.read
        )

    @property
    def stopped(self) -> bool:
        """Whether there are more devices to be looked at than one map can hold."""
        looked_at = sum(1 for (type_, _), hops in self.hops.items() if type_ == DEVICE and hops < self.read)
        return self.read < self._limit and looked_at + len(self.beyond) > MOST_DEVICES

    def plan(self) -> Plan:
        """What the last hop has led to: the devices, the panels on the way, and the next hop's ports."""
        number = self.read
        if (
            not number
            or {devices_step(number), step_name("front ports", number)} & self._gathered.plan.keys()
        ):
            return self._passed_by()
        plan: dict[str, Step] = {}
        met = [id_ for id_ in self.beyond if id_ not in self.devices]
        if met:
            plan[devices_step(number)] = Fetch(self._catalog[DEVICE], tuple(met), frozenset({BASE}))
        plan |= self._behind_panels(self.ports.values(), number)
        if met and number < self._limit and not self.stopped:
            refs = tuple({"id": id_} for id_ in met)
            plan |= ports_of(number + 1, refs, self._kind, self._catalog)
        return plan or self._passed_by()

    def _passed_by(self) -> Plan:
        """What connections lead through, of which too little is known so far."""
        return {**self._circuits_met(), **(self._panels_met() if self._panels else {})}

    def _behind_panels(self, rows: Iterable[Entity], number: int) -> Plan:
        """A front port alone does not say which circuit, or which other panel, is behind it."""
        fronts = {peer["id"] for row in rows for peer in row["link_peers"] if peer.get("type") == FRONT}
        wanted = tuple(sorted(fronts - self._fronts.keys()))
        name = step_name("front ports", number)
        if not wanted:
            return {}
        return {
            name: Fetch(self._catalog[FRONT], wanted, frozenset({BASE})),
            step_name("rear ports", number): Load(name, "rear_ports", self._catalog[REAR], _FACETS),
        }

    def _panels_met(self) -> Plan:
        """The panels on the way, of which only the names are known so far."""
        name = step_name(PANELS, self.read)
        met = {id_ for type_, id_ in self._passed if type_ == DEVICE} - self.devices.keys()
        if not met or name in self._gathered.plan:
            return {}
        return {name: Fetch(self._catalog[DEVICE], tuple(sorted(met)), frozenset({BASE}))}

    def _circuits_met(self) -> Plan:
        """The sides of circuits beyond which the source knows no path: one may lead to a provider's network."""
        name = step_name(SIDES, self.read)
        ids = {
            id_ for type_, id_ in map(self._last, self.ports.values()) if type_ == CIRCUIT
        } - self._sides.keys()
        if not ids or name in self._gathered.plan:
            return {}
        relation = self._catalog[CIRCUIT].relations["terminations"]
        given = step_name("circuits", self.read)
        return {
            given: Given(self._catalog[CIRCUIT], tuple({"id": id_} for id_ in sorted(ids))),
            name: Follow(given, relation, self._catalog[TERMINATION]),
        }

    # What it comes to

    @cached_property
    def _fronts(self) -> dict[str, Entity]:
        return self._rows("front ports")

    def _rows(self, what: str) -> dict[str, Entity]:
        found: dict[str, Entity] = {}
        for number in range(1, self._limit + 1):
            found |= self._gathered.by_id(step_name(what, number))
        return found

    @cached_property
    def _ways(self) -> Ways:
        return Ways(self.ports, self._fronts, self._rows("rear ports"))

    @cached_property
    def _sides(self) -> dict[str, list[Entity]]:
        """The sides of circuits."""
        found: dict[str, list[Entity]] = {}
        for row in self._rows(SIDES).values():
            found.setdefault(row["circuit"]["id"], []).append(row)
        return found

    def _last(self, row: Entity) -> Key:
        """The last that is known of what a port without a far end leads through."""
        half = self._ways.half(row)
        return key_of(half.through[-1]) if half.through and half.clear and not far_ends(row) else ("", "")

    def _fars(self, row: Entity) -> list[Ref]:
        """What a port leads to; where the source knows no path beyond a circuit, that circuit's network."""
        type_, id_ = self._last(row)
        if type_ != CIRCUIT:
            return far_ends(row)
        places = [place for side in self._sides.get(id_, ()) for place in side["termination"]]
        return [place for place in places if str(place.get("type")).endswith("network")]

    @cached_property
    def _passed(self) -> set[Key]:
        """The panels and circuits that connections lead through."""
        return {key_of(ref) for row in self.ports.values() for ref in self._ways.half(row).through}

    @cached_property
    def dangling(self) -> dict[Key, Half]:
        """The ports with a cable that leads to no other end, each with what it leads through."""
        return {key: self._ways.half(row) for key, row in self.ports.items() if not self._fars(row)}

    @cached_property
    def folded(self) -> set[Key]:
        """The panels that are nothing but a part of links."""
        linked = {(DEVICE, row["device"]["id"]) for row in self.ports.values()}
        linked |= {key_of(owner_of(far)) for _, far, _ in self._pairs()}
        return {key for key in self.hops if key in self._passed and key not in linked}

    def collapsed(self) -> NetworkMap:
        """The map without panels and circuits: they stand beside the links."""
        connections = [self._connection(*each) for each in self._pairs()]
        folded = self.folded
        return network_map((self._node(key) for key in self.hops if key not in folded), connections)

    def shown(self) -> NetworkMap:
        """The map with panels and circuits as nodes between the others."""
        passed: dict[Key, Node] = {}
        segments: dict[tuple[Key, Key], list[Connection]] = {}
        for key, far, row in self._pairs():
            line, known = self._ways.line(row, far)
            self._pass(line, passed, self.hops[DEVICE, row["device"]["id"]] + 1)
            pair = (key, key_of(far)) if key <= key_of(far) else (key_of(far), key)
            drawn = _drawn(_end(key, row), _far_end(far, self.ports), line, known=known)
            # The end that knows more of the way is believed.
            if pair not in segments or (known and len(drawn) >= len(segments[pair])):
                segments[pair] = drawn
        for key, half in self.dangling.items():
            row = self.ports[key]
            self._pass(half.through, passed, self.hops[DEVICE, row["device"]["id"]] + 1)
            if half.through and half.clear:
                last = _end_of(half.through[-1], key)
                segments[key, last.port] = _drawn(_end(key, row), last, half.through[:-1], known=True)
        nodes = {key: self._node(key) for key in self.hops}
        return network_map(
            {**passed, **nodes}.values(), (each for held in segments.values() for each in held)
        )

    def _pairs(self) -> Iterator[tuple[Key, Ref, Entity]]:
        """Each port with each of its far ends."""
        for key, row in self.ports.items():
            for far in self._fars(row):
                yield key, far, row

    def _connection(self, key: Key, far: Ref, row: Entity) -> Connection:
        halves = [
            self._ways.half(row),
            *([self._ways.half(self.ports[key_of(far)])] if key_of(far) in self.ports else []),
        ]
        passed = [ref for half in halves for ref in half.through]
        circuits = [str(name_of(ref)) for ref in passed if ref.get("type") == CIRCUIT]
        panels = any(ref.get("type") == DEVICE for ref in passed)
        via = (*(f"circuit {name}" for name in circuits), *(("patch panels",) if panels else ()))
        return Connection(_end(key, row), _far_end(far, self.ports), via)

    def _pass(self, refs: Iterable[Ref], passed: dict[Key, Node], hops: int) -> None:
        for ref in refs:
            self._names.setdefault(key_of(ref), ref)
            passed.setdefault(key_of(ref), self._node(key_of(ref), hops))

    def _node(self, key: Key, hops: int = 0) -> Node:
        type_, id_ = key
        row = self.devices.get(id_, {}) if type_ == DEVICE else {}
        ref = self._names.get(key)
        name = row.get("name") or (ref or {}).get("name")
        if not name:
            model = name_of(row.get("device_type"))
            name = f"#{id_} ({model})" if model else f"#{id_}"
        label = self._catalog[type_].label if type_ in self._catalog else type_.rpartition(".")[2]
        return Node(
            key,
            str(name_of(Ref(id=id_, name=name))),
            label,
            name_of(row.get("role")) if row else None if type_ == DEVICE else label,
            name_of(row.get("site")),
            name_of(row.get("rack")),
            row.get("status"),
            self.hops.get(key, hops),
        )


def _end(key: Key, row: Entity) -> End:
    lag = row.get("lag")
    held = (lag["id"], str(name_of(lag))) if lag else None
    return End((DEVICE, row["device"]["id"]), key, row.get("name"), held)


def _far_end(far: Ref, ports: Mapping[Key, Entity]) -> End:
    if key_of(far) in ports:
        return _end(key_of(far), ports[key_of(far)])
    owner = owner_of(far)
    return End(key_of(owner), key_of(far), far.get("name") if owner is not far else None)


def _drawn(left: End, right: End, line: Sequence[Ref], *, known: bool) -> list[Connection]:
    """The segments of a connection through what lies between. What is not known stands in the last of them."""
    ends = [left, *(_end_of(ref, left.port) for ref in line), right]
    last = len(ends) - 2
    return [
        Connection(one, other, () if known or at < last else (GAP,))
        for at, (one, other) in enumerate(pairwise(ends))
    ]


def _end_of(ref: Ref, port: Key) -> End:
    """A place on the way of a port's connection: each connection passes it for itself."""
    return End(key_of(ref), (":".join((*key_of(ref), *port)), port[1]))
