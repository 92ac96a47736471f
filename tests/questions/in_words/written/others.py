"""Sites, virtual machines, circuits, racks, tenants, contacts and what else there is."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows

OTHERS: tuple[Asked, ...] = (
    asked("list sites", rows("site")),
    asked("what sites do we have in New York", rows("site", region="New York")),
    asked("data center sites", rows("site", group="Data centers")),
    asked("which sites belong to Engineering?", rows("site", tenant="Engineering")),
    asked("locations in akron", rows("location", site="Akron")),
    asked("racks in new york state region", rows("rack", region="New York")),
    asked("cabinets at Nashua", rows("rack", site="Nashua")),
    asked("vms", rows("vm")),
    asked("akr-cluster01 vms", rows("vm", cluster="akr-cluster01"), call("describe", object="akr-cluster01")),
    asked("database VMs in Albany", rows("vm", role="Database server", site="Albany")),
    asked(
        "which virtual machines run windows",
        rows("vm", platform="Windows Server 2022"),
        rows("vm", platform__ic="windows"),
        rows("vm", platform__isw="windows"),
    ),
    asked("critical vms akron", rows("vm", tag="critical", site="Akron")),
    asked("Lumen Path lines", rows("circuit", provider="Lumen Path")),
    asked("internet circuits", rows("circuit", type="Internet")),
    asked("MPLS lines at Utica", rows("circuit", type="MPLS", site="Utica")),
    asked("which carriers do we buy from?", rows("provider")),
    asked(
        "who supplies circuit NO-4407",
        call("describe", object="NO-4407", type="circuit"),
        rows("circuit", cid="NO-4407"),
        rows("circuit", cid="NO-4407", fields=["provider"]),
    ),
    asked("list all tenants in the Customers group", rows("tenant", group="Customers")),
    asked("people we can call", rows("contact")),
    asked("vendors", rows("manufacturer")),
    asked("what device types does Cisco have here", rows("device type", manufacturer="Cisco")),
    asked("which device roles exist", rows("device role")),
    asked("stacks", rows("virtual chassis")),
    asked(
        "services on akr-web01",
        rows("service", virtual_machine="akr-web01"),
        call("describe", object="akr-web01"),
    ),
    asked("where does dns run (services)", rows("service", name="dns")),
    asked("power feeds akron", rows("power feed", site="Akron")),
    asked("all power panels with their sites", rows("power panel", fields=["site"]), rows("power panel")),
    asked("clusters at albany", rows("cluster", site="Albany")),
    asked("VRFs and their RDs", rows("vrf", fields=["rd"]), rows("vrf")),
    asked("fhrp groups", rows("fhrp group")),
    asked("what tags are in use", rows("tag"), rows("device", by="tags")),
    asked("custom fields", rows("custom field")),
    asked("list vlan groups", rows("vlan group")),
    asked("sites together with their racks", rows("site", include=["racks"])),
    asked("regions", rows("region")),
    asked("asns", rows("asn")),
    asked("journal entries", rows("journal entries")),
)
