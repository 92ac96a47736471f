"""netbrief as its users start it: a process of its own, with nothing of this one's environment."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds after which a process that should have answered or ended hangs."""


@dataclass(frozen=True)
class Ended:
    """A process that came to its end."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything that it wrote."""
        return self.out + self.err


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """What the process may know: where programs are, a home that is empty, and these settings."""
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONWARNINGS": "ignore", **settings}


def at_netbox(url: str, token: str) -> dict[str, str]:
    """The settings for one NetBox."""
    return {"NETBOX_URL": url, "NETBOX_TOKEN": token}


def command(*args: str) -> list[str]:
    """The command line of netbrief with this Python."""
    return [sys.executable, "-m", "server", *args]


async def start(args: Sequence[str], env: Mapping[str, str], *, stdin: int = DEVNULL) -> Process:
    """Start netbrief, with its output in pipes."""
    return await asyncio.create_subprocess_exec(
        *command(*args), env=dict(env), cwd=ROOT, stdin=stdin, stdout=PIPE, stderr=PIPE, limit=1 << 24
    )


async def run(*args: str, env: Mapping[str, str]) -> Ended:
    """Run netbrief to its end."""
    process = await start(args, env)
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    return Ended(process.returncode or 0, out.decode(), err.decode())


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@asynccontextmanager
async def serving_http(*args: str, env: Mapping[str, str]) -> AsyncIterator[str]:
    """The address of a `netbrief serve --http` that is up. It must end well and have said nothing."""
    port = free_port()
    process = await start(["serve", "--http", "--port", str(port), *args], env)
    url = f"http://127.0.0.1:{port}"
    try:
        await asyncio.wait_for(_healthy(url, process), PATIENCE)
        yield url
    finally:
        if process.returncode is None:
            process.terminate()
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert out == b""
    assert b"Traceback" not in err, err.decode()


async def _healthy(url: str, process: Process) -> None:
    async with aiohttp.ClientSession() as session:
        while process.returncode is None:
            try:
                async with session.get(f"{url}/healthz") as answer:
                    assert (await answer.json())["status"] == "ok"
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)
    raise AssertionError("the server has ended")
