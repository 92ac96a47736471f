"""The read-through reader: one multi-get from the store, the missing reads in one wave, one multi-set back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

import orjson

from cache.flights import Flights
from cache.keys import child_keys, entity_keys, flight_key, match_key
from cache.store import Entry, Store
from sources.catalog import Lifetime, ObjectType
from sources.errors import NetbriefError, NotAuthenticated, SourceUnreachable
from sources.receipt import receipt
from sources.source import ByIds, Children, ChildrenByName, Entity, Match, Page, Read, Source, parent_ids

DEFAULT_LIFETIMES: Mapping[Lifetime, float] = {
    Lifetime.DEVICE_FACTS: 3600,
    Lifetime.INTERFACE_STATE: 300,
    Lifetime.VLAN_ASSIGNMENTS: 1800,
    Lifetime.CABLES: 7200,
    Lifetime.UTILIZATION: 60,
    Lifetime.OTHER: 300,
}
"""Seconds that each kind of data may be kept."""
KEPT_AT_ONCE = 2_000
"""Entries that are handed to the store in one call."""


@dataclass(slots=True)
class _Index:
    """What is known of a read before its rows: the ids in order, the total, and the parents still unread."""

    ids: list[str]
    total: int
    missing_parents: tuple[str, ...] = ()


class Reader:
    """Reads one source through the cache. Entities read for one question serve the next."""

    def __init__(
        self,
        source: Source,
        store: Store,
        lifetimes: Mapping[Lifetime, float] = DEFAULT_LIFETIMES,
        flights: Flights[Page] | None = None,
        *,
        since: float = 0.0,
    ) -> None:
        self.source = source
        self.store = store
        self._lifetimes = lifetimes
        self._flights: Flights[Page] = flights or Flights()
        self._since = since

    def since(self, moment: float) -> Reader:
        """The same reader, for which only what was read since that Unix time counts as known."""
        return Reader(self.source, self.store, self._lifetimes, self._flights, since=moment)

    async def read(self, reads: Sequence[Read]) -> list[Page]:
        """One wave of reads, side by side; pages in the order of the reads.

        A read that fails gives a page with its `error`.
        """
        indexes = await self._indexes(reads)
        kept = await self._kept_rows(reads, indexes)
        missing = {
            i: rest
            for i, read in enumerate(reads)
            if (rest := self._missing(read, indexes[i], kept[i])) is not None
        }
        fetched = dict(zip(missing, await self._fetch(list(missing.values())), strict=True))
        pages = [
            self._joined(read, indexes[i], kept[i], missing.get(i), fetched.get(i))
            for i, read in enumerate(reads)
        ]
        # A query's ids may outlive one of its objects: then the query itself is out of date.
        stale = [i for i, page in enumerate(pages) if page is None]
        renewed = dict(zip(stale, await self._fetch([reads[i] for i in stale]), strict=True))
        return [page if page is not None else renewed[i] for i, page in enumerate(pages)]

    async def knows(self, read: Match) -> bool:
        """Whether the store holds what a query finds."""
        return (await self._indexes([read]))[0] is not None

    async def keep(self, read: Children, page: Page, at: float) -> None:
        """Keep children that came by another read, begun at that Unix time; rows of other parents do no harm."""
        await self.store.set_many(list(self._entries(read, _related(read, page), at)))

    async def _indexes(self, reads: Sequence[Read]) -> list[_Index | None]:
        keys: list[list[str]] = []
        for read in reads:
            match read:
                case Match():
                    keys.append([match_key(self.source.scope, read)])
                case Children():
                    keys.append(child_keys(self.source.scope, read))
                case ByIds() | ChildrenByName():
                    keys.append([])
        values = iter(await self._get([key for group in keys for key in group]))
        return [
            self._index(read, [next(values) for _ in group]) for read, group in zip(reads, keys, strict=True)
        ]

    @staticmethod
    def _index(read: Read, values: list[Any]) -> _Index | None:
        match read:
            case ChildrenByName():
                return None
            case ByIds():
                return _Index(list(dict.fromkeys(read.ids)), len(read.ids))
            case Match():
                held = values[0]
                return None if held is None else _Index(held["ids"], held["total"])
            case Children():
                known = [held["ids"] for held in values if held is not None]
                missing = tuple(p for p, held in zip(read.parents, values, strict=True) if held is None)
                ids = list(dict.fromkeys(id_ for group in known for id_ in group))
                return _Index(ids, len(ids), missing)

    async def _kept_rows(
        self, reads: Sequence[Read], indexes: Sequence[_Index | None]
    ) -> list[dict[str, Entity]]:
        """Per read, the entities that the store holds with all facets of the read."""
        wanted: list[tuple[list[str], list[str]]] = []
        keys: list[str] = []
        for read, index in zip(reads, indexes, strict=True):
            ids = index.ids if index else []
            facets = sorted(read.facets)
            wanted.append((ids, facets))
            for facet in facets:
                keys += entity_keys(self.source.scope, read.type.name, facet, ids)
        values = iter(await self._get(keys))
        rows: list[dict[str, Entity]] = []
        for ids, facets in wanted:
            columns = [[next(values) for _ in ids] for _ in facets]
            found: dict[str, Entity] = {}
            for id_, *parts in zip(ids, *columns, strict=True):
                if all(part is not None for part in parts):
                    found[id_] = {"id": id_} | {key: v for part in parts for key, v in part["row"].items()}
            rows.append(found)
        return rows

    @staticmethod
    def _missing(read: Read, index: _Index | None, kept: Mapping[str, Entity]) -> Read | None:
        """What remains to be read from the source; None where nothing does."""
        if index is None:
            return read
        gaps = tuple(id_ for id_ in index.ids if id_ not in kept)
        if isinstance(read, Children):
            if not index.missing_parents and not gaps:
                return None
            # Rows that are known only by id are cheapest read again with their parents.
            return replace(read, parents=read.parents if gaps else index.missing_parents)
        if not gaps:
            return None
        return ByIds(read.type, gaps, read.facets)

    def _joined(
        self,
        read: Read,
        index: _Index | None,
        kept: Mapping[str, Entity],
        asked: Read | None,
        fetched: Page | None,
    ) -> Page | None:
        if fetched is not None and fetched.error is not None:
            return fetched
        if fetched is None:
            assert index is not None
            return Page([kept[id_] for id_ in index.ids], index.total)
        if asked is read or index is None:
            return fetched
        rows = {**kept, **{row["id"]: row for row in fetched.rows}}
        if isinstance(read, Children):
            return Page(list(rows.values()), len(rows))
        found = [rows[id_] for id_ in index.ids if id_ in rows]
        if isinstance(read, Match):
            return Page(found, index.total) if len(found) == len(index.ids) else None
        return Page(found, len(found))

    async def _fetch(self, reads: Sequence[Read]) -> list[Page]:
        """Read from the source: identical reads in flight are joined, the others go out as one wave."""
        if not reads:
            return []
        receipt().misses += len(reads)
        keys = [flight_key(self.source.scope, read) for read in reads]
        own = {key: read for key, read in zip(keys, reads, strict=True) if not self._flights.under_way(key)}
        wave = asyncio.ensure_future(self._from_source(own))

        async def page(key: str) -> Page:
            return (await asyncio.shield(wave))[key]

        # Nothing is awaited since the look at what is under way: no other wave can have begun the same.
        boarded = [self._flights.board(key, partial(page, key)) for key in keys]
        _end_with(wave, [flight.task for flight in boarded if flight.key in own])
        try:
            return list(await asyncio.gather(*(asyncio.shield(flight.task) for flight in boarded)))
        finally:
            for flight in boarded:
                self._flights.leave(flight)

    async def _from_source(self, reads: Mapping[str, Read]) -> dict[str, Page]:
        """The pages of the reads, by their keys; they are kept, too."""
        if not reads:
            return {}
        started = time.time()
        pages = dict(zip(reads, await self._attempt(list(reads.values())), strict=True))
        entries = (
            entry
            for key, read in reads.items()
            if pages[key].error is None and not (isinstance(read, Match) and read.only)
            for entry in self._entries(read, pages[key], started)
        )
        # A part at a time: all of a long list's entries would take as much memory as the list.
        while part := list(islice(entries, KEPT_AT_ONCE)):
            await self.store.set_many(part)
        receipt().read_at(started)
        return pages

    async def _attempt(self, reads: Sequence[Read]) -> list[Page]:
        """The pages of a wave. One read that the source refuses does not take the others with it."""
        try:
            pages = await self.source.read(reads)
            return [_related(read, page) for read, page in zip(reads, pages, strict=True)]
        except (SourceUnreachable, NotAuthenticated) as error:
            return [Page(error=error) for _ in reads]
        except NetbriefError as error:
            if len(reads) == 1:
                return [Page(error=error)]
        return [(await self._attempt([read]))[0] for read in reads]

    def _entries(self, read: Read, page: Page, at: float) -> Iterable[Entry]:
        scope, type_ = self.source.scope, read.type
        ids = [row["id"] for row in page.rows]
        for facet in read.facets:
            names = _facet_names(type_, facet)
            ttl = self._ttl(type_, facet)
            for key, row in zip(entity_keys(scope, type_.name, facet, ids), page.rows, strict=True):
                held = {name: row[name] for name in names if name in row}
                yield Entry(key, orjson.dumps({"at": at, "row": held}), ttl)
        if isinstance(read, Match):
            body = orjson.dumps({"at": at, "ids": ids, "total": page.total})
            yield Entry(match_key(scope, read), body, self._ttl(type_, "base"))
        elif isinstance(read, Children):
            ttl = self._ttl(type_, _via_facet(read))
            of: dict[str, list[str]] = {parent: [] for parent in read.parents}
            for row in page.rows:
                for parent in parent_ids(row, read.relation) & of.keys():
                    of[parent].append(row["id"])
            for key, parent in zip(child_keys(scope, read), read.parents, strict=True):
                yield Entry(key, orjson.dumps({"at": at, "ids": of[parent]}), ttl)

    def _ttl(self, type_: ObjectType, facet: str) -> float:
        return self._lifetimes[type_.lifetime(facet)]

    async def _get(self, keys: Sequence[str]) -> list[Any]:
        if not keys:
            return []
        account = receipt()
        found = [self._fresh(raw) for raw in await self.store.get_many(keys)]
        hits = [held for held in found if held is not None]
        account.hits += len(hits)
        for held in hits:
            account.read_at(held["at"])
        return found

    def _fresh(self, raw: bytes | None) -> Any:
        held = None if raw is None else orjson.loads(raw)
        return held if held is None or held["at"] >= self._since else None


def _end_with(wave: asyncio.Future[dict[str, Page]], waiting: Sequence[asyncio.Task[Page]]) -> None:
    """Cancel the wave once nobody waits for any of its pages."""
    left = set(waiting)

    def done(task: asyncio.Task[Page]) -> None:
        left.discard(task)
        if not left:
            wave.cancel()

    for task in waiting:
        task.add_done_callback(done)


def _related(read: Read, page: Page) -> Page:
    """Children without the rows that refer to none of the parents: a source's filter may be coarser."""
    if not isinstance(read, Children):
        return page
    parents = set(read.parents)
    rows = [row for row in page.rows if not parents.isdisjoint(parent_ids(row, read.relation))]
    return Page(rows, len(rows))


def _facet_names(type_: ObjectType, facet: str) -> list[str]:
    if facet == "raw":
        return ["raw", "display"]
    names = [name for name, known in type_.fields.items() if known.facet == facet]
    return [*names, "display"] if type_.generic else names


def _via_facet(read: Children) -> str:
    name = read.relation.via[0].partition(".")[0]
    known = read.type.fields.get(name)
    return known.facet if known else "base"
