"""What differs between two things or two moments; and how netbrief itself is."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call

DIFFERENCES: tuple[Asked, ...] = (
    asked("compare akr-core01 and akr-core02", call("compare", left="akr-core01", right="akr-core02")),
    asked("akr-fw01 vs akr-fw02", call("compare", left="akr-fw01", right="akr-fw02")),
    asked("why is cam-asw01 not like uti-asw01?", call("compare", left="cam-asw01", right="uti-asw01")),
    asked("how do Akron and Albany differ", call("compare", left="Akron", right="Albany")),
    asked(
        "difference between the sites Buffalo and Yonkers please",
        call("compare", left="Buffalo", right="Yonkers", type="site"),
    ),
    asked("diff akr-srv01 akr-srv03", call("compare", left="akr-srv01", right="akr-srv03")),
    asked(
        "is alb-core01 configured the same as alb-core02",
        call("compare", left="alb-core01", right="alb-core02"),
    ),
    asked("how does Akron look compared to a week ago", call("compare", left="Akron", since="1 week")),
    asked("akr-core01 now versus 2026-11-01", call("compare", left="akr-core01", since="2026-11-01")),
    asked("status", call("status")),
    asked("is netbox reachable", call("status")),
    asked("which version of NetBox are we talking to?", call("status")),
    asked("is the cache working", call("status")),
)
