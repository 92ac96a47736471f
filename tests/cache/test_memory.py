"""The store in memory: equal to a simple model under time and both bounds."""

import resource
import sys
from pathlib import Path
from typing import NamedTuple

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cache.memory import _RECORD_BYTES, MemoryStore
from cache.store import Entry


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Get(NamedTuple):
    keys: list[str]


class Set(NamedTuple):
    entries: list[Entry]


class Delete(NamedTuple):
    keys: list[str]


class Clear(NamedTuple):
    prefix: str


class Wait(NamedTuple):
    seconds: float


keys = st.sampled_from(["a", "b", "ab", "abc", "", "ä", "\ud800", "*"])
entries = st.builds(
    Entry,
    keys,
    st.one_of(st.binary(max_size=20), st.integers(0, 900).map(bytes)),
    st.sampled_from([-1.0, 0.0, 0.5, 1.0, 2.0, 60.0]),
)
operations = st.one_of(
    st.builds(Get, st.lists(keys, max_size=6)),
    st.builds(Set, st.lists(entries, max_size=6)),
    st.builds(Delete, st.lists(keys, max_size=4)),
    st.builds(Clear, keys),
    st.builds(Wait, st.sampled_from([0.25, 0.5, 1.0, 30.0])),
)


def size(key: str, value: bytes) -> int:
    return _RECORD_BYTES + sys.getsizeof(key) + sys.getsizeof(value)


class Model:
    """The same promises in the plainest way: a list, oldest use first, searched and summed anew each time."""

    def __init__(self, max_entries: int, max_bytes: int) -> None:
        self.max_entries = max_entries
        self.max_bytes = max_bytes
        self.rows: list[tuple[str, bytes, float]] = []
        self.hits = self.misses = self.evictions = 0

    def size(self) -> int:
        return sum(size(key, value) for key, value, _ in self.rows)

    def forget(self, key: str) -> None:
        self.rows = [row for row in self.rows if row[0] != key]

    def get(self, key: str, now: float) -> bytes | None:
        row = next((row for row in self.rows if row[0] == key), None)
        self.forget(key)
        if row is None or row[2] <= now:
            self.misses += 1
            return None
        self.rows.append(row)
        self.hits += 1
        return row[1]

    def set(self, entry: Entry, now: float) -> None:
        self.forget(entry.key)
        if entry.ttl <= 0 or size(entry.key, entry.value) > self.max_bytes:
            return
        self.rows.append((entry.key, entry.value, now + entry.ttl))
        while len(self.rows) > self.max_entries or self.size() > self.max_bytes:
            self.rows.pop(0)
            self.evictions += 1

    def clear(self, prefix: str) -> int:
        before = len(self.rows)
        self.rows = [row for row in self.rows if not row[0].startswith(prefix)]
        return before - len(self.rows)


@settings(deadline=None)  # the machine may be busy
@given(steps=st.lists(operations, max_size=40), max_entries=st.integers(0, 5), max_bytes=st.integers(0, 3000))
async def test_it_equals_the_model(steps: list[object], max_entries: int, max_bytes: int) -> None:
    clock = Clock()
    store = MemoryStore(max_entries, max_bytes, clock)
    model = Model(max_entries, max_bytes)
    for step in steps:
        match step:
            case Get(wanted):
                assert await store.get_many(wanted) == [model.get(key, clock.now) for key in wanted]
            case Set(new):
                await store.set_many(new)
                for entry in new:
                    model.set(entry, clock.now)
            case Delete(gone):
                assert await store.delete_many(gone)
                for key in gone:
                    model.forget(key)
            case Clear(prefix):
                assert await store.clear(prefix) == model.clear(prefix)
            case Wait(seconds):
                clock.now += seconds
        stats = await store.stats()
        assert (stats.entries, stats.bytes) == (len(model.rows), model.size())
        assert (stats.hits, stats.misses, stats.evictions) == (model.hits, model.misses, model.evictions)


async def test_a_ttl_is_honoured_to_the_moment() -> None:
    clock = Clock()
    store = MemoryStore(clock=clock)
    await store.set_many([Entry("a", b"1", 60)])
    clock.now += 59.999
    assert await store.get_many(["a"]) == [b"1"]
    clock.now += 0.001
    assert await store.get_many(["a"]) == [None]


async def test_the_least_recently_used_goes_first() -> None:
    store = MemoryStore(max_entries=2)
    await store.set_many([Entry("a", b"1", 60), Entry("b", b"2", 60)])
    await store.get_many(["a"])
    await store.set_many([Entry("c", b"3", 60)])
    assert await store.get_many(["a", "b", "c"]) == [b"1", None, b"3"]
    assert (await store.stats()).evictions == 1


async def test_one_value_larger_than_the_store_leaves_the_rest_alone() -> None:
    store = MemoryStore(max_bytes=10_000)
    await store.set_many([Entry("a", b"1", 60), Entry("b", b"old", 60)])
    await store.set_many([Entry("b", bytes(20_000), 60)])
    assert await store.get_many(["a", "b"]) == [b"1", None]


async def test_it_always_works_and_says_so() -> None:
    store = MemoryStore()
    stats = await store.stats()
    assert (stats.kind, stats.healthy, store.fault) == ("memory", True, None)
    assert "200,000 entries" in stats.detail
    await store.set_many([Entry("a", b"1", 60)])
    await store.close()
    assert (await store.stats()).bytes == 0


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_it_takes_about_the_memory_that_it_says() -> None:
    def resident() -> int:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()

    store, before = MemoryStore(), resident()
    for start in range(0, 40_000, 1_000):
        row = {"name": "GigabitEthernet1/0/1", "device": {"id": "1", "name": "sw01"}}
        await store.set_many(
            [Entry(f"key {n}", orjson.dumps({"row": row}), 60) for n in range(start, start + 1_000)]
        )
    assert resident() - before < 3 * ((await store.stats()).bytes or 0)
