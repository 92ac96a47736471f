"""What NetBoxes differ in between versions is noticed, and no filter is sent that NetBox would ignore."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from demo.server import DEMO_TOKEN, DemoServer
from sources.catalog import Kind, ObjectType
from sources.errors import BadFilter, NotFound
from sources.http import Connection
from sources.netbox.adapter import NetBoxSource
from sources.netbox.words import WORDS
from sources.receipt import open_receipt
from sources.source import ByIds, Condition, Match
from sources.types import CATALOG
from sources.where import filter_names, kind_of, parse_where

DEVICE, SITE, RACK = CATALOG["dcim.device"], CATALOG["dcim.site"], CATALOG["dcim.rack"]
LOOKUPS = ("", "n", "null", "ic", "ie", "isw", "re", "gt")
VALUES = {Kind.BOOL: "true", Kind.DATE: "2026-01-01"}


class Altered(NetBoxSource):
    """The demo's NetBox, as an older version is: what is asked of it can be answered otherwise."""

    def __init__(self, url: str) -> None:
        super().__init__("netbox", Connection(url, f"Token {DEMO_TOKEN}"))
        self.documents: list[str] = []
        self.understood = "no document has this"
        self.answers: dict[str, Any] = {}
        self._ask_rest = self.http.get
        self.http.get = self._get  # type: ignore[method-assign]
        self.http.post = self._post  # type: ignore[method-assign]

    async def _get(self, path: str, params: Sequence[tuple[str, str]] = (), **how: Any) -> Any:
        asked = next((answer for name, answer in self.answers.items() if name in (path, *dict(params))), None)
        return await self._ask_rest(path, params, **how) if asked is None else asked

    async def _post(self, _path: str, body: dict[str, Any]) -> Any:
        self.documents.append(body["query"])
        if self.understood not in body["query"]:
            return {"data": None, "errors": [{"message": "Unknown argument 'pagination'"}]}
        return {"data": {"site_list": []}}


@pytest.fixture
async def altered(demo: DemoServer) -> AsyncIterator[Altered]:
    source = Altered(demo.url)
    yield source
    await source.close()


def conditions(type_: ObjectType) -> list[Condition]:
    """Every filter of a type with every lookup, whether it means anything or not."""
    return [
        Condition(key, lookup, ("true",) if lookup == "null" else (VALUES.get(kind_of(type_, key), "1"),))
        for key in sorted(filter_names(type_))
        for lookup in LOOKUPS
    ]


@pytest.mark.parametrize("type_", [CATALOG[name] for name in WORDS], ids=WORDS)
async def test_no_filter_is_sent_that_netbox_does_not_know(altered: Altered, type_: ObjectType) -> None:
    digest = await altered._schema.digest()
    sent = []
    for condition in conditions(type_):
        try:
            sent += await altered.translate(type_, [condition])
        except BadFilter:
            continue
    assert sent
    assert {name for name, _ in sent} - digest.filters[WORDS[type_.name].endpoint] == set()


@pytest.mark.parametrize(
    ("name", "where", "expected"),
    [
        ("dcim.interface", {"enabled__n": True}, ("enabled", ("false",))),
        ("dcim.interface", {"cabled": False}, ("cabled", ("false",))),
        ("dcim.cable", {"length_unit": "m"}, ("length_unit", ("m",))),
        ("circuits.circuittermination", {"term_side": "a"}, ("term_side", ("A",))),
        ("ipam.prefix", {"prefix__ie": "10.0.0.0/8"}, ("prefix", ("10.0.0.0/8",))),
        ("ipam.vlangroup", {"site": "7"}, ("site", ("7",))),
        ("dcim.device", {"rack": None}, ("rack_id", ("null",))),
        ("dcim.device", {"rack": "not null"}, ("rack_id__n", ("null",))),
    ],
)
async def test_a_filter_is_said_in_netboxs_words(
    altered: Altered, name: str, where: dict[str, Any], expected: tuple[str, tuple[str, ...]]
) -> None:
    type_ = CATALOG[name]
    assert await altered.translate(type_, parse_where(type_, where)) == (expected,)


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("dcim.interface", {"untagged_vlan": None}),
        ("dcim.interface", {"tagged_vlans__n": "7"}),
        ("dcim.cable", {"site__n": "1"}),
        ("ipam.ipaddress", {"device__n": "1"}),
        ("ipam.prefix", {"prefix__ic": "10."}),
        ("ipam.ipaddress", {"address__isw": "10."}),
    ],
)
async def test_a_filter_that_would_find_everything_is_refused(
    altered: Altered, name: str, where: dict[str, Any]
) -> None:
    with pytest.raises(BadFilter, match="have no filter"):
        await altered.translate(CATALOG[name], parse_where(CATALOG[name], where))


async def test_several_sites_of_vlan_groups_are_refused_where_only_the_last_may_count(
    altered: Altered,
) -> None:
    group = CATALOG["ipam.vlangroup"]
    with pytest.raises(BadFilter, match="one value at a time"):
        await altered.translate(group, parse_where(group, {"site": ["1", "2"]}))


async def test_the_site_of_vlan_groups_is_their_scope_in_graphql(altered: Altered) -> None:
    [page] = await altered.read([Match(CATALOG["ipam.vlangroup"], (("site", ("1",)),))])
    assert page.total == 1
    scope = '{scope_type:{app_label:{exact:"dcim"},model:{exact:"site"}},scope_id:"1"}'
    assert f"vlan_group_list(filters:{scope}," in altered.documents[0]


async def test_graphql_in_other_words_is_left_alone_after_one_look(altered: Altered) -> None:
    pages = await altered.read([Match(SITE), ByIds(DEVICE, ("1", "2"))])
    assert [page.total for page in pages][1:] == [2]
    assert pages[0].total > 2
    asked = len(altered.documents)
    assert asked == 2
    await altered.read([Match(CATALOG["ipam.vlan"]), ByIds(DEVICE, ("3",))])
    assert len(altered.documents) == asked
    assert (await altered.status()).graphql is False


async def test_graphql_stays_where_only_one_list_is_refused(altered: Altered) -> None:
    altered.understood = "site_list(filters:{id:"
    [page] = await altered.read([ByIds(DEVICE, ("1",))])
    assert page.total == 1
    assert (await altered.status()).graphql is True


async def test_types_are_named_alike_where_netbox_tells_only_their_lists(altered: Altered) -> None:
    without_endpoints = {"count": 1, "results": [{"app_label": "dcim", "model": "inventoryitem"}]}
    altered.answers = {
        "/api/core/object-types/": without_endpoints,
        "/api/extras/object-types/": without_endpoints,
        "/api/": {"dcim": "", "vpn": "", "plugins": "", "status": ""},
        "/api/dcim/": {"inventory-items": "", "device-bays": "", "devices": "", "connected-device": ""},
        "/api/vpn/": {"ike-policies": ""},
        "/api/plugins/": {"installed-plugins": "", "gizmos": ""},
        "/api/plugins/gizmos/": {"small-boxes": ""},
    }
    found = (await altered.catalog(whole=True)).types.keys() - CATALOG.types.keys()
    assert found == {"dcim.inventoryitem", "dcim.devicebay", "vpn.ikepolicy", "gizmos.smallbox"}


async def test_a_netbox_that_cannot_find_missing_values_says_so(altered: Altered) -> None:
    [told] = await altered.translate(DEVICE, [Condition("cf_support_tier", "null", ("true",))])
    assert told == ("cf_support_tier__empty", ("true",))
    older = Altered(altered.http.base)
    older.answers = {"cf_support_tier__empty": {"count": 0, "results": []}}
    with pytest.raises(BadFilter, match="cannot tell which devices have no cf_support_tier"):
        await older.translate(DEVICE, [Condition("cf_support_tier", "null", ("true",))])
    await older.close()


async def test_values_that_a_negated_filter_leaves_out_are_warned_of(altered: Altered) -> None:
    receipt = open_receipt()
    await altered.translate(DEVICE, [Condition("cf_support_tier", "n", ("gold",))])
    assert receipt.warnings == []
    older = Altered(altered.http.base)
    older.answers = {"cf_support_tier__n": {"count": 3, "results": []}}
    await older.translate(DEVICE, [Condition("cf_support_tier", "n", ("gold",))])
    assert any("without a value of cf_support_tier are left out" in each for each in receipt.warnings)
    await older.close()


class Older(Altered):
    """The demo's NetBox as one that has no rack groups: neither as a list nor as a field of racks."""

    gone = "/api/dcim/rack-groups/"

    async def _get(self, path: str, params: Sequence[tuple[str, str]] = (), **how: Any) -> Any:
        if path == self.gone:
            raise NotFound(f"nothing at {path}")
        return await super()._get(path, params, **how)

    async def _post(self, _path: str, body: dict[str, Any]) -> Any:
        query = body["query"]
        self.documents.append(query)
        unknown = {
            "rack_group_list": ("rack_group_list", "Query"),
            " group{id name} status": ("group", "RackType"),
        }
        errors = [
            {"message": f"Cannot query field '{field}' on type '{type_}'."}
            for words, (field, type_) in unknown.items()
            if words in query
        ]
        if errors:
            return {"data": None, "errors": errors}
        lists = re.findall(r"(\w+):(\w+)_list\(", query)
        return {"data": {alias: [{"id": "7", "name": "R7"}] for alias, _ in lists}}


@pytest.fixture
async def older(demo: DemoServer) -> AsyncIterator[Older]:
    source = Older(demo.url)
    yield source
    await source.close()


async def test_a_field_of_later_versions_is_left_out_of_graphql_once_it_is_refused(older: Older) -> None:
    [page] = await older.read([ByIds(RACK, ("7",))])
    assert [(row["name"], row["group"]) for row in page.rows] == [("R7", None)]
    [page] = await older.read([ByIds(RACK, ("8",))])
    assert page.total == 1
    asked = [query for query in older.documents if "rack_list(filters" in query]
    assert [" group{" in query for query in asked] == [True, False, False]


async def test_a_type_of_later_versions_is_not_in_the_catalog_of_an_older_one(older: Older) -> None:
    assert "dcim.rackgroup" in await older.catalog()
    await older.prepare()
    catalog = await older.catalog()
    assert "dcim.rackgroup" not in catalog
    assert "group" not in catalog["dcim.rack"].fields
    assert set(catalog["dcim.rack"].fields) == set(RACK.fields) - {"group"}


async def test_without_graphql_a_type_of_later_versions_has_no_rows_and_is_then_not_known(
    demo: DemoServer,
) -> None:
    older = Older(demo.url)
    older._graphql.usable = False
    groups = (await older.catalog())["dcim.rackgroup"]
    [page] = await older.read([Match(groups)])
    assert (page.rows, page.total) == ([], 0)
    assert "dcim.rackgroup" not in await older.catalog()
    older.gone = "/api/dcim/regions/"
    with pytest.raises(NotFound):
        await older.read([Match(CATALOG["dcim.region"])])
    await older.close()


async def test_what_nobody_can_ask_netbox_for_leads_nowhere(altered: Altered) -> None:
    catalog = await altered.catalog()
    assert "rack_groups" not in catalog["dcim.site"].relations
    assert "racks" in catalog["dcim.rackgroup"].relations
    assert catalog["dcim.rackgroup"].absent == {"site", "location", "parent"}
    assert "namespace" in catalog["ipam.vrf"].fields
