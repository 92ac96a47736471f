"""A section of an answer as a whole: read part by part, so that no more than one part is ever held."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace

from orchestration.answer import Answer, Section
from orchestration.request import Request
from orchestration.runner import Runner
from orchestration.tool import Window
from sources.errors import Incomplete

ROWS_AT_A_TIME = 2_000
"""Of a section that its tool reads by parts; others come in one part."""


async def first_rows(runner: Runner, request: Request, rows: int = 1) -> Answer:
    """The beginning of the section that the request's window names, with its exact total.

    Raises `Incomplete` where the answer is not complete, or any other `NetbriefError`.
    """
    return await _part(runner, request, 0, rows)


async def parts(
    runner: Runner, request: Request, rows_at_a_time: int = ROWS_AT_A_TIME
) -> AsyncGenerator[Section]:
    """The section that the request's window names, from its first row to its last, part by part.

    Raises `Incomplete` where it cannot go on to the end: also where the number of rows changes meanwhile,
    since rows may have moved from one part to another then. Raises any other `NetbriefError` of its reads.
    """
    first: Section | None = None
    done = 0
    while first is None or done < first.total:
        [section] = (await _part(runner, request, done, rows_at_a_time)).sections
        first = first or section
        if section.total != first.total or section.columns != first.columns:
            raise Incomplete(
                f"the inventory changed after {done:,} of {first.total:,} rows",
                hint="export again; a narrower filter reads faster",
            )
        if not section.rows and done < section.total:
            raise Incomplete(f"there are no rows after {done:,} of {section.total:,}")
        yield section
        done += len(section.rows)


async def _part(runner: Runner, request: Request, offset: int, rows: int) -> Answer:
    window = Window(request.window.section, offset, rows)
    answer = await runner.part(replace(request, window=window))
    if not answer.complete or len(answer.sections) != 1:
        raise Incomplete("not everything could be read: " + "; ".join(answer.warnings))
    return answer
