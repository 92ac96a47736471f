"""Object types of everything a cable plugs into, and of the cables."""

from demo.model import (
    BARE_ID,
    By,
    Choice,
    Computed,
    Constant,
    Field,
    Flag,
    Generic,
    Many,
    Model,
    Number,
    Ref,
    Text,
    brief,
    nested,
)
from demo.models.shared import (
    BY_TENANT,
    COMMENTS,
    CREATED,
    DESCRIPTION,
    END,
    LIST,
    NESTED_NAME,
    NULL,
    OWNER,
    TENANT,
    UPDATED,
    by_site,
)

_PORT_BRIEF = brief("device", "name", "description", "cable", "_occupied")
_PORT_ORDER = ("(SELECT d._rank FROM dcim_device d WHERE d.id = t.device)", "natural_order(t.name)")
_NESTED_INTERFACE = nested(
    Ref("device", to="dcim.device", shape=NESTED_NAME),
    "name",
    Ref("cable", to="dcim.cable", shape=BARE_ID),
    "_occupied",
)
_TEXT_OR_NULL = {"type": "string", "nullable": True}

DEVICE = Ref("device", to="dcim.device")
MODULE = Constant("module", schema=NULL)
NAME = Text("name")
LABEL = Text("label")
MARKED = Flag("mark_connected")
OCCUPIED = Computed("_occupied", {"type": "boolean"})
CABLE: tuple[Field, ...] = (
    Ref("cable", to="dcim.cable"),
    Choice("cable_end", plain=True, filter="one"),
)
PEERS: tuple[Field, ...] = (Computed("link_peers", LIST), Computed("link_peers_type", _TEXT_OR_NULL))
ENDPOINTS: tuple[Field, ...] = (
    Computed("connected_endpoints", {**LIST, "nullable": True}),
    Computed("connected_endpoints_type", _TEXT_OR_NULL),
    Computed("connected_endpoints_reachable", {"type": "boolean"}),
)
#: whether the path from an end point arrives somewhere, kept so that it can be filtered
CONNECTED = Flag("_connected", filtered=False)

BY_DEVICE = (
    *by_site("device.site"),
    By("location", "device.location"),
    By("rack", "device.rack", key="name"),
    By("device", key="name"),
    By("device_type", "device.device_type", key="model"),
    By("device_role", "device.role"),
    By("virtual_chassis", "device.virtual_chassis", key="name"),
    By("tenant", "device.tenant"),
)
BY_CABLE = By("cable", key=None)

INTERFACE = Model(
    type="dcim.interface",
    path="dcim/interfaces",
    label="Interface",
    fields=(
        DEVICE,
        Constant("vdcs", (), LIST),
        MODULE,
        NAME,
        LABEL,
        Choice("type", nullable=False, by_null=False),
        Constant("channels", schema={"type": "integer", "nullable": True}),
        Constant("channel_id", schema={"type": "integer", "nullable": True}),
        Flag("enabled"),
        Ref("parent", to="dcim.interface", shape=_NESTED_INTERFACE),
        Ref("bridge", to="dcim.interface", shape=_NESTED_INTERFACE),
        Constant("bridge_interfaces", (), LIST),
        Ref("lag", to="dcim.interface", shape=_NESTED_INTERFACE),
        Number("mtu"),
        Computed("mac_address", _TEXT_OR_NULL),
        Ref("primary_mac_address", to="dcim.macaddress"),
        Computed("mac_addresses", LIST),
        Number("speed"),
        Choice("duplex"),
        Constant("wwn", schema=_TEXT_OR_NULL),
        Flag("mgmt_only"),
        DESCRIPTION,
        Choice("mode"),
        Constant("rf_role", schema=NULL),
        Constant("rf_channel", schema=NULL),
        Constant("poe_mode", schema=NULL),
        Constant("poe_type", schema=NULL),
        Constant("rf_channel_frequency", schema={"type": "number", "nullable": True}),
        Constant("rf_channel_width", schema={"type": "number", "nullable": True}),
        Constant("tx_power", schema={"type": "integer", "nullable": True}),
        Ref("untagged_vlan", to="ipam.vlan"),
        Many("tagged_vlans", to="ipam.vlan"),
        Constant("qinq_svlan", schema=NULL),
        Constant("vlan_translation_policy", schema=NULL),
        MARKED,
        *CABLE,
        Constant("wireless_link", schema=NULL),
        *PEERS,
        Constant("wireless_lans", (), LIST),
        Ref("vrf", to="ipam.vrf"),
        Constant("l2vpn_termination", schema=NULL),
        *ENDPOINTS,
        OWNER,
        *END,
        Computed("count_ipaddresses", {"type": "integer"}),
        Computed("count_fhrp_groups", {"type": "integer"}),
        OCCUPIED,
    ),
    hidden=(CONNECTED,),
    brief=_PORT_BRIEF,
    order=(_PORT_ORDER[0], "interface_order(t.name)"),
    search=("name", "label", "description"),
    by=(
        *BY_DEVICE,
        BY_CABLE,
        By("vrf", key="rd"),
        By("parent", key=None),
        By("bridge", key=None),
        By("lag", key=None),
        By("primary_mac_address", key="mac_address"),
    ),
)

FRONT_PORT = Model(
    type="dcim.frontport",
    path="dcim/front-ports",
    label="FrontPort",
    fields=(
        DEVICE,
        MODULE,
        NAME,
        LABEL,
        Choice("type", nullable=False, by_null=False),
        Text("color"),
        Number("positions"),
        Computed("rear_ports", LIST),
        DESCRIPTION,
        MARKED,
        *CABLE,
        *PEERS,
        OWNER,
        *END,
        OCCUPIED,
    ),
    # Every front port of this inventory leads to one rear port, at one of its positions.
    hidden=(Ref("rear_port", to="dcim.rearport"), Number("rear_port_position", filtered=False)),
    brief=_PORT_BRIEF,
    order=_PORT_ORDER,
    search=("name", "label", "description"),
    by=(*BY_DEVICE, BY_CABLE, By("rear_port", key=None)),
)

REAR_PORT = Model(
    type="dcim.rearport",
    path="dcim/rear-ports",
    label="RearPort",
    fields=(
        DEVICE,
        MODULE,
        NAME,
        LABEL,
        Choice("type", nullable=False, by_null=False),
        Text("color"),
        Number("positions"),
        Computed("front_ports", LIST),
        DESCRIPTION,
        MARKED,
        *CABLE,
        *PEERS,
        OWNER,
        *END,
        OCCUPIED,
    ),
    brief=_PORT_BRIEF,
    order=_PORT_ORDER,
    search=("name", "label", "description"),
    by=(*BY_DEVICE, BY_CABLE),
)


def _end_point(type_: str, path: str, label: str, *own: Field, by: tuple[By, ...] = ()) -> Model:
    """A port of a device that a cable path starts and ends at."""
    return Model(
        type=type_,
        path=path,
        label=label,
        fields=(
            DEVICE,
            MODULE,
            NAME,
            LABEL,
            *own,
            DESCRIPTION,
            MARKED,
            *CABLE,
            *PEERS,
            *ENDPOINTS,
            OWNER,
            *END,
            OCCUPIED,
        ),
        hidden=(CONNECTED,),
        brief=_PORT_BRIEF,
        order=_PORT_ORDER,
        search=("name", "label", "description"),
        by=(*BY_DEVICE, BY_CABLE, *by),
    )


CONSOLE_PORT = _end_point(
    "dcim.consoleport",
    "dcim/console-ports",
    "ConsolePort",
    Choice("type", by_null=False),
    Choice("speed", filter="one"),
)
CONSOLE_SERVER_PORT = _end_point(
    "dcim.consoleserverport",
    "dcim/console-server-ports",
    "ConsoleServerPort",
    Choice("type", by_null=False),
    Choice("speed", filter="one"),
)
POWER_PORT = _end_point(
    "dcim.powerport",
    "dcim/power-ports",
    "PowerPort",
    Choice("type", by_null=False),
    Number("maximum_draw"),
    Number("allocated_draw"),
)
POWER_OUTLET = _end_point(
    "dcim.poweroutlet",
    "dcim/power-outlets",
    "PowerOutlet",
    Choice("type", by_null=False),
    Choice("status", nullable=False, by_null=False),
    Text("color"),
    Ref("power_port", to="dcim.powerport"),
    Choice("feed_leg", by_null=False),
    by=(By("power_port", key=None),),
)

POWER_FEED = Model(
    type="dcim.powerfeed",
    path="dcim/power-feeds",
    label="PowerFeed",
    fields=(
        Ref("power_panel", to="dcim.powerpanel"),
        Ref("rack", to="dcim.rack"),
        NAME,
        Choice("status", by_null=False),
        Choice("type", filter="one"),
        Choice("supply", filter="one"),
        Choice("phase", filter="one"),
        Number("voltage"),
        Number("amperage"),
        Number("max_utilization"),
        MARKED,
        *CABLE,
        *PEERS,
        *ENDPOINTS,
        DESCRIPTION,
        TENANT,
        OWNER,
        COMMENTS,
        *END,
        OCCUPIED,
    ),
    hidden=(CONNECTED,),
    brief=brief("name", "description", "cable", "_occupied"),
    order=("(SELECT p._rank FROM dcim_powerpanel p WHERE p.id = t.power_panel)", "natural_order(t.name)"),
    search=("name", "description", "power_panel.name", "comments"),
    by=(
        *by_site("power_panel.site"),
        By("location", "power_panel.location", tree=True),
        By("power_panel", key=None),
        By("rack", key=None),
        BY_CABLE,
        *BY_TENANT,
    ),
)

CABLE_TYPE = Model(
    type="dcim.cable",
    path="dcim/cables",
    label="Cable",
    fields=(
        Choice("type", plain=True),
        Computed("a_terminations", LIST),
        Computed("b_terminations", LIST),
        Choice("status"),
        Constant("profile", schema=NULL),
        TENANT,
        Constant("bundle", schema=NULL),
        LABEL,
        Text("color"),
        Number("length", decimal=True),
        Choice("length_unit", filter="one"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
    ),
    brief=brief("label", "description"),
    display="COALESCE(NULLIF(t.label, ''), '#' || t.id)",
    order=("t.id",),
    search=("label", "description"),
    by=BY_TENANT,
)

CABLE_TERMINATION = Model(
    type="dcim.cabletermination",
    path="dcim/cable-terminations",
    label="CableTermination",
    fields=(
        Ref("cable", to="dcim.cable", shape=BARE_ID),
        Choice("cable_end", plain=True, filter="one", nullable=False),
        Generic("termination", stem="termination"),
        Constant("connector", schema={"type": "integer", "nullable": True}),
        Constant("positions", schema={"type": "array", "items": {"type": "integer"}, "nullable": True}),
        CREATED,
        UPDATED,
    ),
    # Where the end is, for the filters of cables by device and place.
    hidden=(
        Ref("_device", to="dcim.device"),
        Ref("_rack", to="dcim.rack"),
        Ref("_location", to="dcim.location"),
        Ref("_site", to="dcim.site"),
    ),
    brief=brief("cable", "cable_end", "connector", "positions", "termination_type", "termination_id"),
    display="'Cable ' || display_of('dcim.cable', t.cable)"
    " || ' to ' || display_of(t.termination_type, t.termination_id)",
    order=("t.cable", "t.cable_end"),
    search=(),
    by=(By("cable", key=None),),
    linked=False,
)

#: the end points that a cable path starts from and arrives at
END_POINTS = (
    "dcim.interface",
    "dcim.consoleport",
    "dcim.consoleserverport",
    "dcim.powerport",
    "dcim.poweroutlet",
    "dcim.powerfeed",
)
#: what a path passes through
PASS_THROUGH = ("dcim.frontport", "dcim.rearport", "circuits.circuittermination")
CABLE_ENDS = (*END_POINTS, *PASS_THROUGH)

MODELS = (
    CABLE_TYPE,
    CABLE_TERMINATION,
    CONSOLE_PORT,
    CONSOLE_SERVER_PORT,
    POWER_PORT,
    POWER_OUTLET,
    POWER_FEED,
    REAR_PORT,
    FRONT_PORT,
    INTERFACE,
)
