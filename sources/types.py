"""The catalog's table: which object types netbrief knows by heart, with their fields and relations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sources.catalog import EXTRA, Catalog, Field, Kind, Lifetime, ObjectType, Relation

VLANS = "vlans"
"""The facet of an interface's VLAN assignments."""
DETAILS = "details"
"""The facet of an interface's less asked-for settings."""
PLUGS = "plugs"
"""The facet of which cable is in a port: this alone is read for many ports at little cost."""
PEERS = "peers"
"""The facet of what is at the other end of a port's cable."""
LINKS = "links"
"""The facet of what is at the far end of the path that a port's cable is part of."""
COUNTS = "counts"
"""The facet of how many parts of each kind belong to an object, as the source counts them itself."""
DATA = "data"
"""The facet of what an object was before and after a change: much to read, and seldom needed."""


def _text(*names: str, facet: str = "base") -> list[Field]:
    return [Field(name, Kind.TEXT, facet=facet) for name in names]


def _of(kind: Kind, *names: str, facet: str = "base") -> list[Field]:
    return [Field(name, kind, facet=facet) for name in names]


def _ref(name: str, target: str | None, facet: str = "base") -> Field:
    return Field(name, Kind.REF, target, facet)


def _refs(name: str, target: str | None, facet: str = "base") -> Field:
    return Field(name, Kind.REFS, target, facet)


_EXTRA = [
    _refs("tags", "extras.tag", EXTRA),
    Field("custom_fields", Kind.JSON, facet=EXTRA),
    *_text("comments", facet=EXTRA),
    *_of(Kind.DATE, "created", "last_updated", facet=EXTRA),
]

_SMALL = frozenset(
    {
        "dcim.region",
        "dcim.sitegroup",
        "dcim.site",
        "dcim.rackgroup",
        "dcim.rackrole",
        "dcim.manufacturer",
        "dcim.devicetype",
        "dcim.devicerole",
        "dcim.platform",
        "ipam.role",
        "ipam.vlangroup",
        "ipam.vrf",
        "ipam.namespace",
        "ipam.rir",
        "circuits.provider",
        "circuits.circuittype",
        "tenancy.tenantgroup",
        "tenancy.tenant",
        "tenancy.contactgroup",
        "tenancy.contactrole",
        "virtualization.clustertype",
        "virtualization.clustergroup",
        "virtualization.cluster",
        "extras.tag",
    }
)
"""Types with so few rows that all their names are read at once."""

_SLUGGED = _SMALL - {"ipam.vrf", "ipam.namespace", "virtualization.cluster"}

_STATUS = Field("status", Kind.CHOICE)
_TENANT = _ref("tenant", "tenancy.tenant")
_NAMESPACE = _ref("namespace", "ipam.namespace")
"""Where Nautobot keeps addresses apart; NetBox does so by VRF."""
_PLACES = {"site": "dcim.site", "region": "dcim.region", "location": "dcim.location"}
_PORT_SCOPES = {**_PLACES, "rack": "dcim.rack", "device_role": "dcim.devicerole"}


_SAID_OF = {
    "contact_assignments": ("tenancy.contactassignment", ("object",)),
    "journal_entries": ("extras.journalentry", ("assigned_object",)),
}
_UNSAID = frozenset(
    {
        "core.objectchange",
        "dcim.devicerole",
        "dcim.rackrole",
        "extras.customfield",
        "extras.journalentry",
        "extras.tag",
        "ipam.aggregate",
        "ipam.fhrpgroupassignment",
        "ipam.role",
        "tenancy.contactassignment",
        "tenancy.contactrole",
    }
)
"""Types of which nobody is in charge and nothing is noted, and those that Nautobot cannot tell from others."""


def _type(
    name: str,
    label: str,
    fields: list[Field],
    *,
    plural: str = "",
    title: str = "name",
    aliases: tuple[str, ...] = (),
    relations: Mapping[str, tuple[str, tuple[str, ...]]] | None = None,
    scopes: Mapping[str, str] | None = None,
    flags: tuple[str, ...] = (),
    searches: tuple[str, ...] = (),
    lifetimes: Mapping[str, Lifetime] | None = None,
    columns: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
) -> ObjectType:
    told = _SAID_OF if name not in _UNSAID else {}
    slug = _text("slug") if name in _SLUGGED else []
    own = {f.name for f in fields}
    every = [*fields, *_text("description"), *slug, *(f for f in _EXTRA if f.name not in own)]
    known = {f.name: f for f in every if f.name not in without}
    references = {f.name: f.target for f in known.values() if f.target}
    return ObjectType(
        name=name,
        label=label,
        plural=plural or label + "s",
        fields=known,
        title=title,
        aliases=aliases,
        relations={
            key: Relation(key, name, to, via) for key, (to, via) in {**(relations or {}), **told}.items()
        },
        scopes={key: target for key, target in (scopes or {}).items() if key not in references},
        flags=flags,
        searches=searches,
        lifetimes=lifetimes or {},
        columns=columns or tuple(f.name for f in fields[:6]),
        small=name in _SMALL,
    )


_CABLED = [
    _ref("cable", "dcim.cable", PLUGS),
    _refs("link_peers", None, PEERS),
    *_of(Kind.BOOL, "mark_connected"),
]
_CABLE_LIFETIMES = dict.fromkeys((PLUGS, PEERS, LINKS), Lifetime.CABLES)
_ENDPOINT = [*_CABLED, _refs("connected_to", None, LINKS)]
_BARE = ("description", "tags", "custom_fields", "comments")
"""What objects lack that only tie others together."""


def _port(name: str, label: str, *own: Field, endpoint: bool = True, **more: Any) -> ObjectType:
    """A port of a device, beside its interfaces."""
    return _type(
        name,
        label,
        [
            *_text("name"),
            _ref("device", "dcim.device"),
            *_of(Kind.CHOICE, "type"),
            *own,
            *_text("label"),
            *(_ENDPOINT if endpoint else _CABLED),
        ],
        scopes=_PORT_SCOPES,
        flags=("cabled", "connected") if endpoint else ("cabled",),
        lifetimes=_CABLE_LIFETIMES,
        columns=(
            "device",
            "name",
            "type",
            *(each.name for each in own if each.facet == "base"),
            "description",
        ),
        without=("comments",),
        **more,
    )


_INTERFACE_LIFETIMES = {
    "base": Lifetime.INTERFACE_STATE,
    DETAILS: Lifetime.INTERFACE_STATE,
    VLANS: Lifetime.VLAN_ASSIGNMENTS,
    **_CABLE_LIFETIMES,
}
_VLAN_FIELDS = [
    Field("mode", Kind.CHOICE, facet=VLANS),
    _ref("untagged_vlan", "ipam.vlan", VLANS),
    _refs("tagged_vlans", "ipam.vlan", VLANS),
]
_IN_PLACE = {
    "devices": ("dcim.device", ("site",)),
    "racks": ("dcim.rack", ("site",)),
    "rack_groups": ("dcim.rackgroup", ("site",)),
    "locations": ("dcim.location", ("site",)),
    "vlans": ("ipam.vlan", ("site",)),
    "virtual_machines": ("virtualization.virtualmachine", ("site",)),
    "power_panels": ("dcim.powerpanel", ("site",)),
}
_OF_TENANT = {
    "sites": ("dcim.site", ("tenant",)),
    "racks": ("dcim.rack", ("tenant",)),
    "devices": ("dcim.device", ("tenant",)),
    "vlans": ("ipam.vlan", ("tenant",)),
    "vrfs": ("ipam.vrf", ("tenant",)),
    "prefixes": ("ipam.prefix", ("tenant",)),
    "ip_addresses": ("ipam.ipaddress", ("tenant",)),
    "circuits": ("circuits.circuit", ("tenant",)),
    "clusters": ("virtualization.cluster", ("tenant",)),
    "virtual_machines": ("virtualization.virtualmachine", ("tenant",)),
}

CATALOG = Catalog(
    [
        _type(
            "dcim.region",
            "region",
            [*_text("name"), _ref("parent", "dcim.region")],
            relations={"sites": ("dcim.site", ("region",)), "regions": ("dcim.region", ("parent",))},
        ),
        _type(
            "dcim.sitegroup",
            "site group",
            [*_text("name"), _ref("parent", "dcim.sitegroup")],
            relations={"sites": ("dcim.site", ("group",))},
        ),
        _type(
            "dcim.site",
            "site",
            [
                *_text("name"),
                _STATUS,
                _ref("region", "dcim.region"),
                _ref("group", "dcim.sitegroup"),
                _TENANT,
                *_text("facility", "time_zone", "physical_address"),
                *_of(Kind.NUMBER, "latitude", "longitude"),
                *_of(
                    Kind.INT,
                    "device_count",
                    "rack_count",
                    "vlan_count",
                    "prefix_count",
                    "virtual_machine_count",
                    facet=COUNTS,
                ),
            ],
            relations=_IN_PLACE,
            lifetimes={COUNTS: Lifetime.UTILIZATION},
            columns=("name", "status", "region", "tenant", "facility"),
        ),
        _type(
            "dcim.location",
            "location",
            [*_text("name"), _ref("site", "dcim.site"), _ref("parent", "dcim.location"), _STATUS, _TENANT],
            aliases=("rooms", "floors"),
            relations={
                "devices": ("dcim.device", ("location",)),
                "racks": ("dcim.rack", ("location",)),
                "rack_groups": ("dcim.rackgroup", ("location",)),
                "locations": ("dcim.location", ("parent",)),
                "power_panels": ("dcim.powerpanel", ("location",)),
            },
            scopes={"region": "dcim.region"},
        ),
        _type(
            "dcim.rackgroup",
            "rack group",
            [
                *_text("name"),
                _ref("site", "dcim.site"),
                _ref("location", "dcim.location"),
                _ref("parent", "dcim.rackgroup"),
            ],
            aliases=("rack rows", "rack row"),
            relations={
                "racks": ("dcim.rack", ("group",)),
                "rack_groups": ("dcim.rackgroup", ("parent",)),
            },
            scopes={"region": "dcim.region"},
        ),
        _type(
            "dcim.rack",
            "rack",
            [
                *_text("name"),
                _ref("site", "dcim.site"),
                _ref("location", "dcim.location"),
                _ref("group", "dcim.rackgroup"),
                _STATUS,
                _ref("role", "dcim.rackrole"),
                _TENANT,
                *_of(Kind.INT, "u_height"),
                *_text("facility_id", "serial", "asset_tag"),
                *_of(Kind.CHOICE, "form_factor", "width"),
                *_of(Kind.BOOL, "desc_units"),
                *_of(Kind.INT, "starting_unit"),
            ],
            aliases=("cabinets",),
            relations={
                "devices": ("dcim.device", ("rack",)),
                "power_feeds": ("dcim.powerfeed", ("rack",)),
                "reservations": ("dcim.rackreservation", ("rack",)),
            },
            scopes={"region": "dcim.region"},
            columns=("name", "site", "location", "status", "role", "u_height"),
        ),
        _type(
            "dcim.rackreservation",
            "rack reservation",
            [
                _ref("rack", "dcim.rack"),
                *_of(Kind.DATA, "units"),
                _STATUS,
                _TENANT,
                *_text("user", facet=DETAILS),
            ],
            title="description",
            aliases=("reservations", "reservation", "reserved units"),
            scopes=_PLACES,
            columns=("rack", "units", "status", "tenant", "user", "description"),
        ),
        _type("dcim.rackrole", "rack role", _text("name")),
        _type(
            "dcim.manufacturer",
            "manufacturer",
            _text("name"),
            aliases=("vendors", "vendor", "makers"),
            relations={"device_types": ("dcim.devicetype", ("manufacturer",))},
        ),
        _type(
            "dcim.devicetype",
            "device type",
            [
                *_text("model"),
                _ref("manufacturer", "dcim.manufacturer"),
                *_text("part_number"),
                *_of(Kind.NUMBER, "u_height"),
                *_of(Kind.BOOL, "is_full_depth"),
                *_of(Kind.BOOL, "exclude_from_utilization", facet=DETAILS),
            ],
            title="model",
            aliases=("models", "model"),
            relations={"devices": ("dcim.device", ("device_type",))},
        ),
        _type(
            "dcim.devicerole",
            "device role",
            _text("name"),
            aliases=("roles", "role"),
            relations={"devices": ("dcim.device", ("role",))},
        ),
        _type(
            "dcim.platform",
            "platform",
            [*_text("name"), _ref("manufacturer", "dcim.manufacturer")],
            aliases=("operating systems", "os"),
            relations={"devices": ("dcim.device", ("platform",))},
        ),
        _type(
            "dcim.virtualchassis",
            "virtual chassis",
            [*_text("name", "domain"), _ref("master", "dcim.device")],
            plural="virtual chassis",
            aliases=("stacks", "stack"),
            relations={"members": ("dcim.device", ("virtual_chassis",))},
        ),
        _type(
            "dcim.device",
            "device",
            [
                *_text("name"),
                _ref("site", "dcim.site"),
                _ref("role", "dcim.devicerole"),
                _ref("device_type", "dcim.devicetype"),
                _STATUS,
                _ref("primary_ip4", "ipam.ipaddress"),
                _ref("primary_ip6", "ipam.ipaddress"),
                _ref("manufacturer", "dcim.manufacturer"),
                _ref("location", "dcim.location"),
                _ref("rack", "dcim.rack"),
                *_of(Kind.NUMBER, "position"),
                *_of(Kind.CHOICE, "face"),
                _TENANT,
                _ref("platform", "dcim.platform"),
                *_text("serial", "asset_tag"),
                _ref("virtual_chassis", "dcim.virtualchassis"),
                *_of(Kind.INT, "vc_position"),
                _refs("cluster", "virtualization.cluster"),
                _ref("parent_device", "dcim.device", DETAILS),
                *_of(
                    Kind.INT,
                    "interface_count",
                    "front_port_count",
                    "rear_port_count",
                    "console_port_count",
                    "console_server_port_count",
                    "power_port_count",
                    "power_outlet_count",
                    "module_bay_count",
                    "inventory_item_count",
                    facet=COUNTS,
                ),
            ],
            aliases=("hosts", "boxes", "nodes", "equipment"),
            relations={
                "interfaces": ("dcim.interface", ("device",)),
                "ip_addresses": ("ipam.ipaddress", ("assigned.of",)),
                "virtual_machines": ("virtualization.virtualmachine", ("device",)),
                "front_ports": ("dcim.frontport", ("device",)),
                "rear_ports": ("dcim.rearport", ("device",)),
                "console_ports": ("dcim.consoleport", ("device",)),
                "console_server_ports": ("dcim.consoleserverport", ("device",)),
                "power_ports": ("dcim.powerport", ("device",)),
                "power_outlets": ("dcim.poweroutlet", ("device",)),
                "services": ("ipam.service", ("parent",)),
            },
            scopes={
                "region": "dcim.region",
                "site_group": "dcim.sitegroup",
                "tenant_group": "tenancy.tenantgroup",
            },
            flags=("has_primary_ip",),
            searches=("mac_address",),
            lifetimes={
                "base": Lifetime.DEVICE_FACTS,
                DETAILS: Lifetime.DEVICE_FACTS,
                COUNTS: Lifetime.UTILIZATION,
            },
        ),
        _type(
            "dcim.interface",
            "interface",
            [
                *_text("name"),
                _ref("device", "dcim.device"),
                *_of(Kind.CHOICE, "type"),
                *_of(Kind.BOOL, "enabled", "mgmt_only"),
                *_text("mac_address", "label", facet=DETAILS),
                *_of(Kind.INT, "mtu", "speed", facet=DETAILS),
                *_of(Kind.CHOICE, "duplex", facet=DETAILS),
                _ref("lag", "dcim.interface", DETAILS),
                _ref("parent", "dcim.interface", DETAILS),
                _ref("vrf", "ipam.vrf", DETAILS),
                *_VLAN_FIELDS,
                *_ENDPOINT,
            ],
            aliases=("ports", "port", "switchports", "nics"),
            relations={
                "ip_addresses": ("ipam.ipaddress", ("assigned",)),
                "fhrp_assignments": ("ipam.fhrpgroupassignment", ("interface",)),
            },
            scopes=_PORT_SCOPES,
            flags=("cabled", "connected"),
            searches=("vlan",),
            lifetimes=_INTERFACE_LIFETIMES,
            columns=("device", "name", "type", "enabled", "mode", "untagged_vlan", "description"),
            without=("comments",),
        ),
        _port(
            "dcim.frontport",
            "front port",
            _refs("rear_ports", "dcim.rearport"),
            endpoint=False,
        ),
        _port(
            "dcim.rearport",
            "rear port",
            *_of(Kind.INT, "positions"),
            endpoint=False,
            relations={"front_ports": ("dcim.frontport", ("rear_ports",))},
        ),
        _port("dcim.consoleport", "console port"),
        _port("dcim.consoleserverport", "console server port"),
        _port(
            "dcim.powerport",
            "power port",
            *_of(Kind.INT, "maximum_draw", "allocated_draw"),
            *_of(Kind.NUMBER, "power_factor", facet=DETAILS),
            relations={"power_outlets": ("dcim.poweroutlet", ("power_port",))},
        ),
        _port(
            "dcim.poweroutlet",
            "power outlet",
            _ref("power_port", "dcim.powerport"),
            *_of(Kind.CHOICE, "feed_leg"),
        ),
        _type(
            "dcim.powerpanel",
            "power panel",
            [*_text("name"), _ref("site", "dcim.site"), _ref("location", "dcim.location")],
            relations={"power_feeds": ("dcim.powerfeed", ("power_panel",))},
            scopes={"region": "dcim.region"},
        ),
        _type(
            "dcim.powerfeed",
            "power feed",
            [
                *_text("name"),
                _ref("power_panel", "dcim.powerpanel"),
                _ref("rack", "dcim.rack"),
                _STATUS,
                *_of(Kind.CHOICE, "type", "supply", "phase"),
                *_of(Kind.INT, "voltage", "amperage", "max_utilization"),
                _TENANT,
                *_ENDPOINT,
            ],
            scopes=_PLACES,
            flags=("cabled", "connected"),
            lifetimes=_CABLE_LIFETIMES,
        ),
        _type(
            "dcim.cable",
            "cable",
            [
                *_text("label"),
                *_of(Kind.CHOICE, "type"),
                _STATUS,
                *_text("color"),
                *_of(Kind.NUMBER, "length"),
                *_of(Kind.CHOICE, "length_unit"),
                _TENANT,
                _refs("a_terminations", None),
                _refs("b_terminations", None),
            ],
            title="label",
            aliases=("links", "patches"),
            scopes={"site": "dcim.site", "rack": "dcim.rack", "device": "dcim.device"},
            lifetimes={"base": Lifetime.CABLES},
            columns=("label", "status", "type", "a_terminations", "b_terminations"),
        ),
        _type(
            "ipam.role",
            "IPAM role",
            _text("name"),
            aliases=("prefix roles", "vlan roles", "prefix role", "vlan role"),
        ),
        _type(
            "ipam.vlangroup",
            "VLAN group",
            [*_text("name"), _refs("scope", None)],
            relations={"vlans": ("ipam.vlan", ("group",))},
            scopes={"site": "dcim.site"},
        ),
        _type(
            "ipam.vlan",
            "VLAN",
            [
                *_of(Kind.INT, "vid"),
                *_text("name"),
                _refs("site", "dcim.site"),
                _ref("group", "ipam.vlangroup"),
                _STATUS,
                _ref("role", "ipam.role"),
                _TENANT,
            ],
            relations={
                "interfaces": ("dcim.interface", ("untagged_vlan", "tagged_vlans")),
                "vm_interfaces": ("virtualization.vminterface", ("untagged_vlan", "tagged_vlans")),
                "prefixes": ("ipam.prefix", ("vlan",)),
            },
            scopes={"region": "dcim.region"},
        ),
        _type(
            "ipam.vrf",
            "VRF",
            [*_text("name", "rd"), _TENANT, _NAMESPACE],
            relations={"prefixes": ("ipam.prefix", ("vrf",)), "ip_addresses": ("ipam.ipaddress", ("vrf",))},
            columns=("name", "rd", "tenant"),
        ),
        _type("ipam.namespace", "namespace", _text("name"), aliases=("address spaces", "address space")),
        _type("ipam.rir", "RIR", _text("name")),
        _type(
            "ipam.aggregate",
            "aggregate",
            [*_text("prefix"), _ref("rir", "ipam.rir"), _TENANT, *_of(Kind.CHOICE, "type"), _NAMESPACE],
            title="prefix",
        ),
        _type(
            "ipam.prefix",
            "prefix",
            [
                *_text("prefix"),
                _refs("vrf", "ipam.vrf"),
                _STATUS,
                _refs("scope", None),
                _ref("vlan", "ipam.vlan"),
                _ref("role", "ipam.role"),
                _TENANT,
                *_of(Kind.CHOICE, "type"),
                *_of(Kind.BOOL, "is_pool", "mark_utilized"),
                _NAMESPACE,
            ],
            plural="prefixes",
            title="prefix",
            aliases=("subnets", "subnet", "networks", "ranges"),
            scopes=_PLACES,
            searches=("contains", "within", "within_include"),
            columns=("prefix", "vrf", "status", "scope", "vlan", "role"),
        ),
        _type(
            "ipam.iprange",
            "IP range",
            [
                *_text("start_address", "end_address"),
                _ref("vrf", "ipam.vrf"),
                _STATUS,
                _ref("role", "ipam.role"),
                _TENANT,
                *_of(Kind.INT, "size", facet=DETAILS),
                *_of(Kind.BOOL, "mark_utilized", "mark_populated", facet=DETAILS),
                _NAMESPACE,
            ],
            title="start_address",
        ),
        _type(
            "ipam.ipaddress",
            "IP address",
            [
                *_text("address"),
                _refs("vrf", "ipam.vrf"),
                _STATUS,
                *_of(Kind.CHOICE, "role"),
                *_text("dns_name"),
                _refs("assigned", None),
                _TENANT,
                _ref("nat_inside", "ipam.ipaddress", DETAILS),
                _NAMESPACE,
            ],
            plural="IP addresses",
            title="address",
            aliases=("ips", "ip", "addresses", "address"),
            relations={"fhrp_groups": ("ipam.fhrpgroup", ("ip_addresses",))},
            scopes={"device": "dcim.device", "virtual_machine": "virtualization.virtualmachine"},
            searches=("parent", "mask_length"),
        ),
        _type(
            "ipam.fhrpgroup",
            "FHRP group",
            [
                *_text("name"),
                *_of(Kind.CHOICE, "protocol"),
                *_text("group_id"),
                _refs("ip_addresses", "ipam.ipaddress"),
            ],
            aliases=("redundancy groups", "vrrp groups", "hsrp groups"),
            relations={
                "assignments": ("ipam.fhrpgroupassignment", ("group",)),
                "services": ("ipam.service", ("parent",)),
            },
            columns=("name", "protocol", "group_id", "ip_addresses", "description"),
        ),
        _type(
            "ipam.fhrpgroupassignment",
            "FHRP group assignment",
            [
                _ref("group", "ipam.fhrpgroup"),
                _ref("interface", None),
                *_of(Kind.INT, "priority"),
            ],
            title="priority",
            scopes={"device": "dcim.device"},
            without=_BARE,
        ),
        _type(
            "ipam.service",
            "service",
            [
                *_text("name"),
                _ref("parent", None),
                *_of(Kind.DATA, "ports"),
                _refs("ip_addresses", "ipam.ipaddress"),
            ],
            scopes={"device": "dcim.device", "virtual_machine": "virtualization.virtualmachine"},
            searches=("protocol",),
        ),
        _type(
            "circuits.provider",
            "provider",
            _text("name"),
            aliases=("carriers", "isps", "isp"),
            relations={
                "circuits": ("circuits.circuit", ("provider",)),
                "provider_networks": ("circuits.providernetwork", ("provider",)),
            },
        ),
        _type(
            "circuits.providernetwork",
            "provider network",
            [*_text("name"), _ref("provider", "circuits.provider")],
            relations={"terminations": ("circuits.circuittermination", ("termination",))},
        ),
        _type(
            "circuits.circuittype",
            "circuit type",
            _text("name"),
            relations={"circuits": ("circuits.circuit", ("type",))},
        ),
        _type(
            "circuits.circuit",
            "circuit",
            [
                *_text("cid"),
                _ref("provider", "circuits.provider"),
                _ref("type", "circuits.circuittype"),
                _STATUS,
                _TENANT,
                *_of(Kind.INT, "commit_rate"),
                *_of(Kind.DATE, "install_date"),
            ],
            title="cid",
            relations={"terminations": ("circuits.circuittermination", ("circuit",))},
            scopes={"site": "dcim.site", "region": "dcim.region"},
        ),
        _type(
            "circuits.circuittermination",
            "circuit termination",
            [
                _ref("circuit", "circuits.circuit"),
                *_of(Kind.CHOICE, "term_side"),
                _refs("termination", None),
                *_of(Kind.INT, "port_speed"),
                *_text("xconnect_id"),
                *_ENDPOINT,
            ],
            title="term_side",
            scopes={"site": "dcim.site"},
            lifetimes=_CABLE_LIFETIMES,
            without=("comments",),
        ),
        _type(
            "tenancy.tenantgroup",
            "tenant group",
            [*_text("name"), _ref("parent", "tenancy.tenantgroup")],
            relations={"tenants": ("tenancy.tenant", ("group",))},
        ),
        _type(
            "tenancy.tenant",
            "tenant",
            [
                *_text("name"),
                _ref("group", "tenancy.tenantgroup"),
                *_of(
                    Kind.INT,
                    "site_count",
                    "rack_count",
                    "device_count",
                    "vlan_count",
                    "vrf_count",
                    "prefix_count",
                    "ip_address_count",
                    "circuit_count",
                    "cluster_count",
                    "virtual_machine_count",
                    facet=COUNTS,
                ),
            ],
            aliases=("customers", "customer"),
            relations=_OF_TENANT,
            lifetimes={COUNTS: Lifetime.UTILIZATION},
            columns=("name", "group"),
        ),
        _type(
            "tenancy.contactgroup",
            "contact group",
            [*_text("name"), _ref("parent", "tenancy.contactgroup"), *_text("phone", "email")],
            aliases=("teams", "team"),
            relations={"contacts": ("tenancy.contact", ("groups",))},
        ),
        _type("tenancy.contactrole", "contact role", _text("name")),
        _type(
            "tenancy.contact",
            "contact",
            [
                *_text("name", "title", "phone", "email"),
                _refs("groups", "tenancy.contactgroup"),
            ],
            aliases=("people", "persons", "person"),
            relations={"assignments": ("tenancy.contactassignment", ("contact",))},
        ),
        _type(
            "tenancy.contactassignment",
            "contact assignment",
            [
                _ref("object", None),
                _ref("contact", "tenancy.contact"),
                _ref("team", "tenancy.contactgroup"),
                _ref("role", "tenancy.contactrole"),
                *_of(Kind.CHOICE, "priority"),
            ],
            title="priority",
            without=("description", "comments", "tags"),
        ),
        _type("virtualization.clustertype", "cluster type", _text("name")),
        _type("virtualization.clustergroup", "cluster group", _text("name")),
        _type(
            "virtualization.cluster",
            "cluster",
            [
                *_text("name"),
                _ref("type", "virtualization.clustertype"),
                _ref("group", "virtualization.clustergroup"),
                _refs("scope", None),
                _TENANT,
            ],
            relations={
                "virtual_machines": ("virtualization.virtualmachine", ("cluster",)),
                "devices": ("dcim.device", ("cluster",)),
            },
            scopes={"site": "dcim.site"},
        ),
        _type(
            "virtualization.virtualmachine",
            "virtual machine",
            [
                *_text("name"),
                _STATUS,
                _ref("cluster", "virtualization.cluster"),
                _ref("site", "dcim.site"),
                _ref("role", "dcim.devicerole"),
                _ref("primary_ip4", "ipam.ipaddress"),
                _ref("primary_ip6", "ipam.ipaddress"),
                _ref("device", "dcim.device"),
                _TENANT,
                _ref("platform", "dcim.platform"),
                *_of(Kind.NUMBER, "vcpus"),
                *_of(Kind.INT, "memory", "disk"),
            ],
            aliases=("vms", "vm", "virtuals", "guests"),
            relations={
                "interfaces": ("virtualization.vminterface", ("virtual_machine",)),
                "ip_addresses": ("ipam.ipaddress", ("assigned.of",)),
                "services": ("ipam.service", ("parent",)),
            },
            scopes={"region": "dcim.region"},
            flags=("has_primary_ip",),
            lifetimes={"base": Lifetime.DEVICE_FACTS},
        ),
        _type(
            "virtualization.vminterface",
            "VM interface",
            [
                *_text("name"),
                _ref("virtual_machine", "virtualization.virtualmachine"),
                *_of(Kind.BOOL, "enabled"),
                *_text("mac_address", facet=DETAILS),
                *_of(Kind.INT, "mtu", facet=DETAILS),
                _ref("parent", "virtualization.vminterface", DETAILS),
                *_VLAN_FIELDS,
            ],
            aliases=("virtual interfaces", "vnics", "vm ports"),
            relations={
                "ip_addresses": ("ipam.ipaddress", ("assigned",)),
                "fhrp_assignments": ("ipam.fhrpgroupassignment", ("interface",)),
            },
            scopes={"cluster": "virtualization.cluster"},
            searches=("vlan",),
            lifetimes=_INTERFACE_LIFETIMES,
            columns=("virtual_machine", "name", "enabled", "mode", "untagged_vlan", "description"),
            without=("comments",),
        ),
        _type(
            "extras.customfield",
            "custom field",
            [
                *_text("name"),
                *_of(Kind.CHOICE, "type"),
                *_of(Kind.BOOL, "required"),
                *_of(Kind.DATA, "object_types", facet=DETAILS),
            ],
            without=("tags", "custom_fields", "comments"),
        ),
        _type("extras.tag", "tag", [*_text("name", "color")], without=("tags", "custom_fields", "comments")),
        _type(
            "core.objectchange",
            "change",
            [
                *_of(Kind.DATE, "time"),
                *_text("user_name"),
                *_of(Kind.CHOICE, "action"),
                _ref("changed_object", None),
                *_text("object_repr", "request_id", "message"),
                *_of(Kind.DATA, "prechange_data", "postchange_data", facet=DATA),
            ],
            title="object_repr",
            aliases=("object changes", "change log", "changelog"),
            searches=("changed_object_type", "changed_object_id"),
            columns=("time", "user_name", "action", "changed_object"),
            without=(*_BARE, "created", "last_updated"),
        ),
        _type(
            "extras.journalentry",
            "journal entry",
            [
                *_of(Kind.DATE, "created"),
                _ref("assigned_object", None),
                *_of(Kind.CHOICE, "kind"),
                *_text("created_by", facet=DETAILS),
                *_text("comments"),
            ],
            plural="journal entries",
            title="comments",
            aliases=("journal", "notes", "note"),
            searches=("assigned_object_type", "assigned_object_id"),
            columns=("created", "created_by", "kind", "assigned_object", "comments"),
            without=("description", "tags", "custom_fields", "last_updated"),
        ),
    ]
)
