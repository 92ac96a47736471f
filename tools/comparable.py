"""What of each object type is compared, and how its objects become records that two sides can share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.cells import name_of
from sources.catalog import BASE, Kind, ObjectType
from sources.source import Entity, Ref
from sources.types import COUNTS, DETAILS, LINKS, PEERS, PLUGS, VLANS
from tools.cable_rows import INTERFACE, PORTS
from tools.differences import Record
from tools.wording import vlan_numbers

OWN = frozenset(
    {
        *("name", "slug", "serial", "asset_tag", "facility", "facility_id", "physical_address"),
        *("latitude", "longitude", "position", "mac_address", "primary_ip4", "primary_ip6"),
    }
)
"""Fields that tell two objects apart, so that they differ between any two."""
NEVER = frozenset({"created", "last_updated", "cable", "connected_to"})
"""Fields about the record, of objects without a name, and what each server works out of its cables in its way."""
PLACES = frozenset({"site", "location", "rack", "group", "scope", "device", "virtual_machine"})
"""Fields that say where a row of a part is: in one or the other of the compared objects."""
ONLY_COUNTED: Mapping[str, str] = {
    "module_bay_count": "module bays",
    "inventory_item_count": "inventory items",
}
"""Parts of devices of which only the number is known, and compared."""
_CABLED = frozenset({PLUGS, PEERS, LINKS})
_PORT_FACETS = frozenset({BASE, DETAILS, VLANS}) | _CABLED
Key = Callable[[Entity], str | None]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong to a compared object.

    They follow a relation of it, or are those of `type` that a filter by it finds. `key` matches rows of two
    different objects, `twin_key` those of one object in two sources; without the one or the other the part is
    compared only in the other case. With `counted` different objects are compared by how many rows there are
    of each kind.
    """

    name: str
    relation: str = ""
    type: str = ""
    key: Key | None = None
    twin_key: Key | None = None
    counted: Key | None = None
    facets: frozenset[str] = frozenset({BASE})
    skipped_if_empty: bool = False
    """Whether nothing is said of it where neither side has any."""

    def is_empty(self, subject: Entity) -> bool:
        """Whether the source itself counts none of these rows, so that they need not be read."""
        return subject.get(f"{self.relation.removesuffix('s')}_count") == 0

    def serves(self, *, twins: bool) -> bool:
        """Whether the part says anything about such a pair."""
        return bool(self.twin_key if twins else self.key or self.counted)


def _name(row: Entity) -> str | None:
    return row.get("name")


def _position(row: Entity) -> str | None:
    if row.get("position") is None:
        return None
    face = f" {row['face']}" if row.get("face") else ""
    return f"U{row['position']:g}{face}"


def _in_vrf(field: str) -> Key:
    def key(row: Entity) -> str:
        vrfs = row.get("vrf") or []
        return " ".join([str(row[field]), *sorted(f"in {name_of(ref)}" for ref in vrfs)])

    return key


def _vlan(row: Entity) -> str:
    return str(row["vid"])


def _kind(row: Entity) -> str:
    return " ".join(str(name_of(row.get(field)) or f"(no {field})") for field in ("role", "device_type"))


_INTERFACES = Part("interfaces", "interfaces", key=_name, twin_key=_name, facets=_PORT_FACETS)
_OTHER_PORTS = tuple(
    Part(
        relation.replace("_", " "),
        relation,
        key=_name,
        twin_key=_name,
        facets=frozenset({BASE, DETAILS, PLUGS, PEERS}),
        skipped_if_empty=True,
    )
    for type_, relation in PORTS.items()
    if type_ != INTERFACE
)
_ADDRESSES = Part("IP addresses", "ip_addresses", twin_key=_in_vrf("address"))
_VLANS = Part("VLANs", "vlans", key=_vlan, twin_key=_vlan)
_DEVICES = Part("devices", "devices", twin_key=_name, counted=_kind)
_RACKS = Part(
    "racks", "racks", twin_key=_name, counted=lambda row: f"{row.get('u_height')}U {row.get('status')}"
)

PARTS: Mapping[str, Sequence[Part]] = {
    "dcim.device": (_INTERFACES, *_OTHER_PORTS, _ADDRESSES),
    "virtualization.virtualmachine": (
        Part("interfaces", "interfaces", key=_name, twin_key=_name, facets=_PORT_FACETS - _CABLED),
        _ADDRESSES,
    ),
    "dcim.rack": (Part("devices", "devices", key=_position, twin_key=_name),),
    "dcim.site": (
        _DEVICES,
        _RACKS,
        _VLANS,
        Part("prefixes", type="ipam.prefix", twin_key=_in_vrf("prefix")),
    ),
    "dcim.location": (_DEVICES, _RACKS),
    "ipam.vlangroup": (_VLANS,),
    "ipam.vlan": (Part("prefixes", "prefixes", twin_key=_in_vrf("prefix")),),
    "virtualization.cluster": (Part("virtual machines", "virtual_machines", twin_key=_name),),
}


def record(type_: ObjectType, row: Entity, left_out: Iterable[str], *, twins: bool) -> Record:
    """An object's fields as they are compared: references by name, VLANs of ports by number, ids nowhere.

    Of two different objects it only matters that a port is connected; of one object in two sources, to what.
    """
    skipped = NEVER | frozenset(left_out) | (frozenset() if twins else OWN)
    if twins and type_.name == "ipam.prefix" and row.get("type") == "container":
        # A container is a status in NetBox, and a type beside any status in Nautobot: the type tells it in both.
        skipped |= {"status"}
    found: dict[str, Any] = {}
    for name, field in type_.fields.items():
        if name in skipped or name not in row or (field.facet == COUNTS and name not in ONLY_COUNTED):
            continue
        value = row[name]
        if field.facet in _CABLED and not twins:
            found["connected"] = any(
                row.get(each.name) for each in type_.fields.values() if each.facet in _CABLED
            )
        elif name == "custom_fields":
            found |= {f"cf_{key}": _said(held) for key, held in (value or {}).items()}
        elif field.target == "ipam.vlan":
            refs = value if isinstance(value, list) else [value] if value else []
            found[name] = vlan_numbers(refs)
        elif field.kind in (Kind.REF, Kind.REFS):
            refs = value if isinstance(value, list) else [value] if value else []
            found[name] = _names(refs)
        else:
            found[name] = _said(value)
    return found


def counted_otherwise(left: ObjectType, right: ObjectType) -> dict[str, str]:
    """The numbers that two sources count in different units, so that they cannot be compared, with both units."""
    return {
        name: f"{left.units[name]} and {right.units[name]}"
        for name in sorted(left.units.keys() & right.units.keys())
        if left.units[name] != right.units[name]
    }


def counts(rows: Iterable[Entity], kind: Key) -> dict[str, int]:
    """How many rows there are of each kind."""
    return dict(Counter(str(kind(row)) for row in rows))


def _names(refs: Sequence[Ref]) -> Any:
    """All names, in an order of their own; cells are shortened only once they are compared."""
    names = sorted(map(_called, refs))
    return names[0] if len(names) == 1 else names or None


def _called(ref: Ref) -> str:
    """The name of a reference; ids differ between sources, so what has no name is just that."""
    owner = f"{_called(ref['of'])} " if ref.get("of") else ""
    position = f" position {ref['rear_position']}" if ref.get("rear_position") else ""
    return f"{owner}{ref.get('name') or '(unnamed)'}{position}"


def _said(value: Any) -> Any:
    """A value as it is compared: no difference between empty and missing, nor by blanks around a text."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, Mapping) and "id" in value:
        return value.get("name") or value.get("display") or "(unnamed)"
    if isinstance(value, list):
        return [_said(each) for each in value] or None
    return value
