"""A small client for the demo server, as strict about answers as a test wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from demo.server import DEMO_TOKEN, DemoServer

Parameters = Mapping[str, str | int | Sequence[str | int]]


@dataclass
class Client:
    """Asks one server with one token."""

    server: DemoServer
    session: aiohttp.ClientSession
    token: str = f"Token {DEMO_TOKEN}"

    async def ask(self, path: str, **query: str | int | Sequence[str | int]) -> tuple[int, Any]:
        """Status and body of an answer; the body as text where it isn't JSON."""
        pairs = [
            (name, str(one))
            for name, value in query.items()
            for one in ([value] if isinstance(value, str | int) else value)
        ]
        headers = {"Authorization": self.token} if self.token else {}
        url = f"{self.server.url}/api/{path}"
        async with self.session.get(url, params=pairs, headers=headers) as response:
            is_json = response.content_type.endswith("json")
            return response.status, await (response.json(content_type=None) if is_json else response.text())

    async def get(self, path: str, **query: str | int | Sequence[str | int]) -> Any:
        """The body of an answer that must be there."""
        status, body = await self.ask(path, **query)
        assert status == 200, (status, body)
        return body

    async def all(self, path: str, **query: str | int | Sequence[str | int]) -> list[Any]:
        """Every object of a list that fits one page of the largest size."""
        page = await self.get(path, limit=1000, **query)
        assert page["count"] == len(page["results"])
        results: list[Any] = page["results"]
        return results

    async def count(self, path: str, **query: str | int | Sequence[str | int]) -> int:
        """How many objects a list has."""
        number: int = (await self.get(path, limit=1, brief="true", **query))["count"]
        return number

    async def names(self, path: str, **query: str | int | Sequence[str | int]) -> set[str]:
        """The names of the objects of a list."""
        return {row["display"] for row in await self.all(path, fields="display", **query)}
