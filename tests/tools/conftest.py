"""The tools over demo inventories of several sizes and seeds, with the truth beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from demo.inventory import generate
from demo.server import DemoServer
from tests.core import Core, opened
from tests.truth import Truth


@dataclass(frozen=True)
class World:
    """A netbrief over an inventory, and what the inventory holds."""

    core: Core
    truth: Truth


@pytest_asyncio.fixture(
    params=[(25, 2), (110, 7)], ids="{0[0]} devices".format, scope="module", loop_scope="module"
)
async def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[World]:
    """One netbrief for all the questions of a module: what one has read serves the next."""
    inventory = generate(*request.param)
    async with DemoServer(inventory) as server, opened(server, tmp_path_factory.mktemp("kept")) as core:
        yield World(core, Truth(inventory))
    inventory.close()
