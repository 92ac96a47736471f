"""A check for custom fields that are required and empty."""

from __future__ import annotations

from collections.abc import Iterable

from sources.catalog import BASE, EXTRA
from sources.types import DETAILS
from tools.checks.check import Check, Finding, Severity, finding
from tools.checks.rows import DEVICE, FIELD, Rows
from tools.wording import listed


def _empty(rows: Rows) -> Iterable[Finding]:
    fields = [field for field in rows.all(FIELD) if field["required"]]
    needed = [field["name"] for field in fields if DEVICE in (field["object_types"] or ())]
    for row in rows.of(DEVICE):
        missing = [name for name in needed if row["custom_fields"].get(name) in (None, "", [])]
        if missing:
            yield finding(rows, DEVICE, row, f"no {listed(missing)}")


CHECKS = (
    Check(
        name="required-custom-field-empty",
        title="Device with a required custom field that is empty",
        severity=Severity.MEDIUM,
        type=DEVICE,
        why="the field became required after the device was entered; the next change of the device is refused",
        fix="enter the value",
        reads={DEVICE: frozenset({BASE, EXTRA})},
        beside={FIELD: frozenset({BASE, DETAILS})},
        find=_empty,
    ),
)
