"""The inventories that benchmarks run on: the demo server at any size, and real servers where they are named."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import SecretStr

from demo.inventory import generate
from demo.server import DEMO_TOKEN, DemoServer
from server.services import Services
from server.settings import Settings, SourceSettings


@asynccontextmanager
async def demo_services(devices: int) -> AsyncIterator[tuple[Services, DemoServer]]:
    """Services over a demo server of that many devices. The caller opens the services, or serves them."""
    async with DemoServer(generate(devices)) as server:
        source = SourceSettings(name="demo", kind="netbox", url=server.url, token=SecretStr(DEMO_TOKEN))
        yield Services(Settings(_env_file=None), [source]), server
