"""Which road a read takes, in how many requests, and what is made of Nautobot's half-truths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from sources.errors import BadFilter, NotPermitted, TooCostly
from sources.receipt import open_receipt
from sources.source import ByIds, Children, Match
from sources.types import CATALOG, LINKS, PEERS
from tests.sources.nautobots import REGION, SITE, SITE_A, FakeNautobot

DEVICE, SITE_TYPE, VLAN = CATALOG["dcim.device"], CATALOG["dcim.site"], CATALOG["ipam.vlan"]
INTERFACE, PREFIX, TAG = CATALOG["dcim.interface"], CATALOG["ipam.prefix"], CATALOG["extras.tag"]
VM_INTERFACE = CATALOG["virtualization.vminterface"]


def rows(count: int, start: int = 0, **fields: Any) -> list[dict[str, Any]]:
    return [{"id": f"id{n:05}", "name": f"n{n:05}", **fields} for n in range(start, start + count)]


async def test_a_wave_is_one_document_with_the_survey_in_it() -> None:
    vlans = rows(3, vid=7, interfaces_as_untagged=rows(1))
    fake = FakeNautobot(lists={"vlans": vlans, "interfaces": rows(2), "devices": rows(1)})
    source = fake.source()
    relation = VLAN.relations["interfaces"]
    pages = await source.read(
        [Match(VLAN, limit=50), Children(relation, INTERFACE, ("v1", "v2")), ByIds(DEVICE, ("id00000",))]
    )
    assert [page.total for page in pages] == [3, 2, 1]
    assert len(fake.documents) == 1
    assert fake.gets == []
    assert [each.listing for each in fake.asked] == ["vlans", "vlans", "interfaces", "devices"]
    assert 'id:["v1","v2"]' in fake.asked[1].arguments
    assert 'untagged_vlan__n:["v1","v2"],tagged_vlans:["v1","v2"]' in fake.asked[2].arguments


async def test_children_in_a_list_of_their_owner_are_told_whose_they_are() -> None:
    vlan = {"id": "v1", "name": "users", "vid": 7, "interfaces_as_untagged": rows(1)}
    fake = FakeNautobot(lists={"vlans": [vlan]})
    read = Children(VLAN.relations["interfaces"], INTERFACE, ("v1",), frozenset({"base", "vlans"}))
    (page,) = await fake.source().read([read])
    (port,) = page.rows
    assert port["untagged_vlan"] == {"id": "v1", "name": "users", "vid": 7}


async def test_lists_within_the_same_owners_are_asked_for_as_one_list_of_them() -> None:
    port = {"id": "m1", "name": "eth0", "tagged_vlans": []}
    vlan = {"id": "v1", "name": "users", "vid": 7, "vminterfaces_as_untagged": [port]}
    other = {"id": "m2", "name": "eth1", "tagged_vlans": [{"id": "v1", "name": "users", "vid": 7}]}
    fake = FakeNautobot(lists={"vlans": [vlan | {"vminterfaces_as_tagged": [other]}]})
    read = Children(VLAN.relations["vm_interfaces"], VM_INTERFACE, ("v1",), frozenset({"base", "vlans"}))
    (page,) = await fake.source().read([read])
    assert [(row["name"], row["untagged_vlan"] is not None) for row in page.rows] == [
        ("eth0", True),
        ("eth1", False),
    ]
    (asked,) = fake.asked
    assert "vminterfaces_as_untagged{" in asked.selection
    assert "vminterfaces_as_tagged{" in asked.selection


async def test_one_list_within_an_owner_is_selected_in_one_way_at_a_time() -> None:
    fake = FakeNautobot(lists={"devices": [{"id": "d1", "name": "sw1", "interfaces": rows(1)}]})
    relation = DEVICE.relations["interfaces"]
    reads = [
        Children(relation, INTERFACE, ("d1",), facets)
        for facets in (frozenset({"base"}), frozenset({"base", "vlans"}))
    ]
    assert [page.total for page in await fake.source().read(reads)] == [1, 1]
    assert [each.selection.count("interfaces{") for each in fake.asked] == [1, 1]


async def test_an_error_in_one_list_of_an_owner_leaves_the_others_as_they_are() -> None:
    device = {"id": "d1", "name": "sw1", "interfaces": rows(1), "rear_ports": None}
    fake = FakeNautobot(lists={"devices": [device]}, stumbled={"rear_ports"}, tables={"dcim/rear-ports": []})
    reads = [
        Children(DEVICE.relations[name], CATALOG[type_], ("d1",))
        for name, type_ in (("interfaces", "dcim.interface"), ("rear_ports", "dcim.rearport"))
    ]
    assert [page.total for page in await fake.source().read(reads)] == [1, 0]
    assert {path for path, _ in fake.gets} == {"/api/dcim/rear-ports/", "/api/dcim/devices/"}


async def test_a_heavy_list_is_a_document_of_its_own_beside_the_light_ones() -> None:
    vlans = rows(240, vid=7, interfaces_as_untagged=rows(1))
    fake = FakeNautobot(lists={"vlans": vlans, "interfaces": [], "prefixes": rows(2)})
    ids = tuple(row["id"] for row in vlans)
    ports = Children(VLAN.relations["interfaces"], INTERFACE, ids)
    prefixes = Children(VLAN.relations["prefixes"], PREFIX, ids)
    assert [page.total for page in await fake.source().read([ports, prefixes])] == [1, 2]
    assert [[each.listing for each in document] for document in fake.documents] == [
        ["vlans"],
        ["interfaces", "prefixes"],
    ]


async def test_a_short_page_needs_no_count_and_a_full_one_is_counted_in_order() -> None:
    fake = FakeNautobot(lists={"tags": rows(120)})
    source = fake.source()
    page = (await source.read([Match(TAG, limit=50)]))[0]
    assert (len(page.rows), page.total) == (50, 120)
    assert len(fake.documents) == 2
    last = (await source.read([Match(TAG, offset=100, limit=50)]))[0]
    assert [row["id"] for row in last.rows] == [f"id{n:05}" for n in range(100, 120)]
    assert fake.gets == []


async def test_windows_over_rows_of_equal_rank_lose_none() -> None:
    unnamed = [{"id": f"id{n}", "name": None, "model": None} for n in (3, 1, 2, 0)]
    fake = FakeNautobot(lists={"devices": unnamed})
    source = fake.source()
    first = (await source.read([Match(DEVICE, limit=2)]))[0]
    fake.lists["devices"] = unnamed[::-1]
    second = (await source.read([Match(DEVICE, offset=2, limit=2)]))[0]
    assert [row["id"] for row in first.rows + second.rows] == ["id0", "id1", "id2", "id3"]


async def test_only_the_count_is_a_small_rest_call() -> None:
    fake = FakeNautobot(counts={"dcim/devices": 7_000})
    page = (await fake.source().read([Match(DEVICE, limit=0)]))[0]
    assert (page.rows, page.total) == ([], 7_000)
    assert ("limit", "1") in fake.gets[-1][1]


async def test_a_long_list_is_read_in_pages_side_by_side() -> None:
    fake = FakeNautobot(lists={"tags": rows(4_500)}, counts={"extras/tags": 4_500})
    page = (await fake.source().read([Match(TAG)]))[0]
    assert (len({row["id"] for row in page.rows}), page.total) == (4_500, 4_500)
    assert sorted(each.number("offset") or 0 for each in fake.asked) == [0, 1000, 2000, 3000, 4000]


async def test_too_long_a_list_is_refused_before_it_is_read() -> None:
    fake = FakeNautobot(lists={"tags": rows(1_000)}, counts={"extras/tags": 200_000})
    with pytest.raises(TooCostly):
        await fake.source().read([Match(TAG)])


async def test_the_rows_that_vlan_filters_repeat_count_once() -> None:
    fake = FakeNautobot(lists={"interfaces": [*rows(3), *rows(3)]})
    page = (await fake.source().read([Match(INTERFACE, (("vlan", ("7",)),), limit=2)]))[0]
    assert (len(page.rows), page.total) == (2, 3)
    assert fake.asked[-1].number("limit") is None
    counted = (await fake.source().read([Match(INTERFACE, (("vlan", ("7",)),), limit=0)]))[0]
    assert counted.total == 3


async def test_children_without_end_are_read_to_the_end() -> None:
    fake = FakeNautobot(lists={"devices": rows(3_300)})
    page = (await fake.source().read([Children(SITE_TYPE.relations["devices"], DEVICE, ("s",))]))[0]
    assert page.total == 3_300


async def test_sites_are_the_locations_of_their_type() -> None:
    fake = FakeNautobot()
    await fake.source().read([Match(SITE_TYPE, limit=5), Match(CATALOG["dcim.region"], limit=5)])
    assert [each.arguments.partition(",")[0] for each in fake.asked[-2:]] == [
        f'location_type:"{SITE}"',
        f'location_type:"{REGION}"',
    ]


async def test_a_nautobot_without_rooms_has_no_locations() -> None:
    fake = FakeNautobot(lists={"location_types": [], "locations": []})
    assert (await fake.source().read([Match(CATALOG["dcim.location"])]))[0].total == 0
    assert fake.asked == []


@pytest.mark.parametrize("switched_off", [True, False])
async def test_without_graphql_all_goes_by_rest(switched_off: bool) -> None:
    fake = FakeNautobot(without_graphql=True, tables={"extras/tags": rows(600)})
    source = fake.source(graphql=not switched_off)
    page = (await source.read([Match(TAG)]))[0]
    assert (len(page.rows), page.total) == (600, 600)
    again = (await source.read([ByIds(TAG, ("id00003",))]))[0]
    assert [row["name"] for row in again.rows] == ["n00003"]
    assert fake.documents == []


async def test_a_list_that_spoils_the_document_goes_by_rest_and_is_remembered() -> None:
    fake = FakeNautobot(
        lists={"tags": rows(2)}, refused={"vlans": "no such field"}, tables={"ipam/vlans": rows(1)}
    )
    source = fake.source()
    reads = [Match(TAG, limit=5), Match(VLAN, limit=5)]
    assert [page.total for page in await source.read(reads)] == [2, 1]
    asked = len(fake.documents)
    assert [page.total for page in await source.read(reads)] == [2, 1]
    assert len(fake.documents) == asked + 1


OLDER = {"cable_termination", "cable_paths", "clusters", "terminations", "ip_address_ranges"}
"""What Nautobot 2.4 does not know of the words that 3.2 is asked in."""


async def test_an_older_nautobot_is_asked_without_what_it_does_not_know() -> None:
    fake = FakeNautobot(lists={"interfaces": rows(2)}, unknown_words=OLDER)
    source = fake.source()
    read = Match(INTERFACE, facets=frozenset({"links"}), limit=5)
    assert (await source.read([read]))[0].total == 2
    assert fake.gets == []
    assert len(fake.documents) == 2
    assert (await source.read([read]))[0].total == 2
    assert len(fake.documents) == 3
    assert "cable_termination" not in fake.asked[-1].selection


async def test_an_older_nautobot_is_asked_in_the_words_it_had() -> None:
    device = {"id": "d", "cluster": {"id": "c", "name": "akr-cluster01"}}
    fake = FakeNautobot(lists={"devices": [device]}, unknown_words=OLDER)
    source = fake.source()
    [page] = await source.read([Match(DEVICE, only=frozenset({"cluster"}), limit=5)])
    assert page.rows[0]["cluster"] == [{"id": "c", "name": "akr-cluster01"}]
    assert "cluster{id name}" in fake.asked[-1].selection
    assert fake.gets == []


async def test_an_older_nautobot_is_asked_for_the_one_peer_that_it_tells() -> None:
    peer = {"id": "i2", "name": "eth2", "__typename": "InterfaceType"}
    fake = FakeNautobot(
        lists={"interfaces": [{"id": "i1", "cable_peer": peer}]}, unknown_words={"cable_termination"}
    )
    [page] = await fake.source().read([ByIds(INTERFACE, ("i1",), frozenset({PEERS}))])
    assert [each["id"] for each in page.rows[0]["link_peers"]] == ["i2"]
    assert "cable_peer" in fake.asked[-1].selection
    assert fake.gets == []


async def test_the_survey_of_an_older_nautobot_leaves_out_the_lists_it_lacks() -> None:
    fake = FakeNautobot(unknown_words=OLDER)
    source = fake.source()
    await source.prepare()
    assert fake.gets == []
    assert (await source.read([Match(SITE_TYPE, limit=5)]))[0].total == 4
    assert len(fake.documents) == 3


async def test_what_an_older_nautobot_has_no_words_for_goes_by_rest_without_asking_again() -> None:
    fake = FakeNautobot(lists={"tags": rows(2)}, tables={"dcim/cables": rows(3)}, unknown_words=OLDER)
    source = fake.source()
    cables = Match(CATALOG["dcim.cable"], facets=frozenset({"base", "ends"}), limit=5)
    pages = await source.read([Match(TAG, limit=5), cables])
    assert [page.total for page in pages] == [2, 3]
    assert len(fake.documents) == 2


async def test_several_values_of_a_custom_field_are_asked_for_one_by_one() -> None:
    fake = FakeNautobot(lists={"devices": rows(3)})
    page = (await fake.source().read([Match(DEVICE, (("cf_tier", ("gold", "bronze")),), limit=2)]))[0]
    assert (len(page.rows), page.total) == (2, 3)
    assert [each.arguments for each in fake.asked] == ['cf_tier:"gold"', 'cf_tier:"bronze"']


async def test_a_bad_value_is_told_with_the_choices() -> None:
    words = "{'status': ['Select a valid choice. X is not one of the available choices.']}"
    fake = FakeNautobot(spoiled={"devices": words})
    with pytest.raises(BadFilter) as caught:
        await fake.source().read([Match(DEVICE, (("status", ("X",)),))])
    assert "end of life" in caught.value.in_words()
    stumbled = FakeNautobot(spoiled={"devices": "invalid regular expression: parentheses () not balanced"})
    with pytest.raises(BadFilter, match="not balanced"):
        await stumbled.source().read([Match(DEVICE, (("name__re", ("(",)),))])


async def test_an_empty_list_is_believed_only_of_a_type_that_may_be_read() -> None:
    fake = FakeNautobot(forbidden={"tags"}, lists={"tags": rows(2)})
    with pytest.raises(NotPermitted):
        await fake.source().read([Match(TAG, limit=5)])
    empty = FakeNautobot(lists={"tags": []}, tables={"extras/tags": []})
    source = empty.source()
    assert (await source.read([Match(TAG, limit=5)]))[0].total == 0
    await source.read([Match(TAG, limit=5)])
    assert len(empty.gets) == 1


async def test_references_to_what_may_not_be_seen_are_warned_of() -> None:
    receipt = open_receipt()
    fake = FakeNautobot(lists={"devices": rows(2)}, forbidden={"tenants"}, counts={"x": 0})
    await fake.source().read([Match(DEVICE, only=frozenset({"name", "tenant"}), limit=5)])
    assert any("tenants" in words and "tenant of devices" in words for words in receipt.warnings)


async def test_zeros_alone_go_by_rest_because_graphql_drops_them() -> None:
    fake = FakeNautobot(lists={"vlans": rows(5)}, tables={"ipam/vlans": []})
    source = fake.source()
    assert (await source.read([Match(VLAN, (("vid__lt", ("0",)),), limit=5)]))[0].total == 0
    assert fake.asked == []
    assert (await source.read([Match(VLAN, (("vid", ("0", "1")),), limit=5)]))[0].total == 5


async def test_a_name_that_is_no_name_never_enters_a_document() -> None:
    fake = FakeNautobot(tables={"extras/tags": rows(1)})
    await fake.source().read([Match(TAG, (("x){id} evil:devices(a", ("1",)),), limit=5)])
    assert fake.asked == []


async def test_several_tags_mean_any_of_them() -> None:
    fake = FakeNautobot(lists={"devices": rows(3)})
    page = (await fake.source().read([Match(DEVICE, (("tags", ("a", "b")),), limit=2)]))[0]
    assert (len(page.rows), page.total) == (2, 3)
    assert [each.arguments for each in fake.asked] == ['tags:"a"', 'tags:"b"']


async def test_an_order_is_rests() -> None:
    fake = FakeNautobot(tables={"extras/tags": rows(3)})
    await fake.source().read([Match(TAG, order=("-name",), limit=2)])
    assert ("sort", "-name,id") in fake.gets[-1][1]


async def test_a_relation_that_nautobot_lacks_is_empty_without_a_request() -> None:
    fake = FakeNautobot()
    relation = DEVICE.relations["virtual_machines"]
    page = (await fake.source().read([Children(relation, CATALOG["virtualization.virtualmachine"], ("d",))]))[
        0
    ]
    assert page.total == 0
    assert fake.documents == []


async def test_rest_finds_the_ports_of_unnamed_devices_by_their_location() -> None:
    class ByNameOnly(FakeNautobot):
        async def get(self, path: str, params: Sequence[tuple[str, str]] = (), *, patience: int = 1) -> Any:
            answer = await super().get(path, params, patience=patience)
            asked = [value for name, value in params if name == "device"]
            if asked:
                answer["results"] = [row for row in answer["results"] if row["device"]["name"] in asked]
            return answer

    ports = [
        {"id": "p1", "name": "PSU", "device": {"id": "d1", "name": None}},
        {"id": "p2", "name": "PSU", "device": {"id": "d2", "name": "other"}},
    ]
    devices = [{"id": "d1", "name": None, "location": {"id": SITE_A}}]
    fake = ByNameOnly(
        tables={"dcim/power-ports": ports, "dcim/devices": devices},
        without_graphql=True,
    )
    relation = DEVICE.relations["power_ports"]
    [page] = await fake.source().read([Children(relation, CATALOG["dcim.powerport"], ("d1",))])
    assert [row["id"] for row in page.rows] == ["p1"]
    assert ("location", SITE_A) in fake.gets[-1][1]


async def test_rest_reads_the_names_that_a_row_only_points_to() -> None:
    pointer = {"id": "d1", "object_type": "dcim.device", "url": "http://nautobot/api/dcim/devices/d1/"}
    parent = {"id": "p1", "object_type": "ipam.prefix", "url": "http://nautobot/api/ipam/prefixes/p1/"}
    port = {"id": "i1", "name": "eth1", "object_type": "dcim.interface", "url": "u", "device": pointer}
    fake = FakeNautobot(
        tables={
            "ipam/ip-addresses": [
                {"id": "a1", "address": "10.0.0.1/24", "interfaces": [port], "parent": parent}
            ],
            "dcim/devices": [{"id": "d1", "name": "sw1"}],
            "ipam/prefixes": [{"id": "p1", "vrfs": [{"id": "v1", "name": "blue"}]}],
        }
    )
    page = (await fake.source(graphql=False).read([Match(CATALOG["ipam.ipaddress"], limit=5)]))[0]
    [address] = page.rows
    assert address["assigned"][0]["of"] == {"id": "d1", "name": "sw1", "type": "dcim.device"}
    assert address["vrf"] == [{"id": "v1", "name": "blue"}]


def breakout(*lanes: str) -> dict[str, Any]:
    """A port whose paths end at ports of these ids, as GraphQL gives it."""
    first = {"id": lanes[0], "name": lanes[0], "__typename": "InterfaceType"}
    told = {"app_label": "dcim", "model": "interface"}
    paths = [{"destination_type": told, "destination_id": lane} for lane in lanes]
    paths.append({"destination_type": None, "destination_id": None})
    return {"id": "i1", "name": "eth1", "connected_endpoint": first, "cable_paths": paths}


@pytest.mark.parametrize(("lanes", "documents"), [(("i2",), 1), (("i2", "i2"), 1), (("i2", "i3", "i4"), 2)])
async def test_all_far_ends_of_a_breakout_are_named_by_one_more_document(
    lanes: tuple[str, ...], documents: int
) -> None:
    owner = {"id": "d2", "name": "sw2", "__typename": "DeviceType"}
    others = [
        {"id": f"i{n}", "name": f"eth{n}", "device": owner, "__typename": "InterfaceType"} for n in (2, 3, 4)
    ]
    fake = FakeNautobot(lists={"interfaces": [breakout(*lanes), *others]})
    [page] = await fake.source().read([ByIds(INTERFACE, ("i1",), frozenset({LINKS}))])
    ends = page.rows[0]["connected_to"]
    assert {end["id"] for end in ends} == set(lanes)
    assert len(fake.documents) == documents
    assert documents == 1 or all(end["of"]["name"] == "sw2" for end in ends)


async def test_far_ends_that_may_not_be_seen_are_left_out() -> None:
    fake = FakeNautobot(lists={"interfaces": [breakout("i1", "gone")]})
    [page] = await fake.source().read([ByIds(INTERFACE, ("i1",), frozenset({LINKS}))])
    assert [end["id"] for end in page.rows[0]["connected_to"]] == ["i1"]


@pytest.mark.parametrize(("lanes", "warned"), [(1, False), (4, True)])
async def test_rest_says_that_it_tells_one_lane_of_a_breakout(lanes: int, *, warned: bool) -> None:
    port = {"id": "i1", "name": "eth1", "cable": {"id": "c", "label": "", "total_lanes": lanes}}
    fake = FakeNautobot(tables={"dcim/interfaces": [port]})
    account = open_receipt()
    await fake.source(graphql=False).read([Match(INTERFACE, limit=5, facets=frozenset({LINKS}))])
    assert any("breakout" in words for words in account.warnings) is warned


async def test_the_status_names_version_user_and_what_may_be_read() -> None:
    fake = FakeNautobot(
        forbidden={"ip_addresses"},
        counts={f"{app}/{name}": 1 for app, name in (each.split("/") for each in _ENDPOINTS)},
        tables={"users/tokens": [{"id": "t", "display": "abc123 (noc)"}]},
    )

    async def get(path: str, params: Any = ()) -> Any:
        if path == "/api/status/":
            return {"nautobot-version": "3.2.7", "nautobot-apps": {"bgp": "1.0"}}
        return await FakeNautobot.get(fake, path, params)

    source = fake.source()
    source.http.get = get  # type: ignore[method-assign]
    status = await source.status()
    assert (status.version, status.user, status.graphql) == ("3.2.7", "noc", True)
    assert status.notes == [
        "location types: regions are Region; sites are Site; locations are Room",
        "app bgp 1.0",
    ]
    assert status.readable["ipam.ipaddress"] is False
    assert status.readable["dcim.device"] is True
    assert source.link(DEVICE, "d1") == "http://nautobot/dcim/devices/d1/"


_ENDPOINTS = (
    "dcim/devices",
    "dcim/interfaces",
    "dcim/racks",
    "dcim/cables",
    "ipam/vlans",
    "ipam/prefixes",
    "ipam/ip-addresses",
    "circuits/circuits",
    "tenancy/tenants",
    "virtualization/virtual-machines",
)
