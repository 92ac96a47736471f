"""The generated inventory that all tests share, and a server that holds it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from demo.inventory import Inventory, generate
from demo.server import DemoServer
from tests.questions.truth import Truth


@pytest.fixture(scope="session")
def inventory() -> Inventory:
    """The inventory that the live servers are loaded with, too."""
    return generate(devices=70, seed=1)


@pytest.fixture(scope="session")
def truth(inventory: Inventory) -> Truth:
    """What answers about that inventory must be."""
    return Truth(inventory)


@pytest.fixture
async def demo(inventory: Inventory) -> AsyncIterator[DemoServer]:
    """The demo server, well and without requests behind it."""
    async with DemoServer(inventory) as server:
        yield server
