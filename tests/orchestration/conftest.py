"""netbrief's core over the demo inventory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from demo.server import DemoServer
from tests.core import Core, opened


@pytest.fixture
async def core(demo: DemoServer, tmp_path: Path) -> AsyncIterator[Core]:
    """A netbrief that has read nothing yet."""
    async with opened(demo, tmp_path) as found:
        yield found
