"""Writes files into the folder for exports: named here, whole or not at all."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import secrets
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

from sources.errors import NotConfigured


def file_name(*words: str, suffix: str) -> str:
    """A name of these words and the time: letters, digits and dashes, whatever the words hold."""
    plain = re.sub(r"[^a-z0-9]+", "-", "-".join(words).lower()).strip("-")[:60]
    return f"{plain}-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{secrets.token_hex(3)}.{suffix}"


async def write_file(folder: Path, name: str, text: AsyncIterator[str]) -> Path:
    """Write the text into a new file, which is there only when all of it is. Raises `NotConfigured`.

    What the text's iterator raises is raised here, and no file is left behind.
    """
    made = folder / f".{name}.part"
    try:
        with _new(made) as file:
            async for part in text:
                await asyncio.to_thread(file.write, part.encode())
            await asyncio.to_thread(_settle, file)
        _rename(made, folder / name)
    except OSError as error:
        raise NotConfigured(
            f"the export cannot be written: {error.strerror}",
            hint="set NETBRIEF_EXPORT_DIR to a folder that netbrief may write to, with room in it",
        ) from None
    finally:
        _remove(made)
    return folder / name


def _new(path: Path) -> BinaryIO:
    """A file that was not there, in a folder that may not have been, which only its owner may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _settle(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _rename(path: Path, to: Path) -> None:
    path.replace(to)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
