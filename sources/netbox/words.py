"""How NetBox calls what the catalog names: endpoints, fields, GraphQL selections and filters.

Only what differs from the rule is said. The rule: a field is called alike in REST and GraphQL, a reference
is filtered by `<field>_id`, everything else by its own name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sources.catalog import Field, Kind, ObjectType
from sources.netbox.shapes import (
    Shape,
    changed_object,
    mapped_rear_ports,
    prefix_type,
    rear_ports,
    service_parent,
    service_ports,
)
from sources.types import CATALOG

NO_FILTER = "-"


@dataclass(frozen=True, slots=True)
class Word:
    """A field whose name or shape differs: where it is in REST and GraphQL rows, selection, filter."""

    rest: str | Shape = ""
    """A dotted path, or what takes the value out of a row."""
    graphql: str | Shape = ""
    select: str = ""
    filter: str = ""
    reads: tuple[str, ...] = ()
    """What REST must be asked for, where it is not the path's first step."""
    bare: tuple[str, str, str] | None = None
    """Where REST tells no more than an id: the path, the endpoint of what it stands for, and its name there."""
    held: str = ""
    """The yes-or-no filter that finds those with a value, where `null` does not find those without."""
    recent: bool = False
    """Not every supported version has it: a filter by it is looked up in the schema before it is trusted,

    and GraphQL is asked without it once it has refused it.
    """
    absent: bool = False
    """NetBox has no such field."""
    upper: bool = False
    """The choice is written in capitals."""
    by_rest: bool = False
    """REST works it out for each object that it shows: GraphQL does not tell it, and nothing is ordered by it."""
    owner: bool = False
    """GraphQL tells it only by the object in whose list the row stands."""

    @property
    def column(self) -> str:
        """The one REST column that is the value; empty where it takes more than one, or lies deeper."""
        told = isinstance(self.rest, str) and "." not in self.rest
        return str(self.rest) if told and not (self.absent or self.by_rest) else ""


@dataclass(frozen=True, slots=True)
class Words:
    """What NetBox calls a type and its parts."""

    endpoint: str
    listing: str
    """The list in GraphQL; empty where it has none, or tells too little."""
    fields: Mapping[str, Word] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    children: Mapping[str, str] = field(default_factory=dict)
    """Relations whose rows are filtered by something else than their own field: relation -> filter.

    NO_FILTER: NetBox cannot follow it.
    """
    flat: frozenset[str] = frozenset()
    """Filters by location that, other than elsewhere, do not find what stands in a location within."""
    between: frozenset[str] = frozenset()
    """Moments that are filtered by `<name>_after` and `<name>_before`, the moment itself included."""
    recent: bool = False
    """Not every supported version has the type."""


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
    NO_FILTER,
)
_PEERS = Word(select=f"link_peers{{__typename {_ENDS}}}", filter=NO_FILTER)
_LINKED = {"link_peers": _PEERS}
_PORT_WORDS = {**_LINKED, "connected_to": _FAR}
_FLAT_PORT = frozenset({"location"})
_ON_INTERFACE = (
    "...on InterfaceType{id name device{id name}}...on VMInterfaceType{id name virtual_machine{id name}}"
)
_PLACE = (
    "{__typename ...on RegionType{id name}...on SiteGroupType{id name}"
    "...on SiteType{id name}...on LocationType{id name}}"
)
_SCOPE = Word(select=f"scope{_PLACE}", filter=NO_FILTER)
_MAC = Word("mac_address", "primary_mac_address.mac_address", "primary_mac_address{mac_address}")
_NOT_FILTERED = Word(filter=NO_FILTER)
_ABSENT = Word(absent=True)
_INTERFACE = {
    "mac_address": _MAC,
    "untagged_vlan": _NOT_FILTERED,
    "tagged_vlans": _NOT_FILTERED,
}
_OWNER = Word(owner=True)


def _counts(*names: str, **renamed: str) -> dict[str, Word]:
    """How many of each kind belong to an object; `renamed` are those that NetBox spells otherwise."""
    spelled = {**{name: name for name in names}, **renamed}
    return {name: Word(told, filter=NO_FILTER, by_rest=True) for name, told in spelled.items()}


_FHRP_GROUP = Word(select="group{id display}")


def _ports(endpoint: str, listing: str, linked: Mapping[str, Word] = _PORT_WORDS, **more: Word) -> Words:
    """The ports of devices, which are all alike."""
    return Words(
        endpoint,
        listing,
        fields={**linked, **more},
        filters={"device_role": "device_role_id"},
        flat=_FLAT_PORT,
    )


WORDS: Mapping[str, Words] = {
    "dcim.region": Words("dcim/regions", "region_list"),
    "dcim.sitegroup": Words("dcim/site-groups", "site_group_list"),
    "dcim.site": Words(
        "dcim/sites",
        "site_list",
        fields=_counts(
            "device_count",
            "rack_count",
            "vlan_count",
            "prefix_count",
            virtual_machine_count="virtualmachine_count",
        ),
    ),
    "dcim.location": Words("dcim/locations", "location_list"),
    "dcim.rackgroup": Words(
        "dcim/rack-groups",
        "rack_group_list",
        fields={"site": _ABSENT, "location": _ABSENT, "parent": _ABSENT},
        filters={"region": NO_FILTER},
        recent=True,
    ),
    "dcim.rack": Words("dcim/racks", "rack_list", fields={"group": Word(recent=True)}),
    "dcim.rackreservation": Words(
        "dcim/rack-reservations",
        "rack_reservation_list",
        fields={
            "units": _NOT_FILTERED,
            "status": Word(recent=True),
            "user": Word("user.username", select="user{username}", filter="user"),
        },
    ),
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
            "parent_device": Word(
                "parent_device", "parent_bay.device", "parent_bay{device{id name}}", NO_FILTER
            ),
        },
        filters={"site_group": "site_group_id", "tenant_group": "tenant_group_id"},
        children={"ip_addresses": "device_id", "services": "device_id"},
    ),
    "dcim.interface": Words(
        "dcim/interfaces",
        "interface_list",
        fields={**_INTERFACE, **_PORT_WORDS},
        filters={"device_role": "device_role_id"},
        children={"ip_addresses": "interface_id"},
        flat=_FLAT_PORT,
    ),
    "dcim.frontport": _ports(
        "dcim/front-ports",
        "front_port_list",
        _LINKED,
        rear_ports=Word(
            rear_ports,
            mapped_rear_ports,
            "mappings{front_port_position rear_port_position rear_port{id name}}",
            "rear_port_id",
            ("rear_ports", "rear_port", "rear_port_position"),
            ("rear_ports.rear_port", "dcim/rear-ports", "name"),
        ),
    ),
    "dcim.rearport": _ports("dcim/rear-ports", "rear_port_list", _LINKED),
    "dcim.consoleport": _ports("dcim/console-ports", "console_port_list"),
    "dcim.consoleserverport": _ports("dcim/console-server-ports", "console_server_port_list"),
    "dcim.powerport": _ports("dcim/power-ports", "power_port_list", power_factor=Word(absent=True)),
    "dcim.poweroutlet": _ports("dcim/power-outlets", "power_outlet_list"),
    "dcim.powerpanel": Words("dcim/power-panels", "power_panel_list"),
    "dcim.powerfeed": Words("dcim/power-feeds", "power_feed_list", fields=_PORT_WORDS),
    "dcim.cable": Words(
        "dcim/cables",
        "cable_list",
        fields={
            "a_terminations": Word(select=f"a_terminations{{__typename {_ENDS}}}", filter=NO_FILTER),
            "b_terminations": Word(select=f"b_terminations{{__typename {_ENDS}}}", filter=NO_FILTER),
        },
    ),
    "ipam.role": Words("ipam/roles", "role_list"),
    "ipam.vlangroup": Words(
        "ipam/vlan-groups", "vlan_group_list", fields={"scope": _SCOPE}, filters={"site": "site"}
    ),
    "ipam.vlan": Words("ipam/vlans", "vlan_list"),
    "ipam.vrf": Words("ipam/vrfs", "vrf_list", fields={"namespace": _ABSENT}),
    "ipam.rir": Words("ipam/rirs", "rir_list"),
    "ipam.aggregate": Words(
        "ipam/aggregates", "aggregate_list", fields={"type": _ABSENT, "namespace": _ABSENT}
    ),
    "ipam.prefix": Words(
        "ipam/prefixes",
        "prefix_list",
        fields={
            "scope": _SCOPE,
            "type": Word(prefix_type, prefix_type, "status is_pool", NO_FILTER, ("status", "is_pool")),
            "namespace": _ABSENT,
        },
    ),
    "ipam.iprange": Words(
        "ipam/ip-ranges",
        "ip_range_list",
        fields={"size": _NOT_FILTERED, "mark_populated": Word(recent=True), "namespace": _ABSENT},
    ),
    "ipam.ipaddress": Words(
        "ipam/ip-addresses",
        "ip_address_list",
        fields={
            "assigned": Word(
                "assigned_object",
                "assigned_object",
                f"assigned_object{{__typename {_ON_INTERFACE}...on FHRPGroupType{{id display}}}}",
                NO_FILTER,
                held="assigned",
            ),
            "namespace": _ABSENT,
        },
        # An address is assigned to its group.
        children={"fhrp_groups": NO_FILTER},
    ),
    "ipam.fhrpgroup": Words(
        "ipam/fhrp-groups",
        "fhrp_group_list",
        fields={"group_id": Word(filter="group_id"), "ip_addresses": _NOT_FILTERED},
        children={"services": "fhrpgroup_id"},
    ),
    "ipam.fhrpgroupassignment": Words(
        "ipam/fhrp-group-assignments",
        "fhrp_group_assignment_list",
        fields={
            "group": _FHRP_GROUP,
            "interface": Word(select=f"interface{{__typename {_ON_INTERFACE}}}"),
        },
    ),
    "ipam.service": Words(
        "ipam/services",
        "service_list",
        fields={
            "parent": Word(
                service_parent,
                "parent",
                # The name of a machine is never missing and that of a device may be, so they cannot be one field.
                "parent{__typename ...on DeviceType{id name}"
                "...on VirtualMachineType{id display}...on FHRPGroupType{id display}}",
                NO_FILTER,
                ("parent", "device", "virtual_machine"),
            ),
            "ports": Word(
                service_ports,
                service_ports,
                "port_mappings",
                NO_FILTER,
                ("port_mappings", "protocol", "ports"),
            ),
            "ip_addresses": Word(
                "ipaddresses", "ipaddresses", "ipaddresses{id address}", "ip_address_id", recent=True
            ),
        },
    ),
    "circuits.provider": Words("circuits/providers", "provider_list"),
    "circuits.providernetwork": Words(
        "circuits/provider-networks",
        "provider_network_list",
        children={"terminations": "provider_network_id"},
    ),
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
            "link_peers": _PEERS,
            "connected_to": Word("link_peers", "link_peers", _PEERS.select, NO_FILTER),
            "term_side": Word(upper=True),
        },
    ),
    "tenancy.tenantgroup": Words("tenancy/tenant-groups", "tenant_group_list"),
    "tenancy.tenant": Words(
        "tenancy/tenants",
        "tenant_list",
        fields=_counts(
            "site_count",
            "rack_count",
            "device_count",
            "vlan_count",
            "vrf_count",
            "prefix_count",
            "circuit_count",
            "cluster_count",
            ip_address_count="ipaddress_count",
            virtual_machine_count="virtualmachine_count",
        ),
    ),
    "tenancy.contactgroup": Words(
        "tenancy/contact-groups",
        "contact_group_list",
        fields={"phone": Word(absent=True), "email": Word(absent=True)},
    ),
    "tenancy.contactrole": Words("tenancy/contact-roles", "contact_role_list"),
    "tenancy.contact": Words(
        "tenancy/contacts", "contact_list", fields={"groups": Word(filter="group_id", recent=True)}
    ),
    "tenancy.contactassignment": Words(
        "tenancy/contact-assignments",
        "contact_assignment_list",
        fields={"object": _OWNER, "team": Word(absent=True)},
    ),
    "core.objectchange": Words(
        "core/object-changes",
        "",  # GraphQL has no list of changes.
        fields={
            "changed_object": Word(
                changed_object,
                filter="changed_object_id",
                reads=("changed_object_type", "changed_object_id", "object_repr"),
            ),
        },
        between=frozenset({"time"}),
    ),
    "extras.journalentry": Words(
        "extras/journal-entries",
        "journal_entry_list",
        fields={
            "assigned_object": _OWNER,
            "created_by": Word(
                "created_by.username",
                select="created_by{username}",
                bare=("created_by", "users/users", "username"),
            ),
            "comments": _NOT_FILTERED,
        },
        between=frozenset({"created"}),
    ),
    "virtualization.clustertype": Words("virtualization/cluster-types", "cluster_type_list"),
    "virtualization.clustergroup": Words("virtualization/cluster-groups", "cluster_group_list"),
    "virtualization.cluster": Words("virtualization/clusters", "cluster_list", fields={"scope": _SCOPE}),
    "virtualization.virtualmachine": Words(
        "virtualization/virtual-machines",
        "virtual_machine_list",
        children={"ip_addresses": "virtual_machine_id", "services": "virtual_machine_id"},
    ),
    "virtualization.vminterface": Words(
        "virtualization/interfaces",
        "vm_interface_list",
        fields=_INTERFACE,
        children={"ip_addresses": "vminterface_id"},
    ),
    "extras.customfield": Words(
        "extras/custom-fields",
        "",  # GraphQL does not tell what they are for.
        fields={"object_types": Word(filter=NO_FILTER)},
    ),
    "extras.tag": Words("extras/tags", "tag_list"),
}

_PARTS = frozenset(
    {
        "circuits.circuittermination",
        "dcim.consoleport",
        "dcim.consoleserverport",
        "dcim.frontport",
        "dcim.interface",
        "dcim.powerfeed",
        "dcim.poweroutlet",
        "dcim.powerport",
        "dcim.rearport",
        "virtualization.vminterface",
    }
)

NESTED: Mapping[str, tuple[str, ...]] = {
    "dcim.device.ip_addresses": ("interfaces", "ip_addresses"),
    "virtualization.virtualmachine.ip_addresses": ("interfaces", "ip_addresses"),
    "dcim.interface.ip_addresses": ("ip_addresses",),
    "virtualization.vminterface.ip_addresses": ("ip_addresses",),
    "dcim.rearport.front_ports": ("mappings", "front_port"),
    **{
        f"{name}.contact_assignments": ("contacts",)  # Not every type can have any.
        for name in (
            "circuits.circuit",
            "circuits.provider",
            "dcim.device",
            "dcim.location",
            "dcim.manufacturer",
            "dcim.powerpanel",
            "dcim.rack",
            "dcim.region",
            "dcim.site",
            "dcim.sitegroup",
            "ipam.ipaddress",
            "ipam.iprange",
            "ipam.prefix",
            "ipam.service",
            "tenancy.tenant",
            "virtualization.cluster",
            "virtualization.clustergroup",
            "virtualization.virtualmachine",
        )
    },
    **{
        f"{name}.journal_entries": ("journal_entries",)
        for name, type_ in CATALOG.types.items()
        # REST names parts together with what they are a part of, which their own list does not tell.
        if "journal_entries" in type_.relations and name not in _PARTS
    },
}
"""Relations that GraphQL cannot filter by, and by which nested lists they are reached from their owner."""

BY_ID: Mapping[str, str] = {
    "dcim.interface.fhrp_assignments": "interface_id",
    "virtualization.vminterface.fhrp_assignments": "interface_id",
}
"""Relations through a reference to objects of several types: GraphQL filters by their ids alone."""

ENDPOINT_TYPES: Mapping[str, str] = {words.endpoint: name for name, words in WORDS.items()}
MODEL_TYPES: Mapping[str, str] = {name.split(".")[1]: name for name in WORDS}
"""The catalog's types by bare model name, which is what GraphQL's `__typename` holds."""

OTHER_TYPES: Mapping[str, str] = {"virtualcircuittermination": "circuits.virtualcircuittermination"}
"""Types outside the catalog that its types refer to, by bare model name."""

UNITS: Mapping[str, Mapping[str, str]] = {"virtualization.virtualmachine": {"memory": "MB", "disk": "MB"}}
"""In what numbers are counted, by type: since 4.1 disks in MB, too."""
LAST_VALUE_FILTERS: Mapping[str, frozenset[str]] = {
    "dcim/interfaces": frozenset({"vlan_id", "vlan"}),
    "virtualization/interfaces": frozenset({"vlan_id", "vlan"}),
    # Before 4.7.
    "ipam/vlan-groups": frozenset({"site"}),
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
        upper=own.upper,
        filter=NO_FILTER
        if own.absent
        else own.filter or (f"{name}_id" if known.kind in (Kind.REF, Kind.REFS) else name),
        reads=own.reads,
        bare=own.bare,
        held=own.held,
        recent=own.recent,
        absent=own.absent,
        by_rest=own.by_rest,
        owner=own.owner,
    )


def _selection(known: Field) -> str:
    if known.target is None:
        return known.name
    title = CATALOG[known.target].title
    return f"{known.name}{{id {title}{' vid' if known.target == 'ipam.vlan' else ''}}}"
