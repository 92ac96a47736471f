"""`ask`: a question in words, understood as a call of one of the tools, or honestly not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError

from cache.reader import Reader
from orchestration.answer import Section
from orchestration.conversation import Turn
from orchestration.cursor import Sealer
from orchestration.request import Request
from orchestration.steps import Gathered, Plan
from orchestration.tool import Arguments, Briefing, Draft, Tool
from orchestration.understood import InWords, Understood
from orchestration.words.by_model import ByModel, Opinion
from orchestration.words.english import WRITING
from orchestration.words.named import names_in
from orchestration.words.question import Question, parse
from orchestration.words.reading import Reading, left_out
from orchestration.words.vocabulary import Lexicons
from sources.catalog import Catalog
from sources.errors import NotUnderstood
from sources.where import quoted
from tools.aliases import Aliases
from tools.checks.library import Library
from tools.more import MoreArguments, continued
from tools.readings.all import WORDS, Readers
from tools.readings.cues import CUE_WORDS
from tools.readings.following import Before, asks_for_more, in_full
from tools.wording import where_in_words

NAME = "ask"
TITLE = "Ask in words"
DESCRIPTION = (
    "A question in plain English about the inventory: understood by rules, answered by one of the other tools, with "
    "how it was read (`read_as`). For one fact at a time; call the tool itself where you know which. "
    'Example: question="active switches at Akron without a serial, per rack".'
)
LIKELY = 0.75
"""A reading of less confidence is not answered: the question is given back with what may be meant."""
AS_GOOD = 0.02
"""Two readings that differ by no more than that are equally likely."""
WORTH_TELLING = 0.15
"""Readings that are so much less likely are offered beside the answer."""
COUNTED_IN = 500
"""Tokens of an answer whose question only asks how many."""
OTHERS = 3
NO_ALIASES = Aliases()


class AskArguments(Arguments):
    """What is asked."""

    question: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=2, max_length=600),
        Field(description="one question, with the names of the objects in it"),
    ]
    conversation: Annotated[
        str | None,
        Field(max_length=40, description="from the answer before, for a question that follows on it"),
    ] = None
    explain: Annotated[bool, Field(description="with the reading, the steps and the direct call")] = False


class Asking:
    """Understands questions by rules: a lexicon of the inventory, and a reader for each tool.

    Where these are unsure, a model is asked if there is one.
    """

    def __init__(
        self,
        tools: Mapping[str, Tool[Any]],
        library: Library,
        sources: Sequence[str],
        sealer: Sealer,
        by_model: ByModel | None = None,
        aliases: Aliases = NO_ALIASES,
    ) -> None:
        self._tools = tools
        self._aliases = aliases
        self._sealer = sealer
        self._readers = Readers({check.name: check.title for check in library.checks}, sources)
        self._lexicons = Lexicons(CUE_WORDS, WORDS)
        self._by_model = by_model

    async def understood(
        self, asked: InWords, reader: Reader, before: Turn | None = None
    ) -> Sequence[Understood]:
        """What the question means, the likeliest first. Raises `NotUnderstood`."""
        earlier = Before(before.tool, before.arguments) if before is not None else None
        text = self._aliases.written_out(asked.text)
        text = in_full(text, earlier) if earlier is not None else text
        question = await self.question(text, reader)
        if before is not None and asks_for_more(question):
            return [self._next_part(before, asked, reader)]
        ranked = [
            (reading, confidence)
            for reading in self._readers.readings(question, earlier)
            if (confidence := reading.confidence(question)) > 0
        ]
        if question.commands(WRITING):
            raise NotUnderstood(
                "this server only reads the inventory, and the question asks to change something",
                hint="ask what is there: " + "; ".join(self._examples()),
            )
        likely = [
            understood
            for reading, confidence in ranked
            if confidence >= LIKELY
            and (understood := self._understood(reading, confidence, asked, question.lexicon.catalog))
            is not None
        ]
        equal = [each for each in likely if likely[0].confidence - each.confidence <= AS_GOOD]
        opinion = Opinion(None)
        if len(equal) != 1 and self._by_model is not None:
            opinion = await self._by_model.opinion(question, reader, before)
            if (read := self._read_by_model(opinion, asked, question.lexicon.catalog)) is not None:
                likely, equal = [read, *(each for each in likely if not _same(each, read))], [read]
        if not likely:
            raise self._not_understood(question, [reading for reading, _ in ranked[:2]], opinion.why)
        if len(equal) > 1:
            return [self._choice(equal, asked)]
        best = likely[0]
        others = [each for each in likely[1:] if best.confidence - each.confidence <= WORTH_TELLING]
        calls = tuple(call(each.request) for each in others[:OTHERS])
        said = f"{best.said}" + (f" = {call(best.request)}" if asked.explain else "")
        return [replace(best, said=said, others=calls), *likely[1:]]

    async def question(self, text: str, reader: Reader) -> Question:
        """The question in parts, with the names in it that only the source knows."""
        lexicon = await self._lexicons.of(reader)
        question = parse(text, lexicon)
        found = await names_in(question, reader)
        return parse(text, lexicon, found) if found else question

    def _understood(
        self, reading: Reading, confidence: float, asked: InWords, catalog: Catalog
    ) -> Understood | None:
        tool = self._tools.get(reading.tool)
        if tool is None:
            return None
        common = {"max_tokens": asked.arguments.max_tokens, "refresh": asked.arguments.refresh}
        if reading.counting:
            common["max_tokens"] = min(asked.arguments.max_tokens, COUNTED_IN)
        try:
            arguments = tool.arguments.model_validate({**reading.arguments, **common})
        except ValidationError:
            return None  # Words that fit no call are no reading of it.
        return Understood(Request(tool, arguments), in_words(reading, catalog), confidence, reading.whether)

    def _next_part(self, before: Turn, asked: InWords, reader: Reader) -> Understood:
        cursor = next(iter(before.next.values()), "")
        if not cursor:
            raise NotUnderstood(
                "the answer before was whole: there is no next part", hint="ask something else of it"
            )
        more = MoreArguments(cursor=cursor, max_tokens=asked.arguments.max_tokens)
        request = continued(more, self._tools, self._sealer, reader.source.scope)
        return Understood(request, f"the next part of {next(iter(before.next))}")

    def _read_by_model(self, opinion: Opinion, asked: InWords, catalog: Catalog) -> Understood | None:
        if opinion.reading is None or self._by_model is None:
            return None
        read = self._understood(opinion.reading, 1.0, asked, catalog)
        return None if read is None else replace(read, said=f"{read.said} (by {self._by_model.name})")

    def _choice(self, equal: Sequence[Understood], asked: InWords) -> Understood:
        request = Request(Choices(equal), asked.arguments)
        return Understood(request, "several readings are as likely", 1.0)

    def _not_understood(self, question: Question, nearest: Sequence[Reading], why: str) -> NotUnderstood:
        left = [part.text for part in left_out(question, nearest[0].used)] if nearest else []
        calls = [
            f"{reading.tool}({_arguments(reading.arguments)})"
            for reading in nearest
            if reading.tool in self._tools
        ]
        return NotUnderstood(
            "the question was not understood" + (f": what is {_listed(left)} here?" if left else ""),
            cause="words that are neither names of the inventory nor known here, or a question beyond the inventory"
            + (f"; {why}" if why else ""),
            candidates=calls,
            hint="say it in other words, or call a tool directly; questions that work: "
            + "; ".join(self._examples()),
        )

    def _examples(self) -> list[str]:
        return [tool.examples[0] for tool in self._tools.values() if tool.examples][:5]


class Choices(Tool[Arguments]):
    """The question back: readings that are equally likely, each as a call to make."""

    name = "choices"
    title = "What may be meant"
    description = "The readings of a question that are equally likely."
    arguments = Arguments

    def __init__(self, readings: Sequence[Understood]) -> None:
        self._readings = readings

    def plan(self, args: Arguments, briefing: Briefing) -> Plan:  # noqa: ARG002
        """Nothing must be read to ask back."""
        return {}

    def assemble(self, args: Arguments, gathered: Gathered, briefing: Briefing) -> Draft:  # noqa: ARG002
        """A row a reading."""
        rows = [[each.said, call(each.request)] for each in self._readings]
        section = Section("readings", ("reading", "call"), rows, len(rows), 0, "readings")
        return Draft(
            f"The question can be read in {len(rows)} ways: make the call that is meant.", (section,)
        )


def call(request: Request) -> str:
    """The direct call of a tool that does the same."""
    return f"{request.tool.name}({_arguments(request.call())})"


def in_words(reading: Reading, catalog: Catalog) -> str:
    """What a reading takes the question for: `interfaces where site = DM-Akron, enabled = false, counted`."""
    arguments = dict(reading.arguments)
    if reading.tool != "list_objects":
        said = ", ".join(f"{name} {_plain(value)}" for name, value in arguments.items())
        return f"{reading.tool.replace('_', ' ')}: {said}" if said else reading.tool.replace("_", " ")
    where = where_in_words(arguments.get("where"))
    type_ = catalog.find(str(arguments["type"]))
    parts = [type_.plural if type_ is not None else str(arguments["type"])]
    parts += [f"where {where}"] if where else []
    parts += [f"with {_plain(arguments[name])}" for name in ("fields", "include") if name in arguments]
    parts += [f"counted by {arguments['group_by']}"] if "group_by" in arguments else []
    parts += ["counted"] if reading.counting else []
    parts += [f"ordered by {_plain(arguments['order_by'])}"] if "order_by" in arguments else []
    parts += [f"the first {arguments['limit']}"] if "limit" in arguments else []
    return ", ".join([" ".join(parts[: 2 if where else 1]), *parts[2 if where else 1 :]])


def _same(one: Understood, other: Understood) -> bool:
    return one.request.identity() == other.request.identity()


def _arguments(arguments: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={quoted(value)}" for name, value in arguments.items())


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _listed(words: Sequence[str]) -> str:
    return " and ".join(f'"{word}"' for word in words[:3])
