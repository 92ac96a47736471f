"""Rows of Nautobot become the same entities by either road."""

from __future__ import annotations

from typing import Any

import pytest

from sources.nautobot.places import Level, Places
from sources.nautobot.rows import from_graphql, from_rest, type_namer
from sources.nautobot.shapes import time_zone
from sources.nautobot.survey import survey_of
from sources.types import CATALOG, PEERS
from tests.sources.nautobots import LOCATION_TYPES, LOCATIONS, ROOM_A, SITE_A, SITE_B

PLACES = survey_of({"s_types": LOCATION_TYPES, "s_places": LOCATIONS}, ["Site"]).places
ALL = frozenset({"base", "vlans", "plugs", "links", "extra", "details"})


def both(name: str, rest: dict[str, Any], graphql: dict[str, Any], places: Places = PLACES) -> dict[str, Any]:
    """The entity, which must be the same from REST and GraphQL."""
    [one] = from_rest(CATALOG[name], ALL, [rest], places)
    assert [one] == from_graphql(CATALOG[name], ALL, [graphql], places)
    return one


def test_a_device_stands_in_a_room_of_a_site() -> None:
    device = both(
        "dcim.device",
        {
            "id": "d1",
            "name": None,
            "serial": "",
            "face": {"value": "front", "label": "Front"},
            "status": {"id": "s", "name": "Active"},
            "location": {"id": ROOM_A, "name": "Room 1", "object_type": "dcim.location"},
            "device_type": {"id": "t", "model": "X1", "manufacturer": {"id": "m", "name": "Acme"}},
            "primary_ip4": {"id": "a", "address": "10.0.0.1/24"},
            "clusters": [{"id": "c", "name": "vm1"}],
            "custom_fields": {"tier": "gold", "empty": None},
            "created": "2026-01-02T03:04:05.123456Z",
        },
        {
            "id": "d1",
            "name": None,
            "serial": "",
            "face": "FRONT",
            "status": {"name": "Active"},
            "location": {"id": ROOM_A, "name": "Room 1"},
            "device_type": {"id": "t", "model": "X1", "manufacturer": {"id": "m", "name": "Acme"}},
            "primary_ip4": {"id": "a", "address": "10.0.0.1/24"},
            "clusters": [{"id": "c", "name": "vm1"}],
            "_custom_field_data": {"tier": "gold", "empty": None},
            "created": "2026-01-02T03:04:05.123456+00:00",
        },
    )
    assert device["site"] == {"id": SITE_A, "name": "Akron"}
    assert device["location"] == {"id": ROOM_A, "name": "Room 1"}
    assert device["manufacturer"] == {"id": "m", "name": "Acme"}
    assert device["status"] == "active"
    assert device["face"] == "front"
    assert device["serial"] is None
    assert device["cluster"] == [{"id": "c", "name": "vm1"}]
    assert device["custom_fields"] == {"tier": "gold"}


def test_a_place_out_of_sight_counts_as_the_site() -> None:
    row = {"id": "d1", "location": {"id": "hidden", "name": "Depot"}}
    device = both("dcim.device", row, row, Places())
    assert device["site"] == {"id": "hidden", "name": "Depot"}
    assert device["location"] is None


def test_vlans_lie_in_the_sites_of_their_locations_each_once() -> None:
    row = {"id": "v", "vid": 7, "locations": [{"id": ROOM_A}, {"id": SITE_A}, {"id": SITE_B}]}
    assert [site["name"] for site in both("ipam.vlan", row, row)["site"]] == ["Akron", "Berea"]


def test_a_prefix_says_the_level_of_each_of_its_places() -> None:
    rest = {"id": "p", "locations": [{"id": ROOM_A, "name": "Room 1", "object_type": "dcim.location"}]}
    graphql = {"id": "p", "locations": [{"id": ROOM_A, "name": "Room 1", "__typename": "LocationType"}]}
    assert both("ipam.prefix", rest, graphql)["scope"] == [
        {"id": ROOM_A, "name": "Room 1", "type": "dcim.location"}
    ]


def test_an_address_is_on_ports_of_devices_and_of_machines() -> None:
    rest = {
        "id": "a",
        "address": "10.0.0.1/24",
        "role": {"id": "r", "name": "VIP"},
        "parent": {"id": "p", "vrfs": [{"id": "v", "name": "blue"}]},
        "interfaces": [
            {
                "id": "i",
                "name": "eth1",
                "object_type": "dcim.interface",
                "device": {"id": "d", "name": "sw1", "object_type": "dcim.device"},
            }
        ],
        "vm_interfaces": [
            {
                "id": "j",
                "name": "eth0",
                "object_type": "virtualization.vminterface",
                "virtual_machine": {"id": "m", "name": "vm1", "object_type": "virtualization.virtualmachine"},
            }
        ],
    }
    graphql = {
        **rest,
        "interfaces": [
            {
                "id": "i",
                "name": "eth1",
                "__typename": "InterfaceType",
                "device": {"id": "d", "name": "sw1", "__typename": "DeviceType"},
            }
        ],
        "vm_interfaces": [
            {
                "id": "j",
                "name": "eth0",
                "__typename": "VMInterfaceType",
                "virtual_machine": {"id": "m", "name": "vm1", "__typename": "VirtualMachineType"},
            }
        ],
    }
    address = both("ipam.ipaddress", rest, graphql)
    assert address["role"] == "vip"
    assert address["vrf"] == [{"id": "v", "name": "blue"}]
    assert [each["of"]["type"] for each in address["assigned"]] == [
        "virtualization.virtualmachine",
        "dcim.device",
    ]


def test_a_cable_has_two_sides_whatever_nautobot_calls_them() -> None:
    port = {"id": "i", "name": "eth1", "object_type": "dcim.interface"}
    panel = {"id": "f", "name": "F1", "object_type": "dcim.frontport"}
    rest = {"id": "c", "label": "", "terminations": {"a1": port, "b1": panel}}
    older = {"id": "c", "label": "", "termination_a": port, "termination_b": panel}
    graphql = {
        "id": "c",
        "label": "",
        "terminations": [
            {
                "cable_end": "B",
                "connector": 1,
                "front_port": {"id": "f", "name": "F1", "__typename": "FrontPortType"},
            },
            {
                "cable_end": "A",
                "connector": 1,
                "interface": {"id": "i", "name": "eth1", "__typename": "InterfaceType"},
            },
        ],
    }
    cable = both("dcim.cable", rest, graphql)
    assert [cable] == from_rest(CATALOG["dcim.cable"], ALL, [older], PLACES)
    assert cable["a_terminations"] == [{"id": "i", "name": "eth1", "type": "dcim.interface"}]
    assert cable["b_terminations"] == [{"id": "f", "name": "F1", "type": "dcim.frontport"}]
    assert cable["label"] is None


def test_breakout_lanes_keep_their_order() -> None:
    lanes = {f"b{n}": {"id": str(n), "name": str(n), "object_type": "dcim.interface"} for n in (10, 2, 1)}
    [cable] = from_rest(CATALOG["dcim.cable"], ALL, [{"id": "c", "terminations": lanes}], PLACES)
    assert [end["id"] for end in cable["b_terminations"]] == ["1", "2", "10"]


def plugged(own: str, end: str, *, mapping: Any = None, ends: str = "a1 b1 b2") -> dict[str, Any]:
    """A port at a connector of a cable, as GraphQL gives it."""
    terminations = [
        {
            "cable_end": each[0].upper(),
            "connector": int(each[1:]),
            "interface": {"id": each, "name": each, "__typename": "InterfaceType"},
        }
        for each in ends.split()
    ]
    cable = {
        "id": "c",
        "label": "C",
        "cable_type": mapping and {"mapping": mapping},
        "terminations": terminations,
    }
    return {
        "id": own,
        "cable_termination": {"cable_end": end[0].upper(), "connector": int(end[1:]), "cable": cable},
    }


def lanes(*pairs: tuple[int, int]) -> list[dict[str, int]]:
    return [{"a_connector": a, "b_connector": b} for a, b in pairs]


@pytest.mark.parametrize(
    ("end", "mapping", "ends", "peers"),
    [
        ("a1", None, "a1 b1", ["b1"]),
        ("b1", None, "a1 b1", ["a1"]),
        ("a1", None, "a1", []),
        ("a1", lanes((1, 1), (1, 2)), "a1 b1 b2", ["b1", "b2"]),
        ("b2", lanes((1, 1), (1, 2)), "a1 b1 b2", ["a1"]),
        ("a2", lanes((1, 1), (1, 2), (2, 3), (2, 4)), "a1 a2 b1 b2 b3 b4", ["b3", "b4"]),
    ],
)
def test_a_breakout_has_the_peers_that_its_lanes_lead_to(
    end: str, mapping: Any, ends: str, peers: list[str]
) -> None:
    row = plugged("x", end, mapping=mapping, ends=ends)
    [port] = from_graphql(CATALOG["dcim.interface"], frozenset({PEERS}), [row], PLACES)
    assert [peer["id"] for peer in port["link_peers"]] == peers


def test_the_peer_of_a_port_is_known_to_an_older_nautobot_too() -> None:
    peer = {"id": "f", "name": "F1", "__typename": "FrontPortType"}
    rows = [{"id": "x", "cable_peer": peer}, {"id": "y", "cable_peer": None}]
    found = from_graphql(CATALOG["dcim.interface"], frozenset({PEERS}), rows, PLACES)
    assert [[each["id"] for each in port["link_peers"]] for port in found] == [["f"], []]


def test_what_nautobot_lacks_is_empty() -> None:
    site = both("dcim.site", {"id": SITE_A, "name": "Akron"}, {"id": SITE_A, "name": "Akron"})
    assert site["group"] is None
    assert site["slug"] is None


def test_the_width_of_a_rack_is_a_number_by_both_roads() -> None:
    rest = {"id": "r", "width": {"value": 19, "label": "19 inches"}}
    assert both("dcim.rack", rest, {"id": "r", "width": "A_19"})["width"] == 19


def test_time_zones_have_their_names_back() -> None:
    assert time_zone({"time_zone": "AMERICA_PORT_AU_PRINCE"}) == "America/Port-au-Prince"
    assert time_zone({"time_zone": "NOWHERE"}) == "NOWHERE"
    assert time_zone({"time_zone": None}) is None


def test_names_of_types_are_told_from_either_form() -> None:
    name = type_namer(PLACES)
    assert name({"__typename": "ConsoleServerPortType"}) == "dcim.consoleserverport"
    assert name({"object_type": "dcim.location", "id": SITE_A}) == Level.SITE
    assert name({"__typename": "LocationType", "id": "hidden"}) == Level.SITE
    assert name({"id": "x"}) is None


def test_the_raw_facet_keeps_nautobots_own_names() -> None:
    row = {
        "id": "d",
        "name": "sw1",
        "vc_priority": 3,
        "url": "http://x/",
        "tenant": {"id": "t", "url": "u", "name": "T"},
    }
    [entity] = from_rest(CATALOG["dcim.device"], frozenset({"raw"}), [row], PLACES)
    assert entity["raw"] == {"id": "d", "name": "sw1", "vc_priority": 3, "tenant": {"id": "t", "name": "T"}}
