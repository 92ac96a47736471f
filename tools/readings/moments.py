"""Times in a question: since, until, a day, how long ago."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from orchestration.words.english import Op
from orchestration.words.question import Part, Question
from sources.errors import BadArguments
from tools.moments import span

_LONGEST = 5
_UNTIL = ("until", "till", "to", "and", "before")
_LEADS = (
    "in",
    "on",
    "at",
    "during",
    "over",
    "within",
    "for",
    "the",
    "this",
    "from",
    "between",
    "since",
    "after",
    "of",
)


@dataclass(frozen=True, slots=True)
class Times:
    """The window that a question names, in the words that `changes` and `compare` take."""

    since: str = ""
    until: str = ""
    used: frozenset[int] = frozenset()


def times(question: Question, clock: Callable[[], datetime]) -> Times:
    """The window in a question; empty where it names no time."""
    found = _spans(question, clock())
    used = {at for _, parts in found for at in parts}
    since = until = ""
    for text, parts in found:
        before = question.before(question.parts[min(parts)], skip=lambda each: each.key in ("the", "of"))
        word = before.key if before is not None else ""
        if before is not None and (word in _LEADS or word in _UNTIL):
            used.add(before.at)
        if word in ("until", "till", "before", "up to") or (word in _UNTIL and since):
            until = text
        elif not since:
            since = text
            if before is not None and before.op is not Op.AFTER and _is_day(text, clock()):
                until = text
    return Times(since, until, frozenset(used))


def _spans(question: Question, now: datetime) -> list[tuple[str, list[int]]]:
    found: list[tuple[str, list[int]]] = []
    at = 0
    while at < len(question.parts):
        for length in range(min(_LONGEST, len(question.parts) - at), 0, -1):
            group = question.parts[at : at + length]
            text = _text(group)
            if text and _is_time(text, now):
                found.append((text, [part.at for part in group]))
                at += length - 1
                break
        at += 1
    return found


def _text(group: tuple[Part, ...]) -> str:
    text = " ".join(
        token.low if token.low.isalpha() else token.text for part in group for token in part.tokens
    )
    text = text.removeprefix("the ")
    if len(group) == 1 and group[0].op is not None:
        return ""  # "and" would be a day.
    # A letter or a number alone is no time, and neither is a word of the question itself.
    return (
        "" if len(text) < 2 or text.isdecimal() or text in ("may", "march", "now", "min", "second") else text
    )


def _is_time(text: str, now: datetime) -> bool:
    try:
        span(text, now)
    except BadArguments:
        return False
    return True


def _is_day(text: str, now: datetime) -> bool:
    """Whether it names a stretch of its own, which ends (`yesterday`, `last week`), not one that lasts until now."""
    told = span(text, now)
    return not told.is_moment and told.end < now
