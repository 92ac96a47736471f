"""Plain questions that no inventory answers, and wishes for changes."""

from __future__ import annotations

from tests.questions.in_words.case import Unanswerable
from tests.questions.in_words.written.unanswerable import OUTSIDE, WRITING

PLAIN_UNANSWERABLE: tuple[Unanswerable, ...] = (
    Unanswerable("what is the uptime of alb-core01", OUTSIDE),
    Unanswerable("CPU usage of akr-fw01", OUTSIDE),
    Unanswerable("how much traffic is on Ethernet1 of akr-core02", OUTSIDE),
    Unanswerable("what is the ssh password for buf-rtr01?", OUTSIDE),
    Unanswerable("how much did akr-srv01 cost", OUTSIDE),
    Unanswerable("what is the weather like in Albany today", OUTSIDE),
    Unanswerable("show the routing table of cam-rtr01", OUTSIDE),
    Unanswerable("show the syslog messages of akr-brd01", OUTSIDE),
    Unanswerable("which interfaces on alb-asw01 have input errors", OUTSIDE),
    Unanswerable("what is the temperature of alb-core02", OUTSIDE),
    Unanswerable("delete vlan 400 at Utica", WRITING),
    Unanswerable("set the status of scr-asw01 to active", WRITING),
    Unanswerable("create a new device named akr-srv04 at Akron", WRITING),
    Unanswerable("disable interface Ethernet5 on akr-core01", WRITING),
    Unanswerable("change the description of akr-brd01 xe-0/1/0 to uplink", WRITING),
)
