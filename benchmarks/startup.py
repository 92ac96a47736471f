"""From the start of the process to its first answer over stdio, beside what Python takes to import FastMCP."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable

from fastmcp import Client
from fastmcp.client.transports import StdioTransport

from benchmarks.report import Measure

TRIES = 5


async def startup() -> list[Measure]:
    """The best of several tries each, in turns: the machine may be busy, netbrief may not."""
    answers, imports = [], []
    for _ in range(TRIES):
        answers.append(await _timed(_first_answer))
        imports.append(await _timed(_import_fastmcp))
    return [
        Measure("start-up to the first answer over stdio", min(answers), "s", 2.0),
        Measure("the same / importing FastMCP alone", min(answers) / min(imports), "x"),
    ]


async def _first_answer() -> None:
    transport = StdioTransport(sys.executable, ["-m", "server", "serve", "--demo"], keep_alive=False)
    async with Client(transport) as client:
        await client.call_tool("list_objects", {"type": "device", "group_by": "role"})


async def _import_fastmcp() -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "from fastmcp import FastMCP")
    await process.wait()


async def _timed(work: Callable[[], Awaitable[None]]) -> float:
    started = time.perf_counter()
    await work()
    return time.perf_counter() - started
