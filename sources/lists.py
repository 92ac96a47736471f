"""How long a list may be that is read whole, and what is said of one that changed meanwhile."""

from __future__ import annotations

from sources.catalog import ObjectType
from sources.errors import TooCostly
from sources.receipt import receipt

MOST_ROWS = 100_000
"""Rows that one read may bring in: more are a report, not an answer."""


def check_size(type_: ObjectType, rows: int) -> None:
    """Raise `TooCostly` for more rows than one read may bring in."""
    if rows > MOST_ROWS:
        raise TooCostly(
            f"{rows:,} {type_.plural} would have to be read, {MOST_ROWS:,} are the most",
            hint="narrow the question with a filter (site, role, tenant, status), or count by group",
        )


def warn_of_gap(type_: ObjectType, found: int, expected: int) -> None:
    """Say that a table changed while it was read."""
    if found < expected:
        receipt().warn(f"{type_.plural} changed while they were read: {found:,} of {expected:,} are here")
