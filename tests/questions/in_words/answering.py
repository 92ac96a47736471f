"""How `ask` reads questions: what the tests and the benchmarks judge."""

from __future__ import annotations

from collections.abc import Iterable

from orchestration.tool import Arguments
from orchestration.understood import InWords
from sources.errors import NotUnderstood
from tests.asking import Asker
from tests.questions.in_words.case import Question
from tests.questions.in_words.report import Read
from tools.ask import Asking, Choices

COMMON = {"max_tokens", "refresh", "source"}


async def read(questions: Iterable[Question], asker: Asker) -> list[Read]:
    """How each question is read, without answering it; asked back is not understood."""
    services = asker.services
    asking = Asking(services.tools, services.checks, list(services.readers), services.sealer)
    reader = next(iter(services.readers.values()))
    found = []
    for question in questions:
        try:
            [best, *_] = await asking.understood(InWords(question.text, Arguments()), reader)
        except NotUnderstood:
            found.append(Read(question, None, {}, 0.0))
            continue
        if isinstance(best.request.tool, Choices):
            found.append(Read(question, None, {}, 0.0))
            continue
        arguments = best.request.arguments.model_dump(exclude=COMMON, exclude_defaults=True)
        found.append(Read(question, best.request.tool.name, arguments, best.confidence))
    return found
