"""What a check is: data that says what it must read, why it matters and how to fix it, and a pure function."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from orchestration.steps import Facets
from sources.source import Entity
from tools.checks.rows import Rows, key_of


class Severity(StrEnum):
    """How much a finding matters, the gravest first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: with which object, where that is, and what.

    `key` is what the object is known by however its values change: the same finding on another day has the
    same key, and with it the same fingerprint.
    """

    object: str
    at: str | None
    what: str
    key: tuple[str, ...]
    vrf: str | None = None
    """The VRF that it is in: several may have the same prefix."""


Find = Callable[[Rows], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule over the inventory."""

    name: str
    title: str
    severity: Severity
    type: str
    """What its findings are about."""
    why: str
    fix: str
    reads: Mapping[str, Facets]
    """The types that it must see, with their facets: those objects that the audit is about."""
    find: Find
    beside: Mapping[str, Facets] = field(default_factory=dict)
    """The types of which it must see all objects, whatever the audit is about."""
    far_ends: bool = False
    """It must see the interfaces at the far ends of links, wherever these are."""
    where: Mapping[str, Any] | None = None
    """Filters that find on the server just what the check finds: a count where there is too much to read."""


def finding(rows: Rows, type_: str, row: Entity, what: str) -> Finding:
    """A finding about one object."""
    key = key_of(rows.catalog, type_, row)
    return Finding(rows.called(type_, row), rows.at(row), what, key, rows.vrf(row))


def fingerprint(check: str, key: Iterable[str], turn: int = 0) -> str:
    """A short name of a finding, by which two runs can be compared; `turn` tells apart what has one key."""
    parts = [check, *key, *([str(turn)] if turn else [])]
    return hashlib.sha256("\x1f".join(parts).casefold().encode()).hexdigest()[:10]
