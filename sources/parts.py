"""Filters that are asked for in parts: too long for a URL, or meaning all values where any is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from sources.batches import LONGEST_QUERY, by_length
from sources.errors import TooCostly
from sources.source import NativeFilters

MOST_PARTS = 200
RESERVE = 300
"""Bytes of a URL that the fields, the order and the page take."""
_NEGATED = re.compile(r"__n(ic|ie|isw|iew|i?re|i?regex)?$")


def length(filters: NativeFilters) -> int:
    """About how many bytes filters take in a URL."""
    return sum(len(name) + len(quote(value)) + 2 for name, values in filters for value in values)


def any_of(filters: NativeFilters, all_of: frozenset[str]) -> list[NativeFilters]:
    """The queries whose rows together are those that the filters mean.

    Of several values any is meant; of those named in `all_of` the server takes them to mean all.
    """
    for i, (name, values) in enumerate(filters):
        if name in all_of and len(values) > 1:
            parts = [(*filters[:i], (name, (value,)), *filters[i + 1 :]) for value in values]
            return [query for part in parts for query in any_of(part, all_of)]
    return [filters]


def fitting(filters: NativeFilters) -> list[NativeFilters]:
    """The same filters in queries that each fit a URL. Raises `TooCostly` where no few queries do it."""
    if length(filters) + RESERVE <= LONGEST_QUERY:
        return [filters]
    longest = max(range(len(filters)), key=lambda i: length(filters[i : i + 1]))
    name, values = filters[longest]
    if len(values) == 1:
        return [filters]
    if _NEGATED.search(name):
        raise _too_many(name, values, "name what is wanted instead of what is not")
    before, after = filters[:longest], filters[longest + 1 :]
    taken = min(length((*before, *after)), LONGEST_QUERY // 2) + RESERVE
    parts = [(*before, (name, batch), *after) for batch in by_length(name, values, taken)]
    queries = [query for part in parts for query in fitting(part)]
    if len(queries) > MOST_PARTS:
        raise _too_many(name, values, "ask in several calls")
    return queries


def _too_many(name: str, values: Sequence[str], hint: str) -> TooCostly:
    return TooCostly(
        f"{name.partition('__')[0]} has {len(values):,} values, too many for this question", hint=hint
    )
