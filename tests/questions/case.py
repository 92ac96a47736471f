"""What a question is: a call of a tool, what must be answered, and where a source differs by nature."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.questions.truth import Truth


@dataclass(frozen=True)
class Table:
    """The rows that a section must have: all of them, in the columns that matter.

    `ordered`: in this order, too. `among`: at least these rows, beside others.
    """

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    ordered: bool = False
    among: bool = False


@dataclass(frozen=True)
class Expected:
    """What an answer must hold. A call that must be refused has only the words of its `error`."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    summary: Sequence[str] = ()
    warnings: Sequence[str] = ()
    error: Sequence[str] = ()


@dataclass(frozen=True)
class ById:
    """An argument that is the id of the one object that filters find: each source has ids of its own."""

    type: str
    where: Mapping[str, Any]
    before: str = ""
    """What is said before the id."""


Expect = Callable[[Truth], Expected]


@dataclass(frozen=True)
class Differs:
    """What a source answers otherwise, because its model is another one."""

    reason: str
    expected: Expect


@dataclass(frozen=True)
class Case:
    """One question."""

    question: str
    tool: str
    arguments: Mapping[str, Any]
    expected: Expect
    nautobot: Differs | None = None
    along: Expect | None = None
    """What is answered besides where the source answers several reads with one request."""

    def expected_of(self, kind: str, truth: Truth) -> Expected:
        """What a source of that kind must answer."""
        differs = self.nautobot if kind == "nautobot" else None
        return (differs.expected if differs else self.expected)(truth)
