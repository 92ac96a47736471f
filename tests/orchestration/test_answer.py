"""What is sent of an answer: shorter than the answer, and nothing less."""

from __future__ import annotations

from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from orchestration.answer import Answer, Cost, Section
from tests.core import expanded
from tests.orchestration.strategies import CELLS


@st.composite
def tables(draw: st.DrawFn) -> tuple[tuple[str, ...], list[list[Any]]]:
    width = draw(st.integers(1, 5))
    # Few different values a column, so that columns with one value in all rows are common.
    pools = [draw(st.lists(CELLS, min_size=1, max_size=2)) for _ in range(width)]
    row = st.tuples(*(st.sampled_from(pool) for pool in pools)).map(list)
    return tuple(f"c{i}" for i in range(width)), draw(st.lists(row, max_size=6))


def sent(section: Section) -> dict[str, Any]:
    body: dict[str, Any] = orjson.loads(Answer("", (section,)).text())["sections"][0]
    return body


def empty_as_null(value: Any) -> Any:
    return None if value in ("", []) and not isinstance(value, bool) else value


@given(tables())
def test_the_compact_table_can_be_expanded_to_the_whole_one(
    table: tuple[tuple[str, ...], list[list[Any]]],
) -> None:
    columns, rows = table
    body = sent(Section("things", columns, rows, len(rows)))
    # As JSON: 1, 1.0 and true are three different things there.
    found = [
        orjson.dumps({k: empty_as_null(v) for k, v in sorted(row.items())}) for row in expanded(body) if rows
    ]
    assert found == [
        orjson.dumps({k: empty_as_null(v) for k, v in sorted(zip(columns, row, strict=True))}) for row in rows
    ]


@given(tables(), st.integers(0, 5), st.integers(0, 5))
def test_a_part_of_a_table_says_which_part(
    table: tuple[tuple[str, ...], list[list[Any]]], before: int, after: int
) -> None:
    columns, rows = table
    body = sent(Section("things", columns, rows, before + len(rows) + after, before))
    assert body["total"] == before + len(rows) + after
    assert body.get("from", 1) == before + 1
    assert body.get("shown", body["total"]) == len(rows)


def test_columns_alike_in_all_rows_are_said_once_and_empty_ones_only_named() -> None:
    rows = [[i, "active", None, ""] for i in range(3)]
    body = sent(Section("devices", ("name", "status", "rack", "serial"), rows, 3))
    assert body["columns"] == ["name"]
    assert body["rows"] == [[0], [1], [2]]
    assert body["same"] == {"status": "active"}
    assert body["empty"] == ["rack", "serial"]


def test_a_table_without_any_difference_keeps_a_column_to_count_by() -> None:
    body = sent(Section("devices", ("name", "status"), [["x", "active"]] * 4, 4))
    assert body["rows"] == [["x"]] * 4
    assert body["same"] == {"status": "active"}


def test_what_there_is_nothing_of_is_not_sent() -> None:
    assert Answer("nothing").as_dict() == {
        "summary": "nothing",
        "complete": True,
        "cost": {"calls": 0, "hits": 0, "ms": 0},
    }


def test_a_whole_answer_is_sent_whole() -> None:
    answer = Answer(
        "two",
        (Section("t", ("a",), [[1], [2]], 5, key="k"),),
        {"id": "1"},
        complete=False,
        as_of="2026-11-20T12:00:00Z",
        source="lab",
        warnings=("half",),
        next={"t": "cursor"},
        cost=Cost(3, 2, 1),
    )
    assert orjson.loads(answer.text()) == {
        "summary": "two",
        "facts": {"id": "1"},
        "sections": [{"title": "t", "total": 5, "shown": 2, "columns": ["a"], "rows": [[1], [2]]}],
        "complete": False,
        "next": {"t": "cursor"},
        "warnings": ["half"],
        "source": "lab",
        "as_of": "2026-11-20T12:00:00Z",
        "cost": {"calls": 3, "hits": 2, "ms": 1},
    }
