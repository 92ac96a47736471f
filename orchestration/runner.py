"""Runs a request: the whole answer from the cache if it is there, else the graph; within a deadline."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import orjson

from cache.keys import answer_key
from cache.reader import Reader
from cache.store import Entry
from orchestration.answer import Answer, Cost
from orchestration.cells import whole_cells
from orchestration.conversation import Conversations
from orchestration.cursor import Sealer
from orchestration.gather import Progress
from orchestration.request import Request
from orchestration.state import Run, State
from orchestration.understood import Interpreter, InWords
from sources.errors import NetbriefError, SourceTooSlow
from sources.receipt import open_receipt, receipt

if TYPE_CHECKING:
    from orchestration.graph import Graph

DEADLINE = 55.0
"""Seconds: clients give up after about a minute."""
ANSWER_TTL = 60.0
"""Seconds that a whole answer is kept: the shortest lifetime of any kind of data."""


SVG = "image/svg+xml"
LONGEST_TITLE = 100


@dataclass(frozen=True, slots=True)
class Link:
    """A resource that an answer leads to."""

    uri: str
    name: str
    title: str
    mime_type: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer as it is sent: the structured content, the same as text, and where it leads."""

    body: Mapping[str, Any]
    text: str
    links: tuple[Link, ...] = ()

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Outcome:
        """The outcome of an answer's body, with the link to its picture if it has one."""
        picture = body.get("facts", {}).get("picture")
        links = (Link(picture, "picture.svg", str(body["summary"])[:LONGEST_TITLE], SVG),) if picture else ()
        return cls(body, orjson.dumps(body).decode(), links)


async def no_progress(done: int, total: int, what: str) -> None:
    """Progress that nobody asked for."""


class Runner:
    """Runs requests against one source."""

    def __init__(
        self,
        reader: Reader,
        sealer: Sealer,
        *,
        deadline: float = DEADLINE,
        others: Mapping[str, Reader] | None = None,
        interpreter: Interpreter | None = None,
    ) -> None:
        self.reader = reader
        self.sealer = sealer
        self._others = others or {}
        self._interpreter = interpreter
        self._deadline = deadline
        self._graph: Graph | None = None

    async def run(self, request: Request | InWords, progress: Progress = no_progress) -> Outcome:
        """The outcome of a request, or of a question in words. Raises a `NetbriefError`."""
        started = time.perf_counter()
        account = open_receipt()
        key = answer_key(self._scope(request), request.identity())
        reader = self.reader
        if request.arguments.refresh:
            reader = reader.since(time.time())
        else:
            kept = (await self.reader.store.get_many([key]))[0]
            if kept is not None:
                body = orjson.loads(kept)
                body["cost"] = {"calls": 0, "hits": 1, "ms": _ms(started)}
                return Outcome.of(body)
        answer = await self._within_deadline(request, reader, progress)
        cost = Cost(account.calls, account.hits, _ms(started), account.model_tokens, account.model_cost)
        answer = replace(answer, cost=cost)
        body = answer.as_dict()
        # What is only passing (a lost cache, rows that moved while they were read) is not kept.
        if answer.complete and not account.warnings and self.reader.store.fault is None:
            await self.reader.store.set_many([Entry(key, orjson.dumps(body), ANSWER_TTL)])
        return Outcome.of(body)

    def _scope(self, request: Request | InWords) -> str:
        """What the answer is kept apart by: every source that it may be from, with its token."""
        own = self.reader.source.scope
        if isinstance(request, InWords):
            return "|".join([own, *(other.source.scope for other in self._others.values())])
        elsewhere = request.tool.elsewhere(request.arguments)
        other = self._others.get(elsewhere.source) if elsewhere else None
        return f"{own}|{other.source.scope}" if other else own

    async def part(self, request: Request) -> Answer:
        """A part of a file: as many rows as the request's window says, their cells whole, past all budgets.

        Raises a `NetbriefError`.
        """
        with whole_cells():
            return await self._within_deadline(request, self.reader, no_progress)

    async def _within_deadline(
        self, request: Request | InWords, reader: Reader, progress: Progress
    ) -> Answer:
        try:
            async with asyncio.timeout(self._deadline):
                return await self._through_graph(request, reader, progress)
        except TimeoutError:
            raise SourceTooSlow(
                f"no answer within {self._deadline:g} s ({receipt().calls} calls were made)"
            ) from None

    async def _through_graph(self, request: Request | InWords, reader: Reader, progress: Progress) -> Answer:
        if self._graph is None:
            # LangGraph is slow to import, and a server must answer its first handshake before that.
            from orchestration.graph import build_graph

            self._graph = build_graph()
        run = Run(
            reader,
            self.sealer,
            progress,
            reader.source.name,
            self._others,
            self._interpreter,
            Conversations(reader.store),
        )
        state: State = {"asked": request} if isinstance(request, InWords) else {"request": request}
        result = await self._graph.ainvoke(state, context=run, version="v2")
        final = result.value
        if "answer" not in final:
            error = final.get("error")
            raise error if isinstance(error, NetbriefError) else SourceTooSlow("the graph gave no answer")
        answer: Answer = final["answer"]
        return answer


def _ms(started: float) -> int:
    return round((time.perf_counter() - started) * 1000)
