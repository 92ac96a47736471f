"""`status`: sources reachable, versions, permissions of the token, cache, freshness."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from cache.reader import Reader
from cache.store import Store
from orchestration.answer import Answer, Section
from orchestration.tool import Arguments
from orchestration.words.model import Model
from sources.errors import NetbriefError
from sources.receipt import receipt

NAME = "status"
TITLE = "Sources, permissions and cache"
DESCRIPTION = (
    "Which sources are configured and reachable, their versions, what the token may not read, and how the cache "
    "does. Call it when answers look wrong or incomplete."
)


class StatusArguments(Arguments):
    """Nothing but what every tool takes."""


async def status(
    readers: Mapping[str, Reader], store: Store, faults: Sequence[str] = (), model: Model | None = None
) -> Answer:
    """The state of every source, of the cache and of the model, and the `faults` of the settings.

    A source that fails is reported, never raised.
    """
    rows = await asyncio.gather(*(_row(name, reader) for name, reader in readers.items()))
    held = await store.stats()
    cache = {
        "kind": held.kind,
        "healthy": held.healthy,
        "entries": held.entries,
        "bytes": held.bytes,
        "hits": held.hits,
        "misses": held.misses,
    }
    broken = [row for row in rows if not row[2]]
    works = "works" if held.healthy else "does not work"
    words = f"{len(rows) - len(broken)} of {len(rows)} sources answer; the cache ({held.kind}) {works}"
    columns = ("source", "kind", "reachable", "version", "graphql", "user", "not_readable", "detail")
    warnings = (store.fault,) if store.fault else ()
    return Answer(
        words,
        (Section("sources", columns, rows, len(rows)),),
        {"cache": cache, **({"model": _used(model)} if model else {})},
        complete=not broken,
        warnings=(*warnings, *faults, *receipt().warnings),
    )


def _used(model: Model) -> dict[str, Any]:
    """What the model was asked since the start, without asking it now: that would cost."""
    use = model.use
    found = {
        "name": model.endpoint.model,
        "calls": use.calls,
        "failures": use.failures,
        "tokens_in": use.tokens_in,
        "tokens_out": use.tokens_out,
        "usd": model.endpoint.cost(use.tokens_in, use.tokens_out),
        "last_failure": use.last_failure,
    }
    return {name: value for name, value in found.items() if value not in (None, "")}


async def _row(name: str, reader: Reader) -> list[Any]:
    source = reader.source
    try:
        found = await source.status()
    except NetbriefError as error:
        return [name, source.kind, False, None, None, None, None, error.in_words()[:300]]
    hidden = [type_ for type_, readable in found.readable.items() if not readable]
    return [
        name,
        source.kind,
        True,
        found.version,
        found.graphql,
        found.user,
        hidden,
        "; ".join(found.notes)[:200],
    ]
