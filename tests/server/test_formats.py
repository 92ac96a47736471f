"""Rows as CSV and as JSON lines: nothing is lost, and nothing is run by a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.formats import FORMATS

COLUMNS = ("name", "what, else", "=1+1")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
CELLS = VALUES | st.lists(VALUES, max_size=3) | st.dictionaries(TEXT, VALUES, max_size=3)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5)


def written(name: str, rows: list[Any]) -> str:
    format_ = FORMATS[name]
    return format_.head(COLUMNS, rows) + format_.body(COLUMNS, rows)


def as_csv(*cells: Any) -> list[str]:
    [row] = csv.reader(io.StringIO(FORMATS["csv"].body(COLUMNS, [cells]), newline=""))
    return row


@given(ROWS)
def test_json_lines_hold_every_value_as_it_is(rows: list[Any]) -> None:
    found = [json.loads(line) for line in written("jsonl", rows).split("\n")[:-1]]
    assert found == [dict(zip(COLUMNS, row, strict=True)) for row in rows]


@given(ROWS)
def test_csv_is_read_back_row_by_row(rows: list[Any]) -> None:
    head, *found = csv.reader(io.StringIO(written("csv", rows), newline=""))
    assert head == ["name", "what, else", "'=1+1"]
    assert len(found) == len(rows)
    for row, cells in zip(rows, found, strict=True):
        for value, cell in zip(row, cells, strict=True):
            if isinstance(value, str):
                assert cell in (value, f"'{value}")


@given(TEXT | st.lists(TEXT, min_size=1, max_size=3))
def test_no_text_begins_as_a_formula(value: Any) -> None:
    [cell] = as_csv(value)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (-5, "-5"),
        (1.5, "1.5"),
        ("-48V", "'-48V"),
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("two\nlines", "two\nlines"),
        (["a", None, 7, "-b"], "a; ; 7; -b"),
        ({"tier": "gold"}, '{"tier":"gold"}'),
        ("Zürich, 日本", "Zürich, 日本"),
    ],
)
def test_a_cell_in_csv(value: Any, cell: str) -> None:
    assert as_csv(value) == [cell]


def test_csv_ends_its_lines_as_its_standard_says() -> None:
    assert written("csv", [("a", 'b "c"', None)]) == 'name,"what, else",\'=1+1\r\na,"b ""c""",\r\n'
