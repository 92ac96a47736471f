"""`audit` against the inventory: what each check finds, what it reads, and what it says where it cannot."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from sources.errors import Ambiguous, BadArguments, NotFound
from tests import findings
from tests.core import Body, Core, opened, rows_of, section_of
from tests.inventories import Builder
from tests.questions.truth import NAMELESS, Truth
from tests.tools.conftest import World
from tools.audit import Audit
from tools.checks.built_in import BUILT_IN
from tools.checks.library import Library

pytestmark = pytest.mark.asyncio(loop_scope="module")
TODAY = date(2026, 11, 20)
NEVER_IN_THE_GENERATOR = {
    "duplicate-mac",
    "cable-with-one-end",
    "single-uplink",
    "required-custom-field-empty",
}


def on_that_day(core: Core, library: Library | None = None) -> Core:
    """The same netbrief with an audit that takes every day for the day of the inventory."""
    core.services.tools = {**core.services.tools, "audit": Audit(library, lambda: TODAY)}
    return core


def objects(rows: list[dict[str, Any]]) -> dict[str, Counter[str]]:
    """Check -> the objects that it found; those without a name are shown by their id."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        name = re.sub(r"#\d+", NAMELESS, row["object"])
        found.setdefault(row["check"], Counter())[name] += 1
    return found


def a_site(world: World) -> str:
    """The name of the first site, which is a data center."""
    return str(world.truth.by_id("dcim.site")[1]["name"])


def counts(body: Body) -> dict[str, int]:
    """Check -> how many findings it has, where it has any."""
    return {row["check"]: row["findings"] for row in rows_of(body, "checks")}


@pytest.mark.parametrize(
    "check",
    [*sorted(findings.CHECKS), *(f"stale-planned-{each}" for each in ("device", "cable", "vm"))],
)
async def test_a_check_finds_what_the_inventory_holds(world: World, check: str) -> None:
    core, truth = on_that_day(world.core), Truth(world.core.server.inventory)
    rows = await core.whole("audit", "findings", checks=[check], max_tokens=20_000)
    assert objects(rows).get(check, Counter()) == findings.found(truth, check, today=TODAY)


async def test_every_check_has_a_second_road_or_a_wart_of_its_own() -> None:
    judged = {*findings.CHECKS, *NEVER_IN_THE_GENERATOR}
    assert {check.name for check in BUILT_IN if not check.name.startswith("stale-planned-")} == judged


async def test_all_checks_together_count_what_each_counts_alone(world: World) -> None:
    core, truth = on_that_day(world.core), Truth(world.core.server.inventory)
    body = await core.ask("audit", max_tokens=20_000)
    wanted = {
        check.name: sum(findings.found(truth, check.name, today=TODAY).values())
        for check in BUILT_IN
        if check.name not in NEVER_IN_THE_GENERATOR
    }
    assert counts(body) == {name: number for name, number in wanted.items() if number}
    assert set(body["facts"]["clean"]) == {check.name for check in BUILT_IN} - counts(body).keys()
    total = f"{sum(wanted.values()):,} findings of {len(counts(body))} of {len(BUILT_IN)} checks"
    assert body["summary"].startswith(total)
    assert body["complete"]


@pytest.mark.parametrize(
    "check", ["device-without-name", "enabled-without-cable", "vlan-mismatch", "prefix-without-vlan"]
)
async def test_a_site_has_its_own_findings(world: World, check: str) -> None:
    truth = Truth(world.core.server.inventory)
    for site in (row["name"] for row in truth.rows("dcim.site")):
        rows = await world.core.whole("audit", "findings", site=site, checks=[check], max_tokens=20_000)
        assert objects(rows).get(check, Counter()) == findings.found(truth, check, site)


async def test_findings_are_listed_once_by_severity_with_some_of_each_check_first(world: World) -> None:
    rows = await world.core.whole("audit", "findings", max_tokens=1_500)
    assert len({(row["check"], row["fingerprint"]) for row in rows}) == len(rows)
    severity = {check.name: check.severity for check in BUILT_IN}
    checks = list(dict.fromkeys(row["check"] for row in rows))
    ranks = [list(type(severity[name])).index(severity[name]) for name in checks]
    assert ranks == sorted(ranks)
    first = rows[: sum(min(3, number) for number in Counter(row["check"] for row in rows).values())]
    assert {row["check"] for row in first} == set(checks)


async def test_why_and_how_to_fix_it_are_said_once_a_check(world: World) -> None:
    body = await world.core.ask("audit", checks=["device-without-name", "vm-without-primary-ip"])
    for row in rows_of(body, "checks"):
        check = next(each for each in BUILT_IN if each.name == row["check"])
        assert (row["why"], row["fix"], row["severity"]) == (check.why, check.fix, check.severity.value)


async def test_fingerprints_are_those_of_the_last_run(world: World) -> None:
    runs = [
        await world.core.whole("audit", "findings", site=a_site(world), refresh=True, max_tokens=20_000)
        for _ in range(2)
    ]
    assert [row["fingerprint"] for row in runs[0]] == [row["fingerprint"] for row in runs[1]]


async def test_checks_are_chosen_by_severity_too(world: World) -> None:
    body = await world.core.ask("audit", checks=["high"])
    high = {check.name for check in BUILT_IN if check.severity == "high"}
    assert counts(body).keys() | set(body["facts"]["clean"]) == high


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"site": "Atlantis"}, NotFound, "Atlantis"),
        ({"checks": ["device-without-nam"]}, BadArguments, "device-without-name"),
        ({"site": "Building 1"}, Ambiguous, "Building 1"),
    ],
)
async def test_what_is_not_there_is_said(
    world: World, arguments: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error) as raised:
        await world.core.ask("audit", **arguments)
    assert words in raised.value.in_words()  # type: ignore[attr-defined]  # all of the family


async def test_a_region_is_all_of_its_sites(world: World) -> None:
    truth = Truth(world.core.server.inventory)
    rows = await world.core.whole(
        "audit", "findings", site="Americas", checks=["device-without-name"], max_tokens=20_000
    )
    wanted = [
        row
        for row in truth.rows("dcim.device", lambda row: not row["name"] and not row["virtual_chassis"])
        if truth.in_region(row, "Americas")
    ]
    assert len(rows) == len(wanted)


async def test_a_role_chooses_devices_and_leaves_out_what_has_none(world: World) -> None:
    body = await world.core.ask("audit", role="Router")
    assert {row["check"] for row in rows_of(body, "not made")} >= {
        "cable-with-one-end",
        "prefix-without-vlan",
    }
    assert body["complete"], "that prefixes have no device role is no gap"


async def test_many_checks_read_what_few_do(world: World, tmp_path: Path) -> None:
    async with opened(world.core.server, tmp_path / "one") as core:
        await core.ask(
            "audit", site=a_site(world), checks=["vlan-mismatch", "prefix-without-vlan", "cable-with-one-end"]
        )
        few = len(core.upstream)
    async with opened(world.core.server, tmp_path / "all") as core:
        await core.ask("audit", site=a_site(world))
        paths = core.paths()
    assert few <= 9
    # What no other check needs: machines, addresses, power ports, types, custom fields.
    assert len(paths) <= few + 5
    assert paths.count("dcim/devices") == paths.count("dcim/cables") == paths.count("dcim/power-ports") == 1


async def test_one_prefix_in_two_vrfs_is_told_apart(tmp_path: Path) -> None:
    builder = Builder()
    vrfs = [None, builder.add("ipam.vrf", name="Blue"), builder.add("ipam.vrf", name="Red")]
    for vrf in vrfs:
        builder.add("ipam.prefix", prefix="10.0.0.0/24", status="active", vrf=vrf)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        rows = await core.whole("audit", "findings", checks=["prefix-without-vlan"])
        assert {(row["object"], row["vrf"]) for row in rows} == {
            ("10.0.0.0/24", None),
            ("10.0.0.0/24", "Blue"),
            ("10.0.0.0/24", "Red"),
        }
        assert len({row["fingerprint"] for row in rows}) == 3


async def test_the_requests_do_not_grow_with_the_devices(tmp_path: Path) -> None:
    asked = []
    for number in (20, 500):
        builder = Builder()
        for at in range(number):
            device = builder.device(f"akr-sw{at:03}")
            builder.port(device, "Gi1")
        async with DemoServer(builder.inventory()) as server, opened(server, tmp_path / str(number)) as core:
            body = await core.ask("audit", site="Akron")
            assert counts(body)["enabled-without-cable"] == number
            asked.append(len(core.upstream))
    # A URL takes the ids of some 250 devices, by which their ports and addresses are asked for.
    assert asked[1] <= asked[0] + 6


async def test_too_many_devices_are_counted_and_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.checks.reading.PAGE", 10)
    monkeypatch.setattr("tools.checks.reading.MOST_ROWS", 20)
    builder = Builder()
    for at in range(30):
        builder.port(builder.device(f"akr-sw{at:03}", serial="" if at < 25 else f"S{at}"), "Gi1")
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("audit")
        assert counts(body)["device-without-serial"] == 25
        missing = {row["check"]: row["because"] for row in rows_of(body, "not made")}
        assert "30 devices are too many" in missing["enabled-without-cable"]
        assert "narrow by site" in missing["duplicate-serial"]
        assert not body["complete"]
        assert "dcim/interfaces" not in core.paths()


async def test_what_goes_beyond_a_page_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.checks.reading.PAGE", 10)
    builder = Builder()
    for at in range(35):
        builder.port(builder.device(f"akr-sw{at:03}"), "Gi1")
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("audit", site="Akron")
        assert counts(body)["device-without-serial"] == 35
        assert "enabled-without-cable" in {row["check"] for row in rows_of(body, "not made")}


async def test_what_the_token_may_not_read_is_said_and_the_other_checks_go_on(
    world: World, tmp_path: Path
) -> None:
    inventory = world.core.server.inventory
    hidden = {"dcim.interface", "extras.customfield"}
    token = Token(DEMO_TOKEN, permissions={type_: {} for type_ in inventory.types if type_ not in hidden})
    async with DemoServer(inventory, [token]) as server, opened(server, tmp_path) as core:
        body = await core.ask("audit", site=a_site(world))
        missing = {row["check"] for row in rows_of(body, "not made")}
        assert {"enabled-without-cable", "vlan-mismatch", "device-without-primary-ip"} <= missing
        assert "device-without-name" not in missing
        assert not body["complete"]
        assert section_of(body, "checks")["total"]


async def test_links_over_cables_that_the_token_may_not_see_are_asked_of_the_ports(tmp_path: Path) -> None:
    builder = Builder()
    ends = [
        builder.port(builder.device(f"sw{at}"), "Gi1", mtu=1500 if at % 2 else 9000, enabled=True)
        for at in range(4)
    ]
    seen, _ = (
        builder.cable(("dcim.interface", one), ("dcim.interface", other))
        for one, other in (ends[:2], ends[2:])
    )
    inventory = builder.inventory()
    permissions: dict[str, dict[str, Any]] = {type_: {} for type_ in inventory.types}
    token = Token(DEMO_TOKEN, permissions=permissions | {"dcim.cable": {"id": str(seen)}})
    async with DemoServer(inventory, [token]) as server, opened(server, tmp_path) as core:
        body = await core.ask("audit", site="Akron", checks=["mtu-mismatch", "cable-with-one-end"])
        assert counts(body) == {"mtu-mismatch": 2}
