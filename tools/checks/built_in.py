"""The checks that are always there."""

from __future__ import annotations

from tools.checks import (
    cables,
    customized,
    duplicates,
    links,
    missing,
    naming,
    networks,
    planned,
    ports,
    power,
    uplinks,
)
from tools.checks.check import Check

BUILT_IN: tuple[Check, ...] = (
    *missing.CHECKS,
    *naming.CHECKS,
    *duplicates.CHECKS,
    *ports.CHECKS,
    *cables.CHECKS,
    *links.CHECKS,
    *uplinks.CHECKS,
    *power.CHECKS,
    *networks.CHECKS,
    *planned.CHECKS,
    *customized.CHECKS,
)
