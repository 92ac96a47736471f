"""`find`: where is this name, address, MAC, serial, asset tag, circuit id; typed references."""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from orchestration.answer import Section
from orchestration.cells import cell
from orchestration.steps import Gathered, Plan, Select
from orchestration.tool import Arguments, Briefing, Draft, Tool
from sources.catalog import BASE, Catalog, ObjectType
from sources.errors import UnknownType
from sources.source import Condition, Entity
from sources.types import DETAILS
from tools.wording import counted, listed, title_of

Searches = dict[str, tuple[ObjectType, tuple[Condition, ...]]]

MATCHES = "matches"
EACH = 25
"""Rows read of each type; the totals cover all."""
_NAMED = (
    "dcim.device",
    "virtualization.virtualmachine",
    "dcim.site",
    "dcim.rack",
    "dcim.location",
    "ipam.vlan",
    "circuits.circuit",
    "tenancy.tenant",
    "virtualization.cluster",
    "ipam.vrf",
    "circuits.provider",
    "dcim.devicetype",
)
_SELDOM = (
    "dcim.interface",
    "dcim.region",
    "dcim.rackgroup",
    "dcim.virtualchassis",
    "dcim.powerpanel",
    "dcim.powerfeed",
    "dcim.cable",
    "ipam.vlangroup",
    "ipam.fhrpgroup",
    "ipam.service",
    "circuits.providernetwork",
    "tenancy.contact",
    "extras.tag",
)
"""Where a name is looked for that none of the others has."""
_CONTEXT = (
    "site",
    "device",
    "virtual_machine",
    "rack",
    "scope",
    "assigned",
    "vrf",
    "provider",
    "manufacturer",
    "tenant",
    "group",
)
_TELLING = (
    "name",
    "serial",
    "asset_tag",
    "dns_name",
    "label",
    "cid",
    "facility",
    "mac_address",
    "description",
    "model",
    "rd",
    "facility_id",
    "part_number",
)
_MAC = re.compile(r"^(?:[0-9a-f]{2}[:\-.]?){5}[0-9a-f]{2}$|^(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}$", re.IGNORECASE)


class FindArguments(Arguments):
    """What to look for."""

    text: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
        Field(description="name or part of it, IP, prefix, MAC, serial, asset tag, circuit id, VLAN number"),
    ]
    types: Annotated[list[str] | None, Field(description="only these object types")] = None


class Find(Tool[FindArguments]):
    """One look in all places."""

    name = "find"
    title = "Find anything by name, address or number"
    description = (
        "Find out what and where something is when only its name, a part of it, an IP address, prefix, MAC, serial, "
        'asset tag, circuit id or VLAN number is known. Gives typed references for describe. Example: text="10.1.4.7".'
    )
    examples = ("where is 10.1.4.7", "find aa:bb:cc:dd:ee:ff", "what is akron-rtr01")
    arguments = FindArguments

    def types(self, args: FindArguments) -> Sequence[str]:
        """The types to look in."""
        return tuple(args.types or ())

    def plan(self, args: FindArguments, briefing: Briefing) -> Plan:
        """One select a type, side by side; which ones depends on what the text looks like."""
        text = args.text.strip()
        searches = _searches(text, briefing.catalog)
        if args.types:
            chosen = [briefing.catalog.find(name) for name in args.types]
            wanted = {type_.name: type_ for type_ in chosen if type_}
            shaped = {name: where for name, where in searches.items() if name.partition("|")[0] in wanted}
            for name, type_ in wanted.items():
                if not any(key.partition("|")[0] == name for key in shaped):
                    shaped[name] = (type_, (Condition("q", "", (text,)),))
            searches = shaped
        if not searches:
            raise UnknownType(f'none of the object types can hold "{text}"', hint="leave `types` out")
        each = None if briefing.window.whole else EACH
        return {
            key: Select(type_, where, _facets(type_), limit=each, optional=True)
            for key, (type_, where) in searches.items()
        }

    def further(self, args: FindArguments, gathered: Gathered, briefing: Briefing) -> Plan:
        """A look in the less likely places, once, where a name is in none of the likely ones."""
        text, catalog = args.text.strip(), briefing.catalog
        found = any(gathered.total(key) for key in gathered.plan)
        if args.types or found or not set(_NAMED) & gathered.plan.keys() or _SELDOM[0] in gathered.plan:
            return {}
        where, each = (Condition("q", "", (text,)),), None if briefing.window.whole else EACH
        return {
            name: Select(catalog[name], where, _facets(catalog[name]), limit=each, optional=True)
            for name in _SELDOM
            if name in catalog
        }

    def assemble(self, args: FindArguments, gathered: Gathered, briefing: Briefing) -> Draft:
        """The matches, best first, and how many there are of each type."""
        text = args.text.strip().casefold()
        rows: dict[tuple[str, str], tuple[int, list[Any]]] = {}
        totals: dict[str, int] = {}
        types: dict[str, ObjectType] = {}
        for key, step in gathered.plan.items():
            assert isinstance(step, Select)
            if gathered.total(key):
                types[step.type.name] = step.type
                totals[step.type.name] = max(totals.get(step.type.name, 0), gathered.total(key))
            for row in gathered.rows(key):
                rank, why = _why(step.type, row, text)
                line = [
                    step.type.name,
                    title_of(step.type, row),
                    why,
                    _context(row),
                    row.get("status"),
                    row["id"],
                ]
                rows.setdefault((step.type.name, row["id"]), (rank, line))
        namesakes = Counter((line[0], line[1]) for _, line in rows.values())
        ordered = [
            # Names are enough to go on with, and ids are long: only namesakes need theirs.
            line if namesakes[line[0], line[1]] > 1 else [*line[:-1], None]
            for _, line in sorted(rows.values(), key=lambda item: (item[0], item[1][0], str(item[1][1])))
        ]
        total = max(sum(totals.values()), len(ordered))
        offset = briefing.window.start(MATCHES)
        unread = total - len(ordered)
        warnings = (
            (f"{unread:,} more match: narrow the text, or list_objects with name__ic",) if unread else ()
        )
        section = Section(
            "matches",
            ("type", "name", "match", "where", "status", "id"),
            ordered[offset:],
            len(ordered),
            offset,
            MATCHES,
        )
        counts = listed(
            [counted(count, types[name]) for name, count in sorted(totals.items(), key=lambda i: -i[1])]
        )
        nothing = "nothing that could be read" if gathered.failed else "nothing"
        looked = {step.type.name for step in gathered.plan.values() if isinstance(step, Select)}
        missed = f'{nothing} in {len(looked)} types of objects is called or holds "{args.text}"'
        summary = f'"{args.text}": {counts}' if totals else missed
        return Draft(summary, (section,), warnings=warnings, complete=not unread)


def _facets(type_: ObjectType) -> frozenset[str]:
    return (
        frozenset({"raw"})
        if type_.generic
        else frozenset({BASE, *({DETAILS} & {f.facet for f in type_.fields.values()})})
    )


def _searches(text: str, catalog: Catalog) -> Searches:
    """Where to look, by the look of the text. Keys are unique; before a `|` stands the type."""

    def one(type_: str, key: str, value: str, lookup: str = "") -> Searches:
        if type_ not in catalog:
            return {}
        return {f"{type_}|{key}": (catalog[type_], (Condition(key, lookup, (value,)),))}

    macs: Searches = {}
    if _MAC.match(text):
        plain = re.sub(r"[^0-9a-f]", "", text.lower())
        mac = ":".join(plain[i : i + 2] for i in range(0, 12, 2)).upper()
        macs = {
            **one("dcim.interface", "mac_address", mac),
            **one("virtualization.vminterface", "mac_address", mac),
        }
        if not text.isalnum():
            return macs
        # Twelve digits in a row may as well be a serial number or a circuit's.
    address = _address(text)
    if address is not None:
        bare = address.partition("/")[0]
        return {
            **one("ipam.ipaddress", "address", bare if address == text and "/" not in text else address),
            **one("ipam.prefix", "contains", address),
            **one(
                "ipam.prefix",
                "prefix",
                address if "/" in address else f"{bare}/32" if "." in bare else f"{bare}/128",
            ),
        }
    named: Searches = {
        name: (catalog[name], (Condition("q", "", (text,)),)) for name in _NAMED if name in catalog
    }
    if text.isdecimal() and 0 < int(text) < 4095:
        named |= one("ipam.vlan", "vid", text)
    if re.match(r"^[A-Za-z][\w\-]*\d+(/\d+)+(\.\d+)?$", text):
        named |= one("dcim.interface", "name", text, "ie")
    if "." in text:
        named |= one("ipam.ipaddress", "dns_name", text, "ic")
    return {**macs, **named}


def _address(text: str) -> str | None:
    """A host or network address as written; None for anything else."""
    try:
        return str(ipaddress.ip_interface(text)) if "/" in text else str(ipaddress.ip_address(text))
    except ValueError:
        return None


def _why(type_: ObjectType, row: Entity, text: str) -> tuple[int, str]:
    """How well a row matches (0 is best), and by which field."""
    title = title_of(type_, row).casefold()
    if text in (title, str(row.get("vid")), str(row.get(type_.title) or "").casefold().partition("/")[0]):
        return 0, type_.title
    for name in _TELLING:
        value = str(row.get(name) or "").casefold()
        if value and value == text:
            return 1, name
    for name in dict.fromkeys((type_.title, *_TELLING)):
        if text in str(row.get(name) or "").casefold():
            return 2 if name == type_.title else 3, name
    return 4, "contains" if type_.name == "ipam.prefix" else "other fields"


def _context(row: Mapping[str, Any]) -> str | None:
    """Where a thing is, in the one field that tells it best."""
    for name in _CONTEXT:
        shown = cell(row.get(name))
        if shown:
            return str(shown)
    return None
