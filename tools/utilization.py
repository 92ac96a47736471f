"""How full a network is: by the rule of the server that it is from, and counted out to the last address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tools.address_plan import POOL, AddressPlan, Network
from tools.spans import BITS, Span, covered, gaps, merged


@dataclass(frozen=True, slots=True)
class Usage:
    """`used` and `free` make up `total`; None where the addresses are unknown."""

    utilization: float | None
    total: int
    used: int | None
    free: int | None


def usage(network: Network, plan: AddressPlan) -> Usage:
    """How full a network is.

    `utilization` is what the server's own page of it says. `total` counts what can be given away: all of a
    container, the usable addresses of any other. `used` is what cannot any more: child prefixes, addresses,
    and ranges in which no address may be made.
    """
    total = usable(network).size
    if plan.hosts is None:
        return Usage(_utilization(network, plan), total, None, None)
    used = covered(usable(network), taken(network, plan))
    return Usage(_utilization(network, plan), total, used, total - used)


def usable(network: Network) -> Span:
    """The addresses that can be given away.

    NetBox 4.7 (`Prefix.usable_ip_bounds`): all of a pool and of a network of one or two addresses; otherwise
    not the first, which is the network's or any router's, and in IPv4 not the last. Nautobot 3.2
    (`Prefix.get_available_ips`) gives away the first in IPv6, too.
    """
    span = network.span
    if network.divided or network.type == POOL or span.length >= BITS[span.version] - 1:
        return span
    if span.version == 4:
        return Span(4, span.first + 1, span.last - 1)
    return span if network.by_namespace else Span(6, span.first + 1, span.last)


def taken(network: Network, plan: AddressPlan) -> list[Span]:
    """What of a network is given away, merged and sorted."""
    populated = [each.span for each in plan.ranges_in(network) if each.populated]
    return merged([*plan.children(network), *_runs(network, plan.numbers(network)), *populated])


def free_addresses(network: Network, plan: AddressPlan) -> Iterator[Span]:
    """What of a network can be given away as addresses, from the lowest on."""
    return gaps(usable(network), taken(network, plan))


def free_space(network: Network, plan: AddressPlan) -> Iterator[Span]:
    """What of a network can be given away as prefixes: where no child prefix, address or range is."""
    ranges = (each.span for each in plan.ranges_in(network))
    return gaps(network.span, merged([*taken(network, plan), *ranges]))


def _utilization(network: Network, plan: AddressPlan) -> float | None:
    counted = _nautobot(network, plan) if network.by_namespace else _netbox(network, plan)
    return None if counted is None else min(100 * counted[0] / counted[1], 100.0)


def _netbox(network: Network, plan: AddressPlan) -> tuple[int, int] | None:
    """NetBox 4.7, `Prefix.get_utilization` and `Aggregate.get_utilization`: the part, and the whole.

    A prefix that is marked utilized is full. Of a container the share of its child prefixes counts, and so of
    an aggregate the prefixes of all VRFs. Otherwise the addresses and the ranges marked utilized, of all but
    the network and the broadcast address in IPv4, unless it is a pool.
    """
    if network.marked:
        return 1, 1
    span = network.span
    if network.divided:
        return sum(child.size for child in plan.children(network)), span.size
    small = span.version == 6 or span.length >= BITS[4] - 1 or network.type == POOL
    ranges = merged(each.span for each in plan.ranges_in(network) if each.utilized)
    whole = span.size if small else span.size - 2
    if covered(span, ranges) >= whole:
        return 1, 1
    if plan.hosts is None:
        return None
    return covered(span, merged([*ranges, *_runs(network, plan.numbers(network))])), whole


def _nautobot(network: Network, plan: AddressPlan) -> tuple[int, int] | None:
    """Nautobot 3.2, `Prefix.get_utilization`: the part, and the whole.

    Child prefixes count unless it is a pool, addresses unless it is a container, ranges if they count as
    utilized and lie in no child prefix. In an IPv4 network the first and the last address count only if they
    are used.
    """
    span, container = network.span, network.divided
    if plan.hosts is None and not container:
        return None
    children = plan.children(network)
    ranges = [each.span for each in plan.ranges_in(network) if each.utilized]
    own = [each for each in ranges if not any(child.holds(each) for child in children)]
    addresses = [] if container else _runs(network, plan.numbers(network))
    counted = merged([*(() if network.type == POOL else children), *addresses, *own])
    ends = (Span(span.version, span.first, span.first), Span(span.version, span.last, span.last))
    whole = span.size
    if (
        network.type == "network"
        and span.version == 4
        and whole > 2
        and not any(covered(end, counted) for end in ends)
    ):
        whole -= 2
    return covered(span, counted), whole


def _runs(network: Network, numbers: Sequence[int]) -> list[Span]:
    """Sorted addresses as spans, neighbours in one."""
    found: list[Span] = []
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            found.append(Span(network.span.version, numbers[start], numbers[at - 1]))
            start = at
    return found
