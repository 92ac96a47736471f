"""Numbers that sources count in different units: shown with the unit, and compared only within one unit."""

from __future__ import annotations

from sources.catalog import ObjectType
from sources.http import Connection
from sources.netbox.adapter import NetBoxSource
from tests.sources.nautobots import FakeNautobot
from tools.comparable import counted_otherwise

MACHINE = "virtualization.virtualmachine"


async def both() -> tuple[ObjectType, ObjectType]:
    netbox = NetBoxSource("netbox", Connection("http://netbox", "Token x"))
    return (await netbox.catalog())[MACHINE], (await FakeNautobot().source().catalog())[MACHINE]


async def test_what_two_sources_count_in_different_units_is_told() -> None:
    netbox, nautobot = await both()
    assert counted_otherwise(netbox, nautobot) == {"disk": "MB and GB"}
    assert counted_otherwise(nautobot, netbox) == {"disk": "GB and MB"}
    assert counted_otherwise(netbox, netbox) == counted_otherwise(nautobot, nautobot) == {}


async def test_the_unit_of_what_is_shown_is_a_fact_of_the_answer() -> None:
    _, nautobot = await both()
    assert nautobot.units_of(["name", "disk", "memory"]) == {"units": {"disk": "GB", "memory": "MB"}}
    assert nautobot.units_of(["name", "vcpus"]) == {}
