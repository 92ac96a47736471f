"""Values that no path leads to: both ends of a cable, and time zones behind the names GraphQL gives them."""

from __future__ import annotations

import functools
import re
import zoneinfo
from collections.abc import Callable, Mapping
from typing import Any

_ENDS = (
    "interface",
    "front_port",
    "rear_port",
    "console_port",
    "console_server_port",
    "power_port",
    "power_outlet",
    "circuit_termination",
    "power_feed",
)


def rest_ends(side: str) -> Callable[[Mapping[str, Any]], list[Any]]:
    """The terminations of one side: since 3.2 by connector (`a1`, `a2`), before that a single one."""

    def ends(row: Mapping[str, Any]) -> list[Any]:
        several = row.get("terminations")
        if isinstance(several, Mapping):
            names = sorted((n for n in several if n.startswith(side)), key=lambda n: (len(n), n))
            found = [several[name] for name in names]
        else:
            found = [row.get(f"termination_{side}")]
        return [each for each in found if each]

    return ends


def graphql_ends(side: str) -> Callable[[Mapping[str, Any]], list[Any]]:
    """The terminations of one side among those of a cable."""

    def ends(row: Mapping[str, Any]) -> list[Any]:
        mine = [each for each in row.get("terminations") or () if str(each["cable_end"]).lower() == side]
        mine.sort(key=lambda each: each["connector"])
        return [each[kind] for each in mine for kind in _ENDS if each.get(kind)]

    return ends


def time_zone(row: Mapping[str, Any]) -> str | None:
    """`America/New_York` for `AMERICA_NEW_YORK`."""
    name = row.get("time_zone")
    return _zones().get(str(name), str(name)) if name else None


@functools.cache
def _zones() -> Mapping[str, str]:
    return {re.sub(r"\W", "_", each).upper(): each for each in sorted(zoneinfo.available_timezones())}
