"""Single flight: identical work that is under way is joined, not begun again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Result = TypeVar("Result")


@dataclass(slots=True)
class _Flight(Generic[Result]):
    task: asyncio.Task[Result]
    waiters: int = 0


class Flights(Generic[Result]):
    """Work in flight by key. It goes on while anybody waits for it, and is cancelled with its last waiter."""

    def __init__(self) -> None:
        self._flights: dict[str, _Flight[Result]] = {}
        self.joined = 0
        """How often work was joined rather than begun."""

    def under_way(self, key: str) -> bool:
        """Whether work of that key is in flight."""
        return key in self._flights

    async def run(self, key: str, work: Callable[[], Awaitable[Result]]) -> Result:
        """The result of `work`, begun now or joined. Raises what the work raises."""
        flight = self._flights.get(key)
        if flight is None:
            flight = self._begin(key, work)
        else:
            self.joined += 1
        flight.waiters += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiters -= 1
            if flight.waiters == 0 and not flight.task.done():
                flight.task.cancel()
                self._land(key, flight)

    def _begin(self, key: str, work: Callable[[], Awaitable[Result]]) -> _Flight[Result]:
        flight = _Flight(asyncio.ensure_future(_as_coroutine(work)))
        self._flights[key] = flight
        flight.task.add_done_callback(lambda _: self._land(key, flight))
        return flight

    def _land(self, key: str, flight: _Flight[Result]) -> None:
        # Cancelled work takes its time to end; by then another flight may have that key.
        if self._flights.get(key) is flight:
            del self._flights[key]


async def _as_coroutine(work: Callable[[], Awaitable[Result]]) -> Result:
    return await work()
