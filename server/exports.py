"""Exports: the tool that offers one, and the three ways to have it: a resource, a download, a file."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fastmcp import FastMCP
from fastmcp.exceptions import ResourceError
from fastmcp.resources import ResourceContent, ResourceResult
from fastmcp.server.dependencies import get_http_request
from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Send

from orchestration.answer import Answer, Cost
from orchestration.gather import Progress
from orchestration.request import Request
from orchestration.runner import Link, Outcome, Runner, no_progress
from orchestration.tool import Arguments
from orchestration.whole import first_rows, parts
from server.composite import CompositeTool
from server.files import file_name, write_file
from server.formats import FORMATS, Format
from server.services import Services
from sources.errors import BadArguments, BadCursor, NetbriefError, TooCostly
from sources.receipt import open_receipt
from tools import export

log = logging.getLogger("netbrief")

ROUTE = "/exports/{name}/{cursor}"
RESOURCE = "netbrief://export/{name}/{cursor}"
MOST_BYTES = 4 * 1024 * 1024
"""Of a resource: MCP has no way to send one in parts, so that it is held as a whole."""
BROKEN_OFF = "netbrief: this is not the whole table:"
"""How the last line of a download begins that could not be finished."""
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_WAYS = {"resource": "read the resource", "url": "get the url, or read the resource", "file": "in the file"}


@dataclass(slots=True)
class Export:
    """One export: what is read by which runner, and how it is written."""

    runner: Runner
    request: Request
    format: Format
    rows: int = 0
    """How many are written so far."""

    async def text(self, progress: Progress = no_progress) -> AsyncGenerator[str]:
        """The file's text, part by part. Raises a `NetbriefError` where it cannot go on to the end."""
        async with aclosing(parts(self.runner, self.request)) as sections:
            async for section in sections:
                head = "" if section.offset else self.format.head(section.columns, section.rows)
                self.rows += len(section.rows)
                await progress(self.rows, section.total, "rows")
                yield head + self.format.body(section.columns, section.rows)


class Exports:
    """Offers exports of what the services can read."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, server: FastMCP[Any], *, several: bool) -> None:
        """Give the server the tool, the resource and the route."""
        server.add_tool(
            CompositeTool.make(
                export.NAME,
                export.TITLE,
                export.DESCRIPTION,
                export.ExportArguments,
                self.offer,
                several=several,
            )
        )
        server.resource(
            RESOURCE,
            name=export.NAME,
            title="A whole table",
            description=f"What `export` offers, as csv or jsonl, up to {MOST_BYTES // 2**20} MiB",
        )(self.resource)
        server.custom_route(ROUTE, methods=["GET"])(self.download)

    async def offer(self, arguments: Arguments, progress: Progress) -> Outcome:
        """The short answer: how many rows, which columns, and where they are. Raises a `NetbriefError`."""
        assert isinstance(arguments, export.ExportArguments)
        started, account = time.perf_counter(), open_receipt()
        made = self._opened(arguments.format, arguments.cursor, arguments.source)
        answer = await first_rows(made.runner, made.request)
        [section] = answer.sections
        rows, label = section.total, made.format.label
        place = {"resource": RESOURCE.format(name=arguments.format, cursor=arguments.cursor)}
        base, folder = _http_address(), _expanded(self._services.settings.export_dir)
        if base is not None:
            place["url"] = base + ROUTE.format(name=arguments.format, cursor=arguments.cursor)
        elif folder is not None:
            place["file"] = str(await self._written(made, folder, section.title, progress))
            rows = made.rows
        told = Answer(
            f"{rows:,} rows of {section.title} as {label}: {_WAYS[list(place)[-1]]}",
            facts={"rows": rows, "columns": list(section.columns), **place},
            as_of=answer.as_of,
            source=answer.source,
            warnings=answer.warnings,
            cost=Cost(account.calls, account.hits, round((time.perf_counter() - started) * 1000)),
        )
        name = file_name(made.request.tool.name, section.title, suffix=made.format.suffix)
        link = Link(place["resource"], name, section.title, made.format.mime_type)
        return replace(Outcome.of(told.as_dict()), links=(link,))

    async def resource(self, name: str, cursor: str) -> ResourceResult:
        """The whole table as a resource. Raises `ResourceError` in words: also where it is too large for one."""
        open_receipt()
        try:
            made = self._opened(name, cursor)
            text = await _bounded(made.text())
        except NetbriefError as error:
            raise ResourceError(error.in_words(), log_level=logging.DEBUG) from None
        return ResourceResult([ResourceContent(text, mime_type=made.format.mime_type)])

    async def download(self, http: HttpRequest) -> Response:
        """The whole table as a download, sent while it is read."""
        open_receipt()
        try:
            made = self._opened(http.path_params["name"], http.path_params["cursor"])
            text = made.text()
            # What goes wrong at the beginning can still be said by the status.
            first = await anext(text, "")
        except NetbriefError as error:
            return PlainTextResponse(f"{error.in_words()}\n", _status(error), headers=HEADERS)
        name = file_name(made.request.tool.name, suffix=made.format.suffix)
        headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
        return Download(_after(first, text), headers=headers, media_type=made.format.mime_type)

    async def _written(self, made: Export, folder: Path, title: str, progress: Progress) -> Path:
        name = file_name(made.request.tool.name, title, suffix=made.format.suffix)
        async with aclosing(made.text(progress)) as text:
            return await write_file(folder, name, text)

    def _opened(self, name: str, cursor: str, source: str | None = None) -> Export:
        if name not in FORMATS:
            raise BadArguments(f'there is no format "{name}"', candidates=list(FORMATS))
        runner, request = self._services.exported(cursor, source)
        return Export(runner, request, FORMATS[name])


class Download(StreamingResponse):
    """A stream that is either whole or broken off: never ended as if it were whole."""

    async def stream_response(self, send: Send) -> None:
        """Send the text. An error is said in a last line, and the transfer is left without its end."""
        try:
            await super().stream_response(send)
        except NetbriefError as error:
            log.warning("an export broke off: %s", error.in_words())
            last = f"\n{BROKEN_OFF} {error.in_words()}\n".encode()
            await send({"type": "http.response.body", "body": last, "more_body": True})


async def _after(first: str, rest: AsyncGenerator[str]) -> AsyncIterator[str]:
    async with aclosing(rest):
        yield first
        async for part in rest:
            yield part


async def _bounded(text: AsyncGenerator[str]) -> str:
    """The text as a whole. Raises `TooCostly` as soon as it is larger than a resource may be."""
    found, size = [], 0
    async with aclosing(text):
        async for part in text:
            found.append(part)
            size += len(part.encode())
            if size > MOST_BYTES:
                raise TooCostly(
                    f"the table is larger than the {MOST_BYTES // 2**20} MiB that a resource may have",
                    hint="over HTTP use the url that export gives; on stdio set NETBRIEF_EXPORT_DIR for a file",
                )
    return "".join(found)


def _http_address() -> str | None:
    """The address that this call came to, without a slash at its end; None on stdio."""
    try:
        return str(get_http_request().base_url).rstrip("/")
    except RuntimeError:
        return None


def _expanded(folder: Path | None) -> Path | None:
    return folder.expanduser() if folder else None


def _status(error: NetbriefError) -> int:
    return 400 if isinstance(error, BadCursor | BadArguments) else 502
