"""Reads what a lexicon is made of from a source, and keeps the lexicon for a while."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping, Sequence

from cache.reader import Reader
from orchestration.resolve import INDEXED
from orchestration.steps import BASE_ONLY
from orchestration.words.lexicon import Lexicon, Vocabulary
from sources.catalog import BASE, Catalog, Kind
from sources.errors import NetbriefError
from sources.source import Match
from sources.types import DETAILS

KEPT = 300.0
"""Seconds that a lexicon is used before its words are looked at again, which the cache mostly has."""


class Lexicons:
    """The lexicon of each source as each token sees it."""

    def __init__(self, cues: Iterable[str] = (), words: Iterable[str] = ()) -> None:
        self._cues, self._words = frozenset(cues), frozenset(words)
        self._kept: dict[str, tuple[float, Vocabulary, Lexicon]] = {}
        self._lock = asyncio.Lock()

    async def of(self, reader: Reader) -> Lexicon:
        """The lexicon of the source that is read. Raises a `SourceError` if nothing of it can be read."""
        async with self._lock:
            scope = reader.source.scope
            held = self._kept.get(scope)
            if held is not None and time.monotonic() - held[0] < KEPT:
                return held[2]
            vocabulary = await read_vocabulary(reader)
            lexicon = (
                held[2]
                if held is not None and held[1] == vocabulary
                else Lexicon(vocabulary, self._cues, self._words)
            )
            self._kept[scope] = (time.monotonic(), vocabulary, lexicon)
            return lexicon


async def read_vocabulary(reader: Reader) -> Vocabulary:
    """The names of all small types, the choices and the custom fields, in one wave of reads."""
    catalog = await reader.source.catalog(whole=True)
    small = [type_ for type_ in catalog.types.values() if type_.small and not type_.generic]
    names, choices, custom = await asyncio.gather(
        reader.read([Match(type_, (), BASE_ONLY, limit=INDEXED) for type_ in small]),
        _choices(reader, catalog),
        _custom(reader, catalog),
    )
    known = {
        type_.name: [
            (str(row[type_.title]), str(row.get("slug") or "")) for row in page.rows if row.get(type_.title)
        ]
        for type_, page in zip(small, names, strict=True)
    }
    if small and all(page.error is not None for page in names):
        raise next(page.error for page in names if page.error is not None)
    return Vocabulary(catalog, known, choices, custom)


async def _choices(reader: Reader, catalog: Catalog) -> Mapping[str, Mapping[str, Sequence[str]]]:
    try:
        return await reader.source.choices([type_ for type_ in catalog.types.values() if not type_.generic])
    except NetbriefError:
        return {}  # Names and types are understood without them.


_KINDS: Mapping[str, Kind] = {
    "integer": Kind.INT,
    "decimal": Kind.NUMBER,
    "boolean": Kind.BOOL,
    "date": Kind.DATE,
    "datetime": Kind.DATE,
}


async def _custom(reader: Reader, catalog: Catalog) -> Mapping[str, tuple[Kind, Sequence[str]]]:
    type_ = catalog["extras.customfield"]
    [page] = await reader.read([Match(type_, (), frozenset({BASE, DETAILS}), limit=INDEXED)])
    return {
        str(row["name"]): (
            _KINDS.get(str(row.get("type")), Kind.TEXT),
            [name for name in row.get("object_types") or () if name in catalog],
        )
        for row in page.rows
        if row.get("name")
    }
