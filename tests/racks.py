"""Racks that are made up for a test: what is mounted where without colliding, and what is reserved."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from tools.rack_units import Elevation, Mounted, elevation

Made = Mapping[str, Any]
_HEIGHTS = (1, 1, 1, 2, 2, 4, 8)


def made_up(random: Random, *, halves: bool) -> Made:
    """A rack; `halves`: with half units and with types that do not count, as only NetBox has them."""
    height, first = random.randint(4, 48), random.choice([1, 1, 1, 3]) if halves else 1
    step = 0.5 if halves else 1
    taken: set[tuple[str, float]] = set()
    devices: list[dict[str, Any]] = []
    for _ in range(random.randint(0, 14)):
        device = {
            "position": first + random.randrange(int(height / step)) * step,
            "height": random.choice([*_HEIGHTS, 0.5, 1.5] if halves else _HEIGHTS),
            "face": random.choice(["front", "rear"]),
            "full_depth": random.random() < 0.6,
            "planned": random.random() < 0.2,
            "counted": not halves or random.random() < 0.9,
        }
        faces = ["front", "rear"] if device["full_depth"] else [device["face"]]
        units = [device["position"] + at * step for at in range(int(device["height"] / step))]
        wanted = {(face, unit) for face in faces for unit in units}
        if units[-1] + step <= first + height and not wanted & taken:
            taken |= wanted
            devices.append(device)
    reserved = random.sample(range(first, first + height), random.randint(0, 3))
    return {
        "height": height,
        "first": first,
        "desc": random.random() < 0.3,
        "devices": devices,
        "reserved": reserved,
    }


def built(rack: Made) -> Elevation:
    """The elevation of a rack that was made up."""
    return elevation(
        rack["height"], rack["first"], [Mounted(**device) for device in rack["devices"]], rack["reserved"]
    )
