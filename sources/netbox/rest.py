"""NetBox's REST road: filtered lists, paged side by side, only the fields that are needed."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sources.batches import by_length
from sources.catalog import ObjectType
from sources.errors import NotFound, NotPermitted, SourceMisbehaved, TooCostly
from sources.http import HttpClient
from sources.lists import check_size, warn_of_gap
from sources.netbox.content_types import ContentTypes
from sources.netbox.rows import bare_fields, from_rest, rest_fields
from sources.netbox.shapes import fill_in
from sources.netbox.words import ALL_VALUES_FILTERS, CARRIES_VLANS, NO_FILTER, WORDS, word
from sources.parts import any_of, fitting
from sources.source import ByIds, Children, ChildrenByName, Entity, Match, NativeFilters, Page, parent_ids
from sources.types import DATA

PAGE = 1000
_JUST_IDS = frozenset({"id"})


class RestRoad:
    """Makes reads by REST. `endpoints` says where the types live that the catalog does not name."""

    def __init__(self, http: HttpClient, endpoints: dict[str, str]) -> None:
        self._http = http
        self._endpoints = endpoints
        self._content_types = ContentTypes(http)

    def path(self, type_: ObjectType) -> str:
        """The path of a type's list."""
        known = WORDS.get(type_.name)
        return f"/api/{known.endpoint if known else self._endpoints[type_.name]}/"

    async def match(self, read: Match) -> Page:
        """The rows that match, and the exact total."""
        queries = [query for each in any_of(read.filters, ALL_VALUES_FILTERS) for query in fitting(each)]
        if len(queries) > 1:
            return await self._any_of(read, queries)
        base = self._base(read)
        if read.order:
            base.append(("ordering", ",".join(read.order)))
        if read.limit == 0:
            counted = [each for each in base if each[0] != "fields"]
            answer = await self._page(read.type, [*counted, ("fields", "id"), ("limit", "1")])
            return Page([], answer["count"])
        return await self._all(read, base)

    async def _any_of(self, read: Match, queries: Sequence[NativeFilters]) -> Page:
        """The rows that answer any of the queries; how many there are is known only of all together."""
        if read.order:
            return await self._ordered(read, queries)
        only = _JUST_IDS if read.limit == 0 else read.only
        parts = [replace(read, filters=query, offset=0, limit=None, only=only) for query in queries]
        pages = await asyncio.gather(*(self.match(part) for part in parts))
        rows = list({row["id"]: row for page in pages for row in page.rows}.values())
        end = None if read.limit is None else read.offset + read.limit
        return Page(rows[read.offset : end], len(rows))

    async def _ordered(self, read: Match, queries: Sequence[NativeFilters]) -> Page:
        """The same in an order, which is NetBox's own to make: over the ids of the rows."""
        found = await self._any_of(replace(read, order=(), offset=0, limit=None, only=_JUST_IDS), queries)
        ids = tuple(row["id"] for row in found.rows)
        if not ids:
            return Page()
        by_id = fitting((("id", ids),))
        if len(by_id) > 1:
            raise TooCostly(
                f"{len(ids):,} {read.type.plural} of a filter with many values are too many to be ordered",
                hint="leave order_by out, or filter by fewer values",
            )
        return await self.match(replace(read, filters=by_id[0]))

    async def by_ids(self, read: ByIds) -> list[Entity]:
        """These objects; those that are gone or hidden are left out."""
        batches = by_length("id", read.ids, taken=200)
        return await self._several(read.type, read.facets, ((("id", batch),) for batch in batches))

    async def children(self, read: Children) -> list[Entity]:
        """The rows that refer to any of the parents (and, where the filter is coarse, some that do not)."""
        type_, relation = read.type, read.relation
        own = WORDS[relation.owner].children.get(relation.name)
        filters = [own] if own else [word(type_, via).filter for via in relation.via]
        if NO_FILTER in filters:
            return await self._carriers(read)
        queries = (((name, batch),) for name in filters for batch in by_length(name, read.parents, taken=300))
        return await self._several(type_, read.facets, queries)

    async def children_by_name(self, read: ChildrenByName) -> list[Entity]:
        """The rows that refer to any owner of that name."""
        own = WORDS[read.relation.owner].children.get(read.relation.name)
        by_id = own or word(read.type, read.relation.via[0]).filter
        return await self._several(read.type, read.facets, [((by_id.removesuffix("_id"), (read.name,)),)])

    async def _carriers(self, read: Children) -> list[Entity]:
        """The interfaces of many VLANs.

        Its VLAN filter takes one VLAN at a time (of several it silently uses the last), so that the choice is
        one call a VLAN, or all interfaces that carry any, joined afterwards: whichever is fewer calls.
        """
        everything = Match(read.type, CARRIES_VLANS, read.facets, limit=PAGE)
        first = await self.match(everything) if len(read.parents) > 1 else None
        if first is not None and math.ceil(first.total / PAGE) <= len(read.parents):
            return await self._related(read, everything, first)
        singles = ((("vlan_id", (parent,)),) for parent in read.parents)
        return await self._several(read.type, read.facets, singles)

    async def _related(self, read: Children, everything: Match, first: Page) -> list[Entity]:
        """Of all those rows the children of the parents: the others are let go of page by page."""
        check_size(read.type, first.total)
        size, parents = max(len(first.rows), 1), set(read.parents)

        async def page(offset: int) -> tuple[int, list[Entity]]:
            part = first if not offset else await self.match(replace(everything, offset=offset, limit=size))
            own = [row for row in part.rows if not parents.isdisjoint(parent_ids(row, read.relation))]
            return len(part.rows), own

        pages = await asyncio.gather(*(page(offset) for offset in range(0, first.total, size)))
        warn_of_gap(read.type, sum(seen for seen, _ in pages), first.total)
        return list({row["id"]: row for _, rows in pages for row in rows}.values())

    async def _several(
        self, type_: ObjectType, facets: frozenset[str], queries: Iterable[NativeFilters]
    ) -> list[Entity]:
        pages = await asyncio.gather(*(self.match(Match(type_, query, facets)) for query in queries))
        return list({row["id"]: row for page in pages for row in page.rows}.values())

    async def _all(self, read: Match, base: list[tuple[str, str]]) -> Page:
        limit = PAGE if read.limit is None else min(PAGE, read.limit)
        answer = await self._page(read.type, [*base, ("limit", str(limit)), ("offset", str(read.offset))])
        total = answer["count"]
        if read.limit is None:
            check_size(read.type, total - read.offset)
        end = total if read.limit is None else min(total, read.offset + read.limit)
        # The server may allow less than was asked for: its first page tells how much.
        size = max(len(answer["results"]), 1)
        offsets = range(read.offset + size, end, size)

        # What needs no other read is made of each page as it comes: all that the server says would fill the memory.
        at_once = not self._completed(read)

        def made(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
            return _made(read, rows) if at_once else rows

        async def page(offset: int) -> list[dict[str, Any]]:
            part = await self._page(read.type, [*base, ("limit", str(size)), ("offset", str(offset))])
            return made(part["results"])

        several = [made(answer["results"]), *await asyncio.gather(*(page(offset) for offset in offsets))]
        found = {row["id"]: row for rows in several for row in rows}
        warn_of_gap(read.type, len(found), end - read.offset)
        rows = list(found.values())
        return Page(rows if at_once else await self._entities(read, rows), total)

    async def _page(self, type_: ObjectType, params: list[tuple[str, str]]) -> dict[str, Any]:
        answer = await self._http.get(self.path(type_), params)
        if not isinstance(answer, dict) or "results" not in answer or answer.get("count") is None:
            raise SourceMisbehaved(f"{self._http.host}{self.path(type_)} answered without a list")
        return answer

    async def _entities(self, read: Match, rows: Sequence[dict[str, Any]]) -> list[Entity]:
        bare = bare_fields(read.type, read.facets, read.only)
        await asyncio.gather(*(self._fill_in(rows, *each) for each in bare))
        if DATA in read.facets:
            await self._content_types.name_in(rows)
        return _made(read, rows)

    @staticmethod
    def _completed(read: Match) -> bool:
        """Whether its rows need other reads to be told in full."""
        return DATA in read.facets or bool(bare_fields(read.type, read.facets, read.only))

    async def _fill_in(self, rows: Sequence[dict[str, Any]], path: str, endpoint: str, title: str) -> None:
        """Name what the rows tell only the ids of; what the token may not read stays without a name."""
        ids = tuple(dict.fromkeys(id_ for row in rows for id_ in fill_in(row, path)))
        queries = [
            [*(("id", id_) for id_ in batch), ("fields", f"id,{title}"), ("limit", str(PAGE))]
            for batch in by_length("id", ids, taken=200)
        ]
        try:
            pages = await asyncio.gather(*(self._http.get(f"/api/{endpoint}/", query) for query in queries))
        except (NotPermitted, NotFound):
            return
        found = {str(each["id"]): each for page in pages for each in page["results"]}
        for row in rows:
            fill_in(row, path, found)

    @staticmethod
    def _base(read: Match) -> list[tuple[str, str]]:
        params = [(name, value) for name, values in read.filters for value in values]
        fields = rest_fields(read.type, read.facets, read.only)
        return [*params, ("fields", fields)] if fields else params


def _made(read: Match, rows: Iterable[dict[str, Any]]) -> list[Entity]:
    return from_rest(read.type, read.facets, rows, read.only)
