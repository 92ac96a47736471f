"""Filters by moment that NetBox has only as a span, both ends of which belong to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sources.catalog import ObjectType
from sources.errors import BadFilter
from sources.source import Condition

_SPANS = {"gte": ("after", 0), "gt": ("after", 1), "lte": ("before", 0), "lt": ("before", -1)}
"""The parameter of a lookup, and by how many of the smallest steps its end is moved."""
_STEP = timedelta(microseconds=1)


def moments(type_: ObjectType, condition: Condition) -> tuple[str, tuple[str, ...]]:
    """The query parameter of a condition on a moment. Raises `BadFilter` for what NetBox cannot be asked."""
    key = condition.key
    if condition.lookup not in _SPANS or len(condition.values) != 1:
        raise BadFilter(
            f"{condition.spelled} of {type_.plural} takes one moment as the beginning or end of a span",
            hint=f'{{"{key}__gte": "2026-11-01T00:00:00Z", "{key}__lt": "2026-11-02T00:00:00Z"}}',
        )
    side, steps = _SPANS[condition.lookup]
    try:
        moment = datetime.fromisoformat(condition.values[0])
    except ValueError as error:
        raise BadFilter(
            f"{condition.spelled} takes a moment, not {condition.values[0]!r}",
            hint=f'{{"{key}__gte": "2026-11-01T00:00:00Z"}}',
        ) from error
    return f"{key}_{side}", ((moment + steps * _STEP).isoformat(),)
