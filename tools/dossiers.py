"""What the dossier of each object type holds besides its own fields: related rows, and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.cells import cell
from sources.catalog import BASE
from sources.source import Entity
from sources.types import DETAILS, LINKS, PEERS, PLUGS, VLANS
from tools.dossier_parts import Column, Count, Dossier, Part, of
from tools.wording import runs, vlan_numbers


def _called(row: Entity) -> str:
    """A name; of what has none the id, by which it can be asked for."""
    return cell(row.get("name")) or f"#{row['id']}"


def _far(row: Entity) -> Any:
    return cell(row.get("connected_to")) or ("cabled" if row.get("cable") else None)


def _next(row: Entity) -> Any:
    return cell(row.get("link_peers")) or ("cabled" if row.get("cable") else None)


def _units(row: Entity) -> str | None:
    return ",".join(runs(row["units"] or ())) or None


def _lowest(row: Entity) -> tuple[int, str]:
    return min(row["units"] or [0]), row["id"]


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
    Part(
        relation,
        (of("name"), of("type"), *beside, ("cabled_to", _next)),
        facets=frozenset(),
        along=frozenset({BASE, PLUGS, PEERS}),
    )
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


_COUNTED: Mapping[str, tuple[str, str]] = {
    "sites": ("dcim.site", "site_count"),
    "locations": ("dcim.location", "location_count"),
    "racks": ("dcim.rack", "rack_count"),
    "devices": ("dcim.device", "device_count"),
    "vlans": ("ipam.vlan", "vlan_count"),
    "vrfs": ("ipam.vrf", "vrf_count"),
    "prefixes": ("ipam.prefix", "prefix_count"),
    "ip_addresses": ("ipam.ipaddress", "ip_address_count"),
    "circuits": ("circuits.circuit", "circuit_count"),
    "clusters": ("virtualization.cluster", "cluster_count"),
    "virtual_machines": ("virtualization.virtualmachine", "virtual_machine_count"),
}


def _counts_by(key: str, *titles: str) -> tuple[Count, ...]:
    return tuple(
        Count(title, type_, key, told=field, probe=title == "devices")
        for title in titles
        for type_, field in (_COUNTED[title],)
    )


DOSSIERS: Mapping[str, Dossier] = {
    "dcim.device": Dossier((_DEVICE_PORTS, _ADDRESSES), ports=_OTHER_PORTS),
    "virtualization.virtualmachine": Dossier((_VM_PORTS, _ADDRESSES)),
    "dcim.site": Dossier(
        counts=(
            Count("devices", "dcim.device", "site", "role", "device_count", probe=True),
            *_counts_by("site", "racks", "locations", "vlans", "prefixes", "circuits", "virtual_machines"),
        )
    ),
    "dcim.location": Dossier(
        (
            Part(
                "racks", (_NAME, of("location"), of("status"), of("role"), of("u_height")), within="location"
            ),
            Part(
                "locations",
                (of("name"), of("status"), of("tenant"), of("description")),
                named="locations directly within",
            ),
        ),
        (Count("devices", "dcim.device", "location", "role"),),
        deeper="with locations within",
    ),
    "dcim.region": Dossier(
        (
            Part("sites", (of("name"), of("status"), of("tenant"), of("facility")), within="region"),
            Part("regions", (of("name"), of("description")), named="regions directly within"),
        ),
        _counts_by("region", "devices", "racks"),
        deeper="with regions within",
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
            Part(
                "reservations",
                (
                    ("units", _units),
                    of("user", "by"),
                    of("description", "why"),
                    of("status"),
                    of("tenant"),
                ),
                frozenset({BASE, DETAILS}),
                order=_lowest,
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
    "ipam.fhrpgroup": Dossier(
        (
            Part(
                "assignments",
                (of("interface"), of("priority")),
                order=lambda row: (-(row["priority"] or 0), row["id"]),
                named="interfaces",
            ),
        )
    ),
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
            "devices",
            "sites",
            "racks",
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
    "dcim.devicetype": Dossier(counts=(Count("devices", "dcim.device", "device_type", "site"),)),
    "dcim.devicerole": Dossier(counts=(Count("devices", "dcim.device", "role", "site"),)),
    "dcim.platform": Dossier(counts=(Count("devices", "dcim.device", "platform", "site"),)),
}

ADDRESS_PARTS: Sequence[Column] = (of("address"), of("status"), of("assigned"), of("dns_name"), of("tenant"))
PREFIX_PARTS: Sequence[Column] = (of("prefix"), of("vrf"), of("status"), of("scope"), of("vlan"), of("role"))
