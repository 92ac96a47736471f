"""The generated inventory: always the same, and such as NetBox and Nautobot would accept."""

from collections import Counter
from collections.abc import Iterator
from ipaddress import ip_interface, ip_network
from itertools import combinations
from typing import Any

import pytest

from demo.inventory import Inventory, generate
from demo.model import Generic, Many, Ref
from demo.models import MODELS

Row = dict[str, Any]


@pytest.fixture(scope="module", params=[10, 70, 1_000])
def network(request: pytest.FixtureRequest) -> Iterator[Inventory]:
    inventory = generate(devices=request.param)
    yield inventory
    inventory.close()


def by_id(inventory: Inventory, type_: str) -> dict[int, Row]:
    return {row["id"]: row for row in inventory.rows(type_)}


def duplicates(values: Iterator[Any]) -> list[Any]:
    return [value for value, number in Counter(values).items() if number > 1]


def test_the_same_arguments_give_the_same_inventory(inventory: Inventory) -> None:
    again = generate(devices=70, seed=1)
    for type_ in inventory.types:
        assert list(again.rows(type_)) == list(inventory.rows(type_)), type_
    again.close()


def test_another_seed_gives_another_inventory(inventory: Inventory) -> None:
    other = generate(devices=70, seed=2)
    assert {row["name"] for row in other.rows("dcim.device")} != {
        row["name"] for row in inventory.rows("dcim.device")
    }
    assert other.count("dcim.device") == 70
    other.close()


def test_the_default_size(inventory: Inventory) -> None:
    assert inventory.count("dcim.device") == 70
    assert 60 <= inventory.count("ipam.vlan") <= 80
    assert 1_500 <= inventory.count("dcim.interface") <= 1_800
    biggest = inventory.database.value(
        "SELECT MAX(interface_count) FROM dcim_device d JOIN dcim_devicerole r ON r.id = d.role"
        " WHERE r.name = 'Core switch'"
    )
    assert biggest >= 48


@pytest.mark.parametrize("devices", [9, 100_001])
def test_sizes_out_of_bounds_are_refused(devices: int) -> None:
    with pytest.raises(ValueError, match="from 10 to 100000"):
        generate(devices=devices)


@pytest.mark.parametrize("hub", [9, 2_001])
def test_sizes_of_data_centers_out_of_bounds_are_refused(hub: int) -> None:
    with pytest.raises(ValueError, match="from 10 to 2000"):
        generate(devices=70, hub=hub)


@pytest.mark.parametrize(("devices", "hub"), [(100, 40), (1_100, 500)])
def test_data_centers_have_the_size_that_is_asked_for(devices: int, hub: int) -> None:
    inventory = generate(devices=devices, hub=hub)
    sizes = Counter(row["site"] for row in inventory.rows("dcim.device"))
    assert inventory.count("dcim.device") == devices
    assert [sizes[1], sizes[2]] == [hub, hub]
    blocks = [
        ip_network(row["prefix"])
        for row in inventory.rows("ipam.prefix")
        if row["scope_id"]
        and row["status"] == "container"
        and row["vrf"] is None
        and ":" not in row["prefix"]
    ]
    assert len(blocks) == len(sizes)
    assert not any(one.overlaps(other) for one, other in combinations(blocks, 2))
    inventory.close()


def test_a_big_network_has_a_core_with_two_thousand_interfaces() -> None:
    inventory = generate(devices=1_000)
    assert inventory.count("dcim.device") == 1_000
    assert inventory.database.value("SELECT MAX(interface_count) FROM dcim_device") == 2_000
    inventory.close()


def test_every_reference_leads_to_an_object(network: Inventory) -> None:
    known = {type_: set(by_id(network, type_)) for type_ in network.types}
    for type_, model in MODELS.items():
        for row in network.rows(type_):
            for field in (*model.fields, *model.hidden):
                match field:
                    case Ref(name=name, to=to) if row.get(name) is not None:
                        assert row[name] in known[to], (type_, row["id"], name)
                    case Many(name=name, to=to):
                        assert set(row[name]) <= known[to], (type_, row["id"], name)
                    case Generic(stem=stem) if row[f"{stem}_type"] is not None:
                        assert row[f"{stem}_id"] in known[row[f"{stem}_type"]], (type_, row["id"], stem)


def test_types_come_after_those_they_refer_to(network: Inventory) -> None:
    seen: set[str] = set()
    for type_ in network.types:
        later = network.later(type_)
        for field in MODELS[type_].fields:
            if isinstance(field, Ref) and field.name not in later and field.name != "cable":
                assert field.to in seen, (type_, field.name)
        seen.add(type_)


def test_rows_are_what_can_be_written(inventory: Inventory) -> None:
    device = next(inventory.rows("dcim.device"))
    assert device["name"] == "akr-core01"
    assert device["custom_fields"]["support_tier"] in {"gold", "silver", "bronze"}
    assert all(isinstance(tag, int) for tag in device["tags"])
    assert not {"interface_count", "_rank"} & device.keys()
    port = next(inventory.rows("dcim.frontport"))
    assert port["rear_port"] is not None
    assert port["rear_port_position"] == 1
    assert "cable" not in port


def test_nothing_stands_in_the_same_rack_units(network: Inventory) -> None:
    types = by_id(network, "dcim.devicetype")
    racks = by_id(network, "dcim.rack")
    taken: set[tuple[int, float]] = set()
    for device in network.rows("dcim.device"):
        if device["rack"]:
            rack = racks[device["rack"]]
            assert (rack["site"], rack["location"]) == (device["site"], device["location"])
        if device["position"]:
            for unit in range(int(types[device["device_type"]]["u_height"])):
                place = device["rack"], device["position"] + unit
                assert place not in taken
                assert 1 <= place[1] <= racks[device["rack"]]["u_height"]
                taken.add(place)


def test_names_are_unique_where_netbox_wants_them_to_be(network: Inventory) -> None:
    devices = list(network.rows("dcim.device"))
    assert not duplicates((d["site"], d["tenant"], d["name"].lower()) for d in devices if d["name"])
    assert not duplicates(d["asset_tag"] for d in devices if d["asset_tag"])
    for type_ in ("dcim.site", "dcim.region", "tenancy.tenant", "dcim.devicerole", "ipam.vlangroup"):
        rows = list(network.rows(type_))
        assert not duplicates(row["name"] for row in rows)
        assert not duplicates(row["slug"] for row in rows)
    for type_ in ("dcim.interface", "dcim.consoleport", "dcim.powerport", "dcim.frontport", "dcim.rearport"):
        assert not duplicates((row["device"], row["name"]) for row in network.rows(type_))
    vlans = [vlan for vlan in network.rows("ipam.vlan") if vlan["group"]]
    assert not duplicates((vlan["group"], vlan["vid"]) for vlan in vlans)
    assert not duplicates((vlan["group"], vlan["name"]) for vlan in vlans)
    assert not duplicates((row["provider"], row["cid"]) for row in network.rows("circuits.circuit"))
    machines = network.rows("virtualization.virtualmachine")
    assert not duplicates((row["cluster"], row["tenant"], row["name"]) for row in machines)


def test_vlans_are_of_the_site_of_their_interfaces(network: Inventory) -> None:
    vlans = by_id(network, "ipam.vlan")
    sites = {device["id"]: device["site"] for device in network.rows("dcim.device")}
    for interface in network.rows("dcim.interface"):
        for vlan in {*interface["tagged_vlans"], interface["untagged_vlan"]} - {None}:
            assert vlans[vlan]["site"] in {sites[interface["device"]], None}
        if interface["tagged_vlans"]:
            assert interface["mode"] == "tagged"
        if interface["untagged_vlan"]:
            assert interface["mode"] is not None
    machines = {machine["id"]: machine["site"] for machine in network.rows("virtualization.virtualmachine")}
    for interface in network.rows("virtualization.vminterface"):
        assert vlans[interface["untagged_vlan"]]["site"] == machines[interface["virtual_machine"]]


def test_members_and_parents_are_on_the_same_device(network: Inventory) -> None:
    interfaces = by_id(network, "dcim.interface")
    for interface in interfaces.values():
        for relation, kind in (("lag", "lag"), ("parent", None)):
            if interface[relation]:
                other = interfaces[interface[relation]]
                assert other["device"] == interface["device"]
                assert kind in {None, other["type"]}
        if interface["parent"]:
            assert interface["type"] == "virtual"


def test_every_address_lies_in_a_network_of_its_vrf(network: Inventory) -> None:
    networks: dict[int | None, list[Any]] = {}
    for prefix in network.rows("ipam.prefix"):
        networks.setdefault(prefix["vrf"], []).append(ip_network(prefix["prefix"]))
    for address in network.rows("ipam.ipaddress"):
        interface = ip_interface(address["address"])
        inside = [n for n in networks[address["vrf"]] if n.version == interface.version and interface.ip in n]
        assert inside, address["address"]
        if interface.version == 4 and interface.network.prefixlen < 31:
            ends = {interface.network.network_address, interface.network.broadcast_address}
            assert interface.ip not in ends, address["address"]


def test_addresses_and_networks_are_unique_where_the_vrf_says_so(network: Inventory) -> None:
    free = {vrf["id"] for vrf in network.rows("ipam.vrf") if not vrf["enforce_unique"]}
    addresses = [row for row in network.rows("ipam.ipaddress") if row["vrf"] not in free]
    assert not duplicates((row["vrf"], ip_interface(row["address"]).ip) for row in addresses)
    prefixes = [row for row in network.rows("ipam.prefix") if row["vrf"] not in free]
    assert not duplicates((row["vrf"], row["prefix"]) for row in prefixes)


def test_primary_addresses_are_on_the_device_itself(network: Inventory) -> None:
    addresses = by_id(network, "ipam.ipaddress")
    interfaces = by_id(network, "dcim.interface")
    for device in network.rows("dcim.device"):
        for name in ("primary_ip4", "primary_ip6", "oob_ip"):
            if device[name]:
                address = addresses[device[name]]
                assert address["assigned_object_type"] == "dcim.interface"
                assert interfaces[address["assigned_object_id"]]["device"] == device["id"]


def test_nothing_is_plugged_in_twice_or_into_the_wrong_kind(network: Inventory) -> None:
    ends: dict[int, dict[str, Row]] = {}
    for end in network.rows("dcim.cabletermination"):
        ends.setdefault(end["cable"], {})[end["cable_end"]] = end
    terminations = [end for pair in ends.values() for end in pair.values()]
    assert not duplicates((end["termination_type"], end["termination_id"]) for end in terminations)
    fits = {
        frozenset({"dcim.interface"}),
        frozenset({"dcim.interface", "dcim.frontport"}),
        frozenset({"dcim.interface", "dcim.rearport"}),
        frozenset({"dcim.rearport", "circuits.circuittermination"}),
        frozenset({"dcim.powerport", "dcim.powerfeed"}),
        frozenset({"dcim.powerport", "dcim.poweroutlet"}),
        frozenset({"dcim.consoleport", "dcim.consoleserverport"}),
    }
    for pair in ends.values():
        assert set(pair) == {"A", "B"}
        assert frozenset(end["termination_type"] for end in pair.values()) in fits
    interfaces = by_id(network, "dcim.interface")
    for end in terminations:
        if end["termination_type"] == "dcim.interface":
            assert interfaces[end["termination_id"]]["type"] not in {"virtual", "lag"}


def test_a_cluster_and_what_runs_on_it_are_in_one_site(network: Inventory) -> None:
    clusters = by_id(network, "virtualization.cluster")
    for machine in network.rows("virtualization.virtualmachine"):
        assert clusters[machine["cluster"]]["scope_id"] == machine["site"]
    for device in network.rows("dcim.device"):
        if device["cluster"]:
            assert clusters[device["cluster"]]["scope_id"] == device["site"]


def test_the_master_of_a_chassis_is_one_of_its_members(network: Inventory) -> None:
    devices = by_id(network, "dcim.device")
    for chassis in network.rows("dcim.virtualchassis"):
        assert devices[chassis["master"]]["virtual_chassis"] == chassis["id"]
    members = [d for d in devices.values() if d["virtual_chassis"]]
    assert not duplicates((member["virtual_chassis"], member["vc_position"]) for member in members)


def test_it_has_the_warts_of_real_data(inventory: Inventory) -> None:
    devices = list(inventory.rows("dcim.device"))
    assert any(device["name"] is None for device in devices)
    assert duplicates(device["name"] for device in devices if device["name"])
    assert any(d["name"] and not d["primary_ip4"] and not d["primary_ip6"] for d in devices)
    names = Counter(vlan["name"] for vlan in inventory.rows("ipam.vlan"))
    assert names["Servers"] == inventory.count("dcim.site")
    assert names["Mangement"] == 1
    assert {vlan["vid"] for vlan in inventory.rows("ipam.vlan") if vlan["name"] == "Users"} == {200, 201}
    sites = {site["name"] for site in inventory.rows("dcim.site")}
    assert any("/" in name and "'" in name and "%" in name and not name.isascii() for name in sites)
    hosts: dict[Any, set[Any]] = {}
    for address in inventory.rows("ipam.ipaddress"):
        hosts.setdefault(ip_interface(address["address"]).ip, set()).add(address["vrf"])
    assert any(len(vrfs) > 1 for vrfs in hosts.values())
