"""A server's own description of its filters, reduced to what netbrief needs of it, and kept on disk.

The OpenAPI document is 15 to 18 MB and takes the server up to ten seconds to build, so that its digest is
kept between runs, for a day, by address and API version.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sources.http import HttpClient, Params
from sources.kept import Kept

PATIENCE = 6
"""How many times as long as for anything else to wait for a document that is made anew for each reader."""
_FORMAT = "3"


@dataclass(frozen=True, slots=True)
class Digest:
    """Per list endpoint (`dcim/devices`): its filters, its fields' choices, the filters by yes or no."""

    filters: Mapping[str, frozenset[str]]
    choices: Mapping[str, Mapping[str, tuple[str, ...]]]
    flags: Mapping[str, frozenset[str]] = field(default_factory=dict)


class Schema:
    """The digest of one server's schema: read at first use, once, whoever asks."""

    def __init__(self, http: HttpClient, folder: Path | None, path: str, params: Params = ()) -> None:
        self._http = http
        self._folder = folder
        self._path = path
        self._params = params
        self._reading: asyncio.Task[Digest] | None = None

    async def digest(self) -> Digest:
        """The digest, from memory, from disk if it is fresh, or from the server. Raises a `SourceError`.

        A slow server may take longer for it than a call may: reading goes on for the next one.
        """
        if self._reading is None or _failed(self._reading):
            self._reading = asyncio.create_task(self._read())
        return await asyncio.shield(self._reading)

    async def _read(self) -> Digest:
        kept = Kept(
            self._folder, "schema", self._http.base, _FORMAT, self._http.headers.get("API-Version", "")
        )
        digest = _parsed(await asyncio.to_thread(kept.load))
        if digest is None:
            document = await self._http.get(self._path, self._params, patience=PATIENCE)
            digest = await asyncio.to_thread(reduce_document, document)
            await asyncio.to_thread(kept.save, _plain(digest))
        return digest


def _failed(task: asyncio.Task[Digest]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)


def reduce_document(document: Mapping[str, Any]) -> Digest:
    """The digest of an OpenAPI document as drf-spectacular makes it."""
    filters: dict[str, frozenset[str]] = {}
    choices: dict[str, dict[str, tuple[str, ...]]] = {}
    flags: dict[str, frozenset[str]] = {}
    schemas = document.get("components", {}).get("schemas", {})
    for path, operations in document.get("paths", {}).items():
        listing = operations.get("get") if isinstance(operations, dict) else None
        if "{" in path or not listing:
            continue
        endpoint = path.removeprefix("/api").strip("/")
        asked = [each for each in listing.get("parameters", ()) if each.get("in") == "query"]
        filters[endpoint] = frozenset(each["name"] for each in asked)
        flags[endpoint] = frozenset(
            each["name"] for each in asked if each.get("schema", {}).get("type") == "boolean"
        )
        choices[endpoint] = _choices(schemas, _row_schema(schemas, listing))
    return Digest(filters, choices, flags)


def _row_schema(schemas: Mapping[str, Any], listing: Mapping[str, Any]) -> Mapping[str, Any]:
    page = (
        listing.get("responses", {})
        .get("200", {})
        .get("content", {})
        .get("application/json", {})
        .get("schema", {})
    )
    items = _resolved(schemas, page).get("properties", {}).get("results", {}).get("items", {})
    return _resolved(schemas, items)


def _choices(schemas: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The values of each field that takes only certain ones, be they told as `{value, label}` or plainly."""
    found = {}
    for name, held in row.get("properties", {}).items():
        plain = _resolved(schemas, held)
        value = plain.get("properties", {}).get("value", plain)
        allowed = _resolved(schemas, value).get("enum")
        if allowed:
            found[name] = tuple(str(each) for each in allowed if each not in ("", None))
    return found


def _resolved(schemas: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return schemas.get(name, {}) if name else schema


def _plain(digest: Digest) -> dict[str, Any]:
    return {
        "filters": {name: sorted(held) for name, held in digest.filters.items()},
        "choices": digest.choices,
        "flags": {name: sorted(held) for name, held in digest.flags.items()},
    }


def _parsed(kept: Any) -> Digest | None:
    try:
        return Digest(
            {name: frozenset(held) for name, held in kept["filters"].items()},
            {name: {key: tuple(v) for key, v in held.items()} for name, held in kept["choices"].items()},
            {name: frozenset(held) for name, held in kept["flags"].items()},
        )
    except (KeyError, TypeError, AttributeError):
        return None
