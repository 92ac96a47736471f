"""The settings of a run: the user's own, or those of the embedded demo inventory, started for the run."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import SecretStr

from server.settings import Settings, SourceSettings


@asynccontextmanager
async def configured(*, demo: bool, devices: int) -> AsyncIterator[tuple[Settings, list[SourceSettings]]]:
    """The settings and the sources; with `demo` the demo server runs inside. Raises `NotConfigured`."""
    settings = Settings()
    if not demo:
        yield settings, settings.sources()
        return
    from demo.inventory import generate
    from demo.server import DEMO_TOKEN, DemoServer

    async with DemoServer(generate(devices)) as server:
        yield (
            settings,
            [SourceSettings(name="demo", kind="netbox", url=server.url, token=SecretStr(DEMO_TOKEN))],
        )
