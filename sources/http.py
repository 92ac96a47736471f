"""One pooled, bounded, retrying HTTP client per source; its failures are errors in words."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson
from aiohttp_retry import ExponentialRetry, RetryClient

from sources.errors import (
    NotAuthenticated,
    NotFound,
    NotPermitted,
    Rejected,
    SourceMisbehaved,
    SourceTooSlow,
    SourceUnreachable,
)
from sources.receipt import receipt

Params = Sequence[tuple[str, str]]

RETRIED_STATUSES = frozenset({429, 502, 503, 504})
LONGEST_PAUSE = 10.0
"""Seconds: a longer Retry-After is not waited for inside one tool call."""
FIRST_PAUSE = 0.3
"""Seconds before the second attempt; each further pause is twice as long."""
CUT_ANSWER_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Connection:
    """How a source is reached. `token` is the header's value and never appears in a message."""

    url: str
    token: str
    verify_tls: bool = True
    timeout: float = 30.0
    in_flight: int = 6
    attempts: int = 4
    ca_file: str | None = None


class PatientRetry(ExponentialRetry):
    """Exponential pauses, or the pause that the server asks for by Retry-After (seconds), up to a limit."""

    def get_timeout(self, attempt: int, response: aiohttp.ClientResponse | None = None) -> float:
        """Seconds to wait before the next attempt."""
        asked = response.headers.get("Retry-After", "") if response is not None else ""
        if re.fullmatch(r"\d+(\.\d+)?", asked):
            return min(float(asked), LONGEST_PAUSE)
        return float(super().get_timeout(attempt, response))


class HttpClient:
    """Reads JSON from one source. Safe to share between tasks; the session opens at the first read."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.base = connection.url.rstrip("/")
        self._gate = asyncio.Semaphore(connection.in_flight)
        self._client: RetryClient | None = None
        self._closed = False
        self.headers: dict[str, str] = {}

    @property
    def host(self) -> str:
        """The source's address as it may appear in a message: without credentials or query."""
        return re.sub(r"//[^/@]*@", "//", self.base)

    async def get(self, path: str, params: Params = (), *, patience: int = 1) -> Any:
        """GET `path` below the base URL and return the decoded JSON. Raises a `SourceError`.

        `patience` is how many times the usual time it may take.
        """
        return await self._request("GET", path, params=params, patience=patience)

    async def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """POST a GraphQL query, which may be repeated, and return the decoded JSON. Raises a `SourceError`."""
        return await self._request("POST", path, body=body)

    async def options(self, path: str) -> Any:
        """OPTIONS `path` and return the decoded JSON. Raises a `SourceError`."""
        return await self._request("OPTIONS", path)

    async def close(self) -> None:
        """Close the connections, for good: reads that are still under way end as unreachable."""
        self._closed = True
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def _request(
        self,
        method: str,
        path: str,
        params: Params = (),
        body: Mapping[str, Any] | None = None,
        patience: int = 1,
    ) -> Any:
        limit = self.connection.timeout * patience
        cut = lost = 0
        async with self._gate:
            while True:
                try:
                    return await self._attempt(method, path, params, body, limit)
                except aiohttp.ClientPayloadError:
                    cut += 1
                    if cut == CUT_ANSWER_ATTEMPTS:
                        raise SourceMisbehaved(
                            f"{self.host} cut its answer to {path} short {cut} times",
                            cause="a proxy or worker time-out in front of the source",
                        ) from None
                except TimeoutError:
                    raise SourceTooSlow(f"{self.host} did not answer {path} within {limit:g} s") from None
                except aiohttp.ClientConnectorError as error:
                    raise self._unreachable(error) from None
                except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError) as error:
                    # uWSGI closes each connection after its answer without a word: of the connections that
                    # are kept, every one may be dead, and the request on it has never arrived.
                    lost += 1
                    if lost >= self.connection.in_flight + self.connection.attempts:
                        raise self._unreachable(error) from None
                    receipt().calls -= 1
                    if lost > self.connection.in_flight:
                        await asyncio.sleep(FIRST_PAUSE * 2 ** (lost - self.connection.in_flight))
                except aiohttp.ClientError as error:
                    raise self._unreachable(error) from None

    def _unreachable(self, error: Exception) -> SourceUnreachable:
        return SourceUnreachable(f"{self.host} cannot be reached: {_plain(error)}")

    async def _attempt(
        self, method: str, path: str, params: Params, body: Mapping[str, Any] | None, limit: float
    ) -> Any:
        client = self._open()
        account = receipt()
        account.calls += 1
        async with client.request(
            method,
            self.base + path,
            params=list(params),
            data=None if body is None else orjson.dumps(body),
            headers={"Content-Type": "application/json"} if body is not None else None,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=limit),
        ) as response:
            raw = await response.read()
            account.bytes += len(raw)
            self.headers = {
                name: response.headers[name] for name in ("API-Version",) if name in response.headers
            }
            return self._decode(response.status, path, raw)

    def _decode(self, status: int, path: str, raw: bytes) -> Any:  # noqa: C901  # one arm for each status
        data: Any = None
        try:
            data = orjson.loads(raw) if raw else None
        except orjson.JSONDecodeError:
            if status < 400:
                raise SourceMisbehaved(
                    f"{self.host}{path} answered {status} with something other than JSON"
                ) from None
        if status < 300:
            return data
        detail = _detail(data)
        match status:
            case 400 | 422:
                if data is None:
                    raise SourceMisbehaved(f"{self.host}{path} answered {status} without JSON: {_title(raw)}")
                raise Rejected(f"{self.host}{path} refused the request: {detail}", _field_errors(data))
            case 401:
                raise NotAuthenticated(f"{self.host} refuses the token: {detail}")
            case 403 if "permission" in detail.lower():
                raise NotPermitted(f"{self.host} does not let this token read {path}")
            case 403:
                raise NotAuthenticated(f"{self.host} refuses the token: {detail or 'forbidden'}")
            case 404:
                raise NotFound(f"{self.host} has nothing at {path}")
            case 429:
                raise SourceTooSlow(
                    f"{self.host} keeps asking to slow down (429)",
                    cause="its rate limit, or a proxy's, is used up",
                )
            case _ if 300 <= status < 400:
                raise SourceMisbehaved(
                    f"{self.host}{path} answered {status} and sends us elsewhere",
                    cause="the URL has the wrong scheme or path, or a login page stands in front",
                )
            case _:
                raise SourceMisbehaved(f"{self.host}{path} answered {status}: {detail or _title(raw)}")

    def _open(self) -> RetryClient:
        if self._closed:
            raise SourceUnreachable(
                f"the connection to {self.host} is closed", cause="netbrief is shutting down"
            )
        if self._client is None:
            connection = self.connection
            session = aiohttp.ClientSession(
                headers={"Authorization": connection.token, "Accept": "application/json"},
                timeout=aiohttp.ClientTimeout(total=connection.timeout),
                connector=aiohttp.TCPConnector(
                    limit=connection.in_flight, ssl=_tls(connection), ttl_dns_cache=300
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                max_line_size=16_384,
            )
            self._client = RetryClient(
                client_session=session,
                retry_options=PatientRetry(
                    attempts=connection.attempts,
                    start_timeout=FIRST_PAUSE,
                    max_timeout=LONGEST_PAUSE,
                    statuses=set(RETRIED_STATUSES),
                    exceptions={aiohttp.ClientConnectorError},
                    retry_all_server_errors=False,
                ),
                raise_for_status=False,
            )
        return self._client


def _tls(connection: Connection) -> Any:
    if not connection.verify_tls:
        return False
    if connection.ca_file:
        import ssl

        return ssl.create_default_context(cafile=connection.ca_file)
    return True


def _plain(error: Exception) -> str:
    return re.sub(r"\s+", " ", str(error) or type(error).__name__)[:160]


def _detail(data: Any) -> str:
    if isinstance(data, dict):
        for key in ("detail", "error", "errors"):
            if data.get(key):
                return str(data[key])[:300]
        return "; ".join(f"{name}: {words}" for name, words in _field_errors(data).items())[:300]
    return str(data)[:300] if data else ""


def _field_errors(data: Any) -> dict[str, str]:
    if not isinstance(data, dict):
        return {}
    return {
        str(name): " ".join(str(word) for word in words) if isinstance(words, list) else str(words)
        for name, words in data.items()
    }


def _title(raw: bytes) -> str:
    text = raw[:2000].decode("utf-8", "replace")
    found = re.search(r"<title>(.*?)</title>|<h1>(.*?)</h1>", text, re.DOTALL | re.IGNORECASE)
    words = next((group for group in found.groups() if group), "") if found else text
    return re.sub(r"<[^>]+>|\s+", " ", words).strip()[:120]
