"""`trace`: the physical path from a port or cable to its ends; with `to`, the shortest paths between two places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import Field, StringConstraints

from orchestration.steps import Follow, Gathered, Given, Plan, Step
from orchestration.tool import Arguments, Briefing, Draft, Lookup, Tool
from sources.catalog import Catalog
from tools.cable_graph import CableGraph
from tools.cable_paths import Path, Tracer
from tools.cable_places import SITE, Meant, chosen, lookup, meanings, others, steps
from tools.cable_rows import (
    CABLE,
    CIRCUIT,
    CONSOLE,
    CONSOLE_SERVER,
    DEVICE,
    FEED,
    FRONT,
    INLET,
    INTERFACE,
    OUTLET,
    PANEL,
    PORTS,
    REAR,
    Node,
    kinds_of,
)
from tools.cable_search import Found, Place, shortest
from tools.carriers import Carriers, carriers
from tools.port_names import Port
from tools.traces import between, in_brief, in_full, nothing
from tools.wording import natural, title_of

START, TO = "start", "to"
STARTS = ((DEVICE, CIRCUIT, CABLE), (PANEL, FEED))
GOALS = ((DEVICE, SITE), (CIRCUIT, PANEL, FEED))
SHOWN = 3
"""Equally short paths that are told hop by hop."""
NETWORK = (INTERFACE, FRONT, REAR)
MEDIA = ((INLET, OUTLET), (CONSOLE, CONSOLE_SERVER, FRONT, REAR))
"""The ports that a search keeps to if it begins or ends at one of the first of them; else the network's."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class TraceArguments(Arguments):
    """From where, and to where."""

    start: Annotated[
        Name, Field(description='port, cable, circuit or device: "sw1 Gi1/0/48", "pp01 front 12", "cable C7"')
    ]
    to: Annotated[Name | None, Field(description="device, site or port: the shortest paths to it")] = None


class Trace(Tool[TraceArguments]):
    """Paths over cables."""

    name = "trace"
    title = "Trace cables from end to end"
    description = (
        "Physical path of a port, LAG, cable, circuit or power feed, hop by hop through patch panels, splits, circuits "
        "and PDUs, and why it ends; of a device all its cables; with `to` the shortest cable paths between two places. "
        'Example: start="akr-asw01 Gi1/0/48".'
    )
    examples = ("where does akr-asw01 Gi1/0/48 go", "trace cable C0012", "path from akr-srv01 to bin-core01")
    arguments = TraceArguments

    def lookups(self, args: TraceArguments, catalog: Catalog) -> Sequence[Lookup]:
        """The names of devices, circuits, cables and sites in what was said."""
        found = [lookup(START, args.start, catalog, STARTS)]
        return [*found, lookup(TO, args.to, catalog, GOALS)] if args.to else found

    def plan(self, args: TraceArguments, briefing: Briefing) -> Plan:
        """The ports of what was named, among which the one is that is meant; the devices of a site."""
        plan: dict[str, Step] = {}
        catalog = briefing.catalog
        for key, text in _texts(args).items():
            meant = _meant(key, text, briefing)
            plan |= steps(key, meant, catalog)
            sites = [each.found.entity for each in meant if each.found.type.name == SITE]
            if sites:
                relation = catalog[SITE].relations["devices"]
                plan[f"{key}: sites"] = Given(catalog[SITE], tuple(sites))
                plan[f"{key}: devices of sites"] = Follow(
                    f"{key}: sites", relation, catalog[DEVICE], optional=False
                )
        return plan or {START: Given(catalog[DEVICE], ())}

    def further(self, args: TraceArguments, gathered: Gathered, briefing: Briefing) -> Plan:
        """The next hop: what the paths that are known so far lead to; first the port, if it was not found yet."""
        for key, text in _texts(args).items():
            elsewhere = others(key, _meant(key, text, briefing), gathered, briefing.catalog)
            if elsewhere:
                return elsewhere
        ends = _ends(args, gathered, briefing).items()
        plans = [_carried(key, port, gathered, briefing).plan for key, port in ends]
        plan = {name: step for each in plans for name, step in each.items()}
        if plan:
            return plan
        graph = CableGraph(gathered, briefing.catalog)
        if not args.to:
            _traced(args, gathered, briefing, graph)
        elif _search(args, gathered, briefing, graph)[0] is not None:
            return {}
        return graph.plan(len(gathered.plan))

    def assemble(self, args: TraceArguments, gathered: Gathered, briefing: Briefing) -> Draft:
        """A row for each cable of a path; of a device a row for each path."""
        graph = CableGraph(gathered, briefing.catalog)
        window = briefing.window
        ends = _ends(args, gathered, briefing)
        carried = [_carried(key, port, gathered, briefing) for key, port in ends.items()]
        words = "; ".join(each.words for each in carried if each.words)
        if args.to:
            found, names = _search(args, gathered, briefing, graph)
            among = _followed(_types(list(ends.values())))
            draft = between(graph, found or Found(gave_up=True), names, window, among)
            return replace(draft, summary=f"{draft.summary} ({words})") if words else draft
        port, paths = _traced(args, gathered, briefing, graph)
        type_ = briefing.catalog[port[0]]
        label = words or f"{type_.label} {title_of(type_, port[1])}"
        if port[0] in (DEVICE, PANEL) or len({path.begin.port for path in paths}) > 1:
            return in_brief(graph, label, paths, window)
        if not paths:
            return nothing(label, "no cable can be plugged into it" if words else "no ends")
        draft = in_full(graph, paths, window)
        return replace(draft, summary=f"{words}: {draft.summary}") if words else draft


def _texts(args: TraceArguments) -> dict[str, str]:
    return {START: args.start, **({TO: args.to} if args.to else {})}


def _meant(key: str, text: str, briefing: Briefing) -> list[Meant]:
    return meanings(text, briefing.found[key], briefing.catalog)


def _ends(args: TraceArguments, gathered: Gathered, briefing: Briefing) -> dict[str, Port]:
    """What start and goal stand for."""
    return {
        key: chosen(key, text, _meant(key, text, briefing), gathered, briefing.catalog)
        for key, text in _texts(args).items()
    }


def _carried(key: str, port: Port, gathered: Gathered, briefing: Briefing) -> Carriers:
    return carriers(key, port, gathered, briefing.catalog)


def _traced(
    args: TraceArguments, gathered: Gathered, briefing: Briefing, graph: CableGraph
) -> tuple[Port, list[Path]]:
    """What the start stands for, and the paths from there, each told once."""
    port = _ends(args, gathered, briefing)[START]
    carried = _carried(START, port, gathered, briefing)
    tracer = Tracer(graph)
    paths: dict[frozenset[Node], Path] = {}
    for start in carried.ports if carried.words else _starts(port, graph):
        for path in tracer.paths(start):
            ends = [*path.beginnings, *path.leg.ends()]
            cables = {(CABLE, link.cable) for links, _ in ends for link in links}
            paths.setdefault(frozenset({*(stop.port for _, stop in ends), *cables}), path)
    return port, list(paths.values())


def _starts(port: Port, graph: CableGraph) -> list[Node]:
    """The ports that paths are traced from."""
    type_, row = port
    node = (type_, row["id"])
    match type_:
        case "dcim.device":
            ports = graph.ports(row["id"], kinds_of([row])) or []
            order = {name: number for number, name in enumerate(PORTS)}
            ports.sort(key=lambda each: (order[each[0]], natural(str(graph.name(each).get("name")))))
            return ports
        case "circuits.circuit" | "dcim.powerpanel":
            inside = graph.owned(type_, row["id"])
            return inside[:1] if type_ == CIRCUIT else inside
        case "dcim.cable":
            return _best_end(node, graph)
    return [node]


def _best_end(cable: Node, graph: CableGraph) -> list[Node]:
    """The end from which a cable is told best: of a breakout cable the one that it splits from."""
    row = graph.row(cable)
    if row is None:
        return []
    sides = [row["a_terminations"], row["b_terminations"]]
    held = sorted((side for side in sides if side), key=len)
    return [(held[0][0].get("type", ""), held[0][0]["id"])] if held else []


def _types(ends: Sequence[Port]) -> tuple[str, ...]:
    """The types of ports that a search goes through."""
    for medium in MEDIA:
        if any(
            type_ in (medium[0], medium[1], *((FEED, PANEL) if INLET in medium else ())) for type_, _ in ends
        ):
            return medium
    return NETWORK


def _followed(types: tuple[str, ...]) -> str:
    """The cables that a search has followed, in words."""
    if types != NETWORK:
        return "the cables that are known"
    return "the network cables that are known (power and console are followed from a port or to one)"


def _search(
    args: TraceArguments, gathered: Gathered, briefing: Briefing, graph: CableGraph
) -> tuple[Found | None, tuple[str, str]]:
    ends = _ends(args, gathered, briefing)
    types = _types(list(ends.values()))
    begin, end = (_place(key, port, gathered, briefing, graph) for key, port in ends.items())
    return shortest(graph, begin, end, types, SHOWN), (args.start, str(args.to))


def _place(key: str, port: Port, gathered: Gathered, briefing: Briefing, graph: CableGraph) -> Place:
    type_, row = port
    if type_ == DEVICE:
        return Place(devices=frozenset({row["id"]}))
    if type_ == SITE:
        devices = gathered.children(f"{key}: devices of sites", row["id"])
        return Place(devices=frozenset(each["id"] for each in devices), site=(SITE, row["id"]))
    if type_ in (CIRCUIT, PANEL):
        return Place(frozenset(graph.owned(type_, row["id"])))
    if type_ == CABLE:
        return Place(frozenset(_best_end((type_, row["id"]), graph)))
    return Place(frozenset(_carried(key, port, gathered, briefing).ports))
