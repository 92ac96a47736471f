"""What sounds as if an inventory knew it, and must not be answered with confidence."""

from __future__ import annotations

from tests.questions.in_words.case import Unanswerable, rows
from tests.questions.in_words.written.unanswerable import FALSE_NAME, OUTSIDE, WRITING

OPINION = "it asks for an opinion"
SEVERAL = "it asks several things, which no one call answers"

NEARLY_ANSWERABLE: tuple[Unanswerable, ...] = (
    Unanswerable("how much traffic is akr-core01 Ethernet3 pushing right now", OUTSIDE),
    Unanswerable("memory usage of alb-fw02 over the last two weeks", OUTSIDE),
    Unanswerable("snmp community of nas-rtr01", OUTSIDE),
    Unanswerable("Tell me the credentials to log in to akr-srv01.", OUTSIDE),
    Unanswerable("List the ACL entries configured on interface xe-0/1/0 of alb-brd01.", OUTSIDE),
    Unanswerable("is it raining at the Buffalo site", OUTSIDE),
    Unanswerable("latency from sta-rtr01 to akr-brd01", OUTSIDE),
    Unanswerable("uptime of uti-asw01", OUTSIDE),
    Unanswerable("Who is logged in on alb-core01 at the moment?", OUTSIDE),
    Unanswerable("how many packets were dropped on VLAN 300 in Camden", OUTSIDE),
    Unanswerable("What did we pay for the firewalls in Akron?", OUTSIDE),
    Unanswerable("which vulnerabilities affect our PA-3220 firewalls", OUTSIDE),
    Unanswerable("Should we replace the Catalyst 9300-48P by something better?", OPINION),
    Unanswerable("Which of our providers is the friendliest to deal with?", OPINION),
    Unanswerable("shut down GigabitEthernet1/0/5 on roc-asw01", WRITING),
    Unanswerable("Please rename akr-srv03 to akr-srv99.", WRITING),
    Unanswerable("reserve 10.0.18.77 for the new printer", WRITING),
    Unanswerable("List the firewalls in Akron and draw me the power map of Albany.", SEVERAL),
    Unanswerable("what changed on akr-core01 today and where does cable C00012 go", SEVERAL),
    Unanswerable("temperature of every rack in Hogwarts", FALSE_NAME, (rows("rack", site="Hogwarts"),)),
    Unanswerable("who is on call tonight for Rochester", OUTSIDE),
    Unanswerable("move alb-srv02 to rack R07", WRITING),
)
