"""Questions for `changes`: what was done when, by whom, to what. What was before differs by nature: see tests/live."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.questions.case import Case, Expect, Expected, Table
from tests.questions.listing import SUED
from tests.questions.truth import Row, Truth

DEVICE, PORT = "dcim.device", "dcim.interface"
ACTIONS = {"create": "created", "update": "updated"}
LABELS = {DEVICE: "device", PORT: "interface"}
Chosen = Callable[[Truth, Row], bool]


def device_of(truth: Truth, change: Row) -> Row:
    """The device that was changed, or whose interface was."""
    type_, id_ = change["changed_object_type"], change["changed_object_id"]
    return truth.table(DEVICE)[truth.table(PORT)[id_]["device"] if type_ == PORT else id_]


def at(site: str) -> Chosen:
    """Whether a change is of a device at that site."""
    return lambda truth, change: truth.title("dcim.site", device_of(truth, change)["site"]) == site


def changed(chosen: Chosen) -> Expect:
    """The changes that are chosen, and the counts of them."""

    def expect(truth: Truth) -> Expected:
        log = truth.rows("core.objectchange", lambda row: chosen(truth, row))
        rows = [
            [
                f"{row['time'][:19]}Z",
                row["user_name"],
                ACTIONS[row["action"]],
                LABELS[row["changed_object_type"]],
                row["request_id"][:8],
            ]
            for row in log
        ]
        requests = {row["request_id"] for row in log}
        return Expected(
            {
                "changes": Table(("time", "user", "action", "type", "request"), rows),
                "requests": Table(("request",), [[each] for each in requests]),
            },
            summary=(f"{len(log):,} change",),
        )

    return expect


def asked(question: str, chosen: Chosen, **arguments: Any) -> Case:
    """The case of the changes that are chosen."""
    return Case(question, "changes", {"max_tokens": 20_000, **arguments}, changed(chosen))


def since(moment: str) -> Chosen:
    """Whether a change is of that moment or later."""
    return lambda _, change: change["time"] >= moment


def author(truth: Truth, entry: Row) -> str:
    """Who wrote an entry of the journal."""
    return str(truth.table("users.user")[entry["created_by"]]["username"])


CHANGES: tuple[Case, ...] = (
    asked(
        "what changed in a week",
        lambda _, r: "2026-11-09" <= r["time"] < "2026-11-16",
        since="2026-11-09",
        until="2026-11-15",
    ),
    asked(
        "what changed at Akron since a day",
        lambda t, r: at("Akron")(t, r) and r["time"] >= "2026-11-01",
        site="Akron",
        since="2026-11-01",
        until="2026-11-20",
    ),
    asked("what changed at a site with quotes", at(SUED), site=SUED, since="2026-01-01", until="2026-11-20"),
    asked(
        "what one user changed until a moment, to the second",
        lambda _, r: r["user_name"] == "ctanaka" and "2026-11-10" <= r["time"] <= "2026-11-20T08:12:00.9",
        by="ctanaka",
        since="2026-11-10",
        until="2026-11-20T08:12:00Z",
    ),
    asked(
        "which interfaces changed at Akron by a user",
        lambda t, r: (
            at("Akron")(t, r) and r["changed_object_type"] == PORT and r["user_name"] == "automation"
        ),
        site="Akron",
        type="interface",
        by="automation",
        since="2026-01-01",
        until="2026-11-20",
    ),
    asked(
        "what happened to one device",
        lambda t, r: r["changed_object_type"] == DEVICE and device_of(t, r)["name"] == "akr-core01",
        object="akr-core01",
        since="2026-01-01",
    ),
    asked(
        "what one request did",
        lambda _, r: r["request_id"] == "55652f8d-86c9-5b9e-ae0b-18d39a22f309",
        request="55652f8d-86c9-5b9e-ae0b-18d39a22f309",
    ),
    asked(
        "what changed in a window without changes", lambda *_: False, since="2025-01-01", until="2025-02-01"
    ),
    asked(
        "the same log with little room, in many parts",
        since("2026-11-15"),
        since="2026-11-15",
        until="2026-11-20",  # Other tests may write into the real servers' logs of today.
        max_tokens=900,
    ),
    Case(
        "what was written into the journal of late",
        "changes",
        {"since": "2026-11-15", "max_tokens": 20_000},
        lambda truth: Expected(
            {
                "journal": Table(
                    ("time", "user", "entry"),
                    [
                        [
                            f"{row['created'][:19]}Z",
                            author(truth, row),
                            row["comments"],
                        ]
                        for row in truth.rows("extras.journalentry")
                        if row["created"] >= "2026-11-15"
                    ],
                )
            }
        ),
    ),
    Case(
        "what changed at a site that does not exist",
        "changes",
        {"site": "Atlantis"},
        lambda _: Expected(error=('there is no site "Atlantis"',)),
    ),
    Case(
        "what changed since a time that is none",
        "changes",
        {"since": "soon"},
        lambda _: Expected(error=('since "soon"', "last friday")),
    ),
    Case(
        "what happened to something that never was",
        "changes",
        {"object": "atlantis-sw1", "since": "2026-11-01"},
        lambda _: Expected(error=('there is no object "atlantis-sw1"',)),
    ),
)
