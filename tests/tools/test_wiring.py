"""What cables tell of their ports, held against what the ports themselves say."""

from __future__ import annotations

from typing import Any

import pytest

from sources.catalog import BASE
from sources.source import Match
from sources.types import CATALOG, LINKS, PEERS
from tests.tools.conftest import World
from tools.cable_rows import CABLE, FRONT, INLET, INTERFACE, OUTLET
from tools.checks.wiring import Wiring


def end(id_: str, type_: str = INTERFACE, device: str = "d1") -> dict[str, Any]:
    return {"id": id_, "type": type_, "name": id_, "of": {"id": device, "type": "dcim.device"}}


def cable(a: list[dict[str, Any]], b: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": "c", "a_terminations": a, "b_terminations": b}


def test_both_ends_of_a_cable_lead_to_each_other() -> None:
    wiring = Wiring([cable([end("1")], [end("2", OUTLET)])])
    assert wiring.told == {(INTERFACE, "1"): [end("2", OUTLET)], (OUTLET, "2"): [end("1")]}
    assert wiring.untold(INTERFACE, ["d1"]) == []


def test_a_loose_cable_leads_to_nothing() -> None:
    assert Wiring([cable([end("1")], [])]).told == {(INTERFACE, "1"): []}


@pytest.mark.parametrize(
    "far",
    [[end("2", FRONT, "panel")], [end("2"), end("3")], [end("2", "circuits.circuittermination")]],
    ids=["panel", "breakout", "circuit"],
)
def test_what_is_beyond_a_panel_or_a_breakout_is_asked_of_the_ports_of_the_scope(
    far: list[dict[str, Any]],
) -> None:
    wiring = Wiring([cable([end("1")], far), cable([end("9", device="elsewhere")], far)])
    assert (INTERFACE, "1") not in wiring.told
    assert "1" in wiring.untold(INTERFACE, ["d1"])
    assert "9" not in wiring.untold(INTERFACE, ["d1"])


@pytest.mark.asyncio(loop_scope="module")
async def test_cables_tell_what_the_server_says_of_the_ports(world: World) -> None:
    reader = next(iter(world.core.services.readers.values()))
    linked = frozenset({BASE, PEERS, LINKS})
    cables, *pages = await reader.read(
        [Match(CATALOG[CABLE]), *(Match(CATALOG[type_], (), linked) for type_ in (INTERFACE, INLET))]
    )
    wiring, compared = Wiring(cables.rows), 0
    for type_, page in zip((INTERFACE, INLET), pages, strict=True):
        for row in page.rows:
            told = wiring.told.get((type_, row["id"]))
            if told is not None:
                assert (told, told) == (row["link_peers"], row["connected_to"])
                compared += 1
    assert compared
