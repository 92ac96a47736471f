"""The command line: `netbrief serve`, `netbrief check`, `netbrief demo`."""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import os
import sys
from collections.abc import Sequence

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command; exits with 0, or with 1 and a message on stderr."""
    # Set before fastmcp is imported: no banner, no request for updates, nothing on stdout but the protocol.
    os.environ.setdefault("FASTMCP_SHOW_SERVER_BANNER", "false")
    os.environ.setdefault("FASTMCP_CHECK_FOR_UPDATES", "off")
    os.environ.setdefault("FASTMCP_LOG_LEVEL", "WARNING")
    os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")
    os.environ["LANGSMITH_TRACING"] = os.environ["LANGCHAIN_TRACING_V2"] = "false"
    # A million lasting objects come with the imports: to look through them again and again takes a fifth of the start.
    gc.set_threshold(100_000, 50, 50)
    args = _parser().parse_args(argv)
    _build_models_when_used()
    try:
        asyncio.run(_run(args))
    except KeyboardInterrupt:
        sys.exit(130)
    except BaseExceptionGroup as group:
        _fail_in_words(group.exceptions[0])
    except Exception as error:  # noqa: BLE001  # known errors are worded, others raised again
        _fail_in_words(error)


def _build_models_when_used() -> None:
    """Have pydantic build a model's validator at its first use.

    The packages of the protocol define hundreds of them, and a run uses few: to build them all at once takes a fifth
    of the start.
    """
    from pydantic import BaseModel

    BaseModel.model_config["defer_build"] = True


def _fail_in_words(error: BaseException) -> None:
    from pydantic import ValidationError

    from sources.errors import NetbriefError

    if isinstance(error, NetbriefError):
        sys.exit(f"netbrief: {error.in_words()}")
    if isinstance(error, ValidationError):
        lines = [f"  {each['loc'][0]}: {each['msg']}" for each in error.errors(include_input=False)]
        sys.exit("netbrief: settings are not valid\n" + "\n".join(lines))
    raise error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="netbrief", description="Whole answers over NetBox and Nautobot, by MCP."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve MCP on stdio, or on HTTP with --http")
    serve.add_argument("--http", action="store_true", help="streamable HTTP instead of stdio")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", type=int, default=8765, help="port to listen on (default 8765)")
    _demo_options(serve)
    check = commands.add_parser(
        "check", help="say what is configured, reachable and readable, and what to fix"
    )
    _demo_options(check)
    demo = commands.add_parser(
        "demo", help="ask the demo inventory real questions over a real MCP connection"
    )
    demo.add_argument("--devices", type=int, default=70, help="devices in the demo inventory (default 70)")
    return parser


def _demo_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="use the embedded demo inventory")
    parser.add_argument("--devices", type=int, default=70, help="devices in the demo inventory (default 70)")


async def _run(args: argparse.Namespace) -> None:
    if args.command == "demo":
        from server.demonstration import demonstrate

        await demonstrate(args.devices)
        return
    from server.embedded import configured

    async with configured(demo=args.demo, devices=args.devices) as (settings, sources):
        logging.basicConfig(level=settings.log_level.upper(), stream=sys.stderr)
        if args.command == "check":
            from server.check import check

            sys.exit(0 if await check(settings, sources) else 1)
        from server.app import create_server
        from server.services import Services
        from sources.errors import NotConfigured

        if args.http and args.host not in LOOPBACK and not settings.allow_open_http:
            raise NotConfigured(
                f"{args.host} is not a loopback address, and anyone who reaches it could read the inventory",
                hint="put an authenticating proxy in front and set NETBRIEF_ALLOW_OPEN_HTTP=true, or use 127.0.0.1",
            )
        server = create_server(Services(settings, sources))
        if args.http:
            await server.run_http_async(
                transport="http",
                host=args.host,
                port=args.port,
                stateless_http=True,
                host_origin_protection=True,
                show_banner=False,
            )
        else:
            await server.run_stdio_async(show_banner=False)
