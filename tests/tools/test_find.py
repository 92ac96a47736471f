"""`find` against the inventory: anything by whatever it is known by."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from demo.model import Row
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from sources.errors import BadArguments
from sources.types import CATALOG
from tests.core import Body, opened, rows_of, section_of
from tests.inventories import Builder
from tests.tools.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="module")
NAMED = (
    ("dcim.device", "name"),
    ("dcim.device", "serial"),
    ("dcim.device", "asset_tag"),
    ("dcim.site", "name"),
    ("virtualization.virtualmachine", "name"),
    ("circuits.circuit", "cid"),
    ("tenancy.tenant", "name"),
    ("virtualization.cluster", "name"),
    ("circuits.provider", "name"),
    ("ipam.vrf", "name"),
    ("dcim.devicetype", "model"),
    ("dcim.devicetype", "part_number"),
)


def found(body: Body) -> set[tuple[str, str]]:
    """The matches by type and title; by id where the title does not tell."""
    return {(row["type"], row["id"] or row["name"]) for row in rows_of(body, "matches")}


def known_as(world: World, type_: str, ids: Iterable[int]) -> set[tuple[str, str]]:
    """The same of these rows of the inventory."""
    rows = [world.truth.by_id(type_)[id_] for id_ in ids]
    titles = [title_of(type_, row) for row in rows]
    return {
        (type_, title if titles.count(title) == 1 else str(row["id"]))
        for title, row in zip(titles, rows, strict=True)
    }


def title_of(type_: str, row: Row) -> str:
    name = str(row[CATALOG[type_].title] or f"#{row['id']}")
    return f"{row['vid']} {name}" if "vid" in row else name


def a_few(rows: list[Row], column: str) -> list[Row]:
    held = [row for row in rows if row[column]]
    return held[:: max(1, len(held) // 3)]


@pytest.mark.parametrize(("type_", "column"), NAMED, ids=[f"{type_} {column}" for type_, column in NAMED])
async def test_a_thing_is_found_by_what_it_is_known_by(world: World, type_: str, column: str) -> None:
    for row in a_few(world.truth.rows(type_), column):
        body = await world.core.ask("find", text=row[column])
        exact = [
            each
            for each in rows_of(body, "matches")
            if each["match"] == column or each["name"] == row[column]
        ]
        assert (type_, title_of(type_, row)) in [(each["type"], each["name"]) for each in exact]


async def test_a_name_is_found_by_a_part_of_it(world: World) -> None:
    named = [row for row in world.truth.rows("dcim.device") if "asw" in str(row["name"])]
    body = await world.core.ask("find", text="asw", types=["device"])
    assert len(named) < 25
    assert found(body) >= known_as(world, "dcim.device", (row["id"] for row in named))
    assert f"{len(named)} device" in body["summary"] or len(named) < section_of(body, "matches")["total"]


@pytest.mark.parametrize(
    "spell", [str, str.lower, lambda mac: mac.replace(":", "-"), lambda mac: mac.replace(":", "")]
)
async def test_a_mac_address_is_found_in_any_spelling(world: World, spell: Any) -> None:
    truth = world.truth
    for mac in truth.rows("dcim.macaddress")[:2] + truth.rows("dcim.macaddress")[-2:]:
        body = await world.core.ask("find", text=spell(mac["mac_address"]))
        assert found(body) == known_as(world, mac["assigned_object_type"], [mac["assigned_object_id"]])


async def test_a_mac_address_with_dots_is_found(world: World) -> None:
    mac = world.truth.rows("dcim.macaddress")[0]
    bare = mac["mac_address"].replace(":", "").lower()
    body = await world.core.ask("find", text=".".join((bare[:4], bare[4:8], bare[8:])))
    assert found(body) == known_as(world, mac["assigned_object_type"], [mac["assigned_object_id"]])


async def test_an_address_is_found_with_the_prefixes_around_it(world: World) -> None:
    truth = world.truth
    for address in a_few(truth.rows("ipam.ipaddress"), "address"):
        host = address["address"].partition("/")[0]
        body = await world.core.ask("find", text=host)
        same = [row for row in truth.rows("ipam.ipaddress") if row["address"].partition("/")[0] == host]
        around = {
            row["id"]
            for vrf in (None, *truth.by_id("ipam.vrf"))
            for row in truth.within({"id": 0, "prefix": host, "vrf": vrf}, whole=True)
        }
        addresses = known_as(world, "ipam.ipaddress", (row["id"] for row in same))
        assert found(body) == addresses | known_as(world, "ipam.prefix", around)
        assert rows_of(body, "matches")[0]["type"] == "ipam.ipaddress"


async def test_a_prefix_is_found_first_of_those_around_it(world: World) -> None:
    for prefix in a_few(world.truth.rows("ipam.prefix"), "prefix"):
        body = await world.core.ask("find", text=prefix["prefix"])
        best = rows_of(body, "matches")[0]
        assert (best["type"], best["name"]) == ("ipam.prefix", prefix["prefix"])
        same = world.truth.rows("ipam.prefix", prefix=prefix["prefix"])
        assert [row["name"] for row in rows_of(body, "matches")].count(prefix["prefix"]) == len(same)


async def test_a_vlan_is_found_by_its_number(world: World) -> None:
    vlans = world.truth.rows("ipam.vlan", vid=100)
    body = await world.core.ask("find", text="100", types=["vlan"])
    assert found(body) >= known_as(world, "ipam.vlan", (row["id"] for row in vlans[:25]))


async def test_a_host_name_finds_its_address(world: World) -> None:
    named = [row for row in world.truth.rows("ipam.ipaddress") if row["dns_name"]]
    body = await world.core.ask("find", text=named[0]["dns_name"])
    assert found(body) >= known_as(world, "ipam.ipaddress", [named[0]["id"]])


async def test_a_port_is_found_by_its_name(world: World) -> None:
    ports = world.truth.rows("dcim.interface", name="GigabitEthernet1/0/7")
    body = await world.core.ask("find", text="gigabitethernet1/0/7")
    assert 0 < len(ports) < 25
    owners = [row["where"] for row in rows_of(body, "matches") if row["type"] == "dcim.interface"]
    assert sorted(owners) == sorted(
        world.truth.name("dcim.device", row["device"]) or f"#{row['device']}" for row in ports
    )


async def test_only_the_types_that_are_named_are_looked_in(world: World) -> None:
    body = await world.core.ask("find", text="alb", types=["site", "vlan"])
    assert {type_ for type_, _ in found(body)} <= {"dcim.site", "ipam.vlan"}
    assert {each.path for each in world.core.upstream} <= {"/api/dcim/sites/", "/api/ipam/vlans/"}


async def test_what_nothing_is_called_is_nowhere(world: World) -> None:
    body = await world.core.ask("find", text="no-such-thing-anywhere")
    assert section_of(body, "matches")["total"] == 0
    assert body["complete"]
    assert body["summary"] == 'nothing in 25 types of objects is called or holds "no-such-thing-anywhere"'


async def test_more_than_is_shown_is_counted_and_said(tmp_path: Path) -> None:
    builder = Builder()
    for at in range(200):
        builder.device(f"leaf{at}")
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("find", text="leaf")
        assert "200 devices" in body["summary"]
        assert not body["complete"]
        assert "175 more match" in body["warnings"][0]
        rows = await core.whole("find", "matches", text="leaf", max_tokens=400)
        assert len({row["name"] for row in rows}) == 25


async def test_a_serial_number_that_looks_like_a_mac_address_is_found(tmp_path: Path) -> None:
    builder = Builder()
    for serial in ("0123456789AB", "123456789012"):
        builder.device(f"d{serial}", serial=serial)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        for serial in ("0123456789AB", "123456789012"):
            body = await core.ask("find", text=serial)
            assert [row["name"] for row in rows_of(body, "matches")] == [f"d{serial}"]


async def test_what_could_not_be_looked_in_is_said(world: World, tmp_path: Path) -> None:
    inventory = world.core.server.inventory
    token = Token(DEMO_TOKEN, permissions={type_: {} for type_ in inventory.types if type_ != "dcim.device"})
    async with DemoServer(inventory, [token]) as server, opened(server, tmp_path) as core:
        body = await core.ask("find", text="alb-asw01")
        assert not body["complete"]
        assert any("dcim.device: not read" in each for each in body["warnings"])


@pytest.mark.parametrize("text", [" ", "\t\n", ""])
async def test_nothing_is_not_looked_for(world: World, text: str) -> None:
    for tool, argument in (("find", "text"), ("describe", "object")):
        with pytest.raises(BadArguments):
            await world.core.ask(tool, **{argument: text})
