"""`ip_space` against the inventory: worked out address by address from the generator's own rows."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_interface, ip_network
from pathlib import Path
from typing import Any

import pytest

from demo.model import Row
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from sources import lists
from sources.errors import BadFilter, NotFound
from tests.core import Core, opened, rows_of, section_of
from tests.inventories import Builder
from tests.tools.conftest import World
from tests.truth import Truth

pytestmark = pytest.mark.asyncio(loop_scope="module")
COLLISIONS = "duplicates and overlaps"


def children(truth: Truth, prefix: Row) -> int:
    """How many addresses the child prefixes of a prefix cover."""
    inside = {ip_network(row["prefix"]) for row in truth.within(prefix)}
    outer = [one for one in inside if not any(one != other and lies_in(one, other) for other in inside)]
    return sum(network.num_addresses for network in outer)


def lies_in(one: IPv4Network | IPv6Network, other: IPv4Network | IPv6Network) -> bool:
    return one.version == other.version and one.subnet_of(other)  # type: ignore[arg-type]  # of one version


def utilization(truth: Truth, prefix: Row) -> float:
    """By NetBox's rule; no range of the inventory is marked."""
    network = ip_network(prefix["prefix"])
    if prefix["status"] == "container":
        return 100 * children(truth, prefix) / network.num_addresses
    hosts = {ip_interface(row["address"]).ip for row in truth.addresses_in(prefix)}
    reserved = 2 if network.version == 4 and network.prefixlen < 31 and not prefix["is_pool"] else 0
    return min(100 * len(hosts) / (network.num_addresses - reserved), 100)


def next_free(truth: Truth, prefix: Row) -> str | None:
    """The first address that is none of a child prefix, found by looking at one after the other."""
    network = ip_network(prefix["prefix"])
    if prefix["status"] == "container":
        return None
    taken = {ip_interface(row["address"]).ip for row in truth.addresses_in(prefix)}
    inner = [ip_network(row["prefix"]) for row in truth.within(prefix)]
    whole = prefix["is_pool"] or network.prefixlen >= network.max_prefixlen - 1
    ends = set() if whole else {network.network_address}
    if network.version == 4 and not whole:
        ends.add(network.broadcast_address)
    for host in network:
        if host not in taken | ends and not any(host in each for each in inner):
            return f"{host}/{network.prefixlen}"
    return None


def shown(truth: Truth, prefix: Row) -> dict[str, Any]:
    scope = truth.name(prefix["scope_type"], prefix["scope_id"]) if prefix["scope_type"] else None
    return {
        "prefix": prefix["prefix"],
        "vrf": truth.name("ipam.vrf", prefix["vrf"]),
        "scope": scope,
        "utilization": round(utilization(truth, prefix), 1),
        "next_free": next_free(truth, prefix),
    }


def of_interest(row: dict[str, Any]) -> dict[str, Any]:
    found = {name: row[name] for name in ("prefix", "vrf", "scope", "utilization", "next_free")}
    if found["next_free"]:
        # Beside it stands whether it lies in a range.
        found["next_free"] = found["next_free"].partition(" ")[0]
    return found


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(sorted(row.items(), key=str)))


async def test_all_prefixes_are_as_full_as_counting_says(world: World) -> None:
    truth = world.truth
    rows = await world.core.whole("ip_space", "prefixes", max_tokens=8_000)
    wanted = [shown(truth, prefix) for prefix in truth.rows("ipam.prefix")]
    assert in_order([of_interest(row) for row in rows]) == in_order(wanted)


async def test_the_prefixes_of_a_site_are_those_in_its_scope(world: World) -> None:
    truth = world.truth
    for site in truth.rows("dcim.site")[:6]:
        rows = await world.core.whole("ip_space", "prefixes", site=site["name"])
        own = truth.rows("ipam.prefix", scope_type="dcim.site", scope_id=site["id"])
        assert in_order([of_interest(row) for row in rows]) == in_order([shown(truth, each) for each in own])


async def test_what_is_in_a_prefix_is_all_of_it(world: World) -> None:
    truth = world.truth
    sample = [each for each in truth.rows("ipam.prefix") if truth.addresses_in(each)][::9]
    assert sample
    for prefix in sample:
        vrf = truth.name("ipam.vrf", prefix["vrf"]) or "global"
        asked = {"prefix": prefix["prefix"], "vrf": vrf}
        body = await world.core.ask("ip_space", **asked)
        [row] = rows_of(body, "prefix")
        assert of_interest(row) == shown(truth, prefix)
        addresses = await world.core.whole("ip_space", "addresses", **asked)
        assert sorted(each["address"] for each in addresses) == sorted(
            each["address"] for each in truth.addresses_in(prefix)
        )
        inner = truth.within(prefix)
        if inner:
            found = await world.core.whole("ip_space", "child prefixes", **asked)
            assert sorted(each["prefix"] for each in found) == sorted(each["prefix"] for each in inner)


async def test_the_next_free_prefix_meets_no_other(world: World) -> None:
    truth = world.truth
    rows = await world.core.whole("ip_space", "free /24", vrf="Corporate", free_length=24)
    table = truth.named("ipam.vrf", "Corporate")["id"]
    containers = truth.rows("ipam.prefix", vrf=table, status="container")
    assert {row["in"] for row in rows} == {
        each["prefix"] for each in containers if ip_network(each["prefix"]).version == 4
    }
    for row in rows:
        whole = truth.rows("ipam.prefix", vrf=table, prefix=row["in"])[0]
        inside = [ip_network(each["prefix"]) for each in truth.within(whole)]
        free = [
            each
            for each in ip_network(row["in"]).subnets(new_prefix=24)
            if not any(lies_in(each, other) or lies_in(other, each) for other in inside)
        ]
        assert row["how_many"] == len(free)
        assert row["next_free"] == (str(free[0]) if free else None)


async def test_an_address_is_told_with_its_device_prefix_vlan_and_site(world: World) -> None:
    truth = world.truth
    rows = truth.rows("ipam.ipaddress", assigned_object_type="dcim.interface")
    for address in rows[:: max(len(rows) // 8, 1)]:
        host = address["address"].partition("/")[0]
        body = await world.core.ask("ip_space", address=host)
        same = [each for each in truth.rows("ipam.ipaddress") if each["address"].startswith(f"{host}/")]
        records = rows_of(body, "records")
        assert len(records) == len(same)
        [record] = [each for each in records if each["id"] == str(address["id"])]
        port = truth.by_id("dcim.interface")[address["assigned_object_id"]]
        device = truth.by_id("dcim.device")[port["device"]]
        around = [
            each
            for each in truth.rows("ipam.prefix", vrf=address["vrf"])
            if ip_interface(address["address"]).ip in ip_network(each["prefix"])
        ]
        nearest = max(around, key=lambda each: ip_network(each["prefix"]).prefixlen)
        assert record["assigned"].endswith(f" {port['name']}")
        assert record["site"] == truth.name("dcim.site", device["site"])
        assert record["prefix"] == nearest["prefix"]
        if nearest["vlan"]:
            vlan = truth.by_id("ipam.vlan")[nearest["vlan"]]
            assert record["vlan"] == f"{vlan['vid']} {vlan['name']}"


async def test_a_free_address_is_told_with_the_free_space_around_it(world: World) -> None:
    truth = world.truth
    table = truth.named("ipam.vrf", "Corporate")["id"]
    prefix = next(
        each
        for each in truth.rows("ipam.prefix", vrf=table)
        if len(truth.addresses_in(each)) > 3 and each["status"] != "container"
    )
    network = ip_network(prefix["prefix"])
    taken = {ip_interface(row["address"]).ip for row in truth.addresses_in(prefix)}
    host = network.broadcast_address - 1
    assert host not in taken
    first = max(each for each in taken) + 1
    body = await world.core.ask("ip_space", address=str(host), vrf="Corporate")
    [row] = rows_of(body, "free space")
    assert (row["in"], row["state"], row["free"]) == (prefix["prefix"], "free", f"{first}-{host}")
    body = await world.core.ask("ip_space", address=str(network.broadcast_address), vrf="Corporate")
    assert rows_of(body, "free space")[0]["state"] == "broadcast address"


async def test_an_address_of_nowhere_is_said_to_be_so(world: World) -> None:
    body = await world.core.ask("ip_space", address="198.18.7.7/24")
    assert body["summary"] == "198.18.7.7 is recorded nowhere, and in no prefix"
    assert body["complete"]


async def test_what_another_vrf_records_is_told_as_such_and_takes_no_space(tmp_path: Path) -> None:
    builder = Builder()
    one, two, _ = (builder.add("ipam.vrf", name=name, rd=None) for name in ("vrf1", "vrf2", "vrf3"))
    builder.add("ipam.prefix", prefix="10.201.1.0/25", status="active", vrf=one)
    builder.add("ipam.prefix", prefix="10.201.0.0/16", status="active", vrf=two)
    builder.add("ipam.ipaddress", address="10.201.1.2/25", status="active", vrf=one)
    builder.add("ipam.ipaddress", address="10.201.1.9/16", status="active", vrf=two)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("ip_space", address="10.201.1.2", vrf="vrf2")
        assert body["summary"] == (
            "10.201.1.2 is recorded nowhere in VRF vrf2: free in 10.201.0.0/16 (vrf2); "
            "elsewhere it is recorded: vrf1"
        )
        [row] = rows_of(body, "free space")
        assert (row["vrf"], row["free"]) == ("vrf2", "10.201.0.1-10.201.1.8")
        for vrf, where in (("vrf3", "VRF vrf3"), ("global", "the global table")):
            body = await core.ask("ip_space", address="10.201.1.9", vrf=vrf)
            assert body["summary"] == (
                f"10.201.1.9 is recorded nowhere in {where}, and in no prefix of it; "
                "elsewhere it is recorded: vrf2"
            )


async def test_the_prefix_that_fits_an_address_best_comes_first(tmp_path: Path) -> None:
    builder = Builder()
    builder.add("ipam.prefix", prefix="10.0.0.0/8", status="active")
    builder.add("ipam.prefix", prefix="10.201.0.0/16", status="container")
    for name in ("A", "B", "C", "D"):
        vrf = builder.add("ipam.vrf", name=name, rd=None)
        builder.add("ipam.prefix", prefix="10.0.0.0/8", status="active", vrf=vrf)
    _, body = await ask(builder, tmp_path, address="10.201.1.2")
    assert body["summary"].startswith(
        "10.201.1.2 is recorded nowhere: free in 10.201.0.0/16 (global table), "
    )
    assert [(row["prefix"], row["vrf"]) for row in rows_of(body, "containing prefixes")][:3] == [
        ("10.201.0.0/16", None),
        ("10.0.0.0/8", None),
        ("10.0.0.0/8", "A"),
    ]


async def test_the_addresses_of_the_lab_are_there_twice(world: World) -> None:
    truth = world.truth
    hosts = {
        row["address"].partition("/")[0]
        for row in truth.rows("ipam.ipaddress", vrf=truth.named("ipam.vrf", "Lab")["id"])
    }
    twice = {
        host
        for host in hosts
        if sum(row["address"].startswith(f"{host}/") for row in truth.rows("ipam.ipaddress")) > 1
    }
    rows = await world.core.whole("ip_space", COLLISIONS)
    assert {row["what"] for row in rows if row["finding"] == "address in several VRFs"} == twice
    assert {row["what"] for row in rows if row["finding"] == "overlap across VRFs"} == {
        "10.0.0.0/20",
        "10.0.0.0/22",
    }


def site_of(devices: int) -> Builder:
    """A site with so many devices, two addresses on each, in networks of its containers."""
    builder = Builder()
    place = {"scope_type": "dcim.site", "scope_id": builder.site, "status": "active"}
    for prefix in ("10.1.0.0/16", "2001:db8::/48", "172.16.0.0/20"):
        builder.add("ipam.prefix", prefix=prefix, **{**place, "status": "container"})
    for at in range(0, devices, 200):
        builder.add("ipam.prefix", prefix=f"10.1.{at // 200}.0/24", **place)
    for at in range(devices):
        port = builder.port(builder.device(f"sw{at}"), "mgmt0")
        for address in (f"10.1.{at // 200}.{at % 200 + 1}/24", f"2001:db8::{at + 1:x}/64"):
            builder.add(
                "ipam.ipaddress",
                address=address,
                status="active",
                assigned_object_type="dcim.interface",
                assigned_object_id=port,
            )
    return builder


async def test_a_site_of_five_hundred_devices_takes_eight_requests(tmp_path: Path) -> None:
    async with DemoServer(site_of(500).inventory()) as server, opened(server, tmp_path) as core:
        for question in (
            {"site": "Akron", "free_length": 24},
            {"prefix": "10.1.0.0/16", "free_length": 24},
            {"address": "10.1.0.7"},
            {"address": "10.1.0.250"},
            {"site": "Akron", "vrf": "global"},
            {},
        ):
            body = await core.ask("ip_space", refresh=True, **question)
            assert body["complete"], body["warnings"]
            assert 0 < len(core.upstream) <= 8, core.paths()
            assert body["cost"]["calls"] == len(core.upstream)
        body = await core.ask("ip_space", site="Akron", free_length=24)
        assert "1,000 IP addresses inside" in body["summary"]
        assert "next free /24: 10.1.3.0/24" in body["summary"]


async def test_requests_do_not_grow_with_prefixes(tmp_path: Path) -> None:
    counts = []
    for many in (3, 250):
        builder = Builder()
        builder.add("ipam.prefix", prefix="10.0.0.0/8", status="container")
        for at in range(many):
            builder.add("ipam.prefix", prefix=f"10.0.{at}.0/24", status="active")
        folder = tmp_path / str(many)
        async with DemoServer(builder.inventory()) as server, opened(server, folder) as core:
            body = await core.ask("ip_space", prefix="10.0.0.0/8", free_length=24)
            assert section_of(body, "child prefixes")["total"] == many
            assert f"next free /24: 10.0.{many}.0/24" in body["summary"]
            counts.append(len(core.upstream))
    assert counts[0] == counts[1]


async def test_addresses_that_are_too_many_are_counted_and_said_to_be_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST_ROWS", 100)
    async with DemoServer(site_of(150).inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("ip_space", prefix="10.1.0.0/16", free_length=24)
        [whole] = rows_of(body, "prefix")
        assert whole["utilization"] == round(100 / 256, 1)
        [child] = rows_of(body, "child prefixes")
        assert child["prefix"] == "10.1.0.0/24"
        assert (child.get("utilization"), child.get("used"), child.get("next_free")) == (None, None, None)
        assert "150 IP addresses, too many to be read one by one" in body["summary"]
        assert "next free /24: 10.1.1.0/24" in body["summary"]
        assert not body["complete"]
        assert any("addresses were not looked at" in words for words in body["warnings"])
        assert "addresses" not in {each["title"] for each in body["sections"]}


async def test_addresses_that_may_not_be_read_are_no_free_ones(world: World, tmp_path: Path) -> None:
    inventory = world.core.server.inventory
    token = Token(
        DEMO_TOKEN, permissions={type_: {} for type_ in inventory.types if type_ != "ipam.ipaddress"}
    )
    async with DemoServer(inventory, [token]) as server, opened(server, tmp_path) as core:
        body = await core.ask("ip_space", prefix="10.0.1.0/24")
        [row] = rows_of(body, "prefix")
        assert (row["utilization"], row["used"], row["free"], row["next_free"]) == (None, None, None, None)
        assert not body["complete"]
        body = await core.ask("ip_space", address="10.0.1.1")
        assert "could not be read" in body["summary"]
        assert not body["complete"]


async def ask(builder: Builder, folder: Path, **arguments: Any) -> tuple[Core, dict[str, Any]]:
    async with DemoServer(builder.inventory()) as server, opened(server, folder) as core:
        return core, await core.ask("ip_space", **arguments)


async def test_marks_of_prefixes_and_ranges_count(tmp_path: Path) -> None:
    builder = Builder()
    builder.add("ipam.prefix", prefix="10.0.0.0/24", status="active", mark_utilized=True)
    builder.add("ipam.prefix", prefix="10.0.1.0/24", status="active", is_pool=True)
    for start, mark in ((0, "mark_populated"), (128, "mark_utilized")):
        builder.add(
            "ipam.iprange",
            start_address=f"10.0.1.{start}/24",
            end_address=f"10.0.1.{start + 63}/24",
            status="active",
            **{mark: True},
        )
    _, body = await ask(builder, tmp_path)
    marked, pool = rows_of(body, "prefixes")
    assert (marked["utilization"], marked["free"], marked["next_free"]) == (
        100.0,
        254,
        "10.0.0.1/24 (marked as utilized)",
    )
    assert (pool["type"], pool["utilization"], pool["used"], pool["free"]) == ("pool", 25.0, 64, 192)
    assert pool["next_free"] == "10.0.1.64/24"
    [full] = rows_of(body, "nearly full")
    assert (full["prefix"], full["note"]) == ("10.0.0.0/24", "marked as utilized")
    assert "nearly full: 10.0.0.0/24 (marked as utilized)" in body["summary"]
    assert [row["marked"] for row in rows_of(body, "IP ranges")] == ["populated", "utilized"]


async def test_what_is_marked_as_utilized_is_said_to_be_and_not_offered(tmp_path: Path) -> None:
    builder = Builder()
    builder.add("ipam.prefix", prefix="10.201.4.0/24", status="active", mark_utilized=True)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("ip_space", prefix="10.201.4.0/24", free_length=26)
        assert body["summary"].startswith(
            "10.201.4.0/24 (global table), 100.0 % utilized (marked as utilized), "
            "254 of 254 addresses without a record; "
        )
        assert (
            "no free /26; nothing is offered of what is marked as utilized: 10.201.4.0/24" in body["summary"]
        )
        assert not {"free /26", "free space"} & {each["title"] for each in body["sections"]}
        body = await core.ask("ip_space", address="10.201.4.7")
        assert "free (the prefix is marked as utilized) in 10.201.4.0/24" in body["summary"]


async def test_that_a_range_counts_as_a_whole_is_said_beside_what_is_used(tmp_path: Path) -> None:
    builder = Builder()
    builder.add("ipam.prefix", prefix="10.201.5.0/24", status="active")
    for host in (1, 2):
        builder.add("ipam.ipaddress", address=f"10.201.5.{host}/24", status="active")
    marked = {"start_address": "10.201.5.10/24", "end_address": "10.201.5.19/24", "mark_utilized": True}
    builder.add("ipam.iprange", status="active", **marked)
    _, body = await ask(builder, tmp_path, prefix="10.201.5.0/24")
    [row] = rows_of(body, "prefix")
    assert (row["utilization"], row["used"], row["free"]) == (4.7, 2, 252)
    assert "4.7 % utilized (ranges marked as utilized count as a whole), 252 of 254" in body["summary"]
    [words] = body["warnings"]
    assert words.startswith("the utilization of 10.201.5.0/24 counts ranges marked as utilized as a whole; ")


async def test_a_free_address_in_a_range_is_said_to_be_in_it(tmp_path: Path) -> None:
    builder = Builder()
    builder.add("ipam.prefix", prefix="10.0.1.0/24", status="active")
    builder.add("ipam.iprange", start_address="10.0.1.1/24", end_address="10.0.1.9/24", status="active")
    _, body = await ask(builder, tmp_path, prefix="10.0.1.0/24")
    assert rows_of(body, "prefix")[0]["next_free"] == "10.0.1.1/24 (in range 10.0.1.1-10.0.1.9)"


async def test_what_is_there_twice_in_one_table_is_found(tmp_path: Path) -> None:
    builder = Builder()
    for _ in range(2):
        builder.add("ipam.prefix", prefix="10.0.0.0/24", status="active")
        builder.add("ipam.ipaddress", address="10.0.0.1/24", status="active")
        builder.add("ipam.ipaddress", address="10.0.0.2/24", status="active", role="vrrp")
    _, body = await ask(builder, tmp_path)
    found = {(row["finding"], row["what"], row["vrf"]) for row in rows_of(body, COLLISIONS)}
    assert found == {
        ("duplicate prefix", "10.0.0.0/24", "global table"),
        ("duplicate address", "10.0.0.1", "global table"),
    }
    assert [row["used"] for row in rows_of(body, "prefixes")] == [2, 2]


async def test_a_network_that_nobody_has_recorded_is_told_for_each_table_around_it(tmp_path: Path) -> None:
    builder = Builder()
    vrf = builder.add("ipam.vrf", name="Blue", rd=None)
    for table in (None, vrf):
        builder.add("ipam.prefix", prefix="10.0.0.0/8", status="container", vrf=table)
    builder.add("ipam.prefix", prefix="10.1.0.0/17", status="active", vrf=vrf)
    _, body = await ask(builder, tmp_path, prefix="10.1.0.0/16", free_length=18)
    assert [(row["vrf"], row["type"], row["utilization"]) for row in rows_of(body, "prefix")] == [
        (None, "unrecorded", 0.0),
        ("Blue", "unrecorded", 50.0),
    ]
    assert [(row["vrf"], row["next_free"], row["how_many"]) for row in rows_of(body, "free /18")] == [
        (None, "10.1.0.0/18", 4),
        ("Blue", "10.1.128.0/18", 2),
    ]


async def test_a_network_that_a_vrf_holds_nothing_of_is_told_of_that_vrf(tmp_path: Path) -> None:
    builder = Builder()
    builder.add("ipam.vrf", name="Blue", rd=None)
    builder.add("ipam.prefix", prefix="10.1.0.0/16", status="active")
    _, body = await ask(builder, tmp_path, prefix="10.1.0.0/16", vrf="Blue")
    assert body["summary"].startswith("10.1.0.0/16 (Blue, not recorded), 0.0 % utilized, ")


async def test_an_aggregate_is_space_like_any_other(tmp_path: Path) -> None:
    builder = Builder()
    rir = builder.add("ipam.rir", name="RFC 1918", slug="rfc-1918")
    builder.add("ipam.aggregate", prefix="10.0.0.0/8", rir=rir)
    builder.add("ipam.prefix", prefix="10.0.0.0/9", status="active")
    _, body = await ask(builder, tmp_path, prefix="10.0.0.0/8", free_length=9)
    [row] = rows_of(body, "prefix")
    assert (row["type"], row["utilization"], row["free"]) == ("aggregate", 50.0, 2**23)
    assert "next free /9: 10.128.0.0/9" in body["summary"]


async def test_prefixes_of_a_site_s_locations_are_the_site_s(tmp_path: Path) -> None:
    builder = Builder()
    room = builder.add("dcim.location", name="Room", slug="room", site=builder.site, status="active")
    builder.add(
        "ipam.prefix", prefix="10.0.0.0/24", status="active", scope_type="dcim.location", scope_id=room
    )
    builder.add("ipam.prefix", prefix="10.9.0.0/24", status="active")
    _, body = await ask(builder, tmp_path, site="Akron")
    assert [(row["prefix"], row["scope"]) for row in rows_of(body, "prefixes")] == [("10.0.0.0/24", "Room")]


async def test_who_asks_for_a_location_as_a_site_is_told_a_question_that_works(tmp_path: Path) -> None:
    builder = Builder()
    room = builder.add("dcim.location", name="Room", slug="room", site=builder.site, status="active")
    builder.add(
        "ipam.prefix", prefix="10.0.0.0/24", status="active", scope_type="dcim.location", scope_id=room
    )
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        with pytest.raises(NotFound) as caught:
            await core.ask("ip_space", site="Room")
        assert 'list_objects(type="prefix", where={"location": "Room"})' in caught.value.in_words()
        body = await core.ask("list_objects", type="prefix", where={"location": "Room"})
        assert section_of(body, "prefixes")["total"] == 1


async def test_an_empty_plan_is_an_empty_answer(tmp_path: Path) -> None:
    _, body = await ask(Builder(), tmp_path)
    assert section_of(body, "prefixes")["total"] == 0
    assert body["summary"] == "0 prefixes; 0 IP addresses inside"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"prefix": "rubbish"}, BadFilter),
        ({"address": "rubbish"}, BadFilter),
        ({"address": ""}, BadFilter),
        ({"address": "10.0.0.1", "prefix": "10.0.0.0/8"}, BadFilter),
        ({"site": "Atlantis"}, NotFound),
        ({"vrf": "Atlantis"}, NotFound),
        ({"role": "Atlantis"}, NotFound),
    ],
    ids=str,
)
async def test_what_cannot_be_answered_is_said(
    world: World, arguments: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        await world.core.ask("ip_space", **arguments)
