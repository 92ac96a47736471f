"""A map too large to be shown, in brief: its nodes by role and site, and how many links there are between these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from tools.network_map import Key, Link, NetworkMap, Node

NONE = "(none)"
Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """All links between two groups, or within one."""

    left: Group
    right: Group
    links: int
    cables: int


def by_role_and_site(node: Node) -> Group:
    """Its role, and where it is."""
    return node.role or NONE, node.site or NONE


def by_site(node: Node) -> Group:
    """Where it is; what is nowhere, by what it is."""
    return (node.site or f"({node.role or node.kind})",)


def by_role(node: Node) -> Group:
    """What it is for."""
    return (node.role or NONE,)


GROUPINGS = (by_role_and_site, by_site, by_role)
"""From the finest to the coarsest."""


def sizes(map_: NetworkMap, group: Callable[[Node], Group]) -> dict[Group, int]:
    """How many nodes each group has."""
    found: dict[Group, int] = defaultdict(int)
    for node in map_.nodes.values():
        found[group(node)] += node.count
    return dict(sorted(found.items()))


def between(map_: NetworkMap, group: Callable[[Node], Group]) -> list[Between]:
    """The links between groups, counted."""
    found: dict[tuple[Group, Group], list[Link]] = defaultdict(list)
    for link in map_.links:
        left, right = sorted((group(map_.nodes[link.left]), group(map_.nodes[link.right])))
        found[left, right].append(link)
    return [
        Between(*pair, sum(link.links for link in held), sum(link.cables for link in held))
        for pair, held in sorted(found.items())
    ]


def summarized(map_: NetworkMap, most: int) -> NetworkMap:
    """A map of groups: the finest that has no more than `most` nodes, or the coarsest."""
    group = next((each for each in GROUPINGS if len(sizes(map_, each)) <= most), GROUPINGS[-1])
    nodes: dict[Key, Node] = {}
    for node in map_.nodes.values():
        key = ("group", "\0".join(group(node)))
        before = nodes.get(key)
        if before is None:
            site = node.site if group is not by_role else None
            role = node.role if group is not by_site else None
            nodes[key] = Node(key, "", node.kind, role, site, hops=node.hops, count=node.count)
        else:
            nodes[key] = replace(before, hops=min(before.hops, node.hops), count=before.count + node.count)
    for key, node in nodes.items():
        title = key[1].split("\0")[0]
        nodes[key] = replace(node, name=f"{node.count:,} {title}" if group is not by_site else title)
    links = [
        Link(("group", "\0".join(each.left)), ("group", "\0".join(each.right)), each.cables, each.links)
        for each in between(map_, group)
    ]
    return NetworkMap(nodes, links)
