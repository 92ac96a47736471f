"""Upstream calls and tokens of the questions that were promised a bound, on inventories of several sizes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.report import Measure
from orchestration.tokens import count_tokens
from server.services import Services
from tools.registry import TOOLS

FINDING = 6
"""Requests that tell which ports a switch has: three for its name, one for each of its kinds of ports."""
FOUND = 3
"""Requests that tell what a name stands for."""
A_HOP = 4
"""Requests for each cable that the longest path crosses, however many paths there are."""


async def asked(services: Services, tool: str, **arguments: Any) -> tuple[Mapping[str, Any], int]:
    """The answer's body, and its tokens."""
    outcome = await services.call(tool, TOOLS[tool].arguments.model_validate(arguments))
    return outcome.body, count_tokens(outcome.text)


async def bounded(services: Services, most_calls: int, switch: str, core: str | None) -> list[Measure]:
    """All VLANs with their ports, a switch cold and warm, addresses, paths, a core device with thousands of ports."""
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
    measures += await space(services)
    measures += await traced(services, switch)
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


async def failed(services: Services, switch: str, site: str) -> list[Measure]:
    """What the failure of a switch and of a whole site comes to, cold: `A_HOP` for each wave of reads."""
    measures = []
    for what, name in (("a switch", switch), ("a site", f"site {site}")):
        waves: list[int] = []

        async def count(done: int, total: int, names: str, waves: list[int] = waves) -> None:
            waves.append(done)

        arguments = TOOLS["impact"].arguments.model_validate({"object": name, "refresh": True})
        outcome = await services.call("impact", arguments, count)
        most = FOUND + A_HOP * len(waves)
        measures += [
            Measure(f"impact: {what} fails, calls cold", outcome.body["cost"]["calls"], "", most),
            Measure(f"impact: {what} fails", count_tokens(outcome.text), "tokens", 4_000),
        ]
    return measures


def listed_tokens(tools: Sequence[Any]) -> Measure:
    """The whole `tools/list` as a client receives it."""
    import orjson

    listed = [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in tools]
    return Measure("the whole tools/list", count_tokens(orjson.dumps(listed).decode()), "tokens", 6_000)
