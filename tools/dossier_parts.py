"""What a dossier is made of: tables of the rows that refer to the object, and counts of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.answer import Section
from orchestration.cells import cell
from orchestration.steps import BASE_ONLY, Facets, Gathered
from orchestration.tool import Window
from sources.catalog import ObjectType
from sources.source import Entity
from tools.tables import table
from tools.wording import natural

Column = tuple[str, Callable[[Entity], Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that refer to the object, shown as a table."""

    relation: str
    columns: Sequence[Column]
    facets: Facets = BASE_ONLY
    """What is read of them in any case."""
    order: Callable[[Entity], Any] | None = None
    within: str = ""
    """The filter that finds also what lies deeper than in the object itself: all sites of a region."""
    named: str = ""
    """Its title, where that is not the relation's name."""
    along: Facets = frozenset()
    """What is read where one request answers several reads; a part of nothing but that is only read there."""
    more: Sequence[Column] = ()
    """The columns of what is read along."""
    few: int | None = None
    """The rows of a first answer, whose cursor leads to the others."""
    share: float = 1.0

    @property
    def title(self) -> str:
        """What its table is called."""
        return self.named or self.relation.replace("_", " ")

    def read(self, *, fused: bool) -> Facets:
        """What is read of its rows; nothing: it is not read."""
        return self.facets | (self.along if fused else frozenset())


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of a type meet the filter by this object, in all and by the values of a field."""

    title: str
    type: str
    key: str
    by: str = ""
    told: str = ""
    """The object's own field in which some sources say it, whatever the token may see."""
    probe: bool = False
    """It is counted all the same: where that is less than the object says, the token sees only a part."""

    def is_told(self, type_: ObjectType) -> bool:
        """Whether the object itself says it."""
        return self.told in type_.fields and self.told not in type_.absent


@dataclass(frozen=True, slots=True)
class Dossier:
    """The parts and counts of one type."""

    parts: Sequence[Part] = ()
    counts: Sequence[Count] = ()
    ports: Sequence[Part] = ()
    """What stands beside the first part where it is read along, and in its place where the first part is empty:
    what a patch panel has instead of interfaces."""
    deeper: str = ""
    """What the filters of counts and parts find besides, in words: what lies in locations within."""


def of(name: str, shown: str = "") -> Column:
    """The column of a field."""
    return shown or name, lambda row: cell(row.get(name))


def section(
    part: Part, gathered: Gathered, window: Window, *, columns: Sequence[Column] = (), beside: str = ""
) -> Section:
    """The table of a part; `columns` in the place of its own, `beside` its title."""
    rows = gathered.rows(part.relation)
    ordered = sorted(
        rows, key=part.order or (lambda row: natural(str(row.get("name") or row.get("address") or "")))
    )
    shown = [*(columns or part.columns), *(each for each in part.more if _is_read(part, gathered))]
    cells = [[value(row) for _, value in shown] for row in ordered]
    names = [name for name, _ in shown]
    title = f"{part.title}{beside}"
    made = table(title, names, cells, window, part.relation, part.share)
    few = part.few is not None and window.section != part.relation
    return made.cut(part.few or 0) if few else made


def _is_read(part: Part, gathered: Gathered) -> bool:
    step = gathered.plan.get(part.relation)
    return part.along <= getattr(step, "facets", frozenset())
