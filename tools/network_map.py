"""A network map: nodes, and the links between them, with parallel cables and the members of LAGs folded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from orchestration.cells import folded, shortened
from tools.wording import natural

Key = tuple[str, str]
"""The type and the id of what a node stands for."""
GAP = "…"
"""Stands for what lies between two ends of a link and was not read."""


@dataclass(frozen=True, slots=True)
class Node:
    """A device, or what is met beside devices: a provider's network, a circuit, a power feed."""

    key: Key
    name: str
    kind: str = "device"
    role: str | None = None
    site: str | None = None
    rack: str | None = None
    status: str | None = None
    hops: int = 0
    """How far it is from where the map begins."""
    count: int = 1
    """How many objects it stands for."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a connection: a port of a node; without a name where none was read."""

    node: Key
    port: Key
    name: str | None = None
    lag: tuple[str, str] | None = None
    """The id and the name of the LAG that the port is a member of."""


@dataclass(frozen=True, slots=True)
class Connection:
    """One physical connection between two ports, and what it leads through."""

    left: End
    right: End
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """All that connects two nodes. `links` counts a LAG once, `cables` each of its members."""

    left: Key
    right: Key
    cables: int
    links: int
    left_ports: str | None = None
    right_ports: str | None = None
    """Named where there is one link: its port, or its LAG with the number of its members."""
    via: str | None = None
    """What it leads through; of several that differ, how many lead through what."""


@dataclass(frozen=True, slots=True)
class NetworkMap:
    """What was found."""

    nodes: Mapping[Key, Node]
    links: Sequence[Link]
    """One for each pair of nodes, to be drawn."""
    parallel: Sequence[Link] = ()
    """The same links one by one, to be listed; only those of which nothing tells them apart are counted together."""
    connections: Sequence[Connection] = field(default=())


def network_map(nodes: Iterable[Node], connections: Iterable[Connection]) -> NetworkMap:
    """The map of these nodes, the names of which become their own. Each connection is told once."""
    known = {node.key: node for node in _told_apart(nodes)}
    order = {key: (node.hops, node.name, key) for key, node in known.items()}
    once = _once(connections, order)
    pairs: dict[tuple[Key, Key], list[Connection]] = defaultdict(list)
    for each in once:
        pairs[each.left.node, each.right.node].append(each)
    links = [_link(pair, held) for pair, held in pairs.items()]
    links.sort(key=lambda link: (order[link.left], order[link.right]))
    parallel = [link for each in links for link in _one_by_one(pairs[each.left, each.right])]
    ordered = dict(sorted(known.items(), key=lambda item: order[item[0]]))
    return NetworkMap(ordered, links, parallel, once)


def _told_apart(nodes: Iterable[Node]) -> list[Node]:
    """The nodes, those of one name told apart by their place, and where that is the same by their ids."""
    every = list(nodes)
    for attempt in ("site", "id"):
        names = Counter(node.name for node in every)
        every = [_renamed(node, attempt) if names[node.name] > 1 else node for node in every]
    return every


def _renamed(node: Node, by: str) -> Node:
    more = f"({node.site})" if by == "site" and node.site else f"#{node.key[1]}" if by == "id" else ""
    return Node(
        node.key,
        f"{node.name} {more}".strip(),
        node.kind,
        node.role,
        node.site,
        node.rack,
        node.status,
        node.hops,
        node.count,
    )


def _once(connections: Iterable[Connection], order: Mapping[Key, tuple[int, str, Key]]) -> list[Connection]:
    """Each connection once, from its nearer end, with what either end knows of it."""

    def rank(end: End) -> tuple[tuple[int, str, Key], Key]:
        return order[end.node], end.port

    found: dict[tuple[Key, Key], Connection] = {}
    for each in connections:
        turned = each if rank(each.left) <= rank(each.right) else _turned(each)
        key = turned.left.port, turned.right.port
        before = found.get(key)
        found[key] = turned if before is None else _joined(before, turned)
    return [found[key] for key in sorted(found)]


def _turned(connection: Connection) -> Connection:
    return Connection(connection.right, connection.left, connection.via)


def _joined(one: Connection, other: Connection) -> Connection:
    left, right = (
        End(a.node, a.port, a.name or b.name, a.lag or b.lag)
        for a, b in ((one.left, other.left), (one.right, other.right))
    )
    return Connection(left, right, tuple(dict.fromkeys((*one.via, *other.via))))


def _link(pair: tuple[Key, Key], held: Sequence[Connection]) -> Link:
    bundles = _bundled(held)
    if len(bundles) > 1:
        return Link(*pair, len(held), len(bundles), via=_via(held))
    left, right = ([each.left for each in held], [each.right for each in held])
    return Link(*pair, len(held), 1, _ports(left), _ports(right), _via(held))


def _one_by_one(held: Sequence[Connection]) -> list[Link]:
    """Each link between two nodes, in the order of its ports; those that look alike as one, with their number."""
    [pair] = {(each.left.node, each.right.node) for each in held}
    alike: dict[tuple[str | None, ...], list[Link]] = defaultdict(list)
    for bundle in _bundled(held):
        link = _link(pair, bundle)
        alike[link.left_ports, link.right_ports, link.via].append(link)
    ordered = sorted(alike.items(), key=lambda item: [natural(text or "") for text in item[0]])
    return [
        replace(links[0], cables=sum(link.cables for link in links), links=len(links)) for _, links in ordered
    ]


def _via(held: Sequence[Connection]) -> str | None:
    """What all of these lead through; where they differ, how many of them lead through what."""
    ways = Counter(", ".join(each.via) for each in held)
    if len(ways) == 1:
        return shortened(next(iter(ways))) or None
    return shortened("; ".join(f"{number:,} {way or 'direct'}" for way, number in sorted(ways.items())))


def _bundled(held: Sequence[Connection]) -> list[list[Connection]]:
    """The connections that are one link: those whose ports are members of the same LAG at either end."""
    bundles: list[tuple[set[tuple[Key, str]], list[Connection]]] = []
    for each in held:
        lags = {(end.node, end.lag[0]) for end in (each.left, each.right) if end.lag}
        same = [bundle for bundle in bundles if lags & bundle[0]]
        members = [each]
        for bundle in same:
            lags |= bundle[0]
            members = [*bundle[1], *members]
            bundles.remove(bundle)
        bundles.append((lags, members))
    return [members for _, members in bundles]


def _ports(ends: Sequence[End]) -> str | None:
    lags = {end.lag for end in ends}
    [lag, *others] = lags
    if lag and not others:
        return shortened(f"{lag[1]} ({len(ends)})")
    names = {end.name for end in ends if end.name}
    return shortened(folded(sorted(names, key=natural))) or None
