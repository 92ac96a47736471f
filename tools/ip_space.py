"""`ip_space`: how full address space is, what is free in it, what collides in it, and where an address is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from orchestration.steps import Gathered, Plan, Select
from orchestration.tool import Arguments, Briefing, Draft, Lookup, Tool
from sources.catalog import BASE, Catalog
from sources.errors import BadFilter, TooCostly
from sources.source import Condition, Entity
from sources.types import DETAILS
from tools.address_plan import (
    UNRECORDED,
    AddressPlan,
    Network,
    aggregate_of,
    hosts_of,
    network_of,
    ranges_of,
    table_of,
)
from tools.asked_table import namespaced_vrf, space_asked, table_around, table_asked, unrecorded_in
from tools.space_answer import Question, answer
from tools.spans import Span, cover, host_span, network_span, outermost
from tools.whereabouts import around_address, further_of_address, whereabouts

SCOPE = "scope"
ADDRESSES = "addresses"
RANGES = "ranges"
AGGREGATES = "aggregates"
ADDRESS_COUNT = "address_count"
MOST_COVERS = 3
"""Networks that the prefixes inside are asked for by: NetBox takes one at a time."""
MOST_PARENTS = 100
"""Networks that the addresses inside are asked for by, all at once."""
NO_VRF = frozenset({"global", "none", "null"})


class IpSpaceArguments(Arguments):
    """Which address space, and what of it."""

    address: Annotated[str | None, Field(description="where is this IP address")] = None
    prefix: Annotated[str | None, Field(description="a prefix or aggregate, recorded or not")] = None
    vrf: Annotated[str | None, Field(description='VRF or namespace name; "global": in none')] = None
    site: Annotated[str | None, Field(description="site name")] = None
    role: Annotated[str | None, Field(description="prefix role")] = None
    free_length: Annotated[
        int | None, Field(ge=1, le=128, description="find the next free prefix of this length")
    ] = None
    max_tokens: Annotated[int, Field(ge=300, le=20_000, description="token budget of the answer")] = 2_500


class IpSpace(Tool[IpSpaceArguments]):
    """Address space: used, free, colliding; and where an address is."""

    name = "ip_space"
    title = "Address space"
    description = (
        "How full prefixes are, and what is free: of a prefix, VRF, site, role, or all: utilization, child prefixes, "
        "addresses with their devices, next free address and prefix, ranges, duplicates, overlaps, what is nearly "
        "full. With address: its device, prefix, VLAN, VRF and site, or the free space around it. "
        'Example: prefix="10.1.0.0/16", free_length=24.'
    )
    examples = (
        "next free /24 at Akron",
        "how full is 10.1.4.0/24",
        "where is 10.1.4.17",
        "which prefixes are nearly full",
    )
    arguments = IpSpaceArguments

    def lookups(self, args: IpSpaceArguments, catalog: Catalog) -> Sequence[Lookup]:
        """The names of VRF, site and role."""
        lookups = [
            Lookup(key, value, ((catalog[type_],),), narrows="prefix")
            for key, value, type_ in (("site", args.site, "dcim.site"), ("role", args.role, "ipam.role"))
            if value
        ]
        if args.vrf:
            tables = tuple((catalog[name],) for name in ("ipam.vrf", "ipam.namespace") if name in catalog)
            # One that is called so is meant; otherwise what is in none.
            missing = {"search": "ie", "several": True} if args.vrf.casefold() in NO_VRF else {}
            lookups.append(Lookup("vrf", args.vrf, tables, **missing))  # type: ignore[arg-type]  # by name
        return lookups

    def plan(self, args: IpSpaceArguments, briefing: Briefing) -> Plan:
        """The networks that are asked for; where they are all there are, what is in them, too."""
        catalog, table = briefing.catalog, (space_asked if _whole(args) else table_asked)(args.vrf, briefing)
        aggregates = Select(catalog["ipam.aggregate"], optional=True)
        plan: dict[str, Any] = {}
        if "ipam.iprange" in catalog:
            plan[RANGES] = Select(catalog["ipam.iprange"], facets=frozenset({BASE, DETAILS}), optional=True)
        if args.address is not None:
            return {**around_address(_host(args), table, catalog), **plan, AGGREGATES: aggregates}
        conditions = (*_within(args), *_scope(args, briefing), *table)
        plan[SCOPE] = Select(catalog["ipam.prefix"], conditions)
        if _prefix(args) is not None or not conditions or "ipam.namespace" in catalog:
            # In Nautobot an aggregate is a prefix as any other, and takes the space that it takes.
            plan[AGGREGATES] = aggregates
        if not conditions:
            plan[ADDRESSES] = Select(catalog["ipam.ipaddress"], optional=True)
        return plan

    def further(self, args: IpSpaceArguments, gathered: Gathered, briefing: Briefing) -> Plan:
        """What is in these networks; of addresses that are too many to be read, how many there are."""
        catalog = briefing.catalog
        if args.address is not None:
            return further_of_address(_host(args), args.vrf, gathered, briefing)
        if ADDRESSES not in gathered.plan:
            return _contents(args, gathered, briefing)
        asked = gathered.plan[ADDRESSES]
        if (
            isinstance(gathered.failed.get(ADDRESSES), TooCostly)
            and ADDRESS_COUNT not in gathered.plan
            and isinstance(asked, Select)
        ):
            return {ADDRESS_COUNT: Select(catalog["ipam.ipaddress"], asked.where, limit=0, optional=True)}
        return {}

    def assemble(self, args: IpSpaceArguments, gathered: Gathered, briefing: Briefing) -> Draft:
        """What the address plan says of them."""
        plan = _address_plan(args, gathered, briefing)
        if args.address is not None:
            return whereabouts(_host(args), args.vrf, plan, gathered, briefing)
        named = args.model_dump(include={"prefix", "vrf", "site", "role"}, exclude_none=True)
        question = Question(
            named=named,
            asked=_asked(args, gathered, briefing),
            aggregates=[] if named else _aggregates(args, gathered, briefing),
            whole=_prefix(args) if _whole(args) else None,
            vrf=namespaced_vrf(briefing) if args.vrf else None,
            free_length=args.free_length,
            many_addresses=gathered.total(ADDRESS_COUNT),
        )
        return answer(question, plan, briefing)


def _contents(args: IpSpaceArguments, gathered: Gathered, briefing: Briefing) -> Plan:
    """The prefixes and addresses in the networks that were found, of the tables that are asked for."""
    catalog = briefing.catalog
    asked = _asked(args, gathered, briefing)
    spans = outermost(each.span for each in asked)
    if not spans:
        return {}
    table = table_around(asked, args.vrf, briefing)
    plan: dict[str, Any] = {
        f"within {at}": Select(catalog["ipam.prefix"], (_in("within_include", [span]), *table))
        for at, span in enumerate(cover(spans, MOST_COVERS), start=1)
    }
    parents = spans if len(spans) <= MOST_PARENTS else cover(spans, MOST_PARENTS)
    plan[ADDRESSES] = Select(catalog["ipam.ipaddress"], (_in("parent", parents), *table), optional=True)
    return plan


def _asked(args: IpSpaceArguments, gathered: Gathered, briefing: Briefing) -> list[Network]:
    """The networks that are asked for: the prefixes that were found, or the one that was told."""
    found = [network for row in gathered.rows(SCOPE) if (network := network_of(row))]
    whole = _prefix(args)
    if whole is None or not _whole(args):
        return found
    aggregates = _aggregates(args, gathered, briefing)
    same = [each for each in (*found, *aggregates) if each.span == whole]
    return same or _unrecorded(whole, gathered, aggregates) or [unrecorded_in(whole, briefing)]


def _unrecorded(whole: Span, gathered: Gathered, aggregates: Sequence[Network]) -> list[Network]:
    """A network that is no prefix, in each table that has prefixes around or inside it."""
    shared = [each.entity for each in aggregates if each.by_namespace and each.span.meets(whole)]
    tables = {table_of(row): row for row in (*shared, *_prefix_rows(gathered))}
    known = [
        {"id": "", "prefix": whole.network(), "vrf": row.get("vrf"), "namespace": row["namespace"]}
        for row in tables.values()
    ]
    return [Network(whole, table_of(row), UNRECORDED, row, bool(row["namespace"])) for row in known]


def _prefix_rows(gathered: Gathered) -> list[Entity]:
    """Each prefix once, whichever step has brought it."""
    steps = [name for name in gathered.pages if name == SCOPE or name.startswith(("within", "around"))]
    return list({row["id"]: row for step in steps for row in gathered.rows(step)}.values())


def _aggregates(args: IpSpaceArguments, gathered: Gathered, briefing: Briefing) -> list[Network]:
    """The aggregates; where one table is asked for only those of it: NetBox's are of none."""
    found = [each for row in gathered.rows(AGGREGATES) if (each := aggregate_of(row))]
    if not args.vrf:
        return found
    tables = {table_of(row) for step in (SCOPE, "around") for row in gathered.rows(step)}
    tables |= {(each.entity.get("namespace") or each.entity)["id"] for each in briefing.found.get("vrf", ())}
    return [each for each in found if each.table in tables]


def _address_plan(args: IpSpaceArguments, gathered: Gathered, briefing: Briefing) -> AddressPlan:
    """All that was read."""
    networks = [network for row in _prefix_rows(gathered) if (network := network_of(row))]
    # Nautobot's aggregates are prefixes; NetBox's are known to the question alone.
    networks += [each for each in _aggregates(args, gathered, briefing) if each.by_namespace]
    hosts = hosts_of(gathered.rows(ADDRESSES)) if gathered.knows(ADDRESSES) else None
    return AddressPlan(networks, hosts, ranges_of(gathered.rows(RANGES)))


def _scope(args: IpSpaceArguments, briefing: Briefing) -> tuple[Condition, ...]:
    """Site and role. Both servers find what is scoped to a location of a site as well."""
    entities = {key: briefing.one(key).entity for key in ("site", "role") if getattr(args, key)}
    return tuple(Condition(key, "", (entity["id"],), (entity,)) for key, entity in entities.items())


def _within(args: IpSpaceArguments) -> tuple[Condition, ...]:
    """The prefix itself and those around it; with a site or role those in it."""
    whole = _prefix(args)
    if whole is None:
        return ()
    return (_in("within_include" if args.site or args.role else "contains", [whole]),)


def _whole(args: IpSpaceArguments) -> bool:
    """Whether one network or address is asked for, rather than what belongs somewhere."""
    return (args.prefix or args.address) is not None and not (args.site or args.role)


def _in(key: str, spans: Sequence[Span]) -> Condition:
    return Condition(key, "", tuple(span.network() for span in spans))


def _prefix(args: IpSpaceArguments) -> Span | None:
    if args.prefix is None:
        return None
    span = network_span(args.prefix.strip())
    if span is None:
        raise BadFilter(f"{args.prefix!r} is no prefix", hint='prefix="10.1.0.0/16" or "2001:db8::/32"')
    return span


def _host(args: IpSpaceArguments) -> Span:
    if args.prefix or args.site or args.role or args.free_length:
        raise BadFilter(
            "address is a question of its own: only vrf goes with it",
            hint=f'ip_space(address="{args.address}")',
        )
    span = host_span((args.address or "").strip())
    if span is None:
        raise BadFilter(f"{args.address!r} is no IP address", hint='address="10.1.4.17"')
    return span
