"""The upstream calls of every tool on a site of 500 devices, and that they do not grow with what an answer is about."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from urllib.parse import parse_qsl

import pytest
import pytest_asyncio

from benchmarks.every_tool import Question, largest, questions
from benchmarks.upstream import by_graphql, by_rest, reads
from demo.inventory import generate
from demo.server import DemoServer
from tests.core import Core, opened

IN_MODULE = pytest.mark.asyncio(loop_scope="module")
PLACE = dict.fromkeys(("site", "another site", "switch", "another switch", "device", "port"), "")
NUMBERS = range(len(questions(PLACE)))
IDS = [each.what for each in questions(PLACE)]


class Site:
    """A site of so many devices, and what each question about it took."""

    def __init__(self, core: Core, place: Mapping[str, str]) -> None:
        self._core = core
        self._questions = questions(place)

    async def asked(self, number: int) -> tuple[Question, int, int, int]:
        """A question, the reads and the calls that it took cold, and the hops of its path."""
        question = self._questions[number]
        body = await self._core.ask(question.tool, **question.arguments, refresh=True)
        calls = [by_rest(each.path, parse_qsl(each.query)) for each in self._core.upstream]
        assert body["cost"]["calls"] == len(calls)
        return question, reads(calls), len(calls), body.get("facts", {}).get("cables", 0)


async def _site(devices: int, folder: pytest.TempPathFactory) -> AsyncIterator[Site]:
    inventory = generate(devices * 2, hub=devices)
    async with DemoServer(inventory) as server, opened(server, folder.mktemp("kept")) as core:
        yield Site(core, await largest(core.services))
    inventory.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def large(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    async for site in _site(500, tmp_path_factory):
        yield site


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def small(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    async for site in _site(20, tmp_path_factory):
        yield site


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def twice(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    async for site in _site(40, tmp_path_factory):
        yield site


@IN_MODULE
@pytest.mark.parametrize("number", NUMBERS, ids=IDS)
async def test_a_site_of_500_devices_takes_as_many_reads_as_promised(large: Site, number: int) -> None:
    question, needed, _, hops = await large.asked(number)
    assert needed <= question.by_rest + question.a_hop * hops


@IN_MODULE
@pytest.mark.parametrize("number", NUMBERS, ids=IDS)
async def test_twice_the_devices_take_no_more_calls_within_a_batch(
    small: Site, twice: Site, number: int
) -> None:
    _, _, few, _ = await small.asked(number)
    _, _, many, _ = await twice.asked(number)
    assert many <= few


def test_pages_and_batches_of_a_read_are_one_read() -> None:
    first = by_rest("/api/dcim/interfaces/", [("device_id", "1"), ("fields", "id"), ("offset", "0")])
    page = by_rest("/api/dcim/interfaces/", [("device_id", "1"), ("fields", "id"), ("offset", "1000")])
    batch = by_rest("/api/dcim/interfaces/", [("device_id", "7"), ("fields", "id"), ("offset", "0")])
    other = by_rest("/api/dcim/interfaces/", [("site_id", "1"), ("fields", "id"), ("offset", "0")])
    assert reads([first, page, batch]) == 1
    assert reads([first, page, other]) == 2


def test_documents_with_further_pages_of_their_lists_are_one_read() -> None:
    def listed(alias: str, type_: str, ids: str, offset: int) -> str:
        return f"{alias}:{type_}_list(filters:{{id:{{in_list:{ids}}}}},pagination:{{offset:{offset},limit:1000}}){{id}}"

    document = by_graphql(
        "{" + listed("r0_0", "device", '["1"]', 0) + " " + listed("r1_0", "rack", '["2"]', 0) + "}"
    )
    page = by_graphql("{" + listed("r1_1000", "rack", '["3","4"]', 1000) + "}")
    other = by_graphql("{" + listed("r0_0", "site", '["1"]', 0) + "}")
    assert (reads([document, page]), reads([document, other])) == (1, 2)
