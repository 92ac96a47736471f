"""Cables: where a port leads, paths between two places, neighbours and maps."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows

WIRING: tuple[Asked, ...] = (
    asked("where does akr-core01 Ethernet3 go", call("trace", start="akr-core01 Ethernet3")),
    asked("trace akr-brd01 xe-0/1/0", call("trace", start="akr-brd01 xe-0/1/0")),
    asked("what is plugged into Ethernet5 of akr-core02?", call("trace", start="akr-core02 Ethernet5")),
    asked("follow cable C00012", call("trace", start="cable C00012")),
    asked("path of circuit TR-4405", call("trace", start="circuit TR-4405")),
    asked("what's at the other end of alb-core01 Ethernet2", call("trace", start="alb-core01 Ethernet2")),
    asked(
        "where is the console of alb-core01 wired to",
        call("trace", start="alb-core01 con0"),
        call("topology", around="alb-core01", kind="console"),
        rows("console port", device="alb-core01", fields=["connected_to"]),
    ),
    asked(
        "akr-srv01 PSU2, where does it get its power from",
        call("trace", start="akr-srv01 PSU2"),
        call("topology", around="akr-srv01", kind="power"),
    ),
    asked("shortest path from akr-srv01 to akr-brd01", call("trace", start="akr-srv01", to="akr-brd01")),
    asked("how is bin-rtr01 connected to akr-brd01", call("trace", start="bin-rtr01", to="akr-brd01")),
    asked("cable path between akr-asw01 and akr-core02", call("trace", start="akr-asw01", to="akr-core02")),
    asked(
        "from akr-fw01 to site Albany, which way do the cables run?",
        call("trace", start="akr-fw01", to="Albany"),
    ),
    asked("all cable paths of akr-pdu01", call("trace", start="akr-pdu01")),
    asked("C00042 from end to end", call("trace", start="C00042")),
    asked("akr-core01 neighbours?", call("topology", around="akr-core01")),
    asked(
        "what is akr-fw01 connected to",
        call("topology", around="akr-fw01"),
        call("trace", start="akr-fw01"),
        call("describe", object="akr-fw01"),
    ),
    asked("alb-core01 neighbors 2 hops out", call("topology", around="alb-core01", depth=2)),
    asked("draw the network of Akron", call("topology", around="Akron")),
    asked("network map for Albany as mermaid", call("topology", around="Albany", format="mermaid")),
    asked("svg picture of the topology around akr-brd01", call("topology", around="akr-brd01", format="svg")),
    asked("power map of Akron", call("topology", around="Akron", kind="power")),
    asked("console topology albany", call("topology", around="Albany", kind="console")),
    asked(
        "how are the devices in the New York region linked to each other", call("topology", around="New York")
    ),
    asked("who's directly attached to cam-rtr01?", call("topology", around="cam-rtr01")),
    asked("topology of buffalo with patch panels", call("topology", around="Buffalo", panels=True)),
    asked("cables at akron", rows("cable", site="Akron")),
    asked("smf cables in albany", rows("cable", type="smf", site="Albany")),
    asked("which cables are planned", rows("cable", status="planned")),
    asked("cables on akr-core01", rows("cable", device="akr-core01"), call("trace", start="akr-core01")),
    asked(
        "uplinks of yon-asw01 (what does it hang off)",
        call("topology", around="yon-asw01"),
        call("trace", start="yon-asw01"),
        call("describe", object="yon-asw01"),
    ),
)
