"""The answer: what every tool gives back, columnar, exact in its totals, honest about what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

Cell = str | int | float | bool | None
Row = Sequence[Any]
PICTURE = "netbrief://picture/{cursor}"
"""The address of the resource that an answer's picture is."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table. `rows` start at `offset` of `total`; `total` is exact also where rows are cut or unread."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    total: int
    offset: int = 0
    key: str = ""
    """What a cursor calls this section."""
    share: float = 1.0
    """How much of the budget it gets beside the others."""

    @property
    def rest(self) -> int:
        """How many rows come after those that are here."""
        return max(self.total - self.offset - len(self.rows), 0)

    def cut(self, rows: int) -> Section:
        """The same section with at most that many rows."""
        return replace(self, rows=self.rows[:rows])


@dataclass(frozen=True, slots=True)
class Cost:
    """What the answer took: upstream calls, cache hits (entries), milliseconds; a model's tokens and US dollars."""

    calls: int = 0
    hits: int = 0
    ms: int = 0
    model_tokens: int = 0
    usd: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """The cost as it is sent: of a model only where one was asked."""
        body: dict[str, Any] = {"calls": self.calls, "hits": self.hits, "ms": self.ms}
        if self.model_tokens:
            body["model_tokens"] = self.model_tokens
        if self.usd is not None:
            body["usd"] = round(self.usd, 6)
        return body


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent: `summary` answers in words, `facts` are single values, `sections` are tables."""

    summary: str
    sections: tuple[Section, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    complete: bool = True
    as_of: str = ""
    source: str = ""
    warnings: tuple[str, ...] = ()
    next: dict[str, str] = field(default_factory=dict)
    """Section -> the cursor that `more` continues it with."""
    cost: Cost = Cost()
    conversation: str = ""
    """The handle that the next question in words passes back to follow on this one."""
    picture: str = ""
    """SVG that is not sent with the answer: `facts` hold the address of the resource that it is."""

    def as_dict(self) -> dict[str, Any]:
        """The answer as it is sent: columns that are the same in all rows are said once, empty ones not."""
        body: dict[str, Any] = {"summary": self.summary}
        if self.facts:
            body["facts"] = self.facts
        if self.sections:
            body["sections"] = [_compact(section) for section in self.sections]
        body["complete"] = self.complete
        if self.next:
            body["next"] = self.next
        if self.conversation:
            body["conversation"] = self.conversation
        if self.warnings:
            body["warnings"] = list(self.warnings)
        if self.source:
            body["source"] = self.source
        if self.as_of:
            body["as_of"] = self.as_of
        body["cost"] = self.cost.as_dict()
        return body

    def text(self) -> str:
        """The answer as compact JSON: the very text that is sent and counted."""
        return orjson.dumps(self.as_dict()).decode()


def _same(one: Any, other: Any) -> bool:
    """Whether two cells are sent alike: 1, 1.0 and true are equal and not the same, in lists too."""
    if type(one) is not type(other) or one != other:
        return False
    return not isinstance(one, list | dict) or repr(one) == repr(other)


def _compact(section: Section) -> dict[str, Any]:
    rows, columns = section.rows, section.columns
    body: dict[str, Any] = {"title": section.title, "total": section.total}
    if section.offset:
        body["from"] = section.offset + 1
    if section.rest or section.offset:
        body["shown"] = len(rows)
    if not rows:
        return body
    same, kept = {}, []
    for i, name in enumerate(columns):
        first = rows[0][i]
        if (len(rows) > 2 or first in (None, "", [])) and all(_same(row[i], first) for row in rows):
            if first not in (None, "", []):
                same[name] = first
        else:
            kept.append(i)
    if not kept:
        kept, same = [0], {name: value for name, value in same.items() if name != columns[0]}
    if same:
        body["same"] = same
    empty = [name for i, name in enumerate(columns) if i not in kept and name not in same]
    if empty:
        body["empty"] = empty
    body["columns"] = [columns[i] for i in kept]
    body["rows"] = [[row[i] for i in kept] for row in rows]
    return body
