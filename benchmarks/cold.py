"""Cold answers against the best requests written by hand, in turns, on a real server."""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from benchmarks.by_hand import all_vlans, one_device
from benchmarks.report import Measure
from server.services import Services
from sources.http import HttpClient
from tools.registry import TOOLS

ROUNDS = 9


async def cold(services: Services, switch: str) -> list[Measure]:
    """The ratio of times of netbrief past its cache and of one nested GraphQL query for the same data."""
    (configured,) = services.configured
    source: Any = services.readers[configured.name].source
    http: HttpClient = source.http
    pairs: tuple[tuple[str, Callable[[], Awaitable[Any]], str, dict[str, Any]], ...] = (
        ("vlans: all VLANs", all_vlans(configured.kind, http), "vlans", {}),
        (
            "describe a 48-port switch",
            one_device(configured.kind, http, switch),
            "describe",
            {"object": switch},
        ),
    )
    measures = []
    for name, by_hand, tool, arguments in pairs:
        ours = _call(services, tool, {**arguments, "refresh": True})
        best, own, calls = await _in_turns(by_hand, ours)
        measures += [
            Measure(f"{name}: cold / best by hand ({best * 1000:,.0f} ms)", own / best, "x", 1.3),
            Measure(f"{name}: calls cold", calls, ""),
        ]
    return measures


def _call(services: Services, tool: str, arguments: dict[str, Any]) -> Callable[[], Awaitable[Any]]:
    validated = TOOLS[tool].arguments.model_validate(arguments)
    return lambda: services.call(tool, validated)


async def _in_turns(
    by_hand: Callable[[], Awaitable[Any]], ours: Callable[[], Awaitable[Any]]
) -> tuple[float, float, int]:
    """Median seconds of both, taking turns after a first round that does not count, and our calls."""
    times: tuple[list[float], list[float]] = ([], [])
    outcome: Any = None
    for turn in range(ROUNDS + 1):
        for work, kept in zip((by_hand, ours), times, strict=True):
            started = time.perf_counter()
            outcome = await work()
            if turn:
                kept.append(time.perf_counter() - started)
    return statistics.median(times[0]), statistics.median(times[1]), outcome.body["cost"]["calls"]
