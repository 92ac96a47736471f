"""`compare` against the inventory: what differs by the objects themselves, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from demo.inventory import Inventory
from demo.model import Row
from demo.models import MODELS
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from orchestration.request import Request
from orchestration.whole import parts
from sources.errors import BadArguments, NotConfigured, NotFound, SourceUnreachable
from sources.types import CATALOG
from tests.core import Body, Core, demo_source, opened, rows_of
from tests.inventories import Builder
from tests.server.processes import free_port
from tests.tools.conftest import World
from tests.truth import Truth
from tools.comparable import record

pytestmark = pytest.mark.asyncio(loop_scope="module")
PORTS = 48
LIMITED = "limited-0123456789abcdef"
SEEN: dict[str, dict[str, str]] = {name: {} for name in MODELS if name != "dcim.interface"}


def differing(body: Body, part: str) -> dict[str, list[tuple[Any, Any, int, Any]]]:
    """The differences of one part: field -> (left, right, count, which)."""
    found: dict[str, list[tuple[Any, Any, int, Any]]] = {}
    for row in rows_of(body, "differences"):
        if row["part"] == part:
            found.setdefault(row["field"], []).append((row["left"], row["right"], row["count"], row["which"]))
    return found


def only(body: Body) -> list[tuple[Any, ...]]:
    if not any(section["title"] == "only on one side" for section in body["sections"]):
        return []
    return [
        tuple(row[name] for name in ("part", "side", "count", "which"))
        for row in rows_of(body, "only on one side")
    ]


def two_switches() -> Inventory:
    """Two switches of 48 ports: forty of the second differ in the same way, and it has two more."""
    builder = Builder()
    users, voice = builder.vlans([100, 200])
    spare = builder.add("dcim.devicerole", name="Spare", slug="spare", color="000000")
    for name, untagged, role in (("sw1", users, builder.role), ("sw2", voice, spare)):
        switch = builder.device(name, serial=f"serial of {name}", role=role)
        for at in range(1, PORTS + 1):
            vlan = untagged if at <= 40 else users
            builder.port(switch, f"Gi1/0/{at}", mode="access", untagged_vlan=vlan, mtu=1500)
        if name == "sw2":
            builder.port(switch, "Gi1/1/1")
            builder.port(switch, "Gi1/1/2")
    builder.device(None)
    return builder.inventory()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def switches(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Core]:
    async with (
        DemoServer(two_switches()) as server,
        opened(server, tmp_path_factory.mktemp("kept")) as core,
    ):
        yield core


async def test_forty_ports_that_differ_alike_are_one_row(switches: Core) -> None:
    body = await switches.ask("compare", left="sw1", right="sw2")
    assert differing(body, "interfaces") == {"untagged_vlan": [("100", "200", 40, "Gi1/0/1-40")]}
    assert differing(body, "fields") == {"role": [("Switch", "Spare", 1, None)]}
    assert only(body) == [("interfaces", "right", 2, "Gi1/1/1-2")]
    assert body["facts"]["compared"] == {"interfaces": {"left": 48, "right": 50, "alike": 8}}
    assert body["summary"] == (
        "device sw1 and device sw2 differ in fields: 1 (role); "
        "interfaces: 40 differ (untagged_vlan), 2 only right"
    )


async def test_it_is_the_same_the_other_way_round(switches: Core) -> None:
    body = await switches.ask("compare", left="sw2", right="sw1")
    assert differing(body, "interfaces") == {"untagged_vlan": [("200", "100", 40, "Gi1/0/1-40")]}
    assert only(body) == [("interfaces", "left", 2, "Gi1/1/1-2")]


async def test_it_takes_few_calls_however_many_ports_there_are(switches: Core) -> None:
    body = await switches.ask("compare", left="sw1", right="sw2", refresh=True)
    assert body["cost"]["calls"] <= 6


def two_pdus() -> Inventory:
    """Two PDUs of 24 outlets, with another plug type on half of the second's; and two patch panels, patched apart."""
    builder = Builder()
    for name, plug in (("pdu1", "iec-60320-c13"), ("pdu2", "iec-60320-c19")):
        pdu = builder.device(name)
        inlet = builder.add("dcim.powerport", device=pdu, name="Input", type="iec-60309-p-n-e-6h")
        for at in range(1, 25):
            kind = plug if at <= 12 else "iec-60320-c13"
            builder.add("dcim.poweroutlet", device=pdu, name=f"Outlet{at}", type=kind, power_port=inlet)
        if name == "pdu2":
            builder.add("dcim.consoleport", device=pdu, name="Serial", type="rj-45")
    for name, turned in (("pp1", 0), ("pp2", 1)):
        panel = builder.device(name)
        rear = builder.add("dcim.rearport", device=panel, name="Trunk", type="mpo", positions=4)
        for at in range(4):
            builder.add(
                "dcim.frontport",
                device=panel,
                name=f"F{at}",
                type="lc",
                positions=1,
                rear_port=rear,
                rear_port_position=(at ^ turned) + 1,
            )
    builder.port(builder.device("sw1"), "Gi1")
    return builder.inventory()


async def test_all_kinds_of_ports_are_compared(tmp_path: Path) -> None:
    async with DemoServer(two_pdus()) as server, opened(server, tmp_path) as core:
        body = await core.ask("compare", left="pdu1", right="pdu2")
        outlets = [("iec-60320-c13", "iec-60320-c19", 12, "Outlet1-12")]
        assert differing(body, "power outlets") == {"type": outlets}
        assert only(body) == [("console ports", "right", 1, "Serial")]
        assert body["facts"]["compared"] == {
            "power ports": {"left": 1, "right": 1, "alike": 1},
            "power outlets": {"left": 24, "right": 24, "alike": 12},
            "console ports": {"left": 0, "right": 1, "alike": 0},
        }
        assert len(core.upstream) <= 8
        body = await core.ask("compare", left="pp1", right="pp2")
        assert [row["count"] for row in rows_of(body, "differences")] == [1, 1, 1, 1]
        assert differing(body, "front ports")["rear_ports"][0] == (
            "Trunk position 1",
            "Trunk position 2",
            1,
            "F0",
        )


async def test_of_module_bays_the_number_is_compared_and_of_ports_the_ports() -> None:
    row = {"id": "1", "name": "sw1", "module_bay_count": 4, "power_port_count": 2}
    assert record(CATALOG["dcim.device"], row, (), twins=False) == {"module_bay_count": 4}


async def test_only_the_kinds_of_ports_that_either_device_has_are_read(tmp_path: Path) -> None:
    async with DemoServer(two_pdus()) as server, opened(server, tmp_path) as core:
        await core.ask("compare", left="sw1", right="pp1")
        asked = set(core.paths())
        assert {"dcim/front-ports", "dcim/rear-ports"} <= asked
        assert not {"dcim/power-outlets", "dcim/power-ports", "dcim/console-ports"} & asked


async def test_ports_that_only_one_of_two_sources_has_are_told(tmp_path: Path) -> None:
    bare, ported = Builder(), Builder()
    for builder in (bare, ported):
        device = builder.device("pdu1")
    ported.add("dcim.poweroutlet", device=device, name="Outlet1", type="iec-60320-c13")
    async with DemoServer(bare.inventory()) as here, DemoServer(ported.inventory()) as there:
        sources = [demo_source(here, name="here"), demo_source(there, name="there")]
        async with opened(here, tmp_path, sources) as core:
            body = await core.ask("compare", left="pdu1", other_source="there", source="here")
            assert only(body) == [("power outlets", "right", 1, "Outlet1")]


def port_fields(truth: Truth, port: Row) -> dict[str, Any]:
    """What of a port is compared, by the inventory."""
    numbers = truth.by_id("ipam.vlan")
    fields = {
        name: port[name] or (None if not isinstance(port[name], bool) else port[name])
        for name in ("type", "enabled", "mgmt_only", "mode", "mtu", "speed", "duplex", "description", "label")
    }
    fields["untagged_vlan"] = port["untagged_vlan"] and numbers[port["untagged_vlan"]]["vid"]
    fields["tagged_vlans"] = tuple(sorted(numbers[each]["vid"] for each in port["tagged_vlans"]))
    fields["lag"] = truth.name("dcim.interface", port["lag"])
    return fields


async def test_any_two_devices_differ_in_what_their_ports_differ_in(world: World) -> None:
    truth = world.truth
    names = Counter(row["name"] for row in truth.rows("dcim.device"))
    switches = [
        row for row in truth.rows("dcim.device") if "sw" in str(row["name"]) and names[row["name"]] == 1
    ]
    for left, right in pairwise(switches[:7]):
        body = await world.core.ask("compare", left=left["name"], right=right["name"], max_tokens=20_000)
        assert "next" not in body
        ports = [
            {row["name"]: port_fields(truth, row) for row in truth.rows("dcim.interface", device=each["id"])}
            for each in (left, right)
        ]
        wanted = Counter(
            field
            for name in ports[0].keys() & ports[1].keys()
            for field in ports[0][name]
            if ports[0][name][field] != ports[1][name][field]
        )
        found = {
            field: sum(count for _, _, count, _ in rows)
            for field, rows in differing(body, "interfaces").items()
            if field not in ("connected", "parent", "tags")
        }
        assert found == dict(wanted)
        counts = {(part, side): count for part, side, count, _ in only(body)}
        assert counts.get(("interfaces", "left"), 0) == len(ports[0].keys() - ports[1].keys())
        assert counts.get(("interfaces", "right"), 0) == len(ports[1].keys() - ports[0].keys())


async def test_two_sites_by_vlans_and_by_how_many_devices_of_each_kind(world: World) -> None:
    truth = world.truth
    left, right = truth.rows("dcim.site")[:2]
    body = await world.core.ask(
        "compare", left=left["name"], right=right["name"], type="site", max_tokens=20_000
    )
    kinds = [
        Counter(
            f"{truth.name('dcim.devicerole', row['role'])} "
            f"{truth.by_id('dcim.devicetype')[row['device_type']]['model']}"
            for row in truth.rows("dcim.device", site=site["id"])
        )
        for site in (left, right)
    ]
    wanted = {
        kind: (kinds[0][kind], kinds[1][kind])
        for kind in kinds[0] | kinds[1]
        if kinds[0][kind] != kinds[1][kind]
    }
    told = differing(body, "devices").get("count", [])
    assert sum(count for *_, count, _ in told) == len(wanted)
    assert Counter((one, other) for one, other, count, _ in told for _ in range(count)) == Counter(
        wanted.values()
    )
    vids = [{row["vid"] for row in truth.rows("ipam.vlan", site=site["id"])} for site in (left, right)]
    counts = {(part, side): count for part, side, count, _ in only(body)}
    assert counts.get(("VLANs", "left"), 0) == len(vids[0] - vids[1])
    assert counts.get(("VLANs", "right"), 0) == len(vids[1] - vids[0])


async def test_racks_are_compared_by_what_stands_where(tmp_path: Path) -> None:
    builder = Builder()
    deep = builder.add("dcim.devicetype", model="SRV", slug="srv", manufacturer=builder.maker, u_height=2)
    for name, model in (("R1", builder.model), ("R2", deep)):
        rack = builder.add("dcim.rack", name=name, site=builder.site, status="active", u_height=42)
        builder.device(f"{name}-a", rack=rack, position=10, face="front", device_type=model)
        builder.device(f"{name}-b", rack=rack, position=20, face="front")
        builder.device(None, rack=rack)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("compare", left="rack R1", right="R2")
    assert differing(body, "devices") == {"device_type": [("SW-48", "SRV", 1, "U10 front")]}
    assert body["warnings"] == ["devices: 2 have no name or place to be matched by"]


async def test_long_lists_that_differ_only_at_their_end_do_differ(tmp_path: Path) -> None:
    builder = Builder()
    tags = [builder.add("extras.tag", name=f"t{at:02}", slug=f"t{at:02}", color="000000") for at in range(20)]
    builder.device("one", tags=tags[:19])
    builder.device("two", tags=[*tags[:18], tags[19]])
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("compare", left="one", right="two")
    assert list(differing(body, "fields")) == ["tags"]


@pytest.mark.parametrize("devices", [20, 500])
async def test_sites_take_as_many_calls_for_few_devices_as_for_many(tmp_path: Path, devices: int) -> None:
    builder = Builder()
    other = builder.add("dcim.site", name="Albany", slug="albany", status="active")
    for at in range(devices):
        builder.device(f"a{at}")
        builder.device(f"b{at}", site=other, status="planned" if at % 2 else "active")
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("compare", left="Akron", right="Albany")
        assert body["cost"]["calls"] <= 8
        assert body["facts"]["compared"]["devices"] == {"left": 1, "right": 1, "alike": 1}


async def test_what_does_not_differ_is_said(tmp_path: Path) -> None:
    builder = Builder()
    for name in ("one", "two"):
        builder.port(builder.device(name), "eth0")
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("compare", left="one", right="two")
    assert body["summary"] == "device one and device two do not differ in anything compared"
    assert body["sections"] == [{"title": "differences", "total": 0}]


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"left": "sw1"}, BadArguments, "right is needed"),
        ({"left": "sw1", "right": "sw1"}, BadArguments, "the same object"),
        ({"left": "sw1", "right": "Akron"}, BadArguments, "sw1 is a device, Akron is a site"),
        ({"left": "sw1", "right": "sw9"}, NotFound, "sw9"),
        ({"left": "sw1", "other_source": "moon"}, NotConfigured, 'no source is called "moon"'),
    ],
)
async def test_what_cannot_be_compared_is_said(
    switches: Core, arguments: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        await switches.ask("compare", **arguments)


async def test_parts_that_a_token_may_not_read_are_not_called_alike(tmp_path: Path) -> None:
    tokens = [Token(DEMO_TOKEN), Token(LIMITED, permissions=SEEN)]
    async with (
        DemoServer(two_switches(), tokens) as server,
        opened(server, tmp_path, [demo_source(server, token=LIMITED)]) as core,
    ):
        body = await core.ask("compare", left="sw1", right="sw2")
    assert body["complete"] is False
    assert "interfaces" not in body["facts"]["compared"]
    assert any("interfaces" in warning for warning in body["warnings"])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def twins(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Core]:
    """Two sources: in the second, ids are others, a port has another mode, a VLAN and a device are missing."""

    def built(*, second: bool) -> Inventory:
        builder = Builder()
        if second:
            builder.device("filler")
            builder.vlans([999])
        vlans = builder.vlans([10, 20] if second else [10, 20, 30])
        for name in ("sw1", "sw2") if second else ("sw1", "sw2", "sw3"):
            switch = builder.device(name, serial=name)
            builder.port(switch, "Gi1", mode="access", untagged_vlan=vlans[0])
            builder.port(switch, "Gi2", mode="tagged" if second and name == "sw1" else "access")
        return builder.inventory()

    folder = tmp_path_factory.mktemp("twins")
    async with DemoServer(built(second=False)) as one, DemoServer(built(second=True)) as two:
        sources = [demo_source(one, name="old"), demo_source(two, name="new")]
        async with opened(one, folder, sources) as core:
            yield core


async def test_one_device_in_two_sources(twins: Core) -> None:
    body = await twins.ask("compare", left="sw1", other_source="new")
    assert differing(body, "interfaces") == {"mode": [("access", "tagged", 1, "Gi2")]}
    assert differing(body, "fields") == {}
    assert body["facts"]["left"] == "device sw1 in old"
    assert body["facts"]["right"] == "device sw1 in new"
    body = await twins.ask("compare", left="sw2", other_source="new")
    assert body["summary"].endswith("do not differ in anything compared")


async def test_one_site_in_two_sources_by_names(twins: Core) -> None:
    body = await twins.ask("compare", left="Akron", other_source="new", source="old")
    assert only(body) == [
        ("devices", "left", 1, "sw3"),
        ("devices", "right", 1, "filler"),
        ("VLANs", "left", 1, "30"),
        ("VLANs", "right", 1, "999"),
    ]
    assert body["facts"]["compared"]["devices"] == {"left": 3, "right": 3, "alike": 2}
    mirrored = await twins.ask("compare", left="Akron", other_source="old", source="new")
    assert only(mirrored)[0] == ("devices", "left", 1, "filler")


async def test_two_names_in_two_sources(twins: Core) -> None:
    body = await twins.ask("compare", left="sw3", right="sw2", other_source="new")
    assert differing(body, "fields")["name"] == [("sw3", "sw2", 1, None)]


async def test_disks_in_one_unit_are_compared(tmp_path: Path) -> None:
    """Both are NetBoxes."""

    def built(disk: int) -> Inventory:
        builder = Builder()
        kind = builder.add("virtualization.clustertype", name="kvm", slug="kvm")
        cluster = builder.add("virtualization.cluster", name="c1", type=kind, status="active")
        builder.add(
            "virtualization.virtualmachine", name="vm1", status="active", cluster=cluster, memory=4, disk=disk
        )
        builder.add("virtualization.virtualmachine", name="vm2", status="active", memory=disk)
        return builder.inventory()

    async with DemoServer(built(100_000)) as one, DemoServer(built(100)) as two:
        sources = [demo_source(one, name="old"), demo_source(two, name="new")]
        async with opened(one, tmp_path, sources) as core:
            for name, part in (("vm1", "fields"), ("c1", "virtual machines")):
                body = await core.ask("compare", left=name, other_source="new")
                assert [each[:2] for each in differing(body, part)["disk"]] == [(100_000, 100)]
                assert "warnings" not in body
            body = await core.ask("describe", object="vm1", type="virtual machine", source="old")
            assert body["facts"]["units"] == {"memory": "MB", "disk": "MB"}
            body = await core.ask("compare", left="vm2", other_source="new")
            assert differing(body, "fields") == {"memory": [(100_000, 100, 1, None)]}
            assert "warnings" not in body
            body = await core.ask("compare", left="vm1", right="vm2")
            assert differing(body, "fields")["disk"] == [(100_000, None, 1, None)]


async def test_a_source_that_is_down_is_an_error_and_no_difference(twins: Core, tmp_path: Path) -> None:
    here = demo_source(twins.server, name="old")
    down = here.model_copy(update={"name": "down", "url": f"http://127.0.0.1:{free_port()}"})
    async with opened(twins.server, tmp_path, [here, down]) as core:
        with pytest.raises(SourceUnreachable):
            await core.ask("compare", left="sw1", other_source="down")


async def test_answers_from_two_sources_are_kept_apart_by_both_tokens(tmp_path: Path) -> None:
    """With one cache, who may read less of the other source must not get what was read for who may read more."""
    tokens = [Token(DEMO_TOKEN), Token(LIMITED, permissions=SEEN)]
    async with DemoServer(two_switches(), tokens) as server:
        keys = []
        for token in (DEMO_TOKEN, LIMITED):
            sources = [demo_source(server, name="a"), demo_source(server, name="b", token=token)]
            async with opened(server, tmp_path / token, sources) as core:
                await core.ask("compare", left="sw1", other_source="b")
                runner = core.services.runner("a")
                tool = core.services.tools["compare"]
                args = tool.arguments(left="sw1", other_source="b")
                keys.append(runner._scope(Request(tool, args)))
    assert len(set(keys)) == 2


async def test_a_cut_comparison_goes_on_and_can_be_exported(tmp_path: Path) -> None:
    builder = Builder()
    for name, suffix in (("left1", "a"), ("right1", "b")):
        switch = builder.device(name)
        for at in range(120):
            builder.port(switch, f"Gi1/0/{at}", description=f"to {suffix} {at}")
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        asked = {"left": "left1", "right": "right1", "max_tokens": 500}
        rows = await core.whole("compare", "differences", **asked)
        body = await core.ask("compare", **asked)
        whole = [each async for each in parts(*core.services.exported(body["next"]["differences"]))]
    assert [len(each.rows) for each in whole] == [120]
    assert len(rows) == 120
    assert len({row["which"] for row in rows}) == 120
