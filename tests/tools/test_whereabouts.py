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


def summary(address: str, **pages: Page) -> str:
    """What is said of an address when these rows have been read."""
    return (
        IpSpace().assemble(IpSpaceArguments(address=address), Gathered({}, pages), Briefing(CATALOG)).summary
    )


def port(device: str) -> dict[str, Any]:
    """A reference to an interface of a device."""
    owner = {"id": device, "type": "dcim.device", "name": device}
    return {"id": f"{device} e7", "type": "dcim.interface", "name": "e7", "of": owner}


def test_the_interfaces_of_an_address_are_told_in_words() -> None:
    records = page({"address": "10.0.0.7/24", "assigned": [port("sw10"), port("sw2"), port("sw1")]})
    assert "on sw1 e7, sw2 e7 and sw10 e7" in summary("10.0.0.7", records=records)
    records = page({"address": "10.0.0.7/24", "assigned": [port("sw2")]})
    assert "on sw2 e7, " in summary("10.0.0.7", records=records)
