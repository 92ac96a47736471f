"""`describe` against the inventory: ports, addresses, members, contents, counts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from demo.model import Row
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from sources.types import CATALOG
from tests.core import Body, opened, rows_of, section_of
from tests.inventories import Builder
from tests.tools.conftest import World
from tests.truth import Truth

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def dossier(world: World, type_: str, id_: int, section: str) -> tuple[Body, list[dict[str, Any]]]:
    """The first part of a dossier, and one section of it as a whole."""
    asked: dict[str, Any] = {"object": f"id:{id_}", "type": type_}
    body = await world.core.ask("describe", **asked)
    if section not in [each["title"] for each in body["sections"]]:
        return body, []
    return body, await world.core.whole("describe", section, **asked)


def some(rows: list[Row], most: int = 12) -> list[Row]:
    """Rows from the whole of a list."""
    return rows[:: max(1, len(rows) // most)]


async def test_a_device_s_ports_with_their_vlans_and_addresses(world: World) -> None:
    truth = world.truth
    with_ports = {port["device"] for port in truth.rows("dcim.interface")}
    for device in some([row for row in truth.rows("dcim.device") if row["id"] in with_ports]):
        ports = truth.rows("dcim.interface", device=device["id"])
        body, rows = await dossier(world, "dcim.device", device["id"], "interfaces")
        assert section_of(body, "interfaces")["total"] == len(ports)
        assert sorted(row["name"] for row in rows) == sorted(port["name"] for port in ports)
        by_name = {row["name"]: row for row in rows}
        for port in ports:
            row = by_name[port["name"]]
            vids = [truth.by_id("ipam.vlan")[vlan]["vid"] for vlan in port["tagged_vlans"]]
            assert numbers(row["tagged"]) == sorted(set(vids))
            untagged = port["untagged_vlan"] and truth.by_id("ipam.vlan")[port["untagged_vlan"]]["vid"]
            assert numbers(row["untagged"]) == ([untagged] if untagged else [])
            assert (row["mode"], row["enabled"]) == (port["mode"], port["enabled"])
            addresses = [each["address"] for each in truth.addresses_on("dcim.interface", [port])]
            shown = row.get("addresses") or []
            assert sorted(shown if isinstance(shown, list) else [shown]) == sorted(addresses)


@pytest.mark.parametrize("kind", ["dcim.frontport", "dcim.rearport"])
async def test_what_has_no_interfaces_shows_its_other_ports(world: World, kind: str) -> None:
    truth = world.truth
    with_interfaces = {port["device"] for port in truth.rows("dcim.interface")}
    bare = [
        row
        for row in truth.rows("dcim.device")
        if row["id"] not in with_interfaces and truth.rows(kind, device=row["id"])
    ]
    assert bare
    section = CATALOG[kind].plural
    for device in some(bare, 4):
        body, rows = await dossier(world, "dcim.device", device["id"], section)
        ports = truth.rows(kind, device=device["id"])
        assert "0 interfaces" not in body["summary"]
        assert f"{len(ports)} {section}" in body["summary"]
        assert sorted(row["name"] for row in rows) == sorted(port["name"] for port in ports)
        cabled = {end["termination_id"] for end in truth.rows("dcim.cabletermination", termination_type=kind)}
        assert {row["name"] for row in rows if row.get("cabled_to")} == {
            port["name"] for port in ports if port["id"] in cabled
        }


def numbers(folded: str | None) -> list[int]:
    """The numbers of a folded list: `10, 20-23`."""
    found: list[int] = []
    for part in folded.split(",") if folded else ():
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


async def test_a_device_s_neighbours_are_counted_once(tmp_path: Path) -> None:
    builder = Builder()
    hub, left, right = (builder.device(name) for name in ("hub", "left", "right"))
    for at, other in enumerate((left, left, right)):
        cable = builder.add("dcim.cable", status="connected")
        for end, device in (("A", hub), ("B", other)):
            port = builder.port(device, f"Gi{at}", cable=cable)
            builder.add(
                "dcim.cabletermination",
                cable=cable,
                cable_end=end,
                termination_type="dcim.interface",
                termination_id=port,
            )
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("describe", object="hub")
        assert "2 neighbours" in body["summary"]
        far = [row["connected_to"] for row in rows_of(body, "interfaces")]
        assert far == ["left Gi0", "left Gi1", "right Gi2"]


async def test_facts_are_the_object_s_own_fields(world: World) -> None:
    truth = world.truth
    for device in some(truth.rows("dcim.device"), 6):
        facts = (await world.core.ask("describe", object=f"id:{device['id']}", type="device"))["facts"]
        assert facts["id"] == str(device["id"])
        for name in ("name", "status", "position", "face", "serial", "asset_tag", "description"):
            assert facts.get(name) == (device[name] or None)
        assert facts["site"] == truth.name("dcim.site", device["site"])
        assert facts.get("rack") == truth.name("dcim.rack", device["rack"])
        assert facts.get("custom_fields") == (
            {k: v for k, v in device["custom_fields"].items() if v is not None} or None
        )
        tags = facts.get("tags") or []
        assert sorted(tags if isinstance(tags, list) else [tags]) == sorted(
            str(truth.name("extras.tag", tag)) for tag in device["tags"]
        )


async def test_a_machine_s_ports(world: World) -> None:
    truth = world.truth
    for machine in some(truth.rows("virtualization.virtualmachine"), 6):
        _, rows = await dossier(world, "virtualization.virtualmachine", machine["id"], "interfaces")
        own = truth.rows("virtualization.vminterface", virtual_machine=machine["id"])
        assert sorted(row["name"] for row in rows) == sorted(port["name"] for port in own)
        addresses = [each["address"] for each in truth.addresses_on("virtualization.vminterface", own)]
        shown = [row["addresses"] for row in rows if row.get("addresses")]
        assert sorted(a for each in shown for a in (each if isinstance(each, list) else [each])) == sorted(
            addresses
        )


async def test_a_vlan_s_members_and_prefixes(world: World) -> None:
    truth = world.truth
    for vlan in some(truth.rows("ipam.vlan")):
        body, ports = await dossier(world, "ipam.vlan", vlan["id"], "interfaces")
        carriers = truth.carriers("dcim.interface", vlan["id"])
        assert sorted((row["device"] or "", row["name"]) for row in ports) == sorted(
            (device_name(truth, port["device"]), port["name"]) for port in carriers
        )
        machines = truth.carriers("virtualization.vminterface", vlan["id"])
        assert section_of(body, "vm interfaces")["total"] == len(machines)
        prefixes = truth.rows("ipam.prefix", vlan=vlan["id"])
        assert {row["prefix"] for row in rows_of(body, "prefixes")} == {row["prefix"] for row in prefixes}


def device_name(truth: Truth, device: int) -> str:
    return truth.name("dcim.device", device) or f"#{device}"


async def test_a_rack_holds_its_devices_from_the_top(world: World) -> None:
    truth = world.truth
    for rack in some(truth.rows("dcim.rack"), 5):
        _, rows = await dossier(world, "dcim.rack", rack["id"], "devices")
        devices = truth.rows("dcim.device", rack=rack["id"])
        assert sorted(row["name"] for row in rows) == sorted(
            device_name(truth, device["id"]) for device in devices
        )
        heights = [row["position"] or 0 for row in rows]
        assert heights == sorted(heights, reverse=True)


async def test_a_prefix_s_children_addresses_and_parents_are_those_of_its_vrf(world: World) -> None:
    truth = world.truth
    for prefix in some(truth.rows("ipam.prefix"), 16):
        body, children = await dossier(world, "ipam.prefix", prefix["id"], "child prefixes")
        assert sorted(row["prefix"] for row in children) == sorted(
            row["prefix"] for row in truth.within(prefix)
        )
        _, addresses = await dossier(world, "ipam.prefix", prefix["id"], "IP addresses")
        assert sorted(row["address"] for row in addresses) == sorted(
            row["address"] for row in truth.addresses_in(prefix)
        )
        outer = truth.within(prefix, whole=True)
        assert sorted(row["prefix"] for row in rows_of(body, "containing prefixes")) == sorted(
            row["prefix"] for row in outer
        )


async def test_an_address_is_inside_the_prefixes_of_its_vrf(world: World) -> None:
    truth = world.truth
    for address in some(truth.rows("ipam.ipaddress"), 16):
        body = await world.core.ask("describe", object=f"id:{address['id']}", type="ip address")
        host = {"id": 0, "prefix": f"{address['address'].partition('/')[0]}", "vrf": address["vrf"]}
        assert sorted(row["prefix"] for row in rows_of(body, "containing prefixes")) == sorted(
            row["prefix"] for row in truth.within(host, whole=True)
        )


async def test_a_site_is_counted(world: World) -> None:
    truth = world.truth
    for site in truth.rows("dcim.site")[:6]:
        body = await world.core.ask("describe", object=site["name"], type="site", max_tokens=8_000)
        counts = body["facts"]["counts"]
        for title, type_ in (
            ("devices", "dcim.device"),
            ("racks", "dcim.rack"),
            ("locations", "dcim.location"),
            ("vlans", "ipam.vlan"),
            ("virtual_machines", "virtualization.virtualmachine"),
        ):
            assert counts[title] == len(truth.rows(type_, site=site["id"])), title
        scoped = truth.rows("ipam.prefix", scope_type="dcim.site", scope_id=site["id"])
        assert counts["prefixes"] == len(scoped)
        roles = rows_of(body, "devices by role")
        devices = truth.rows("dcim.device", site=site["id"])
        assert {row["role"]: row["count"] for row in roles} == truth.grouped(
            devices, lambda row: truth.name("dcim.devicerole", row["role"])
        )


async def test_a_tenant_is_counted(world: World) -> None:
    truth = world.truth
    for tenant in truth.rows("tenancy.tenant"):
        counts = (await world.core.ask("describe", object=tenant["name"], type="tenant"))["facts"]["counts"]
        for title, type_ in (
            ("sites", "dcim.site"),
            ("devices", "dcim.device"),
            ("prefixes", "ipam.prefix"),
            ("ip_addresses", "ipam.ipaddress"),
            ("vrfs", "ipam.vrf"),
            ("circuits", "circuits.circuit"),
            ("virtual_machines", "virtualization.virtualmachine"),
        ):
            assert counts[title] == len(truth.rows(type_, tenant=tenant["id"])), title


async def test_a_circuit_has_its_ends(world: World) -> None:
    truth = world.truth
    for circuit in truth.rows("circuits.circuit")[:5]:
        body = await world.core.ask("describe", object=circuit["cid"])
        ends = truth.rows("circuits.circuittermination", circuit=circuit["id"])
        assert sorted(row["term_side"].upper() for row in rows_of(body, "terminations")) == sorted(
            end["term_side"] for end in ends
        )


async def test_a_cluster_holds_its_machines(world: World) -> None:
    truth = world.truth
    for cluster in truth.rows("virtualization.cluster"):
        _, rows = await dossier(world, "virtualization.cluster", cluster["id"], "virtual machines")
        machines = truth.rows("virtualization.virtualmachine", cluster=cluster["id"])
        assert sorted(row["name"] for row in rows) == sorted(machine["name"] for machine in machines)


async def test_every_type_of_the_catalog_can_be_described(world: World) -> None:
    described = 0
    for type_ in CATALOG.types.values():
        if type_.name not in world.core.server.inventory.types or not world.truth.rows(type_.name):
            continue
        first = world.truth.rows(type_.name)[0]["id"]
        body = await world.core.ask("describe", object=f"id:{first}", type=type_.name)
        assert (body["facts"]["type"], body["facts"]["id"]) == (type_.name, str(first))
        assert body["complete"], type_.name
        described += 1
    assert described > 20


async def test_an_object_of_a_type_outside_the_catalog_is_described_by_its_own_fields(world: World) -> None:
    target = world.truth.rows("ipam.routetarget")[0]
    facts = (await world.core.ask("describe", object=f"id:{target['id']}", type="route target"))["facts"]
    assert (facts["id"], facts["name"]) == (str(target["id"]), target["name"])
    assert facts["created"]


async def test_ids_of_several_types_are_not_mixed_up(tmp_path: Path) -> None:
    """Address 1 lies in prefix 1: neither is left out for being called alike."""
    builder = Builder()
    builder.add("ipam.prefix", prefix="10.0.0.0/8", status="container")
    builder.add("ipam.aggregate", prefix="10.0.0.0/8", rir=builder.add("ipam.rir", name="R", slug="r"))
    builder.add("ipam.ipaddress", address="10.0.0.1/24", status="active")
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        for type_ in ("ip address", "aggregate"):
            body = await core.ask("describe", object="id:1", type=type_)
            assert section_of(body, "containing prefixes")["total"] == 1


async def test_a_prefix_in_many_others_is_gone_through_to_the_end(tmp_path: Path) -> None:
    builder = Builder()
    wanted = list(range(7, 32))
    for mask in (*wanted, 32):
        builder.add("ipam.prefix", prefix=f"10.0.0.0/{mask}", status="container")
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        rows = await core.whole(
            "describe", "containing prefixes", object="10.0.0.0/32", type="prefix", max_tokens=350
        )
        masks = [int(row["prefix"].partition("/")[2]) for row in rows]
        assert sorted(masks) == wanted


async def test_ports_are_in_the_order_of_the_front_of_the_device(tmp_path: Path) -> None:
    builder = Builder()
    switch = builder.device("sw1")
    names = [f"Gi1/0/{n}" for n in range(1, 12)] + ["Gi2/0/1", "Te1/1/1", "Vlan1", "²", "x²", "٣"]
    for name in reversed(names):
        builder.port(switch, name)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        rows = await core.whole("describe", "interfaces", object="sw1")
        assert [row["name"] for row in rows][:11] == names[:11]
        assert {row["name"] for row in rows} == set(names)


async def test_a_site_has_the_vlans_that_its_groups_place_there(tmp_path: Path) -> None:
    builder = Builder()
    scope = {"scope_type": "dcim.site", "scope_id": builder.site}
    group = builder.add("ipam.vlangroup", name="Akron VLANs", slug="akron-vlans", **scope)
    boston = builder.add("dcim.site", name="Boston", slug="bos", status="active")
    builder.vlans([10, 11], group=group)
    builder.vlans([12], site=None, group=group)
    builder.vlans([13], site=boston, group=group)
    builder.vlans([14], site=None)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        for site in ("Akron", "Boston"):
            counts = (await core.ask("describe", object=site, type="site"))["facts"]["counts"]
            listed = section_of(await core.ask("vlans", site=site), "VLANs")
            assert counts["vlans"] == listed["total"] == {"Akron": 4, "Boston": 1}[site]


async def test_a_token_that_sees_a_part_is_told_the_counts_of_that_part(tmp_path: Path) -> None:
    builder = Builder()
    builder.device("sw1")
    builder.device("sw2")
    for name in ("R1", "R2", "R3"):
        builder.add("dcim.rack", name=name, site=builder.site, status="active", u_height=42)
    held = builder.inventory()
    seen: dict[str, Any] = {type_: {} for type_ in held.types}
    for part, devices, racks in (({}, 2, 3), ({"name": "sw1"}, 1, 3)):
        token = Token(DEMO_TOKEN, permissions={**seen, "dcim.device": part})
        async with DemoServer(held, [token]) as server, opened(server, tmp_path / str(devices)) as core:
            counts = (await core.ask("describe", object="Akron", type="site"))["facts"]["counts"]
            assert (counts["devices"], counts["racks"]) == (devices, racks)
            assert ("dcim/racks" in core.paths()) is (devices == 1), "what is told is not counted again"


async def test_contacts_come_by_priority_and_the_journal_from_its_end(tmp_path: Path) -> None:
    builder = Builder()
    device = builder.device("sw1")
    role = builder.add("tenancy.contactrole", name="Technical", slug="technical")
    for name, priority in (("Zoe", "primary"), ("Ann", "secondary"), ("Bob", None)):
        contact = builder.add("tenancy.contact", name=name)
        builder.add(
            "tenancy.contactassignment",
            object_type="dcim.device",
            object_id=device,
            contact=contact,
            role=role,
            priority=priority,
        )
        # A site of the same number is another thing.
        builder.add(
            "tenancy.contactassignment",
            object_type="dcim.rack",
            object_id=device,
            contact=contact,
            role=role,
            priority=priority,
        )
    user = builder.add("users.user", username="ada")
    for day in range(1, 7):
        builder.add(
            "extras.journalentry",
            assigned_object_type="dcim.device",
            assigned_object_id=device,
            created=f"2026-11-0{day}T08:00:00.000000Z",
            created_by=user,
            kind="info",
            comments=f"day {day}",
        )
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("describe", object="sw1")
        assert [row["contact"] for row in rows_of(body, "contacts")] == ["Zoe", "Ann", "Bob"]
        assert section_of(body, "contacts")["total"] == 3
        assert "3 contacts" in body["summary"]
        assert "6 journal entries" in body["summary"]
        assert [row["comments"] for row in rows_of(body, "journal entries")] == ["day 6", "day 5", "day 4"]
        rows = await core.whole("describe", "journal entries", object="sw1")
        assert [row["comments"] for row in rows] == [f"day {day}" for day in range(6, 0, -1)]


async def test_a_switch_takes_six_requests_by_rest_with_all_that_is_said_of_it(world: World) -> None:
    noted = world.truth.rows("extras.journalentry", assigned_object_type="dcim.device")
    names = Counter(row["name"] for row in world.truth.rows("dcim.device"))
    named = [world.truth.by_id("dcim.device")[row["assigned_object_id"]]["name"] for row in noted]
    device = next(name for name in named if name and names[name] == 1)
    body = await world.core.ask("describe", object=device, refresh=True)
    assert rows_of(body, "journal entries")
    assert "list_objects" in body["facts"]["not_read"]
    assert len(world.core.upstream) <= 6


async def test_reserved_units_of_a_rack_are_not_free(world: World) -> None:
    truth = world.truth
    for rack in some(truth.rows("dcim.rack"), 8):
        body, rows = await dossier(world, "dcim.rack", rack["id"], "reservations")
        reserved = truth.rows("dcim.rackreservation", rack=rack["id"])
        assert [(row["units"], row["why"]) for row in rows] == [
            (f"{min(each['units'])}-{max(each['units'])}", each["description"]) for each in reserved
        ]
        units = body["facts"]["rack_units"]
        assert units["reserved"] == sum(len(each["units"]) for each in reserved)
        assert units["used"] + units["planned"] + units["reserved"] + units["free"] == rack["u_height"]
        assert f"{units['free']} of {rack['u_height']} units free" in body["summary"]


async def test_a_location_holds_what_stands_in_the_locations_within(world: World) -> None:
    truth = world.truth
    outer = [row for row in truth.rows("dcim.location") if row["parent"] is None]
    for location in some(outer, 4):
        within = {location["id"], *(row["id"] for row in truth.rows("dcim.location", parent=location["id"]))}
        body, racks = await dossier(world, "dcim.location", location["id"], "racks (with locations within)")
        assert sorted(row["name"] for row in racks) == sorted(
            row["name"] for row in truth.rows("dcim.rack") if row["location"] in within
        )
        devices = [row for row in truth.rows("dcim.device") if row["location"] in within]
        assert body["facts"]["counts"] == {"devices": len(devices)}
        assert body["facts"]["counted"] == "with locations within"


async def test_who_shares_the_address_of_a_gateway(world: World) -> None:
    truth = world.truth
    for group in some(truth.rows("ipam.fhrpgroup"), 4):
        [address] = truth.addresses_on("ipam.fhrpgroup", [group])
        members = truth.rows("ipam.fhrpgroupassignment", group=group["id"])
        _, rows = await dossier(world, "ipam.ipaddress", address["id"], "gateway interfaces")
        assert [row["priority"] for row in rows] == sorted((row["priority"] for row in members), reverse=True)
        assert {(row["number"], row["addresses"]) for row in rows} == {
            (str(group["group_id"]), address["address"])
        }
        _, rows = await dossier(world, "ipam.fhrpgroup", group["id"], "interfaces")
        assert [row["priority"] for row in rows] == sorted((row["priority"] for row in members), reverse=True)
        for member in members:
            _, rows = await dossier(world, "dcim.interface", member["interface_id"], "gateway interfaces")
            assert [row["priority"] for row in rows] == [member["priority"]]


@pytest.mark.parametrize("budget", [300, 400, 500, 700, 1_000])
async def test_a_small_answer_has_what_is_of_most_worth(world: World, budget: int) -> None:
    truth = world.truth
    ports = Counter(port["device"] for port in truth.rows("dcim.interface"))
    [(largest, most)] = ports.most_common(1)
    body = await world.core.ask("describe", object=f"id:{largest}", type="device", max_tokens=budget)
    assert f"{most} interfaces" in body["summary"]
    assert body["sections"][0]["title"] == "interfaces"
    assert "interfaces" in body["next"]
    if budget >= 500:
        assert body["facts"]["serial"] == truth.by_id("dcim.device")[largest]["serial"]
        assert section_of(body, "interfaces")["rows"]
