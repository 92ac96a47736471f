"""Nautobot's REST road: for order, raw rows, rare types and counts, and where GraphQL is switched off.

A row of depth 1 names what it refers to, but not what that refers to in turn (the device of the interface at
the far end): such names are read by id for all rows together.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sources.batches import by_length
from sources.catalog import ObjectType
from sources.entities import wanted
from sources.errors import NotFound, NotPermitted, SourceMisbehaved, TooCostly, UnknownType
from sources.http import HttpClient
from sources.lists import check_size
from sources.nautobot.rows import nested
from sources.nautobot.words import NO_FILTER, WORDS, asked_singly, rest_order, word
from sources.parts import any_of, fitting
from sources.receipt import receipt
from sources.source import ByIds, Children, ChildrenByName, Match, NativeFilters, Read
from sources.types import CATALOG

PAGE = 250
"""Rows of depth 1 in one call: 1,000 take Nautobot longer than a client waits."""
NAMES = 1000
COUNTED = (("limit", "1"), ("depth", "0"), ("exclude_m2m", "true"))
_FULL = (("depth", "1"), ("exclude_m2m", "false"))
_BARE = frozenset({"id", "object_type", "url"})
_OWNERS = ("device", "virtual_machine", "circuit", "power_panel")
_TOLD = ("display", "name", "model", "address", "prefix", "cid", "term_side", "label", "vid")
_URL = re.compile(r"(/api/(?:plugins/)?[\w-]+/[\w-]+/)[^/]+/$")

Row = dict[str, Any]


class RestRoad:
    """Makes reads by REST. `endpoints` says where the types live that the catalog does not name."""

    def __init__(self, http: HttpClient, endpoints: Mapping[str, str]) -> None:
        self._http = http
        self._endpoints = endpoints

    def path(self, type_: ObjectType) -> str:
        """The path of a type's list."""
        known = WORDS.get(type_.name)
        endpoint = known.endpoint if known else self._endpoints.get(type_.name)
        if endpoint is None:
            raise UnknownType(f"{self._http.host} has no {type_.plural}", hint="status() says what it has")
        return f"/api/{endpoint}/"

    async def count(self, type_: ObjectType, filters: NativeFilters) -> int:
        """How many rows match: exact, unless a filter repeats rows."""
        return int((await self._page(self.path(type_), [*_params(filters), *COUNTED]))["count"])

    async def match(self, read: Match, filters: NativeFilters, *, doubling: bool) -> tuple[list[Row], int]:
        """The rows that match, and the exact total."""
        path = self.path(read.type)
        order = rest_order(read.type, read.order)
        tail = [("sort", order)] if order else []
        queries = in_queries(filters)
        if doubling or len(queries) > 1:
            # Repeated rows spoil the count, and a filter of many values takes several calls: read all of it.
            pages = await asyncio.gather(
                *(self._all(read, path, [*_params(part), *_FULL, *tail], 0, None) for part in queries)
            )
            distinct = meant(read, {row["id"]: row for rows, _ in pages for row in rows}.values())
            if read.order and len(queries) > 1:
                return await self._ordered(read, distinct)
            end = None if read.limit is None else read.offset + read.limit
            rows, total = distinct[read.offset : end], len(distinct)
        elif read.limit == 0:
            return [], await self.count(read.type, filters)
        else:
            rows, total = await self._all(
                read, path, [*_params(filters), *_FULL, *tail], read.offset, read.limit
            )
        await self.complete(read, rows)
        return rows, total

    async def _ordered(self, read: Match, rows: Sequence[Row]) -> tuple[list[Row], int]:
        """Rows that were read in parts, in an order, which is Nautobot's own to make: over their ids."""
        if not rows:
            return [], 0
        by_id = fitting((("id", tuple(row["id"] for row in rows)),))
        if len(by_id) > 1:
            raise TooCostly(
                f"{len(rows):,} {read.type.plural} of a filter with many values are too many to be ordered",
                hint="leave order_by out, or filter by fewer values",
            )
        return await self.match(replace(read, filters=by_id[0]), by_id[0], doubling=False)

    async def by_filters(
        self, read: ByIds | Children | ChildrenByName, queries: Iterable[NativeFilters]
    ) -> list[Row]:
        """The rows that answer any of the queries, each once."""
        path = self.path(read.type)
        pages = await asyncio.gather(
            *(self._all(read, path, [*_params(query), *_FULL], 0, None) for query in queries)
        )
        rows = list({row["id"]: row for page, _ in pages for row in page}.values())
        await self.complete(read, rows)
        return rows

    async def of_unnamed(self, read: Children, found: Sequence[Row]) -> list[Row]:
        """The rows of parents without a name, which the filter by parent does not find: all of their location."""
        via = child_filters(read)[0]
        with_rows = {row[via]["id"] for row in found if row.get(via)}
        empty = [parent for parent in read.parents if parent not in with_rows]
        bare = (("name__isnull", "true"), ("depth", "0"), ("exclude_m2m", "true"))
        pointed: list[Row] = [{"id": parent} for parent in empty]
        unnamed = await self._by_ids(self.path(CATALOG[read.relation.owner]), pointed, bare, NAMES)
        places = dict.fromkeys(row["location"]["id"] for row in unnamed.values())
        if not places:
            return []
        queries = [(("location", batch),) for batch in by_length("location", tuple(places), taken=100)]
        return [row for row in await self.by_filters(read, queries) if (row[via] or {}).get("id") in unnamed]

    async def everything(self, path: str, params: Sequence[tuple[str, str]] = ()) -> list[Row]:
        """A whole table, bare: location types, statuses; nothing where the token may not read it."""
        try:
            first = await self._page(path, [*params, ("limit", str(NAMES)), ("depth", "0")])
        except NotPermitted:
            return []
        offsets = range(len(first["results"]) or 1, first["count"], len(first["results"]) or 1)
        more = await asyncio.gather(
            *(
                self._page(path, [*params, ("limit", str(NAMES)), ("depth", "0"), ("offset", str(o))])
                for o in offsets
            )
        )
        return [row for page in (first, *more) for row in page["results"]]

    async def complete(self, read: Read, rows: Sequence[Row]) -> None:
        """Read what the wanted fields need of objects that the rows only point to."""
        if read.type.generic or not rows:
            return
        only = read.only if isinstance(read, Match) else frozenset()
        words = [word(read.type, each.name) for each in wanted(read.type, read.facets, only)]
        await asyncio.gather(*(self._expand(each.expand, rows) for each in words if each.expand))
        if any(each.first_lane for each in words) and any(map(_has_lanes, rows)):
            receipt().warn(
                f"{self._http.host} has breakout cables, of which its REST API tells only the first lane: "
                "ports may lead to more than is shown (trace tells all)"
            )
        bare: dict[str, list[Row]] = {}
        for held in words:
            if held.level is not None:
                continue
            for row in rows:
                for value in nested(held, row):
                    for one in (value, *(value[o] for o in _OWNERS if isinstance(value.get(o), dict))):
                        if one.keys() <= _BARE and "url" in one:
                            bare.setdefault(_list_of(one["url"]), []).append(one)
        await asyncio.gather(*(self._name(path, several) for path, several in bare.items() if path))

    async def _expand(self, path: str, rows: Sequence[Row]) -> None:
        pointed = [row[path] for row in rows if isinstance(row.get(path), dict)]
        if not pointed:
            return
        found = await self._by_ids(_list_of(pointed[0]["url"]), pointed, _FULL, PAGE)
        for each in pointed:
            each.update(found.get(each["id"], {}))

    async def _name(self, path: str, bare: Sequence[Row]) -> None:
        found = await self._by_ids(path, bare, (("depth", "0"), ("exclude_m2m", "true")), NAMES)
        for each in bare:
            told = found.get(each["id"], {})
            each.update({name: told[name] for name in _TOLD if name in told})

    async def _by_ids(
        self, path: str, pointed: Sequence[Row], params: Sequence[tuple[str, str]], page: int
    ) -> dict[str, Row]:
        ids = list(dict.fromkeys(each["id"] for each in pointed))
        queries = [
            [*(("id", id_) for id_ in batch), *params, ("limit", str(page))]
            for batch in by_length("id", ids, taken=200)
        ]
        try:
            pages = await asyncio.gather(*(self._page(path, query) for query in queries))
        except (NotPermitted, NotFound):
            return {}
        return {row["id"]: row for page_ in pages for row in page_["results"]}

    async def _all(
        self, read: Read, path: str, base: list[tuple[str, str]], offset: int, limit: int | None
    ) -> tuple[list[Row], int]:
        first = PAGE if limit is None else min(PAGE, max(limit, 1))
        answer = await self._page(path, [*base, ("limit", str(first)), ("offset", str(offset))])
        total = int(answer["count"])
        check_size(read.type, total - offset if limit is None else limit)
        end = total if limit is None else min(total, offset + limit)
        # The server may allow less than was asked for: its first page tells how much.
        size = max(len(answer["results"]), 1)
        more = await asyncio.gather(
            *(
                self._page(path, [*base, ("limit", str(min(size, end - o))), ("offset", str(o))])
                for o in range(offset + size, end, size)
            )
        )
        return [row for page in (answer, *more) for row in page["results"]], total

    async def _page(self, path: str, params: Sequence[tuple[str, str]]) -> dict[str, Any]:
        answer = await self._http.get(path, params)
        if not isinstance(answer, dict) or "results" not in answer or answer.get("count") is None:
            raise SourceMisbehaved(f"{self._http.host}{path} answered without a list")
        return answer


def _has_lanes(row: Row) -> bool:
    return ((row.get("cable") or {}).get("total_lanes") or 1) > 1


def child_filters(read: Children) -> list[str]:
    """The filters that find the children of a relation: any of them may."""
    own = WORDS[read.relation.owner].children.get(read.relation.name)
    if own:
        return [own]
    known = [via for via in read.relation.via if via.partition(".")[0] in read.type.fields]
    named = [word(read.type, via) for via in known if "." not in via]
    return [each.filter for each in named if not each.absent and each.filter != NO_FILTER]


def filter_by_name(read: ChildrenByName) -> str:
    """The filter that finds the children of a relation by the name of their owner."""
    own = WORDS[read.relation.owner].children.get(read.relation.name)
    return (own or word(read.type, read.relation.via[0]).filter).removesuffix("_id")


def in_queries(filters: NativeFilters) -> list[NativeFilters]:
    """The filters as REST asks for them: mostly one query."""
    return [query for each in any_of(filters, asked_singly(filters)) for query in fitting(each)]


def meant(read: Match, rows: Iterable[Row]) -> list[Row]:
    """The rows without those that Nautobot finds beyond what the filters mean."""
    words = WORDS.get(read.type.name)
    wanted_of = [
        (words.coarse[name], values) for name, values in read.filters if words and name in words.coarse
    ]
    return [row for row in rows if all((row[name] or {}).get("id") in ids for name, ids in wanted_of)]


def _params(filters: NativeFilters) -> list[tuple[str, str]]:
    return [(name, value) for name, values in filters for value in values]


def _list_of(url: str) -> str:
    found = _URL.search(url)
    return found[1] if found else ""
