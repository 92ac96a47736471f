"""Nautobot as a source: its types, its words for filters and orders, and what it says of itself."""

from __future__ import annotations

import asyncio
import hashlib
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sources.bounds import bounds_beside
from sources.catalog import Catalog, Kind, ObjectType, listed_type, within
from sources.errors import NotFound, NotPermitted, UnknownField
from sources.http import Connection, HttpClient
from sources.nautobot.graphql import GraphQLRefused, GraphQLRoad
from sources.nautobot.knowledge import REMEMBERED, Knowledge
from sources.nautobot.places import Level
from sources.nautobot.reads import Reads
from sources.nautobot.rest import COUNTED, RestRoad
from sources.nautobot.translation import Translator
from sources.nautobot.words import UNITS, WORDS, word
from sources.source import Condition, NativeFilters, Page, Read, SourceStatus
from sources.types import CATALOG
from sources.where import nearest

_SHOWN = (
    "dcim.device",
    "dcim.interface",
    "dcim.site",
    "dcim.rack",
    "dcim.cable",
    "ipam.vlan",
    "ipam.prefix",
    "ipam.ipaddress",
    "circuits.circuit",
    "tenancy.tenant",
    "virtualization.virtualmachine",
)


class NautobotSource:
    """Reads one Nautobot with one token. `site_types` are the location types that are sites."""

    kind = "nautobot"

    def __init__(
        self,
        name: str,
        connection: Connection,
        *,
        schema_folder: Path | None = None,
        graphql: bool = True,
        site_types: Sequence[str] = ("Site",),
    ) -> None:
        self.name = name
        self.http = HttpClient(connection)
        digest = hashlib.sha256(f"{connection.url}|{connection.token}".encode()).hexdigest()[:16]
        self.scope = f"{name}:{digest}"
        self._endpoints: dict[str, str] = {}
        self._rest = RestRoad(self.http, self._endpoints)
        self._graphql = GraphQLRoad(self.http, allowed=graphql)
        self._knowledge = Knowledge(
            self.http, self._rest, self._graphql, site_types, folder=schema_folder, scope=self.scope
        )
        self._reads = Reads(name, self._rest, self._graphql, self._knowledge)
        self._translator = Translator(self._knowledge, self._rest, self._reads.rows)
        self._reads.explain = self._translator.explained
        self._catalog = self._cataloged([words.endpoint for words in WORDS.values()])
        self._discovered = float("-inf")

    @property
    def fuses(self) -> bool:
        """Whether one request answers several reads: by GraphQL, unless it is closed."""
        return self._graphql.usable

    async def catalog(self, *, whole: bool = False) -> Catalog:
        """The types that every Nautobot has; `whole`: exactly those of this one and of its apps."""
        if whole and time.monotonic() - self._discovered > REMEMBERED:
            self._catalog = self._cataloged(await self._knowledge.endpoints())
            self._discovered = time.monotonic()
        return self._catalog

    async def translate(self, type_: ObjectType, conditions: Sequence[Condition]) -> NativeFilters:
        """Say conditions in Nautobot's words. Raises `BadFilter`."""
        beside = await bounds_beside(type_, conditions, self.custom_fields)
        return tuple([await self._translator.native(type_, each) for each in (*conditions, *beside)])

    async def check_order(self, type_: ObjectType, fields: Sequence[str]) -> tuple[str, ...]:
        """An order as Nautobot's `sort` takes it; Nautobot ignores an unknown one, so it is refused here."""
        found = []
        for asked in fields:
            native = _sortable(type_, asked.lstrip("-"))
            if native is None:
                able = [] if type_.generic else [name for name in type_.fields if _sortable(type_, name)]
                raise UnknownField(
                    f'{type_.plural} cannot be ordered by "{asked.lstrip("-")}"',
                    candidates=nearest(asked.lstrip("-"), able),
                    hint="order by one of: " + ", ".join(able[:20]),
                )
            found.append(("-" if asked.startswith("-") else "") + native)
        return tuple(found)

    async def read(self, reads: Sequence[Read]) -> list[Page]:
        """Make the reads of a wave: by GraphQL in one document what it can answer, the rest by REST."""
        return await self._reads.wave(reads)

    async def custom_fields(self, type_: ObjectType) -> Mapping[str, Mapping[str, Any]]:
        """The custom fields of a type: name -> {"type", "choices"}."""
        return await self._knowledge.custom_fields(type_)

    async def choices(self, types: Sequence[ObjectType]) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """What the choice fields of these types take: type -> field -> values."""
        return await self._knowledge.choices(types)

    async def prepare(self) -> None:
        """Read the places, statuses and roles, which also lets Nautobot build its GraphQL schema."""
        await self._knowledge.survey()

    async def status(self) -> SourceStatus:
        """Nautobot's version, whether GraphQL answers, who the token is, and what it may read."""
        about, user, graphql, *probes = await asyncio.gather(
            self.http.get("/api/status/"),
            self._user(),
            self._answers_graphql(),
            *(self._knowledge.may_read(CATALOG[name]) for name in _SHOWN),
        )
        survey = await self._knowledge.survey()
        levels = {
            name: ", ".join(survey.place_types_of(level)) or "none"
            for name, level in (
                ("regions", Level.REGION),
                ("sites", Level.SITE),
                ("locations", Level.LOCATION),
            )
        }
        apps = about.get("nautobot-apps") or about.get("plugins") or {}
        return SourceStatus(
            about.get("nautobot-version", "?"),
            graphql,
            user,
            dict(zip(_SHOWN, probes, strict=True)),
            [
                "location types: " + "; ".join(f"{name} are {types}" for name, types in levels.items()),
                *(f"app {name} {version}" for name, version in apps.items()),
            ],
        )

    def link(self, type_: ObjectType, id_: str) -> str:
        """The address of the object's page in Nautobot."""
        return f"{self.http.base}{self._rest.path(type_).removeprefix('/api')}{id_}/"

    async def close(self) -> None:
        """Close the connections."""
        await self.http.close()

    async def _user(self) -> str:
        """Whose token it is: Nautobot shows a user's own tokens, each as `abc123 (name)`."""
        try:
            answer = await self.http.get("/api/users/tokens/", COUNTED)
        except (NotFound, NotPermitted):
            return ""
        named = [re.search(r"\((.+)\)$", str(row.get("display"))) for row in answer.get("results", ())]
        return next((found[1] for found in named if found), "")

    async def _answers_graphql(self) -> bool:
        try:
            await self._graphql.ask("{__typename}")
        except GraphQLRefused:
            return False
        return True

    def _cataloged(self, endpoints: Sequence[str]) -> Catalog:
        """The catalog as this Nautobot has it."""
        here = set(endpoints)
        known = {name for name, words in WORDS.items() if words.endpoint in here}
        types = [
            replace(within(type_, known), absent=WORDS[name].lacks, units=UNITS.get(name, {}))
            for name, type_ in CATALOG.types.items()
            if name in known
        ]
        taken = {words.endpoint for words in WORDS.values()}
        found = []
        for endpoint in endpoints:
            if endpoint in taken:
                continue
            type_ = listed_type(endpoint)
            self._endpoints[type_.name] = endpoint
            found.append(type_)
        return Catalog(types).with_types(found)


def _sortable(type_: ObjectType, name: str) -> str | None:
    known = type_.fields.get(name)
    if type_.generic or known is None or known.kind is Kind.REFS or known.kind.structured:
        return None
    held = word(type_, name)
    if held.absent or held.level or len(held.paths) > 1 or "." in held.paths[0]:
        return None
    return held.paths[0]
