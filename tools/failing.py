"""What fails itself: the devices, ports and circuits that a failure begins with, and the steps that read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orchestration.cells import name_of
from orchestration.steps import Fetch, Follow, Gathered, Given, Plan, Select
from sources.catalog import BASE, Catalog
from sources.source import Condition, Entity
from sources.types import DETAILS, LINKS, PEERS
from tools.cable_graph import CableGraph
from tools.cable_paths import Tracer
from tools.cable_rows import (
    CABLE,
    CABLED,
    CIRCUIT,
    DEVICE,
    FEED,
    FRONT,
    INLET,
    INTERFACE,
    OUTLET,
    PANEL,
    PLUGGED,
    PORTS,
    REAR,
    TERMINATION,
    WITH_PEERS,
    Node,
    node_of,
)
from tools.connection_ways import far_ends, key_of, owner_of
from tools.network_map import Key
from tools.port_names import Port

RACK, SITE, LOCATION = "dcim.rack", "dcim.site", "dcim.location"
PROVIDER, PROVIDER_NETWORK = "circuits.provider", "circuits.providernetwork"
PLACES = (RACK, SITE, LOCATION)
DEVICES, FRONTS, OUTLETS = "failing devices", "failing front ports", "failing outlets"
MEMBERS, ITSELF, OWNER = "members of the LAG", "the port itself", "the provider"
CIRCUITS, SIDES, NETWORKS = "failing circuits", "sides of failing circuits", "failing provider networks"
IDLE = frozenset({"offline", "failed", "planned", "inventory", "decommissioned"})
"""States in which a device is there on paper and does nothing."""
_POWER = (INLET, OUTLET, FEED)


@dataclass(frozen=True, slots=True)
class Failing:
    """What fails at first."""

    devices: Mapping[str, Entity] = field(default_factory=dict)
    ports: Mapping[Node, str] = field(default_factory=dict)
    """The interfaces whose connection breaks, each with the id of its device."""
    power: frozenset[Node] = frozenset()
    """Feeds, outlets and power ports that give nothing any more."""
    plugged: tuple[Entity, ...] = ()
    """The rows of these feeds and outlets."""
    unplugged: frozenset[str] = frozenset()
    """The devices whose own power ports are among these."""
    circuits: frozenset[str] = frozenset()
    outside: frozenset[Key] = frozenset()
    """Networks of a provider that fail with it."""
    unknown: tuple[str, ...] = ()


def works(device: Entity) -> bool:
    """Whether a device may do its work, as far as its status tells."""
    return str(device.get("status") or "").lower() not in IDLE


def first_steps(port: Port, catalog: Catalog) -> Plan:
    """What must be read of the object itself, where its name has not told it."""
    type_, row = port
    if type_ == DEVICE or type_ in PLACES:
        return _of_devices(port, catalog)
    if type_ in (CIRCUIT, PROVIDER):
        return _of_circuits(port, catalog)
    if type_ in (PANEL, FEED, OUTLET):
        return _of_power(port, catalog)
    if type_ == INTERFACE:
        return _of_interface(row, catalog)
    if type_ in (*PORTS, TERMINATION):
        return {ITSELF: Fetch(catalog[type_], (row["id"],), WITH_PEERS, optional=False)}
    return {}


def _of_interface(row: Entity, catalog: Catalog) -> Plan:
    facets = frozenset({BASE, DETAILS, PEERS, LINKS})
    itself = Fetch(catalog[INTERFACE], (row["id"],), facets, optional=False)
    if str(row["type"]).lower() != "lag":
        return {ITSELF: itself}
    bundled = (Condition("lag", "", (row["id"],), (row,)),)
    return {ITSELF: itself, MEMBERS: Select(catalog[INTERFACE], bundled, facets, optional=True)}


def _of_devices(port: Port, catalog: Catalog) -> Plan:
    type_, row = port
    where = (Condition(type_.rpartition(".")[2], "", (row["id"],), (row,)),)
    device = catalog[DEVICE]
    return {
        DEVICES: Given(device, (row,)) if type_ == DEVICE else Select(device, where),
        **_inside(where, catalog),
    }


def _of_circuits(port: Port, catalog: Catalog) -> Plan:
    type_, row = port
    circuit, side = catalog[CIRCUIT], catalog[TERMINATION]
    sides = Follow(CIRCUITS, circuit.relations["terminations"], side, PLUGGED, optional=False)
    if type_ == CIRCUIT:
        return {CIRCUITS: Given(circuit, (row,)), SIDES: sides}
    relations, network = catalog[PROVIDER].relations, catalog[PROVIDER_NETWORK]
    return {
        OWNER: Given(catalog[PROVIDER], (row,)),
        CIRCUITS: Follow(OWNER, relations["circuits"], circuit, optional=False),
        NETWORKS: Follow(OWNER, relations["provider_networks"], network),
        SIDES: sides,
    }


def _of_power(port: Port, catalog: Catalog) -> Plan:
    type_, row = port
    facets = frozenset({BASE, PEERS})
    if type_ != PANEL:
        return {OUTLETS: Fetch(catalog[type_], (row["id"],), facets, optional=False)}
    feeds = catalog[PANEL].relations["power_feeds"]
    return {
        OWNER: Given(catalog[PANEL], (row,)),
        OUTLETS: Follow(OWNER, feeds, catalog[FEED], facets, optional=False),
    }


def _inside(where: tuple[Condition, ...], catalog: Catalog) -> Plan:
    """What passes through these devices: cables through panels, and power through outlets."""
    return {
        FRONTS: Select(catalog[FRONT], (*where, CABLED), PLUGGED, optional=True),
        OUTLETS: Select(catalog[OUTLET], (*where, CABLED), frozenset({BASE, PEERS}), optional=True),
    }


def failing(port: Port, gathered: Gathered, catalog: Catalog) -> tuple[Failing, Plan]:
    """What fails at first, and what must be read before that is known."""
    type_ = port[0]
    if type_ == INTERFACE:
        rows = gathered.by_id(ITSELF) | gathered.by_id(MEMBERS)
        own = {(INTERFACE, each["id"]): each["device"]["id"] for each in rows.values() if each["device"]}
        fars = [far for each in rows.values() for far in far_ends(each)]
        own |= {key_of(far): owner_of(far)["id"] for far in fars if owner_of(far).get("type") == DEVICE}
        return Failing(ports=own), {}
    starts, power = _broken(port, gathered)
    graph = CableGraph(gathered, catalog)
    ports: dict[Node, str] = {}
    for start in starts:
        for path in Tracer(graph).paths(start):
            for end in (path.begin.port, *(stop.port for _, stop in path.leg.ends())):
                device = graph.device(end)
                if end[0] == INTERFACE and device is not None:
                    ports[end] = device
    wanted = graph.plan(f"path {len(gathered.plan)}") if starts else {}
    networks = frozenset((PROVIDER_NETWORK, each["id"]) for each in gathered.rows(NETWORKS))
    return Failing(
        gathered.by_id(DEVICES),
        ports,
        power,
        tuple(gathered.rows(OUTLETS)),
        _unplugged(port, gathered),
        frozenset(each["id"] for each in gathered.rows(CIRCUITS)),
        networks,
        _unknown(gathered, ports) if type_ in (CIRCUIT, PROVIDER) else (),
    ), wanted


def _broken(port: Port, gathered: Gathered) -> tuple[list[Node], frozenset[Node]]:
    """The ports whose paths break, and what of the power does."""
    type_, row = port
    node = type_, row["id"]
    if type_ == CABLE:
        ends = [node_of(end) for end in (*row["a_terminations"], *row["b_terminations"])]
        if any(end[0] in _POWER for end in ends):
            return [], frozenset(end for end in ends if end[0] == INLET)
        return ends, frozenset()
    if type_ in (INLET, OUTLET, FEED):
        return [], frozenset({node})
    if type_ == PANEL:
        return [], frozenset((FEED, each["id"]) for each in gathered.rows(OUTLETS))
    if type_ in (FRONT, REAR, TERMINATION):
        return [node], frozenset()
    cabled = [
        (of, each["id"])
        for of, step in ((FRONT, FRONTS), (TERMINATION, SIDES))
        for each in gathered.rows(step)
        if each["cable"]
    ]
    outlets = gathered.rows(OUTLETS) if type_ == DEVICE or type_ in PLACES else []
    return cabled, frozenset((OUTLET, each["id"]) for each in outlets)


def _unplugged(port: Port, gathered: Gathered) -> frozenset[str]:
    type_, row = port
    if type_ == INLET:
        return frozenset(each["device"]["id"] for each in gathered.rows(ITSELF) if each["device"])
    if type_ != CABLE:
        return frozenset()
    ends = (*row["a_terminations"], *row["b_terminations"])
    return frozenset(end["of"]["id"] for end in ends if end.get("type") == INLET and end.get("of"))


def _unknown(gathered: Gathered, ports: Mapping[Node, str]) -> tuple[str, ...]:
    loose = [each for each in gathered.rows(SIDES) if not each["cable"] and _at_a_site(each)]
    if not loose:
        return () if ports else ("no circuit of it is cabled: what hangs on it is not known",)
    shown = ", ".join(sorted({str(name_of(each["circuit"])) for each in loose})[:5])
    number = len(loose)
    words = (
        f"{number:,} side{' is' if number == 1 else 's are'} not cabled ({shown}): "
        "what hangs on the circuit there is not known"
    )
    return (words,)


def _at_a_site(side: Entity) -> bool:
    return not any(str(place.get("type", "")).endswith("network") for place in side["termination"] or ())
