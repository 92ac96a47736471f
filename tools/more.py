"""`more`: the next part of any answer that was cut."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, ValidationError

from orchestration.cursor import Sealer
from orchestration.request import Request
from orchestration.tool import Arguments, Tool, Window
from sources.errors import BadCursor

NAME = "more"
TITLE = "Continue an answer that was cut"
DESCRIPTION = (
    "The next rows of an answer that was cut: pass the cursor from its `next`, unchanged. "
    'Example: cursor="..." from next["devices"].'
)


class MoreArguments(Arguments):
    """Where to go on."""

    cursor: Annotated[str, Field(max_length=8_000, description="a cursor from an answer's `next`")]


def continued(args: MoreArguments, tools: Mapping[str, Tool[Any]], sealer: Sealer, scope: str) -> Request:
    """The request that a cursor stands for, with the budget of this call. Raises `BadCursor`."""
    place = sealer.open(args.cursor, scope)
    tool = tools.get(place.tool)
    if tool is None:
        raise BadCursor(f'the tool "{place.tool}" is not offered any more')
    try:
        arguments = tool.arguments.model_validate(
            {**place.arguments, "max_tokens": args.max_tokens, "refresh": args.refresh}
        )
    except ValidationError:
        raise BadCursor("the cursor was made by another version of this server") from None
    return Request(tool, arguments, Window(place.section, place.offset))
