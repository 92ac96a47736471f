"""Object types of tenants and of the people to call."""

from demo.model import By, Choice, Generic, Many, Model, Ref, Related, Text, Total, brief
from demo.models.shared import (
    BY_TREE,
    COMMENTS,
    CREATED,
    DEPTH,
    DESCRIPTION,
    END,
    GROUPED,
    NESTED_TREE,
    ORGANISED,
    OWNER,
    SORT_PATH,
    UPDATED,
)

TENANT_GROUP = Model(
    type="tenancy.tenantgroup",
    path="tenancy/tenant-groups",
    label="TenantGroup",
    fields=(
        Text("name"),
        Text("slug"),
        Ref("parent", to="tenancy.tenantgroup", shape=NESTED_TREE),
        DESCRIPTION,
        *END,
        Total("tenant_count", of="tenancy.tenant", by="group"),
        OWNER,
        COMMENTS,
        DEPTH,
    ),
    hidden=(SORT_PATH,),
    brief=brief("name", "slug", "description", "tenant_count", "_depth"),
    order=("t._sort_path",),
    search=GROUPED,
    by=BY_TREE,
)

TENANT = Model(
    type="tenancy.tenant",
    path="tenancy/tenants",
    label="Tenant",
    fields=(
        Text("name"),
        Text("slug"),
        Ref("group", to="tenancy.tenantgroup"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
        Related("circuit_count", of="circuits.circuit", by="tenant"),
        Related("device_count", of="dcim.device", by="tenant"),
        Related("ipaddress_count", of="ipam.ipaddress", by="tenant"),
        Related("prefix_count", of="ipam.prefix", by="tenant"),
        Related("rack_count", of="dcim.rack", by="tenant"),
        Related("site_count", of="dcim.site", by="tenant"),
        Related("virtualmachine_count", of="virtualization.virtualmachine", by="tenant"),
        Related("vlan_count", of="ipam.vlan", by="tenant"),
        Related("vrf_count", of="ipam.vrf", by="tenant"),
        Related("cluster_count", of="virtualization.cluster", by="tenant"),
    ),
    brief=brief("name", "slug", "description"),
    search=GROUPED,
    by=(By("group", tree=True),),
)

CONTACT_GROUP = Model(
    type="tenancy.contactgroup",
    path="tenancy/contact-groups",
    label="ContactGroup",
    fields=(
        Text("name"),
        Text("slug"),
        Ref("parent", to="tenancy.contactgroup", shape=NESTED_TREE),
        DESCRIPTION,
        *END,
        Total("contact_count", of="tenancy.contact", by="groups"),
        OWNER,
        COMMENTS,
        DEPTH,
    ),
    hidden=(SORT_PATH,),
    brief=brief("name", "slug", "description", "contact_count", "_depth"),
    order=("t._sort_path",),
    search=GROUPED,
    by=BY_TREE,
)

CONTACT_ROLE = Model(
    type="tenancy.contactrole",
    path="tenancy/contact-roles",
    label="ContactRole",
    fields=(Text("name"), Text("slug"), DESCRIPTION, OWNER, COMMENTS, *END),
    brief=brief("name", "slug", "description"),
    search=ORGANISED,
)

CONTACT = Model(
    type="tenancy.contact",
    path="tenancy/contacts",
    label="Contact",
    fields=(
        Many("groups", to="tenancy.contactgroup"),
        Text("name"),
        Text("title"),
        Text("phone"),
        Text("email"),
        Text("address"),
        Text("link"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
    ),
    brief=brief("name", "description"),
    search=("name", "title", "phone", "email", "address", "link", "description", "comments"),
    by=(By("group", "groups", tree=True),),
)

CONTACT_ASSIGNMENT = Model(
    type="tenancy.contactassignment",
    path="tenancy/contact-assignments",
    label="ContactAssignment",
    fields=(
        Generic("object", stem="object"),
        Ref("contact", to="tenancy.contact"),
        Ref("role", to="tenancy.contactrole"),
        Choice("priority", filter="one"),
        *END[:2],
        CREATED,
        UPDATED,
    ),
    brief=brief("contact", "role", "priority"),
    display="""
    (SELECT c.name FROM tenancy_contact c WHERE c.id = t.contact)
    || COALESCE(' (' || NULLIF(choice_label('ContactAssignment.priority', t.priority), '') || ')', '')
    || ' -> ' || display_of(t.object_type, t.object_id)
    """,
    order=(
        "(SELECT c._rank FROM tenancy_contact c WHERE c.id = t.contact)",
        "t.priority",
        "(SELECT r._rank FROM tenancy_contactrole r WHERE r.id = t.role)",
    ),
    search=("contact.name", "role.name"),
    by=(By("contact", key=None), By("role"), By("group", "contact.groups", tree=True)),
    linked=False,
)

MODELS = (TENANT_GROUP, TENANT, CONTACT_GROUP, CONTACT_ROLE, CONTACT, CONTACT_ASSIGNMENT)
