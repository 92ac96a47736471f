"""What can be asked of a single object beside itself: its cable path, its free addresses, its elevation."""

from collections.abc import Callable, Iterator, Mapping
from ipaddress import IPv4Address, IPv6Address, ip_network
from itertools import islice
from typing import Any

import orjson

from demo.addresses import pack, unpack
from demo.database import Database
from demo.model import Choice, Row, Shape
from demo.models.ports import END_POINTS, PASS_THROUGH
from demo.pages import MAX_LIMIT, Query
from demo.paths import Node, Path, paths
from demo.serialize import Serializer

Action = Callable[[Serializer, int, Query], Any]
_TRACED_CABLE: Shape = (
    "id",
    "url",
    "display_url",
    "type",
    Choice("status", plain=True),
    "label",
    "color",
    "length",
    Choice("length_unit", plain=True),
    "description",
)


def _path_of(serializer: Serializer, node: Node) -> Path | None:
    return serializer.paths.of([node])[node]


def _shown(serializer: Serializer, steps: tuple[tuple[Node, ...], ...]) -> list[list[Row]]:
    found = serializer.nodes(node for step in steps for node in step)
    return [[found[node] for node in step] for step in steps]


def _trace(type_: str) -> Action:
    def trace(serializer: Serializer, id_: int, _query: Query) -> list[list[Any]]:
        path = _path_of(serializer, (type_, id_))
        if path is None:
            return []
        steps: list[tuple[Node, ...]] = list(path.steps)
        if len(steps) % 3 == 1:
            # The path ends at a pass-through port that nothing is plugged into.
            steps += [(), ()]
        elif len(steps) % 3 == 2:
            # It ends in a place: there is no cable between the circuit and the place.
            steps.insert(-1, ())
        shown = _shown(serializer, tuple(steps))
        cables = serializer.objects(
            "dcim.cable", (node[1] for step in steps[1::3] for node in step), _TRACED_CABLE
        )
        return [
            [shown[at], cables[steps[at + 1][0][1]] if steps[at + 1] else [], shown[at + 2]]
            for at in range(0, len(steps), 3)
        ]

    return trace


def _paths_through(type_: str) -> Action:
    """The paths of all end points that lie at either end of the port."""

    def through(serializer: Serializer, id_: int, _query: Query) -> list[Row]:
        database = serializer.database
        node = (type_, id_)
        origins = _origins(database, node)
        found = [
            (origin, path)
            for origin, path in paths(database, origins).items()
            if any(node in s for s in path.steps)
        ]
        return [
            {
                "id": origin[1],
                "path": _shown(serializer, path.steps),
                "is_active": path.active,
                "is_complete": path.complete,
                "is_split": False,
            }
            for origin, path in found
        ]

    return through


def _origins(database: Database, node: Node) -> list[Node]:
    """The end points that the cables on both sides of a port lead to."""
    reached = [path.steps[-1] for path in paths(database, [node, *_other_side(database, node)]).values()]
    return [end for step in reached for end in step if end[0] in END_POINTS]


def _other_side(database: Database, node: Node) -> list[Node]:
    type_, id_ = node
    sql = {
        "dcim.frontport": "SELECT 'dcim.rearport', rear_port FROM dcim_frontport WHERE id = ?",
        "dcim.rearport": "SELECT 'dcim.frontport', id FROM dcim_frontport WHERE rear_port = ?",
        "circuits.circuittermination": "SELECT 'circuits.circuittermination', z.id"
        " FROM circuits_circuittermination a"
        " JOIN circuits_circuittermination z ON z.circuit = a.circuit AND z.id != a.id WHERE a.id = ?",
    }[type_]
    return [(other, other_id) for other, other_id in database.query(sql, (id_,))]


# Addresses


def _limit(query: Query) -> int:
    asked = query.get("limit", [""])[-1]
    if not asked.isdigit():
        return 50
    return min(int(asked), MAX_LIMIT) or MAX_LIMIT


def _vrf(serializer: Serializer, vrf: int | None) -> Row | None:
    return serializer.objects("ipam.vrf", [vrf])[vrf] if vrf else None


def _free(taken: Iterator[int], first: int, last: int) -> Iterator[int]:
    """The numbers from first to last that are not taken; what is taken comes in order."""
    at = first
    for used in taken:
        yield from range(at, used)
        at = max(at, used + 1)
    yield from range(at, last + 1)


def _available_in_prefix(serializer: Serializer, id_: int, query: Query) -> list[Row]:
    database = serializer.database
    prefix, vrf, pool, family = database.query(
        "SELECT prefix, vrf, is_pool, family FROM ipam_prefix WHERE id = ?", (id_,)
    )[0]
    network = ip_network(prefix)
    first, last = int(network.network_address), int(network.broadcast_address)
    if not pool and network.prefixlen < network.max_prefixlen - 1:
        # Neither the address of the network nor, in IPv4, the one to all of it is for use.
        first, last = first + 1, last - (family == 4)
    return _available(serializer, query, (first, last), vrf=vrf, family=family, length=network.prefixlen)


def _available_in_range(serializer: Serializer, id_: int, query: Query) -> list[Row]:
    start, first, last, vrf, family = serializer.database.query(
        "SELECT start_address, _first, _last, vrf, family FROM ipam_iprange WHERE id = ?", (id_,)
    )[0]
    bounds = unpack(first), unpack(last)
    return _available(serializer, query, bounds, vrf=vrf, family=family, length=int(start.split("/")[1]))


def _available(
    serializer: Serializer,
    query: Query,
    bounds: tuple[int, int],
    *,
    vrf: int | None,
    family: int,
    length: int,
) -> list[Row]:
    packed = [pack(family, bound) for bound in bounds]
    taken = serializer.database.stream(
        "SELECT DISTINCT _host FROM ipam_ipaddress WHERE _host BETWEEN ? AND ? AND vrf IS ? ORDER BY _host",
        (*packed, vrf),
    )
    numbers = _free((unpack(host) for (host,) in taken), *bounds)
    shown = _vrf(serializer, vrf)
    address = IPv4Address if family == 4 else IPv6Address
    return [
        {"family": family, "address": f"{address(number)}/{length}", "vrf": shown}
        for number in islice(numbers, _limit(query))
    ]


def _available_prefixes(serializer: Serializer, id_: int, _query: Query) -> list[Row]:
    database = serializer.database
    prefix, vrf, family, first, last, length = database.query(
        "SELECT prefix, vrf, family, _first, _last, _length FROM ipam_prefix WHERE id = ?", (id_,)
    )[0]
    free = [ip_network(prefix)]
    for (child,) in database.query(
        "SELECT prefix FROM ipam_prefix WHERE vrf IS ? AND _first BETWEEN ? AND ? AND _length > ?"
        " ORDER BY _first, _length",
        (vrf, first, last, length),
    ):
        taken = ip_network(child)
        free = [
            part
            for network in free
            for part in (network.address_exclude(taken) if taken.subnet_of(network) else [network])  # type: ignore[arg-type]
        ]
    shown = _vrf(serializer, vrf)
    return [{"family": family, "prefix": str(network), "vrf": shown} for network in sorted(free)]


def _available_vlans(serializer: Serializer, id_: int, query: Query) -> list[Row]:
    (ranges,) = serializer.database.query("SELECT vid_ranges FROM ipam_vlangroup WHERE id = ?", (id_,))[0]
    taken = {
        vid for (vid,) in serializer.database.query('SELECT vid FROM ipam_vlan WHERE "group" = ?', (id_,))
    }
    free = (
        vid
        for first, last in orjson.loads(ranges or "[]")
        for vid in range(first, last + 1)
        if vid not in taken
    )
    group = serializer.objects("ipam.vlangroup", [id_])[id_]
    return [{"vid": vid, "group": group} for vid in islice(free, _limit(query))]


# Racks


def _elevation(serializer: Serializer, id_: int, query: Query) -> list[Row]:
    """The half units of one face of a rack, from the top, with what stands in them."""
    face = query.get("face", ["front"])[-1]
    height, start, descending = serializer.database.query(
        "SELECT u_height, starting_unit, desc_units FROM dcim_rack WHERE id = ?", (id_,)
    )[0]
    standing: dict[float, int] = {}
    for device, position, units in serializer.database.query(
        "SELECT d.id, d.position, t.u_height"
        " FROM dcim_device d JOIN dcim_devicetype t ON t.id = d.device_type"
        " WHERE d.rack = ? AND d.position > 0 AND t.u_height > 0 AND (d.face = ? OR t.is_full_depth)",
        (id_, face),
    ):
        standing |= {position + half / 2: device for half in range(int(units * 2))}
    devices = serializer.objects("dcim.device", standing.values())
    halves = [start + half / 2 for half in range(height * 2)]
    units = []
    for at in halves if descending else reversed(halves):
        device = devices[standing[at]] if at in standing else None
        name = f"U{at:g}"
        units.append(
            {
                "id": at,
                "name": name,
                "face": {"value": face, "label": face.title()},
                "device": device,
                "occupied": device is not None,
                "display": name,
                "description": device["display"] if device else None,
            }
        )
    return units


ACTIONS: Mapping[tuple[str, ...], Action] = {
    **{(type_, "trace"): _trace(type_) for type_ in END_POINTS},
    **{(type_, "paths"): _paths_through(type_) for type_ in PASS_THROUGH},
    ("ipam.prefix", "available-ips"): _available_in_prefix,
    ("ipam.prefix", "available-prefixes"): _available_prefixes,
    ("ipam.iprange", "available-ips"): _available_in_range,
    ("ipam.vlangroup", "available-vlans"): _available_vlans,
    ("dcim.rack", "elevation"): _elevation,
}
