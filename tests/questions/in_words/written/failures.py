"""What breaks if something fails or is taken down."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call

FAILURES: tuple[Asked, ...] = (
    asked("what breaks if akr-core01 dies", call("impact", object="akr-core01")),
    asked("impact of losing circuit NO-4401", call("impact", object="circuit NO-4401")),
    asked("can I reboot alb-fw02 without anybody noticing?", call("impact", object="alb-fw02")),
    asked("Can I pull cable C00003?", call("impact", object="cable C00003")),
    asked("if Lumen Path has an outage, what's hit?", call("impact", object="Lumen Path")),
    asked("what goes down with akr-cluster01", call("impact", object="akr-cluster01")),
    asked("single point of failure check: bin-rtr01", call("impact", object="bin-rtr01")),
    asked("consequences of shutting vlan 2001", call("impact", object="vlan 2001")),
    asked("which VMs are affected when akr-srv01 is powered off", call("impact", object="akr-srv01")),
    asked("what if Akron loses power completely", call("impact", object="Akron")),
    asked("who do I have to warn before maintenance on akr-brd01?", call("impact", object="akr-brd01")),
    asked("what depends on 10.0.1.0/24", call("impact", object="10.0.1.0/24")),
    asked("akr-core01 Ethernet1 down, what happens", call("impact", object="akr-core01 Ethernet1")),
    asked("does anything go dark if akr-pdu01 trips", call("impact", object="akr-pdu01")),
    asked("blast radius of alb-core02", call("impact", object="alb-core02")),
    asked("unplugging xe-0/1/2 on akr-brd01: what will we lose", call("impact", object="akr-brd01 xe-0/1/2")),
)
