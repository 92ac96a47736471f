"""The words and numbers that tools share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.types import CATALOG
from tools.wording import counted, listed, natural, title_of, vlan_numbers, where_in_words

VIDS = st.lists(st.integers(1, 4094), max_size=60)


def spelled_out(text: str | None) -> list[int]:
    found: list[int] = []
    for part in text.split(",") if text else ():
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


@given(VIDS)
def test_folded_numbers_name_each_vlan_once(vids: list[int]) -> None:
    folded = vlan_numbers([{"id": str(vid), "vid": vid} for vid in vids])
    assert spelled_out(folded) == sorted(set(vids))
    assert (folded is None) == (not vids)


def test_numbers_are_folded_where_three_or_more_follow_each_other() -> None:
    assert vlan_numbers([{"vid": vid} for vid in (10, 20, 21, 22, 23, 30)]) == "10,20-23,30"


def test_vlans_whose_number_is_hidden_are_named() -> None:
    assert (
        vlan_numbers([{"id": "1", "vid": 10}, {"id": "2", "name": "Guests"}, {"id": "3", "name": None}])
        == "10,Guests,#3"
    )


@given(st.lists(st.text(max_size=12), max_size=12))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    assert sorted(sorted(names, key=natural)) == sorted(names)


@given(st.text(alphabet="abc/-.", max_size=6), st.lists(st.integers(0, 10**6), min_size=2, max_size=8))
def test_ports_are_sorted_by_number(stem: str, numbers: list[int]) -> None:
    names = sorted((f"{stem}{number}" for number in numbers), key=natural)
    assert names == [f"{stem}{number}" for number in sorted(numbers)]


@pytest.mark.parametrize(
    "names",
    [
        ["Gi1/0/2", "Gi1/0/10"],
        ["Gi1/0/48", "Gi2/0/1"],
        ["eth2", "eth10", "eth10.5"],
        ["", "a", "a1"],
        ["x²", "x²3"],
    ],
)
def test_the_order_of_ports(names: list[str]) -> None:
    assert sorted(set(names), key=natural) == names


def test_counts_are_in_words() -> None:
    assert counted(1, CATALOG["ipam.prefix"]) == "1 prefix"
    assert counted(1_240, CATALOG["ipam.prefix"]) == "1,240 prefixes"


def test_titles_tell_unnamed_things_by_id_and_vlans_by_number() -> None:
    assert title_of(CATALOG["dcim.device"], {"id": "7", "name": None}) == "#7"
    assert title_of(CATALOG["ipam.vlan"], {"id": "7", "name": "Servers", "vid": 100}) == "100 Servers"


def test_filters_are_told_as_people_would() -> None:
    where = {
        "site": "Akron",
        "name__ic": "sw",
        "status__n": ["planned", "failed"],
        "tenant": None,
        "mtu__gte": 9000,
    }
    assert where_in_words(where) == (
        "site Akron, name contains sw, status not planned, failed, tenant none, mtu >= 9000"
    )
    assert where_in_words(None) == where_in_words({}) == ""


@given(st.lists(st.text(min_size=1, max_size=10), max_size=30))
def test_a_long_list_says_how_much_is_left_out(names: list[str]) -> None:
    shown = listed(names)
    if len(names) > 5:
        assert shown.endswith(f" and {len(names) - 5} more")
    else:
        assert shown == ", ".join(names)


def test_ten_thousand_values_of_a_filter_stay_short() -> None:
    assert len(where_in_words({"name": [f"device-{n}" for n in range(10_000)]})) < 200
