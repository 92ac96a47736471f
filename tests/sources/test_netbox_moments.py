"""Spans of time, which NetBox's change log and journal are filtered by with their ends included."""

from __future__ import annotations

import pytest

from sources.errors import BadFilter
from sources.netbox.moments import moments
from sources.source import Condition
from sources.types import CATALOG

CHANGE = CATALOG["core.objectchange"]


@pytest.mark.parametrize(
    ("lookup", "value", "native"),
    [
        ("gte", "2026-11-01T00:00:00Z", ("time_after", "2026-11-01T00:00:00+00:00")),
        ("gt", "2026-11-01T00:00:00Z", ("time_after", "2026-11-01T00:00:00.000001+00:00")),
        ("lte", "2026-11-01", ("time_before", "2026-11-01T00:00:00")),
        ("lt", "2026-11-01", ("time_before", "2026-10-31T23:59:59.999999")),
    ],
)
def test_an_end_that_is_left_out_is_moved_by_the_smallest_step(
    lookup: str, value: str, native: tuple[str, str]
) -> None:
    name, [moment] = moments(CHANGE, Condition("time", lookup, (value,)))
    assert (name, moment) == native


@pytest.mark.parametrize(
    ("lookup", "values"),
    [("", ("2026-11-01",)), ("null", ("true",)), ("gte", ("yesterday",)), ("gte", ("2026-11-01", "2026"))],
)
def test_what_is_no_end_of_a_span_is_refused(lookup: str, values: tuple[str, ...]) -> None:
    with pytest.raises(BadFilter):
        moments(CHANGE, Condition("time", lookup, values))
