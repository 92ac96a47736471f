"""Where an address is, worked out of rows as Nautobot gives them: several interfaces, namespaces."""

from __future__ import annotations

from typing import Any

from orchestration.steps import Gathered
from orchestration.tool import Briefing
from sources.source import Page
from sources.types import CATALOG
from tools.ip_space import IpSpace, IpSpaceArguments

PLAN = {"id": "n1", "name": "plan"}


def page(*rows: dict[str, Any]) -> Page:
    return Page(
        [{"id": str(at), "vrf": [], "namespace": PLAN, **row} for at, row in enumerate(rows)], len(rows)
    )


def summary(address: str, vrf: str | None = None, **pages: Page) -> str:
    """What is said of an address when these rows have been read."""
    arguments = IpSpaceArguments(address=address, vrf=vrf)
    return IpSpace().assemble(arguments, Gathered({}, pages), Briefing(CATALOG)).summary


def port(device: str) -> dict[str, Any]:
    """A reference to an interface of a device."""
    owner = {"id": device, "type": "dcim.device", "name": device}
    return {"id": f"{device} e7", "type": "dcim.interface", "name": "e7", "of": owner}


def test_the_interfaces_of_an_address_are_told_in_words() -> None:
    records = page({"address": "10.0.0.7/24", "assigned": [port("sw10"), port("sw2"), port("sw1")]})
    assert "on sw1 e7, sw2 e7 and sw10 e7" in summary("10.0.0.7", records=records)
    records = page({"address": "10.0.0.7/24", "assigned": [port("sw2")]})
    assert "on sw2 e7, " in summary("10.0.0.7", records=records)


def test_what_its_namespace_records_in_a_vrf_is_not_said_to_be_in_a_range() -> None:
    around, taken = page({"prefix": "10.0.0.0/16", "type": "network"}), page({"address": "10.0.0.7/24"})
    said = summary("10.0.0.7", "global", records=page(), around=around, within=page(), addresses=taken)
    assert said == (
        "10.0.0.7 is recorded nowhere in the global table: recorded in that namespace in 10.0.0.0/16 (plan)"
    )


def test_what_lies_in_a_range_of_a_container_is_said_to_do_so() -> None:
    around = page({"prefix": "10.0.0.0/16", "type": "container"})
    ranges = page({"start_address": "10.0.0.1/16", "end_address": "10.0.0.9/16"})
    said = summary("10.0.0.7", records=page(), around=around, within=page(), addresses=page(), ranges=ranges)
    assert said == "10.0.0.7 is recorded nowhere: not recorded, in a range in 10.0.0.0/16 (plan)"
