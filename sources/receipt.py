"""What one answer has cost: counted where the work is done, read where the answer is built."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(slots=True)
class Receipt:
    """Upstream calls and bytes, cache hits and misses (entries) of one run, and what it has to warn of."""

    calls: int = 0
    bytes: int = 0
    hits: int = 0
    misses: int = 0
    oldest: float | None = None
    """Unix time at which the oldest fact of the answer was read from its source."""
    model_tokens: int = 0
    """Tokens that a model took and gave to understand the question."""
    model_cost: float | None = None
    """What these cost, in US dollars; None where there were none, or no price is known."""
    warnings: list[str] = field(default_factory=list)

    def warn(self, words: str) -> None:
        """Add a warning once."""
        if words not in self.warnings:
            self.warnings.append(words)

    def read_at(self, moment: float) -> None:
        """Note that a fact of this answer was read from its source at `moment` (Unix time)."""
        if self.oldest is None or moment < self.oldest:
            self.oldest = moment


_current: ContextVar[Receipt | None] = ContextVar("receipt", default=None)


def receipt() -> Receipt:
    """The receipt of the run that is under way; a fresh one outside of a run."""
    found = _current.get()
    if found is None:
        found = Receipt()
        _current.set(found)
    return found


def open_receipt() -> Receipt:
    """Start a new receipt for this task and the tasks that it starts."""
    fresh = Receipt()
    _current.set(fresh)
    return fresh
