"""Questions for `status` and `more`."""

from __future__ import annotations

from tests.questions.case import Case, Expected, Table
from tests.questions.truth import Truth


def _interfaces(truth: Truth) -> Expected:
    port = "dcim.interface"
    rows = [[truth.show(port, row, "device"), row["name"]] for row in truth.rows(port)]
    return Expected({"interfaces": Table(("device", "name"), rows)})


REST: tuple[Case, ...] = (
    Case(
        "is the source there, and may everything be read",
        "status",
        {},
        lambda _: Expected(
            {"sources": Table(("reachable", "not_readable"), [[True, None]])},
            summary=("1 of 1 sources answer", "the cache (memory) works"),
        ),
    ),
    Case(
        "do 1,760 interfaces come whole, in parts",
        "list_objects",
        {"type": "interface", "fields": ["device", "name"], "max_tokens": 2_000},
        _interfaces,
    ),
    Case(
        "is a cursor refused that was not made here",
        "more",
        {"cursor": "bm90LWEtY3Vyc29yLWF0LWFsbA"},
        lambda _: Expected(error=("bad_cursor",)),
    ),
)
