"""Checks for what was planned and then forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sources.catalog import BASE, EXTRA
from sources.types import CATALOG
from tools.checks.check import Check, Finding, Severity, finding
from tools.checks.rows import Rows

PATIENCE = timedelta(days=180)
"""How long something may be planned and not be touched."""
_FORGOTTEN = {"device": "dcim.device", "cable": "dcim.cable", "vm": "virtualization.virtualmachine"}


def _stale(short: str, type_: str) -> Check:
    def find(rows: Rows) -> Iterable[Finding]:
        before = (rows.today - PATIENCE).isoformat()
        for row in rows.of(type_):
            touched = (row["last_updated"] or "")[:10]
            if row["status"] == "planned" and touched and touched < before:
                yield finding(rows, type_, row, f"planned, last touched {touched}")

    label = CATALOG[type_].label
    return Check(
        name=f"stale-planned-{short}",
        title=f"Planned {label} that nobody has touched for {PATIENCE.days} days",
        severity=Severity.LOW,
        type=type_,
        why="a plan that was given up keeps its names, units, ports and addresses from others",
        fix="set the status that it really has, or remove it",
        reads={type_: frozenset({BASE, EXTRA})},
        find=find,
    )


CHECKS = tuple(_stale(short, type_) for short, type_ in _FORGOTTEN.items())
