"""Questions in words on the real servers: read like on the generated inventory, answered like the direct call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from server.settings import SourceKind
from tests.live.servers import KINDS, asking_real

SAME: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("how many devices are at Akron", "list_objects", {"type": "device", "where": {"site": "Akron"}}),
    (
        "firewalls in Ohio that are active",
        "list_objects",
        {"type": "device", "where": {"role": "Firewall", "region": "Ohio", "status": "active"}},
    ),
    (
        "gold support devices at Akron",
        "list_objects",
        {"type": "device", "where": {"cf_support_tier": "gold", "site": "Akron"}},
    ),
    ("which tenants have no circuits", "list_objects", {"type": "tenant", "where": {"circuits": 0}}),
    (
        "disabled ports on akr-asw01",
        "list_objects",
        {"type": "interface", "where": {"device": "akr-asw01", "enabled": False}},
    ),
    ("next free /26 at Albany", "ip_space", {"site": "Albany", "free_length": 26}),
    ("what breaks if akr-core01 fails", "impact", {"object": "akr-core01"}),
    ("which ports use vlan 100 at Akron", "vlans", {"site": "Akron", "vid": 100}),
    ("is there room for a 4U server in Albany", "capacity", {"of": "Albany", "fits_u": 4}),
)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_question_is_answered_like_the_direct_call(kind: SourceKind, tmp_path: Path) -> None:
    async with asking_real(kind, tmp_path) as asker:
        for question, tool, arguments in SAME:
            said = await asker.ask("ask", question=question)
            direct = await asker.ask(tool, **arguments)
            totals = [[each["total"] for each in body["sections"]] for body in (said.body, direct.body)]
            assert totals[0] == totals[1], question
            assert said.body["facts"]["read_as"]


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_not_understood_is_not_answered(kind: SourceKind, tmp_path: Path) -> None:
    async with asking_real(kind, tmp_path) as asker:
        for question in ("what is the weather in Akron", "cpu load of akr-core01", "delete akr-core01"):
            assert (await asker.refused("ask", question=question)).startswith("not_understood")
