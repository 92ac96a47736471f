"""Where an address is: its record, interface and device, the prefix, VLAN, VRF and site; or the free space."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.answer import Section
from orchestration.cells import cell, name_of
from orchestration.steps import Fetch, Gathered, Plan, Select, Step
from orchestration.tool import Briefing, Draft
from sources.catalog import BASE, Catalog
from sources.source import Condition, Entity
from sources.types import VLANS
from tools.address_plan import AddressPlan, Host, Network, hosts_of, network_of, rank, table_name
from tools.asked_table import asked_in_words, table_around
from tools.conflicts import GLOBAL
from tools.spans import Span, amount, cover, roomiest
from tools.utilization import free_addresses, free_space, usable
from tools.wording import listed, natural, together

RECORDS = "records"
AROUND = "around"
BESIDE = "within"
ADDRESSES = "addresses"
ELSEWHERE = "elsewhere"
MOST_BESIDE = 3_000
"""Prefixes, and addresses, that are read to tell the free space around an address."""
_HOLDERS = {"dcim.device": "devices", "virtualization.virtualmachine": "machines"}
_PORTS = {"dcim.interface": "interfaces", "virtualization.vminterface": "VM interfaces"}


def around_address(host: Span, table: Sequence[Condition], catalog: Catalog) -> Plan:
    """The records of the address, and the prefixes around it."""
    return {
        RECORDS: Select(
            catalog["ipam.ipaddress"], (Condition("address", "", (host.ends(),)), *table), optional=True
        ),
        # As a network: NetBox leaves out the prefix of just this address where it is told as an address.
        AROUND: Select(catalog["ipam.prefix"], (Condition("contains", "", (host.network(),)), *table)),
    }


def further_of_address(host: Span, vrf: str | None, gathered: Gathered, briefing: Briefing) -> Plan:
    """What holds the address; if nothing is recorded, what else is around it, and who else records it."""
    catalog = briefing.catalog
    if gathered.rows(RECORDS):
        return {name: step for name, step in _holders(gathered, catalog).items() if name not in gathered.plan}
    inner = AddressPlan(_networks(gathered), None, ()).innermost(host)
    if not gathered.knows(RECORDS):
        return {}
    plan: dict[str, Step] = {}
    if vrf and ELSEWHERE not in gathered.plan:
        same = (Condition("address", "", (host.ends(),)),)
        plan[ELSEWHERE] = Select(catalog["ipam.ipaddress"], same, optional=True)
    if not inner:
        return plan
    # What another table records takes no space in this one.
    table = table_around(inner.values(), vrf, briefing)
    if BESIDE not in gathered.plan:
        [whole] = cover([each.span for each in inner.values()], 1)
        where = (Condition("within_include", "", (whole.network(),)), *table)
        return {**plan, BESIDE: Select(catalog["ipam.prefix"], where, limit=MOST_BESIDE, optional=True)}
    if ADDRESSES not in gathered.plan and gathered.knows(BESIDE):
        read = AddressPlan(_networks(gathered), None, ())
        spans = [_surroundings(host, each, read) for each in inner.values()]
        where = (Condition("parent", "", tuple(span.network() for span in dict.fromkeys(spans))), *table)
        return {ADDRESSES: Select(catalog["ipam.ipaddress"], where, limit=MOST_BESIDE, optional=True)}
    return {}


def _surroundings(host: Span, network: Network, plan: AddressPlan) -> Span:
    """Where free space is looked for: all of a network, of a container what no child prefix takes."""
    return roomiest(network.span, host, plan.children(network)) if network.divided else network.span


def _holders(gathered: Gathered, catalog: Catalog) -> Plan:
    """The devices and interfaces that the address is on."""
    ports = [ref for row in gathered.rows(RECORDS) for ref in row["assigned"]]
    plan: dict[str, Step] = {}
    for names, refs, facet in (
        (_HOLDERS, [ref["of"] for ref in ports if ref.get("of")], BASE),
        (_PORTS, ports, VLANS),
    ):
        for type_, step in names.items():
            ids = tuple(dict.fromkeys(ref["id"] for ref in refs if ref.get("type") == type_))
            if ids and type_ in catalog:
                plan[step] = Fetch(catalog[type_], ids, frozenset({facet}))
    return plan


def _networks(gathered: Gathered) -> list[Network]:
    rows = {row["id"]: row for step in (AROUND, BESIDE) for row in gathered.rows(step)}
    return [each for row in rows.values() if (each := network_of(row))]


def whereabouts(
    host: Span, vrf: str | None, plan: AddressPlan, gathered: Gathered, briefing: Briefing
) -> Draft:
    """The records of the address with what holds them, the prefixes around it, and what is free there."""
    window = briefing.window
    records = [each for each in hosts_of(gathered.rows(RECORDS)) if each.span == host]
    tables = {each.table for each in records}
    inner = _best_first(plan.innermost(host))
    order = list(inner)
    around = sorted(
        (each for each in plan.networks if each.span.holds(host)),
        key=lambda each: (
            each.table not in tables,
            order.index(each.table),
            each.span.size,
            each.entity["id"],
        ),
    )
    ranges = [each for each in plan.ranges if each.span.holds(host)]
    held = {step: gathered.by_id(step) for step in (*_HOLDERS.values(), *_PORTS.values())}
    rows = [_record(each, inner.get(each.table), held) for each in records]
    free = [] if records else _free(host, inner, plan, gathered)
    prefixes = [
        [each.span.network(), table_name(each.entity), each.type]
        + [cell(each.entity.get(name)) for name in ("status", "scope", "vlan", "role")]
        for each in around
    ]
    range_rows = [
        [each.span.ends(), table_name(each.entity), cell(each.entity.get("status"))] for each in ranges
    ]
    sections = [
        _section("records", _RECORD_COLUMNS, rows, window.start("records")),
        _section("free space", _FREE_COLUMNS, free, window.start("free space")),
        _section("containing prefixes", _PREFIX_COLUMNS, prefixes, window.start("containing prefixes")),
        _section("IP ranges", ("range", "vrf", "status"), range_rows, window.start("IP ranges")),
    ]
    warnings = _cut(gathered)
    return Draft(
        _summary(host, asked_in_words(vrf, briefing), rows, free, around, gathered),
        tuple(each for each in sections if each.total),
        warnings=warnings,
        complete=not warnings,
    )


_RECORD_COLUMNS = (
    "address",
    "vrf",
    "status",
    "role",
    "assigned",
    "site",
    "prefix",
    "vlan",
    "dns_name",
    "tenant",
    "id",
)
_PREFIX_COLUMNS = ("prefix", "vrf", "type", "status", "scope", "vlan", "role")
_FREE_COLUMNS = ("in", "vrf", "state", "free", "addresses", "scope", "vlan")


def _section(title: str, columns: tuple[str, ...], rows: Sequence[Any], start: int) -> Section:
    return Section(title, columns, rows[start:], len(rows), start, title)


def _record(record: Host, inner: Network | None, held: Mapping[str, Mapping[str, Entity]]) -> list[Any]:
    """A record with the site of what holds it, and its VLAN: that of its prefix, or its port's own."""
    entity = record.entity
    ports = sorted(entity["assigned"] or (), key=lambda ref: natural(name_of(ref) or ""))
    owners = [_fetched(held, _HOLDERS, ref.get("of")) for ref in ports]
    sites = [name for owner in owners if owner and (name := name_of(owner.get("site")))]
    native = [_fetched(held, _PORTS, ref) for ref in ports]
    vlans = [name for port in native if port and (name := name_of(port.get("untagged_vlan")))]
    around = inner.entity if inner else {}
    return [
        entity["address"],
        table_name(entity),
        cell(entity.get("status")),
        cell(entity.get("role")),
        cell(ports),
        cell(list(dict.fromkeys(sites))) or cell(around.get("scope")),
        inner.span.network() if inner else None,
        cell(around.get("vlan")) or cell(list(dict.fromkeys(vlans))),
        cell(entity.get("dns_name")),
        cell(entity.get("tenant")),
        entity["id"],
    ]


def _fetched(held: Mapping[str, Mapping[str, Entity]], steps: Mapping[str, str], ref: Any) -> Entity | None:
    step = steps.get(ref.get("type", "")) if ref else None
    return held[step].get(ref["id"]) if step and ref else None


def _best_first(inner: Mapping[str, Network]) -> dict[str, Network]:
    """The longest prefix first; of equals the one that is there for addresses, then that of the global table."""
    found = sorted(inner.values(), key=lambda each: (each.span.size, each.divided, rank(each)))
    return {each.table: each for each in found}


def _free(host: Span, inner: Mapping[str, Network], plan: AddressPlan, gathered: Gathered) -> list[list[Any]]:
    """What the address is in each table: free and in how much free space, or not to be given away."""
    known = plan.hosts is not None and not _cut(gathered)
    rows = []
    for each in inner.values():
        space = (free_space if each.divided else free_addresses)(each, plan) if known else iter(())
        block = next((span for span in space if span.holds(host)), None)
        if block:
            block = block.within(_surroundings(host, each, plan))
        rows.append(
            [
                each.span.network(),
                table_name(each.entity),
                _state(host, each, plan, block, known=known),
                block.ends() if block else None,
                amount(block.size) if block else None,
                cell(each.entity.get("scope")),
                cell(each.entity.get("vlan")),
            ]
        )
    return rows


def _state(host: Span, network: Network, plan: AddressPlan, block: Span | None, *, known: bool) -> str:
    if not usable(network).holds(host):
        ends_it = network.span.version == 4 and host.last == network.span.last
        return "broadcast address" if ends_it else "network address"
    if any(each.populated and each.span.holds(host) for each in plan.ranges_in(network)):
        return "in a populated range"
    if not known:
        return "not recorded"
    if block:
        return "free (the prefix is marked as utilized)" if network.marked else "free"
    if host.first in plan.numbers(network):
        # Nautobot keeps addresses apart by namespace: one that is in another VRF of it is taken.
        return "recorded in that namespace"
    return "not recorded, in a range"


def _cut(gathered: Gathered) -> tuple[str, ...]:
    """What was not read to its end, so that the free space cannot be told."""
    short = [
        name
        for name, step in gathered.plan.items()
        if isinstance(step, Select) and step.limit and gathered.total(name) > len(gathered.rows(name))
    ]
    if not short:
        return ()
    return (f"more than {MOST_BESIDE:,} prefixes or addresses are beside it: its free space is not told",)


def _summary(
    host: Span,
    asked: str,
    records: Sequence[Sequence[Any]],
    free: Sequence[Sequence[Any]],
    around: Sequence[Network],
    gathered: Gathered,
) -> str:
    said = host.ends()
    if records:
        return (
            f"{said}: {'; '.join(_told(dict(zip(_RECORD_COLUMNS, row, strict=True))) for row in records[:3])}"
            + (f"; and {len(records) - 3:,} more records" if len(records) > 3 else "")
        )
    if not gathered.knows(RECORDS):
        return f"{said}: its records could not be read; {len(around):,} prefixes contain it"
    nowhere = f"{said} is recorded nowhere{f' in {asked}' if asked else ''}"
    told = [dict(zip(_FREE_COLUMNS, row, strict=True)) for row in free]
    parts = [f"{each['state']} in {each['in']} ({each['vrf'] or GLOBAL})" for each in told]
    nowhere += f": {listed(parts, 3)}" if parts else f", and in no prefix{' of it' if asked else ''}"
    others = [table_name(each.entity) for each in hosts_of(gathered.rows(ELSEWHERE)) if each.span == host]
    names = [", ".join(name) if isinstance(name, list) else str(name or GLOBAL) for name in others]
    return f"{nowhere}; elsewhere it is recorded: {listed(names, 3)}" if names else nowhere


def _told(row: Mapping[str, Any]) -> str:
    ports = row["assigned"]
    on = together(ports) if isinstance(ports, list) else ports
    parts = [f"on {on}" if on else "recorded, on no interface"]
    if row["site"]:
        parts.append(f"at {row['site']}")
    if row["prefix"]:
        parts.append(f"in {row['prefix']}")
    if row["vlan"]:
        parts.append(f"VLAN {row['vlan']}")
    parts.append(row["vrf"] or GLOBAL)
    return ", ".join(str(part) for part in parts)
