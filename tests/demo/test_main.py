"""The server from the command line."""

import asyncio
import signal
import sys
from functools import partial
from pathlib import Path

import aiohttp

from demo.database import Database
from demo.inventory import Inventory, generate


async def test_it_says_how_to_reach_it_and_answers() -> None:
    command = [sys.executable, "-m", "demo", "--devices", "10", "--port", "0"]
    # A shell starts what runs in the background with interrupts ignored, which would be inherited.
    process = await asyncio.create_subprocess_exec(
        *command,
        stderr=asyncio.subprocess.PIPE,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stderr is not None
    try:
        told = dict(
            [
                (await asyncio.wait_for(process.stderr.readline(), 60)).decode().strip().split("=", 1)
                for _ in range(2)
            ]
        )
        headers = {"Authorization": f"Token {told['NETBOX_TOKEN']}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.get(f"{told['NETBOX_URL']}/api/dcim/devices/") as response,
        ):
            assert (await response.json())["count"] == 10
    finally:
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.wait(), 60)
    assert process.returncode == 0


def test_an_inventory_can_be_kept_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "inventory.db"
    kept = generate(devices=10, path=path)
    sites = list(kept.rows("dcim.site"))
    kept.close()
    again = Inventory(Database(path))
    assert list(again.rows("dcim.site")) == sites
    again.close()
