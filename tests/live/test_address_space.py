"""How full prefixes are and what is free in them, held against what the servers themselves compute."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from server.settings import SourceKind
from tests.asking import Asker
from tests.live.rig.servers import Server, nautobot, netbox
from tests.live.servers import KINDS, asking_real, past_netbrief, setting
from tests.plans import address_plan, made_up
from tests.questions.reading import read_whole
from tools.address_plan import AddressPlan, Network
from tools.spans import Span, merged, network_span
from tools.utilization import free_addresses, free_space, usage

BOTH_KINDS = pytest.mark.parametrize("kind", KINDS)
PLANS = 40
SERVERS = {"netbox": netbox, "nautobot": nautobot}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Mapping[SourceKind, Any]:
    """What each server says of its own prefixes, and of plans that are made up for it and taken back."""
    file = tmp_path_factory.mktemp("plans") / "plans.json"
    file.write_text(json.dumps([made_up(Random(seed)) for seed in range(PLANS)]))
    return {kind: json.loads(_server(kind).ask("space.py", file)) for kind in KINDS}


def _server(kind: SourceKind) -> Server:
    first = int(setting("NETBOX_URL").rpartition(":")[2])
    return SERVERS[kind](first + KINDS.index(kind), first + 2)


@BOTH_KINDS
async def test_utilization_is_what_the_server_says(
    kind: SourceKind, said: Mapping[SourceKind, Any], folder: Path
) -> None:
    async with asking_real(kind, folder) as asker:
        _, sections = await read_whole(asker, "ip_space", {"max_tokens": 20_000})
    shown = {(row["prefix"], row["vrf"]): row["utilization"] for row in sections["prefixes"].rows}
    for row in sections["aggregates"].rows:
        shown[row["prefix"], "aggregate" if kind == "netbox" else row["vrf"]] = row["utilization"]
    wrong = {
        (row["prefix"], row["vrf"]): (row["utilization"], shown.get((row["prefix"], row["vrf"])))
        for row in said[kind]["recorded"]
        if shown.get((row["prefix"], row["vrf"])) != pytest.approx(round(row["utilization"], 1))
    }
    assert wrong == {}
    assert len(said[kind]["recorded"]) > 100


@BOTH_KINDS
def test_of_any_plan_utilization_is_what_the_server_says(
    kind: SourceKind, said: Mapping[SourceKind, Any]
) -> None:
    for seed, told in enumerate(said[kind]["plans"]):
        plan = address_plan(told, "plan" if kind == "nautobot" else "")
        for each in told["said"]:
            found = usage(_network(plan, each["prefix"]), plan)
            assert found.utilization == pytest.approx(min(each["utilization"], 100)), (seed, each, told)


@BOTH_KINDS
def test_of_any_plan_what_is_free_is_free_for_the_server(
    kind: SourceKind, said: Mapping[SourceKind, Any]
) -> None:
    alike = 0
    for seed, told in enumerate(said[kind]["plans"]):
        plan = address_plan(told, "plan" if kind == "nautobot" else "")
        for each in told["said"]:
            network = _network(plan, each["prefix"])
            free = list(free_addresses(network, plan))
            theirs = _spans(each["free_addresses"])
            if not network.divided:
                # The servers would also give away what lies in a child prefix.
                assert all(any(other.holds(span) for other in theirs) for span in free), (seed, each, told)
            if not network.divided and not plan.children(network):
                assert free == theirs, (seed, each, told)
                alike += 1
            blocks = _spans(each["free_prefixes"])
            # ... and a prefix in which there are addresses and ranges, if no prefix is there yet.
            room = list(free_space(network, plan))
            assert all(any(other.holds(span) for other in blocks) for span in room), (seed, each, told)
            if not plan.numbers(network) and not plan.ranges_in(network):
                assert room == blocks, (seed, each, told)
                alike += 1
    assert alike > PLANS


@BOTH_KINDS
async def test_the_next_free_address_and_prefix_are_those_of_the_api(kind: SourceKind, folder: Path) -> None:
    async with asking_real(kind, folder) as asker, past_netbrief(kind) as server:
        for prefix, vrf, length in (("10.0.1.0/24", "Corporate", 28), ("10.0.16.0/20", "Corporate", 24)):
            [row] = await _rows(asker, "prefix", prefix=prefix, vrf=vrf)
            own = await _own(server, kind, prefix, vrf)
            if row["type"] == "network":
                listed = await server.get(f"/api/ipam/prefixes/{own}/available-ips/", [("limit", "1")])
                [first] = listed if isinstance(listed, list) else listed["results"]
                assert row["next_free"] == first["address"]
                continue
            [free] = await _rows(asker, f"free /{length}", prefix=prefix, vrf=vrf, free_length=length)
            listed = await server.get(f"/api/ipam/prefixes/{own}/available-prefixes/")
            spans = _spans(
                [each["prefix"] for each in (listed if isinstance(listed, list) else listed["results"])]
            )
            block = network_span(free["next_free"])
            assert block is not None
            assert any(span.first == block.first for span in spans)
            assert free["how_many"] == sum(span.size for span in spans) // block.size


async def _rows(asker: Asker, title: str, **arguments: Any) -> list[dict[str, Any]]:
    _, sections = await read_whole(asker, "ip_space", arguments)
    return sections[title].rows


async def _own(server: Any, kind: SourceKind, prefix: str, vrf: str) -> str:
    [table] = (await server.get("/api/ipam/vrfs/", [("name", vrf)]))["results"]
    key = "vrfs" if kind == "nautobot" else "vrf_id"
    [found] = (await server.get("/api/ipam/prefixes/", [("prefix", prefix), (key, str(table["id"]))]))[
        "results"
    ]
    return str(found["id"])


def _network(plan: AddressPlan, prefix: str) -> Network:
    [found] = [each for each in plan.networks if each.span.network() == prefix]
    return found


def _spans(texts: list[str]) -> list[Span]:
    return merged(span for text in texts if (span := network_span(text)))
