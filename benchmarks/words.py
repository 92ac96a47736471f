"""How long `ask` takes to read a question without a model, once the lexicon is there; nothing is looked up."""

from __future__ import annotations

import time

from benchmarks.report import Measure
from orchestration.words.question import parse
from orchestration.words.vocabulary import Lexicons
from server.services import Services
from tools.readings.all import WORDS, Readers
from tools.readings.cues import CUE_WORDS

QUESTIONS = (
    "active access switches without a serial, per rack",
    "which vlans carry swithces",
    "what changed since Monday",
    "how many interfaces are disabled",
    "racks with more than ten devices and no tenant, sorted by name",
)
ROUNDS = 20
MOST_MS = 5.0


async def words(services: Services) -> list[Measure]:
    """The best time of each question, and the worst of these."""
    reader = next(iter(services.readers.values()))
    started = time.perf_counter()
    lexicon = await Lexicons(CUE_WORDS, WORDS).of(reader)
    made = time.perf_counter() - started
    readers = Readers({check.name: check.title for check in services.checks.checks})
    slowest = 0.0
    for text in QUESTIONS:
        best = float("inf")
        for _ in range(ROUNDS):
            started = time.perf_counter()
            readers.readings(parse(text, lexicon))
            best = min(best, time.perf_counter() - started)
        slowest = max(slowest, best)
    return [
        Measure("ask: the lexicon, first question", made, "s"),
        Measure("ask: a question read by rules", slowest * 1000, "ms", MOST_MS),
    ]
