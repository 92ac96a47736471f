"""Opens the store that the settings name: Redis where there is a URL, else this process's memory."""

from cache.memory import MemoryStore
from cache.store import Store


def open_store(
    redis_url: str | None,
    *,
    prefix: str = "netbrief:",
    timeout: float = 0.25,
    max_entries: int = 200_000,
    max_bytes: int = 128 * 1024 * 1024,
) -> Store:
    """A store, ready to use; nothing is connected before the first operation.

    `prefix` and `timeout` (seconds per round trip) are for Redis, the bounds for memory.
    Raises ValueError where `redis_url` cannot be used; its words hold no secret.
    """
    if not redis_url:
        return MemoryStore(max_entries, max_bytes)
    from cache.redis_store import RedisStore

    return RedisStore(redis_url, prefix=prefix, timeout=timeout)
