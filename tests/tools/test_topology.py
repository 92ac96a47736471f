"""`topology` against the inventory: who is whose neighbour, as the cables themselves say it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from orchestration.request import Request
from orchestration.tokens import count_tokens
from orchestration.tool import Window
from sources.errors import NotFound
from tests.core import Core, opened, rows_of, section_of
from tests.inventories import Builder
from tests.tools.conftest import World
from tools.registry import TOOLS
from tools.topology import MOST_DRAWN, MOST_LISTED

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Cabling(Builder):
    """An inventory with cables."""

    def __init__(self) -> None:
        super().__init__()
        self._ports = 0

    def link(self, one: int, other: int, names: tuple[str, str] | None = None, **of_one: Any) -> None:
        """Connect two devices by new interfaces; `of_one` are values of the first."""
        cable = self.add("dcim.cable", status="connected", type="cat6", label="")
        self._ports += 2
        titles = names or (f"p{self._ports - 1}", f"p{self._ports}")
        for side, device, name, values in zip("AB", (one, other), titles, (of_one, {}), strict=True):
            port = self.port(device, name, cable=cable, cable_end=side, **values)
            ends = {"cable_end": side, "termination_type": "dcim.interface", "termination_id": port}
            self.add("dcim.cabletermination", cable=cable, **ends)


async def picture(core: Core, **arguments: Any) -> ElementTree.Element:
    """The picture, as XML."""
    tool = TOOLS["topology"]
    asked = tool.arguments.model_validate({**arguments, "format": "svg"})
    answer = await core.services.runner(None).part(Request(tool, asked, Window(rows=1)))
    return ElementTree.fromstring(answer.picture)


def far_names(body: dict[str, Any], name: str) -> Counter[str]:
    """What a node is linked to, with how many connections each."""
    found: Counter[str] = Counter()
    for row in rows_of(body, "links"):
        if name in (row["a"], row["b"]):
            found[row["b"] if row["a"] == name else row["a"]] += row["connections"]
    return found


def named_once(world: World) -> list[str]:
    names = Counter(row["name"] for row in world.truth.rows("dcim.device") if row["name"])
    return [name for name, count in names.items() if count == 1]


async def test_neighbours_are_mutual(world: World) -> None:
    names = named_once(world)
    for name in names[:: max(1, len(names) // 12)]:
        body = await world.core.ask("topology", around=name, max_tokens=20_000)
        for other, count in far_names(body, name).items():
            if other in names:
                back = await world.core.ask("topology", around=other, max_tokens=20_000)
                assert far_names(back, other)[name] == count


async def test_a_greater_depth_holds_what_a_smaller_one_does(world: World) -> None:
    start = next(name for name in named_once(world) if "core" in name)
    before: Counter[tuple[str, ...]] = Counter()
    for depth in range(1, 5):
        body = await world.core.ask("topology", around=start, depth=depth, max_tokens=20_000)
        links: Counter[tuple[str, ...]] = Counter()
        for row in rows_of(body, "links"):
            links[tuple(sorted((row["a"], row["b"])))] += row["connections"]
        assert all(links[pair] == number for pair, number in before.items())
        assert max(row["hops"] for row in rows_of(body, "nodes")) <= depth
        before = links


async def test_every_connected_port_of_a_site_is_in_a_link(world: World) -> None:
    truth = world.truth
    cabled = {(row["termination_type"], row["termination_id"]) for row in truth.rows("dcim.cabletermination")}
    for site in truth.rows("dcim.site")[:6]:
        body = await world.core.ask("topology", around=f"site {site['name']}", max_tokens=20_000)
        hops = {row["name"]: row["hops"] for row in rows_of(body, "nodes")}
        ends = sum(
            row["connections"] * sum(1 for name in (row["a"], row["b"]) if hops[name] == 0)
            for row in rows_of(body, "links")
        )
        devices = {row["id"] for row in truth.rows("dcim.device", site=site["id"])}
        ports = [
            row
            for row in truth.rows("dcim.interface")
            if row["device"] in devices and ("dcim.interface", row["id"]) in cabled
        ]
        assert ends == len(ports)


async def test_a_hop_takes_four_calls_and_a_site_eight(world: World, tmp_path: Path) -> None:
    start = next(name for name in named_once(world) if "core" in name)
    site = world.truth.rows("dcim.site")[0]["name"]
    async with opened(world.core.server, tmp_path) as core:
        await core.ask("list_objects", type="device", limit=1)
        for depth in (1, 2, 3):
            await core.ask("topology", around=start, depth=depth, refresh=True)
            assert len(core.upstream) <= 2 + 4 * depth, core.paths()
        await core.ask("topology", around=site, refresh=True)
        assert len(core.upstream) <= 8, core.paths()


async def test_a_site_of_500_devices_is_eight_calls_and_summed_up(tmp_path: Path) -> None:
    builder = Cabling()
    core_switch = builder.device("core")
    for number in range(499):
        builder.link(builder.device(f"sw{number}"), core_switch)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        await core.ask("list_objects", type="device", limit=1)
        body = await core.ask("topology", around="site Akron", refresh=True)
        assert len(core.upstream) <= 8, core.paths()
        assert count_tokens(core.text) <= 4_000
        assert rows_of(body, "nodes by role and site") == [{"role": "Switch", "site": "Akron", "nodes": 500}]
        assert rows_of(body, "links by role")[0]["links"] == 499
        assert section_of(body, "links")["total"] == 499
        assert "links" in body["next"]
        assert MOST_LISTED < 500
        small = await core.ask("topology", around="site Akron", format="svg")
        assert not small["complete"]
        assert "too many for a picture" in small["warnings"][0]
        assert small["facts"]["picture"].startswith("netbrief://picture/")
        svg = await picture(core, around="site Akron")
        assert len(svg.findall(".//{*}rect")) < MOST_DRAWN


async def test_lags_are_one_link_and_parallel_links_are_counted(tmp_path: Path) -> None:
    builder = Cabling()
    left, right, third = builder.device("sw1"), builder.device("sw2"), builder.device("sw3")
    bundle = builder.port(left, "Po1", type="lag")
    for number in (1, 2, 3):
        builder.link(left, right, (f"Gi{number}", f"Te{number}"), lag=bundle)
    builder.link(left, third)
    builder.link(left, third)
    builder.link(third, third)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("topology", around="sw1", depth=2)
        rows = {(row["a"], row["b"]): row for row in rows_of(body, "links")}
        folded = rows["sw1", "sw2"]
        assert (folded["links"], folded["connections"]) == (1, 3)
        assert (folded["a_port"], folded["b_port"]) == ("Po1 (3)", "Te1-3")
        parallel = [row for row in rows_of(body, "links") if (row["a"], row["b"]) == ("sw1", "sw3")]
        assert [(row["links"], row["connections"]) for row in parallel] == [(1, 1), (1, 1)]
        assert len({(row["a_port"], row["b_port"]) for row in parallel}) == 2
        assert rows["sw3", "sw3"]["connections"] == 1
        assert body["facts"] == {"devices": 3, "links": 4, "connections": 6, "loops": 1}


ODD = 'a"]; b<script>alert(1)</script>\n`&#35;{c}|(d)[e]'


async def test_odd_names_are_safe_in_mermaid_and_in_the_picture(tmp_path: Path) -> None:
    builder = Cabling()
    one, other = builder.device(ODD), builder.device(None)
    builder.link(one, other)
    builder.link(one, builder.device("1. end"))
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("topology", around=f"id:{one}", format="mermaid")
        for line in body["facts"]["mermaid"].splitlines():
            assert re.fullmatch(
                r'graph LR|end|(n\d+|subgraph s\d+)\[("[\w #;./:,+-]*")\]|n\d+ ---(\|"[\w #;./:,+-]*"\|)? n\d+',
                line,
            ), line
        assert '"1#46; end"' in body["facts"]["mermaid"]
        svg = await picture(core, around=f"id:{one}")
        assert not svg.findall(".//{*}script")
        assert any(ODD.partition("\n")[0] in str(title.text) for title in svg.findall(".//{*}title"))


async def test_devices_of_one_name_and_without_a_name_are_told_apart(tmp_path: Path) -> None:
    builder = Cabling()
    boston = builder.add("dcim.site", name="Boston", slug="bos", status="active")
    hub, bare = builder.device("hub"), builder.device(None)
    for device in (builder.device("sw1"), builder.device("sw1", site=boston), bare):
        builder.link(hub, device)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("topology", around="hub")
        names = {row["name"] for row in rows_of(body, "nodes")}
        assert names == {"hub", "sw1 (Akron)", "sw1 (Boston)", f"#{bare} (SW-48)"}


async def test_a_site_shows_its_picture_without_overlapping_boxes(world: World) -> None:
    site = world.truth.rows("dcim.site")[0]["name"]
    svg = await picture(world.core, around=f"site {site}", panels=True)
    boxes = [
        (float(rect.get("x", 0)), float(rect.get("y", 0)))
        for rect in svg.findall(".//{*}rect")
        if rect.get("width") == "136"
    ]
    assert boxes
    for number, (x, y) in enumerate(boxes):
        assert not [other for other in boxes[:number] if abs(other[0] - x) < 136 and abs(other[1] - y) < 40]


async def test_panels_and_circuits_stand_between_when_they_are_shown(world: World) -> None:
    site = world.truth.rows("dcim.site")[0]["name"]
    folded = await world.core.ask("topology", around=f"site {site}", max_tokens=20_000)
    shown = await world.core.ask("topology", around=f"site {site}", panels=True, max_tokens=20_000)
    circuits = {row["name"] for row in rows_of(shown, "nodes") if row["role"] == "circuit"}
    assert circuits
    said = " ".join(str(row["via"]) for row in rows_of(folded, "links"))
    assert all(f"circuit {name}" in said for name in circuits)
    assert not circuits & {row["name"] for row in rows_of(folded, "nodes")}


async def test_hidden_panels_leave_the_links_as_they_are(world: World, tmp_path: Path) -> None:
    inventory = world.core.server.inventory
    hidden = {"dcim.frontport", "dcim.rearport"}
    token = Token(DEMO_TOKEN, permissions={type_: {} for type_ in inventory.types if type_ not in hidden})
    site = world.truth.rows("dcim.site")[0]["name"]
    whole = await world.core.ask("topology", around=f"site {site}", max_tokens=20_000)
    async with DemoServer(inventory, [token]) as server, opened(server, tmp_path) as core:
        body = await core.ask("topology", around=f"site {site}", max_tokens=20_000)
        assert not body["complete"]
        assert body["facts"]["connections"] == whole["facts"]["connections"]


async def test_a_device_without_cables_is_alone(tmp_path: Path) -> None:
    builder = Cabling()
    builder.device("sw1")
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("topology", around="sw1", depth=4)
        assert body["summary"] == "device sw1: 0 devices within 4 hops; 0 network links of 0 connections"
        assert body["complete"]
        await picture(core, around="sw1")


async def test_what_is_not_there_is_said(world: World) -> None:
    with pytest.raises(NotFound):
        await world.core.ask("topology", around="Atlantis")
