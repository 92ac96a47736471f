"""How many questions in words are read rightly, on the generated inventory and on one with quite other names."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.inventory import Inventory
from demo.server import DemoServer
from sources.types import CATALOG
from tests.asking import asking, source
from tests.questions.in_words.answering import read
from tests.questions.in_words.case import Question
from tests.questions.in_words.every import UNANSWERABLE, WRITTEN, filled_in, unanswerable_in
from tests.questions.in_words.renamed import renamed
from tests.questions.in_words.report import Half, half, report
from tests.questions.truth import Truth
from tools.ask import LIKELY

RIGHT: dict[Half, float] = {"tuning": 0.95, "held out": 0.80}
"""The part of the questions that must be read rightly: what was reached, a little below."""
WRONG: dict[Half, float] = {"tuning": 0.01, "held out": 0.05}
"""The part that may be read wrongly and answered with confidence."""


async def judged(inventory: Inventory, questions: list[Question], wanted: Half, folder: Path) -> None:
    """Hold the readings of one half to what was promised."""
    async with DemoServer(inventory) as server, asking(source(server.url), folder=folder) as asker:
        found = report(await read(half(questions, wanted), asker), LIKELY, CATALOG)
    told = "\n".join([f"{found.share('right'):.3f} right", *(found.missed() if wanted == "tuning" else ())])
    assert found.share("right") >= RIGHT[wanted], told
    assert found.share("wrong but confident") <= WRONG[wanted], told


@pytest.mark.parametrize("wanted", ["tuning", "held out"])
async def test_the_generated_inventory(
    wanted: Half, inventory: Inventory, truth: Truth, tmp_path: Path
) -> None:
    questions: list[Question] = [*WRITTEN, *UNANSWERABLE, *filled_in(truth), *unanswerable_in(truth)]
    await judged(inventory, questions, wanted, tmp_path)


@pytest.mark.parametrize("wanted", ["tuning", "held out"])
async def test_an_inventory_with_other_names(wanted: Half, tmp_path: Path) -> None:
    inventory = renamed(devices=70, seed=1)
    truth = Truth(inventory)
    await judged(inventory, [*filled_in(truth), *unanswerable_in(truth)], wanted, tmp_path)
