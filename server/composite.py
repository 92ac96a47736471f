"""One owner of every tool's life: arguments checked in words, progress, errors as text, both channels alike."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastmcp.server.dependencies import get_context
from fastmcp.tools import Tool, ToolResult
from mcp.types import ResourceLink, TextContent, ToolAnnotations
from pydantic import BaseModel, PrivateAttr, ValidationError

from orchestration.gather import Progress
from orchestration.runner import Outcome
from orchestration.tool import Arguments
from sources.errors import BadArguments, NetbriefError
from sources.where import nearest

log = logging.getLogger("netbrief")

Call = Callable[[Arguments, Progress], Awaitable[Outcome]]
LONGEST_ERROR = 8_000
"""Characters: clients cut an error's text somewhere above that."""

READ_ONLY = ToolAnnotations(read_only_hint=True, open_world_hint=False)


class CompositeTool(Tool):
    """A tool as FastMCP serves it."""

    _arguments: type[Arguments] = PrivateAttr()
    _call: Call = PrivateAttr()

    @classmethod
    def make(
        cls, name: str, title: str, description: str, arguments: type[Arguments], call: Call, *, several: bool
    ) -> CompositeTool:
        """The tool of that name; `several` sources make `source` an argument that is shown."""
        tool = cls(
            name=name,
            title=title,
            description=description,
            parameters=compact_schema(arguments, hidden=() if several else ("source",)),
            annotations=READ_ONLY,
        )
        tool._arguments, tool._call = arguments, call
        return tool

    async def run(self, arguments: dict[str, Any]) -> ToolResult:
        """Validate, run, and give text and structured content that say the same."""
        try:
            asked = checked(self.name, self._arguments, arguments)
            outcome = await self._call(asked, _report)
        except NetbriefError as error:
            return failed(error)
        except Exception:
            # Whatever goes wrong in here, the caller gets words and never a stack trace.
            log.exception("the tool %s failed", self.name)
            return failed(
                NetbriefError(
                    "an internal error in netbrief; it is in the server's log",
                    hint="call again with simpler arguments, and report the error",
                )
            )
        links = [
            ResourceLink(
                type="resource_link",
                uri=link.uri,
                name=link.name,
                title=link.title,
                mime_type=link.mime_type,
            )
            for link in outcome.links
        ]
        return ToolResult(
            content=[TextContent(type="text", text=outcome.text), *links],
            structured_content=dict(outcome.body),
        )


async def _report(done: int, total: int, what: str) -> None:
    await get_context().report_progress(done, total, what)


def failed(error: NetbriefError) -> ToolResult:
    """An error as clients show it to a model: everything in the text."""
    text = error.in_words()[:LONGEST_ERROR]
    return ToolResult(content=[TextContent(type="text", text=text)], is_error=True)


def checked(tool: str, model: type[Arguments], arguments: Mapping[str, Any]) -> Arguments:
    """The arguments as the tool takes them. Raises `BadArguments` with what each one should be."""
    given = {name: value for name, value in arguments.items() if value is not None}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        problems = [_problem(each, model) for each in error.errors(include_url=False, include_input=False)]
    known = ", ".join(
        f"{name}: {_type_word(info)}" for name, info in compact_schema(model)["properties"].items()
    )
    raise BadArguments(f"{tool}: {'; '.join(problems)}", hint=f"arguments of {tool}: {known}")


def _problem(error: Any, model: type[BaseModel]) -> str:
    name = ".".join(str(part) for part in error["loc"][:1])
    if error["type"] == "extra_forbidden":
        close = nearest(name, model.model_fields)
        return f'there is no argument "{name}"' + (f", perhaps {close[0]}" if close else "")
    return f"{name}: {error['msg'][:200]}" if name else str(error["msg"]).removeprefix("Value error, ")


def compact_schema(model: type[BaseModel], hidden: tuple[str, ...] = ()) -> dict[str, Any]:
    """The model's JSON schema without what costs tokens and says nothing: titles, nulls, null defaults."""
    full = model.model_json_schema()
    properties = {name: _compact(held) for name, held in full["properties"].items() if name not in hidden}
    schema: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    if full.get("required"):
        schema["required"] = full["required"]
    return schema


def _compact(held: dict[str, Any]) -> dict[str, Any]:
    kept = {
        key: value
        for key, value in held.items()
        if key not in ("title", "default", "anyOf", "maxLength", "minLength")
    }
    choices = [_compact(each) for each in held.get("anyOf", ()) if each.get("type") != "null"]
    if len(choices) == 1:
        kept = {**choices[0], **kept}
    elif choices:
        kept["anyOf"] = choices
    if kept.get("additionalProperties") is True:
        del kept["additionalProperties"]
    if held.get("default") not in (None, False):
        kept["default"] = held["default"]
    return kept


def _type_word(held: Mapping[str, Any]) -> str:
    if "anyOf" in held:
        return " or ".join(_type_word(each) for each in held["anyOf"])
    inner = held.get("items", {}).get("type")
    return f"list of {inner}" if inner else str(held.get("type", "any"))
