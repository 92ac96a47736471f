"""The store inside this process: bounded by entries and bytes, the least recently used go first."""

import sys
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cache.store import Entry, StoreStats

# What an entry takes beside its key and value, measured: slot and link in the dictionary, record, numbers.
_RECORD_BYTES = 256


class _Held(NamedTuple):
    value: bytes
    expires: float
    size: int


class MemoryStore:
    """A `Store` in the memory of this process; every operation on a key is O(1)."""

    fault = None  # memory does not stop working

    def __init__(
        self,
        max_entries: int = 200_000,
        max_bytes: int = 128 * 1024 * 1024,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._clock = clock
        self._held: OrderedDict[str, _Held] = OrderedDict()  # least recently used first
        self._bytes = 0
        self._hits = 0
        self._misses = 0
        self._evictions = 0

    async def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        """The values of `keys` in the same order, None for each that is missing or expired."""
        now = self._clock()
        values = [self._get(key, now) for key in keys]
        misses = values.count(None)
        self._misses += misses
        self._hits += len(values) - misses
        return values

    async def set_many(self, entries: Sequence[Entry]) -> None:
        """Keep `entries`, each for its ttl; one that alone exceeds the bounds is not kept."""
        now = self._clock()
        for key, value, ttl in entries:
            self._drop(key)
            size = _RECORD_BYTES + sys.getsizeof(key) + sys.getsizeof(value)
            if ttl > 0 and size <= self._max_bytes:
                # orjson's bytes stay in the 4 KB that it wrote them into: what is kept is a copy of the right size.
                self._held[key] = _Held(bytes(memoryview(value)), now + ttl, size)
                self._bytes += size
                self._make_room()

    async def delete_many(self, keys: Sequence[str]) -> bool:
        """Forget `keys`; always True."""
        for key in keys:
            self._drop(key)
        return True

    async def clear(self, prefix: str) -> int:
        """Forget every key that begins with `prefix`; how many were forgotten. Looks at each key held."""
        keys = [key for key in self._held if key.startswith(prefix)]
        for key in keys:
            self._drop(key)
        return len(keys)

    async def stats(self) -> StoreStats:
        """What is held, counting entries that have expired and were not asked for since."""
        return StoreStats(
            kind="memory",
            healthy=True,
            detail=f"in this process, up to {self._max_entries:,} entries and {self._max_bytes:,} bytes",
            entries=len(self._held),
            bytes=self._bytes,
            hits=self._hits,
            misses=self._misses,
            evictions=self._evictions,
        )

    async def close(self) -> None:
        """Give up the memory."""
        self._held.clear()
        self._bytes = 0

    def _get(self, key: str, now: float) -> bytes | None:
        held = self._held.get(key)
        if held is None:
            return None
        if held.expires <= now:
            self._drop(key)
            return None
        self._held.move_to_end(key)
        return held.value

    def _drop(self, key: str) -> None:
        held = self._held.pop(key, None)
        if held is not None:
            self._bytes -= held.size

    def _make_room(self) -> None:
        while len(self._held) > self._max_entries or self._bytes > self._max_bytes:
            _, held = self._held.popitem(last=False)
            self._bytes -= held.size
            self._evictions += 1
