"""A very large demo inventory in a process of its own: tokens, and the memory of netbrief."""

from __future__ import annotations

import asyncio
import resource
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from pydantic import SecretStr

from benchmarks.calls import asked
from benchmarks.every_tool import every_tool
from benchmarks.report import Measure
from orchestration.tool import DEFAULT_TOKENS
from orchestration.whole import parts
from server.services import Services
from server.settings import Settings, SourceSettings
from sources.errors import NetbriefError

MIB = 1024 * 1024
PATIENCE = 900.0


@asynccontextmanager
async def large_services(devices: int, hub: int) -> AsyncIterator[Services]:
    """Services over a demo server that runs in another process, so that only netbrief's memory is counted."""
    command = [sys.executable, "-m", "demo", "--devices", str(devices), "--hub", str(hub), "--port", "0"]
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    try:
        told: dict[str, str] = {}
        assert process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            while "NETBOX_TOKEN" not in told:
                line = (await process.stderr.readline()).decode().strip()
                if not line and process.returncode is not None:
                    raise RuntimeError("the demo server did not start")
                name, _, value = line.rpartition(" ")[2].partition("=")
                told[name] = value
        source = SourceSettings(
            name="demo", kind="netbox", url=told["NETBOX_URL"], token=SecretStr(told["NETBOX_TOKEN"])
        )
        async with Services(Settings(), [source]) as services:
            yield services
    finally:
        process.terminate()
        await process.wait()


async def scale(services: Services) -> list[Measure]:
    """Every tool on the large inventory: within budget, or an error in words."""
    listed, _ = await asked(
        services, "list_objects", type="device", where={"name": "not null"}, fields=["name"], limit=1
    )
    device = listed["sections"][0]["rows"][0][0]
    sites, _ = await asked(services, "list_objects", type="site", fields=["name"], limit=1)
    site = sites["sections"][0]["rows"][0][0]
    devices = listed["sections"][0]["total"]
    questions: list[tuple[str, dict[str, Any]]] = [
        ("list_objects", {"type": "interface"}),
        ("list_objects", {"type": "device", "group_by": "role"}),
        ("list_objects", {"type": "interface", "where": {"site": site}, "group_by": "type"}),
        ("vlans", {"vid": 100}),
        ("vlans", {}),
        ("find", {"text": device[:6]}),
        ("find", {"text": "10.0.0.1"}),
        ("ip_space", {"prefix": "10.0.0.0/8", "free_length": 24}),
        ("ip_space", {}),
    ]
    measures = []
    for tool, arguments in questions:
        shown = ", ".join(f"{key}={value}" for key, value in arguments.items())[:40]
        budget = TOKENS.get(tool, DEFAULT_TOKENS)
        try:
            body, tokens = await asked(services, tool, **arguments)
        except NetbriefError as error:
            measures.append(Measure(f"{tool}({shown}): {error.code}", 0, "tokens", budget))
            continue
        measures.append(
            Measure(
                f"{tool}({shown}): {body['cost']['calls']} calls, {body['cost']['ms']} ms",
                tokens,
                "tokens",
                budget,
            )
        )
    return [
        *measures,
        *await every_tool(services, graphql=False, naming=1),
        Measure(f"peak memory of netbrief at {devices:,} named devices", _peak(), "MiB", 500),
        *await _export(services),
    ]


async def _export(services: Services) -> list[Measure]:
    """Every device as a whole: what its second half adds to the memory of the first."""
    body, tokens = await asked(services, "list_objects", type="device", max_tokens=300)
    runner, request = services.exported(body["next"]["devices"])
    started, rows, early = time.perf_counter(), 0, 0.0
    async for section in parts(runner, request):
        rows += len(section.rows)
        if not early and rows >= section.total / 2:
            early = _peak()
    took = time.perf_counter() - started
    return [
        Measure(f"export of {rows:,} devices, seconds", took, "s"),
        Measure("export: memory that the second half of the rows adds", _peak() - early, "MiB", 32),
        Measure("the answer that leads to it", tokens, "tokens", 300),
    ]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MIB


TOKENS = {"vlans": 2_000, "describe": 2_500, "ip_space": 2_500}
