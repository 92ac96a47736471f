"""Plans carried out: wave by wave, exact counts, and bounds on what one step may read."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from demo.inventory import Inventory
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from orchestration import gather as gathering
from orchestration.gather import gather
from orchestration.runner import no_progress
from orchestration.steps import Fetch, Follow, Gathered, Given, Load, Plan, Select, Tally
from sources.catalog import EXTRA
from sources.errors import NotPermitted, SourceMisbehaved, TooCostly, UnknownField
from sources.source import Condition
from sources.types import CATALOG
from tests.core import Core, opened
from tests.inventories import Builder

DEVICE, SITE, PORT, VLAN, PREFIX = (
    CATALOG[name] for name in ("dcim.device", "dcim.site", "dcim.interface", "ipam.vlan", "ipam.prefix")
)


async def carried_out(core: Core, plan: Plan) -> Gathered:
    reader = core.services.readers["demo"]
    return await gather(plan, reader, progress=no_progress)


async def test_each_kind_of_step_brings_what_it_says(core: Core, inventory: Inventory) -> None:
    devices = list(inventory.rows("dcim.device"))
    one = devices[0]
    gathered = await carried_out(
        core,
        {
            "given": Given(DEVICE, ({"id": str(one["id"]), "site": {"id": str(one["site"])}},)),
            "all": Select(DEVICE),
            "few": Select(DEVICE, offset=2, limit=3),
            "count": Select(DEVICE, limit=0),
            "more": Fetch(DEVICE, (str(one["id"]),), frozenset({EXTRA})),
            "ports": Follow("given", DEVICE.relations["interfaces"], PORT),
            "site": Load("given", "site", SITE),
            "roles": Tally(DEVICE, "role"),
        },
    )
    assert gathered.failed == {}
    assert sorted(int(row["id"]) for row in gathered.rows("all")) == [row["id"] for row in devices]
    assert (len(gathered.rows("few")), gathered.total("few")) == (3, len(devices))
    assert (gathered.rows("count"), gathered.total("count")) == ([], len(devices))
    assert set(gathered.rows("more")[0]) == {
        "id",
        "tags",
        "custom_fields",
        "comments",
        "created",
        "last_updated",
    }
    own = {row["id"] for row in inventory.rows("dcim.interface") if row["device"] == one["id"]}
    assert {int(row["id"]) for row in gathered.rows("ports")} == own
    assert [row["id"] for row in gathered.rows("site")] == [str(one["site"])]
    assert sorted(count for _, count in gathered.groups["roles"]) == sorted(
        Counter(row["role"] for row in devices).values()
    )


async def test_just_some_fields_are_read_beside_whole_rows(core: Core) -> None:
    plan = {"whole": Select(PORT), "parts": Select(PORT, only=frozenset({"name", "enabled"}))}
    gathered = await carried_out(core, plan)
    assert {frozenset(row) for row in gathered.rows("parts")} == {frozenset({"id", "name", "enabled"})}
    assert {"device", "type"} <= gathered.rows("whole")[0].keys()
    assert gathered.total("parts") == gathered.total("whole") == len(gathered.rows("parts"))


async def test_further_steps_follow_from_what_was_read(core: Core, inventory: Inventory) -> None:
    def further(gathered: Gathered) -> Plan:
        """From one site's devices to the sites of their roles, one round after the other."""
        if "roles" not in gathered.plan:
            roles = sorted({row["role"]["id"] for row in gathered.rows("devices")})
            return {"roles": Fetch(CATALOG["dcim.devicerole"], tuple(roles), frozenset({"base"}))}
        if "alike" not in gathered.plan:
            return {"alike": Follow("roles", CATALOG["dcim.devicerole"].relations["devices"], DEVICE)}
        return {}

    site = next(iter(inventory.rows("dcim.site")))
    own = [row for row in inventory.rows("dcim.device") if row["site"] == site["id"]]
    roles = {row["role"] for row in own}
    plan = {
        "devices": Select(DEVICE, (Condition("site", "", (str(site["id"]),), ({"id": str(site["id"])},)),))
    }
    reader = core.services.readers["demo"]
    gathered = await gather(plan, reader, progress=no_progress, further=further)
    assert list(gathered.plan) == ["devices", "roles", "alike"]
    assert {int(row["id"]) for row in gathered.rows("alike")} == {
        row["id"] for row in inventory.rows("dcim.device") if row["role"] in roles
    }


async def test_a_question_that_never_ends_is_given_up(core: Core) -> None:
    def endless(gathered: Gathered) -> Plan:
        return {f"again {len(gathered.plan)}": Given(DEVICE, ())}

    reader = core.services.readers["demo"]
    with pytest.raises(TooCostly, match="rounds"):
        await gather({"a": Given(DEVICE, ())}, reader, progress=no_progress, further=endless)


async def test_steps_of_a_wave_are_asked_side_by_side(core: Core) -> None:
    core.server.faults.latency = 60
    plan = {"a": Select(DEVICE, limit=1), "b": Select(VLAN, limit=1), "c": Select(PREFIX, limit=1)}
    running = asyncio.create_task(carried_out(core, plan))
    async with asyncio.timeout(30):
        while len(core.server.requests) < 3:  # noqa: ASYNC110 - none of them is answered yet
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.wait([running])


async def test_progress_is_told_wave_by_wave(core: Core) -> None:
    told: list[tuple[int, int, str]] = []

    async def note(done: int, total: int, what: str) -> None:
        told.append((done, total, what))

    plan: Plan = {
        "vlans": Select(VLAN, limit=3),
        "count": Select(SITE, limit=0),
        "ports": Follow("vlans", VLAN.relations["interfaces"], PORT),
    }
    await gather(plan, core.services.readers["demo"], progress=note)
    assert told == [(0, 2, "vlans, count"), (1, 2, "ports")]


async def test_a_step_that_fails_is_noted_if_it_is_optional_and_raised_if_not(core: Core) -> None:
    core.server.faults.under = "/api/dcim/sites/"
    core.server.faults.html = 100
    plan: Plan = {
        "devices": Select(DEVICE, limit=3),
        "sites": Load("devices", "site", SITE),
    }
    gathered = await carried_out(core, plan)
    assert isinstance(gathered.failed["sites"], SourceMisbehaved)
    assert not gathered.knows("sites")
    with pytest.raises(SourceMisbehaved):
        await carried_out(core, {**plan, "sites": Load("devices", "site", SITE, optional=False)})


async def test_what_hangs_on_a_failed_step_fails_with_it(core: Core) -> None:
    core.server.faults.under = "/api/ipam/vlans/"
    core.server.faults.html = 100
    plan: Plan = {
        "sites": Select(SITE),
        "vlans": Select(VLAN, optional=True),
        "ports": Follow("vlans", VLAN.relations["interfaces"], PORT),
    }
    gathered = await carried_out(core, plan)
    assert set(gathered.failed) == {"vlans", "ports"}
    assert gathered.knows("sites")


async def test_where_all_fails_there_is_no_answer(core: Core) -> None:
    core.server.faults.html = 100
    with pytest.raises(SourceMisbehaved):
        await carried_out(core, {"sites": Select(SITE, optional=True), "vlans": Select(VLAN, optional=True)})


async def test_a_condition_that_names_nothing_is_not_asked(core: Core) -> None:
    nothing = Select(DEVICE, (Condition("site", "", ()),))
    everything = Select(DEVICE, (Condition("site", "n", ()),))
    gathered = await carried_out(core, {"nothing": nothing, "everything": everything})
    assert (gathered.rows("nothing"), gathered.total("nothing")) == ([], 0)
    assert gathered.total("everything") == 70
    assert len(core.server.requests) == 1


async def test_no_step_fans_out_from_too_many(core: Core) -> None:
    rows = tuple({"id": str(n)} for n in range(gathering.MOST_PARENTS + 1))
    plan: Plan = {
        "given": Given(DEVICE, rows),
        "ports": Follow("given", DEVICE.relations["interfaces"], PORT),
    }
    gathered = await carried_out(core, plan)
    assert isinstance(gathered.failed["ports"], TooCostly)
    assert "20,001" in gathered.failed["ports"].what
    assert core.server.requests == []


@pytest.mark.parametrize("by", ["custom_fields", "colour", "site.name", ""])
async def test_counting_by_what_is_no_field_names_the_fields(core: Core, by: str) -> None:
    with pytest.raises(UnknownField) as error:
        await carried_out(core, {"t": Tally(DEVICE, by)})
    assert "role" in error.value.in_words()


@pytest.fixture
def grouped() -> Inventory:
    """Three sites with 1, 2 and 3 times as many devices, some without a tenant."""
    builder = Builder()
    tenant = builder.add("tenancy.tenant", name="T", slug="t")
    sites = [builder.site] + [
        builder.add("dcim.site", name=f"S{n}", slug=f"s{n}", status="active") for n in (2, 3)
    ]
    for weight, site in enumerate(sites, start=1):
        for at in range(weight * 10):
            builder.device(
                f"d{site}-{at}", site=site, tenant=tenant if at % 2 else None, serial=f"{site}-{at}"
            )
    return builder.inventory()


@pytest.mark.parametrize("most_tallied", [100_000, 50, 10], ids=["one page", "all pages", "apart"])
async def test_groups_are_counted_exactly_by_whatever_road(
    grouped: Inventory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_tallied: int
) -> None:
    monkeypatch.setattr(gathering, "MOST_TALLIED", most_tallied)
    if most_tallied < 100_000:
        monkeypatch.setattr(gathering, "FIRST_ROWS", 5)
    async with DemoServer(grouped) as server, opened(server, tmp_path) as core:
        gathered = await carried_out(
            core, {"sites": Tally(DEVICE, "site"), "tenants": Tally(DEVICE, "tenant")}
        )
        assert gathered.groups["sites"] == [("S3", 30), ("S2", 20), ("Akron", 10)]
        assert gathered.groups["tenants"] in ([("T", 30), (None, 30)], [(None, 30), ("T", 30)])
        assert gathered.total("sites") == 60


async def test_too_many_rows_in_too_many_groups_are_not_counted(
    grouped: Inventory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, most in (("MOST_TALLIED", 10), ("FIRST_ROWS", 5), ("MOST_GROUPS", 2)):
        monkeypatch.setattr(gathering, name, most)
    async with DemoServer(grouped) as server, opened(server, tmp_path) as core:
        for by in ("serial", "site"):
            with pytest.raises(TooCostly) as error:
                await carried_out(core, {"t": Tally(DEVICE, by)})
            assert "narrow" in error.value.in_words()
        with pytest.raises(TooCostly):
            await core.ask("list_objects", type="device", group_by="serial")


async def test_groups_within_groups_are_not_counted_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder = Builder()
    outer = builder.add("dcim.region", name="Outer", slug="outer")
    inner = builder.add("dcim.region", name="Inner", slug="inner", parent=outer)
    for at in range(4):
        builder.add("dcim.site", name=f"S{at}", slug=f"s{at}", status="active", region=inner)
    for name, most in (("MOST_TALLIED", 3), ("FIRST_ROWS", 2)):
        monkeypatch.setattr(gathering, name, most)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        with pytest.raises(TooCostly):
            await carried_out(core, {"t": Tally(SITE, "region")})


async def test_nothing_to_count_has_no_groups(core: Core) -> None:
    gathered = await carried_out(core, {"t": Tally(DEVICE, "role", (Condition("site", "", ()),))})
    assert (gathered.groups["t"], gathered.total("t")) == ([], 0)


async def test_a_missing_permission_is_the_error_of_a_step(core: Core) -> None:
    core.server.tokens[:] = [Token(DEMO_TOKEN, permissions={"dcim.site": {}})]
    gathered = await carried_out(core, {"sites": Select(SITE), "vlans": Select(VLAN, optional=True)})
    assert isinstance(gathered.failed["vlans"], NotPermitted)
