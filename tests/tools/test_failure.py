"""What falls apart in a graph, held against trying it out on graphs of every shape."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from hypothesis import given
from hypothesis import strategies as st

from tools.failure import Key, Part, Remains, Verdict, next_hops

Graph = dict[Key, set[Key]]


def node(number: int) -> Key:
    """A device."""
    return "dcim.device", f"{number:02}"


def graph(pairs: Collection[tuple[int, int]], count: int = 0) -> Graph:
    """The graph of these links."""
    links: Graph = {node(number): set() for number in range(count)}
    for one, other in pairs:
        if one != other:
            links.setdefault(node(one), set()).add(node(other))
            links.setdefault(node(other), set()).add(node(one))
    return links


def without(links: Mapping[Key, Collection[Key]], failed: Collection[Key]) -> Graph:
    """What is left of it."""
    return {key: set(others) - set(failed) for key, others in links.items() if key not in failed}


def reached(links: Mapping[Key, Collection[Key]], start: Key) -> frozenset[Key]:
    """Everything that can be reached, found by trying until nothing is added."""
    found = {start}
    while True:
        more = {other for key in found for other in links[key]} | found
        if more == found:
            return frozenset(found)
        found = more


graphs = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=26).map(
    lambda pairs: graph(pairs, 14)
)


NONE: frozenset[Key] = frozenset()


def _lost(
    links: Graph, failed: Key, exits: frozenset[Key] = NONE, leaves: frozenset[Key] = NONE
) -> frozenset[Key]:
    """The second road: the parts that hung on the failed node, without those that keep a way."""
    left = without(links, {failed})
    passing = {key: others - leaves for key, others in left.items() if key not in leaves}
    parts = set()
    for start in passing:
        inner = reached(passing, start)
        parts.add(inner | {leaf for leaf in leaves & left.keys() if left[leaf] & inner})
    alone = {key: left[key] & leaves for key in leaves & left.keys() if not left[key] - leaves}
    hosts = {key: others & alone.keys() for key, others in alone.items()}
    parts |= {reached(hosts, start) | others for start, others in alone.items()}
    parts = {part for part in parts if part & links[failed]}
    out = {part for part in parts if part & exits}
    longest = max(map(len, parts), default=0)
    largest = [part for part in parts if len(part) == longest]
    kept = parts if len(parts) == 1 else out or (largest if len(largest) == 1 else [])
    return NONE.union(*parts) - NONE.union(*kept)


def _judged(
    links: Graph, failed: Key, exits: frozenset[Key] = NONE, leaves: frozenset[Key] = NONE
) -> Verdict:
    """The verdict of whoever looks around the failed node, hop by hop, and sees only what was looked at."""
    left = without(links, {failed})
    near = links[failed]
    read = near - exits
    while True:
        seen: Graph = {key: set() for key in (*read, *near)}
        for key in read:
            for other in left[key]:
                seen[key].add(other)
                seen.setdefault(other, set()).add(key)
        known = seen.keys()
        remains = Remains(seen, leaves & read, exits & known, frozenset(known - read - exits))
        verdict = Verdict(remains.parts(near))
        more = verdict.to_read()
        if not more:
            return verdict
        assert not more & read
        read |= more


@given(graphs, st.integers(0, 13))
def test_a_lost_node_cuts_off_what_trying_it_out_says(links: Graph, number: int) -> None:
    verdict = _judged(links, node(number))
    assert verdict.cut_off == _lost(links, node(number))
    assert not verdict.unknown


@given(graphs, st.integers(0, 13), st.sets(st.integers(0, 13), max_size=3))
def test_whoever_keeps_a_way_out_is_not_cut_off(links: Graph, number: int, outward: set[int]) -> None:
    exits = frozenset(node(each) for each in outward if each != number)
    assert _judged(links, node(number), exits).cut_off == _lost(links, node(number), exits)


@given(graphs, st.integers(0, 13), st.sets(st.integers(0, 13), max_size=5))
def test_hosts_join_nothing(links: Graph, number: int, hosts: set[int]) -> None:
    leaves = frozenset(node(each) for each in hosts if each != number)
    verdict = _judged(links, node(number), leaves=leaves)
    assert not verdict.unknown
    # What hangs on hosts alone is a matter of who is asked about; all others are told alike.
    assert verdict.cut_off - leaves == _lost(links, node(number), leaves=leaves) - leaves


@given(graphs, st.integers(0, 13))
def test_lost_and_kept_are_all_the_neighbours(links: Graph, number: int) -> None:
    verdict = _judged(links, node(number))
    assert links[node(number)] <= verdict.cut_off | verdict.stays
    assert not verdict.cut_off & verdict.stays


@given(graphs, st.integers(0, 13))
def test_the_loss_of_a_leaf_is_the_leaf_alone(links: Graph, number: int) -> None:
    leaf = node(99)
    links[leaf] = {node(number)}
    links[node(number)].add(leaf)
    assert not _judged(links, leaf).cut_off


@given(st.integers(4, 14), st.integers(0, 13))
def test_a_ring_stays_whole_without_one_of_its_nodes(size: int, number: int) -> None:
    ring = graph([(at, (at + 1) % size) for at in range(size)])
    assert not _judged(ring, node(number % size)).cut_off


@given(graphs, st.integers(0, 13))
def test_next_hops_are_neighbours_that_are_left(links: Graph, number: int) -> None:
    left = without(links, {node(number)})
    remains = Remains(left)
    for part in remains.parts(links[node(number)]):
        near = part.nodes & links[node(number)]
        for key, onward in next_hops(remains, part, near).items():
            assert set(onward) <= left[key]
            assert bool(onward) == bool(left[key])


def test_halves_of_one_size_are_cut_off_from_each_other() -> None:
    assert _judged(graph([(0, 1), (1, 2)]), node(1)).cut_off == {node(0), node(2)}


def test_a_host_on_two_switches_joins_them_not() -> None:
    links = without(graph([(0, 1), (0, 2), (1, 9), (2, 9), (2, 3), (3, 4)]), {node(0)})
    verdict = Verdict(Remains(links, leaves=frozenset({node(9)})).parts([node(1), node(2)]))
    assert verdict.cut_off == {node(1)}
    assert node(9) in verdict.stays


def test_two_hosts_on_one_cable_are_a_part() -> None:
    hosts = frozenset({node(1), node(2)})
    assert Remains(graph([(1, 2)]), leaves=hosts).parts([node(1)]) == [Part(hosts)]


def test_where_parts_may_meet_is_looked_at_first() -> None:
    links = without(graph([(0, 1), (0, 2), (1, 5), (1, 6), (2, 5), (2, 7)]), {node(0)})
    unread = frozenset({node(5), node(6), node(7)})
    assert Verdict(Remains(links, unread=unread).parts([node(1), node(2)])).to_read() == {node(5)}
