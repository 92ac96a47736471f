"""The families of filters: text, number, moment, choice and reference, each with its lookups."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from ipaddress import ip_interface
from zoneinfo import available_timezones

from demo.clause import EVERYTHING, NOTHING, Clause, all_of, any_of, is_in
from demo.database import Database, link_table
from demo.model import By, Field, Generic, Many, Model, Ref, Tags, Text
from demo.models import MODELS
from demo.parameter import (
    InvalidValueError,
    Lead,
    Named,
    Parameter,
    checked_numbers,
    one_of_many,
    switch,
    texts_parameter,
    whole_number,
)

_NULL = "null"
_MAC = re.compile("[0-9A-Fa-f]{12}")
_WILD = re.compile(r"([\\%_])")
NO_CHOICE = "Select a valid choice. {} is not one of the available choices."


#: how a column compares with one value
Compare = Callable[[str, str], Clause]


#: the form in which a value is stored, or an error if it has none
Check = Callable[[str], str]


def _equal(column: str, value: str) -> Clause:
    return Clause(f"{column} = ?", (value,))


def _equal_folded(column: str, value: str) -> Clause:
    if value.isascii():
        # On the left: of several comparisons that SQLite makes one of, it forgets the collation of the right.
        return Clause(f"{column} COLLATE NOCASE = ?", (value,))
    return Clause(f"folded({column}) = ?", (value.casefold(),))


def _part(pattern: str, folded: str) -> Compare:
    """A part of a text in either case: by LIKE, which folds only ASCII, or else by the folded text."""

    def compile_part(column: str, value: str) -> Clause:
        if value.isascii():
            return Clause(f"{column} LIKE ? ESCAPE '\\'", (pattern.format(_WILD.sub(r"\\\1", value)),))
        part = value.casefold()
        return Clause(folded.format(text=f"folded({column})", length=len(part)), (part,))

    return compile_part


contains = _part("%{}%", "instr({text}, ?)")
starts = _part("{}%", "substr({text}, 1, {length}) = ?")
_ends = _part("%{}", "substr({text}, -{length}) = ?")

#: lookup -> how one value compares, and whether the whole is turned round
_TEXT: Mapping[str, tuple[Compare, bool]] = {
    "n": (_equal, True),
    "ic": (contains, False),
    "nic": (contains, True),
    "iew": (_ends, False),
    "niew": (_ends, True),
    "isw": (starts, False),
    "nisw": (starts, True),
    "ie": (_equal_folded, False),
    "nie": (_equal_folded, True),
    "regex": (lambda column, value: Clause(f"matches({column}, ?, 0)", (value,)), False),
    "iregex": (lambda column, value: Clause(f"matches({column}, ?, 1)", (value,)), False),
}
_NUMBER = {"lte": "<=", "lt": "<", "gte": ">=", "gt": ">"}


def _as_it_is(clause: Clause) -> Clause:
    return clause


def text(
    name: str, column: str, *, folded: bool = False, lead: Lead = _as_it_is, empty: bool = True
) -> Iterator[Named]:
    """A text filter with all its lookups; `lead` leads from the column to the objects that are listed."""
    yield name, _text_parameter(column, _equal_folded if folded else _equal, lead)
    for lookup, (compare, negated) in _TEXT.items():
        found = _text_parameter(column, compare, lead)
        yield f"{name}__{lookup}", found.negated() if negated else found
    if empty:
        yield f"{name}__empty", switch(lead(Clause(f"{column} IS NULL OR {column} = ''")))


def checked_text(
    name: str, column: str, check: Check, *, shown: str = "", lead: Lead = _as_it_is
) -> Iterator[Named]:
    """A text filter whose plain values must be of a certain form, in which `check` returns them.

    The lookups see the text as `shown` has it.
    """

    def compile_checked(_database: Database, values: Sequence[str]) -> Clause:
        found = [is_in(column, [check(value) for value in values if value != _NULL])]
        if _NULL in values:
            found.append(Clause(f"{column} IS NULL"))
        return lead(any_of(found))

    yield from text(name, shown or column, lead=lead, empty=False)
    yield from _both(name, texts_parameter(compile_checked))


def mac(name: str, lead: Lead = _as_it_is) -> Iterator[Named]:
    """A filter on hardware addresses, in whatever form they are written."""
    return checked_text(name, "mac_address", _as_mac, shown="lower(mac_address)", lead=lead)


def _as_mac(value: str) -> str:
    if not _is_mac(value):
        raise InvalidValueError(f"Invalid MAC address format: {value}")
    digits = re.sub("[-:.]", "", value).upper()
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


def time_zone(name: str, column: str) -> Iterator[Named]:
    """A filter on time zones."""
    return checked_text(name, column, _as_zone)


def _as_zone(value: str) -> str:
    if value not in available_timezones():
        raise InvalidValueError(f"Invalid timezone '{value}'")
    return value


def _text_parameter(column: str, compare: Compare, lead: Lead) -> Parameter:
    def compile_texts(_database: Database, values: Sequence[str]) -> Clause:
        return lead(
            any_of(
                Clause(f"{column} IS NULL") if value == _NULL else compare(column, value) for value in values
            )
        )

    return texts_parameter(compile_texts)


def ordered(
    name: str, column: str, parse: Callable[[str], object], schema: Mapping[str, object]
) -> Iterator[Named]:
    """A filter on something that has an order: numbers, dates, moments."""

    def parameter(sign: str) -> Parameter:
        def compile_ordered(_database: Database, values: Sequence[str]) -> Clause:
            present = [parse(value) for value in values if value]
            if not present:
                return EVERYTHING
            return any_of(Clause(f"{column} {sign} ?", (value,)) for value in present)

        return Parameter(schema, compile_ordered)

    yield from _both(name, parameter("="))
    for lookup, sign in _NUMBER.items():
        yield f"{name}__{lookup}", parameter(sign)
    yield f"{name}__empty", switch(Clause(f"{column} IS NULL"))


def number(name: str, column: str) -> Iterator[Named]:
    """A filter on whole numbers."""
    return ordered(name, column, whole_number, {"type": "integer", "format": "int32"})


def decimal(name: str, column: str) -> Iterator[Named]:
    """A filter on decimal numbers."""

    def parse(value: str) -> float:
        try:
            return float(value)
        except ValueError:
            raise InvalidValueError("Enter a number.") from None

    return ordered(name, column, parse, {"type": "number", "format": "double"})


def day(name: str, column: str) -> Iterator[Named]:
    """A filter on dates."""

    def parse(value: str) -> str:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise InvalidValueError("Enter a valid date.") from None

    return ordered(name, column, parse, {"type": "string", "format": "date"})


def as_moment(value: str) -> str:
    """A moment in the form in which moments are stored."""
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        raise InvalidValueError("Enter a valid date/time.") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(name: str, column: str) -> Iterator[Named]:
    """A filter on moments."""
    return ordered(name, column, as_moment, {"type": "string", "format": "date-time"})


@dataclass(frozen=True)
class _Choices:
    """A column with a fixed list of values, by their text in a query."""

    column: str
    allowed: Mapping[str, str | int]
    null: bool
    lead: Lead

    def compile(self, compare: Compare, _database: Database, values: Sequence[str]) -> Clause:
        """What some of the values amount to; any other value is an error."""
        for value in values:
            if value not in self.allowed and not (self.null and value == _NULL):
                raise InvalidValueError(NO_CHOICE.format(value))
        return self.lead(any_of(self._one(compare, value) for value in values))

    def _one(self, compare: Compare, text_: str) -> Clause:
        if text_ == _NULL:
            return Clause(f"{self.column} IS NULL")
        value = self.allowed[text_]
        return compare(self.column, value) if isinstance(value, str) else is_in(self.column, [value])


def choice(
    name: str,
    column: str,
    allowed: Mapping[str | int, str],
    *,
    schema: Mapping[str, object],
    many: bool = True,
    null: bool = True,
    lead: Lead = _as_it_is,
) -> Iterator[Named]:
    """A filter on a field with a fixed list of values.

    One that takes several values accepts only these with any lookup; one that takes a single
    value accepts any text with a lookup.
    """
    choices = _Choices(column, {str(value): value for value in allowed}, null, lead)
    numbers = all(isinstance(value, int) for value in allowed)
    if not many:
        for lookup, parameter in text(name, column, lead=lead, empty=not numbers):
            yield lookup, checked_numbers(parameter) if numbers else parameter
        exact = one_of_many(partial(choices.compile, _equal))
        yield from _both(name, Parameter(schema, exact, many=False))
        return
    yield name, Parameter(schema, partial(choices.compile, _equal))
    for lookup, (compare, negated) in _TEXT.items():
        found = Parameter(schema, partial(choices.compile, compare))
        yield f"{name}__{lookup}", found.negated() if negated else found
    if not numbers:
        yield f"{name}__empty", switch(lead(Clause(f"{column} IS NULL OR {column} = ''")))


def through(model: Model, path: str, leaf: Callable[[str], Clause]) -> Clause:
    """The objects of a type from which a path of relations leads to what `leaf` says of its last column."""
    head, _, rest = path.partition(".")
    field = model.of(head)
    related = isinstance(field, Many | Tags)
    column = "target" if related else f'"{head}"'
    if rest:
        inner = through(MODELS[_target(field)], rest, leaf)
        found = Clause(
            f"{column} IN (SELECT id FROM {MODELS[_target(field)].table} WHERE {inner.sql})", inner.parameters
        )
    else:
        found = leaf(column)
    if related:
        return Clause(
            f"id IN (SELECT source FROM {link_table(model, head)} WHERE {found.sql})", found.parameters
        )
    return found


def _target(field: Field) -> str:
    match field:
        case Ref(to=to) | Many(to=to):
            return to
        case Tags():
            return "extras.tag"
        case _:
            raise TypeError(f"{field.name} refers to nothing")


def at_the_end(model: Model, path: str) -> Model:
    """The type that a path of relations leads to."""
    for step in path.split("."):
        model = MODELS[_target(model.of(step))]
    return model


def reference(model: Model, by: By) -> Iterator[Named]:
    """The filters through a reference: by id and by key, and all but those."""
    path = by.path or by.name
    target = at_the_end(model, path)
    if by.by_id:
        yield from _both(f"{by.name}_id", _reference_parameter(model, path, target, "id", tree=by.tree))
    if by.key:
        yield from _both(by.name, _reference_parameter(model, path, target, by.key, tree=by.tree))


def _both(name: str, parameter: Parameter) -> Iterator[Named]:
    yield name, parameter
    yield f"{name}__n", parameter.negated()


def _reference_parameter(model: Model, path: str, target: Model, key: str, *, tree: bool) -> Parameter:
    def compile_reference(database: Database, values: Sequence[str]) -> Clause:
        ids = ids_of(database, target, key, [value for value in values if value != _NULL])
        found = NOTHING
        if ids:
            found = through(
                model, path, lambda column: below(column, target, ids) if tree else is_in(column, ids)
            )
        if _NULL in values:
            found |= ~through(model, path, lambda column: _has_key(column, target, key))
        return found

    # In a tree even an id is a text to the schema, as NetBox has it.
    kind = "integer" if key in _NUMBERED and not tree else "string"
    return Parameter({"type": kind}, compile_reference)


def _has_key(column: str, target: Model, key: str) -> Clause:
    """Rows with a reference to something, and that has the key: a device may have no name."""
    field = target.by_name.get(key)
    if isinstance(field, Text) and field.null:
        return Clause(f'{column} IN (SELECT id FROM {target.table} WHERE "{key}" IS NOT NULL)')
    return Clause(f"{column} IS NOT NULL")


def ids_of(database: Database, target: Model, key: str, values: Sequence[str]) -> list[int]:
    """The ids of the objects with these keys; a key without an object is not a valid choice."""
    well_formed = _WELL_FORMED.get(key)
    for value in values:
        if well_formed and not well_formed(value):
            raise InvalidValueError(f"“{value}” is not a valid value.")
    clause = is_in(f'"{key}"', [int(value) if key in _NUMBERED else value for value in values])
    rows = database.query(f'SELECT id, "{key}" FROM {target.table} WHERE {clause.sql}', clause.parameters)
    known = {str(found) for _, found in rows}
    for value in values:
        if value not in known:
            raise InvalidValueError(NO_CHOICE.format(value))
    return [id_ for id_, _ in rows]


def only_one(target: str, key: str, condition: Clause, kind: str = "string") -> Parameter:
    """A parameter that takes one object, whose id stands for every `?` of the condition."""

    def compile_one(database: Database, values: Sequence[str]) -> Clause:
        try:
            ids = ids_of(database, MODELS[target], key, values)
        except InvalidValueError:
            raise InvalidValueError(NO_CHOICE.format("That choice")) from None
        return Clause(condition.sql, tuple(ids) * condition.sql.count("?"))

    return Parameter({"type": kind}, one_of_many(compile_one), many=False)


def _is_whole(value: str) -> bool:
    return value.removeprefix("-").isdigit()


def _is_mac(value: str) -> bool:
    return re.fullmatch(_MAC, re.sub("[-:.]", "", value)) is not None


def _is_address(value: str) -> bool:
    try:
        ip_interface(value)
    except ValueError:
        return False
    return True


_NUMBERED = {"id", "asn"}
_WELL_FORMED: Mapping[str, Callable[[str], bool]] = {
    "id": _is_whole,
    "asn": _is_whole,
    "address": _is_address,
    "mac_address": _is_mac,
}


def below(column: str, target: Model, ids: Sequence[int]) -> Clause:
    """Rows whose reference is one of these or stands anywhere below one of them."""
    start = is_in("id", ids)
    return Clause(
        f"{column} IN (WITH RECURSIVE tree(id) AS (SELECT id FROM {target.table} WHERE {start.sql}"
        f" UNION SELECT child.id FROM {target.table} child JOIN tree ON child.parent = tree.id)"
        " SELECT id FROM tree)",
        start.parameters,
    )


def object_types(name: str, column: str) -> Iterator[Named]:
    """A filter on the type half of a generic reference, which knows nothing of unknown types."""

    def compile_types(_database: Database, values: Sequence[str]) -> Clause:
        return is_in(column, [value.lower() for value in values])

    parameter = texts_parameter(compile_types)
    yield name, parameter
    # The negated form filters just as the plain one does: NetBox's own filter forgets to turn it round.
    yield f"{name}__n", parameter


def generic(field: Generic) -> Iterator[Named]:
    """The filters on a generic reference."""
    yield from object_types(f"{field.stem}_type", f"{field.stem}_type")
    yield from number(f"{field.stem}_id", f"{field.stem}_id")


def tags(model: Model) -> Iterator[Named]:
    """The filters on tags: of several, an object must carry all; `any` and `n` are satisfied with one."""
    for name, key, kind in (("tag", "slug", "string"), ("tag_id", "id", "integer")):
        yield name, _tag_parameter(model, key, kind, all_of)
        yield f"{name}__any", _tag_parameter(model, key, kind, any_of)
        yield f"{name}__n", _tag_parameter(model, key, kind, lambda clauses: ~any_of(clauses))


def _tag_parameter(
    model: Model, key: str, kind: str, combine: Callable[[Iterable[Clause]], Clause]
) -> Parameter:
    def compile_tags(database: Database, values: Sequence[str]) -> Clause:
        ids = ids_of(database, MODELS["extras.tag"], key, values)
        return combine(
            Clause(f"id IN (SELECT source FROM {link_table(model, 'tags')} WHERE target = ?)", (id_,))
            for id_ in ids
        )

    return Parameter({"type": kind}, compile_tags)
