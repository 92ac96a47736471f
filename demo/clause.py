"""A condition in SQL with its parameters, and the ways to combine conditions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Clause:
    """What stands after WHERE; values are never part of the text."""

    sql: str
    parameters: tuple[object, ...] = ()

    def __and__(self, other: "Clause") -> "Clause":
        return Clause(f"({self.sql}) AND ({other.sql})", self.parameters + other.parameters)

    def __or__(self, other: "Clause") -> "Clause":
        return Clause(f"({self.sql}) OR ({other.sql})", self.parameters + other.parameters)

    def __invert__(self) -> "Clause":
        # Not true rather than NOT: a row with nothing in the column doesn't match, so it is among the others.
        return Clause(f"({self.sql}) IS NOT TRUE", self.parameters)


EVERYTHING = Clause("1")
NOTHING = Clause("0")


def any_of(clauses: Iterable[Clause]) -> Clause:
    """Rows that meet at least one condition."""
    return _joined(" OR ", clauses, NOTHING)


def all_of(clauses: Iterable[Clause]) -> Clause:
    """Rows that meet every condition."""
    return _joined(" AND ", clauses, EVERYTHING)


def is_in(column: str, values: Sequence[object]) -> Clause:
    """Rows with one of these values in a column."""
    return Clause(f"{column} IN ({', '.join('?' * len(values))})", tuple(values))


def _joined(word: str, clauses: Iterable[Clause], none: Clause) -> Clause:
    listed = list(clauses)
    if not listed:
        return none
    return Clause(
        word.join(f"({clause.sql})" for clause in listed),
        tuple(value for clause in listed for value in clause.parameters),
    )
