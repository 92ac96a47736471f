"""The reads of a wave: each by the road that can answer it, and what is made of the rows."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from itertools import groupby

from sources.batches import by_count, by_length
from sources.catalog import RAW, ObjectType
from sources.entities import wanted
from sources.errors import BadFilter, NotPermitted, Rejected, SourceMisbehaved
from sources.lists import check_size, warn_of_gap
from sources.nautobot.far_ends import name_all, unnamed
from sources.nautobot.graphql import BAD_VALUE, PAGE, GraphQLRefused, GraphQLRoad, Listed, Listing, Row, just
from sources.nautobot.knowledge import LONG_REMEMBERED, REMEMBERED, Knowledge
from sources.nautobot.literals import Literal, literals
from sources.nautobot.rest import (
    RestRoad,
    child_filters,
    filter_by_name,
    in_queries,
    meant,
)
from sources.nautobot.rows import from_graphql, from_rest, selection
from sources.nautobot.survey import survey_query
from sources.nautobot.words import FAR_ENDS, NESTED, WORDS, Nesting, asked_singly, word
from sources.parts import any_of, length
from sources.receipt import receipt
from sources.source import ByIds, Children, ChildrenByName, Entity, Match, NativeFilters, Page, Read
from sources.types import CATALOG

PARENTS = 250
"""Parents in one list: enough that few are needed, few enough that their rows seldom need a second page."""
ORDERED = 5000
"""Rows of which all ids are read to tell their order for sure; more are a window that REST reads sorted."""

Explain = Callable[[Read, Rejected], Awaitable[BadFilter]]


class Reads:
    """Makes the reads of one source. `explain` puts a refusal into words."""

    explain: Explain

    def __init__(self, name: str, rest: RestRoad, graphql: GraphQLRoad, knowledge: Knowledge) -> None:
        self._name = name
        self._rest = rest
        self._graphql = graphql
        self._knowledge = knowledge
        self._refused: dict[tuple[str, str], float] = {}

    async def wave(self, reads: Sequence[Read]) -> list[Page]:
        """The pages of the reads, in their order."""
        empty = {id(read) for read in reads if _finds_nothing(read)}
        asked = [read for read in reads if id(read) not in empty]
        if any(not read.type.generic and WORDS[read.type.name].level for read in asked):
            await self._knowledge.survey()
        fused = [read for read in asked if self._by_graphql(read)]
        rest = [read for read in asked if not any(read is each for each in fused)]
        by_graphql, by_rest = await asyncio.gather(
            self._fused(fused), asyncio.gather(*(self._plain(read) for read in rest))
        )
        pages = {id(r): page for r, page in zip([*fused, *rest], [*by_graphql, *by_rest], strict=True)}
        return [pages.get(id(read)) or Page() for read in reads]

    async def rows(self, read: Read) -> list[Entity]:
        """The rows of one read."""
        return (await self.wave([read]))[0].rows

    def _by_graphql(self, read: Read) -> bool:
        if not self._graphql.usable or read.type.generic or RAW in read.facets:
            return False
        if not WORDS[read.type.name].listing:
            return False
        if self._refused.get(_mark(read), 0.0) > time.monotonic() or _by_rest(read):
            return False
        if isinstance(read, Match):
            # A name becomes a part of the document: it must be one.
            named = all(re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII) for name, _ in read.filters)
            counted = read.limit == 0 and not _doubling(read) and len(in_queries(read.filters)) == 1
            return named and not read.order and not counted and not self._ignored(read)
        return True

    def _ignored(self, read: Match) -> bool:
        """Whether GraphQL would take a filter for none: Nautobot drops a list of nothing but zeros there."""
        kinds = self._literals(read.type, read.filters)
        numbers = [values for name, values in read.filters if kinds[name] is Literal.NUMBER]
        return any(all(re.fullmatch(r"-?0+(\.0+)?", value) for value in values) for values in numbers)

    def _literals(self, type_: ObjectType, filters: NativeFilters) -> dict[str, Literal]:
        names = [name for name, _ in filters]
        told = self._knowledge.filters.loaded(WORDS[type_.name].listing)
        kinds = literals(type_, names, self._knowledge.custom_types(type_))
        return kinds | {name: told[name] for name in names if name in told}

    def _listings(self, read: Read) -> list[Listing]:
        standing = self._knowledge.standing(read.type)
        if standing is None:
            return []
        match read:
            case Match():
                filters = (*standing, *read.filters)
                queries = any_of(filters, asked_singly(filters))
                if _doubling(read) or read.limit == 0 or len(queries) > 1:
                    return [self._listing(read, query) for query in queries]
                limit = PAGE if read.limit is None else min(read.limit + 1, PAGE)
                listing = self._listing(read, filters)
                rows = replace(listing, limit=limit, offset=read.offset)
                return [rows, self._ordered(read, listing)] if read.offset else [rows]
            case ByIds():
                queries = [(("id", batch),) for batch in by_count(read.ids, PAGE)]
            case Children():
                nesting = NESTED.get(read.relation.key)
                if nesting:
                    batches = by_count(read.parents, PARENTS)
                    return [each for batch in batches for each in self._nested(read, nesting, batch)]
                queries = [
                    ((name, batch),)
                    for batch in by_count(read.parents, PARENTS)
                    for name in child_filters(read)
                ]
            case ChildrenByName():
                queries = [((filter_by_name(read), (read.name,)),)]
        # Nautobot cuts no list: what belongs to a batch of parents comes in one piece.
        return [self._listing(read, (*standing, *query)) for query in queries]

    @staticmethod
    def _ordered(read: Match, listing: Listing) -> Listing:
        """Every row that matches, by nothing but what its place in the order depends on."""
        title = word(read.type, read.type.title).select
        return replace(listing, select=just(f"id {title}"), limit=ORDERED + 1, offset=0)

    def _listing(self, read: Read, filters: NativeFilters) -> Listing:
        name, kinds = WORDS[read.type.name].listing, self._literals(read.type, filters)
        if isinstance(read, Match) and read.limit == 0:
            return Listing(name, filters, kinds, just("id") | just(_told_apart(read)))
        only = read.only if isinstance(read, Match) else frozenset()
        select = selection(read.type, read.facets, only) | just(_told_apart(read))
        return Listing(name, filters, kinds, select)

    def _nested(self, read: Children, nesting: Nesting, parents: tuple[str, ...]) -> list[Listing]:
        """The parents, each with its children in lists of its own, and the children that stand in none."""
        name, listings = WORDS[read.relation.owner].listing, []
        for each in nesting.lists:
            owned = word(read.type, each.of).select if each.of else ""
            select = {new: old for new, old in selection(read.type, read.facets).items() if new != owned}
            owners = Listing(name, (("id", parents),), {}, select)
            listings.append(replace(owners, within=each.name, owned=owned, rows_a_parent=each.rows))
        if nesting.beyond:
            listings.append(self._listing(read, tuple((name, parents) for name in nesting.beyond)))
        return listings

    async def _fused(self, reads: Sequence[Read]) -> list[Page]:
        if not reads:
            return []
        plan = [(read, self._listings(read)) for read in reads]
        listings = [each for _, several in plan for each in several]
        found, beside = await (
            self._graphql.read(listings)
            if self._knowledge.fresh
            else self._graphql.read(listings, survey_query)
        )
        self._knowledge.surveyed(beside)
        await self._knowledge.survey()
        parts = iter(found)
        settled = [(read, several, [next(parts) for _ in several]) for read, several in plan]
        return list(await asyncio.gather(*(self._settled(*each) for each in settled)))

    async def _settled(self, read: Read, listings: Sequence[Listing], found: Sequence[Listed]) -> Page:
        if not listings:
            return Page()
        for each in found:
            if each.error:
                raise await self.explain(read, each.error)
        if any(each.refused for each in found):
            page = await self._plain(read)
            # Only what REST can answer is GraphQL's own weakness; a bad filter has raised by now.
            self._refused[_mark(read)] = time.monotonic() + REMEMBERED
            return page
        told = [
            row for listing, each in zip(listings, found, strict=True) for row in listing.unfolded(each.rows)
        ]
        rows = list({row["id"]: row for row in told}.values())
        if rows:
            self._knowledge.may_read_for_sure(read.type)
        elif not await self._knowledge.may_read(read.type):
            raise NotPermitted(f"{self._name} does not let this token read {read.type.plural}")
        total = len(rows)
        if isinstance(read, Match):
            try:
                rows, total = await self._matched(read, listings[0], found)
            except GraphQLRefused:
                return await self._plain(read)
        await self._name_far_ends(rows)
        only = read.only if isinstance(read, Match) else frozenset()
        places = self._knowledge.last_survey.places
        entities = from_graphql(read.type, read.facets, rows, places, only)
        await self._tell_hidden(read, entities, only)
        return Page(entities, total)

    async def _matched(self, read: Match, listing: Listing, found: Sequence[Listed]) -> tuple[list[Row], int]:
        """The rows of a query that were asked for, and how many there are in all."""
        rows = found[0].rows
        if listing.limit is None:
            distinct = meant(read, {row["id"]: row for each in found for row in each.rows}.values())
            return _part(distinct, read), len(distinct)
        if not read.offset and len(rows) < listing.limit:
            return rows, len(rows)
        if read.limit is None or read.limit >= PAGE:
            return await self._long(read, listing, rows)
        if len(found) > 1:
            ordered = found[1].rows
        else:
            answer, _ = await self._graphql.read([self._ordered(read, listing)])
            ordered = _good(answer)[0].rows
        if len(ordered) > ORDERED:
            self._refused[_mark(read)] = time.monotonic() + REMEMBERED
            raise GraphQLRefused
        window = [row["id"] for row in _part(_untied(read, ordered), read)]
        return await self._these(listing, window, rows), len(ordered)

    async def _these(self, listing: Listing, ids: Sequence[str], rows: Sequence[Row]) -> list[Row]:
        """Rows of these ids, in their order: those at hand, and the missing ones read."""
        held = {row["id"]: row for row in rows}
        missing = [id_ for id_ in ids if id_ not in held]
        if missing:
            batches = [
                replace(listing, filters=(("id", batch),), limit=None, offset=0)
                for batch in by_count(missing, PAGE)
            ]
            more, _ = await self._graphql.read(batches)
            held |= {row["id"]: row for each in _good(more) for row in each.rows}
        return [held[id_] for id_ in ids if id_ in held]

    async def _long(self, read: Match, listing: Listing, rows: list[Row]) -> tuple[list[Row], int]:
        """The rest of a long list, in pages side by side."""
        total = await self._count(read.type, listing)
        check_size(read.type, total - read.offset if read.limit is None else read.limit)
        end = total if read.limit is None else min(total, read.offset + read.limit)
        starts = range(read.offset + len(rows), end, PAGE)
        more = [replace(listing, limit=min(PAGE, end - start), offset=start) for start in starts]
        found, _ = await self._graphql.read(more)
        several = [*rows[: end - read.offset], *(row for each in _good(found) for row in each.rows)]
        distinct = list({row["id"]: row for row in several}.values())
        if len(distinct) < len(several):
            # Rows of equal rank change places between two pages: then one comes twice and another never.
            whole, _ = await self._graphql.read([replace(listing, select=just("id"), limit=None, offset=0)])
            ids = [row["id"] for row in _good(whole)[0].rows][read.offset : end]
            distinct = await self._these(listing, ids, distinct)
        warn_of_gap(read.type, len(distinct), end - read.offset)
        return distinct, total

    async def _count(self, type_: ObjectType, listing: Listing) -> int:
        if len(in_queries(listing.filters)) == 1:
            return await self._rest.count(type_, listing.filters)
        found, _ = await self._graphql.read([replace(listing, select=just("id"), limit=None, offset=0)])
        return len({row["id"] for each in _good(found) for row in each.rows})

    async def _name_far_ends(self, rows: Sequence[Row]) -> None:
        """Name all far ends of the ports that have several: one more document, where there are breakouts."""
        bare = unnamed(rows)
        if not bare:
            return
        known = {type_: ids for type_, ids in bare.items() if type_ in FAR_ENDS}
        listings = [
            Listing(FAR_ENDS[type_][0], (("id", tuple(batch)),), {}, just(FAR_ENDS[type_][1]))
            for type_, ids in known.items()
            for batch in by_count(ids, PAGE)
        ]
        found, _ = await self._graphql.read(listings)
        if known.keys() < bare.keys() or any(each.refused or each.error for each in found):
            receipt().warn(f"{self._name} did not name all far ends of breakout cables: some are missing")
        name_all(rows, {row["id"]: row for each in found for row in each.rows})

    async def _plain(self, read: Read) -> Page:
        try:
            return await self._by_rest(read)
        except Rejected as error:
            raise await self.explain(read, error) from error
        except SourceMisbehaved as error:
            if isinstance(read, Match) and read.filters and BAD_VALUE.search(error.what):
                words = error.what.partition("answered 500: ")[2]
                raise await self.explain(read, Rejected(words, {"": words})) from error
            raise

    async def _by_rest(self, read: Read) -> Page:
        if not read.type.generic:
            await self._knowledge.survey()
        standing = self._knowledge.standing(read.type)
        if standing is None:
            return Page()
        match read:
            case Match():
                filters = (*standing, *read.filters)
                rows, total = await self._rest.match(read, filters, doubling=_doubling(read))
            case ByIds():
                batches = by_length("id", read.ids, taken=length(standing) + 100)
                rows = await self._rest.by_filters(read, [(*standing, ("id", batch)) for batch in batches])
                total = len(rows)
            case Children():
                queries = [
                    (*standing, (name, batch))
                    for name in child_filters(read)
                    for batch in by_length(name, read.parents, taken=length(standing) + 100)
                ]
                rows = await self._rest.by_filters(read, queries)
                if WORDS[read.type.name].named_only:
                    rows += await self._rest.of_unnamed(read, rows)
                total = len(rows)
            case ChildrenByName():
                query = (*standing, (filter_by_name(read), (read.name,)))
                rows = await self._rest.by_filters(read, [query])
                total = len(rows)
        only = read.only if isinstance(read, Match) else frozenset()
        places = self._knowledge.last_survey.places
        return Page(from_rest(read.type, read.facets, rows, places, only), total)

    async def _tell_hidden(self, read: Read, rows: Sequence[Entity], only: frozenset[str]) -> None:
        """Say which references are missing because the token may not read what they refer to.

        GraphQL leaves such a reference out, as if there were none.
        """
        targets: dict[str, list[str]] = {}
        for each in wanted(read.type, read.facets, only):
            known = each.target in WORDS and not word(read.type, each.name).absent
            if rows and known and not any(row.get(each.name) for row in rows):
                targets.setdefault(str(each.target), []).append(each.name)
        allowed = await asyncio.gather(
            *(self._knowledge.may_read(CATALOG[name], LONG_REMEMBERED) for name in targets)
        )
        for (name, fields), may in zip(targets.items(), allowed, strict=True):
            if not may:
                receipt().warn(
                    f"{self._name} does not let this token read {CATALOG[name].plural}: "
                    f"{', '.join(fields)} of {read.type.plural} may be missing"
                )


def _by_rest(read: Read) -> bool:
    """Whether GraphQL does not tell all that is wanted."""
    only = read.only if isinstance(read, Match) else frozenset()
    return any(word(read.type, each.name).by_rest for each in wanted(read.type, read.facets, only))


def _finds_nothing(read: Read) -> bool:
    """Whether a read cannot have rows: no ids, or a relation through a field that Nautobot lacks."""
    match read:
        case ByIds():
            return not read.ids
        case Children():
            return not read.parents or not child_filters(read)
        case Match() | ChildrenByName():
            return False


def _doubling(read: Read) -> bool:
    """Whether Nautobot repeats the rows of a read or finds others too, so that its count is wrong."""
    words = WORDS.get(read.type.name)
    if not isinstance(read, Match) or words is None:
        return False
    return any(name in words.doubling or name in words.coarse for name, _ in read.filters)


def _told_apart(read: Read) -> str:
    """What must be selected to tell the rows that are meant from those that Nautobot finds beyond them."""
    words = WORDS[read.type.name]
    names = [name for name, _ in read.filters] if isinstance(read, Match) else []
    return " ".join(f"{words.coarse[name]}{{id}}" for name in names if name in words.coarse)


def _part(rows: list[Row], read: Match) -> list[Row]:
    return rows[read.offset : None if read.limit is None else read.offset + read.limit]


def _untied(read: Match, rows: Sequence[Row]) -> list[Row]:
    """Rows in their order, those of equal title (unnamed devices) by id: else they come in any order."""
    title = read.type.title
    alike = groupby(rows, key=lambda row: row.get(title))
    return [row for _, several in alike for row in sorted(several, key=lambda row: str(row["id"]))]


def _good(found: Sequence[Listed]) -> Sequence[Listed]:
    if any(each.refused or each.error for each in found):
        raise GraphQLRefused
    return found


def _mark(read: Read) -> tuple[str, str]:
    """What a read is remembered by once GraphQL could not answer it: its fields and its filters."""
    names = ",".join(sorted(name for name, _ in read.filters)) if isinstance(read, Match) else ""
    return read.type.name, f"{','.join(sorted(read.facets))}|{names}"
