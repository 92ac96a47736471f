"""Address plans made for tests: prefix trees with addresses and ranges, as the rows that a source gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from tools.address_plan import AddressPlan, Network, hosts_of, network_of, ranges_of
from tools.spans import BITS, Span, address, network_span

Rows = Sequence[Mapping[str, Any]]
_ROOTS = (
    "10.0.0.0/22",
    "192.0.2.0/28",
    "198.51.100.0/31",
    "2001:db8::/120",
    "2001:db8:1::/64",
    "10.9.0.0/29",
)


def made_up(random: Random) -> dict[str, list[dict[str, Any]]]:
    """A plan of a few nested prefixes, with addresses and ranges in them that may overlap as they like."""
    spans = [span for root in random.sample(_ROOTS, 2) if (span := network_span(root))]
    for _ in range(random.randrange(7)):
        spans.append(_inside(random.choice(spans), random))
    prefixes = [
        {
            "prefix": span.network(),
            "type": random.choice(("container", "network", "network", "pool")),
            "mark_utilized": random.random() < 0.1,
        }
        for span in dict.fromkeys(spans)
    ]
    addresses = [{"address": _host(random.choice(spans), random)} for _ in range(random.randrange(14))]
    ranges = []
    for _ in range(random.randrange(4)):
        span = random.choice(spans)
        first, last = sorted(random.randrange(min(span.size, 200)) for _ in range(2))
        start, end = (f"{address(span.version, span.first + at)}/{span.length}" for at in (first, last))
        marks = {name: random.random() < 0.5 for name in ("mark_populated", "mark_utilized")}
        ranges.append({"start_address": start, "end_address": end, **marks})
    return {"prefixes": prefixes, "addresses": addresses, "ranges": ranges}


def _inside(span: Span, random: Random) -> Span:
    longest = BITS[span.version]
    length = min(span.length + random.randrange(1, 5), longest)
    size = 1 << (longest - length)
    start = span.first + random.randrange(min(1 << (length - span.length), 64)) * size
    return Span(span.version, start, start + size - 1)


def _host(span: Span, random: Random) -> str:
    at = random.choice((0, span.size - 1, random.randrange(min(span.size, 300))))
    return f"{address(span.version, span.first + at)}/{span.length}"


def address_plan(plan: Mapping[str, Rows], namespace: str = "") -> AddressPlan:
    """The plan as it would be read: of Nautobot, if there is a namespace."""
    common = {
        "vrf": [],
        "namespace": {"id": namespace, "name": namespace} if namespace else None,
        "role": None,
    }
    rows = {
        kind: [{**common, **row, "id": str(at)} for at, row in enumerate(plan[kind])]
        for kind in ("prefixes", "addresses", "ranges")
    }
    networks: list[Network] = [found for row in rows["prefixes"] if (found := network_of(row))]
    return AddressPlan(networks, hosts_of(rows["addresses"]), ranges_of(rows["ranges"]))
