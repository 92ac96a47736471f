"""Asked by another program: precise, with several conditions, in the words of the data model."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows

AGENT: tuple[Asked, ...] = (
    asked(
        "List all active devices with role Access switch at site Utica whose primary IPv4 is "
        "unset, grouped by rack.",
        rows("device", by="rack", role="Access switch", site="Utica", status="active", primary_ip4=None),
        rows("device", by="rack", role="Access switch", site="Utica", status="active", has_primary_ip=False),
    ),
    asked(
        "Return name, serial and asset_tag for every device where manufacturer = Dell.",
        rows("device", manufacturer="Dell", fields=["name", "serial", "asset_tag"]),
    ),
    asked(
        "Count interfaces grouped by type for device alb-core02.",
        rows("interface", by="type", device="alb-core02"),
    ),
    asked(
        "Enumerate virtual machines with vcpus >= 3 and memory < 8192 on cluster alb-cluster01.",
        rows("vm", cluster="alb-cluster01", vcpus__gte=3, memory__lt=8192),
    ),
    asked(
        "Retrieve prefixes with status active, role Servers and VRF Corporate, restricted to "
        "region New York.",
        rows("prefix", status="active", role="Servers", vrf="Corporate", region="New York"),
    ),
    asked("Fetch the 10 most recently created devices.", rows("device", order=["-created"], limit=10)),
    asked("Sort all sites by name descending.", rows("site", order=["-name"])),
    asked(
        "Get circuits where provider is Lumen Path, type is MPLS and commit_rate does not exceed 50000.",
        rows("circuit", provider="Lumen Path", type="MPLS", commit_rate__lte=50000),
    ),
    asked(
        "List cables of type smf with status planned and include their length.",
        rows("cable", type="smf", status="planned", fields=["length"]),
    ),
    asked(
        "List devices whose name starts with 'alb-' and whose role is not Server.",
        rows("device", name__isw="alb-", role__n="Server"),
    ),
    asked(
        "Select interfaces on devices of role Router in region Pennsylvania that are enabled but not cabled.",
        rows("interface", device_role="Router", region="Pennsylvania", enabled=True, cabled=False),
        rows("interface", device_role="Router", region="Pennsylvania", enabled=True, cable=None),
    ),
    asked(
        "Devices where platform is null and status equals active.",
        rows("device", platform=None, status="active"),
    ),
    asked(
        "VLANs with vid in [100, 200, 300] at sites Akron and Albany.",
        rows("vlan", vid=[100, 200, 300], site=["Akron", "Albany"]),
    ),
    asked(
        "Device records last updated before 2026-03-01, ordered by last_updated ascending.",
        rows("device", last_updated__lt="2026-03-01", order=["last_updated"]),
    ),
    asked(
        "Show 5 VMs of cluster akr-cluster01 including their interfaces.",
        rows("vm", cluster="akr-cluster01", include=["interfaces"], limit=5),
    ),
    asked(
        "IP addresses assigned to akr-core01 with an empty dns_name.",
        rows("ip address", device="akr-core01", dns_name=None),
    ),
    asked(
        "All IP addresses in VRF Guest having status active, as count per role.",
        rows("ip address", by="role", vrf="Guest", status="active"),
    ),
    asked("IP addresses whose dns_name contains 'mail'.", rows("ip address", dns_name__ic="mail")),
    asked(
        "Describe the object of type circuit with cid TR-4411.",
        call("describe", object="TR-4411", type="circuit"),
    ),
    asked(
        "Obtain the complete record of virtual machine alb-mon02.",
        call("describe", object="alb-mon02", type="vm"),
    ),
    asked(
        "Give every detail that is known about site Rochester.",
        call("describe", object="Rochester", type="site"),
    ),
    asked(
        "Resolve the identifier FI00134623 to an object.",
        call("find", text="FI00134623"),
        rows("device", serial="FI00134623"),
    ),
    asked("Search all object types for the string 'brd'.", call("find", text="brd")),
    asked(
        "Search only circuits for '4409'.",
        call("find", text="4409", types=["circuit"]),
        rows("circuit", cid__ic="4409"),
        rows("circuit", q="4409"),
    ),
    asked(
        "Locate any object associated with MAC address 02-1A-00-00-00-20.",
        call("find", text="02-1A-00-00-00-20"),
    ),
    asked("Find objects named like 'stack01'.", call("find", text="stack01")),
    asked(
        "Trace the cable path beginning at interface akr-brd01 xe-0/1/1.",
        call("trace", start="akr-brd01 xe-0/1/1"),
    ),
    asked(
        "Compute the shortest cable path from device akr-srv03 to device akr-fw02.",
        call("trace", start="akr-srv03", to="akr-fw02"),
    ),
    asked(
        "Follow power port PSU2 of device alb-core02 to its source.", call("trace", start="alb-core02 PSU2")
    ),
    asked(
        "Produce a network topology for site Albany with depth 2 in mermaid format.",
        call("topology", around="Albany", depth=2, format="mermaid"),
    ),
    asked(
        "Produce the power topology around device akr-core01.",
        call("topology", around="akr-core01", kind="power"),
    ),
    asked(
        "Determine the impact if device alb-core01 becomes unavailable.", call("impact", object="alb-core01")
    ),
    asked(
        "Enumerate virtual machines and tenants affected by an outage of cluster alb-cluster01.",
        call("impact", object="alb-cluster01"),
    ),
    asked(
        "Identify the next available /28 in prefix 10.0.22.0/24.",
        call("ip_space", prefix="10.0.22.0/24", free_length=28),
    ),
    asked(
        "For address 10.0.17.18 return the enclosing prefix, its VLAN and the assigned object.",
        call("ip_space", address="10.0.17.18"),
    ),
    asked(
        "Report address usage of all prefixes with role Management at site Camden.",
        call("ip_space", site="Camden", role="Management"),
    ),
    asked(
        "Compute rack utilization for all racks in region New York.",
        call("capacity", of="New York", type="racks"),
    ),
    asked(
        "Evaluate whether an 8U chassis fits in any rack at site Albany.",
        call("capacity", of="Albany", fits_u=8),
        call("capacity", of="Albany", fits_u=8, type="racks"),
    ),
    asked(
        "Run the checks duplicate-serial and duplicate-mac on site Albany.",
        call("audit", site="Albany", checks=["duplicate-serial", "duplicate-mac"]),
    ),
    asked(
        "Run only high severity checks for tenant Corporate IT.",
        call("audit", tenant="Corporate IT", checks=["high"]),
    ),
    asked("Audit devices with role Firewall.", call("audit", role="Firewall")),
    asked(
        "Retrieve change log entries for object type prefix by user automation between 2026-11-05 "
        "and 2026-11-12.",
        call("changes", type="prefix", by="automation", since="2026-11-05", until="2026-11-12"),
    ),
    asked(
        "Get the changes to device akr-core02 since 2026-11-10T08:00.",
        call("changes", object="akr-core02", since="2026-11-10T08:00"),
    ),
    asked(
        "Compare device uti-asw01 with device yon-asw01.",
        call("compare", left="uti-asw01", right="yon-asw01", type="device"),
    ),
    asked(
        "Diff the state of site Albany between 2026-11-01 and 2026-11-15.",
        call("compare", left="Albany", since="2026-11-01", until="2026-11-15", type="site"),
    ),
    asked("Count VMs by platform where status is active.", rows("vm", by="platform", status="active")),
    asked(
        "List power ports at site Akron with maximum_draw above 300.",
        rows("power port", site="Akron", maximum_draw__gt=300),
    ),
    asked(
        "List device types with u_height >= 2 sorted by u_height descending.",
        rows("device type", u_height__gte=2, order=["-u_height"]),
    ),
    asked("List contacts whose email ends with 'example.com'.", rows("contact", email__iew="example.com")),
    asked("List contact assignments with role Escalation.", rows("contact assignment", role="Escalation")),
    asked(
        "Disabled VM interfaces in cluster alb-cluster01.",
        rows("vm interface", cluster="alb-cluster01", enabled=False),
    ),
    asked(
        "Devices at Albany where support_tier is gold and backed_up is false.",
        rows("device", site="Albany", cf_support_tier="gold", cf_backed_up=False),
    ),
    asked(
        "Devices whose purchase_date lies between 2021-01-01 and 2021-12-31.",
        rows("device", cf_purchase_date__gte="2021-01-01", cf_purchase_date__lte="2021-12-31"),
    ),
    asked(
        "Devices tagged critical at any site other than Akron.",
        rows("device", tag="critical", site__n="Akron"),
    ),
    asked("Devices having neither a tenant nor a platform.", rows("device", tenant=None, platform=None)),
    asked("Sites where group = Branches and tenant is unset.", rows("site", group="Branches", tenant=None)),
    asked(
        "Racks with role Network in region Ohio or New Jersey.",
        rows("rack", role="Network", region=["Ohio", "New Jersey"]),
    ),
    asked("VLAN usage for vid 500 at site Akron.", call("vlans", vid=500, site="Akron")),
    asked(
        "Devices of model MX204 or ISR 4331 with columns name, site and platform.",
        rows("device", device_type=["MX204", "ISR 4331"], fields=["name", "site", "platform"]),
    ),
    asked(
        "Devices with more than 50 interfaces, role in (Core switch, Access switch).",
        rows("device", role=["Core switch", "Access switch"], interfaces__gt=50),
    ),
)
