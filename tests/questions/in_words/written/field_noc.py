"""Asked at night in a control room: terse, misspelt, abbreviated."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, Call, asked, call, rows
from tests.questions.in_words.written.devices import switches


def fact(device: str, field: str) -> tuple[Call, ...]:
    """Every way to a field of a device."""
    return call("describe", object=device), rows("device", name=device, fields=[field])


DOWN = ["offline", "failed"]

NOC: tuple[Asked, ...] = (
    asked("any sw down in nashua??", *switches(site="Nashua", status=DOWN)),
    asked("what boxes are dead", rows("device", status=DOWN), rows("device", status="failed")),
    asked("rtr camden", rows("device", role="Router", site="Camden")),
    asked("fws albany + akron", rows("device", role="Firewall", site=["Albany", "Akron"])),
    asked(
        "mgmt ip scr-asw01",
        *fact("scr-asw01", "primary_ip4"),
        rows("device", name="scr-asw01", fields=["primary_ip4", "primary_ip6"]),
    ),
    asked("ip of roc-rtr01 pls", *fact("roc-rtr01", "primary_ip4"), rows("ip address", device="roc-rtr01")),
    asked("s/n akr-brd01?", *fact("akr-brd01", "serial")),
    asked("what os is on sta-rtr01", *fact("sta-rtr01", "platform")),
    asked("syr-rtr01 model", *fact("syr-rtr01", "device_type")),
    asked("who owns nas-rtr01", *fact("nas-rtr01", "tenant")),
    asked("which site is cam-asw01 at", *fact("cam-asw01", "site"), call("find", text="cam-asw01")),
    asked("scr-asw01 marked dead or alive", *fact("scr-asw01", "status")),
    asked("ckt at utica", rows("circuit", site="Utica")),
    asked("stamford ckt id?", rows("circuit", site="Stamford")),
    asked("transatlantic ckts", rows("circuit", provider="TransAtlantic Fibre")),
    asked(
        "LU-4406 where does it land",
        call("trace", start="circuit LU-4406"),
        call("describe", object="LU-4406", type="circuit"),
        rows("circuit termination", circuit="LU-4406", fields=["termination"]),
        rows("circuit termination", circuit="LU-4406"),
    ),
    asked("NO-4413 just dropped, whos hit", call("impact", object="circuit NO-4413")),
    asked("akr-fw02 reboot - impact?", call("impact", object="akr-fw02")),
    asked("lost alb-core02, blast radius pls", call("impact", object="alb-core02")),
    asked("xe-0/1/2 alb-brd01 goes where", call("trace", start="alb-brd01 xe-0/1/2")),
    asked(
        "whats plugged in akr-core02 eth7",
        call("trace", start="akr-core02 Ethernet7"),
        call("trace", start="akr-core02 eth7"),
    ),
    asked(
        "gi1/0/14 on uti-asw01 - what vlan",
        rows("interface", device="uti-asw01", name="GigabitEthernet1/0/14"),
    ),
    asked("shut ints on akr-core02", rows("interface", device="akr-core02", enabled=False)),
    asked("shut ports rochester cnt", rows("interface", site="Rochester", enabled=False)),
    asked(
        "vlan 300 pittsfield who has it",
        call("vlans", vid=300, site="Pittsfield"),
        rows("interface", vlan=300, site="Pittsfield"),
    ),
    asked("vlna 200 on which sw", call("vlans", vid=200), rows("interface", vlan=200)),
    asked("10.0.82.201 who dis", call("ip_space", address="10.0.82.201"), call("find", text="10.0.82.201")),
    asked(
        "10.0.1.21 belongs to",
        call("ip_space", address="10.0.1.21"),
        call("find", text="10.0.1.21"),
        rows("ip address", address="10.0.1.21"),
        call("describe", object="10.0.1.21"),
    ),
    asked(
        "mac 02:1a:00:00:00:50 ???",
        call("find", text="02:1a:00:00:00:50"),
        rows("interface", mac_address="02:1a:00:00:00:50"),
    ),
    asked(
        "021a.0000.0040 where",
        call("find", text="021a.0000.0040"),
        rows("interface", mac_address="02:1A:00:00:00:40"),
    ),
    asked("SE00079190", call("find", text="SE00079190"), rows("device", serial="SE00079190")),
    asked("NB-000020 which box", call("find", text="NB-000020"), rows("device", asset_tag="NB-000020")),
    asked(
        "whos neighbor of pit-rtr01",
        call("topology", around="pit-rtr01"),
        call("trace", start="pit-rtr01"),
        call("describe", object="pit-rtr01"),
    ),
    asked("pwr feeds albany", rows("power feed", site="Albany")),
    asked(
        "what pdu feeds alb-srv02",
        call("topology", around="alb-srv02", kind="power"),
        call("trace", start="alb-srv02"),
        rows("power port", device="alb-srv02", fields=["connected_to"]),
    ),
    asked(
        "akr-pdu02 outlets in use",
        rows("power outlet", device="akr-pdu02", cabled=True),
        rows("power outlet", device="akr-pdu02", connected=True),
        rows("power outlet", device="akr-pdu02", cable__n=None),
        call("topology", around="akr-pdu02", kind="power"),
    ),
    asked("what chngd today at scranton", call("changes", site="Scranton", since="today")),
    asked("chgs last 2h", call("changes", since="2h")),
    asked("who fiddled w alb-fw01 since yesterday", call("changes", object="alb-fw01", since="yesterday")),
    asked("did automation touch anything past 30 min", call("changes", by="automation", since="30 min")),
    asked(
        "last chg on buf-rtr01",
        call("changes", object="buf-rtr01"),
        call("changes", object="buf-rtr01", since="1 year"),
    ),
    asked("wtf happened to nas-asw01 this week", call("changes", object="nas-asw01", since="this week")),
    asked("path akr-srv02 -> akr-brd01", call("trace", start="akr-srv02", to="akr-brd01")),
    asked(
        "C00021 ends?",
        call("trace", start="cable C00021"),
        call("describe", object="C00021", type="cable"),
        rows("cable", label="C00021"),
    ),
    asked(
        "console for akr-brd01, which port?",
        call("trace", start="akr-brd01 con0"),
        call("topology", around="akr-brd01", kind="console"),
        rows("console port", device="akr-brd01", fields=["connected_to"]),
    ),
    asked("offline vms alb-cluster01", rows("vm", cluster="alb-cluster01", status="offline")),
    asked(
        "akr-db02 runs where",
        call("describe", object="akr-db02"),
        rows("vm", name="akr-db02"),
        rows("vm", name="akr-db02", fields=["cluster"]),
        call("find", text="akr-db02"),
    ),
    asked("dns vms", rows("vm", name__ic="dns")),
    asked("fw count", rows("device", role="Firewall")),
    asked("devs/site cnt", rows("device", by="site")),
    asked(
        "gear w/o mgmt ip in syracuse",
        rows("device", site="Syracuse", has_primary_ip=False),
        rows("device", site="Syracuse", primary_ip4=None),
    ),
    asked("crit tagged stuff akron", rows("device", tag="critical", site="Akron")),
    asked(
        "trunks nas-asw01",
        rows("interface", device="nas-asw01", mode="tagged"),
        rows("interface", device="nas-asw01", mode=["tagged", "tagged-all"]),
    ),
    asked("po1 members akr-asw01", rows("interface", device="akr-asw01", lag="Port-channel1")),
    asked("dump ints alb-brd01", rows("interface", device="alb-brd01"), call("describe", object="alb-brd01")),
    asked("loopback adresses, all of em", rows("ip address", role="loopback")),
    asked(
        "vlan 400 yonkers which ports",
        call("vlans", vid=400, site="Yonkers"),
        rows("interface", vlan=400, site="Yonkers"),
    ),
    asked(
        "v600 akron used or just defined?",
        call("vlans", vid=600, site="Akron"),
        rows("interface", vlan=600, site="Akron"),
    ),
    asked("dup ips anywhere", call("audit", checks=["duplicate-address"])),
    asked("vlan mismatch on trunks akron?", call("audit", site="Akron", checks=["vlan-mismatch"])),
    asked("diff alb-fw01 <> alb-fw02", call("compare", left="alb-fw01", right="alb-fw02")),
    asked(
        "yon-asw01 n yon-rtr01 linked?",
        call("trace", start="yon-asw01", to="yon-rtr01"),
        call("topology", around="yon-asw01"),
        call("topology", around="yon-rtr01"),
    ),
    asked(
        "uti-stack01 members",
        rows("device", virtual_chassis="uti-stack01"),
        call("describe", object="uti-stack01"),
    ),
)
