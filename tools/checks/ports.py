"""Checks for ports whose cable and state contradict each other."""

from __future__ import annotations

from collections.abc import Iterable

from orchestration.cells import name_of
from orchestration.steps import BASE_ONLY
from sources.catalog import BASE
from sources.types import LINKS, PLUGS
from tools.checks.check import Check, Finding, Severity, finding
from tools.checks.rows import DEVICE, INTERFACE, Rows

_READS = {DEVICE: BASE_ONLY, INTERFACE: frozenset({BASE, PLUGS, LINKS})}
_UNCABLED = frozenset({"virtual", "bridge", "lag"})
"""Types of interfaces that take no cable; radios take none either."""
_RADIO = ("ieee802.11", "ieee802.15", "gsm", "cdma", "lte", "4g", "5g", "other-wireless")


def takes_cable(type_: str | None) -> bool:
    """Whether a cable can be plugged into an interface of that type."""
    return type_ is not None and type_ not in _UNCABLED and not type_.startswith(_RADIO)


def _waiting(rows: Rows) -> Iterable[Finding]:
    """Enabled ports of active devices without a cable."""
    active = {row["id"] for row in rows.of(DEVICE) if row["status"] == "active"}
    for port in rows.of(INTERFACE):
        linked = port["cable"] or port["connected_to"] or port["mark_connected"]
        if (
            port["enabled"]
            and not linked
            and takes_cable(port["type"])
            and port["device"]
            and port["device"]["id"] in active
        ):
            yield finding(rows, INTERFACE, port, "enabled, no cable")


def _shut(rows: Rows) -> Iterable[Finding]:
    for port in rows.of(INTERFACE):
        if port["cable"] and port["enabled"] is False:
            far = ", ".join(str(name_of(ref)) for ref in port["connected_to"])
            yield finding(
                rows, INTERFACE, port, f"disabled, connected to {far}" if far else "disabled, cabled"
            )


CHECKS = (
    Check(
        name="enabled-without-cable",
        title="Enabled interface without a cable, on an active device",
        severity=Severity.LOW,
        type=INTERFACE,
        why="an open port lets anybody in, or a cable that is there was never documented; virtual and radio "
        "interfaces are left out",
        fix="disable the port, or enter its cable",
        reads=_READS,
        find=_waiting,
    ),
    Check(
        name="disabled-with-cable",
        title="Disabled interface with a cable",
        severity=Severity.MEDIUM,
        type=INTERFACE,
        why="a link that is planned or believed in is down, or a cable was left behind",
        fix="enable the port, or remove the cable",
        reads=_READS,
        find=_shut,
    ),
)
