"""`status`: every source and the cache, whatever state they are in."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.inventory import Inventory
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Constraints, Token
from sources.errors import NotConfigured
from tests.core import demo_source, expanded, opened

pytestmark = pytest.mark.asyncio


async def test_a_source_that_answers_is_told_with_its_version(demo: DemoServer, tmp_path: Path) -> None:
    async with opened(demo, tmp_path) as core:
        body = (await core.services.status()).body
        [row] = expanded(body["sections"][0])
        assert (row["source"], row["kind"], row["reachable"]) == ("demo", "netbox", True)
        assert row["version"].startswith("4.")
        assert body["complete"]
        assert body["facts"]["cache"]["kind"] == "memory"


async def test_a_source_that_is_down_does_not_hide_one_that_is_not(demo: DemoServer, tmp_path: Path) -> None:
    dead = demo_source(demo, name="dead").model_copy(update={"url": "http://127.0.0.1:1"})
    async with opened(demo, tmp_path, [demo_source(demo), dead]) as core:
        body = (await core.services.status()).body
        rows = {row["source"]: row for row in expanded(body["sections"][0])}
        assert (rows["demo"]["reachable"], rows["dead"]["reachable"]) == (True, False)
        assert "cannot be reached" in rows["dead"]["detail"]
        assert not body["complete"]
        assert "1 of 2 sources" in body["summary"]


async def test_what_the_token_may_not_read_is_named(inventory: Inventory, tmp_path: Path) -> None:
    seen: dict[str, Constraints] = {
        type_: {} for type_ in inventory.types if type_ not in ("dcim.cable", "ipam.vlan")
    }
    async with (
        DemoServer(inventory, [Token(DEMO_TOKEN, permissions=seen)]) as server,
        opened(server, tmp_path) as core,
    ):
        [row] = expanded((await core.services.status()).body["sections"][0])
        assert set(row["not_readable"]) == {"dcim.cable", "ipam.vlan"}


async def test_a_source_that_nobody_has_configured_is_said_to_be_none(
    demo: DemoServer, tmp_path: Path
) -> None:
    async with opened(demo, tmp_path) as core:
        with pytest.raises(NotConfigured) as error:
            await core.ask("vlans", source="atlantis")
        assert error.value.candidates == ("demo",)
