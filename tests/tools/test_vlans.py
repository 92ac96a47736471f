"""`vlans` against the inventory: who carries which VLAN, as the ports themselves say it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from demo.model import Row
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from sources.errors import BadFilter, NotFound
from tests.core import opened, rows_of, section_of
from tests.inventories import Builder
from tests.tools.conftest import World
from tests.truth import Truth

pytestmark = pytest.mark.asyncio(loop_scope="module")
MEMBERS = "ports by VLAN and device"


def place(truth: Truth, vlan: Row) -> str | None:
    return truth.name("dcim.site", vlan["site"]) or truth.name("ipam.vlangroup", vlan["group"])


def expected(truth: Truth, vlan: Row) -> dict[str, Any]:
    ports = truth.carriers("dcim.interface", vlan["id"])
    return {
        "vid": vlan["vid"],
        "name": vlan["name"],
        "site": place(truth, vlan),
        "status": vlan["status"],
        "prefixes": sorted(row["prefix"] for row in truth.rows("ipam.prefix", vlan=vlan["id"])),
        "devices": len({port["device"] for port in ports}),
        "ports": len(ports),
        "vm_ports": len(truth.carriers("virtualization.vminterface", vlan["id"])),
    }


def said(row: dict[str, Any]) -> dict[str, Any]:
    prefixes = row["prefixes"]
    return row | {
        "prefixes": sorted(prefixes if isinstance(prefixes, list) else [prefixes] if prefixes else [])
    }


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(sorted(row.items())))


async def test_all_vlans_with_their_ports_devices_and_prefixes(world: World) -> None:
    truth = world.truth
    rows = await world.core.whole("vlans", "VLANs")
    assert in_order([said(row) for row in rows]) == in_order(
        [expected(truth, vlan) for vlan in truth.rows("ipam.vlan")]
    )
    assert [row["vid"] for row in rows] == sorted(row["vid"] for row in rows)


async def test_the_summary_counts_each_port_and_device_once(world: World) -> None:
    truth = world.truth
    carrying = [
        port
        for port in truth.rows("dcim.interface")
        if port["untagged_vlan"] is not None or port["tagged_vlans"]
    ]
    devices = {port["device"] for port in carrying}
    body = await world.core.ask("vlans")
    assert f"{len(truth.rows('ipam.vlan')):,} VLANs" in body["summary"]
    assert f"{len(carrying):,} interfaces on {len(devices):,} devices" in body["summary"]


async def test_a_site_s_vlans_are_those_of_the_site(world: World) -> None:
    truth = world.truth
    for site in truth.rows("dcim.site"):
        rows = await world.core.whole("vlans", "VLANs", site=site["name"])
        wanted = [expected(truth, vlan) for vlan in truth.rows("ipam.vlan", site=site["id"])]
        assert in_order([said(row) for row in rows]) == in_order(wanted)


@pytest.mark.parametrize("arguments", [{"vid": 100}, {"vid": [100, 200]}, {"name": "Servers"}], ids=str)
async def test_vlans_by_number_or_name_are_those_of_all_sites(
    world: World, arguments: dict[str, Any]
) -> None:
    truth = world.truth
    [(column, value)] = arguments.items()
    chosen = value if isinstance(value, list) else [value]
    rows = await world.core.whole("vlans", "VLANs", **arguments)
    wanted = [expected(truth, vlan) for vlan in truth.rows("ipam.vlan") if vlan[column] in chosen]
    assert in_order([said(row) for row in rows]) == in_order(wanted)


async def test_the_members_of_a_vlan_are_its_devices_with_their_ports(world: World) -> None:
    truth = world.truth
    for vlan in truth.rows("ipam.vlan", vid=100):
        site = truth.name("dcim.site", vlan["site"])
        members = await world.core.whole("vlans", MEMBERS, site=site, vid=100)
        owners: dict[tuple[str, int], list[str]] = {}
        for type_, owner in (("dcim.interface", "device"), ("virtualization.vminterface", "virtual_machine")):
            for port in truth.carriers(type_, vlan["id"]):
                owners.setdefault((owner, port[owner]), []).append(port["name"])
        assert len(members) == len(owners)
        assert sum(ports_in(row["untagged"]) + ports_in(row["tagged"]) for row in members) == sum(
            map(len, owners.values())
        )


def ports_in(folded: str | None) -> int:
    """How many ports a folded list names, if it was not shortened."""
    assert not str(folded).endswith("…")
    number = 0
    for part in folded.split(", ") if folded else ():
        first, dash, last = part.rpartition("-")
        numbers = first.rpartition("/")[2].lstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-")
        number += int(last) - int(numbers) + 1 if dash and last.isdecimal() and numbers.isdecimal() else 1
    return number


async def test_devices_of_one_name_are_two_devices(tmp_path: Path) -> None:
    builder = Builder()
    [vlan] = builder.vlans([100])
    other = builder.add("dcim.site", name="Boston", slug="bos", status="active")
    for site in (builder.site, other):
        builder.port(builder.device("sw1", site=site), "Gi1", mode="access", untagged_vlan=vlan)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("vlans", vid=100)
        assert rows_of(body, "VLANs")[0]["devices"] == 2
        assert [row["device"] for row in rows_of(body, MEMBERS)] == ["sw1", "sw1"]


async def test_a_vlan_of_no_port_is_listed_with_none(tmp_path: Path) -> None:
    builder = Builder()
    builder.vlans([7])
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("vlans")
        [row] = rows_of(body, "VLANs")
        assert (row["vid"], row["ports"], row["devices"], row["prefixes"]) == (7, 0, 0, None)
        assert section_of(body, MEMBERS)["total"] == 0
        assert body["complete"]


async def test_ports_that_carry_everything_are_mentioned(tmp_path: Path) -> None:
    builder = Builder()
    [vlan] = builder.vlans([7])
    builder.port(builder.device("sw1"), "Gi1", mode="tagged-all", untagged_vlan=vlan)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("vlans")
        assert "tagged-all" in body["warnings"][0]


async def test_hidden_ports_are_not_counted_as_none(world: World, tmp_path: Path) -> None:
    inventory = world.core.server.inventory
    hidden = {"dcim.interface", "virtualization.vminterface", "ipam.prefix"}
    token = Token(DEMO_TOKEN, permissions={type_: {} for type_ in inventory.types if type_ not in hidden})
    async with DemoServer(inventory, [token]) as server, opened(server, tmp_path) as core:
        body = await core.ask("vlans")
        assert set(rows_of(body, "VLANs")[0]) == {"vid", "name", "site", "status"}
        assert not body["complete"]
        assert len(body["warnings"]) == 3
        assert body["summary"] == f"{len(world.truth.rows('ipam.vlan'))} VLANs"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"site": "Atlantis"}, NotFound),
        ({"group": "Atlantis"}, NotFound),
        ({"tenant": "Atlantis"}, NotFound),
        ({"site": " "}, BadFilter),
    ],
)
async def test_what_is_not_there_is_said(
    world: World, arguments: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        await world.core.ask("vlans", **arguments)


async def test_a_number_that_no_vlan_has_is_an_empty_answer(world: World) -> None:
    body = await world.core.ask("vlans", vid=4_000)
    assert section_of(body, "VLANs")["total"] == 0
    assert body["complete"]
    assert body["summary"].startswith("0 VLANs (vid 4000)")


async def test_a_vlan_of_twelve_hundred_numbers_is_answered(world: World) -> None:
    body = await world.core.ask("vlans", vid=list(range(1, 4_095)))
    assert section_of(body, "VLANs")["total"] == len(
        [vlan for vlan in world.truth.rows("ipam.vlan") if vlan["vid"] < 4_095]
    )
