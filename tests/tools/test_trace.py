"""`trace` against the inventory: where paths go as the demo's own rows tell it, and how many requests it takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from demo.paths import Node, paths
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from orchestration.tokens import count_tokens
from sources.errors import Ambiguous, NetbriefError, NotFound
from tests.core import Core, opened, rows_of, section_of
from tests.inventories import Builder
from tests.tools.conftest import World
from tests.truth import Truth
from tools.trace import Trace

pytestmark = pytest.mark.asyncio(loop_scope="module")
SAMPLE = 25
LABELS = {"dcim.interface": "interface", "dcim.consoleport": "console port", "dcim.powerport": "power port"}
A_HOP = 4
"""Requests, by REST alone."""
FINDING = 8
"""Requests until a port is known by its name: three for names, one for each kind of ports there, one for itself."""


def called(truth: Truth, node: Node) -> str:
    """A port as an answer names it."""
    type_, id_ = node
    row = truth.by_id(type_)[id_]
    if type_ == "circuits.providernetwork":
        return str(row["name"])
    if type_ == "circuits.circuittermination":
        return f"{truth.by_id('circuits.circuit')[row['circuit']]['cid']} {row['term_side']}"
    if type_ == "dcim.powerfeed":
        return f"{truth.name('dcim.powerpanel', row['power_panel'])} {row['name']}"
    return f"{truth.name('dcim.device', row['device']) or '#' + str(row['device'])} {row['name']}"


def plugged(truth: Truth, type_: str) -> dict[int, int]:
    """The cable in each port of a type that has one."""
    ends = truth.rows("dcim.cabletermination", termination_type=type_)
    return {end["termination_id"]: end["cable"] for end in ends}


def cabled(truth: Truth, type_: str) -> list[int]:
    """Some of the ports of a type that have a cable."""
    found = sorted(plugged(truth, type_))
    return found[:: max(1, len(found) // SAMPLE)]


def feeds_others(truth: Truth, type_: str, id_: int) -> bool:
    """Whether it is the power port of a PDU, from which many paths go on."""
    return type_ == "dcim.powerport" and bool(truth.rows("dcim.poweroutlet", power_port=id_))


@pytest.mark.parametrize("type_", LABELS)
async def test_the_hops_are_those_of_the_inventory(world: World, type_: str) -> None:
    truth, inventory = world.truth, world.core.server.inventory
    starts = [(type_, id_) for id_ in cabled(truth, type_) if not feeds_others(truth, type_, id_)]
    told = paths(inventory.database, starts)
    for start in starts:
        body = await world.core.ask("trace", start=f"{LABELS[type_]} id:{start[1]}", max_tokens=8_000)
        steps = told[start].steps
        wanted = [
            (called(truth, near), called(truth, far))
            for (near,), (far,) in zip(steps[::3], steps[2::3], strict=False)
            if near[0] != "circuits.providernetwork" and far[0] != "circuits.providernetwork"
        ]
        rows = [(row["from"], row["to"]) for row in rows_of(body, "hops")]
        # The demo's paths end at an outlet, these go on to the feed.
        power = type_ == "dcim.powerport"
        assert rows[: len(wanted)] == wanted
        assert power or len(rows) == len(wanted)
        assert power or body["facts"]["reached"] is bool(told[start].destinations)
        if told[start].destinations and not power:
            assert body["facts"]["to"] == called(truth, told[start].destinations[0])


async def test_a_power_supply_is_traced_to_its_feed(world: World) -> None:
    for id_ in cabled(world.truth, "dcim.powerport"):
        body = await world.core.ask("trace", start=f"power port id:{id_}")
        assert body["facts"]["reached"] is True
        assert rows_of(body, "hops")[-1]["then"].startswith("end")


async def test_the_far_end_tells_the_same_path_the_other_way(world: World) -> None:
    truth = world.truth
    for id_ in cabled(truth, "dcim.interface"):
        there = await world.core.ask("trace", start=f"interface id:{id_}")
        if " -> " not in there["summary"] or "Ethernet" not in str(there["facts"]["to"]):
            continue
        back = await world.core.ask("trace", start=there["facts"]["to"])
        mirrored = [(row["to"], row["from"]) for row in reversed(rows_of(back, "hops"))]
        assert [(row["from"], row["to"]) for row in rows_of(there, "hops")] == mirrored
        assert there["facts"].get("length_m") == back["facts"].get("length_m")


async def test_a_device_has_a_path_for_each_of_its_cables(world: World) -> None:
    truth = world.truth
    types = (
        "dcim.interface",
        "dcim.consoleport",
        "dcim.consoleserverport",
        "dcim.powerport",
        "dcim.poweroutlet",
    )
    for device in truth.rows("dcim.device")[:20]:
        panel = truth.rows("dcim.frontport", device=device["id"])
        if panel:
            continue
        own = [
            plugged(truth, type_)[row["id"]]
            for type_ in types
            for row in truth.rows(type_, device=device["id"])
            if row["id"] in plugged(truth, type_)
        ]
        body = await world.core.ask("trace", start=f"device id:{device['id']}", max_tokens=20_000)
        assert section_of(body, "paths")["total"] == len(own)
        assert body["facts"].get("paths_not_reached", 0) == 0 or "brd" in str(device["name"])


class Site:
    """A server, a panel and a switch, with what is asked about them."""

    def __init__(self) -> None:
        self.builder = Builder()
        self.server = self.builder.device("srv 1")
        self.switch = self.builder.device("sw1")
        self.panel = self.builder.device(None)
        self.nic = self.builder.port(self.server, "eth0")
        self.port = self.builder.port(self.switch, "GigabitEthernet1/0/1")
        self.builder.port(self.switch, "TenGigabitEthernet1/0/1")
        self.rear = self.builder.add(
            "dcim.rearport", device=self.panel, name="Rear 1", type="8p8c", positions=1
        )
        self.front = self.builder.add(
            "dcim.frontport",
            device=self.panel,
            name="Front 1",
            type="8p8c",
            positions=1,
            rear_port=self.rear,
            rear_port_position=1,
        )

    def cable(self, near: Node, *far: Node, **values: Any) -> int:
        """Plug a cable in."""
        known = {"type": "cat6", "status": "connected", "label": "", "color": ""}
        cable = self.builder.add("dcim.cable", **known | values)
        for end, nodes in (("A", [near]), ("B", far)):
            for type_, id_ in nodes:
                self.builder.add(
                    "dcim.cabletermination",
                    cable=cable,
                    cable_end=end,
                    termination_type=type_,
                    termination_id=id_,
                )
                self.builder.later(type_, id_, cable=cable, cable_end=end)
        return cable

    def patched(self) -> Site:
        """The server is patched to the switch."""
        self.cable(
            ("dcim.interface", self.nic),
            ("dcim.frontport", self.front),
            label="P-1",
            length=2.0,
            length_unit="m",
        )
        self.cable(
            ("dcim.rearport", self.rear),
            ("dcim.interface", self.port),
            status="planned",
            length=100.0,
            length_unit="ft",
        )
        return self


@pytest.fixture
def site() -> Site:
    return Site()


async def asked(site: Site, folder: Path, question: Callable[[Core], Any]) -> Any:
    async with DemoServer(site.builder.inventory()) as server, opened(server, folder) as core:
        return await question(core)


async def test_a_path_is_told_with_its_cables_length_and_what_is_not_in_use(
    site: Site, tmp_path: Path
) -> None:
    body = await asked(site.patched(), tmp_path, lambda core: core.ask("trace", start="SRV 1 ETH0"))
    assert body["summary"] == (
        f"srv 1 eth0 -> sw1 GigabitEthernet1/0/1: 2 cables, 32.48 m, 1 not in use yet, through #{site.panel}"
    )
    assert [(row["cable"], row["status"], row["length"], row["then"]) for row in rows_of(body, "hops")] == [
        ("P-1", "connected", "2 m", "on at Rear 1"),
        ("#2", "planned", "100 ft", "end"),
    ]


@pytest.mark.parametrize(
    "start",
    [
        "sw1 gi1/0/1",
        "sw1:Gi1/0/1",
        "Gi1/0/1 on sw1",
        "cable P-1",
        "P-1",
        "srv 1, eth0",
        "#3 front 1",
        "id:3 Rear 1",
    ],
)
async def test_a_path_is_found_from_whatever_lies_on_it(site: Site, tmp_path: Path, start: str) -> None:
    body = await asked(site.patched(), tmp_path, lambda core: core.ask("trace", start=start))
    assert {body["facts"]["from"], body["facts"]["to"]} == {"srv 1 eth0", "sw1 GigabitEthernet1/0/1"}
    assert section_of(body, "hops")["total"] == 2


@pytest.mark.parametrize(
    ("start", "error", "words"),
    [
        ("sw1 Gi9/0/1", NotFound, 'device sw1 has no port "Gi9/0/1"'),
        ("sw1 1/0/1", NotFound, "has no port"),
        ("nothing Gi1", NotFound, "nothing"),
        ("sw1 Te1/0/1 x", NotFound, "has no port"),
    ],
)
async def test_what_is_not_there_is_said(
    site: Site, tmp_path: Path, start: str, error: type[NetbriefError], words: str
) -> None:
    with pytest.raises(error) as raised:
        await asked(site.patched(), tmp_path, lambda core: core.ask("trace", start=start))
    assert words in raised.value.in_words()


async def test_of_two_devices_of_one_name_neither_is_guessed(site: Site, tmp_path: Path) -> None:
    other = site.builder.add("dcim.site", name="Boston", slug="bos", status="active")
    twin = site.builder.device("sw1", site=other)
    port = site.builder.port(twin, "GigabitEthernet1/0/1")
    site.builder.port(twin, "GigabitEthernet1/0/7")

    async def question(core: Core) -> None:
        with pytest.raises(Ambiguous) as raised:
            await core.ask("trace", start="sw1 Gi1/0/1")
        assert f"interface id:{port}" in raised.value.in_words()
        assert (await core.ask("trace", start=f"interface id:{port}"))["facts"]["reached"] is False
        # Only one of them has that port.
        assert "not cabled" in (await core.ask("trace", start="sw1 Gi1/0/7"))["summary"]

    await asked(site, tmp_path, question)


def trunk(site: Site) -> tuple[list[Node], list[Node]]:
    """The front ports of two panels that a cable of two strands ties together."""
    add = site.builder.add
    sides = []
    for name in ("left", "right"):
        panel = site.builder.device(name)
        rear = add("dcim.rearport", device=panel, name="Rear", type="mpo", positions=2)
        fronts = [
            add(
                "dcim.frontport",
                device=panel,
                name=f"Front {n}",
                type="lc",
                positions=1,
                rear_port=rear,
                rear_port_position=n,
            )
            for n in (1, 2)
        ]
        sides.append((("dcim.rearport", rear), [("dcim.frontport", front) for front in fronts]))
    (near, fronts), (far, others) = sides
    site.cable(near, far, label="T-1")
    return fronts, others


@pytest.mark.parametrize("start", ["cable T-1", "left Rear", "right", "right rear"])
async def test_every_strand_of_a_trunk_is_told_from_its_middle(
    site: Site, tmp_path: Path, start: str
) -> None:
    fronts, others = trunk(site)
    for number, (front, other) in enumerate(zip(fronts, others, strict=True)):
        near = site.builder.port(site.server, f"nic{number}")
        far = site.builder.port(site.switch, f"port{number}")
        site.cable(("dcim.interface", near), front)
        site.cable(other, ("dcim.interface", far))
    body = await asked(site, tmp_path, lambda core: core.ask("trace", start=start))
    found = {frozenset({row["from"], row["end"]}) for row in rows_of(body, "paths")}
    assert found == {frozenset({f"srv 1 nic{n}", f"sw1 port{n}"}) for n in range(2)}
    assert section_of(body, "paths")["total"] == 2


async def test_the_sides_of_a_port_between_splits_are_told_apart(site: Site, tmp_path: Path) -> None:
    add = site.builder.port
    near = [("dcim.interface", add(site.server, f"nic{n}")) for n in range(2)]
    far = [("dcim.interface", add(site.switch, f"port{n}")) for n in range(3)]
    site.cable(("dcim.frontport", site.front), *near, label="N-1")
    site.cable(("dcim.rearport", site.rear), *far, label="F-1")
    body = await asked(site, tmp_path, lambda core: core.ask("trace", start=f"#{site.panel} Rear 1"))
    assert body["summary"] == (
        f"#{site.panel} Rear 1 lies between 2 ends, 2 of them reached and 3 ends, 3 of them reached: 2 cables"
    )
    assert body["facts"]["from"] == ["srv 1 nic0", "srv 1 nic1"]
    assert body["facts"]["to"] == [f"sw1 port{n}" for n in range(3)]
    assert {row["path"].split(".")[0] for row in rows_of(body, "hops")} == {"1 near", "1 far"}


async def test_a_cable_with_one_end_and_a_port_marked_as_connected(site: Site, tmp_path: Path) -> None:
    site.cable(("dcim.interface", site.nic), label="loose")
    site.builder.later("dcim.interface", site.port, mark_connected=True)

    async def question(core: Core) -> None:
        loose = await core.ask("trace", start="srv 1 eth0")
        assert "nothing at the other end" in loose["summary"]
        assert loose["facts"]["reached"] is False
        marked = await core.ask("trace", start="sw1 Gi1/0/1")
        assert "marked as connected" in marked["summary"]

    await asked(site, tmp_path, question)


async def test_what_the_token_may_not_see_is_no_end_of_a_path(site: Site, tmp_path: Path) -> None:
    inventory = site.patched().builder.inventory()
    token = Token(
        DEMO_TOKEN, permissions={type_: {} for type_ in inventory.types if type_ != "dcim.frontport"}
    )
    async with DemoServer(inventory, [token]) as server, opened(server, tmp_path) as core:
        body = await core.ask("trace", start="srv 1 eth0")
        assert body["facts"]["reached"] is False
        assert body["complete"] is False
        assert "could not be read" in body["summary"]


async def test_the_shortest_paths_between_two_places(site: Site, tmp_path: Path) -> None:
    site.patched()
    core_switch = site.builder.device("core 1")
    for number in (1, 2):
        near = site.builder.port(site.switch, f"Uplink{number}")
        far = site.builder.port(core_switch, f"Down{number}")
        site.cable(("dcim.interface", near), ("dcim.interface", far))
    lonely = site.builder.device("lonely")
    site.builder.port(lonely, "eth0")

    async def question(core: Core) -> None:
        body = await core.ask("trace", start="srv 1", to="core 1")
        assert (body["facts"]["paths"], body["facts"]["cables"]) == (2, 3)
        assert section_of(body, "hops")["total"] == 6
        body = await core.ask("trace", start="srv 1 eth0", to="core 1 Down2")
        assert (body["facts"]["paths"], body["facts"]["cables"]) == (1, 3)
        body = await core.ask("trace", start="srv 1", to="lonely")
        assert (body["facts"]["reached"], body["facts"]["reason"]) == (False, "not connected")
        assert (await core.ask("trace", start="sw1", to="Akron"))["facts"]["cables"] == 0

    await asked(site, tmp_path, question)


async def test_requests_grow_with_the_hops_and_not_with_the_paths(world: World, tmp_path: Path) -> None:
    server = world.core.server
    for name in ("akr-brd01", "alb-brd01", "akr-core01", "alb-core01"):
        if not world.truth.rows("dcim.device", name=name):
            continue
        async with opened(server, tmp_path / name) as core:
            await core.ask("list_objects", type="device", limit=1)
            body = await core.ask("trace", start=name)
            longest = max(row["cables"] for row in rows_of(body, "paths"))
            # All kinds of ports go on at once, each kind by a request of its own.
            assert len(core.upstream) <= FINDING + 2 * A_HOP * longest
            await core.ask("trace", start=name, max_tokens=3_000)
            assert core.upstream == []


async def test_a_hop_of_one_path_takes_four_requests(world: World, tmp_path: Path) -> None:
    async with opened(world.core.server, tmp_path) as core:
        port = next(
            row
            for row in world.truth.rows("dcim.interface")
            if row["id"] in plugged(world.truth, "dcim.interface")
            and (world.truth.name("dcim.device", row["device"]) or "").endswith("brd01")
        )
        body = await core.ask("trace", start=f"interface id:{port['id']}")
        assert len(core.upstream) <= 2 + A_HOP * body["facts"]["cables"]


async def test_a_port_is_found_where_the_counts_of_its_device_are_wrong(tmp_path: Path) -> None:
    builder = Builder()
    near, far = (builder.port(builder.device(name), "Gi1") for name in ("sw1", "sw2"))
    builder.cable(("dcim.interface", near), ("dcim.interface", far))
    inventory = builder.inventory()
    inventory.database.execute("UPDATE dcim_device SET interface_count = 0")
    async with DemoServer(inventory) as server, opened(server, tmp_path) as core:
        body = await core.ask("trace", start="sw1 Gi1")
        assert body["summary"].startswith("sw1 Gi1 -> sw2 Gi1")


async def test_only_the_kinds_of_ports_that_a_device_has_are_read(tmp_path: Path) -> None:
    builder = Builder()
    builder.port(builder.device("sw1"), "Gi1")
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        await core.ask("trace", start="sw1 Gi1")
        assert not {"dcim/front-ports", "dcim/power-ports"} & set(core.paths())


async def test_the_description_is_short() -> None:
    assert count_tokens(Trace.description) <= 90
