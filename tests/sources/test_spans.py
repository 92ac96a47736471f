"""A day is a span of time, whatever lookup it stands in."""

from __future__ import annotations

import pytest

from sources.errors import BadFilter
from sources.types import CATALOG
from sources.where import parse_where

DEVICE = CATALOG["dcim.device"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"created": "2026-11-21"}, [("gte", "2026-11-21"), ("lt", "2026-11-22")]),
        ({"created__lte": "2026-11-21"}, [("lt", "2026-11-22")]),
        ({"created__gt": "2026-11-21"}, [("gte", "2026-11-22")]),
        ({"created__lt": "2026-11-21"}, [("lt", "2026-11-21")]),
        (
            {"last_updated": "2026-11-21T13:58:22Z"},
            [("gte", "2026-11-21T13:58:22Z"), ("lt", "2026-11-21T13:58:23+00:00")],
        ),
        ({"last_updated__gt": "2026-11-21T13:58:22.5Z"}, [("gte", "2026-11-21T13:58:22.500001+00:00")]),
        ({"name": "2026-11-21"}, [("", "2026-11-21")]),
    ],
)
def test_a_day_or_a_second_is_all_of_it(where: dict[str, str], expected: list[tuple[str, str]]) -> None:
    found = parse_where(DEVICE, where)
    assert [(each.lookup, *each.values) for each in found] == expected


@pytest.mark.parametrize("value", ["soon", "9999-12-31", ["2026-11-21", "2026-11-22"]])
def test_what_is_no_day_is_refused(value: object) -> None:
    with pytest.raises(BadFilter):
        parse_where(DEVICE, {"created": value})
