"""Days and seconds as spans of time: what happened "on 2026-11-21" did not happen at its midnight.

The sources keep moments to the microsecond and compare with the very moment that a filter names, so that
`created: "2026-11-21"` finds nothing, and `created__lte` leaves the day out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from sources.errors import BadFilter
from sources.source import Condition

_MOMENTS = frozenset({"created", "last_updated", "time"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WITHIN = frozenset({"", "gt", "lte"})
"""The lookups that mean something else for a span than for its first moment."""


def spans(condition: Condition) -> list[Condition]:
    """A condition on a moment as conditions on the span that its value names; others as they are."""
    if condition.key not in _MOMENTS or condition.lookup not in _WITHIN:
        return [condition]
    if len(condition.values) != 1:
        raise BadFilter(
            f"{condition.key} takes one day or moment at a time",
            hint=f'{{"{condition.key}__gte": "2026-11-01", "{condition.key}__lt": "2026-11-03"}}',
        )
    begin, end = _span(condition.key, condition.values[0])
    after = replace(condition, lookup="gte", values=(end if condition.lookup == "gt" else begin,))
    before = replace(condition, lookup="lt", values=(end,))
    return {"": [after, before], "gt": [after], "lte": [before]}[condition.lookup]


def _span(key: str, value: str) -> tuple[str, str]:
    try:
        if _DAY.fullmatch(value):
            return value, (date.fromisoformat(value) + timedelta(days=1)).isoformat()
        moment = datetime.fromisoformat(value)
    except (ValueError, OverflowError):
        raise BadFilter(
            f"{key} takes a day or a moment, not {value!r}", hint=f'{{"{key}": "2026-11-21"}}'
        ) from None
    step = timedelta(microseconds=1) if moment.microsecond else timedelta(seconds=1)
    return value, (moment + step).isoformat()
