"""Checks for what devices and virtual machines lack: name, primary address, serial number, platform, units."""

from __future__ import annotations

from collections.abc import Iterable

from orchestration.steps import BASE_ONLY
from sources.catalog import BASE
from sources.source import Entity
from sources.types import CATALOG, DETAILS
from tools.checks.check import Check, Finding, Severity, finding
from tools.checks.kinds import required
from tools.checks.rows import DEVICE, INTERFACE, Rows

MACHINE = "virtualization.virtualmachine"
TYPE = "dcim.devicetype"
_ACTIVE = {"status": "active"}


def _reachable(row: Entity) -> bool:
    return bool(row["primary_ip4"] or row["primary_ip6"])


def _without_address(rows: Rows) -> Iterable[Finding]:
    """Active devices that have ports; of a stack it is enough that one member has an address."""
    with_ports = {port["device"]["id"] for port in rows.of(INTERFACE) if port["device"]}
    stacks = {
        row["virtual_chassis"]["id"] for row in rows.of(DEVICE) if row["virtual_chassis"] and _reachable(row)
    }
    for row in rows.of(DEVICE):
        stack = row["virtual_chassis"]
        answered = _reachable(row) or (stack and stack["id"] in stacks)
        if row["status"] == "active" and row["id"] in with_ports and not answered:
            yield finding(rows, DEVICE, row, "no primary IP address")


def _machine_without_address(rows: Rows) -> Iterable[Finding]:
    for row in rows.of(MACHINE):
        if row["status"] == "active" and not _reachable(row):
            yield finding(rows, MACHINE, row, "no primary IP address")


def _without_platform(rows: Rows) -> Iterable[Finding]:
    for row in rows.of(DEVICE):
        if row["status"] == "active" and _reachable(row) and not row["platform"]:
            yield finding(rows, DEVICE, row, "no platform")


def _without_units(rows: Rows) -> Iterable[Finding]:
    heights = {row["id"]: row["u_height"] for row in rows.all(TYPE)}
    for row in rows.of(DEVICE):
        height = heights.get(row["device_type"]["id"]) if row["device_type"] else None
        if row["rack"] and row["position"] is None and height and not row["parent_device"]:
            yield finding(
                rows, DEVICE, row, f"in rack {row['rack']['name']}, {height} units high, no position"
            )


CHECKS = (
    required(
        CATALOG[DEVICE],
        "name",
        {"virtual_chassis": None},
        name="device-without-name",
        title="Device without a name",
        severity=Severity.LOW,
        why="nobody can look it up, and monitoring and tickets cannot refer to it; members of a stack are left out",
        fix="name it by the pattern of its role",
    ),
    Check(
        name="device-without-primary-ip",
        title="Active device without a primary IP address",
        severity=Severity.MEDIUM,
        type=DEVICE,
        why="automation and monitoring reach a device by its primary address; devices without interfaces, and "
        "stacks of which one member has an address, are left out",
        fix="assign the management address to an interface of it and make it primary",
        reads={DEVICE: BASE_ONLY, INTERFACE: BASE_ONLY},
        find=_without_address,
    ),
    Check(
        name="vm-without-primary-ip",
        title="Active virtual machine without a primary IP address",
        severity=Severity.MEDIUM,
        type=MACHINE,
        why="automation and monitoring reach a machine by its primary address",
        fix="assign its address to an interface of it and make it primary",
        reads={MACHINE: BASE_ONLY},
        find=_machine_without_address,
        where={**_ACTIVE, "has_primary_ip": False},
    ),
    required(
        CATALOG[DEVICE],
        "serial",
        _ACTIVE,
        name="device-without-serial",
        title="Active device without a serial number",
        severity=Severity.LOW,
        why="support contracts, recalls and stocktaking go by the serial number",
        fix="enter the serial number that the device reports",
    ),
    Check(
        name="device-without-platform",
        title="Active device with a primary IP address and no platform",
        severity=Severity.LOW,
        type=DEVICE,
        why="automation picks its driver and its templates by the platform",
        fix="set the platform that it runs",
        reads={DEVICE: BASE_ONLY},
        find=_without_platform,
        where={**_ACTIVE, "has_primary_ip": True, "platform": None},
    ),
    Check(
        name="device-without-rack-position",
        title="Device in a rack without a position",
        severity=Severity.LOW,
        type=DEVICE,
        why="its units look free, so that something else is planned into them; types of zero height and "
        "devices in a bay of another are left out",
        fix="enter its lowest unit and the face that it is mounted on",
        reads={DEVICE: frozenset({BASE, DETAILS})},
        beside={TYPE: BASE_ONLY},
        find=_without_units,
    ),
)
