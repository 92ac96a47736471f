"""What Nautobot lets a table be filtered by, and with what choices, by its own account.

GraphQL tells it in a quarter of a second, kept on disk for a day; the OpenAPI document, which takes five to
nine, is asked where GraphQL is switched off. It must be asked: Nautobot refuses an unknown filter, but
ignores a yes or no that is neither, and then answers with the whole table.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sources.catalog import ObjectType
from sources.kept import Kept
from sources.nautobot.graphql import GraphQLRefused, GraphQLRoad
from sources.nautobot.literals import Literal
from sources.nautobot.words import WORDS
from sources.openapi import Schema
from sources.values import enum_value

_ABOUT = "type{name kind ofType{name}}"
_QUERY = f'{{__type(name:"Query"){{fields{{name {_ABOUT} args{{name {_ABOUT}}}}}}}}}'
_CONTROLS = frozenset({"limit", "offset", "sort", "depth", "include", "exclude_m2m", "format"})
_LITERALS: Mapping[str, Literal] = {
    "Boolean": Literal.BOOL,
    "Int": Literal.NUMBER,
    "Float": Literal.NUMBER,
    "BigInt": Literal.NUMBER,
}


class Filters:
    """The filters of each table: read at first need, once, whoever asks."""

    def __init__(self, graphql: GraphQLRoad, schema: Schema, folder: Path | None, scope: str) -> None:
        self._graphql = graphql
        self._schema = schema
        self._kept = Kept(folder, "filters", scope)
        self._lock = asyncio.Lock()
        self._lists: dict[str, Any] | None = None
        self._from_disk = False

    def loaded(self, listing: str) -> Mapping[str, Literal]:
        """What is known so far of a list's filters."""
        held = (self._lists or {}).get(listing, {})
        return {name: Literal(kind) for name, kind in held.get("filters", {}).items()}

    async def of(self, type_: ObjectType, endpoint: str, name: str = "") -> Mapping[str, Literal]:
        """The filters of a type and how their values are written; read anew if `name` is not among them."""
        listing = _listing(type_, endpoint)
        if listing in await self._read():
            if name and self._from_disk and name not in self.loaded(listing):
                self._lists, self._from_disk = None, False
                await self._read(anew=True)
            return self.loaded(listing)
        digest = await self._schema.digest()
        flags = digest.flags.get(endpoint, frozenset())
        names = digest.filters.get(endpoint, frozenset()) - _CONTROLS
        return {name: Literal.BOOL if name in flags else Literal.TEXT for name in names}

    async def choices(self, type_: ObjectType, endpoint: str, field: str) -> Sequence[str]:
        """The values that a field of a type takes; none where it takes any."""
        held = (await self._read()).get(_listing(type_, endpoint))
        if held:
            fields = await self._fields_of(held["type"])
            if fields is not None:
                return fields.get(held["type"], {}).get(field, ())
        digest = await self._schema.digest()
        return digest.choices.get(endpoint, {}).get(field, ())

    async def choices_of(self, types: Sequence[ObjectType]) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """The values of all fields of these types that take only certain ones: type -> field -> values."""
        lists = await self._read()
        rows = {t.name: lists[WORDS[t.name].listing]["type"] for t in types if WORDS[t.name].listing in lists}
        found = await self._fields_of(*dict.fromkeys(rows.values()))
        if found is not None:
            return {name: found.get(row, {}) for name, row in rows.items()}
        digest = await self._schema.digest()
        return {type_.name: digest.choices.get(WORDS[type_.name].endpoint, {}) for type_ in types}

    async def _fields_of(self, *names: str) -> dict[str, dict[str, tuple[str, ...]]] | None:
        """The fields with an enumeration of each GraphQL type, all in one request; None without GraphQL."""
        inner = "name enumValues{name}"
        about = f"{{name fields{{name type{{{inner} ofType{{{inner}}}}}}}}}"
        parts = [f't{number}:__type(name:"{name}"){about}' for number, name in enumerate(names)]
        try:
            data, _ = await self._graphql.ask(f"{{{' '.join(parts)}}}")
        except GraphQLRefused:
            return None
        return {row["name"]: _enumerated(row.get("fields") or ()) for row in data.values() if row}

    async def _read(self, *, anew: bool = False) -> dict[str, Any]:
        async with self._lock:
            if self._lists is None and not anew:
                kept = await asyncio.to_thread(self._kept.load)
                if isinstance(kept, dict) and kept:
                    self._lists, self._from_disk = kept, True
            if self._lists is None:
                try:
                    data, _ = await self._graphql.ask(_QUERY)
                except GraphQLRefused:
                    return {}
                self._lists = lists_of(data)
                await asyncio.to_thread(self._kept.save, self._lists)
            return self._lists


def _enumerated(fields: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    found = {}
    for each in fields:
        values = each["type"].get("enumValues") or (each["type"].get("ofType") or {}).get("enumValues")
        if values:
            found[each["name"]] = tuple(enum_value(value["name"]) for value in values)
    return found


def lists_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """The lists of a schema, with the type of their rows and of their arguments."""
    found = {}
    for each in (data.get("__type") or {}).get("fields") or ():
        arguments = {one["name"]: one["type"] for one in each["args"]}
        if "limit" not in arguments:
            continue
        found[each["name"]] = {
            "type": (each["type"].get("ofType") or each["type"])["name"],
            "filters": {
                name: str(_LITERALS.get((about.get("ofType") or about)["name"], Literal.TEXT))
                for name, about in arguments.items()
                if name not in _CONTROLS and not name.startswith("_")
            },
        }
    return found


def _listing(type_: ObjectType, endpoint: str) -> str:
    known = WORDS.get(type_.name)
    return (known.listing if known else "") or endpoint.rpartition("/")[2].replace("-", "_")
