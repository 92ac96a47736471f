"""Turns rows into NetBox's JSON objects, a page at a time: one query for each relation, none for each row."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import orjson

from demo.choices import choices
from demo.clause import Clause, is_in
from demo.computed import COMPUTED
from demo.database import Database, columns, link_table
from demo.model import (
    BARE_ID,
    WHOLE,
    Choice,
    Computed,
    Constant,
    Counter,
    CustomFields,
    Field,
    Flag,
    Generic,
    Json,
    Many,
    Model,
    Number,
    Ref,
    Related,
    Row,
    Shape,
    Tags,
    Time,
    Total,
    nested,
)
from demo.models import MODELS
from demo.paths import Node, Paths

_TAG = nested("name", "slug", "color")
Keys = Mapping[str, Field | None]


class Serializer:
    """Renders objects for one request; what is nested twice is read once."""

    def __init__(self, database: Database, base_url: str) -> None:
        self.database = database
        self.paths = Paths(database)
        self._base_url = base_url
        self._rendered: dict[tuple[str, Shape], dict[int, Row]] = defaultdict(dict)

    def select(self, model: Model, names: Sequence[str], tail: Clause) -> list[Row]:
        """Objects with these keys; `tail` is whatever follows FROM."""
        keys = {name: model.names[name] for name in names if name in model.names}
        return self._render(model, keys, self._rows(model, keys, tail), inside=False)

    def objects(self, type_: str, ids: Iterable[int], shape: Shape = ()) -> Mapping[int, Row]:
        """Objects as they look inside of others, by id."""
        model = MODELS[type_]
        known = self._rendered[type_, shape]
        if missing := sorted(set(ids) - known.keys()):
            keys = _keys(model, shape)
            where = is_in("t.id", missing)
            rows = self._rows(model, keys, Clause(f"WHERE {where.sql}", where.parameters))
            rendered = self._render(model, keys, rows, inside=shape != WHOLE)
            known.update(zip((row["id"] for row in rows), rendered, strict=True))
        return known

    def nodes(self, nodes: Iterable[Node], shape: Shape = ()) -> dict[Node, Row]:
        """Brief objects of any types, by type and id."""
        by_type: dict[str, set[int]] = defaultdict(set)
        for type_, id_ in nodes:
            by_type[type_].add(id_)
        return {
            (type_, id_): row
            for type_, ids in by_type.items()
            for id_, row in self.objects(type_, ids, shape).items()
            if id_ in ids
        }

    def lists(
        self, type_: str, pairs: Iterable[tuple[int, int]], shape: Shape = ()
    ) -> Mapping[int, list[Row]]:
        """For each owner the objects it is paired with, in the order of the pairs."""
        listed = list(pairs)
        found = self.objects(type_, (id_ for _, id_ in listed), shape)
        grouped: dict[int, list[Row]] = defaultdict(list)
        for owner, id_ in listed:
            grouped[owner].append(found[id_])
        return grouped

    def related(self, model: Model, relation: str, to: str, ids: Sequence[int]) -> list[tuple[int, int]]:
        """Who is related to whom by a many-to-many relation, in the order of the other side."""
        where = is_in("source", ids)
        return self.database.query(
            f"SELECT l.source, l.target FROM {link_table(model, relation)} l"
            f" JOIN {MODELS[to].table} o ON o.id = l.target WHERE {where.sql} ORDER BY o._rank",
            where.parameters,
        )

    def _rows(self, model: Model, keys: Keys, tail: Clause) -> list[Row]:
        wanted = {column: None for name, field in keys.items() for column in _columns_of(model, name, field)}
        expressions = ["t.id", *(f't."{column}"' for column in wanted)]
        if "display" in keys:
            expressions.append(model.display)
        found = self.database.query(
            f"SELECT {', '.join(expressions)} FROM {model.table} t {tail.sql}", tail.parameters
        )
        columns_ = ("id", *wanted, "display")[: len(expressions)]
        return [dict(zip(columns_, row, strict=True)) for row in found]

    def _render(self, model: Model, keys: Keys, rows: list[Row], *, inside: bool) -> list[Row]:
        shown = [name for name, field in keys.items() if not (inside and isinstance(field, Related))]
        values = [self._values(model, name, keys[name], rows, inside=inside) for name in shown]
        return [dict(zip(shown, row, strict=True)) for row in zip(*values, strict=True)] if rows else []

    def _values(  # noqa: C901, PLR0911 - one case for each kind of field
        self, model: Model, name: str, field: Field | None, rows: list[Row], *, inside: bool
    ) -> Sequence[Any]:
        match field:
            case None:
                return self._own(model, name, rows)
            case Total() if inside:
                return [0] * len(rows)
            case Related(of=of, by=by) | Total(of=of, by=by):
                return self._counts(model, of, by, [row["id"] for row in rows], tree=isinstance(field, Total))
            case Constant(value=value):
                return [value] * len(rows)
            case Computed():
                return COMPUTED[name](self, model, rows)
            case Ref(to=to, shape=shape):
                return self._references(to, shape, [row[name] for row in rows])
            case Generic(stem=stem, name=own) if name == own:
                return self._generic([(row[f"{stem}_type"], row[f"{stem}_id"]) for row in rows])
            case Many(to=to, shape=shape):
                return self._many(model, name, to, shape, rows)
            case Tags():
                return self._many(model, name, "extras.tag", _TAG, rows)
            case CustomFields():
                return self._custom_fields(model, rows)
            case _:
                return [_plain(model, field, row[name]) for row in rows]

    def _own(self, model: Model, name: str, rows: list[Row]) -> list[Any]:
        match name:
            case "url":
                return [f"{self._base_url}/api/{model.path}/{row['id']}/" for row in rows]
            case "display_url":
                return [f"{self._base_url}/{model.path}/{row['id']}/" for row in rows]
            case _:
                return [row[name] for row in rows]

    def _references(self, to: str, shape: Shape, ids: list[int | None]) -> list[Any]:
        if shape == BARE_ID:
            return ids
        found = self.objects(to, (id_ for id_ in ids if id_ is not None), shape)
        return [None if id_ is None else found[id_] for id_ in ids]

    def _generic(self, nodes: list[tuple[str | None, int | None]]) -> list[Row | None]:
        found = self.nodes((type_, id_) for type_, id_ in nodes if type_ and id_ and type_ in MODELS)
        return [found.get((type_, id_)) if type_ and id_ is not None else None for type_, id_ in nodes]

    def _many(self, model: Model, name: str, to: str, shape: Shape, rows: list[Row]) -> list[list[Row]]:
        pairs = self.related(model, name, to, [row["id"] for row in rows])
        grouped = self.lists(to, pairs, shape)
        return [grouped.get(row["id"], []) for row in rows]

    def _counts(self, model: Model, of: str, by: str, ids: list[int], *, tree: bool) -> list[int]:
        owner = MODELS[of]
        many = isinstance(owner.by_name.get(by), Many)
        table, column = (link_table(owner, by), "target") if many else (owner.table, f'"{by}"')
        if tree and "parent" in model.by_name:
            where = is_in("id", ids)
            sql = (
                f"WITH RECURSIVE tree(root, id) AS (SELECT id, id FROM {model.table} WHERE {where.sql}"
                f" UNION ALL SELECT tree.root, c.id FROM {model.table} c JOIN tree ON c.parent = tree.id)"
                f" SELECT tree.root, COUNT(*) FROM tree JOIN {table} o ON o.{column} = tree.id GROUP BY tree.root"
            )
        else:
            where = is_in(column, ids)
            sql = f"SELECT {column}, COUNT(*) FROM {table} WHERE {where.sql} GROUP BY {column}"
        counted = dict(self.database.query(sql, where.parameters))
        return [counted.get(id_, 0) for id_ in ids]

    def _custom_fields(self, model: Model, rows: list[Row]) -> list[Row]:
        defined = self._custom_fields_of(model)
        shown = []
        for row in rows:
            stored = orjson.loads(row["custom_fields"]) if row["custom_fields"] else {}
            shown.append(
                {
                    name: {"value": stored[name], "label": labels[stored[name]]}
                    if labels and stored.get(name) is not None
                    else stored.get(name)
                    for name, labels in defined.items()
                }
            )
        return shown

    def _custom_fields_of(self, model: Model) -> Mapping[str, Mapping[str, str]]:
        """The custom fields of a type, with the labels of those that have a fixed list of values."""
        rows = self.database.query(
            "SELECT f.name, c.extra_choices FROM extras_customfield f LEFT JOIN extras_customfieldchoiceset c"
            " ON c.id = f.choice_set WHERE EXISTS (SELECT 1 FROM json_each(f.object_types) WHERE value = ?)"
            " ORDER BY f._rank",
            (model.type,),
        )
        return {name: dict(orjson.loads(labels)) if labels else MappingProxyType({}) for name, labels in rows}


def _keys(model: Model, shape: Shape) -> Keys:
    """The keys that a shape stands for, with the field behind each."""
    if shape == WHOLE:
        return model.names
    return {
        item if isinstance(item, str) else item.name: model.names[item] if isinstance(item, str) else item
        for item in shape or model.brief
    }


def _columns_of(model: Model, name: str, field: Field | None) -> Iterable[str]:
    """The columns that a key of an object is made from."""
    if isinstance(field, Computed):
        return COMPUTED[name].columns(model)
    return (column for column, _ in columns(field)) if field else ()


def _plain(  # noqa: PLR0911 - one case for each kind of field
    model: Model,
    field: Field | None,
    value: Any,
) -> object:
    match field:
        case _ if value is None and not isinstance(field, Json):
            return None
        case Choice(name=name, plain=False):
            return {"value": value, "label": choices(model.label, name)[value]}
        case Flag():
            return bool(value)
        case Time():
            return value.replace(".000000Z", "Z")
        case Number(decimal=True):
            return float(value)
        case Json(blank=blank):
            return orjson.loads(value) if value else blank
        case Counter():
            return value or 0
        case _:
            return value
