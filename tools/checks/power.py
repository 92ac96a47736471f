"""A check for devices whose power supplies all hang on one source."""

from __future__ import annotations

from collections.abc import Iterable

from sources.catalog import BASE
from sources.source import Entity
from sources.types import LINKS
from tools.checks.check import Check, Finding, Severity, finding
from tools.checks.rows import DEVICE, Rows

POWER_PORT = "dcim.powerport"


def _one_legged(rows: Rows) -> Iterable[Finding]:
    """Devices with several supplies, of which some are plugged in, and none into another PDU or panel."""
    supplies: dict[str, list[Entity]] = {}
    for port in rows.of(POWER_PORT):
        if port["device"]:
            supplies.setdefault(port["device"]["id"], []).append(port)
    for row in rows.of(DEVICE):
        own = supplies.get(row["id"], [])
        fed = [port for port in own if port["connected_to"]]
        owners = {}
        for port in fed:
            for ref in port["connected_to"]:
                owner = ref.get("of") or ref
                owners[owner.get("type"), owner["id"]] = owner.get("name") or f"#{owner['id']}"
        if row["status"] == "active" and len(own) > 1 and len(owners) == 1:
            [only] = owners.values()
            plugged = "all" if len(fed) == len(own) else f"{len(fed):,}"
            yield finding(rows, DEVICE, row, f"{plugged} of {len(own):,} power supplies on {only}")


CHECKS = (
    Check(
        name="single-power-source",
        title="Active device with several power supplies on one source",
        severity=Severity.MEDIUM,
        type=DEVICE,
        why="when that PDU or panel fails, the device is off, although it has a supply to spare; devices of which "
        "no supply is plugged in are left out",
        fix="plug the other supply into another PDU, or enter its cable",
        reads={DEVICE: frozenset({BASE}), POWER_PORT: frozenset({BASE, LINKS})},
        find=_one_legged,
    ),
)
