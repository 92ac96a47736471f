"""What a client sees over MCP, whatever the transport: small lists, answers said twice, errors in words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastmcp import Client
from fastmcp.client.transports import StreamableHttpTransport
from fastmcp.server.middleware import Middleware

from demo.server import DemoServer
from orchestration.tokens import count_tokens
from server.app import create_server
from server.services import Services
from tests.asking import Asker, Reply, plain_settings, source
from tests.server.calls import BAD_CALLS, CALLS

MOST_LISTED = 6_000


async def test_the_list_of_tools_is_small(asker: Asker) -> None:
    listed = await asker.client.list_tools_mcp()
    sent = listed.model_dump_json(by_alias=True, exclude_none=True)
    assert {tool.name for tool in listed.tools} == {*CALLS, "more", "export"}
    assert count_tokens(sent) <= MOST_LISTED


async def test_every_tool_says_what_it_is_for_and_that_it_only_reads(asker: Asker) -> None:
    for tool in await asker.client.list_tools():
        assert tool.title
        assert len(str(tool.description)) > 60
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.input_schema["additionalProperties"] is False
        assert "$defs" not in tool.input_schema
        assert "source" not in tool.input_schema["properties"]


@pytest.mark.parametrize("tool", CALLS)
async def test_an_answer_is_the_same_as_text_and_as_structure(asker: Asker, tool: str) -> None:
    reply = await asker.ask(tool, **CALLS[tool])
    assert reply.body["summary"]
    assert reply.body["complete"] is True
    assert set(reply.body["cost"]) == {"calls", "hits", "ms"}


async def test_an_answer_that_was_cut_is_continued_to_its_end(asker: Asker) -> None:
    reply = await asker.ask(
        "list_objects", type="interface", where={"site": "Akron"}, fields=["id"], max_tokens=900
    )
    section = reply.section("interfaces")
    seen = [row[0] for row in section["rows"]]
    while "next" in reply.body:
        reply = await asker.ask("more", cursor=reply.body["next"]["interfaces"], max_tokens=900)
        part = reply.section("interfaces")
        assert part["from"] == len(seen) + 1
        seen += [row[0] for row in part["rows"]]
    assert len(seen) == len(set(seen)) == section["total"]


@pytest.mark.parametrize(("tool", "arguments", "words"), BAD_CALLS)
async def test_a_bad_call_is_refused_in_words(
    asker: Asker, tool: str, arguments: dict[str, Any], words: str
) -> None:
    text = await asker.refused(tool, **arguments)
    assert words in text
    assert re.match(r"[a-z_]+: ", text), "the kind of the error comes first"
    for trace in ("http", "pydantic", "Traceback", "ValidationError", "[type", "object at 0x"):
        assert trace not in text


async def test_a_tool_that_does_not_exist_is_an_error_in_words(asker: Asker) -> None:
    reply = await asker.call("fly")
    assert reply.is_error
    assert "fly" in reply.text


async def test_progress_is_reported_step_by_step(asker: Asker) -> None:
    heard: list[tuple[float, float | None, str | None]] = []

    async def hear(done: float, total: float | None, what: str | None) -> None:
        heard.append((done, total, what))

    await asker.client.call_tool("vlans", {}, progress_handler=hear)
    assert [done for done, *_ in heard] == [0, 1]
    assert {total for _, total, _ in heard} == {2}
    assert heard[0][2] == "vlans"


async def test_an_answer_from_the_cache_makes_no_calls(asker: Asker) -> None:
    first = await asker.ask("describe", object="akr-fw01")
    again = await asker.ask("describe", object="akr-fw01")
    assert first.body["cost"]["calls"] > 0
    assert again.body["cost"]["calls"] == 0
    assert {**again.body, "cost": None} == {**first.body, "cost": None}
    past = await asker.ask("describe", object="akr-fw01", refresh=True)
    assert past.body["cost"]["calls"] > 0


class Listings(Middleware):
    """Counts the listings of tools, also those that the framework makes for itself."""

    def __init__(self) -> None:
        self.seen = 0

    async def on_list_tools(self, context: Any, call_next: Any) -> Any:
        self.seen += 1
        return await call_next(context)


@pytest.mark.parametrize("mended", [True, False])
async def test_a_call_does_not_list_the_tools(demo: DemoServer, tmp_path: Path, *, mended: bool) -> None:
    """FastMCP before 4.2 lists all tools inside of each call by HTTP, which takes 14 times as long."""
    server = create_server(Services(plain_settings(tmp_path), [source(demo.url)]))
    listings = Listings()
    server.add_middleware(listings)
    low = server._mcp_server
    if not mended:
        low.get_tool_input_schema = None
    app = server.http_app(stateless_http=True)

    def in_memory(**options: Any) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), **options)

    transport = StreamableHttpTransport("http://127.0.0.1/mcp", httpx_client_factory=in_memory)
    async with app.router.lifespan_context(app), Client(transport) as client:
        await client.call_tool("status", {})  # A client lists the tools once, before its own first call.
        listings.seen = 0
        reply = Reply.of(await client.call_tool("find", {"text": "akr-fw01"}))
    assert reply.body["summary"]
    assert listings.seen == (0 if mended else 1)


async def test_the_instructions_tell_a_model_how_to_begin(demo: DemoServer, tmp_path: Path) -> None:
    server = create_server(Services(plain_settings(tmp_path), [source(demo.url)]))
    async with Client(server, mode="legacy") as client:
        assert client.initialize_result is not None
        words = str(client.initialize_result.instructions)
    assert all(tool in words for tool in ("find", "describe", "vlans", "list_objects", "more"))
    assert count_tokens(words) < 300


async def test_several_sources_can_be_told_apart(demo: DemoServer, tmp_path: Path) -> None:
    lab = source(demo.url).model_copy(update={"name": "lab"})
    server = create_server(Services(plain_settings(tmp_path), [source(demo.url), lab]))
    async with Client(server) as client:
        described = {tool.name: tool for tool in await client.list_tools()}["describe"]
        assert "source" in described.input_schema["properties"]
        reply = Reply.of(await client.call_tool("describe", {"object": "akr-fw01", "source": "lab"}))
        assert reply.body["source"] == "lab"
        unknown = Reply.of(
            await client.call_tool("describe", {"object": "x", "source": "moon"}, raise_on_error=False)
        )
        assert unknown.text.startswith('not_configured: no source is called "moon"')
        assert "netbox; lab" in unknown.text
        state = Reply.of(await client.call_tool("status", {}))
    assert json.loads(state.text)["sections"][0]["total"] == 2
