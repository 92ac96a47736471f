"""NetBox as a source: checks filters, chooses the road of each read, and says what the token may see."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sources.bounds import bounds_beside
from sources.catalog import BASE, EXTRA, RAW, Catalog, Kind, ObjectType, generic_type, listed_type, within
from sources.entities import wanted
from sources.errors import BadFilter, NotFound, NotPermitted, Rejected, SourceError, UnknownField
from sources.http import Connection, HttpClient
from sources.netbox.conditions import in_graphql
from sources.netbox.customized import NativeFilter, chosen, complement, custom_filter
from sources.netbox.graphql import PAGE, GraphQLRefused, GraphQLRoad
from sources.netbox.moments import moments
from sources.netbox.rest import RestRoad
from sources.netbox.rows import by_graphql
from sources.netbox.words import BY_ID, LAST_VALUE_FILTERS, NESTED, NO_FILTER, UNITS, WORDS, word
from sources.openapi import Schema
from sources.receipt import receipt
from sources.source import (
    ByIds,
    Children,
    ChildrenByName,
    Condition,
    Entity,
    Match,
    NativeFilters,
    Page,
    Read,
    SourceStatus,
)
from sources.types import CATALOG
from sources.where import LOOKUPS, filter_names, kind_of, listed, nearest, unknown_filter

REMEMBERED = 300.0
"""Seconds that a finding about the server or the token (types, custom fields, permissions) is believed."""
BELIEVED = 3600.0
"""Seconds that what the token may not read is believed: permissions change seldom."""
PLAIN = frozenset({Kind.REF, Kind.REFS, Kind.CHOICE, Kind.BOOL})
RECENT = tuple(name for name, words in WORDS.items() if words.recent)
"""The types that not every supported version has."""
_SUFFIX = {"re": "regex", "ire": "iregex", "null": "empty"}
_ADDRESSES = frozenset({"address", "prefix", "start_address"})
"""Titles of which NetBox knows no lookups: they are networks, and compared as such."""
_NO_LISTS = frozenset(
    {
        "core/background-queues",
        "core/background-tasks",
        "core/background-workers",
        "dcim/connected-device",
        "users/config",
    }
)
_SHOWN = (
    "dcim.device",
    "dcim.interface",
    "dcim.site",
    "dcim.rack",
    "dcim.cable",
    "ipam.vlan",
    "ipam.prefix",
    "ipam.ipaddress",
    "circuits.circuit",
    "tenancy.tenant",
    "virtualization.virtualmachine",
)


class NetBoxSource:
    """Reads one NetBox with one token."""

    kind = "netbox"

    def __init__(
        self, name: str, connection: Connection, *, schema_folder: Path | None = None, graphql: bool = True
    ) -> None:
        self.name = name
        self.http = HttpClient(connection)
        digest = hashlib.sha256(f"{connection.url}|{connection.token}".encode()).hexdigest()[:16]
        self.scope = f"{name}:{digest}"
        self._schema = Schema(self.http, schema_folder, "/api/schema/", [("format", "json")])
        self._endpoints: dict[str, str] = {}
        self._rest = RestRoad(self.http, self._endpoints)
        self._graphql = GraphQLRoad(self.http)
        self._graphql.usable = graphql
        self._refused: dict[tuple[str, frozenset[str]], float] = {}
        self._large: dict[str, float] = {}
        self._readable: dict[str, float] = {}
        self._hidden: tuple[float, frozenset[str]] | None = None
        self._looking = asyncio.Lock()
        self._catalog = _catalog(())
        self._missing: set[str] = set()
        self._others: list[ObjectType] = []
        self._discovered = float("-inf")
        self._custom_lock = asyncio.Lock()
        self._custom: dict[str, tuple[float, dict[str, dict[str, Any]]]] = {}
        self._complete: dict[tuple[str, str], float] = {}
        self._choice_sets: dict[str, tuple[float, dict[str, str]]] = {}

    @property
    def fuses(self) -> bool:
        """Whether one request answers several reads: by GraphQL, unless it is switched off or not understood."""
        return self._graphql.usable

    async def catalog(self, *, whole: bool = False) -> Catalog:
        """The catalog; `whole`: with every other type that this NetBox (and its plugins) offers."""
        if whole and time.monotonic() - self._discovered > REMEMBERED:
            self._others = await self._discover()
            self._discovered = time.monotonic()
            self._catalog = _catalog(self._missing).with_types(self._others)
        missing = {name for name in RECENT if self._graphql.lacks(CATALOG[name])} - self._missing
        if missing:
            self._leave_out(missing)
        return self._catalog

    async def translate(self, type_: ObjectType, conditions: Sequence[Condition]) -> NativeFilters:
        """Check conditions against NetBox's own schema and say them as query parameters.

        Plain filters of the catalog are known to exist in every supported version; anything else is looked up
        in the server's schema first, because NetBox answers an unknown filter with the whole table.
        """
        beside = await bounds_beside(type_, conditions, self.custom_fields)
        return tuple([await self._native_filter(type_, each) for each in (*conditions, *beside)])

    async def check_order(self, type_: ObjectType, fields: Sequence[str]) -> tuple[str, ...]:
        """An order as NetBox's `ordering` takes it; NetBox ignores an unknown one, so it is refused here."""
        found = []
        for asked in fields:
            name = asked.lstrip("-")
            known = type_.fields.get(name)
            if (
                type_.generic
                or known is None
                or known.kind is Kind.REFS
                or known.kind.structured
                or not word(type_, name).column
            ):
                able = [
                    f.name for f in type_.fields.values() if f.kind is not Kind.REFS and not f.kind.structured
                ]
                raise UnknownField(
                    f'{type_.plural} cannot be ordered by "{name}"',
                    candidates=nearest(name, able),
                    hint="order by one of: " + ", ".join(able[:20]),
                )
            found.append(("-" if asked.startswith("-") else "") + word(type_, name).column)
        return tuple(found)

    async def read(self, reads: Sequence[Read]) -> list[Page]:
        """Make the reads of a wave: by GraphQL in fused documents what it can answer, the rest by REST."""
        fused = [r for r in reads if self._by_graphql(r)]
        rest = [r for r in reads if not any(r is each for each in fused)]
        by_graphql, by_rest = await asyncio.gather(
            self._fused(fused), asyncio.gather(*(self._plain(read) for read in rest))
        )
        pages = {id(r): page for r, page in zip([*fused, *rest], [*by_graphql, *by_rest], strict=True)}
        return [pages[id(read)] for read in reads]

    async def custom_fields(self, type_: ObjectType) -> Mapping[str, Mapping[str, Any]]:
        """The custom fields of a type: name -> {"type", "filter_logic", "choice_set"}."""
        async with self._custom_lock:
            held = self._custom.get(type_.name)
            if held is None or time.monotonic() - held[0] > REMEMBERED:
                rows = await self.http.get(
                    "/api/extras/custom-fields/", [("object_type", type_.name), ("limit", "1000")]
                )
                found = {
                    row["name"]: {
                        "type": row["type"]["value"],
                        "filter_logic": row["filter_logic"]["value"],
                        "choice_set": (row.get("choice_set") or {}).get("id"),
                    }
                    for row in rows["results"]
                }
                held = self._custom[type_.name] = (time.monotonic(), found)
            return held[1]

    async def choices(self, types: Sequence[ObjectType]) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """What the choice fields of these types take: type -> field -> values."""
        digest = await self._schema.digest()
        found: dict[str, Mapping[str, Sequence[str]]] = {}
        for type_ in types:
            told = digest.choices.get(self._rest.path(type_).removeprefix("/api/").strip("/"), {})
            chosen = [f.name for f in type_.fields.values() if f.kind is Kind.CHOICE]
            held = {name: told.get(word(type_, name).column, ()) for name in chosen}
            found[type_.name] = {
                name: tuple(map(str.lower, values)) for name, values in held.items() if values
            }
        for type_name, name, values in await self._custom_choices():
            if type_name in found:
                found[type_name] = {**found[type_name], f"cf_{name}": values}
        return found

    async def _custom_choices(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """The custom fields that take only certain values: object type, field, values."""
        try:
            fields, sets = await asyncio.gather(
                self.http.get("/api/extras/custom-fields/", [("type", "select"), ("limit", "1000")]),
                self.http.get("/api/extras/custom-field-choice-sets/", [("limit", "1000")]),
            )
        except (NotFound, NotPermitted):
            return []
        told = {
            row["id"]: tuple(value for value, _ in row.get("extra_choices") or ()) for row in sets["results"]
        }
        return [
            (type_name, row["name"], values)
            for row in fields["results"]
            if (values := told.get((row.get("choice_set") or {}).get("id"), ()))
            for type_name in row.get("object_types") or ()
        ]

    async def prepare(self) -> None:
        """Find out whether NetBox answers GraphQL, and what the token may not see of it."""
        if self._graphql.usable:
            await self._graphql.probe()
        if self._graphql.usable:
            await self._hidden_types()

    async def status(self) -> SourceStatus:
        """NetBox's version, whether GraphQL answers, who the token is, and what it may read."""
        about = await self.http.get("/api/status/")
        probes = await asyncio.gather(*(self._may_read(CATALOG[name]) for name in _SHOWN))
        user = ""
        # NetBox before 4.5 has no such page.
        with contextlib.suppress(NotFound):
            user = (await self.http.get("/api/authentication-check/")).get("username", "")
        await self._graphql.probe()
        notes = [f"plugin {name} {version}" for name, version in (about.get("plugins") or {}).items()]
        return SourceStatus(
            about.get("netbox-version", "?"),
            self._graphql.usable,
            user,
            dict(zip(_SHOWN, probes, strict=True)),
            notes,
        )

    def link(self, type_: ObjectType, id_: str) -> str:
        """The address of the object's page in NetBox."""
        return f"{self.http.base}{self._rest.path(type_).removeprefix('/api')}{id_}/"

    async def close(self) -> None:
        """Close the connections."""
        await self.http.close()

    async def _native_filter(self, type_: ObjectType, condition: Condition) -> NativeFilter:
        if condition.key.startswith("cf_"):
            return await self._custom_filter(type_, condition)
        if condition.lookup == "null" and _held(type_, condition.key):
            return await self._held_filter(type_, condition)
        return await self._filter(type_, condition)

    async def _filter(self, type_: ObjectType, condition: Condition) -> NativeFilter:
        key, lookup, values = condition.key, condition.lookup, condition.values
        if type_.name in WORDS and key in WORDS[type_.name].between:
            return moments(type_, condition)
        native = self._native(type_, key)
        kind = kind_of(type_, key)
        if key == "tags":
            native, values = "tag", tuple(str(ref["slug"]) for ref in condition.refs) or values
        elif lookup == "null" and kind in (Kind.REF, Kind.REFS):
            lookup, values = "" if values == ("true",) else "n", ("null",)
        elif lookup == "n" and kind is Kind.BOOL:
            lookup, values = "", _negated(values)
        elif lookup == "ie" and key in _ADDRESSES:
            lookup = ""
        elif kind is Kind.CHOICE and lookup != "null":
            values = tuple(_choice(value, upper=word(type_, key).upper) for value in values)
        elif type_.name in WORDS and key in WORDS[type_.name].flat and lookup in ("", "n"):
            values = await self._with_inner_locations(values)
        name = self._spelled(native, lookup)
        if native == NO_FILTER or not _in_every_version(type_, key, lookup):
            await self._check(type_, condition, name)
        _check_one_value(type_, condition, name)
        return name, values

    async def _held_filter(self, type_: ObjectType, condition: Condition) -> NativeFilter:
        held = _held(type_, condition.key)
        await self._check(type_, condition, held)
        return held, _negated(condition.values)

    async def _custom_filter(self, type_: ObjectType, condition: Condition) -> NativeFilter:
        known = await self.custom_fields(type_)
        choices = await self._choices(known.get(condition.key.removeprefix("cf_"), {}).get("choice_set"))
        asked = chosen(type_, condition, choices)
        told = custom_filter(type_, asked, known)
        await self._check_complement(type_, asked, told)
        return told

    async def _check_complement(self, type_: ObjectType, condition: Condition, told: NativeFilter) -> None:
        """Check that a filter for what lacks a value of a custom field finds all that its opposite does not.

        Older NetBoxes find nothing that has no value, by either.
        """
        opposite = complement(condition, told)
        marked = (type_.name, told[0])
        if opposite is None or self._complete.get(marked, 0.0) > time.monotonic():
            return
        reads = [Match(type_, filters, frozenset({BASE}), limit=0) for filters in ((), (told,), (opposite,))]
        try:
            every, some, others = [page.total for page in await asyncio.gather(*map(self._rest.match, reads))]
        except Rejected:
            every, some, others = 1, 0, 0
        if every == some + others:
            self._complete[marked] = time.monotonic() + BELIEVED
        elif condition.lookup == "null":
            raise BadFilter(
                f"this NetBox cannot tell which {type_.plural} have no {condition.key}",
                cause="its filter for that finds neither those with a value nor those without; newer ones can",
                hint=f'list_objects(type="{type_.name}", group_by="{condition.key}") counts them',
            )
        else:
            receipt().warn(
                f"{type_.plural} without a value of {condition.key} are left out: this NetBox does not count them "
                "among those with another one"
            )

    async def _choices(self, set_: Any) -> Mapping[str, str]:
        """The choices of a custom field with their labels; none where they are not told one by one."""
        if set_ is None:
            return {}
        async with self._custom_lock:
            held = self._choice_sets.get(str(set_))
            if held is None or time.monotonic() - held[0] > REMEMBERED:
                try:
                    row = await self.http.get(f"/api/extras/custom-field-choice-sets/{set_}/")
                except (NotFound, NotPermitted):
                    row = {}
                told = {} if row.get("base_choices") else dict(row.get("extra_choices") or ())
                held = self._choice_sets[str(set_)] = (time.monotonic(), told)
            return held[1]

    async def _with_inner_locations(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Locations by id, with everything that lies in them."""
        [page] = await self.read([Match(CATALOG["dcim.location"], only=frozenset({"parent"}))])
        parents = {row["id"]: (row["parent"] or {}).get("id") for row in page.rows}
        found = dict.fromkeys(ids)
        for inner in parents:
            path = [inner]
            while (above := parents.get(path[-1])) is not None and above not in path:
                path.append(above)
            if not found.keys().isdisjoint(path):
                found[inner] = None
        return tuple(found)

    def _native(self, type_: ObjectType, key: str) -> str:
        words = WORDS.get(type_.name)
        if words is None:
            return key
        if key in words.filters:
            return words.filters[key]
        if key in type_.scopes:
            return f"{key}_id"
        return word(type_, key).filter if key in type_.fields else key

    @staticmethod
    def _spelled(native: str, lookup: str) -> str:
        return f"{native}__{_SUFFIX.get(lookup, lookup)}" if lookup else native

    async def _check(self, type_: ObjectType, condition: Condition, name: str) -> None:
        """Raise `BadFilter` unless the server knows the filter."""
        endpoint = self._rest.path(type_).removeprefix("/api/").strip("/")
        known = (await self._schema.digest()).filters.get(endpoint, frozenset())
        if name in known:
            return
        spellings = {each.replace("__regex", "__re").replace("__iregex", "__ire") for each in known}
        offered = {each for each in spellings if each.partition("__")[2] in ("", *LOOKUPS)} - {
            "limit",
            "offset",
            "ordering",
            "fields",
            "omit",
            "brief",
            "start",
        }
        usable = {each for each in filter_names(type_) if self._native(type_, each) != NO_FILTER}
        raise unknown_filter(type_, condition, sorted((offered | usable) - {condition.key}))

    def _by_graphql(self, read: Read) -> bool:
        if not self._graphql.usable or read.type.generic or RAW in read.facets:
            return False
        nested = not isinstance(read, Match | ByIds) and read.relation.key in NESTED
        only = read.only if isinstance(read, Match) else frozenset()
        if not WORDS[read.type.name].listing or not by_graphql(read.type, read.facets, only, nested=nested):
            return False
        if isinstance(read, Match):
            return self._whole_by_graphql(read)
        if self._refused.get((read.type.name, read.facets), 0.0) > time.monotonic():
            return False
        return nested or isinstance(read, ByIds) or self._followed_by_graphql(read)

    @staticmethod
    def _followed_by_graphql(read: Children | ChildrenByName) -> bool:
        """Whether GraphQL can filter by the relation's fields; a tree it filters by one parent at a time."""
        if isinstance(read, Children) and read.relation.key in BY_ID:
            return True
        fields = [read.type.fields.get(via) for via in read.relation.via]
        return read.relation.via != ("parent",) and all(known and known.target for known in fields)

    def _whole_by_graphql(self, read: Match) -> bool:
        """Whether a query may go by GraphQL: all rows are wanted, and they are few.

        GraphQL tells no totals and cuts every list, so a page of many rows is REST's.
        """
        whole = not read.order and not read.offset and (read.limit is None or read.limit >= PAGE)
        large = self._large.get(read.type.name, 0.0) > time.monotonic()
        return whole and not large and in_graphql(read.type, read.filters) is not None

    async def _fused(self, reads: Sequence[Read]) -> list[Page]:
        if not reads:
            return []
        found = await self._graphql.read(reads)
        return list(
            await asyncio.gather(*(self._settled(r, rows) for r, rows in zip(reads, found, strict=True)))
        )

    async def _settled(self, read: Read, rows: list[Entity] | None) -> Page:
        if isinstance(read, Match) and rows is not None and len(rows) >= PAGE:
            self._large[read.type.name] = time.monotonic() + REMEMBERED
            return await self._plain(read)
        if rows is None:
            self._refused[(read.type.name, read.facets)] = time.monotonic() + REMEMBERED
            return await self._plain(read)
        if EXTRA in read.facets and "custom_fields" in read.type.fields and self._holds_objects(rows):
            return await self._plain(read)
        if not rows and not await self._may_read(read.type):
            raise NotPermitted(f"{self.http.host} does not let this token read {read.type.plural}")
        distinct = {row["id"]: row for row in rows}
        await self._tell_hidden(read, list(distinct.values()))
        return Page(list(distinct.values()), len(distinct))

    async def _tell_hidden(self, read: Read, rows: Sequence[Entity]) -> None:
        """Say which references are missing because the token may not read what they refer to.

        GraphQL leaves such a reference out, as if there were none.
        """
        empty = [
            each
            for each in wanted(read.type, read.facets, read.only if isinstance(read, Match) else frozenset())
            if rows and each.target in WORDS and not any(row.get(each.name) for row in rows)
        ]
        hidden = await self._hidden_types() if empty else frozenset()
        for name in dict.fromkeys(str(each.target) for each in empty if each.target in hidden):
            fields = ", ".join(each.name for each in empty if each.target == name)
            receipt().warn(
                f"{self.http.host} does not let this token read {CATALOG[name].plural}: "
                f"{fields} of {read.type.plural} may be missing"
            )

    async def _hidden_types(self) -> frozenset[str]:
        """The types of the catalog that the token may not read: found out once, mostly before a first question."""
        async with self._looking:
            if self._hidden is None or time.monotonic() - self._hidden[0] > BELIEVED:
                try:
                    silent = await self._graphql.look_around(
                        [CATALOG[name] for name, words in WORDS.items() if words.listing]
                    )
                    allowed = await asyncio.gather(*(self._may_read(type_) for type_ in silent))
                except (GraphQLRefused, SourceError):
                    return frozenset()  # What was read is worth more than to know what it lacks.
                found = (type_.name for type_, may in zip(silent, allowed, strict=True) if not may)
                self._hidden = (time.monotonic(), frozenset(found))
            return self._hidden[1]

    def _holds_objects(self, rows: Sequence[Entity]) -> bool:
        """Whether a custom field of these rows holds other objects: only REST gives more than their numbers."""
        return any(
            self._graphql.holds_object(name)
            for row in rows
            for name, value in (row.get("custom_fields") or {}).items()
            if any(type(each) is int for each in (value if isinstance(value, list) else [value]))
        )

    async def _plain(self, read: Read) -> Page:
        try:
            if isinstance(read, Match):
                return await self._rest.match(read)
            if isinstance(read, ByIds):
                rows = await self._rest.by_ids(read)
            elif isinstance(read, Children):
                rows = await self._rest.children(read)
            else:
                rows = await self._rest.children_by_name(read)
            return Page(rows, len(rows))
        except Rejected as error:
            raise await self._explained(read, error) from error
        except NotFound:
            if read.type.name not in RECENT:
                raise
            self._leave_out({read.type.name})
            return Page()

    def _leave_out(self, types: set[str]) -> None:
        """Know the catalog without types that this NetBox is too old to have."""
        self._missing |= types
        self._catalog = _catalog(self._missing).with_types(self._others)

    async def _explained(self, read: Read, error: Rejected) -> BadFilter:
        """A value that NetBox refuses, in words, with the choices that it takes."""
        field, words = next(iter(error.field_errors.items()), ("", error.what))
        choices: Sequence[str] = ()
        if isinstance(read, Match) and read.type.name in WORDS:
            digest = await self._schema.digest()
            bare = field.partition("__")[0]
            choices = digest.choices.get(WORDS[read.type.name].endpoint, {}).get(bare, ())
            asked = next((v[0] for name, v in read.filters if name == field and v), "")
            if choices:
                return BadFilter(
                    f'{read.type.plural} have no {bare} "{asked}"',
                    candidates=nearest(asked, choices),
                    hint=f"{bare} is one of: " + listed(choices),
                )
        return BadFilter(f"{self.http.host} refuses the filter {field}: {words}")

    async def _may_read(self, type_: ObjectType) -> bool:
        if self._graphql.shows(type_) or self._readable.get(type_.name, 0.0) > time.monotonic():
            return True
        if (
            self._hidden
            and type_.name in self._hidden[1]
            and time.monotonic() - self._hidden[0] <= REMEMBERED
        ):
            return False
        try:
            await self._rest.match(Match(type_, (), frozenset({BASE}), limit=0))
        except NotPermitted:
            return False
        self._readable[type_.name] = time.monotonic() + REMEMBERED
        return True

    async def _discover(self) -> list[ObjectType]:
        for path in ("/api/core/object-types/", "/api/extras/object-types/"):
            try:
                answer = await self.http.get(path, [("limit", "1000")])
            except (NotFound, NotPermitted):
                continue
            found = [self._named(row) for row in answer["results"] if row.get("rest_api_endpoint")]
            if found:
                return found
        return await self._walk_roots()

    def _named(self, row: Mapping[str, Any]) -> ObjectType:
        name = f"{row['app_label']}.{row['model']}"
        self._endpoints[name] = str(row["rest_api_endpoint"]).removeprefix("/api/").strip("/")
        return generic_type(
            name, row.get("model_name") or row["model"], row.get("model_name_plural") or row["model"]
        )

    async def _walk_roots(self) -> list[ObjectType]:
        """The types by the API's own roots, for versions whose object types do not tell their endpoint."""
        known = {words.endpoint for words in WORDS.values()}
        root = await self.http.get("/api/")
        apps = [name for name in root if name not in ("plugins", "status", "schema", "authentication-check")]
        if "plugins" in root:
            apps += [
                f"plugins/{name}"
                for name in await self.http.get("/api/plugins/")
                if name != "installed-plugins"
            ]
        lists = await asyncio.gather(*(self.http.get(f"/api/{app}/") for app in apps))
        found = []
        for app, endpoints in zip(apps, lists, strict=True):
            for endpoint in endpoints if isinstance(endpoints, dict) else ():
                if f"{app}/{endpoint}" in known | _NO_LISTS:
                    continue
                type_ = listed_type(f"{app}/{endpoint}")
                self._endpoints[type_.name] = f"{app}/{endpoint}"
                found.append(type_)
        return found


def _catalog(missing: Collection[str]) -> Catalog:
    """The catalog without what only Nautobot has, and without types that are missing here."""
    known = CATALOG.types.keys() - missing
    return Catalog(
        _here(within(type_, known))
        for name, type_ in CATALOG.types.items()
        if name in WORDS and name in known
    )


def _here(type_: ObjectType) -> ObjectType:
    """The type without relations that NetBox cannot filter by, or through fields that only Nautobot has."""
    children = WORDS[type_.name].children
    relations = {
        name: each
        for name, each in type_.relations.items()
        if children.get(name) != NO_FILTER and not all(_is_absent(each.to, via) for via in each.via)
    }
    absent = frozenset(name for name in type_.fields if _is_absent(type_.name, name))
    return replace(type_, relations=relations, absent=absent, units=UNITS.get(type_.name, {}))


def _is_absent(type_: str, field: str) -> bool:
    words = WORDS[type_].fields.get(field)
    return words is not None and words.absent


def _check_one_value(type_: ObjectType, condition: Condition, name: str) -> None:
    """Raise `BadFilter` for several values of a filter that uses the last one."""
    endpoint = WORDS[type_.name].endpoint if type_.name in WORDS else ""
    if name in LAST_VALUE_FILTERS.get(endpoint, ()) and len(condition.values) > 1:
        several = "vlans(vid=[...]) for the ports of several VLANs, or " if condition.key == "vlan" else ""
        raise BadFilter(
            f"{condition.spelled} takes one value at a time in NetBox",
            cause="of several values NetBox silently uses the last one",
            hint=f'{several}one call for each value of "{condition.key}"',
        )


def _in_every_version(type_: ObjectType, key: str, lookup: str) -> bool:
    """Whether every supported NetBox has the filter, so that its schema, which takes seconds, need not be asked."""
    if key == "id":
        return not lookup
    words = WORDS.get(type_.name)
    if words is None or (key in words.fields and words.fields[key].recent):
        return False
    worded = type_.fields[type_.title].kind is Kind.TEXT
    if key == "q":
        return worded and not lookup
    kind = kind_of(type_, key)
    if lookup == "n":
        return kind in (Kind.REF, Kind.REFS) and key in type_.fields
    if not lookup and kind in PLAIN:
        return True
    return worded and key == type_.title and key not in _ADDRESSES and lookup in ("", "ie", "ic", "isw")


def _negated(values: Sequence[str]) -> tuple[str, ...]:
    return tuple("false" if value == "true" else "true" for value in values)


def _held(type_: ObjectType, key: str) -> str:
    """The yes-or-no filter that tells whether a field has a value, where NetBox has one of its own for that."""
    return word(type_, key).held if type_.name in WORDS and key in type_.fields else ""


def _choice(value: str, *, upper: bool) -> str:
    """A choice as NetBox spells it: in lower case with dashes, but the sides of a circuit are A and Z."""
    told = value.strip()
    return told.upper() if upper else told.lower().replace(" ", "-")
