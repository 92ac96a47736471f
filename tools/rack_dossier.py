"""How much room a rack has: its units by what they are, what is reserved among them."""

from __future__ import annotations

from typing import Any

from orchestration.steps import Gathered, Given, Load, Plan
from orchestration.tool import Found
from sources.catalog import BASE, Catalog
from sources.types import DETAILS
from tools.rack_room import RACKS, UNIT_COLUMNS, rooms, unread_types

_TYPES = "device_types"
_NEEDED = ("devices", "reservations", _TYPES)


def rack_steps(found: Found, catalog: Catalog) -> Plan:
    """The heights of a rack's devices, beside the devices and the reservations of its dossier."""
    if found.type.name != "dcim.rack":
        return {}
    facets = frozenset({BASE, DETAILS})
    return {
        RACKS: Given(found.type, (found.entity,)),
        _TYPES: Load("devices", "device_type", catalog["dcim.devicetype"], facets),
    }


def rack_units(gathered: Gathered) -> dict[str, Any]:
    """`{"units": 42, "used": 30, ...}`; nothing where the half of it is not known, or it is no rack."""
    if not gathered.knows(RACKS) or not all(map(gathered.knows, _NEEDED)) or unread_types(gathered):
        return {}
    [room] = rooms(gathered)
    return dict(zip(UNIT_COLUMNS, room.units, strict=True))
