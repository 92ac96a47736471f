"""`capacity` against the inventory: units, volt-amperes and ports counted from the rows themselves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from demo.model import Row
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from sources.errors import Ambiguous, BadArguments, BadFilter, NotFound, UnknownType
from tests.core import opened, rows_of, section_of
from tests.inventories import Builder
from tests.tools.conftest import World
from tests.truth import Truth
from tools import capacity

pytestmark = pytest.mark.asyncio(loop_scope="module")
MOST_CALLS = 8
PHYSICAL_EXCEPT = {"virtual", "lag", "bridge", "ieee802.11ax"}


def units(truth: Truth, rack: Row) -> dict[str, float]:
    """The units of a rack: which device is at each, asked unit by unit."""
    reserved = {unit for row in truth.rows("dcim.rackreservation", rack=rack["id"]) for unit in row["units"]}
    states: Counter[str] = Counter()
    for unit in range(1, rack["u_height"] + 1):
        at = [
            device["status"]
            for device in truth.rows("dcim.device", rack=rack["id"])
            if device["position"] is not None
            and device["position"]
            <= unit
            < device["position"] + truth.by_id("dcim.devicetype")[device["device_type"]]["u_height"]
        ]
        if at:
            states["planned" if set(at) == {"planned"} else "used"] += 1
        else:
            states["reserved" if unit in reserved else "free"] += 1
    return {name: states[name] for name in ("used", "planned", "reserved", "free")}


def drawn(truth: Truth, feed: Row) -> int:
    """What is allocated from a feed: to every power supply whose outlet is of the PDU at the feed."""
    far = {}
    ends: dict[int, list[tuple[str, int]]] = {}
    for end in truth.rows("dcim.cabletermination"):
        ends.setdefault(end["cable"], []).append((end["termination_type"], end["termination_id"]))
    for one, other in ends.values():
        far[one], far[other] = other, one
    type_, inlet = far["dcim.powerfeed", feed["id"]]
    assert type_ == "dcim.powerport"
    supplies = [
        far[("dcim.poweroutlet", outlet["id"])]
        for outlet in truth.rows("dcim.poweroutlet", power_port=inlet)
        if ("dcim.poweroutlet", outlet["id"]) in far
    ]
    return sum(truth.by_id(kind)[id_]["allocated_draw"] for kind, id_ in supplies)


async def test_the_units_of_every_rack_are_those_of_its_devices(world: World) -> None:
    truth = world.truth
    rows = await world.core.whole("capacity", "rack units", type="racks")
    shown = [
        (row["site"], row["rack"], {name: row[name] for name in ("used", "planned", "reserved", "free")})
        for row in rows
    ]
    expected = [
        (truth.name("dcim.site", rack["site"]), rack["name"], units(truth, rack))
        for rack in truth.rows("dcim.rack")
    ]
    assert sorted(shown, key=str) == sorted(expected, key=str)
    assert all(row["units"] == sum(row[n] for n in ("used", "planned", "reserved", "free")) for row in rows)


async def test_sites_are_the_sums_of_their_racks(world: World) -> None:
    truth = world.truth
    rows = await world.core.whole("capacity", "rack units by site", type="racks")
    for row in rows:
        racks = truth.rows("dcim.rack", site=truth.named("dcim.site", row["site"])["id"])
        assert row["free"] == sum(units(truth, rack)["free"] for rack in racks)
        assert row["racks"] == len(racks)
    assert [row["percent"] for row in rows] == sorted((row["percent"] for row in rows), reverse=True)


async def test_feeds_carry_what_is_behind_their_outlets(world: World) -> None:
    truth = world.truth
    for panel in truth.rows("dcim.powerpanel"):
        site = truth.name("dcim.site", panel["site"])
        rows = await world.core.whole("capacity", "power feeds", of=site, type="power")
        expected = {
            feed["name"]: drawn(truth, feed) for feed in truth.rows("dcim.powerfeed", power_panel=panel["id"])
        }
        assert {row["feed"]: row["allocated_va"] for row in rows} == expected
        assert all(row["limit_va"] == 5888 == row["allocated_va"] + row["free_va"] for row in rows)


async def test_a_panel_a_feed_and_a_pdu_tell_the_same_of_a_feed(world: World) -> None:
    truth = world.truth
    feed = truth.rows("dcim.powerfeed")[0]
    expected = drawn(truth, feed)
    for arguments in (
        {"of": f"id:{feed['power_panel']}", "type": "power panel"},
        {"of": f"id:{feed['id']}", "type": "dcim.powerfeed"},
        {"of": truth.rows("dcim.device", role=truth.named("dcim.devicerole", "PDU")["id"])[0]["name"]}
        | {"type": "power"},
    ):
        body = await world.core.ask("capacity", **arguments)
        [row] = [each for each in rows_of(body, "power feeds") if each["feed"] == feed["name"]]
        assert row["allocated_va"] == expected, arguments
        assert body["complete"]


async def test_the_building_and_the_region_of_a_lonely_site_hold_the_same(world: World) -> None:
    truth = world.truth
    site = truth.by_id("dcim.site")[truth.rows("dcim.powerpanel")[0]["site"]]
    [building] = truth.rows("dcim.location", site=site["id"], name="Building 1")
    places: list[dict[str, str]] = [
        {"of": site["name"]},
        {"of": f"id:{building['id']}", "type": "location"},
    ]
    if len(truth.rows("dcim.site", region=site["region"])) == 1:
        places.append({"of": f"region {truth.name('dcim.region', site['region'])}"})
    for title in ("rack units", "power feeds", "power by rack, both sides"):
        whole = [await world.core.whole("capacity", title, **place) for place in places]
        assert whole[0]
        assert all(rows == whole[0] for rows in whole)


async def test_interfaces_are_counted_by_what_is_plugged_in(world: World) -> None:
    truth = world.truth
    cabled = {(row["termination_type"], row["termination_id"]) for row in truth.rows("dcim.cabletermination")}
    for site in truth.rows("dcim.site")[:6]:
        devices = {row["id"] for row in truth.rows("dcim.device", site=site["id"])}
        expected: dict[Any, Counter[str]] = {}
        for port in truth.rows("dcim.interface"):
            if port["device"] in devices and port["type"] not in PHYSICAL_EXCEPT:
                plugged = ("dcim.interface", port["id"]) in cabled
                what = "connected" if plugged else "free" if port["enabled"] else "disabled"
                expected.setdefault(port["type"], Counter())[what] += 1
        rows = await world.core.whole("capacity", "ports by type", of=site["name"], type="ports")
        shown = {
            row["type"]: {name: row[name] for name in ("connected", "free", "disabled") if row[name]}
            for row in rows
            if row["kind"] == "interface"
        }
        assert shown == expected
        assert all(
            row["total"] == row["connected"] + row["marked"] + row["disabled"] + row["free"] for row in rows
        )


async def test_the_fullest_comes_first(world: World) -> None:
    rows = await world.core.whole("capacity", "what runs out first")
    assert [row["percent"] for row in rows] == sorted((row["percent"] for row in rows), reverse=True)
    assert len(rows) == len(world.truth.rows("dcim.rack")) + len(world.truth.rows("dcim.powerfeed"))


async def test_a_cluster_tells_what_its_machines_are_given(world: World) -> None:
    truth = world.truth
    cluster = truth.rows("virtualization.cluster")[0]
    machines = truth.rows("virtualization.virtualmachine", cluster=cluster["id"])
    body = await world.core.ask("capacity", of=cluster["name"])
    rows = rows_of(body, "allocated to virtual machines")
    for name in ("vcpus", "memory", "disk"):
        assert sum(row[name] for row in rows) == sum(machine[name] for machine in machines)
    assert sum(row["machines"] for row in rows) == len(machines)
    assert "not recorded" in body["summary"]


@pytest.mark.parametrize(
    ("arguments", "space"),
    [
        ({"of": "10.0.0.0/20"}, {"prefix": "10.0.0.0/20"}),
        ({"of": "2001:db8::/32", "type": "prefix"}, {"prefix": "2001:db8::/32"}),
        ({"type": "prefixes"}, {}),
    ],
    ids=str,
)
async def test_a_prefix_is_answered_as_ip_space_answers(
    world: World, arguments: dict[str, Any], space: dict[str, Any]
) -> None:
    body = await world.core.ask("capacity", **arguments)
    same = await world.core.ask("ip_space", **space)
    assert body["summary"] == same["summary"]
    for each in same["sections"]:
        rows = await world.core.whole("capacity", each["title"], **arguments, max_tokens=4_000)
        assert rows == await world.core.whole("ip_space", each["title"], **space, max_tokens=4_000)


async def test_who_asks_for_the_prefixes_of_a_site_is_told_which_question_that_is(world: World) -> None:
    with pytest.raises(BadFilter) as caught:
        await world.core.ask("capacity", type="prefixes", of="Akron")
    assert 'ip_space(site="Akron")' in caught.value.in_words()


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"of": "Atlantis"}, NotFound),
        ({"of": "Panel 1", "type": "ports"}, BadFilter),
        ({"of": "10.0.0.0/8", "type": "ports"}, BadFilter),
        ({"of": "2001:db8::/32", "fits_u": 2}, BadFilter),
        ({"of": "Akron", "type": "prefix"}, BadFilter),
        ({"of": "10.0.0.0/8", "type": "site"}, NotFound),
        ({"of": "Akron", "fits_u": 0.3}, BadArguments),
        ({"of": "Akron", "fits_u": 2, "type": "power"}, BadFilter),
        ({"of": "Panel 1", "fits_u": 2}, BadFilter),
        ({"of": "Akron", "type": "elephants"}, UnknownType),
    ],
    ids=str,
)
async def test_what_cannot_be_answered_is_said(
    tmp_path: Path, arguments: dict[str, Any], error: type[Exception]
) -> None:
    builder = Builder()
    builder.add("dcim.powerpanel", name="Panel 1", site=builder.site)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        with pytest.raises(error):
            await core.ask("capacity", **arguments)


def large_site(devices: int, racks: int) -> Builder:
    """A site of many devices in many racks, all of them on feeds."""
    builder = Builder()
    panel = builder.add("dcim.powerpanel", name="Panel 1", site=builder.site)
    made = [
        builder.add(
            "dcim.rack",
            name=f"R{n}",
            site=builder.site,
            status="active",
            u_height=42,
            starting_unit=1,
            width=19,
        )
        for n in range(racks)
    ]
    for rack in made:
        builder.add(
            "dcim.powerfeed",
            name=f"Feed {rack}",
            power_panel=panel,
            rack=rack,
            status="active",
            type="primary",
            supply="ac",
            phase="single-phase",
            voltage=230,
            amperage=16,
            max_utilization=80,
        )
    for n in range(devices):
        position = float(n // racks % 42 + 1)
        device = builder.device(f"sw{n}", rack=made[n % racks], position=position, face="front")
        builder.port(device, "eth0")
        builder.add("dcim.powerport", device=device, name="PSU1", allocated_draw=100, maximum_draw=200)
    return builder


async def test_a_large_site_takes_no_more_calls_than_a_small_one(tmp_path: Path) -> None:
    calls = []
    for number, (devices, racks) in enumerate([(20, 2), (500, 25)]):
        builder = large_site(devices, racks)
        async with DemoServer(builder.inventory()) as server, opened(server, tmp_path / str(number)) as core:
            for arguments in ({}, {"type": "racks", "fits_u": 4}, {"type": "power"}, {"type": "ports"}):
                body = await core.ask("capacity", of="Akron", refresh=True, **arguments)
                calls.append(body["cost"]["calls"])
                assert body["complete"]
                assert len(core.upstream) <= MOST_CALLS, core.paths()
    assert calls[:4] == calls[4:]


async def test_too_large_a_scope_says_that_nothing_was_computed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capacity, "MOST_DEVICES", 5)
    body = await world.core.ask("capacity", refresh=True)
    assert not body["complete"]
    assert "nothing was computed" in body["summary"]
    assert "sections" not in body
    assert len(world.core.upstream) == 1


async def test_racks_of_one_name_are_told_apart_by_id(tmp_path: Path) -> None:
    builder = Builder()
    other = builder.add("dcim.site", name="Boston", slug="bos", status="active")
    racks = [
        builder.add(
            "dcim.rack", name="R1", site=site, status="active", u_height=10, starting_unit=1, width=19
        )
        for site in (builder.site, other)
    ]
    builder.device(None, site=other, rack=racks[1], position=3.0, face="front")
    builder.device("pdu", site=other, rack=racks[1])
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        with pytest.raises(Ambiguous):
            await core.ask("capacity", of="rack R1")
        body = await core.ask("capacity", of=f"id:{racks[1]}", type="dcim.rack")
        [row] = rows_of(body, "rack units")
        assert (row["site"], row["used"], row["free"]) == ("Boston", 1, 9)


async def test_where_a_device_fits_is_told_for_full_and_half_depth(tmp_path: Path) -> None:
    builder = Builder()
    half = builder.add(
        "dcim.devicetype",
        model="Half",
        slug="half",
        manufacturer=builder.maker,
        u_height=1,
        is_full_depth=False,
    )
    full = builder.add(
        "dcim.devicetype",
        model="Full",
        slug="full",
        manufacturer=builder.maker,
        u_height=4,
        is_full_depth=True,
    )
    rack = builder.add(
        "dcim.rack", name="R1", site=builder.site, status="active", u_height=12, starting_unit=1, width=19
    )
    builder.add(
        "dcim.rack", name="R2", site=builder.site, status="active", u_height=2, starting_unit=1, width=19
    )
    builder.device("a", rack=rack, position=1.0, face="front", device_type=full)
    builder.device("b", rack=rack, position=9.0, face="front", device_type=half)
    builder.device("child of a", rack=rack)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("capacity", of="Akron", fits_u=4)
        [row] = rows_of(body, "where 4U fit")
        assert (row["rack"], row["full_depth"], row["half_depth_front"], row["half_depth_rear"]) == (
            "R1",
            "5",
            "5",
            "5-9",
        )
        assert "4U fit in 1 of the racks" in body["summary"]
        assert section_of(body, "rack units")["total"] == 2


async def test_both_sides_of_a_rack_are_weighed_against_each_other(tmp_path: Path) -> None:
    builder = Builder()
    rack = builder.add(
        "dcim.rack", name="R1", site=builder.site, status="active", u_height=12, starting_unit=1, width=19
    )
    panel = builder.add("dcim.powerpanel", name="Panel 1", site=builder.site)
    outlets: list[list[int]] = []
    ends: list[tuple[tuple[str, int], tuple[str, int]]] = []
    for number, side in enumerate(("primary", "redundant")):
        feed = builder.add(
            "dcim.powerfeed",
            name=f"Feed {side}",
            power_panel=panel,
            rack=rack,
            status="active",
            type=side,
            supply="ac",
            phase="three-phase",
            voltage=400,
            amperage=16,
            max_utilization=80,
        )
        pdu = builder.device(f"pdu{number}", rack=rack)
        inlet = builder.add("dcim.powerport", device=pdu, name="In")
        ends.append((("dcim.powerfeed", feed), ("dcim.powerport", inlet)))
        outlets.append(
            [
                builder.add(
                    "dcim.poweroutlet", device=pdu, name=leg, power_port=inlet, feed_leg=leg, status="enabled"
                )
                for leg in "ABC"
            ]
        )
    both, single = builder.device("both"), builder.device("single")
    for device, number, leg, watts in ((both, 0, 0, 1000), (both, 1, 1, 800), (single, 0, 2, 500)):
        psu = builder.add(
            "dcim.powerport", device=device, name=f"PSU{number}", allocated_draw=watts, maximum_draw=watts
        )
        ends.append((("dcim.poweroutlet", outlets[number][leg]), ("dcim.powerport", psu)))
    for near, far in ends:
        builder.cable(near, far)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("capacity", of="rack R1", type="power")
        [row] = rows_of(body, "power by rack, both sides")
        most = round(400 * 16 * 0.8 * 1.732)
        assert (row["primary_va"], row["redundant_va"], row["devices_on_one_side"]) == (1500, 800, 1)
        assert row["redundant_percent_if_primary_fails"] == round(100 * 1800 / most, 1)
        assert row["primary_percent_if_redundant_fails"] == round(100 * 2300 / most, 1)
        legs = {(each["feed"], each["leg"]): each["allocated_va"] for each in rows_of(body, "power by leg")}
        assert (legs["Feed primary", "A"], legs["Feed primary", "C"]) == (1000, 500)
        assert legs["Feed redundant", "B"] == 800
        assert sum(legs.values()) == 2300


async def test_hidden_reservations_and_feeds_are_not_taken_for_none(world: World, tmp_path: Path) -> None:
    inventory = world.core.server.inventory
    hidden = {"dcim.rackreservation", "dcim.powerfeed"}
    token = Token(DEMO_TOKEN, permissions={type_: {} for type_ in inventory.types if type_ not in hidden})
    async with DemoServer(inventory, [token]) as server, opened(server, tmp_path) as core:
        body = await core.ask("capacity")
        assert not body["complete"]
        assert len(body["warnings"]) == 2
        assert "power feeds" not in [each["title"] for each in body["sections"]]
        assert "feed" not in body["summary"]
