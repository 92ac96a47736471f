"""Filters that NetBox would ignore are refused, and a field that GraphQL did not read is not looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from sources.errors import BadFilter
from sources.http import Connection
from sources.netbox.adapter import NetBoxSource
from sources.netbox.customized import chosen, custom_filter
from sources.source import Condition, Match, NativeFilters
from sources.types import CATALOG
from sources.where import parse_where

DEVICE, ADDRESS = CATALOG["dcim.device"], CATALOG["ipam.ipaddress"]


def listing(*filters: str) -> dict[str, Any]:
    return {"get": {"parameters": [{"name": name, "in": "query"} for name in filters]}}


SCHEMA = {
    "paths": {
        "/api/ipam/ip-addresses/": listing("assigned", "vrf_id"),
        "/api/dcim/interfaces/": listing("vlan", "vlan_id", "name"),
        "/api/dcim/devices/": listing("name", "tag"),
    }
}


async def schema(path: str, params: Sequence[tuple[str, str]] = (), *, patience: int = 1) -> Any:
    assert path == "/api/schema/"
    return SCHEMA


def netbox() -> NetBoxSource:
    source = NetBoxSource("netbox", Connection("http://netbox", "Token x"))
    source.http.get = schema  # type: ignore[method-assign]
    return source


async def native(name: str, where: Mapping[str, Any]) -> NativeFilters:
    type_ = CATALOG[name]
    return await netbox().translate(type_, parse_where(type_, where))


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("dcim.interface", {"untagged_vlan": None}),
        ("dcim.interface", {"tagged_vlans": "not null"}),
        ("dcim.device", {"parent_device": None}),
        ("dcim.device", {"tag": None}),
        ("dcim.device", {"name__exact": "null"}),
        ("dcim.device", {"name__re": "["}),
    ],
)
async def test_what_netbox_would_ignore_or_stumble_over_is_refused(name: str, where: dict[str, Any]) -> None:
    with pytest.raises(BadFilter):
        await native(name, where)


async def test_addresses_on_nothing_have_a_filter_of_their_own() -> None:
    assert await native("ipam.ipaddress", {"assigned": None}) == (("assigned", ("false",)),)
    assert await native("ipam.ipaddress", {"assigned": "not null"}) == (("assigned", ("true",)),)


async def test_a_filter_that_is_none_is_never_its_own_suggestion() -> None:
    with pytest.raises(BadFilter) as caught:
        await native("dcim.interface", {"untagged_vlan": 10})
    assert "untagged_vlan" not in caught.value.candidates
    assert 'group_by="untagged_vlan"' in caught.value.in_words()


def test_json_cannot_be_filtered_by() -> None:
    known = {"meta": {"type": "json", "filter_logic": "loose"}}
    with pytest.raises(BadFilter, match="cannot be filtered"):
        custom_filter(DEVICE, Condition("cf_meta", values=("a",)), known)


def test_a_choice_is_known_by_its_value_or_its_label_and_no_other() -> None:
    choices = {"gold": "Gold Tier", "very-low": "Very low / none"}
    asked = Condition("cf_tier", values=("Gold Tier", "VERY-LOW"))
    assert chosen(DEVICE, asked, choices).values == ("gold", "very-low")
    part = Condition("cf_tier", "ic", ("go",))
    assert chosen(DEVICE, part, choices) == part
    with pytest.raises(BadFilter) as caught:
        chosen(DEVICE, Condition("cf_tier", values=("golden",)), choices)
    assert "gold" in caught.value.candidates


async def test_tags_alone_are_read_by_graphql(monkeypatch: pytest.MonkeyPatch) -> None:
    source = netbox()

    async def rows(reads: Sequence[Any]) -> list[list[dict[str, Any]]]:
        return [[{"id": "1", "tags": [{"id": "2", "name": "edge"}]}] for _ in reads]

    monkeypatch.setattr(source._graphql, "read", rows)
    [page] = await source.read([Match(DEVICE, facets=frozenset({"extra"}), only=frozenset({"tags"}))])
    assert [row["id"] for row in page.rows] == ["1"]
