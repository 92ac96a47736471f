"""The word table of Nautobot, held against the catalog."""

from __future__ import annotations

import re

import pytest

from sources.catalog import Kind
from sources.nautobot.literals import Literal, literal, literals
from sources.nautobot.places import Level, Places, PlaceType, levels_of
from sources.nautobot.rows import selection
from sources.nautobot.survey import survey_of
from sources.nautobot.words import NO_FILTER, WORDS, rest_order, word
from sources.types import CATALOG
from sources.values import enum_value
from tests.sources.nautobots import LOCATION_TYPES, LOCATIONS, ROOM_A, SITE_A

TYPES = sorted(WORDS)


def test_only_site_groups_are_unknown_to_nautobot() -> None:
    assert set(CATALOG.types) - set(WORDS) == {"dcim.sitegroup"}
    assert set(WORDS) <= set(CATALOG.types)


@pytest.mark.parametrize("name", TYPES)
def test_the_table_names_nothing_that_the_catalog_lacks(name: str) -> None:
    type_, words = CATALOG[name], WORDS[name]
    filters = set(type_.fields) | set(type_.scopes) | set(type_.flags) | set(type_.searches)
    assert set(words.fields) <= set(type_.fields)
    assert set(words.filters) | set(words.through) <= filters
    assert set(words.children) <= set(type_.relations)
    assert words.required - {"status"} <= set(type_.fields)


@pytest.mark.parametrize("name", TYPES)
def test_a_selection_is_balanced_and_reads_the_id(name: str) -> None:
    type_ = CATALOG[name]
    text = " ".join(selection(type_, frozenset(f.facet for f in type_.fields.values())))
    assert text.startswith("id ")
    assert text.count("{") == text.count("}")
    for lacked in WORDS[name].lacks & set(type_.fields):
        assert word(type_, lacked).absent


@pytest.mark.parametrize("name", TYPES)
def test_every_field_has_a_place_in_a_row_and_a_way_to_be_missing(name: str) -> None:
    type_ = CATALOG[name]
    for field in type_.fields.values():
        held = word(type_, field.name)
        if held.absent:
            assert held.filter == NO_FILTER
            continue
        assert held.paths
        assert held.select
        assert re.fullmatch(r"!?\w+|-|", held.null)
        if (
            field.kind in (Kind.REF, Kind.INT)
            and held.filter != NO_FILTER
            and not (held.level or held.placed)
        ):
            assert held.null, f"{field.name} needs a filter for those without one"


def test_two_catalog_types_share_a_table_only_apart() -> None:
    for name, words in WORDS.items():
        twins = [each for other, each in WORDS.items() if other != name and each.endpoint == words.endpoint]
        for twin in twins:
            assert (twin.standing, twin.level) != (words.standing, words.level)


def test_aggregates_are_prefixes_with_an_rir() -> None:
    assert WORDS["ipam.aggregate"].standing == (("has_rir", ("true",)),)
    assert WORDS["ipam.prefix"].standing == (("has_rir", ("false",)),)


def test_an_order_for_rest_never_leaves_two_rows_equal() -> None:
    assert rest_order(CATALOG["dcim.device"], ("-position",)) == "-position,id"
    assert rest_order(CATALOG["dcim.device"], ()) == "name,id"
    assert rest_order(CATALOG["dcim.interface"], ()) == "device,name,id"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("A_1000BASE_T", "1000base-t"),
        ("A_2_5GBASE_T", "2.5gbase-t"),
        ("IEEE802_11AC", "ieee802.11ac"),
        ("NEMA_15_20P", "nema-15-20p"),
        ("A_100GBASE_X_QSFP28", "100gbase-x-qsfp28"),
        ("A_4_POST_FRAME", "4-post-frame"),
        ("TAGGED_ALL", "tagged-all"),
        ("MRJ21_TRUNK", "mrj21-trunk"),
        ("CISCO_STACKWISE_80G", "cisco-stackwise-80g"),
        ("A_19", "19"),
    ],
)
def test_an_enum_name_gives_its_choice_back(name: str, value: str) -> None:
    assert enum_value(name) == value


def test_literals_are_typed_by_what_is_filtered() -> None:
    kinds = literals(
        CATALOG["dcim.interface"],
        [
            "name",
            "mtu",
            "mtu__gte",
            "enabled",
            "has_cable",
            "vlan",
            "vlan_id",
            "lag__isnull",
            "cf_tier",
            "cf_n",
        ],
        {"tier": "select", "n": "integer"},
    )
    assert [kinds[n] for n in ("mtu", "mtu__gte", "vlan", "cf_n")] == [Literal.NUMBER] * 4
    assert [kinds[n] for n in ("enabled", "has_cable", "lag__isnull")] == [Literal.BOOL] * 3
    assert [kinds[n] for n in ("name", "vlan_id", "cf_tier")] == [Literal.TEXT] * 3


def test_literals_quote_what_would_leave_the_string() -> None:
    assert literal(["10"], Literal.NUMBER) == "10"
    assert literal(["10", "x"], Literal.NUMBER) == '[10,"x"]'
    assert literal(["true"], Literal.BOOL) == "true"
    assert literal(['a"){id}#\n'], None) == r'"a\"){id}#\n"'


class TestPlaces:
    places: Places = survey_of({"s_types": LOCATION_TYPES, "s_places": LOCATIONS}, ["site"]).places

    def test_the_site_type_is_found_in_any_case(self) -> None:
        assert self.places.level(SITE_A) is Level.SITE
        assert self.places.level(ROOM_A) is Level.LOCATION
        assert self.places.level("place-r") is Level.REGION
        assert self.places.level("elsewhere") is None

    def test_a_thing_is_in_the_places_that_enclose_it(self) -> None:
        assert self.places.nearest(ROOM_A, Level.SITE) == {"id": SITE_A, "name": "Akron"}
        assert self.places.nearest(ROOM_A, Level.LOCATION) == {"id": ROOM_A, "name": "Room 1"}
        assert self.places.nearest(ROOM_A, Level.REGION) == {"id": "place-r", "name": "Ohio"}
        assert self.places.nearest(SITE_A, Level.LOCATION) is None
        assert self.places.nearest("place-r", Level.SITE) is None

    def test_the_outermost_places_cover_a_level(self) -> None:
        assert self.places.outermost(Level.SITE) == (SITE_A, "place-b")
        assert self.places.outermost(None) == ("place-r",)

    def test_without_a_site_type_the_topmost_that_hold_devices_are_sites(self) -> None:
        levels = levels_of(
            [
                PlaceType("1", "Country", None, holds_devices=False),
                PlaceType("2", "Campus", "1", holds_devices=True),
                PlaceType("3", "Floor", "2", holds_devices=True),
            ],
            ["Site"],
        )
        assert levels == {"1": Level.REGION, "2": Level.SITE, "3": Level.LOCATION}

    def test_each_tree_has_its_own_sites(self) -> None:
        levels = levels_of(
            [
                PlaceType("1", "Region", None, holds_devices=False),
                PlaceType("2", "Site", "1", holds_devices=True),
                PlaceType("3", "Ship", None, holds_devices=True),
                PlaceType("4", "Deck", "3", holds_devices=True),
            ],
            ["Site"],
        )
        assert levels == {"1": Level.REGION, "2": Level.SITE, "3": Level.SITE, "4": Level.LOCATION}

    def test_a_ring_of_parents_ends(self) -> None:
        levels = levels_of(
            [PlaceType("1", "A", "2", holds_devices=False), PlaceType("2", "B", "1", holds_devices=False)],
            ["Site"],
        )
        assert set(levels.values()) == {Level.REGION}
