"""Whether an object stands at a site, in a rack, on a device: by its own row or, if gone, by its change.

It also says what else would have to be read to tell: the rows of owners, the ends of circuits, the data of changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sources.catalog import Catalog
from sources.source import Entity

Key = tuple[str, str]
"""An object: its type and its id."""

SITE, LOCATION, DEVICE = "dcim.site", "dcim.location", "dcim.device"
MACHINE, PANEL, CABLE = "virtualization.virtualmachine", "dcim.powerpanel", "dcim.cable"
CIRCUIT, TERMINATION, VLAN_GROUP = "circuits.circuit", "circuits.circuittermination", "ipam.vlangroup"
CABLE_END = "dcim.cabletermination"
RACK, CLUSTER, SERVICE = "dcim.rack", "virtualization.cluster", "ipam.service"

_UPWARD = (
    ("site",),
    ("scope",),
    ("termination",),
    ("device",),
    ("virtual_machine",),
    ("power_panel",),
    ("assigned",),
    ("a_terminations", "b_terminations"),
    ("interface",),
    ("object",),
    ("assigned_object",),
    ("cluster",),
    ("master",),
    ("rack",),
)
"""The fields that lead from an object to where it stands: the first of them that holds something."""
_UPWARD_OF = {"ipam.vlan": (("site",), ("group",)), SERVICE: (("parent",),)}
"""The same for types where another field means it."""
_PARTS = (
    ("device",),
    ("virtual_machine",),
    ("assigned",),
    ("a_terminations", "b_terminations"),
    ("interface",),
    ("object",),
    ("assigned_object",),
)
"""The fields that lead from a part to what it is a part of."""
_INTO: Mapping[str, tuple[tuple[str, ...], ...]] = {
    LOCATION: (("location",), *_PARTS, ("rack",)),
    RACK: (("rack",), *_PARTS),
    DEVICE: _PARTS,
    MACHINE: _PARTS,
    VLAN_GROUP: (("group",),),
    CLUSTER: (("cluster",), ("virtual_machine",)),
}
"""What else things stand in, beside sites, and the fields that lead there."""
HOLDERS = frozenset({SITE, *_INTO})
"""The types that things stand in."""
_OWNERS = (DEVICE, MACHINE, PANEL)
_PLACES = (LOCATION, SITE, "dcim.region")
_SAID = {
    "_site": SITE,
    "site": SITE,
    "_location": LOCATION,
    "location": LOCATION,
    "locations": LOCATION,
    "_device": DEVICE,
    "device": DEVICE,
    "virtual_machine": MACHINE,
    "power_panel": PANEL,
    "rack": RACK,
    "cluster": CLUSTER,
    "vlan_group": VLAN_GROUP,
}
"""The fields in a change's data that say where an object stood, the surest first."""
_SAID_OF = {"ipam.vlan": {**_SAID, "group": VLAN_GROUP}}
_TYPED = (
    "termination",
    "termination_a",
    "termination_b",
    "assigned_object",
    "scope",
    "parent_object",
    "object",
)
"""What a change's data tells as a type and an id; NetBox gives a number for the type, which means nothing here."""


class At(Enum):
    """Whether an object stands where it is asked about."""

    HERE = 1
    ELSEWHERE = 2
    OPEN = 3
    """More must be read to tell."""
    UNKNOWN = 4
    """It is gone, and nothing says where it stood."""


@dataclass(slots=True)
class Standing:
    """What is known of where objects stand, and (after `at`) what else should be read."""

    scope: Key
    """What they stand at, in or on: a site, or another of the `HOLDERS`."""
    catalog: Catalog
    rows: Mapping[Key, Entity]
    asked: frozenset[Key]
    """The objects that were asked for, be they there or not."""
    terminations: Mapping[str, Sequence[Entity]]
    """The ends of those circuits that they were read of."""
    data_of: Callable[[Key], Mapping[str, Any] | None]
    """What the latest change of an object says of it; None where that was not read or there is none."""
    readable: Callable[[Key], bool]
    """Whether there is a change of it whose data could still be read."""
    ends: Mapping[str, Sequence[Key]] = field(default_factory=dict)
    """What the changed ends of cables were plugged into, by the cable."""
    wanted: set[Key] = field(default_factory=set)
    wanted_data: set[Key] = field(default_factory=set)
    wanted_circuits: set[str] = field(default_factory=set)

    def at(self, key: Key, trail: tuple[Key, ...] = ()) -> At:
        """Whether that object stands there, or is it."""
        type_, id_ = key
        if same(key, self.scope):
            return At.HERE
        another = trail and type_ in (SITE, self.scope[0]) and type_ != LOCATION
        if key in trail or another or not self._stands(type_):
            return At.ELSEWHERE
        trail = (*trail, key)
        row = self.rows.get(key)
        if row is None:
            return self._departed(key, trail) if self._looked_for(key) else At.OPEN
        if type_ == CIRCUIT and id_ not in self.terminations:
            self.wanted_circuits.add(id_)
            return At.OPEN
        return self._any(self._above(key, row), trail)

    def _stands(self, type_: str) -> bool:
        """Whether things of that type stand anywhere: tenants and roles do not."""
        if type_ not in self.catalog or self.catalog[type_].generic:
            return True
        if self.scope[0] == SITE and type_ in (SITE, CIRCUIT):
            return True
        fields = self.catalog[type_].fields
        return any(name in fields for names in self._upward(type_) for name in names)

    def _upward(self, type_: str) -> tuple[tuple[str, ...], ...]:
        into = _INTO.get(self.scope[0])
        if into is None:
            return _UPWARD_OF.get(type_, _UPWARD)
        return (("parent",),) if type_ == SERVICE or type_ == LOCATION == self.scope[0] else into

    def _looked_for(self, key: Key) -> bool:
        """Whether the row of an object was asked for; else it will be. What the catalog does not name has none."""
        known = (
            each for each in _spelled(key) if each[0] in self.catalog and not self.catalog[each[0]].generic
        )
        missing = [each for each in known if each not in self.asked]
        self.wanted.update(missing)
        return not missing

    def _departed(self, key: Key, trail: tuple[Key, ...]) -> At:
        """Where an object stood that is gone, or of a type that only its data tells of."""
        told = _spelled(key)
        living = [each for each in told if each in self.rows]
        if living:
            return self._any(living, trail) if living[0][0] == LOCATION else At.ELSEWHERE
        said = next((data for each in told if (data := self.data_of(each)) is not None), None)
        if said is None:
            unread = [each for each in told if self.readable(each)]
            self.wanted_data.update(unread)
            return At.OPEN if unread else At.UNKNOWN
        above = data_above(said, key[0], self.scope[0]) or list(
            self.ends.get(key[1], ()) if key[0] == CABLE else ()
        )
        if len(told) > 1 and said.get("parent") is not None:
            above = [(LOCATION, _id_of(said["parent"]))]
        return self._any(above, trail) if above else self._nowhere(key[0], said)

    def _nowhere(self, type_: str, said: Mapping[str, Any]) -> At:
        """Data that leads nowhere: it stood in no place, or it is only told in a way that cannot be followed."""
        pointers = [said[f"{name}_id"] for name in _TYPED if f"{name}_id" in said]
        if any(pointers):
            return At.UNKNOWN
        tells = pointers or type_ in _PLACES or any(name in said for name in _SAID)
        return At.ELSEWHERE if tells or type_ not in self.catalog else At.UNKNOWN

    def _above(self, key: Key, row: Entity) -> list[Key]:
        if key[0] == CIRCUIT:
            ends = self.terminations[key[1]]
            return [above for end in ends for above in self._above((TERMINATION, end["id"]), end)]
        fields = self.catalog[key[0]].fields
        for names in self._upward(key[0]):
            held = [(ref, fields[name].target) for name in names for ref in _several(row.get(name))]
            if held:
                return [above for ref, target in held if (above := _owner(ref, target))]
        return []

    def _any(self, keys: Iterable[Key], trail: tuple[Key, ...]) -> At:
        """Where something stands that stands where any of these do; in no place at all is elsewhere."""
        found = {self.at(key, trail) for key in keys}
        return next((each for each in (At.HERE, At.OPEN, At.UNKNOWN) if each in found), At.ELSEWHERE)


def _spelled(key: Key) -> list[Key]:
    """An object by all the types that it may have: in Nautobot's one tree of places a location may be a site."""
    treed = key[0] in _PLACES and not key[1].isdecimal()
    return [(type_, key[1]) for type_ in _PLACES] if treed else [key]


def same(one: Key, other: Key) -> bool:
    """Whether two keys are of one object."""
    return one in _spelled(other)


def data_above(data: Mapping[str, Any], type_: str = "", scope: str = SITE) -> list[Key]:
    """What an object stood in or on, by the data of a change: ids alone, or nested objects.

    Of several, the one that leads to what is of the type `scope`.
    """
    said = _SAID_OF.get(type_, _SAID)
    if scope != SITE:
        towards = [name for name, owner in said.items() if owner in (scope, RACK, *_OWNERS)]
        said = {name: said[name] for name in sorted(towards, key=lambda name: said[name] != scope)}
    for name, owner in said.items():
        found: list[Key] = []
        for value in _several(data.get(name)):
            nested = (
                data_above(value, scope=scope) if isinstance(value, Mapping) and owner != LOCATION else []
            )
            found += nested or [(owner, _id_of(value))]
        if found:
            return found
    return [
        (kind, _id_of(data[f"{name}_id"]))
        for name in _TYPED
        if isinstance(kind := data.get(f"{name}_type"), str) and "." in kind and data.get(f"{name}_id")
    ]


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def _id_of(value: Any) -> str:
    return str(value.get("id")) if isinstance(value, Mapping) else str(value)


def _owner(ref: Mapping[str, Any], target: str | None) -> Key | None:
    """What a reference leads to; of a port, what it is a part of."""
    of = ref.get("of") or {}
    if of.get("type") in _OWNERS:
        return of["type"], str(of["id"])
    type_ = ref.get("type", target)
    return (type_, str(ref["id"])) if type_ else None
