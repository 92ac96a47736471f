"""How NetBox calls what the catalog names: endpoints, fields, GraphQL selections and filters.

Only what differs from the rule is said. The rule: a field is called alike in REST and GraphQL, a reference
is filtered by `<field>_id`, everything else by its own name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sources.catalog import Field, Kind, ObjectType
from sources.types import CATALOG

NO_FILTER = "-"


@dataclass(frozen=True, slots=True)
class Word:
    """A field whose name or shape differs: dotted paths in REST and GraphQL rows, selection, filter."""

    rest: str = ""
    graphql: str = ""
    select: str = ""
    filter: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What NetBox calls a type and its parts."""

    endpoint: str
    listing: str
    fields: Mapping[str, Word] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    children: Mapping[str, str] = field(default_factory=dict)
    """Relations whose rows are filtered by something else than their own field: relation -> filter."""
    flat: frozenset[str] = frozenset()
    """Filters by location that, other than elsewhere, do not find what stands in a location within."""


_PORT = "...on {0}{{id name device{{id name}}}}"
_PORTS = "".join(
    _PORT.format(name)
    for name in (
        "InterfaceType",
        "FrontPortType",
        "RearPortType",
        "ConsolePortType",
        "ConsoleServerPortType",
        "PowerPortType",
        "PowerOutletType",
    )
)
_ENDS = (
    f"{_PORTS}...on CircuitTerminationType{{id term_side circuit{{id cid}}}}...on PowerFeedType{{id name}}"
)
_FAR = Word(
    "connected_endpoints",
    "connected_endpoints",
    f"connected_endpoints{{__typename {_ENDS}...on ProviderNetworkType{{id name}}}}",
)
_PLACE = (
    "{__typename ...on RegionType{id name}...on SiteGroupType{id name}"
    "...on SiteType{id name}...on LocationType{id name}}"
)
_SCOPE = Word(select=f"scope{_PLACE}", filter=NO_FILTER)
_MAC = Word("mac_address", "primary_mac_address.mac_address", "primary_mac_address{mac_address}")
_NOT_FILTERED = Word(filter=NO_FILTER)
_INTERFACE = {
    "mac_address": _MAC,
    "untagged_vlan": _NOT_FILTERED,
    "tagged_vlans": _NOT_FILTERED,
    "connected_to": Word(_FAR.rest, _FAR.graphql, _FAR.select, NO_FILTER),
}

WORDS: Mapping[str, Words] = {
    "dcim.region": Words("dcim/regions", "region_list"),
    "dcim.sitegroup": Words("dcim/site-groups", "site_group_list"),
    "dcim.site": Words("dcim/sites", "site_list"),
    "dcim.location": Words("dcim/locations", "location_list"),
    "dcim.rack": Words("dcim/racks", "rack_list"),
    "dcim.rackrole": Words("dcim/rack-roles", "rack_role_list"),
    "dcim.manufacturer": Words("dcim/manufacturers", "manufacturer_list"),
    "dcim.devicetype": Words("dcim/device-types", "device_type_list"),
    "dcim.devicerole": Words("dcim/device-roles", "device_role_list"),
    "dcim.platform": Words("dcim/platforms", "platform_list"),
    "dcim.virtualchassis": Words("dcim/virtual-chassis", "virtual_chassis_list"),
    "dcim.device": Words(
        "dcim/devices",
        "device_list",
        fields={
            "manufacturer": Word(
                "device_type.manufacturer", "device_type.manufacturer", "device_type{manufacturer{id name}}"
            ),
            "vc_position": _NOT_FILTERED,
        },
        filters={"site_group": "site_group_id", "tenant_group": "tenant_group_id"},
        children={"ip_addresses": "device_id"},
    ),
    "dcim.interface": Words(
        "dcim/interfaces",
        "interface_list",
        fields=_INTERFACE,
        filters={"device_role": "device_role_id"},
        children={"ip_addresses": "interface_id"},
        flat=frozenset({"location"}),
    ),
    "dcim.cable": Words(
        "dcim/cables",
        "cable_list",
        fields={
            "a_terminations": Word(select=f"a_terminations{{__typename {_ENDS}}}", filter=NO_FILTER),
            "b_terminations": Word(select=f"b_terminations{{__typename {_ENDS}}}", filter=NO_FILTER),
        },
    ),
    "ipam.role": Words("ipam/roles", "role_list"),
    "ipam.vlangroup": Words("ipam/vlan-groups", "vlan_group_list", fields={"scope": _SCOPE}),
    "ipam.vlan": Words("ipam/vlans", "vlan_list"),
    "ipam.vrf": Words("ipam/vrfs", "vrf_list"),
    "ipam.rir": Words("ipam/rirs", "rir_list"),
    "ipam.aggregate": Words("ipam/aggregates", "aggregate_list"),
    "ipam.prefix": Words("ipam/prefixes", "prefix_list", fields={"scope": _SCOPE}),
    "ipam.iprange": Words("ipam/ip-ranges", "ip_range_list"),
    "ipam.ipaddress": Words(
        "ipam/ip-addresses",
        "ip_address_list",
        fields={
            "assigned": Word(
                "assigned_object",
                "assigned_object",
                "assigned_object{__typename ...on InterfaceType{id name device{id name}}"
                "...on VMInterfaceType{id name virtual_machine{id name}}...on FHRPGroupType{id display}}",
                NO_FILTER,
            )
        },
    ),
    "circuits.provider": Words("circuits/providers", "provider_list"),
    "circuits.circuittype": Words("circuits/circuit-types", "circuit_type_list"),
    "circuits.circuit": Words("circuits/circuits", "circuit_list"),
    "circuits.circuittermination": Words(
        "circuits/circuit-terminations",
        "circuit_termination_list",
        fields={
            "termination": Word(
                select="termination{__typename ...on RegionType{id name}...on SiteGroupType{id name}"
                "...on SiteType{id name}...on LocationType{id name}...on ProviderNetworkType{id name}}",
                filter=NO_FILTER,
            ),
            "connected_to": Word("link_peers", "link_peers", f"link_peers{{__typename {_ENDS}}}", NO_FILTER),
        },
    ),
    "tenancy.tenantgroup": Words("tenancy/tenant-groups", "tenant_group_list"),
    "tenancy.tenant": Words("tenancy/tenants", "tenant_list"),
    "virtualization.clustertype": Words("virtualization/cluster-types", "cluster_type_list"),
    "virtualization.clustergroup": Words("virtualization/cluster-groups", "cluster_group_list"),
    "virtualization.cluster": Words("virtualization/clusters", "cluster_list", fields={"scope": _SCOPE}),
    "virtualization.virtualmachine": Words(
        "virtualization/virtual-machines",
        "virtual_machine_list",
        children={"ip_addresses": "virtual_machine_id"},
    ),
    "virtualization.vminterface": Words(
        "virtualization/interfaces",
        "vm_interface_list",
        fields={key: word for key, word in _INTERFACE.items() if key != "connected_to"},
        children={"ip_addresses": "vminterface_id"},
    ),
    "extras.tag": Words("extras/tags", "tag_list"),
}

NESTED: Mapping[str, tuple[str, ...]] = {
    "dcim.device.ip_addresses": ("interfaces", "ip_addresses"),
    "virtualization.virtualmachine.ip_addresses": ("interfaces", "ip_addresses"),
    "dcim.interface.ip_addresses": ("ip_addresses",),
    "virtualization.vminterface.ip_addresses": ("ip_addresses",),
}
"""Relations that GraphQL cannot filter by, and by which nested lists they are reached from their owner."""

ENDPOINT_TYPES: Mapping[str, str] = {words.endpoint: name for name, words in WORDS.items()}
_REFERRED = (
    "dcim.frontport",
    "dcim.rearport",
    "dcim.consoleport",
    "dcim.consoleserverport",
    "dcim.powerport",
    "dcim.poweroutlet",
    "dcim.powerfeed",
    "dcim.powerpanel",
    "circuits.providernetwork",
    "ipam.fhrpgroup",
)
"""Types beyond the catalog that its references may lead to."""
MODEL_TYPES: Mapping[str, str] = {name.split(".")[1]: name for name in (*WORDS, *_REFERRED)}
"""The catalog's types by bare model name, which is what GraphQL's `__typename` holds."""

OTHER_TYPES: Mapping[str, str] = {
    name.split(".")[1]: name
    for name in (
        "circuits.providernetwork",
        "circuits.virtualcircuittermination",
        "dcim.consoleport",
        "dcim.consoleserverport",
        "dcim.frontport",
        "dcim.powerfeed",
        "dcim.poweroutlet",
        "dcim.powerpanel",
        "dcim.powerport",
        "dcim.rearport",
        "ipam.fhrpgroup",
    )
}
"""Types outside the catalog that its types refer to, by bare model name."""

LAST_VALUE_FILTERS: Mapping[str, frozenset[str]] = {
    "dcim/interfaces": frozenset({"vlan_id", "vlan"}),
    "virtualization/interfaces": frozenset({"vlan_id", "vlan"}),
}
"""Filters that look as if they took several values and use only the last one."""

ALL_VALUES_FILTERS = frozenset({"tag"})
"""Filters of which NetBox takes several values to mean all of them."""

CARRIES_VLANS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("mode", ("access", "tagged", "tagged-all", "q-in-q")),
)
"""All interfaces that may carry a VLAN: NetBox drops the VLANs of an interface without a mode."""


def word(type_: ObjectType, name: str) -> Word:
    """What NetBox calls a field, with the rule applied where the table says nothing."""
    own = WORDS[type_.name].fields.get(name, Word())
    known = type_.fields[name]
    return Word(
        rest=own.rest or name,
        graphql=own.graphql or own.rest or name,
        select=own.select or _selection(known),
        filter=own.filter or (f"{name}_id" if known.kind in (Kind.REF, Kind.REFS) else name),
    )


def _selection(known: Field) -> str:
    if known.target is None:
        return known.name
    title = CATALOG[known.target].title
    return f"{known.name}{{id {title}{' vid' if known.target == 'ipam.vlan' else ''}}}"
