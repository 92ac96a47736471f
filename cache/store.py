"""What every cache store can do: keep bytes under keys for a while, many at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol


class Entry(NamedTuple):
    """One value to keep. `ttl` is in seconds; an entry whose ttl is zero or less removes what is there."""

    key: str
    value: bytes
    ttl: float


@dataclass(frozen=True, slots=True)
class StoreStats:
    """What a store holds and how often it helped; a number that the store cannot tell is None.

    `hits` and `misses` are those of this process. For Redis, `entries`, `bytes` and `evictions` are those of
    the whole server (entries: of the database), whoever put them there.
    """

    kind: Literal["memory", "redis"]
    healthy: bool
    detail: str
    entries: int | None
    bytes: int | None
    hits: int
    misses: int
    evictions: int | None


class Store(Protocol):
    """A cache.

    What it forgets is read again from the source, so no method raises for a lost backend: while it does not
    work, reads are misses, writes are dropped, and `fault` says so.
    """

    @property
    def fault(self) -> str | None:
        """The words for an answer's warnings while the store does not work, without secrets; else None."""

    async def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        """The values of `keys` in the same order, None for each that is missing or expired."""

    async def set_many(self, entries: Sequence[Entry]) -> None:
        """Keep `entries`, each for its ttl; of several with one key the last wins."""

    async def delete_many(self, keys: Sequence[str]) -> bool:
        """Forget `keys`. False where they may still be there, because the backend could not be told."""

    async def clear(self, prefix: str) -> int:
        """Forget every key that begins with `prefix`; how many were forgotten."""

    async def stats(self) -> StoreStats:
        """What the store holds and whether it works; asks the backend."""

    async def close(self) -> None:
        """Give up connections and memory. The store is not used afterwards."""
