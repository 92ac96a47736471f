"""The answer about address space: its networks with what is used and free, and tables of what is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.answer import Section
from orchestration.cells import cell, name_of
from orchestration.tool import Briefing, Draft
from sources.source import Entity
from tools.address_plan import AGGREGATE, UNRECORDED, AddressPlan, Network, Range, Scope, rank, table_name
from tools.conflicts import GLOBAL, Conflict, conflicts
from tools.dossiers import ADDRESS_PARTS
from tools.spans import BITS, Span, address, amount, blocks, largest_block
from tools.utilization import Usage, free_addresses, free_space, usage
from tools.wording import counted, listed, where_in_words

NEARLY_FULL = 80
"""Percent from which on a network is nearly full."""
SMALLEST = 8
"""Addresses of a network that can be nearly full: a link is meant to be."""
_NETWORK_COLUMNS = ("prefix", "vrf", "type", "status", "scope", "vlan", "role")
_USAGE_COLUMNS = ("utilization", "used", "free", "next_free")
_MARKED = "marked as utilized"


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: the arguments as they were told, and the networks that they mean."""

    named: Mapping[str, Any]
    asked: Sequence[Network]
    aggregates: Sequence[Network]
    """The aggregates, where everything is asked for."""
    whole: Span | None
    """The one prefix that is asked for; None where prefixes are asked for by where they belong."""
    vrf: Entity | None
    """The VRF that is asked for, where all of its namespace is told: Nautobot's."""
    free_length: int | None
    many_addresses: int
    """How many addresses there are, where they are too many to be read."""


@dataclass(frozen=True, slots=True)
class Free:
    """A network that can be divided, its first free block of the wanted length, and how many there are."""

    network: Network
    block: Span | None
    many: int


def answer(question: Question, plan: AddressPlan, briefing: Briefing) -> Draft:
    """How full the networks are, and what is in them."""
    scope = Scope(question.asked)
    asked = sorted(question.asked, key=rank)
    inner = _inside(question, scope, plan)
    aggregates = sorted(question.aggregates, key=rank)
    usages = {id(each): usage(each, plan) for each in (*asked, *inner, *aggregates)}
    full = _nearly_full(asked if question.whole is None else [*asked, *inner], usages)
    found = conflicts(plan, scope)
    free = _free(question, [*aggregates, *asked], plan)
    tables = [
        _networks("prefixes" if question.whole is None else "prefix", asked, usages, plan, briefing),
        *([_networks("child prefixes", inner, usages, plan, briefing)] if question.whole else ()),
        _networks("aggregates", aggregates, usages, plan, briefing),
        *([_free_section(question.free_length, free, briefing)] if question.free_length else ()),
        *([_gaps(asked, plan, briefing)] if question.whole else ()),
        *(_contents(scope, plan, briefing) if question.whole else ()),
        _ranges(scope, plan, briefing),
        _full_section(full, usages, briefing),
        _conflict_section(found, briefing),
    ]
    sections = tuple(each for each in tables if each.total or each.key in ("prefix", "prefixes"))
    summary = "; ".join(_summary(question, asked, inner, usages, full, free, found, plan, briefing))
    return Draft(summary, sections, warnings=_warnings(question, [*asked, *inner], plan))


def _inside(question: Question, scope: Scope, plan: AddressPlan) -> list[Network]:
    """The prefixes in the one that is asked for."""
    whole = question.whole
    if whole is None:
        return []
    return [
        each
        for each in plan.networks
        if whole.holds(each.span) and each.span != whole and scope.holds(each.table, each.span)
    ]


def _nearly_full(networks: Sequence[Network], usages: Mapping[int, Usage]) -> list[Network]:
    """The fullest first."""
    share = {id(each): usages[id(each)].utilization or 0 for each in networks}
    full = [each for each in networks if each.span.size >= SMALLEST and share[id(each)] >= NEARLY_FULL]
    return sorted(full, key=lambda each: -share[id(each)])


def _free(question: Question, asked: Sequence[Network], plan: AddressPlan) -> list[Free]:
    """The networks that may be divided, each with what is free of the wanted length in it."""
    length = question.free_length
    if length is None:
        return []
    found = []
    for each in asked:
        fits = each.span.length < length <= BITS[each.span.version]
        if fits and (question.whole or each.divided or plan.children(each)) and _offers(each, plan):
            parts = [blocks(span, length) for span in free_space(each, plan)]
            first = next((block for block, _ in parts if block), None)
            found.append(Free(each, first, sum(many for _, many in parts)))
    return found


def _offers(network: Network, plan: AddressPlan) -> bool:
    """Whether what is free can be offered: not where people say it is full, nor where addresses are unknown."""
    return not network.marked and (plan.hosts is not None or network.divided)


def _counts_ranges(network: Network, plan: AddressPlan) -> bool:
    """Whether its utilization counts ranges as a whole in which addresses can still be made."""
    if network.marked or (network.divided and not network.by_namespace):
        return False
    return any(each.utilized and not each.populated for each in plan.ranges_in(network))


def _networks(
    title: str,
    networks: Sequence[Network],
    usages: Mapping[int, Usage],
    plan: AddressPlan,
    briefing: Briefing,
) -> Section:
    start = briefing.window.start(title)
    rows = [
        [*_described(each), *_used(each, usages[id(each)], plan)]
        for each in networks[start : start + briefing.max_tokens]
    ]
    return Section(title, (*_NETWORK_COLUMNS, *_USAGE_COLUMNS), rows, len(networks), start, title)


def _described(network: Network) -> list[Any]:
    entity = network.entity
    fields = [cell(entity.get(name)) for name in ("status", "scope", "vlan", "role")]
    return [network.span.network(), table_name(entity), network.type, *fields]


def _used(network: Network, used: Usage, plan: AddressPlan) -> list[Any]:
    return [
        percent(used.utilization),
        None if used.used is None else amount(used.used),
        None if used.free is None else amount(used.free),
        _next_free(network, plan),
    ]


def percent(share: float | None) -> float | None:
    """A share as it is shown."""
    return None if share is None else round(share, 1)


def _next_free(network: Network, plan: AddressPlan) -> str | None:
    """The next free address with its mask; said where it lies in a range, which may be somebody's."""
    if network.divided or plan.hosts is None:
        return None
    first = next(free_addresses(network, plan), None)
    if first is None:
        return None
    host = Span(first.version, first.first, first.first)
    ranges = [each for each in plan.ranges_in(network) if each.span.holds(host)]
    said = f"{address(host.version, host.first)}/{network.span.length}"
    notes = [
        *([f"in range {ranges[0].span.ends()}"] if ranges else ()),
        *([_MARKED] if network.marked else ()),
    ]
    return f"{said} ({', '.join(notes)})" if notes else said


def _free_section(length: int | None, found: Sequence[Free], briefing: Briefing) -> Section:
    title = f"free /{length}"
    start = briefing.window.start("free")
    rows = [
        [
            *(_described(each.network)[i] for i in (0, 1, 4)),
            each.block.network() if each.block else None,
            amount(each.many),
        ]
        for each in found[start:]
    ]
    return Section(title, ("in", "vrf", "scope", "next_free", "how_many"), rows, len(found), start, "free")


def _gaps(asked: Sequence[Network], plan: AddressPlan, briefing: Briefing) -> Section:
    """What is free in the prefix that is asked for, of each of its tables."""
    found = [
        (each, span)
        for each in asked
        if _offers(each, plan)
        for span in (free_space if each.divided else free_addresses)(each, plan)
    ]
    start = briefing.window.start("free space")
    rows = [
        [span.ends(), table_name(each.entity), amount(span.size), largest_block(span).network()]
        for each, span in found[start : start + briefing.max_tokens]
    ]
    columns = ("free", "vrf", "addresses", "largest_prefix")
    return Section("free space", columns, rows, len(found), start, "free space", 0.5)


def _contents(scope: Scope, plan: AddressPlan, briefing: Briefing) -> list[Section]:
    """The addresses in the prefix that is asked for, with what holds them."""
    if plan.hosts is None:
        return []
    hosts = [each for each in plan.hosts if scope.holds(each.table, each.span)]
    start = briefing.window.start("addresses")
    shown = hosts[start : start + briefing.max_tokens]
    columns = ("address", "vrf", *(name for name, _ in ADDRESS_PARTS[1:]))
    rows = [
        [
            cell(each.entity["address"]),
            table_name(each.entity),
            *(value(each.entity) for _, value in ADDRESS_PARTS[1:]),
        ]
        for each in shown
    ]
    return [Section("addresses", columns, rows, len(hosts), start, "addresses")]


def _ranges(scope: Scope, plan: AddressPlan, briefing: Briefing) -> Section:
    found = [each for each in plan.ranges if scope.holds(each.table, each.span)]
    start = briefing.window.start("IP ranges")
    columns = ("range", "vrf", "status", "role", "addresses", "marked")
    return Section(
        "IP ranges", columns, [_range(each) for each in found[start:]], len(found), start, "IP ranges", 0.3
    )


def _range(each: Range) -> list[Any]:
    marks = (("populated", each.populated), ("utilized", each.utilized))
    return [
        each.span.ends(),
        table_name(each.entity),
        cell(each.entity.get("status")),
        cell(each.entity.get("role")),
        amount(each.span.size),
        ", ".join(word for word, held in marks if held) or None,
    ]


def _full_section(full: Sequence[Network], usages: Mapping[int, Usage], briefing: Briefing) -> Section:
    start = briefing.window.start("nearly full")
    rows = []
    for each in full[start:]:
        used = usages[id(each)]
        free = None if used.free is None else amount(used.free)
        note = _MARKED if each.marked else None
        rows.append([*(_described(each)[i] for i in (0, 1, 4)), percent(used.utilization), free, note])
    columns = ("prefix", "vrf", "scope", "utilization", "free", "note")
    return Section("nearly full", columns, rows, len(full), start, "nearly full", 0.3)


def _conflict_section(found: Sequence[Conflict], briefing: Briefing) -> Section:
    title = "duplicates and overlaps"
    start = briefing.window.start(title)
    rows = [[each.finding, each.what, cell(each.tables), cell(each.detail)] for each in found[start:]]
    return Section(title, ("finding", "what", "vrf", "detail"), rows, len(found), start, title, 0.3)


def _summary(  # one part for each thing that may be known
    question: Question,
    asked: Sequence[Network],
    inner: Sequence[Network],
    usages: Mapping[int, Usage],
    full: Sequence[Network],
    free: Sequence[Free],
    found: Sequence[Conflict],
    plan: AddressPlan,
    briefing: Briefing,
) -> list[str]:
    catalog = briefing.catalog
    words = where_in_words(question.named)
    if question.whole:
        parts = [_headline(each, usages[id(each)], plan) for each in asked[:3]]
        if len(asked) > 3:
            parts.append(f"and in {len(asked) - 3:,} more VRFs")
        parts += [f"{len(inner):,} child prefixes", *_in_vrf(question.vrf, [*asked, *inner])]
    else:
        parts = [f"{counted(len(asked), catalog['ipam.prefix'])}{f' ({words})' if words else ''}"]
    if plan.hosts is not None:
        scope = Scope(question.asked)
        held = sum(1 for each in plan.hosts if scope.holds(each.table, each.span))
        parts.append(f"{counted(held, catalog['ipam.ipaddress'])} inside")
    elif question.many_addresses:
        parts.append(
            f"{counted(question.many_addresses, catalog['ipam.ipaddress'])}, too many to be read one by one"
        )
    if question.free_length is not None:
        first = next((each for each in free if each.block), None)
        parts.append(
            f"next free /{question.free_length}: {first.block.network()} in {_named(first.network)}"
            if first and first.block
            else f"no free /{question.free_length}"
        )
        marked = [each.span.network() for each in asked if each.marked]
        if marked:
            parts.append(f"nothing is offered of what is {_MARKED}: {listed(marked, 3)}")
    if full:
        names = [f"{each.span.network()}{f' ({_MARKED})' if each.marked else ''}" for each in full]
        parts.append(f"nearly full: {listed(names, 3)}")
    if found:
        parts.append(f"{len(found):,} duplicates and overlaps")
    return parts


def _in_vrf(vrf: Entity | None, networks: Sequence[Network]) -> list[str]:
    """How many of the prefixes of a namespace are in the VRF that was asked for, unless all of them are."""
    recorded = [each.entity for each in networks if each.type != UNRECORDED]
    if vrf is None:
        return []
    held = sum(1 for each in recorded if any(ref["id"] == vrf["id"] for ref in each.get("vrf") or ()))
    if held == len(recorded):
        return []
    number = f"{held:,} of them" if held else "none of them"
    return [f"that is what namespace {name_of(vrf['namespace'])} records: in VRF {name_of(vrf)}, {number}"]


def _headline(network: Network, used: Usage, plan: AddressPlan) -> str:
    said = [_named(network)]
    if used.utilization is not None:
        counted_too = " (ranges marked as utilized count as a whole)" if _counts_ranges(network, plan) else ""
        marked = f" ({_MARKED})" if network.marked else counted_too
        said.append(f"{percent(used.utilization)} % utilized{marked}")
    if used.free is not None:
        free = "without a record" if network.marked else "free"
        said.append(f"{_shown(used.free)} of {_shown(used.total)} addresses {free}")
    if not network.marked and (next_ := _next_free(network, plan)):
        said.append(f"next {next_}")
    return ", ".join(said)


def _named(network: Network) -> str:
    table = "aggregate" if network.type == AGGREGATE else table_name(network.entity) or GLOBAL
    return f"{network.span.network()} ({table}{', not recorded' if network.type == UNRECORDED else ''})"


def _shown(number: int) -> str:
    held = amount(number)
    return f"{held:,}" if isinstance(held, int) else held


def _warnings(question: Question, networks: Sequence[Network], plan: AddressPlan) -> tuple[str, ...]:
    found = []
    if question.free_length is not None and plan.hosts is None:
        found.append(
            "the free prefixes are free of other prefixes and of ranges; addresses were not looked at"
        )
    ranged = [each.span.network() for each in networks if _counts_ranges(each, plan)]
    if ranged:
        found.append(
            f"the utilization of {listed(ranged, 3)} counts ranges marked as utilized as a whole; "
            "used and free count their addresses one by one"
        )
    return tuple(found)
