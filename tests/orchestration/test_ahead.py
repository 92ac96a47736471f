"""Reading ahead: what hangs on a device is asked for while its name is looked for, and is never another's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from demo.inventory import Inventory
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from sources.errors import Ambiguous
from tests.core import Core, opened, rows_of, section_of
from tests.inventories import Builder


@pytest.fixture(scope="module")
def few() -> Inventory:
    builder = Builder()
    for name, ports in (("sw1", 3), ("SW2", 2), ("bare", 0), ("twin", 1), ("twin", 1)):
        device = builder.device(name)
        for number in range(ports):
            builder.port(device, f"Gi0/{number}")
    return builder.inventory()


@pytest_asyncio.fixture
async def asked(few: Inventory, tmp_path: Path) -> AsyncIterator[Core]:
    async with DemoServer(few) as server, opened(server, tmp_path) as core:
        yield core


async def test_name_and_ports_are_asked_for_side_by_side(asked: Core) -> None:
    asked.server.faults.latency = 60
    running = asyncio.create_task(asked.ask("describe", object="sw1"))
    async with asyncio.timeout(30):
        while not any("interfaces" in each.path for each in asked.server.requests):  # noqa: ASYNC110 - nothing is answered yet
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.wait([running])


async def test_nothing_is_read_twice(asked: Core) -> None:
    body = await asked.ask("describe", object="sw1")
    assert [row["name"] for row in rows_of(body, "interfaces")] == ["Gi0/0", "Gi0/1", "Gi0/2"]
    paths = asked.paths()
    assert len(paths) == len(set(paths)), paths
    await asked.ask("describe", object="sw1", max_tokens=3_000)
    assert asked.paths() == []


async def test_past_the_cache_it_is_read_once_more(asked: Core) -> None:
    await asked.ask("describe", object="sw1")
    cold = asked.paths()
    asked.server.inventory.database.execute("UPDATE dcim_interface SET name = 'renamed' WHERE name = 'Gi0/1'")
    body = await asked.ask("describe", object="sw1", refresh=True)
    assert sorted(asked.paths()) == sorted(cold)
    assert "renamed" in [row["name"] for row in rows_of(body, "interfaces")]
    asked.server.inventory.database.execute("UPDATE dcim_interface SET name = 'Gi0/1' WHERE name = 'renamed'")


async def test_a_name_in_another_spelling_has_its_ports_too(asked: Core) -> None:
    body = await asked.ask("describe", object="sw2")
    assert section_of(body, "interfaces")["total"] == 2


async def test_a_device_without_ports_has_none(asked: Core) -> None:
    body = await asked.ask("describe", object="bare")
    assert section_of(body, "interfaces")["total"] == 0
    assert body["complete"]


async def test_of_two_namesakes_each_has_its_own(asked: Core) -> None:
    with pytest.raises(Ambiguous) as error:
        await asked.ask("describe", object="twin")
    ids = [each.rpartition("= ")[2] for each in error.value.candidates]
    for id_ in ids:
        body = await asked.ask("describe", object=id_, type="device")
        assert section_of(body, "interfaces")["total"] == 1


async def test_what_cannot_be_read_ahead_is_told_as_ever(asked: Core) -> None:
    asked.server.tokens[:] = [Token(DEMO_TOKEN, permissions={"dcim.device": {}})]
    body = await asked.ask("describe", object="sw1")
    assert not body["complete"]
    assert any(warning.startswith("interfaces: not read") for warning in body["warnings"])
