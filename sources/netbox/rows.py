"""NetBox's rows, from REST or GraphQL, as entities in the catalog's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sources.catalog import RAW, Field, ObjectType
from sources.netbox.words import ENDPOINT_TYPES, MODEL_TYPES, OTHER_TYPES, word
from sources.source import Entity
from sources.values import dig, normal, raw_row

_URL = re.compile(r"/api/((?:plugins/)?[\w-]+/[\w-]+)/[^/]+/$")


def type_of(nested: Mapping[str, Any]) -> str | None:
    """A nested object's type: GraphQL names its model, in REST its URL tells."""
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


def wanted(type_: ObjectType, facets: Iterable[str], only: frozenset[str] = frozenset()) -> list[Field]:
    """The fields of these facets, or `only` some of them."""
    groups = set(facets)
    return [f for f in type_.fields.values() if f.facet in groups and (not only or f.name in only)]


def from_rest(
    type_: ObjectType, facets: frozenset[str], row: Mapping[str, Any], only: frozenset[str] = frozenset()
) -> Entity:
    """A REST row as an entity."""
    entity: Entity = {"id": str(row["id"])}
    if type_.generic:
        entity["display"] = row.get("display")
    else:
        for each in wanted(type_, facets, only):
            entity[each.name] = normal(each, _bare(dig(row, word(type_, each.name).rest)), type_of)
    if RAW in facets:
        entity["raw"] = raw_row(row, type_of)
    return entity


def _bare(value: Any) -> Any:
    """A list of a cable's ends as a list of what they are plugged into; anything else as it is."""
    if isinstance(value, list):
        return [each["object"] if isinstance(each, Mapping) and "object" in each else each for each in value]
    return value


def from_graphql(
    type_: ObjectType, facets: frozenset[str], row: Mapping[str, Any], only: frozenset[str] = frozenset()
) -> Entity:
    """A GraphQL row as the same entity that REST gives."""
    entity: Entity = {"id": str(row["id"])}
    for each in wanted(type_, facets, only):
        entity[each.name] = normal(each, dig(row, word(type_, each.name).graphql), type_of)
    return entity


def rest_fields(type_: ObjectType, facets: frozenset[str], only: frozenset[str] = frozenset()) -> str | None:
    """The `fields` parameter that reads just these facets; None where everything is wanted."""
    if RAW in facets or type_.generic:
        return None
    names = (word(type_, f.name).rest.split(".")[0] for f in wanted(type_, facets, only))
    return ",".join(dict.fromkeys(["id", *names]))


def selection(type_: ObjectType, facets: frozenset[str], only: frozenset[str] = frozenset()) -> str:
    """The GraphQL selection that reads just these facets."""
    return "id " + " ".join(word(type_, each.name).select for each in wanted(type_, facets, only))
