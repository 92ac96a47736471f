"""A netbrief over one source, asked through a real MCP client in memory."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastmcp import Client
from fastmcp.client.client import CallToolResult
from pydantic import SecretStr

from demo.server import DEMO_TOKEN
from server.app import create_server
from server.services import Services
from server.settings import Settings, SourceKind, SourceSettings

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """What a client got: the text and, unless it is an error, the structured content."""

    is_error: bool
    text: str
    body: Body

    @classmethod
    def of(cls, result: CallToolResult) -> Reply:
        """The reply in a client's result, which has one text."""
        [content] = result.content
        return cls(result.is_error, content.text, result.structured_content or {})

    def section(self, title: str) -> Body:
        """The section of that title."""
        return next(each for each in self.body["sections"] if each["title"] == title)


class Asker:
    """Calls tools through one client."""

    def __init__(self, client: Client[Any], services: Services) -> None:
        self.client = client
        self.services = services

    async def call(self, tool: str, **arguments: Any) -> Reply:
        """The reply to a call, be it an answer or an error."""
        return Reply.of(await self.client.call_tool(tool, arguments, raise_on_error=False))

    async def ask(self, tool: str, **arguments: Any) -> Reply:
        """The answer to a call, which must not be an error, and says the same as text."""
        reply = await self.call(tool, **arguments)
        assert not reply.is_error, reply.text
        assert json.loads(reply.text) == reply.body
        return reply

    async def refused(self, tool: str, **arguments: Any) -> str:
        """The words of a call that must be an error."""
        reply = await self.call(tool, **arguments)
        assert reply.is_error, reply.text
        assert not reply.body
        return reply.text


def source(
    url: str, token: str = DEMO_TOKEN, *, kind: SourceKind = "netbox", graphql: bool = True
) -> SourceSettings:
    """The settings of one source, called by its kind."""
    return SourceSettings(name=kind, kind=kind, url=url, token=SecretStr(token), graphql=graphql)


def plain_settings(folder: Path, **changes: Any) -> Settings:
    """Settings that owe nothing to the machine that the tests run on."""
    return Settings(_env_file=None, redis_url=None, cache_dir=folder, **changes)


@asynccontextmanager
async def asking(
    *sources: SourceSettings, folder: Path, mode: str = "auto", **changes: Any
) -> AsyncIterator[Asker]:
    """A client of a new netbrief over these sources. `mode` is the client's: "auto" or "legacy"."""
    services = Services(plain_settings(folder, **changes), list(sources))
    async with Client(create_server(services), mode=mode) as client:
        yield Asker(client, services)
