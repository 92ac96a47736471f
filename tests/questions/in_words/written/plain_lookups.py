"""One fact or all of an object, VLANs and their use, address space, and what has changed."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows


def fact(text: str, device: str, *fields: str) -> Asked:
    """A question for a fact or two about a device: all that is known of it, or these columns alone."""
    return asked(
        text,
        call("describe", object=device, type="device"),
        rows("device", name=device, fields=fields),
    )


PLAIN_LOOKUPS: tuple[Asked, ...] = (
    fact("what is the primary IP of akr-fw01", "akr-fw01", "primary_ip4"),
    fact("what model is buf-rtr01", "buf-rtr01", "device_type"),
    fact("serial no of alb-core02", "alb-core02", "serial"),
    fact("what platform does pit-asw01 run", "pit-asw01", "platform"),
    fact("which tenant owns scr-rtr01", "scr-rtr01", "tenant"),
    fact("what is the role and status of akr-brd01", "akr-brd01", "role", "status"),
    fact("asset tag of alb-brd01", "alb-brd01", "asset_tag"),
    fact("in which rack and at which position is akr-srv02", "akr-srv02", "rack", "position"),
    fact("when was akr-core02 purchased", "akr-core02", "cf_purchase_date"),
    fact("what is the support tier of alb-fw02", "alb-fw02", "cf_support_tier"),
    fact("whats the ipv6 address of cam-rtr01", "cam-rtr01", "primary_ip6"),
    asked("show me all details of roc-rtr01", call("describe", object="roc-rtr01")),
    asked("give me an overview of the Utica site", call("describe", object="Utica", type="site")),
    asked("describe circuit NO-4410", call("describe", object="NO-4410", type="circuit")),
    asked(
        "what is the commit rate of circuit TR-4402",
        call("describe", object="TR-4402", type="circuit"),
        rows("circuit", cid="TR-4402", fields=["commit_rate"]),
    ),
    asked(
        "how much memory does alb-db03 have",
        call("describe", object="alb-db03", type="vm"),
        rows("vm", name="alb-db03", fields=["memory"]),
    ),
    asked(
        "which cluster is akr-mail02 on",
        call("describe", object="akr-mail02", type="vm"),
        rows("vm", name="akr-mail02", fields=["cluster"]),
    ),
    asked(
        "what is the email address of Chiyo Tanaka",
        call("describe", object="Chiyo Tanaka", type="contact"),
        rows("contact", name="Chiyo Tanaka", fields=["email"]),
    ),
    asked(
        "what is the physical address of the Nashua site",
        call("describe", object="Nashua", type="site"),
        rows("site", name="Nashua", fields=["physical_address"]),
    ),
    asked("find nas-rtr01", call("find", text="nas-rtr01"), call("describe", object="nas-rtr01")),
    asked("search for LU-4406", call("find", text="LU-4406"), call("describe", object="LU-4406")),
    asked(
        "find mac address 02:1A:00:00:00:50",
        call("find", text="02:1A:00:00:00:50"),
        rows("interface", mac_address="02:1A:00:00:00:50"),
    ),
    asked(
        "what device has asset tag NB-000016",
        call("find", text="NB-000016"),
        call("find", text="NB-000016", types=["device"]),
        rows("device", asset_tag="NB-000016"),
    ),
    asked(
        "where is device uti-rtr01 located",
        call("find", text="uti-rtr01"),
        call("find", text="uti-rtr01", types=["device"]),
        call("describe", object="uti-rtr01"),
        rows("device", name="uti-rtr01", fields=["site"]),
    ),
    asked("serach for akr-mon03", call("find", text="akr-mon03"), call("describe", object="akr-mon03")),
    # VLANs
    asked(
        "which ports use VLAN 400 at Buffalo",
        call("vlans", vid=400, site="Buffalo"),
        rows("interface", vlan=400, site="Buffalo"),
    ),
    asked("which devs use vlan 300 at Utica", call("vlans", vid=300, site="Utica")),
    asked("where is the Storage VLAN used at Albany", call("vlans", name="Storage", site="Albany")),
    asked(
        "which VLANs does Corporate IT have",
        call("vlans", tenant="Corporate IT"),
        rows("vlan", tenant="Corporate IT"),
    ),
    asked(
        "which prefix belongs to VLAN 100 at Rochester",
        call("vlans", vid=100, site="Rochester"),
        rows("prefix", vlan=100, site="Rochester"),
    ),
    asked(
        "what is the name of vlan 500 at Akron",
        call("vlans", vid=500, site="Akron"),
        rows("vlan", vid=500, site="Akron"),
    ),
    asked("interfaces in the Voice VLAN at Camden", call("vlans", name="Voice", site="Camden")),
    # Addresses
    asked("free IPs in 10.0.1.0/24", call("ip_space", prefix="10.0.1.0/24")),
    asked(
        "how full is prefix 10.0.17.0/24?",
        call("ip_space", prefix="10.0.17.0/24"),
        call("capacity", of="10.0.17.0/24"),
        call("describe", object="10.0.17.0/24"),
    ),
    asked("what is the next free IP address in 10.0.50.0/24", call("ip_space", prefix="10.0.50.0/24")),
    asked("next free /27 in 10.0.32.0/20", call("ip_space", prefix="10.0.32.0/20", free_length=27)),
    asked("give me a free /26 at Camden", call("ip_space", site="Camden", free_length=26)),
    asked(
        "which device has the IP 10.0.64.1",
        call("ip_space", address="10.0.64.1"),
        call("find", text="10.0.64.1"),
        call("describe", object="10.0.64.1"),
        rows("ip address", address="10.0.64.1", fields=["assigned"]),
    ),
    asked(
        "what is 10.0.16.9",
        call("ip_space", address="10.0.16.9"),
        call("find", text="10.0.16.9"),
        call("describe", object="10.0.16.9"),
    ),
    asked("is 10.0.18.40 in use", call("ip_space", address="10.0.18.40"), call("find", text="10.0.18.40")),
    asked(
        "which prefix contains 10.0.113.55",
        call("ip_space", address="10.0.113.55"),
        rows("prefix", contains="10.0.113.55"),
    ),
    asked("prefix utilization at Buffalo", call("ip_space", site="Buffalo")),
    asked("how many addresses are free in 10.0.82.0/24", call("ip_space", prefix="10.0.82.0/24")),
    asked("how full are the Users prefixes", call("ip_space", role="Users")),
    asked("availble IPs in 10.0.2.0/24", call("ip_space", prefix="10.0.2.0/24")),
    # The change log
    asked("who changed nas-rtr01 this week", call("changes", object="nas-rtr01", since="this week")),
    asked(
        "what changed at Buffalo yesterday",
        call("changes", site="Buffalo", since="yesterday", until="yesterday"),
        call("changes", site="Buffalo", since="yesterday"),
    ),
    asked(
        "show all changes made by ctanaka in the last 3 days", call("changes", by="ctanaka", since="3 days")
    ),
    asked("what changed in the last 12 hours?", call("changes", since="12h")),
    asked("list changes to interfaces this week", call("changes", type="interface", since="this week")),
    asked("change history of akr-core02", call("changes", object="akr-core02")),
    asked("what did automation change today", call("changes", by="automation", since="today")),
    asked("changes at Akron since 2026-11-05", call("changes", site="Akron", since="2026-11-05")),
    asked(
        "device changes between 2026-11-03 and 2026-11-08",
        call("changes", type="device", since="2026-11-03", until="2026-11-08"),
    ),
    asked("chagnes by aokafor this month", call("changes", by="aokafor", since="this month")),
)
