"""Ports, VLANs, prefixes, circuits, virtual machines and the rest, and how many there are of everything."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows
from tests.questions.in_words.written.devices import switches

PLAIN_OBJECTS: tuple[Asked, ...] = (
    asked(
        "list all interfaces on alb-asw01 that are disabled",
        rows("interface", device="alb-asw01", enabled=False),
    ),
    asked("show the enabled interfaces of akr-brd01", rows("interface", device="akr-brd01", enabled=True)),
    asked(
        "which enabled ports on akr-asw01 have no cable",
        rows("interface", device="akr-asw01", enabled=True, cabled=False),
        rows("interface", device="akr-asw01", enabled=True, cable=None),
        rows("interface", device="akr-asw01", enabled=True, connected=False),
    ),
    asked(
        "which interfaces of alb-core01 are not connected",
        rows("interface", device="alb-core01", connected=False),
        rows("interface", device="alb-core01", cabled=False),
        rows("interface", device="alb-core01", cable=None),
    ),
    asked(
        "interfaces on akr-core02 w/o description",
        rows("interface", device="akr-core02", description=None),
    ),
    asked(
        "list interfaces at Camden with unused in the description",
        rows("interface", site="Camden", description__ic="unused"),
        rows("interface", site="Camden", description="unused"),
    ),
    asked("which interfaces on akr-core01 have mtu 9214", rows("interface", device="akr-core01", mtu=9214)),
    asked(
        "show name, type and mtu of the interfaces on alb-brd01",
        rows("interface", device="alb-brd01", fields=["name", "type", "mtu"]),
    ),
    asked(
        "tagged interfaces on buf-asw01",
        rows("interface", device="buf-asw01", mode="tagged"),
        rows("interface", device="buf-asw01", mode=["tagged", "tagged-all"]),
    ),
    asked("management-only interfaces at Albany", rows("interface", site="Albany", mgmt_only=True)),
    asked(
        "mac addresses of the interfaces on akr-srv01",
        rows("interface", device="akr-srv01", fields=["mac_address"]),
    ),
    asked("list LAG interfaces on sta-asw01", rows("interface", device="sta-asw01", type="lag")),
    asked(
        "members of Port-channel1 on akr-asw01",
        rows("interface", device="akr-asw01", lag="Port-channel1"),
    ),
    asked(
        "10gbase-x-sfpp interfaces at Akron that are disabled",
        rows("interface", type="10gbase-x-sfpp", site="Akron", enabled=False),
    ),
    asked("interfaces in vrf Guest", rows("interface", vrf="Guest")),
    asked(
        "console ports at Akron without a cable",
        rows("console port", site="Akron", cabled=False),
        rows("console port", site="Akron", cable=None),
        rows("console port", site="Akron", connected=False),
    ),
    asked("list the power outlets of akr-pdu01", rows("power outlet", device="akr-pdu01")),
    asked(
        "power ports at Albany with a maximum draw over 500",
        rows("power port", site="Albany", maximum_draw__gt=500),
    ),
    asked("power feeds with voltage 230 and amperage 32", rows("power feed", voltage=230, amperage=32)),
    asked("redundant power feeds at Albany", rows("power feed", type="redundant", site="Albany")),
    asked("list all cables in Akron that are planned", rows("cable", site="Akron", status="planned")),
    asked("cables without a label", rows("cable", label=None)),
    asked(
        "cat6 cables longer than 5 m",
        rows("cable", type="cat6", length__gt=5),
        rows("cable", type="cat6", length__gt=5, length_unit="m"),
    ),
    asked("show me the VLANs at Nashua", call("vlans", site="Nashua"), rows("vlan", site="Nashua")),
    asked("VLANs without a tenant at Akron", rows("vlan", site="Akron", tenant=None)),
    asked("vlans with the tag pci-scope", rows("vlan", tag="pci-scope")),
    asked("vlans where the service owner is netops", rows("vlan", cf_service_owner="netops")),
    asked("VLANs with an id above 500 at Albany", rows("vlan", site="Albany", vid__gt=500)),
    asked(
        "list all prefxies at Yonkers",
        rows("prefix", site="Yonkers"),
        call("ip_space", site="Yonkers"),
    ),
    asked(
        "prefixes in vrf Corporate with role Servers",
        rows("prefix", vrf="Corporate", role="Servers"),
        call("ip_space", vrf="Corporate", role="Servers"),
    ),
    asked("which prefixes have no VLAN", rows("prefix", vlan=None)),
    asked(
        "prefixes without a vrf at Akron",
        rows("prefix", vrf=None, site="Akron"),
        call("ip_space", vrf="global", site="Akron"),
    ),
    asked("active prefixes owned by Engineering", rows("prefix", status="active", tenant="Engineering")),
    asked(
        "IP addresses in 10.0.16.0/24",
        rows("ip address", parent="10.0.16.0/24"),
        call("ip_space", prefix="10.0.16.0/24"),
        call("describe", object="10.0.16.0/24"),
    ),
    asked("ip addreses without a dns name", rows("ip address", dns_name=None)),
    asked(
        "list unassigned IP addresses in vrf Corporate", rows("ip address", assigned=None, vrf="Corporate")
    ),
    asked("list IP addresses of tenant Corporate IT", rows("ip address", tenant="Corporate IT")),
    asked(
        "ip addresses with dns name ending in example.com", rows("ip address", dns_name__iew="example.com")
    ),
    asked("show all VRFs with their tenant", rows("vrf", fields=["tenant"])),
    asked(
        "active ciruits from NordNet Carrier", rows("circuit", status="active", provider="NordNet Carrier")
    ),
    asked("circuits installed before 2022-01-01", rows("circuit", install_date__lt="2022-01-01")),
    asked(
        "list circuits with cid, provider and commit rate",
        rows("circuit", fields=["cid", "provider", "commit_rate"]),
    ),
    asked(
        "which circuits end at Buffalo",
        rows("circuit", site="Buffalo"),
        rows("circuit termination", site="Buffalo"),
    ),
    asked(
        "list all VMs on akr-cluster01 that are offline",
        rows("vm", cluster="akr-cluster01", status="offline"),
    ),
    asked("VMs at Albany with more than 4096 MB memory", rows("vm", site="Albany", memory__gt=4096)),
    asked("which vms are not backed up?", rows("vm", cf_backed_up=False)),
    asked(
        "application server VMs running Ubuntu 24.04",
        rows("vm", role="Application server", platform="Ubuntu 24.04"),
    ),
    asked("list vms with vcpus, memory and disk", rows("vm", fields=["vcpus", "memory", "disk"])),
    asked("clusters of type VMware vSphere", rows("cluster", type="VMware vSphere")),
    asked("list sites in New York with status active", rows("site", region="New York", status="active")),
    asked("which sites in New York have no tenant", rows("site", region="New York", tenant=None)),
    asked(
        "sites with their physical address and time zone",
        rows("site", fields=["physical_address", "time_zone"]),
    ),
    asked("branch sites owned by Corporate IT", rows("site", group="Branches", tenant="Corporate IT")),
    asked("racks with role Network at Akron", rows("rack", role="Network", site="Akron")),
    asked("device types with no part number", rows("device type", part_number=None)),
    asked("contacts with the title Network engineer", rows("contact", title="Network engineer")),
    asked("phone numbers and emails of all contacts", rows("contact", fields=["phone", "email"])),
    asked("list the contacts in Field staff", rows("contact", groups="Field staff")),
    # How many, by what, and in which order.
    asked("how many active devices does each site have", rows("device", by="site", status="active")),
    asked(
        "how many access switches are in New York", rows("device", role="Access switch", region="New York")
    ),
    asked("number of prefixes in vrf Guest", rows("prefix", vrf="Guest"), call("ip_space", vrf="Guest")),
    asked("count devices by manufaturer at Albany", rows("device", by="manufacturer", site="Albany")),
    asked(
        "how many VMs does each tenant have",
        rows("vm", by="tenant"),
        rows("tenant", order=["-virtual_machines"]),
    ),
    asked(
        "number of disabled intf per device at Akron",
        rows("interface", by="device", site="Akron", enabled=False),
    ),
    asked("count IP addresses per vrf", rows("ip address", by="vrf")),
    asked("how many switches does each tenant have", *switches(by="tenant")),
    asked(
        "which role has the most devices", rows("device", by="role"), rows("device role", order=["-devices"])
    ),
    asked(
        "top 5 device types by number of devices",
        rows("device type", order=["-devices"], limit=5),
        rows("device", by="device_type"),
    ),
    asked("list VMs ordered by memory, largest first", rows("vm", order=["-memory"])),
    asked("sites with more than 5 vlans", rows("site", vlans__gt=5)),
    asked("sites without any racks", rows("site", racks=0)),
    asked(
        "how many interfces does alb-asw01 have",
        rows("interface", device="alb-asw01"),
        call("describe", object="alb-asw01"),
        rows("device", name="alb-asw01", fields=["interface_count"]),
    ),
)
