"""A scope at two moments: the net difference of a log, whatever happened in between."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from sources.errors import BadArguments, NotPermitted
from tests.core import Body, Core, opened, rows_of
from tests.histories import History
from tools.change_log import MOST_READ
from tools.change_rows import by_object
from tools.differences import Comparison
from tools.field_changes import differences, sides
from tools.past import Past, netted

SINCE = "2026-11-01"
FIELDS = st.dictionaries(
    st.sampled_from(["status", "mtu", "tags"]),
    st.none() | st.integers(0, 2) | st.sampled_from(["a", "a  b", "a b"]) | st.lists(st.sampled_from("xyz")),
    min_size=1,
)
HISTORIES = st.lists(st.lists(st.none() | FIELDS, min_size=2, max_size=5), max_size=5)
"""Of each object the states that it went through, the first to the last; None where it was not there."""


def past_of(number: int, states: list[dict[str, Any] | None]) -> Past:
    first, last = states[0], states[-1]
    fields = None
    if first is not None and last is not None:
        fields = {each.field: sides(each, lambda *_: None) for each in differences(first, last)}
    return Past("devices", f"sw{number}", first is not None, last is not None, fields)


def net(histories: list[list[dict[str, Any] | None]]) -> Comparison:
    found = netted(past_of(number, states) for number, states in enumerate(histories))
    return found.get("devices", Comparison((), (), (), 0))


@given(HISTORIES)
def test_a_log_that_leads_back_to_where_it_began_is_no_difference(
    histories: list[list[dict[str, Any] | None]],
) -> None:
    found = net([[*states, states[0]] for states in histories])
    assert (found.fields, found.only_left, found.only_right) == ((), (), ())


@given(HISTORIES)
def test_backwards_it_is_the_same_with_the_sides_changed(
    histories: list[list[dict[str, Any] | None]],
) -> None:
    there, back = net(histories), net([states[::-1] for states in histories])
    mirrored = {(each.field, each.right, each.left, tuple(each.keys)) for each in back.fields}
    assert {(each.field, each.left, each.right, tuple(each.keys)) for each in there.fields} == mirrored
    assert (there.only_left, there.only_right) == (back.only_right, back.only_left)


@given(HISTORIES)
def test_every_net_difference_is_told_once(histories: list[list[dict[str, Any] | None]]) -> None:
    found = net(histories)
    told = sorted((key, each.field) for each in found.fields for key in each.keys)
    wanted = sorted(
        (f"sw{number}", each.field)
        for number, (first, *_, last) in enumerate(histories)
        if first is not None and last is not None
        for each in differences(first, last)
    )
    assert told == wanted


@given(st.lists(st.sampled_from(["create", "update", "delete"]), min_size=1, max_size=6))
def test_the_first_and_the_last_change_say_whether_an_object_was_there(actions: list[str]) -> None:
    rows = [
        {"time": f"2026-11-01T00:00:{at:02}Z", "action": action, "changed_object": {"type": "t", "id": "1"}}
        for at, action in enumerate(actions)
    ]
    [group] = by_object(rows)
    assert group.was == (actions[0] != "create")
    assert group.remained == (actions[-1] != "delete")


def told(body: Body) -> list[tuple[Any, ...]]:
    columns = ("part", "field", "before", "after", "count", "which")
    return [tuple(row[name] for name in columns) for row in rows_of(body, "differences")]


def came_and_went(body: Body) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in rows_of(body, "created and deleted")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def core(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Core]:
    """A site where forty ports changed alike, one there and back, and devices came and went; and another site."""
    history = History()
    build = history.builder
    role = build.add("dcim.devicerole", name="Router", slug="router", color="000000")
    rack = build.add("dcim.rack", name="R1", site=build.site, status="active", u_height=42)
    switch = build.device("sw1", rack=rack, position=1, face="front")
    history.log("dcim.device", switch, "sw1", time="2026-10-01T00:00:00.000000Z")
    ports = [build.port(switch, f"Gi1/0/{number}") for number in range(1, 42)]
    for number, port in enumerate(ports, start=1):
        before, after = {"mtu": 1500, "enabled": True}, {"mtu": 9000, "enabled": True}
        history.log("dcim.interface", port, f"Gi1/0/{number}", prechange_data=before, postchange_data=after)
    history.log("dcim.interface", ports[-1], "Gi1/0/41", prechange_data=after, postchange_data=before)
    first = {"status": "planned", "role": build.role}
    history.log("dcim.device", switch, "sw1", prechange_data=first, postchange_data=first | {"role": role})
    last = {"status": "active", "role": role}
    history.log("dcim.device", switch, "sw1", prechange_data=first | {"role": role}, postchange_data=last)
    history.log("dcim.device", build.device("sw2"), "sw2", "create")
    history.gone("dcim.device", 90, "old", site=build.site)
    history.log("dcim.device", 91, "brief", "create", postchange_data={"site": build.site})
    history.gone("dcim.device", 91, "brief", site=build.site)
    history.log("dcim.device", build.device("far", site=history.other), "far", "create")
    async with (
        DemoServer(build.inventory()) as server,
        opened(server, tmp_path_factory.mktemp("kept")) as found,
    ):
        yield found


@pytest.mark.asyncio(loop_scope="module")
async def test_a_site_then_and_now(core: Core) -> None:
    body = await core.ask("compare", left="Akron", type="site", since=SINCE)
    assert told(body) == [
        ("devices", "role", "Switch", "Router", 1, "sw1"),
        ("devices", "status", "planned", "active", 1, "sw1"),
        ("interfaces", "mtu", "1500", "9000", 40, "sw1 Gi1/0/1-40"),
    ]
    assert came_and_went(body) == [("devices", "deleted", 1, "old"), ("devices", "created", 1, "sw2")]
    assert body["facts"]["compared"] == {
        "devices": {"deleted": 1, "created": 1, "differing": 1, "came and went": 1},
        "interfaces": {"differing": 40, "as before": 1},
    }
    assert body["complete"], body["warnings"]
    assert body["summary"].startswith("site Akron from 2026-11-01T00:00:00Z to now: devices: 1 differs")
    assert len(core.upstream) <= 8


@pytest.mark.asyncio(loop_scope="module")
async def test_between_two_moments_only_what_was_done_there_counts(core: Core) -> None:
    body = await core.ask("compare", left="Akron", since=SINCE, until="2026-11-02T00:41")
    assert [(*row[:2], row[4]) for row in told(body)] == [("interfaces", "mtu", 40)]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("left", ["rack R1", "sw1"])
async def test_a_rack_and_a_device_hold_what_is_in_them_and_no_more(core: Core, left: str) -> None:
    body = await core.ask("compare", left=left, since=SINCE)
    part, which = ("fields", None) if left == "sw1" else ("devices", "sw1")
    assert told(body) == [
        (part, "role", "Switch", "Router", 1, which),
        (part, "status", "planned", "active", 1, which),
        ("interfaces", "mtu", "1500", "9000", 40, "sw1 Gi1/0/1-40"),
    ]
    assert not any(section["title"] == "created and deleted" for section in body["sections"])


@pytest.mark.asyncio(loop_scope="module")
async def test_where_nothing_changed_it_does_not_differ(core: Core) -> None:
    body = await core.ask("compare", left="Akron", since="2026-11-19", until="2026-11-20")
    assert "does not differ" in body["summary"]
    assert told(body) == []


@pytest.mark.asyncio(loop_scope="module")
async def test_a_log_that_does_not_reach_back_is_said(core: Core) -> None:
    body = await core.ask("compare", left="Akron", since="2026-09-01")
    assert not body["complete"]
    assert "nothing from before 2026-09-01T00:00:00Z" in body["warnings"][0]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"right": "Boston"}, "leave right and other_source out"),
        ({"since": "soon"}, 'since "soon"'),
    ],
)
async def test_what_does_not_go_together_is_said(core: Core, more: dict[str, str], words: str) -> None:
    with pytest.raises(BadArguments, match=words):
        await core.ask("compare", **{"left": "Akron", "since": SINCE, **more})


@pytest.mark.asyncio
async def test_a_log_too_long_is_compared_as_far_as_it_was_read(tmp_path: Path) -> None:
    history = History()
    devices = [history.builder.device(f"sw{number}") for number in range(3)]
    for number in range(MOST_READ + 30):
        history.log("dcim.device", devices[number % 3], f"sw{number % 3}")
    async with DemoServer(history.builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("compare", left="Akron", since=SINCE)
        assert not body["complete"]
        assert f"only the newest {MOST_READ:,} of {MOST_READ + 30:,} changes were read" in body["warnings"][0]
        assert told(body) == [("devices", "description", "old", "new", 3, "sw0-2")]


@pytest.mark.asyncio
async def test_what_was_before_is_the_state_after_the_change_before_it(tmp_path: Path) -> None:
    """As Nautobot's log is: it keeps only what an object was after each change."""
    history = History()
    one, two = history.builder.device("sw1"), history.builder.device("sw2")
    told_after = [(one, "1"), (one, "2"), (two, "9"), (one, "3")]
    for device, serial in told_after:
        after = {"serial": serial}
        history.log("dcim.device", device, f"sw{device}", prechange_data=None, postchange_data=after)
    async with DemoServer(history.builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("compare", left="Akron", since="2026-11-02T00:02")
        assert told(body) == [("devices", "serial", "1", "3", 1, f"sw{one}")]
        assert not body["complete"]
        assert "devices: 1" in body["warnings"][0]


@pytest.mark.asyncio
async def test_two_of_one_name_are_told_apart(tmp_path: Path) -> None:
    history = History()
    for number in range(2):
        device = history.builder.device(None)
        before, after = {"serial": "", "mtu": number}, {"serial": f"S{number}", "mtu": number}
        history.log("dcim.device", device, "a switch", prechange_data=before, postchange_data=after)
    async with DemoServer(history.builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("compare", left="Akron", since=SINCE)
        assert {row[2:4] for row in told(body)} == {("(none)", "S0"), ("(none)", "S1")}
        assert len({row[5] for row in told(body)}) == 2


@pytest.mark.asyncio
async def test_a_token_that_may_not_see_the_log_is_told_what_it_needs(tmp_path: Path) -> None:
    inventory = History().builder.inventory()
    seen: dict[str, dict[str, str]] = {type_: {} for type_ in inventory.types if type_ != "core.objectchange"}
    async with (
        DemoServer(inventory, [Token(DEMO_TOKEN, permissions=seen)]) as server,
        opened(server, tmp_path) as core,
    ):
        with pytest.raises(NotPermitted) as caught:
            await core.ask("compare", left="Akron", since=SINCE)
        assert "core.view_objectchange" in caught.value.hint


@pytest.mark.asyncio
@pytest.mark.parametrize("changes", [40, 900])
async def test_the_requests_do_not_grow_with_the_changes(tmp_path: Path, changes: int) -> None:
    history = History()
    devices = [history.builder.device(f"sw{number}") for number in range(10)]
    ports = [history.builder.port(device, f"Gi{number}") for device in devices for number in range(10)]
    for number in range(changes):
        history.log("dcim.interface", ports[number % 100], f"Gi{number % 10}")
    async with DemoServer(history.builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("compare", left="Akron", type="site", since=SINCE)
        assert sum(row[4] for row in told(body)) == min(changes, 100)
        assert len(core.upstream) <= 8
