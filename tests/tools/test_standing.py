"""Where things stand that are gone, in few rounds of reads, where places are one tree as they are in Nautobot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from sources.types import CATALOG
from tools.standing import At, Key, Standing

REGION, SITE, LOCATION = "dcim.region", "dcim.site", "dcim.location"
DEVICE, PORT, VLAN = "dcim.device", "dcim.interface", "ipam.vlan"
RACK, RESERVATION = "dcim.rack", "dcim.rackreservation"
MOST_ROUNDS = 3


def uuid(number: int) -> str:
    return str(UUID(int=number))


def settled(
    scope: Key, keys: list[Key], rows: Mapping[Key, dict[str, Any]], data: Mapping[Key, dict[str, Any]]
) -> tuple[list[At], int]:
    """Where the objects stand, and how many rounds of reads it takes to tell."""
    asked: set[Key] = set()
    told: dict[Key, dict[str, Any]] = {}
    for round_ in range(20):
        known = {key: row for key, row in rows.items() if key in asked}
        unread = data.keys() - told.keys()
        standing = Standing(scope, CATALOG, known, frozenset(asked), {}, told.get, unread.__contains__)
        found = [standing.at(key) for key in keys]
        if At.OPEN not in found:
            return found, round_
        assert standing.wanted or standing.wanted_data, "nothing more to read, and not settled"
        asked |= standing.wanted
        if not standing.wanted:
            told |= {key: data[key] for key in standing.wanted_data}
    raise AssertionError("it goes on and on")


def emptied_site(site: str, first: int, parent: str) -> tuple[list[Key], dict[Key, dict[str, Any]]]:
    """A site with a device, its port and a VLAN, all of which are gone, as their last changes tell it."""
    device, port, vlan = uuid(first), uuid(first + 1), uuid(first + 2)
    data: dict[Key, dict[str, Any]] = {
        (LOCATION, site): {"name": "gone", "parent": {"id": parent}},
        (DEVICE, device): {"name": "sw1", "location": {"id": site}},
        (PORT, port): {"name": "xe-0/0/0", "device": device},
        (VLAN, vlan): {"vid": 77, "location": {"id": site}},
    }
    return list(data), data


def test_sites_that_are_gone_do_not_take_rounds_of_their_own() -> None:
    region, site = uuid(1), uuid(2)
    rows: dict[Key, dict[str, Any]] = {
        (REGION, region): {"id": region},
        (SITE, site): {"id": site, "name": "here"},
    }
    here, said = emptied_site(site, 10, region)
    del said[LOCATION, site]
    here.remove((LOCATION, site))
    assert settled((SITE, site), here, rows, said) == ([At.HERE] * len(here), 2)
    keys, data = [*here], {**said}
    for number in range(2, 5):
        others, more = emptied_site(uuid(number * 100), number * 100 + 1, region)
        keys, data = [*keys, *others], {**data, **more}
    found, rounds = settled((SITE, site), keys, rows, data)
    assert found == [At.HERE] * len(here) + [At.ELSEWHERE] * (len(keys) - len(here))
    assert rounds <= MOST_ROUNDS


@pytest.mark.parametrize("scope", [(SITE, "1"), (LOCATION, "1")])
def test_what_has_a_rack_alone_stands_where_the_rack_does(scope: Key) -> None:
    there, elsewhere = ({"site": {"id": id_}, "location": {"id": id_}} for id_ in ("1", "2"))
    rows: dict[Key, dict[str, Any]] = {
        (RACK, "5"): {"id": "5", **there},
        (RACK, "6"): {"id": "6", **elsewhere},
        (RESERVATION, "7"): {"id": "7", "rack": {"id": "5"}},
        (RESERVATION, "8"): {"id": "8", "rack": {"id": "6"}},
        **{(type_, id_): {"id": id_} for type_ in (SITE, LOCATION) for id_ in ("1", "2")},
    }
    gone: dict[Key, dict[str, Any]] = {
        (RESERVATION, "9"): {"units": [1], "rack": 5},
        (RESERVATION, "10"): {"units": [1], "rack": 6},
    }
    found, rounds = settled(scope, [(RESERVATION, id_) for id_ in ("7", "8", "9", "10")], rows, gone)
    assert found == [At.HERE, At.ELSEWHERE] * 2
    assert rounds <= MOST_ROUNDS + 1
