"""The change log: what changed, when, by whom."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call

HISTORY: tuple[Asked, ...] = (
    asked("what changed at Akron since Monday?", call("changes", site="Akron", since="monday")),
    asked("changes in the last 24 hours", call("changes", since="24h")),
    asked("who touched akr-core01", call("changes", object="akr-core01")),
    asked(
        "what did aokafor do yesterday",
        call("changes", by="aokafor", since="yesterday", until="yesterday"),
        call("changes", by="aokafor", since="yesterday"),
    ),
    asked("change log albany this week", call("changes", site="Albany", since="this week")),
    asked(
        "who modified cam-rtr01 during the past 2 weeks?",
        call("changes", object="cam-rtr01", since="2 weeks"),
    ),
    asked(
        "changes between 2026-11-01 and 2026-11-10", call("changes", since="2026-11-01", until="2026-11-10")
    ),
    asked(
        "show me all interface changes since 1 november",
        call("changes", type="interface", since="1 november"),
    ),
    asked("anything changed today?", call("changes", since="today")),
    asked("recent changes", call("changes")),
    asked(
        "what has automation changed at Buffalo in the last 7 days",
        call("changes", by="automation", site="Buffalo", since="7d"),
    ),
    asked("history of akr-fw01 since 2026-10-01", call("changes", object="akr-fw01", since="2026-10-01")),
    asked(
        "device updates last month",
        call("changes", type="device", since="last month", until="last month"),
        call("changes", type="device", since="last month"),
    ),
    asked(
        "Who was it that changed alb-asw01 last friday",
        call("changes", object="alb-asw01", since="last friday", until="last friday"),
        call("changes", object="alb-asw01", since="last friday"),
    ),
    asked("edits by ctanaka until 2026-11-15", call("changes", by="ctanaka", until="2026-11-15")),
    asked(
        "wat changed in utica yesterday",
        call("changes", site="Utica", since="yesterday", until="yesterday"),
        call("changes", site="Utica", since="yesterday"),
    ),
    asked("what happened at Rochester in the past 30 days?", call("changes", site="Rochester", since="30d")),
    asked(
        "changes to devices by automation since wednesday",
        call("changes", type="device", by="automation", since="wednesday"),
    ),
    asked("did anybody change bin-asw01 this month", call("changes", object="bin-asw01", since="this month")),
    asked(
        "What was done since yesterday 09:00?",
        call("changes", since="yesterday 09:00"),
    ),
)
