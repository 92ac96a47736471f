"""Paths as the servers themselves trace them, against what `trace` says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from server.settings import SourceKind
from sources.http import HttpClient
from tests.asking import Asker
from tests.core import expanded
from tests.live.servers import KINDS, asking_real, past_netbrief

SAMPLE = 6
END_POINTS = {
    "interfaces": "interface",
    "console-ports": "console port",
    "console-server-ports": "console server port",
    "power-ports": "power port",
}
PASSED = {"front-ports": "front port", "rear-ports": "rear port"}
CABLED: dict[SourceKind, str] = {"netbox": "cabled", "nautobot": "has_cable"}


async def sample(server: HttpClient, kind: SourceKind, endpoint: str) -> list[str]:
    """Some of the cabled ports, by their ids."""
    page = await server.get(f"/api/dcim/{endpoint}/", [(CABLED[kind], "true"), ("limit", "1000")])
    ids = [str(row["id"]) for row in page["results"]]
    return ids[:: max(1, len(ids) // SAMPLE)]


async def named(server: HttpClient) -> dict[str, str]:
    """What devices and circuits are called, by id."""
    found: dict[str, str] = {}
    for path, name in (("dcim/devices", "name"), ("circuits/circuits", "cid"), ("dcim/power-panels", "name")):
        page = await server.get(f"/api/{path}/", [("limit", "1000")])
        found |= {f"{path}/{row['id']}": row[name] or f"#{row['id']}" for row in page["results"]}
    return found


def called(port: dict[str, Any], names: dict[str, str]) -> str:
    """A port as answers name it."""
    for field, path in (
        ("device", "dcim/devices"),
        ("circuit", "circuits/circuits"),
        ("power_panel", "dcim/power-panels"),
    ):
        if port.get(field):
            return f"{names[f'{path}/' + str(port[field]['id'])]} {port.get('name') or port.get('term_side')}"
    return str(port.get("name"))


def one(end: Any) -> dict[str, Any] | None:
    """The port at an end: NetBox gives a list."""
    found = end[0] if isinstance(end, list) and end else end
    return found or None


def cable_name(cable: Any) -> str:
    """A cable as answers name it."""
    [known] = cable if isinstance(cable, list) else [cable]
    return str(known.get("label") or f"#{known['id']}")


async def hops(asker: Asker, start: str) -> list[dict[str, Any]]:
    """The hops that are answered."""
    return expanded((await asker.ask("trace", start=start, max_tokens=10_000)).section("hops"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("endpoint", END_POINTS)
async def test_the_server_traces_the_same_hops(kind: SourceKind, endpoint: str, folder: Path) -> None:
    async with past_netbrief(kind) as server, asking_real(kind, folder) as asker:
        names = await named(server)
        for id_ in await sample(server, kind, endpoint):
            told = await server.get(f"/api/dcim/{endpoint}/{id_}/trace/")
            wanted = [
                (called(near, names), cable_name(cable), called(far, names))
                for near_end, cable, far_end in told
                if cable and (near := one(near_end)) and (far := one(far_end))
            ]
            found = [
                (row["from"], row["cable"], row["to"])
                for row in await hops(asker, f"{END_POINTS[endpoint]} id:{id_}")
            ]
            if endpoint == "power-ports" and wanted not in (found, found[: len(wanted)]):
                # From the PDU's own power port, the path is told from the feed that it comes from.
                wanted = [(far, cable, near) for near, cable, far in wanted]
            assert found[: len(wanted)] == wanted
            assert endpoint == "power-ports" or len(found) == len(wanted)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("endpoint", PASSED)
async def test_the_server_knows_the_same_paths_through_a_port(
    kind: SourceKind, endpoint: str, folder: Path
) -> None:
    async with past_netbrief(kind) as server, asking_real(kind, folder) as asker:
        for id_ in await sample(server, kind, endpoint):
            told = await server.get(f"/api/dcim/{endpoint}/{id_}/paths/")
            found = {row["cable"] for row in await hops(asker, f"{PASSED[endpoint]} id:{id_}")}
            # Nautobot also has paths that begin at a circuit's side: parts of those from end to end.
            whole = [
                path
                for path in told
                if "circuit-terminations" not in str((path.get("origin") or {}).get("url"))
            ]
            assert whole
            for path in whole:
                steps = [one(step) for step in path["path"]]
                cables = {cable_name(step) for step in steps if step and _is_cable(step)}
                assert cables == found


def _is_cable(step: dict[str, Any]) -> bool:
    return "/dcim/cables/" in str(step.get("url", ""))
