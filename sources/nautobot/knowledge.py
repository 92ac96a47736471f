"""What is known of a Nautobot and of the token: read when it is first needed, and believed for a while."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sources.catalog import Kind, ObjectType
from sources.errors import NotFound, NotPermitted
from sources.http import HttpClient
from sources.kept import Kept
from sources.nautobot.filters import Filters
from sources.nautobot.graphql import GraphQLRefused, GraphQLRoad, Row
from sources.nautobot.rest import RestRoad
from sources.nautobot.survey import Survey, survey_by_rest, survey_of, survey_query
from sources.nautobot.words import WORDS, model, word
from sources.openapi import Schema
from sources.source import NativeFilters

LONG_REMEMBERED = 3600.0
"""Seconds that a type is believed to be readable where only a reference to it depends on that."""
REMEMBERED = 300.0
"""Seconds that a finding about the server or the token (locations, statuses, permissions) is believed."""
_NO_APPS = frozenset({"apps", "graphql", "plugins", "status", "ui"})
_NO_LISTS = frozenset({"dcim/connected-device", "users/config", "plugins/installed-plugins"})


class Knowledge:
    """The findings about one server as one token sees it."""

    def __init__(
        self,
        http: HttpClient,
        rest: RestRoad,
        graphql: GraphQLRoad,
        site_types: Sequence[str],
        *,
        folder: Path | None,
        scope: str,
    ) -> None:
        self._http = http
        self._rest = rest
        self._graphql = graphql
        self._site_types = tuple(site_types)
        self.filters = Filters(graphql, Schema(http, folder, "/api/swagger.json"), folder, scope)
        self._roots = Kept(folder, "roots", scope)
        self._survey: tuple[float, Survey] | None = None
        self._surveying = asyncio.Lock()
        self._readable: dict[str, tuple[float, bool]] = {}
        self._custom: dict[str, tuple[float, dict[str, dict[str, Any]]]] = {}

    @property
    def fresh(self) -> bool:
        """Whether there is a survey that is still believed."""
        return self._survey is not None and time.monotonic() - self._survey[0] <= REMEMBERED

    @property
    def last_survey(self) -> Survey:
        """The survey as it was last read; an empty one before that."""
        return self._survey[1] if self._survey else Survey()

    def surveyed(self, answer: Row | None) -> None:
        """Take in a survey that came with another answer."""
        if answer and "s_places" in answer:
            survey = survey_of(answer, self._site_types)
            self._survey = (time.monotonic(), survey)
            for name, words in WORDS.items():
                if words.listing in survey.shown:
                    self._readable[name] = (time.monotonic(), True)

    async def survey(self) -> Survey:
        """The locations, statuses and roles, read anew where they are missing or old."""
        async with self._surveying:
            if not self.fresh:
                try:
                    answer, _ = await self._graphql.ask_known(lambda lacks: "{" + survey_query(lacks) + "}")
                except GraphQLRefused:
                    answer = await survey_by_rest(self._rest)
                self.surveyed(answer)
        return self.last_survey

    def standing(self, type_: ObjectType) -> NativeFilters | None:
        """The filters that make the native table this type; None if it has no rows at all."""
        words = WORDS.get(type_.name)
        if words is None or words.level is None:
            return words.standing if words else ()
        types = self.last_survey.places.types(words.level)
        return (("location_type", types),) if types else None

    def may_read_for_sure(self, type_: ObjectType) -> None:
        """Note that the token was seen to read rows of a type."""
        self._readable[type_.name] = (time.monotonic(), True)

    async def may_read(self, type_: ObjectType, within: float = REMEMBERED) -> bool:
        """Whether the token may read a type at all, as seen `within` seconds: GraphQL does not tell, REST does."""
        at, allowed = self._readable.get(type_.name, (float("-inf"), False))
        if time.monotonic() - at > (within if allowed else REMEMBERED):
            try:
                await self._rest.count(type_, ())
                allowed = True
            except NotPermitted:
                allowed = False
            except NotFound:
                allowed = True  # There is no such table, which is another thing than not seeing it.
            self._readable[type_.name] = (time.monotonic(), allowed)
        return allowed

    async def custom_fields(self, type_: ObjectType) -> Mapping[str, Mapping[str, Any]]:
        """The custom fields of a type: name -> {"type", "choices"}."""
        name = type_.name if type_.generic else model(type_)
        held = self._custom.get(name)
        if held is None or time.monotonic() - held[0] > REMEMBERED:
            rows = await self._rest.everything("/api/extras/custom-fields/", [("content_types", name)])
            chosen = [("custom_field", row["id"]) for row in rows if "select" in row["type"]["value"]]
            choices: dict[str, list[str]] = {}
            if chosen:
                for row in await self._rest.everything("/api/extras/custom-field-choices/", chosen):
                    choices.setdefault(row["custom_field"]["id"], []).append(row["value"])
            found = {
                row["key"]: {"type": row["type"]["value"], "choices": choices.get(row["id"])} for row in rows
            }
            held = self._custom[name] = (time.monotonic(), found)
        return held[1]

    async def choices(self, types: Sequence[ObjectType]) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """What the choice fields of these types take: statuses by their names, the others by the schema."""
        known = [type_ for type_ in types if type_.name in WORDS]
        survey, enums, custom = await asyncio.gather(
            self.survey(), self.filters.choices_of(known), self._custom_choices()
        )
        found: dict[str, Mapping[str, Sequence[str]]] = {}
        for type_ in known:
            held: dict[str, Sequence[str]] = {}
            for name in (f.name for f in type_.fields.values() if f.kind is Kind.CHOICE):
                told = word(type_, name)
                if told.named:
                    values: Sequence[str] = sorted(survey.names(name, model(type_)))
                else:
                    values = enums.get(type_.name, {}).get(told.paths[0] if told.paths else name, ())
                if values:
                    held[name] = tuple(map(str.lower, values))
            found[type_.name] = {**held, **custom.get(model(type_), {})}
        return found

    async def _custom_choices(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """What the custom fields with choices take: content type -> field -> values."""
        try:
            fields, choices = await asyncio.gather(
                self._rest.everything("/api/extras/custom-fields/", []),
                self._rest.everything("/api/extras/custom-field-choices/", []),
            )
        except (NotFound, NotPermitted):
            return {}
        values: dict[str, list[str]] = {}
        for row in choices:
            values.setdefault(row["custom_field"]["id"], []).append(str(row["value"]))
        found: dict[str, dict[str, Sequence[str]]] = {}
        for row in fields:
            for name in row.get("content_types") or () if row["id"] in values else ():
                found.setdefault(name, {})[f"cf_{row['key']}"] = tuple(values[row["id"]])
        return found

    def custom_types(self, type_: ObjectType) -> dict[str, str]:
        """The types of the custom fields, as far as they were read."""
        _, found = self._custom.get(type_.name if type_.generic else model(type_), (0.0, {}))
        return {name: str(each["type"]) for name, each in found.items()}

    async def endpoints(self) -> list[str]:
        """Every list that the API's roots name, like `dcim/devices`."""
        kept = await asyncio.to_thread(self._roots.load)
        if isinstance(kept, list) and kept:
            return kept
        root, apps = await asyncio.gather(self._http.get("/api/"), self._http.get("/api/plugins/"))
        folders = [name for name in root if name not in _NO_APPS]
        folders += [f"plugins/{name}" for name in apps if f"plugins/{name}" not in _NO_LISTS]
        lists = await asyncio.gather(*(self._names(folder) for folder in folders))
        pairs = zip(folders, lists, strict=True)
        found = [f"{folder}/{name}" for folder, names in pairs for name in names]
        found = [endpoint for endpoint in found if endpoint not in _NO_LISTS]
        await asyncio.to_thread(self._roots.save, found)
        return found

    async def _names(self, folder: str) -> list[str]:
        try:
            answer = await self._http.get(f"/api/{folder}/")
        except (NotFound, NotPermitted):
            return []
        return [str(name) for name in answer] if isinstance(answer, dict) else []
