"""The dossier as it is answered: what it is in a sentence, its own fields, and its tables by their worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.answer import Section
from orchestration.cells import cell, name_of
from orchestration.steps import Gathered
from orchestration.tool import Briefing, Draft
from sources.catalog import EXTRA, RAW, Catalog, ObjectType, squashed
from sources.source import Entity
from sources.types import COUNTS
from tools.address_dossier import address_sections
from tools.dossier_parts import Column, Count, Dossier, Part, section
from tools.dossier_room import Room, room_for
from tools.dossiers import DOSSIERS
from tools.gateways import gateway_sections
from tools.rack_dossier import rack_units
from tools.said_of import CONTACTS, JOURNAL, contact_columns, said_of
from tools.site_vlans import by_group_alone
from tools.tables import filled, table
from tools.wording import counted, title_of

OBJECT = "object"
SELF = "self"
_PORTS = "other ports"
_NOT_READ = (
    "ports beside the interfaces and gateway groups: without GraphQL each kind takes a call; "
    'list_objects(type="power port", where={"device": ...})'
)


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


def untold(gathered: Gathered, briefing: Briefing) -> list[Count]:
    """The counts that the object does not tell truly: those of a token that sees only a part of what there is."""
    type_, own = briefing.one(OBJECT).type, gathered.rows(SELF)
    told = [count for count in _dossier(type_).counts if count.is_told(type_)]
    whole = own and all(
        gathered.knows(each.title) and gathered.total(each.title) == own[0].get(each.told)
        for each in told
        if each.probe
    )
    return [] if whole else told


def draft(gathered: Gathered, briefing: Briefing) -> Draft:
    """Facts from the object's fields and counts, a table for each part; in a small budget only the main ones."""
    found = briefing.one(OBJECT)
    own = gathered.rows(SELF)
    entity = {**found.entity, **(own[0] if own else {})}
    main, lesser = _main(gathered, briefing), _lesser(gathered, briefing)
    beside = _beside(entity, gathered, briefing)
    summary = _summary(entity, [*main, *lesser], beside, gathered, briefing)
    room = room_for([*main, *lesser], briefing)
    facts = {**_facts(found.type, entity, room), **beside}
    if room.details:
        return Draft(summary, (*main, *lesser), facts)
    left = [f"{each.title} ({each.total:,})" for each in lesser[room.tables :]]
    said = f"left out: {', '.join(['details', *left])}; raise max_tokens"
    return Draft(summary, (*main, *lesser[: room.tables]), facts, (said,), complete=False)


def _beside(entity: Entity, gathered: Gathered, briefing: Briefing) -> dict[str, Any]:
    """The facts that are no fields of the object."""
    type_ = briefing.one(OBJECT).type
    facts: dict[str, Any] = {}
    if counts := _counts(entity, gathered, briefing):
        facts["counts"] = counts
        if _dossier(type_).deeper:
            facts["counted"] = _dossier(type_).deeper
    if units := rack_units(gathered):
        facts["rack_units"] = units
    if _dossier(type_).ports and not briefing.fused:
        facts["not_read"] = _NOT_READ
    return facts


def _dossier(type_: ObjectType) -> Dossier:
    return DOSSIERS.get(type_.name, Dossier())


def _main(gathered: Gathered, briefing: Briefing) -> list[Section]:
    """What the object mostly is."""
    found = briefing.one(OBJECT)
    instead = [part for part in ports_instead(found.type, gathered) if gathered.rows(part.relation)]
    own = [part for part in _dossier(found.type).parts if gathered.knows(part.relation)]
    own = [part for part in own if not _merged(part, gathered)]
    parts = [_part(part, gathered, briefing) for part in ([*instead, *own[1:]] if instead else own)]
    return [*parts, *_grouped(gathered, briefing), *address_sections(found, gathered, briefing)]


def _lesser(gathered: Gathered, briefing: Briefing) -> list[Section]:
    """What is there besides, by its worth; nothing of what there is none of."""
    type_ = briefing.one(OBJECT).type
    said = {
        part.relation: _part(part, gathered, briefing)
        for part in said_of(type_)
        if gathered.rows(part.relation)
    }
    ports = [] if ports_instead(type_, gathered) else _other_ports(gathered, briefing)
    contacts, journal = ([said[name]] if name in said else [] for name in (CONTACTS, JOURNAL))
    return [*contacts, *gateway_sections(gathered, briefing), *ports, *journal]


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
        if gathered.knows(count.title):
            counts[count.title] = gathered.total(count.title)
        elif count.title not in gathered.plan and entity.get(count.told) is not None:
            counts[count.title] = entity[count.told]
    if found.type.name == "dcim.site" and "vlans" in counts:
        counts["vlans"] += by_group_alone(gathered, entity["id"])
    return counts


def _facts(type_: ObjectType, entity: Entity, room: Room) -> dict[str, Any]:
    """The object's own fields that hold anything, references by name."""
    if type_.generic:
        held = {**entity.get(RAW, {}), "id": entity["id"]}
    else:
        without = {COUNTS} if room.details else {COUNTS, EXTRA}
        named = (name for name, field in type_.fields.items() if field.facet not in without)
        fields = type_.columns if room.few else named
        held = {"id": entity["id"], **{name: entity.get(name) for name in fields}}
    facts = {name: cell(value) for name, value in held.items() if value not in (None, "", [], {})}
    if "type" in facts:
        # What kind of circuit it is, beside that it is a circuit.
        facts[f"{type_.label.replace(' ', '_')}_type"] = facts.pop("type")
    return {"type": type_.name, **facts, **type_.units_of(facts)}


def _held(count: int, title: str, catalog: Catalog) -> str:
    """`1 child prefix`, `24 child prefixes`, `1 other port`."""
    told, deeper, more = title.partition(" (")
    before, _, last = told.rpartition(" ")
    if count != 1:
        return f"{count:,} {title}"
    for kind, name in (("", told), (f"{before} ", last)):
        type_ = catalog.find(name)
        if type_ and squashed(type_.plural) == squashed(name):
            return f"1 {kind}{type_.label}{deeper}{more}".replace("  ", " ")
    return f"1 {told.removesuffix('s')}{deeper}{more}"


def _summary(
    entity: Entity,
    sections: Sequence[Section],
    beside: Mapping[str, Any],
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
    deeper = f" ({beside['counted']})" if "counted" in beside else ""
    counts = beside.get("counts", {})
    held = [
        f"{_held(count, title.replace('_', ' '), catalog)}{deeper}"
        for title, count in counts.items()
        if count
    ]
    if units := beside.get("rack_units"):
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
