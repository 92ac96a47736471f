"""Every tool on the largest site of an inventory: upstream calls, tokens, and how long it takes cold and warm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.calls import asked, failed
from benchmarks.report import Measure
from benchmarks.upstream import Upstream, reads
from server.services import Services
from sources.errors import NetbriefError
from tools.registry import TOOLS

MOST = 8
"""Calls of an answer, however large the site is; further pages and batches of one read come on top."""
A_HOP = 4
"""Calls for each hop of a search for paths."""
SINCE = "2026-01-01"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the most calls that it may take."""

    what: str
    tool: str
    arguments: Mapping[str, Any]
    most: int = MOST
    by_rest: int = MOST
    """The same where there is no GraphQL, so that each type is a read of its own."""
    a_hop: int = 0


def questions(place: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions about a place: its `site` and `switch`, and others of their kind to compare them with."""
    site, switch = place["site"], place["switch"]
    at = {"site": site}
    listed = {"type": "device", "where": at, "include": ["interfaces", "ip_addresses"]}
    return (
        # NetBox can be searched for a text only one type at a time.
        Question("find a name", "find", {"text": switch}, most=12, by_rest=12),
        Question("find an address", "find", {"text": "10.0.0.9"}),
        Question("list_objects: devices with ports and addresses", "list_objects", listed),
        # A count of each kind of thing that stands there.
        Question("describe the site", "describe", {"object": site, "type": "site"}, most=9, by_rest=9),
        Question("describe a switch", "describe", {"object": switch}),
        Question("vlans of the site", "vlans", at),
        Question("trace a port", "trace", {"start": f"{switch} {place['port']}"}),
        Question("trace all cables of a switch", "trace", {"start": switch}, by_rest=12),
        Question("trace to a device", "trace", {"start": switch, "to": place["device"]}, a_hop=A_HOP),
        Question("topology of the site", "topology", {"around": site}),
        Question("topology around a switch", "topology", {"around": switch, "panels": True}),
        Question("ip_space of the site", "ip_space", {**at, "free_length": 26}),
        Question("ip_space of an address", "ip_space", {"address": "10.0.1.7"}),
        Question("capacity of the site", "capacity", {"of": site}),
        Question("capacity: ports of the site", "capacity", {"of": site, "type": "ports"}),
        Question("capacity of a switch", "capacity", {"of": switch}),
        # Ten types of objects, prefixes both here and anywhere, and what lies behind patch panels.
        Question("audit the site, all checks", "audit", at, by_rest=13),
        Question("changes at the site", "changes", {**at, "since": SINCE}),
        Question("changes anywhere", "changes", {"since": SINCE}),
        Question("compare two switches", "compare", {"left": switch, "right": place["another switch"]}),
        Question("compare two sites", "compare", {"left": site, "right": place["another site"]}),
        Question(
            "compare the site then and now",
            "compare",
            {"left": site, "type": "site", "since": "2026-10-01"},
        ),
    )


async def every_tool(services: Services, *, graphql: bool, naming: int = 0) -> list[Measure]:
    """The measures of every question, its calls held against the most that it may take.

    `naming` is what a name takes more where there are too many of a kind to read all their names at once.
    """
    [configured] = services.configured
    source: Any = services.readers[configured.name].source
    upstream = Upstream(source.http)
    measures, place = [], await largest(services)
    for question in questions(place):
        budget = TOOLS[question.tool].arguments.model_fields["max_tokens"].default
        upstream.requests.clear()
        try:
            body, tokens = await asked(services, question.tool, **question.arguments, refresh=True)
        except NetbriefError as error:
            measures.append(Measure(f"{question.what}: {error.code}", 0, "tokens", budget))
            continue
        needed, cold = reads(upstream.requests), body["cost"]
        warm, _ = await asked(services, question.tool, **question.arguments)
        most = naming + (question.most if graphql else question.by_rest)
        most += question.a_hop * body.get("facts", {}).get("cables", 0) if question.a_hop else 0
        pages = cold["calls"] - needed
        more = f" (and {pages:,} further pages and batches)" if pages else ""
        measures += [
            Measure(f"{question.what}: calls cold{more}", needed, "", most),
            Measure(f"{question.what}: answer", tokens, "tokens", budget),
            Measure(f"{question.what}: cold", cold["ms"], "ms"),
            Measure(f"{question.what}: warm, {warm['cost']['calls']} calls", warm["cost"]["ms"], "ms"),
        ]
    return [*measures, *await failed(services, place["switch"], place["site"])]


async def largest(services: Services) -> dict[str, str]:
    """The largest site, with a switch and another device of it, and others to compare them with."""
    sites, _ = await asked(services, "list_objects", type="device", group_by="site", max_tokens=20_000)
    site, another = [row[0] for row in sites["sections"][0]["rows"]][:2]
    names = await _names(services, "device", {"site": site, "name__ic": "asw"})
    others = await _names(services, "device", {"name__ic": "asw", "name__n": names[0]}) or names[1:]
    servers = await _names(services, "device", {"site": site, "name__ic": "srv"})
    ports = await _names(services, "interface", {"device": names[0], "cabled": "true"})
    return {
        "site": site,
        "another site": another,
        "switch": names[0],
        "another switch": others[0],
        "device": servers[0],
        "port": ports[0],
    }


async def _names(services: Services, type_: str, where: Mapping[str, str]) -> list[str]:
    """Names that are one object's alone."""
    body, _ = await asked(
        services, "list_objects", type=type_, where=dict(where), fields=["name"], order_by=["name"], limit=50
    )
    names = [str(row[0]) for row in body["sections"][0].get("rows", ())]
    return [name for name in names if names.count(name) == 1]
