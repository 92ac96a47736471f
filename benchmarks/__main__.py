"""`make bench`: print every measure; exit with 1 if a promise is not kept."""

from __future__ import annotations

import asyncio
import sys

from benchmarks.inventories import demo_services
from benchmarks.report import printed
from benchmarks.warm import warm


async def main() -> bool:
    """Run all benchmarks."""
    kept = True
    async with demo_services(70) as (services, server):
        device = next(r["name"] for r in server.inventory.rows("dcim.device") if r["name"] and "asw" in r["name"])
        kept &= printed("warm calls (in memory, demo inventory)", await warm(services, device))
    return kept


sys.exit(0 if asyncio.run(main()) else 1)
