"""`netbrief serve --http`, as a service."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest
from fastmcp import Client
from fastmcp.client.transports import StreamableHttpTransport

from demo.server import DEMO_TOKEN, DemoServer
from tests.asking import Reply
from tests.server.calls import CALLS
from tests.server.processes import at_netbox, environment, run, serving_http

JSON = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}


async def test_every_tool_answers_over_http_in_both_ages_of_the_protocol(tmp_path: Path) -> None:
    async with serving_http("--demo", env=environment(tmp_path)) as url:
        for mode in ("auto", "legacy"):
            heard: list[float] = []

            async def hear(done: float, total: float | None, what: str | None) -> None:
                heard.append(done)  # noqa: B023  # it is heard before the loop goes on

            async with Client(
                StreamableHttpTransport(f"{url}/mcp"), mode=mode, progress_handler=hear
            ) as client:
                for tool, arguments in CALLS.items():
                    reply = Reply.of(await client.call_tool(tool, {**arguments, "refresh": True}))
                    assert reply.body["complete"] is True
                refused = await client.call_tool("describe", {}, raise_on_error=False)
                assert Reply.of(refused).text.startswith("bad_arguments: ")
            assert heard, mode


async def test_many_clients_at_a_time_all_get_their_answers(demo: DemoServer, tmp_path: Path) -> None:
    env = environment(tmp_path, **at_netbox(demo.url, DEMO_TOKEN))
    sites = [str(row["name"]) for row in demo.inventory.rows("dcim.site")]
    async with serving_http(env=env) as url:

        async def ask(site: str) -> str:
            async with Client(StreamableHttpTransport(f"{url}/mcp")) as client:
                return str(
                    Reply.of(await client.call_tool("describe", {"object": site, "type": "site"})).body[
                        "summary"
                    ]
                )

        answers = await asyncio.gather(*(ask(site) for site in sites))
    assert all(site in answer for site, answer in zip(sites, answers, strict=True))


@pytest.mark.parametrize("header", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}])
async def test_a_page_of_another_site_cannot_reach_in(tmp_path: Path, header: dict[str, str]) -> None:
    """A browser that is led here by a foreign page (or by DNS rebinding) tells on it."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    async with (
        serving_http("--demo", env=environment(tmp_path)) as url,
        aiohttp.ClientSession() as session,
        session.post(f"{url}/mcp", json=call, headers=JSON | header) as answer,
    ):
        assert answer.status in (403, 421)


async def test_beyond_loopback_it_serves_only_when_told_that_it_may(tmp_path: Path) -> None:
    ended = await run("serve", "--http", "--host", "0.0.0.0", "--demo", env=environment(tmp_path))
    assert ended.code == 1
    assert "0.0.0.0 is not a loopback address" in ended.err
    assert "NETBRIEF_ALLOW_OPEN_HTTP" in ended.err


async def test_a_port_that_is_taken_fails_without_a_trace_of_the_stack(tmp_path: Path) -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        ended = await run("serve", "--http", "--port", str(port), "--demo", env=environment(tmp_path))
    assert ended.code != 0
    assert "Traceback" not in ended.err
    assert "address already in use" in ended.err
