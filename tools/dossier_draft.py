"""The dossier as it is answered: what it is in a sentence, its own fields, and its tables by their worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.answer import Section
from orchestration.cells import cell, name_of
from orchestration.steps import Gathered
from orchestration.tool import Briefing, Draft
from sources.catalog import RAW, Catalog, ObjectType
from sources.source import Entity
from sources.types import COUNTS
from tools.address_dossier import address_sections
from tools.dossier_parts import Column, Dossier, Part, section
from tools.dossiers import DOSSIERS
from tools.rack_dossier import rack_units
from tools.said_of import CONTACTS, contact_columns, said_of
from tools.site_vlans import by_group_alone
from tools.tables import filled, table
from tools.wording import counted, title_of

OBJECT = "object"
SELF = "self"
_PORTS = "other ports"


def parts_of(type_: ObjectType) -> Sequence[Part]:
    """The tables of a type's dossier: its own, and what is said of it."""
    return (*_dossier(type_).parts, *said_of(type_))


def ports_instead(type_: ObjectType, gathered: Gathered) -> Sequence[Part]:
    """What an object has instead of the first part of its dossier; nothing unless that is known to be empty."""
    dossier = _dossier(type_)
    if not dossier.ports:
        return ()
    first = dossier.parts[0].relation
    return dossier.ports if gathered.knows(first) and not gathered.rows(first) else ()


def draft(gathered: Gathered, briefing: Briefing) -> Draft:
    """Facts from the object's fields and counts, a table for each part."""
    found = briefing.one(OBJECT)
    own = gathered.rows(SELF)
    entity = {**found.entity, **(own[0] if own else {})}
    counts = _counts(entity, gathered, briefing)
    sections = _sections(gathered, briefing)
    facts = _facts(found.type, entity)
    if counts:
        facts["counts"] = counts
        if _dossier(found.type).deeper:
            facts["counted"] = _dossier(found.type).deeper
    if units := rack_units(gathered):
        facts["rack_units"] = units
    return Draft(_summary(entity, sections, facts, gathered, briefing), tuple(sections), facts)


def _dossier(type_: ObjectType) -> Dossier:
    return DOSSIERS.get(type_.name, Dossier())


def _sections(gathered: Gathered, briefing: Briefing) -> list[Section]:
    """What the object mostly is, then who is in charge of it, then the rest of it."""
    type_ = briefing.one(OBJECT).type
    instead = [part for part in ports_instead(type_, gathered) if gathered.rows(part.relation)]
    own = [part for part in _dossier(type_).parts if gathered.knows(part.relation)]
    own = [part for part in own if not _merged(part, gathered)]
    main = [_part(part, gathered, briefing) for part in ([*instead, *own[1:]] if instead else own)]
    main += [*_grouped(gathered, briefing), *address_sections(briefing.one(OBJECT), gathered, briefing)]
    said = [_part(part, gathered, briefing) for part in said_of(type_) if gathered.rows(part.relation)]
    ports = [] if instead else _other_ports(gathered, briefing)
    return [*main, *said[:1], *ports, *said[1:]]


def _part(part: Part, gathered: Gathered, briefing: Briefing) -> Section:
    columns: Sequence[Column] = ()
    if part.relation == "interfaces" and gathered.knows("ip_addresses"):
        columns = (*part.columns[:3], ("addresses", _addresses_of(gathered)), *part.columns[3:])
    elif part.relation == CONTACTS:
        columns = contact_columns(gathered)
    deeper = _dossier(briefing.one(OBJECT).type).deeper
    beside = f" ({deeper})" if part.within and deeper else ""
    return section(part, gathered, briefing.window, columns=columns, beside=beside)


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


def _other_ports(gathered: Gathered, briefing: Briefing) -> list[Section]:
    """All ports that are no interfaces in one short table."""
    catalog, type_ = briefing.catalog, briefing.one(OBJECT).type
    rows = []
    for part in _dossier(type_).ports:
        kind = catalog[type_.relations[part.relation].to].label if gathered.knows(part.relation) else ""
        shown = section(part, gathered, briefing.window)
        at = {name: i for i, name in enumerate(shown.columns)}
        rows += [[kind, row[at["name"]], row[at["type"]], row[at["cabled_to"]]] for row in shown.rows]
    return filled(_PORTS, ("kind", "name", "type", "cabled_to"), rows, briefing.window, _PORTS, 0.2)


def _grouped(gathered: Gathered, briefing: Briefing) -> list[Section]:
    """The counts by a field."""
    dossier, sections = _dossier(briefing.one(OBJECT).type), []
    beside = f" ({dossier.deeper})" if dossier.deeper else ""
    for count in dossier.counts:
        if count.by and gathered.groups.get(count.title):
            groups = [(name or "(none)", number) for name, number in gathered.groups[count.title]]
            title, key = f"{count.title} by {count.by}{beside}", f"by:{count.title}"
            sections.append(table(title, (count.by, "count"), groups, briefing.window, key))
    return sections


def _counts(entity: Entity, gathered: Gathered, briefing: Briefing) -> dict[str, int]:
    found, counts = briefing.one(OBJECT), {}
    for count in _dossier(found.type).counts:
        if count.is_told(found.type):
            if entity.get(count.told) is not None:
                counts[count.title] = entity[count.told]
        elif gathered.knows(count.title):
            counts[count.title] = gathered.total(count.title)
    if found.type.name == "dcim.site" and "vlans" in counts:
        counts["vlans"] += by_group_alone(gathered, entity["id"])
    return counts


def _facts(type_: ObjectType, entity: Entity) -> dict[str, Any]:
    """The object's own fields that hold anything, references by name."""
    if type_.generic:
        held = {**entity.get(RAW, {}), "id": entity["id"]}
    else:
        fields = (name for name, field in type_.fields.items() if field.facet != COUNTS)
        held = {"id": entity["id"], **{name: entity.get(name) for name in fields}}
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
    entity: Entity,
    sections: Sequence[Section],
    facts: Mapping[str, Any],
    gathered: Gathered,
    briefing: Briefing,
) -> str:
    found, catalog = briefing.one(OBJECT), briefing.catalog
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
    deeper = f" ({facts['counted']})" if "counted" in facts else ""
    counts = facts.get("counts", {})
    held = [
        f"{_held(count, title.replace('_', ' '), catalog)}{deeper}"
        for title, count in counts.items()
        if count
    ]
    if units := facts.get("rack_units"):
        held.append(f"{units['free']:g} of {units['units']:g} units free, {units['reserved']:g} reserved")
    held += [_held(each.total, each.title, catalog) for each in sections if " by " not in each.title]
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
