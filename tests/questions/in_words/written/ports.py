"""Ports of devices, what is on them, and what they lead to."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows

PORTS: tuple[Asked, ...] = (
    asked(
        "akr-core01 interfaces",
        rows("interface", device="akr-core01"),
        call("describe", object="akr-core01"),
    ),
    asked(
        "show the ports on alb-fw02",
        rows("interface", device="alb-fw02"),
        call("describe", object="alb-fw02"),
    ),
    asked("disabled ports akr-asw01", rows("interface", device="akr-asw01", enabled=False)),
    asked(
        "which interfaces of buf-asw01 are shut down?", rows("interface", device="buf-asw01", enabled=False)
    ),
    asked("all disabled interfaces in Albany", rows("interface", site="Albany", enabled=False)),
    asked("enabled ports on cam-rtr01", rows("interface", device="cam-rtr01", enabled=True)),
    asked(
        "trunk ports on akr-asw01",
        rows("interface", device="akr-asw01", mode="tagged"),
        rows("interface", device="akr-asw01", mode=["tagged", "tagged-all"]),
    ),
    asked("access ports of nas-asw01", rows("interface", device="nas-asw01", mode="access")),
    asked("LAGs in Akron", rows("interface", site="Akron", type="lag")),
    asked("management interfaces at akron", rows("interface", site="Akron", mgmt_only=True)),
    asked(
        "which ports on akr-core01 are connected?",
        rows("interface", device="akr-core01", connected=True),
        rows("interface", device="akr-core01", cabled=True),
    ),
    asked(
        "ip adresses on akr-core02",
        rows("ip address", device="akr-core02"),
        call("describe", object="akr-core02"),
    ),
    asked(
        "what IPs does alb-brd01 have",
        rows("ip address", device="alb-brd01"),
        call("describe", object="alb-brd01"),
    ),
    asked("virtual interfaces of akr-core01", rows("interface", device="akr-core01", type="virtual")),
    asked("25gbase-x-sfp28 ports in Albany", rows("interface", site="Albany", type="25gbase-x-sfp28")),
    asked("console ports of akr-core01", rows("console port", device="akr-core01")),
    asked("power ports akr-srv01", rows("power port", device="akr-srv01")),
    asked(
        "outlets of alb-pdu02 that are not cabled",
        rows("power outlet", device="alb-pdu02", cabled=False),
        rows("power outlet", device="alb-pdu02", cable=None),
    ),
    asked("front ports at Camden", rows("front port", site="Camden")),
    asked(
        "ports of all routers in the New York region",
        rows("interface", device_role="Router", region="New York"),
    ),
    asked(
        "interfaces in rack R01 of Utica that are up",
        rows("interface", rack="R01", site="Utica", enabled=True),
    ),
    asked("interfaces carrying VLAN 600", rows("interface", vlan=600), call("vlans", vid=600)),
    asked(
        "which port has mac 02:1A:00:00:00:30",
        call("find", text="02:1A:00:00:00:30"),
        rows("interface", mac_address="02:1A:00:00:00:30"),
    ),
    asked(
        "is Ethernet3 on akr-core01 enabled?",
        rows("interface", device="akr-core01", name="Ethernet3"),
        rows("interface", device="akr-core01", name="Ethernet3", enabled=True),
        call("describe", object="akr-core01"),
    ),
    asked("mtu of the interfaces on akr-brd01", rows("interface", device="akr-brd01", fields=["mtu"])),
    asked(
        "which devices are the ports of akr-asw01 connected to",
        call("topology", around="akr-asw01"),
        call("trace", start="akr-asw01"),
        call("describe", object="akr-asw01"),
        rows("interface", device="akr-asw01", fields=["connected_to"]),
    ),
    asked(
        "for alb-core02: interfaces and where each of them goes",
        call("describe", object="alb-core02"),
        call("trace", start="alb-core02"),
        call("topology", around="alb-core02"),
        rows("interface", device="alb-core02", fields=["connected_to"]),
    ),
    asked(
        "free ports on akr-asw01",
        call("capacity", of="akr-asw01", type="ports"),
        call("capacity", of="akr-asw01"),
    ),
)
