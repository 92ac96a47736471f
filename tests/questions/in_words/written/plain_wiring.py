"""Connections, failures, room for more, what is wrong in the inventory and what differs."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows

PLAIN_WIRING: tuple[Asked, ...] = (
    asked(
        "what is connected to akr-core02",
        call("topology", around="akr-core02"),
        call("trace", start="akr-core02"),
        call("describe", object="akr-core02"),
        rows("interface", device="akr-core02", fields=["connected_to"]),
    ),
    asked(
        "what is connected to Ethernet4 on alb-core01",
        call("trace", start="alb-core01 Ethernet4"),
        rows("interface", device="alb-core01", name="Ethernet4", fields=["connected_to"]),
    ),
    asked(
        "where does port TenGigabitEthernet1/1/1 of alb-asw01 go",
        call("trace", start="alb-asw01 TenGigabitEthernet1/1/1"),
        rows("interface", device="alb-asw01", name="TenGigabitEthernet1/1/1", fields=["connected_to"]),
    ),
    asked("trace cable C00033", call("trace", start="cable C00033")),
    asked("trace interface xe-0/1/3 on alb-brd01", call("trace", start="alb-brd01 xe-0/1/3")),
    asked(
        "which devices does cable C00021 connect",
        call("trace", start="cable C00021"),
        call("describe", object="C00021", type="cable"),
        rows("cable", label="C00021"),
    ),
    asked("trace circuit LU-4403", call("trace", start="circuit LU-4403")),
    asked("path from alb-srv01 to alb-fw02", call("trace", start="alb-srv01", to="alb-fw02")),
    asked("how is akr-asw01 connected to akr-brd01", call("trace", start="akr-asw01", to="akr-brd01")),
    asked(
        "show the cable path between buf-rtr01 and akr-core01",
        call("trace", start="buf-rtr01", to="akr-core01"),
    ),
    asked(
        "which PDU feeds akr-srv03",
        call("topology", around="akr-srv03", kind="power"),
        rows("power port", device="akr-srv03", fields=["connected_to"]),
        call("trace", start="akr-srv03"),
    ),
    asked(
        "which console server is akr-core02 connected to",
        call("topology", around="akr-core02", kind="console"),
        call("trace", start="akr-core02 con0"),
        rows("console port", device="akr-core02", fields=["connected_to"]),
    ),
    asked(
        "neigbors of alb-fw02",
        call("topology", around="alb-fw02"),
        call("describe", object="alb-fw02"),
        call("trace", start="alb-fw02"),
        rows("interface", device="alb-fw02", fields=["connected_to"]),
    ),
    asked("show the network topology of Utica", call("topology", around="Utica")),
    asked("topology around akr-fw02 with depth 2", call("topology", around="akr-fw02", depth=2)),
    asked("topology of Camden as a mermaid diagram", call("topology", around="Camden", format="mermaid")),
    asked("power topology of Albany", call("topology", around="Albany", kind="power")),
    asked("how are the devices at Nashua connected to each other", call("topology", around="Nashua")),
    asked("toplogy of Scranton", call("topology", around="Scranton")),
    # Failures
    asked("what happens if alb-brd01 fails", call("impact", object="alb-brd01")),
    asked("what is affected if circuit NO-4404 goes down", call("impact", object="circuit NO-4404")),
    asked("which devices lose connectivity if akr-asw01 is down", call("impact", object="akr-asw01")),
    asked("impact of an outage of NordNet Carrier", call("impact", object="NordNet Carrier")),
    asked("what would be affected if I shut down alb-srv02?", call("impact", object="alb-srv02")),
    asked("is it safe to remove cable C00045", call("impact", object="cable C00045")),
    asked("impact of losing alb-pdu01", call("impact", object="alb-pdu01")),
    # Room
    asked(
        "free rack space at Akron",
        call("capacity", of="Akron", type="racks"),
        call("capacity", of="Akron"),
    ),
    asked(
        "where can I install a 2U server at Albany",
        call("capacity", of="Albany", fits_u=2),
        call("capacity", of="Albany", fits_u=2, type="racks"),
    ),
    asked(
        "how many free ports does cam-asw01 have",
        call("capacity", of="cam-asw01", type="ports"),
        call("capacity", of="cam-asw01"),
    ),
    asked(
        "power utilization at Akron",
        call("capacity", of="Akron", type="power"),
        call("capacity", of="Akron"),
    ),
    asked(
        "rack utilization by site",
        call("capacity", type="racks"),
        call("capacity"),
    ),
    asked(
        "how many free rack units are there in New York",
        call("capacity", of="New York", type="racks"),
        call("capacity", of="New York"),
    ),
    asked("capacity of the Albany site", call("capacity", of="Albany")),
    # What is wrong
    asked("check the inventory for errors at Camden", call("audit", site="Camden")),
    asked(
        "are there duplicate IP addresses at Akron",
        call("audit", site="Akron", checks=["duplicate-address"]),
        call("ip_space", site="Akron"),
    ),
    asked(
        "which interfaces at Albany are disabled but have a cable",
        call("audit", site="Albany", checks=["disabled-with-cable"]),
        rows("interface", site="Albany", enabled=False, cabled=True),
        rows("interface", site="Albany", enabled=False, cable__n=None),
    ),
    asked("audit all acces switches", call("audit", role="Access switch")),
    asked("list high severity problems at Akron", call("audit", site="Akron", checks=["high"])),
    asked("find duplciate device names", call("audit", checks=["duplicate-device-name"])),
    # What differs
    asked(
        "what is the diffrence between cam-rtr01 and nas-rtr01",
        call("compare", left="cam-rtr01", right="nas-rtr01"),
    ),
    asked("compare alb-fw01 with alb-fw02", call("compare", left="alb-fw01", right="alb-fw02")),
    asked("compare the sites Utica and Camden", call("compare", left="Utica", right="Camden", type="site")),
    asked(
        "what is different on alb-core01 since 2026-11-10",
        call("compare", left="alb-core01", since="2026-11-10"),
    ),
    asked("compare akr-srv01 and akr-srv02 interfaces", call("compare", left="akr-srv01", right="akr-srv02")),
)
