"""What rows are written as: CSV for spreadsheets, JSON lines for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from orchestration.answer import Row

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


class Encode(Protocol):
    """Rows as text."""

    def __call__(self, columns: Sequence[str], rows: Sequence[Row]) -> str:
        """The text of these rows."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, and how it is written."""

    label: str
    suffix: str
    mime_type: str
    head: Encode
    """What comes before the first row."""
    body: Encode


def csv_lines(columns: Sequence[str], rows: Sequence[Row]) -> str:  # noqa: ARG001  # as `Encode` has it
    """Rows as RFC 4180 has them. Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return _csv([[_csv_cell(value) for value in row] for row in rows])


def csv_head(columns: Sequence[str], rows: Sequence[Row]) -> str:  # noqa: ARG001  # as `Encode` has it
    """The names of the columns."""
    return _csv([[_harmless(name) for name in columns]])


def json_lines(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """An object a line, with every column and the values as they are."""
    return "".join(f"{orjson.dumps(dict(zip(columns, row, strict=True))).decode()}\n" for row in rows)


def no_head(columns: Sequence[str], rows: Sequence[Row]) -> str:  # noqa: ARG001  # as `Encode` has it
    """Every line says its columns itself."""
    return ""


def _csv(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _csv_cell(value: Any) -> str:
    return _plain(value) if isinstance(value, int | float) else _harmless(_plain(value))


def _plain(value: Any) -> str:
    """A cell as text: nothing for none, a list by semicolons, what is nested as JSON."""
    if isinstance(value, list):
        return "; ".join(_plain(each) for each in value)
    if isinstance(value, str):
        return value
    return "" if value is None else orjson.dumps(value).decode()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


FORMATS: Mapping[str, Format] = {
    "csv": Format("CSV", "csv", "text/csv", csv_head, csv_lines),
    "jsonl": Format("JSON lines", "jsonl", "application/x-ndjson", no_head, json_lines),
}
