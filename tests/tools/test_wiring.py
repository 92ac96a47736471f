"""What cables tell of their ports, held against what the ports themselves say."""

from __future__ import annotations

from typing import Any

import pytest

from sources.catalog import BASE
from sources.source import Match
from sources.types import CATALOG, LINKS, PEERS, PLUGS
from tests.tools.conftest import World
from tools.cable_rows import CABLE, FRONT, INLET, INTERFACE, OUTLET
from tools.checks.wiring import Wiring


def end(id_: str, type_: str = INTERFACE, device: str = "d1") -> dict[str, Any]:
    return {"id": id_, "type": type_, "name": id_, "of": {"id": device, "type": "dcim.device"}}


def cable(a: list[dict[str, Any]], b: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": "c", "a_terminations": a, "b_terminations": b}


def plugged(id_: str, cable: str | None = "c") -> dict[str, Any]:
    return {"id": id_, "cable": {"id": cable} if cable else None}


def test_both_ends_of_a_cable_lead_to_each_other() -> None:
    wiring = Wiring([cable([end("1")], [end("2", OUTLET)])])
    assert wiring.far(INTERFACE, plugged("1")) == [end("2", OUTLET)]
    assert wiring.far(OUTLET, plugged("2")) == [end("1")]
    assert wiring.untold(INTERFACE, ["d1"]) == []


def test_a_loose_cable_and_none_lead_to_nothing() -> None:
    wiring = Wiring([cable([end("1")], [])])
    assert wiring.far(INTERFACE, plugged("1")) == []
    assert wiring.far(INTERFACE, plugged("2", None)) == []


def test_of_another_cable_than_was_read_nothing_is_told() -> None:
    wiring = Wiring([cable([end("1")], [end("2")])])
    assert wiring.far(INTERFACE, plugged("1", "newer")) is None
    assert wiring.far(INTERFACE, plugged("3", "hidden")) is None


@pytest.mark.parametrize(
    "far",
    [[end("2", FRONT, "panel")], [end("2"), end("3")], [end("2", "circuits.circuittermination")]],
    ids=["panel", "breakout", "circuit"],
)
def test_what_is_beyond_a_panel_or_a_breakout_is_asked_of_the_ports_of_the_scope(
    far: list[dict[str, Any]],
) -> None:
    wiring = Wiring([cable([end("1")], far), cable([end("9", device="elsewhere")], far)])
    assert wiring.far(INTERFACE, plugged("1")) is None
    assert "1" in wiring.untold(INTERFACE, ["d1"])
    assert "9" not in wiring.untold(INTERFACE, ["d1"])


@pytest.mark.asyncio(loop_scope="module")
async def test_cables_tell_what_the_server_says_of_the_ports(world: World) -> None:
    reader = next(iter(world.core.services.readers.values()))
    linked = frozenset({BASE, PLUGS, PEERS, LINKS})
    cables, *pages = await reader.read(
        [Match(CATALOG[CABLE]), *(Match(CATALOG[type_], (), linked) for type_ in (INTERFACE, INLET))]
    )
    wiring, compared = Wiring(cables.rows), 0
    for type_, page in zip((INTERFACE, INLET), pages, strict=True):
        for row in page.rows:
            told = wiring.far(type_, row)
            if told is not None:
                assert (told, told) == (row["link_peers"], row["connected_to"])
                compared += bool(told)
    assert compared
