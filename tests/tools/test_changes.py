"""`changes` against the log itself: what stands at a site, what is gone, and the requests that it takes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from orchestration.whole import parts
from sources.errors import BadArguments, NotFound, NotPermitted, UnknownType
from tests.core import opened, rows_of, section_of
from tests.histories import History
from tests.tools.conftest import World
from tests.truth import Truth
from tools.change_log import MOST_READ
from tools.changes import Changes

pytestmark = pytest.mark.asyncio(loop_scope="module")
SINCE = "2026-11-01"


def told(body: dict[str, Any]) -> list[str]:
    return [f"{row['action']} {row['type']} {row['object']}" for row in rows_of(body, "changes")]


async def test_a_whole_log_is_told_by_request_and_object(world: World) -> None:
    log = world.truth.rows("core.objectchange")
    rows = await world.core.whole("changes", "changes", since="2026-01-01", max_tokens=8_000)
    assert len(log) <= MOST_READ
    assert len(rows) == len(
        {(c["request_id"], c["changed_object_type"], c["changed_object_id"]) for c in log}
    )
    assert [row["time"] for row in rows] == sorted((row["time"] for row in rows), reverse=True)
    requests = await world.core.whole("changes", "requests", since="2026-01-01", max_tokens=8_000)
    assert {row["request"]: row["changes"] for row in requests} == dict(Counter(c["request_id"] for c in log))
    body = await world.core.ask("changes", since="2026-01-01")
    assert body["facts"]["users"] == dict(Counter(change["user_name"] for change in log))
    assert f"{len(log):,} changes" in body["summary"]


def of_site(truth: Truth, site: int) -> list[dict[str, Any]]:
    """The changes of a site's devices and interfaces, which are what the generated log is about."""
    devices = {row["id"] for row in truth.rows("dcim.device", site=site)}
    ports = {row["id"] for row in truth.rows("dcim.interface") if row["device"] in devices}
    here = {("dcim.device", id_) for id_ in devices} | {("dcim.interface", id_) for id_ in ports}
    return [
        row
        for row in truth.rows("core.objectchange")
        if (row["changed_object_type"], row["changed_object_id"]) in here
    ]


async def test_a_site_s_changes_are_those_of_its_devices_and_their_ports(world: World) -> None:
    for site in world.truth.rows("dcim.site"):
        wanted = of_site(world.truth, site["id"])
        body = await world.core.ask("changes", site=site["name"], since="2026-01-01")
        assert body["complete"]
        assert body["summary"].startswith(f"{len(wanted):,} change")
        types = Counter(row["changed_object_type"] for row in wanted)
        assert body["facts"].get("types", {}) == dict(types)


async def test_every_kind_of_thing_at_a_site_is_found_and_nothing_elsewhere(tmp_path: Path) -> None:
    history = History()
    build = history.builder
    wanted = []
    for site in (build.site, history.other):
        device = build.device(f"sw{site}", site=site)
        port = build.port(device, "Gi1")
        rack = build.add("dcim.rack", name=f"R{site}", site=site)
        place = {"scope_type": "dcim.site", "scope_id": site}
        room = build.add("dcim.location", name=f"room{site}", slug=f"room{site}", site=site, status="active")
        made = {
            "site": ("dcim.site", site, f"site{site}"),
            "location": ("dcim.location", room, f"room{site}"),
            "device": ("dcim.device", device, f"sw{site}"),
            "interface": ("dcim.interface", port, "Gi1"),
            "rack": ("dcim.rack", rack, f"R{site}"),
            "rack reservation": (
                "dcim.rackreservation",
                build.add("dcim.rackreservation", rack=rack, units=[1], description=f"spare{site}"),
                f"spare{site}",
            ),
            "VLAN": ("ipam.vlan", build.add("ipam.vlan", vid=site, name=f"V{site}", site=site), f"V{site}"),
            "prefix": (
                "ipam.prefix",
                build.add("ipam.prefix", prefix=f"10.{site}.0.0/24", **place),
                f"P{site}",
            ),
            "IP address": (
                "ipam.ipaddress",
                build.add(
                    "ipam.ipaddress",
                    address=f"10.{site}.0.1/24",
                    assigned_object_type="dcim.interface",
                    assigned_object_id=port,
                ),
                f"A{site}",
            ),
            "virtual machine": (
                "virtualization.virtualmachine",
                build.add("virtualization.virtualmachine", name=f"vm{site}", site=site, status="active"),
                f"vm{site}",
            ),
        }
        for label, (type_, id_, repr_) in made.items():
            history.log(type_, id_, repr_)
            if site == build.site:
                owned = f"sw{site} " if label == "interface" else ""
                wanted.append(f"updated {label} {owned}{repr_}")
    history.log("tenancy.tenant", 1, "nobody's")
    async with DemoServer(build.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("changes", site="Akron", since=SINCE)
        assert sorted(told(body)) == sorted(wanted)
        assert body["complete"]


async def test_what_is_gone_is_found_by_what_its_change_says(tmp_path: Path) -> None:
    history = History()
    here, other = history.builder.site, history.other
    standing = history.builder.device("sw1")
    history.gone("dcim.device", 90, "gone1", site=here)
    history.gone("dcim.interface", 91, "Gi1", device=90)
    history.gone("dcim.interface", 92, "Gi2", device=standing)
    history.gone("ipam.prefix", 93, "10.0.0.0/24", scope_type="dcim.site", scope_id=here)
    history.gone("dcim.device", 94, "gone2", site=other)
    history.gone("dcim.interface", 95, "Gi1", device=94)
    history.gone("tenancy.tenant", 96, "nobody's", name="x")
    # A room that has the number of the other site, and one of its own.
    history.gone("dcim.location", other, "room", site=here)
    history.gone("dcim.location", here, "room elsewhere", site=other)
    history.gone("ipam.prefix", 97, "10.9.0.0/24", scope_type=None, scope_id=None)
    async with DemoServer(history.builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("changes", site="Akron", since=SINCE)
        assert sorted(told(body)) == [
            "deleted device gone1",
            "deleted interface gone1 Gi1",
            "deleted interface sw1 Gi2",
            "deleted location room",
            "deleted prefix 10.0.0.0/24",
        ]
        assert body["complete"]


async def test_what_cannot_be_placed_is_said(tmp_path: Path) -> None:
    history = History()
    history.gone("dcim.interface", 91, "Gi1", device=90)
    history.gone("ipam.ipaddress", 92, "10.0.0.1/24", assigned_object_type=None, assigned_object_id=7)
    async with DemoServer(history.builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("changes", site="Akron", since=SINCE)
        assert told(body) == []
        assert not body["complete"]
        assert "2 changes are of objects that are gone" in body["warnings"][0]


async def test_a_request_s_changes_of_an_object_are_one_with_the_first_before_and_the_last_after(
    tmp_path: Path,
) -> None:
    history = History()
    device = history.builder.device("sw1")
    role = history.builder.add("dcim.devicerole", name="Router", slug="router", color="000000")
    same = {"request_id": str(UUID(int=500))}
    first = {"status": "planned", "role": history.builder.role, "serial": ""}
    history.log(
        "dcim.device", device, "sw1", **same, prechange_data=first, postchange_data=first | {"serial": "1"}
    )
    last = {"status": "active", "role": role, "serial": "2"}
    history.log(
        "dcim.device", device, "sw1", **same, prechange_data=first | {"serial": "1"}, postchange_data=last
    )
    async with DemoServer(history.builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("changes", since=SINCE)
        [row] = rows_of(body, "changes")
        assert row["changed"] == "status: planned → active; role: Switch → Router; serial: (none) → 2"
        assert rows_of(body, "requests")[0]["changes"] == 2
        assert "; told in 1 row, one for all that a request did to an object; " in body["summary"]


async def test_where_each_change_is_a_row_the_summary_speaks_of_no_rows(tmp_path: Path) -> None:
    history = History()
    history.log("dcim.device", history.builder.device("sw1"), "sw1")
    async with DemoServer(history.builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("changes", since=SINCE)
        assert section_of(body, "changes")["total"] == 1
        assert "told in" not in body["summary"]


async def test_without_a_state_before_it_is_the_one_after_the_change_before(tmp_path: Path) -> None:
    """As Nautobot's log is: it keeps only what an object was after each change."""
    history = History()
    one, two = history.builder.device("sw1"), history.builder.device("sw2")
    history.log(
        "dcim.device", one, "sw1", prechange_data=None, postchange_data={"serial": "1"}, user_name="eve"
    )
    history.log("dcim.device", one, "sw1", prechange_data=None, postchange_data={"serial": "2"})
    history.log("dcim.device", two, "sw2", prechange_data=None, postchange_data={"serial": "9"})
    async with DemoServer(history.builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("changes", since=SINCE, by="ada")
        assert {row["object"]: row["changed"] for row in rows_of(body, "changes")} == {
            "sw1": "serial: 1 → 2",
            "sw2": "before unknown",
        }


async def test_filters_hold_together(world: World) -> None:
    truth = world.truth
    log = truth.rows("core.objectchange")
    user, type_ = log[0]["user_name"], "dcim.interface"
    wanted = [row for row in log if row["user_name"] == user and row["changed_object_type"] == type_]
    body = await world.core.ask("changes", by=user, type="interface", since="2026-01-01")
    assert body["summary"].startswith(f"{len(wanted):,} change")
    request = log[5]["request_id"]
    body = await world.core.ask("changes", request=request)
    assert body["summary"].startswith(f"{sum(row['request_id'] == request for row in log)} change")


async def test_an_object_s_own_changes(world: World) -> None:
    truth = world.truth
    change = next(
        row
        for row in truth.rows("core.objectchange")
        if row["changed_object_type"] == "dcim.device" and not row["object_repr"].startswith("device ")
    )
    id_ = change["changed_object_id"]
    wanted = truth.rows("core.objectchange", changed_object_type="dcim.device", changed_object_id=id_)
    body = await world.core.ask("changes", object=f"id:{id_}", type="device", since="2026-01-01")
    assert body["summary"].startswith(f"{len(wanted):,} change")


async def test_a_deleted_object_is_found_by_its_name(tmp_path: Path) -> None:
    history = History()
    history.gone("dcim.device", 90, "Old-Switch", site=history.other)
    async with DemoServer(history.builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("changes", object="old-switch", since=SINCE)
        assert told(body) == ["deleted device Old-Switch"]
        assert "which is gone" in body["summary"]
        with pytest.raises(NotFound, match="Nosuch"):
            await core.ask("changes", object="Nosuch", since=SINCE)


async def test_nothing_found_says_what_was_last_and_who_else_it_may_be(world: World) -> None:
    body = await world.core.ask("changes", by="nobody", since="2026-01-01")
    assert section_of(body, "changes")["total"] == 0
    assert "aokafor" in body["summary"]
    body = await world.core.ask("changes", by="aokafor", since="2026-11-20T11:59")
    assert "the latest before was 2026-11-" in body["summary"]


async def test_the_journal_stands_beside_the_changes(world: World) -> None:
    entries = world.truth.rows("extras.journalentry")
    rows = await world.core.whole("changes", "journal", since="2026-11-15", max_tokens=4_000)
    wanted = [row["comments"] for row in entries if row["created"] >= "2026-11-15"]
    assert sorted(row["entry"] for row in rows) == sorted(wanted)


async def test_a_log_too_long_to_read_is_counted_and_can_be_gone_on_with(tmp_path: Path) -> None:
    history = History()
    device = history.builder.device("sw1")
    port = history.builder.port(device, "Gi1")
    for number in range(MOST_READ + 40):
        early = number < 30
        what = ("dcim.interface", port, "Gi1") if number % 10 == 0 else ("dcim.device", device, "sw1")
        history.log(*what, "create" if early else "update", user_name="eve" if early else "ada")
    async with DemoServer(history.builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("changes", since=SINCE, max_tokens=1_500)
        assert not body["complete"]
        assert body["facts"]["in_all"] == {
            "changes": MOST_READ + 40,
            "actions": {"updated": MOST_READ + 10, "created": 30},
            # Who is not among those that were read can only be counted with the others.
            "users": {"ada": MOST_READ + 10, "(others)": 30},
            "types": {"dcim.device": 1836, "dcim.interface": 204},
        }
        assert len(core.upstream) <= 12
        [warning] = body["warnings"]
        until = warning.rpartition('until="')[2].partition('"')[0]
        body = await core.ask("changes", since=SINCE, until=until)
        assert body["complete"]
        assert body["summary"].startswith("41 changes"), "the last one read, and the 40 before it"


async def test_parts_of_an_answer_are_of_the_window_that_it_began_with(tmp_path: Path) -> None:
    """Neither the clock nor what is written meanwhile moves the rows that `more` goes on with."""
    now = datetime(2026, 11, 3, 12, tzinfo=UTC)
    history = History()
    devices = [history.builder.device(f"sw{number}") for number in range(200)]
    for number, device in enumerate(devices[:120]):
        history.log("dcim.device", device, f"sw{number}")
    inventory = history.builder.inventory()
    async with DemoServer(inventory) as server, opened(server, tmp_path) as core:
        core.services.tools["changes"] = Changes(lambda: now)
        asked = {"since": "36h", "max_tokens": 600}
        body = await core.ask("changes", **asked)
        rows, told = rows_of(body, "changes"), section_of(body, "changes")["total"]
        assert 0 < len(rows) < told
        for number, device in enumerate(devices[120:], start=120):
            history.log("dcim.device", device, f"sw{number}")
        now += timedelta(hours=5)
        while cursor := body.get("next", {}).get("changes"):
            body = await core.ask("more", cursor=cursor, max_tokens=4_000, refresh=True)
            assert section_of(body, "changes")["total"] == told
            rows += rows_of(body, "changes")
        assert [row["object"] for row in rows] == [f"sw{number}" for number in reversed(range(120))][:told]


async def test_no_part_of_an_answer_loses_what_has_fractions_of_a_second(tmp_path: Path) -> None:
    """Answers tell whole seconds, of which servers keep the fractions."""
    history = History()
    moment = datetime(2026, 11, 3, tzinfo=UTC)
    for number in range(60):
        moment += timedelta(seconds=7, microseconds=130_000)
        told = moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        history.log("dcim.device", history.builder.device(f"sw{number}"), f"sw{number}", time=told)
    newest = [f"sw{number}" for number in reversed(range(60))]
    async with DemoServer(history.builder.inventory()) as server, opened(server, tmp_path) as core:
        rows = await core.whole("changes", "changes", since=SINCE, max_tokens=600)
        assert [row["object"] for row in rows] == newest
        body = await core.ask("changes", since=SINCE, max_tokens=600)
        exported = [each async for each in parts(*core.services.exported(body["next"]["changes"]))]
        assert [row[4] for part in exported for row in part.rows] == newest
        body = await core.ask("changes", since=SINCE, until=rows[1]["time"])
        assert body["facts"]["until"] == rows[1]["time"]
        assert rows_of(body, "changes")[0]["object"] == newest[1]


async def test_the_last_second_of_a_day_that_a_window_ends_with_is_in_every_part(tmp_path: Path) -> None:
    history = History()
    for number in range(60):
        told = f"2026-11-03T23:59:59.{number:02}0000Z"
        history.log("dcim.device", history.builder.device(f"sw{number}"), f"sw{number}", time=told)
    async with DemoServer(history.builder.inventory()) as server, opened(server, tmp_path) as core:
        rows = await core.whole("changes", "changes", since=SINCE, until="2026-11-03", max_tokens=600)
        assert sorted(row["object"] for row in rows) == sorted(f"sw{number}" for number in range(60))


@pytest.mark.parametrize("changes", [40, 900])
async def test_the_requests_do_not_grow_with_the_changes(tmp_path: Path, changes: int) -> None:
    history = History()
    devices = [history.builder.device(f"sw{number}") for number in range(10)]
    ports = [history.builder.port(device, f"Gi{number}") for device in devices for number in range(10)]
    for number in range(changes):
        if number % 2:
            history.log("dcim.device", devices[number % 10], "sw")
        else:
            history.log("dcim.interface", ports[number % 100], "Gi")
    async with DemoServer(history.builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("changes", site="Akron", since=SINCE)
        assert body["summary"].startswith(f"{changes} changes")
        assert len(core.upstream) <= 8
        await core.ask("changes", site="Akron", since=SINCE)
        assert core.upstream == []


async def test_a_token_that_may_not_see_the_log_is_told_what_it_needs(world: World, tmp_path: Path) -> None:
    inventory = world.core.server.inventory
    hidden = {"core.objectchange", "extras.journalentry"}
    token = Token(DEMO_TOKEN, permissions={type_: {} for type_ in inventory.types if type_ not in hidden})
    async with DemoServer(inventory, [token]) as server, opened(server, tmp_path) as core:
        with pytest.raises(NotPermitted) as caught:
            await core.ask("changes", since=SINCE)
        assert "core.view_objectchange" in caught.value.hint


async def test_a_hidden_journal_is_said_and_the_changes_are_told(world: World, tmp_path: Path) -> None:
    inventory = world.core.server.inventory
    token = Token(
        DEMO_TOKEN, permissions={type_: {} for type_ in inventory.types if type_ != "extras.journalentry"}
    )
    async with DemoServer(inventory, [token]) as server, opened(server, tmp_path) as core:
        body = await core.ask("changes", since=SINCE)
        assert rows_of(body, "changes")
        assert not body["complete"]
        assert "journal: not read" in body["warnings"][0]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"site": "Atlantis"}, NotFound),
        ({"since": "soon"}, BadArguments),
        ({"request": "55652f8d"}, BadArguments),
    ],
)
async def test_what_cannot_be_asked_is_said(
    world: World, arguments: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        await world.core.ask("changes", **arguments)


async def test_a_type_that_only_the_log_knows_can_be_asked_for(tmp_path: Path) -> None:
    history = History()
    history.log("dcim.portmapping", 7, "Front 1 to Rear 1", "create")
    history.log("dcim.device", 1, "sw1")
    async with DemoServer(history.builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("changes", since="2026-01-01")
        [told] = [row["type"] for row in rows_of(body, "changes") if row["object"] == "Front 1 to Rear 1"]
        for name in (told, told.upper()):
            body = await core.ask("changes", since="2026-01-01", type=name)
            assert [row["object"] for row in rows_of(body, "changes")] == ["Front 1 to Rear 1"]
            assert "of dcim.portmapping" in body["summary"]
        # Where only the window is empty, the type is not called unknown.
        assert "0 changes of" in (await core.ask("changes", since="2026-11-20", type=told))["summary"]
        for name in ("dcim.nothing", "nothing"):
            with pytest.raises(UnknownType):
                await core.ask("changes", since="2026-01-01", type=name)
        with pytest.raises(UnknownType):
            await core.ask("list_objects", type=told)
