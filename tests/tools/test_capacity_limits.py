"""What `capacity` says where the inventory does not tell all, and which numbers it does not add up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from demo.server import DemoServer
from tests.core import Body, opened, rows_of
from tests.inventories import Builder

pytestmark = pytest.mark.asyncio
LIMIT = 2944


class Room(Builder):
    """A site with racks, and feeds that supplies hang on directly."""

    def __init__(self) -> None:
        super().__init__()
        self.panel = self.add("dcim.powerpanel", name="Panel 1", site=self.site)
        self._ends: list[tuple[tuple[str, int], tuple[str, int]]] = []

    def rack(self, name: str, height: int = 12, **values: object) -> int:
        """A rack of the site."""
        return self.add(
            "dcim.rack",
            **{"name": name, "site": self.site, "status": "active", "u_height": height}
            | {"starting_unit": 1, "width": 19}
            | values,
        )

    def type_of(self, model: str, height: float) -> int:
        """A device type of that height."""
        return self.add(
            "dcim.devicetype", model=model, slug=model.lower(), manufacturer=self.maker, u_height=height
        )

    def feed(self, name: str, rack: int, *draws: int | None, **values: object) -> int:
        """A feed of a rack, with a PDU on it that feeds a device for each draw, if there are any."""
        feed = self.add(
            "dcim.powerfeed",
            **{"name": name, "power_panel": self.panel, "rack": rack, "status": "active", "type": "primary"}
            | {"supply": "ac", "phase": "single-phase", "voltage": 230, "amperage": 16}
            | {"max_utilization": 80}
            | values,
        )
        if not draws:
            return feed
        pdu = self.device(f"pdu {name}", rack=rack, device_type=self.type_of(f"PDU-{feed}", 0))
        inlet = self.add("dcim.powerport", device=pdu, name="In")
        self.cable(("dcim.powerfeed", feed), ("dcim.powerport", inlet))
        for number, draw in enumerate(draws):
            outlet = self.add(
                "dcim.poweroutlet", device=pdu, name=str(number), power_port=inlet, status="enabled"
            )
            supply = self.add(
                "dcim.powerport",
                device=self.device(f"server {name} {number}"),
                name="PSU",
                allocated_draw=draw,
                maximum_draw=draw,
            )
            self.cable(("dcim.poweroutlet", outlet), ("dcim.powerport", supply))
        return feed


async def asked(room: Room, folder: Path, **arguments: Any) -> Body:
    """The capacity of the site."""
    async with DemoServer(room.inventory()) as server, opened(server, folder) as core:
        return await core.ask("capacity", **{"of": "Akron", **arguments})


async def test_devices_in_a_rack_at_no_position_are_counted_and_said(tmp_path: Path) -> None:
    room = Room()
    full, empty = room.rack("R1"), room.rack("R2")
    room.device("placed", rack=full, position=1.0, face="front")
    room.device("somewhere", rack=full)
    room.device(None, rack=full, device_type=room.type_of("Storage", 4))
    room.device("pdu", rack=empty, device_type=room.type_of("PDU", 0))
    body = await asked(room, tmp_path, type="racks")
    rows = {row["rack"]: row for row in rows_of(body, "rack units")}
    assert (rows["R1"]["used"], rows["R1"]["free"], rows["R1"]["units_without_position"]) == (1, 11, 5)
    assert rows["R2"]["units_without_position"] is None
    [warning] = body["warnings"]
    assert warning == (
        "2 devices are in racks at no position: the 5 units of that height are counted as free"
    )
    assert body["complete"]


async def test_a_sum_that_ports_without_a_draw_are_part_of_is_the_least(tmp_path: Path) -> None:
    room = Room()
    rack = room.rack("R1")
    room.feed("A", rack, 300, None, None)
    room.feed("B", rack, 200)
    body = await asked(room, tmp_path, type="power")
    rows = {row["feed"]: row for row in rows_of(body, "power feeds")}
    assert (rows["A"]["allocated_va"], rows["A"]["ports_without_draw"]) == (300, 2)
    assert (rows["B"]["allocated_va"], rows["B"]["ports_without_draw"]) == (200, None)
    assert body["summary"].endswith(
        f"2 power feeds: at least 500 of {2 * LIMIT:,} VA active primary allocated"
    )
    assert body["warnings"] == [
        "2 power ports do not say what is allocated: the sums of power are the least that it is"
    ]
    assert body["complete"]


async def test_a_redundant_pair_and_planned_feeds_are_no_common_sum(tmp_path: Path) -> None:
    room = Room()
    rack = room.rack("R1")
    room.feed("A", rack, 500, 100)
    room.feed("B", rack, 400, type="redundant")
    room.feed("C", rack, status="planned")
    body = await asked(room, tmp_path)
    assert (
        f"3 power feeds: 600 of {LIMIT:,} VA active primary, 400 of {LIMIT:,} VA active redundant, "
        f"0 of {LIMIT:,} VA planned primary allocated"
    ) in body["summary"]
    rows = rows_of(body, "power by status and side")
    assert [
        (row["status"], row["type"], row["feeds"], row["limit_va"], row["allocated_va"]) for row in rows
    ] == [
        ("active", "primary", 1, LIMIT, 600),
        ("active", "redundant", 1, LIMIT, 400),
        ("planned", "primary", 1, LIMIT, 0),
    ]
    scarce = [row["of"] for row in rows_of(body, "what runs out first") if row["resource"] == "power feed"]
    assert [name.rpartition(" ")[2] for name in scarce] == ["A", "B"]


@pytest.mark.parametrize(
    ("height", "expected"),
    [(0.5, "1-4.5, 6-12.5"), (1, "1-4, 6-12"), (1.5, "1-3.5, 6-11.5"), (2, "1-3, 6-11")],
)
async def test_positions_at_half_units_are_folded_as_whole_ones_are(
    tmp_path: Path, height: float, expected: str
) -> None:
    room = Room()
    room.device("a", rack=room.rack("R1"), position=5.0, face="front")
    body = await asked(room, tmp_path, fits_u=height)
    [row] = rows_of(body, f"where {height:g}U fit")
    assert row["full_depth"] == expected


async def test_the_power_of_a_single_rack_is_told_whole(tmp_path: Path) -> None:
    room = Room()
    room.feed("A", room.rack("R1"), 300)
    body = await asked(room, tmp_path, of="rack R1", type="power")
    assert body["complete"]
    assert "warnings" not in body
    [row] = rows_of(body, "power feeds")
    assert (row["site"], row["rack"], row["allocated_va"]) == ("Akron", "R1", 300)
