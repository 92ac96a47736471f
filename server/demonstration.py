"""`netbrief demo`: a real client asks a real server, over stdio, and prints the answers with what they cost."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from fastmcp import Client
from fastmcp.client.transports import StdioTransport
from mcp.types import TextContent

from orchestration.tokens import count_tokens

WIDEST = 150
ROWS = 6


async def demonstrate(devices: int) -> None:
    """Start `netbrief serve --demo` as a client would, ask it questions, print what it answers."""
    transport = StdioTransport(sys.executable, ["-m", "server", "serve", "--demo", "--devices", str(devices)])
    async with Client(transport) as client:
        tools = await client.list_tools()
        print(f"connected over stdio; tools: {', '.join(tool.name for tool in tools)}\n")
        await _ask(client, "Is everything there?", "status", {})
        sites = await _ask(
            client,
            "How many devices does each site have?",
            "list_objects",
            {"type": "device", "group_by": "site"},
        )
        site = _first(sites)
        words = f"how many interfaces at {site} have no cable, per device"
        await _ask(client, "The same in words, read by rules", "ask", {"question": words})
        await _ask(client, f"Which VLANs does {site} have, and who uses them?", "vlans", {"site": site})
        listed = await _ask(
            client,
            f"Active devices at {site}, with their addresses",
            "list_objects",
            {
                "type": "device",
                "where": {"site": site, "status": "active", "name": "not null"},
                "order_by": ["name"],
                "fields": ["name", "role", "device_type", "primary_ip4"],
            },
        )
        device = _first(listed)
        await _ask(client, f"Tell me about {device}", "describe", {"object": device})
        await _ask(client, f"The same again: {device}", "describe", {"object": device})
        address = await _ask(
            client, "Some address", "list_objects", {"type": "ip address", "fields": ["address"], "limit": 1}
        )
        await _ask(client, "Where is that address?", "find", {"text": _first(address).partition("/")[0]})
        interfaces = await _ask(
            client,
            "Disabled interfaces, the first few",
            "list_objects",
            {"type": "interface", "where": {"enabled": False}, "max_tokens": 400},
        )
        for cursor in list(interfaces.get("next", {}).values())[:1]:
            await _ask(client, "... and more of them", "more", {"cursor": cursor, "max_tokens": 400})


async def _ask(client: Client[Any], question: str, tool: str, arguments: dict[str, Any]) -> Mapping[str, Any]:
    print(
        f"? {question}\n  {tool}({', '.join(f'{name}={value!r}' for name, value in arguments.items())})"[:400]
    )
    result = await client.call_tool(tool, arguments, raise_on_error=False)
    content = result.content[0]
    text = content.text if isinstance(content, TextContent) else ""
    if result.is_error:
        sys.exit(f"  the demo failed: {text}")
    body: Mapping[str, Any] = result.structured_content or {}
    print(f"  {body['summary']}")
    for section in body.get("sections", ()):
        _print_section(section)
    for warning in body.get("warnings", ()):
        print(f"  ! {warning}"[:WIDEST])
    cost = body["cost"]
    took = f"{cost['calls']} upstream calls, {cost['hits']} cache hits"
    print(f"  -- {took}, {count_tokens(text):,} tokens, {cost['ms']} ms\n")
    return body


def _print_section(section: Mapping[str, Any]) -> None:
    rows = section.get("rows", [])
    print(f"  [{section['title']}: {section['total']:,}] {' | '.join(section.get('columns', ()))}"[:WIDEST])
    for row in rows[:ROWS]:
        print(f"    {' | '.join('-' if cell is None else str(cell) for cell in row)}"[:WIDEST])
    if len(rows) > ROWS:
        print(f"    ... {len(rows) - ROWS} more rows in the answer")


def _first(body: Mapping[str, Any]) -> str:
    """The first cell of the first section: a name to go on with."""
    return str(body["sections"][0]["rows"][0][0])
