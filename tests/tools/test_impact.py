"""`impact` against the inventory: what is lost is worked out by taking it away and looking at all that is left."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from orchestration.tokens import count_tokens
from sources.errors import Ambiguous, NotFound
from tests.core import opened, rows_of
from tests.inventories import Builder
from tests.questions.impacts import CABLE, CIRCUIT, DEVICE, called, outcome
from tests.questions.reading import plain
from tests.questions.truth import Node, Truth
from tests.tools.conftest import World
from tools import reach

pytestmark = pytest.mark.asyncio(loop_scope="module")
A_WAVE = 4
"""Requests that are made side by side, by REST alone."""
INTERFACE, INLET, OUTLET, FEED = "dcim.interface", "dcim.powerport", "dcim.poweroutlet", "dcim.powerfeed"


class Plant(Builder):
    """An inventory with cables."""

    def link(
        self,
        one: int,
        other: int,
        of_one: dict[str, Any] | None = None,
        of_other: dict[str, Any] | None = None,
    ) -> int:
        """A cable between two new interfaces."""
        ends = [
            (INTERFACE, self.port(device, f"to {far}", **(values or {})))
            for device, far, values in ((one, other, of_one), (other, one, of_other))
        ]
        return self.cable(ends[0], ends[1])

    def bond(self, host: int, *switches: int) -> None:
        """A host that is plugged into several switches by one LAG."""
        lag = self.port(host, "bond0", type="lag")
        for switch in switches:
            self.link(host, switch, {"lag": lag})


def lost(body: dict[str, Any]) -> dict[str, str]:
    """The lost devices, each with the reason."""
    if not any(each["title"] == "devices lost" for each in body.get("sections", ())):
        return {}
    return {str(plain(row["device"])): row["why"] for row in rows_of(body, "devices lost")}


def neighbours(body: dict[str, Any]) -> dict[str, Any]:
    """The neighbours, by name."""
    return {row["neighbour"]: row for row in rows_of(body, "neighbours")}


async def asked(builder: Builder, folder: Path, what: str) -> dict[str, Any]:
    """The answer over an inventory of its own."""
    async with DemoServer(builder.inventory()) as server, opened(server, folder) as core:
        return await core.ask("impact", object=what)


async def _holds(world: World, truth: Truth, node: Node, text: str) -> None:
    body = await world.core.ask("impact", object=text, max_tokens=20_000)
    told = outcome(truth, {node})
    wanted = Counter((str(called(truth, (DEVICE, id_))), why) for id_, why in told.why.items())
    rows = await world.core.whole("impact", "devices lost", object=text, max_tokens=20_000) if wanted else []
    assert Counter((str(plain(row["device"])), row["why"]) for row in rows) == wanted, text
    assert body["complete"] is True
    if told.neighbours:
        near = Counter((str(called(truth, each)), what) for each, what in told.neighbours.items())
        assert (
            Counter((str(plain(row["neighbour"])), row["outcome"]) for row in rows_of(body, "neighbours"))
            == near
        )


async def test_every_device_takes_along_what_trying_it_out_says(world: World) -> None:
    truth = Truth(world.core.server.inventory)
    devices = truth.rows(DEVICE)
    for row in devices[:: max(1, len(devices) // 30)]:
        await _holds(world, truth, (DEVICE, row["id"]), f"device id:{row['id']}")


async def test_every_circuit_and_cable_does_as_well(world: World) -> None:
    truth = Truth(world.core.server.inventory)
    for row in truth.rows(CIRCUIT)[:12]:
        await _holds(world, truth, (CIRCUIT, row["id"]), f"circuit id:{row['id']}")
    cables = truth.rows(CABLE)
    for row in cables[:: max(1, len(cables) // 25)]:
        await _holds(world, truth, (CABLE, row["id"]), f"cable id:{row['id']}")


async def test_next_hops_are_other_neighbours_that_are_left(world: World) -> None:
    truth = Truth(world.core.server.inventory)
    named = Counter(row["name"] for row in truth.rows(DEVICE))
    for name in [name for name, count in named.items() if name and count == 1 and "core" in name][:4]:
        body = await world.core.ask("impact", object=name, max_tokens=20_000)
        for row in rows_of(body, "neighbours"):
            hops = row["next_hops"] or []
            for hop in hops if isinstance(hops, list) else [hops]:
                assert hop != name
                near = await world.core.ask("topology", around=row["neighbour"], max_tokens=20_000)
                assert hop in {end for link in rows_of(near, "links") for end in (link["a"], link["b"])}


async def test_a_wave_takes_four_calls(world: World, tmp_path: Path) -> None:
    truth = Truth(world.core.server.inventory)
    core_switch = next(row["name"] for row in truth.rows(DEVICE) if row["name"] and "core" in row["name"])
    things = [core_switch, "site Akron", *(f"circuit {row['cid']}" for row in truth.rows(CIRCUIT)[:3])]
    things += [row["name"] for row in truth.rows("circuits.provider")]
    things += [
        f"{type_} id:{truth.rows(name)[0]['id']}"
        for type_, name in (("rack", "dcim.rack"), ("power feed", FEED))
    ]
    if not truth.rows("dcim.site", lambda row: row["name"] == "Akron"):
        things[1] = f"site {truth.rows('dcim.site')[0]['name']}"
    async with opened(world.core.server, tmp_path) as core:
        await core.ask("list_objects", type="device", limit=1)
        for thing in things:
            seen: list[int] = []

            async def progress(done: int, total: int, what: str, seen: list[int] = seen) -> None:
                seen.append(len(core.server.requests))

            await core.watched("impact", {"object": thing, "refresh": True}, progress)
            waves = [
                after - before
                for before, after in zip(seen, [*seen[1:], len(core.server.requests)], strict=True)
            ]
            assert max(waves) <= A_WAVE, (thing, waves, core.paths())


async def test_an_answer_keeps_its_budget(world: World) -> None:
    site = Truth(world.core.server.inventory).rows("dcim.site")[0]["name"]
    for budget in (600, 4_000):
        await world.core.ask("impact", object=f"site {site}", max_tokens=budget)
        assert count_tokens(world.core.text) <= budget


async def test_a_host_on_two_switches_is_no_way_between_them(tmp_path: Path) -> None:
    plant = Plant()
    spine, left, right, host, other = (
        plant.device(name) for name in ("spine", "left", "right", "host", "other")
    )
    uplink = plant.link(spine, left)
    plant.link(spine, right)
    plant.link(spine, other)
    plant.bond(host, left, right)
    body = await asked(plant, tmp_path, f"cable id:{uplink}")
    assert lost(body) == {"left": "cut off"}
    assert body["summary"].startswith(f"if cable #{uplink} fails: 1 device cut off from the rest (left)")


async def test_a_switch_with_two_ways_keeps_the_other(tmp_path: Path) -> None:
    plant = Plant()
    one, two, edge, leaf = (plant.device(name) for name in ("core1", "core2", "edge", "leaf"))
    plant.link(one, two)
    plant.link(one, edge)
    plant.link(two, edge)
    plant.link(edge, leaf)
    plant.link(two, plant.device("core3"))
    body = await asked(plant, tmp_path, "core1")
    assert lost(body) == {"core1": "fails itself"}
    assert neighbours(body)["edge"]["next_hops"] == "core2"
    assert neighbours(body)["edge"]["outcome"] == "stays connected"


async def test_management_is_told_apart_from_data(tmp_path: Path) -> None:
    plant = Plant()
    core, managed, console = (plant.device(name) for name in ("core", "sw1", "console"))
    manager = plant.device("oob")
    plant.link(core, managed)
    plant.link(core, manager)
    plant.link(managed, manager, {"mgmt_only": True})
    plant.link(console, manager, {"mgmt_only": True})
    body = await asked(plant, tmp_path, "oob")
    assert lost(body) == {"oob": "fails itself", "console": "cut off"}
    assert neighbours(body)["sw1"]["outcome"] == "loses management only"


async def test_the_members_of_a_lag_are_counted(tmp_path: Path) -> None:
    plant = Plant()
    one, two = plant.device("sw1"), plant.device("sw2")
    lags = [plant.port(device, "Po1", type="lag") for device in (one, two)]
    cables = [
        plant.link(
            one, two, {"lag": lags[0], "type": "10gbase-x-sfpp"}, {"lag": lags[1], "type": "10gbase-x-sfpp"}
        )
        for _ in range(3)
    ]
    async with DemoServer(plant.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("impact", object=f"cable id:{cables[0]}")
        assert lost(body) == {}
        assert {(row["members_left"], row["speed_left"]) for row in rows_of(body, "LAGs")} == {(2, "20G")}
        whole = await core.ask("impact", object="sw1 Po1")
        assert set(lost(whole)) == {"sw1", "sw2"}


async def test_the_members_of_a_stack_reach_each_other_without_cables(tmp_path: Path) -> None:
    plant = Plant()
    chassis = plant.add("dcim.virtualchassis", name="stack")
    members = [plant.device(f"m{at}", virtual_chassis=chassis, vc_position=at) for at in (1, 2)]
    core, leaf, other = (plant.device(name) for name in ("core", "leaf", "other"))
    uplink = plant.link(core, members[0])
    plant.link(core, members[1])
    plant.link(members[0], leaf)
    plant.link(core, other)
    async with DemoServer(plant.inventory()) as server, opened(server, tmp_path) as found:
        assert lost(await found.ask("impact", object=f"cable id:{uplink}")) == {}
        assert lost(await found.ask("impact", object="m1")) == {"m1": "fails itself", "leaf": "cut off"}


async def test_power_goes_down_level_by_level(tmp_path: Path) -> None:
    plant = Plant()
    panel = plant.add("dcim.powerpanel", name="P", site=plant.site)
    pdus, outlets = [], []
    for name in "AB":
        feed = plant.add(
            FEED,
            name=name,
            power_panel=panel,
            status="active",
            type="primary",
            supply="ac",
            phase="single-phase",
        )
        pdu = plant.device(f"pdu {name}")
        inlet = plant.add(INLET, device=pdu, name="in")
        plant.cable((FEED, feed), (INLET, inlet))
        outlets.append([plant.add(OUTLET, device=pdu, name=f"o{at}", power_port=inlet) for at in range(3)])
        pdus.append(pdu)
    both, single, half = (plant.device(name) for name in ("both", "single", "half"))
    for device, at, sides in ((both, 0, (0, 1)), (single, 1, (0,)), (half, 2, (0,))):
        for side in sides:
            plant.cable(
                (INLET, plant.add(INLET, device=device, name=f"psu{side}")), (OUTLET, outlets[side][at])
            )
    plant.add(INLET, device=half, name="psu1")
    async with DemoServer(plant.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("impact", object="P A")
        assert lost(body) == {"pdu A": "loses power", "single": "loses power", "half": "loses power"}
        rows = {row["device"]: row for row in rows_of(body, "power")}
        assert (rows["both"]["outcome"], rows["both"]["left_on"]) == ("keeps power", "pdu B")
        assert body["warnings"] == ["1 device without power have supplies that are not cabled here"]
        panel_body = await core.ask("impact", object="power panel P")
        assert set(lost(panel_body)) == {"pdu A", "pdu B", "both", "single", "half"}
        supply = await core.ask("impact", object="both psu0")
        assert lost(supply) == {}
        assert rows_of(supply, "power")[0]["left_on"] == "pdu B"


async def test_where_the_bound_ends_it_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "MOST_LOOKED_AT", 5)
    plant = Plant()
    hub = plant.device("hub")
    for at in range(12):
        plant.link(hub, plant.device(f"a{at}"))
    body = await asked(plant, tmp_path, "hub")
    assert body["complete"] is False
    assert "lead on beyond" in body["warnings"][0]
    assert "not known" in {row["outcome"] for row in rows_of(body, "neighbours")}


async def test_what_is_not_cabled_is_said_not_to_be_known(tmp_path: Path) -> None:
    plant = Plant()
    plant.device("lonely")
    provider = plant.add("circuits.provider", name="Carrier", slug="carrier")
    kind = plant.add("circuits.circuittype", name="Line", slug="line")
    circuit = plant.add("circuits.circuit", cid="L-1", provider=provider, type=kind, status="active")
    plant.add(
        "circuits.circuittermination",
        circuit=circuit,
        term_side="A",
        termination_type="dcim.site",
        termination_id=plant.site,
    )
    async with DemoServer(plant.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("impact", object="lonely")
        assert "what it carries is not known" in body["warnings"][0]
        line = await core.ask("impact", object="L-1")
        assert "not cabled (L-1)" in line["warnings"][0]
        assert rows_of(line, "circuits lost")[0]["between"] == "Akron"


async def test_without_permission_the_rest_is_told(world: World, tmp_path: Path) -> None:
    inventory = world.core.server.inventory
    hidden = {"ipam.fhrpgroupassignment", "tenancy.contactassignment", "virtualization.virtualmachine"}
    token = Token(DEMO_TOKEN, permissions={type_: {} for type_ in inventory.types if type_ not in hidden})
    name = next(row["name"] for row in world.truth.rows(DEVICE) if row["name"] and "core" in row["name"])
    whole = await world.core.ask("impact", object=name)
    async with DemoServer(inventory, [token]) as server, opened(server, tmp_path) as core:
        body = await core.ask("impact", object=name)
        assert not body["complete"]
        assert any("gateways" in warning for warning in body["warnings"])
        assert lost(body) == lost(whole)


async def test_what_is_missing_or_ambiguous_is_said(world: World) -> None:
    with pytest.raises(NotFound):
        await world.core.ask("impact", object="Atlantis")
    name = next(row["name"] for row in world.truth.rows(DEVICE) if row["name"] and "core" in row["name"])
    with pytest.raises(NotFound, match="no port"):
        await world.core.ask("impact", object=f"{name} Nowhere9/9/9")
    with pytest.raises(Ambiguous):
        await world.core.ask("impact", object="vlan 100")


async def test_a_cluster_of_hosts_that_are_left_keeps_its_machines(tmp_path: Path) -> None:
    plant = Plant()
    kind = plant.add("virtualization.clustertype", name="V", slug="v")
    cluster = plant.add("virtualization.cluster", name="c1", type=kind, status="active")
    hosts = [plant.device(f"h{at}", cluster=cluster) for at in (1, 2)]
    for at, host in enumerate((hosts[0], hosts[0], hosts[1], None)):
        plant.add(
            "virtualization.virtualmachine",
            name=f"vm{at}",
            cluster=cluster,
            device=host,
            status="active",
            site=plant.site,
        )
    async with DemoServer(plant.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("impact", object="h1")
        assert body["facts"]["vms_may_move"] == 3
        assert "vms_down" not in body["facts"]
        assert (await core.ask("impact", object="site Akron"))["facts"]["vms_down"] == 4
