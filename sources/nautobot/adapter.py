"""Nautobot as a source: says filters in its words, chooses the road of each read, and what the token may see."""

from __future__ import annotations

import asyncio
import hashlib
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sources.batches import by_count, by_length
from sources.catalog import RAW, Catalog, Kind, ObjectType, generic_type
from sources.errors import (
    BadFilter,
    NetbriefError,
    NotFound,
    NotPermitted,
    Rejected,
    SourceError,
    UnknownField,
)
from sources.http import Connection, HttpClient
from sources.kept import Kept
from sources.nautobot.graphql import PAGE, GraphQLRefused, GraphQLRoad, Listed, Listing, Row
from sources.nautobot.literals import literals
from sources.nautobot.rest import RestRoad, check_size, child_filters, warn_of_gap
from sources.nautobot.rows import from_graphql, from_rest, selection, wanted
from sources.nautobot.survey import QUERY, Survey, survey_by_rest, survey_of
from sources.nautobot.words import NO_FILTER, WORDS, Words, model, word
from sources.openapi import Schema
from sources.receipt import receipt
from sources.source import (
    ByIds,
    Children,
    Condition,
    Entity,
    Match,
    NativeFilters,
    Page,
    Read,
    SourceStatus,
)
from sources.types import CATALOG
from sources.where import LOOKUPS, filter_names, kind_of, nearest, unknown_filter

REMEMBERED = 300.0
"""Seconds that a finding about the server or the token (locations, statuses, permissions) is believed."""
PARENTS = 250
"""Parents in one list: enough that few are needed, few enough that their rows seldom need a second page."""
IN_ONE_PIECE = 20_000
"""Rows that are read once more without pages where the pages did not fit together."""
_BLANK = "^$"
_CONTROLS = frozenset({"limit", "offset", "sort", "depth", "include", "exclude_m2m", "format"})
_CHOSEN = frozenset({"select", "multi-select", "boolean", "json", "markdown"})
_SHOWN = ("dcim.device", "dcim.interface", "dcim.site", "dcim.rack", "dcim.cable", "ipam.vlan", "ipam.prefix",
          "ipam.ipaddress", "circuits.circuit", "tenancy.tenant", "virtualization.virtualmachine")
_NO_APPS = frozenset({"apps", "graphql", "plugins", "status", "ui"})
_NO_LISTS = frozenset({"dcim/connected-device", "users/config", "plugins/installed-plugins"})


class NautobotSource:
    """Reads one Nautobot with one token."""

    kind = "nautobot"

    def __init__(
        self,
        name: str,
        connection: Connection,
        *,
        schema_folder: Path | None = None,
        graphql: bool = True,
        site_types: Sequence[str] = ("Site",),
    ) -> None:
        self.name = name
        self.http = HttpClient(connection)
        digest = hashlib.sha256(f"{connection.url}|{connection.token}".encode()).hexdigest()[:16]
        self.scope = f"{name}:{digest}"
        self._site_types = tuple(site_types)
        self._schema = Schema(self.http, schema_folder, "/api/swagger.json")
        self._roots = Kept(schema_folder, "roots", self.scope)
        self._endpoints: dict[str, str] = {}
        self._rest = RestRoad(self.http, self._endpoints)
        self._graphql = GraphQLRoad(self.http, allowed=graphql)
        self._refused: dict[tuple[str, str], float] = {}
        self._readable: dict[str, tuple[float, bool]] = {}
        self._survey: tuple[float, Survey] | None = None
        self._surveying = asyncio.Lock()
        self._catalog: tuple[float, Catalog] | None = None
        self._custom: dict[str, tuple[float, dict[str, dict[str, Any]]]] = {}

    async def catalog(self) -> Catalog:
        """The catalog without what this Nautobot lacks, with every other type that it (and its apps) offers."""
        if self._catalog is None or time.monotonic() - self._catalog[0] > REMEMBERED:
            endpoints = await self._walk_roots()
            self._catalog = (time.monotonic(), self._cataloged(endpoints))
        return self._catalog[1]

    async def translate(self, type_: ObjectType, conditions: Sequence[Condition]) -> NativeFilters:
        """Say conditions in Nautobot's words.

        Nautobot refuses an unknown filter and an unknown value by itself, so that only what it would take
        wrongly is refused here.
        """
        return tuple([await self._filter(type_, condition) for condition in conditions])

    async def check_order(self, type_: ObjectType, fields: Sequence[str]) -> tuple[str, ...]:
        """An order as Nautobot's `sort` takes it; Nautobot ignores an unknown one, so it is refused here."""
        found = []
        for asked in fields:
            native = self._sortable(type_, asked.lstrip("-"))
            if native is None:
                able = [] if type_.generic else [name for name in type_.fields if self._sortable(type_, name)]
                raise UnknownField(
                    f'{type_.plural} cannot be ordered by "{asked.lstrip("-")}"',
                    candidates=nearest(asked.lstrip("-"), able),
                    hint="order by one of: " + ", ".join(able[:20]),
                )
            found.append(("-" if asked.startswith("-") else "") + native)
        return tuple(found)

    async def read(self, reads: Sequence[Read]) -> list[Page]:
        """Make the reads of a wave: by GraphQL in one document what it can answer, the rest by REST."""
        pages: dict[int, Page] = {}
        for read in reads:
            if not read.type.generic and self._nothing(read):
                pages[id(read)] = Page()
        if any(not read.type.generic and WORDS[read.type.name].level for read in reads):
            await self._surveyed()
        fused = [r for r in reads if id(r) not in pages and self._by_graphql(r)]
        rest = [r for r in reads if id(r) not in pages and not any(r is each for each in fused)]
        by_graphql, by_rest = await asyncio.gather(
            self._fused(fused), asyncio.gather(*(self._plain(read) for read in rest))
        )
        pages |= {id(r): page for r, page in zip([*fused, *rest], [*by_graphql, *by_rest], strict=True)}
        return [pages[id(read)] for read in reads]

    async def custom_fields(self, type_: ObjectType) -> Mapping[str, Mapping[str, Any]]:
        """The custom fields of a type: name -> {"type", "choices"}."""
        name = type_.name if type_.generic else model(type_)
        held = self._custom.get(name)
        if held is None or time.monotonic() - held[0] > REMEMBERED:
            rows = await self._rest.everything("/api/extras/custom-fields/", [("content_types", name)])
            chosen = [("custom_field", row["id"]) for row in rows if "select" in row["type"]["value"]]
            choices: dict[str, list[str]] = {}
            if chosen:
                for row in await self._rest.everything("/api/extras/custom-field-choices/", chosen):
                    choices.setdefault(row["custom_field"]["id"], []).append(row["value"])
            found = {
                row["key"]: {"type": row["type"]["value"], "choices": choices.get(row["id"])} for row in rows
            }
            held = self._custom[name] = (time.monotonic(), found)
        return held[1]

    async def status(self) -> SourceStatus:
        """Nautobot's version, whether GraphQL answers, who the token is, and what it may read."""
        about = await self.http.get("/api/status/")
        probes = await asyncio.gather(*(self._may_read(CATALOG[name]) for name in _SHOWN))
        user = ""
        try:
            user = (await self.http.get("/api/users/users/my-profile/")).get("username", "")
        except (NotFound, NotPermitted):
            pass  # Nautobot before 2.0 has no such page.
        try:
            await self._graphql.ask("{__typename}")
            graphql = True
        except GraphQLRefused:
            graphql = False
        apps = about.get("nautobot-apps") or about.get("plugins") or {}
        return SourceStatus(
            about.get("nautobot-version", "?"),
            graphql,
            user,
            dict(zip(_SHOWN, probes, strict=True)),
            [f"app {name} {version}" for name, version in apps.items()],
        )

    def link(self, type_: ObjectType, id_: str) -> str:
        """The address of the object's page in Nautobot."""
        return f"{self.http.base}{self._rest.path(type_).removeprefix('/api')}{id_}/"

    async def close(self) -> None:
        """Close the connections."""
        await self.http.close()

    # Filters

    async def _filter(self, type_: ObjectType, condition: Condition) -> tuple[str, tuple[str, ...]]:
        key, values = condition.key, condition.values
        if key.startswith("cf_"):
            await self._check_custom_field(type_, condition)
        if type_.generic or key.startswith("cf_"):
            return self._nullable(key, condition) if condition.lookup == "null" else (condition.spelled, values)
        words = WORDS[type_.name]
        native = words.filters.get(key) or (word(type_, key).filter if key in type_.fields else key)
        kind = kind_of(type_, key)
        if condition.lookup == "null" and key in type_.fields:
            return await self._null(type_, condition)
        if native == NO_FILTER or (kind in (Kind.REF, Kind.REFS) and condition.lookup not in ("", "n", "null")):
            raise await self._unknown(type_, condition.spelled, values)
        if condition.lookup == "null":
            return self._nullable(native, condition)
        if key == "tags":
            values = tuple(str(ref["name"]) for ref in condition.refs) or values
        elif key == "vlan" and values and not values[0].isdigit():
            native = "vlan_id"
        if kind is Kind.CHOICE:
            values = await self._choices(type_, condition)
        if native in words.last_value and len(values) > 1:
            raise BadFilter(
                f"{condition.spelled} takes one value at a time in Nautobot",
                cause="of several values Nautobot silently uses the last one",
                hint=f'vlans(vid=[...]) for the ports of several VLANs, or one call for each value of "{key}"',
            )
        return f"{native}__{condition.lookup}" if condition.lookup else native, values

    @staticmethod
    def _nullable(native: str, condition: Condition) -> tuple[str, tuple[str, ...]]:
        return f"{native}__isnull", condition.values

    async def _null(self, type_: ObjectType, condition: Condition) -> tuple[str, tuple[str, ...]]:
        held = word(type_, condition.key)
        if held.absent or held.null == NO_FILTER:
            raise await self._unknown(type_, condition.spelled, condition.values)
        if held.null.startswith("!"):
            return held.null[1:], ("false" if condition.values == ("true",) else "true",)
        if held.null:
            return held.null, condition.values
        if held.filter == NO_FILTER:
            raise await self._unknown(type_, condition.spelled, condition.values)
        # Text that is missing is empty text to Nautobot, and `serial=` finds everything.
        return f"{held.filter}__{'re' if condition.values == ('true',) else 'nre'}", (_BLANK,)

    async def _choices(self, type_: ObjectType, condition: Condition) -> tuple[str, ...]:
        """Choices as Nautobot spells them: statuses and roles are names of its own."""
        key = condition.key
        if word(type_, key).select != f"{key}{{name}}":
            return tuple(value.strip().lower().replace(" ", "-") for value in condition.values)
        survey = await self._surveyed()
        names = survey.names(key, model(type_))
        known = {_alike(name): name for name in names}
        found = []
        for value in condition.values:
            name = known.get(_alike(value))
            if name is None and names:
                raise BadFilter(
                    f'{type_.plural} have no {key} "{value}"',
                    candidates=nearest(value, names),
                    hint=f"{key} is one of: " + ", ".join(sorted(name.lower() for name in names)),
                )
            found.append(name or value.strip().capitalize())
        return tuple(found)

    async def _check_custom_field(self, type_: ObjectType, condition: Condition) -> None:
        known = await self.custom_fields(type_)
        bare = condition.key.removeprefix("cf_")
        if bare not in known:
            raise BadFilter(
                f'{type_.plural} have no custom field "{bare}"',
                candidates=[f"cf_{name}" for name in nearest(bare, known)],
                hint="custom fields: " + (", ".join(f"cf_{name}" for name in known) or "none"),
            )
        if known[bare]["type"] in _CHOSEN and condition.lookup not in ("", "n", "null"):
            raise BadFilter(
                f"{condition.spelled} is no lookup of a {known[bare]['type']} field",
                hint=f'{{"{condition.key}": "value"}}',
            )

    @staticmethod
    def _sortable(type_: ObjectType, name: str) -> str | None:
        known = type_.fields.get(name)
        if type_.generic or known is None or known.kind in (Kind.REFS, Kind.JSON):
            return None
        held = word(type_, name)
        if held.absent or held.level or len(held.paths) > 1 or "." in held.paths[0]:
            return None
        return held.paths[0]

    # Roads

    def _by_graphql(self, read: Read) -> bool:
        if not self._graphql.usable or read.type.generic or RAW in read.facets:
            return False
        if self._refused.get(_mark(read), 0.0) > time.monotonic():
            return False
        if isinstance(read, Match):
            named = all(re.fullmatch(r"[A-Za-z_]\w*", name) for name, _ in read.filters)
            return named and not read.order and (read.limit != 0 or self._doubling(read))
        return True

    def _nothing(self, read: Read) -> bool:
        """Whether a read cannot have rows: no ids, or a relation through a field that Nautobot lacks."""
        if isinstance(read, ByIds):
            return not read.ids
        return isinstance(read, Children) and (not read.parents or not child_filters(read))

    def _standing(self, type_: ObjectType) -> NativeFilters | None:
        """The filters that make the native table this type; None if it has no rows at all."""
        words = WORDS[type_.name]
        if words.level is None:
            return words.standing
        types = self._known_survey().places.types(words.level)
        return (("location_type", types),) if types else None

    @staticmethod
    def _doubling(read: Read) -> bool:
        words = WORDS.get(read.type.name)
        return isinstance(read, Match) and words is not None and any(n in words.doubling for n, _ in read.filters)

    def _listings(self, read: Read) -> list[Listing]:
        standing = self._standing(read.type)
        if standing is None:
            return []
        words = WORDS[read.type.name]
        only = read.only if isinstance(read, Match) else frozenset()
        select = selection(read.type, read.facets, only)
        match read:
            case Match():
                filters = (*standing, *read.filters)
                if self._doubling(read):
                    return [self._listing(words, read.type, filters, "id" if read.limit == 0 else select, whole=True)]
                limit = PAGE if read.limit is None else min(read.limit + 1, PAGE)
                return [self._listing(words, read.type, filters, select, limit, read.offset)]
            case ByIds():
                queries: Iterable[NativeFilters] = ((("id", batch),) for batch in by_count(read.ids, PAGE))
            case Children():
                queries = (
                    ((name, batch),)
                    for batch in by_count(read.parents, PARENTS)
                    for name in child_filters(read)
                )
        return [self._listing(words, read.type, (*standing, *query), select) for query in queries]

    def _listing(
        self,
        words: Words,
        type_: ObjectType,
        filters: NativeFilters,
        select: str,
        limit: int | None = None,
        offset: int = 0,
        *,
        whole: bool = False,
    ) -> Listing:
        _, custom = self._custom.get(model(type_), (0.0, {}))
        types = {name: str(held["type"]) for name, held in custom.items()}
        kinds = literals(type_, [name for name, _ in filters], types)
        return Listing(words.listing, filters, kinds, select, limit, offset, whole)

    async def _fused(self, reads: Sequence[Read]) -> list[Page]:
        if not reads:
            return []
        plan = [(read, self._listings(read)) for read in reads]
        listings = [each for _, several in plan for each in several]
        found, beside = await self._graphql.read(listings, "" if self._fresh() else QUERY)
        if beside and "s_places" in beside:
            self._survey = (time.monotonic(), survey_of(beside, self._site_types))
        await self._surveyed()
        parts = iter(found)
        settled = [(read, several, [next(parts) for _ in several]) for read, several in plan]
        return list(await asyncio.gather(*(self._settled(*each) for each in settled)))

    async def _settled(self, read: Read, listings: Sequence[Listing], found: Sequence[Listed]) -> Page:
        if not listings:
            return Page()
        for each in found:
            if each.error:
                raise await self._explained(read, each.error)
        if any(each.refused for each in found):
            self._refused[_mark(read)] = time.monotonic() + REMEMBERED
            return await self._plain(read)
        rows = list({row["id"]: row for each in found for row in each.rows}.values())
        if not rows and not await self._may_read(read.type):
            raise NotPermitted(f"{self.http.host} does not let this token read {read.type.plural}")
        if rows:
            self._readable[read.type.name] = (time.monotonic() + REMEMBERED, True)
        try:
            rows, total = await self._sized(read, listings[0], rows)
        except GraphQLRefused:
            return await self._plain(read)
        only = read.only if isinstance(read, Match) else frozenset()
        places = self._known_survey().places
        entities = [from_graphql(read.type, read.facets, row, places, only) for row in rows]
        await self._tell_hidden(read, entities)
        return Page(entities, total)

    async def _sized(self, read: Read, listing: Listing, rows: list[Row]) -> tuple[list[Row], int]:
        """The rows that were asked for, and how many there are in all."""
        if not isinstance(read, Match):
            return rows, len(rows)
        if listing.whole:
            end = None if read.limit is None else read.offset + read.limit
            return rows[read.offset : end], len(rows)
        asked = listing.limit or PAGE
        if len(rows) < asked and (rows or not read.offset):
            return rows[: read.limit], read.offset + len(rows)
        total = await self._rest.count(read.type, listing.filters)
        if read.limit is not None and read.limit < len(rows):
            return rows[: read.limit], total
        check_size(read.type, total - read.offset if read.limit is None else read.limit)
        end = total if read.limit is None else min(total, read.offset + read.limit)
        more = [
            replace(listing, limit=min(PAGE, end - start), offset=start)
            for start in range(read.offset + len(rows), end, PAGE)
        ]
        found, _ = await self._graphql.read(more)
        if any(each.refused or each.error for each in found):
            raise GraphQLRefused
        several = [*rows, *(row for each in found for row in each.rows)]
        distinct = list({row["id"]: row for row in several}.values())
        if len(distinct) < min(len(several), end - read.offset) and end <= IN_ONE_PIECE:
            # Rows of equal rank may change places between two pages: then one comes twice and another never.
            whole, _ = await self._graphql.read([replace(listing, limit=end, offset=0)])
            distinct = whole[0].rows[read.offset : end] if whole[0].rows else distinct
        warn_of_gap(read.type, len(distinct), end - read.offset)
        return distinct, total

    async def _plain(self, read: Read) -> Page:
        try:
            return await self._by_rest(read)
        except Rejected as error:
            raise await self._explained(read, error) from error

    async def _by_rest(self, read: Read) -> Page:
        if read.type.generic:
            standing: NativeFilters | None = ()
        else:
            await self._surveyed()
            standing = self._standing(read.type)
        if standing is None:
            return Page()
        match read:
            case Match():
                filters = (*standing, *read.filters)
                if read.limit == 0 and not self._doubling(read):
                    return Page([], await self._rest.count(read.type, filters))
                rows, total = await self._rest.match(read, filters, doubling=self._doubling(read))
            case ByIds():
                batches = by_length("id", read.ids, taken=300)
                rows = await self._rest.by_filters(read, ((*standing, ("id", batch)) for batch in batches))
                total = len(rows)
            case Children():
                queries = (
                    (*standing, (name, batch))
                    for name in child_filters(read)
                    for batch in by_length(name, read.parents, taken=300)
                )
                rows = await self._rest.by_filters(read, queries)
                total = len(rows)
        only = read.only if isinstance(read, Match) else frozenset()
        places = self._known_survey().places
        return Page([from_rest(read.type, read.facets, row, places, only) for row in rows], total)

    # What is remembered

    def _fresh(self) -> bool:
        return self._survey is not None and time.monotonic() - self._survey[0] <= REMEMBERED

    def _known_survey(self) -> Survey:
        return self._survey[1] if self._survey else Survey()

    async def _surveyed(self) -> Survey:
        """The survey, read anew where it is missing or old."""
        async with self._surveying:
            if not self._fresh():
                try:
                    answer, _ = await self._graphql.ask("{" + QUERY + "}")
                except GraphQLRefused:
                    answer = await survey_by_rest(self._rest)
                self._survey = (time.monotonic(), survey_of(answer, self._site_types))
        return self._known_survey()

    async def _may_read(self, type_: ObjectType) -> bool:
        until, allowed = self._readable.get(type_.name, (0.0, False))
        if until <= time.monotonic():
            try:
                await self._rest.count(type_, ())
                allowed = True
            except NotPermitted:
                allowed = False
            except NotFound:
                allowed = True  # There is no such table, which is another thing than not seeing it.
            self._readable[type_.name] = (time.monotonic() + REMEMBERED, allowed)
        return allowed

    async def _tell_hidden(self, read: Read, rows: Sequence[Entity]) -> None:
        """Say which references are missing because the token may not read what they refer to.

        GraphQL leaves such a reference out, as if there were none.
        """
        if not rows:
            return
        only = read.only if isinstance(read, Match) else frozenset()
        targets: dict[str, list[str]] = {}
        for each in wanted(read.type, read.facets, only):
            if each.target in WORDS and not word(read.type, each.name).absent:
                if all(row.get(each.name) in (None, []) for row in rows):
                    targets.setdefault(str(each.target), []).append(each.name)
        allowed = await asyncio.gather(*(self._may_read(CATALOG[name]) for name in targets))
        for (name, fields), may in zip(targets.items(), allowed, strict=True):
            if not may:
                receipt().warn(
                    f"{self.name} does not let this token read {CATALOG[name].plural}: "
                    f"{', '.join(fields)} of {read.type.plural} may be missing"
                )

    # Errors

    async def _explained(self, read: Read, error: Rejected) -> NetbriefError:
        """A filter or a value that Nautobot refuses, in words, with those that it takes."""
        field, words = next(iter(error.field_errors.items()), ("", error.what))
        asked = next((v for name, v in read.filters if name == field), ()) if isinstance(read, Match) else ()
        if "Unknown filter field" in words:
            return await self._unknown(read.type, field, asked)
        bare = field.partition("__")[0]
        wrong = re.search(r"choice\. (.+?) is not one of", words)
        value = wrong[1] if wrong else (asked[0] if asked else "")
        choices = await self._known_choices(read.type, bare) if wrong else ()
        if choices:
            return BadFilter(
                f'{read.type.plural} have no {bare} "{value}"',
                candidates=nearest(value, choices),
                hint=f"{bare} is one of: " + ", ".join(choices),
            )
        return BadFilter(f"{self.http.host} refuses the filter {field}: {words}")

    async def _known_choices(self, type_: ObjectType, bare: str) -> Sequence[str]:
        if bare in ("status", "role"):
            name = type_.name if type_.generic else model(type_)
            return (await self._surveyed()).names(bare, name)
        if bare.startswith("cf_"):
            known = (await self.custom_fields(type_)).get(bare.removeprefix("cf_"), {})
            return known.get("choices") or ()
        try:
            digest = await self._schema.digest()
        except SourceError:
            return ()
        return digest.choices.get(self._rest.path(type_).removeprefix("/api/").strip("/"), {}).get(bare, ())

    async def _unknown(self, type_: ObjectType, name: str, values: Sequence[str]) -> BadFilter:
        known = set() if type_.generic else filter_names(type_) - set(WORDS[type_.name].lacks)
        try:
            endpoint = self._rest.path(type_).removeprefix("/api/").strip("/")
            known |= (await self._schema.digest()).filters.get(endpoint, frozenset())
        except SourceError:
            pass  # The nearest names are then found among those of the catalog.
        offered = {each for each in known if each.partition("__")[2] in ("", *LOOKUPS)} - _CONTROLS - {name}
        return unknown_filter(type_, name, sorted(offered), values)

    # Types

    def _cataloged(self, endpoints: Sequence[str]) -> Catalog:
        """The catalog as this Nautobot has it."""
        here = set(endpoints)
        known = {name for name, words in WORDS.items() if words.endpoint in here}
        types = [_without(type_, known) for name, type_ in CATALOG.types.items() if name in known]
        taken = {words.endpoint for words in WORDS.values()}
        found = []
        for endpoint in endpoints:
            if endpoint in taken or endpoint in _NO_LISTS:
                continue
            app, _, plural = endpoint.removeprefix("plugins/").rpartition("/")
            label = _singular(plural.replace("-", " "))
            name = f"{app}.{label.replace(' ', '')}"
            self._endpoints[name] = endpoint
            found.append(generic_type(name, label, plural.replace("-", " ")))
        return Catalog(types).with_types(found)

    async def _walk_roots(self) -> list[str]:
        """Every list that the API's roots name, like `dcim/devices`."""
        kept = await asyncio.to_thread(self._roots.load)
        if isinstance(kept, list) and kept:
            return kept
        root, apps = await asyncio.gather(self.http.get("/api/"), self.http.get("/api/plugins/"))
        folders = [name for name in root if name not in _NO_APPS]
        folders += [f"plugins/{name}" for name in apps if f"plugins/{name}" not in _NO_LISTS]
        lists = await asyncio.gather(*(self._folder(folder) for folder in folders))
        found = [f"{folder}/{name}" for folder, names in zip(folders, lists, strict=True) for name in names]
        await asyncio.to_thread(self._roots.save, found)
        return found

    async def _folder(self, folder: str) -> list[str]:
        try:
            answer = await self.http.get(f"/api/{folder}/")
        except (NotFound, NotPermitted):
            return []
        return [str(name) for name in answer] if isinstance(answer, dict) else []


def _mark(read: Read) -> tuple[str, str]:
    """What a read is remembered by once GraphQL could not answer it: its fields and its filters."""
    names = ",".join(sorted(name for name, _ in read.filters)) if isinstance(read, Match) else ""
    return read.type.name, f"{','.join(sorted(read.facets))}|{names}"


def _without(type_: ObjectType, known: set[str]) -> ObjectType:
    """The type without what leads to types that this Nautobot lacks."""
    return replace(
        type_,
        fields={name: f for name, f in type_.fields.items() if f.target is None or f.target in known},
        scopes={name: target for name, target in type_.scopes.items() if target in known},
        relations={name: held for name, held in type_.relations.items() if held.to in known},
    )


def _alike(name: str) -> str:
    """A status or role as it is compared: `end-of-life` is `End of Life`."""
    return re.sub(r"[\s_-]+", "-", name.strip().casefold())


def _singular(words: str) -> str:
    if words.endswith("ies"):
        return words[:-3] + "y"
    return re.sub(r"(?<=ss|sh|ch)es$|(?<=us)es$|(?<!s)s$", "", words)
