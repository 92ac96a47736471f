"""What runs out first: all resources of a place in one table, the fullest at the top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from orchestration.answer import Section
from orchestration.tool import Window
from tools.tables import filled

SCARCE = "scarce"
_COLUMNS = ("resource", "of", "used", "total", "unit", "percent")


@dataclass(frozen=True, slots=True)
class Resource:
    """Something of which there is only so much."""

    what: str
    of: str | None
    used: float
    total: float
    unit: str

    @property
    def percent(self) -> float:
        """How much of it is used."""
        return share(self.used, self.total) or 0.0


def share(used: float, total: float | None) -> float | None:
    """Percent; None of nothing."""
    return round(100 * used / total, 1) if total else None


def ranked(resources: Iterable[Resource]) -> list[Resource]:
    """The fullest first; what there is none of cannot run out."""
    real = [each for each in resources if each.total]
    return sorted(real, key=lambda each: (-each.percent, each.what, str(each.of)))


def scarcity(resources: Iterable[Resource], window: Window) -> list[Section]:
    """The table, if there is anything to rank."""
    rows = [
        [each.what, each.of, each.used, each.total, each.unit, each.percent] for each in ranked(resources)
    ]
    return filled("what runs out first", _COLUMNS, rows, window, SCARCE)
