"""A netbrief over the demo inventory, asked in both ages of the protocol."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from demo.server import DemoServer
from tests.asking import Asker, asking, source


@pytest.fixture(params=["auto", "legacy"])
async def asker(request: pytest.FixtureRequest, demo: DemoServer, tmp_path: Path) -> AsyncIterator[Asker]:
    """A client in memory: of the protocol without sessions (2026-07-28), and of the one with them."""
    async with asking(source(demo.url), folder=tmp_path, mode=request.param) as found:
        yield found
