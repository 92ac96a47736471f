"""Ports: which state each is in, which are no ports to plug into, and the strands behind a patch panel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.server import DemoServer
from tests.core import opened, rows_of
from tests.inventories import Builder
from tools.port_room import STATES, physical, speed, state

ANY_PORT = st.fixed_dictionaries(
    {"cable": st.sampled_from([None, {"id": "1"}]), "mark_connected": st.sampled_from([None, True, False])},
    optional={"enabled": st.booleans()},
)


@given(ANY_PORT)
def test_every_port_is_in_one_state_and_free_only_if_nothing_says_otherwise(port: dict[str, Any]) -> None:
    assert state(port) in STATES
    taken = port["cable"] or port["mark_connected"] or port.get("enabled") is False
    assert (state(port) == "free") == (not taken)


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("1000base-t", "1G"),
        ("100base-tx", "100M"),
        ("2.5gbase-t", "2.5G"),
        ("10gbase-x-sfpp", "10G"),
        ("400gbase-x-qsfpdd", "400G"),
        ("other", None),
        ("8p8c", None),
        (None, None),
    ],
)
def test_the_speed_of_a_type_is_its_nominal_one(type_: str | None, expected: str | None) -> None:
    assert speed(type_) == expected


@pytest.mark.parametrize("type_", ["virtual", "lag", "bridge", "ieee802.11ax", "ieee802.15.1", "lte"])
def test_no_cable_is_plugged_into_what_is_not_there_or_in_the_air(type_: str) -> None:
    assert not physical({"type": type_, "enabled": True})
    assert physical({"type": "1000base-t", "enabled": True})
    assert physical({"type": None, "enabled": True})
    assert physical({"type": "lc"})


async def test_a_patch_panel_tells_its_ports_and_strands(tmp_path: Path) -> None:
    builder = Builder()
    panel, switch = builder.device(None), builder.device("sw1")
    rear = builder.add("dcim.rearport", device=panel, name="R1", type="mpo", positions=4)
    fronts = [
        builder.add(
            "dcim.frontport",
            device=panel,
            name=f"F{at}",
            type="lc",
            positions=1,
            rear_port=rear,
            rear_port_position=at,
            mark_connected=at == 2,
        )
        for at in (1, 2, 3)
    ]
    builder.cable(("dcim.interface", builder.port(switch, "Gi1")), ("dcim.frontport", fronts[0]))
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        body = await core.ask("capacity", of=f"id:{panel}", type="device")
        ports = {row["type"]: row for row in rows_of(body, "ports by type")}
        assert [ports["lc"][name] for name in ("total", "connected", "marked", "free")] == [3, 1, 1, 1]
        strands = next(
            row for row in rows_of(body, "what runs out first") if row["resource"] == "rear port positions"
        )
        assert (strands["used"], strands["total"]) == (2, 4)
