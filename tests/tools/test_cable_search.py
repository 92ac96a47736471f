"""The shortest paths between two places, against a search that knows the whole plant."""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.plants import Plant
from tools import cable_search
from tools.cable_graph import CableGraph
from tools.cable_rows import FRONT, INTERFACE, REAR, Node
from tools.cable_search import Found, Place, shortest

NETWORK = (INTERFACE, FRONT, REAR)
SITE = ("dcim.site", "s1")


def searched(plant: Plant, start: Place, goal: Place, most: int = 3) -> Found:
    found = plant.asked(lambda graph: shortest(graph, start, goal, NETWORK, most))
    assert found is not None
    return found


def device(id_: str) -> Place:
    return Place(devices=frozenset({id_}))


def between(plant: Plant, one: str, other: str, panels: int) -> None:
    """A path of cables between new interfaces of two devices, through so many panels."""
    at: Node = plant.port(one)
    for _ in range(panels):
        rear, [front] = plant.panel([1])
        plant.cable(at, front)
        at = rear
    plant.cable(at, plant.port(other))


@st.composite
def networks(draw: st.DrawFn) -> tuple[Plant, list[str], list[tuple[int, int, int]]]:
    """Devices, and the links between them with their lengths in cables."""
    plant = Plant()
    devices = [plant.device(f"d{n}") for n in range(draw(st.integers(2, 7)))]
    numbers = st.integers(0, len(devices) - 1)
    links = draw(st.lists(st.tuples(numbers, numbers, st.integers(1, 4)), max_size=14))
    links = [link for link in links if link[0] != link[1]]
    for one, other, length in links:
        between(plant, devices[one], devices[other], length - 1)
    return plant, devices, links


def worked_out(links: Sequence[tuple[int, int, int]], start: int, goal: int) -> tuple[int, int]:
    """The length of the shortest ways, and how many there are, after Dijkstra; (0, 0) for none."""
    near: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one, other, length in links:
        near[one].append((other, length))
        near[other].append((one, length))
    best, ways, queue, done = {start: 0}, defaultdict(int, {start: 1}), [(0, start)], set()
    while queue:
        length, at = heapq.heappop(queue)
        if at in done:
            continue
        done.add(at)
        for other, step in near[at]:
            if length + step < best.get(other, 1_000):
                best[other], ways[other] = length + step, 0
                heapq.heappush(queue, (length + step, other))
            if length + step == best[other]:
                ways[other] += ways[at]
    return (best[goal], ways[goal]) if goal in best else (0, 0)


@given(networks())
def test_the_shortest_paths_are_found_and_counted(
    made: tuple[Plant, list[str], list[tuple[int, int, int]]],
) -> None:
    plant, devices, links = made
    length, count = worked_out(links, 0, 1)
    found = searched(plant, device(devices[0]), device(devices[1]), 1_000)
    assert (found.count, not found.gave_up) == (count, True)
    assert len(set(found.ways)) == count
    for way in found.ways:
        assert len(way) == found.cables == length
        assert plant.row(way[0].near)["device"]["id"] == devices[0]
        assert plant.row(way[-1].far)["device"]["id"] == devices[1]
        for link, following in itertools.pairwise(way):
            owners = {plant.row(port)["device"]["id"] for port in (link.far, following.near)}
            assert len(owners) == 1


@given(networks())
def test_the_way_back_is_as_long_and_as_many(
    made: tuple[Plant, list[str], list[tuple[int, int, int]]],
) -> None:
    plant, devices, _ = made
    there = searched(plant, device(devices[0]), device(devices[1]))
    back = searched(plant, device(devices[1]), device(devices[0]))
    assert (there.count, bool(there.count) and there.cables) == (back.count, bool(back.count) and back.cables)


def test_strands_of_a_trunk_are_not_mixed_up() -> None:
    plant = Plant()
    hosts = [plant.device(name) for name in ("a", "b", "c", "d")]
    (near, fronts), (far, others) = plant.panel([1, 2]), plant.panel([1, 2])
    plant.cable(near, far)
    for host, port in zip(hosts, (*fronts, *others), strict=True):
        plant.cable(plant.port(host), port)
    assert searched(plant, device(hosts[0]), device(hosts[2])).cables == 3
    assert searched(plant, device(hosts[0]), device(hosts[3])).count == 0


def test_a_port_is_left_by_its_own_cable() -> None:
    plant = Plant()
    one, other, third = (plant.device(name) for name in "abc")
    start, far = plant.port(one), plant.port(third)
    plant.cable(start, far)
    plant.link(one, other)
    plant.link(third, other)
    found = searched(plant, Place(ports=frozenset({start})), device(other))
    assert [len(way) for way in found.ways] == [2]
    assert searched(plant, device(other), Place(ports=frozenset({start}))).count == 1
    assert searched(plant, Place(ports=frozenset({start})), Place(ports=frozenset({far}))).cables == 1


def test_a_circuit_that_ends_at_a_site_reaches_it() -> None:
    plant = Plant()
    one = plant.device("a")
    sides = plant.circuit(
        {"id": "s2", "type": "dcim.site"}, {"id": "s1", "name": "Akron", "type": "dcim.site"}
    )
    plant.cable(plant.port(one), sides[0])
    assert searched(plant, device(one), Place(site=SITE)).cables == 1


def test_what_is_together_has_no_way_to_go() -> None:
    plant = Plant()
    one = plant.device("a")
    assert searched(plant, device(one), device(one)) == Found(((),), 1)


def test_a_search_that_goes_too_far_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cable_search, "FARTHEST", 3)
    plant = Plant()
    chain = [plant.device(f"d{n}") for n in range(12)]
    for one, other in itertools.pairwise(chain):
        plant.link(one, other)
    assert searched(plant, device(chain[0]), device(chain[6])).cables == 6
    assert searched(plant, device(chain[0]), device(chain[11])).gave_up


@pytest.mark.parametrize("leaves", [2, 30])
def test_rounds_grow_with_the_distance_and_not_with_the_devices(leaves: int) -> None:
    plant = Plant()
    cores = [plant.device(f"core{n}") for n in range(4)]
    for one, other in itertools.pairwise(cores):
        plant.link(one, other)
    ends = []
    for core in cores:
        for _ in range(leaves):
            ends.append(plant.device("leaf"))
            plant.link(core, ends[-1])

    def question(graph: CableGraph) -> Found | None:
        return shortest(graph, device(ends[0]), device(ends[-1]), (INTERFACE,), 3)

    found = plant.asked(question)
    assert found is not None
    assert found.cables == 5
    assert plant.rounds <= 2 * found.cables
    assert plant.reads <= 4 * found.cables
