"""Opening a store: the right one, redis imported only for Redis, bad URLs told without their secrets."""

import subprocess
import sys

import pytest

from cache.connect import open_store
from cache.memory import MemoryStore
from cache.redis_store import RedisStore


@pytest.mark.parametrize("url", [None, ""])
def test_without_a_url_it_is_memory(url: str | None) -> None:
    assert isinstance(open_store(url), MemoryStore)


async def test_with_a_url_it_is_redis() -> None:
    store = open_store("rediss://user:secret@cache.example:6380/2")
    assert isinstance(store, RedisStore)
    assert store.fault is None
    await store.close()


def test_memory_does_not_import_redis() -> None:
    program = (
        "import sys; from cache.connect import open_store; open_store(None); sys.exit('redis' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    "url",
    [
        "redis://:hunter/2secret@localhost",
        "redis://:hunter#2secret@localhost",
        "redis://user:hunter2secret@localhost:port",
        "redis://user:hunter2secret@localhost?db=hunter2secret",
        "redis://user:hunter2secret@localhost?no_such_option=1",
        "http://user:hunter2secret@localhost",
        "localhost:6379",
    ],
)
def test_a_bad_url_is_told_without_its_secrets(url: str) -> None:
    with pytest.raises(ValueError, match="Redis URL cannot be used") as told:
        open_store(url)
    assert "hunter" not in str(told.value)
    assert told.value.__suppress_context__
