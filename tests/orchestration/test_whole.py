"""A section as a whole, part by part: exactly the rows that `more` leads to, or an error that says why not."""

from __future__ import annotations

import tracemalloc
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
import pytest_asyncio

from demo.inventory import Inventory
from demo.server import DemoServer
from orchestration.answer import Answer, Section
from orchestration.cells import LONGEST_LIST, LONGEST_TEXT, shortened
from orchestration.request import Request
from orchestration.runner import Runner
from orchestration.whole import ROWS_AT_A_TIME, first_rows, parts
from server import services
from sources.errors import BadCursor, Incomplete, SourceMisbehaved
from sources.source import Entity
from tests.core import Core, opened
from tests.inventories import switched
from tests.orchestration.test_more import nasty  # noqa: F401  # a fixture
from tools.registry import TOOLS

pytestmark = pytest.mark.asyncio(loop_scope="module")
PORTS = 700

SECTIONS: list[tuple[str, str, dict[str, Any]]] = [
    ("list_objects", "interfaces", {"type": "interface", "fields": ["id", "device", "name", "enabled"]}),
    ("list_objects", "interfaces", {"type": "interface", "where": {"name__ic": "1"}, "limit": 5}),
    ("list_objects", "devices", {"type": "device", "fields": ["id"], "include": ["interfaces"]}),
    ("list_objects", "interfaces by name", {"type": "interface", "group_by": "name"}),
    ("vlans", "VLANs", {}),
    ("vlans", "ports by VLAN and device", {}),
    ("describe", "interfaces", {"object": "core"}),
    ("describe", "child prefixes", {"object": "10.0.0.0/8"}),
    ("describe", "IP addresses", {"object": "10.0.0.0/8"}),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def core(
    nasty: Inventory,  # noqa: F811  # the fixture
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Core]:
    async with DemoServer(nasty) as server, opened(server, tmp_path_factory.mktemp("kept")) as found:
        yield found


async def cursor_of(core: Core, tool: str, section: str, **arguments: Any) -> str:
    body = await core.ask(tool, **arguments, max_tokens=500)
    return str(body["next"][section])


async def sections_of(core: Core, cursor: str, rows_at_a_time: int) -> list[Section]:
    runner, request = core.services.exported(cursor)
    return [section async for section in parts(runner, request, rows_at_a_time)]


def rows_of(sections: Sequence[Section]) -> list[Entity]:
    return [dict(zip(section.columns, row, strict=True)) for section in sections for row in section.rows]


def as_shown(rows: Sequence[Entity]) -> list[Entity]:
    """The rows with their texts as an answer shows them."""
    return [{name: _shown(value) for name, value in row.items()} for row in rows]


def _shown(value: Any) -> Any:
    if isinstance(value, list):
        shown = [_shown(each) for each in value[:LONGEST_LIST]]
        return shown + [f"+{len(value) - LONGEST_LIST} more"] * (len(value) > LONGEST_LIST)
    return shortened(value) if isinstance(value, str) else value


@pytest.mark.parametrize(("tool", "section", "arguments"), SECTIONS)
@pytest.mark.parametrize("rows_at_a_time", [97, ROWS_AT_A_TIME])
async def test_it_is_what_more_leads_to_without_gaps_or_doubles(
    core: Core, tool: str, section: str, arguments: dict[str, Any], rows_at_a_time: int
) -> None:
    expected = await core.whole(tool, section, **arguments, max_tokens=20_000)
    cursor = await cursor_of(core, tool, section, **arguments)
    found = await sections_of(core, cursor, rows_at_a_time)
    rows = rows_of(found)
    assert len(rows) == found[0].total
    if "include" in arguments:
        # The names of related objects are cut at another length in answers.
        rows, expected = ([{"id": row["id"]} for row in each] for each in (rows, expected))
    assert as_shown(rows) == expected


async def test_a_large_table_is_read_by_parts_of_bounded_size(core: Core) -> None:
    cursor = await cursor_of(core, "list_objects", "VLANs", type="vlan")
    found = await sections_of(core, cursor, 100)
    assert [len(section.rows) for section in found] == [100, 100, 100, found[0].total - 300]
    assert [section.offset for section in found] == [0, 100, 200, 300]


async def test_cells_are_whole_where_an_answer_would_cut_them(core: Core) -> None:
    rows = rows_of(await sections_of(core, await cursor_of(core, "vlans", "VLANs"), 500))
    assert max(len(row["prefixes"]) for row in rows if isinstance(row["prefixes"], list)) > LONGEST_LIST
    cursor = await cursor_of(core, "list_objects", "devices", type="device", fields=["name", "comments"])
    rows = rows_of(await sections_of(core, cursor, 500))
    assert max(len(row["comments"] or "") for row in rows) > LONGEST_TEXT


async def test_answers_stay_bounded_beside_it(core: Core) -> None:
    arguments = {"type": "device", "fields": ["comments"], "max_tokens": 2_000}
    before = await core.ask("list_objects", **arguments, refresh=True)
    cursor = before["next"]["devices"]
    runner, request = core.services.exported(cursor)
    async for _ in parts(runner, request, 100):
        after = await core.ask("list_objects", **arguments, refresh=True)
        assert after["sections"] == before["sections"]


async def test_the_first_rows_tell_how_many_there_are(core: Core) -> None:
    cursor = await cursor_of(core, "list_objects", "interfaces", type="interface")
    answer = await first_rows(*core.services.exported(cursor))
    [section] = answer.sections
    assert len(section.rows) == 1
    assert section.total == sum(1 for _ in core.server.inventory.rows("dcim.interface"))
    assert answer.as_of


async def test_it_is_read_anew_and_pushes_nothing_out_of_the_cache(core: Core) -> None:
    cursor = await cursor_of(core, "list_objects", "interfaces", type="interface")
    held = (await core.services.store.stats()).entries
    before = len(core.server.requests)
    await sections_of(core, cursor, 500)
    assert len(core.server.requests) > before
    assert (await core.services.store.stats()).entries == held


async def test_a_cursor_of_another_source_or_none_at_all_is_refused(core: Core) -> None:
    cursor = await cursor_of(core, "list_objects", "interfaces", type="interface")
    for bad in (cursor[:-1], cursor[1:], cursor.swapcase(), "x", ""):
        with pytest.raises(BadCursor):
            core.services.exported(bad)


async def test_a_source_that_fails_in_the_middle_fails_the_whole(core: Core) -> None:
    cursor = await cursor_of(core, "list_objects", "interfaces", type="interface")
    runner, request = core.services.exported(cursor)
    found = parts(runner, request, 50)
    assert len((await anext(found)).rows) == 50
    core.server.faults.failing = 1_000
    with pytest.raises(SourceMisbehaved):
        await anext(found)
    core.server.faults.clear()


class Told:
    """A runner that gives the answers that it is told, one after another."""

    def __init__(self, *answers: Answer) -> None:
        self._answers = list(answers)

    async def part(self, request: Request) -> Answer:
        """The next answer."""
        assert request.window.rows is not None
        return self._answers.pop(0)


def told(rows: int, total: int, columns: tuple[str, ...] = ("n",), **more: Any) -> Answer:
    return Answer("", (Section("things", columns, [[0] * len(columns)] * rows, total),), **more)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([told(2, 4), told(2, 5)], "changed after 2 of 4 rows"),
        ([told(2, 4), told(1, 3)], "changed after 2 of 4 rows"),
        ([told(2, 4), told(2, 4, ("n", "m"))], "changed after 2 of 4 rows"),
        ([told(2, 4), told(0, 4)], "no rows after 2 of 4"),
        ([told(2, 4), told(2, 4, complete=False, warnings=("ports: not read",))], "ports: not read"),
        ([told(2, 2, complete=False, warnings=("ports: not read",))], "ports: not read"),
    ],
)
async def test_it_is_never_short_without_a_word(answers: list[Answer], words: str) -> None:
    tool = TOOLS["vlans"]
    request = Request(tool, tool.arguments())
    with pytest.raises(Incomplete, match=words):
        await _gone_through(parts(cast("Runner", Told(*answers)), request, 2))


async def _gone_through(found: AsyncIterator[Section]) -> None:
    async for _ in found:
        pass


async def test_an_empty_section_is_one_part_without_rows() -> None:
    tool = TOOLS["vlans"]
    runner = cast("Runner", Told(told(0, 0)))
    found = [part async for part in parts(runner, Request(tool, tool.arguments()), 2)]
    assert [part.rows for part in found] == [[]]


async def test_memory_does_not_grow_with_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "EXPORT_CACHE_BYTES", 100_000)
    peaks = []
    for ports in (PORTS, 4 * PORTS):
        inventory = switched(10, ports)
        async with DemoServer(inventory) as server, opened(server, tmp_path / str(ports)) as core:
            cursor = await cursor_of(core, "list_objects", "interfaces", type="interface")
            runner, request = core.services.exported(cursor)
            peak = 0
            tracemalloc.start()
            async for _ in parts(runner, request, 100):
                peak = max(peak, tracemalloc.get_traced_memory()[1])
                tracemalloc.reset_peak()
            tracemalloc.stop()
            peaks.append(peak)
    assert peaks[1] < 1.1 * peaks[0], peaks
