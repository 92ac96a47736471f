"""The address plan that was read: prefixes, addresses and ranges by table, and what of them lies in a network.

A table is where addresses are told apart: a VRF or the global table in NetBox, a namespace in Nautobot. One
address may be in several tables.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from orchestration.cells import cell
from sources.source import Entity
from tools.spans import Span, host_span, merged, network_span, outermost, range_span

CONTAINER = "container"
POOL = "pool"
AGGREGATE = "aggregate"
UNRECORDED = "unrecorded"
"""A network that was asked for and that nobody has recorded."""
ANY_TABLE = "*"
_DEFAULT_NAMESPACE = "Global"
_FREELY_SHARED = frozenset({"anycast", "vip", "vrrp", "hsrp", "glbp", "carp"})
"""Roles of addresses that several may have: both servers exempt them from uniqueness."""


@dataclass(frozen=True, slots=True)
class Network:
    """A prefix, or what stands for one: an aggregate, a network that nobody has recorded."""

    span: Span
    table: str
    type: str
    entity: Entity = field(compare=False)
    by_namespace: bool = False
    """It is Nautobot's, whose rules differ."""

    @property
    def divided(self) -> bool:
        """Whether it is there for other prefixes, rather than for addresses."""
        return self.type in (CONTAINER, AGGREGATE, UNRECORDED)

    @property
    def marked(self) -> bool:
        """Whether people have said that it is full."""
        return bool(self.entity.get("mark_utilized"))


@dataclass(frozen=True, slots=True)
class Host:
    """One record of an address."""

    span: Span
    table: str
    entity: Entity = field(compare=False)

    @property
    def shared(self) -> bool:
        """Whether others may have the same address: one of a redundancy group, or anycast."""
        return self.entity.get("role") in _FREELY_SHARED


@dataclass(frozen=True, slots=True)
class Range:
    """One range of addresses."""

    span: Span
    table: str
    entity: Entity = field(compare=False)

    @property
    def populated(self) -> bool:
        """Whether no address may be made in it: it is marked populated, or exclusive."""
        return bool(self.entity.get("mark_populated"))

    @property
    def utilized(self) -> bool:
        """Whether all of it counts as used."""
        return bool(self.entity.get("mark_utilized"))


Placed = TypeVar("Placed", Network, Host, Range)


def table_of(entity: Entity) -> str:
    """The table that a prefix, an address or a range is in."""
    if entity.get("namespace"):
        return str(entity["namespace"]["id"])
    vrfs = _vrfs(entity)
    return str(vrfs[0]["id"]) if vrfs else ""


def table_name(entity: Entity) -> Any:
    """What people call that table: its VRF, or its namespace; None for the global one."""
    vrfs = _vrfs(entity)
    if vrfs:
        return cell(vrfs)
    name = cell(entity.get("namespace"))
    return None if name == _DEFAULT_NAMESPACE else name


def network_of(row: Entity) -> Network | None:
    """A prefix; None where the source holds what is none."""
    span = network_span(row.get("prefix"))
    if span is None:
        return None
    return Network(span, table_of(row), row.get("type") or "network", row, bool(row.get("namespace")))


def aggregate_of(row: Entity) -> Network | None:
    """An aggregate: in Nautobot a prefix as any other, in NetBox space of all tables."""
    found = network_of(row)
    return found if found is None or found.by_namespace else Network(found.span, ANY_TABLE, AGGREGATE, row)


def hosts_of(rows: Iterable[Entity]) -> list[Host]:
    """The records of addresses, sorted."""
    spans = ((host_span(row.get("address")), row) for row in rows)
    found = [Host(span, table_of(row), row) for span, row in spans if span]
    return sorted(found, key=lambda each: (each.span, each.table, each.entity["id"]))


def ranges_of(rows: Iterable[Entity]) -> list[Range]:
    """The ranges, sorted."""
    spans = ((range_span(row.get("start_address"), row.get("end_address")), row) for row in rows)
    found = [Range(span, table_of(row), row) for span, row in spans if span]
    return sorted(found, key=lambda each: (each.span, each.table, each.entity["id"]))


class AddressPlan:
    """What was read of an address plan. `hosts` None: the addresses are unknown."""

    def __init__(
        self, networks: Iterable[Network], hosts: Sequence[Host] | None, ranges: Sequence[Range]
    ) -> None:
        self.networks = sorted(networks, key=rank)
        self.hosts = hosts
        self.ranges = ranges
        self._networks = _by_table(sorted(self.networks, key=lambda each: each.span))
        self._hosts = _by_table(hosts or ())
        self._ranges = _by_table(ranges)

    def children(self, network: Network) -> list[Span]:
        """The prefixes of its table inside a network, those that lie in no other of them. Sorted."""
        if network.table == ANY_TABLE:
            inside = [span for table in self._networks for span in self._slice(table, network.span)]
            # An aggregate is no prefix: one of its own size lies in it.
            return outermost(inside)
        return outermost(s for s in self._slice(network.table, network.span) if s != network.span)

    def numbers(self, network: Network) -> list[int]:
        """The addresses of its table inside a network, each once, sorted."""
        if network.table == ANY_TABLE:
            found = (host for hosts in self._hosts.values() for host in _between(hosts, network.span))
            return sorted({host.span.first for host in found})
        hosts = _between(self._hosts.get(network.table, ()), network.span)
        return list(dict.fromkeys(host.span.first for host in hosts))

    def ranges_in(self, network: Network) -> list[Range]:
        """The ranges of its table that lie in a network."""
        tables = self._ranges if network.table == ANY_TABLE else (network.table,)
        found = (each for table in tables for each in _between(self._ranges.get(table, ()), network.span))
        return [each for each in found if network.span.holds(each.span)]

    def innermost(self, span: Span) -> dict[str, Network]:
        """The most specific recorded network around a span, by table."""
        found: dict[str, Network] = {}
        for each in self.networks:
            held = found.get(each.table)
            if each.span.holds(span) and (held is None or each.span.size < held.span.size):
                found[each.table] = each
        return found

    def _slice(self, table: str, whole: Span) -> list[Span]:
        begun = _between(self._networks.get(table, ()), whole)
        return [each.span for each in begun if whole.holds(each.span)]


class Scope:
    """The space that was asked for: networks, each of a table."""

    def __init__(self, networks: Iterable[Network]) -> None:
        self._spans: Mapping[str, list[Span]] = {
            table: merged(each.span for each in found) for table, found in _by_table(networks).items()
        }

    def holds(self, table: str, span: Span) -> bool:
        """Whether something of that table was asked for."""
        return any(_holds(self._spans.get(each, ()), span) for each in (table, ANY_TABLE))


def _holds(sorted_: Sequence[Span], span: Span) -> bool:
    at = bisect_right(sorted_, (span.version, span.first), key=lambda each: (each.version, each.first))
    return at > 0 and sorted_[at - 1].holds(span)


def _between(sorted_: Sequence[Placed], whole: Span) -> Sequence[Placed]:
    """What begins in a span."""

    def key(each: Placed) -> tuple[int, int]:
        return each.span.version, each.span.first

    start = bisect_left(sorted_, (whole.version, whole.first), key=key)
    end = bisect_right(sorted_, (whole.version, whole.last), key=key)
    return sorted_[start:end]


def _by_table(found: Iterable[Placed]) -> dict[str, list[Placed]]:
    tables: dict[str, list[Placed]] = {}
    for each in found:
        tables.setdefault(each.table, []).append(each)
    return tables


def rank(network: Network) -> tuple[str, int, int, int, str]:
    """By table and address, each network before those in it: so every source lists them alike."""
    span = network.span
    return str(table_name(network.entity) or ""), span.version, span.first, -span.last, network.entity["id"]


def _vrfs(entity: Entity) -> list[Any]:
    held = entity.get("vrf")
    return held if isinstance(held, list) else [held] if held else []
