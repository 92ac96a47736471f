"""`make bench`: print every measure; exit with 1 if a promise is not kept.

`NETBOX_URL`/`NAUTOBOT_URL` (with tokens) add the measures on real servers, which must hold the demo inventory;
`BENCH_DEVICES` sets the size of the very large inventory (0 leaves it out).
"""

from __future__ import annotations

import asyncio
import os
import sys

from benchmarks.calls import bounded, listed_tokens
from benchmarks.cold import cold
from benchmarks.every_tool import every_tool
from benchmarks.inventories import core_device, demo_services, switch
from benchmarks.report import Measure, printed
from benchmarks.scale import large_services, scale
from benchmarks.startup import startup
from benchmarks.warm import warm
from benchmarks.words import words
from server.app import create_server
from server.services import Services
from server.settings import Settings

NO_GRAPHQL_CALLS = 5
GRAPHQL_CALLS = 2
LARGE_SITE = 500
"""Devices of the site that the bounds are promised for."""


async def main() -> bool:
    """Run all benchmarks; True if every promise is kept."""
    kept = True
    async with demo_services(70) as (services, server):
        name = switch(server.inventory)
        kept &= printed("warm calls (in memory, demo inventory)", await warm(services, name))
    for devices in (70, 3_000):
        async with demo_services(devices) as (services, server), services:
            core = core_device(server.inventory)
            measures = await bounded(services, NO_GRAPHQL_CALLS, switch(server.inventory), core)
            kept &= printed(f"calls and tokens, demo inventory of {devices:,} devices (REST)", measures)
    for devices, hub in ((70, None), (2 * LARGE_SITE, LARGE_SITE)):
        async with demo_services(devices, hub) as (services, _), services:
            title = f"every tool, demo inventory of {devices:,} devices, {hub or 13} at the site (REST)"
            kept &= printed(title, await every_tool(services, graphql=False))
    async with demo_services(70) as (services, _):
        tools = await create_server(services).list_tools()
        kept &= printed("what a client reads first", [listed_tokens([tool.to_mcp_tool() for tool in tools])])
    async with demo_services(70) as (services, _), services:
        kept &= printed("questions in words", await words(services))
    kept &= printed("start-up", await startup())
    kept &= await on_real_servers()
    size = int(os.environ.get("BENCH_DEVICES", "100000"))
    if size:
        async with large_services(size, LARGE_SITE) as services:
            kept &= printed(f"demo inventory of {size:,} devices", await scale(services))
            kept &= printed(f"questions in words, demo inventory of {size:,} devices", await words(services))
    return kept


async def on_real_servers() -> bool:
    """Calls, tokens and cold times on the servers that the environment names."""
    settings = Settings()
    async with demo_services(70) as (_, server):
        name = switch(server.inventory)
    kept = True
    for source in settings.sources():
        async with Services(settings, [source]) as services:
            measures: list[Measure] = await bounded(services, GRAPHQL_CALLS, name, None)
            kept &= printed(f"calls and tokens, real {source.kind}", measures)
            kept &= printed(f"every tool, real {source.kind}", await every_tool(services, graphql=True))
            kept &= printed(f"cold times, real {source.kind}", await cold(services, name))
    return kept


sys.exit(0 if asyncio.run(main()) else 1)
