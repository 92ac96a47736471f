"""The fields of objects that are worked out from other objects, each for a whole page at once."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from demo.choices import choices
from demo.clause import is_in
from demo.database import Database, link_table
from demo.model import Model, Row, Shape, nested
from demo.models import MODELS
from demo.models.devices import PRIMARY_IP
from demo.paths import Node, Path, Paths

_NESTED_DEVICE = nested("name")
_NESTED_IP = nested("family", "address")


class Objects(Protocol):
    """What a computed field may ask of the serializer."""

    database: Database
    paths: Paths

    def objects(self, type_: str, ids: Iterable[int], shape: Shape = ()) -> Mapping[int, Row]:
        """Nested objects by id."""

    def nodes(self, nodes: Iterable[Node], shape: Shape = ()) -> dict[Node, Row]:
        """Nested objects of any types."""

    def lists(
        self, type_: str, pairs: Iterable[tuple[int, int]], shape: Shape = ()
    ) -> Mapping[int, list[Row]]:
        """Nested objects by their owner."""


Compute = Callable[[Objects, Model, list[Row]], list[Any]]


@dataclass(frozen=True)
class Computation:
    """How a field is worked out, and from which columns of the object itself."""

    compute: Compute
    needs: tuple[str, ...] = ()

    def columns(self, model: Model) -> Iterable[str]:
        """The columns that it needs of objects of this type."""
        return (name for name in self.needs if name in model.by_name)

    def __call__(self, objects: Objects, model: Model, rows: list[Row]) -> list[Any]:
        """The field's value for each row."""
        return self.compute(objects, model, rows)


def _ids(rows: Sequence[Row]) -> list[int]:
    return [row["id"] for row in rows]


def _counted(database: Database, sql: str, ids: Sequence[int], *before: object) -> list[int]:
    """How often each id turns up; `sql` ends where the list of ids belongs."""
    where = is_in("owner", ids)
    counted = dict(
        database.query(
            f"SELECT owner, COUNT(*) FROM ({sql}) WHERE {where.sql} GROUP BY owner",
            (*before, *where.parameters),
        )
    )
    return [counted.get(id_, 0) for id_ in ids]


# Addresses of devices


def _primary_ip(objects: Objects, _model: Model, rows: list[Row]) -> list[Any]:
    # The server of this inventory doesn't prefer IPv4, which is NetBox's default.
    chosen = [row["primary_ip6"] or row["primary_ip4"] for row in rows]
    found = objects.objects("ipam.ipaddress", (id_ for id_ in chosen if id_), PRIMARY_IP)
    return [found[id_] if id_ else None for id_ in chosen]


def _nat_outside(objects: Objects, _model: Model, rows: list[Row]) -> list[Any]:
    where = is_in("nat_inside", _ids(rows))
    pairs = objects.database.query(
        f"SELECT nat_inside, id FROM ipam_ipaddress WHERE {where.sql} ORDER BY _rank", where.parameters
    )
    grouped = objects.lists("ipam.ipaddress", pairs, _NESTED_IP)
    return [grouped.get(row["id"], []) for row in rows]


def _group_addresses(objects: Objects, _model: Model, rows: list[Row]) -> list[Any]:
    where = is_in("assigned_object_id", _ids(rows))
    pairs = objects.database.query(
        "SELECT assigned_object_id, id FROM ipam_ipaddress"
        f" WHERE assigned_object_type = 'ipam.fhrpgroup' AND {where.sql} ORDER BY _rank",
        where.parameters,
    )
    grouped = objects.lists("ipam.ipaddress", pairs)
    return [grouped.get(row["id"], []) for row in rows]


def _members(objects: Objects, _model: Model, rows: list[Row]) -> list[Any]:
    where = is_in("virtual_chassis", _ids(rows))
    pairs = objects.database.query(
        f"SELECT virtual_chassis, id FROM dcim_device WHERE {where.sql} ORDER BY _rank", where.parameters
    )
    grouped = objects.lists("dcim.device", pairs, _NESTED_DEVICE)
    return [grouped.get(row["id"], []) for row in rows]


# Interfaces


def _mac_address(objects: Objects, _model: Model, rows: list[Row]) -> list[Any]:
    found = objects.objects(
        "dcim.macaddress", (row["primary_mac_address"] for row in rows if row["primary_mac_address"])
    )
    return [
        found[row["primary_mac_address"]]["mac_address"] if row["primary_mac_address"] else None
        for row in rows
    ]


def _mac_addresses(objects: Objects, model: Model, rows: list[Row]) -> list[Any]:
    where = is_in("assigned_object_id", _ids(rows))
    pairs = objects.database.query(
        "SELECT assigned_object_id, id FROM dcim_macaddress"
        f" WHERE assigned_object_type = ? AND {where.sql} ORDER BY _rank",
        (model.type, *where.parameters),
    )
    grouped = objects.lists("dcim.macaddress", pairs)
    return [grouped.get(row["id"], []) for row in rows]


def _is_primary(objects: Objects, _model: Model, rows: list[Row]) -> list[Any]:
    where = is_in("primary_mac_address", _ids(rows))
    primary: set[int] = set()
    for type_ in ("dcim.interface", "virtualization.vminterface"):
        found = objects.database.query(
            f"SELECT primary_mac_address FROM {MODELS[type_].table} WHERE {where.sql}", where.parameters
        )
        primary.update(id_ for (id_,) in found)
    return [row["id"] in primary for row in rows]


def _count_addresses(objects: Objects, model: Model, rows: list[Row]) -> list[int]:
    return _counted(
        objects.database,
        "SELECT assigned_object_id AS owner FROM ipam_ipaddress WHERE assigned_object_type = ?",
        _ids(rows),
        model.type,
    )


def _count_groups(objects: Objects, model: Model, rows: list[Row]) -> list[int]:
    return _counted(
        objects.database,
        "SELECT interface_id AS owner FROM ipam_fhrpgroupassignment WHERE interface_type = ?",
        _ids(rows),
        model.type,
    )


# Cables


def _occupied(_objects: Objects, _model: Model, rows: list[Row]) -> list[bool]:
    return [bool(row["mark_connected"] or row["cable"]) for row in rows]


def _cabled(model: Model, rows: list[Row]) -> list[Node]:
    return [(model.type, row["id"]) for row in rows if row["cable"]]


def _peers_of(objects: Objects, model: Model, rows: list[Row]) -> list[tuple[Node, ...]]:
    peers = objects.paths.peers(_cabled(model, rows))
    return [peers.get((model.type, row["id"]), ()) for row in rows]


def _link_peers(objects: Objects, model: Model, rows: list[Row]) -> list[list[Row]]:
    peers = _peers_of(objects, model, rows)
    found = objects.nodes(node for ends in peers for node in ends)
    return [[found[node] for node in ends] for ends in peers]


def _link_peers_type(objects: Objects, model: Model, rows: list[Row]) -> list[str | None]:
    return [ends[0][0] if ends else None for ends in _peers_of(objects, model, rows)]


def _paths_of(objects: Objects, model: Model, rows: list[Row]) -> list[Path | None]:
    paths = objects.paths.of(_cabled(model, rows))
    return [paths.get((model.type, row["id"])) for row in rows]


def _endpoints(objects: Objects, model: Model, rows: list[Row]) -> list[list[Row] | None]:
    ends = [path.destinations if path else () for path in _paths_of(objects, model, rows)]
    found = objects.nodes(node for nodes in ends for node in nodes)
    return [[found[node] for node in nodes] or None for nodes in ends]


def _endpoints_type(objects: Objects, model: Model, rows: list[Row]) -> list[str | None]:
    paths = _paths_of(objects, model, rows)
    return [path.destinations[0][0] if path and path.destinations else None for path in paths]


def _reachable(objects: Objects, model: Model, rows: list[Row]) -> list[bool]:
    return [path is not None and path.complete and path.active for path in _paths_of(objects, model, rows)]


def _terminations(end: str) -> Compute:
    def compute(objects: Objects, _model: Model, rows: list[Row]) -> list[list[Row]]:
        where = is_in("cable", _ids(rows))
        ends: dict[int, list[Node]] = defaultdict(list)
        for cable, type_, id_ in objects.database.query(
            "SELECT cable, termination_type, termination_id FROM dcim_cabletermination"
            f" WHERE cable_end = ? AND {where.sql} ORDER BY id",
            (end, *where.parameters),
        ):
            ends[cable].append((type_, id_))
        found = objects.nodes(node for nodes in ends.values() for node in nodes)
        return [
            [
                {"object_type": node[0], "object_id": node[1], "object": found[node]}
                for node in ends[row["id"]]
            ]
            for row in rows
        ]

    return compute


def _rear_ports(_objects: Objects, _model: Model, rows: list[Row]) -> list[list[Row]]:
    return [
        [{"position": 1, "rear_port": row["rear_port"], "rear_port_position": row["rear_port_position"]}]
        for row in rows
    ]


def _front_ports(objects: Objects, _model: Model, rows: list[Row]) -> list[list[Row]]:
    where = is_in("rear_port", _ids(rows))
    behind: dict[int, list[Row]] = defaultdict(list)
    for rear, position, id_ in objects.database.query(
        "SELECT rear_port, rear_port_position, id FROM dcim_frontport"
        f" WHERE {where.sql} ORDER BY rear_port_position",
        where.parameters,
    ):
        behind[rear].append({"position": position, "front_port": id_, "front_port_position": 1})
    return [behind[row["id"]] for row in rows]


# Numbers and addresses


def _asn_sites(objects: Objects, _model: Model, rows: list[Row]) -> list[Any]:
    where = is_in("target", _ids(rows))
    pairs = objects.database.query(
        f"SELECT l.target, l.source FROM {link_table(MODELS['dcim.site'], 'asns')} l"
        f" JOIN dcim_site s ON s.id = l.source WHERE {where.sql} ORDER BY s._rank",
        where.parameters,
    )
    grouped = objects.lists("dcim.site", pairs)
    return [grouped.get(row["id"], []) for row in rows]


def _vlan_ids(row: Row) -> int:
    return sum(last - first + 1 for first, last in orjson.loads(row["vid_ranges"] or "[]"))


def _total_vlan_ids(_objects: Objects, _model: Model, rows: list[Row]) -> list[int]:
    return [_vlan_ids(row) for row in rows]


def _utilization(objects: Objects, _model: Model, rows: list[Row]) -> list[str]:
    used = _counted(objects.database, 'SELECT "group" AS owner FROM ipam_vlan', _ids(rows))
    return [str(round(count * 100 / (_vlan_ids(row) or 1), 2)) for row, count in zip(rows, used, strict=True)]


def _children(_objects: Objects, _model: Model, rows: list[Row]) -> list[int]:
    return [row["_children"] for row in rows]


def _mappings(row: Row) -> list[tuple[str, int]]:
    split = (mapping.split("/") for mapping in orjson.loads(row["port_mappings"] or "[]"))
    return [(protocol, int(port)) for protocol, port in split]


def _protocol(_objects: Objects, _model: Model, rows: list[Row]) -> list[Row | None]:
    labels = choices("Service", "protocol")
    shown: list[Row | None] = []
    for row in rows:
        used = {protocol for protocol, _ in _mappings(row)}
        shown.append({"value": (one := used.pop()), "label": labels[one]} if len(used) == 1 else None)
    return shown


def _ports(_objects: Objects, _model: Model, rows: list[Row]) -> list[list[int] | None]:
    return [
        [port for _, port in mappings] if len({protocol for protocol, _ in mappings}) == 1 else None
        for mappings in map(_mappings, rows)
    ]


# Clusters, tags and custom fields


def _allocated(column: str) -> Compute:
    def compute(objects: Objects, _model: Model, rows: list[Row]) -> list[Any]:
        where = is_in("cluster", _ids(rows))
        summed = dict(
            objects.database.query(
                f"SELECT cluster, SUM({column}) FROM virtualization_virtualmachine"
                f" WHERE {where.sql} GROUP BY cluster",
                where.parameters,
            )
        )
        return [summed.get(row["id"]) for row in rows]

    return compute


def _tagged_items(objects: Objects, _model: Model, rows: list[Row]) -> list[int]:
    tagged = " UNION ALL ".join(
        f"SELECT target AS owner FROM {link_table(model, 'tags')}"
        for model in MODELS.values()
        if model.tagged
    )
    return _counted(objects.database, tagged, _ids(rows))


def _choices_count(_objects: Objects, _model: Model, rows: list[Row]) -> list[int]:
    return [len(orjson.loads(row["extra_choices"] or "[]")) for row in rows]


def _unit_count(_objects: Objects, _model: Model, rows: list[Row]) -> list[int]:
    return [len(orjson.loads(row["units"] or "[]")) for row in rows]


def _data_type(_objects: Objects, _model: Model, rows: list[Row]) -> list[str]:
    return [row["type"] if row["type"] in {"integer", "decimal", "boolean"} else "string" for row in rows]


_PORT = ("cable", "mark_connected")
COMPUTED: Mapping[str, Computation] = {
    "primary_ip": Computation(_primary_ip, ("primary_ip4", "primary_ip6")),
    "nat_outside": Computation(_nat_outside),
    "ip_addresses": Computation(_group_addresses),
    "members": Computation(_members),
    "mac_address": Computation(_mac_address, ("primary_mac_address",)),
    "mac_addresses": Computation(_mac_addresses),
    "is_primary": Computation(_is_primary),
    "count_ipaddresses": Computation(_count_addresses),
    "count_fhrp_groups": Computation(_count_groups),
    "_occupied": Computation(_occupied, _PORT),
    "link_peers": Computation(_link_peers, _PORT),
    "link_peers_type": Computation(_link_peers_type, _PORT),
    "connected_endpoints": Computation(_endpoints, _PORT),
    "connected_endpoints_type": Computation(_endpoints_type, _PORT),
    "connected_endpoints_reachable": Computation(_reachable, _PORT),
    "a_terminations": Computation(_terminations("A")),
    "b_terminations": Computation(_terminations("B")),
    "rear_ports": Computation(_rear_ports, ("rear_port", "rear_port_position")),
    "front_ports": Computation(_front_ports),
    "sites": Computation(_asn_sites),
    "total_vlan_ids": Computation(_total_vlan_ids, ("vid_ranges",)),
    "utilization": Computation(_utilization, ("vid_ranges",)),
    "children": Computation(_children, ("_children",)),
    "protocol": Computation(_protocol, ("port_mappings",)),
    "ports": Computation(_ports, ("port_mappings",)),
    "allocated_vcpus": Computation(_allocated("vcpus")),
    "allocated_memory": Computation(_allocated("memory")),
    "allocated_disk": Computation(_allocated("disk")),
    "tagged_items": Computation(_tagged_items),
    "unit_count": Computation(_unit_count, ("units",)),
    "choices_count": Computation(_choices_count, ("extra_choices",)),
    "data_type": Computation(_data_type, ("type",)),
}
