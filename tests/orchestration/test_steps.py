"""Plans as waves, and what the steps have brought."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.steps import Follow, Gathered, Given, Load, Plan, Select, Step, Tally, waves
from sources.source import Entity, Page
from sources.types import CATALOG

VLAN, PORT, SITE = (CATALOG[name] for name in ("ipam.vlan", "dcim.interface", "dcim.site"))
PORTS = VLAN.relations["interfaces"]


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Step]:
    plan: dict[str, Step] = {}
    for at in range(draw(st.integers(1, 8))):
        before = draw(st.sampled_from([None, *plan]))
        step: Step = Select(VLAN)
        if before is not None:
            steps: list[Step] = [Follow(before, PORTS, PORT), Load(before, "site", SITE), Tally(VLAN, "site")]
            step = draw(st.sampled_from(steps))
        plan[f"s{at}"] = step
    names = draw(st.permutations(list(plan)))
    return {name: plan[name] for name in names}


@given(plans())
def test_every_step_comes_once_and_after_the_step_that_it_needs(plan: Plan) -> None:
    ordered = waves(plan)
    place = {name: number for number, names in enumerate(ordered) for name in names}
    assert sorted(place) == sorted(plan)
    assert sum(map(len, ordered)) == len(plan)
    for name, step in plan.items():
        needs = place[step.step] if isinstance(step, Follow | Load) else -1
        assert place[name] == needs + 1, "neither too early nor later than it could be"


def test_a_step_that_needs_a_missing_one_or_itself_is_an_error() -> None:
    for plan in ({"a": Follow("b", PORTS, PORT)}, {"a": Follow("a", PORTS, PORT)}):
        with pytest.raises(ValueError, match="wait"):
            waves(plan)


def test_no_steps_are_no_waves() -> None:
    assert waves({}) == []


def ref(id_: str) -> dict[str, str]:
    return {"id": id_, "name": id_}


def test_children_are_found_by_every_field_that_refers_to_their_parent() -> None:
    ports: list[Entity] = [
        {"id": "1", "untagged_vlan": ref("10"), "tagged_vlans": [ref("20"), ref("30")]},
        {"id": "2", "untagged_vlan": None, "tagged_vlans": [ref("10")]},
        {"id": "3", "untagged_vlan": None, "tagged_vlans": []},
        {"id": "4", "untagged_vlan": ref("10"), "tagged_vlans": [ref("10")]},
    ]
    gathered = Gathered({"vlans": Given(VLAN, ()), "ports": Follow("vlans", PORTS, PORT)})
    gathered.pages["ports"] = Page(ports, len(ports))
    found = {
        vlan: [row["id"] for row in gathered.children("ports", vlan)] for vlan in ("10", "20", "30", "40")
    }
    assert found == {"10": ["1", "2", "4"], "20": ["1"], "30": ["1"], "40": []}


def test_a_step_that_was_not_read_has_no_rows_no_total_and_no_children() -> None:
    gathered = Gathered({"vlans": Given(VLAN, ())})
    assert not gathered.knows("ports")
    assert gathered.rows("ports") == []
    assert gathered.total("ports") == 0
    assert gathered.children("ports", "10") == []


def test_totals_count_what_was_not_read_too() -> None:
    gathered = Gathered({"vlans": Select(VLAN, limit=2)})
    gathered.pages["vlans"] = Page([{"id": "1"}, {"id": "2"}], 900)
    assert (gathered.total("vlans"), list(gathered.by_id("vlans"))) == (900, ["1", "2"])
