"""Object types of devices: what they are made of, what they do and what stands in the racks."""

from demo.model import (
    By,
    Choice,
    Computed,
    Constant,
    Counter,
    Flag,
    Generic,
    Model,
    Number,
    Ref,
    Related,
    Text,
    Total,
    brief,
)
from demo.models.shared import (
    BY_TENANT,
    BY_TREE,
    COMMENTS,
    DEPTH,
    DESCRIPTION,
    END,
    GROUPED,
    NESTED_NAME,
    NULL,
    ORGANISED,
    OWNER,
    SORT_PATH,
    TENANT,
    by_site,
)

PRIMARY_IP = brief("family", "address", "nat_inside", "nat_outside", "dns_name", "description")
_IP_SCHEMA = {"allOf": [{"$ref": "#/components/schemas/BriefIPAddress"}], "nullable": True}
_NEVER = {"type": "integer"}

MANUFACTURER = Model(
    type="dcim.manufacturer",
    path="dcim/manufacturers",
    label="Manufacturer",
    fields=(
        Text("name"),
        Text("slug"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
        Related("devicetype_count", of="dcim.devicetype", by="manufacturer"),
        Constant("moduletype_count", 0, _NEVER),
        Constant("inventoryitem_count", 0, _NEVER),
        Related("platform_count", of="dcim.platform", by="manufacturer"),
    ),
    brief=brief("name", "slug", "description"),
    search=ORGANISED,
)

DEVICE_TYPE = Model(
    type="dcim.devicetype",
    path="dcim/device-types",
    label="DeviceType",
    fields=(
        Ref("manufacturer", to="dcim.manufacturer"),
        Ref("default_platform", to="dcim.platform"),
        Text("model"),
        Text("slug"),
        Text("part_number"),
        Number("u_height", decimal=True),
        Flag("exclude_from_utilization"),
        Flag("is_full_depth"),
        Choice("subdevice_role", filter="one"),
        Choice("airflow", filter="one"),
        Constant("cooling_method", schema=NULL),
        Constant("weight", schema={"type": "number", "nullable": True}),
        Constant("weight_unit", schema=NULL),
        Constant("end_of_life", schema={"type": "string", "format": "date", "nullable": True}),
        Constant("front_image", schema={"type": "string", "nullable": True}),
        Constant("rear_image", schema={"type": "string", "nullable": True}),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
        Counter("device_count", of="dcim.device", by="device_type"),
        *(
            Constant(f"{part}_template_count", 0, _NEVER)
            for part in (
                "console_port",
                "console_server_port",
                "power_port",
                "power_outlet",
                "cooling_intake",
                "cooling_outflow",
                "interface",
                "front_port",
                "rear_port",
                "device_bay",
                "module_bay",
                "inventory_item",
            )
        ),
    ),
    brief=brief("manufacturer", "model", "slug", "description", "device_count"),
    display="t.model",
    order=("(SELECT m._rank FROM dcim_manufacturer m WHERE m.id = t.manufacturer)", "natural_order(t.model)"),
    search=("model", "part_number", "description", "comments", "manufacturer.name"),
    by=(By("manufacturer"), By("default_platform", tree=True)),
)

DEVICE_ROLE = Model(
    type="dcim.devicerole",
    path="dcim/device-roles",
    label="DeviceRole",
    fields=(
        Text("name"),
        Text("slug"),
        Text("color"),
        Flag("vm_role"),
        Constant("config_template", schema=NULL),
        Ref("parent", to="dcim.devicerole", shape=NESTED_NAME),
        DESCRIPTION,
        *END,
        Total("device_count", of="dcim.device", by="role"),
        Total("virtualmachine_count", of="virtualization.virtualmachine", by="role"),
        OWNER,
        COMMENTS,
        DEPTH,
    ),
    hidden=(SORT_PATH,),
    brief=brief("name", "slug", "description", "device_count", "virtualmachine_count", "_depth"),
    order=("t._sort_path",),
    search=GROUPED,
    by=BY_TREE,
)

PLATFORM = Model(
    type="dcim.platform",
    path="dcim/platforms",
    label="Platform",
    fields=(
        Ref("parent", to="dcim.platform", shape=NESTED_NAME),
        Text("name"),
        Text("slug"),
        Ref("manufacturer", to="dcim.manufacturer"),
        Constant("config_template", schema=NULL),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
        Total("device_count", of="dcim.device", by="platform"),
        Total("virtualmachine_count", of="virtualization.virtualmachine", by="platform"),
        DEPTH,
    ),
    hidden=(SORT_PATH,),
    brief=brief("name", "slug", "description", "device_count", "virtualmachine_count", "_depth"),
    order=("t._sort_path",),
    search=GROUPED,
    by=(*BY_TREE, By("manufacturer")),
)

# A device without a name is shown by its virtual chassis and position, else by what it is.
_DEVICE_DISPLAY = """
COALESCE(
    t.name,
    (SELECT v.name FROM dcim_virtualchassis v WHERE v.id = t.virtual_chassis) || ':' || t.vc_position,
    (SELECT m.name || ' ' || d.model FROM dcim_devicetype d JOIN dcim_manufacturer m ON m.id = d.manufacturer
     WHERE d.id = t.device_type)
)
|| CASE
    WHEN t.asset_tag IS NOT NULL THEN ' (' || t.asset_tag || ')'
    WHEN t.name IS NULL AND t.virtual_chassis IS NULL THEN ' (' || t.id || ')'
    ELSE ''
END
"""

DEVICE = Model(
    type="dcim.device",
    path="dcim/devices",
    label="Device",
    fields=(
        Text("name", exact="iexact", null=True),
        Ref("device_type", to="dcim.devicetype"),
        Ref("role", to="dcim.devicerole"),
        TENANT,
        Ref("platform", to="dcim.platform"),
        Text("serial", exact="iexact"),
        Text("asset_tag", null=True),
        Ref("site", to="dcim.site"),
        Ref("location", to="dcim.location"),
        Ref("rack", to="dcim.rack"),
        Number("position", decimal=True),
        Choice("face", filter="one"),
        Constant("latitude", schema={"type": "number", "nullable": True}),
        Constant("longitude", schema={"type": "number", "nullable": True}),
        Constant("parent_device", schema=NULL),
        Choice("status", by_null=False),
        Choice("airflow", filter="one"),
        Constant("cooling_method", schema=NULL),
        Computed("primary_ip", _IP_SCHEMA),
        Ref("primary_ip4", to="ipam.ipaddress", shape=PRIMARY_IP),
        Ref("primary_ip6", to="ipam.ipaddress", shape=PRIMARY_IP),
        Ref("oob_ip", to="ipam.ipaddress", shape=PRIMARY_IP),
        Ref("cluster", to="virtualization.cluster"),
        Ref("virtual_chassis", to="dcim.virtualchassis"),
        Number("vc_position"),
        Number("vc_priority"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        Constant("config_template", schema=NULL),
        Constant("config_context", {}, {"type": "object"}),
        Constant("local_context_data", schema=NULL),
        *END,
        Counter("console_port_count", of="dcim.consoleport", by="device"),
        Counter("console_server_port_count", of="dcim.consoleserverport", by="device"),
        Counter("power_port_count", of="dcim.powerport", by="device"),
        Counter("power_outlet_count", of="dcim.poweroutlet", by="device"),
        Constant("cooling_intake_count", 0, _NEVER),
        Constant("cooling_outflow_count", 0, _NEVER),
        Counter("interface_count", of="dcim.interface", by="device"),
        Counter("front_port_count", of="dcim.frontport", by="device"),
        Counter("rear_port_count", of="dcim.rearport", by="device"),
        Constant("device_bay_count", 0, _NEVER),
        Constant("module_bay_count", 0, _NEVER),
        Constant("inventory_item_count", 0, _NEVER),
    ),
    brief=brief("name", "description"),
    display=_DEVICE_DISPLAY,
    search=("name", "virtual_chassis.name", "serial", "asset_tag", "description", "comments"),
    by=(
        By("manufacturer", "device_type.manufacturer"),
        By("device_type"),
        By("model", "device_type", by_id=False),
        By("role", tree=True),
        By("platform", tree=True),
        *by_site(),
        By("location", tree=True),
        By("rack", key=None),
        By("cluster", key=None),
        By("cluster_group", "cluster.group"),
        By("virtual_chassis", key=None),
        By("primary_ip4", key="address"),
        By("primary_ip6", key="address"),
        By("oob_ip", key=None),
        *BY_TENANT,
    ),
)

VIRTUAL_CHASSIS = Model(
    type="dcim.virtualchassis",
    path="dcim/virtual-chassis",
    label="VirtualChassis",
    fields=(
        Text("name"),
        Text("domain"),
        Ref("master", to="dcim.device", shape=NESTED_NAME),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
        Counter("member_count", of="dcim.device", by="virtual_chassis"),
        Computed("members", {"type": "array", "items": {"$ref": "#/components/schemas/BriefDevice"}}),
    ),
    brief=brief("name", "master", "description", "member_count"),
    search=("name", "description", "domain"),
    by=(
        By("master", key="name"),
        *by_site("master.site"),
        By("tenant", "master.tenant"),
    ),
)

MAC_ADDRESS = Model(
    type="dcim.macaddress",
    path="dcim/mac-addresses",
    label="MACAddress",
    fields=(
        Text("mac_address", exact=None),
        Generic("assigned_object", stem="assigned_object"),
        Computed("is_primary", {"type": "boolean"}),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
    ),
    brief=brief("mac_address", "description"),
    display="t.mac_address",
    order=("t.mac_address",),
    search=("mac_address", "description"),
)

POWER_PANEL = Model(
    type="dcim.powerpanel",
    path="dcim/power-panels",
    label="PowerPanel",
    fields=(
        Ref("site", to="dcim.site"),
        Ref("location", to="dcim.location"),
        Text("name"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
        Related("powerfeed_count", of="dcim.powerfeed", by="power_panel"),
    ),
    brief=brief("name", "description", "powerfeed_count"),
    order=("(SELECT s._rank FROM dcim_site s WHERE s.id = t.site)", "natural_order(t.name)"),
    search=("name", "description", "comments"),
    by=(*by_site(), By("location", key=None, tree=True)),
)

MODELS = (
    MANUFACTURER,
    PLATFORM,
    DEVICE_TYPE,
    DEVICE_ROLE,
    VIRTUAL_CHASSIS,
    DEVICE,
    MAC_ADDRESS,
    POWER_PANEL,
)
