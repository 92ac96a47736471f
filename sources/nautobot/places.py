"""Nautobot's one tree of locations, seen as the catalog's regions, sites and locations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sources.source import Ref


class Level(StrEnum):
    """What a location is in the catalog's words."""

    REGION = "dcim.region"
    SITE = "dcim.site"
    LOCATION = "dcim.location"


@dataclass(frozen=True, slots=True)
class PlaceType:
    """A location type: what stands above it, and whether devices may stand in it."""

    id: str
    name: str
    parent: str | None
    holds_devices: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A location."""

    id: str
    name: str
    type: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Places:
    """All locations, and the level of each location type."""

    places: Mapping[str, Place] = field(default_factory=dict)
    levels: Mapping[str, Level] = field(default_factory=dict)

    def level(self, id_: str) -> Level | None:
        """What that location is; None if it is not known."""
        place = self.places.get(id_)
        return self.levels.get(place.type) if place else None

    def types(self, level: Level) -> tuple[str, ...]:
        """The ids of the location types of a level."""
        return tuple(id_ for id_, held in self.levels.items() if held is level)

    def of(self, level: Level | None) -> tuple[str, ...]:
        """All places of a level."""
        return tuple(id_ for id_ in self.places if self.level(id_) is level)

    def outermost(self, level: Level | None) -> tuple[str, ...]:
        """The places of a level that lie in no other of it; without a level, those that lie in nothing."""
        found = []
        for id_, place in self.places.items():
            if level is None:
                outer = place.parent is None
            else:
                above = list(self.upwards(id_))[1:]
                outer = self.level(id_) is level and not any(self.level(each.id) is level for each in above)
            if outer:
                found.append(id_)
        return tuple(found)

    def nearest(self, id_: str, level: Level) -> Ref | None:
        """The place of a level that a location lies in, or is itself.

        A location within the site is only meant where the thing stands in one: a rack that stands directly in
        a site has none. A location that is not known (the token may not see the tree) counts as a site.
        """
        for place in self.upwards(id_):
            held = self.levels.get(place.type)
            if held is level:
                return Ref(id=place.id, name=place.name)
            if level is Level.LOCATION and held is not None:
                return None
        return None

    def below(self, ids: Sequence[str]) -> tuple[str, ...]:
        """These locations and everything that lies in them."""
        wanted = set(ids)
        inner = (id_ for id_ in self.places if any(place.id in wanted for place in self.upwards(id_)))
        return tuple(dict.fromkeys((*ids, *inner)))

    def upwards(self, id_: str) -> Iterator[Place]:
        """The location and those that it lies in, from the inside out."""
        seen: set[str] = set()
        step: str | None = id_
        while step is not None and step not in seen:
            seen.add(step)
            place = self.places.get(step)
            if place is None:
                return
            yield place
            step = place.parent


def levels_of(types: Iterable[PlaceType], site_types: Sequence[str]) -> dict[str, Level]:
    """The level of each location type.

    Types named as sites are sites, what stands above them are regions, what stands below them locations. In a
    tree without such a type, the topmost types that can hold devices are the sites.
    """
    known = {each.id: each for each in types}
    wanted = {name.casefold() for name in site_types}
    roots = {id_: _chain(known, id_)[-1] for id_ in known}
    named = {id_ for id_, each in known.items() if each.name.casefold() in wanted}
    with_named = {roots[id_] for id_ in named}
    sites = set(named)
    for id_, each in known.items():
        above = _chain(known, id_)[1:]
        topmost = each.holds_devices and not any(known[other].holds_devices for other in above)
        if topmost and roots[id_] not in with_named:
            sites.add(id_)
    levels = {}
    for id_ in known:
        chain = _chain(known, id_)
        if id_ in sites:
            levels[id_] = Level.SITE
        elif any(other in sites for other in chain[1:]):
            levels[id_] = Level.LOCATION
        else:
            levels[id_] = Level.REGION
    return levels


def _chain(known: Mapping[str, PlaceType], id_: str) -> list[str]:
    chain = [id_]
    while (parent := known[chain[-1]].parent) in known and parent is not None and parent not in chain:
        chain.append(parent)
    return chain
