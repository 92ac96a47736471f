"""NetBox's GraphQL road: the reads of a wave fused into few documents, every list paged to its end.

NetBox cuts each list at 1,000 rows without a sign, allows ten aliases a document, and answers an
empty list where the token may not read: so lists are paged until a short page, and the adapter asks REST
before it believes an empty one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from sources.batches import by_count
from sources.errors import NotFound, Rejected, SourceError, SourceMisbehaved
from sources.http import HttpClient
from sources.netbox.rows import from_graphql, selection
from sources.netbox.words import WORDS
from sources.source import ByIds, Children, Entity

PAGE = 1000
ALIASES = 8
PARENTS = 250
"""Parents in one list: enough that few are needed, few enough that their rows seldom need a second page."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of one document: a batch of one read."""

    read: ByIds | Children
    filters: str

    def text(self, alias: str, offset: int) -> str:
        """The list as it stands in a document."""
        type_ = self.read.type
        page = f"pagination:{{offset:{offset},limit:{PAGE}}}"
        return f"{alias}:{WORDS[type_.name].listing}(filters:{self.filters},{page}){{{selection(type_, self.read.facets)}}}"


class GraphQLRefused(Exception):
    """This server cannot read that by GraphQL: the road is switched off, or it lacks a field or a filter."""


class GraphQLRoad:
    """Makes reads by GraphQL; `usable` turns False where the server has it switched off."""

    def __init__(self, http: HttpClient) -> None:
        self._http = http
        self.usable = True

    async def read(self, reads: Sequence[ByIds | Children]) -> list[list[Entity] | None]:
        """The rows of each read; None where it has to go by REST."""
        listings = [each for read in reads for each in _listings(read)]
        documents = [tuple(listings[i : i + ALIASES]) for i in range(0, len(listings), ALIASES)]
        parts = await asyncio.gather(*(self._document(document) for document in documents))
        rows: dict[int, list[Entity] | None] = {id(read): [] for read in reads}
        for document, part in zip(documents, parts, strict=True):
            for listing, found in zip(document, part, strict=True):
                kept = rows[id(listing.read)]
                rows[id(listing.read)] = None if found is None or kept is None else kept + found
        return [rows[id(read)] for read in reads]

    async def probe(self) -> None:
        """Find out whether the server answers GraphQL at all."""
        try:
            await self._ask("{__typename}")
        except GraphQLRefused:
            return

    async def _document(self, listings: tuple[Listing, ...]) -> list[list[Entity] | None]:
        try:
            return list(await self._pages(listings))
        except GraphQLRefused:
            if len(listings) == 1 or not self.usable:
                return [None for _ in listings]
        # One list that the server cannot answer fails the whole document: tell the good from the bad.
        return [(await self._document((listing,)))[0] for listing in listings]

    async def _pages(self, listings: tuple[Listing, ...]) -> list[list[Entity]]:
        found: list[list[Entity]] = [[] for _ in listings]
        open_ = dict.fromkeys(range(len(listings)), 0)
        while open_:
            data = await self._ask(
                "{" + " ".join(listings[i].text(f"r{i}", offset) for i, offset in open_.items()) + "}"
            )
            still = {}
            for i, offset in open_.items():
                read, rows = listings[i].read, data[f"r{i}"]
                found[i] += [from_graphql(read.type, read.facets, row) for row in rows]
                if len(rows) == PAGE:
                    still[i] = offset + PAGE
            open_ = still
        return found

    async def _ask(self, query: str) -> dict[str, list[dict[str, object]]]:
        try:
            answer = await self._http.post("/graphql/", {"query": query})
        except (NotFound, SourceMisbehaved) as error:
            # Switched off it is a 404, behind a login page a redirect: neither comes back by itself.
            self.usable = not isinstance(error, NotFound) and "sends us elsewhere" not in error.what
            raise GraphQLRefused from error
        except Rejected as error:
            raise GraphQLRefused from error
        except SourceError:
            raise
        if not isinstance(answer, dict) or answer.get("errors") or not isinstance(answer.get("data"), dict):
            raise GraphQLRefused
        return dict(answer["data"])


def _listings(read: ByIds | Children) -> list[Listing]:
    if isinstance(read, ByIds):
        return [Listing(read, f"{{id:{{in_list:{_ids(batch)}}}}}") for batch in by_count(read.ids, PAGE)]
    return [
        Listing(read, _refers_to(read, via, batch))
        for batch in by_count(read.parents, PARENTS)
        for via in read.relation.via
    ]


def _refers_to(read: Children, via: str, batch: tuple[str, ...]) -> str:
    # A join over a to-many relation repeats rows; DISTINCT makes them one.
    many = read.type.fields[via].name.startswith("tagged")
    return f"{{{via}:{{id:{{in_list:{_ids(batch)}}}}}{',DISTINCT:true' if many else ''}}}"


def _ids(batch: tuple[str, ...]) -> str:
    return orjson.dumps(batch).decode()
