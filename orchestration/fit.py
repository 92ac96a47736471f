"""Shortens an answer by whole rows until it fits its token budget, and says where it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from orchestration.answer import Answer
from orchestration.tokens import fits

SealCursor = Callable[[str, int], str]
"""(section key, offset) -> cursor; "" where there can be none."""
MORE_ROOM = "the budget holds no more: raise max_tokens"
FEW = 2
"""Warnings that are kept as long as any are."""
NAMED = 3
"""Sections that are left out and said by name."""
RESERVE = 40
"""Tokens kept for the cost and the time of the answer, which are known only at the end."""


def fit(answer: Answer, budget: int, seal: SealCursor) -> Answer:
    """The answer within `budget` tokens: rows are dropped from the end of sections, never text from a cell.

    Every section keeps its exact total; what was cut gets a cursor. Sections share the budget by their
    `share`. Where not one row of the first fits, since cursors and totals take room, too, the last sections are
    left out, as few as must be for that row; then facts and warnings. Where not even that helps, sections are
    left with their totals alone. What is left out is said.
    """
    room = budget - RESERVE
    # A row has at least a token: more rows than the budget need not even be tried.
    answer = replace(answer, sections=tuple(section.cut(budget) for section in answer.sections))
    full = _with_cursors(answer, seal)
    if fits(full.text(), room):
        return full
    best = _shared(answer, room, seal)
    if _leads(best, answer):
        return best if fits(best.text(), room) else _bare(best, room)
    if fewer := _fewer_sections(answer, room, seal):
        return fewer
    if not any(section.rows for section in best.sections):
        # Its cursors lead to the same rows again: with this budget there is no going on.
        best = replace(best, complete=False, warnings=(*best.warnings, f"not one row fits; {MORE_ROOM}"))
        if not fits(best.text(), room):
            for lighter in _lighter(answer):
                shared = _shared(lighter, room, seal)
                if found := shared if _leads(shared, answer) else _fewer_sections(lighter, room, seal):
                    return replace(found, complete=False)
    return best if fits(best.text(), room) else _bare(best, room)


def _leads(best: Answer, answer: Answer) -> bool:
    """Whether it shows a row of the first section that has any."""
    return next((bool(best.sections[i].rows) for i, each in enumerate(answer.sections) if each.rows), True)


def _shared(answer: Answer, room: int, seal: SealCursor) -> Answer:
    """The answer with as many rows of its sections as fit; without any where none does."""
    low, high = 0.0, 1.0
    best = _scaled(answer, 0.0, seal)
    for _ in range(14):
        middle = (low + high) / 2
        attempt = _scaled(answer, middle, seal)
        if fits(attempt.text(), room):
            best, low = attempt, middle
        else:
            high = middle
    return _topped_up(answer, best, room, seal)


def _fewer_sections(answer: Answer, room: int, seal: SealCursor) -> Answer | None:
    """The answer without its last sections, as few as must go for a row of the first; None where none fits."""
    first = next((i for i, each in enumerate(answer.sections) if each.rows), 0)
    for kept in range(len(answer.sections) - 1, first, -1):
        gone = [f"{each.title} ({each.total:,})" for each in answer.sections[kept:]]
        more = [f"{len(gone) - NAMED:,} more"] if len(gone) > NAMED else []
        names = ", ".join([*gone[:NAMED], *more])
        fewer = replace(
            answer,
            sections=answer.sections[:kept],
            complete=False,
            warnings=(*answer.warnings, f"left out: {names}; {MORE_ROOM}"),
        )
        best = _topped_up(fewer, _scaled(fewer, 0.0, seal), room, seal)
        if best.sections[first].rows:
            return best
    return None


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


def _lighter(answer: Answer) -> tuple[Answer, Answer]:
    """The answer without its facts and with few warnings, and without any; each says so."""
    few = answer.warnings[:FEW]
    out = [*(["facts"] if answer.facts else ()), *(["further warnings"] if few != answer.warnings else ())]
    said = (f"{' and '.join(out)} are left out; {MORE_ROOM}",) if out else ()
    return (
        replace(answer, facts={}, warnings=(*few, *said)),
        replace(answer, facts={}, warnings=(f"facts and warnings are left out; {MORE_ROOM}",)),
    )


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
    attempts = (*_lighter(answer), bare, replace(bare, next={}))
    for attempt in attempts:
        if fits(attempt.text(), room):
            return replace(attempt, complete=False)
    last = replace(attempts[-1], complete=False)
    while not fits(last.text(), room) and last.summary:
        last = replace(last, summary=last.summary[: len(last.summary) * 3 // 4])
    return last
