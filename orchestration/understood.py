"""A question in words, and what it is understood as: a request, and what was taken for granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from cache.reader import Reader
from orchestration.conversation import Turn
from orchestration.request import Request
from orchestration.tool import Arguments, Draft


@dataclass(frozen=True, slots=True)
class InWords:
    """One question in words, with the arguments that every tool takes."""

    text: str
    arguments: Arguments
    explain: bool = False
    conversation: str = ""
    """The handle of the answer that the question follows on."""

    def identity(self) -> list[object]:
        """What makes two questions ask for the same."""
        return ["ask", self.text, self.explain, self.arguments.max_tokens, self.conversation]


@dataclass(frozen=True, slots=True)
class Understood:
    """One way to understand a question."""

    request: Request
    said: str
    """The reading in words: what the asker can hold against what was meant."""
    confidence: float = 1.0
    whether: bool = False
    """It is answered by yes or no."""
    others: tuple[str, ...] = ()
    """Other readings, as ready-made calls."""
    warnings: tuple[str, ...] = ()

    def phrased(self, draft: Draft) -> Draft:
        """The draft with what was understood, and a yes or no where that was asked for."""
        facts = {
            "read_as": self.said,
            **({"or_else": list(self.others)} if self.others else {}),
            **draft.facts,
        }
        summary = draft.summary
        if self.whether and draft.sections and draft.complete:
            summary = f"{'Yes' if draft.sections[0].total else 'No'}: {summary}"
        return replace(draft, summary=summary, facts=facts, warnings=(*self.warnings, *draft.warnings))


class Interpreter(Protocol):
    """Who understands questions: handed to the graph at its start, since it knows the tools."""

    async def understood(
        self, asked: InWords, reader: Reader, before: Turn | None = None
    ) -> Sequence[Understood]:
        """What a question means, perhaps as one that follows on another, the likeliest first.

        Raises `NotUnderstood` if nothing is likely.
        """
        ...
