"""`list_objects` against the inventory: counts, filters, groups, columns and order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from demo.model import Row
from sources.errors import BadFilter, UnknownField
from tests.core import rows_of
from tests.tools.conftest import World
from tests.truth import NONE, Truth

pytestmark = pytest.mark.asyncio(loop_scope="module")
Rule = Callable[[Truth, Row], bool]


def site(truth: Truth, row: Row) -> str | None:
    return truth.name("dcim.site", row["site"])


def role(truth: Truth, row: Row) -> str | None:
    return truth.name("dcim.devicerole", row["role"])


def tagged(truth: Truth, row: Row, *names: str) -> bool:
    return any(truth.name("extras.tag", tag) in names for tag in row["tags"])


def region(truth: Truth, row: Row, name: str) -> bool:
    """Whether the row's site lies in the region, however deep."""
    regions, at = truth.by_id("dcim.region"), truth.by_id("dcim.site")[row["site"]]["region"]
    while at is not None and regions[at]["name"] != name:
        at = regions[at]["parent"]
    return at is not None


def holds(row: Row, name: str) -> Any:
    return row["custom_fields"].get(name)


DEVICES: list[tuple[dict[str, Any], Rule]] = [
    ({}, lambda t, r: True),
    ({"site": "Albany"}, lambda t, r: site(t, r) == "Albany"),
    ({"site": "albany"}, lambda t, r: site(t, r) == "Albany"),
    ({"site__n": "Albany"}, lambda t, r: site(t, r) != "Albany"),
    ({"site__ic": "a"}, lambda t, r: "a" in str(site(t, r)).casefold()),
    ({"site__nic": "b"}, lambda t, r: "b" not in str(site(t, r)).casefold()),
    ({"role": ["Core switch", "Access switch"]}, lambda t, r: role(t, r) in ("Core switch", "Access switch")),
    (
        {"role__n": ["Core switch", "Patch panel"]},
        lambda t, r: role(t, r) not in ("Core switch", "Patch panel"),
    ),
    ({"status": "active"}, lambda t, r: r["status"] == "active"),
    ({"status": ["Active", "planned"]}, lambda t, r: r["status"] in ("active", "planned")),
    ({"status__n": "active"}, lambda t, r: r["status"] != "active"),
    ({"tenant": None}, lambda t, r: r["tenant"] is None),
    ({"tenant": "null"}, lambda t, r: r["tenant"] is None),
    ({"tenant": "not null"}, lambda t, r: r["tenant"] is not None),
    ({"tenant__null": False}, lambda t, r: r["tenant"] is not None),
    ({"tag": "critical"}, lambda t, r: tagged(t, r, "critical")),
    ({"tags": ["critical", "monitored"]}, lambda t, r: tagged(t, r, "critical", "monitored")),
    ({"tag__n": "monitored"}, lambda t, r: not tagged(t, r, "monitored")),
    ({"cf_support_tier": "gold"}, lambda t, r: holds(r, "support_tier") == "gold"),
    ({"cf_power_budget__gte": 300}, lambda t, r: (holds(r, "power_budget") or 0) >= 300),
    ({"cf_backed_up": True}, lambda t, r: holds(r, "backed_up") is True),
    ({"name": None}, lambda t, r: not r["name"]),
    ({"name": "not null"}, lambda t, r: bool(r["name"])),
    ({"name__ic": "SW0"}, lambda t, r: "sw0" in str(r["name"]).casefold()),
    ({"name__isw": "alb"}, lambda t, r: str(r["name"]).casefold().startswith("alb")),
    ({"name__iew": "02"}, lambda t, r: str(r["name"]).endswith("02")),
    ({"asset_tag": None}, lambda t, r: not r["asset_tag"]),
    ({"rack": "not null"}, lambda t, r: r["rack"] is not None),
    ({"position__gte": 20}, lambda t, r: (r["position"] or 0) >= 20),
    ({"has_primary_ip": True}, lambda t, r: bool(r["primary_ip4"] or r["primary_ip6"])),
    ({"has_primary_ip": False}, lambda t, r: not (r["primary_ip4"] or r["primary_ip6"])),
    ({"region": "Americas"}, lambda t, r: region(t, r, "Americas")),
    ({"region": "New York"}, lambda t, r: region(t, r, "New York")),
    ({"id": [1, 3, 5]}, lambda t, r: r["id"] in (1, 3, 5)),
    (
        {"site": "Albany", "status": "active", "role__n": "Patch panel", "name__ic": "b"},
        lambda t, r: (
            site(t, r) == "Albany"
            and r["status"] == "active"
            and role(t, r) != "Patch panel"
            and "b" in str(r["name"]).casefold()
        ),
    ),
]


@pytest.mark.parametrize(("where", "rule"), DEVICES, ids=[str(where) for where, _ in DEVICES])
async def test_a_filter_chooses_the_devices_that_it_says(
    world: World, where: dict[str, Any], rule: Rule
) -> None:
    expected = {str(row["id"]) for row in world.truth.rows("dcim.device") if rule(world.truth, row)}
    rows = await world.core.whole(
        "list_objects", "devices", type="device", where=where, fields=["id", "name"]
    )
    assert {row["id"] for row in rows} == expected
    assert len(rows) == len(expected)


@pytest.mark.parametrize("value", [None, "not null"])
async def test_a_custom_field_can_be_asked_to_be_empty_or_not(world: World, value: str | None) -> None:
    body = await world.core.ask("list_objects", type="device", where={"cf_support_tier": value})
    assert body["sections"][0]["total"] == sum(
        (holds(row, "support_tier") is None) == (value is None) for row in world.truth.rows("dcim.device")
    )


PORTS: list[tuple[dict[str, Any], Rule]] = [
    ({"enabled": False}, lambda t, r: not r["enabled"]),
    ({"mode": None}, lambda t, r: r["mode"] is None),
    ({"mode": "tagged"}, lambda t, r: r["mode"] == "tagged"),
    ({"mtu__gt": 1500}, lambda t, r: (r["mtu"] or 0) > 1500),
    ({"mtu": None}, lambda t, r: r["mtu"] is None),
    ({"lag": "not null"}, lambda t, r: r["lag"] is not None),
    ({"type": "lag"}, lambda t, r: r["type"] == "lag"),
    ({"site": "Albany"}, lambda t, r: site(t, t.by_id("dcim.device")[r["device"]]) == "Albany"),
    ({"device": "alb-asw01"}, lambda t, r: t.name("dcim.device", r["device"]) == "alb-asw01"),
    ({"name": "Ethernet1"}, lambda t, r: r["name"] == "Ethernet1"),
    ({"mgmt_only": True}, lambda t, r: r["mgmt_only"]),
]


@pytest.mark.parametrize(("where", "rule"), PORTS, ids=[str(where) for where, _ in PORTS])
async def test_a_filter_chooses_the_interfaces_that_it_says(
    world: World, where: dict[str, Any], rule: Rule
) -> None:
    body = await world.core.ask("list_objects", type="interface", where=where, limit=5)
    assert body["sections"][0]["total"] == sum(
        rule(world.truth, row) for row in world.truth.rows("dcim.interface")
    )


OTHERS: list[tuple[str, str, dict[str, Any], Rule]] = [
    ("prefix", "ipam.prefix", {"vrf": None}, lambda t, r: r["vrf"] is None),
    ("prefix", "ipam.prefix", {"vrf": "Corporate"}, lambda t, r: t.name("ipam.vrf", r["vrf"]) == "Corporate"),
    ("prefix", "ipam.prefix", {"status": "container"}, lambda t, r: r["status"] == "container"),
    ("prefix", "ipam.prefix", {"vlan": "not null"}, lambda t, r: r["vlan"] is not None),
    ("vlan", "ipam.vlan", {"vid": [100, 200]}, lambda t, r: r["vid"] in (100, 200)),
    ("vlan", "ipam.vlan", {"vid__gte": 500}, lambda t, r: r["vid"] >= 500),
    ("vlan", "ipam.vlan", {"name": "Servers"}, lambda t, r: r["name"] == "Servers"),
    ("vlan", "ipam.vlan", {"site": None}, lambda t, r: r["site"] is None),
    ("ip address", "ipam.ipaddress", {"dns_name__iew": ".com"}, lambda t, r: r["dns_name"].endswith(".com")),
    ("ip address", "ipam.ipaddress", {"vrf": None}, lambda t, r: r["vrf"] is None),
    ("ip address", "ipam.ipaddress", {"role": None}, lambda t, r: not r["role"]),
    ("vm", "virtualization.virtualmachine", {"status": "active"}, lambda t, r: r["status"] == "active"),
    ("vm", "virtualization.virtualmachine", {"memory__gte": 8192}, lambda t, r: (r["memory"] or 0) >= 8192),
    (
        "circuit",
        "circuits.circuit",
        {"commit_rate__lt": 100_000},
        lambda t, r: 0 < (r["commit_rate"] or 0) < 100_000,
    ),
    ("rack", "dcim.rack", {"site": "Albany"}, lambda t, r: site(t, r) == "Albany"),
    ("site", "dcim.site", {"cf_site_code": "ALB"}, lambda t, r: holds(r, "site_code") == "ALB"),
    ("site", "dcim.site", {"region": "Americas"}, lambda t, r: region(t, {"site": r["id"]}, "Americas")),
]


@pytest.mark.parametrize(
    ("name", "type_", "where", "rule"), OTHERS, ids=[f"{name} {where}" for name, _, where, _ in OTHERS]
)
async def test_a_filter_chooses_what_it_says(
    world: World, name: str, type_: str, where: dict[str, Any], rule: Rule
) -> None:
    body = await world.core.ask("list_objects", type=name, where=where, limit=5)
    assert body["sections"][0]["total"] == sum(rule(world.truth, row) for row in world.truth.rows(type_))


GROUPS: list[tuple[str, str, dict[str, Any], Callable[[Truth, Row], object]]] = [
    ("dcim.device", "site", {}, site),
    ("dcim.device", "role", {"site": "Albany"}, role),
    ("dcim.device", "tenant", {}, lambda t, r: t.name("tenancy.tenant", r["tenant"])),
    ("dcim.device", "status", {}, lambda t, r: r["status"]),
    ("dcim.device", "cf_support_tier", {}, lambda t, r: holds(r, "support_tier")),
    ("dcim.interface", "type", {}, lambda t, r: r["type"]),
    ("dcim.interface", "enabled", {}, lambda t, r: str(r["enabled"])),
    ("dcim.interface", "mode", {"site": "Albany"}, lambda t, r: r["mode"]),
    ("ipam.prefix", "vrf", {}, lambda t, r: t.name("ipam.vrf", r["vrf"])),
    ("ipam.vlan", "vid", {}, lambda t, r: str(r["vid"])),
    ("ipam.vlan", "site", {}, site),
    (
        "virtualization.virtualmachine",
        "cluster",
        {},
        lambda t, r: t.name("virtualization.cluster", r["cluster"]),
    ),
]


@pytest.mark.parametrize(
    ("type_", "by", "where", "key"), GROUPS, ids=[f"{t} by {by}" for t, by, *_ in GROUPS]
)
async def test_groups_hold_what_there_is(
    world: World, type_: str, by: str, where: dict[str, Any], key: Callable[[Truth, Row], object]
) -> None:
    truth = world.truth
    chosen = [
        row
        for row in truth.rows(type_)
        if not where
        or site(truth, row if "site" in row else truth.by_id("dcim.device")[row["device"]]) == "Albany"
    ]
    body = await world.core.ask("list_objects", type=type_, group_by=by, where=where, max_tokens=20_000)
    [section] = body["sections"]
    rows = rows_of(body, section["title"])
    assert {row[by]: row["count"] for row in rows} == truth.grouped(chosen, lambda row: key(truth, row))
    counts = [row["count"] for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert f"{len(chosen):,}" in body["summary"]


async def test_several_tags_of_one_object_count_in_each_group(world: World) -> None:
    body = await world.core.ask("list_objects", type="device", group_by="tags")
    truth = world.truth
    expected: dict[str, int] = {}
    for row in truth.rows("dcim.device"):
        for name in [str(truth.name("extras.tag", tag)) for tag in row["tags"]] or [NONE]:
            expected[name] = expected.get(name, 0) + 1
    assert {row["tags"]: row["count"] for row in rows_of(body, "devices by tags")} == expected


async def test_columns_say_what_the_inventory_says(world: World) -> None:
    truth = world.truth
    fields = [
        "id",
        "name",
        "site",
        "role",
        "rack",
        "position",
        "serial",
        "primary_ip4",
        "cf_support_tier",
        "site.region",
    ]
    rows = await world.core.whole("list_objects", "devices", type="device", fields=fields, max_tokens=2_000)
    addresses = truth.by_id("ipam.ipaddress")
    found = {int(row["id"]): row for row in rows}
    for row in truth.rows("dcim.device"):
        assert found[row["id"]] == {
            "id": str(row["id"]),
            "name": row["name"] or f"#{row['id']}",
            "site": site(truth, row),
            "role": role(truth, row),
            "rack": truth.name("dcim.rack", row["rack"]),
            "position": row["position"],
            "serial": row["serial"] or None,
            "primary_ip4": addresses[row["primary_ip4"]]["address"] if row["primary_ip4"] else None,
            "cf_support_tier": holds(row, "support_tier"),
            "site.region": truth.name("dcim.region", truth.by_id("dcim.site")[row["site"]]["region"]),
        }


async def test_related_objects_are_counted_in_their_column(world: World) -> None:
    truth = world.truth
    rows = await world.core.whole(
        "list_objects", "devices", type="device", fields=["id"], include=["interfaces", "ip_addresses"]
    )
    for row in rows:
        ports = truth.rows("dcim.interface", device=int(row["id"]))
        for column, expected in (
            ("interfaces", len(ports)),
            ("ip_addresses", len(truth.addresses_on("dcim.interface", ports))),
        ):
            assert int((row[column] or "0").partition(":")[0]) == expected


async def test_order_is_kept_across_parts(world: World) -> None:
    rows = await world.core.whole(
        "list_objects",
        "interfaces",
        type="interface",
        fields=["id", "mtu"],
        order_by=["-mtu"],
        max_tokens=4_000,
    )
    assert len({row["id"] for row in rows}) == len(rows) == len(world.truth.rows("dcim.interface"))
    known = [row["mtu"] for row in rows if row["mtu"] is not None]
    assert known == sorted(known, reverse=True)


async def test_a_limit_is_kept_and_the_total_is_of_all(world: World) -> None:
    body = await world.core.ask("list_objects", type="device", limit=3, fields=["id"])
    section = body["sections"][0]
    assert len(section["rows"]) == 3
    assert section["total"] == len(world.truth.rows("dcim.device"))


async def test_types_outside_the_catalog_can_be_listed(world: World) -> None:
    rows = await world.core.whole(
        "list_objects", "services", type="service", fields=["id", "name", "protocol"]
    )
    assert {(row["id"], row["name"]) for row in rows} == {
        (str(row["id"]), row["name"]) for row in world.truth.rows("ipam.service")
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"where": {"nme": "x"}}, ["nme", "name"]),
        ({"where": {"name__foo": "x"}}, ["name__foo"]),
        ({"where": {"status": "actve"}}, ["actve", "active"]),
        ({"where": {"site__gt": "x"}}, ["site__gt"]),
        ({"where": {"name": []}}, ["empty list"]),
        ({"where": {"name": ""}}, ["empty value"]),
        ({"where": {"name": {"a": 1}}}, ["takes text"]),
        ({"where": {"name": ["a", None]}}, ["null cannot be one of several"]),
        ({"where": {"has_primary_ip": "perhaps"}}, ["true or false"]),
        ({"where": {"vc_position": "x"}}, ["whole number"]),
        ({"where": {"tenant__null": "x"}}, ["true or false"]),
        ({"where": {"cf_nothing": "x"}}, ["custom field", "cf_support_tier"]),
        ({"where": {"cf_backed_up__n": True}}, ["boolean"]),
        ({"where": {"name": [str(n) for n in range(10_001)]}}, ["10,000"]),
    ],
)
async def test_a_filter_that_cannot_mean_anything_is_refused_in_words(
    world: World, arguments: dict[str, Any], words: list[str]
) -> None:
    with pytest.raises(BadFilter) as error:
        await world.core.ask("list_objects", type="device", **arguments)
    assert all(word in error.value.in_words() for word in words)


@pytest.mark.parametrize(
    "arguments",
    [
        {"fields": ["nme"]},
        {"fields": ["site.nme"]},
        {"fields": ["name.x"]},
        {"fields": ["cf_nothing"]},
        {"group_by": "nme"},
        {"group_by": "cf_nothing"},
        {"include": ["nothing"]},
        {"order_by": ["nme"]},
        {"order_by": ["tags"]},
    ],
    ids=str,
)
async def test_a_column_that_does_not_exist_is_refused_with_those_that_do(
    world: World, arguments: dict[str, Any]
) -> None:
    with pytest.raises(UnknownField) as error:
        await world.core.ask("list_objects", type="device", **arguments)
    assert error.value.hint


async def test_ten_thousand_names_in_a_filter_are_answered(world: World) -> None:
    names = [row["name"] for row in world.truth.rows("dcim.device") if row["name"]]
    asked = [*names, *(f"no-such-{n}" for n in range(10_000 - len(names)))]
    body = await world.core.ask("list_objects", type="device", where={"name": asked}, limit=5)
    assert body["sections"][0]["total"] == len(names)
    assert len(world.core.text) < 20_000
