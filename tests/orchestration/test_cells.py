"""Values as cells: bounded, on one line, recognizable."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.cells import LONGEST_LIST, LONGEST_TEXT, cell, folded, name_of, shortened
from tests.orchestration.strategies import NASTY, SCALARS

MOST_BYTES = 70_000
"""Of one cell, whatever the field holds."""


@given(st.text(max_size=2_000))
def test_text_is_one_line_of_bounded_length(text: str) -> None:
    shown = shortened(text)
    assert len(shown) <= LONGEST_TEXT
    assert "\n" not in shown
    if len(text) <= LONGEST_TEXT:
        assert shown.split() == text.split()


def test_long_text_shows_that_it_was_cut() -> None:
    assert shortened("x" * 10_000) == "x" * (LONGEST_TEXT - 1) + "…"


JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=40) | st.dictionaries(NASTY, inner, max_size=40),
    max_leaves=60,
)


@given(JSON)
def test_a_cell_of_any_value_is_json_of_bounded_size(value: Any) -> None:
    assert len(orjson.dumps(cell(value))) <= MOST_BYTES


@pytest.mark.parametrize(
    "value",
    [
        {f"key {i}": "x" * 500 for i in range(5_000)},
        {"deep": {f"key {i}": ["x" * 500] * 50 for i in range(500)}},
        [["x" * 500] * 500] * 500,
        {"k" * 10_000: 1},
    ],
    ids=["wide", "deep", "lists of lists", "long key"],
)
def test_structured_custom_fields_are_bounded_too(value: Any) -> None:
    assert len(orjson.dumps(cell(value))) <= MOST_BYTES


@given(st.lists(st.integers(), min_size=LONGEST_LIST + 1, max_size=40))
def test_a_long_list_says_how_much_is_left_out(values: list[int]) -> None:
    shown = cell(values)
    assert shown == [*values[:LONGEST_LIST], f"+{len(values) - LONGEST_LIST} more"]


def test_lists_of_one_and_of_none_are_no_lists() -> None:
    assert cell(["x"]) == "x"
    assert cell([]) is None


def test_references_are_shown_by_name() -> None:
    assert cell({"id": "7", "name": "Akron"}) == "Akron"
    assert cell({"id": "7", "name": None}) == "#7"
    assert cell({"id": "7", "name": "Servers", "vid": 100}) == "100 Servers"
    assert cell({"id": "7", "name": "Gi1", "of": {"id": "1", "name": "sw1"}}) == "sw1 Gi1"
    assert name_of(None) is None


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["Gi1/0/1", "Gi1/0/2", "Gi1/0/3", "mgmt0"], "Gi1/0/1-3, mgmt0"),
        (["Gi1/0/1", "Gi1/0/3"], "Gi1/0/1, Gi1/0/3"),
        (["Gi1/0/9", "Gi1/0/10", "Gi2/0/11"], "Gi1/0/9-10, Gi2/0/11"),
        (["port"], "port"),
        (["eth01", "eth02"], "eth01, eth02"),
        (["eth0", "eth1"], "eth0-1"),
        (["e2", "e1"], "e2, e1"),
        (["e1", "e1"], "e1, e1"),
        (["xe-0/0/1²", "xe-0/0/2²"], "xe-0/0/1², xe-0/0/2²"),
        ([], ""),
    ],
)
def test_runs_of_names_are_folded_in_their_order(names: list[str], shown: str) -> None:
    assert folded(names) == shown


def unfolded(text: str) -> list[str]:
    names = []
    for part in text.split(", ") if text else ():
        first, dash, last = part.partition("-")
        stem = first.rstrip("0123456789")
        names += [f"{stem}{n}" for n in range(int(first[len(stem) :]), int(last) + 1)] if dash else [part]
    return names


@given(
    st.lists(
        st.builds("{}{}".format, st.sampled_from(["Gi1/0/", "eth", "", "x "]), st.integers(0, 30)),
        max_size=30,
    )
)
def test_folding_names_every_port_and_no_other(names: list[str]) -> None:
    assert unfolded(folded(names)) == names


@given(st.lists(st.text(alphabet="a1٣²߃ ", min_size=1, max_size=4), min_size=1, max_size=1))
def test_a_single_name_is_never_changed(names: list[str]) -> None:
    assert folded(names) == names[0]
