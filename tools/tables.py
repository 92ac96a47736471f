"""A table of an answer, from the row on that is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.answer import Row, Section
from orchestration.tool import Window


def table(
    title: str, columns: Sequence[str], rows: Sequence[Row], window: Window, key: str, share: float = 1.0
) -> Section:
    """The section of all these rows, begun where `more` goes on."""
    start = window.start(key)
    return Section(title, tuple(columns), rows[start:], len(rows), start, key, share)


def filled(
    title: str, columns: Sequence[str], rows: Sequence[Row], window: Window, key: str, share: float = 1.0
) -> list[Section]:
    """The same where there are rows; nothing where there are none."""
    return [table(title, columns, rows, window, key, share)] if rows else []
