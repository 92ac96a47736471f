"""The store in Redis: shared by all workers, and never the reason why an answer fails or is late."""

import asyncio
import logging
import re
import ssl
import sys
import time
import zlib
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from redis import exceptions as refusals
from redis.asyncio import ConnectionPool, Redis
from redis.asyncio.connection import parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from cache.store import Entry, StoreStats

_log = logging.getLogger(__name__)

_Command = tuple[str | bytes | int, ...]

_KEYS_PER_TRIP = 500
_BYTES_PER_TRIP = 1024 * 1024
# One larger than this could not travel within the time-out, and Redis would be taken for dead on its account.
_LARGEST_VALUE = 4 * 1024 * 1024
_WORTH_COMPRESSING = 256
_PLAIN, _DEFLATED = b"p", b"z"

# ValueError and EOFError: what the parser makes of a peer that is no Redis or breaks off in the middle.
_FAILURES = (refusals.RedisError, OSError, EOFError, ValueError)
_REASONS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((refusals.AuthenticationError, refusals.AuthorizationError), "refuses the user name or password"),
    ((refusals.NoPermissionError,), "does not permit its user what a cache needs"),
    ((refusals.BusyLoadingError,), "is still loading its data"),
    ((refusals.OutOfMemoryError,), "is full"),
    ((refusals.ReadOnlyError,), "is read-only"),
    ((refusals.TimeoutError, TimeoutError), "does not answer"),
    ((refusals.ConnectionError, OSError, EOFError), "cannot be reached"),
)


class RedisStore:
    """A `Store` in Redis that turns into one that holds nothing for as long as Redis does not work.

    `timeout` bounds each round trip (some hundreds of keys). After a failure nothing is sent for `pause`
    seconds; then one request tries again, so a dead or frozen Redis costs one time-out per `pause`.
    Raises ValueError, without the URL in its words, where `url` cannot be used.
    """

    def __init__(
        self,
        url: str,
        *,
        prefix: str = "netbrief:",
        timeout: float = 0.25,
        pause: float = 3.0,
        connections: int = 16,
    ) -> None:
        self._pool = _pool(url)
        self._client = Redis(connection_pool=self._pool)
        self._where = _where(self._pool.connection_kwargs)
        self._prefix = prefix
        self._timeout = timeout
        # Waiting for a turn here, not in the pool, keeps that wait out of the time-out.
        self._turns = asyncio.Semaphore(connections)
        redis = f"Redis at {self._where}"
        self._reach = _Breaker(pause, redis, "answers are read from the source and not cached")
        self._reads = _Breaker(pause, redis, "answers are read from the source")
        self._writes = _Breaker(pause, redis, "what it holds is used, nothing new is cached")
        self._hits = 0
        self._misses = 0

    @property
    def fault(self) -> str | None:
        """What is wrong with Redis and what that means for answers; None while it works."""
        return self._reach.fault or self._reads.fault or self._writes.fault

    async def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        """The values of `keys` in the same order; None also for those that Redis did not send in time."""
        values: list[bytes | None] = []
        for names in self._names(keys):
            replies = await self._ask([("MGET", *names)], self._reads)
            values.extend([None] * len(names) if replies is None else map(_unpack, replies[0]))
        misses = values.count(None)
        self._misses += misses
        self._hits += len(values) - misses
        return values

    async def set_many(self, entries: Sequence[Entry]) -> None:
        """Keep `entries`, each for its ttl to the millisecond; dropped where Redis does not take them."""
        if self._reach.shut or self._writes.shut:
            return  # before anything is compressed for nothing
        for commands in self._set_commands(entries):
            if await self._ask(commands, self._writes) is None:
                return

    async def delete_many(self, keys: Sequence[str]) -> bool:
        """Forget `keys`. False where they may still be there, because Redis did not confirm it."""
        confirmed = [await self._unlink(names) is not None for names in self._names(keys)]
        return all(confirmed)

    async def clear(self, prefix: str) -> int:
        """Forget every key of this store that begins with `prefix`; how many Redis confirmed."""
        pattern = re.sub(r"([*?\[\]\\])", r"\\\1", self._prefix + prefix) + "*"
        cleared = cursor = 0
        while True:
            replies = await self._ask(
                [("SCAN", cursor, "MATCH", pattern, "COUNT", _KEYS_PER_TRIP)], self._reads
            )
            if replies is None:
                return cleared
            cursor, names = replies[0]
            if names:
                gone = await self._unlink(names)
                if gone is None:
                    return cleared
                cleared += gone
            if cursor == 0:
                return cleared

    async def stats(self) -> StoreStats:
        """What the Redis server says of itself, and this process's hits and misses."""
        replies = await self._round_trip([("INFO",)])
        # A user who may not ask for INFO still has a cache, only no numbers.
        info: dict[str, Any] = replies[0] if replies and isinstance(replies[0], dict) else {}
        version = info.get("redis_version", "")
        database = f"db{self._pool.connection_kwargs.get('db', 0)}"
        return StoreStats(
            kind="redis",
            healthy=self.fault is None,
            detail=self.fault or f"Redis {version} at {self._where}".replace("  ", " "),
            entries=info.get(database, {"keys": 0})["keys"] if info else None,
            bytes=info.get("used_memory"),
            hits=self._hits,
            misses=self._misses,
            evictions=info.get("evicted_keys"),
        )

    async def close(self) -> None:
        """Close the connections, without waiting longer than the time-out for Redis to agree."""
        with suppress(*_FAILURES):
            async with asyncio.timeout(self._timeout):
                await self._pool.disconnect()

    async def _ask(self, commands: Sequence[_Command], breaker: "_Breaker") -> list[Any] | None:
        """The replies to `commands`, or None where Redis is away or refuses, which `breaker` notes."""
        if self._reach.shut or not breaker.allows():
            return None
        replies = await self._round_trip(commands)
        if replies is None:
            return None
        refusal = next((reply for reply in replies if isinstance(reply, refusals.RedisError)), None)
        if refusal is not None:
            breaker.failed(_reason(refusal))
            return None
        breaker.worked()
        return replies

    async def _unlink(self, names: Sequence[str] | Sequence[bytes]) -> int | None:
        """How many of `names` there were and are no more; None where that is not sure.

        Not held back while writes are refused: a Redis that is full takes no entries but still drops them.
        """
        replies = await self._round_trip([("UNLINK", *names)])
        return replies[0] if replies and isinstance(replies[0], int) else None

    async def _round_trip(self, commands: Sequence[_Command]) -> list[Any] | None:
        """The replies to `commands`, refusals among them; None where Redis does not answer or has a rest."""
        async with self._turns:
            if not self._reach.allows():
                return None
            pipeline = self._client.pipeline(transaction=False)
            for command in commands:
                pipeline.execute_command(*command)
            try:
                async with _patience(self._timeout):
                    replies: list[Any] = await pipeline.execute(raise_on_error=False)
            except _FAILURES as error:
                self._reach.failed(_reason(error))
                return None
            self._reach.worked()
            return replies

    def _names(self, keys: Sequence[str]) -> Iterator[list[str]]:
        """The names of `keys` in Redis, in lists that one round trip can carry."""
        for start in range(0, len(keys), _KEYS_PER_TRIP):
            yield [self._prefix + key for key in keys[start : start + _KEYS_PER_TRIP]]

    def _set_commands(self, entries: Sequence[Entry]) -> Iterator[list[_Command]]:
        """The commands that keep `entries`, in lists that one round trip can carry."""
        commands: list[_Command] = []
        size = 0
        for key, value, ttl in entries:
            name, packed, milliseconds = self._prefix + key, _pack(value), int(ttl * 1000)
            if milliseconds <= 0 or len(packed) > _LARGEST_VALUE:
                commands.append(("UNLINK", name))
            else:
                commands.append(("SET", name, packed, "PX", milliseconds))
                size += len(packed)
            if len(commands) == _KEYS_PER_TRIP or size >= _BYTES_PER_TRIP:
                yield commands
                commands, size = [], 0
        if commands:
            yield commands


class _Breaker:
    """Remembers that something does not work, and lets one attempt through every `pause` seconds."""

    def __init__(self, pause: float, subject: str, consequence: str) -> None:
        self._pause = pause
        self._subject = subject
        self._consequence = consequence
        self._again = 0.0
        self.fault: str | None = None

    @property
    def shut(self) -> bool:
        """Whether now is not the time to try."""
        return self.fault is not None and time.monotonic() < self._again

    def allows(self) -> bool:
        """Whether the caller may try now. While it does not work, one caller may and the rest may not."""
        if self.shut:
            return False
        if self.fault is not None:
            self._again = time.monotonic() + self._pause
        return True

    def failed(self, reason: str) -> None:
        """An attempt failed for this reason."""
        fault = f"{self._subject} {reason}; {self._consequence}"
        if fault != self.fault:
            _log.warning("%s", fault)
        self.fault = fault
        self._again = time.monotonic() + self._pause

    def worked(self) -> None:
        """An attempt succeeded."""
        if self.fault is not None:
            _log.info("%s works again", self._subject)
        self.fault = None


@asynccontextmanager
async def _patience(seconds: float) -> AsyncIterator[None]:
    """Raise TimeoutError after `seconds` of waiting for Redis, not of this process being busy.

    A busy event loop reads a reply that arrived in time only after the alarm. An alarm that is itself late
    proves that this process was the slow one, and then the reply gets the same time once more. Else load
    alone would switch the cache off, which is more load.
    """
    loop = asyncio.get_running_loop()
    due = loop.time() + seconds
    async with asyncio.timeout(None) as limit:

        def ring() -> None:
            now = loop.time()
            limit.reschedule(now + seconds if now - due > seconds / 4 else now)

        alarm = loop.call_at(due, ring)
        try:
            yield
        finally:
            alarm.cancel()


def _pool(url: str) -> ConnectionPool:
    """A pool for the server that `url` names, with what this store relies on. Raises ValueError."""
    try:
        options: dict[str, Any] = {
            **parse_url(url),
            # RESP2: on RESP3, redis 8.1.0 fails the first command after the server closed an idle connection.
            "protocol": 2,
            "decode_responses": False,
            # A name from an inventory may hold a lone surrogate, which strict UTF-8 refuses.
            "encoding_errors": "surrogatepass",
            # The store bounds its round trips and connections; bounds of the client's own would raise.
            "socket_timeout": None,
            "socket_connect_timeout": None,
            "max_connections": sys.maxsize,
            "retry": Retry(NoBackoff(), 1),
        }
        pool = ConnectionPool(**options)
        pool.make_connection()  # type: ignore[no-untyped-call]  # opens nothing, but rejects unknown options
    except (ValueError, TypeError, refusals.RedisError):
        # Not the original's words: they quote what follows a ":", and after a stray "/" that is the password.
        raise ValueError(
            "The Redis URL cannot be used: it must read redis://[user:password@]host[:port][/database] "
            "(rediss:// for TLS) or unix://path, with special characters of the password percent-encoded "
            "and only options that redis-py knows"
        ) from None
    return pool


def _where(options: dict[str, Any]) -> str:
    """The server that `options` name, as people write it."""
    if "path" in options:
        return str(options["path"])
    host = options.get("host", "localhost")
    return f"{f'[{host}]' if ':' in host else host}:{options.get('port', 6379)}"


def _reason(error: BaseException) -> str:
    """What went wrong, as the rest of a sentence that begins with the server; never the error's own text."""
    if isinstance(error.__context__, ssl.SSLError):
        return "cannot be reached over TLS (is its certificate trusted here?)"
    for kinds, words in _REASONS:
        if isinstance(error, kinds):
            return words
    if isinstance(error, refusals.ResponseError):
        code = getattr(error, "status_code", None) or str(error).partition(" ")[0]
        return f"answers with an error ({code})" if re.fullmatch("[A-Z]+", code) else "answers with an error"
    return "does not speak the Redis protocol"


def _pack(value: bytes) -> bytes:
    """`value` as it is stored: one byte that tells how, then the value, compressed where that pays."""
    if len(value) >= _WORTH_COMPRESSING:
        deflated = zlib.compress(value, level=1)
        if len(deflated) < 0.9 * len(value):
            return _DEFLATED + deflated
    return _PLAIN + value


def _unpack(stored: bytes | None) -> bytes | None:
    """The value that `_pack` was given; None for anything that it did not make."""
    if stored is None:
        return None
    kind, body = stored[:1], stored[1:]
    if kind == _PLAIN:
        return body
    with suppress(zlib.error):
        if kind == _DEFLATED:
            return zlib.decompress(body)
    return None
