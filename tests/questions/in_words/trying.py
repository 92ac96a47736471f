"""Makes the calls that questions expect, to see that each is answered: `python -m tests.questions.in_words.trying`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from demo.inventory import Inventory, generate
from demo.server import DemoServer
from sources.types import CATALOG
from tests.asking import Asker, Reply, asking, source
from tests.questions.in_words.case import Asked, Call
from tests.questions.in_words.every import WRITTEN, filled_in
from tests.questions.in_words.renamed import renamed
from tests.questions.truth import Truth


def counts_relations(call: Call) -> bool:
    """Whether a call filters or orders by how many related objects there are."""
    type_ = CATALOG.find(str(call.arguments.get("type", "")))
    keys = (*call.arguments.get("where", ()), *call.arguments.get("order_by", ()))
    names = {key.lstrip("-").partition("__")[0] for key in keys}
    return type_ is not None and bool(names & (type_.relations.keys() - type_.fields.keys()))


def calls_of(questions: Iterable[Asked]) -> dict[str, tuple[str, Call]]:
    """Every different call that is expected, with the first question that expects it."""
    found: dict[str, tuple[str, Call]] = {}
    for question in questions:
        for call in question.calls:
            found.setdefault(repr(call), (question.text, call))
    return found


async def refusals(questions: Iterable[Asked], asker: Asker) -> list[str]:
    """What is wrong with the calls that are not answered."""
    refused = []
    for text, (tool, arguments) in calls_of(questions).values():
        # A picture comes as a link beside the text.
        reply = await asker.client.call_tool(tool, dict(arguments), raise_on_error=False)
        if reply.is_error:
            refused.append(f"{text}: {tool} {dict(arguments)}: {Reply.of(reply).text.splitlines()[0]}")
    return refused


async def _main() -> int:
    refused = []
    for inventory, questions in _tried():
        print(f"{len(questions)} questions, {len(calls_of(questions))} calls")  # noqa: T201
        with tempfile.TemporaryDirectory() as folder:
            async with (
                DemoServer(inventory) as server,
                asking(source(server.url), folder=Path(folder)) as asker,
            ):
                refused += await refusals(questions, asker)
    print(*refused, sep="\n")  # noqa: T201
    return len(refused)


def _tried() -> Iterable[tuple[Inventory, list[Asked]]]:
    usual, other = generate(devices=70, seed=1), renamed(devices=70, seed=1)
    yield usual, [*WRITTEN, *filled_in(Truth(usual))]
    yield other, filled_in(Truth(other))


if __name__ == "__main__":
    sys.exit(asyncio.run(_main()) > 0)
