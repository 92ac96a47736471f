"""netbrief's core over a demo server: tools asked without MCP between, and the requests that it took."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
from hypothesis import settings
from pydantic import SecretStr

from demo.server import DEMO_TOKEN, DemoServer, Recorded
from orchestration.gather import Progress
from orchestration.runner import no_progress
from server.composite import checked
from server.services import Services
from server.settings import Settings, SourceSettings
from sources.source import Entity
from tools.more import MoreArguments

settings.register_profile("calm", deadline=None)
settings.load_profile("calm")

Body = dict[str, Any]


class Core:
    """Asks tools, and remembers what reached the demo server meanwhile."""

    def __init__(self, server: DemoServer, services: Services) -> None:
        self.server = server
        self.services = services
        self.text = ""
        """The last answer as it was sent."""
        self._before = 0

    async def ask(self, tool: str, **arguments: Any) -> Body:
        """The answer of a tool. Raises a `NetbriefError`."""
        return await self.watched(tool, arguments, no_progress)

    async def watched(self, tool: str, arguments: Mapping[str, Any], progress: Progress) -> Body:
        """The same, with progress reported."""
        model = MoreArguments if tool == "more" else self.services.tools[tool].arguments
        self._before = len(self.server.requests)
        outcome = await self.services.call(tool, checked(tool, model, arguments), progress)
        self.text = outcome.text
        body: Body = orjson.loads(outcome.text)
        assert body == outcome.body, "text and structured content must say the same"
        return body

    @property
    def upstream(self) -> list[Recorded]:
        """The requests of the last question (of all of them, if several were asked at once)."""
        return self.server.requests[self._before :]

    def paths(self) -> list[str]:
        """Where these requests went, without `/api`."""
        return [each.path.removeprefix("/api/").strip("/") for each in self.upstream]

    async def whole(self, tool: str, section: str, **arguments: Any) -> list[Entity]:
        """All rows of a section, gone through with `more` to its end."""
        body = await self.ask(tool, **arguments)
        rows = rows_of(body, section)
        while cursor := body.get("next", {}).get(section):
            body = await self.ask("more", cursor=cursor, max_tokens=arguments.get("max_tokens", 4_000))
            more = rows_of(body, section)
            assert more, "a cursor that leads nowhere"
            rows += more
        assert len(rows) == section_of(body, section)["total"]
        return rows


def section_of(body: Body, title: str) -> Body:
    """The section of that title."""
    found: Body = next(each for each in body["sections"] if each["title"] == title)
    return found


def rows_of(body: Body, title: str) -> list[Entity]:
    """The rows of a section, every column in each."""
    return expanded(section_of(body, title))


def expanded(section: Body) -> list[Entity]:
    """The rows of a sent section with every column, those included that are said once or not at all."""
    said = {**dict.fromkeys(section.get("empty", ())), **section.get("same", {})}
    return [said | dict(zip(section["columns"], row, strict=True)) for row in section.get("rows", ())]


def demo_source(server: DemoServer, *, name: str = "demo", token: str = DEMO_TOKEN) -> SourceSettings:
    """The demo server as a source, asked by REST alone."""
    return SourceSettings(name=name, kind="netbox", url=server.url, token=SecretStr(token), graphql=False)


@asynccontextmanager
async def opened(
    server: DemoServer, folder: Path, sources: Iterable[SourceSettings] = (), **changes: Any
) -> AsyncIterator[Core]:
    """A new netbrief over the demo server, with a cache of its own."""
    settings_ = Settings(_env_file=None, redis_url=None, cache_dir=folder, **changes)
    async with Services(settings_, list(sources) or [demo_source(server)]) as services:
        yield Core(server, services)
