"""Times in words, against a clock that stands still: Wednesday, 18 November 2026, 14:30."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import BadArguments
from tools.moments import span, stamp, window

NOW = datetime(2026, 11, 18, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("2026-11-01", "2026-11-01T00:00:00Z"),
        ("2026-11", "2026-11-01T00:00:00Z"),
        ("2026-11-01T14:00", "2026-11-01T14:00:00Z"),
        ("2026-11-01 14:00:05", "2026-11-01T14:00:05Z"),
        ("2026-11-01T14:00:00Z", "2026-11-01T14:00:00Z"),
        ("2026-11-01 14:00 UTC", "2026-11-01T14:00:00Z"),
        ("2026-11-01T14:00:00.123456+01:00", "2026-11-01T13:00:00Z"),
        ("now", "2026-11-18T14:30:00Z"),
        ("today", "2026-11-18T00:00:00Z"),
        ("Yesterday", "2026-11-17T00:00:00Z"),
        ("yesterday 08:15", "2026-11-17T08:15:00Z"),
        ("yesterday at 8:15", "2026-11-17T08:15:00Z"),
        ("monday", "2026-11-16T00:00:00Z"),
        ("Mon", "2026-11-16T00:00:00Z"),
        ("wednesday", "2026-11-18T00:00:00Z"),
        ("last wednesday", "2026-11-11T00:00:00Z"),
        ("last friday", "2026-11-13T00:00:00Z"),
        ("on thursday", "2026-11-12T00:00:00Z"),
        ("this week", "2026-11-16T00:00:00Z"),
        ("last week", "2026-11-09T00:00:00Z"),
        ("last month", "2026-10-01T00:00:00Z"),
        ("this year", "2026-01-01T00:00:00Z"),
        ("24h", "2026-11-17T14:30:00Z"),
        ("30 min", "2026-11-18T14:00:00Z"),
        ("7d", "2026-11-11T14:30:00Z"),
        ("2 weeks", "2026-11-04T14:30:00Z"),
        ("3 days ago", "2026-11-15T14:30:00Z"),
        ("a week ago", "2026-11-11T14:30:00Z"),
        ("the last 12 hours", "2026-11-18T02:30:00Z"),
        ("past 2 days", "2026-11-16T14:30:00Z"),
        ("9 months", "2026-02-18T14:30:00Z"),
        ("1y", "2025-11-18T14:30:00Z"),
        ("1 November", "2026-11-01T00:00:00Z"),
        ("Nov 20", "2025-11-20T00:00:00Z"),
        ("20 dec 2025", "2025-12-20T00:00:00Z"),
        ("09:00", "2026-11-18T09:00:00Z"),
        ("23:00", "2026-11-17T23:00:00Z"),
    ],
)
def test_what_words_mean(words: str, start: str) -> None:
    assert stamp(span(words, NOW).start) == start


@pytest.mark.parametrize(
    "words",
    [
        "soon",
        "01/11/2026",
        "2026-13-01",
        "31 november",
        "monday 25:00",
        "7",
        "h",
        "next monday",
        "last week 14:00",
    ],
)
def test_what_says_no_time_is_refused_with_what_would(words: str) -> None:
    with pytest.raises(BadArguments) as caught:
        span(words, NOW, "until")
    assert words in caught.value.what
    assert "last friday" in caught.value.hint


def test_a_day_as_the_end_belongs_to_the_window() -> None:
    found = window("monday", "yesterday", NOW)
    assert found.since is not None
    assert found.until is not None
    assert (stamp(found.since), stamp(found.until)) == ("2026-11-16T00:00:00Z", "2026-11-18T00:00:00Z")
    assert not found.inclusive


def test_a_moment_as_the_end_belongs_to_the_window_itself() -> None:
    assert window("monday", "2026-11-17T10:00", NOW).inclusive


def test_without_a_beginning_it_is_the_week_before_the_end() -> None:
    assert window(None, None, NOW).since == NOW - timedelta(days=7)
    assert window(None, None, NOW).until is None
    assert window(None, "now", NOW).until is None
    assert window(None, "2026-11-01", NOW).since == datetime(2026, 10, 26, tzinfo=UTC)


@pytest.mark.parametrize(("since", "until"), [("2026-12-01", None), ("today", "monday"), ("1h", "2h")])
def test_a_window_that_holds_no_moment_is_refused(since: str, until: str | None) -> None:
    with pytest.raises(BadArguments):
        window(since, until, NOW)


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (
            "2026-11-18",
            "2026-11-17",
            'until "2026-11-17" ends at 2026-11-17T23:59:59Z, before since "2026-11-18" begins at 2026-11-18T00:00:00Z',
        ),
        (
            "1h",
            "2h",
            'until "2h" ends at 2026-11-18T12:30:00Z, before since "1h" begins at 2026-11-18T13:30:00Z',
        ),
    ],
)
def test_a_window_that_ends_before_it_begins_is_told_in_the_words_asked(
    since: str, until: str, said: str
) -> None:
    with pytest.raises(BadArguments) as caught:
        window(since, until, NOW)
    assert caught.value.what == said


@given(st.integers(0, 1_790_000_000))
def test_any_moment_in_iso_is_taken_to_the_letter(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    assert span(moment.isoformat(), NOW).start == moment


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    try:
        found = span(text, NOW)
    except BadArguments:
        return
    assert found.start <= found.end
