"""Single flight: joined while under way, kept alive by any waiter, ended with the last."""

from __future__ import annotations

import asyncio

import pytest

from cache.flights import Flights


class Work:
    """Work that counts how often it was begun and cancelled, and ends when it is let go."""

    def __init__(self) -> None:
        self.begun = 0
        self.cancelled = 0
        self.gate = asyncio.Event()

    async def __call__(self) -> int:
        self.begun += 1
        number = self.begun
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            await asyncio.sleep(0.01)  # a connection takes its time to close
            raise
        return number


async def settled() -> None:
    """Let every task go as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_fifty_callers_share_one_piece_of_work() -> None:
    flights, work = Flights[int](), Work()
    waiting = [asyncio.create_task(flights.run("a", work)) for _ in range(50)]
    await settled()
    assert flights.under_way("a")
    work.gate.set()
    assert await asyncio.gather(*waiting) == [1] * 50
    assert flights.joined == 49
    assert not flights.under_way("a")


async def test_work_of_other_keys_is_not_shared() -> None:
    flights, work = Flights[int](), Work()
    work.gate.set()
    assert sorted(await asyncio.gather(flights.run("a", work), flights.run("b", work))) == [1, 2]


async def test_nothing_is_kept_once_it_is_done() -> None:
    flights, work = Flights[int](), Work()
    work.gate.set()
    assert [await flights.run("a", work), await flights.run("a", work)] == [1, 2]


async def test_followers_outlive_the_caller_that_began() -> None:
    flights, work = Flights[int](), Work()
    leader = asyncio.create_task(flights.run("a", work))
    await settled()
    followers = [asyncio.create_task(flights.run("a", work)) for _ in range(3)]
    await settled()
    leader.cancel()
    await settled()
    work.gate.set()
    assert await asyncio.gather(*followers) == [1, 1, 1]
    assert leader.cancelled()
    assert work.cancelled == 0


async def test_the_last_to_leave_cancels_the_work() -> None:
    flights, work = Flights[int](), Work()
    waiting = [asyncio.create_task(flights.run("a", work)) for _ in range(3)]
    await settled()
    for task in waiting[:2]:
        task.cancel()
    await settled()
    assert work.cancelled == 0
    waiting[2].cancel()
    await settled()
    assert work.cancelled == 1
    assert not flights.under_way("a")


async def test_work_begun_after_a_cancelled_one_is_shared_as_any_other() -> None:
    flights, work = Flights[int](), Work()
    first = asyncio.create_task(flights.run("a", work))
    await settled()
    first.cancel()
    await asyncio.wait([first])
    # The cancelled work has not ended yet when the next caller comes.
    second = asyncio.create_task(flights.run("a", work))
    await settled()
    third = asyncio.create_task(flights.run("a", work))
    await settled()
    assert work.begun == 2
    await asyncio.sleep(0.02)
    assert flights.under_way("a")
    fourth = asyncio.create_task(flights.run("a", work))
    await settled()
    assert work.begun == 2, "the end of the cancelled work has hidden the one that is under way"
    for task in (second, third, fourth):
        task.cancel()
    await settled()
    assert work.cancelled == 2, "work that nobody waits for goes on"


async def test_a_failure_reaches_every_caller_and_is_not_kept() -> None:
    flights = Flights[int]()
    gate = asyncio.Event()

    async def fails() -> int:
        await gate.wait()
        raise LookupError("gone")

    async def works() -> int:
        return 1

    waiting = [asyncio.create_task(flights.run("a", fails)) for _ in range(5)]
    await settled()
    gate.set()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [str(error) for error in results] == ["gone"] * 5
    assert await flights.run("a", works) == 1


async def test_callers_may_give_up_after_a_while() -> None:
    flights, work = Flights[int](), Work()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await flights.run("a", work)
    await settled()
    assert work.cancelled == 1
