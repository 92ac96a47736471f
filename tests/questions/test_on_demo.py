"""All questions, asked of the demo server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from demo.inventory import Inventory
from demo.server import DemoServer
from tests.asking import Asker, asking, source
from tests.questions.asked import QUESTIONS
from tests.questions.case import Case
from tests.questions.judging import judge
from tests.questions.truth import Truth


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def asker(inventory: Inventory, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Asker]:
    """One netbrief for all questions, as in a long session."""
    folder = tmp_path_factory.mktemp("netbrief")
    async with DemoServer(inventory) as server, asking(source(server.url), folder=folder) as found:
        yield found


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("case", QUESTIONS, ids=lambda case: case.question)
async def test_the_answer_is_right(asker: Asker, truth: Truth, case: Case) -> None:
    await judge(case, asker, "netbox", truth)


def test_each_question_is_asked_once() -> None:
    assert len({case.question for case in QUESTIONS}) == len(QUESTIONS)


def test_few_answers_differ_by_nature() -> None:
    """Each that does says why; more than these few would be a failure of the common vocabulary."""
    differing = [case for case in QUESTIONS if case.nautobot]
    assert all(case.nautobot and case.nautobot.reason for case in differing)
    assert len(differing) <= len(QUESTIONS) // 20
