"""Upstream calls and tokens of the questions that were promised a bound, on inventories of several sizes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.report import Measure
from orchestration.tokens import count_tokens
from server.services import Services
from tools.registry import TOOLS

FINDING = 10
"""Requests that tell which ports a device has: three for its name, one for each of seven kinds."""
A_HOP = 4
"""Requests for each cable that the longest path crosses, however many paths there are."""


async def asked(services: Services, tool: str, **arguments: Any) -> tuple[Mapping[str, Any], int]:
    """The answer's body, and its tokens."""
    outcome = await services.call(tool, TOOLS[tool].arguments.model_validate(arguments))
    return outcome.body, count_tokens(outcome.text)


async def bounded(
    services: Services, most_calls: int, switch: str, core: str | None, most_audit_calls: int | None = None
) -> list[Measure]:
    """All VLANs with their ports, a switch and its whole site cold and warm, a core device with thousands of ports."""
    await asked(
        services, "list_objects", type="device", limit=1
    )  # the first call also finds out about the server
    body, tokens = await asked(services, "vlans", refresh=True)
    count = body["sections"][0]["total"]
    measures = [
        Measure(
            f"vlans: all {count:,} VLANs, calls cold",
            body["cost"]["calls"],
            "",
            most_calls if count < 100 else None,
        ),
        Measure(f"vlans: all {count:,} VLANs, first answer", tokens, "tokens", 2_000),
    ]
    body, tokens = await asked(services, "describe", object=switch, refresh=True)
    warm, _ = await asked(services, "describe", object=switch)
    measures += [
        Measure("describe a 48-port switch, calls cold", body["cost"]["calls"], "", 6),
        Measure("describe a 48-port switch, calls warm", warm["cost"]["calls"], "", 0),
        Measure("describe a 48-port switch", tokens, "tokens", 2_500),
    ]
    other = await _another(services, switch)
    body, tokens = await asked(services, "compare", left=switch, right=other, refresh=True)
    measures += [
        Measure("compare two 48-port switches, calls cold", body["cost"]["calls"], "", 8),
        Measure("compare two 48-port switches", tokens, "tokens", 4_000),
    ]
    measures += await space(services)
    site = warm["facts"]["site"]
    body, tokens = await asked(services, "audit", refresh=True, site=site)
    again, _ = await asked(services, "audit", site=site)
    measures += [
        Measure(f"audit {site}, calls cold", body["cost"]["calls"], "", most_audit_calls),
        Measure(f"audit {site}, calls warm", again["cost"]["calls"], "", 0),
        Measure(f"audit {site}", tokens, "tokens", 4_000),
    ]
    measures += await traced(services, switch)
    measures += await changed(services)
    for what, more, most in (
        ("capacity of a site", {}, 8),
        ("free ports of a site", {"type": "ports"}, None),
    ):
        room, tokens = await asked(services, "capacity", of=site, refresh=True, **more)
        measures += [
            Measure(f"{what}, calls cold", room["cost"]["calls"], "", most),
            Measure(what, tokens, "tokens", 2_500),
        ]
    body, tokens = await asked(services, "topology", around=switch, depth=2, refresh=True)
    measures += [
        Measure("topology: two hops around a switch, calls cold", body["cost"]["calls"], "", 10),
        Measure("topology: two hops around a switch", tokens, "tokens", 4_000),
    ]
    if core:
        body, tokens = await asked(services, "describe", object=core)
        ports = body["sections"][0]["total"]
        measures.append(Measure(f"describe a core device with {ports:,} interfaces", tokens, "tokens", 2_500))
    return measures


async def _another(services: Services, switch: str) -> str:
    """A switch of the same kind, whose name is its own."""
    ending = switch.rpartition("-")[2]
    where = {"name__iew": ending, "name__n": switch}
    body, _ = await asked(
        services, "list_objects", type="device", where=where, fields=["name"], order_by=["name"]
    )
    names = [str(row[0]) for row in body["sections"][0]["rows"]]
    return next(name for name in names if names.count(name) == 1)


async def space(services: Services) -> list[Measure]:
    """The whole address plan, a container, and an address; of 1,000 rows and more a page is one call."""
    everything, tokens = await asked(services, "ip_space", refresh=True)
    prefixes = everything["sections"][0]["total"]
    container, inside = await asked(services, "ip_space", prefix="10.0.0.0/8", free_length=22, refresh=True)
    address, _ = await asked(services, "ip_space", address="10.0.1.7", refresh=True)
    pages = -(-prefixes // 1_000) + -(-_number(everything["summary"], "IP address") // 1_000)
    return [
        Measure(
            f"ip_space: all {prefixes:,} prefixes, calls cold", everything["cost"]["calls"], "", 2 + pages
        ),
        Measure(f"ip_space: all {prefixes:,} prefixes", tokens, "tokens", 2_500),
        Measure(
            "ip_space: 10.0.0.0/8 and its next free /22, calls cold",
            container["cost"]["calls"],
            "",
            4 + pages,
        ),
        Measure("ip_space: 10.0.0.0/8 and its next free /22", inside, "tokens", 2_500),
        Measure("ip_space: where is an address, calls cold", address["cost"]["calls"], "", 8),
    ]


def _number(summary: str, word: str) -> int:
    """How many of something a summary tells."""
    return int(summary.partition(f" {word}")[0].rpartition(" ")[2].replace(",", ""))


async def traced(services: Services, switch: str) -> list[Measure]:
    """All paths of a switch, cold."""
    body, tokens = await asked(services, "trace", start=switch, refresh=True)
    paths = next(each for each in body["sections"] if each["title"] == "paths")
    at = paths["columns"].index("cables") if "cables" in paths["columns"] else None
    hops = max(row[at] for row in paths["rows"]) if at is not None else paths["same"]["cables"]
    what = f"trace all {paths['total']:,} cables of a switch"
    return [
        Measure(f"{what}, calls cold", body["cost"]["calls"], "", FINDING + A_HOP * hops),
        Measure(what, tokens, "tokens", 4_000),
    ]


async def changed(services: Services) -> list[Measure]:
    """What changed at a site, and in the whole log."""
    body, tokens = await asked(services, "changes", site="Akron", since="2026-01-01", refresh=True)
    count = sum(body["facts"]["actions"].values())
    warm, _ = await asked(services, "changes", site="Akron", since="2026-01-01")
    everything, _ = await asked(services, "changes", since="2026-01-01", refresh=True)
    then, differing = await asked(
        services, "compare", left="Akron", type="site", since="2026-10-01", refresh=True
    )
    return [
        Measure(f"changes: the {count:,} of a site, calls cold", body["cost"]["calls"], "", 8),
        Measure("changes: of a site, calls warm", warm["cost"]["calls"], "", 0),
        Measure("changes: of a site, first answer", tokens, "tokens", 3_000),
        Measure("changes: of everything, calls cold", everything["cost"]["calls"], "", 8),
        Measure("compare: a site then and now, calls cold", then["cost"]["calls"], "", 8),
        Measure("compare: a site then and now", differing, "tokens", 4_000),
    ]


def listed_tokens(tools: Sequence[Any]) -> Measure:
    """The whole `tools/list` as a client receives it."""
    import orjson

    listed = [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in tools]
    return Measure("the whole tools/list", count_tokens(orjson.dumps(listed).decode()), "tokens", 3_500)
