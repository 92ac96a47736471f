"""Names to objects: all the names of a question in a few batched reads; misses answer with the nearest."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cache.reader import Reader
from orchestration.ahead import ReadAhead
from orchestration.cells import name_of
from orchestration.steps import BASE_ONLY, Facets
from orchestration.tool import Found, Lookup
from sources.catalog import RAW, Catalog, ObjectType
from sources.errors import Ambiguous, BadFilter, NetbriefError, NotFound, NotPermitted
from sources.receipt import receipt
from sources.source import ByIds, Condition, Entity, Match, Page, Read
from sources.where import nearest, quoted

INDEXED = 1000
"""A type with at most that many objects has all its names read at once."""
CANDIDATES = 8
_ID = re.compile(
    r"(?:#|id:)\s*([0-9]+|[0-9a-f]{8}-[0-9a-f-]{27})|([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22})", re.IGNORECASE
)
_PLACES = ("dcim.region", "dcim.site", "dcim.location")
_TELLING = ("rd",)
"""Fields by which people call an object, beside its name: the route distinguisher of a VRF."""
_ADDRESSED = {"ipam.ipaddress", "ipam.prefix", "ipam.aggregate", "ipam.iprange"}

Planned = tuple[Lookup, ObjectType, Callable[[Entity], bool], Read]
"""A lookup in one type: the read that may bring the object, and which of its rows are meant."""


class Resolver:
    """Resolves the names of one run."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._unread: dict[str, list[NetbriefError]] = {}

    async def resolve(self, lookups: Sequence[Lookup]) -> dict[str, list[Found]]:
        """Every lookup's objects. Raises `NotFound` and `Ambiguous` with candidates."""
        found: dict[str, list[Found]] = {each.key: [] for each in lookups}
        for tier in range(max((len(each.tiers) for each in lookups), default=0)):
            open_ = [each for each in lookups if not found[each.key] and tier < len(each.tiers)]
            for lookup, objects in await self._tier(open_, tier):
                found[lookup.key] += objects
        for lookup in lookups:
            objects = found[lookup.key]
            if not objects:
                self._raise_if_unread(lookup)
                if not lookup.search and not lookup.optional:
                    raise await self._missing(lookup)
            if len(objects) > 1 and not lookup.several:
                raise ambiguous(lookup, objects)
            if len(objects) > 1 and not lookup.search:
                receipt().warn(_all_meant(lookup, objects))
        return found

    def _raise_if_unread(self, lookup: Lookup) -> None:
        """What could not be read may hold the name: that is no miss. A type without permission is not there."""
        errors = self._unread.get(lookup.key, [])
        hidden = [error for error in errors if isinstance(error, NotPermitted)]
        if len(errors) > len(hidden):
            raise next(error for error in errors if error not in hidden)
        if errors and len(errors) >= sum(len(tier) for tier in lookup.tiers):
            raise errors[0]

    async def _tier(self, lookups: Sequence[Lookup], tier: int) -> list[tuple[Lookup, list[Found]]]:
        """One wave: for each type, one read serves all names that may be of that type."""
        wanted: dict[tuple[str, Facets], list[Lookup]] = {}
        types: dict[str, ObjectType] = {}
        for lookup in lookups:
            for type_ in lookup.tiers[tier]:
                types[type_.name] = type_
                # All names of a small type are kept as an index: in the same shape whoever asks.
                facets = BASE_ONLY if type_.small else _facets(type_, lookup)
                wanted.setdefault((type_.name, facets), []).append(lookup)
        plans: list[Planned] = []
        for (name, facets), group in wanted.items():
            plans += await self._reads(types[name], facets, group)
        reads = list({_identity(read): read for *_, read in plans}.values())
        ahead = {lookup.key: ReadAhead(self._reader, lookup) for lookup in await self._worth_it(plans)}
        try:
            pages = dict(zip(map(_identity, reads), await self._read(reads), strict=True))
            results = await self._results(plans, pages)
            for lookup, objects in results:
                if lookup.key in ahead and objects:
                    await ahead[lookup.key].keep(objects)
        finally:
            for each in ahead.values():
                each.give_up()
        return results

    async def _worth_it(self, plans: Sequence[Planned]) -> list[Lookup]:
        """The lookups for which to read ahead: what is known of a name is mostly known of the object, too."""
        return [
            lookup
            for lookup, type_, _, read in plans
            if isinstance(read, Match)
            and any(each.relation.owner == type_.name for each in lookup.ahead)
            and not await self._reader.knows(read)
        ]

    async def _results(
        self, plans: Sequence[Planned], pages: Mapping[str, Page]
    ) -> list[tuple[Lookup, list[Found]]]:
        results: list[tuple[Lookup, list[Found]]] = []
        for lookup, type_, accepts, read in plans:
            page = pages[_identity(read)]
            if isinstance(read, Match) and not read.filters and page.total > len(page.rows):
                page = await self._by_name(type_, lookup)
            if page.error is not None:
                self._unread.setdefault(lookup.key, []).append(page.error)
            results.append((lookup, [Found(type_, row) for row in page.rows if accepts(row)]))
        return results

    async def _reads(self, type_: ObjectType, facets: Facets, lookups: Sequence[Lookup]) -> list[Planned]:
        plans: list[Planned] = []
        named: list[Lookup] = []
        for lookup in lookups:
            id_ = id_in(lookup.text)
            if id_:
                plans.append((lookup, type_, lambda _: True, ByIds(type_, (id_,), facets)))
            elif type_.small and not type_.generic:
                plans.append(
                    (lookup, type_, _accepts(type_, lookup), Match(type_, (), facets, limit=INDEXED))
                )
            elif lookup.search:
                conditions = [Condition(type_.title, lookup.search, (lookup.text,))]
                read = Match(type_, await self._native(type_, conditions), facets, limit=INDEXED)
                plans.append((lookup, type_, lambda _: True, read))
            else:
                named.append(lookup)
        # All exact names of a type in one read.
        for condition, group in _exact(type_, named):
            read = Match(type_, await self._native(type_, [condition]), facets, limit=INDEXED)
            plans += [(lookup, type_, _accepts(type_, lookup), read) for lookup in group]
        return plans

    async def _by_name(self, type_: ObjectType, lookup: Lookup) -> Page:
        """A type that has more objects than can be indexed: ask the source for the name, and what else tells it."""
        conditions = [Condition(type_.title, lookup.search or "ie", lookup.spellings)]
        if not lookup.search:
            conditions += [Condition(each, "", lookup.spellings) for each in _TELLING if each in type_.fields]
        reads = [
            Match(type_, await self._native(type_, [each]), lookup.facets, limit=INDEXED)
            for each in conditions
        ]
        pages = await self._read(reads)
        rows = list({row["id"]: row for page in pages for row in page.rows}.values())
        return Page(rows, len(rows), next((page.error for page in pages if page.error), None))

    async def _missing(self, lookup: Lookup) -> NotFound:
        """Nothing has that name: the nearest names, of every type that was asked for."""
        types = [type_ for tier in lookup.tiers for type_ in tier]
        close: list[str] = []
        for read in await self._likely(types, lookup.text):
            page = (await self._read([read]))[0]  # what cannot be read has no names to offer
            names = [str(row.get(read.type.title)) for row in page.rows if row.get(read.type.title)]
            several = len(types) > 1
            close += [
                f"{name} ({read.type.label})" if several else name for name in nearest(lookup.text, names)
            ]
            if len(close) >= CANDIDATES:
                break
        elsewhere = await self._other_place(types, lookup)
        labels = " or ".join(type_.label for type_ in types[:4]) + (" ..." if len(types) > 4 else "")
        return NotFound(
            f'there is no {labels} "{lookup.text}"',
            cause="another spelling, another source, or the token may not see it",
            candidates=list(dict.fromkeys(close))[:CANDIDATES],
            hint=elsewhere or f"find(text={quoted(lookup.text)}) looks in all common types",
        )

    async def _other_place(self, types: Sequence[ObjectType], lookup: Lookup) -> str:
        """What to ask for where a name is that of a place of another kind: a region for a site."""
        if not all(type_.name in _PLACES for type_ in types):
            return ""
        catalog = await self._reader.source.catalog()
        asked = {type_.name for type_ in types}
        others = tuple(catalog[name] for name in _PLACES if name in catalog and name not in asked)
        found = [
            each for _, objects in await self._tier([replace(lookup, tiers=(others,))], 0) for each in objects
        ]
        return _instead_of(found, lookup, catalog) if found else ""

    async def _likely(self, types: Iterable[ObjectType], text: str) -> list[Match]:
        reads = []
        for type_ in types:
            if type_.generic or type_.name in _ADDRESSED:
                continue
            if type_.small:
                reads.append(Match(type_, (), limit=INDEXED))
                continue
            holding = await self._native(type_, [Condition(type_.title, "ic", (text,))])
            beginning = await self._native(
                type_, [Condition(type_.title, "isw", (text[: max(3, len(text) // 2)],))]
            )
            reads += [Match(type_, holding, limit=50), Match(type_, beginning, limit=50)]
        return reads[:12]

    async def _native(self, type_: ObjectType, conditions: Sequence[Condition]) -> Any:
        return await self._reader.source.translate(type_, conditions)

    async def _read(self, reads: Sequence[Read]) -> list[Page]:
        return await self._reader.read(reads)


def id_in(text: str) -> str | None:
    """The id in `#12`, `id:12` or a bare UUID; None for a name."""
    found = _ID.fullmatch(text.strip())
    return (found[1] or found[2]) if found else None


def ambiguous(lookup: Lookup, objects: Sequence[Found]) -> Ambiguous:
    """The error for a name that several objects have, with what to say instead of it."""
    types = {type_.name for tier in lookup.tiers for type_ in tier}
    first = objects[0]
    # An id alone would be looked for in all of these types, and numbers are not unique among them.
    told = f"{first.type.name} " if len(types) > 1 else ""
    return Ambiguous(
        f'{len(objects)} objects are called "{lookup.text}"',
        candidates=[described(each) for each in objects[:CANDIDATES]],
        hint="call again with the id of the one that is meant in the place of its name, for example "
        f'"{told}id:{first.entity["id"]}"',
    )


def _instead_of(places: Sequence[Found], lookup: Lookup, catalog: Catalog) -> str:
    """The call that answers for places of another kind: a list of what is there, or one for their site."""
    label, name = places[0].type.label, quoted(lookup.text)
    narrowed = catalog.find(lookup.narrows) if lookup.narrows else None
    if narrowed and label in narrowed.references():
        listing = f"list_objects(type={quoted(narrowed.label)}, where={{{quoted(label)}: {name}}})"
        sites = " names the sites to ask for, one at a time" if narrowed.name == "dcim.site" else ""
        return f"{name} is a {label}: {listing}{sites}"
    sites_of = dict.fromkeys(
        quoted(str(name_of(each.entity["site"]))) for each in places if each.entity.get("site")
    )
    if sites_of and any(type_.name == "dcim.site" for tier in lookup.tiers for type_ in tier):
        return f"{name} is a {label} of {' or '.join(list(sites_of)[:CANDIDATES])}: ask for that site"
    return f"{name} is a {label}: describe(object={name}, type={quoted(label)})"


def _all_meant(lookup: Lookup, objects: Sequence[Found]) -> str:
    shown = "; ".join(described(each) for each in objects[:CANDIDATES])
    more = f"; and {len(objects) - CANDIDATES} more" if len(objects) > CANDIDATES else ""
    return f"{len(objects)} objects are called {quoted(lookup.text)}, and all are meant: {shown}{more}"


def described(found: Found) -> str:
    """An object in a line that tells it from its namesakes."""
    entity = found.entity
    parts = [
        f"{key} {shown}"
        for key in ("site", "region", "parent", "group", "tenant", "vrf", "rd", "cluster", "role")
        if (shown := _shown(entity.get(key)))
    ]
    title = entity.get(found.type.title) or f"#{entity['id']}"
    if entity.get("vid") is not None:
        title = f"{entity['vid']} {title}"
    return f"{title} ({found.type.label}{', ' if parts else ''}{', '.join(parts[:3])}) = id:{entity['id']}"


def _shown(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return name_of(value) if isinstance(value, Mapping) else value


def _exact(type_: ObjectType, lookups: Sequence[Lookup]) -> list[tuple[Condition, list[Lookup]]]:
    """The conditions that find exact names: addresses by address, VLANs also by their number."""
    if not lookups:
        return []
    if type_.name in _ADDRESSED:
        lookups = [each for each in lookups if re.match(r"^[0-9a-fA-F:.]+(/\d+)?$", each.text)]
        texts = tuple(dict.fromkeys(each.text for each in lookups))
        return [(Condition(type_.title, "", texts), list(lookups))] if texts else []
    numbers = [each for each in lookups if type_.name == "ipam.vlan" and each.text.isdecimal()]
    names = [each for each in lookups if each not in numbers]
    conditions = []
    if numbers:
        conditions.append((Condition("vid", "", tuple(dict.fromkeys(e.text for e in numbers))), numbers))
    if names:
        lookup = "" if type_.generic else "ie"
        title = "q" if type_.generic else type_.title
        texts = tuple(dict.fromkeys(text for each in names for text in each.spellings))
        conditions.append((Condition(title, lookup, texts), names))
    return conditions


def _facets(type_: ObjectType, lookup: Lookup) -> Facets:
    return frozenset({RAW}) if type_.generic else lookup.facets


def _accepts(type_: ObjectType, lookup: Lookup) -> Callable[[Entity], bool]:
    if lookup.search:
        return _searches(type_, lookup.search, lookup.text)
    if type_.name in _ADDRESSED:
        return _is_address(type_, lookup.text)
    texts = {text.casefold() for text in lookup.spellings}

    names = (type_.title, "slug", "vid", *_TELLING)

    def accepts(row: Entity) -> bool:
        return any(str(row.get(name) or "").casefold() in texts for name in names)

    return accepts


def _is_address(type_: ObjectType, text: str) -> Callable[[Entity], bool]:
    """Whether a row has that address, however it is spelled; without a mask, with any mask."""
    whole = "/" in text
    wanted = _address(text)

    def accepts(row: Entity) -> bool:
        held = _address(str(row.get(type_.title)))
        if wanted is None or held is None:
            return False
        return held == wanted if whole else held.ip == wanted.ip

    return accepts


def _address(text: str) -> ipaddress.IPv4Interface | ipaddress.IPv6Interface | None:
    try:
        return ipaddress.ip_interface(text)
    except ValueError:
        return None


def _searches(type_: ObjectType, lookup: str, text: str) -> Callable[[Entity], bool]:
    if lookup in ("re", "ire"):
        pattern = _pattern(text, re.IGNORECASE if lookup == "ire" else re.NOFLAG)
        return lambda row: pattern.search(str(row.get(type_.title) or "")) is not None
    low = text.casefold()
    tests: Mapping[str, Callable[[str], bool]] = {
        "ic": lambda name: low in name,
        "ie": lambda name: low == name,
        "isw": lambda name: name.startswith(low),
        "iew": lambda name: name.endswith(low),
    }
    test = tests[lookup]
    return lambda row: test(str(row.get(type_.title) or "").casefold())


def _pattern(text: str, flags: re.RegexFlag) -> re.Pattern[str]:
    try:
        return re.compile(text, flags)
    except re.error as error:
        raise BadFilter(
            f'"{text}" is no regular expression: {error}', hint="ic finds a part of a name"
        ) from None


def _identity(read: Read) -> str:
    if isinstance(read, ByIds):
        return f"{read.type.name}|{read.ids}|{sorted(read.facets)}"
    assert isinstance(read, Match)
    return f"{read.type.name}|{read.filters}|{sorted(read.facets)}|{read.limit}"
