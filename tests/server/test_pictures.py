"""Pictures: an answer leads to one by a link, and only cursors of pictures are drawn."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from mcp import MCPError
from mcp.types import ResourceLink

from demo.server import DemoServer
from tests.asking import Asker


def core_switch(demo: DemoServer) -> str:
    return next(str(row["name"]) for row in demo.inventory.rows("dcim.device") if "core" in str(row["name"]))


async def test_an_answer_leads_to_its_picture(asker: Asker, demo: DemoServer) -> None:
    arguments = {"around": core_switch(demo), "format": "svg", "max_tokens": 600}
    for _ in ("drawn", "kept"):
        result = await asker.client.call_tool("topology", arguments)
        _, link = result.content
        assert isinstance(link, ResourceLink)
        assert (link.uri, link.mime_type) == (result.structured_content["facts"]["picture"], "image/svg+xml")
        [content] = await asker.client.read_resource(link.uri)
        assert content.mime_type == "image/svg+xml"
        root = ElementTree.fromstring(content.text)
        assert core_switch(demo) in {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}


async def test_a_list_leads_to_no_picture(asker: Asker, demo: DemoServer) -> None:
    result = await asker.client.call_tool("topology", {"around": core_switch(demo)})
    assert len(result.content) == 1
    assert "picture" not in result.structured_content["facts"]


async def test_only_cursors_of_pictures_are_drawn(asker: Asker) -> None:
    listed = await asker.client.call_tool("list_objects", {"type": "interface", "max_tokens": 400})
    cursor = listed.structured_content["next"]["interfaces"]
    for bad in (cursor, "x"):
        with pytest.raises(MCPError, match="bad_cursor: "):
            await asker.client.read_resource(f"netbrief://picture/{bad}")
