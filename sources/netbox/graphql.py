"""NetBox's GraphQL road: the reads of a wave fused into few documents, every list paged to its end.

NetBox cuts each list at 1,000 rows without a sign, allows ten aliases a document, and answers an
empty list where the token may not read: so lists are paged until a short page, each document asks for one
row of the types that have shown none yet, and the adapter asks REST before it believes in an empty type.

Before 4.5 its lists are filtered or paged in other words: a NetBox that does not understand these is read by
REST. What a NetBox names as unknown in its refusal (a field, a list of a later version) it is not asked again.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson

from sources.batches import by_count
from sources.catalog import EXTRA, Kind, ObjectType
from sources.errors import NotFound, Rejected, SourceMisbehaved
from sources.http import HttpClient
from sources.netbox.conditions import in_graphql
from sources.netbox.rows import Lacks, from_graphql, owner_field, selection
from sources.netbox.words import BY_ID, NESTED, WORDS
from sources.source import ByIds, Children, ChildrenByName, Entity, Match, Read
from sources.types import CATALOG
from sources.values import TITLES

PAGE = 1000
ALIASES = 10
WIDE = 10
"""Parents from which on their interfaces may well be more than a page."""
MOST_AHEAD = 3
_CUSTOM_FIELDS = "custom_fields"
_DIALECT = '{site_list(filters:{id:{in_list:["0"]}},pagination:{offset:0,limit:1}){id}}'
"""What every document here is made of: several ids in a filter, and pages."""
_NOT_KNOWN = re.compile(r"""Cannot query field ['"](\w+)['"] on type ['"](\w+)['"]""")
READABLE_FOR = 300.0
"""Seconds that a type is believed to be readable once it has shown a row."""
PARENTS = 250
"""Parents in one list: enough that few are needed, few enough that their rows seldom need a second page."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of one document: a batch of one read."""

    read: Read
    filters: str
    listing: str = ""
    """The list that is asked for, where it is not that of the read's own type."""
    path: tuple[str, ...] = ()
    """The nested lists that lead from there to the rows."""

    @property
    def fans_out(self) -> bool:
        """Whether many rows may come of it: the ports of a whole batch of VLANs or devices."""
        many = isinstance(self.read, Children) and len(self.read.parents) >= WIDE and not self.path
        return many and self.read.type.name.endswith("interface")

    @property
    def only(self) -> frozenset[str]:
        """The only fields that are wanted; none named: all."""
        return self.read.only if isinstance(self.read, Match) else frozenset()

    def text(self, alias: str, offset: int, lacks: Lacks = frozenset()) -> str:
        """The list as it stands in a document, without what the server lacks."""
        type_ = self.read.type
        page = f"pagination:{{offset:{offset},limit:{PAGE}}}"
        fields = selection(type_, self.read.facets, self.only, lacks)
        told = f"id {_called(self._owner)}" if self._owner else "id"
        for name in reversed(self.path):
            fields = f"{told} {name}{{{fields}}}"
        return (
            f"{alias}:{self.listing or WORDS[type_.name].listing}(filters:{self.filters},{page}){{{fields}}}"
        )

    def rows(self, page: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows in a page. Raises `GraphQLRefused` where a nested list may have been cut."""
        for name in self.path:
            inner = [(row, row[name] if isinstance(row[name], list) else [row[name]]) for row in page]
            if any(len(rows) >= PAGE for _, rows in inner):
                raise GraphQLRefused
            page = [self._of(owner, row) for owner, rows in inner for row in rows]
        return page

    @property
    def _owner(self) -> ObjectType | None:
        """The type in whose lists the rows stand, where only that tells whom they are about."""
        if isinstance(self.read, Match | ByIds) or not owner_field(self.read.type):
            return None
        return CATALOG[self.read.relation.owner]

    def _of(self, owner: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
        """A row that says whom it is about."""
        if self._owner is None:
            return row
        told = {"object_type": self._owner.name, "id": owner["id"], "name": owner[_called(self._owner)]}
        return {**row, owner_field(self.read.type): told}


def _called(type_: ObjectType) -> str:
    """What REST names objects of a type by."""
    return type_.title if type_.title in TITLES else "display"


class GraphQLRefused(Exception):
    """This server cannot read that by GraphQL: the road is switched off, or it lacks a field or a filter."""

    def __init__(self, *, not_understood: bool = False) -> None:
        super().__init__()
        self.not_understood = not_understood


class GraphQLRoad:
    """Makes reads by GraphQL; `usable` turns False where the server has it switched off."""

    def __init__(self, http: HttpClient) -> None:
        self._http = http
        self._readable: dict[str, float] = {}
        self._object_fields: set[str] = set()
        self._custom_fields_known = 0.0
        self._understood = False
        self._lacks: Lacks = frozenset()
        self.usable = True

    @property
    def knows_custom_fields(self) -> bool:
        """Whether it is known which custom fields hold other objects."""
        return self._custom_fields_known > time.monotonic()

    def holds_object(self, custom_field: str) -> bool:
        """Whether a custom field holds other objects, of which GraphQL gives only the numbers."""
        return not self.knows_custom_fields or custom_field in self._object_fields

    def lacks(self, type_: ObjectType) -> bool:
        """Whether the server has said that it has no list of the type."""
        return f"query.{WORDS[type_.name].listing}" in self._lacks

    def shows(self, type_: ObjectType) -> bool:
        """Whether the token was lately seen to read rows of the type, so that an empty list means none."""
        return self._readable.get(type_.name, 0.0) > time.monotonic()

    async def read(self, reads: Sequence[Read]) -> list[list[Entity] | None]:
        """The rows of each read; None where it has to go by REST."""
        listings = [each for read in reads for each in _listings(read)]
        documents = self._documents(listings)
        parts = await asyncio.gather(*(self._document(document) for document in documents))
        rows: dict[int, list[Entity] | None] = {id(read): [] for read in reads}
        for document, part in zip(documents, parts, strict=True):
            for listing, found in zip(document, part, strict=True):
                kept = rows[id(listing.read)]
                rows[id(listing.read)] = None if found is None or kept is None else kept + found
        return [rows[id(read)] for read in reads]

    async def probe(self) -> None:
        """Find out whether the server answers GraphQL as it is written here; if not, the road is closed."""
        try:
            await self._ask(_DIALECT)
        except GraphQLRefused as error:
            if error.not_understood:
                self.usable = False

    async def look_around(self, types: Sequence[ObjectType]) -> list[ObjectType]:
        """Those of the types that show no row: empty, or not for this token to read."""
        unknown = [type_ for type_ in types if not self.shows(type_)]
        batches = [unknown[i : i + ALIASES] for i in range(0, len(unknown), ALIASES)]

        def query(batch: Sequence[ObjectType]) -> str:
            return (
                "{"
                + " ".join(["__typename", *(_probe(each) for each in batch if not self.lacks(each))])
                + "}"
            )

        answers = await asyncio.gather(*(self._ask_known(partial(query, batch)) for batch in batches))
        for batch, answer in zip(batches, answers, strict=True):
            self._note({type_.name: type_ for type_ in batch}, answer)
        return [type_ for type_ in unknown if not self.shows(type_) and not self.lacks(type_)]

    def _documents(self, listings: Sequence[Listing]) -> list[tuple[Listing, ...]]:
        """Listings in documents, each with room for a probe of every type that has not shown a row yet."""
        documents: list[list[Listing]] = []
        room = 0
        for listing in listings:
            needed = 1 if self.shows(listing.read.type) else 2
            if EXTRA in listing.read.facets and not self.knows_custom_fields:
                needed += 1
            if needed > room:
                documents.append([])
                room = ALIASES
            documents[-1].append(listing)
            room -= needed
        return [tuple(document) for document in documents]

    async def _document(self, listings: tuple[Listing, ...]) -> list[list[Entity] | None]:
        try:
            return list(await self._pages(listings))
        except GraphQLRefused:
            if self.usable and not self._understood:
                await self.probe()
            if len(listings) == 1 or not self.usable:
                return [None for _ in listings]
        # One list that the server cannot answer fails the whole document: tell the good from the bad.
        return [(await self._document((listing,)))[0] for listing in listings]

    async def _pages(self, listings: tuple[Listing, ...]) -> list[list[Entity]]:
        found: list[list[Entity]] = [[] for _ in listings]
        ahead = self._ahead(listings)
        open_ = {i: [page * PAGE for page in range(ahead[i])] for i in range(len(listings))}
        while open_:
            types = {listings[i].read.type.name: listings[i].read.type for i in open_}
            probes = [_probe(type_) for type_ in types.values() if not self.shows(type_)]
            if any(EXTRA in listing.read.facets for listing in listings) and not self.knows_custom_fields:
                probes.append(f"{_CUSTOM_FIELDS}:custom_field_list{{name type}}")
            data = await self._ask_known(partial(self._query, listings, open_, probes))
            self._note(types, data)
            still = {}
            for i, offsets in open_.items():
                read, page = listings[i].read, [row for o in offsets for row in data[f"r{i}_{o}"]]
                rows = listings[i].rows(page)
                if rows:
                    self._readable[read.type.name] = time.monotonic() + READABLE_FOR
                found[i] += from_graphql(read.type, read.facets, rows, listings[i].only)
                if len(page) == PAGE * len(offsets):
                    still[i] = offsets[-1] + PAGE
            # What was full may be long: all aliases go to the pages that may follow.
            share = ALIASES // max(len(still), 1)
            open_ = {i: [start + page * PAGE for page in range(share)] for i, start in still.items()}
        return found

    def _ahead(self, listings: tuple[Listing, ...]) -> list[int]:
        """How many pages of each list are asked for at once.

        An empty page costs the server some milliseconds, another round trip costs a call: aliases that are left
        over go to the lists that fan out from many parents.
        """
        types = {listing.read.type.name: listing.read.type for listing in listings}
        asked = sum(1 for type_ in types.values() if not self.shows(type_))
        asked += any(EXTRA in listing.read.facets for listing in listings)
        spare = ALIASES - len(listings) - asked
        wide = [i for i, listing in enumerate(listings) if listing.fans_out]
        pages = [1] * len(listings)
        for turn in range(min(spare, MOST_AHEAD * len(wide))):
            pages[wide[turn % len(wide)]] += 1
        return pages

    def _note(self, types: Mapping[str, ObjectType], data: Mapping[str, Any]) -> None:
        """Remember which types have shown a row to their probe, and the custom fields."""
        if data.get(_CUSTOM_FIELDS):
            fields = data[_CUSTOM_FIELDS]
            self._object_fields = {row["name"] for row in fields if "object" in str(row["type"]).lower()}
            self._custom_fields_known = time.monotonic() + READABLE_FOR
        for name, type_ in types.items():
            if data.get(_probe_alias(type_)):
                self._readable[name] = time.monotonic() + READABLE_FOR

    def _query(
        self, listings: Sequence[Listing], pages: Mapping[int, Sequence[int]], probes: Sequence[str]
    ) -> str:
        lists = [
            listings[i].text(f"r{i}_{offset}", offset, self._lacks)
            for i, offsets in pages.items()
            for offset in offsets
        ]
        return "{" + " ".join([*lists, *probes]) + "}"

    async def _ask_known(self, query: Callable[[], str]) -> dict[str, Any]:
        """The data of a query that is said without what the server lacks: again, once it has named that."""
        text = query()
        try:
            return await self._ask(text)
        except GraphQLRefused:
            if query() == text:
                raise
        return await self._ask(query())

    async def _ask(self, query: str) -> dict[str, Any]:
        try:
            answer = await self._http.post("/graphql/", {"query": query})
        except (NotFound, SourceMisbehaved) as error:
            # Switched off it is a 404, behind a login page a redirect: neither comes back by itself.
            self.usable = not isinstance(error, NotFound) and "sends us elsewhere" not in error.what
            raise GraphQLRefused from error
        except Rejected as error:
            raise GraphQLRefused(not_understood=True) from error
        if not isinstance(answer, dict) or answer.get("errors") or not isinstance(answer.get("data"), dict):
            self._lacks |= _unknown(answer)
            raise GraphQLRefused(not_understood=isinstance(answer, dict) and bool(answer.get("errors")))
        self._understood = True
        return dict(answer["data"])


def _unknown(answer: Any) -> Lacks:
    """What a refusal says that the server does not know."""
    errors = answer.get("errors") if isinstance(answer, dict) else None
    told = " ".join(str(each.get("message")) for each in errors or () if isinstance(each, dict))
    return frozenset(f"{type_.lower()}.{name}" for name, type_ in _NOT_KNOWN.findall(told))


def _probe(type_: ObjectType) -> str:
    return f"{_probe_alias(type_)}:{WORDS[type_.name].listing}(pagination:{{offset:0,limit:1}}){{id}}"


def _probe_alias(type_: ObjectType) -> str:
    return f"p_{WORDS[type_.name].listing}"


def _listings(read: Read) -> list[Listing]:
    if isinstance(read, Match):
        filters = in_graphql(read.type, read.filters)
        assert filters is not None, "the adapter has asked"
        return [Listing(read, filters)]
    if isinstance(read, ByIds):
        return [Listing(read, f"{{id:{{in_list:{_ids(batch)}}}}}") for batch in by_count(read.ids, PAGE)]
    path, owner = NESTED.get(read.relation.key), WORDS[read.relation.owner].listing
    if isinstance(read, ChildrenByName):
        named = f"{{name:{{exact:{orjson.dumps(read.name).decode()}}}}}"
        if path:
            return [Listing(read, named, owner, path)]
        return [Listing(read, f"{{{read.relation.via[0]}:{named}}}")]
    if path:
        return [
            Listing(read, f"{{id:{{in_list:{_ids(batch)}}}}}", owner, path)
            for batch in by_count(read.parents, PARENTS)
        ]
    return [Listing(read, _refers_to(read, batch)) for batch in by_count(read.parents, PARENTS)]


def _refers_to(read: Children, batch: tuple[str, ...]) -> str:
    """The filter for rows that refer to any of the batch through any of the relation's fields."""
    if by_id := BY_ID.get(read.relation.key):
        return f"{{{by_id}:{{in_list:{_ids(batch)}}}}}"
    fields = [read.type.fields[via] for via in read.relation.via]
    text = ""
    for known in reversed(fields):
        text = f"{{{known.name}:{{id:{{in_list:{_ids(batch)}}}}}{',OR:' + text if text else ''}}}"
    # A join over a to-many relation repeats rows; DISTINCT makes them one.
    return f"{text[:-1]},DISTINCT:true}}" if any(known.kind is Kind.REFS for known in fields) else text


def _ids(batch: tuple[str, ...]) -> str:
    return orjson.dumps(batch).decode()
