"""Racks and PDUs, held against what the servers themselves compute and show of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from server.settings import SourceKind
from tests import pdus, racks
from tests.live.rig.servers import Server, nautobot, netbox
from tests.live.servers import KINDS, asking_real, past_netbrief, setting
from tests.questions.reading import read_whole
from tools.power_draw import LEGS, limit
from tools.rack_units import FACES

BOTH_KINDS = pytest.mark.parametrize("kind", KINDS)
MADE_UP = 40
SERVERS = {"netbox": netbox, "nautobot": nautobot}
FACTORS: Mapping[SourceKind, float | None] = {"netbox": None, "nautobot": 0.95}
HALVES: Mapping[SourceKind, bool] = {"netbox": True, "nautobot": False}
WANTED = 2
Said = Mapping[SourceKind, Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]]


def _server(kind: SourceKind) -> Server:
    first = int(setting("NETBOX_URL").rpartition(":")[2])
    return SERVERS[kind](first + KINDS.index(kind), first + 2)


def _asked(what: str, made: Mapping[SourceKind, Sequence[Mapping[str, Any]]], folder: Path) -> Said:
    said: dict[SourceKind, Any] = {}
    for kind, several in made.items():
        file = folder / f"{kind}.json"
        file.write_text(json.dumps({what: several}))
        said[kind] = list(zip(several, json.loads(_server(kind).ask("room.py", file))[what], strict=True))
    return said


@pytest.fixture(scope="module")
def made_racks(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """Racks that are made up for each server and taken back, each with what it says of them."""
    made = {kind: [racks.made_up(Random(at), halves=HALVES[kind]) for at in range(MADE_UP)] for kind in KINDS}
    return _asked("rack", made, tmp_path_factory.mktemp("racks"))


@pytest.fixture(scope="module")
def made_pdus(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """The same of PDUs."""
    made = {kind: [pdus.made_up(Random(at)) for at in range(MADE_UP)] for kind in KINDS}
    return _asked("pdu", made, tmp_path_factory.mktemp("pdus"))


@BOTH_KINDS
def test_the_utilization_of_any_rack_is_the_server_s(kind: SourceKind, made_racks: Said) -> None:
    for made, said in made_racks[kind]:
        assert racks.built(made).utilization() == pytest.approx(said["utilization"], abs=0.051), made


@BOTH_KINDS
def test_what_is_taken_on_each_face_is_what_the_elevation_shows(kind: SourceKind, made_racks: Said) -> None:
    step = 0.5 if HALVES[kind] else 1
    for made, said in made_racks[kind]:
        rack = racks.built(made)
        for face in FACES:
            shown = {at for unit in said["occupied"][face] for at in _slots(made, unit, step)}
            assert rack.used[face] | rack.planned[face] == shown, made


@BOTH_KINDS
def test_a_device_fits_where_the_server_lets_it_be_put(kind: SourceKind, made_racks: Said) -> None:
    for made, said in made_racks[kind]:
        # The servers do not keep reserved units free.
        rack = racks.built({**made, "reserved": []})
        for key, faces in (("both", FACES), *((face, (face,)) for face in FACES)):
            offered, fits = set(said["available"][key]), set(rack.fits(WANTED, *faces))
            assert {at for at in fits if at % 1 == 0} == {at for at in offered if at % 1 == 0}, made
            assert fits <= offered


@BOTH_KINDS
def test_the_draw_of_any_pdu_is_the_server_s(kind: SourceKind, made_pdus: Said) -> None:
    for made, said in made_pdus[kind]:
        tree = pdus.tree_of(made, FACTORS[kind])
        drawn = tree.draw("inlet")
        assert limit(made["feed"]) == said["limit"], made
        # Nautobot cuts off what is not a whole volt-ampere.
        assert drawn.allocated == pytest.approx(said["allocated"], abs=1), made
        assert drawn.maximum == pytest.approx(said["maximum"], abs=1), made
        for leg, of_leg in zip(LEGS, said["legs"], strict=False):
            assert tree.draw("inlet", leg).allocated == pytest.approx(of_leg["allocated"], abs=1), made


@BOTH_KINDS
async def test_racks_are_as_full_as_their_elevations_show(kind: SourceKind, folder: Path) -> None:
    async with asking_real(kind, folder) as asker:
        _, sections = await read_whole(asker, "capacity", {"of": "Akron", "type": "racks"})
        _, listed = await read_whole(
            asker, "list_objects", {"type": "rack", "where": {"site": "Akron"}, "fields": ["id", "name"]}
        )
    ids = {row["name"]: row["id"] for section in listed.values() for row in section.rows}
    async with past_netbrief(kind) as server:
        for row in sections["rack units"].rows:
            shown = await server.get(
                f"/api/dcim/racks/{ids[row['rack']]}/elevation/", [("face", "front"), ("limit", "1000")]
            )
            occupied = [unit for unit in shown["results"] if unit["occupied"]]
            per_unit = 2 if kind == "netbox" else 1
            assert row["used"] + row["planned"] == len(occupied) / per_unit
            assert row["units"] == len(shown["results"]) / per_unit


def _slots(made: Mapping[str, Any], unit: float, step: float) -> range:
    start = round((unit - made["first"]) * 2)
    return range(start, start + round(step * 2))
