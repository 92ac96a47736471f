"""All questions, asked of a real NetBox and a real Nautobot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.asking import Asker
from tests.live.servers import KINDS, asking_real, kind_of
from tests.questions.asked import QUESTIONS
from tests.questions.case import Case
from tests.questions.judging import judge
from tests.questions.truth import Truth


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=KINDS)
async def asker(request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[Asker]:
    """One netbrief for all questions, as in a long session."""
    async with asking_real(request.param, folder) as found:
        yield found


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("case", QUESTIONS, ids=lambda case: case.question)
async def test_the_answer_is_the_same_as_on_the_demo(asker: Asker, truth: Truth, case: Case) -> None:
    await judge(case, asker, kind_of(asker), truth)
