"""What is known of a server between runs: small JSON files, by address, believed for a day."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import Any

import orjson

KEPT_FOR = 86_400.0


class Kept:
    """One file in a folder; without a folder nothing is kept. A folder that fails costs only time."""

    def __init__(self, folder: Path | None, name: str, *key: str) -> None:
        digest = hashlib.sha256("|".join(key).encode()).hexdigest()[:24]
        self._path = folder / f"{name}-{digest}.json" if folder else None

    def load(self) -> Any:
        """What is kept; None if that is nothing, or too old."""
        try:
            if self._path is None or time.time() - self._path.stat().st_mtime > KEPT_FOR:
                return None
            return orjson.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return None

    def save(self, data: Any) -> None:
        """Keep it, whole or not at all."""
        if self._path is None:
            return
        spare = self._path.with_suffix(f".{os.getpid()}.tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            spare.write_bytes(orjson.dumps(data))
            spare.replace(self._path)
        except OSError:
            return
