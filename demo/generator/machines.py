"""Clusters, the virtual machines on them and the services that these run."""

from demo.generator.context import Context
from demo.generator.equipment import Device, Equipment
from demo.generator.site import Site

_PURPOSES = (
    ("web", "Application server", "tcp/443"),
    ("db", "Database server", "tcp/5432"),
    ("dns", "Server", "udp/53"),
    ("ci", "Application server", "tcp/8080"),
    ("mail", "Server", "tcp/25"),
    ("mon", "Server", "tcp/9090"),
)
MACHINES_PER_HOST = 8


def build_cluster(context: Context, equipment: Equipment, site: Site, hosts: list[Device]) -> None:
    """A cluster of a site's servers with virtual machines on it."""
    if not hosts:
        return
    cluster = context.add(
        "virtualization.cluster",
        name=f"{site.code}-cluster01",
        type=context.id_of("virtualization.clustertype", "VMware vSphere" if site.hub else "Proxmox VE"),
        group=context.id_of("virtualization.clustergroup", "Production" if site.hub else "Test"),
        status="active",
        tenant=site.tenant,
        scope_type="dcim.site",
        scope_id=site.id,
    )
    for host in hosts:
        context.later("dcim.device", host.id, cluster=cluster)
    per_host = MACHINES_PER_HOST if site.hub else 2
    for number in range(min(len(hosts) * per_host, 120)):
        _machine(context, equipment, site, cluster, number)


def _machine(context: Context, equipment: Equipment, site: Site, cluster: int, number: int) -> None:
    purpose, role, port = _PURPOSES[number % len(_PURPOSES)]
    name = f"{site.code}-{purpose}{number // len(_PURPOSES) + 1:02}"
    machine = context.add(
        "virtualization.virtualmachine",
        name=name,
        cluster=cluster,
        site=site.id,
        role=context.id_of("dcim.devicerole", role),
        status="offline" if number % 13 == 12 else "active",
        start_on_boot="on" if number % 2 else "off",
        platform=context.id_of(
            "dcim.platform", "Windows Server 2022" if purpose == "mail" else "Ubuntu 24.04"
        ),
        vcpus=float(1 + number % 4),
        memory=2048 * (1 + number % 8),
        disk=40_000 * (1 + number % 3),
        tenant=site.tenant,
        custom_fields={"backed_up": number % 3 == 0},
        tags=[context.id_of("extras.tag", "critical")] if purpose == "db" else [],
    )
    interface = context.add(
        "virtualization.vminterface",
        virtual_machine=machine,
        name="eth0",
        enabled=True,
        mtu=1500,
        mode="access",
        untagged_vlan=site.vlans["Servers"],
    )
    equipment.mac("virtualization.vminterface", interface)
    pool = site.pools["Servers"]
    address = context.add(
        "ipam.ipaddress",
        address=pool.take(),
        vrf=pool.vrf,
        status="active",
        tenant=site.tenant,
        assigned_object_type="virtualization.vminterface",
        assigned_object_id=interface,
        dns_name=f"{name}.example.com",
    )
    if number % 9 != 8:
        context.later("virtualization.virtualmachine", machine, primary_ip4=address)
    context.add(
        "ipam.service",
        parent_object_type="virtualization.virtualmachine",
        parent_object_id=machine,
        name=purpose,
        port_mappings=[port, "udp/5353"] if purpose == "mon" else [port],
        ipaddresses=[address],
    )
