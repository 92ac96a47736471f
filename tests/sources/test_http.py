"""The HTTP client on connections that the server gives up without a word."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from sources import http
from sources.errors import SourceUnreachable
from sources.http import Connection, HttpClient
from sources.receipt import open_receipt

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"data": "x"}'


class Curt:
    """A server that answers one request on each connection and cuts it off at the next, as uWSGI may."""

    def __init__(self) -> None:
        self.answered = 0
        self.silent = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        await self._request(reader)
        if not self.silent:
            self.answered += 1
            writer.write(ANSWER)
            await self._request(reader)
        writer.transport.abort()

    @staticmethod
    async def _request(reader: asyncio.StreamReader) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
        await reader.readexactly(int(length.partition(b":")[2]))


@pytest.fixture
def server() -> Curt:
    return Curt()


@pytest_asyncio.fixture
async def client(server: Curt) -> AsyncIterator[HttpClient]:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await server.serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async with await asyncio.start_server(connected, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        client = HttpClient(Connection(f"http://127.0.0.1:{port}", "Token x", in_flight=3, attempts=2))
        yield client
        await client.close()


async def test_a_connection_that_the_server_gave_up_costs_neither_a_pause_nor_a_call(
    server: Curt, client: HttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "FIRST_PAUSE", 1e6)
    account = open_receipt()
    async with asyncio.timeout(60):
        for _ in range(4):
            assert await client.post("/graphql/", {"query": "{x}"}) == {"data": "x"}
        await asyncio.gather(*(client.post("/graphql/", {"query": "{x}"}) for _ in range(3)))
        await asyncio.gather(*(client.post("/graphql/", {"query": "{x}"}) for _ in range(3)))
    assert server.answered == account.calls == 10


async def test_a_server_that_gives_up_every_connection_is_unreachable(
    server: Curt, client: HttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "FIRST_PAUSE", 0.001)
    server.silent = True
    open_receipt()
    with pytest.raises(SourceUnreachable, match="cannot be reached"):
        await client.post("/graphql/", {"query": "{x}"})
