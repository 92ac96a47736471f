"""What a map asks for next, where the source itself knows no path to the end."""

from __future__ import annotations

from typing import Any

from orchestration.steps import Gathered, Given
from orchestration.tool import Found
from sources.source import Page
from sources.types import CATALOG
from tools.neighbourhood import Neighbourhood, beginning, devices_step, step_name


def test_a_device_with_nothing_but_a_circuit_has_its_sides_read() -> None:
    circuit = {"id": "c1", "name": "LU-1", "type": "circuits.circuit"}
    side = {"id": "t1", "name": "A", "type": "circuits.circuittermination", "of": circuit}
    port: dict[str, Any] = {
        "id": "p1",
        "name": "wan0",
        "device": {"id": "r1", "name": "edge"},
        "link_peers": [side],
        "connected_to": [],
    }
    edge = {"id": "r1", "name": "edge"}
    gathered = Gathered(beginning(Found(CATALOG["dcim.device"], edge), "network", CATALOG))
    gathered.pages[devices_step(0)] = Page([edge], 1)
    gathered.pages[step_name("interfaces", 1)] = Page([port], 1)
    plan = Neighbourhood(gathered, CATALOG, "network", 2).plan()
    given = plan[step_name("circuits", 1)]
    assert isinstance(given, Given)
    assert [row["id"] for row in given.rows] == ["c1"]
    assert step_name("sides of circuits", 1) in plan
