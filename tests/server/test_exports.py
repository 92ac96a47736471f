"""`export`: a whole table as a resource, a download or a file, the same rows by every way."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from fastmcp import Client
from fastmcp.client.client import CallToolResult
from fastmcp.client.transports import StdioTransport, StreamableHttpTransport
from mcp import MCPError
from mcp.types import ResourceLink

from demo.server import DEMO_TOKEN, DemoServer
from orchestration.whole import ROWS_AT_A_TIME
from server import exports
from server.exports import BROKEN_OFF
from tests.asking import Asker, Reply, asking, source
from tests.inventories import switched
from tests.server.processes import ROOT, at_netbox, command, environment, serving_http

MODES = ("auto", "legacy")
PORTS = ROWS_AT_A_TIME + 500
LISTED = {"type": "interface", "fields": ["id", "name"]}


async def cursor(client: Client[Any]) -> str:
    reply = Reply.of(await client.call_tool("list_objects", {**LISTED, "max_tokens": 400}))
    return str(reply.body["next"]["interfaces"])


async def offered(client: Client[Any], **arguments: Any) -> tuple[Mapping[str, Any], ResourceLink]:
    """The facts of an export, and its link; text and structure must say the same."""
    result: CallToolResult = await client.call_tool("export", arguments)
    text, link = result.content
    assert json.loads(text.text) == result.structured_content
    assert isinstance(link, ResourceLink)
    return result.structured_content["facts"], link


async def text_of(client: Client[Any], uri: str) -> str:
    [content] = await client.read_resource(uri)
    return str(content.text)


def ids(text: str) -> list[str]:
    return [row["id"] for row in csv.DictReader(io.StringIO(text, newline=""))]


def all_ids(demo: DemoServer) -> list[str]:
    return [str(row["id"]) for row in demo.inventory.rows("dcim.interface")]


def files_in(folder: Path) -> dict[Path, int]:
    """The files of a folder, hidden ones too, and who may read them."""
    return {path: path.stat().st_mode & 0o777 for path in folder.iterdir()}


def written(path: Path) -> str:
    return path.read_bytes().decode()


async def test_the_answer_is_short_and_leads_to_every_row(asker: Asker, demo: DemoServer) -> None:
    found = await cursor(asker.client)
    for name, mime in (("csv", "text/csv"), ("jsonl", "application/x-ndjson")):
        facts, link = await offered(asker.client, cursor=found, format=name)
        assert facts == {
            "rows": len(all_ids(demo)),
            "columns": ["id", "name"],
            "resource": f"netbrief://export/{name}/{found}",
        }
        assert (link.uri, link.mime_type) == (facts["resource"], mime)
        assert link.name.endswith(f".{name}")
        [content] = await asker.client.read_resource(link.uri)
        assert content.mime_type == mime
        rows = (
            ids(content.text)
            if name == "csv"
            else [json.loads(line)["id"] for line in content.text.splitlines()]
        )
        assert sorted(rows, key=int) == all_ids(demo)


async def test_the_resource_is_listed_as_a_template(asker: Asker) -> None:
    templates = {each.uri_template: each for each in await asker.client.list_resource_templates()}
    template = templates["netbrief://export/{name}/{cursor}"]
    assert "4 MiB" in str(template.description)
    assert await asker.client.list_resources() == []


async def test_only_cursors_that_were_sealed_here_are_read(asker: Asker) -> None:
    found = await cursor(asker.client)
    for bad in (found[:-1], found.swapcase(), "x"):
        assert (await asker.refused("export", cursor=bad)).startswith("bad_cursor: ")
        with pytest.raises(MCPError, match="bad_cursor: "):
            await asker.client.read_resource(f"netbrief://export/csv/{bad}")
    with pytest.raises(MCPError, match='no format "xml"'):
        await asker.client.read_resource(f"netbrief://export/xml/{found}")
    assert "format" in await asker.refused("export", cursor=found, format="xml")
    # The bytes of a path are no way out of the template.
    with pytest.raises(MCPError):
        await asker.client.read_resource("netbrief://export/csv/..%2F..%2Fetc%2Fpasswd")


async def test_another_token_cannot_use_a_cursor(demo: DemoServer, tmp_path: Path, asker: Asker) -> None:
    found = await cursor(asker.client)
    other = source(demo.url, "0" * 40)
    async with asking(other, folder=tmp_path / "other") as stranger:
        assert (await stranger.refused("export", cursor=found)).startswith("bad_cursor: ")


async def test_a_cursor_finds_its_source_among_several(demo: DemoServer, tmp_path: Path) -> None:
    lab = source(demo.url).model_copy(update={"name": "lab"})
    async with asking(source(demo.url), lab, folder=tmp_path) as asker:
        reply = await asker.ask("list_objects", **LISTED, source="lab", max_tokens=400)
        found = reply.body["next"]["interfaces"]
        facts, link = await offered(asker.client, cursor=found)
        assert len(ids(await text_of(asker.client, link.uri))) == facts["rows"]
        text = await asker.refused("export", cursor=found, source="netbox")
        assert text.startswith("bad_cursor: ")


async def test_a_table_too_large_for_a_resource_says_what_else_there_is(
    asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await cursor(asker.client)
    monkeypatch.setattr(exports, "MOST_BYTES", 2_000)
    with pytest.raises(MCPError, match=r"(?s)too_costly: .*NETBRIEF_EXPORT_DIR"):
        await asker.client.read_resource(f"netbrief://export/csv/{found}")


@pytest.fixture
async def filing(demo: DemoServer, tmp_path: Path) -> AsyncIterator[Asker]:
    """A netbrief that may write files."""
    async with asking(source(demo.url), folder=tmp_path, export_dir=tmp_path / "deep" / "exports") as found:
        yield found


async def test_a_file_holds_the_rows_that_the_answer_counts(
    filing: Asker, demo: DemoServer, tmp_path: Path
) -> None:
    heard: list[tuple[float, float | None]] = []

    async def hear(done: float, total: float | None, _: str | None) -> None:
        heard.append((done, total))

    found = await cursor(filing.client)
    result = await filing.client.call_tool("export", {"cursor": found}, progress_handler=hear)
    facts = result.structured_content["facts"]
    path = Path(facts["file"])
    assert files_in(tmp_path / "deep" / "exports") == {path: 0o600}
    text = written(path)
    assert len(ids(text)) == facts["rows"] == len(all_ids(demo))
    assert heard[-1] == (facts["rows"], facts["rows"])
    assert text == await text_of(filing.client, facts["resource"])


async def test_names_of_files_are_plain_and_their_own(filing: Asker, tmp_path: Path) -> None:
    found = await cursor(filing.client)
    names = [Path((await offered(filing.client, cursor=found))[0]["file"]).name for _ in range(3)]
    assert len(set(names)) == 3
    assert all(name.startswith("list-objects-interfaces-") for name in names)
    assert exports.file_name("../../etc", "p/a\\ss\0wd", suffix="csv").startswith("etc-p-a-ss-wd-")


async def test_a_source_that_fails_in_the_middle_leaves_no_file_behind(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    async with (
        DemoServer(switched(3, PORTS)) as demo,
        asking(source(demo.url), folder=tmp_path, export_dir=folder) as asker,
    ):
        found = await cursor(asker.client)
        # The first row, and the two pages of the first part.
        demo.faults.after, demo.faults.failing = 3, 1_000
        text = await asker.refused("export", cursor=found)
        assert demo.faults.struck["after"] == 3
    assert text.startswith("source_misbehaved: ")
    assert files_in(folder) == {}


async def test_a_folder_that_cannot_be_written_to_is_said(demo: DemoServer, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")
    async with asking(source(demo.url), folder=tmp_path / "kept", export_dir=taken) as asker:
        text = await asker.refused("export", cursor=await cursor(asker.client))
    assert text.startswith("not_configured: the export cannot be written")
    assert "NETBRIEF_EXPORT_DIR" in text


@pytest.mark.parametrize("mode", MODES)
async def test_over_stdio_by_resource_and_by_file(tmp_path: Path, mode: str) -> None:
    program, *args = command("serve", "--demo")
    env = environment(tmp_path, NETBRIEF_EXPORT_DIR=str(tmp_path / "exports"))
    said = tmp_path / "stderr"
    transport = StdioTransport(program, args, env=env, cwd=str(ROOT), log_file=said)
    async with Client(transport, mode=mode) as client:
        facts, link = await offered(client, cursor=await cursor(client))
        text = await text_of(client, link.uri)
        assert "url" not in facts
        assert written(Path(facts["file"])) == text
        assert len(set(ids(text))) == len(ids(text)) == facts["rows"]
        with pytest.raises(MCPError, match="bad_cursor"):
            await client.read_resource("netbrief://export/csv/x")
    assert said.read_text() == ""


async def test_over_http_by_resource_and_by_download(demo: DemoServer, tmp_path: Path) -> None:
    env = environment(tmp_path, **at_netbox(demo.url, DEMO_TOKEN), NETBRIEF_EXPORT_DIR=str(tmp_path / "no"))
    async with serving_http(env=env) as url, aiohttp.ClientSession() as session:
        for mode in MODES:
            async with Client(StreamableHttpTransport(f"{url}/mcp"), mode=mode) as client:
                facts, link = await offered(client, cursor=await cursor(client))
                text = await text_of(client, link.uri)
            assert facts["url"].startswith(f"{url}/exports/csv/")
            assert "file" not in facts, "a server's disk is not its client's"
            async with session.get(facts["url"]) as answer:
                assert answer.headers["Content-Type"].startswith("text/csv")
                assert answer.headers["Content-Disposition"].startswith('attachment; filename="list-objects-')
                assert await answer.text() == text
            assert sorted(ids(text), key=int) == all_ids(demo)
        async with session.get(f"{facts['url']}x") as answer:
            assert answer.status == 400
            assert (await answer.text()).startswith("bad_cursor: ")
        async with session.get(facts["url"], headers={"Host": "evil.example"}) as answer:
            assert answer.status == 421
        async with session.get(facts["url"], headers={"Origin": "https://evil.example"}) as answer:
            assert answer.status == 403
        demo.faults.failing = 1_000
        async with session.get(facts["url"]) as answer:
            assert answer.status == 502
            assert (await answer.text()).startswith("source_misbehaved: ")
    assert not (tmp_path / "no").exists()


async def test_a_download_that_breaks_off_is_not_taken_for_whole(tmp_path: Path) -> None:
    """The transfer lacks its end, and the last line says why."""
    async with DemoServer(switched(3, PORTS)) as demo:
        env = environment(tmp_path, **at_netbox(demo.url, DEMO_TOKEN))
        async with serving_http(env=env) as url, aiohttp.ClientSession() as session:
            async with Client(StreamableHttpTransport(f"{url}/mcp")) as client:
                facts, _ = await offered(client, cursor=await cursor(client))
            demo.faults.after, demo.faults.failing = 2, 1_000
            pieces: list[bytes] = []
            with pytest.raises(aiohttp.ClientPayloadError):
                await _receive(session, facts["url"], pieces)
    text = b"".join(pieces).decode()
    assert text.count("\r\n") == 1 + ROWS_AT_A_TIME
    assert text.partition(BROKEN_OFF)[2].startswith(" source_misbehaved: ")


async def _receive(session: aiohttp.ClientSession, url: str, pieces: list[bytes]) -> None:
    async with session.get(url) as answer:
        while piece := await answer.content.readany():
            pieces.append(piece)
