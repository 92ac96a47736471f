"""What the dossier of each object type holds besides its own fields: related rows, and counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.cells import cell
from sources.catalog import BASE
from sources.source import Entity
from sources.types import DETAILS, LINKS, PEERS, PLUGS, VLANS
from tools.wording import vlan_numbers

Column = tuple[str, Callable[[Entity], Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that refer to the object, shown as a table."""

    relation: str
    columns: Sequence[Column]
    facets: frozenset[str] = frozenset({BASE})
    order: Callable[[Entity], Any] | None = None
    within: str = ""
    """The filter that finds also what lies deeper than in the object itself: all sites of a region.

    A part that a source has no relation for is left out: NetBox's rack groups have no groups in them.
    """


@dataclass(frozen=True, slots=True)
class Dossier:
    """The parts and counts of one type. A count is (title, type, filter by this object, group by or "")."""

    parts: Sequence[Part] = ()
    counts: Sequence[tuple[str, str, str, str]] = ()
    otherwise: Sequence[Part] = ()
    """The parts of an object of which the first part is empty: what a patch panel has instead of interfaces."""


def of(name: str) -> Column:
    """The column of a field."""
    return name, lambda row: cell(row.get(name))


def _called(row: Entity) -> str:
    """A name; of what has none the id, by which it can be asked for."""
    return cell(row.get("name")) or f"#{row['id']}"


def _far(row: Entity) -> Any:
    return cell(row.get("connected_to")) or ("cabled" if row.get("cable") else None)


def _next(row: Entity) -> Any:
    return cell(row.get("link_peers")) or ("cabled" if row.get("cable") else None)


def _height(row: Entity) -> tuple[float, str]:
    return -(row.get("position") or 0), str(row.get("name"))


_VLAN_COLUMNS: tuple[Column, ...] = (
    of("mode"),
    ("untagged", lambda row: vlan_numbers([row["untagged_vlan"]]) if row.get("untagged_vlan") else None),
    ("tagged", lambda row: vlan_numbers(row.get("tagged_vlans") or [])),
)
_DEVICE_PORTS = Part(
    "interfaces",
    (
        of("name"),
        of("type"),
        of("enabled"),
        *_VLAN_COLUMNS,
        ("connected_to", _far),
        of("lag"),
        of("mtu"),
        of("mac_address"),
        of("description"),
    ),
    frozenset({BASE, DETAILS, VLANS, PLUGS, LINKS}),
)
_OTHER_PORTS = tuple(
    Part(relation, (of("name"), of("type"), *beside, ("cabled_to", _next)), frozenset({BASE, PLUGS, PEERS}))
    for relation, *beside in (
        ("front_ports", of("rear_ports")),
        ("rear_ports", of("positions")),
        ("power_ports",),
        ("power_outlets", of("power_port")),
        ("console_ports",),
        ("console_server_ports",),
    )
)
_VM_PORTS = Part(
    "interfaces",
    (of("name"), of("enabled"), *_VLAN_COLUMNS, of("mtu"), of("mac_address"), of("description")),
    frozenset({BASE, DETAILS, VLANS}),
)
_CARRIERS = frozenset({BASE, VLANS})
_ADDRESSES = Part(
    "ip_addresses", (of("address"), of("assigned"), of("status"), of("role"), of("dns_name"), of("vrf"))
)
_NAME: Column = ("name", _called)
_DEVICES = Part(
    "devices", (_NAME, of("role"), of("device_type"), of("status"), of("rack"), of("primary_ip4"))
)
_VMS = Part(
    "virtual_machines",
    (of("name"), of("status"), of("role"), of("vcpus"), of("memory"), of("disk"), of("primary_ip4")),
)


def _counts_by(key: str, *titles: str) -> tuple[tuple[str, str, str, str], ...]:
    return tuple((title, _COUNTED[title], key, "") for title in titles)


_COUNTED: Mapping[str, str] = {
    "sites": "dcim.site",
    "locations": "dcim.location",
    "racks": "dcim.rack",
    "devices": "dcim.device",
    "interfaces": "dcim.interface",
    "vlans": "ipam.vlan",
    "vrfs": "ipam.vrf",
    "prefixes": "ipam.prefix",
    "ip_addresses": "ipam.ipaddress",
    "circuits": "circuits.circuit",
    "clusters": "virtualization.cluster",
    "virtual_machines": "virtualization.virtualmachine",
    "device_types": "dcim.devicetype",
}

DOSSIERS: Mapping[str, Dossier] = {
    "dcim.device": Dossier((_DEVICE_PORTS, _ADDRESSES), otherwise=_OTHER_PORTS),
    "virtualization.virtualmachine": Dossier((_VM_PORTS, _ADDRESSES)),
    "dcim.site": Dossier(
        counts=(
            ("devices", "dcim.device", "site", "role"),
            *_counts_by("site", "racks", "locations", "vlans", "prefixes", "circuits", "virtual_machines"),
        )
    ),
    "dcim.location": Dossier(
        (Part("racks", (of("name"), of("status"), of("role"), of("u_height"))),),
        (("devices", "dcim.device", "location", "role"),),
    ),
    "dcim.region": Dossier(
        (
            Part("sites", (of("name"), of("status"), of("tenant"), of("facility")), within="region"),
            Part("regions", (of("name"), of("description"))),
        ),
        _counts_by("region", "devices", "racks"),
    ),
    "dcim.rackgroup": Dossier(
        (
            Part(
                "racks",
                (
                    of("name"),
                    of("site"),
                    of("location"),
                    of("group"),
                    of("status"),
                    of("role"),
                    of("u_height"),
                ),
                within="group",
            ),
            Part("rack_groups", (of("name"), of("location"), of("description"))),
        )
    ),
    "dcim.rack": Dossier(
        (
            Part(
                "devices",
                (
                    of("position"),
                    _NAME,
                    of("face"),
                    of("role"),
                    of("device_type"),
                    of("status"),
                    of("tenant"),
                ),
                order=_height,
            ),
        )
    ),
    "dcim.virtualchassis": Dossier(
        (Part("members", (of("vc_position"), _NAME, of("device_type"), of("status"), of("serial"))),)
    ),
    "dcim.interface": Dossier((_ADDRESSES,)),
    "ipam.vlan": Dossier(
        (
            Part("interfaces", (of("device"), of("name"), *_VLAN_COLUMNS, of("enabled")), _CARRIERS),
            Part("vm_interfaces", (of("virtual_machine"), of("name"), *_VLAN_COLUMNS), _CARRIERS),
            Part("prefixes", (of("prefix"), of("vrf"), of("status"), of("role"))),
        )
    ),
    "ipam.vrf": Dossier(counts=_counts_by("vrf", "prefixes", "ip_addresses")),
    "circuits.circuit": Dossier(
        (
            Part(
                "terminations",
                (
                    of("term_side"),
                    of("termination"),
                    of("port_speed"),
                    ("connected_to", _far),
                    of("xconnect_id"),
                ),
                frozenset({BASE, PLUGS, LINKS}),
            ),
        )
    ),
    "circuits.provider": Dossier(
        (Part("circuits", (of("cid"), of("type"), of("status"), of("tenant"), of("commit_rate"))),)
    ),
    "tenancy.tenant": Dossier(
        counts=_counts_by(
            "tenant",
            "sites",
            "racks",
            "devices",
            "vlans",
            "vrfs",
            "prefixes",
            "ip_addresses",
            "circuits",
            "clusters",
            "virtual_machines",
        )
    ),
    "tenancy.tenantgroup": Dossier((Part("tenants", (of("name"), of("description"))),)),
    "virtualization.cluster": Dossier((_VMS, _DEVICES)),
    "dcim.manufacturer": Dossier(
        (Part("device_types", (of("model"), of("part_number"), of("u_height"))),),
        _counts_by("manufacturer", "devices"),
    ),
    "dcim.devicetype": Dossier(counts=(("devices", "dcim.device", "device_type", "site"),)),
    "dcim.devicerole": Dossier(counts=(("devices", "dcim.device", "role", "site"),)),
    "dcim.platform": Dossier(counts=(("devices", "dcim.device", "platform", "site"),)),
}

ADDRESS_PARTS: Sequence[Column] = (of("address"), of("status"), of("assigned"), of("dns_name"), of("tenant"))
PREFIX_PARTS: Sequence[Column] = (of("prefix"), of("vrf"), of("status"), of("scope"), of("vlan"), of("role"))
