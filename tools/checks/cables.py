"""A check for cables that hang in the air."""

from __future__ import annotations

from collections.abc import Iterable

from orchestration.cells import name_of
from orchestration.steps import BASE_ONLY
from tools.checks.check import Check, Finding, Severity, finding
from tools.checks.rows import Rows

CABLE = "dcim.cable"


def _loose(rows: Rows) -> Iterable[Finding]:
    for row in rows.of(CABLE):
        if not (row["a_terminations"] and row["b_terminations"]):
            ends = [str(name_of(end)) for end in (*row["a_terminations"], *row["b_terminations"])]
            yield finding(rows, CABLE, row, f"only in {', '.join(ends)}" if ends else "both ends are loose")


CHECKS = (
    Check(
        name="cable-with-one-end",
        title="Cable with a loose end",
        severity=Severity.HIGH,
        type=CABLE,
        why="paths end there, and the port at its one end looks taken",
        fix="enter the other end, or remove the cable",
        reads={CABLE: BASE_ONLY},
        find=_loose,
    ),
)
