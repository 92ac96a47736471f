"""Runs the demo server from the command line: `python -m demo --devices 70 --port 8000`."""

import argparse
import asyncio
import logging
from collections.abc import Sequence

from demo.faults import Faults
from demo.inventory import LARGEST, SMALLEST, generate
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token


def main(arguments: Sequence[str] | None = None) -> None:
    """Generate an inventory and serve it until interrupted."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        asyncio.run(_serve(options))
    except KeyboardInterrupt:
        logging.getLogger("demo").info("stopped")


async def _serve(options: argparse.Namespace) -> None:
    log = logging.getLogger("demo")
    inventory = generate(options.devices, options.seed, hub=options.hub)
    server = DemoServer(inventory, [Token(options.token)])
    server.faults = Faults(
        latency=options.latency,
        throttled=options.throttled,
        failing=options.failing,
        cut=options.cut,
        drip=options.drip,
    )
    await server.start(options.host, options.port)
    log.info("NETBOX_URL=%s", server.url)
    log.info("NETBOX_TOKEN=%s", options.token)
    log.info("%s devices, %s interfaces", inventory.count("dcim.device"), inventory.count("dcim.interface"))
    try:
        await asyncio.Event().wait()
    finally:
        await server.stop()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m demo", description="A NetBox to try things on.")
    parser.add_argument("--devices", type=int, default=70, help=f"from {SMALLEST} to {LARGEST} (default: 70)")
    parser.add_argument(
        "--hub", type=int, help="devices of each data center (default: more in larger networks)"
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed, another network")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--token", default=DEMO_TOKEN, help="the token that clients must send")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds every request waits")
    parser.add_argument("--throttled", type=int, default=0, help="answer the first N requests with 429")
    parser.add_argument("--failing", type=int, default=0, help="answer the first N requests with 500")
    parser.add_argument("--cut", type=int, default=0, help="cut the first N answers off half-way")
    parser.add_argument("--drip", type=float, default=0.0, help="seconds between the pieces of every answer")
    return parser


if __name__ == "__main__":
    main()
