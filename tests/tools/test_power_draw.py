"""Power: limits as the servers derate them, and draws added up through outlets."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.power_draw import LEGS, Draw, PowerTree, limit, peers

WATTS = st.one_of(st.none(), st.integers(1, 5_000))


def feed(**values: Any) -> dict[str, Any]:
    return {
        "voltage": 230,
        "amperage": 32,
        "max_utilization": 80,
        "phase": "single-phase",
        "link_peers": [],
        **values,
    }


def port(id_: str, allocated: int | None = None, maximum: int | None = None, **values: Any) -> dict[str, Any]:
    return {"id": id_, "device": {"id": f"device {id_}"}, "allocated_draw": allocated} | {
        "maximum_draw": maximum,
        **values,
    }


def outlet(id_: str, inlet: str | None, to: str | None, leg: str | None = None) -> dict[str, Any]:
    return {
        "id": id_,
        "power_port": {"id": inlet} if inlet else None,
        "feed_leg": leg,
        "link_peers": [{"id": to, "type": "dcim.powerport"}] if to else [],
    }


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, 5888),
        ({"phase": "three-phase", "voltage": 400}, 17736),
        ({"voltage": -48, "amperage": 100, "max_utilization": 100}, 4800),
        ({"amperage": None}, None),
    ],
)
def test_a_limit_is_derated(values: dict[str, Any], expected: int | None) -> None:
    assert limit(feed(**values)) == expected


@given(st.lists(st.tuples(WATTS, WATTS, st.sampled_from([*LEGS, None])), max_size=12))
def test_the_draw_of_an_inlet_is_that_of_all_ports_behind_it(
    supplies: list[tuple[int | None, int | None, str | None]],
) -> None:
    ports = [port(str(at), allocated, maximum) for at, (allocated, maximum, _) in enumerate(supplies)]
    outlets = [outlet(f"o{at}", "inlet", str(at), leg) for at, (*_, leg) in enumerate(supplies)]
    tree = PowerTree([port("inlet"), *ports], [*outlets, outlet("free", "inlet", None, "A")])
    assert tree.draw("inlet") == Draw(sum(s[0] or 0 for s in supplies), sum(s[1] or 0 for s in supplies))
    on_legs = sum((tree.draw("inlet", leg) for leg in LEGS), Draw())
    assert on_legs.allocated == sum(s[0] or 0 for s in supplies if s[2])
    assert tree.consumers("inlet") == {each["id"] for each in ports}


def test_a_draw_of_its_own_stands_and_the_other_number_is_added_up() -> None:
    tree = PowerTree([port("inlet", None, 7200), port("psu", 300, 600)], [outlet("o1", "inlet", "psu", "A")])
    assert tree.draw("inlet") == Draw(300, 7200)
    assert tree.draw("inlet", "A") == Draw(300, 600)


def test_a_chain_of_pdus_is_gone_through_to_its_end_and_a_circle_ends() -> None:
    tree = PowerTree(
        [port("main"), port("fuse"), port("psu", 300, 600)],
        [outlet("o1", "main", "fuse"), outlet("o2", "fuse", "psu"), outlet("o3", "fuse", "main")],
    )
    assert tree.draw("main") == Draw(300, 600)
    assert tree.consumers("main") == {"psu"}


def test_watts_become_volt_amperes_where_the_power_factor_is_known() -> None:
    assert PowerTree([port("psu", 380, 760, power_factor=0.95)], []).draw("psu") == Draw(400, 800)


def test_what_hangs_on_a_feed_and_is_not_known_is_wanted() -> None:
    of = feed(link_peers=[{"id": "inlet", "type": "dcim.powerport"}, {"id": "x", "type": "dcim.interface"}])
    assert peers(of) == ["inlet"]
    assert PowerTree([], []).wanted([of]) == {"inlet"}
    tree = PowerTree([port("inlet")], [outlet("o1", "inlet", "psu"), outlet("o2", "other", "elsewhere")])
    assert tree.wanted([of]) == {"psu"}
    assert tree.draw("inlet") == Draw()
