"""The report by intent that `make bench` prints: `python -m tests.questions.in_words.reported`."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from demo.inventory import Inventory, generate
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

HALVES: tuple[Half, ...] = ("tuning", "held out")


async def main() -> None:
    """Print a table for each half, on the generated inventory and on one with other names."""
    usual, other = generate(devices=70, seed=1), renamed(devices=70, seed=1)
    truth, otherwise = Truth(usual), Truth(other)
    await printed(
        "generated inventory", usual, [*WRITTEN, *UNANSWERABLE, *filled_in(truth), *unanswerable_in(truth)]
    )
    await printed("inventory with other names", other, [*filled_in(otherwise), *unanswerable_in(otherwise)])


async def printed(title: str, inventory: Inventory, questions: list[Question]) -> None:
    """Print how the questions of each half were read."""
    with tempfile.TemporaryDirectory() as folder:
        async with DemoServer(inventory) as server, asking(source(server.url), folder=Path(folder)) as asker:
            for wanted in HALVES:
                found = report(await read(half(questions, wanted), asker), LIKELY, CATALOG)
                print(f"\nquestions in words, {title}, {wanted}: right, wrong but confident, unknown")  # noqa: T201
                for intent, *numbers in found.table():
                    print(f"  {intent:<24}", *(f"{number:>6}" for number in numbers))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())
