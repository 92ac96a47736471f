"""Rack groups of NetBox, which may hold racks of several sites, and none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qsl

import pytest
import pytest_asyncio

from benchmarks.upstream import by_rest, reads
from demo.server import DemoServer
from sources.errors import BadFilter, NotFound
from tests.core import Core, opened, rows_of
from tests.inventories import Builder

pytestmark = pytest.mark.asyncio(loop_scope="module")
RACKS = 120
"""More than one filter by racks can name in an address."""


def grouped() -> Builder:
    """A group of racks at two sites, one without a rack, and a rack in none."""
    builder = Builder()
    other = builder.add("dcim.site", name="Boston", slug="bos", status="active")
    groups = [builder.add("dcim.rackgroup", name=name, slug=name.lower()) for name in ("Row «1»", "Empty")]
    for number in range(RACKS + 1):
        rack = builder.add(
            "dcim.rack",
            name=f"R{number}",
            site=other if number % 2 else builder.site,
            group=groups[0] if number < RACKS else None,
            status="active",
            u_height=10,
            starting_unit=1,
            width=19,
        )
        site = other if number % 2 else builder.site
        device = builder.device(f"sw{number}", site=site, rack=rack, position=3.0, face="front")
        builder.port(device, "eth0")
        builder.add("dcim.powerport", device=device, name="PSU1", allocated_draw=100, maximum_draw=200)
    return builder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def core(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Core]:
    inventory = grouped().inventory()
    async with DemoServer(inventory) as server, opened(server, tmp_path_factory.mktemp("kept")) as found:
        yield found
    inventory.close()


async def test_a_group_is_as_full_as_its_racks(core: Core) -> None:
    body = await core.ask("capacity", of="rack group Row «1»", type="racks")
    assert f"rack group Row «1»: {RACKS} racks: {9 * RACKS:,} of {10 * RACKS:,} units free" in body["summary"]
    assert [(row["site"], row["racks"]) for row in rows_of(body, "rack units by site")] == [
        ("Akron", RACKS // 2),
        ("Boston", RACKS // 2),
    ]
    assert body["complete"]


@pytest.mark.parametrize(
    ("arguments", "most"), [({}, 8), ({"type": "racks"}, 8), ({"type": "power"}, 8), ({"type": "ports"}, 10)]
)
async def test_a_group_takes_no_more_calls_for_many_racks(
    core: Core, arguments: dict[str, str], most: int
) -> None:
    body = await core.ask("capacity", of="rack group Row «1»", refresh=True, **arguments)
    assert body["complete"]
    calls = [by_rest(each.path, parse_qsl(each.query)) for each in core.upstream]
    assert reads(calls) <= most, core.paths()


async def test_the_ports_of_a_group_are_those_of_its_racks(core: Core) -> None:
    [free, power] = await core.whole("capacity", "ports by type", of="Row «1»", type="ports")
    assert (free["total"], free["free"]) == (RACKS, RACKS)
    assert power["total"] == RACKS


async def test_a_group_without_racks_says_so(core: Core) -> None:
    body = await core.ask("capacity", of="Empty")
    assert body["summary"] == "rack group Empty: no racks"
    assert "sections" not in body


async def test_groups_are_told_apart_in_the_whole_inventory(core: Core) -> None:
    body = await core.ask("capacity", type="racks")
    assert "rack units by group" not in [each["title"] for each in body["sections"]]
    assert len(await core.whole("capacity", "rack units", type="racks")) == RACKS + 1


async def test_the_dossier_of_a_group_holds_its_racks(core: Core) -> None:
    rows = await core.whole("describe", "racks", object="rack group Row «1»")
    assert [row["name"] for row in rows] == [f"R{number}" for number in range(RACKS)]
    assert {row["site"] for row in rows} == {"Akron", "Boston"}


@pytest.mark.parametrize(
    ("tool", "arguments", "error"),
    [
        ("list_objects", {"type": "rack group", "where": {"site": "Akron"}}, BadFilter),
        ("list_objects", {"type": "rack group", "where": {"region": "Ohio"}}, NotFound),
        ("list_objects", {"type": "rack", "where": {"rack_group": "Row 2"}}, NotFound),
    ],
    ids=str,
)
async def test_what_netbox_does_not_tell_is_refused(
    core: Core, tool: str, arguments: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        await core.ask(tool, **arguments)
