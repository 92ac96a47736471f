"""How Nautobot calls what the catalog names: endpoints, fields, GraphQL selections and filters.

Only what differs from the rule is said. The rule: a field is called alike in REST, in GraphQL and as a
filter; filters of references take ids. Sites, regions and locations are all Nautobot locations, told apart by
their location type (`places.py`); aggregates are the prefixes with an RIR, and prefixes all others; the
roles of devices, racks, prefixes and VLANs are one table, told apart by content type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sources.catalog import Field, Kind, ObjectType
from sources.nautobot.far_ends import far_ends
from sources.nautobot.places import Level
from sources.nautobot.shapes import (
    data_after,
    graphql_ends,
    peers,
    rear_port,
    rest_ends,
    service_ports,
    time_zone,
    told_by_id,
)
from sources.source import NativeFilters
from sources.types import CATALOG

NO_FILTER = "-"
Shape = Callable[[Mapping[str, Any]], Any]
"""Takes a field's value out of a native row where a path does not lead to it."""


@dataclass(frozen=True, slots=True)
class Word:
    """A field whose name or shape differs."""

    paths: tuple[str, ...] = ()
    """Where the value is in a row: dotted paths; what several lead to is put together."""
    select: str = ""
    """The GraphQL selection."""
    filter: str = ""
    null: str = ""
    """The yes-or-no filter that finds those without a value; `!has_cable` where yes means with one."""
    eager: str = ""
    """More to select, for nothing but that Nautobot reads the field for all rows at once, if it knows it."""
    older: str | None = None
    """What is selected where Nautobot is too old to know `select`; empty: nothing, so that REST has to answer."""
    level: Level | None = None
    """The value is a location, and what is meant is the place of this level that it lies in."""
    placed: bool = False
    """The value is one or several locations of any level."""
    expand: str = ""
    """What REST has to read in full for the path to lead anywhere."""
    rest: Shape | None = None
    graphql: Shape | None = None
    named: bool = False
    """The choice is the name of an object: statuses and roles are rows of their own in Nautobot."""
    upper: bool = False
    """The choice is written in capitals."""
    by_rest: bool = False
    """GraphQL does not tell it."""
    absent: bool = False
    """Nautobot has no such field."""
    first_lane: bool = False
    """Of the lanes of a breakout cable, REST tells only where the first one leads."""


@dataclass(frozen=True, slots=True)
class Words:
    """What Nautobot calls a type and its parts."""

    endpoint: str
    listing: str
    """Its list in GraphQL; "" where it has none."""
    model: str = ""
    """The content type, where it is not the catalog's name."""
    fields: Mapping[str, Word] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    children: Mapping[str, str] = field(default_factory=dict)
    """Relations whose rows are filtered by something else than their own field: relation -> filter."""
    standing: NativeFilters = ()
    """Filters that make the native table this type: they stand in every read."""
    level: Level | None = None
    """The rows are the locations of this level."""
    lacks: frozenset[str] = frozenset()
    """Fields of the catalog that Nautobot does not have."""
    required: frozenset[str] = frozenset({"status"})
    """Fields that always have a value, so that Nautobot has no filter for those without one."""
    through: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Filters that Nautobot only has for the owner of such an object: filter -> owner's type and filter."""
    order: str = ""
    """An order for REST, where it is not by the title; the id comes last."""
    flat: frozenset[str] = frozenset()
    """Native filters by location that, other than elsewhere, do not find what stands in a location within."""
    last_value: frozenset[str] = frozenset()
    """Filters that look as if they took several values and use only the last one."""
    coarse: Mapping[str, str] = field(default_factory=dict)
    """Filters with which Nautobot finds more than they mean: filter -> the reference that must be named."""
    named_only: frozenset[str] = frozenset()
    """Filters by an owner's id that Nautobot turns into a name, so that they find nothing of unnamed ones."""
    doubling: frozenset[str] = frozenset()
    """Filters with which Nautobot repeats rows, so that its count is wrong."""


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_OWNED = "id name device{__typename id name}"
_PORT_FIELDS = (
    "interface",
    "front_port",
    "rear_port",
    "console_port",
    "console_server_port",
    "power_port",
    "power_outlet",
)
_PORT_TYPES = (
    "InterfaceType",
    "FrontPortType",
    "RearPortType",
    "ConsolePortType",
    "ConsoleServerPortType",
    "PowerPortType",
    "PowerOutletType",
)
_PASSED = frozenset({"FrontPortType", "RearPortType"})
_OF_CIRCUIT = "id term_side circuit{__typename id cid}"
_OF_PANEL = "id name power_panel{__typename id name}"


def _end_of(types: tuple[str, ...]) -> str:
    ports = "".join(f"...on {each}{{{_OWNED}}}" for each in types)
    others = f"...on CircuitTerminationType{{{_OF_CIRCUIT}}}...on PowerFeedType{{{_OF_PANEL}}}"
    return f"{{__typename {ports}{others}}}"


_ENDS = (
    "terminations{cable_end connector "
    + " ".join(f"{each}{{__typename {_OWNED}}}" for each in _PORT_FIELDS)
    + f" circuit_termination{{__typename {_OF_CIRCUIT}}} power_feed{{__typename {_OF_PANEL}}}}}"
)
_FAR_TYPES = tuple(each for each in _PORT_TYPES if each not in _PASSED)
_FAR = Word(
    ("connected_endpoint",),
    f"connected_endpoint{_end_of(_FAR_TYPES)}",
    NO_FILTER,
    # That it has several far ends, a port tells by its paths alone.
    eager="cable_paths{destination_type{app_label model} destination_id}",
    graphql=far_ends,
    first_lane=True,
)
FAR_ENDS: Mapping[str, tuple[str, str]] = {
    "circuits.circuittermination": ("circuit_terminations", f"__typename {_OF_CIRCUIT}"),
    "dcim.powerfeed": ("power_feeds", f"__typename {_OF_PANEL}"),
    **{f"dcim.{each.replace('_', '')}": (f"{each}s", f"__typename {_OWNED}") for each in _PORT_FIELDS},
}
"""By content type, GraphQL's list of what a path may end at, and what it is called there."""
_PEER = Word(
    ("cable_peer",),
    f"cable_termination{{cable_end connector cable{{cable_type{{mapping}} {_ENDS}}}}}",
    NO_FILTER,
    older=f"cable_peer{_end_of(_PORT_TYPES)}",
    graphql=peers,
    first_lane=True,
)
_CABLE = Word(eager="cable_termination{cable{id label}}", null="!has_cable")
_LINKED = {"cable": _CABLE, "link_peers": _PEER}
_PORT_WORDS = {**_LINKED, "connected_to": _FAR}

_AT = "location{id name}"
_SITE = Word(("location",), _AT, "location", level=Level.SITE)
_WITHIN = Word(("location",), _AT, "location", level=Level.LOCATION)
_SCOPE = Word(("location",), "location{__typename id name}", "location", null="location__isnull", placed=True)
_PLACES = {"site": "location", "region": "location", "location": "location"}
_OF_DEVICE = {"rack": ("dcim.device", "rack"), "device_role": ("dcim.device", "role")}
_STATUS = Word(("status",), "status{name}", "status", named=True)
_PRIMARY = {
    "primary_ip4": Word(filter=NO_FILTER, null=NO_FILTER),
    "primary_ip6": Word(filter=NO_FILTER, null=NO_FILTER),
}
_VLANS = {"tagged_vlans": Word(null="!has_tagged_vlans")}
_NULLABLE = "__isnull"
_OF_PARENT = Word(("parent.namespace",), "parent{namespace{id name}}", "namespace", expand="parent")


def _ports(endpoint: str, *required: str, linked: Mapping[str, Word] = _PORT_WORDS, **more: Word) -> Words:
    """The ports of devices, which are all alike."""
    return Words(
        endpoint,
        endpoint.partition("/")[2].replace("-", "_"),
        fields={**linked, **more},
        filters={**_PLACES, "cabled": "has_cable"},
        flat=frozenset({"location"}),
        # Nautobot turns the id into a name: devices of one name are given each other's ports.
        coarse={"device": "device"},
        named_only=frozenset({"device"}),
        through=_OF_DEVICE,
        required=_names("name device") | frozenset(required),
        order="device,name",
        lacks=_names("comments mark_connected"),
    )


def _about(stem: str, name: str = "") -> Word:
    """An object of any type, told by type and id."""
    told = told_by_id(stem, name)
    select = f"{stem}_type{{app_label model}} {stem}_id {name}".strip()
    return Word((f"{stem}_id",), select, f"{stem}_id", NO_FILTER, rest=told, graphql=told)


ROWS_A_PARENT = 8
"""A guess: how many rows refer to one object."""
PORTS_A_VLAN = 16
"""A guess: how many ports a VLAN has, each with the VLANs that it carries besides."""


@dataclass(frozen=True, slots=True)
class Within:
    """A list of children within each of their owners."""

    name: str
    of: str = ""
    """The children's reference to that owner: it is taken from the owner, not selected once more."""
    rows: int = ROWS_A_PARENT
    """A guess: how many of them an owner has."""


@dataclass(frozen=True, slots=True)
class Nesting:
    """How GraphQL reads a relation as lists of its owner, which takes half as long as a filter by many owners."""

    lists: tuple[Within, ...]
    beyond: tuple[str, ...] = ()
    """The filters, each by the owners, which find the children that stand in none of the lists."""


NESTED: Mapping[str, Nesting] = {
    # The filter by device would find no ports of unnamed ones, either.
    **{
        f"dcim.device.{name}": Nesting((Within(name, "device"),))
        for name in (
            "interfaces",
            "front_ports",
            "rear_ports",
            "console_ports",
            "console_server_ports",
            "power_ports",
            "power_outlets",
        )
    },
    # A trunk would stand in the list of each VLAN that it carries.
    "ipam.vlan.interfaces": Nesting(
        (Within("interfaces_as_untagged", "untagged_vlan", PORTS_A_VLAN),),
        ("untagged_vlan__n", "tagged_vlans"),
    ),
    "ipam.vlan.vm_interfaces": Nesting(
        (Within("vminterfaces_as_untagged", "untagged_vlan"), Within("vminterfaces_as_tagged"))
    ),
}

UNITS: Mapping[str, Mapping[str, str]] = {"virtualization.virtualmachine": {"memory": "MB", "disk": "GB"}}
"""In what numbers are counted, by type."""
ALL_VALUES_FILTERS = frozenset({"tags"})
"""Filters of which Nautobot takes several values to mean all of them."""
NEGATED = re.compile(r"__n(ic|ie|isw|iew|i?re)?$")
"""How a filter ends that finds what does not match."""

WORDS: Mapping[str, Words] = {
    "dcim.region": Words(
        "dcim/locations",
        "locations",
        "dcim.location",
        fields={
            "parent": Word(
                ("parent",), "parent{id name}", "parent", null="parent__isnull", level=Level.REGION
            )
        },
        level=Level.REGION,
        children={"sites": "parent"},
        lacks=_names("slug"),
    ),
    "dcim.site": Words(
        "dcim/locations",
        "locations",
        "dcim.location",
        fields={
            "region": Word(
                ("parent",), "parent{id name}", "subtree", null="parent__isnull", level=Level.REGION
            ),
            "time_zone": Word(graphql=time_zone),
        },
        level=Level.SITE,
        lacks=_names("slug group device_count rack_count vlan_count prefix_count virtual_machine_count"),
        required=_names("name status"),
    ),
    "dcim.location": Words(
        "dcim/locations",
        "locations",
        "dcim.location",
        fields={
            "site": Word(("parent",), "parent{id name}", "subtree", level=Level.SITE),
            "parent": Word(("parent",), "parent{id name}", "parent", level=Level.LOCATION),
        },
        filters={"region": "subtree"},
        level=Level.LOCATION,
        required=_names("name status site"),
    ),
    "dcim.rackgroup": Words(
        "dcim/rack-groups",
        "rack_groups",
        fields={"site": _SITE, "location": _WITHIN},
        filters={"region": "location"},
        lacks=_names("slug tags comments"),
        required=_names("name"),
        order="location,name",
    ),
    "dcim.rack": Words(
        "dcim/racks",
        "racks",
        fields={
            "site": _SITE,
            "location": _WITHIN,
            "group": Word(("rack_group",), "rack_group{id name}", "rack_group"),
            "form_factor": Word(("type",), "type", "type"),
            "facility_id": Word(null="facility_id__isnull"),
            "asset_tag": Word(null="asset_tag__isnull"),
        },
        filters={"region": "location"},
        lacks=_names("description starting_unit"),
        required=_names("name status u_height width"),
        order="location,name",
    ),
    "dcim.rackreservation": Words(
        "dcim/rack-reservations",
        "rack_reservations",
        fields={
            "units": Word(filter=NO_FILTER, null=NO_FILTER),
            "user": Word(("user.username",), filter="user", by_rest=True),
        },
        filters=_PLACES,
        lacks=_names("status comments"),
        required=_names("rack units user description"),
        order="created",
    ),
    "dcim.rackrole": Words(
        "extras/roles",
        "roles",
        "extras.role",
        standing=(("content_types", ("dcim.rack",)),),
        lacks=_names("slug tags comments"),
    ),
    "dcim.manufacturer": Words("dcim/manufacturers", "manufacturers", lacks=_names("slug tags comments")),
    "dcim.devicetype": Words(
        "dcim/device-types",
        "device_types",
        lacks=_names("slug description exclude_from_utilization"),
        required=_names("model manufacturer u_height"),
    ),
    "dcim.devicerole": Words(
        "extras/roles",
        "roles",
        "extras.role",
        standing=(("content_types", ("dcim.device", "virtualization.virtualmachine")),),
        lacks=_names("slug tags comments"),
    ),
    "dcim.platform": Words("dcim/platforms", "platforms", lacks=_names("slug tags comments")),
    "dcim.virtualchassis": Words(
        "dcim/virtual-chassis", "virtual_chassis", lacks=_names("description comments")
    ),
    "dcim.device": Words(
        "dcim/devices",
        "devices",
        fields={
            "name": Word(null="name__isnull"),
            "site": _SITE,
            "location": _WITHIN,
            "manufacturer": Word(
                ("device_type.manufacturer",), "device_type{manufacturer{id name}}", "manufacturer"
            ),
            "asset_tag": Word(null="asset_tag__isnull"),
            "parent_device": Word(("parent_bay.device",), "parent_bay{device{id name}}", NO_FILTER),
            # A device may be in several since 3.0; before that it is in one or none.
            "cluster": Word(
                ("clusters", "cluster"),
                "clusters{id name}",
                "cluster",
                null=NO_FILTER,
                older="cluster{id name}",
            ),
            **_PRIMARY,
        },
        filters={"region": "location", "tenant_group": "tenant_group"},
        children={"ip_addresses": "device_id", "services": "device"},
        lacks=_names(
            "description interface_count front_port_count rear_port_count console_port_count "
            "module_bay_count inventory_item_count "
            "console_server_port_count power_port_count power_outlet_count"
        ),
        required=_names("device_type role status manufacturer"),
    ),
    "dcim.interface": Words(
        "dcim/interfaces",
        "interfaces",
        fields={
            # `device` takes an id for the name of its device, and finds nothing of unnamed ones.
            "device": Word(filter="device_id"),
            "parent": Word(("parent_interface",), "parent_interface{id name}", "parent_interface"),
            **_PORT_WORDS,
            **_VLANS,
        },
        filters={**_PLACES, "cabled": "has_cable"},
        flat=frozenset({"location"}),
        # The master of a stack is given the ports of all its members.
        coarse={"device_id": "device"},
        required=_names("name device type status"),
        through=_OF_DEVICE,
        order="device,name",
        children={"ip_addresses": "interfaces"},
        lacks=_names("comments mark_connected"),
        last_value=frozenset({"vlan_id", "vlan"}),
        doubling=frozenset({"vlan_id", "vlan"}),
    ),
    "dcim.frontport": _ports(
        "dcim/front-ports",
        "type",
        "rear_ports",
        linked=_LINKED,
        rear_ports=Word(
            ("rear_port",),
            "rear_port{id name} rear_port_position",
            "rear_port",
            rest=rear_port,
            graphql=rear_port,
        ),
    ),
    "dcim.rearport": _ports("dcim/rear-ports", "type", "positions", linked=_LINKED),
    "dcim.consoleport": _ports("dcim/console-ports"),
    "dcim.consoleserverport": _ports("dcim/console-server-ports"),
    # What is too old to know a power factor tells its draws as they are.
    "dcim.powerport": _ports("dcim/power-ports", "power_factor", power_factor=Word(older="id")),
    "dcim.poweroutlet": _ports("dcim/power-outlets", feed_leg=Word(upper=True)),
    "dcim.powerpanel": Words(
        "dcim/power-panels",
        "power_panels",
        fields={"site": _SITE, "location": _WITHIN},
        filters={"region": "location"},
        lacks=_names("description comments"),
        required=_names("name site"),
        order="location,name",
    ),
    "dcim.powerfeed": Words(
        "dcim/power-feeds",
        "power_feeds",
        fields=_PORT_WORDS,
        filters={**_PLACES, "cabled": "has_cable"},
        lacks=_names("description tenant mark_connected"),
        required=_names("name power_panel status type supply phase voltage amperage max_utilization"),
        order="power_panel,name",
    ),
    "dcim.cable": Words(
        "dcim/cables",
        "cables",
        fields={
            "a_terminations": Word(
                ("terminations",), _ENDS, NO_FILTER, older="", rest=rest_ends("a"), graphql=graphql_ends("a")
            ),
            "b_terminations": Word(
                ("terminations",), _ENDS, NO_FILTER, older="", rest=rest_ends("b"), graphql=graphql_ends("b")
            ),
        },
        filters={"site": "location_id", "rack": "rack_id", "device": "device_id"},
        flat=frozenset({"location_id"}),
        lacks=_names("description comments tenant"),
        required=_names("status a_terminations b_terminations"),
    ),
    "ipam.role": Words(
        "extras/roles",
        "roles",
        "extras.role",
        standing=(("content_types", ("ipam.prefix", "ipam.vlan")),),
        lacks=_names("slug tags comments"),
    ),
    "ipam.vlangroup": Words(
        "ipam/vlan-groups",
        "vlan_groups",
        fields={"scope": _SCOPE},
        filters={"site": "location"},
        lacks=_names("slug comments"),
    ),
    "ipam.vlan": Words(
        "ipam/vlans",
        "vlans",
        fields={
            "site": Word(("locations",), "locations{id name}", "location", level=Level.SITE),
            "group": Word(("vlan_group",), "vlan_group{id name}", "vlan_group"),
        },
        filters={"region": "location"},
        lacks=_names("comments"),
        required=_names("vid name status"),
        order="vid,name",
    ),
    "ipam.vrf": Words(
        "ipam/vrfs",
        "vrfs",
        fields={"rd": Word(null="rd__isnull")},
        lacks=_names("comments"),
        required=_names("name namespace"),
    ),
    "ipam.namespace": Words("ipam/namespaces", "namespaces", lacks=_names("comments")),
    "ipam.rir": Words("ipam/rirs", "rirs", lacks=_names("slug tags comments")),
    "ipam.aggregate": Words(
        "ipam/prefixes",
        "prefixes",
        "ipam.prefix",
        standing=(("has_rir", ("true",)),),
        lacks=_names("comments"),
        required=_names("prefix rir type namespace"),
        order="network,prefix_length",
    ),
    "ipam.prefix": Words(
        "ipam/prefixes",
        "prefixes",
        fields={
            "vrf": Word(("vrfs",), "vrfs{id name}", "vrfs"),
            "vlan": Word(filter="vlan_id"),
            "scope": Word(("locations",), "locations{__typename id name}", "location", placed=True),
        },
        filters=_PLACES,
        standing=(("has_rir", ("false",)),),
        lacks=_names("comments is_pool mark_utilized"),
        required=_names("prefix status type namespace"),
        order="network,prefix_length",
    ),
    "ipam.iprange": Words(
        "ipam/ip-address-ranges",
        "ip_address_ranges",
        "ipam.ipaddressrange",
        fields={
            "vrf": Word(("parent.vrfs",), "parent{vrfs{id name}}", NO_FILTER, expand="parent"),
            "namespace": _OF_PARENT,
            "mark_populated": Word(("is_exclusive",), "is_exclusive", "is_exclusive"),
            "mark_utilized": Word(("count_as_utilized",), "count_as_utilized", "count_as_utilized"),
        },
        lacks=_names("comments size"),
        required=_names("start_address end_address status namespace"),
        order="start_host",
    ),
    "ipam.ipaddress": Words(
        "ipam/ip-addresses",
        "ip_addresses",
        fields={
            "vrf": Word(("parent.vrfs",), "parent{vrfs{id name}}", "vrfs", expand="parent"),
            "namespace": _OF_PARENT,
            "role": Word(("role",), "role{name}", "role", null="role__isnull", named=True),
            "assigned": Word(
                ("interfaces", "vm_interfaces"),
                f"interfaces{{__typename {_OWNED}}} "
                "vm_interfaces{__typename id name virtual_machine{__typename id name}}",
                NO_FILTER,
                null="!has_interface_assignments",
            ),
        },
        filters={
            "device": "device_id",
            "virtual_machine": "virtual_machine_id",
            "parent": "prefix",
        },
        lacks=_names("comments"),
        required=_names("address status namespace"),
        order="host,mask_length",
    ),
    "ipam.fhrpgroup": Words(
        "dcim/interface-redundancy-groups",
        "interface_redundancy_groups",
        "dcim.interfaceredundancygroup",
        fields={
            "group_id": Word(("protocol_group_id",), "protocol_group_id", "protocol_group_id"),
            "ip_addresses": Word(("virtual_ip",), "virtual_ip{id address}", "virtual_ip", null=NO_FILTER),
        },
        lacks=_names("comments"),
        required=_names("name"),
    ),
    "ipam.fhrpgroupassignment": Words(
        "dcim/interface-redundancy-group-associations",
        "interface_redundancy_group_associations",
        "dcim.interfaceredundancygroupassociation",
        fields={
            "group": Word(
                ("interface_redundancy_group",),
                "interface_redundancy_group{id name}",
                "interface_redundancy_group",
            ),
            "interface": Word(("interface",), f"interface{{__typename {_OWNED}}}", "interface"),
        },
        through={"device": ("dcim.interface", "device")},
        required=_names("group interface priority"),
        order="interface_redundancy_group,priority",
    ),
    "ipam.service": Words(
        "ipam/services",
        "services",
        fields={
            "parent": Word(
                ("device", "virtual_machine"),
                "device{__typename id name} virtual_machine{__typename id name}",
                NO_FILTER,
            ),
            "ports": Word(
                ("ports",), "protocol ports", NO_FILTER, NO_FILTER, rest=service_ports, graphql=service_ports
            ),
            "ip_addresses": Word(filter=NO_FILTER, null=NO_FILTER),
        },
        lacks=_names("comments"),
        required=_names("name parent ports"),
    ),
    "circuits.providernetwork": Words(
        "circuits/provider-networks",
        "provider_networks",
        children={"terminations": "provider_network"},
        required=_names("name provider"),
    ),
    "circuits.provider": Words("circuits/providers", "providers", lacks=_names("slug description")),
    "circuits.circuittype": Words(
        "circuits/circuit-types", "circuit_types", lacks=_names("slug tags comments")
    ),
    "circuits.circuit": Words(
        "circuits/circuits",
        "circuits",
        fields={"type": Word(("circuit_type",), "circuit_type{id name}", "circuit_type")},
        filters={"site": "location", "region": "location"},
        required=_names("cid provider type status"),
    ),
    "circuits.circuittermination": Words(
        "circuits/circuit-terminations",
        "circuit_terminations",
        fields={
            "termination": Word(
                ("location", "provider_network", "cloud_network"),
                "location{__typename id name} provider_network{__typename id name} "
                "cloud_network{__typename id name}",
                NO_FILTER,
                placed=True,
            ),
            "term_side": Word(upper=True),
            **_LINKED,
            "connected_to": _PEER,
        },
        filters={"site": "location"},
        lacks=_names("comments mark_connected"),
        required=_names("circuit term_side termination"),
        order="circuit,term_side",
    ),
    "tenancy.tenantgroup": Words(
        "tenancy/tenant-groups", "tenant_groups", lacks=_names("slug tags comments")
    ),
    "tenancy.tenant": Words(
        "tenancy/tenants",
        "tenants",
        fields={"group": Word(("tenant_group",), "tenant_group{id name}", "tenant_group")},
        lacks=_names(
            "slug site_count rack_count device_count vlan_count vrf_count prefix_count ip_address_count "
            "circuit_count cluster_count virtual_machine_count"
        ),
    ),
    "tenancy.contactgroup": Words(
        "extras/teams",
        "teams",
        "extras.team",
        lacks=_names("slug description parent"),
        required=_names("name"),
    ),
    "tenancy.contactrole": Words(
        "extras/roles",
        "roles",
        "extras.role",
        standing=(("content_types", ("extras.contactassociation",)),),
        lacks=_names("slug tags comments"),
    ),
    "tenancy.contact": Words(
        "extras/contacts",
        "contacts",
        "extras.contact",
        fields={"groups": Word(("teams",), "teams{id name}", "teams")},
        lacks=_names("description title"),
        required=_names("name"),
    ),
    "tenancy.contactassignment": Words(
        "extras/contact-associations",
        "contact_associations",
        "extras.contactassociation",
        fields={
            "object": _about("associated_object"),
            "role": Word(("role",), "role{id name}", "role"),
            "priority": Word(("status",), "status{name}", "status", NO_FILTER, named=True),
        },
        required=_names("object role priority"),
        order="associated_object_id",
    ),
    "core.objectchange": Words(
        "extras/object-changes",
        "object_changes",
        "extras.objectchange",
        fields={
            "changed_object": _about("changed_object", "object_repr"),
            "request_id": Word(null=NO_FILTER),
            "postchange_data": Word(
                ("object_data_v2",),
                "object_data object_data_v2",
                NO_FILTER,
                NO_FILTER,
                rest=data_after,
                graphql=data_after,
            ),
        },
        lacks=_names("message prechange_data"),
        required=_names("time user_name action changed_object"),
        order="-time",
        last_value=_names("changed_object_type"),
    ),
    "extras.journalentry": Words(
        "extras/notes",
        "notes",
        "extras.note",
        fields={
            "assigned_object": _about("assigned_object"),
            "created_by": Word(("user_name",), "user_name", "user_name"),
            "comments": Word(("note",), "note", "note"),
        },
        lacks=_names("kind"),
        required=_names("comments assigned_object"),
        order="-created",
        last_value=_names("assigned_object_type"),
    ),
    "virtualization.clustertype": Words(
        "virtualization/cluster-types", "cluster_types", lacks=_names("slug tags comments")
    ),
    "virtualization.clustergroup": Words(
        "virtualization/cluster-groups", "cluster_groups", lacks=_names("slug tags comments")
    ),
    "virtualization.cluster": Words(
        "virtualization/clusters",
        "clusters",
        fields={
            "type": Word(("cluster_type",), "cluster_type{id name}", "cluster_type"),
            "group": Word(("cluster_group",), "cluster_group{id name}", "cluster_group"),
            "scope": _SCOPE,
        },
        filters={"site": "location"},
        lacks=_names("description"),
        required=_names("name type"),
    ),
    "virtualization.virtualmachine": Words(
        "virtualization/virtual-machines",
        "virtual_machines",
        fields={
            "site": Word(("cluster.location",), "cluster{location{id name}}", "location", level=Level.SITE),
            "cluster": Word(filter="cluster_id"),
            "platform": Word(filter="platform_id", null="platform__isnull"),
            "primary_ip4": Word(filter="primary_ip4", null=NO_FILTER),
            "primary_ip6": Word(filter="primary_ip6", null=NO_FILTER),
        },
        filters={"region": "location"},
        children={"ip_addresses": "virtual_machine_id", "services": "virtual_machine"},
        lacks=_names("device description"),
        required=_names("name status cluster"),
    ),
    "virtualization.vminterface": Words(
        "virtualization/interfaces",
        "vm_interfaces",
        fields={
            "virtual_machine": Word(filter="virtual_machine_id"),
            "parent": Word(("parent_interface",), "parent_interface{id name}", "parent_interface"),
            **_VLANS,
        },
        filters={"cluster": "cluster_id"},
        children={"ip_addresses": "vm_interfaces"},
        lacks=_names("comments"),
        last_value=frozenset({"vlan_id", "vlan"}),
        doubling=frozenset({"vlan_id", "vlan"}),
        required=_names("name virtual_machine status"),
        order="virtual_machine,name",
    ),
    "extras.customfield": Words(
        "extras/custom-fields",
        "",
        fields={
            "name": Word(("key",), "key", "key"),
            "object_types": Word(("content_types",), filter=NO_FILTER),
        },
        lacks=_names("tags custom_fields comments"),
        required=_names("name type required"),
        order="key",
    ),
    "extras.tag": Words("extras/tags", "tags", lacks=_names("slug tags comments")),
}
"""The catalog's types that a Nautobot may have; `dcim.sitegroup` is not among them."""

_ABSENT = Word(absent=True, filter=NO_FILTER)
_NATIVE_STATUS = {"status": _STATUS}
_EXTRAS = {
    "tags": Word(("tags",), "tags{id name}", "tags"),
    "custom_fields": Word(("custom_fields", "_custom_field_data"), "_custom_field_data", NO_FILTER),
}
_BLANK_KINDS = frozenset({Kind.TEXT, Kind.CHOICE})


def word(type_: ObjectType, name: str) -> Word:
    """What Nautobot calls a field, with the rule applied where the table says nothing."""
    words = WORDS[type_.name]
    if name in words.lacks:
        return _ABSENT
    own = words.fields.get(name) or _EXTRAS.get(name) or _NATIVE_STATUS.get(name) or Word()
    known = type_.fields[name]
    filter_ = own.filter or name
    derived = "" if known.kind in _BLANK_KINDS or own.level or own.placed else f"{filter_}{_NULLABLE}"
    return replace(
        own,
        paths=own.paths or (name,),
        select=own.select or _selection(known),
        filter=filter_,
        null=own.null or (NO_FILTER if filter_ == NO_FILTER else derived),
    )


def asked_singly(filters: NativeFilters) -> frozenset[str]:
    """Those of the filters that are asked for value by value, where any of several values is meant.

    Of several tags Nautobot means all; of several values of a custom field it uses the last one (by GraphQL
    before 3.2, by REST in any version).
    """
    custom = {name for name, _ in filters if name.startswith("cf_") and not NEGATED.search(name)}
    return ALL_VALUES_FILTERS | custom


def rest_order(type_: ObjectType, order: Sequence[str]) -> str:
    """An order for REST that leaves no two rows equal: those would change places between two pages."""
    words = WORDS.get(type_.name)
    if not order and words is None:
        return ""
    by = ",".join(order) or (words.order if words else "") or type_.title
    return f"{by},id"


def model(type_: ObjectType) -> str:
    """The content type that a type has in Nautobot."""
    return WORDS[type_.name].model or type_.name


def _selection(known: Field) -> str:
    if known.target is None:
        return known.name
    title = CATALOG[known.target].title
    return f"{known.name}{{id {title}{' vid' if known.target == 'ipam.vlan' else ''}}}"
