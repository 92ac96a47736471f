"""Who owns and runs the network: tenants, contacts, providers, and what describes their things."""

from demo.generator.catalogue import KINDS, MANUFACTURERS, PLATFORMS, ROLES
from demo.generator.context import Context, slugify
from demo.generator.words import CHANGERS, PEOPLE, PROVIDERS, TENANTS

VLAN_ROLES = ("Management", "Servers", "Users", "Voice", "Guest", "Storage", "Transit", "DMZ")
TAGS = (
    ("critical", "f44336"),
    ("managed", "4caf50"),
    ("legacy", "9e9e9e"),
    ("pci-scope", "ff5722"),
    ("monitored", "2196f3"),
    ("to-be-replaced", "ffc107"),
)
#: the instances that VRFs are built for: name, route distinguisher, whether addresses in it are unique
VRFS = (
    ("Corporate", "65000:10", True),
    ("Guest", "65000:20", True),
    ("Lab", "65000:30", True),
    ("Shared services", None, False),
)


def build_organisation(context: Context) -> None:
    """Everything that sites and devices refer to."""
    _users(context)
    _tags(context)
    _custom_fields(context)
    _tenants(context)
    _contacts(context)
    _registries(context)
    _routing(context)
    _hardware(context)
    _providers(context)
    _virtualization(context)


def _users(context: Context) -> None:
    for username in CHANGERS:
        id_ = context.database.add(
            "users.user", username=username, is_active=True, date_joined="2024-01-15T08:00:00.000000Z"
        )
        context.ids.setdefault("users.user", {})[username] = id_


def _tags(context: Context) -> None:
    for name, color in TAGS:
        context.named("extras.tag", name, slug=slugify(name), color=color, weight=1000)


def _custom_fields(context: Context) -> None:
    tiers = context.add(
        "extras.customfieldchoiceset",
        name="Support tiers",
        extra_choices=[["gold", "Gold"], ["silver", "Silver"], ["bronze", "Bronze"]],
    )
    for name, label, kind, types, more in (
        ("support_tier", "Support tier", "select", ["dcim.device", "dcim.site"], {"choice_set": tiers}),
        ("purchase_date", "Purchase date", "date", ["dcim.device"], {}),
        ("power_budget", "Power budget", "integer", ["dcim.device"], {"validation_minimum": 0}),
        ("backed_up", "Backed up", "boolean", ["dcim.device", "virtualization.virtualmachine"], {}),
        ("service_owner", "Service owner", "text", ["dcim.device", "ipam.vlan", "ipam.prefix"], {}),
        ("site_code", "Site code", "text", ["dcim.site"], {"filter_logic": "exact"}),
    ):
        context.add(
            "extras.customfield",
            **{
                "name": name,
                "label": label,
                "type": kind,
                "object_types": sorted(types),
                "filter_logic": "loose" if kind == "text" else "exact",
                "ui_visible": "always",
                "ui_editable": "yes",
                "status": "active",
                "search_weight": 1000,
                "weight": 100,
                **more,
            },
        )


def _tenants(context: Context) -> None:
    for group, tenants in TENANTS:
        group_id = context.named("tenancy.tenantgroup", group, slug=slugify(group))
        for tenant in tenants:
            context.named("tenancy.tenant", tenant, slug=slugify(tenant), group=group_id)


def _contacts(context: Context) -> None:
    everyone = context.named("tenancy.contactgroup", "Staff", slug="staff")
    field = context.named("tenancy.contactgroup", "Field staff", slug="field-staff", parent=everyone)
    for role in ("Technical", "On site", "Escalation"):
        context.named("tenancy.contactrole", role, slug=slugify(role))
    for number, (first, last, title) in enumerate(PEOPLE):
        context.named(
            "tenancy.contact",
            f"{first} {last}",
            title=title,
            phone=f"+1 555 01{number:02}",
            email=f"{slugify(first)}.{slugify(last)}@example.com",
            groups=[field if "site" in title or "technician" in title else everyone],
        )


def _registries(context: Context) -> None:
    private = context.named("ipam.rir", "RFC 1918", slug="rfc-1918", is_private=True)
    documentation = context.named("ipam.rir", "Documentation", slug="documentation", is_private=True)
    asns = context.named("ipam.rir", "RFC 6996", slug="rfc-6996", is_private=True)
    for prefix, rir in (
        ("10.0.0.0/8", private),
        ("172.16.0.0/12", private),
        ("192.168.0.0/16", private),
        ("203.0.113.0/24", documentation),
        ("2001:db8::/32", documentation),
    ):
        context.add("ipam.aggregate", prefix=prefix, rir=rir, date_added="2024-01-15")
    context.ids["ipam.asn"] = {
        str(number): context.add("ipam.asn", asn=number, rir=asns, description=text)
        for number, text in ((65000, "Backbone"), (65001, "Branches"), (4200000001, "Lab"))
    }


def _routing(context: Context) -> None:
    for weight, role in enumerate(VLAN_ROLES):
        context.named("ipam.role", role, slug=slugify(role), weight=1000 + weight)
    shared = context.named("ipam.routetarget", "65000:100", description="Shared services")
    for name, rd, unique in VRFS:
        own = context.named("ipam.routetarget", rd) if rd else None
        context.named(
            "ipam.vrf",
            name,
            rd=rd,
            enforce_unique=unique,
            import_targets=[target for target in (own, shared) if target],
            export_targets=[own] if own else [shared],
        )


def _hardware(context: Context) -> None:
    for name in MANUFACTURERS:
        context.named("dcim.manufacturer", name, slug=slugify(name))
    for name, manufacturer, parent in PLATFORMS:
        context.named(
            "dcim.platform",
            name,
            slug=slugify(name),
            manufacturer=context.id_of("dcim.manufacturer", manufacturer) if manufacturer else None,
            parent=context.id_of("dcim.platform", parent) if parent else None,
        )
    for name, color, for_machines, parent in ROLES:
        context.named(
            "dcim.devicerole",
            name,
            slug=slugify(name),
            color=color,
            vm_role=for_machines,
            parent=context.id_of("dcim.devicerole", parent) if parent else None,
        )
    for role, color in (("Network", "2196f3"), ("Compute", "4caf50")):
        context.named("dcim.rackrole", role, slug=slugify(role), color=color)
    for key, kind in KINDS.items():
        context.ids.setdefault("dcim.devicetype", {})[key] = context.add(
            "dcim.devicetype",
            manufacturer=context.id_of("dcim.manufacturer", kind.manufacturer),
            model=kind.model,
            slug=slugify(f"{kind.manufacturer} {kind.model}"),
            part_number=kind.part_number,
            u_height=kind.height,
            is_full_depth=kind.full_depth,
            default_platform=context.id_of("dcim.platform", kind.platform) if kind.platform else None,
        )


def _providers(context: Context) -> None:
    for name, number in PROVIDERS:
        asn = context.add("ipam.asn", asn=number, rir=context.id_of("ipam.rir", "RFC 6996"), description=name)
        provider = context.named("circuits.provider", name, slug=slugify(name), asns=[asn])
        context.named(
            "circuits.providernetwork", f"{name} MPLS", provider=provider, service_id=f"mpls-{number}"
        )
    for name, color in (("MPLS", "3f51b5"), ("Internet", "4caf50"), ("Dark fibre", "000000")):
        context.named("circuits.circuittype", name, slug=slugify(name), color=color)


def _virtualization(context: Context) -> None:
    context.named("virtualization.clustertype", "VMware vSphere", slug="vmware-vsphere")
    context.named("virtualization.clustertype", "Proxmox VE", slug="proxmox-ve")
    for group in ("Production", "Test"):
        context.named("virtualization.clustergroup", group, slug=slugify(group))
