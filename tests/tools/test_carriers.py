"""`trace` of interfaces that no cable can be plugged into: what they are, and the paths of what carries them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from demo.server import DemoServer
from tests.core import Core, opened, rows_of, section_of
from tests.inventories import Builder


class Bundle(Builder):
    """Two switches with a LAG of two cables between them, and subinterfaces on it."""

    def __init__(self) -> None:
        super().__init__()
        self.left, self.right = self.device("sw1"), self.device("sw2")
        self.lag = self.port(self.left, "Po1", type="lag")
        self.members = [self.port(self.left, f"Gi{number}", lag=self.lag) for number in (1, 2)]
        for number, member in enumerate(self.members, start=1):
            far = self.port(self.right, f"Te{number}")
            self.cable(("dcim.interface", member), ("dcim.interface", far))
        sub = self.port(self.left, "Po1.100", type="virtual", parent=self.lag)
        self.port(self.left, "Po1.100.7", type="virtual", parent=sub)
        self.port(self.left, "Gi1.5", type="virtual", parent=self.members[0])
        self.port(self.left, "Vlan10", type="virtual")
        self.port(self.left, "br0", type="bridge")
        self.port(self.left, "Po9", type="lag")


async def traced(folder: Path, builder: Builder, **arguments: Any) -> tuple[dict[str, Any], Core]:
    async with DemoServer(builder.inventory()) as server, opened(server, folder) as core:
        return await core.ask("trace", **arguments), core


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("sw1 Po1", "sw1 Po1 is a LAG of 2 interfaces"),
        ("sw1 Po1.100", "sw1 Po1.100 is a virtual interface on Po1, a LAG of 2 interfaces"),
        (
            "sw1 Po1.100.7",
            "sw1 Po1.100.7 is a virtual interface on Po1.100, a virtual interface on Po1, a LAG of 2 interfaces",
        ),
    ],
)
async def test_a_lag_is_traced_by_its_members(start: str, words: str, tmp_path: Path) -> None:
    body, _ = await traced(tmp_path, Bundle(), start=start)
    assert body["summary"] == f"{words}: 2 cable paths"
    assert {(row["from"], row["end"]) for row in rows_of(body, "paths")} == {
        ("sw1 Gi1", "sw2 Te1"),
        ("sw1 Gi2", "sw2 Te2"),
    }
    assert body["facts"]["paths_reached"] == 2


async def test_a_member_without_a_cable_is_shown_with_why(tmp_path: Path) -> None:
    bundle = Bundle()
    bundle.port(bundle.left, "Gi3", lag=bundle.lag)
    body, _ = await traced(tmp_path, bundle, start="sw1 Po1")
    assert section_of(body, "paths")["total"] == 3
    assert body["facts"]["paths_not_reached"] == 1
    assert [row["why"] for row in rows_of(body, "paths") if row["from"] == "sw1 Gi3"] == ["not cabled"]


async def test_a_subinterface_is_traced_by_its_parent(tmp_path: Path) -> None:
    body, _ = await traced(tmp_path, Bundle(), start="sw1 Gi1.5")
    assert body["summary"].startswith("sw1 Gi1.5 is a virtual interface on Gi1: sw1 Gi1 -> sw2 Te1: 1 cable")
    assert [(row["from"], row["to"]) for row in rows_of(body, "hops")] == [("sw1 Gi1", "sw2 Te1")]


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("sw1 Vlan10", "sw1 Vlan10 is a virtual interface without a parent interface"),
        ("sw1 br0", "sw1 br0 is a bridge of interfaces that are not looked for"),
        ("sw1 Po9", "sw1 Po9 is a LAG without members"),
    ],
)
async def test_what_nothing_carries_is_said_to_be_that(start: str, words: str, tmp_path: Path) -> None:
    body, _ = await traced(tmp_path, Bundle(), start=start)
    assert body["summary"] == f"{words}: no cable can be plugged into it, so there is no path"
    assert body["facts"]["reached"] is False


async def test_a_search_begins_at_the_members_of_a_lag(tmp_path: Path) -> None:
    body, _ = await traced(tmp_path, Bundle(), start="sw1 Po1", to="sw2")
    assert (body["facts"]["paths"], body["facts"]["cables"]) == (2, 1)
    assert "sw1 Po1 is a LAG of 2 interfaces" in body["summary"]


async def test_a_port_that_takes_cables_costs_no_call_more(tmp_path: Path) -> None:
    _, of_port = await traced(tmp_path / "port", Bundle(), start="sw1 Gi1")
    _, of_lag = await traced(tmp_path / "lag", Bundle(), start="sw1 Po1")
    _, of_sub = await traced(tmp_path / "sub", Bundle(), start="sw1 Po1.100")
    assert len(of_lag.upstream) <= len(of_port.upstream) + 1
    assert len(of_sub.upstream) <= len(of_lag.upstream) + 3
