"""Rack units: whatever a rack holds, its units add up, and what is said to fit does."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.racks import built, made_up
from tools.rack_units import FACES, Elevation, Mounted, elevation, in_units

RACKS = st.builds(
    lambda seed, halves: built(made_up(Random(seed), halves=halves)), st.integers(0, 10**9), st.booleans()
)
ANY_DEVICE = st.builds(
    Mounted,
    position=st.integers(-4, 120).map(lambda at: at / 2),
    height=st.integers(1, 40).map(lambda at: at / 2),
    face=st.sampled_from([None, "front", "rear"]),
    full_depth=st.booleans(),
    planned=st.booleans(),
    counted=st.booleans(),
)
CHAOS = st.builds(
    elevation,
    st.integers(0, 50),
    st.integers(1, 5),
    st.lists(ANY_DEVICE, max_size=8),
    st.lists(st.integers(-2, 60), max_size=6),
)
"""Devices that overlap and stick out: nothing keeps an inventory from it."""
HEIGHTS = st.integers(1, 12).map(lambda at: at / 2)


@given(st.one_of(RACKS, CHAOS))
def test_used_planned_reserved_and_free_are_all_units(rack: Elevation) -> None:
    assert sum(rack.units()) == in_units(rack.slots)
    assert min(rack.units()) >= 0


@given(st.one_of(RACKS, CHAOS))
def test_what_is_free_on_both_faces_is_free_on_each(rack: Elevation) -> None:
    assert rack.free(*FACES) == rack.free("front") & rack.free("rear")
    assert rack.largest_gap(*FACES) <= min(rack.largest_gap(face) for face in FACES)
    assert rack.largest_gap(*FACES) <= rack.units()[3]


@given(st.one_of(RACKS, CHAOS), HEIGHTS, st.sampled_from([("front",), ("rear",), FACES]))
def test_a_device_fits_just_where_all_its_units_are_free(
    rack: Elevation, height: float, faces: tuple[str, ...]
) -> None:
    places = rack.fits(height, *faces)
    assert bool(places) == (rack.largest_gap(*faces) >= height)
    for place in places:
        start = round((place - rack.first_unit) * 2)
        assert set(range(start, start + round(height * 2))) <= rack.free(*faces)


@given(RACKS, HEIGHTS)
def test_mounting_what_fits_takes_just_its_units(rack: Elevation, height: float) -> None:
    places = rack.fits(height, *FACES)
    if places:
        start = round((places[0] - rack.first_unit) * 2)
        taken = frozenset(range(start, start + round(height * 2)))
        used = {face: rack.used[face] | taken for face in FACES}
        after = Elevation(
            rack.slots, rack.first_unit, used, rack.planned, rack.reserved, rack.counted | taken
        )
        assert after.units()[3] == rack.units()[3] - height
        assert after.units()[0] == rack.units()[0] + height


@given(st.integers(0, 10**9))
def test_all_that_is_not_free_is_utilized_unless_it_does_not_count(seed: int) -> None:
    rack = built({**made_up(Random(seed), halves=False)})
    used, planned, reserved, free = rack.units()
    assert rack.utilization() == round(
        100 * (used + planned + reserved) / (used + planned + reserved + free), 1
    )


def test_a_rack_by_hand() -> None:
    rack = elevation(
        10,
        1,
        [
            Mounted(1, 2),
            Mounted(4, 1, "front", full_depth=False),
            Mounted(5, 1, "rear", full_depth=False, planned=True),
            Mounted(8.5, 0.5, counted=False),
        ],
        [10],
    )
    assert rack.units() == (3.5, 1, 1, 4.5)
    assert [rack.largest_gap(*faces) for faces in (FACES, ("front",), ("rear",))] == [2.5, 3.5, 2.5]
    assert rack.fits(2, *FACES) == [6]
    assert rack.fits(1, "front") == [3, 5, 6, 7, 9]
    assert rack.fits(2.5, *FACES) == [6]
    assert rack.utilization() == 50.0


def test_a_gap_that_begins_within_a_unit_takes_a_device_at_half_units() -> None:
    rack = elevation(5, 1, [Mounted(1, 1.5), Mounted(4.5, 1.5)], [])
    assert rack.fits(2, *FACES) == [2.5]
    assert elevation(4, 20, [], []).fits(4, *FACES) == [20]


def test_a_rack_without_units_has_no_utilization() -> None:
    assert elevation(0, 1, [Mounted(1, 1)], [1]).utilization() is None
