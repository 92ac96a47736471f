"""The Nautobot adapter on a real Nautobot: both roads, filters that cannot lie, and the traps."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from sources.catalog import Kind, ObjectType
from sources.errors import BadFilter, NotAuthenticated, NotFound, NotPermitted, Rejected
from sources.http import Connection
from sources.nautobot.adapter import NautobotSource
from sources.nautobot.words import WORDS, word
from sources.receipt import open_receipt
from sources.source import ByIds, Children, Condition, Match, Page, parent_ids
from sources.types import CATALOG
from sources.values import enum_value
from sources.where import parse_where

pytestmark = pytest.mark.live

DEVICE, INTERFACE, VLAN = CATALOG["dcim.device"], CATALOG["dcim.interface"], CATALOG["ipam.vlan"]
SITE, PREFIX, ADDRESS = CATALOG["dcim.site"], CATALOG["ipam.prefix"], CATALOG["ipam.ipaddress"]
COMPARED = 200
"""Rows that both roads read of a type: REST takes seconds for a few hundred."""


def environment(name: str) -> str:
    """A setting of the rig."""
    if not os.environ.get(name):
        pytest.skip(f"no {name}: `python -m tests.live.rig up` starts a Nautobot")
    return os.environ[name]


@asynccontextmanager
async def opened(token: str = "NAUTOBOT_TOKEN", **options: Any) -> AsyncIterator[NautobotSource]:
    """The adapter with one of the rig's tokens."""
    connection = Connection(environment("NAUTOBOT_URL"), f"Token {environment(token)}", timeout=120)
    source = NautobotSource("nautobot", connection, **options)
    try:
        yield source
    finally:
        await source.close()


@pytest.fixture
async def source(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[NautobotSource]:
    async with opened(schema_folder=kept(tmp_path_factory)) as found:
        yield found


@pytest.fixture
async def plain(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[NautobotSource]:
    """The same without GraphQL."""
    async with opened(schema_folder=kept(tmp_path_factory), graphql=False) as found:
        yield found


def kept(factory: pytest.TempPathFactory) -> Path:
    """One folder for what is kept of the schema: it is read once for all tests."""
    return factory.getbasetemp() / "nautobot-schema"


def facets(type_: ObjectType) -> frozenset[str]:
    return frozenset(field.facet for field in type_.fields.values())


async def one(source: NautobotSource, type_: ObjectType, where: Mapping[str, Any], **options: Any) -> Page:
    """The page of a query in the catalog's words."""
    filters = await source.translate(type_, parse_where(type_, where))
    return (await source.read([Match(type_, filters, **options)]))[0]


async def ids(source: NautobotSource, type_: ObjectType, where: Mapping[str, Any]) -> set[str]:
    page = await one(source, type_, where)
    assert page.total == len(page.rows)
    return {row["id"] for row in page.rows}


@pytest.mark.parametrize("name", sorted(WORDS))
async def test_both_roads_give_the_same_entities(
    name: str, source: NautobotSource, plain: NautobotSource
) -> None:
    type_ = CATALOG[name]
    [page] = await source.read([Match(type_, (), facets(type_), limit=COMPARED)])
    assert page.rows, f"the rig holds no {type_.plural}"
    chosen = tuple(row["id"] for row in page.rows[:COMPARED])
    read = ByIds(type_, chosen, facets(type_))
    [by_graphql], [by_rest] = await source.read([read]), await plain.read([read])
    assert not source._reads._refused, "GraphQL could not answer"
    assert {row["id"]: row for row in by_graphql.rows} == {row["id"]: row for row in by_rest.rows}
    [count], [same] = await source.read([Match(type_, limit=0)]), await plain.read([Match(type_, limit=0)])
    assert page.total == count.total == same.total


async def test_a_wave_is_one_request(source: NautobotSource) -> None:
    [vlans] = await source.read([Match(VLAN)])
    await source.read([Match(PREFIX, limit=0)])
    parents = tuple(row["id"] for row in vlans.rows)
    receipt = open_receipt()
    used, machines, subnets = await source.read(
        [
            Children(
                VLAN.relations[name],
                CATALOG[VLAN.relations[name].to],
                parents,
                facets(CATALOG[VLAN.relations[name].to]),
            )
            for name in ("interfaces", "vm_interfaces", "prefixes")
        ]
    )
    assert receipt.calls == 1
    assert min(used.total, machines.total, subnets.total) > 0


async def test_unknown_filters_name_the_nearest(source: NautobotSource, plain: NautobotSource) -> None:
    for each in (source, plain):
        with pytest.raises(BadFilter) as caught:
            await one(each, DEVICE, {"serail": "x"})
        assert "serial" in caught.value.candidates
        with pytest.raises(BadFilter):
            await one(each, DEVICE, {"name__nosuch": "x"})


async def test_unknown_filters_that_reach_nautobot_are_explained(source: NautobotSource) -> None:
    with pytest.raises(BadFilter, match="nosuch"):
        await source.read([Match(DEVICE, (("nosuch", ("1",)),))])


async def test_bad_choices_name_the_valid_ones(source: NautobotSource, plain: NautobotSource) -> None:
    for each in (source, plain):
        with pytest.raises(BadFilter) as caught:
            await one(each, DEVICE, {"status": "activ"})
        assert "active" in caught.value.candidates
        with pytest.raises(BadFilter) as caught:
            await one(each, INTERFACE, {"type": "1000base-tx"})
        assert "1000base-t" in caught.value.candidates


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("ipam.prefix", {"contains": "everything"}),
        ("ipam.ipaddress", {"address": "10.0.0.300"}),
        ("dcim.device", {"name__re": "("}),
        ("dcim.device", {"is_virtual_chassis_member": "maybe"}),
        ("dcim.interface", {"mac_address": "zz"}),
        ("dcim.device", {"tenant": "no-such-tenant"}),
        ("ipam.vlan", {"vid__gte": "many"}),
    ],
)
async def test_values_that_would_find_everything_find_an_error(
    name: str, where: dict[str, Any], source: NautobotSource
) -> None:
    with pytest.raises(BadFilter):
        await one(source, CATALOG[name], where)


async def test_zero_is_a_number_too(source: NautobotSource) -> None:
    types = CATALOG["dcim.devicetype"]
    [everything] = await source.read([Match(types)])
    flat = {row["id"] for row in everything.rows if row["u_height"] == 0}
    assert await ids(source, types, {"u_height": 0}) == flat
    assert await ids(source, types, {"u_height__gt": 0}) == {row["id"] for row in everything.rows} - flat


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("dcim.device", "name"),
        ("dcim.device", "serial"),
        ("dcim.device", "rack"),
        ("dcim.device", "location"),
        ("dcim.device", "site"),
        ("dcim.device", "face"),
        ("dcim.device", "tenant"),
        ("dcim.device", "status"),
        ("dcim.interface", "mode"),
        ("dcim.interface", "untagged_vlan"),
        ("dcim.interface", "tagged_vlans"),
        ("dcim.interface", "cable"),
        ("dcim.interface", "lag"),
        ("dcim.location", "parent"),
        ("dcim.rack", "location"),
        ("ipam.vlan", "site"),
        ("ipam.vlan", "group"),
        ("ipam.prefix", "scope"),
        ("ipam.prefix", "vrf"),
        ("ipam.ipaddress", "assigned"),
        ("ipam.ipaddress", "role"),
        ("ipam.ipaddress", "vrf"),
        ("circuits.circuittermination", "cable"),
        ("virtualization.virtualmachine", "site"),
    ],
)
async def test_null_finds_those_without_a_value(name: str, key: str, source: NautobotSource) -> None:
    type_ = CATALOG[name]
    [everything] = await source.read([Match(type_, (), facets(type_), only=frozenset({key}))])
    without = {row["id"] for row in everything.rows if row[key] in (None, [])}
    assert await ids(source, type_, {key: None}) == without
    assert await ids(source, type_, {key: "not null"}) == {row["id"] for row in everything.rows} - without


async def test_references_find_what_refers_to_them(source: NautobotSource) -> None:
    for name in ("dcim.device", "dcim.rack", "ipam.vlan", "ipam.prefix", "circuits.circuit", "dcim.cable"):
        type_ = CATALOG[name]
        [everything] = await source.read([Match(type_, (), facets(type_))])
        for field in type_.fields.values():
            held = word(type_, field.name)
            if (
                field.kind not in (Kind.REF, Kind.REFS)
                or field.target is None
                or held.absent
                or held.filter == "-"
            ):
                continue
            several = {row["id"]: _refs(row[field.name]) for row in everything.rows}
            wanted = next((next(iter(refs)) for refs in several.values() if refs), None)
            if wanted is None or field.name in ("tags", "location"):
                continue
            found = await ids(source, type_, {field.name: wanted})
            assert found == {id_ for id_, refs in several.items() if wanted in refs}, (
                f"{name} by {field.name}"
            )


def _refs(value: Any) -> set[str]:
    several = value if isinstance(value, list) else [value] if value else []
    return {ref["id"] for ref in several}


async def test_scopes_lead_through_the_owner(source: NautobotSource) -> None:
    [devices] = await source.read([Match(DEVICE)])
    role = next(row["role"]["id"] for row in devices.rows if row["role"]["name"].lower().startswith("access"))
    mine = {row["id"] for row in devices.rows if row["role"]["id"] == role}
    found = await one(source, INTERFACE, {"device_role": role})
    assert {row["device"]["id"] for row in found.rows} == mine


async def test_children_refer_to_their_parents(source: NautobotSource) -> None:
    for name in ("dcim.site", "dcim.region", "dcim.location", "dcim.device", "ipam.vlan", "tenancy.tenant"):
        owner = CATALOG[name]
        parents = tuple(row["id"] for row in (await source.read([Match(owner)]))[0].rows)
        for relation in owner.relations.values():
            type_ = CATALOG[relation.to]
            [page] = await source.read([Children(relation, type_, parents, facets(type_))])
            [everything] = await source.read([Match(type_, (), facets(type_))])
            expected = {row["id"] for row in everything.rows if parent_ids(row, relation) & set(parents)}
            assert {row["id"] for row in page.rows} >= expected, relation.key
            joined = {row["id"] for row in page.rows if parent_ids(row, relation) & set(parents)}
            assert joined == expected, relation.key


async def test_trap_2_of_several_vlans_the_last_is_not_taken_for_all(source: NautobotSource) -> None:
    with pytest.raises(BadFilter, match="one value at a time"):
        await one(source, INTERFACE, {"vlan": [10, 20]})


async def test_trap_3_the_ports_of_a_vlan_are_counted_once(
    source: NautobotSource, plain: NautobotSource
) -> None:
    [ports] = await source.read([Match(INTERFACE, (), frozenset({"base", "vlans"}))])
    uses: dict[str, set[str]] = {}
    repeated: Counter[str] = Counter()
    for row in ports.rows:
        native = [row["untagged_vlan"]] if row["untagged_vlan"] else []
        for ref in [*row["tagged_vlans"], *native]:
            uses.setdefault(ref["id"], set()).add(row["id"])
        # A port comes once for each tagged VLAN if it is its native VLAN that was asked for.
        repeated.update(
            {ref["id"]: len(row["tagged_vlans"]) for ref in native if len(row["tagged_vlans"]) > 1}
        )
    [(vlan, _)] = repeated.most_common(1)
    filters = (("vlan_id", (vlan,)),)
    answer = await source.http.get("/api/dcim/interfaces/", [("vlan_id", vlan), ("limit", "1")])
    assert answer["count"] > len(uses[vlan]), "Nautobot counts right by now: the trap is gone"
    [page] = await source.read([Match(INTERFACE, filters)])
    assert {row["id"] for row in page.rows} == uses[vlan]
    assert page.total == len(page.rows)
    [count] = await source.read([Match(INTERFACE, filters, limit=0)])
    [window] = await source.read([Match(INTERFACE, filters, limit=3)])
    assert count.total == window.total == len(uses[vlan])
    assert len(window.rows) == min(3, len(uses[vlan]))
    if len(uses[vlan]) <= COMPARED:
        [same] = await plain.read([Match(INTERFACE, filters, limit=3)])
        assert same.total == window.total


async def test_trap_5_an_empty_list_without_permission_is_an_error(source: NautobotSource) -> None:
    assert (await one(source, ADDRESS, {}, limit=1)).total > 0
    async with opened("NAUTOBOT_TOKEN_NO_IPS") as blind:
        with pytest.raises(NotPermitted):
            await blind.read([Match(ADDRESS, limit=5)])
        with pytest.raises(NotPermitted):
            await blind.read([Match(ADDRESS, limit=0)])
        receipt = open_receipt()
        [devices] = await blind.read([Match(DEVICE)])
        assert not any(row["primary_ip4"] for row in devices.rows)
        assert any("IP addresses" in words for words in receipt.warnings)


async def test_a_token_of_one_site_sees_that_site(source: NautobotSource) -> None:
    [everything] = await source.read([Match(DEVICE)])
    async with (
        opened("NAUTOBOT_TOKEN_ONE_SITE") as bound,
        opened("NAUTOBOT_TOKEN_ONE_SITE", graphql=False) as same,
    ):
        [devices], [by_rest] = await bound.read([Match(DEVICE)]), await same.read([Match(DEVICE)])
    assert {row["site"]["name"] for row in devices.rows} == {devices.rows[0]["site"]["name"]}
    here = {row["id"] for row in everything.rows if row["site"]["id"] == devices.rows[0]["site"]["id"]}
    assert {row["id"] for row in devices.rows} == {row["id"] for row in by_rest.rows} == here
    assert bound.scope != source.scope


async def test_trap_7_ten_thousand_ids_fit(source: NautobotSource, plain: NautobotSource) -> None:
    [devices] = await source.read([Match(DEVICE)])
    known = tuple(row["id"] for row in devices.rows)
    others = tuple(f"00000000-0000-4000-8000-{n:012}" for n in range(10_000))
    [page] = await source.read([ByIds(DEVICE, known + others)])
    assert {row["id"] for row in page.rows} == set(known)
    [same] = await plain.read([ByIds(DEVICE, known + others[:400])])
    assert {row["id"] for row in same.rows} == set(known)


async def test_trap_8_many_to_many_fields_are_there_by_rest(plain: NautobotSource) -> None:
    filters = await plain.translate(INTERFACE, [Condition("tagged_vlans", "null", ("false",))])
    [page] = await plain.read([Match(INTERFACE, filters, frozenset({"base", "vlans"}), limit=5)])
    assert page.rows
    assert all(row["tagged_vlans"] for row in page.rows)


async def test_windows_hold_every_row_once(source: NautobotSource) -> None:
    for name, step in (("dcim.device", 9), ("dcim.rack", 4), ("ipam.ipaddress", 60)):
        type_ = CATALOG[name]
        found: list[str] = []
        total = 1
        while len(found) < total:
            [page] = await source.read([Match(type_, offset=len(found), limit=step)])
            found += [row["id"] for row in page.rows]
            total = page.total
        assert len(set(found)) == len(found) == total


async def test_every_order_is_nautobots(source: NautobotSource) -> None:
    type_ = DEVICE
    for asked in ("name", "-position", "serial"):
        order = await source.check_order(type_, [asked])
        [page] = await source.read([Match(type_, order=order, limit=20)])
        field = asked.lstrip("-")
        held = [row[field] for row in page.rows if row[field] is not None]
        if field == "position":
            assert held == sorted(held, reverse=True)
        assert len(page.rows) == 20


async def test_the_enums_of_graphql_are_the_choices_of_rest(source: NautobotSource) -> None:
    document = await source.http.get("/api/swagger.json")
    from sources.openapi import reduce_document

    digest = reduce_document(document)
    compared = 0
    for name, words in WORDS.items():
        type_ = CATALOG[name]
        for field in type_.fields.values():
            held = word(type_, field.name)
            if field.kind is not Kind.CHOICE or held.absent or held.named:
                continue
            by_rest = digest.choices.get(words.endpoint, {}).get(held.paths[0])
            if by_rest:
                compared += 1
                by_graphql = await source._knowledge.filters.choices(type_, words.endpoint, held.paths[0])
                # Of the outlets' types a few are in capitals; here all choices are told in small letters.
                assert set(by_graphql) == {each.lower() for each in by_rest}, f"{name}.{field.name}"
    assert compared > 5
    assert enum_value("A_1000BASE_T") == "1000base-t"


async def test_types_beyond_the_catalog_can_be_read(source: NautobotSource) -> None:
    catalog = await source.catalog(whole=True)
    assert "dcim.sitegroup" not in catalog
    levels = catalog["dcim.locationtype"]
    assert levels.generic
    [page] = await source.read([Match(levels, limit=3, facets=frozenset({"raw"}))])
    assert page.total > 2
    assert any((row["raw"]["parent"] or {}).get("type") == "dcim.locationtype" for row in page.rows)
    with pytest.raises(BadFilter, match="nosuch"):
        await one(source, levels, {"nosuch": 1})


async def test_ports_of_devices_without_a_name_are_found(source: NautobotSource) -> None:
    """Nautobot's filter by device looks for its name, and finds nothing where there is none."""
    [devices] = await source.read([Match(DEVICE)])
    nameless = tuple(row["id"] for row in devices.rows if row["name"] is None)
    catalog = await source.catalog()
    for name in ("interfaces", "front_ports", "rear_ports", "power_ports"):
        relation = DEVICE.relations[name]
        target = catalog[relation.to]
        [children] = await source.read([Children(relation, target, nameless)])
        [everything] = await source.read([Match(target)])
        theirs = {row["id"] for row in everything.rows if row["device"]["id"] in nameless}
        assert theirs
        assert {row["id"] for row in children.rows} == theirs


async def test_custom_fields_and_tags_filter(source: NautobotSource) -> None:
    [everything] = await source.read([Match(DEVICE, (), facets(DEVICE))])
    known = await source.custom_fields(DEVICE)
    name, value = next(
        (name, value)
        for row in everything.rows
        for name, value in row["custom_fields"].items()
        if isinstance(value, str) and known[name]["choices"]
    )
    found = await ids(source, DEVICE, {f"cf_{name}": value})
    assert found == {row["id"] for row in everything.rows if row["custom_fields"].get(name) == value}
    with pytest.raises(BadFilter):
        await one(source, DEVICE, {f"cf_{name}": "no such value"})
    tags = sorted({tag["name"] for row in everything.rows for tag in row["tags"]})[:2]
    tagged = {row["id"] for row in everything.rows if {tag["name"] for tag in row["tags"]} & set(tags)}
    assert await ids(source, DEVICE, {"tags": tags}) == tagged


async def test_the_status_tells_version_and_rights() -> None:
    async with opened("NAUTOBOT_TOKEN_NO_IPS") as blind:
        status = await blind.status()
    assert status.version[0].isdigit()
    assert status.graphql
    assert status.readable["dcim.device"]
    assert not status.readable["ipam.ipaddress"]


async def test_a_wrong_token_is_told() -> None:
    connection = Connection(environment("NAUTOBOT_URL"), "Token 0123456789abcdef0123456789abcdef01234567")
    source = NautobotSource("nautobot", connection)
    try:
        with pytest.raises(NotAuthenticated):
            await source.read([Match(DEVICE, limit=1)])
    finally:
        await source.close()


async def test_an_address_beyond_the_api_is_not_there(source: NautobotSource) -> None:
    with pytest.raises((NotFound, Rejected)):
        await source.http.get("/api/dcim/nothing/")
