"""Rack units: which of a rack are used, planned, reserved or free, by face; and where a device fits.

Counted in slots of half a unit, since NetBox mounts at half units; the lowest slot is 0. Racks whose units are
numbered from the top differ only in how they are drawn: a device's position is its lowest number there, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Slots = frozenset[int]
FACES = ("front", "rear")
_PER_UNIT = 2


@dataclass(frozen=True, slots=True)
class Mounted:
    """A device in a rack. Of half depth and without a face, it is taken to be on both."""

    position: float
    height: float
    face: str | None = None
    full_depth: bool = True
    planned: bool = False
    counted: bool = True
    """Whether it counts in the server's own utilization: NetBox lets device types be left out."""

    @property
    def faces(self) -> Sequence[str]:
        """The faces that it takes."""
        return (self.face,) if self.face in FACES and not self.full_depth else FACES


@dataclass(frozen=True, slots=True)
class Elevation:
    """A rack, slot by slot. On each face a slot is used, planned, reserved or free."""

    slots: int
    first_unit: int
    used: dict[str, Slots]
    planned: dict[str, Slots]
    reserved: Slots
    counted: Slots

    def free(self, *faces: str) -> Slots:
        """The slots that are free on all of these faces."""
        taken = self.reserved.union(*(self.used[face] | self.planned[face] for face in faces))
        return frozenset(range(self.slots)) - taken

    def units(self) -> tuple[float, float, float, float]:
        """Units used, planned, reserved, and free on both faces: together they are all units."""
        used = self.used["front"] | self.used["rear"]
        planned = (self.planned["front"] | self.planned["rear"]) - used
        reserved = self.reserved - used - planned
        free = self.free(*FACES)
        return in_units(len(used)), in_units(len(planned)), in_units(len(reserved)), in_units(len(free))

    def utilization(self) -> float | None:
        """Percent, as NetBox's page of a rack has it (`Rack.get_utilization` in dcim/models/racks.py).

        Of all half units those that are no longer free on both faces, be it by a device that is mounted or
        planned or by a reservation; devices of types that are excluded from utilization do not count.
        Nautobot's page does the same in whole units.
        """
        if not self.slots:
            return None
        return round(100 * len(self.counted | self.reserved) / self.slots, 1)

    def largest_gap(self, *faces: str) -> float:
        """The most units in a row that are free on all of these faces."""
        return in_units(max((length for _, length in runs(self.free(*faces))), default=0))

    def fits(self, height: float, *faces: str) -> list[float]:
        """The positions at which a device of that many units fits on these faces, from the lowest on.

        Whole units; a half one only for a device of half units, or where nothing else is possible in a gap.
        """
        wanted = _slots(height)
        found: list[int] = []
        for start, length in runs(self.free(*faces)):
            places = range(start, start + length - wanted + 1)
            whole = [at for at in places if at % _PER_UNIT == 0]
            found += whole if whole and wanted % _PER_UNIT == 0 else places
        return [self.first_unit + in_units(at) for at in found]


def elevation(
    height: float, first_unit: int, mounted: Iterable[Mounted], reserved_units: Iterable[int]
) -> Elevation:
    """A rack with what is mounted and reserved in it; what sticks out of the rack is cut off."""
    slots = _slots(height)
    used: dict[str, set[int]] = {face: set() for face in FACES}
    planned: dict[str, set[int]] = {face: set() for face in FACES}
    counted: set[int] = set()

    def inside(position: float, units: float) -> Iterable[int]:
        start = _slots(position - first_unit)
        return range(max(start, 0), min(start + _slots(units), slots))

    for device in mounted:
        taken = inside(device.position, device.height)
        for face in device.faces:
            (planned if device.planned else used)[face].update(taken)
        if device.counted:
            counted.update(taken)
    reserved = {at for unit in reserved_units for at in inside(unit, 1)}
    return Elevation(
        slots,
        first_unit,
        {face: frozenset(each) for face, each in used.items()},
        {face: frozenset(each) for face, each in planned.items()},
        frozenset(reserved),
        frozenset(counted),
    )


def runs(slots: Iterable[int]) -> list[tuple[int, int]]:
    """Slots in a row: where each run begins, and how long it is."""
    found: list[tuple[int, int]] = []
    for at in sorted(slots):
        if found and found[-1][0] + found[-1][1] == at:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((at, 1))
    return found


def in_units(slots: int) -> float:
    """So many slots in units: a whole number where it is one."""
    whole, half = divmod(slots, _PER_UNIT)
    return whole + half / _PER_UNIT if half else whole


def _slots(units: float) -> int:
    return round(units * _PER_UNIT)
