"""Room in racks: what must be read of them, their elevations, and the tables of units and of where a device fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from orchestration.answer import Section
from orchestration.cells import cell, name_of
from orchestration.steps import Gathered, Given, Load, Plan, Select
from orchestration.tool import Window
from sources.catalog import BASE, Catalog
from sources.source import Condition, Entity
from sources.types import DETAILS
from tools.rack_units import FACES, Elevation, Mounted, elevation
from tools.scarcity import Resource, share
from tools.tables import table
from tools.wording import natural

RACKS = "racks"
SITES = "sites"
FITS = "fits"
UNIT_COLUMNS = ("units", "used", "planned", "reserved", "free")
PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class RackRoom:
    """A rack with its elevation."""

    rack: Entity
    held: Elevation

    @property
    def name(self) -> str:
        """Its name and its site: racks of different sites share names."""
        return (
            f"{name_of(self.rack['site'])} {name_of(self.rack)}" if self.rack["site"] else _called(self.rack)
        )

    @property
    def units(self) -> tuple[float, ...]:
        """All units, and those used, planned, reserved and free."""
        parts = self.held.units()
        return (sum(parts), *parts)


def rack_steps(where: Sequence[Condition], catalog: Catalog, rack: Entity | None = None) -> Plan:
    """The racks of a place (or the one rack), the devices there with their types, and the reservations."""
    type_ = catalog["dcim.rack"]
    return {
        RACKS: Given(type_, (rack,)) if rack else Select(type_, tuple(where)),
        "reservations": Select(catalog["dcim.rackreservation"], tuple(where), optional=True),
        "devices": Select(catalog["dcim.device"], tuple(where)),
        "device_types": Load(
            "devices", "device_type", catalog["dcim.devicetype"], frozenset({BASE, DETAILS}), optional=False
        ),
    }


def rooms(gathered: Gathered) -> list[RackRoom]:
    """The racks that were read, in the order of site, location and name."""
    types = gathered.by_id("device_types")
    devices: dict[str, list[Mounted]] = defaultdict(list)
    for device in gathered.rows("devices"):
        mounted = _mounted(device, types)
        if mounted and device["rack"]:
            devices[device["rack"]["id"]].append(mounted)
    reserved: dict[str, list[int]] = defaultdict(list)
    for reservation in gathered.rows("reservations"):
        if reservation["rack"]:
            reserved[reservation["rack"]["id"]] += reservation["units"] or ()
    found = []
    for rack in gathered.rows(RACKS):
        first = 1 if rack["starting_unit"] is None else rack["starting_unit"]
        held = elevation(rack["u_height"] or 0, first, devices[rack["id"]], reserved[rack["id"]])
        found.append(RackRoom(rack, held))
    return sorted(found, key=_rank)


def _mounted(device: Entity, types: dict[str, Entity]) -> Mounted | None:
    """A device as it takes units: none without a position or of no height, like PDUs and children in bays."""
    type_ = types.get((device["device_type"] or {}).get("id", ""))
    height = (type_ or {}).get("u_height") or 0
    if type_ is None or not height or device["position"] is None or device["position"] <= 0:
        return None
    return Mounted(
        position=device["position"],
        height=height,
        face=device["face"],
        full_depth=bool(type_["is_full_depth"]),
        planned=device["status"] == PLANNED,
        counted=not type_["exclude_from_utilization"],
    )


def unread_types(gathered: Gathered) -> int:
    """Devices at a position whose type the token may not see: the units that they take are unknown."""
    types = gathered.by_id("device_types")
    return sum(
        1
        for device in gathered.rows("devices")
        if device["rack"] and device["position"] and (device["device_type"] or {}).get("id") not in types
    )


def units_table(found: Sequence[RackRoom], window: Window) -> Section:
    """A row a rack: its units by what they are, the largest gaps, and the server's own utilization."""
    columns = (
        "rack",
        "site",
        "location",
        "status",
        *UNIT_COLUMNS,
        "gap_full_depth",
        "gap_front",
        "gap_rear",
        "utilization",
    )
    rows = [
        [
            _called(each.rack),
            name_of(each.rack["site"]),
            name_of(each.rack["location"]),
            each.rack["status"],
            *each.units,
            each.held.largest_gap(*FACES),
            *(each.held.largest_gap(face) for face in FACES),
            each.held.utilization(),
        ]
        for each in found
    ]
    return table("rack units", columns, rows, window, RACKS)


def sites_table(found: Sequence[RackRoom], window: Window) -> Section:
    """A row a site: the units of all its racks, the site with the least left first."""
    of: dict[str, list[RackRoom]] = defaultdict(list)
    for each in found:
        of[(each.rack["site"] or {}).get("id", "")].append(each)
    rows = []
    for held in of.values():
        totals = [sum(column) for column in zip(*(each.units for each in held), strict=True)]
        gap = max(each.held.largest_gap(*FACES) for each in held)
        site = name_of(held[0].rack["site"])
        rows.append([site, len(held), *totals, gap, share(totals[0] - totals[-1], totals[0])])
    rows.sort(key=lambda row: (-(row[-1] or 0), str(row[0])))
    columns = ("site", "racks", *UNIT_COLUMNS, "gap_full_depth", "percent")
    return table("rack units by site", columns, rows, window, SITES)


def fits_table(found: Sequence[RackRoom], height: float, window: Window) -> Section:
    """The racks in which a device of that height fits, each with the lowest unit that it could take."""
    rows = []
    for each in found:
        full, *halves = (_positions(each.held.fits(height, *on)) for on in (FACES, *((f,) for f in FACES)))
        if any((full, *halves)):
            place = [name_of(each.rack["site"]), name_of(each.rack["location"]), each.rack["status"]]
            rows.append([_called(each.rack), *place, full, *halves])
    columns = ("rack", "site", "location", "status", "full_depth", "half_depth_front", "half_depth_rear")
    return table(f"where {height:g}U fit", columns, rows, window, FITS)


def scarce_racks(found: Iterable[RackRoom]) -> list[Resource]:
    """The racks, each with its units that are not free."""
    return [
        Resource("rack units", each.name, each.units[0] - each.units[-1], each.units[0], "U")
        for each in found
    ]


def racks_in_words(found: Sequence[RackRoom]) -> str:
    """`4 racks: 120 of 168 units free, 40 used, 4 planned, 4 reserved`."""
    if not found:
        return "no racks"
    total, used, planned, reserved, free = (
        sum(column) for column in zip(*(each.units for each in found), strict=True)
    )
    parts = [f"{free:,} of {total:,} units free", f"{used:,} used"]
    parts += [f"{count:,} {word}" for count, word in ((planned, "planned"), (reserved, "reserved")) if count]
    return f"{len(found):,} rack{'' if len(found) == 1 else 's'}: {', '.join(parts)}"


def _positions(places: Sequence[float]) -> str | None:
    """Positions with runs folded: `3-10, 24, 30.5`; the unit is the lowest that the device takes."""
    parts: list[str] = []
    first = last = 0.0
    for at in places:
        if parts and at == last + 1:
            parts[-1] = f"{first:g}-{at:g}"
        else:
            parts.append(f"{at:g}")
            first = at
        last = at
    return cell(", ".join(parts)) if parts else None


def _called(rack: Entity) -> str:
    return str(name_of(rack))


def _rank(each: RackRoom) -> tuple[object, ...]:
    rack = each.rack
    place = [str(name_of(rack[name]) or "") for name in ("site", "location")]
    return (*place, natural(str(rack["name"] or "")), rack["id"])
