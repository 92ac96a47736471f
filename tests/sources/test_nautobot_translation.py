"""Filters in the catalog's words become Nautobot's, and those that would lie are refused."""

from __future__ import annotations

from typing import Any

import pytest

from sources.catalog import ObjectType, generic_type
from sources.errors import BadFilter, UnknownField, UnknownType
from sources.nautobot.filters import lists_of
from sources.nautobot.translation import EVERYTHING, NOTHING
from sources.source import Condition, Match, NativeFilters
from sources.types import CATALOG
from sources.where import parse_where
from tests.sources.nautobots import ROOM_A, SITE_A, SITE_B, FakeNautobot


def argument(name: str, type_: str) -> dict[str, Any]:
    return {"name": name, "type": {"name": None, "kind": "LIST", "ofType": {"name": type_}}}


SCHEMA = {
    "__type": {
        "fields": [
            {
                "name": "devices",
                "type": {"name": None, "kind": "LIST", "ofType": {"name": "DeviceType"}},
                "args": [
                    {"name": "limit", "type": {"name": "Int", "kind": "SCALAR", "ofType": None}},
                    argument("vc_priority", "Int"),
                    argument("device_family", "String"),
                    argument("name__ic", "String"),
                    {
                        "name": "is_virtual_chassis_member",
                        "type": {"name": "Boolean", "kind": "SCALAR", "ofType": None},
                    },
                ],
            },
            {"name": "device", "type": {"name": "DeviceType", "kind": "OBJECT", "ofType": None}, "args": []},
        ]
    }
}
CUSTOM = {
    "extras/custom-fields": [
        {"id": "1", "key": "tier", "type": {"value": "select"}},
        {"id": "2", "key": "rack_units", "type": {"value": "integer"}},
    ],
    "extras/custom-field-choices": [
        {"id": value, "value": value, "custom_field": {"id": "1"}} for value in ("gold", "b+")
    ],
}


async def native(name: str, where: dict[str, Any], fake: FakeNautobot | None = None) -> NativeFilters:
    type_ = CATALOG[name]
    source = (fake or FakeNautobot(schema=SCHEMA, tables=CUSTOM)).source()
    return await source.translate(type_, parse_where(type_, where))


@pytest.mark.parametrize(
    ("name", "where", "expected"),
    [
        ("dcim.device", {"site": SITE_A}, ("location", (SITE_A,))),
        ("dcim.device", {"region": "r", "name__ic": "sw"}, ("location", ("r",))),
        ("dcim.site", {"region": "r"}, ("subtree", ("r",))),
        ("dcim.interface", {"cabled": True}, ("has_cable", ("true",))),
        ("dcim.interface", {"enabled__n": True}, ("enabled", ("false",))),
        ("dcim.interface", {"vlan": 100}, ("vlan", ("100",))),
        ("dcim.interface", {"parent": "x"}, ("parent_interface", ("x",))),
        ("dcim.interface", {"cable": None}, ("has_cable", ("false",))),
        ("dcim.interface", {"tagged_vlans": "not null"}, ("has_tagged_vlans", ("true",))),
        ("dcim.interface", {"type": "1000BASE-T"}, ("type", ("1000base-t",))),
        ("dcim.device", {"rack": None}, ("rack__isnull", ("true",))),
        ("dcim.device", {"name": "not null"}, ("name__isnull", ("false",))),
        ("dcim.device", {"serial": None}, ("serial__re", ("^$",))),
        ("dcim.device", {"serial__null": False}, ("serial__nre", ("^$",))),
        ("dcim.device", {"status": None}, NOTHING),
        ("dcim.device", {"status": "not null"}, EVERYTHING),
        ("dcim.device", {"location": None}, ("location__n", (ROOM_A,))),
        ("dcim.device", {"site": "not null"}, ("location", (SITE_A, SITE_B))),
        ("ipam.prefix", {"scope": None}, ("location__n", ("place-r",))),
        ("dcim.device", {"status": ["active", "END-OF-LIFE"]}, ("status", ("Active", "End of Life"))),
        ("ipam.ipaddress", {"role": "vip"}, ("role", ("VIP",))),
        ("ipam.ipaddress", {"parent": "10.0.0.0/8"}, ("prefix", ("10.0.0.0/8",))),
        ("ipam.ipaddress", {"address__ie": "10.0.0.1"}, ("address", ("10.0.0.1",))),
        ("ipam.ipaddress", {"assigned": None}, ("has_interface_assignments", ("false",))),
        ("circuits.circuittermination", {"term_side": "a"}, ("term_side", ("A",))),
        ("dcim.device", {"cf_tier": "gold"}, ("cf_tier", ("gold",))),
        ("dcim.device", {"cf_tier": ["gold", "b+"]}, ("cf_tier", ("gold", "b+"))),
        ("dcim.device", {"cf_tier__n": "gold"}, ("cf_tier__n", ("gold",))),
        ("dcim.device", {"cf_tier__n": ["gold", "b+"]}, ("cf_tier__nre", (r"^(gold|b\+)$",))),
        ("dcim.device", {"cf_rack_units__gte": 2}, ("cf_rack_units__gte", ("2",))),
        ("dcim.device", {"vc_priority": 3}, ("vc_priority", ("3",))),
        ("dcim.device", {"q": "x"}, ("q", ("x",))),
    ],
)
async def test_a_filter_is_said_in_nautobots_words(
    name: str, where: dict[str, Any], expected: tuple[str, tuple[str, ...]]
) -> None:
    assert (await native(name, where))[0] == expected


async def test_tags_are_filtered_by_name() -> None:
    condition = Condition("tags", "", ("t1",), ({"id": "t1", "name": "core", "slug": "the-core"},))
    found = await FakeNautobot().source().translate(CATALOG["dcim.device"], [condition])
    assert found == (("tags", ("core",)),)


@pytest.mark.parametrize(
    ("name", "where", "words"),
    [
        ("dcim.device", {"status": "activ"}, "active"),
        ("dcim.device", {"cf_teir": "gold"}, "cf_tier"),
        ("dcim.device", {"cf_tier": "golden"}, "gold"),
        ("dcim.device", {"cf_tier__ic": "gold"}, "no lookup"),
        ("dcim.device", {"cf_tier": None}, "without a value"),
        ("dcim.device", {"cf_rack_units__n": [1, 2]}, "one value at a time"),
        ("dcim.device", {"vc_prioritt": 3}, "vc_priority"),
        ("dcim.device", {"is_virtual_chassis_member": "maybe"}, "true or false"),
        ("dcim.device", {"name__re": "("}, "regular expression"),
        ("dcim.device", {"description": "x"}, "no filter"),
        ("dcim.interface", {"vlan": [1, 2]}, "one value at a time"),
        ("dcim.interface", {"vlan": "blue"}, "number or id"),
        ("dcim.interface", {"mac_address": "zz"}, "a MAC address"),
        ("ipam.prefix", {"contains": "everything"}, "an address or a prefix"),
        ("ipam.ipaddress", {"address": "10.0.0.300"}, "an address or a prefix"),
        ("dcim.device", {"site__ic": "akr"}, "no filter"),
    ],
)
async def test_a_filter_that_would_lie_is_refused(name: str, where: dict[str, Any], words: str) -> None:
    with pytest.raises(BadFilter) as caught:
        await native(name, where)
    assert words in caught.value.in_words()


async def test_a_filter_of_the_owner_goes_through_its_ids() -> None:
    fake = FakeNautobot(lists={"devices": [{"id": "d1"}, {"id": "d2"}]})
    assert await native("dcim.interface", {"device_role": "r"}, fake) == (("device_id", ("d1", "d2")),)
    assert 'role:"r"' in fake.asked[-1].arguments
    assert await native("dcim.interface", {"rack": "x"}, FakeNautobot(lists={"devices": []})) == (NOTHING,)


async def test_ports_of_a_device_without_a_name_are_told_by_their_ids() -> None:
    device = {"id": "d1", "name": None}
    ports = [{"id": "p1", "name": "PSU", "device": device}]
    fake = FakeNautobot(lists={"devices": [{**device, "power_ports": ports}]})
    type_ = CATALOG["dcim.powerport"]
    of_device = Condition("device", values=("d1",), refs=(device,))
    assert await fake.source().translate(type_, [of_device]) == (("id", ("p1",)),)
    in_rack = Condition("rack", values=("r1",), refs=({"id": "r1", "name": "R1"},))
    assert await fake.source().translate(type_, [in_rack]) == (("id", ("p1",)),)
    fake.lists["devices"] = [{**device, "power_ports": []}]
    assert await fake.source().translate(type_, [of_device]) == (NOTHING,)


async def test_a_generic_type_takes_nautobots_own_filters() -> None:
    fake = FakeNautobot(schema=SCHEMA, tables={"dcim/devices": []}, counts={"": 0})
    source = fake.source()
    source._endpoints["dcim.boxe"] = "dcim/devices"
    type_: ObjectType = generic_type("dcim.boxe", "box", "boxes")
    assert await source.translate(type_, [Condition("device_family", "", ("x",))]) == (
        ("device_family", ("x",)),
    )
    with pytest.raises(BadFilter, match="device_famly"):
        await source.translate(type_, [Condition("device_famly", "", ("x",))])


async def test_an_order_that_nautobot_would_ignore_is_refused() -> None:
    source = FakeNautobot().source()
    device = CATALOG["dcim.device"]
    assert await source.check_order(device, ["-name", "tenant"]) == ("-name", "tenant")
    assert await source.check_order(CATALOG["dcim.rack"], ["form_factor"]) == ("type",)
    for name in ("site", "manufacturer", "tags", "nosuch", "description"):
        with pytest.raises(UnknownField):
            await source.check_order(device, [name])


async def test_the_catalog_is_what_this_nautobot_has() -> None:
    fake = FakeNautobot()

    async def get(path: str, params: Any = ()) -> Any:
        return {
            "/api/": {"dcim": "", "ipam": "", "status": "", "plugins": ""},
            "/api/plugins/": {"installed-plugins": "", "bgp": ""},
            "/api/dcim/": {"devices": "", "locations": "", "console-ports": "", "connected-device": ""},
            "/api/ipam/": {"vlans": "", "prefixes": ""},
            "/api/plugins/bgp/": {"peerings": "", "address-families": ""},
        }[path]

    source = fake.source()
    source.http.get = get  # type: ignore[method-assign]
    catalog = await source.catalog(whole=True)
    assert {"dcim.site", "dcim.device", "ipam.aggregate", "dcim.consoleport", "bgp.peering"} <= set(
        catalog.types
    )
    assert "bgp.addressfamily" in catalog
    for lacking in ("ipam.iprange", "dcim.sitegroup", "dcim.connecteddevice", "plugins.installedplugin"):
        assert lacking not in catalog
    assert "rack" not in catalog["dcim.device"].fields
    assert not catalog["dcim.consoleport"].generic


async def test_a_type_that_is_nowhere_is_named_in_the_error() -> None:
    with pytest.raises(UnknownType, match="gadgets"):
        await FakeNautobot().source().read([Match(generic_type("x.gadget", "gadget", "gadgets"))])


def test_arguments_are_told_with_their_kinds() -> None:
    assert lists_of(SCHEMA) == {
        "devices": {
            "type": "DeviceType",
            "filters": {
                "vc_priority": "number",
                "device_family": "text",
                "name__ic": "text",
                "is_virtual_chassis_member": "bool",
            },
        }
    }
