"""Single objects and what hangs on them: nested objects, paths, free addresses, elevations."""

from ipaddress import IPv4Network, ip_address, ip_network
from typing import Any

import pytest

from tests.demo.client import Client


async def one(client: Client, path: str, **query: str) -> Any:
    """The only object that a filter finds."""
    (row,) = await client.all(path, **query)
    return row


async def test_a_device(client: Client) -> None:
    device = await one(client, "dcim/devices/", name="akr-core01")
    assert device == await client.get(f"dcim/devices/{device['id']}/")
    assert device["url"] == f"{client.server.url}/api/dcim/devices/{device['id']}/"
    assert device["display_url"] == f"{client.server.url}/dcim/devices/{device['id']}/"
    assert device["status"] == {"value": "active", "label": "Active"}
    assert device["device_type"]["manufacturer"]["name"] == "Arista"
    assert device["device_type"]["device_count"] == 4
    # A nested role doesn't know how many devices it has, and says none.
    assert device["role"]["device_count"] == 0
    assert device["position"] == 3.0
    assert [tag["slug"] for tag in device["tags"]] == ["critical", "monitored"]
    assert device["interface_count"] == await client.count("dcim/interfaces/", device_id=device["id"])
    assert device["primary_ip"] == device["primary_ip4"]
    assert device["primary_ip4"]["dns_name"] == "akr-core01.example.com"
    assert device["config_context"] == {}
    assert device["last_updated"].endswith("Z")


async def test_devices_without_a_name_are_called_by_their_place(client: Client) -> None:
    stacked = await client.all("dcim/devices/", virtual_chassis_member="true", name="null")
    assert {row["display"].split(":")[0] for row in stacked} <= await client.names("dcim/virtual-chassis/")
    panel = (await client.all("dcim/devices/", role="patch-panel", asset_tag="null"))[0]
    assert panel["display"] == f"Panduit CP48BLY ({panel['id']})"


async def test_an_interface(client: Client) -> None:
    trunk = await one(client, "dcim/interfaces/", device="alb-core01", name="Ethernet1")
    assert trunk["mode"] == {"value": "tagged", "label": "Tagged"}
    assert set(trunk["untagged_vlan"]) == {"id", "url", "display", "vid", "name", "description"}
    assert [vlan["vid"] for vlan in trunk["tagged_vlans"]] == [100, 200, 300, 400, 500, 600, 900]
    assert set(trunk["cable"]) == {"id", "url", "display", "label", "description"}
    (peer,) = trunk["link_peers"]
    assert (trunk["link_peers_type"], trunk["connected_endpoints_type"]) == (
        "dcim.interface",
        "dcim.interface",
    )
    assert trunk["connected_endpoints"] == [peer]
    assert peer["device"]["name"] == "alb-core02"
    assert trunk["_occupied"] is True
    member = (await client.all("dcim/interfaces/", device="cam-asw01", name__isw="TenGig"))[0]
    assert member["lag"]["name"] == "Port-channel1"
    assert set(member["lag"]["device"]) == {"id", "url", "display_url", "display", "name"}


async def test_generic_references(client: Client) -> None:
    prefix = (await client.all("ipam/prefixes/", site="akron", family=4, vrf_id="null", mask_length=24))[0]
    assert (prefix["scope_type"], prefix["scope"]["slug"]) == ("dcim.site", "akron")
    assert prefix["scope_id"] == prefix["scope"]["id"]
    address = (await client.all("ipam/ip-addresses/", assigned_object_type="virtualization.vminterface"))[0]
    assert address["assigned_object"]["virtual_machine"]["name"]
    assert await client.get("ipam/ip-addresses/", assigned="false", limit=1) != address


async def test_counts(client: Client) -> None:
    site = await one(client, "dcim/sites/", slug="akron")
    for path, name in (
        ("dcim/devices/", "device_count"),
        ("dcim/racks/", "rack_count"),
        ("ipam/vlans/", "vlan_count"),
    ):
        assert site[name] == await client.count(path, site="akron") > 0
    americas = await one(client, "dcim/regions/", slug="americas")
    assert americas["site_count"] == await client.count("dcim/sites/", region="americas")
    group = await one(client, "ipam/vlan-groups/", slug="backbone")
    assert (group["total_vlan_ids"], group["utilization"], group["vid_ranges"]) == (
        1000,
        "0.4",
        [[2000, 2999]],
    )


async def test_the_tree_of_prefixes(client: Client) -> None:
    rows = await client.all("ipam/prefixes/", vrf_id="null", within_include="10.0.0.0/16")
    by_prefix = {IPv4Network(row["prefix"]): row for row in rows}
    around = IPv4Network("10.0.0.0/20")
    inside = [network for network in by_prefix if network != around and network.subnet_of(around)]
    assert by_prefix[around]["_depth"] == 1
    assert by_prefix[around]["children"] == len(inside) > 0


async def test_a_cable_has_two_ends(client: Client) -> None:
    cable = (await client.all("dcim/cables/", site="akron"))[0]
    for end in (cable["a_terminations"], cable["b_terminations"]):
        (termination,) = end
        assert set(termination) == {"object_type", "object_id", "object"}
        assert termination["object"]["id"] == termination["object_id"]
    assert isinstance(cable["type"], str)


async def test_a_path_through_panels_and_a_circuit(client: Client) -> None:
    router = (await client.all("dcim/interfaces/", name="GigabitEthernet0/0/1", connected="true"))[0]
    path = await client.get(f"dcim/interfaces/{router['id']}/trace/")
    assert len(path) == 4
    near, far = path[0][0], path[-1][2]
    assert near[0]["id"] == router["id"]
    assert far == router["connected_endpoints"]
    assert far[0]["name"].startswith(("xe-", "et-"))
    kinds = [set(step[0][0]) & {"term_side", "circuit"} for step in path]
    assert any(kinds)
    assert set(path[0][1]) >= {"type", "status", "length"}
    back = await client.get(f"dcim/interfaces/{far[0]['id']}/trace/")
    assert [step[1]["id"] for step in back] == [step[1]["id"] for step in reversed(path)]


async def test_a_path_to_the_cloud_ends_in_its_network(client: Client) -> None:
    ends = [
        row
        for row in await client.all("dcim/interfaces/", name="GigabitEthernet0/0/1", cabled="true")
        if row["connected_endpoints_type"] == "circuits.providernetwork"
    ]
    path = await client.get(f"dcim/interfaces/{ends[0]['id']}/trace/")
    assert path[-1][1] == []
    assert path[-1][2] == ends[0]["connected_endpoints"]


async def test_paths_through_a_port(client: Client) -> None:
    front = (await client.all("dcim/front-ports/", cabled="true"))[0]
    paths = await client.get(f"dcim/front-ports/{front['id']}/paths/")
    assert paths
    assert all(any(node["id"] == front["id"] for step in path["path"] for node in step) for path in paths)
    assert {"is_active", "is_complete", "is_split"} < set(paths[0])


@pytest.mark.parametrize(
    "path", ["dcim/front-ports/1/trace/", "dcim/interfaces/1/paths/", "dcim/sites/1/trace/"]
)
async def test_what_has_no_such_path(client: Client, path: str) -> None:
    status, body = await client.ask(path)
    assert status == 404
    assert body.startswith("<!DOCTYPE html>")


async def test_without_a_cable_there_is_nothing_to_trace(client: Client) -> None:
    bare = (await client.all("dcim/interfaces/", cabled="false", device="akr-core01"))[0]
    assert await client.get(f"dcim/interfaces/{bare['id']}/trace/") == []
    assert (bare["link_peers"], bare["connected_endpoints"], bare["connected_endpoints_reachable"]) == (
        [],
        None,
        False,
    )


async def test_the_device_at_the_other_end(client: Client) -> None:
    port = (await client.all("dcim/interfaces/", connected="true", device="akr-core01"))[0]
    device = await client.get("dcim/connected-device/", peer_device="akr-core01", peer_interface=port["name"])
    assert device["id"] == port["connected_endpoints"][0]["device"]["id"]
    status, body = await client.ask("dcim/connected-device/", peer_device="akr-core01")
    assert (status, body) == (
        400,
        {"detail": 'Request must include "peer_device" and "peer_interface" filters.'},
    )


async def test_free_addresses(client: Client) -> None:
    prefix = await one(client, "ipam/prefixes/", prefix="10.0.1.0/24", vrf="65000:10")
    free = await client.get(f"ipam/prefixes/{prefix['id']}/available-ips/", limit=5)
    taken = {
        row["address"] for row in await client.all("ipam/ip-addresses/", parent="10.0.1.0/24", vrf="65000:10")
    }
    assert len(free) == 5
    assert not {row["address"] for row in free} & taken
    assert free[0]["vrf"]["name"] == "Corporate"
    first = int(ip_address(free[0]["address"].split("/")[0]))
    below = [f"{ip_address(number)}/24" for number in range(int(ip_address("10.0.1.1")), first)]
    assert set(below) <= taken
    every = await client.get(f"ipam/prefixes/{prefix['id']}/available-ips/", limit=0)
    assert len(every) == 254 - len(taken)


async def test_free_addresses_of_a_range_and_a_pool(client: Client) -> None:
    range_ = (await client.all("ipam/ip-ranges/"))[0]
    free = await client.get(f"ipam/ip-ranges/{range_['id']}/available-ips/", limit=0)
    assert len(free) == range_["size"] == 51
    pool = (await client.all("ipam/prefixes/", is_pool="true"))[0]
    (first,) = await client.get(f"ipam/prefixes/{pool['id']}/available-ips/", limit=1)
    assert first["address"].split("/")[0] == pool["prefix"].split("/")[0]


async def test_free_prefixes(client: Client) -> None:
    site = await one(client, "ipam/prefixes/", prefix="10.0.16.0/20", vrf="65000:10")
    free = await client.get(f"ipam/prefixes/{site['id']}/available-prefixes/")
    children = await client.all("ipam/prefixes/", within="10.0.16.0/20", vrf="65000:10")
    space = [ip_network(row["prefix"]) for row in (*free, *children)]
    assert sum(network.num_addresses for network in space) == 2**12
    assert not any(a.overlaps(b) for a in space for b in space if a != b)


async def test_free_vlans(client: Client) -> None:
    group = await one(client, "ipam/vlan-groups/", slug="backbone")
    free = await client.get(f"ipam/vlan-groups/{group['id']}/available-vlans/", limit=3)
    assert [row["vid"] for row in free] == [2000, 2005, 2006]


async def test_an_elevation(client: Client) -> None:
    rack = (await client.all("dcim/racks/", site="akron"))[0]
    page = await client.get(f"dcim/racks/{rack['id']}/elevation/", limit=0)
    assert page["count"] == 2 * rack["u_height"]
    units = {unit["id"]: unit for unit in page["results"]}
    assert list(units) == sorted(units, reverse=True)
    core = await one(client, "dcim/devices/", name="akr-core01")
    for half in (0, 0.5):
        assert units[core["position"] + half]["device"]["id"] == core["id"]
    assert not units[1.0]["occupied"]
    rear = await client.get(f"dcim/racks/{rack['id']}/elevation/", limit=0, face="rear")
    assert {u["face"]["value"] for u in rear["results"]} == {"rear"}
    panel = await one(client, "dcim/devices/", role="patch-panel", site="akron")
    # What isn't full depth leaves the rear free.
    assert not next(u for u in rear["results"] if u["id"] == panel["position"])["occupied"]


async def test_services_and_groups(client: Client) -> None:
    web = (await client.all("ipam/services/", port=443))[0]
    assert (web["protocol"]["value"], web["ports"], web["port_mappings"]) == ("tcp", [443], ["tcp/443"])
    both = (await client.all("ipam/services/", name="mon"))[0]
    assert (both["protocol"], both["ports"]) == (None, None)
    group = (await client.all("ipam/fhrp-groups/"))[0]
    assert group["ip_addresses"]
    assert (await client.all("ipam/fhrp-group-assignments/", device="akr-core01"))[0]["group"][
        "protocol"
    ] == "vrrp3"


async def test_the_roots_of_the_api(client: Client) -> None:
    root = await client.get("")
    assert root["dcim"] == f"{client.server.url}/api/dcim/"
    assert "graphql" not in root
    dcim = await client.get("dcim/")
    assert dcim["devices"] == f"{client.server.url}/api/dcim/devices/"
    assert (await client.get("status/"))["netbox-version"].startswith("4.7.")
    types = await client.get("core/object-types/", limit=1000)
    assert {"app_label": "dcim", "model": "device"}.items() <= next(
        row for row in types["results"] if row["rest_api_endpoint"] == "/api/dcim/devices/"
    ).items()
