"""Ids in batches that keep clear of the servers' URL limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

LONGEST_QUERY = 3_600
"""Bytes: servers refuse request lines from about 4,094 on, and the path wants its share."""


def by_length(name: str, values: Sequence[str], taken: int = 0) -> Iterator[tuple[str, ...]]:
    """Split `values` so that `name=value&name=value...` stays below the limit; `taken` bytes are used already."""
    batch: list[str] = []
    used = taken
    for value in values:
        cost = len(name) + len(quote(value)) + 2
        if batch and used + cost > LONGEST_QUERY:
            yield tuple(batch)
            batch, used = [], taken
        batch.append(value)
        used += cost
    if batch:
        yield tuple(batch)


def by_count(values: Sequence[str], most: int) -> Iterator[tuple[str, ...]]:
    """Split `values` into runs of at most `most`."""
    for start in range(0, len(values), most):
        yield tuple(values[start : start + most])
