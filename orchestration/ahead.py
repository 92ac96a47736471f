"""Reads what will be followed from an object while its name is looked for: both together take one round trip."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from cache.reader import Reader
from orchestration.tool import Found, Lookup
from sources.source import Children, ChildrenByName


class ReadAhead:
    """What is read ahead for one lookup; it begins at once."""

    def __init__(self, reader: Reader, lookup: Lookup) -> None:
        self._reader = reader
        self._lookup = lookup
        self._began = time.time()
        reads = [ChildrenByName(each.relation, each.type, lookup.text, each.facets) for each in lookup.ahead]
        self._pages = asyncio.ensure_future(reader.read(reads))

    async def keep(self, objects: Sequence[Found]) -> None:
        """Let the reader know the children of the objects that the name was resolved to.

        A source takes names to the letter here: of an object that is spelled otherwise nothing was read.
        """
        for each, page in zip(self._lookup.ahead, await self._pages, strict=True):
            parents = tuple(
                found.entity["id"]
                for found in objects
                if found.type.name == each.relation.owner
                and found.entity.get(found.type.title) == self._lookup.text
            )
            if parents and page.error is None:
                await self._reader.keep(
                    Children(each.relation, each.type, parents, each.facets), page, self._began
                )

    def give_up(self) -> None:
        """What is not there yet is not needed."""
        self._pages.cancel()
