"""`topology`: what is connected to a device or within a place, as a list, as Mermaid text or as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from orchestration.answer import Row, Section
from orchestration.resolve import id_in
from orchestration.steps import Gathered, Plan
from orchestration.tokens import count_tokens
from orchestration.tool import Arguments, Briefing, Draft, Found, Lookup, Tool
from sources.catalog import Catalog
from tools.cable_places import typed
from tools.cable_rows import DEVICE
from tools.map_drawing import drawing
from tools.map_summary import between, by_role, by_role_and_site, by_site, sizes, summarized
from tools.mermaid import mermaid
from tools.neighbourhood import MOST_DEVICES, Neighbourhood, beginning
from tools.network_map import GAP, NetworkMap
from tools.wording import counted, listed, title_of

AROUND = "around"
NODES, LINKS = "nodes", "links"
TIERS = ((DEVICE, "dcim.site"), ("dcim.rack", "dcim.location"), ("dcim.region",))
MOST_DRAWN = 60
"""Nodes of a picture or diagram that can still be read."""
MOST_LISTED = 300
"""Nodes that are listed before they are summed up."""
FRAME = 400
"""Tokens of an answer beside its diagram."""


class TopologyArguments(Arguments):
    """Around what, how far, and as what."""

    around: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
        Field(description="device, site, rack, location or region"),
    ]
    depth: Annotated[int, Field(ge=1, le=4, description="hops of devices")] = 1
    format: Annotated[Literal["edges", "mermaid", "svg"], Field(description="svg: a link to a picture")] = (
        "edges"
    )
    panels: Annotated[bool, Field(description="patch panels and circuits as nodes of their own")] = False
    kind: Literal["network", "power", "console"] = "network"


class Topology(Tool[TopologyArguments]):
    """Neighbours as nodes and links."""

    name = "topology"
    title = "Map neighbours and links"
    description = (
        "What a device is connected to, or how the devices of a site, rack or location are connected to each other "
        "and outward: nodes and links with ports, LAGs and circuits, to a depth; as a list, Mermaid diagram or SVG "
        'picture. Example: around="akr-core01", depth=2.'
    )
    examples = ("what is connected to akr-core01", "draw the network of Akron", "neighbours of akr-asw01")
    arguments = TopologyArguments

    def lookups(self, args: TopologyArguments, catalog: Catalog) -> Sequence[Lookup]:
        """The device or place, the likeliest first."""
        tiers = tuple(tuple(catalog[name] for name in tier if name in catalog) for tier in TIERS)
        type_, rest = typed(args.around, catalog, {name for tier in TIERS for name in tier})
        if id_in(args.around):
            # Devices and sites may have the same ids; what is called by its id is an unnamed device.
            return [Lookup(AROUND, args.around, ((catalog[DEVICE],), *tiers))]
        if type_ is None:
            return [Lookup(AROUND, args.around, tiers)]
        if id_in(rest):
            return [Lookup(AROUND, rest, ((type_,),))]
        # A site may be called "Site 12" as a whole.
        others = tuple(each for tier in tiers for each in tier if each is not type_)
        return [Lookup(AROUND, rest, ((type_,), others), also=(args.around,))]

    def plan(self, args: TopologyArguments, briefing: Briefing) -> Plan:
        """The devices that the map begins with, and what is plugged into them."""
        return beginning(briefing.one(AROUND), args.kind, briefing.catalog)

    def further(self, args: TopologyArguments, gathered: Gathered, briefing: Briefing) -> Plan:
        """The devices of the next hop, and its ports."""
        return _around(args, gathered, briefing).plan()

    def assemble(self, args: TopologyArguments, gathered: Gathered, briefing: Briefing) -> Draft:
        """Nodes and links, or a diagram of them; too many are summed up by role and site."""
        around = _around(args, gathered, briefing)
        map_ = around.shown() if args.panels else around.collapsed()
        draft = Draft(
            _summary(args, briefing.one(AROUND), around, map_, briefing.catalog),
            facts=_facts(map_)
            | ({"panels_folded": len(around.folded)} if around.folded and not args.panels else {}),
            warnings=_unread(around, map_),
            complete=not around.stopped,
        )
        match args.format:
            case "mermaid":
                return _as_mermaid(draft, map_, briefing)
            case "svg":
                return _as_picture(draft, map_, briefing)
        return replace(draft, sections=_tables(map_, briefing))


def _around(args: TopologyArguments, gathered: Gathered, briefing: Briefing) -> Neighbourhood:
    return Neighbourhood(gathered, briefing.catalog, args.kind, args.depth, panels=args.panels)


def _facts(map_: NetworkMap) -> dict[str, int]:
    found = {
        "devices": sum(1 for type_, _ in map_.nodes if type_ == DEVICE),
        "other_nodes": sum(1 for type_, _ in map_.nodes if type_ != DEVICE),
        "links": sum(link.links for link in map_.links),
        "connections": sum(link.cables for link in map_.links),
        "loops": sum(link.links for link in map_.links if link.left == link.right),
    }
    return {name: number for name, number in found.items() if number or name in ("devices", "links")}


def _summary(
    args: TopologyArguments, found: Found, around: Neighbourhood, map_: NetworkMap, catalog: Catalog
) -> str:
    inside = sum(1 for (type_, _), hops in around.hops.items() if type_ == DEVICE and not hops)
    beyond = [node for (type_, _), node in map_.nodes.items() if type_ == DEVICE and node.hops]
    head = f"{found.type.label} {title_of(found.type, found.entity)}"
    if found.type.name != DEVICE:
        head += f": {counted(inside, catalog[DEVICE])}"
    away = f"{counted(len(beyond), catalog[DEVICE])} within {args.depth} hop{'s' if args.depth > 1 else ''}"
    roles = [
        f"{number:,} {group[0]}"
        for group, number in sorted(sizes(NetworkMap({n.key: n for n in beyond}, ()), by_role).items())
    ]
    links, cables = (
        sum(numbers) for numbers in zip(*((0, 0), *((x.links, x.cables) for x in map_.links)), strict=True)
    )
    told = f"{links:,} {args.kind} link{'' if links == 1 else 's'} of {cables:,} connection{'' if cables == 1 else 's'}"
    met = f"{away} ({listed(roles)})" if roles else away
    return f"{head}{';' if found.type.name != DEVICE else ':'} {met}; {told}"


def _unread(around: Neighbourhood, map_: NetworkMap) -> tuple[str, ...]:
    found = []
    if around.stopped:
        found.append(
            f"only {around.read} of the hops {'was' if around.read == 1 else 'were'} read: beyond them are "
            f"{len(around.beyond):,} devices more, and {MOST_DEVICES:,} are the most that one map looks at"
        )
    if around.dangling:
        number = len(around.dangling)
        found.append(
            f"{number:,} cabled port{' leads' if number == 1 else 's lead'} to no other device: the path ends at a "
            "patch panel or circuit (trace says where)"
        )
    if any(GAP in each.via for each in map_.connections):
        found.append(f'"{GAP}": more may lie between there than was read; a larger depth reads it')
    return tuple(found)


def _tables(map_: NetworkMap, briefing: Briefing) -> tuple[Section, ...]:
    large = len(map_.nodes) > MOST_LISTED
    nodes = [
        [node.name, node.role, node.site, node.rack, node.status, node.hops] for node in map_.nodes.values()
    ]
    names = {key: node.name for key, node in map_.nodes.items()}
    links = [
        [
            names[link.left],
            names[link.right],
            link.links,
            link.cables,
            link.left_ports,
            link.right_ports,
            link.via,
        ]
        for link in map_.parallel
    ]
    share = 0.1 if large else 1.0
    whole = (
        _table("nodes", ("name", "role", "site", "rack", "status", "hops"), nodes, NODES, briefing, share),
        _table(
            "links",
            ("a", "b", "links", "connections", "a_port", "b_port", "via"),
            links,
            LINKS,
            briefing,
            share,
        ),
    )
    return (*_summed_up(map_, briefing), *whole) if large else whole


def _summed_up(map_: NetworkMap, briefing: Briefing) -> tuple[Section, ...]:
    groups = [[*group, number] for group, number in sizes(map_, by_role_and_site).items()]
    roles = [[*each.left, *each.right, each.links, each.cables] for each in between(map_, by_role)]
    sites = [[*each.left, *each.right, each.links, each.cables] for each in between(map_, by_site)]
    ends = ("a", "b", "links", "connections")
    return (
        _table("nodes by role and site", ("role", "site", "nodes"), groups, "by_role_and_site", briefing),
        _table("links by role", ends, roles, "by_role", briefing),
        _table("links by site", ends, sites, "by_site", briefing),
    )


def _table(
    title: str,
    columns: tuple[str, ...],
    rows: Sequence[Row],
    key: str,
    briefing: Briefing,
    share: float = 1.0,
) -> Section:
    start = briefing.window.start(key)
    return Section(title, columns, rows[start:], len(rows), start, key, share)


def _as_mermaid(draft: Draft, map_: NetworkMap, briefing: Briefing) -> Draft:
    """The diagram in the answer itself: of all nodes, or of their groups where these are too many."""
    room = briefing.max_tokens - FRAME
    drawn = (map_, *(summarized(map_, most) for most in (MOST_DRAWN, 1)))
    for each in drawn:
        if len(each.nodes) <= MOST_DRAWN and count_tokens(text := mermaid(each)) <= room:
            told = draft if each is map_ else _told_of_groups(draft, map_, "diagram")
            return replace(told, facts={**draft.facts, "mermaid": text})
    return replace(
        draft,
        sections=_tables(map_, briefing),
        complete=False,
        warnings=(*draft.warnings, "the diagram does not fit: raise max_tokens, or ask for a smaller depth"),
    )


def _as_picture(draft: Draft, map_: NetworkMap, briefing: Briefing) -> Draft:
    """The picture beside the answer: of all nodes, or of their groups where these are too many."""
    found = briefing.one(AROUND)
    title = f"{found.type.label} {title_of(found.type, found.entity)}"
    if len(map_.nodes) <= MOST_DRAWN:
        return replace(draft, picture=drawing(map_, title))
    told = _told_of_groups(draft, map_, "picture")
    return replace(told, picture=drawing(summarized(map_, MOST_DRAWN), title))


def _told_of_groups(draft: Draft, map_: NetworkMap, what: str) -> Draft:
    by = "role and site"
    words = (
        f"{len(map_.nodes):,} nodes are too many for a {what}: it shows them summed up by {by}; "
        "format=edges lists them all"
    )
    return replace(draft, warnings=(*draft.warnings, words), complete=False)
