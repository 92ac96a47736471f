"""The store in Redis while Redis is dead, frozen, full, read-only, loading, locked or something else."""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from cache.redis_store import RedisStore
from cache.store import Entry
from tests.redis_server import RedisServer, StartRedis, free_port

TIMEOUT = 0.25
PAUSE = 0.6
SLACK = 0.2  # the machine may be busy

OpenStore = Callable[..., RedisStore]


@pytest.fixture
async def open_store() -> AsyncIterator[OpenStore]:
    opened: list[RedisStore] = []

    def open_store(url: str, timeout: float = TIMEOUT, pause: float = PAUSE) -> RedisStore:
        opened.append(RedisStore(url, timeout=timeout, pause=pause))
        return opened[-1]

    yield open_store
    for store in opened:
        await store.close()


async def until_it_works(store: RedisStore) -> None:
    """Uses the store as callers do until it works again by itself, which must not take much over a pause."""
    deadline = time.monotonic() + PAUSE + 2
    while store.fault is not None:
        assert time.monotonic() < deadline, store.fault
        await store.set_many([Entry("probe", b"1", 60)])
        await asyncio.sleep(0.05)


async def seconds(operation: Awaitable[object]) -> float:
    started = time.monotonic()
    await operation
    return time.monotonic() - started


async def test_nobody_listens(open_store: OpenStore) -> None:
    port = free_port()
    store = open_store(f"redis://user:hunter2@127.0.0.1:{port}")
    await store.set_many([Entry("a", b"1", 60)])
    assert await store.get_many(["a", "b"]) == [None, None]
    assert await store.clear("") == 0
    assert not await store.delete_many(["a"])
    assert store.fault == (
        f"Redis at 127.0.0.1:{port} cannot be reached; answers are read from the source and not cached"
    )
    stats = await store.stats()
    assert (stats.healthy, stats.detail, stats.entries, stats.bytes) == (False, store.fault, None, None)
    assert (stats.hits, stats.misses) == (0, 2)


async def test_killed_and_restarted_in_mid_use(
    start_redis: StartRedis, open_store: OpenStore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "cache.redis_store")
    server = start_redis()
    store = open_store(server.url)
    rows = {f"key-{number}": os.urandom(2000) for number in range(200)}
    wrong: list[str] = []
    stop = asyncio.Event()

    async def client() -> None:
        while not stop.is_set():
            for key, value in zip(rows, await store.get_many(list(rows)), strict=True):
                if value not in (None, rows[key]):
                    wrong.append(key)
            await store.set_many([Entry(key, value, 60) for key, value in rows.items()])
            await asyncio.sleep(0.01)

    async with asyncio.TaskGroup() as clients:
        for _ in range(10):
            clients.create_task(client())
        await asyncio.sleep(0.3)
        await until_it_works(store)
        for _ in range(2):
            server.kill()
            await asyncio.sleep(0.2)
            assert store.fault is not None
            server.start()
            await until_it_works(store)
        await asyncio.sleep(0.2)
        stop.set()
    assert wrong == []
    assert await store.get_many(list(rows)) == list(rows.values())
    told = [record.levelname for record in caplog.records]
    assert told.count("INFO") >= 2
    assert len(told) < 20  # transitions, not every failure


async def test_a_restart_while_nobody_asks_is_not_noticed(
    start_redis: StartRedis, open_store: OpenStore
) -> None:
    server = start_redis()
    store = open_store(server.url)
    await store.set_many([Entry("a", b"1", 60)])
    server.kill()
    server.start()
    assert await store.get_many(["a"]) == [None]
    assert store.fault is None


async def test_frozen(redis_server: RedisServer, open_store: OpenStore) -> None:
    store = open_store(redis_server.url)
    await store.set_many([Entry("a", b"1", 60)])
    redis_server.freeze()
    keys = ["a", *map(str, range(5_000))]
    # However many callers and keys: the first time-out is everybody's.
    assert await seconds(asyncio.gather(*(store.get_many(keys) for _ in range(50)))) < TIMEOUT + SLACK * 3
    assert store.fault == (
        f"Redis at 127.0.0.1:{redis_server.port} does not answer; "
        "answers are read from the source and not cached"
    )
    for operation in (
        lambda: store.get_many(keys),
        lambda: store.set_many([Entry(key, b"1", 60) for key in keys]),
        lambda: store.delete_many(keys),
        lambda: store.clear(""),
        store.stats,
    ):
        assert await seconds(operation()) < 0.1
    # After the pause one of many callers tries again and waits; the others don't.
    await asyncio.sleep(PAUSE)
    waits = await asyncio.gather(*(seconds(store.get_many(["a"])) for _ in range(20)))
    assert sum(wait > TIMEOUT / 2 for wait in waits) == 1
    assert max(waits) < TIMEOUT + SLACK
    redis_server.thaw()
    await until_it_works(store)
    assert await store.get_many(["a"]) == [b"1"]


@pytest.mark.parametrize("use", ["get", "set", "delete", "clear", "stats", "close"])
async def test_each_operation_on_a_frozen_server_ends_in_time(
    redis_server: RedisServer, open_store: OpenStore, use: str
) -> None:
    store = open_store(redis_server.url)
    await store.set_many([Entry("a", b"1", 60)])
    redis_server.freeze()
    operations: dict[str, Callable[[], Awaitable[object]]] = {
        "get": lambda: store.get_many(["a"] * 2000),
        "set": lambda: store.set_many([Entry("a", os.urandom(600_000), 60)] * 4),
        "delete": lambda: store.delete_many(["a"] * 2000),
        "clear": lambda: store.clear(""),
        "stats": store.stats,
        "close": store.close,
    }
    assert await seconds(operations[use]()) < TIMEOUT + SLACK
    redis_server.thaw()


async def test_a_caller_can_be_cancelled_while_redis_is_frozen(
    redis_server: RedisServer, open_store: OpenStore
) -> None:
    store = open_store(redis_server.url, timeout=5)
    await store.set_many([Entry("a", b"1", 60)])
    redis_server.freeze()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await store.get_many(["a"])
    assert store.fault is None  # the caller's patience says nothing about Redis
    redis_server.thaw()
    assert await store.get_many(["a"]) == [b"1"]


async def test_a_busy_process_does_not_take_redis_for_dead(
    redis_server: RedisServer, open_store: OpenStore
) -> None:
    store = open_store(redis_server.url)
    await store.set_many([Entry("a", b"1", 60)])
    get = asyncio.create_task(store.get_many(["a"]))
    await asyncio.sleep(0)
    time.sleep(2 * TIMEOUT)  # noqa: ASYNC251  the point of the test: the event loop stands still
    assert await get == [b"1"]
    assert store.fault is None


async def test_full(start_redis: StartRedis, open_store: OpenStore) -> None:
    server = start_redis("--maxmemory", "3mb", "--maxmemory-policy", "noeviction")
    store = open_store(server.url)
    await store.set_many([Entry("early", b"1", 60)])
    await store.set_many([Entry(f"key-{number}", os.urandom(20_000), 60) for number in range(300)])
    assert store.fault == (
        f"Redis at 127.0.0.1:{server.port} is full; what it holds is used, nothing new is cached"
    )
    assert await store.get_many(["early"]) == [b"1"]
    assert store.fault is not None  # reading well does not mean that it can be written
    assert await store.clear("") > 1  # and what is full can still forget
    await until_it_works(store)
    await store.set_many([Entry("late", b"2", 60)])
    assert await store.get_many(["early", "late"]) == [None, b"2"]


async def test_a_read_only_replica(start_redis: StartRedis, open_store: OpenStore) -> None:
    primary = start_redis("--repl-diskless-sync-delay", "0")
    replica = start_redis("--replicaof", "127.0.0.1", str(primary.port))
    direct, store = open_store(primary.url), open_store(replica.url)
    await direct.set_many([Entry("a", b"1", 60)])
    with replica.admin() as admin:
        # The link is told to be up before what the primary holds has come over it.
        while not admin.dbsize():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert await store.get_many(["a"]) == [b"1"]
    await store.set_many([Entry("a", b"2", 60)])
    assert store.fault is not None
    assert "is read-only; what it holds is used" in store.fault
    assert not await store.delete_many(["a"])
    assert await store.clear("") == 0
    assert await store.get_many(["a"]) == [b"1"]
    with replica.admin() as admin:
        admin.replicaof("NO", "ONE")
    await until_it_works(store)


async def test_a_replica_that_lost_its_primary_and_refuses_reads(
    start_redis: StartRedis, open_store: OpenStore
) -> None:
    server = start_redis("--replicaof", "127.0.0.1", str(free_port()), "--replica-serve-stale-data", "no")
    store = open_store(server.url)
    assert await store.get_many(["a"]) == [None]
    assert store.fault == (
        f"Redis at 127.0.0.1:{server.port} answers with an error (MASTERDOWN); "
        "answers are read from the source"
    )


async def test_loading(start_redis: StartRedis, open_store: OpenStore) -> None:
    server = start_redis()
    store = open_store(server.url)
    await store.set_many([Entry("a", b"1", 60)])
    with server.admin() as admin:
        admin.mset({f"filler-{number}": "x" * 100 for number in range(3000)})
        admin.save()
    server.kill()
    start_redis(
        "--key-load-delay", "500", "--loading-process-events-interval-bytes", "1024", port=server.port
    )
    assert await store.get_many(["a"]) == [None]
    assert store.fault is not None
    assert "is still loading its data" in store.fault
    await until_it_works(store)
    assert await store.get_many(["a"]) == [b"1"]


@pytest.mark.parametrize("login", ["", "default:hunter2@", "stranger:hunter2@"])
async def test_a_wrong_password(
    start_redis: StartRedis, open_store: OpenStore, caplog: pytest.LogCaptureFixture, login: str
) -> None:
    server = start_redis("--requirepass", "correct")
    store = open_store(f"redis://{login}127.0.0.1:{server.port}")
    await store.set_many([Entry("a", b"1", 60)])
    assert await store.get_many(["a"]) == [None]
    assert store.fault == (
        f"Redis at 127.0.0.1:{server.port} refuses the user name or password; "
        "answers are read from the source and not cached"
    )
    for words in (store.fault, str(await store.stats()), repr(store), caplog.text):
        assert "hunter2" not in words


async def test_a_user_who_may_do_too_little(start_redis: StartRedis, open_store: OpenStore) -> None:
    server = start_redis("--user", "reader", "on", ">x", "~*", "+@all", "-set")
    store = open_store(f"redis://reader:x@127.0.0.1:{server.port}")
    assert await store.get_many(["a"]) == [None]
    assert store.fault is None
    await store.set_many([Entry("a", b"1", 60)])
    assert store.fault is not None
    assert "does not permit its user what a cache needs; what it holds is used" in store.fault


@pytest.mark.parametrize(
    "greeting", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b":abc\r\n", b"*1\r\n", b"+OK\r\n", b"", b"\xff\r\n"]
)
async def test_something_else_listens_there(open_store: OpenStore, greeting: bytes) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(greeting)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        store = open_store(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        assert await store.get_many(["a"]) == [None]
        assert store.fault is not None
        await store.set_many([Entry("a", b"1", 60)])
        assert not await store.delete_many(["a"])
        assert await store.clear("") == 0
        assert not (await store.stats()).healthy
