"""Filters of what is said about objects: tags, custom fields, the journal, the change log."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

from collections.abc import Iterator, Sequence
from functools import partial

from demo.clause import EVERYTHING, Clause, any_of
from demo.database import Database, link_table
from demo.lookups import as_moment, object_types
from demo.model import Model
from demo.models import MODELS
from demo.parameter import Named, Parameter, text_parameter, texts_parameter


def tag(_: Model) -> Iterator[Named]:
    """What only tags are filtered by: the types of the objects that carry them."""
    yield "content_type", texts_parameter(_carried_by)


def _carried_by(_database: Database, values: Sequence[str]) -> Clause:
    tables = [
        link_table(MODELS[type_], "tags") for type_ in values if type_ in MODELS and MODELS[type_].tagged
    ]
    return any_of(Clause(f"id IN (SELECT target FROM {table})") for table in tables)


def custom_field(_: Model) -> Iterator[Named]:
    """What only custom fields are filtered by: the types that have them."""
    yield "object_type", texts_parameter(_of_types)


def _of_types(_database: Database, values: Sequence[str]) -> Clause:
    return any_of(
        Clause("EXISTS (SELECT 1 FROM json_each(object_types) WHERE value = ?)", (value,)) for value in values
    )


def journal_entry(_: Model) -> Iterator[Named]:
    """What only entries of the journal are filtered by."""
    return _between("created")


def object_change(_: Model) -> Iterator[Named]:
    """What only changes are filtered by."""
    yield from _between("time")
    yield "request_id", text_parameter(lambda _, value: Clause("request_id = ?", (value.lower(),)))
    yield from object_types("related_object_type", "related_object_type")


def _between(column: str) -> Iterator[Named]:
    for name, sign in (("after", ">="), ("before", "<=")):
        schema = {"type": "string", "format": "date-time"}
        yield f"{column}_{name}", Parameter(schema, partial(_at, column, sign), many=False)


def _at(column: str, sign: str, _database: Database, values: Sequence[str]) -> Clause:
    return Clause(f"{column} {sign} ?", (as_moment(values[-1]),)) if values[-1] else EVERYTHING
