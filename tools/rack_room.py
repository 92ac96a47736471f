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
DEVICES = "devices"
SITES = "sites"
GROUPS = "groups"
FITS = "fits"
UNIT_COLUMNS = ("units", "used", "planned", "reserved", "free")
PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class RackRoom:
    """A rack with its elevation."""

    rack: Entity
    held: Elevation
    unplaced: Sequence[float] = ()
    """The heights of the devices that are in it at no position: which units they take is not known."""

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


def rack_steps(where: Sequence[Condition], catalog: Catalog, racks: Sequence[Entity] = ()) -> Plan:
    """The racks of a place (or those given), the devices there with their types, and the reservations."""
    return {
        RACKS: racks_of(where, catalog, racks),
        "reservations": Select(catalog["dcim.rackreservation"], tuple(where), optional=True),
        DEVICES: Select(catalog["dcim.device"], tuple(where)),
        "device_types": Load(
            DEVICES, "device_type", catalog["dcim.devicetype"], frozenset({BASE, DETAILS}), optional=False
        ),
    }


def racks_of(
    where: Sequence[Condition], catalog: Catalog, racks: Sequence[Entity], *, optional: bool = False
) -> Given | Select:
    """The racks of a place, or those given."""
    type_ = catalog["dcim.rack"]
    return Given(type_, tuple(racks)) if racks else Select(type_, tuple(where), optional=optional)


def rooms(gathered: Gathered) -> list[RackRoom]:
    """The racks that were read, in the order of site, location and name."""
    types = gathered.by_id("device_types")
    devices: dict[str, list[Mounted]] = defaultdict(list)
    unplaced: dict[str, list[float]] = defaultdict(list)
    for device in gathered.rows(DEVICES):
        type_ = types.get((device["device_type"] or {}).get("id", ""))
        height = (type_ or {}).get("u_height") or 0
        if not device["rack"] or type_ is None or not height:
            continue
        if device["position"] is None or device["position"] <= 0:
            unplaced[device["rack"]["id"]].append(height)
        else:
            devices[device["rack"]["id"]].append(_mounted(device, type_))
    reserved: dict[str, list[int]] = defaultdict(list)
    for reservation in gathered.rows("reservations"):
        if reservation["rack"]:
            reserved[reservation["rack"]["id"]] += reservation["units"] or ()
    found = []
    for rack in gathered.rows(RACKS):
        first = 1 if rack["starting_unit"] is None else rack["starting_unit"]
        held = elevation(rack["u_height"] or 0, first, devices[rack["id"]], reserved[rack["id"]])
        found.append(RackRoom(rack, held, unplaced[rack["id"]]))
    return sorted(found, key=_rank)


def _mounted(device: Entity, type_: Entity) -> Mounted:
    """A device as it takes units. What has no height, like PDUs and children in bays, takes none."""
    return Mounted(
        position=device["position"],
        height=type_["u_height"],
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
        for device in gathered.rows(DEVICES)
        if device["rack"] and device["position"] and (device["device_type"] or {}).get("id") not in types
    )


def without_position(found: Sequence[RackRoom]) -> list[str]:
    """What is said of devices that stand in a rack at no position."""
    heights = [height for each in found for height in each.unplaced]
    if not heights:
        return []
    devices = "1 device is" if len(heights) == 1 else f"{len(heights):,} devices are"
    return [
        f"{devices} in racks at no position: the {sum(heights):,g} units of that height are counted as free"
    ]


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
        "group",
        "units_without_position",
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
            name_of(each.rack.get("group")),
            sum(each.unplaced) or None,
        ]
        for each in found
    ]
    return table("rack units", columns, rows, window, RACKS)


def sites_table(found: Sequence[RackRoom], window: Window) -> Section:
    """A row a site: the units of all its racks, the site with the least left first."""
    return _sums("site", "rack units by site", found, window, SITES)


def groups_table(found: Sequence[RackRoom], window: Window) -> list[Section]:
    """A row a rack group with the racks that are in it themselves, where there are several groups."""
    grouped = [each for each in found if each.rack.get("group")]
    groups = {each.rack["group"]["id"] for each in grouped}
    return [_sums("group", "rack units by group", grouped, window, GROUPS)] if len(groups) > 1 else []


def _sums(field: str, title: str, found: Sequence[RackRoom], window: Window, key: str) -> Section:
    """A row for each object that racks refer to by a field, the one with the least left first."""
    of: dict[str, list[RackRoom]] = defaultdict(list)
    for each in found:
        of[(each.rack[field] or {}).get("id", "")].append(each)
    rows = []
    for held in of.values():
        totals = [sum(column) for column in zip(*(each.units for each in held), strict=True)]
        gap = max(each.held.largest_gap(*FACES) for each in held)
        name = name_of(held[0].rack[field])
        rows.append([name, len(held), *totals, gap, share(totals[0] - totals[-1], totals[0])])
    rows.sort(key=lambda row: (-(row[-1] or 0), str(row[0])))
    columns = (field, "racks", *UNIT_COLUMNS, "gap_full_depth", "percent")
    return table(title, columns, rows, window, key)


def fits_table(found: Sequence[RackRoom], height: float, window: Window) -> Section:
    """The racks in which a device of that height fits, each with the lowest unit that it could take."""
    rows, step = [], 1 if height % 1 == 0 else 0.5
    for each in found:
        full, *halves = (
            _positions(each.held.fits(height, *on), step) for on in (FACES, *((f,) for f in FACES))
        )
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


def _positions(places: Sequence[float], step: float) -> str | None:
    """Positions with runs folded: `3-10, 24, 30.5`; the unit is the lowest that the device takes.

    A run is of positions that lie a `step` apart: of half a unit for what is no whole number of units high.
    """
    parts: list[str] = []
    first = last = 0.0
    for at in places:
        if parts and at == last + step:
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
