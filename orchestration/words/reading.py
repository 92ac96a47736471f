"""What a question may mean: a call of a tool, and how much of the question it explains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from orchestration.words.english import Op
from orchestration.words.question import Part, Question

GLUE = frozenset(
    {
        Op.IN,
        Op.ON,
        Op.OF,
        Op.FROM,
        Op.TO,
        Op.FOR,
        Op.WITH,
        Op.AND,
        Op.OR,
        Op.BY,
        Op.NAMED,
        Op.EQ,
        Op.EACH_OTHER,
    }
)
"""Phrases that tie others together: a reading may leave them unsaid."""
WORD_LEFT = 0.5
"""What is left of the confidence for each word of the question that a reading does not explain."""
PHRASE_LEFT = 0.35
"""The same for a phrase that turns the meaning: not, without, more than."""


@dataclass(frozen=True)
class Reading:
    """One way to read a question. `sure` is how sure the words that were used mean what they are taken for."""

    tool: str
    arguments: Mapping[str, Any]
    used: frozenset[int]
    sure: float = 1.0
    whether: bool = False
    """It is a question that is answered by yes or no."""
    counting: bool = False
    """It asks how many: a number, and not the rows."""
    notes: tuple[str, ...] = ()
    """What was decided for the asker, in words."""
    missing: tuple[str, ...] = field(default=(), compare=False)

    def confidence(self, question: Question) -> float:
        """How likely it is meant, from 0 to 1: every part of the question that it leaves out counts against it."""
        value = self.sure
        for part in left_out(question, self.used):
            value *= PHRASE_LEFT if part.op is not None else WORD_LEFT
        return value

    @property
    def call(self) -> tuple[str, str]:
        """What makes two readings the same."""
        return self.tool, repr(sorted(self.arguments.items(), key=lambda item: item[0]))


def left_out(question: Question, used: Iterable[int]) -> list[Part]:
    """The parts that say something and are not among those used."""
    known = set(used)
    return [
        part
        for part in question.parts
        if part.at not in known and not part.empty and part.op not in GLUE and not _imperative(part, question)
    ]


def _imperative(part: Part, question: Question) -> bool:
    """Whether it is the verb that a question begins with: `render`, `retrieve`. To do it goes without saying."""
    if part.at > 0 or not part.unknown or part.named or part.key in question.lexicon.spoken:
        return False
    after = question.after(part)
    return after is not None and after.op is None and len(question.parts) > 2
