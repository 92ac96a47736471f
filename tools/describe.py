"""`describe`: the dossier of one object: its fields, what belongs to it, and how much."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from orchestration.answer import Section
from orchestration.cells import cell, name_of
from orchestration.steps import Fetch, Follow, Gathered, Given, Plan, Select, Tally
from orchestration.tool import Ahead, Arguments, Briefing, Draft, Found, Lookup, Tool
from sources.catalog import BASE, EXTRA, RAW, Catalog, ObjectType
from sources.source import Condition, Entity
from tools.asked_table import own_table
from tools.dossiers import ADDRESS_PARTS, DOSSIERS, PREFIX_PARTS, Column, Part
from tools.wording import counted, natural, title_of

OBJECT = "object"
SELF = "self"
MOST_READ = 200
"""Rows of a prefix's contents that are read for one answer; its cursor reads on."""
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
        found, catalog = briefing.one(OBJECT), briefing.catalog
        type_, id_ = found.type, found.entity["id"]
        plan: dict[str, Any] = {OBJECT: Given(type_, (found.entity,))}
        if type_.generic:
            return plan
        if "created" not in found.entity:
            plan[SELF] = Fetch(type_, (id_,), frozenset({EXTRA}))
        dossier = DOSSIERS.get(type_.name)
        for part in dossier.parts if dossier else ():
            relation = type_.relations[part.relation]
            if relation.to not in catalog:
                continue
            if part.within:
                inside = (Condition(part.within, "", (id_,), (found.entity,)),)
                plan[part.relation] = Select(catalog[relation.to], inside, part.facets, optional=True)
            else:
                plan[part.relation] = Follow(OBJECT, relation, catalog[relation.to], part.facets)
        for title, counted_type, key, by in dossier.counts if dossier else ():
            if counted_type in catalog:
                where = (Condition(key, "", (id_,), (found.entity,)),)
                target = catalog[counted_type]
                plan[title] = (
                    Tally(target, by, where, optional=True)
                    if by
                    else Select(target, where, limit=0, optional=True)
                )
        return {**plan, **_address_steps(found, briefing)}

    def further(self, args: DescribeArguments, gathered: Gathered, briefing: Briefing) -> Plan:  # noqa: ARG002
        """What an object has instead of the first part of its dossier, where that is empty."""
        found, catalog = briefing.one(OBJECT), briefing.catalog
        return {
            part.relation: Follow(OBJECT, relation, catalog[relation.to], part.facets)
            for part in _instead(found.type, gathered)
            if part.relation not in gathered.plan
            if (relation := found.type.relations[part.relation]).to in catalog
        }

    def assemble(self, args: DescribeArguments, gathered: Gathered, briefing: Briefing) -> Draft:  # noqa: ARG002
        """Facts from the object's fields and counts, a table for each part."""
        found = briefing.one(OBJECT)
        entity = {**found.entity, **(gathered.rows(SELF)[0] if gathered.rows(SELF) else {})}
        facts = _facts(found.type, entity)
        dossier = DOSSIERS.get(found.type.name)
        sections = [
            _part(part, gathered, briefing)
            for part in (dossier.parts if dossier else ())
            if gathered.knows(part.relation) and not _merged(part, gathered)
        ]
        others = [
            _part(part, gathered, briefing)
            for part in _instead(found.type, gathered)
            if gathered.rows(part.relation)
        ]
        sections = [*others, *sections[1:]] if others else sections
        counts = {
            title: gathered.total(title)
            for title, *_ in (dossier.counts if dossier else ())
            if gathered.knows(title)
        }
        for title, _, _, by in dossier.counts if dossier else ():
            if by and gathered.groups.get(title):
                groups = [(name or "(none)", count) for name, count in gathered.groups[title]]
                start = briefing.window.start(f"by:{title}")
                sections.append(
                    Section(
                        f"{title} by {by}", (by, "count"), groups[start:], len(groups), start, f"by:{title}"
                    )
                )
        sections += _address_sections(gathered, briefing)
        if counts:
            facts["counts"] = counts
        return Draft(_summary(found, entity, sections, counts, gathered, briefing), tuple(sections), facts)


def _instead(type_: ObjectType, gathered: Gathered) -> Sequence[Part]:
    dossier = DOSSIERS.get(type_.name)
    if dossier is None or not dossier.otherwise:
        return ()
    first = dossier.parts[0].relation
    return dossier.otherwise if gathered.knows(first) and not gathered.rows(first) else ()


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
    word, _, rest = text.partition(" ")
    named = catalog.find(word)
    if named is not None and rest:
        # "rack R12", "vlan 100": the name may also be the whole text, as with a site called "Site 12".
        everything = tuple(catalog[n] for n in (*_FIRST, *_THEN) if n in catalog and n != named.name)
        return rest.strip(), ((named,), everything)
    tiers = (_FIRST, _THEN, _LAST)
    return text, tuple(tuple(catalog[n] for n in tier if n in catalog) for tier in tiers)


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_interface(text)
    except ValueError:
        return False
    return "." in text or ":" in text


def _address_steps(found: Found, briefing: Briefing) -> Plan:
    """What a prefix or an address is inside of, and what is inside a prefix."""
    catalog, window = briefing.catalog, briefing.window
    prefix, address = catalog["ipam.prefix"], catalog["ipam.ipaddress"]
    if found.type.name == "ipam.ipaddress":
        host = found.entity["address"]
        where = (Condition("contains", "", (host,)), *own_table(found.entity))
        return {"inside": Select(prefix, where, limit=MOST_READ, optional=True)}
    if found.type.name in ("ipam.prefix", "ipam.aggregate"):
        network = found.entity["prefix"]
        vrf = own_table(found.entity)
        return {
            "inside": Select(
                prefix, (Condition("contains", "", (network,)), *vrf), limit=MOST_READ, optional=True
            ),
            "children": Select(
                prefix,
                (Condition("within", "", (network,)), *vrf),
                offset=window.start("children"),
                limit=window.most("children", MOST_READ),
                optional=True,
            ),
            "addresses": Select(
                address,
                (Condition("parent", "", (network,)), *vrf),
                offset=window.start("addresses"),
                limit=window.most("addresses", MOST_READ),
                optional=True,
            ),
        }
    return {}


def _address_sections(gathered: Gathered, briefing: Briefing) -> list[Section]:
    found, window = briefing.one(OBJECT), briefing.window
    sections = []
    for step, title, columns in (
        ("inside", "containing prefixes", PREFIX_PARTS),
        ("children", "child prefixes", PREFIX_PARTS),
        ("addresses", "IP addresses", ADDRESS_PARTS),
    ):
        if not gathered.knows(step):
            continue
        rows, total, start = gathered.rows(step), gathered.total(step), window.start(step)
        if step == "inside":
            # A prefix contains itself, and all that contain it are read: there are never many.
            others = [
                row for row in rows if found.type.name != "ipam.prefix" or row["id"] != found.entity["id"]
            ]
            rows, total = others[start:], total - (len(rows) - len(others))
        sections.append(_table(title, rows, columns, total, start, step))
    return sections


def _part(part: Part, gathered: Gathered, briefing: Briefing) -> Section:
    rows = gathered.rows(part.relation)
    rows = sorted(
        rows, key=part.order or (lambda row: natural(str(row.get("name") or row.get("address") or "")))
    )
    columns: Sequence[Column] = part.columns
    if part.relation == "interfaces" and gathered.knows("ip_addresses"):
        columns = (*part.columns[:3], ("addresses", _addresses_of(gathered)), *part.columns[3:])
    start = briefing.window.start(part.relation)
    title = part.relation.replace("_", " ")
    return _table(title, rows[start:], columns, len(rows), start, part.relation)


def _merged(part: Part, gathered: Gathered) -> bool:
    """Whether the part stands in another table: addresses stand beside their interfaces."""
    return part.relation == "ip_addresses" and gathered.knows("interfaces")


def _addresses_of(gathered: Gathered) -> Any:
    """Per interface, the addresses on it: they are read for the whole device at once."""
    of: dict[str, list[str]] = {}
    for address in gathered.rows("ip_addresses"):
        for ref in address["assigned"]:
            of.setdefault(ref["id"], []).append(address["address"])
    return lambda row: cell(of.get(row["id"]))


def _table(
    title: str, rows: Sequence[Entity], columns: Sequence[Column], total: int, start: int, key: str
) -> Section:
    cells = [[value(row) for _, value in columns] for row in rows]
    return Section(title, tuple(name for name, _ in columns), cells, total, start, key)


def _facts(type_: ObjectType, entity: Entity) -> dict[str, Any]:
    """The object's own fields that hold anything, references by name."""
    if type_.generic:
        held = {**entity.get(RAW, {}), "id": entity["id"]}
    else:
        held = {"id": entity["id"], **{name: entity.get(name) for name in type_.fields}}
    facts = {name: cell(value) for name, value in held.items() if value not in (None, "", [], {})}
    if "type" in facts:
        # What kind of circuit it is, beside that it is a circuit.
        facts[f"{type_.label.replace(' ', '_')}_type"] = facts.pop("type")
    return {"type": type_.name, **facts, **type_.units_of(facts)}


def _held(count: int, title: str, catalog: Catalog) -> str:
    """`1 child prefix`, `24 child prefixes`."""
    before, _, last = title.rpartition(" ")
    for kind, name in (("", title), (f"{before} ", last)):
        type_ = catalog.find(name)
        if type_ and count == 1:
            return f"1 {kind}{type_.label}".replace("  ", " ")
    return f"{count:,} {title}"


def _summary(
    found: Found,
    entity: Entity,
    sections: Sequence[Section],
    counts: dict[str, int],
    gathered: Gathered,
    briefing: Briefing,
) -> str:
    catalog = briefing.catalog
    parts = [
        f"{found.type.label} {title_of(found.type, entity) if not found.type.generic else entity.get('display')}"
    ]
    if entity.get("status"):
        parts.append(str(entity["status"]))
    for name in ("role", "device_type", "provider", "site", "scope", "vrf", "tenant"):
        value = entity.get(name)
        shown = value if isinstance(value, str) else cell(value)
        if shown:
            parts.append(f"{name.replace('_', ' ')} {shown}")
    head = ", ".join(parts)
    held = [_held(count, title.replace("_", " "), catalog) for title, count in counts.items() if count]
    held += [
        _held(section.total, section.title, catalog) for section in sections if " by " not in section.title
    ]
    if gathered.knows("interfaces") and found.type.name == "dcim.device":
        far = {
            str(name_of(ref.get("of") or ref))
            for row in gathered.rows("interfaces")
            for ref in row.get("connected_to") or ()
        }
        held.append(f"{len(far):,} neighbour{'' if len(far) == 1 else 's'}")
    primary = entity.get("primary_ip4") or entity.get("primary_ip6")
    if primary:
        held.insert(
            0, f"primary {counted(1, catalog['ipam.ipaddress']).removeprefix('1 ')} {name_of(primary)}"
        )
    return f"{head}: {'; '.join(held)}" if held else head
