"""How many requests an answer takes: never one an object, and none for what is known."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from demo.inventory import generate
from demo.server import DemoServer
from orchestration.steps import Gathered
from tests.core import Core, demo_source, opened
from tests.inventories import Builder, switched

SWITCH = "akr-asw01"


@pytest.mark.parametrize("vlans", [1, 5, 63, 250])
async def test_vlans_take_as_many_calls_for_few_as_for_many(vlans: int, tmp_path: Path) -> None:
    async with DemoServer(switched(vlans)) as server, opened(server, tmp_path) as core:
        body = await core.ask("vlans")
        assert body["summary"].startswith(f"{vlans} VLAN")
        assert Counter(core.paths()) == {
            "ipam/vlans": 1,
            "dcim/interfaces": 1,
            "virtualization/interfaces": 1,
            "ipam/prefixes": 1,
        }
        assert body["cost"]["calls"] == len(core.upstream)


async def test_beyond_a_batch_calls_grow_with_batches_only(tmp_path: Path) -> None:
    async with DemoServer(switched(2_000)) as server, opened(server, tmp_path) as core:
        await core.ask("vlans")
        assert len(core.upstream) < 20


@pytest.mark.parametrize(("devices", "seed"), [(20, 1), (70, 2), (70, 3)])
async def test_vlans_of_a_real_network_take_five_calls_at_most(
    devices: int, seed: int, tmp_path: Path
) -> None:
    async with DemoServer(generate(devices, seed)) as server, opened(server, tmp_path) as core:
        await core.ask("vlans")
        assert len(core.upstream) <= 5


async def test_a_site_s_vlans_take_three_calls_more_for_its_name_its_groups_and_their_vlans(
    core: Core,
) -> None:
    await core.ask("vlans", site="Akron")
    assert len(core.upstream) <= 8


async def test_a_switch_takes_six_calls_at_most_and_none_once_known(core: Core) -> None:
    cold = await core.ask("describe", object=SWITCH)
    assert 1 <= len(core.upstream) <= 6
    again = await core.ask("describe", object=SWITCH)
    assert core.upstream == []
    assert again["cost"]["calls"] == 0
    assert {**again, "cost": None} == {**cold, "cost": None}


async def test_the_same_question_with_another_budget_is_answered_from_what_is_known(core: Core) -> None:
    await core.ask("describe", object=SWITCH)
    body = await core.ask("describe", object=SWITCH, max_tokens=8_000)
    assert core.upstream == []
    assert body["cost"]["hits"] > 48


CALLS: list[tuple[str, dict[str, Any]]] = [
    ("vlans", {"site": "Akron"}),
    ("describe", {"object": SWITCH}),
    ("describe", {"object": "Akron", "type": "site"}),
    ("describe", {"object": "10.0.0.0/24"}),
    ("list_objects", {"type": "device", "where": {"site": "Akron"}, "include": ["interfaces"]}),
    ("list_objects", {"type": "device", "group_by": "role"}),
    ("list_objects", {"type": "device", "fields": ["name", "site.region", "cf_support_tier"]}),
    ("list_objects", {"type": "device", "where": {"cf_support_tier": "gold", "name__ic": "sw"}}),
    ("find", {"text": "akr"}),
]
IDS = [f"{tool} {'-'.join(str(value) for value in arguments.values())}"[:40] for tool, arguments in CALLS]


@pytest.mark.parametrize(("tool", "arguments"), CALLS, ids=IDS)
async def test_the_next_part_of_an_answer_is_not_read_again(
    core: Core, tool: str, arguments: dict[str, Any]
) -> None:
    first = await core.ask(tool, **arguments, max_tokens=20_000)
    await core.ask(tool, **arguments, max_tokens=19_999)
    read_again = core.upstream if "group_by" not in arguments and arguments.get("type") != "site" else []
    assert read_again == [], "a smaller budget needs nothing new"
    cut = await core.ask(tool, **arguments, max_tokens=700)
    for cursor in cut.get("next", {}).values():
        await core.ask("more", cursor=cursor)
        assert len(core.upstream) <= 2
    assert cut["summary"] == first["summary"]


@pytest.mark.parametrize(("tool", "arguments"), CALLS, ids=IDS)
async def test_fifty_at_once_take_the_calls_of_one(
    demo: DemoServer, tmp_path: Path, tool: str, arguments: dict[str, Any]
) -> None:
    async with opened(demo, tmp_path / "one") as core:
        alone = await core.ask(tool, **arguments)
        wanted = Counter((each.path, each.query) for each in core.upstream)
    demo.requests.clear()
    async with opened(demo, tmp_path / "fifty") as core:
        bodies = await asyncio.gather(*(core.ask(tool, **arguments) for _ in range(50)))
    assert Counter((each.path, each.query) for each in demo.requests) == wanted
    assert all(body["sections"] == alone["sections"] for body in bodies)
    assert sum(body["cost"]["calls"] for body in bodies) == sum(wanted.values())


async def test_refresh_goes_past_the_cache_and_renews_it(core: Core) -> None:
    await core.ask("describe", object=SWITCH)
    cold = core.paths()
    await core.ask("describe", object=SWITCH, refresh=True)
    assert sorted(core.paths()) == sorted(cold)
    await core.ask("describe", object=SWITCH)
    assert core.upstream == []


async def test_refresh_shows_what_has_changed(tmp_path: Path) -> None:
    builder = Builder()
    device = builder.device("sw1")
    inventory = builder.inventory()
    async with DemoServer(inventory) as server, opened(server, tmp_path) as core:
        assert (await core.ask("describe", object="sw1"))["facts"]["status"] == "active"
        inventory.database.execute("UPDATE dcim_device SET status = 'failed' WHERE id = ?", (device,))
        assert (await core.ask("describe", object="sw1"))["facts"]["status"] == "active"
        assert (await core.ask("describe", object="sw1", refresh=True))["facts"]["status"] == "failed"
        assert (await core.ask("describe", object="sw1"))["facts"]["status"] == "failed"


async def test_what_one_tool_has_read_serves_the_next(core: Core) -> None:
    await core.ask("vlans", site="Akron")
    await core.ask("list_objects", type="vlan", where={"site": "Akron"})
    assert core.paths() == ["ipam/vlans"], "the name of the site is known"
    await core.ask("describe", object="Akron", type="site")
    assert "dcim/sites" not in [each.path for each in core.upstream if "id=" not in each.query]


async def test_a_new_start_over_the_same_source_reads_again(demo: DemoServer, tmp_path: Path) -> None:
    for _ in range(2):
        async with opened(demo, tmp_path) as core:
            await core.ask("vlans")
            assert core.upstream


async def test_two_tokens_do_not_share_a_cache(demo: DemoServer, tmp_path: Path) -> None:
    sources = [demo_source(demo, name="one"), demo_source(demo, name="two")]
    async with opened(demo, tmp_path, sources) as core:
        await core.ask("vlans", source="one")
        await core.ask("vlans", source="two")
        assert len(core.upstream) >= 4


async def test_a_server_without_graphql_is_asked_for_it_once(demo: DemoServer, tmp_path: Path) -> None:
    source = demo_source(demo).model_copy(update={"graphql": True})
    async with opened(demo, tmp_path, [source]) as core:
        await core.ask("vlans")
        await core.ask("describe", object=SWITCH)
        assert [each.path for each in demo.requests].count("/graphql/") == 1


async def test_nothing_of_an_answer_stays_in_memory(core: Core) -> None:
    """A connection's timer outlives the answer by half a minute, and must not hold its rows."""
    for _ in range(3):
        await core.ask("list_objects", type="interface", refresh=True)
    gc.collect()
    assert not [each for each in gc.get_objects() if isinstance(each, Gathered)]
