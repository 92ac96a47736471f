"""Paths over cable plants: through panels and trunks, splits and circuits, to every way of ending."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.plants import Plant
from tools.cable_paths import Leg, Link, Path, Tracer
from tools.cable_rows import FEED, INLET, OUTLET, Ending, Node

SITE = {"id": "s1", "name": "Akron", "type": "dcim.site"}
NETWORK = {"id": "n1", "name": "MPLS", "type": "circuits.providernetwork"}


def traced(plant: Plant, start: Node) -> list[Path]:
    return plant.asked(lambda graph: Tracer(graph).paths(start))


def one(plant: Plant, start: Node) -> Path:
    [path] = traced(plant, start)
    return path


def reversed_links(leg: Leg) -> tuple[Link, ...]:
    return tuple(link.reversed for link in reversed(leg.links))


@pytest.fixture
def plant() -> Plant:
    return Plant()


def trunk(plant: Plant, strands: int) -> tuple[list[Node], list[Node]]:
    """The front ports of two panels whose rear ports are tied together."""
    (near, fronts), (far, others) = plant.panel(range(1, strands + 1)), plant.panel(range(1, strands + 1))
    plant.cable(near, far)
    return fronts, others


def test_a_cable_between_two_interfaces_is_a_path(plant: Plant) -> None:
    near, far = plant.port(plant.device("a")), plant.port(plant.device("b"))
    cable = plant.cable(near, far)
    path = one(plant, near)
    assert path.begin.port == near
    assert path.leg.links == (Link(near, cable, far),)
    assert (path.leg.stop.port, path.leg.stop.ending) == (far, Ending.ARRIVED)
    assert plant.rounds == 2


def test_a_port_without_a_cable_ends_where_it_begins(plant: Plant) -> None:
    port, marked = plant.port(plant.device("a")), plant.port(plant.device("b"))
    plant.change(marked, mark_connected=True)
    assert one(plant, port).leg == Leg((), one(plant, port).leg.stop)
    assert one(plant, port).leg.stop.ending is Ending.NOT_CABLED
    assert one(plant, marked).leg.stop.ending is Ending.MARKED


def test_a_cable_without_another_end_is_said(plant: Plant) -> None:
    port = plant.port(plant.device("a"))
    plant.cable(port, [])
    assert one(plant, port).leg.stop.ending is Ending.NO_PEER


@pytest.mark.parametrize("hidden", ["cable", "panel", "rear"])
def test_what_may_not_be_read_ends_a_path_and_is_told(plant: Plant, hidden: str) -> None:
    port = plant.port(plant.device("a"))
    fronts, _ = trunk(plant, 2)
    cable = plant.cable(port, fronts[0])
    rear = plant.row(fronts[0])["rear_ports"][0]["id"]
    plant.hidden = {
        "cable": {("dcim.cable", cable)},
        "panel": {fronts[0]},
        "rear": {("dcim.rearport", rear)},
    }[hidden]
    seen: list[set[Node]] = []

    def question(graph: Any) -> list[Path]:
        paths = Tracer(graph).paths(port)
        seen.append(graph.hidden)
        return paths

    [path] = plant.asked(question)
    assert path.leg.stop.ending is Ending.HIDDEN
    assert seen[-1]


def test_each_strand_of_a_trunk_comes_out_where_it_went_in(plant: Plant) -> None:
    fronts, others = trunk(plant, 12)
    ends = [(plant.port(plant.device(f"a{n}")), plant.port(plant.device(f"b{n}"))) for n in range(12)]
    for (near, far), front, other in zip(ends, fronts, others, strict=True):
        plant.cable(near, front)
        plant.cable(other, far)
    for near, far in ends:
        path = one(plant, near)
        assert path.leg.stop.port == far
        assert len(path.leg.links) == 3


def test_a_trunk_that_is_entered_at_its_end_splits_into_its_strands(plant: Plant) -> None:
    rear, fronts = plant.panel([1, 2, 3])
    near = plant.port(plant.device("a"))
    far = [plant.port(plant.device(f"b{n}")) for n in range(2)]
    plant.cable(near, rear)
    for front, port in zip(fronts, far, strict=False):
        plant.cable(front, port)
    leg = one(plant, near).leg
    assert leg.stop.ending is Ending.SPLIT
    assert [(stop.port, stop.ending) for _, stop in leg.ends()] == [
        (far[0], Ending.ARRIVED),
        (far[1], Ending.ARRIVED),
        (fronts[2], Ending.NOT_CABLED),
    ]


def test_a_breakout_cable_splits_from_one_side_only(plant: Plant) -> None:
    near = plant.port(plant.device("a"))
    far = [plant.port(plant.device(f"b{n}")) for n in range(4)]
    plant.cable(near, far)
    assert [stop.port for _, stop in one(plant, near).leg.ends()] == far
    for port in far:
        assert one(plant, port).leg.stop.port == near


def test_a_front_port_of_two_strands_into_one_rear_port_does_not_split(plant: Plant) -> None:
    (rear, fronts), (other_rear, others) = plant.cassette(2, 2), plant.cassette(2, 2)
    plant.cable(rear, other_rear)
    near, far = plant.port(plant.device("a")), plant.port(plant.device("b"))
    plant.cable(near, fronts[1])
    plant.cable(others[1], far)
    path = one(plant, near)
    assert path.leg.stop.port == far
    assert path.leg.branches == ()


def ways(paths: list[Path]) -> set[frozenset[Node]]:
    """What each way of these paths leads from and to."""
    return {
        frozenset({begin.port, stop.port})
        for path in paths
        for _, begin in path.beginnings
        for _, stop in path.leg.ends()
    }


def nested(plant: Plant) -> tuple[list[Node], list[tuple[Node, Node]]]:
    """Two trunks of two strands inside of one of four: their ports, and the pairs of ends."""
    (near, fronts), (far, others) = plant.cassette(2, 2), plant.cassette(2, 2)
    plant.cable(near, far)
    ends: list[list[Node]] = [[], []]
    outer: list[Node] = []
    for side, held in enumerate((fronts, others)):
        for front in held:
            rear, leaves = plant.panel([1, 2])
            plant.cable(front, rear)
            outer += [front, rear]
            for leaf in leaves:
                ends[side].append(plant.port(plant.device(f"d{side}")))
                plant.cable(leaf, ends[side][-1])
    return [near, far, *outer], list(zip(*ends, strict=True))


def test_each_strand_of_trunks_in_a_trunk_is_a_path_from_every_port_between(plant: Plant) -> None:
    ports, pairs = nested(plant)
    every = {frozenset(pair) for pair in pairs}
    assert ways([one(plant, near) for near, _ in pairs]) == every
    assert ways(traced(plant, ports[0])) == every
    assert ways(traced(plant, ports[1])) == every
    for port in ports[2:]:
        found = traced(plant, port)
        assert ways(found) < every
        assert len(found) == 2


def test_a_coupler_in_a_trunk_keeps_its_strands_apart(plant: Plant) -> None:
    (left, fronts), (right, others) = plant.panel([1, 2, 3]), plant.panel([3, 2, 1])
    rear, [front] = plant.panel([1])
    plant.cable(left, rear)
    plant.cable(front, right)
    wanted = {frozenset({fronts[n], others[2 - n]}) for n in range(3)}
    for port in (left, rear, front, right):
        assert ways(traced(plant, port)) == wanted


def test_the_sides_of_a_port_between_two_splits_are_apart(plant: Plant) -> None:
    rear, [front] = plant.panel([1])
    near, far = ([plant.port(plant.device(f"{side}{n}")) for n in range(3)] for side in "ab")
    plant.cable(near, rear)
    plant.cable(front, far)
    [path] = traced(plant, front)
    assert {stop.port for _, stop in path.beginnings} == set(near)
    assert {stop.port for _, stop in path.leg.ends()} == set(far)


def test_a_strand_that_one_side_lacks_is_told_from_the_other(plant: Plant) -> None:
    (left, fronts), (right, _) = plant.panel([1, 2]), plant.panel([1])
    plant.change(right, positions=2)
    plant.cable(left, right)
    stops = {path.leg.stop.ending for path in traced(plant, right)} | {
        path.begin.ending for path in traced(plant, right)
    }
    assert len(traced(plant, right)) == len(fronts)
    assert Ending.NO_INSIDE in stops


@pytest.mark.parametrize("at", [0, 1, 4, 5])
def test_a_path_is_the_same_from_every_port_of_one_strand(plant: Plant, at: int) -> None:
    fronts, others = trunk(plant, 2)
    near, far = plant.port(plant.device("a")), plant.port(plant.device("b"))
    plant.cable(near, fronts[1])
    plant.cable(others[1], far)
    whole = one(plant, near)
    ports = [port for link in whole.leg.links for port in (link.near, link.far)]
    path = one(plant, ports[at])
    links = {path.leg.links, reversed_links(path.leg)}
    assert whole.leg.links in links


@pytest.mark.parametrize(
    ("places", "ending"),
    [
        ((SITE, SITE), Ending.NOT_CABLED),
        ((SITE, NETWORK), Ending.PLACE),
        ((SITE,), Ending.NO_OTHER_SIDE),
        ((SITE, None), Ending.NOT_CABLED),
    ],
    ids=["site", "network", "none", "nowhere"],
)
def test_a_circuit_ends_where_its_other_side_does(
    plant: Plant, places: tuple[Any, ...], ending: Ending
) -> None:
    port, sides = plant.port(plant.device("a")), plant.circuit(*places)
    plant.cable(port, sides[0])
    stop = one(plant, port).leg.stop
    assert stop.ending is ending
    assert stop.port == sides[-1]


def test_a_circuit_leads_to_what_is_plugged_into_its_other_side(plant: Plant) -> None:
    near, far = plant.port(plant.device("a")), plant.port(plant.device("b"))
    sides = plant.circuit(SITE, SITE)
    plant.cable(near, sides[0])
    plant.cable(far, sides[1])
    assert one(plant, near).leg.stop.port == far
    assert reversed_links(one(plant, far).leg) == one(plant, near).leg.links


def test_power_comes_from_a_feed_and_goes_to_every_outlet(plant: Plant) -> None:
    pdu, server = plant.device("pdu"), plant.device("server")
    inlet = plant.port(pdu, INLET)
    outlets = [
        plant.port(pdu, OUTLET, power_port={"id": inlet[1], "name": "in"}, feed_leg=None) for _ in "123"
    ]
    supply = plant.port(server, INLET)
    feed = plant.port(plant.device("room"), FEED, power_panel={"id": "1", "name": "Panel 1"})
    plant.cable(supply, outlets[1])
    plant.cable(inlet, feed)
    assert [link.far for link in one(plant, supply).leg.links] == [outlets[1], feed]
    down = one(plant, feed).leg
    assert [stop.port for _, stop in down.ends()] == [outlets[0], supply, outlets[2]]
    assert one(plant, outlets[1]).begin.port == supply or one(plant, outlets[1]).leg.stop.port == supply


def test_a_loop_ends(plant: Plant) -> None:
    (rear, [front]), (other, [behind]) = plant.panel([1]), plant.panel([1])
    plant.cable(rear, other)
    plant.cable(front, behind)
    path = one(plant, front)
    stops = [path.begin.ending, *(stop.ending for _, stop in path.leg.ends())]
    assert Ending.LOOP in stops


def test_a_panel_with_nothing_behind_ends_a_path(plant: Plant) -> None:
    port, (rear, _) = plant.port(plant.device("a")), plant.panel([])
    plant.change(rear, positions=1)
    plant.cable(port, rear)
    assert one(plant, port).leg.stop.ending is Ending.NO_INSIDE


@pytest.mark.parametrize("panels", [0, 1, 5])
@pytest.mark.parametrize("width", [1, 40])
def test_a_hop_takes_a_round_however_many_paths_there_are(plant: Plant, panels: int, width: int) -> None:
    starts = []
    chains = [trunk(plant, width) for _ in range(panels)]
    for strand in range(width):
        start = at = plant.port(plant.device("a"))
        for fronts, others in chains:
            plant.cable(at, fronts[strand])
            at = others[strand]
        plant.cable(at, plant.port(plant.device("b")))
        starts.append(start)
    plant.asked(lambda graph: [Tracer(graph).paths(start) for start in starts])
    cables = 2 * panels + 1
    assert plant.rounds <= 2 * cables
    assert plant.reads <= 4 * cables


@st.composite
def cabled(draw: st.DrawFn) -> tuple[Plant, list[Node]]:
    """A plant of panels, circuits and devices whose ports are plugged into each other at random."""
    plant = Plant()
    ends = [plant.port(plant.device(f"d{n}")) for n in range(draw(st.integers(2, 8)))]
    free = list(ends)
    for _ in range(draw(st.integers(0, 5))):
        strands = draw(st.permutations(range(1, draw(st.integers(1, 4)) + 1)))
        wide = draw(st.booleans())
        rear, fronts = plant.cassette(2, 2) if wide else plant.panel(strands)
        free += [rear, *fronts]
    for _ in range(draw(st.integers(0, 2))):
        free += plant.circuit(SITE, SITE)
    order = draw(st.permutations(free))
    for near, far in zip(order[::2], order[1::2], strict=False):
        plant.cable(near, far)
    return plant, ends


@given(cabled())
def test_the_far_end_of_every_path_leads_back(made: tuple[Plant, list[Node]]) -> None:
    plant, ends = made
    for start in ends:
        path = one(plant, start)
        for links, stop in path.leg.ends():
            if stop.ending is not Ending.ARRIVED or stop.port == start:
                continue
            back = [way for way, end in one(plant, stop.port).leg.ends() if end.port == start]
            assert tuple(link.reversed for link in reversed(links)) in back


@given(cabled())
def test_every_path_is_joined_up_and_has_an_ending(made: tuple[Plant, list[Node]]) -> None:
    plant, ends = made
    for start in ends:
        for links, stop in one(plant, start).leg.ends():
            assert stop.ending not in (Ending.UNREAD, Ending.HIDDEN, Ending.SPLIT)
            assert not links or links[0].near == start
            for link, following in itertools.pairwise(links):
                assert link.far != following.near


@given(cabled())
def test_a_path_that_does_not_split_is_found_from_every_port_on_it(made: tuple[Plant, list[Node]]) -> None:
    plant, ends = made
    for start in ends:
        path = one(plant, start)
        if path.leg.branches or path.leg.stop.ending is not Ending.ARRIVED:
            continue
        for port in {port for link in path.leg.links for port in (link.near, link.far)}:
            assert frozenset({start, path.leg.stop.port}) in ways(traced(plant, port))
