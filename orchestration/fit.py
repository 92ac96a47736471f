"""Shortens an answer by whole rows until it fits its token budget, and says where it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from orchestration.answer import Answer
from orchestration.tokens import fits

SealCursor = Callable[[str, int], str]
"""(section key, offset) -> cursor; "" where there can be none."""
MORE_ROOM = "the budget holds no more: raise max_tokens"
RESERVE = 40
"""Tokens kept for the cost and the time of the answer, which are known only at the end."""


def fit(answer: Answer, budget: int, seal: SealCursor) -> Answer:
    """The answer within `budget` tokens: rows are dropped from the end of sections, never text from a cell.

    Every section keeps its exact total; what was cut gets a cursor. Sections share the budget by their
    `share`. Where not even one row of each fits, texts are shortened by construction of the cells, and
    sections are left with their totals alone.
    """
    room = budget - RESERVE
    # A row has at least a token: more rows than the budget need not even be tried.
    answer = replace(answer, sections=tuple(section.cut(budget) for section in answer.sections))
    full = _with_cursors(answer, seal)
    if fits(full.text(), room):
        return full
    low, high = 0.0, 1.0
    best = _scaled(answer, 0.0, seal)
    for _ in range(14):
        middle = (low + high) / 2
        attempt = _scaled(answer, middle, seal)
        if fits(attempt.text(), room):
            best, low = attempt, middle
        else:
            high = middle
    best = _topped_up(answer, best, room, seal)
    if any(section.rows for section in answer.sections) and not any(
        section.rows for section in best.sections
    ):
        # Its cursors lead to the same rows again: with this budget there is no going on.
        best = replace(best, complete=False, warnings=(*best.warnings, f"not one row fits; {MORE_ROOM}"))
    return best if fits(best.text(), room) else _bare(best, room)


def _scaled(answer: Answer, part: float, seal: SealCursor) -> Answer:
    most = max((len(section.rows) for section in answer.sections), default=0)
    sections = tuple(section.cut(max(0, int(most * part * section.share))) for section in answer.sections)
    return _with_cursors(replace(answer, sections=sections), seal)


def _topped_up(answer: Answer, best: Answer, room: int, seal: SealCursor) -> Answer:
    """Give what room is left to the sections that were cut, one after the other."""
    for i, section in enumerate(answer.sections):
        low, high = len(best.sections[i].rows), len(section.rows)
        while low < high:
            middle = (low + high + 1) // 2
            sections = list(best.sections)
            sections[i] = section.cut(middle)
            attempt = _with_cursors(replace(answer, sections=tuple(sections)), seal)
            if fits(attempt.text(), room):
                best, low = attempt, middle
            else:
                high = middle - 1
    return best


def _with_cursors(answer: Answer, seal: SealCursor) -> Answer:
    cut = [section for section in answer.sections if section.rest]
    sealed = {
        section.title: seal(section.key, section.offset + len(section.rows)) for section in cut if section.key
    }
    return replace(answer, next={title: cursor for title, cursor in sealed.items() if cursor})


def _bare(answer: Answer, room: int) -> Answer:
    """Not even the frame fits: leave out facts, warnings and sections, and say so, last of all shorten words.

    Where it goes on stays as long as it can: what is left out can still be asked for.
    """
    bare = replace(answer, facts={}, sections=(), warnings=(f"all but the summary is left out; {MORE_ROOM}",))
    attempts = (
        replace(answer, facts={}, warnings=(*answer.warnings[:2], f"facts are left out; {MORE_ROOM}")),
        replace(answer, facts={}, warnings=(f"facts and warnings are left out; {MORE_ROOM}",)),
        bare,
        replace(bare, next={}),
    )
    for attempt in attempts:
        if fits(attempt.text(), room):
            return replace(attempt, complete=False)
    last = replace(attempts[-1], complete=False)
    while not fits(last.text(), room) and last.summary:
        last = replace(last, summary=last.summary[: len(last.summary) * 3 // 4])
    return last
