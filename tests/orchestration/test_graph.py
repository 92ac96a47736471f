"""The graph: its shape, and its ways out of trouble."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from demo.inventory import Inventory
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from orchestration.graph import build_graph
from sources.errors import (
    NetbriefError,
    NotAuthenticated,
    NotFound,
    NotPermitted,
    SourceMisbehaved,
    SourceTooSlow,
    SourceUnreachable,
)
from tests.core import Core, opened, rows_of, section_of
from tests.inventories import switched

LINE = ["classify", "resolve", "plan", "gather", "assemble", "verify", "fit"]


def test_the_graph_is_a_line_with_two_ways_round() -> None:
    drawn = build_graph().get_graph()
    assert set(drawn.nodes) == {"__start__", *LINE, "recover", "__end__"}
    edges = {(edge.source, edge.target) for edge in drawn.edges}
    line = ["__start__", *LINE, "__end__"]
    assert edges == {
        *pairwise(line),
        *((node, "recover") for node in LINE),
        ("recover", "classify"),
        ("recover", "gather"),
        ("recover", "__end__"),
    }


async def test_a_required_step_that_fails_for_once_is_tried_again_with_the_main_part(core: Core) -> None:
    core.server.faults.under = "/api/ipam/vlans/"
    core.server.faults.failing = 1
    body = await core.ask("vlans")
    assert section_of(body, "VLANs")["total"] == core.server.inventory.count("ipam.vlan")
    assert "ports" not in rows_of(body, "VLANs")[0], "what was not read is not zero"
    assert not body["complete"]
    assert any("main part" in each for each in body["warnings"])


async def test_a_partial_answer_is_not_kept(core: Core) -> None:
    core.server.faults.under = "/api/ipam/vlans/"
    core.server.faults.failing = 1
    assert not (await core.ask("vlans"))["complete"]
    body = await core.ask("vlans")
    assert body["complete"]
    assert "warnings" not in body or not any("main part" in each for each in body["warnings"])


async def test_a_required_step_that_keeps_failing_is_an_error_in_words(core: Core) -> None:
    core.server.faults.under = "/api/ipam/vlans/"
    core.server.faults.failing = 1_000
    with pytest.raises(SourceMisbehaved) as error:
        await core.ask("vlans")
    assert "database is gone" in error.value.in_words()
    assert len([path for path in core.paths() if path == "ipam/vlans"]) == 2


async def test_the_contradiction_of_a_changing_inventory_is_read_again(tmp_path: Path) -> None:
    inventory = switched(vlans=5)
    async with DemoServer(inventory) as server, opened(server, tmp_path) as core:
        first = await core.ask("list_objects", type="vlan", max_tokens=300)
        cursor = (await core.ask("list_objects", type="vlan", limit=3))["next"]["VLANs"]
        assert first["complete"]
        inventory.database.execute("DELETE FROM ipam_vlan WHERE id > 1")
        with pytest.raises(NetbriefError) as error:
            await core.ask("more", cursor=cursor, refresh=True)
        assert "refresh" in error.value.in_words()


@pytest.mark.parametrize(
    ("hidden", "object_", "missing"),
    [
        ("ipam.ipaddress", "akr-core01", "ip addresses"),
        ("dcim.interface", "akr-core01", "interfaces"),
        ("dcim.location", "Akron", "locations"),
        ("ipam.prefix", "10.0.0.1", "inside"),
    ],
)
async def test_what_the_token_may_not_see_makes_a_partial_answer(
    inventory: Inventory, tmp_path: Path, hidden: str, object_: str, missing: str
) -> None:
    seen: dict[str, Any] = {type_: {} for type_ in inventory.types if type_ != hidden}
    async with (
        DemoServer(inventory, [Token(DEMO_TOKEN, permissions=seen)]) as server,
        opened(server, tmp_path) as core,
    ):
        body = await core.ask("describe", object=object_)
    assert body["facts"]["id"]
    assert not body["complete"]
    assert [each for each in body["warnings"] if each.startswith(f"{missing}: not read")]


async def test_addresses_stand_alone_where_their_interfaces_are_hidden(
    inventory: Inventory, tmp_path: Path
) -> None:
    seen: dict[str, Any] = {type_: {} for type_ in inventory.types if type_ != "dcim.interface"}
    async with (
        DemoServer(inventory, [Token(DEMO_TOKEN, permissions=seen)]) as server,
        opened(server, tmp_path) as core,
    ):
        body = await core.ask("describe", object="akr-core01")
        assert [row["address"] for row in rows_of(body, "ip addresses")]


async def test_a_token_that_may_see_nothing_is_told_so(inventory: Inventory, tmp_path: Path) -> None:
    async with (
        DemoServer(inventory, [Token(DEMO_TOKEN, permissions={})]) as server,
        opened(server, tmp_path) as core,
    ):
        for tool, arguments in (
            ("vlans", {}),
            ("list_objects", {"type": "device"}),
            ("list_objects", {"type": "device", "group_by": "role"}),
            ("describe", {"object": "akr-core01", "type": "device"}),
        ):
            with pytest.raises(NotPermitted) as error:
                await core.ask(tool, **arguments)
            assert "permission" in error.value.in_words()


async def test_a_wrong_token_is_said_to_be_wrong_and_never_shown(demo: DemoServer, tmp_path: Path) -> None:
    demo.tokens[:] = [Token("f" * 40)]
    async with opened(demo, tmp_path) as core:
        for tool, arguments in (("vlans", {}), ("describe", {"object": "x"}), ("find", {"text": "x"})):
            with pytest.raises(NotAuthenticated) as error:
                await core.ask(tool, **arguments)
            assert DEMO_TOKEN not in error.value.in_words()


async def test_a_source_that_is_down_is_said_to_be_down(demo: DemoServer, tmp_path: Path) -> None:
    async with opened(demo, tmp_path) as core:
        await demo.stop()
        with pytest.raises(SourceUnreachable) as error:
            await core.ask("list_objects", type="device")
        assert "netbrief check" in error.value.in_words()


async def test_an_answer_that_takes_too_long_is_given_up(demo: DemoServer, tmp_path: Path) -> None:
    demo.faults.latency = 60
    async with opened(demo, tmp_path, deadline=1) as core:
        with pytest.raises(SourceTooSlow) as error:
            await core.ask("list_objects", type="device")
        assert "within 1 s (1 calls were made)" in error.value.in_words()
        demo.faults.clear()
        assert (await core.ask("list_objects", type="device"))["complete"]


async def test_progress_is_told_wave_by_wave(core: Core) -> None:
    told: list[str] = []

    async def note(done: int, total: int, what: str) -> None:
        told.append(f"{done}/{total} {what}")

    await core.watched("vlans", {}, note)
    assert told == ["0/2 vlans", "1/2 interfaces, vm_interfaces, prefixes"]


async def test_nothing_of_a_run_is_left_to_the_next(core: Core) -> None:
    """A failure, its warnings and its plan end with the question that had them."""
    core.server.faults.under = "/api/ipam/vlans/"
    core.server.faults.failing = 1
    await core.ask("vlans", site="Akron")
    with pytest.raises(NotFound):
        await core.ask("describe", object="nothing-of-that-name")
    fresh = await core.ask("vlans", site="Albany")
    assert fresh["complete"]
    assert all("main part" not in each for each in fresh.get("warnings", ()))
    assert all("Akron" not in json.dumps(row) for row in fresh["sections"])


async def test_questions_at_once_do_not_meet(core: Core) -> None:
    sites = [row["name"] for row in core.server.inventory.rows("dcim.site")]
    alone = {site: (await core.ask("vlans", site=site))["sections"] for site in sites}
    core.server.requests.clear()
    bodies = await asyncio.gather(*(core.ask("vlans", site=site, refresh=True) for site in sites))
    assert {site: body["sections"] for site, body in zip(sites, bodies, strict=True)} == alone
    assert sum(body["cost"]["calls"] for body in bodies) == len(core.server.requests)
