"""A check for devices that hang on a single neighbour where their peers have two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sources.catalog import BASE
from sources.types import LINKS
from tools.checks.check import Check, Finding, Severity, finding
from tools.checks.naming import FEWEST, MAJORITY
from tools.checks.rows import DEVICE, INTERFACE, Rows


def _one_legged(rows: Rows) -> Iterable[Finding]:
    """Upwards is where there are fewer: a neighbour of a rarer role, or one outside of the scope."""
    roles = {row["id"]: row["role"]["id"] for row in rows.of(DEVICE) if row["role"]}
    many = Counter(roles.values())
    above: dict[str, dict[str, str]] = {}
    for port in rows.of(INTERFACE):
        device = port["device"]["id"] if port["device"] else ""
        if device not in roles or port["mgmt_only"]:
            continue
        for ref in port["connected_to"]:
            owner = ref.get("of") or {}
            if ref.get("type") != INTERFACE or owner.get("id") in (None, device):
                continue
            if owner["id"] not in roles or many[roles[owner["id"]]] < many[roles[device]]:
                above.setdefault(device, {})[owner["id"]] = str(owner.get("name") or f"#{owner['id']}")
    redundant = Counter(roles[device] for device, uplinks in above.items() if len(uplinks) > 1)
    linked = Counter(roles[device] for device in above)
    for row in rows.of(DEVICE):
        uplinks = above.get(row["id"], {})
        role = roles.get(row["id"], "")
        if len(uplinks) == 1 and linked[role] >= FEWEST and redundant[role] >= MAJORITY * linked[role]:
            [only] = uplinks.values()
            usual = f"{redundant[role]:,} of {linked[role]:,} of its role have two or more"
            yield finding(rows, DEVICE, row, f"only {only} above it; {usual}")


CHECKS = (
    Check(
        name="single-uplink",
        title="Device with one neighbour above it where its peers have two",
        severity=Severity.MEDIUM,
        type=DEVICE,
        why="when that one neighbour fails, the device is cut off; above are neighbours of rarer roles, and those "
        f"outside of the scope; peers are {FEWEST} or more devices of the role, {MAJORITY:.0%} of them with two",
        fix="add the second link, or document it if it is there",
        reads={DEVICE: frozenset({BASE}), INTERFACE: frozenset({BASE, LINKS})},
        find=_one_legged,
    ),
)
