"""Maps of parallel links: each is listed, and what is said of several is true of each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tools.network_map import Connection, End, Key, Link, NetworkMap, Node, network_map

LEFT, RIGHT = ("dcim.device", "1"), ("dcim.device", "2")


def between(*ways: tuple[str, ...], names: bool = True, lag: tuple[str, str] | None = None) -> NetworkMap:
    """A map of two devices with a connection for each way."""

    def end(node: Key, number: int) -> End:
        port = ("dcim.interface", f"{node[1]}.{number}")
        return End(node, port, f"Gi{number}" if names else None, lag if node == LEFT else None)

    held = [Connection(end(LEFT, number), end(RIGHT, 9 - number), way) for number, way in enumerate(ways)]
    return network_map([Node(LEFT, "sw1"), Node(RIGHT, "sw2")], held)


def told(links: list[Link]) -> list[tuple[str | None, str | None, str | None]]:
    return [(link.left_ports, link.right_ports, link.via) for link in links]


def test_each_of_several_links_has_its_own_ports_and_way() -> None:
    found = between((), ("circuit C1",), ())
    assert told(list(found.parallel)) == [
        ("Gi0", "Gi9", None),
        ("Gi1", "Gi8", "circuit C1"),
        ("Gi2", "Gi7", None),
    ]


def test_a_pair_of_nodes_is_drawn_once_with_what_is_true_of_all_its_links() -> None:
    [apart] = between((), ("circuit C1",), ()).links
    assert (apart.links, apart.left_ports, apart.via) == (3, None, "2 direct; 1 circuit C1")
    [alike] = between(("patch panels",), ("patch panels",)).links
    assert (alike.links, alike.via) == (2, "patch panels")


def test_links_that_nothing_tells_apart_are_counted() -> None:
    assert [(link.links, link.cables) for link in between((), (), (), names=False).parallel] == [(3, 3)]


def test_the_members_of_a_lag_are_one_link_whatever_they_lead_through() -> None:
    [link] = between(("circuit C1",), ("circuit C2",), lag=("7", "Po1")).parallel
    assert (link.links, link.cables, link.left_ports) == (1, 2, "Po1 (2)")
    assert link.via == "1 circuit C1; 1 circuit C2"


@given(
    st.lists(st.sampled_from([(), ("circuit C1",), ("patch panels",)]), min_size=1, max_size=9), st.booleans()
)
def test_every_link_is_counted_once(ways: list[tuple[str, ...]], names: bool) -> None:
    found = between(*ways, names=names)
    assert sum(link.links for link in found.parallel) == sum(link.links for link in found.links) == len(ways)
    assert sum(link.cables for link in found.parallel) == len(ways)
