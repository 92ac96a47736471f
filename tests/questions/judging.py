"""Asks one case and holds the answer against what it must be."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.asking import Asker
from tests.questions.case import ById, Case, Table
from tests.questions.reading import Whole, plain, read_whole
from tests.questions.truth import Truth


async def judge(case: Case, asker: Asker, kind: str, truth: Truth) -> None:
    """Raise an `AssertionError` that shows the difference, if there is one."""
    expected = case.expected_of(kind, truth)
    arguments = {name: await _told(value, asker) for name, value in case.arguments.items()}
    if expected.error:
        text = await asker.refused(case.tool, **arguments)
        assert [words for words in expected.error if words not in text] == [], text
        return
    body, sections = await read_whole(asker, case.tool, arguments)
    assert body["complete"] is True, body.get("warnings")
    along = case.along(truth).tables if case.along and _fuses(asker) else {}
    for title, table in {**expected.tables, **along}.items():
        _compare(table, sections[title])
    facts = body.get("facts", {})
    shown = {name: _plain_fact(facts.get(name)) for name in expected.facts}
    wanted = {name: _plain_fact(value) for name, value in expected.facts.items()}
    assert shown == wanted, f"{shown} instead of {wanted}"
    assert [words for words in expected.summary if words not in body["summary"]] == [], body["summary"]
    warnings = body.get("warnings", [])
    assert len(warnings) == len(expected.warnings), warnings
    for words, warning in zip(expected.warnings, warnings, strict=True):
        assert words in warning


def _fuses(asker: Asker) -> bool:
    [reader] = asker.services.readers.values()
    return reader.source.fuses


async def _told(value: Any, asker: Asker) -> Any:
    """An argument as it is sent."""
    if not isinstance(value, ById):
        return value
    _, sections = await read_whole(
        asker, "list_objects", {"type": value.type, "where": value.where, "fields": ["id"]}
    )
    [found] = sections.values()
    [row] = found.rows
    return f"{value.before}id:{row['id']}"


def _compare(table: Table, found: Whole) -> None:
    wanted = [tuple(plain(value) for value in row) for row in table.rows]
    rows = found.column(table.columns)
    assert len(rows) == found.total, f"{len(rows)} rows of {found.total}"
    if table.among:
        missing = Counter(wanted) - Counter(rows)
        assert not missing, f"missing {list(missing)[:6]} in {rows[:20]}"
    elif table.ordered:
        assert rows == wanted, f"{rows} instead of {wanted}"
    else:
        missing, extra = Counter(wanted) - Counter(rows), Counter(rows) - Counter(wanted)
        different = f"missing {list(missing)[:6]}, beyond {list(extra)[:6]}"
        assert (len(missing), len(extra)) == (0, 0), different


def _plain_fact(value: Any) -> Any:
    return {name: plain(each) for name, each in value.items()} if isinstance(value, dict) else plain(value)
