"""What `capacity` tells of each resource: racks, power and ports, in words, in tables, and what is scarce."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.answer import Section
from orchestration.steps import Gathered
from orchestration.tool import Window
from tools.port_room import PortRoom, devices_table, ports_in_words, ports_table, scarce_ports
from tools.power_room import (
    feeds_table,
    legs_table,
    power_in_words,
    power_room,
    scarce_power,
    sides_table,
    states_table,
    without_draw,
)
from tools.rack_room import (
    fits_table,
    groups_table,
    racks_in_words,
    rooms,
    scarce_racks,
    sites_table,
    units_table,
    unread_types,
    without_position,
)
from tools.scarcity import Resource


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one resource."""

    words: Sequence[str]
    sections: Sequence[Section]
    scarce: Sequence[Resource] = ()
    notes: Sequence[str] = ()
    """What the inventory does not say, so that a number is only the most or the least that it can be."""
    unread: Sequence[str] = ()
    """What could not be read."""


def racks_told(gathered: Gathered, window: Window, fits_u: float | None, *, wide: bool) -> Told:
    """The racks that were read; with `fits_u`, where a device of that height fits; `wide`: by site, too."""
    racks = rooms(gathered)
    words, sections = [racks_in_words(racks)], []
    if fits_u is not None:
        fitting = fits_table(racks, fits_u, window)
        sections.append(fitting)
        words.append(f"{fits_u:g}U fit in {fitting.total:,} of the racks")
    if wide or len({(each.rack["site"] or {}).get("id") for each in racks}) > 1:
        sections.append(sites_table(racks, window))
    sections += [*groups_table(racks, window), units_table(racks, window)]
    unread = _unknown(
        unread_types(gathered),
        "devices in racks are of types that the token may not read: their units are counted as free",
    )
    return Told(words, sections, scarce_racks(racks), without_position(racks), unread)


def power_told(gathered: Gathered, window: Window, *, only_racks: bool, sides: bool) -> Told:
    """The feeds that were read; `sides`: each rack's feeds against each other."""
    power = power_room(gathered, only_racks=only_racks)
    sections = [*states_table(power, window), feeds_table(power, window), *legs_table(power, window)]
    if sides:
        sections += sides_table(power, window)
    unread = _unknown(
        power.unknown(), "power ports behind feeds and outlets could not be read: they count as 0 VA"
    )
    return Told([power_in_words(power)], sections, scarce_power(power), without_draw(power), unread)


def ports_told(gathered: Gathered, window: Window) -> Told:
    """The ports that were read."""
    ports = PortRoom(gathered)
    sections = [ports_table(ports, window), *devices_table(ports, window)]
    return Told([ports_in_words(ports)], sections, scarce_ports(ports))


def _unknown(number: int, words: str) -> list[str]:
    return [f"{number:,} {words}"] if number else []
