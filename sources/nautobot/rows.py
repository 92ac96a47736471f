"""Nautobot's rows, from REST or GraphQL, as entities in the catalog's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from sources.catalog import Field, Kind, ObjectType
from sources.entities import Form, Row, entities, wanted
from sources.nautobot.graphql import Selection, just
from sources.nautobot.places import Level, Places
from sources.nautobot.words import WORDS, Word, word
from sources.source import Entity
from sources.values import TypeNamer, dig, normal

_MODELS: Mapping[str, str] = {
    **{(words.model or name).split(".")[1]: name for name, words in WORDS.items()},
    **{name.split(".")[1]: name for name in WORDS},
    "cloudnetwork": "cloud.cloudnetwork",
}
"""Types by bare model name, which is what GraphQL's `__typename` holds."""

_BY_MODEL: Mapping[str, str] = {
    words.model: name
    for name, words in WORDS.items()
    if words.model and [each.model for each in WORDS.values()].count(words.model) == 1
    if words.model not in WORDS
}
"""Types by the content types that Nautobot has for them, where it calls them something else."""


def type_namer(places: Places) -> TypeNamer:
    """Tells what a nested object is: REST names the model, GraphQL the class; a location has a level."""

    def name(nested: Mapping[str, Any]) -> str | None:
        found = nested.get("object_type")
        if not found:
            bare = str(nested.get("__typename") or "").removesuffix("Type").lower()
            found = _MODELS.get(bare, bare) if bare else None
        if found == "dcim.location":
            return str(places.level(str(nested.get("id"))) or Level.SITE)
        return _BY_MODEL.get(str(found), str(found)) if found else None

    return name


def from_rest(
    type_: ObjectType,
    facets: frozenset[str],
    rows: Iterable[Row],
    places: Places,
    only: frozenset[str] = frozenset(),
) -> list[Entity]:
    """REST rows as entities."""
    name_type = type_namer(places)

    def form(field: Field) -> Form:
        held = word(type_, field.name)
        taken = held.rest or partial(native, held)
        return lambda row: _formed(field, held, taken(row), places, name_type)

    return entities(type_, facets, only, rows, form, name_type)


def from_graphql(
    type_: ObjectType,
    facets: frozenset[str],
    rows: Iterable[Row],
    places: Places,
    only: frozenset[str] = frozenset(),
) -> list[Entity]:
    """GraphQL rows as the same entities that REST gives."""
    name_type = type_namer(places)

    def form(field: Field) -> Form:
        held = word(type_, field.name)
        taken = held.graphql or partial(native, held)
        return lambda row: _formed(field, held, taken(row), places, name_type)

    return entities(type_, facets, only, rows, form, name_type)


def selection(type_: ObjectType, facets: frozenset[str], only: frozenset[str] = frozenset()) -> Selection:
    """The GraphQL selection that reads just these facets."""
    words = [word(type_, each.name) for each in wanted(type_, facets, only)]
    told = {
        each.select: each.select if each.older is None else each.older or None
        for each in words
        if not each.absent
    }
    return just("id") | told | {each.eager: "" for each in words if each.eager}


def native(held: Word, row: Mapping[str, Any]) -> Any:
    """A field's value as it stands in a row; of several paths, everything that they lead to."""
    if held.absent:
        return None
    if len(held.paths) == 1:
        return dig(row, held.paths[0])
    found = [dig(row, path) for path in held.paths]
    if any(isinstance(each, list) for each in found):
        return [one for each in found if isinstance(each, list) for one in each]
    given = [each for each in found if each is not None]
    return given[0] if given else None


def nested(held: Word, row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The objects that a field of a REST row refers to, themselves, so that they can be completed."""
    value = held.rest(row) if held.rest else native(held, row)
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield each


def _formed(each: Field, held: Word, value: Any, places: Places, name_type: TypeNamer) -> Any:
    if held.level is not None:
        value = _placed(value, held.level, places)
    formed = normal(each, value, name_type)
    if each.kind is Kind.CHOICE and isinstance(formed, str):
        return int(formed) if formed.isdigit() else formed if held.upper else formed.lower()
    if each.kind is Kind.REFS and held.rest is None:
        formed.sort(key=lambda ref: (ref.get("vid", 0), str(ref.get("name")), ref["id"]))
    return formed


def _placed(value: Any, level: Level, places: Places) -> Any:
    """The places of that level in which the locations lie, each once."""
    several = value if isinstance(value, list) else [value]
    found: dict[str, Any] = {}
    for each in several:
        if not isinstance(each, Mapping) or each.get("id") is None:
            continue
        id_ = str(each["id"])
        if places.level(id_) is not None:
            place: Any = places.nearest(id_, level)
        else:
            # The token may not see the tree: what a thing stands in is then the only place to name.
            place = each if level is Level.SITE else None
        if place:
            found[str(place["id"])] = place
    return list(found.values()) if isinstance(value, list) else next(iter(found.values()), None)
