"""Questions about failures, worked out by taking the failed things away and looking at all that is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.questions.case import ById, Case, Expect, Expected, Table
from tests.questions.truth import Node, Row, Truth

DEVICE, PANEL, FEED = "dcim.device", "dcim.powerpanel", "dcim.powerfeed"
INTERFACE, CABLE = "dcim.interface", "dcim.cable"
CIRCUIT, SIDE, NETWORK = "circuits.circuit", "circuits.circuittermination", "circuits.providernetwork"
FAILS, NO_POWER, CUT_OFF, STAYS = "fails itself", "loses power", "cut off", "stays connected"
IDLE = {"offline", "failed", "planned", "inventory"}
Failed = Callable[[Truth], set[Node]]


@dataclass(frozen=True)
class Connection:
    """Two ports that are connected, and everything that this takes."""

    ends: tuple[Node, Node]
    needs: frozenset[Node]


@dataclass
class Outcome:
    """What a failure comes to."""

    why: dict[int, str] = field(default_factory=dict)
    neighbours: dict[Node, str] = field(default_factory=dict)
    circuits: set[int] = field(default_factory=set)


def connections(truth: Truth) -> list[Connection]:
    """All connections between interfaces, and from interfaces to providers' networks."""
    found: dict[frozenset[Node], Connection] = {}
    for port in truth.rows(INTERFACE):
        near, far = (INTERFACE, port["id"]), truth.far_end(INTERFACE, port["id"])
        if far is None:
            continue
        needs: set[Node] = {near, far}
        for one, cable, other in truth.path(*near):
            needs |= {one, other, (CABLE, cable)}
            for passed in (one, other):
                row = truth.table(passed[0])[passed[1]]
                needs.add((CIRCUIT, row["circuit"]) if passed[0] == SIDE else (DEVICE, row["device"]))
        ends = (DEVICE, port["device"]), _owner(truth, far)
        found[frozenset({near, far})] = Connection(ends, frozenset(needs | set(ends)))
    return list(found.values())


def _owner(truth: Truth, node: Node) -> Node:
    return (DEVICE, truth.table(INTERFACE)[node[1]]["device"]) if node[0] == INTERFACE else node


def powered(truth: Truth, device: int, failed: set[Node]) -> bool:
    """Whether a device has power: followed from each of its supplies upward to a feed."""
    ports = [row["id"] for row in truth.rows("dcim.powerport", lambda row: row["device"] == device)]
    cabled = [port for port in ports if ("dcim.powerport", port) in truth.cabled]
    return not cabled or any(_fed(truth, port, failed) for port in cabled)


def _fed(truth: Truth, port: int, failed: set[Node]) -> bool:
    [(near, cable, far)] = truth.path("dcim.powerport", port)
    row = truth.table(far[0])[far[1]]
    if {near, far, (CABLE, cable)} & failed:
        return False
    if far[0] == FEED:
        return (PANEL, row["power_panel"]) not in failed
    return (DEVICE, row["device"]) not in failed and _fed(truth, row["power_port"], failed)


def outcome(truth: Truth, failed: set[Node]) -> Outcome:
    """What is down, what is cut off, and who stays."""
    told = Outcome()
    told.why = {id_: FAILS for type_, id_ in failed if type_ == DEVICE}
    for row in truth.rows(DEVICE):
        if not powered(truth, row["id"], failed):
            told.why.setdefault(row["id"], NO_POWER)
    failed = failed | {(DEVICE, id_) for id_, why in told.why.items() if why == NO_POWER}
    every = connections(truth)
    leaves = _leaves(truth, every)
    links: dict[Node, set[Node]] = defaultdict(set)
    pivots: set[Node] = set()
    for each in every:
        left, right = each.ends
        if each.needs & failed:
            told.neighbours |= dict.fromkeys({left, right} - failed, STAYS)
            told.circuits |= {id_ for type_, id_ in each.needs if type_ == CIRCUIT}
            if not {left, right} & failed & leaves:
                pivots |= {left, right} - failed
        else:
            links[left].add(right)
            links[right].add(left)
    for stack in truth.rows("dcim.virtualchassis"):
        members = {
            (DEVICE, row["id"]) for row in truth.rows(DEVICE) if row["virtual_chassis"] == stack["id"]
        } - failed
        for member in members:
            links[member] |= members - {member}
    cut = _cut_off(links, leaves, pivots)
    told.neighbours |= {node: CUT_OFF for node in told.neighbours if node in cut}
    told.why |= {id_: CUT_OFF for type_, id_ in cut if type_ == DEVICE}
    return told


def _leaves(truth: Truth, every: Iterable[Connection]) -> set[Node]:
    """Hosts of clusters, devices that are not in use, and those whose ports are all one LAG: they pass nothing on."""
    lags: dict[int, set[Any]] = defaultdict(set)
    for each in every:
        for type_, id_ in each.needs:
            if type_ == INTERFACE:
                port = truth.table(INTERFACE)[id_]
                lags[port["device"]].add(port["lag"] or f"port {id_}")
    stacked = {row["id"] for row in truth.rows(DEVICE) if row["virtual_chassis"]}
    return {
        (DEVICE, row["id"])
        for row in truth.rows(DEVICE)
        if row["status"] in IDLE
        or (row["id"] not in stacked and (row["cluster"] or len(lags[row["id"]]) <= 1))
    }


def _cut_off(links: dict[Node, set[Node]], leaves: set[Node], pivots: set[Node]) -> set[Node]:
    parts: list[set[Node]] = []
    for start in sorted(pivots - leaves) + sorted(pivots & leaves):
        if any(start in part for part in parts):
            continue
        part, waiting = {start}, [start]
        while waiting:
            for other in links[waiting.pop()] - part:
                part.add(other)
                if other not in leaves:
                    waiting.append(other)
        parts.append(part)
    if len(parts) < 2:
        return set()
    out = [part for part in parts if any(type_ == NETWORK for type_, _ in part)]
    longest = max(map(len, parts))
    largest = [part for part in parts if len(part) == longest]
    kept = out or (largest if len(largest) == 1 else [])
    everything: set[Node] = set().union(*parts)
    return everything - set().union(*kept)


def called(truth: Truth, node: Node) -> str | None:
    """A device or network as an answer calls it: without a name by its model."""
    name = truth.title(*node)
    if name == "#":
        return f"# ({truth.title('dcim.devicetype', truth.table(DEVICE)[node[1]]['device_type'])})"
    return name


def fails(failed: Failed, **more: Callable[[Truth, Outcome], Table]) -> Expect:
    """The devices that are lost and why, the neighbours and what becomes of them, and further tables."""

    def expect(truth: Truth) -> Expected:
        told = outcome(truth, failed(truth))
        lost = [[called(truth, (DEVICE, id_)), why] for id_, why in told.why.items()]
        near = [[called(truth, node), what] for node, what in told.neighbours.items()]
        circuits = [[truth.title(CIRCUIT, id_)] for id_ in told.circuits]
        tables = {
            "devices lost": Table(("device", "why"), lost),
            "neighbours": Table(("neighbour", "outcome"), near),
            "circuits lost": Table(("circuit",), circuits),
            "clusters": _clusters(truth, told),
            **{name: table(truth, told) for name, table in more.items()},
        }
        return Expected({name: table for name, table in tables.items() if table.rows})

    return expect


def _clusters(truth: Truth, told: Outcome) -> Table:
    rows = []
    for cluster in truth.rows("virtualization.cluster"):
        hosts = truth.rows(DEVICE, lambda row, id_=cluster["id"]: row["cluster"] == id_)
        machines = truth.rows(
            "virtualization.virtualmachine", lambda row, id_=cluster["id"]: row["cluster"] == id_
        )
        gone = [row for row in hosts if row["id"] in told.why]
        if gone:
            left = [row for row in hosts if row not in gone and row["status"] not in IDLE]
            all_gone = not left
            lost, moving = (len(machines), 0) if all_gone else (0, len(machines))
            rows.append([cluster["name"], len(gone), len(left), lost, moving])
    return Table(("cluster", "hosts_lost", "hosts_left", "vms_lost", "vms_may_move"), rows)


def _gateways(truth: Truth, told: Outcome) -> Table:
    """Each gateway with a member on a lost device, and where it is afterwards."""
    rows = []
    for group in truth.rows("ipam.fhrpgroup"):
        members = truth.rows("ipam.fhrpgroupassignment", lambda row, id_=group["id"]: row["group"] == id_)
        members.sort(key=lambda row: -row["priority"])
        left = [
            row for row in members if truth.table(INTERFACE)[row["interface_id"]]["device"] not in told.why
        ]
        if len(left) < len(members):
            outcome_ = "lost" if not left else "stays" if left[0] is members[0] else "moves"
            rows.append(
                [group["name"], outcome_, truth.generic(INTERFACE, left[0]["interface_id"]) if left else None]
            )
    return Table(("group", "outcome", "active_at"), rows)


def _power(truth: Truth, failed: Failed) -> Callable[[Truth, Outcome], Table]:
    def table(truth: Truth, told: Outcome) -> Table:
        rows = []
        gone = failed(truth) | {(DEVICE, id_) for id_, why in told.why.items() if why == NO_POWER}
        for device in truth.rows(DEVICE):
            ports = truth.rows("dcim.powerport", lambda row, id_=device["id"]: row["device"] == id_)
            cabled = [row for row in ports if ("dcim.powerport", row["id"]) in truth.cabled]
            lost = [row["name"] for row in cabled if not _fed(truth, row["id"], gone)]
            if lost and (DEVICE, device["id"]) not in failed(truth):
                left = {_source(truth, row["id"]) for row in cabled if row["name"] not in lost}
                name = truth.title(DEVICE, device["id"])
                rows.append(
                    [name, "keeps power" if left else "loses power", tuple(lost), tuple(sorted(left))]
                )
        return Table(("device", "outcome", "supplies_lost", "left_on"), rows)

    return table


def _source(truth: Truth, port: int) -> str:
    far = truth.path("dcim.powerport", port)[0][2]
    row = truth.table(far[0])[far[1]]
    return str(truth.title(DEVICE, row["device"]) if "device" in row else truth.generic(*far))


def device(name: str) -> Failed:
    """The device of that name."""
    return lambda truth: {(DEVICE, truth.named(DEVICE, name)["id"])}


def within(field_: str, name: str, type_: str) -> Failed:
    """All devices of a site."""

    def failed(truth: Truth) -> set[Node]:
        place = truth.named(type_, name)["id"]
        return {(DEVICE, row["id"]) for row in truth.rows(DEVICE) if row[field_] == place}

    return failed


def object_(type_: str, name: str) -> Failed:
    """Anything of that name."""
    return lambda truth: {(type_, truth.named(type_, name)["id"])}


def _provider(name: str) -> Failed:
    def failed(truth: Truth) -> set[Node]:
        id_ = truth.named("circuits.provider", name)["id"]
        return {
            (type_, row["id"])
            for type_ in (CIRCUIT, NETWORK)
            for row in truth.rows(type_)
            if row["provider"] == id_
        }

    return failed


def _panel_of(truth: Truth, site: str) -> Row:
    [found] = truth.rows(PANEL, lambda row: truth.title("dcim.site", row["site"]) == site)
    return found


def _feed(truth: Truth) -> set[Node]:
    panel = _panel_of(truth, "Akron")["id"]
    [found] = truth.rows(FEED, lambda row: row["power_panel"] == panel and row["name"] == "Feed 1")
    return {(FEED, found["id"])}


def _port(truth: Truth) -> set[Node]:
    [found] = [row for row in truth.interfaces_of("bin-asw01") if row["name"] == "TenGigabitEthernet1/1/1"]
    return {(INTERFACE, found["id"])}


def _sites(truth: Truth, told: Outcome) -> Table:
    """The sites of lost devices and circuits, with the circuits that are left there."""
    rows = []
    for site in truth.rows("dcim.site"):
        lost = sum(1 for id_ in told.why if truth.table(DEVICE)[id_]["site"] == site["id"])
        ends = truth.rows(
            SIDE,
            lambda row, id_=site["id"]: (
                (row["termination_type"], row["termination_id"]) == ("dcim.site", id_)
            ),
        )
        gone = [row for row in ends if row["circuit"] in told.circuits]
        left = tuple(sorted(str(truth.title(CIRCUIT, row["circuit"])) for row in ends if row not in gone))
        if lost or gone:
            rows.append([site["name"], lost, len(gone), left if gone else None])
    return Table(("site", "devices_lost", "circuits_lost", "left"), rows)


def _contacts(truth: Truth, told: Outcome) -> Table:
    sites = {truth.table(DEVICE)[id_]["site"] for id_ in told.why}
    ends = truth.rows(
        SIDE, lambda row: row["circuit"] in told.circuits and row["termination_type"] == "dcim.site"
    )
    sites |= {row["termination_id"] for row in ends}
    rows = [
        [truth.title("tenancy.contact", row["contact"]), f"site {truth.title('dcim.site', row['object_id'])}"]
        for row in truth.rows("tenancy.contactassignment")
        if row["object_type"] == "dcim.site" and row["object_id"] in sites
    ]
    return Table(("contact", "for"), rows)


def _vlan(truth: Truth) -> Expected:
    """The users' VLAN of the first site: ports, those that carry no other, and the addresses in its prefixes."""
    [vlan] = truth.rows(
        "ipam.vlan", lambda row: row["vid"] == 200 and truth.title("dcim.site", row["site"]) == "Akron"
    )
    ports = truth.rows(INTERFACE, lambda row: truth.in_vlan(row, vlan["id"]))
    alone = [row for row in ports if {row["untagged_vlan"], *row["tagged_vlans"]} - {None} == {vlan["id"]}]
    by_device: dict[int, list[Row]] = defaultdict(list)
    for row in ports:
        by_device[row["device"]].append(row)
    rows = [
        [truth.title(DEVICE, id_), len(held), sum(1 for row in held if row in alone)]
        for id_, held in by_device.items()
    ]
    facts = {"ports": len(ports), "ports_on_it_alone": len(alone)}
    return Expected({"devices": Table(("device", "ports", "on_it_alone"), rows)}, facts)


def _prefix(truth: Truth) -> Expected:
    """The servers' prefix of the first site: who has an address in it, and whose primary one that is."""
    network = "10.0.1.0/24"
    [prefix] = truth.rows("ipam.prefix", lambda row: row["prefix"] == network)
    inside = [
        row for row in truth.rows("ipam.ipaddress") if truth.inside(row["address"], network, strictly=False)
    ]
    inside = [row for row in inside if row["vrf"] == prefix["vrf"]]
    ids = {row["id"] for row in inside}
    devices: dict[int, list[str]] = defaultdict(list)
    for row in inside:
        if row["assigned_object_type"] == INTERFACE:
            devices[truth.table(INTERFACE)[row["assigned_object_id"]]["device"]].append(row["address"])
    rows = [
        [truth.title(DEVICE, id_), tuple(held), truth.table(DEVICE)[id_]["primary_ip4"] in ids]
        for id_, held in devices.items()
    ]
    machines = truth.rows("virtualization.virtualmachine", lambda row: row["primary_ip4"] in ids)
    return Expected(
        {
            "devices": Table(("device", "addresses", "primary_lost"), rows),
            "virtual machines lost": Table(("virtual_machine",), [[row["name"]] for row in machines]),
            "gateways in it": Table(("group",), [["Servers"]]),
        },
        {"addresses": len(inside)},
    )


def _cluster(truth: Truth) -> Expected:
    cluster = truth.named("virtualization.cluster", "akr-cluster01")["id"]
    machines = truth.rows("virtualization.virtualmachine", lambda row: row["cluster"] == cluster)
    rows = [[row["name"], "down"] for row in machines]
    return Expected(
        {"virtual machines lost": Table(("virtual_machine", "outcome"), rows)}, {"vms_down": len(rows)}
    )


def _ambiguous(truth: Truth) -> Expected:
    return Expected(error=("may be", "rack id:"))


IMPACTS: tuple[Case, ...] = (
    Case(
        "what breaks if a core switch fails",
        "impact",
        {"object": "akr-core01"},
        fails(device("akr-core01"), gateways=_gateways, **{"contacts to warn": _contacts}),
    ),
    Case(
        "what breaks if the other core switch fails",
        "impact",
        {"object": "device akr-core02"},
        fails(device("akr-core02"), gateways=_gateways),
    ),
    Case("what breaks if a server fails", "impact", {"object": "akr-srv01"}, fails(device("akr-srv01"))),
    Case(
        "what breaks if the router of a branch fails",
        "impact",
        {"object": "bin-rtr01"},
        fails(device("bin-rtr01"), sites=_sites),
    ),
    Case(
        "who is cut off without a circuit",
        "impact",
        {"object": "LU-4403"},
        fails(object_(CIRCUIT, "LU-4403"), sites=_sites, **{"contacts to warn": _contacts}),
    ),
    Case(
        "who is cut off without the only line to the internet",
        "impact",
        {"object": "circuit NO-4401"},
        fails(object_(CIRCUIT, "NO-4401")),
    ),
    Case(
        "which sites lose their line if a carrier fails",
        "impact",
        {"object": "Lumen Path"},
        fails(_provider("Lumen Path"), sites=_sites),
    ),
    Case(
        "what depends on a PDU",
        "impact",
        {"object": "akr-pdu01"},
        lambda truth: fails(device("akr-pdu01"), power=_power(truth, device("akr-pdu01")))(truth),
    ),
    Case(
        "what depends on a power feed",
        "impact",
        {"object": ById("power feed", {"name": "Feed 1", "site": "Akron"}, "power feed ")},
        lambda truth: fails(_feed, power=_power(truth, _feed))(truth),
    ),
    Case(
        "what is dark without a power panel",
        "impact",
        {"object": ById("power panel", {"site": "Akron"}, "power panel ")},
        fails(lambda truth: {(PANEL, _panel_of(truth, "Akron")["id"])}),
    ),
    Case(
        "may the uplink of a branch switch be pulled",
        "impact",
        {"object": "bin-asw01 Te1/1/1"},
        fails(_port),
    ),
    Case("may a cable be pulled", "impact", {"object": "cable C00003"}, fails(object_(CABLE, "C00003"))),
    Case(
        "what goes down with a rack",
        "impact",
        {"object": ById("rack", {"name": "R01", "site": "Akron"}, "rack ")},
        fails(within("site", "Akron", "dcim.site"), sites=_sites),
    ),
    Case(
        "what goes down with a site",
        "impact",
        {"object": "site Nashua"},
        fails(within("site", "Nashua", "dcim.site"), sites=_sites),
    ),
    Case(
        "what loses its network without a VLAN",
        "impact",
        {"object": ById("vlan", {"vid": 200, "site": "Akron"}, "vlan ")},
        _vlan,
    ),
    Case("what loses its address without a prefix", "impact", {"object": "10.0.1.0/24"}, _prefix),
    Case("what runs on a cluster", "impact", {"object": "akr-cluster01"}, _cluster),
    Case("which rack of many is meant", "impact", {"object": "rack R01"}, _ambiguous),
)
