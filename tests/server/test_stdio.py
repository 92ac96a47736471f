"""`netbrief serve` on stdio, as a client starts it."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any

import pytest
from fastmcp import Client
from fastmcp.client.transports import StdioTransport

from demo.server import DEMO_TOKEN, DemoServer
from tests.asking import Reply
from tests.server.calls import CALLS
from tests.server.processes import PATIENCE, ROOT, at_netbox, command, environment, run, start


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_every_tool_answers_over_stdio(tmp_path: Path, mode: str) -> None:
    program, *args = command("serve", "--demo")
    said = tmp_path / "stderr"
    transport = StdioTransport(program, args, env=environment(tmp_path), cwd=str(ROOT), log_file=said)
    async with Client(transport, mode=mode) as client:
        for tool, arguments in CALLS.items():
            reply = Reply.of(await client.call_tool(tool, arguments))
            assert reply.body == json.loads(reply.text)
            assert reply.body["complete"] is True
        reply = Reply.of(await client.call_tool("list_objects", {"type": "interface", "max_tokens": 400}))
        more = Reply.of(await client.call_tool("more", {"cursor": reply.body["next"]["interfaces"]}))
        assert more.section("interfaces")["from"] == reply.section("interfaces")["shown"] + 1
        refused = await client.call_tool("find", {"txt": "x"}, raise_on_error=False)
        assert Reply.of(refused).text.startswith("bad_arguments: ")
    assert said.read_text() == ""


async def test_a_cursor_works_after_a_restart(demo: DemoServer, tmp_path: Path) -> None:
    cursor, pages = "", []
    for tool, arguments in (("list_objects", {"type": "interface", "max_tokens": 400}), ("more", {})):
        program, *args = command("serve")
        env = environment(tmp_path, **at_netbox(demo.url, DEMO_TOKEN))
        asked = {**arguments, "cursor": cursor} if cursor else arguments
        transport = StdioTransport(program, args, env=env, cwd=str(ROOT), keep_alive=False)
        async with Client(transport) as client:
            reply = Reply.of(await client.call_tool(tool, asked))
        pages.append(reply.section("interfaces"))
        cursor = reply.body["next"]["interfaces"]
    assert pages[1]["from"] == pages[0]["shown"] + 1


async def test_stdout_holds_nothing_but_the_protocol(demo: DemoServer, tmp_path: Path) -> None:
    """Also at the most talkative level, with a source that fails, and through to the end."""
    env = environment(tmp_path, **at_netbox(demo.url, DEMO_TOKEN), NETBRIEF_LOG_LEVEL="debug")
    demo.faults.failing = 3
    process = await start(["serve"], env, stdin=PIPE)
    messages = [
        _request(
            1,
            "initialize",
            protocolVersion="2025-06-18",
            capabilities={},
            clientInfo={"name": "t", "version": "0"},
        ),
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        _request(2, "tools/list"),
        *(
            _request(i, "tools/call", name=tool, arguments=args)
            for i, (tool, args) in enumerate(CALLS.items(), 3)
        ),
    ]
    answers = await _converse(process, messages, last=2 + len(CALLS))
    process.stdin.close()  # type: ignore[union-attr]  # it is a pipe
    rest, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert rest == b""
    assert process.returncode == 0
    assert set(answers) == set(range(1, 3 + len(CALLS)))
    assert DEMO_TOKEN not in err.decode()


async def test_without_a_source_the_start_fails_in_words(tmp_path: Path) -> None:
    ended = await run("serve", env=environment(tmp_path))
    assert ended.code == 1
    assert ended.out == ""
    assert ended.err.startswith("netbrief: not_configured: no source is configured")
    assert "NETBOX_URL" in ended.err


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"NETBOX_URL": "http://127.0.0.1:1"}, "NETBOX_TOKEN is not set"),
        ({"NETBOX_TOKEN": "secret-0123456789"}, "NETBOX_URL is not set"),
        ({"NETBOX_URL": "ftp://x", "NETBOX_TOKEN": "secret-0123456789"}, "NETBOX_URL"),
        ({"NETBRIEF_DEADLINE": "soon"}, "NETBRIEF_DEADLINE"),
        ({"NETBRIEF_SOURCES_FILE": "/does/not/exist"}, "sources file cannot be read"),
    ],
)
async def test_bad_settings_fail_in_words(tmp_path: Path, settings: dict[str, str], words: str) -> None:
    ended = await run("serve", env=environment(tmp_path, **settings))
    assert ended.code == 1
    assert words in ended.err
    assert "Traceback" not in ended.err
    assert "secret-0123456789" not in ended.said


def _request(number: int, method: str, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


async def _converse(process: Process, messages: list[dict[str, Any]], last: int) -> dict[int, Any]:
    """Send the messages, each when the one before is answered, and return the answers by number."""
    assert process.stdin is not None
    assert process.stdout is not None
    answers: dict[int, Any] = {}
    for message in messages:
        process.stdin.write(json.dumps(message).encode() + b"\n")
        while "id" in message and message["id"] not in answers:
            line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
            said = json.loads(line)
            assert said["jsonrpc"] == "2.0"
            if "id" in said:
                answers[said["id"]] = said
    assert last in answers
    return answers
