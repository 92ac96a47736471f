"""The inventories that benchmarks run on: the demo server at any size, and real servers where they are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import SecretStr

from demo.inventory import Inventory, generate
from demo.server import DEMO_TOKEN, DemoServer
from server.services import Services
from server.settings import Settings, SourceSettings


@asynccontextmanager
async def demo_services(devices: int, hub: int | None = None) -> AsyncIterator[tuple[Services, DemoServer]]:
    """Services over a demo server of that many devices, `hub` of them in each data center.

    The caller opens the services, or serves them.
    """
    async with DemoServer(generate(devices, hub=hub)) as server:
        source = SourceSettings(name="demo", kind="netbox", url=server.url, token=SecretStr(DEMO_TOKEN))
        yield Services(Settings(), [source]), server


def switch(inventory: Inventory) -> str:
    """The name of an access switch with 48 ports; its name must be its own."""
    names = [row["name"] for row in inventory.rows("dcim.device")]
    types = {row["id"]: row["model"] for row in inventory.rows("dcim.devicetype")}
    return next(
        str(row["name"])
        for row in inventory.rows("dcim.device")
        if row["name"]
        and "48" in types[row["device_type"]]
        and names.count(row["name"]) == 1
        and "asw" in row["name"]
    )


def core_device(inventory: Inventory) -> str | None:
    """The name of a device with 2,000 interfaces or more; None if the inventory is too small for one."""
    ports = Counter(row["device"] for row in inventory.rows("dcim.interface"))
    id_, count = ports.most_common(1)[0]
    if count < 2_000:
        return None
    return next(str(row["name"]) for row in inventory.rows("dcim.device") if row["id"] == id_)
