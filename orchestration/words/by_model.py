"""A question that the rules are unsure of, read by a model: asked, checked like a user's call, repaired once, kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson
from pydantic import ValidationError

from cache.keys import reading_key
from cache.reader import Reader
from cache.store import Entry
from orchestration.conversation import Turn
from orchestration.gather import match_of
from orchestration.resolve import Resolver
from orchestration.steps import Plan, Select, Tally
from orchestration.tool import Arguments, Briefing, Tool
from orchestration.words.intent import REASONS, Intent, Intents
from orchestration.words.lexicon import Meaning, Sense
from orchestration.words.model import Message, Model, ModelFailed
from orchestration.words.question import Part, Question
from orchestration.words.reading import Reading
from sources.catalog import Catalog
from sources.errors import BadArguments, BadFilter, NetbriefError, UnknownField, UnknownType
from sources.receipt import receipt
from sources.where import filter_names

KEPT = 86_400.0
"""Seconds that a reading is kept: what a question means does not change with the inventory."""
MEANINGS = 5
"""What each part of a question may stand for is told so many times: never the inventory itself."""
TYPES = 3
"""Object types whose fields are told."""
ATTEMPTS = 2
_MISTAKES = (BadArguments, BadFilter, UnknownField, UnknownType)
"""What the one who made the call can mend. All else is the inventory's, and is said to the asker."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model takes a question for; without a reading, why there is none."""

    reading: Reading | None
    why: str = ""


class ByModel:
    """Reads questions by a model."""

    def __init__(
        self,
        model: Model,
        tools: Mapping[str, Tool[Any]],
        sources: Sequence[str] = (),
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self._model = model
        self._tools = tools
        self._intents = Intents(tools)
        self._sources = sources
        self._today = today

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.endpoint.model

    async def opinion(self, question: Question, reader: Reader, before: Turn | None = None) -> Opinion:
        """What the model takes the question for, which may follow on the turn before.

        Where the model fails, the answer gets a warning.
        """
        catalog = question.lexicon.catalog
        instructions, data = self._intents.instructions(catalog), self._data(question, before)
        key = reading_key(reader.source.scope, [self.name, instructions, self._intents.schema, data])
        kept = (await reader.store.get_many([key]))[0]
        if kept is not None:
            return self._opinion(question, Intent(**orjson.loads(kept)))
        messages = [("system", instructions), ("user", data)]
        try:
            intent = await self._intent(messages, reader, catalog)
        except ModelFailed as failure:
            receipt().warn(f"read by rules alone, since the model {self.name} {failure}")
            return Opinion(None, f"the model {self.name} {failure}")
        await reader.store.set_many([Entry(key, orjson.dumps(intent), KEPT)])
        return self._opinion(question, intent)

    def _opinion(self, question: Question, intent: Intent) -> Opinion:
        if intent.reason:
            return Opinion(None, f"the question {REASONS[intent.reason]}, says the model {self.name}")
        used = frozenset(part.at for part in question.parts)
        return Opinion(
            Reading(
                intent.tool,
                intent.arguments or {},
                used,
                whether=intent.whether,
                counting=intent.counting,
            )
        )

    async def _intent(self, messages: Sequence[Message], reader: Reader, catalog: Catalog) -> Intent:
        said = list(messages)
        for _ in range(ATTEMPTS):
            text = await self._model.answer(said, self._intents.schema)
            warned = len(receipt().warnings)
            try:
                intent = self._intents.intent(text)
                if intent.tool:
                    await rehearse(self._tools[intent.tool], intent.arguments or {}, reader, catalog)
            except _MISTAKES as mistake:
                del receipt().warnings[warned:]  # They were of a call that is not made.
                said += [
                    ("assistant", text),
                    ("user", orjson.dumps({"mistake": mistake.in_words()}).decode()),
                ]
            else:
                return intent
        raise self._model.failed("gave no call that fits the tools, not even when told what was wrong")

    def _data(self, question: Question, before: Turn | None) -> str:
        """The question and what its parts may stand for, as JSON."""
        catalog = question.lexicon.catalog
        types = dict.fromkeys(name for part in question.parts for name in part.types() if name in catalog)
        data = {
            "question": " ".join(question.text.split()).rstrip("?!. "),
            "today": self._today().isoformat(),
            "names": {part.text: found for part in question.parts if (found := _meanings(part))},
            "fields": {name: sorted(filter_names(catalog[name])) for name in list(types)[:TYPES]},
            **({"before": {before.tool: before.arguments}} if before is not None else {}),
            **({"sources": list(self._sources)} if len(self._sources) > 1 else {}),
        }
        return orjson.dumps(data).decode()


async def rehearse(tool: Tool[Any], given: Mapping[str, Any], reader: Reader, catalog: Catalog) -> None:
    """Take a call as far as it goes before rows are read. Raises one of `_MISTAKES` for what is wrong with it.

    The names that are looked up stay in the cache, so that the call itself need not look again.
    """
    try:
        arguments = tool.arguments.model_validate(given)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
        raise BadArguments(
            "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in problems)
        ) from None
    for name in tool.types(arguments):
        if catalog.find(name) is None:
            raise UnknownType(
                f'there is no object type "{name}"', hint="one of the object types that were told"
            )
    try:
        for step in (await _planned(tool, arguments, reader, catalog)).values():
            if isinstance(step, Select | Tally):
                await match_of(step, reader)
    except _MISTAKES:
        raise
    except NetbriefError:
        return  # A name that nothing has, a source that is down: the call itself says it better.


async def _planned(tool: Tool[Any], arguments: Arguments, reader: Reader, catalog: Catalog) -> Plan:
    lookups = tool.lookups(arguments, catalog)
    found = await Resolver(reader).resolve(lookups) if lookups else {}
    customized = tool.customized(arguments, catalog)
    custom_fields = {type_.name: await reader.source.custom_fields(type_) for type_ in customized}
    briefing = Briefing(
        catalog,
        found,
        custom_fields=custom_fields,
        max_tokens=arguments.max_tokens,
        source=reader.source.name,
    )
    return tool.plan(arguments, briefing)


def _meanings(part: Part) -> list[str]:
    """What a part may stand for, in a few words each: `dcim.site Akron`, `dcim.device status=active`."""
    found = [_meaning(each) for each in part.meanings if each.sense is not Sense.TYPE]
    return list(dict.fromkeys(found))[:MEANINGS]


def _meaning(meaning: Meaning) -> str:
    if meaning.sense is Sense.FIELD:
        return f"field {meaning.field}"
    said = f"{meaning.field}={meaning.value}" if meaning.field else meaning.value
    return f"{meaning.type} {said}"
