"""Whatever is asked in whatever order, ask answers, asks back or says that it did not understand."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest

from demo.server import DemoServer
from orchestration.tool import Arguments
from orchestration.understood import InWords
from sources.errors import NotUnderstood
from tests.asking import asking, source
from tests.questions.in_words.every import WRITTEN
from tools.ask import Asking

ROUNDS = 400
ODD = (
    "",
    "\x00",
    "\u202e",
    "'",
    '"',
    "''",
    "/",
    "//24",
    "::",
    "0.0.0.0/0",
    "-1",
    "1e9",
    "\u00c9",
    "\U0001f4a5",
    "[",
    ")",
    "%s",
    "{0}",
)


@pytest.mark.parametrize("seed", [1, 2])
async def test_words_in_any_order(seed: int, demo: DemoServer, tmp_path: Path) -> None:
    chance = random.Random(seed)  # the same questions in every run
    words = [word for question in WRITTEN for word in question.text.split()]
    async with asking(source(demo.url), folder=tmp_path) as asker:
        services = asker.services
        asked = Asking(services.tools, services.checks, ["netbox"], services.sealer)
        reader = services.readers["netbox"]
        for _ in range(ROUNDS):
            text = " ".join(chance.choices([*words, *ODD * 20], k=chance.randint(1, 14)))[:600]
            with contextlib.suppress(NotUnderstood):
                found = await asked.understood(InWords(text, Arguments()), reader)
                assert found[0].said, text
