"""Conversations: what a handle in an answer stands for, so that the next question can follow on."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

from cache.store import Entry, Store

LIFETIME = 3600.0
"""Seconds after which a handle stands for nothing any more."""
_BYTES = 6


@dataclass(frozen=True, slots=True)
class Turn:
    """One question as it was understood: the call, and the cursors of what its answer left out."""

    tool: str
    arguments: Mapping[str, Any]
    next: Mapping[str, str] = field(default_factory=dict)


def new_handle() -> str:
    """A handle that nobody can guess."""
    return secrets.token_urlsafe(_BYTES)


class Conversations:
    """Keeps turns in the cache's store, apart for each principal: a handle is worth nothing to anybody else."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def keep(self, handle: str, turn: Turn, scope: str) -> None:
        """Let a handle stand for a turn."""
        await self._store.set_many([Entry(_key(handle, scope), orjson.dumps(asdict(turn)), LIFETIME)])

    async def turn(self, handle: str, scope: str) -> Turn | None:
        """What a handle stands for; None where it is unknown or too old."""
        [kept] = await self._store.get_many([_key(handle, scope)])
        return Turn(**orjson.loads(kept)) if kept is not None else None


def _key(handle: str, scope: str) -> str:
    digest = hashlib.sha256(f"{scope}|{handle}".encode()).hexdigest()[:32]
    return f"conversation:{digest}"
