"""Values that no path leads to: ends of cables, objects told by type and id, time zones behind GraphQL's names."""

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


def peers(row: Mapping[str, Any]) -> Any:
    """What is at the other end of a port's cable; of a breakout cable, the connectors that its lanes lead to."""
    own = row.get("cable_termination")
    if not own:
        return row.get("cable_peer")
    near, far = ("a", "b") if own["cable_end"] == "A" else ("b", "a")
    lanes = (own["cable"].get("cable_type") or {}).get("mapping") or ()
    led_to = {lane[f"{far}_connector"] for lane in lanes if lane[f"{near}_connector"] == own["connector"]}
    others = [
        each
        for each in own["cable"].get("terminations") or ()
        if each["cable_end"].lower() == far and (not lanes or each["connector"] in led_to)
    ]
    return graphql_ends(far)({"terminations": others})


def time_zone(row: Mapping[str, Any]) -> str | None:
    """`America/New_York` for `AMERICA_NEW_YORK`."""
    name = row.get("time_zone")
    return _zones().get(str(name), str(name)) if name else None


@functools.cache
def _zones() -> Mapping[str, str]:
    return {re.sub(r"\W", "_", each).upper(): each for each in sorted(zoneinfo.available_timezones())}


def rear_port(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rear port of a front port, with the position that it leads to."""
    port = row.get("rear_port")
    if not isinstance(port, Mapping):
        return []
    told = {name: port.get(name) for name in ("id", "name")}
    return [{**told, "front_position": 1, "rear_position": row.get("rear_port_position")}]


def told_by_id(stem: str, name: str = "") -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """An object that is told by type and id, and by what another field says is its name."""

    def told(row: Mapping[str, Any]) -> dict[str, Any]:
        type_ = row[f"{stem}_type"]
        if isinstance(type_, Mapping):
            type_ = f"{type_['app_label']}.{type_['model']}"
        return {"id": row[f"{stem}_id"], "object_type": type_, "name": row.get(name)}

    return told


def service_ports(row: Mapping[str, Any]) -> list[str]:
    """The ports of a service like `tcp/443`."""
    protocol = row.get("protocol")
    bare = protocol.get("value") if isinstance(protocol, Mapping) else protocol
    return [f"{bare}/{port}".lower() for port in row.get("ports") or ()]


def data_after(row: Mapping[str, Any]) -> Any:
    """What an object was after a change; the newer form of it where there is one."""
    return row.get("object_data_v2") or row.get("object_data")
