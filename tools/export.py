"""`export`: the whole of a section that was cut, as a file instead of rows in the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from orchestration.cursor import Sealer
from orchestration.request import Request
from orchestration.tool import Arguments, Tool, Window
from tools.more import MoreArguments, continued

NAME = "export"
TITLE = "Export a whole table as a file"
DESCRIPTION = (
    "A table that was cut, from its first row to its last, as CSV or JSON lines in a link or file: the rows do not "
    "pass through this conversation. Use it where a user wants the data itself, or more than a few `more`. "
    'Example: cursor="..." from next["devices"], format="csv".'
)


class ExportArguments(Arguments):
    """Which table, and as what."""

    cursor: Annotated[str, Field(max_length=8_000, description="a cursor from an answer's `next`")]
    format: Annotated[Literal["csv", "jsonl"], Field(description="csv or jsonl")] = "csv"


def exported(cursor: str, tools: Mapping[str, Tool[Any]], sealer: Sealer, scope: str) -> Request:
    """The request for the section that a cursor continues, from its beginning. Raises `BadCursor`."""
    request = continued(MoreArguments(cursor=cursor), tools, sealer, scope)
    return Request(request.tool, request.arguments, Window(request.window.section))
