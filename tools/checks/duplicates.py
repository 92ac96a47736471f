"""Checks for what must be there once: device names, serial numbers, asset tags, MAC addresses, IP addresses."""

from __future__ import annotations

from collections.abc import Iterable

from orchestration.cells import name_of
from orchestration.steps import BASE_ONLY
from sources.catalog import BASE
from sources.source import Entity
from sources.types import CATALOG, DETAILS
from tools.checks.check import Check, Finding, Severity
from tools.checks.kinds import alike, unique
from tools.checks.rows import DEVICE, INTERFACE, Rows
from tools.wording import listed

ADDRESS = "ipam.ipaddress"
SHARED = frozenset({"anycast", "vip", "vrrp", "hsrp", "glbp", "carp"})
"""Roles of addresses that several devices have by intention."""


def _shared_macs(rows: Rows) -> Iterable[Finding]:
    """One MAC on ports of several devices: those of one device (a LAG, its VLANs) share theirs by nature."""
    of: dict[str, dict[str, Entity]] = {}
    for port in rows.of(INTERFACE):
        if port["mac_address"] and port["device"]:
            of.setdefault(port["mac_address"].upper(), {}).setdefault(port["device"]["id"], port)
    for mac, ports in of.items():
        if len(ports) > 1:
            yield alike(rows, INTERFACE, "mac_address", list(ports.values()), (mac,))


def _twice_given(rows: Rows) -> Iterable[Finding]:
    """Addresses of one VRF (in Nautobot: of one namespace) that are alike, or are on ports of several devices."""
    of: dict[tuple[str, ...], list[Entity]] = {}
    for row in rows.of(ADDRESS):
        if row["role"] not in SHARED:
            space = row["namespace"] or {}
            names = sorted(str(ref.get("name") or ref["id"]) for ref in row["vrf"])
            host = row["address"].partition("/")[0].casefold()
            of.setdefault((host, str(space.get("id", "")), *names), []).append(row)
    for (host, _, *names), several in of.items():
        owners = [ref for row in several for ref in row["assigned"]]
        devices = {(ref.get("of") or ref)["id"] for ref in owners}
        if len(several) > 1 or len(devices) > 1:
            where = listed(sorted({str(name_of(ref)) for ref in owners})) or "nothing"
            times = max(len(several), len(devices))
            what = f"{times:,} times in {f'VRF {listed(names)}' if names else 'no VRF'}, on {where}"
            yield Finding(host, listed(names) or None, what, (ADDRESS, host, *names))


CHECKS = (
    unique(
        CATALOG[DEVICE],
        "name",
        {},
        name="duplicate-device-name",
        title="One name of several devices",
        severity=Severity.MEDIUM,
        why="a name that means two devices leads changes and alarms to the wrong one",
        fix="rename all but one, or add the site to the name",
    ),
    unique(
        CATALOG[DEVICE],
        "serial",
        {},
        name="duplicate-serial",
        title="One serial number of several devices",
        severity=Severity.HIGH,
        why="one of the entries is wrong: a copy, or a device that was replaced and never removed",
        fix="compare with what the devices report, and correct or remove the wrong entry",
    ),
    Check(
        name="duplicate-mac",
        title="One MAC address on several devices",
        severity=Severity.MEDIUM,
        type=INTERFACE,
        why="a network in which it is true loses traffic; mostly a template or a copied entry",
        fix="enter the MAC address that each port reports",
        reads={DEVICE: BASE_ONLY, INTERFACE: frozenset({BASE, DETAILS})},
        find=_shared_macs,
    ),
    Check(
        name="duplicate-address",
        title="One IP address several times in a VRF",
        severity=Severity.HIGH,
        type=ADDRESS,
        why="two owners of an address take the traffic from each other; roles that share addresses "
        f"({', '.join(sorted(SHARED))}) are left out",
        fix="remove the wrong entry, move it to its VRF, or give it the role of a shared address",
        reads={ADDRESS: frozenset({BASE, DETAILS})},
        find=_twice_given,
    ),
)
