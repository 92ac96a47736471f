"""What a running server has: its sources, the cache, a runner for each source."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Self

from cache.connect import open_store
from cache.memory import MemoryStore
from cache.reader import Reader
from orchestration.answer import Cost
from orchestration.cursor import Sealer
from orchestration.gather import Progress
from orchestration.request import Request
from orchestration.runner import Outcome, Runner, no_progress
from orchestration.tool import Arguments, Tool
from orchestration.understood import InWords
from orchestration.words.by_model import ByModel
from orchestration.words.model import Model
from server.settings import Settings, SourceSettings
from sources.errors import BadCursor, NetbriefError, NotConfigured
from sources.receipt import open_receipt
from sources.source import Source
from tools.aliases import aliases
from tools.ask import AskArguments, Asking
from tools.audit import Audit
from tools.checks.library import library
from tools.export import exported
from tools.more import MoreArguments, continued
from tools.registry import TOOLS
from tools.status import status

EXPORT_CACHE_BYTES = 4 * 1024 * 1024
"""What an export keeps from one part to the next: the names that it has looked up."""


class Services:
    """Opens what the settings name and runs tools on it. Used as an async context manager."""

    def __init__(self, settings: Settings, sources: list[SourceSettings] | None = None) -> None:
        self.settings = settings
        configured = settings.sources() if sources is None else sources
        if not configured:
            raise NotConfigured(
                "no source is configured",
                hint="set NETBOX_URL and NETBOX_TOKEN, or NAUTOBOT_URL and NAUTOBOT_TOKEN, or use --demo",
            )
        self.configured = configured
        self.checks = library(settings.checks)
        self.tools: Mapping[str, Tool[Any]] = {**TOOLS, Audit.name: Audit(self.checks)}
        redis = settings.redis_url
        self.store = open_store(redis.get_secret_value() if redis else None, max_bytes=settings.cache_bytes)
        self.sealer = Sealer(settings.cursor_secret(configured))
        self.readers: dict[str, Reader] = {}
        self.runners: dict[str, Runner] = {}
        names = [each.name for each in configured]
        endpoint = settings.endpoint()
        self.model = Model(endpoint) if endpoint else None
        by_model = ByModel(self.model, self.tools, names) if self.model else None
        asking = Asking(self.tools, self.checks, names, self.sealer, by_model, aliases(settings.aliases))
        for each in configured:
            reader = Reader(open_source(each, settings), self.store, settings.lifetimes())
            self.readers[each.name] = reader
            self.runners[each.name] = Runner(
                reader,
                self.sealer,
                deadline=settings.deadline,
                others=self.readers,
                interpreter=asking,
            )

    async def __aenter__(self) -> Self:
        # LangGraph takes most of a second to import: done beside the client's handshake.
        self._importing = asyncio.create_task(
            asyncio.to_thread(importlib.import_module, "orchestration.graph")
        )
        self._preparing = [asyncio.create_task(self._prepare(reader)) for reader in self.readers.values()]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._preparing:
            task.cancel()
        await asyncio.gather(self._importing, *self._preparing, return_exceptions=True)
        for reader in self.readers.values():
            await reader.source.close()
        if self.model is not None:
            await self.model.close()
        await self.store.close()

    async def prepared(self) -> None:
        """Wait until what is read ahead of the first question is there, or cannot be had."""
        await asyncio.gather(*self._preparing)

    @staticmethod
    async def _prepare(reader: Reader) -> None:
        open_receipt()
        # A source that is down now may be up when it is asked something.
        with contextlib.suppress(NetbriefError):
            await reader.source.prepare()

    async def call(self, tool: str, arguments: Arguments, progress: Progress = no_progress) -> Outcome:
        """Run a tool. Raises a `NetbriefError`."""
        runner = self.runner(arguments.source)
        request: Request | InWords
        if isinstance(arguments, AskArguments):
            request = InWords(
                arguments.question,
                arguments,
                explain=arguments.explain,
                conversation=arguments.conversation or "",
            )
        elif isinstance(arguments, MoreArguments):
            request = continued(arguments, self.tools, self.sealer, runner.reader.source.scope)
        else:
            request = Request(self.tools[tool], arguments)
        return await runner.run(request, progress)

    async def status(self, source: str | None = None) -> Outcome:
        """The state of the cache and of every source, or of one. Raises `NotConfigured`."""
        account, started = open_receipt(), time.perf_counter()
        readers = {source: self.runner(source).reader} if source else self.readers
        answer = await status(readers, self.store, self.checks.faults, self.model)
        ms = round((time.perf_counter() - started) * 1000)
        return Outcome.of(replace(answer, cost=Cost(account.calls, ms=ms)).as_dict())

    def exported(self, cursor: str, source: str | None = None) -> tuple[Runner, Request]:
        """The request for the whole of what a cursor continues, and a runner that reads it anew.

        Without a `source`, the cursor's seal tells which it was made for. Raises `BadCursor`, `NotConfigured`.
        """
        runners = [self.runner(source)] if source else list(self.runners.values())
        for number, runner in enumerate(runners, start=1):
            try:
                request = exported(cursor, self.tools, self.sealer, runner.reader.source.scope)
            except BadCursor:
                if number == len(runners):
                    raise
            else:
                break
        # Its pages would push all else out of the common cache, and nobody asks for them again.
        store = MemoryStore(max_bytes=EXPORT_CACHE_BYTES)
        reader = Reader(runner.reader.source, store, self.settings.lifetimes())
        return Runner(reader, self.sealer, deadline=self.settings.deadline, others=self.readers), request

    def runner(self, name: str | None) -> Runner:
        """The runner of a source; of the first one configured where none is named. Raises `NotConfigured`."""
        chosen = name or self.configured[0].name
        if chosen not in self.runners:
            raise NotConfigured(f'no source is called "{chosen}"', candidates=list(self.runners))
        return self.runners[chosen]


def open_source(source: SourceSettings, settings: Settings) -> Source:
    """The adapter of a source."""
    connection = settings.connection(source)
    folder = settings.cache_dir.expanduser()
    if source.kind == "nautobot":
        from sources.nautobot.adapter import NautobotSource

        return NautobotSource(
            source.name,
            connection,
            schema_folder=folder,
            graphql=source.graphql,
            site_types=source.site_types,
        )
    from sources.netbox.adapter import NetBoxSource

    return NetBoxSource(source.name, connection, schema_folder=folder, graphql=source.graphql)
