"""Warm calls against a FastMCP tool that returns a constant of the same size, in turns, in one process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from fastmcp import Client, FastMCP
from fastmcp.tools import ToolResult
from mcp.types import TextContent

from benchmarks.report import Measure
from orchestration.request import Request
from orchestration.tool import Window
from server.app import create_server
from server.services import Services
from tools.registry import TOOLS

ROUNDS = 30
CALLS = 20


async def warm(services: Services, device: str) -> list[Measure]:
    """Throughput of warm calls, and the graph's own cost on a fully cached call."""
    arguments = {"object": device}
    async with Client(create_server(services)) as client:
        answer = await client.call_tool("describe", arguments)
        text, body = answer.content[0].text, answer.structured_content
        constant: FastMCP[Any] = FastMCP("constant")

        @constant.tool(output_schema=None)
        async def describe(object: str) -> ToolResult:  # noqa: A002  # the same name and argument
            return ToolResult(content=[TextContent(type="text", text=text)], structured_content=body)

        low = constant._mcp_server
        low.get_tool_input_schema = lambda _: None  # the same remedy for both
        async with Client(constant) as other:
            ours, theirs = await _in_turns(
                lambda: client.call_tool("describe", arguments),
                lambda: other.call_tool("describe", arguments),
            )
        tool = TOOLS["describe"]
        asked = tool.arguments.model_validate(arguments)
        runner = services.runner(None)
        request = Request(tool, asked, Window())
        graph, _ = await _in_turns(lambda: runner._through_graph(request, runner.reader, _quiet), _nothing)
    return [
        Measure("warm describe: time per call / constant FastMCP tool", ours / theirs, "x", 2.0),
        Measure("constant FastMCP tool of the same size", theirs * 1000, "ms"),
        Measure("the graph on fully cached entities (no answer cache)", graph * 1000, "ms"),
    ]


async def _quiet(done: int, total: int, what: str) -> None:
    return


async def _nothing() -> None:
    return


async def _in_turns(
    one: Callable[[], Awaitable[Any]], other: Callable[[], Awaitable[Any]]
) -> tuple[float, float]:
    """Seconds a call of each, medians of rounds that take turns: the machine's noise meets both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for work, kept in zip((one, other), times, strict=True):
            started = time.perf_counter()
            for _ in range(CALLS):
                await work()
            kept.append((time.perf_counter() - started) / CALLS)
    return statistics.median(times[0]), statistics.median(times[1])
