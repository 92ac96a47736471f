"""What changed in an object: every field that differs, once, and in short words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.field_changes import LONGEST_VALUE, differences, in_words

EMPTY = (None, "", [], {})
_SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=90))
_REFERENCES = st.fixed_dictionaries({"id": st.uuids().map(str), "name": st.text(min_size=1, max_size=20)})
_VALUES = st.one_of(_SCALARS, _REFERENCES, st.lists(st.one_of(st.integers(), _REFERENCES), max_size=4))
_DATA = st.dictionaries(
    st.sampled_from(["name", "status", "site", "tags", "mtu", "comments", "enabled"]), _VALUES
)


def said(before: dict[str, Any], after: dict[str, Any], names: dict[str, str] | None = None) -> str:
    return in_words(differences(before, after), lambda _, id_: (names or {}).get(id_))


@given(_DATA)
def test_equal_things_do_not_differ(data: dict[str, Any]) -> None:
    assert differences(data, dict(reversed(data.items()))) == []


@given(_DATA, _DATA)
def test_every_changed_field_is_told_once(before: dict[str, Any], after: dict[str, Any]) -> None:
    told = [each.field for each in differences(before, after)]
    assert len(told) == len(set(told))
    for name in {*before, *after}:
        left, right = before.get(name), after.get(name)
        # Python takes 0 for no: a number that becomes a switch is a change.
        same = left == right and isinstance(left, bool) is isinstance(right, bool)
        if same or (left in EMPTY and right in EMPTY):
            assert name not in told
        elif all(isinstance(side, str | bool | None) for side in (left, right)):
            assert name in told


@given(_DATA, _DATA)
def test_the_words_are_short_whatever_the_values(before: dict[str, Any], after: dict[str, Any]) -> None:
    for part in differences(before, after):
        assert len(in_words([part], lambda *_: None)) <= 2 * LONGEST_VALUE + len(part.field) + 8


@given(_DATA, _DATA)
def test_back_is_the_same_fields_with_the_sides_changed(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    there = {each.field: (each.before, each.after) for each in differences(before, after)}
    back = {each.field: (each.after, each.before) for each in differences(after, before)}
    assert there == back


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({"status": "planned"}, {"status": "active"}, "status: planned → active"),
        ({"enabled": True}, {"enabled": False}, "enabled: yes → no"),
        ({"mtu": None}, {"mtu": 9000}, "mtu: (none) → 9000"),
        ({"tags": ["core", "lab"]}, {"tags": ["lab", "new"]}, "tags: +new -core"),
        ({"custom_fields": {"tier": "1", "x": None}}, {"custom_fields": {"tier": "2"}}, "cf_tier: 1 → 2"),
        ({"role": {"value": "vip", "label": "VIP"}}, {"role": None}, "role: vip → (none)"),
        ({"site": 7}, {"site": 8}, "site: Akron → 8"),
        (
            {"status": {"id": "a", "name": "Planned", "object_type": "extras.status"}},
            {"status": {"id": "b", "name": "Active", "object_type": "extras.status"}},
            "status: planned → active",
        ),
    ],
)
def test_how_a_difference_is_said(before: dict[str, Any], after: dict[str, Any], words: str) -> None:
    assert said(before, after, {"7": "Akron"}) == words


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"last_updated": "1"}, {"last_updated": "2"}),
        ({"_name": "1"}, {"_name": "2"}),
        ({"interface_count": 1}, {"interface_count": 2}),
        ({"description": ""}, {"description": None}),
        ({}, {"tags": []}),
        ({"tenant": {"id": 3, "name": "Old name"}}, {"tenant": "3"}),
        ({"tagged_vlans": [1, 2]}, {"tagged_vlans": [2, 1]}),
        ({"weight": 1}, {"weight": 1.0}),
    ],
)
def test_what_is_no_difference(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert differences(before, after) == []


def test_long_texts_are_shown_from_where_they_differ() -> None:
    words = said({"comments": "same " * 40 + "old end"}, {"comments": "same " * 40 + "new end"})
    assert "old end" in words
    assert "new end" in words
    assert len(words) < 80
