"""`describe`: the dossier of one object: its fields, what belongs to it, and how much."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from orchestration.steps import Fetch, Follow, Gathered, Given, Plan, Select, Tally
from orchestration.tool import Ahead, Arguments, Briefing, Draft, Found, Lookup, Tool
from sources.catalog import BASE, EXTRA, Catalog, ObjectType
from sources.source import Condition
from sources.types import COUNTS
from tools.address_dossier import address_steps
from tools.dossier_draft import OBJECT, SELF, draft, parts_of, ports_instead, untold
from tools.dossier_parts import Count, Part
from tools.dossiers import DOSSIERS
from tools.gateways import gateway_steps
from tools.rack_dossier import rack_steps
from tools.said_of import people_steps
from tools.site_vlans import group_steps

_FIRST = ("dcim.device", "virtualization.virtualmachine")
_THEN = (
    "dcim.site",
    "dcim.rack",
    "dcim.location",
    "ipam.vlan",
    "circuits.circuit",
    "tenancy.tenant",
    "virtualization.cluster",
    "dcim.region",
    "ipam.vrf",
    "circuits.provider",
    "dcim.virtualchassis",
)
_LAST = (
    "dcim.manufacturer",
    "dcim.devicetype",
    "dcim.devicerole",
    "dcim.platform",
    "dcim.rackgroup",
    "ipam.vlangroup",
    "tenancy.tenantgroup",
    "extras.tag",
)


class DescribeArguments(Arguments):
    """What to describe."""

    object: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
        Field(description='its name, number or address, or "id:<id>" from an earlier answer'),
    ]
    type: Annotated[str | None, Field(description="its object type, where the name alone is ambiguous")] = (
        None
    )
    max_tokens: Annotated[int, Field(ge=300, le=20_000, description="token budget of the answer")] = 2_500


class Describe(Tool[DescribeArguments]):
    """The dossier of one object."""

    name = "describe"
    title = "Describe one object"
    description = (
        "The dossier of one device (ports, VLANs, addresses, neighbours), VM, site, location, rack, VLAN, prefix, "
        'IP address, circuit, tenant, cluster or any other object, by name. Example: object="akron-sw01".'
    )
    examples = ("tell me about akron-rtr01", "what is in rack R12", "what is 10.1.4.0/24")
    arguments = DescribeArguments

    def types(self, args: DescribeArguments) -> Sequence[str]:
        """The type, if it is told."""
        return (args.type,) if args.type else ()

    def lookups(self, args: DescribeArguments, catalog: Catalog) -> Sequence[Lookup]:
        """The object: in the types that its name may be of, the likeliest first."""
        text, tiers = places_of(args.object, args.type, catalog)
        also = (args.object,) if text != args.object else ()
        facets = frozenset({BASE, EXTRA})
        return [Lookup(OBJECT, text, tiers, facets=facets, also=also, ahead=_ahead(tiers[0][0], catalog))]

    def plan(self, args: DescribeArguments, briefing: Briefing) -> Plan:  # noqa: ARG002
        """Its own further fields, the parts of its dossier and the counts, all in one wave."""
        found = briefing.one(OBJECT)
        type_ = found.type
        plan: dict[str, Any] = {OBJECT: Given(type_, (found.entity,))}
        if type_.generic:
            return plan
        dossier = DOSSIERS.get(type_.name)
        plan |= _own_step(found, dossier.counts if dossier else ())
        for part in (*parts_of(type_), *(dossier.ports if dossier else ())):
            plan |= _part_step(part, found, briefing, fused=briefing.fused)
        for count in dossier.counts if dossier else ():
            if count.probe or not count.is_told(type_):
                plan |= _count_step(count, found, briefing.catalog)
        if type_.name == "dcim.site":
            plan |= group_steps([_of_object("site", found)], briefing.catalog)
        return {
            **plan,
            **people_steps(type_, briefing),
            **rack_steps(found, briefing.catalog),
            **gateway_steps(OBJECT, found, briefing),
            **address_steps(found, briefing),
        }

    def further(self, args: DescribeArguments, gathered: Gathered, briefing: Briefing) -> Plan:  # noqa: ARG002
        """What stands in the place of an empty first part, and the counts that the object does not tell truly."""
        found = briefing.one(OBJECT)
        steps: dict[str, Any] = {}
        for count in untold(gathered, briefing):
            if count.title not in gathered.plan:
                steps |= _count_step(count, found, briefing.catalog)
        for part in ports_instead(found.type, gathered):
            if part.relation not in gathered.plan:
                steps |= _part_step(part, found, briefing, fused=True)
        return steps

    def assemble(self, args: DescribeArguments, gathered: Gathered, briefing: Briefing) -> Draft:  # noqa: ARG002
        """Facts from the object's fields and counts, a table for each part."""
        return draft(gathered, briefing)


def _own_step(found: Found, counts: Sequence[Count]) -> Plan:
    """The fields of the object that looking for its name has not brought."""
    facets = set() if "created" in found.entity else {EXTRA}
    if any(count.is_told(found.type) for count in counts):
        facets.add(COUNTS)
    return {SELF: Fetch(found.type, (found.entity["id"],), frozenset(facets))} if facets else {}


def _part_step(part: Part, found: Found, briefing: Briefing, *, fused: bool) -> Plan:
    relation, facets = found.type.relations.get(part.relation), part.read(fused=fused)
    if relation is None or relation.to not in briefing.catalog or not facets:
        return {}
    target = briefing.catalog[relation.to]
    if part.within:
        return {part.relation: Select(target, (_of_object(part.within, found),), facets, optional=True)}
    return {part.relation: Follow(OBJECT, relation, target, facets)}


def _count_step(count: Count, found: Found, catalog: Catalog) -> Plan:
    if count.type not in catalog:
        return {}
    target, where = catalog[count.type], (_of_object(count.key, found),)
    if count.by:
        return {count.title: Tally(target, count.by, where, optional=True)}
    return {count.title: Select(target, where, limit=0, optional=True)}


def _of_object(key: str, found: Found) -> Condition:
    return Condition(key, "", (found.entity["id"],), (found.entity,))


def _ahead(likeliest: ObjectType, catalog: Catalog) -> tuple[Ahead, ...]:
    """The parts of the dossier of the likeliest type: only those that a question about it is mostly for."""
    if likeliest.name not in _FIRST:
        return ()
    relations = ((likeliest.relations[part.relation], part.facets) for part in DOSSIERS[likeliest.name].parts)
    return tuple(Ahead(each, catalog[each.to], facets) for each, facets in relations if each.to in catalog)


def places_of(
    text: str, type_name: str | None, catalog: Catalog
) -> tuple[str, tuple[tuple[ObjectType, ...], ...]]:
    """The name that a text says, and the types that it may be of in tiers."""
    if type_name:
        type_ = catalog.find(type_name)
        assert type_ is not None, "classify has checked it"
        return text, ((type_,),)
    if _is_network(text):
        names = (("ipam.prefix", "ipam.ipaddress"),) if "/" in text else (("ipam.ipaddress",),)
        return text, tuple(tuple(catalog[n] for n in tier if n in catalog) for tier in names)
    for words in (2, 1):
        # "rack R12", "rack group 3": the name may also be the whole text, as with a site called "Site 12".
        parts = text.split(maxsplit=words)
        named = catalog.find(" ".join(parts[:words]))
        if named is not None and len(parts) > words:
            everything = tuple(catalog[n] for n in (*_FIRST, *_THEN) if n in catalog and n != named.name)
            return parts[words], ((named,), everything)
    tiers = (_FIRST, _THEN, _LAST)
    return text, tuple(tuple(catalog[n] for n in tier if n in catalog) for tier in tiers)


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_interface(text)
    except ValueError:
        return False
    return "." in text or ":" in text
