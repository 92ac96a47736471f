"""Single flight: identical work that is under way is joined, not begun again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Flights(Generic[Result]):
    """Work in flight by key. It goes on while anybody waits for it, and is cancelled with its last waiter."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[Result]] = {}
        self._waiters: dict[str, int] = {}
        self.joined = 0
        """How often work was joined rather than begun."""

    def under_way(self, key: str) -> bool:
        """Whether work of that key is in flight."""
        return key in self._tasks

    async def run(self, key: str, work: Callable[[], Awaitable[Result]]) -> Result:
        """The result of `work`, begun now or joined. Raises what the work raises."""
        task = self._tasks.get(key)
        if task is None:
            task = asyncio.ensure_future(_as_coroutine(work))
            self._tasks[key] = task
            task.add_done_callback(lambda _: self._land(key))
        else:
            self.joined += 1
        self._waiters[key] = self._waiters.get(key, 0) + 1
        try:
            return await asyncio.shield(task)
        finally:
            self._leave(key, task)

    def _leave(self, key: str, task: asyncio.Task[Result]) -> None:
        if key not in self._waiters:
            return
        self._waiters[key] -= 1
        if self._waiters[key] == 0 and not task.done():
            task.cancel()
            self._land(key)

    def _land(self, key: str) -> None:
        self._tasks.pop(key, None)
        self._waiters.pop(key, None)


async def _as_coroutine(work: Callable[[], Awaitable[Result]]) -> Result:
    return await work()
