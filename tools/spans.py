"""Spans of addresses: what they cover and leave free. Arithmetic on sorted ends; nothing walks addresses."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

BITS = {4: 32, 6: 128}
_EXACT = 2**53
"""Whole numbers below are exact in every client's JSON."""
_NEAR = 2**32
_SUBNET = 2**64
"""The addresses of an IPv6 subnet."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Addresses of one version from the first to the last, both included. Spans sort as addresses do."""

    version: int
    first: int
    last: int

    @property
    def size(self) -> int:
        """How many addresses it has."""
        return self.last - self.first + 1

    @property
    def length(self) -> int:
        """The prefix length of a span that is a network."""
        return BITS[self.version] - (self.size.bit_length() - 1)

    def holds(self, other: Span) -> bool:
        """Whether the other lies in it, or is it."""
        return self.version == other.version and self.first <= other.first and other.last <= self.last

    def meets(self, other: Span) -> bool:
        """Whether they have an address in common."""
        return self.version == other.version and self.first <= other.last and other.first <= self.last

    def within(self, other: Span) -> Span:
        """The part that lies in the other, which it must meet."""
        return Span(self.version, max(self.first, other.first), min(self.last, other.last))

    def network(self) -> str:
        """A span that is a network as `10.0.0.0/24`."""
        return f"{address(self.version, self.first)}/{self.length}"

    def ends(self) -> str:
        """`10.0.0.10-10.0.0.20`; an only address by itself."""
        first = address(self.version, self.first)
        return first if self.size == 1 else f"{first}-{address(self.version, self.last)}"


def address(version: int, number: int) -> str:
    """An address in its short form."""
    return str(ipaddress.IPv4Address(number) if version == 4 else ipaddress.IPv6Address(number))


def network_span(text: str | None) -> Span | None:
    """A network (host bits are cleared); None for what is none."""
    try:
        held = ipaddress.ip_network(text or "", strict=False)
    except ValueError:
        return None
    return Span(held.version, int(held.network_address), int(held.broadcast_address))


def host_span(text: str | None) -> Span | None:
    """The address in `10.0.0.1` or `10.0.0.1/24`; None for what is none."""
    try:
        held = ipaddress.ip_interface(text or "")
    except ValueError:
        return None
    return Span(held.version, int(held.ip), int(held.ip))


def range_span(start: str | None, end: str | None) -> Span | None:
    """From one address to another; None where either is none, or they are the wrong way round."""
    first, last = host_span(start), host_span(end)
    if first is None or last is None or first.version != last.version or first.first > last.first:
        return None
    return Span(first.version, first.first, last.last)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same addresses in as few spans as possible, sorted."""
    found: list[Span] = []
    for span in sorted(spans):
        before = found[-1] if found else None
        if before is None or before.version != span.version or before.last + 1 < span.first:
            found.append(span)
        elif before.last < span.last:
            found[-1] = Span(span.version, before.first, span.last)
    return found


def gaps(whole: Span, taken: Iterable[Span]) -> Iterator[Span]:
    """What of a span is left between merged spans, from the lowest on."""
    at = whole.first
    for span in taken:
        if not span.meets(whole):
            continue
        if at < span.first:
            yield Span(whole.version, at, span.first - 1)
        at = span.last + 1
    if at <= whole.last:
        yield Span(whole.version, at, whole.last)


def covered(whole: Span, taken: Iterable[Span]) -> int:
    """How many addresses of a span lie in merged spans."""
    return sum(span.within(whole).size for span in taken if span.meets(whole))


def blocks(free: Span, length: int) -> tuple[Span | None, int]:
    """The first network of that prefix length in a span, and how many fit there side by side."""
    size: int = 1 << (BITS[free.version] - length)
    first = -(-free.first // size) * size
    many = max((free.last + 1 - first) // size, 0)
    return (Span(free.version, first, first + size - 1), many) if many else (None, 0)


def largest_block(free: Span) -> Span:
    """The largest network in a span, the first of several."""
    length = BITS[free.version] - (free.size.bit_length() - 1)
    for each in (length, length + 1):
        found, _ = blocks(free, each)
        if found:
            return found
    raise AssertionError("half the size of a span always fits into it")


def roomiest(whole: Span, host: Span, taken: Iterable[Span]) -> Span:
    """The largest network in a network around an address that meets none of these, which do not hold it."""
    held = [span for span in taken if span.version == host.version]
    for length in range(whole.length, BITS[host.version]):
        size: int = 1 << (BITS[host.version] - length)
        start = host.first // size * size
        around = Span(host.version, start, start + size - 1)
        if not any(span.meets(around) for span in held):
            return around
    return host


def outermost(networks: Iterable[Span]) -> list[Span]:
    """The networks that lie in no other, sorted."""
    found: list[Span] = []
    for network in sorted(networks, key=lambda each: (each.version, each.first, -each.last)):
        if not found or not found[-1].holds(network):
            found.append(network)
    return found


def cover(networks: Iterable[Span], most: int) -> list[Span]:
    """At most so many networks that hold them all (but one for each version), as tight as can be.

    For filters that take a few networks: those that are nearest to each other share one.
    """
    sorted_ = outermost(networks)
    apart = sorted(range(1, len(sorted_)), key=lambda i: _distance(sorted_[i - 1], sorted_[i]), reverse=True)
    versions = len({each.version for each in sorted_})
    cuts = [0, *sorted(apart[: max(most, versions) - 1]), len(sorted_)]
    groups = [sorted_[start:end] for start, end in pairwise(cuts)]
    return [_common(group[0], group[-1]) for group in groups if group]


def _distance(one: Span, next_: Span) -> int:
    """How many bits the two differ in, from the highest on; more than any where their versions differ."""
    return (one.first ^ next_.last).bit_length() if one.version == next_.version else BITS[6] + 1


def _common(first: Span, last: Span) -> Span:
    """The smallest network that holds both."""
    size: int = 1 << (first.first ^ last.last).bit_length()
    start = first.first // size * size
    return Span(first.version, start, start + size - 1)


def amount(number: int) -> int | str:
    """A number of addresses, exactly: beyond what JSON tells so, as a power of two and the rest, or in /64s."""
    if number < _EXACT:
        return number
    power = number.bit_length()
    for each in (power - 1, power):
        rest = number - (1 << each)
        if abs(rest) < _NEAR:
            return f"2^{each}{f'{rest:+d}' if rest else ''}"
    many, rest = divmod(number, _SUBNET)
    return f"{many:,}*2^64{f'+{rest}' if rest else ''}"
