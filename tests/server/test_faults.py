"""Faults of the source and hostile input: a clear error or a part that says so, in time, never the token."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from demo.inventory import Inventory
from demo.models import MODELS
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from tests.asking import Asker, Reply, asking, source
from tests.server.processes import free_port

ALWAYS = 1_000_000
LIMITED = "limited-0123456789abcdef"
TOOLS = (
    ("find", {"text": "akr-fw01"}),
    ("list_objects", {"type": "device"}),
    ("describe", {"object": "akr-fw01"}),
    ("vlans", {}),
)


@pytest.fixture
async def asker(demo: DemoServer, tmp_path: Path) -> AsyncIterator[Asker]:
    async with asking(source(demo.url), folder=tmp_path, timeout=5, deadline=30) as found:
        yield found


@pytest.fixture(autouse=True)
def no_token_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.DEBUG)
    yield
    assert DEMO_TOKEN not in caplog.text
    assert LIMITED not in caplog.text


def _clean(text: str) -> str:
    """An error that a model may see."""
    assert DEMO_TOKEN not in text
    assert "Traceback" not in text
    assert "\nTry: " in text
    return text


@pytest.mark.parametrize(("tool", "arguments"), TOOLS)
async def test_a_source_that_is_down(tmp_path: Path, tool: str, arguments: dict[str, str]) -> None:
    async with asking(source(f"http://127.0.0.1:{free_port()}"), folder=tmp_path) as asker:
        started = time.perf_counter()
        text = _clean(await asker.refused(tool, **arguments))
        assert text.startswith("source_unreachable: ")
        assert time.perf_counter() - started < 15
        state = await asker.ask("status")
        assert state.body["complete"] is False
        assert "0 of 1 sources answer" in state.body["summary"]


async def test_what_was_read_is_answered_while_the_source_is_down(demo: DemoServer, tmp_path: Path) -> None:
    async with asking(source(demo.url), folder=tmp_path) as asker:
        first = await asker.ask("describe", object="akr-fw01")
        await demo.stop()
        again = await asker.ask("describe", object="akr-fw01")
        assert again.body["facts"] == first.body["facts"]


@pytest.mark.parametrize(("tool", "arguments"), TOOLS)
async def test_a_wrong_token(demo: DemoServer, tmp_path: Path, tool: str, arguments: dict[str, str]) -> None:
    wrong = "not-a-token-0123456789"
    async with asking(source(demo.url, wrong), folder=tmp_path) as asker:
        text = _clean(await asker.refused(tool, **arguments))
    assert text.startswith("not_authenticated: ")
    assert wrong not in text


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [("audit", {}), ("ip_space", {}), ("list_objects", {"type": "device"}), ("vlans", {})],
)
async def test_a_server_that_gives_less_at_a_time_than_it_is_asked_for(
    demo: DemoServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: str, arguments: dict[str, str]
) -> None:
    async with asking(source(demo.url), folder=tmp_path) as asker:
        whole = await asker.ask(tool, **arguments)
    monkeypatch.setattr("demo.pages.MAX_LIMIT", 20)
    async with asking(source(demo.url), folder=tmp_path) as asker:
        by_parts = await asker.ask(tool, **arguments)
    assert by_parts.body["summary"] == whole.body["summary"]
    assert by_parts.body["sections"] == whole.body["sections"]


async def test_a_storm_of_429_that_passes(demo: DemoServer, asker: Asker) -> None:
    demo.faults.throttled, demo.faults.retry_after = 2, 1
    started = time.perf_counter()
    reply = await asker.ask("list_objects", type="device")
    assert reply.body["complete"] is True
    assert demo.faults.struck == {"throttled": 2}
    assert time.perf_counter() - started >= 1, "it waits as long as it is told to"


async def test_a_storm_of_429_that_stays(demo: DemoServer, asker: Asker) -> None:
    demo.faults.throttled, demo.faults.retry_after = ALWAYS, 1
    text = _clean(await asker.refused("list_objects", type="device"))
    assert text.startswith("source_too_slow: ")
    assert "429" in text
    assert demo.faults.struck["throttled"] <= 6, "it does not add to the storm"


async def test_a_pause_that_is_longer_than_the_deadline(demo: DemoServer, tmp_path: Path) -> None:
    demo.faults.throttled, demo.faults.retry_after = ALWAYS, 3600
    async with asking(source(demo.url), folder=tmp_path, deadline=1) as asker:
        started = time.perf_counter()
        text = _clean(await asker.refused("list_objects", type="device"))
        assert text.startswith("source_too_slow: ")
        assert time.perf_counter() - started < 4


@pytest.mark.parametrize(("tool", "arguments"), TOOLS)
async def test_a_server_error(demo: DemoServer, asker: Asker, tool: str, arguments: dict[str, str]) -> None:
    demo.faults.failing = ALWAYS
    text = _clean(await asker.refused(tool, **arguments))
    assert text.startswith("source_misbehaved: ")
    assert "500" in text


@pytest.mark.parametrize(("tool", "arguments"), TOOLS)
async def test_a_login_page_instead_of_json(
    demo: DemoServer, asker: Asker, tool: str, arguments: dict[str, str]
) -> None:
    demo.faults.html = ALWAYS
    text = _clean(await asker.refused(tool, **arguments))
    assert text.startswith("source_misbehaved: ")
    assert "login page" in text
    assert "<" not in text


async def test_an_answer_that_is_cut_once_is_read_again(demo: DemoServer, asker: Asker) -> None:
    demo.faults.cut = 1
    reply = await asker.ask("vlans")
    assert reply.body["complete"] is True
    assert demo.faults.struck == {"cut": 1}


async def test_answers_that_are_always_cut(demo: DemoServer, asker: Asker) -> None:
    demo.faults.cut = ALWAYS
    text = _clean(await asker.refused("list_objects", type="device"))
    assert text.startswith("source_misbehaved: ")
    assert "cut its answer" in text


async def test_a_slow_source_against_a_short_deadline(demo: DemoServer, tmp_path: Path) -> None:
    demo.faults.latency = 30
    async with asking(source(demo.url), folder=tmp_path, deadline=1) as asker:
        started = time.perf_counter()
        text = _clean(await asker.refused("vlans"))
        assert text.startswith("source_too_slow: no answer within 1 s")
        assert time.perf_counter() - started < 3


async def test_a_source_that_answers_no_request_in_time(demo: DemoServer, tmp_path: Path) -> None:
    demo.faults.latency = 30
    async with asking(source(demo.url), folder=tmp_path, timeout=0.3, deadline=20) as asker:
        text = _clean(await asker.refused("vlans"))
    assert text.startswith("source_too_slow: ")
    assert "within 0.3 s" in text


async def test_a_body_that_drips(demo: DemoServer, tmp_path: Path) -> None:
    demo.faults.drip = 1.0
    async with asking(source(demo.url), folder=tmp_path, timeout=0.5, deadline=20) as asker:
        text = _clean(await asker.refused("list_objects", type="device"))
    assert text.startswith("source_too_slow: ")


async def test_a_source_that_is_ten_times_slower_still_answers(demo: DemoServer, asker: Asker) -> None:
    demo.faults.latency = 0.3
    reply = await asker.ask("describe", object="akr-fw01")
    assert reply.body["complete"] is True


@pytest.mark.parametrize("fault", ["failing", "html", "cut"])
async def test_an_answer_without_a_part_says_so(demo: DemoServer, asker: Asker, fault: str) -> None:
    demo.faults.under = "/api/ipam/prefixes/"
    setattr(demo.faults, fault, ALWAYS)
    reply = await asker.ask("vlans")
    assert reply.body["complete"] is False
    [warning] = [each for each in reply.body["warnings"] if each.startswith("prefixes: not read")]
    assert DEMO_TOKEN not in warning
    assert "1,333 interfaces" in reply.body["summary"]
    assert "prefix" not in reply.body["summary"], "what was not read is not said to be none"


async def test_a_type_that_the_token_may_not_read_is_not_none(inventory: Inventory, tmp_path: Path) -> None:
    seen: dict[str, dict[str, str]] = {name: {} for name in MODELS if name != "ipam.ipaddress"}
    async with (
        DemoServer(inventory, [Token(LIMITED, "limited", seen)]) as server,
        asking(source(server.url, LIMITED), folder=tmp_path) as asker,
    ):
        text = await asker.refused("list_objects", type="ip address")
        assert text.startswith("not_permitted: ")
        reply = await asker.ask("describe", object="akr-fw01")
        assert reply.body["complete"] is False
        assert any("ip addresses: not read" in each for each in reply.body["warnings"])


async def test_an_error_is_not_kept(demo: DemoServer, asker: Asker) -> None:
    demo.faults.failing = ALWAYS
    await asker.refused("describe", object="akr-fw01")
    demo.faults.clear()
    reply = await asker.ask("describe", object="akr-fw01")
    assert reply.body["complete"] is True


# Hostile input

NAMES = (
    "Saint-Étienne/O'Hare 50% «Süd»",
    "' OR 1=1 --",
    '"; DROP TABLE dcim_device; --',
    "../../etc/passwd",
    "%00%0d%0aX-Injected: 1",
    "100%",
    "a&b=c#d?e",
    "{__typename}",
    '"}){id}#',
    "\u202e\u0000\ud7ff",
    "дата-центр 東京 🛰",
    "x" * 200,
)


@pytest.mark.parametrize("name", NAMES)
async def test_any_name_is_looked_for_as_it_is(demo: DemoServer, asker: Asker, name: str) -> None:
    exists = any(row["name"] == name for row in demo.inventory.rows("dcim.site"))
    replies = [
        await asker.call("find", text=name),
        await asker.call("describe", object=name, type="site"),
        await asker.call("vlans", site=name),
        await asker.call("list_objects", type="device", where={"site": name}),
    ]
    for reply in replies:
        assert "internal error" not in reply.text
        assert "rejected" not in reply.text
    assert not replies[0].is_error
    assert [reply.is_error for reply in replies[1:]] == [not exists] * 3
    if exists:
        assert replies[1].body["facts"]["name"] == name
        rows = list(demo.inventory.rows("dcim.site"))
        site = next(row["id"] for row in rows if row["name"] == name)
        devices = [row for row in demo.inventory.rows("dcim.device") if row["site"] == site]
        assert replies[3].section("devices")["total"] == len(devices)
    else:
        assert replies[0].body["complete"] is True
        assert all(name.strip() in reply.text for reply in replies[1:])


async def test_ten_thousand_ids(demo: DemoServer, asker: Asker) -> None:
    reply = await asker.ask("list_objects", type="interface", where={"id": list(range(1, 10_001))})
    assert reply.section("interfaces")["total"] == demo.inventory.count("dcim.interface")


async def test_more_than_ten_thousand_values(asker: Asker) -> None:
    text = _clean(await asker.refused("list_objects", type="interface", where={"id": list(range(1, 10_002))}))
    assert text.startswith("bad_filter: id has 10,001 values; 10,000 are the most")


async def test_ten_thousand_names(asker: Asker) -> None:
    names = [f"sw{number:05}" for number in range(9_999)] + ["akr-fw01"]
    reply = await asker.ask("list_objects", type="device", where={"name": names})
    assert reply.section("devices")["total"] == 1


async def test_a_cursor_that_was_tampered_with(asker: Asker) -> None:
    reply = await asker.ask("list_objects", type="interface", max_tokens=400)
    [cursor] = reply.body["next"].values()
    for bad in (
        cursor[:-4],
        f"{'B' if cursor[0] == 'A' else 'A'}{cursor[1:]}",
        cursor[::-1],
        f"{cursor}AAAA",
        "é" * 40,
        "=",
        " ",
    ):
        text = await asker.refused("more", cursor=bad)
        assert text.startswith("bad_cursor: ")
    other = Reply.of(await asker.client.call_tool("more", {"cursor": cursor}))
    assert other.body["summary"]
