"""What a benchmark says: a measure, its value, what was promised, and whether that is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the report. `limit` None: only informative."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the value is at most the limit."""
        return self.limit is None or self.value <= self.limit


def printed(title: str, measures: Iterable[Measure]) -> bool:
    """Print a group of measures; True if every promise is kept."""
    print(f"\n{title}")
    kept = True
    for each in measures:
        kept &= each.kept
        promise = "" if each.limit is None else f"  (at most {each.limit:g})"
        mark = "  " if each.limit is None else "ok" if each.kept else "NO"
        value = (
            f"{each.value:,.0f}"
            if each.value >= 100 or float(each.value).is_integer()
            else f"{each.value:.3g}"
        )
        print(f"  {mark} {each.name:<66} {value:>9} {each.unit}{promise}")
    return kept
