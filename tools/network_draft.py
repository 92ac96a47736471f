"""The answer about a VLAN or a prefix that is taken down."""

from __future__ import annotations

import ipaddress
from bisect import bisect_left, bisect_right

from orchestration.answer import Section
from orchestration.cells import cell, name_of
from orchestration.tool import Briefing, Draft, Window
from sources.catalog import Catalog
from sources.source import Ref
from tools.cable_rows import DEVICE, INTERFACE
from tools.dependents import MACHINE
from tools.impact_tables import dependents_tables, title
from tools.network_loss import (
    ADDRESS,
    ADDRESSES,
    DEVICES,
    MACHINES,
    MEMBERS,
    PORTS,
    PREFIXES,
    VLAN,
    NetworkLoss,
)
from tools.tables import filled
from tools.wording import counted, natural


def network_draft(loss: NetworkLoss, briefing: Briefing) -> Draft:
    """What loses the VLAN, or its address."""
    window, catalog = briefing.window, briefing.catalog
    sections = [
        *_devices(loss, window),
        *_machines(loss, window),
        *_gateways(loss, window),
        *_prefixes(loss, window),
        *dependents_tables(loss.dependents, loss.warned, window, catalog),
    ]
    cut = _cut(loss)
    warnings = [*_carried_by_all(loss), *cut]
    return Draft(_summary(loss, catalog), tuple(sections), _facts(loss), tuple(warnings), complete=not cut)


def _cut(loss: NetworkLoss) -> list[str]:
    """What was not read for being too much."""
    return [
        f"only {len(loss.gathered.rows(step)):,} of {loss.gathered.total(step):,} {step} were read: "
        "ask about a smaller prefix"
        for step in (ADDRESSES, PREFIXES)
        if len(loss.gathered.rows(step)) < loss.gathered.total(step)
    ]


def _carried_by_all(loss: NetworkLoss) -> list[str]:
    trunks = sum(1 for row in loss.gathered.rows(PORTS) if row["mode"] == "tagged-all")
    if loss.type != VLAN or not trunks:
        return []
    words = "in mode tagged-all, which carry every VLAN: others like them are not counted"
    return [f"{trunks:,} of the ports {'is' if trunks == 1 else 'are'} {words}"]


def _facts(loss: NetworkLoss) -> dict[str, object]:
    ports, devices = loss.gathered.rows(PORTS), loss.gathered.by_id(DEVICES)
    found = {
        "vlan": name_of(loss.row.get("vlan")),
        "ports": len(ports),
        "ports_on_it_alone": sum(map(loss.is_alone, ports)),
        "vm_ports": len(loss.vm_ports),
        "addresses": len(loss.addresses),
        "devices": len(devices),
        "devices_losing_primary_address": sum(map(loss.loses_primary, devices.values())),
        "vms_lost": len(loss.machines_lost),
        "services_lost": len(loss.dependents.services),
    }
    return {name: held for name, held in found.items() if held}


def _summary(loss: NetworkLoss, catalog: Catalog) -> str:
    facts = _facts(loss)
    told = []
    if loss.type == VLAN:
        told.append(
            f"{counted(len(loss.gathered.rows(PORTS)), catalog[INTERFACE])} lose it, "
            f"{facts.get('ports_on_it_alone', 0):,} of them their only VLAN"
        )
    told.append(f"{counted(len(loss.addresses), catalog[ADDRESS])} in it")
    told.append(f"{counted(len(loss.gathered.by_id(DEVICES)), catalog[DEVICE])} concerned")
    if number := facts.get("devices_losing_primary_address"):
        told.append(f"{number:,} of them with their primary address")
    groups = len(loss.groups)
    told.append(f"{groups:,} redundant gateway{'' if groups == 1 else 's'}")
    without = "without network" if loss.type == VLAN else "without primary address"
    told.append(f"{counted(len(loss.machines_lost), catalog[MACHINE])} {without}")
    return f"if {title(loss.type, loss.row, catalog)} fails: {'; '.join(told)}"


def _devices(loss: NetworkLoss, window: Window) -> list[Section]:
    held, rows = loss.addresses_of(DEVICE), []
    for id_, row in loss.gathered.by_id(DEVICES).items():
        ports = loss.ports.get(id_, [])
        rows.append(
            [
                name_of(Ref(id=id_, name=row["name"])),
                name_of(row["role"]),
                name_of(row["site"]),
                len(ports),
                sum(map(loss.is_alone, ports)),
                cell([each["address"] for each in held.get(id_, [])]),
                loss.loses_primary(row),
            ]
        )
    rows.sort(key=lambda row: natural(str(row[0])))
    columns = ("device", "role", "site", "ports", "on_it_alone", "addresses", "primary_lost")
    return filled("devices", columns, rows, window, "devices")


def _machines(loss: NetworkLoss, window: Window) -> list[Section]:
    held = loss.addresses_of(MACHINE)
    left = [row for id_, row in loss.gathered.by_id(MACHINES).items() if id_ not in loss.machines_lost]
    rows = [
        [row["name"], name_of(row["cluster"]), cell([each["address"] for each in held.get(row["id"], [])])]
        for row in sorted(left, key=lambda row: natural(str(row["name"])))
    ]
    columns = ("virtual_machine", "cluster", "addresses")
    name = "virtual machines that keep another VLAN or address"
    return filled(name, columns, rows, window, "kept_machines")


def _gateways(loss: NetworkLoss, window: Window) -> list[Section]:
    rows = []
    for group in loss.groups:
        members = sorted(
            loss.gathered.children(MEMBERS, group["id"]), key=lambda row: -(row["priority"] or 0)
        )
        named = [f"{name_of(row['interface'])} ({row['priority']})" for row in members]
        name = name_of(Ref(id=group["id"], name=group["name"]))
        rows.append([name, cell(group["protocol"]), cell(group["ip_addresses"]), cell(named)])
    columns = ("group", "protocol", "address", "members")
    return filled("gateways in it", columns, rows, window, "lost_gateways")


def _prefixes(loss: NetworkLoss, window: Window) -> list[Section]:
    every = [row for row in loss.gathered.rows(PREFIXES) if loss.type == VLAN or row["id"] != loss.row["id"]]
    hosts = sorted(
        (host.version, int(host)) for host in map(_host, (row["address"] for row in loss.addresses))
    )
    rows = []
    for row in every:
        network = ipaddress.ip_network(row["prefix"], strict=False)
        first, last = (
            (network.version, int(each)) for each in (network.network_address, network.broadcast_address)
        )
        within = bisect_right(hosts, last) - bisect_left(hosts, first)
        own = [row["prefix"], cell(row["vrf"]), row["status"], name_of(row["vlan"]), name_of(row["role"])]
        rows.append([*own, within])
    columns = ("prefix", "vrf", "status", "vlan", "role", "addresses")
    return filled("prefixes", columns, rows, window, "prefixes")


def _host(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    return ipaddress.ip_interface(address).ip
