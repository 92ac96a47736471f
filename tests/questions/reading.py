"""Reads an answer whole: with what `more` adds, with the columns that were said once, without ids."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.asking import Asker, Body
from tests.questions.truth import NAMELESS

_ID = re.compile(r"#(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27})(?=\s|$)")
MOST_PARTS = 60


@dataclass
class Whole:
    """All rows of one section, each by column."""

    total: int
    rows: list[dict[str, Any]] = field(default_factory=list)

    def column(self, names: Sequence[str]) -> list[tuple[Any, ...]]:
        """The rows in these columns."""
        return [tuple(row[name] for name in names) for row in self.rows]


async def read_whole(asker: Asker, tool: str, arguments: Mapping[str, Any]) -> tuple[Body, dict[str, Whole]]:
    """The first part of an answer, and all its sections to their ends."""
    body = (await asker.ask(tool, **arguments)).body
    sections = {each["title"]: Whole(each["total"], expanded(each)) for each in body.get("sections", ())}
    for title in body.get("next", {}):
        cursor: str | None = body["next"][title]
        parts = 0
        while cursor is not None:
            parts += 1
            assert parts < MOST_PARTS, f"{title} has no end"
            part = (await asker.ask("more", cursor=cursor, max_tokens=20_000)).body
            [section] = part["sections"]
            assert section.get("from", 1) == len(sections[title].rows) + 1
            assert section["total"] == sections[title].total
            sections[title].rows += expanded(section)
            cursor = part.get("next", {}).get(title)
    return body, sections


def expanded(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a section with the columns that are alike in all of them, and those that are empty."""
    same = {**dict.fromkeys(section.get("empty", ())), **section.get("same", {})}
    names = section.get("columns", ())
    rows = [{**same, **dict(zip(names, row, strict=True))} for row in section.get("rows", ())]
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def plain(value: Any) -> Any:
    """A cell as it is compared: lists sorted, what has no name without its id, empty as None."""
    if isinstance(value, list | tuple):
        parts = tuple(sorted(str(plain(each)) for each in value))
        return parts if len(parts) > 1 else (parts[0] if parts else None)
    if isinstance(value, str):
        return _ID.sub(NAMELESS, value) or None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
