"""A team's own names for things, in a file and in questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.server import DemoServer
from sources.errors import NotConfigured
from tests.asking import asking, source
from tools.aliases import Aliases, aliases

TOLD = Aliases({"HQ": ["Albany"], "the core": ["akr-core01", "akr-core02"], "core": ["nobody"]})


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("devices at HQ", 'devices at "Albany"'),
        ("devices at hq?", 'devices at "Albany"?'),
        ("is HQ-2 up", "is HQ-2 up"),
        ("compare the core", 'compare "akr-core01" and "akr-core02"'),
        ("nothing of it", "nothing of it"),
    ],
)
def test_aliases_are_written_out_as_whole_words_the_longest_first(text: str, written: str) -> None:
    assert TOLD.written_out(text) == written


@pytest.mark.parametrize("text", ["[1, 2]", "HQ: []", "HQ: {a: b}", "HQ: [", '"": Albany'])
def test_a_file_that_is_no_table_of_names_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "aliases.yaml"
    file.write_text(text)
    with pytest.raises(NotConfigured, match=r"aliases|alias"):
        aliases(file)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="cannot be read"):
        aliases(tmp_path / "none.yaml")


async def test_ask_takes_them_for_the_names_of_the_inventory(demo: DemoServer, tmp_path: Path) -> None:
    file = tmp_path / "aliases.yaml"
    file.write_text("HQ: Albany\nthe twins: [akr-core01, akr-core02]\n")
    async with asking(source(demo.url), folder=tmp_path, aliases=file) as asker:
        reply = await asker.ask("ask", question="how many devices are at HQ")
        assert reply.body["facts"]["read_as"] == "devices where site Albany, counted"
        reply = await asker.ask("ask", question="compare the twins")
        assert reply.body["facts"]["read_as"] == "compare: left akr-core01, right akr-core02"
