"""The difference of two sets of records: empty for equal ones, symmetric, and nothing is missed or made up."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from orchestration.cells import folded
from tools.differences import Comparison, Difference, compared, keyed, parted

VALUES = (
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["a", "b", "1"]) | st.just(["a", "b"])
)
RECORDS = st.dictionaries(
    st.sampled_from([f"Gi1/0/{at}" for at in range(8)]),
    st.dictionaries(st.sampled_from(["mode", "mtu", "lag"]), VALUES),
)


def mirrored(found: Comparison) -> Comparison:
    fields = tuple(Difference(each.field, each.right, each.left, each.keys) for each in found.fields)
    return Comparison(fields, found.only_right, found.only_left, found.alike)


def same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and one == other


@given(RECORDS)
def test_equal_things_do_not_differ(records: dict[str, dict[str, Any]]) -> None:
    assert compared(records, dict(reversed(records.items()))) == Comparison((), (), (), len(records))


@given(RECORDS, RECORDS)
def test_it_is_symmetric(left: dict[str, dict[str, Any]], right: dict[str, dict[str, Any]]) -> None:
    assert compared(right, left) == mirrored(compared(left, right))


@given(RECORDS, RECORDS)
def test_every_difference_is_found_and_none_is_made_up(
    left: dict[str, dict[str, Any]], right: dict[str, dict[str, Any]]
) -> None:
    found = compared(left, right)
    told = {(key, each.field): (each.left, each.right) for each in found.fields for key in each.keys}
    assert len(told) == sum(len(each.keys) for each in found.fields), "none is told twice"
    for key in left.keys() & right.keys():
        for name in left[key].keys() | right[key].keys():
            one, other = left[key].get(name), right[key].get(name)
            assert ((key, name) in told) is not same(one, other)
            if (key, name) in told:
                assert same(told[key, name][0], one)
                assert same(told[key, name][1], other)
    assert set(found.only_left) == left.keys() - right.keys()
    assert set(found.only_right) == right.keys() - left.keys()
    assert len(told.keys() | {(key, "") for key in found.only_left}) >= len(found.only_left)
    differing = {key for key, _ in told}
    assert found.alike == len(left.keys() & right.keys()) - len(differing)


def test_what_differs_alike_is_one() -> None:
    left = {f"Gi1/0/{at}": {"mode": "access", "mtu": 1500} for at in range(1, 41)}
    right = {key: {"mode": "tagged", "mtu": 1500} for key in left}
    right["Gi1/0/7"] = {"mode": "tagged", "mtu": 9000}
    first, second = compared(left, right).fields
    assert (first.field, first.left, first.right, len(first.keys)) == ("mode", "access", "tagged", 40)
    assert (second.field, second.keys) == ("mtu", ["Gi1/0/7"])


def test_equal_values_of_other_types_do_and_do_not_differ() -> None:
    assert not compared({"a": {"u": 10}}, {"a": {"u": 10.0}}).fields
    assert not compared({"a": {"u": None}}, {"a": {}}).fields
    assert compared({"a": {"u": 1}}, {"a": {"u": True}}).fields
    assert compared({"a": {"u": "1"}}, {"a": {"u": 1}}).fields
    assert not compared({"a": {"u": {"x": 1, "y": 2}}}, {"a": {"u": {"y": 2, "x": 1}}}).fields


@given(st.lists(st.tuples(st.sampled_from("ab"), st.fixed_dictionaries({"n": st.integers(0, 2)}))))
def test_records_of_one_key_are_told_apart_and_none_is_lost(
    records: list[tuple[str, dict[str, int]]],
) -> None:
    found = keyed(records)
    assert len(found) == len(records)
    assert found == keyed(reversed(records)), "in whatever order they came"
    assert compared(found, keyed(records)).alike == len(records)


def test_a_numbered_key_takes_no_other_s_place() -> None:
    found = keyed([("a", {"n": 1}), ("a", {"n": 2}), ("a (2)", {"n": 3})])
    assert sorted(record["n"] for record in found.values()) == [1, 2, 3]


@given(st.lists(st.text("ab1", min_size=1, max_size=9)), st.integers(1, 40))
def test_parts_hold_every_key_in_order_and_are_short(keys: list[str], longest: int) -> None:
    parts = parted(keys, folded, longest)
    assert [key for part in parts for key in part] == keys
    assert all(len(part) == 1 or len(folded(part)) <= longest for part in parts)
