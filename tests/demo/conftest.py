"""A client of the demo server."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from demo.server import DemoServer
from tests.demo.client import Client


@pytest.fixture
async def client(demo: DemoServer) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(demo, session)
