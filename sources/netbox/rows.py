"""NetBox's rows, from REST or GraphQL, as entities in the catalog's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sources.catalog import RAW, Field, ObjectType
from sources.entities import Form, Row, entities, wanted
from sources.netbox.shapes import Shape
from sources.netbox.words import ENDPOINT_TYPES, MODEL_TYPES, OTHER_TYPES, WORDS, Word, word
from sources.source import Entity
from sources.values import dig, normal

Lacks = frozenset[str]
"""What the server's GraphQL has refused to know: `query.rack_group_list`, `racktype.group`."""
_FIRST_WORD = re.compile(r"^\w+")
_URL = re.compile(r"/api/((?:plugins/)?[\w-]+/[\w-]+)/[^/]+/$")


def type_of(nested: Mapping[str, Any]) -> str | None:
    """A nested object's type: GraphQL names its model, in REST its URL tells, unless it is said."""
    if "object_type" in nested:
        return str(nested["object_type"])
    model = nested.get("__typename")
    if model:
        bare = str(model).removesuffix("Type").lower()
        return MODEL_TYPES.get(bare) or OTHER_TYPES.get(bare, bare)
    found = _URL.search(str(nested.get("url", "")))
    if not found:
        return None
    if found[1] in ENDPOINT_TYPES:
        return ENDPOINT_TYPES[found[1]]
    app, _, endpoint = found[1].rpartition("/")
    bare = endpoint.replace("-", "").removesuffix("s")
    return OTHER_TYPES.get(bare, f"{app.removeprefix('plugins/')}.{bare}")


def from_rest(
    type_: ObjectType,
    facets: frozenset[str],
    rows: Iterable[Row],
    only: frozenset[str] = frozenset(),
) -> list[Entity]:
    """REST rows as entities."""

    def form(field: Field) -> Form:
        held = word(type_, field.name)
        return lambda row: normal(field, None if held.absent else _bare(_taken(row, held.rest)), type_of)

    return entities(type_, facets, only, rows, form, type_of)


def _taken(row: Mapping[str, Any], where: str | Shape) -> Any:
    return dig(row, where) if isinstance(where, str) else where(row)


def _bare(value: Any) -> Any:
    """A list of a cable's ends as a list of what they are plugged into; anything else as it is."""
    if isinstance(value, list):
        return [each["object"] if isinstance(each, Mapping) and "object" in each else each for each in value]
    return value


def from_graphql(
    type_: ObjectType,
    facets: frozenset[str],
    rows: Iterable[Row],
    only: frozenset[str] = frozenset(),
) -> list[Entity]:
    """GraphQL rows as the same entities that REST gives."""

    def form(field: Field) -> Form:
        held = word(type_, field.name)
        return lambda row: normal(field, None if held.absent else _taken(row, held.graphql), type_of)

    return entities(type_, facets, only, rows, form, type_of)


def rest_fields(type_: ObjectType, facets: frozenset[str], only: frozenset[str] = frozenset()) -> str | None:
    """The `fields` parameter that reads just these facets; None where everything is wanted."""
    if RAW in facets or type_.generic:
        return None
    names = [name for each in _words(type_, facets, only) for name in _columns(each)]
    return ",".join(dict.fromkeys(["id", *names]))


def _columns(held: Word) -> tuple[str, ...]:
    return held.reads or ((held.rest.partition(".")[0],) if isinstance(held.rest, str) else ())


def _words(type_: ObjectType, facets: Iterable[str], only: frozenset[str]) -> list[Word]:
    words = (word(type_, each.name) for each in wanted(type_, facets, only))
    return [each for each in words if not each.absent]


def selection(
    type_: ObjectType,
    facets: frozenset[str],
    only: frozenset[str] = frozenset(),
    lacks: Lacks = frozenset(),
) -> str:
    """The GraphQL selection that reads just these facets, without the recent fields that this NetBox lacks."""
    model = type_.name.rpartition(".")[2]
    held = [
        each.select
        for each in _words(type_, facets, only)
        if not each.owner
        and (not each.recent or f"{model}type.{_FIRST_WORD.findall(each.select)[0]}" not in lacks)
    ]
    return " ".join(dict.fromkeys(["id", *held]))


def by_graphql(type_: ObjectType, facets: frozenset[str], only: frozenset[str], *, nested: bool) -> bool:
    """Whether GraphQL tells all that is wanted; `nested`: in lists within the owners of the rows."""
    words = _words(type_, facets, only)
    return not any(each.by_rest or (each.owner and not nested) for each in words)


def owner_field(type_: ObjectType) -> str:
    """The field of a row that GraphQL tells by the object in whose list it stands; "" if there is none."""
    return next((name for name, each in WORDS[type_.name].fields.items() if each.owner), "")


def bare_fields(
    type_: ObjectType, facets: frozenset[str], only: frozenset[str]
) -> list[tuple[str, str, str]]:
    """The fields of which REST tells no more than ids: path, endpoint of what they stand for, its name there."""
    if type_.generic:
        return []
    return [each.bare for each in _words(type_, facets, only) if each.bare]
