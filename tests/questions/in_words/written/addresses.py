"""Address space: where an address is, how full networks are, what is free."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows

ADDRESSES: tuple[Asked, ...] = (
    asked("where is 10.0.1.3", call("ip_space", address="10.0.1.3"), call("find", text="10.0.1.3")),
    asked(
        "10.0.16.14",
        call("ip_space", address="10.0.16.14"),
        call("find", text="10.0.16.14"),
        call("describe", object="10.0.16.14"),
    ),
    asked("who has 10.0.48.3?", call("ip_space", address="10.0.48.3"), call("find", text="10.0.48.3")),
    asked(
        "what uses the ip 10.0.17.4 in vrf Corporate", call("ip_space", address="10.0.17.4", vrf="Corporate")
    ),
    asked("Is 10.0.2.77 free?", call("ip_space", address="10.0.2.77")),
    asked(
        "which subnet does 10.0.65.12 belong to",
        call("ip_space", address="10.0.65.12"),
        rows("prefix", contains="10.0.65.12"),
    ),
    asked("which vlan is 10.0.18.9 in", call("ip_space", address="10.0.18.9")),
    asked("where's 2001:db8:0:64::10", call("ip_space", address="2001:db8:0:64::10")),
    asked(
        "how full is 10.0.1.0/24?", call("ip_space", prefix="10.0.1.0/24"), call("capacity", of="10.0.1.0/24")
    ),
    asked("utilisation of 10.0.0.0/20 in Corporate", call("ip_space", prefix="10.0.0.0/20", vrf="Corporate")),
    asked("next free ip in 10.0.18.0/24", call("ip_space", prefix="10.0.18.0/24")),
    asked("I need a free address in 10.0.34.0/24", call("ip_space", prefix="10.0.34.0/24")),
    asked("next available /24 in 10.0.0.0/8", call("ip_space", prefix="10.0.0.0/8", free_length=24)),
    asked("give me the next free /26 at Albany", call("ip_space", site="Albany", free_length=26)),
    asked(
        "is there room for another /22 in 10.0.16.0/20",
        call("ip_space", prefix="10.0.16.0/20", free_length=22),
    ),
    asked("free /28 in vrf Guest", call("ip_space", vrf="Guest", free_length=28)),
    asked("ip space of Akron", call("ip_space", site="Akron")),
    asked("prefixes akron", rows("prefix", site="Akron"), call("ip_space", site="Akron")),
    asked("which subnets does Camden have", rows("prefix", site="Camden"), call("ip_space", site="Camden")),
    asked("Which prefixes are nearly full?", call("ip_space")),
    asked("how full are the voice prefixes", call("ip_space", role="Voice")),
    asked("address usage of vrf Corporate", call("ip_space", vrf="Corporate")),
    asked(
        "what is assigned in 10.0.0.0/24 and how much of it is used", call("ip_space", prefix="10.0.0.0/24")
    ),
    asked(
        "who is using addresses in 10.0.17.0/24",
        call("ip_space", prefix="10.0.17.0/24"),
        rows("ip address", parent="10.0.17.0/24"),
    ),
    asked("overlapping prefixes", call("ip_space")),
    asked("duplicate ip addresses", call("audit", checks=["duplicate-address"]), call("ip_space")),
    asked("IP addresses in vrf Lab", rows("ip address", vrf="Lab"), call("ip_space", vrf="Lab")),
    asked("vrrp addresses", rows("ip address", role="vrrp")),
    asked("loopback ips", rows("ip address", role="loopback")),
    asked("addresses with web in the dns name", rows("ip address", dns_name__ic="web")),
    asked("reserved prefixes", rows("prefix", status="reserved")),
    asked("container prefixes in vrf Guest", rows("prefix", status="container", vrf="Guest")),
    asked("what aggregates are there", rows("aggregate")),
    asked("all ip ranges", rows("ip range")),
    asked(
        "dhcp pools",
        rows("prefix", is_pool=True),
        rows("ip range", description__ic="dhcp"),
        rows("ip range"),
    ),
    asked(
        "subnets used for guests in Stamford",
        rows("prefix", role="Guest", site="Stamford"),
        call("ip_space", role="Guest", site="Stamford"),
    ),
)
