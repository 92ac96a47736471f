"""What is read of a Nautobot once and believed for a while: its locations, statuses and roles."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sources.nautobot.graphql import Lacks
from sources.nautobot.places import Level, Place, Places, PlaceType, levels_of
from sources.nautobot.rest import RestRoad
from sources.nautobot.words import WORDS

_LISTINGS = sorted({words.listing for words in WORDS.values()} - {""})
_TREES = (
    "s_types:location_types{id name parent{id} content_types{app_label model}} "
    "s_places:locations{id name location_type{id} parent{id}} "
    "s_statuses:statuses{name content_types{app_label model}} "
    "s_roles:roles{name content_types{app_label model}} "
)
_TABLES = ("dcim/location-types", "dcim/locations", "extras/statuses", "extras/roles")

Row = Mapping[str, Any]


def survey_query(lacks: Lacks) -> str:
    """What is asked for a survey, without the lists that a Nautobot lacks."""
    return _TREES + " ".join(f"p_{each}:{each}(limit:1){{id}}" for each in _LISTINGS if each not in lacks)


@dataclass(frozen=True, slots=True)
class Survey:
    """One look at a Nautobot. Statuses and roles are names with the content types that they are for.

    `shown` are the GraphQL lists that have shown a row, so that the token may surely read them.
    """

    places: Places = field(default_factory=Places)
    statuses: Mapping[str, frozenset[str]] = field(default_factory=dict)
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    place_types: Mapping[str, str] = field(default_factory=dict)
    """The names of the location types by id."""

    def place_types_of(self, level: Level) -> list[str]:
        """The names of the location types of a level."""
        return sorted(name for id_, name in self.place_types.items() if self.places.levels.get(id_) is level)

    def names(self, key: str, model: str) -> list[str]:
        """The statuses or the roles that objects of a content type may have."""
        table = self.statuses if key == "status" else self.roles
        return [name for name, models in table.items() if model in models]


def survey_of(answer: Mapping[str, Any], site_types: Sequence[str]) -> Survey:
    """The answer to `survey_query`, understood. Tables that the token may not read are empty."""
    types = [
        PlaceType(row["id"], row["name"], _id(row["parent"]), "dcim.device" in _models(row["content_types"]))
        for row in answer.get("s_types") or ()
    ]
    places = {
        row["id"]: Place(row["id"], row["name"], _id(row["location_type"]) or "", _id(row["parent"]))
        for row in answer.get("s_places") or ()
    }
    return Survey(
        Places(places, levels_of(types, site_types)),
        {row["name"]: _models(row["content_types"]) for row in answer.get("s_statuses") or ()},
        {row["name"]: _models(row["content_types"]) for row in answer.get("s_roles") or ()},
        frozenset(name.removeprefix("p_") for name, rows in answer.items() if name.startswith("p_") and rows),
        {each.id: each.name for each in types},
    )


async def survey_by_rest(rest: RestRoad) -> dict[str, Any]:
    """What `survey_query` asks for, read by REST."""
    found = await asyncio.gather(
        *(rest.everything(f"/api/{table}/", [("exclude_m2m", "false")]) for table in _TABLES)
    )
    return dict(zip(("s_types", "s_places", "s_statuses", "s_roles"), found, strict=True))


def _id(nested: Any) -> str | None:
    return nested["id"] if isinstance(nested, Mapping) else None


def _models(content_types: Iterable[Any]) -> frozenset[str]:
    return frozenset(
        each if isinstance(each, str) else f"{each['app_label']}.{each['model']}" for each in content_types
    )
