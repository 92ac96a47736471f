"""Filters with the names of other objects: which names are looked up, and what takes their place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.tool import Briefing, Found, Lookup, Window, bound, where_lookups
from sources.errors import BadFilter
from sources.source import Condition
from sources.types import CATALOG
from sources.where import LOOKUPS, parse_where

DEVICE, SITE, VLAN = (CATALOG[name] for name in ("dcim.device", "dcim.site", "ipam.vlan"))


def lookups(where: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = where_lookups(DEVICE, parse_where(DEVICE, where), CATALOG)
    return [(each.tiers[0][0].name, each.text, each.search) for each in found]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"site": "Akron"}, [("dcim.site", "Akron", "")]),
        ({"sites": ["Akron", "Boston"]}, [("dcim.site", "Akron", ""), ("dcim.site", "Boston", "")]),
        ({"site_id": 3}, [("dcim.site", "3", "")]),
        ({"site__n": "Akron"}, [("dcim.site", "Akron", "")]),
        ({"site__ic": "ak"}, [("dcim.site", "ak", "ic")]),
        ({"site__nic": "ak"}, [("dcim.site", "ak", "ic")]),
        ({"site__startswith": "ak"}, [("dcim.site", "ak", "isw")]),
        ({"region": "Ohio"}, [("dcim.region", "Ohio", "")]),
        ({"tag": "critical"}, [("extras.tag", "critical", "")]),
        ({"site": None}, []),
        ({"site": "not null"}, []),
        ({"name": "x", "status": "active", "position__gte": 3, "cf_x": "y", "q": "z"}, []),
    ],
    ids=str,
)
def test_names_of_other_objects_are_looked_up(
    where: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert lookups(where) == expected


@pytest.mark.parametrize(
    ("type_", "spelled", "meant"),
    [
        ("dcim.rack", "rack_group", "group"),
        ("ipam.vlan", "vlan_group", "group"),
        ("tenancy.tenant", "tenant_group", "group"),
        ("circuits.circuit", "circuit_type", "type"),
        ("virtualization.virtualmachine", "virtual_machine_role", "role"),
        ("dcim.device", "tenant_group", "tenant_group"),
        ("dcim.device", "device_type", "device_type"),
        ("dcim.device", "device_name", "device_name"),
        ("ipam.vlan", "vlan_id", "vlan_id"),
    ],
)
def test_a_reference_is_known_by_the_name_of_its_type_before_it_too(
    type_: str, spelled: str, meant: str
) -> None:
    [condition] = parse_where(CATALOG[type_], {spelled: "x"})
    assert condition.key == meant


def resolved(where: dict[str, Any], ids: dict[str, list[str]]) -> list[Condition]:
    conditions = parse_where(DEVICE, where)
    found = {
        each.key: [Found(SITE, {"id": id_, "name": each.text}) for id_ in ids[each.text]]
        for each in where_lookups(DEVICE, conditions, CATALOG)
    }
    return list(bound(conditions, found))


def test_ids_take_the_place_of_names() -> None:
    [site, name] = resolved(
        {"site": ["Akron", "Boston"], "name__ic": "sw"}, {"Akron": ["1"], "Boston": ["2"]}
    )
    assert (site.key, site.lookup, site.values) == ("site", "", ("1", "2"))
    assert [ref["name"] for ref in site.refs] == ["Akron", "Boston"]
    assert name == Condition("name", "ic", ("sw",))


def test_a_text_lookup_becomes_the_ids_that_it_found() -> None:
    assert resolved({"site__ic": "o"}, {"o": ["1", "2"]})[0].values == ("1", "2")
    [nothing] = resolved({"site__ic": "o"}, {"o": []})
    assert (nothing.lookup, nothing.values) == ("", ())


@pytest.mark.parametrize("lookup", ["n", "nic", "nisw", "nie", "niew"])
def test_a_negation_stays_one(lookup: str) -> None:
    [condition] = resolved({f"site__{lookup}": "o"}, {"o": ["1", "2"]})
    assert (condition.lookup, condition.values) == ("n", ("1", "2"))


def test_an_object_that_two_names_mean_is_meant_once() -> None:
    assert resolved({"site": ["Akron", "akron"]}, {"Akron": ["1"], "akron": ["1"]})[0].values == ("1",)


def test_emptiness_needs_no_names() -> None:
    assert resolved({"site": None}, {}) == [Condition("site", "null", ("true",))]
    assert resolved({"site": "not null"}, {}) == [Condition("site", "null", ("false",))]


@pytest.mark.parametrize(("spelled", "meant"), sorted(LOOKUPS.items()))
def test_every_spelling_of_a_lookup_is_understood(spelled: str, meant: str) -> None:
    name = "position" if meant in ("gt", "gte", "lt", "lte") else "name"
    value = "true" if meant == "null" else "1"
    assert parse_where(DEVICE, {f"{name}__{spelled}": value}) == [Condition(name, meant, (value,))]


@pytest.mark.parametrize(
    "where",
    [
        {"name": []},
        {"name": " "},
        {"name": object()},
        {"name": {"a": 1}},
        {"name": ["a", None]},
        {"name": [str(n) for n in range(10_001)]},
        {"status__ic": "x"},
        {"position__ic": "x"},
        {"site__gt": "x"},
        {"has_primary_ip": "x"},
        {"has_primary_ip__gt": True},
        {"vc_position": "one"},
        {"tenant__null": "x"},
    ],
    ids=lambda where: str(where)[:40],
)
def test_what_cannot_mean_anything_is_refused_with_what_could(where: dict[str, Any]) -> None:
    with pytest.raises(BadFilter) as error:
        parse_where(DEVICE, where)
    assert error.value.hint
    assert next(iter(where)).partition("__")[0] in error.value.what


VALUES = st.one_of(st.text(max_size=8), st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False))


@given(
    st.dictionaries(
        st.text(max_size=12),
        VALUES | st.lists(VALUES, max_size=4) | st.dictionaries(st.text(), VALUES),
        max_size=4,
    )
)
def test_any_filters_are_read_or_refused_in_words(where: dict[str, Any]) -> None:
    for type_ in (DEVICE, VLAN):
        try:
            conditions = parse_where(type_, where)
        except BadFilter as error:
            assert error.in_words()  # noqa: PT017  # refusing is one of two good ends
        else:
            assert len(conditions) == len(where)
            assert all(
                each.values and all(isinstance(value, str) for value in each.values) for each in conditions
            )


def test_a_window_is_of_one_section_or_of_all() -> None:
    assert Window().wants("a")
    assert Window().start("a") == 0
    window = Window("a", 5)
    assert (window.wants("a"), window.wants("b")) == (True, False)
    assert (window.start("a"), window.start("b")) == (5, 0)


def test_a_name_of_two_spellings_is_looked_for_by_both() -> None:
    assert Lookup("k", "12", (), also=("Site 12",)).spellings == ("12", "Site 12")
    assert Lookup("k", "12", ()).spellings == ("12",)


def test_a_briefing_gives_the_object_that_was_found() -> None:
    found = Found(SITE, {"id": "1"})
    assert Briefing(CATALOG, {"object": [found]}).one("object") is found
