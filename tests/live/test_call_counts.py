"""How many requests an answer takes on the real servers, counted by a proxy that all of them go through."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from benchmarks.every_tool import largest, questions
from server.settings import SourceKind
from tests.asking import Asker, Reply, asking
from tests.live.servers import KINDS, PATIENCE, real
from tests.questions.truth import Truth

BOTH_KINDS = pytest.mark.parametrize("kind", KINDS)
MANY_VLANS = 63
VLANS_BY_GRAPHQL = 2
VLANS_BY_REST: dict[SourceKind, int] = {"netbox": 5, "nautobot": 40}
"""Nautobot's REST gives 250 rows at a time, for a thousand take longer than a client waits."""
DEVICE_COLD = 6
SPACE_COLD = 8
A_WAVE = 4
HOP_BY_HOP = frozenset(
    {"connection", "content-length", "content-encoding", "transfer-encoding", "keep-alive"}
)


class Proxy:
    """Passes every request on, and counts those that are asked for while it `counts`."""

    def __init__(self, target: str) -> None:
        self._target = target
        self.seen: list[str] = []
        self.url = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Proxy]:
        """Listen on a port of its own."""
        app = web.Application(client_max_size=1 << 26)
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        fresh = aiohttp.TCPConnector(force_close=True)
        async with aiohttp.ClientSession(connector=fresh, auto_decompress=False) as self._session:
            runner = web.AppRunner(app, access_log=None, max_line_size=1 << 16)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            try:
                yield self
            finally:
                await runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        self.seen.append(f"{request.method} {request.path}")
        headers = {
            name: value
            for name, value in request.headers.items()
            if name.lower() not in HOP_BY_HOP | {"host"}
        }
        async with self._session.request(
            request.method,
            f"{self._target}{request.raw_path}",
            data=await request.read(),
            headers=headers,
            allow_redirects=False,
        ) as answer:
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in HOP_BY_HOP}
            return web.Response(status=answer.status, body=await answer.read(), headers=kept)


@asynccontextmanager
async def counted(
    kind: SourceKind, folder: Path, *, graphql: bool = True
) -> AsyncIterator[tuple[Asker, Proxy]]:
    """A netbrief that has read nothing yet, behind a proxy that has seen nothing yet."""
    told = real(kind, graphql=graphql)
    async with Proxy(told.url).running() as proxy:
        behind = told.model_copy(update={"url": proxy.url})
        async with asking(behind, folder=folder, **PATIENCE) as asker:
            await asker.services.prepared()
            proxy.seen.clear()
            yield asker, proxy


async def _asked(asker: Asker, proxy: Proxy, tool: str, **arguments: object) -> tuple[Reply, int]:
    """The answer, and the requests that it took, which must be those that it says it took."""
    before = len(proxy.seen)
    reply = await asker.ask(tool, **arguments)
    calls = len(proxy.seen) - before
    assert reply.body["cost"]["calls"] == calls, proxy.seen[before:]
    return reply, calls


@BOTH_KINDS
async def test_sixty_three_vlans_take_two_requests(kind: SourceKind, folder: Path, truth: Truth) -> None:
    vids = list({row["vid"]: None for row in truth.rows("ipam.vlan")})
    some = next(vids[:n] for n in range(len(vids), 0, -1) if _of_vids(truth, vids[:n]) <= MANY_VLANS)
    async with counted(kind, folder) as (asker, proxy):
        # A filter by number is looked up in the server's schema, once in a day.
        await asker.ask("list_objects", type="vlan", where={"vid": 4000})
        reply, calls = await _asked(asker, proxy, "vlans", vid=some)
        assert reply.section("VLANs")["total"] == _of_vids(truth, some)
        assert calls <= VLANS_BY_GRAPHQL, proxy.seen
        _, again = await _asked(asker, proxy, "vlans", vid=some)
        assert again == 0


@BOTH_KINDS
async def test_all_vlans_take_two_requests(kind: SourceKind, folder: Path, truth: Truth) -> None:
    async with counted(kind, folder) as (asker, proxy):
        reply, calls = await _asked(asker, proxy, "vlans")
        assert reply.section("VLANs")["total"] == len(truth.table("ipam.vlan"))
        assert calls <= VLANS_BY_GRAPHQL, proxy.seen


def _of_vids(truth: Truth, vids: Sequence[int]) -> int:
    return len([row for row in truth.rows("ipam.vlan") if row["vid"] in vids])


@BOTH_KINDS
async def test_all_vlans_without_graphql_take_few_requests(kind: SourceKind, folder: Path) -> None:
    async with counted(kind, folder, graphql=False) as (asker, proxy):
        _, calls = await _asked(asker, proxy, "vlans")
        assert calls <= VLANS_BY_REST[kind], proxy.seen
        _, again = await _asked(asker, proxy, "vlans")
        assert again == 0


@BOTH_KINDS
async def test_the_vlans_of_a_site_take_one_more_until_the_sites_are_known(
    kind: SourceKind, folder: Path
) -> None:
    async with counted(kind, folder) as (asker, proxy):
        _, calls = await _asked(asker, proxy, "vlans", site="Albany")
        assert calls <= VLANS_BY_GRAPHQL + 1, proxy.seen
        _, calls = await _asked(asker, proxy, "vlans", site="Akron")
        assert calls <= VLANS_BY_GRAPHQL, proxy.seen


@BOTH_KINDS
@pytest.mark.parametrize("graphql", [True, False], ids=["graphql", "rest"])
async def test_a_switch_with_48_ports_takes_six_requests_and_then_none(
    kind: SourceKind, folder: Path, *, graphql: bool
) -> None:
    async with counted(kind, folder, graphql=graphql) as (asker, proxy):
        reply, cold = await _asked(asker, proxy, "describe", object="akr-asw01")
        assert reply.section("interfaces")["total"] > 48
        if graphql or kind == "netbox":
            assert cold <= DEVICE_COLD, proxy.seen
        _, warm = await _asked(asker, proxy, "describe", object="akr-asw01")
        assert warm == 0
        # Not the whole answer again, but what it was made of.
        _, parts = await _asked(asker, proxy, "describe", object="akr-asw01", max_tokens=3_000)
        assert parts == 0, proxy.seen


@BOTH_KINDS
@pytest.mark.parametrize("graphql", [True, False], ids=["graphql", "rest"])
@pytest.mark.parametrize(
    "question",
    [
        {"site": "Akron", "free_length": 26},
        {"prefix": "10.0.0.0/16", "free_length": 24},
        {"address": "10.0.1.7"},
        {"address": "10.0.1.200"},
    ],
    ids=str,
)
async def test_address_space_takes_eight_requests(
    kind: SourceKind, folder: Path, question: dict[str, object], *, graphql: bool
) -> None:
    async with counted(kind, folder, graphql=graphql) as (asker, proxy):
        _, cold = await _asked(asker, proxy, "ip_space", **question)
        if graphql or kind == "netbox":
            assert cold <= SPACE_COLD, proxy.seen
        _, again = await _asked(asker, proxy, "ip_space", **question)
        assert again == 0


@BOTH_KINDS
async def test_every_tool_takes_as_many_requests_as_promised(kind: SourceKind, folder: Path) -> None:
    async with counted(kind, folder) as (asker, proxy):
        took = {}
        for question in questions(await largest(asker.services)):
            reply, calls = await _asked(asker, proxy, question.tool, **question.arguments, refresh=True)
            hops = reply.body.get("facts", {}).get("cables", 0) if question.a_hop else 0
            took[question.what] = (calls, question.most + question.a_hop * hops)
        assert {what: each for what, each in took.items() if each[0] > each[1]} == {}


@BOTH_KINDS
@pytest.mark.parametrize(
    ("tool", "few", "many"),
    [
        ("audit", {"site": "Buffalo"}, {"site": "Akron"}),
        ("capacity", {"of": "Buffalo"}, {"of": "Akron"}),
        ("capacity", {"of": "Buffalo", "type": "ports"}, {"of": "Akron", "type": "ports"}),
        ("ip_space", {"site": "Buffalo"}, {"site": "Akron"}),
        ("compare", {"left": "Buffalo", "right": "Scranton"}, {"left": "Akron", "right": "Albany"}),
        ("changes", {"since": "2026-11-01"}, {"since": "2026-01-01"}),
        ("topology", {"around": "Buffalo"}, {"around": "Akron"}),
    ],
    ids=str,
)
async def test_a_larger_site_takes_no_more_requests(
    kind: SourceKind, folder: Path, tool: str, few: dict[str, object], many: dict[str, object]
) -> None:
    async with counted(kind, folder) as (asker, proxy):
        # What the server has is found out by the first question, and known from then on.
        await _asked(asker, proxy, tool, **many)
        _, fewer = await _asked(asker, proxy, tool, **few, refresh=True)
        _, more = await _asked(asker, proxy, tool, **many, refresh=True)
        assert more <= fewer + 1, proxy.seen


@BOTH_KINDS
@pytest.mark.parametrize("graphql", [True, False], ids=["graphql", "rest"])
@pytest.mark.parametrize("thing", ["akr-core01", "LU-4403", "akr-pdu01"])
async def test_a_wave_of_an_impact_takes_four_requests(
    kind: SourceKind, folder: Path, thing: str, *, graphql: bool
) -> None:
    async with counted(kind, folder, graphql=graphql) as (asker, proxy):
        seen: list[int] = []

        async def progress(done: int, total: int, what: str) -> None:
            seen.append(len(proxy.seen))

        tool = asker.services.tools["impact"]
        await asker.services.call("impact", tool.arguments.model_validate({"object": thing}), progress)
        waves = [after - before for before, after in pairwise([*seen, len(proxy.seen)])]
        if graphql or kind == "netbox":
            assert max(waves) <= A_WAVE, (waves, proxy.seen)
        before = len(proxy.seen)
        await _asked(asker, proxy, "impact", object=thing)
        assert len(proxy.seen) == before


@BOTH_KINDS
async def test_reading_past_the_cache_takes_as_many_requests_as_at_first(
    kind: SourceKind, folder: Path
) -> None:
    async with counted(kind, folder) as (asker, proxy):
        _, cold = await _asked(asker, proxy, "vlans", vid=100)
        _, past = await _asked(asker, proxy, "vlans", vid=100, refresh=True)
        assert 0 < past <= cold
