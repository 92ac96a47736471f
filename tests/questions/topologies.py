"""Questions about neighbours, worked out from the cables themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from tests.questions.case import Case, Expect, Expected, Table
from tests.questions.truth import Node, Truth

PORTS = {
    "network": ("dcim.interface",),
    "power": ("dcim.powerport", "dcim.poweroutlet"),
    "console": ("dcim.consoleport", "dcim.consoleserverport"),
}


def _owner(truth: Truth, node: Node) -> Node:
    row = truth.table(node[0])[node[1]]
    return ("dcim.device", row["device"]) if "device" in row else node


def pairs(truth: Truth, kind: str, devices: Sequence[int]) -> dict[frozenset[Node], set[frozenset[Node]]]:
    """The connections of these devices, as pairs of ports, by the pairs of what these belong to."""
    found: dict[frozenset[Node], set[frozenset[Node]]] = defaultdict(set)
    for type_ in PORTS[kind]:
        for port in truth.rows(type_, lambda row: row["device"] in devices):
            far = truth.far_end(type_, port["id"])
            if far is not None:
                near = (type_, port["id"])
                found[frozenset({_owner(truth, near), _owner(truth, far)})].add(frozenset({near, far}))
    return found


def around(devices: Sequence[str], *, kind: str = "network", depth: int = 1, site: str = "") -> Expect:
    """The nodes with their distance, and each link with how many connections it is of."""

    def expect(truth: Truth) -> Expected:
        start = (
            [
                row["id"]
                for row in truth.rows("dcim.device", lambda row: truth.site_of("dcim.device", row) == site)
            ]
            if site
            else [truth.named("dcim.device", name)["id"] for name in devices]
        )
        hops = {("dcim.device", id_): 0 for id_ in start}
        links: dict[frozenset[Node], set[frozenset[Node]]] = {}
        read: set[int] = set()
        for hop in range(depth):
            frontier = [id_ for (type_, id_), far in hops.items() if type_ == "dcim.device" and far == hop]
            read |= set(frontier)
            for ends, held in pairs(truth, kind, frontier).items():
                links[ends] = held
                for end in ends:
                    hops.setdefault(end, hop + 1)
        linked = {end for ends in links for end in ends}
        shown = {
            node: far for node, far in hops.items() if node in linked or not _is_panel(truth, node, kind)
        }
        nodes = [[truth.title(*node), far] for node, far in shown.items()]
        rows: list[list[Any]] = [[size] for held in links.values() for size in _bundles(truth, held, read)]
        return Expected(
            {
                "nodes": Table(("name", "hops"), nodes),
                "links": Table(("connections",), rows),
            },
            {"connections": sum(map(len, links.values()))},
        )

    return expect


def _bundles(truth: Truth, held: set[frozenset[Node]], read: set[int]) -> list[int]:
    """How many connections each link between two nodes is of: the members of a LAG are one, if its ports were read."""
    found: Counter[Any] = Counter()
    for ports in held:
        rows = [truth.table(type_)[id_] for type_, id_ in ports]
        lags = [row.get("lag") for row in rows if row.get("device") in read]
        found[frozenset(lag for lag in lags if lag) or ports] += 1
    return list(found.values())


def _is_panel(truth: Truth, node: Node, kind: str) -> bool:
    """Whether it is a device that connections of this kind only lead through."""
    fronts = truth.rows("dcim.frontport", lambda row: ("dcim.device", row["device"]) == node)
    return kind == "network" and bool(fronts)


TOPOLOGIES: tuple[Case, ...] = (
    Case("what is a core switch connected to", "topology", {"around": "akr-core01"}, around(["akr-core01"])),
    Case(
        "what is three hops around an access switch",
        "topology",
        {"around": "akr-asw01", "depth": 3},
        around(["akr-asw01"], depth=3),
    ),
    Case(
        "how are the devices of a site connected, to each other and outward",
        "topology",
        {"around": "site Akron"},
        around([], site="Akron"),
    ),
    Case(
        "which servers hang on which console server",
        "topology",
        {"around": "akr-core01", "kind": "console"},
        around(["akr-core01"], kind="console"),
    ),
    Case(
        "what feeds a switch, and what feeds that",
        "topology",
        {"around": "akr-core01", "kind": "power", "depth": 2},
        around(["akr-core01"], kind="power", depth=2),
    ),
)
