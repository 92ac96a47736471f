"""Asked by who plans the network: address space, VRFs, VLANs, redundancy, paths, what if."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows

ARCHITECT: tuple[Asked, ...] = (
    asked(
        "Which prefixes live in the Corporate VRF?",
        rows("prefix", vrf="Corporate"),
        call("ip_space", vrf="Corporate"),
    ),
    asked(
        "How much of 10.0.3.0/24 is consumed?",
        call("ip_space", prefix="10.0.3.0/24"),
        call("capacity", of="10.0.3.0/24"),
    ),
    asked("prefix utilization across Buffalo", call("ip_space", site="Buffalo")),
    asked(
        "unallocated space inside 203.0.113.0/24",
        call("ip_space", prefix="203.0.113.0/24"),
        call("capacity", of="203.0.113.0/24"),
    ),
    asked(
        "I'd like to carve a /27 out of 10.0.7.0/24, which one's free?",
        call("ip_space", prefix="10.0.7.0/24", free_length=27),
    ),
    asked(
        "first available /64 in 2001:db8:3::/48", call("ip_space", prefix="2001:db8:3::/48", free_length=64)
    ),
    asked(
        "could we still place a /21 under 10.0.64.0/20 in Guest",
        call("ip_space", prefix="10.0.64.0/20", vrf="Guest", free_length=21),
    ),
    asked(
        "Everything beneath 2001:db8::/32, please",
        call("ip_space", prefix="2001:db8::/32"),
        rows("prefix", within="2001:db8::/32"),
        rows("prefix", within_include="2001:db8::/32"),
    ),
    asked("prefixes in no VRF that lack a VLAN", rows("prefix", vrf=None, vlan=None)),
    asked(
        "Within Guest, which prefixes merely act as containers?",
        rows("prefix", status="container", vrf="Guest"),
    ),
    asked("prefix count by role", rows("prefix", by="role")),
    asked(
        "VRFs ranked by how many prefixes they hold",
        rows("vrf", order=["-prefixes"]),
        rows("prefix", by="vrf"),
    ),
    asked("VRFs nobody put a prefix in", rows("vrf", prefixes=0)),
    asked(
        "what is the RD of Shared services",
        rows("vrf", name="Shared services"),
        rows("vrf", name="Shared services", fields=["rd"]),
        call("describe", object="Shared services", type="vrf"),
    ),
    asked(
        "At which sites is VLAN 201 still defined?",
        rows("vlan", vid=201),
        call("vlans", vid=201),
        rows("vlan", by="site", vid=201),
    ),
    asked("VLANs playing the Transit role", rows("vlan", role="Transit"), rows("vlan", role__ic="transit")),
    asked("Which VLANs were never given any role?", rows("vlan", role=None)),
    asked("site-less VLANs", rows("vlan", site=None)),
    asked(
        "How do the VLAN groups Camden VLANs and Nashua VLANs differ?",
        call("compare", left="Camden VLANs", right="Nashua VLANs"),
        call("compare", left="Camden VLANs", right="Nashua VLANs", type="vlan group"),
    ),
    asked("VLAN plan for Pittsfield", call("vlans", site="Pittsfield"), rows("vlan", site="Pittsfield")),
    asked("How far does the Voice VLAN reach?", call("vlans", name="Voice")),
    asked(
        "To which devices does the Storage VLAN of Albany extend?",
        call("vlans", name="Storage", site="Albany"),
    ),
    asked("VLANs owned by Corporate IT and where each is used", call("vlans", tenant="Corporate IT")),
    asked(
        "which of the Utica VLANs sit on no port at all",
        call("vlans", site="Utica"),
        rows("vlan", site="Utica", interfaces=0),
    ),
    asked("prefixes and switches behind VLAN 100 in Rochester", call("vlans", vid=100, site="Rochester")),
    asked(
        "members of the Backbone VLAN group", rows("vlan", group="Backbone"), call("vlans", group="Backbone")
    ),
    asked("paths between akr-core01 and alb-core01", call("trace", start="akr-core01", to="alb-core01")),
    asked("by which route does sta-rtr01 reach akr-brd01?", call("trace", start="sta-rtr01", to="akr-brd01")),
    asked("how is akr-core02 attached to Albany", call("trace", start="akr-core02", to="Albany")),
    asked("What-if: alb-brd01 gone", call("impact", object="alb-brd01")),
    asked(
        "Suppose TransAtlantic Fibre fails completely. Consequences?",
        call("impact", object="TransAtlantic Fibre"),
    ),
    asked("assume VLAN 2003 disappears; who suffers?", call("impact", object="vlan 2003")),
    asked("If we renumbered 10.0.33.0/24, what would be touched?", call("impact", object="10.0.33.0/24")),
    asked("do we survive losing akr-brd01 xe-0/1/0?", call("impact", object="akr-brd01 xe-0/1/0")),
    asked("alb-brd01's surroundings, three hops", call("topology", around="alb-brd01", depth=3)),
    asked("Render Camden as a mermaid diagram", call("topology", around="Camden", format="mermaid")),
    asked("layout of the network in Massachusetts", call("topology", around="Massachusetts")),
    asked("topology of Albany with the patch panels shown", call("topology", around="Albany", panels=True)),
    asked("who lacks a redundant uplink in Albany?", call("audit", site="Albany", checks=["single-uplink"])),
    asked("Do both ends of every link agree on MTU?", call("audit", checks=["mtu-mismatch"])),
    asked("Stray IPs that no recorded prefix covers", call("audit", checks=["address-outside-prefixes"])),
    asked(
        "IPs whose VRF differs from that of their interface", call("audit", checks=["address-vrf-mismatch"])
    ),
    asked(
        "active prefixes nobody assigned to a site",
        call("audit", checks=["prefix-without-site"]),
        rows("prefix", status="active", site=None),
    ),
    asked(
        "jumbo-capable interfaces in Albany: MTU above 9000", rows("interface", site="Albany", mtu__gt=9000)
    ),
    asked("100gbase-x-qsfp28 ports per device", rows("interface", by="device", type="100gbase-x-qsfp28")),
    asked(
        "100gbase-x-qsfp28 interfaces of alb-core02 which aren't cabled",
        rows("interface", device="alb-core02", type="100gbase-x-qsfp28", cabled=False),
        rows("interface", device="alb-core02", type="100gbase-x-qsfp28", cable=None),
    ),
    asked("circuits committing at least 1000000 kbps", rows("circuit", commit_rate__gte=1000000)),
    asked("MPLS circuits by carrier", rows("circuit", by="provider", type="MPLS")),
    asked("fattest circuits first", rows("circuit", order=["-commit_rate"])),
    asked("Dark fibre: have we got any?", rows("circuit", type="Dark fibre")),
    asked(
        "provider networks of NordNet Carrier",
        rows("provider network", provider="NordNet Carrier"),
        call("describe", object="NordNet Carrier", type="provider"),
    ),
    asked(
        "most specific prefix containing 10.0.98.17",
        call("ip_space", address="10.0.98.17"),
        rows("prefix", contains="10.0.98.17"),
    ),
    asked("FHRP groups by protocol", rows("fhrp group", by="protocol")),
    asked("Virtual gateway addresses, i.e. those with the vrrp role", rows("ip address", role="vrrp")),
    asked(
        "addresses allocated out of 172.31.0.0/16",
        rows("ip address", parent="172.31.0.0/16"),
        call("ip_space", prefix="172.31.0.0/16"),
    ),
    asked("address ranges belonging to Corporate", rows("ip range", vrf="Corporate")),
    asked("aggregates for each RIR", rows("aggregate", by="rir")),
    asked("RFC 1918 aggregates", rows("aggregate", rir="RFC 1918")),
    asked("Switchport headroom in Albany?", call("capacity", of="Albany", type="ports")),
    asked("What will be exhausted first in New York?", call("capacity", of="New York")),
    asked("routers other than Juniper", rows("device", role="Router", manufacturer__n="Juniper")),
    asked("prefix edits since 1 october", call("changes", type="prefix", since="1 october")),
    asked(
        "how much of akr-cluster01 is already allocated",
        call("capacity", of="akr-cluster01"),
        call("capacity", of="akr-cluster01", type="cluster"),
    ),
    asked(
        "alb-core01 today against 2026-11-05: what is different?",
        call("compare", left="alb-core01", since="2026-11-05"),
    ),
    asked(
        "Are the two data centers Akron and Albany built alike?",
        call("compare", left="Akron", right="Albany"),
        call("compare", left="Akron", right="Albany", type="site"),
    ),
)
