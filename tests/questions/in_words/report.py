"""How well questions in words were read, by intent; and which half of them is not to be tuned on."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sources.catalog import Catalog
from tests.questions.in_words.case import Asked, Question, matches

Half = Literal["tuning", "held out"]
Verdict = Literal["right", "wrong but confident", "unknown"]
VERDICTS: tuple[Verdict, ...] = ("right", "wrong but confident", "unknown")


@dataclass(frozen=True)
class Read:
    """A question and how it was read; without a tool it was not understood."""

    question: Question
    tool: str | None
    arguments: Mapping[str, Any]
    confidence: float


@dataclass(frozen=True)
class Report:
    """Every question with its verdict."""

    judged: Sequence[tuple[Read, Verdict]]

    def count(self, verdict: Verdict, intent: str | None = None) -> int:
        """How many there are, of one intent or of all."""
        return sum(found == verdict and intent in (None, read.question.intent) for read, found in self.judged)

    def share(self, verdict: Verdict) -> float:
        """That part of all questions; of none it is 0."""
        return self.count(verdict) / len(self.judged) if self.judged else 0.0

    def table(self) -> list[list[Any]]:
        """A row an intent: how many were asked, and how many got each verdict; all together last."""
        intents = Counter(read.question.intent for read, _ in self.judged)
        lines: list[list[Any]] = [
            [intent, number, *(self.count(verdict, intent) for verdict in VERDICTS)]
            for intent, number in sorted(intents.items())
        ]
        return [*lines, ["all", len(self.judged), *(self.count(verdict) for verdict in VERDICTS)]]

    def missed(self) -> list[str]:
        """A line for each question that was not read rightly: what was expected, and what came."""
        return [_line(read, verdict) for read, verdict in self.judged if verdict != "right"]


def report(results: Iterable[Read], threshold: float, catalog: Catalog) -> Report:
    """Judge what was read: only what is read with a confidence of at least the threshold is answered."""
    return Report([(read, verdict(read, threshold, catalog)) for read in results])


def verdict(read: Read, threshold: float, catalog: Catalog) -> Verdict:
    """What to say of one reading. To leave a question unanswered that has no answer is right."""
    confident = read.tool is not None and read.confidence >= threshold
    if not confident or read.tool is None:
        return "unknown" if isinstance(read.question, Asked) else "right"
    return "right" if matches(read.question, read.tool, read.arguments, catalog) else "wrong but confident"


def split(text: str) -> Half:
    """The half that a text belongs to, the same in every run."""
    return "tuning" if hashlib.sha256(text.strip().casefold().encode()).digest()[0] % 2 else "held out"


def half(questions: Iterable[Question], wanted: Half) -> list[Question]:
    """The questions of a half. One wording is wholly in it or out of it, whatever names are filled in."""
    return [each for each in questions if split(each.wording or each.text) == wanted]


def _line(read: Read, found: Verdict) -> str:
    came = f"{read.tool} {dict(read.arguments)} ({read.confidence:.2f})" if read.tool else "nothing"
    question = read.question
    wanted = f"{question.tool} {dict(question.arguments)}" if isinstance(question, Asked) else "no answer"
    return f"{found}: {question.text!r}: expected {wanted}, came {came}"
