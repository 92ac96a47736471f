"""Single flight: identical work that is under way is joined, not begun again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

Result = TypeVar("Result")


@dataclass(slots=True, eq=False)
class Flight(Generic[Result]):
    """One piece of work under way, and how many wait for it."""

    key: str
    task: asyncio.Task[Result]
    waiters: int = 0


class Flights(Generic[Result]):
    """Work in flight by key. It goes on while anybody waits for it, and is cancelled with its last waiter."""

    def __init__(self) -> None:
        self._flights: dict[str, Flight[Result]] = {}
        self.joined = 0
        """How often work was joined rather than begun."""

    def under_way(self, key: str) -> bool:
        """Whether work of that key is in flight."""
        return key in self._flights

    async def run(self, key: str, work: Callable[[], Awaitable[Result]]) -> Result:
        """The result of `work`, begun now or joined. Raises what the work raises."""
        flight = self.board(key, work)
        try:
            return await asyncio.shield(flight.task)
        finally:
            self.leave(flight)

    def board(self, key: str, work: Callable[[], Awaitable[Result]]) -> Flight[Result]:
        """Wait for `work`, begun now or joined, before another can begin it. Whoever boards must leave."""
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = Flight(key, asyncio.ensure_future(_as_coroutine(work)))
            flight.task.add_done_callback(partial(self._land, flight))
        else:
            self.joined += 1
        flight.waiters += 1
        return flight

    def leave(self, flight: Flight[Result]) -> None:
        """Wait no longer, whether the work is done or not."""
        flight.waiters -= 1
        if flight.waiters == 0 and not flight.task.done():
            flight.task.cancel()
            self._land(flight)

    def _land(self, flight: Flight[Result], _: object = None) -> None:
        # Cancelled work takes its time to end; by then another flight may have that key.
        if self._flights.get(flight.key) is flight:
            del self._flights[flight.key]


async def _as_coroutine(work: Callable[[], Awaitable[Result]]) -> Result:
    return await work()
