"""Which query parameters a list takes, and the condition that a query string amounts to."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import orjson

from demo.choices import choices
from demo.clause import Clause, all_of, any_of, is_in
from demo.database import Database
from demo.lookups import (
    choice,
    contains,
    day,
    decimal,
    generic,
    moment,
    number,
    reference,
    tags,
    text,
    through,
)
from demo.model import By, Choice, Counter, Field, Flag, Generic, Model, Number, Text, Time
from demo.models import MODELS
from demo.parameter import InvalidValueError, Named, Parameter, switch, text_parameter, texts_parameter
from demo.schema_parts import enum_id
from demo.special import special

#: types that people can be named for
_WITH_CONTACTS = {
    "dcim.region",
    "dcim.sitegroup",
    "dcim.site",
    "dcim.location",
    "dcim.rack",
    "dcim.manufacturer",
    "dcim.device",
    "dcim.powerpanel",
    "tenancy.tenant",
    "circuits.provider",
    "circuits.circuit",
    "virtualization.clustergroup",
    "virtualization.cluster",
    "virtualization.virtualmachine",
    "ipam.aggregate",
    "ipam.prefix",
    "ipam.iprange",
    "ipam.ipaddress",
    "ipam.service",
}
Errors = dict[str, list[str]]


class InvalidFiltersError(ValueError):
    """Values that filters can't take, by parameter, in NetBox's words."""

    def __init__(self, errors: Errors) -> None:
        super().__init__("Some filters have values that they can't take.")
        self.errors = errors


class Filters:
    """The filters of every type over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._custom_fields = _custom_fields_by_type(database)
        self._known: dict[str, Mapping[str, Parameter]] = {}

    def of(self, model: Model) -> Mapping[str, Parameter]:
        """Every parameter of a list, by name."""
        if model.type not in self._known:
            self._known[model.type] = dict(self._parameters(model))
        return self._known[model.type]

    def condition(self, model: Model, query: Mapping[str, Sequence[str]]) -> Clause:
        """What a query string asks for; a parameter that no filter has is not looked at."""
        known = self.of(model)
        clauses: list[Clause] = []
        errors: Errors = {}
        for name, values in query.items():
            if name in known:
                try:
                    clauses.append(known[name].compile(self._database, values))
                except InvalidValueError as error:
                    errors[name] = [str(error)]
        if errors:
            raise InvalidFiltersError(errors)
        return all_of(clauses)

    def _parameters(self, model: Model) -> Iterator[Named]:
        yield from number("id", "id")
        for field in model.fields:
            yield from _of_field(model, field)
        for by in model.by:
            yield from reference(model, by)
        if model.search:
            yield "q", _search(model)
        if model.tagged:
            yield from tags(model)
        if model.type in _WITH_CONTACTS:
            yield from _contacts(model)
        for name, kind, logic in self._custom_fields.get(model.type, ()):
            yield from _custom_field(name, kind, logic)
        if "last_updated" in model.by_name:
            yield from _by_request(model)
        yield from special(model)


def _of_field(model: Model, field: Field) -> Iterator[Named]:
    column = f'"{field.name}"'
    match field:
        case Text(name=name, exact=exact) if exact:
            yield from text(name, column, folded=exact == "iexact")
        case Number(name=name, filtered=True, decimal=True):
            yield from decimal(name, column)
        case Number(name=name, filtered=True) | Counter(name=name):
            yield from number(name, column)
        case Flag(name=name, filtered=True):
            yield name, switch(Clause(column), Clause(f"NOT {column}"))
        case Time(name=name, filtered=True, day=True):
            yield from day(name, column)
        case Time(name=name, filtered=True):
            yield from moment(name, column)
        case Choice(name=name, filter=kind) if kind:
            allowed = choices(model.label, name)
            many = kind == "many"
            yield from choice(
                name,
                column,
                allowed,
                schema=_choice_schema(allowed, many=many),
                many=many,
                null=field.by_null,
            )
        case Generic():
            yield from generic(field)


def _choice_schema(allowed: Mapping[str | int, str], *, many: bool) -> Mapping[str, object]:
    kind = "integer" if all(isinstance(value, int) for value in allowed) else "string"
    if many:
        return {"type": kind, "x-spec-enum-id": enum_id(allowed)}
    return {"type": kind, "x-spec-enum-id": enum_id(allowed), "enum": sorted([*allowed, "null"], key=str)}


def _search(model: Model) -> Parameter:
    def compile_search(_database: Database, value: str) -> Clause:
        return any_of(
            through(model, path, lambda column: contains(column, value))
            if "." in path
            else contains(f'"{path}"', value)
            for path in model.search
        )

    return text_parameter(compile_search)


def _contacts(model: Model) -> Iterator[Named]:
    assignment = MODELS["tenancy.contactassignment"]
    led = (
        "id IN (SELECT object_id FROM tenancy_contactassignment"
        f" WHERE object_type = '{model.type}' AND ({{}}))"
    )
    for by in (
        By("contact", key="id", by_id=False),
        By("contact_role", "role", key="id", by_id=False),
        By("contact_group", "contact.groups", key="id", by_id=False, tree=True),
    ):
        for name, parameter in reference(assignment, by):
            if not name.endswith("__n"):
                yield name, parameter.led(led)
                yield f"{name}__n", parameter.led(led).negated()


def _by_request(model: Model) -> Iterator[Named]:
    for name, actions in (
        ("created_by_request", ["create"]),
        ("updated_by_request", ["update"]),
        ("modified_by_request", ["create", "update"]),
    ):

        def compile_request(_database: Database, value: str, actions: Sequence[str] = actions) -> Clause:
            of_type = Clause("changed_object_type = ? AND request_id = ?", (model.type, value.lower()))
            found = of_type & is_in("action", actions)
            return Clause(
                f"id IN (SELECT changed_object_id FROM core_objectchange WHERE {found.sql})", found.parameters
            )

        yield name, text_parameter(compile_request)


def _custom_fields_by_type(database: Database) -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for name, kind, logic, types in database.query(
        "SELECT name, type, filter_logic, object_types FROM extras_customfield"
        " WHERE filter_logic != 'disabled'"
    ):
        for type_ in orjson.loads(types):
            found.setdefault(type_, []).append((name, kind, logic))
    return found


def _custom_field(name: str, kind: str, logic: str) -> Iterator[Named]:
    parameter, column = f"cf_{name}", f"json_extract(custom_fields, '$.\"{name}\"')"
    match kind:
        case "integer":
            yield from number(parameter, column)
        case "decimal":
            yield from decimal(parameter, column)
        case "date":
            yield from day(parameter, column)
        case "boolean":
            yield parameter, switch(Clause(f"{column} = 1"), Clause(f"{column} = 0"))
        case "text" | "longtext" | "url" if logic == "loose":
            yield parameter, texts_parameter(partial(_part_of, column))
        case _:
            yield from text(parameter, column)


def _part_of(column: str, _database: Database, values: Sequence[str]) -> Clause:
    """A loose text finds what has the text in it, or has none at all; it takes no lookups."""
    return any_of(
        Clause(f"{column} IS NULL") if value == "null" else contains(column, value) for value in values
    )
