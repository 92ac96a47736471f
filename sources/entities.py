"""Rows as a source gives them, made into entities field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sources.catalog import RAW, Field, ObjectType
from sources.source import Entity
from sources.values import TypeNamer, raw_row

Row = Mapping[str, Any]
"""An object as a source gives it."""
Form = Callable[[Row], Any]
"""Brings one field of a row into the catalog's form."""


def wanted(type_: ObjectType, facets: Iterable[str], only: frozenset[str] = frozenset()) -> list[Field]:
    """The fields of these facets, or `only` some of them."""
    groups = set(facets)
    return [f for f in type_.fields.values() if f.facet in groups and (not only or f.name in only)]


def entities(
    type_: ObjectType,
    facets: frozenset[str],
    only: frozenset[str],
    rows: Iterable[Row],
    form: Callable[[Field], Form],
    name_type: TypeNamer,
) -> list[Entity]:
    """The entities of rows. `form` is asked once for each field, however many rows there are."""
    if type_.generic:
        forms: dict[str, Form] = {"display": lambda row: row.get("display")}
    else:
        forms = {each.name: form(each) for each in wanted(type_, facets, only)}
    if RAW in facets:
        forms["raw"] = lambda row: raw_row(row, name_type)
    return [{"id": str(row["id"]), **{name: made(row) for name, made in forms.items()}} for row in rows]
