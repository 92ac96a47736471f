"""Whatever a tool cuts can be had whole, as either kind of file."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
import pytest_asyncio

from demo.inventory import generate
from demo.server import DemoServer
from server.exports import Export
from server.formats import FORMATS
from tests.core import Core, opened, section_of
from tests.tools.conftest import World
from tests.truth import Truth
from tools.registry import TOOLS

pytestmark = pytest.mark.asyncio(loop_scope="module")
BUDGETS = (300, 400, 1_200)
"""Of the smallest an answer may leave out even its tables, and say so."""

Calls = list[tuple[str, dict[str, Any]]]


def calls(truth: Truth) -> Calls:
    """Questions to each tool that have more rows than a small budget holds."""
    sites = Counter(row["site"] for row in truth.rows("dcim.device"))
    first, second = (truth.name("dcim.site", id_) for id_, _ in sites.most_common(2))
    ports = Counter(row["device"] for row in truth.rows("dcim.interface"))
    names = Counter(row["name"] for row in truth.rows("dcim.device"))
    roles: dict[int, str] = {}
    for id_, _ in ports.most_common():
        row = truth.by_id("dcim.device")[id_]
        if names[row["name"]] == 1:
            roles.setdefault(row["role"], row["name"])
    switch, other, *_ = roles.values()
    return [
        ("find", {"text": "a"}),
        ("list_objects", {"type": "interface"}),
        ("list_objects", {"type": "interface", "group_by": "device"}),
        ("describe", {"object": switch}),
        ("vlans", {}),
        ("trace", {"start": switch}),
        ("topology", {"around": first}),
        ("impact", {"object": switch}),
        ("impact", {"object": f"site {first}"}),
        ("ip_space", {}),
        ("ip_space", {"prefix": "10.0.0.0/8"}),
        ("ip_space", {"free_length": 28}),
        ("capacity", {}),
        ("audit", {}),
        ("changes", {"since": "2026-01-01"}),
        ("changes", {"since": "2026-01-01", "site": first}),
        ("compare", {"left": switch, "right": other, "type": "device"}),
        ("compare", {"left": first, "right": second, "type": "site"}),
        ("compare", {"left": first, "type": "site", "since": "2026-10-25"}),
    ]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def small(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    inventory = generate(110, 7)
    async with DemoServer(inventory) as server, opened(server, tmp_path_factory.mktemp("kept")) as core:
        yield World(core, Truth(inventory))
    inventory.close()


async def exported(core: Core, cursor: str, name: str) -> list[dict[str, Any]]:
    """The rows of the whole file."""
    made = Export(*core.services.exported(cursor), FORMATS[name])
    text = "".join([part async for part in made.text()])
    rows = (
        list(csv.DictReader(io.StringIO(text)))
        if name == "csv"
        else [orjson.loads(line) for line in text.splitlines()]
    )
    assert made.rows == len(rows)
    return rows


@pytest.mark.parametrize("tool", TOOLS)
async def test_every_section_that_is_cut_is_exported_whole(small: World, tool: str) -> None:
    seen: set[str] = set()
    for arguments in (each for name, each in calls(small.truth) if name == tool):
        for budget in BUDGETS:
            body = await small.core.ask(tool, **arguments, max_tokens=budget)
            for section in body.get("sections", ()):
                title, shown = section["title"], section.get("shown", len(section.get("rows", ())))
                if shown == section["total"]:
                    continue
                cursor = body["next"][title]
                rows, lines = [await exported(small.core, cursor, name) for name in ("csv", "jsonl")]
                assert len(rows) == len(lines) >= section["total"]
                # What an answer could not read at all (`find` reads the best of many) is in the file.
                assert len(rows) == section["total"] or any("more match" in each for each in body["warnings"])
                assert list(rows[0]) == list(lines[0])
                seen.add(title)
    assert seen, "a small budget cuts something of every tool's answers"


async def test_a_file_of_matches_holds_those_that_an_answer_does_not_read(small: World) -> None:
    body = await small.core.ask("find", text="a", types=["device"], max_tokens=BUDGETS[0])
    names = [row["name"] or "" for row in small.truth.rows("dcim.device")]
    rows = await exported(small.core, body["next"]["matches"], "jsonl")
    assert section_of(body, "matches")["total"] < len(rows) <= len(names)
    assert {row["name"] for row in rows} >= {name for name in names if "a" in name.casefold()}
