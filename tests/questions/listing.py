"""How questions for `list_objects` are written: what is chosen, and what must be listed of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sources.types import CATALOG
from tests.questions.case import Case, Differs, Expect, Expected, Table
from tests.questions.truth import Row, Truth

Chosen = Callable[[Truth, Row], bool]
SUED = "Saint-Étienne/O'Hare 50% «Süd»"


def every(_: Truth, __: Row) -> bool:
    """No filter."""
    return True


def listing(type_: str, fields: Sequence[str], chosen: Chosen) -> Expect:
    """The rows of a type that are chosen, in these columns, with their number in the summary."""

    def expect(truth: Truth) -> Expected:
        rows = truth.rows(type_, lambda row: chosen(truth, row))
        shown = [[truth.show(type_, row, column) for column in fields] for row in rows]
        known = CATALOG[type_]
        counted = f"{len(rows):,} {known.label if len(rows) == 1 else known.plural}"
        return Expected({known.plural: Table(tuple(fields), shown)}, summary=(counted,))

    return expect


def listed(
    question: str,
    type_: str,
    where: Mapping[str, Any],
    fields: Sequence[str],
    chosen: Chosen = every,
    *,
    nautobot: Differs | None = None,
    **more: Any,
) -> Case:
    """The case of a list: the rows for which `chosen` is true."""
    arguments = {"type": type_, "where": where, "fields": list(fields), "max_tokens": 20_000, **more}
    return Case(question, "list_objects", arguments, listing(type_, fields, chosen), nautobot)


def refused(question: str, arguments: Mapping[str, Any], *words: str) -> Case:
    """The case of a call that must be refused in these words."""
    return Case(question, "list_objects", arguments, lambda _: Expected(error=words))


def at(site: str) -> Chosen:
    """Whether something is at the site of that name."""
    return lambda truth, row: truth.title("dcim.site", row["site"]) == site


def has_tag(truth: Truth, row: Row, *names: str) -> bool:
    """Whether an object has any of these tags."""
    return not {truth.title("extras.tag", each) for each in row["tags"]}.isdisjoint(names)


def ordered(
    question: str, type_: str, order: Sequence[str], rows: Callable[[Truth], list[Any]], **more: Any
) -> Case:
    fields = ["name"]
    title = CATALOG[type_].plural

    def expect(truth: Truth) -> Expected:
        return Expected({title: Table(("name",), [[each] for each in rows(truth)], ordered=True)})

    return Case(
        question, "list_objects", {"type": type_, "fields": fields, "order_by": list(order), **more}, expect
    )


def with_related(
    question: str,
    type_: str,
    where: Mapping[str, Any],
    relation: str,
    target: str,
    field: str,
    chosen: Chosen,
) -> Case:
    """The case of rows with what refers to them in one column: how many, and their names in order."""

    def expect(truth: Truth) -> Expected:
        rows = []
        for row in truth.rows(type_, lambda each: chosen(truth, each)):
            inner = truth.rows(target, lambda each, id_=row["id"]: each[field] == id_)  # type: ignore[misc]  # default binds the loop variable
            names = sorted(str(truth.title(target, each["id"])) for each in inner)
            rows.append(
                [truth.title(type_, row["id"]), f"{len(names)}: {', '.join(names)}" if names else None]
            )
        title = CATALOG[type_].title
        return Expected({CATALOG[type_].plural: Table((title, relation), rows)})

    arguments = {"type": type_, "where": where, "fields": [CATALOG[type_].title], "include": [relation]}
    return Case(question, "list_objects", arguments, expect)
