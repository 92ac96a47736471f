"""Object types of addresses and VLANs."""

from demo.model import (
    WHOLE,
    By,
    Choice,
    Computed,
    Constant,
    Flag,
    Generic,
    Json,
    Many,
    Model,
    Number,
    Packed,
    Ref,
    Related,
    Text,
    Time,
    brief,
    nested,
)
from demo.models.shared import (
    BY_SCOPE,
    BY_TENANT,
    COMMENTS,
    CREATED,
    DEPTH,
    DESCRIPTION,
    END,
    LIST,
    NULL,
    ORGANISED,
    OWNER,
    SCOPE_CACHE,
    TENANT,
    UPDATED,
    by_site,
)

_NESTED_IP = nested("family", "address")

VRF = Model(
    type="ipam.vrf",
    path="ipam/vrfs",
    label="VRF",
    fields=(
        Text("name"),
        Text("rd", null=True),
        TENANT,
        Flag("enforce_unique"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        Many("import_targets", to="ipam.routetarget", shape=WHOLE),
        Many("export_targets", to="ipam.routetarget", shape=WHOLE),
        *END,
        Related("ipaddress_count", of="ipam.ipaddress", by="vrf"),
        Related("prefix_count", of="ipam.prefix", by="vrf"),
    ),
    brief=brief("name", "rd", "description", "prefix_count"),
    display="t.name || COALESCE(' (' || t.rd || ')', '')",
    order=("natural_order(t.name)", "t.rd"),
    search=("name", "rd", "description"),
    by=(
        *BY_TENANT,
        By("import_target", "import_targets", key="name"),
        By("export_target", "export_targets", key="name"),
    ),
)

ROUTE_TARGET = Model(
    type="ipam.routetarget",
    path="ipam/route-targets",
    label="RouteTarget",
    fields=(Text("name"), TENANT, DESCRIPTION, OWNER, COMMENTS, *END),
    brief=brief("name", "description"),
    by=BY_TENANT,
)

RIR = Model(
    type="ipam.rir",
    path="ipam/rirs",
    label="RIR",
    fields=(
        Text("name"),
        Text("slug"),
        Flag("is_private"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
        Related("aggregate_count", of="ipam.aggregate", by="rir"),
    ),
    brief=brief("name", "slug", "description", "aggregate_count"),
    search=ORGANISED,
)

ASN = Model(
    type="ipam.asn",
    path="ipam/asns",
    label="ASN",
    fields=(
        Number("asn"),
        Ref("rir", to="ipam.rir"),
        Ref("role", to="ipam.role"),
        TENANT,
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
        Related("site_count", of="dcim.site", by="asns"),
        Related("provider_count", of="circuits.provider", by="asns"),
        Computed("sites", LIST),
    ),
    brief=brief("asn", "description"),
    display="""
    'AS' || t.asn
    || CASE WHEN t.asn > 65535 THEN ' (' || (t.asn >> 16) || '.' || (t.asn & 65535) || ')' ELSE '' END
    """,
    order=("t.asn",),
    search=("description",),
    by=(By("rir"), By("role"), *BY_TENANT),
)

AGGREGATE = Model(
    type="ipam.aggregate",
    path="ipam/aggregates",
    label="Aggregate",
    fields=(
        Choice("family", filter=None, nullable=False),
        Text("prefix", exact=None),
        Ref("rir", to="ipam.rir"),
        TENANT,
        Time("date_added", day=True),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
    ),
    hidden=(Packed("_first"), Packed("_last"), Number("_length", filtered=False)),
    brief=brief("family", "prefix", "description"),
    display="t.prefix",
    order=("t._first", "t._length"),
    search=("description", "prefix"),
    by=(By("rir"), *BY_TENANT),
)

ROLE = Model(
    type="ipam.role",
    path="ipam/roles",
    label="Role",
    fields=(
        Text("name"),
        Text("slug"),
        Number("weight"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
        Related("prefix_count", of="ipam.prefix", by="role"),
        Related("vlan_count", of="ipam.vlan", by="role"),
        Related("asn_count", of="ipam.asn", by="role"),
    ),
    brief=brief("name", "slug", "description", "prefix_count", "vlan_count", "asn_count"),
    order=("t.weight", "natural_order(t.name)"),
    search=ORGANISED,
)

VLAN_GROUP = Model(
    type="ipam.vlangroup",
    path="ipam/vlan-groups",
    label="VLANGroup",
    fields=(
        Text("name"),
        Text("slug"),
        Generic("scope", stem="scope"),
        Json("vid_ranges", blank=(), schema=LIST),
        Computed("total_vlan_ids", {"type": "integer"}),
        TENANT,
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
        Related("vlan_count", of="ipam.vlan", by="group"),
        Computed("utilization", {"type": "string"}),
    ),
    brief=brief("name", "slug", "description", "vlan_count"),
    search=("name", "description"),
    by=BY_TENANT,
)

VLAN = Model(
    type="ipam.vlan",
    path="ipam/vlans",
    label="VLAN",
    fields=(
        Ref("site", to="dcim.site"),
        Ref("group", to="ipam.vlangroup"),
        Number("vid"),
        Text("name"),
        TENANT,
        Choice("status", by_null=False),
        Ref("role", to="ipam.role"),
        DESCRIPTION,
        Choice("qinq_role"),
        Constant("qinq_svlan", schema=NULL),
        OWNER,
        COMMENTS,
        Constant("l2vpn_termination", schema=NULL),
        *END,
        Related("prefix_count", of="ipam.prefix", by="vlan"),
    ),
    brief=brief("vid", "name", "description"),
    display="t.name || ' (' || t.vid || ')'",
    order=(
        "(SELECT s._rank FROM dcim_site s WHERE s.id = t.site)",
        '(SELECT g._rank FROM ipam_vlangroup g WHERE g.id = t."group")',
        "t.vid",
    ),
    search=("name", "description"),
    by=(*by_site(), By("group"), By("role"), *BY_TENANT),
)

PREFIX = Model(
    type="ipam.prefix",
    path="ipam/prefixes",
    label="Prefix",
    fields=(
        Choice("family", filter=None, nullable=False),
        Text("prefix", exact=None),
        Ref("vrf", to="ipam.vrf"),
        Generic("scope", stem="scope"),
        TENANT,
        Ref("vlan", to="ipam.vlan"),
        Choice("status", by_null=False),
        Ref("role", to="ipam.role"),
        Flag("is_pool"),
        Flag("mark_utilized"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
        Computed("children", {"type": "integer"}),
        DEPTH,
    ),
    hidden=(
        Packed("_first"),
        Packed("_last"),
        Number("_length", filtered=False),
        Number("_children", filtered=False),
        *SCOPE_CACHE,
    ),
    brief=brief("family", "prefix", "description", "_depth"),
    display="t.prefix",
    order=("COALESCE((SELECT v._rank FROM ipam_vrf v WHERE v.id = t.vrf), 0)", "t._first", "t._length"),
    search=("description", "prefix"),
    by=(
        *BY_SCOPE,
        By("vrf", key="rd"),
        By("role"),
        By("vlan", key=None),
        By("vlan_group", "vlan.group"),
        *BY_TENANT,
    ),
)

IP_RANGE = Model(
    type="ipam.iprange",
    path="ipam/ip-ranges",
    label="IPRange",
    fields=(
        Choice("family", filter=None, nullable=False),
        Text("start_address", exact=None),
        Text("end_address", exact=None),
        Number("size"),
        Ref("vrf", to="ipam.vrf"),
        TENANT,
        Choice("status", by_null=False),
        Ref("role", to="ipam.role"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
        Flag("mark_populated"),
        Flag("mark_utilized"),
    ),
    hidden=(Packed("_first"), Packed("_last")),
    brief=brief("family", "start_address", "end_address", "description"),
    display="range_name(t.start_address, t.end_address)",
    order=("COALESCE((SELECT v._rank FROM ipam_vrf v WHERE v.id = t.vrf), 0)", "t._first"),
    search=("description", "start_address", "end_address"),
    by=(By("vrf", key="rd"), By("role"), *BY_TENANT),
)

IP_ADDRESS = Model(
    type="ipam.ipaddress",
    path="ipam/ip-addresses",
    label="IPAddress",
    fields=(
        Choice("family", filter=None, nullable=False),
        Text("address", exact=None),
        Ref("vrf", to="ipam.vrf"),
        TENANT,
        Choice("status", by_null=False),
        Choice("role"),
        Generic("assigned_object", stem="assigned_object"),
        Ref("nat_inside", to="ipam.ipaddress", shape=_NESTED_IP),
        Computed("nat_outside", LIST),
        Text("dns_name"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
    ),
    hidden=(Packed("_host"), Number("_length", filtered=False)),
    brief=brief("family", "address", "description"),
    display="t.address",
    order=("t._host",),
    search=("dns_name", "description", "address"),
    by=(By("vrf", key="rd"), By("nat_inside", key=None), *BY_TENANT),
)

FHRP_GROUP = Model(
    type="ipam.fhrpgroup",
    path="ipam/fhrp-groups",
    label="FHRPGroup",
    fields=(
        Text("name"),
        Choice("protocol", plain=True, nullable=False),
        Number("group_id"),
        Choice("auth_type", plain=True),
        Text("auth_key"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
        Computed("ip_addresses", LIST),
    ),
    brief=brief("protocol", "group_id", "description"),
    display="""
    CASE WHEN t.name != '' THEN t.name || ' ' ELSE '' END
    || choice_label('FHRPGroup.protocol', t.protocol) || ': ' || t.group_id
    || COALESCE(' (' || (SELECT a.address FROM ipam_ipaddress a
        WHERE a.assigned_object_type = 'ipam.fhrpgroup' AND a.assigned_object_id = t.id
        ORDER BY a._host LIMIT 1) || ')', '')
    """,
    order=("t.protocol", "t.group_id"),
    search=("name", "description"),
)

FHRP_ASSIGNMENT = Model(
    type="ipam.fhrpgroupassignment",
    path="ipam/fhrp-group-assignments",
    label="FHRPGroupAssignment",
    fields=(
        Ref("group", to="ipam.fhrpgroup"),
        Generic("interface", stem="interface"),
        Number("priority"),
        CREATED,
        UPDATED,
    ),
    brief=brief("group", "interface_type", "interface_id", "priority"),
    display="""
    display_of(t.interface_type, t.interface_id) || ': ' || display_of('ipam.fhrpgroup', t."group")
    || ' (' || t.priority || ')'
    """,
    order=("-t.priority",),
    search=(),
    by=(By("group", key=None),),
    linked=False,
)

SERVICE = Model(
    type="ipam.service",
    path="ipam/services",
    label="Service",
    fields=(
        Generic("parent", stem="parent_object"),
        Text("name"),
        Json("port_mappings", blank=(), schema={"type": "array", "items": {"type": "string"}}),
        Computed("protocol", NULL),
        Computed("ports", {"type": "array", "items": {"type": "integer"}, "nullable": True}),
        Many("ipaddresses", to="ipam.ipaddress"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
    ),
    brief=brief("name", "port_mappings", "description"),
    order=("natural_order(t.name)",),
    by=(By("ip_address", "ipaddresses", key="address"),),
)

MODELS = (
    RIR,
    ASN,
    ROUTE_TARGET,
    VRF,
    AGGREGATE,
    ROLE,
    VLAN_GROUP,
    VLAN,
    PREFIX,
    IP_RANGE,
    IP_ADDRESS,
    FHRP_GROUP,
    FHRP_ASSIGNMENT,
    SERVICE,
)
