"""Cursors: what was sealed comes back, and nothing else does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.cursor import Place, Sealer
from sources.errors import BadCursor
from tests.orchestration.strategies import NASTY, SCALARS

SEALER = Sealer(b"secret")
PLACES = st.builds(
    Place,
    st.text(max_size=20),
    st.dictionaries(NASTY, SCALARS | st.lists(SCALARS, max_size=3), max_size=5),
    NASTY,
    st.integers(0, 2**40),
)
PLACE = Place("list_objects", {"type": "device", "where": {"site": "Saint-Étienne"}}, "rows", 25)
CURSOR = SEALER.seal(PLACE, "lab:1")


@given(PLACES, NASTY)
def test_a_place_comes_back_as_it_was(place: Place, scope: str) -> None:
    assert SEALER.open(SEALER.seal(place, scope), scope) == place


def test_a_cursor_is_safe_in_any_text() -> None:
    assert CURSOR.replace("-", "").replace("_", "").isalnum()


def test_a_cursor_survives_a_restart() -> None:
    assert Sealer(b"secret").open(CURSOR, "lab:1") == PLACE


@pytest.mark.parametrize(("sealer", "scope"), [(Sealer(b"other"), "lab:1"), (SEALER, "lab:2"), (SEALER, "")])
def test_a_cursor_of_another_secret_or_scope_is_refused(sealer: Sealer, scope: str) -> None:
    with pytest.raises(BadCursor):
        sealer.open(CURSOR, scope)


@pytest.mark.parametrize("at", range(len(CURSOR)))
def test_no_byte_can_be_changed(at: int) -> None:
    for sign in "AzB9-_=!é\n":
        if sign != CURSOR[at]:
            with pytest.raises(BadCursor):
                SEALER.open(CURSOR[:at] + sign + CURSOR[at + 1 :], "lab:1")


@pytest.mark.parametrize("at", range(len(CURSOR)))
def test_nothing_can_be_cut_off_or_put_in(at: int) -> None:
    for changed in (CURSOR[:at], CURSOR[:at] + "!" + CURSOR[at:], CURSOR[:at] + "A" + CURSOR[at:]):
        with pytest.raises(BadCursor):
            SEALER.open(changed, "lab:1")


@given(st.text(max_size=80))
def test_any_other_text_is_a_bad_cursor(text: str) -> None:
    with pytest.raises(BadCursor) as error:
        SEALER.open(text, "lab:1")
    assert "again" in error.value.in_words()


def test_long_arguments_make_a_cursor_that_can_be_passed_on() -> None:
    arguments: dict[str, Any] = {
        "type": "device",
        "where": {"site": "Akron", "role": ["Core switch", "Access switch"]},
    }
    assert len(SEALER.seal(Place("list_objects", arguments, "rows", 1_000), "lab:1")) < 200
