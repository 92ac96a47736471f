"""The embedded server: NetBox's REST API over a generated inventory, read-only, with faults on demand."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from html import escape
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs
from uuid import uuid4

import orjson
from aiohttp import web

from demo.faults import Faults
from demo.inventory import Inventory
from demo.tokens import NotAuthenticatedError, Token, authenticate
from demo.views import VERSION, Request, Views

#: the token that a server knows when it is given none
DEMO_TOKEN = "0123456789abcdef0123456789abcdef01234567"  # noqa: S105 - a token of a toy server
_LONGEST_REQUEST_LINE = 4094
_API_VERSION = ".".join(VERSION.split(".")[:2])
_log = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Recorded:
    """One request that reached the server."""

    method: str
    path: str
    query: str


class DemoServer:
    """A server that can be started, watched and broken, in the event loop that it is started in."""

    def __init__(self, inventory: Inventory, tokens: Iterable[Token] = (Token(DEMO_TOKEN),)) -> None:
        self.inventory = inventory
        self.tokens = list(tokens)
        self.faults = Faults()
        self.requests: list[Recorded] = []
        self.url = ""
        self._views = Views(inventory.database)
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen, and return the address to reach it at."""
        # Too long a request line must reach the handler, which answers it as NetBox's own server does.
        self._runner = web.AppRunner(
            create_app(self), access_log=None, max_line_size=1 << 20, shutdown_timeout=1, handle_signals=False
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        """Stop listening; the inventory stays."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Record a request, let a fault strike, or answer."""
        self.requests.append(Recorded(request.method, request.path, request.query_string))
        if not request.path.startswith(self.faults.under):
            return self._answer(request)
        if self.faults.take("after"):
            return self._answer(request)
        if self.faults.latency:
            await asyncio.sleep(self.faults.latency)
        response = self._refusal() or self._answer(request)
        if self.faults.take("cut"):
            return await _cut_off(request, response)
        if self.faults.drip:
            return await _drip(request, response, self.faults.drip)
        return response

    def _refusal(self) -> web.Response | None:
        """The answer of a server that can't or won't, if one is due."""
        if self.faults.take("throttled"):
            headers = {"Retry-After": str(self.faults.retry_after)}
            return _json({"detail": "Request was throttled."}, 429, headers)
        if self.faults.take("failing"):
            return _json(_server_error("OperationalError", "the database is gone"), 500)
        if self.faults.take("html"):
            return _page("Log in", "<form>Username, password</form>", 200)
        return None

    def _answer(self, request: web.Request) -> web.Response:
        line = f"{request.method} {request.raw_path} HTTP/1.1"
        if len(line) > _LONGEST_REQUEST_LINE:
            return _request_line_too_long(len(line))
        if not request.path.startswith("/api/"):
            return _missing_page()
        if not request.path.endswith("/"):
            query = f"?{request.query_string}" if request.query_string else ""
            return web.Response(status=301, headers={"Location": f"{request.rel_url.raw_path}/{query}"})
        if request.path == "/api/schema/":
            return _schema(self._views, request)
        return self._answer_token_holder(request)

    def _answer_token_holder(self, request: web.Request) -> web.Response:
        try:
            token = authenticate(request.headers.get("Authorization"), self.tokens)
        except NotAuthenticatedError as error:
            return _json({"detail": str(error)}, 403)
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            return _json({"detail": "You do not have permission to perform this action."}, 403)
        base_url = f"{request.scheme}://{request.host}"
        answer = self._views.answer(
            Request(
                path=request.path,
                query=parse_qs(request.rel_url.raw_query_string, keep_blank_values=True),
                token=token,
                base_url=base_url,
                url=f"{base_url}{request.raw_path}",
            )
        )
        if answer.body is None:
            return _missing_page()
        return _json(answer.body, answer.status, dict(answer.headers))


def create_app(server: DemoServer) -> web.Application:
    """The web application of a server, to be run by whoever wants to."""
    app = web.Application(middlewares=[_last_resort])
    app.router.add_route("*", "/{path:.*}", server.handle)
    return app


@web.middleware
async def _last_resort(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer what nobody expected the way NetBox does, and leave the trace in the log."""
    try:
        return await handler(request)
    except (web.HTTPException, ConnectionError, asyncio.CancelledError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the client must be answered
        _log.exception("request failed: %s", request.path)
        return _json(_server_error(type(error).__name__, str(error)), 500)


def _server_error(kind: str, text: str) -> dict[str, str]:
    return {"error": text, "exception": kind, "netbox_version": VERSION, "python_version": "3.12.1"}


def _schema(views: Views, request: web.Request) -> web.Response:
    """The schema in the form asked for: JSON, or else YAML, of which JSON is a part."""
    if request.query.get("format") == "json":
        kind = "application/vnd.oai.openapi+json"
    elif "application/json" in request.headers.get("Accept", ""):
        kind = "application/json"
    else:
        kind = "application/vnd.oai.openapi"
    return web.Response(body=orjson.dumps(views.schema()), content_type=kind, headers=_headers())


def _headers() -> dict[str, str]:
    return {"API-Version": _API_VERSION, "X-Request-ID": str(uuid4())}


def _json(body: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(
        body=orjson.dumps(body),
        status=status,
        content_type="application/json",
        headers=_headers() | (headers or {}),
    )


def _page(title: str, text: str, status: int) -> web.Response:
    head = f'<!DOCTYPE html>\n<html lang="en">\n<head><title>{title}</title></head>\n'
    body = f"{head}<body>{text}</body>\n</html>\n"
    return web.Response(text=body, status=status, content_type="text/html", headers=_headers())


def _missing_page() -> web.Response:
    return _page("Page Not Found", "<h1>Page Not Found</h1><p>The requested page does not exist.</p>", 404)


def _request_line_too_long(length: int) -> web.Response:
    text = escape(f"Request Line is too large ({length} > {_LONGEST_REQUEST_LINE})")
    body = (
        "<html>\n  <head>\n    <title>Bad Request</title>\n  </head>\n  <body>\n"
        f"    <h1><p>Bad Request</p></h1>\n    {text}\n  </body>\n</html>\n"
    )
    return web.Response(text=body, status=400, content_type="text/html", headers={"Connection": "close"})


async def _cut_off(request: web.Request, response: web.Response) -> web.StreamResponse:
    """Promise the whole body, send half of it and hang up."""
    body = response.body if isinstance(response.body, bytes) else b""
    partial = web.StreamResponse(status=response.status, headers=response.headers)
    partial.content_length = len(body)
    await partial.prepare(request)
    await partial.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return partial


async def _drip(request: web.Request, response: web.Response, pause: float) -> web.StreamResponse:
    """Send the body in ten pieces with a pause before each."""
    body = response.body if isinstance(response.body, bytes) else b""
    slow = web.StreamResponse(status=response.status, headers=response.headers)
    slow.content_length = len(body)
    await slow.prepare(request)
    size = max(1, -(-len(body) // 10))
    for at in range(0, len(body), size):
        await asyncio.sleep(pause)
        await slow.write(body[at : at + size])
    await slow.write_eof()
    return slow
