"""That the calls which questions expect are answered: a part of them, `trying.py` makes them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.inventory import Inventory
from demo.server import DemoServer
from tests.asking import asking, source
from tests.questions.in_words.case import Asked, Question
from tests.questions.in_words.every import UNANSWERABLE, WRITTEN, filled_in, unanswerable_in
from tests.questions.in_words.renamed import renamed
from tests.questions.in_words.trying import counts_relations, refusals
from tests.questions.truth import Truth

EVERY = 7
"""One of so many questions is tried."""


@pytest.fixture(scope="module")
def other() -> Inventory:
    return renamed()


async def refused(inventory: Inventory, questions: list[Asked], folder: Path) -> list[str]:
    tried = [each for each in questions if not any(counts_relations(call) for call in each.calls)]
    async with DemoServer(inventory) as server, asking(source(server.url), folder=folder) as asker:
        return await refusals(tried[::EVERY], asker)


async def test_what_was_written_by_hand(inventory: Inventory, tmp_path: Path) -> None:
    assert await refused(inventory, list(WRITTEN), tmp_path) == []


async def test_what_was_filled_in(inventory: Inventory, truth: Truth, tmp_path: Path) -> None:
    assert await refused(inventory, filled_in(truth), tmp_path) == []


async def test_what_was_filled_in_under_other_names(other: Inventory, tmp_path: Path) -> None:
    assert await refused(other, filled_in(Truth(other)), tmp_path) == []


async def test_what_names_nothing_is_refused(inventory: Inventory, tmp_path: Path) -> None:
    calls = [call for question in UNANSWERABLE for call in question.refused]
    async with DemoServer(inventory) as server, asking(source(server.url), folder=tmp_path) as asker:
        for tool, arguments in calls:
            await asker.refused(tool, **arguments)


def test_there_are_questions_of_every_kind(truth: Truth, other: Inventory) -> None:
    questions = filled_in(truth)
    assert len(WRITTEN) >= 220
    assert len(UNANSWERABLE) >= 35
    assert len(WRITTEN) + len(UNANSWERABLE) + len(questions) >= 450
    tools = {call.tool for question in (*WRITTEN, *questions) for call in question.calls}
    assert len(tools) == 13
    wordings = {question.wording for question in questions}
    assert {question.wording for question in filled_in(Truth(other))} >= wordings


def test_no_question_is_asked_twice(truth: Truth) -> None:
    questions: list[Question] = [*WRITTEN, *UNANSWERABLE, *filled_in(truth), *unanswerable_in(truth)]
    texts = [each.text for each in questions]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []
