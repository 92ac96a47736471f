"""A query parameter of a list: how the schema describes it and what it means as a condition."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from demo.clause import EVERYTHING, Clause, is_in
from demo.database import Database

Compile = Callable[[Database, Sequence[str]], Clause]
#: leads from a condition on other objects to one on those that are listed
Lead = Callable[[Clause], Clause]
Named = tuple[str, "Parameter"]


class InvalidValueError(ValueError):
    """A value that the parameter can't take; the text is NetBox's."""


@dataclass(frozen=True)
class Parameter:
    """One parameter; `compile` gets every value that the query string has for it."""

    schema: Mapping[str, object]
    compile: Compile
    many: bool = True

    def negated(self) -> "Parameter":
        """All that this one doesn't find."""

        def compile_others(database: Database, values: Sequence[str]) -> Clause:
            found = self.compile(database, values)
            # What doesn't filter doesn't filter the other way round either.
            return found if found is EVERYTHING else ~found

        return Parameter(self.schema, compile_others, self.many)

    def led(self, sql: str) -> "Parameter":
        """The same for another type, led to what is listed by SQL with a gap for the condition."""

        def compile_led(database: Database, values: Sequence[str]) -> Clause:
            found = self.compile(database, values)
            return Clause(sql.format(found.sql), found.parameters)

        return Parameter(self.schema, compile_led, self.many)


def one_of_many(compile_one: Compile) -> Compile:
    """For a parameter that takes a single value: of several the last counts, of none nothing."""

    def compile_last(database: Database, values: Sequence[str]) -> Clause:
        return compile_one(database, values[-1:]) if values and values[-1] else EVERYTHING

    return compile_last


def switch(on: Clause, off: Clause | None = None) -> Parameter:
    """A yes or no; anything else is as if it wasn't there."""
    otherwise = ~on if off is None else off

    def compile_switch(_database: Database, values: Sequence[str]) -> Clause:
        match values[-1].lower():
            case "true" | "1":
                return on
            case "false" | "0":
                return otherwise
            case _:
                return EVERYTHING

    return Parameter({"type": "boolean"}, compile_switch, many=False)


def text_parameter(compile_text: Callable[[Database, str], Clause]) -> Parameter:
    """A parameter that takes one text."""
    return Parameter(
        {"type": "string"},
        one_of_many(lambda database, values: compile_text(database, values[0].strip())),
        many=False,
    )


def texts_parameter(compile_texts: Compile) -> Parameter:
    """A parameter that takes several texts; empty ones don't count."""
    return Parameter({"type": "string"}, _without_blanks(compile_texts))


def whole_number(value: str) -> int:
    """The value as a whole number."""
    try:
        return int(value)
    except ValueError:
        raise InvalidValueError("Enter a whole number.") from None


def checked_numbers(parameter: Parameter) -> Parameter:
    """The same parameter, for values that must be whole numbers."""

    def compile_checked(database: Database, values: Sequence[str]) -> Clause:
        for value in filter(None, values):
            whole_number(value)
        return parameter.compile(database, values)

    return Parameter({"type": "integer", "format": "int32"}, compile_checked, parameter.many)


def numbers_parameter(compile_numbers: Callable[[Database, Sequence[int]], Clause]) -> Parameter:
    """A parameter that takes several whole numbers."""

    def compile_checked(database: Database, values: Sequence[str]) -> Clause:
        return compile_numbers(database, [whole_number(value) for value in values])

    return Parameter({"type": "integer", "format": "int32"}, _without_blanks(compile_checked))


def last_number_parameter(condition: Clause, kind: str = "number") -> Parameter:
    """A parameter that takes one number, for every `?` of the condition; of several the last counts.

    `kind` is what the schema calls the number.
    """

    def compile_number(_database: Database, values: Sequence[str]) -> Clause:
        try:
            number = int(float(values[0]))
        except ValueError:
            raise InvalidValueError("Enter a number.") from None
        return Clause(condition.sql, (number,) * condition.sql.count("?"))

    return Parameter({"type": kind}, one_of_many(compile_number), many=False)


def by_key(column: str, lead: Lead) -> Parameter:
    """A parameter that takes keys of objects which lead to those that are listed."""
    return texts_parameter(lambda _, values: lead(is_in(column, values)))


def by_id(column: str, lead: Lead) -> Parameter:
    """The same by number."""
    return numbers_parameter(lambda _, values: lead(is_in(column, values)))


def _without_blanks(compile_values: Compile) -> Compile:
    def compile_present(database: Database, values: Sequence[str]) -> Clause:
        present = [value.strip() for value in values if value]
        return compile_values(database, present) if present else EVERYTHING

    return compile_present
