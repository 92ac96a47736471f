"""The vocabulary: object types, their fields and the relations between them, as data that both sources share.

The names are the dotted names that NetBox itself uses (`dcim.device`). How a source calls the same thing
is told beside its adapter (`sources/netbox/words.py`, `sources/nautobot/words.py`).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Kind(StrEnum):
    """What a field holds, which decides how it is read, filtered, shown and compared."""

    TEXT = "text"
    INT = "int"
    NUMBER = "number"
    BOOL = "bool"
    DATE = "date"
    CHOICE = "choice"
    REF = "ref"
    REFS = "refs"
    """Several references; to ports and other things of any type where the field names no target."""
    JSON = "json"
    DATA = "data"
    """Lists and nested data as the source says it: the units of a reservation, what a change left behind."""

    @property
    def structured(self) -> bool:
        """Whether it holds more than a value: such a field is neither filtered, ordered nor grouped by."""
        return self in (Kind.JSON, Kind.DATA)


class Lifetime(StrEnum):
    """The kinds of data, each with a lifetime of its own in the cache."""

    DEVICE_FACTS = "device_facts"
    INTERFACE_STATE = "interface_state"
    VLAN_ASSIGNMENTS = "vlan_assignments"
    CABLES = "cables"
    UTILIZATION = "utilization"
    OTHER = "other"


BASE = "base"
EXTRA = "extra"
RAW = "raw"
"""The facet of everything that the source itself says of an object, under the source's own names."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an object type. `facet` is the group that is read and cached together with it."""

    name: str
    kind: Kind = Kind.TEXT
    target: str | None = None
    facet: str = BASE


@dataclass(frozen=True, slots=True)
class Relation:
    """From an object to the rows of another type that refer back to it through the fields `via`."""

    name: str
    owner: str
    to: str
    via: tuple[str, ...]

    @property
    def key(self) -> str:
        """The relation's name across all types."""
        return f"{self.owner}.{self.name}"


@dataclass(frozen=True, slots=True)
class ObjectType:
    """An object type: what it is called, what it holds, where it leads."""

    name: str
    label: str
    plural: str
    fields: Mapping[str, Field]
    title: str = "name"
    """The field that people call such an object by."""
    aliases: tuple[str, ...] = ()
    relations: Mapping[str, Relation] = field(default_factory=dict)
    scopes: Mapping[str, str] = field(default_factory=dict)
    """Filters by reference that are no field of the type: a device can be filtered by `region`."""
    flags: tuple[str, ...] = ()
    """Filters by yes or no that are no field of the type: `has_primary_ip`."""
    searches: tuple[str, ...] = ()
    """Filters by value that are no field of the type: `contains` of a prefix."""
    lifetimes: Mapping[str, Lifetime] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    """The fields shown where none are asked for."""
    small: bool = False
    """There are few of them (sites, roles, tenants): all their names are read at once and kept."""
    absent: frozenset[str] = frozenset()
    """Fields that this source does not have, so that they hold nothing."""
    units: Mapping[str, str] = field(default_factory=dict)
    """In what this source counts its numbers, where another source may count them in something else."""
    generic: bool = False
    """Found in the source's API root rather than named here: only its raw facet can be read."""
    listed: bool = True
    """Whether the source has a list of them: of some it only logs the changes."""

    def lifetime(self, facet: str) -> Lifetime:
        """The kind of data that a facet is."""
        return self.lifetimes.get(facet, Lifetime.OTHER)

    def units_of(self, names: Iterable[str]) -> dict[str, dict[str, str]]:
        """The units of these fields, as a fact of an answer; none where none of them has one."""
        found = {name: self.units[name] for name in names if name in self.units}
        return {"units": found} if found else {}

    def references(self) -> Mapping[str, str]:
        """Every filter that takes the name of another object, with that object's type."""
        own = {f.name: f.target for f in self.fields.values() if f.target}
        return {**self.scopes, **own}


def within(type_: ObjectType, known: Container[str]) -> ObjectType:
    """The type without what leads to types that are not known."""
    return replace(
        type_,
        fields={name: f for name, f in type_.fields.items() if f.target is None or f.target in known},
        scopes={name: target for name, target in type_.scopes.items() if target in known},
        relations={name: held for name, held in type_.relations.items() if held.to in known},
    )


def generic_type(name: str, label: str, plural: str) -> ObjectType:
    """A type that the catalog does not name (of a plugin, an app, or simply rare)."""
    return ObjectType(
        name=name,
        label=label,
        plural=plural,
        fields={"name": Field("name", facet=RAW), "tags": Field("tags", Kind.REFS, "extras.tag", RAW)},
        title="display",
        generic=True,
    )


def listed_type(endpoint: str) -> ObjectType:
    """The type that only its list tells of: `dcim/front-ports` holds each `dcim.frontport`."""
    app, _, plural = endpoint.removeprefix("plugins/").rpartition("/")
    words = plural.replace("-", " ")
    label = _singular(words)
    return generic_type(f"{app}.{label.replace(' ', '')}", label, words)


def logged_type(name: str) -> ObjectType:
    """A type that is known from the change log alone, such as `dcim.portmapping`."""
    return replace(generic_type(name, name, name), listed=False)


def _singular(words: str) -> str:
    if words.endswith("ies"):
        return words[:-3] + "y"
    return re.sub(r"(?<=ss|sh|ch|us)es$|(?<=x)es$|(?<!s)s$", "", words)


def squashed(name: str) -> str:
    """A type's name reduced to what people type: no case, spaces, dashes or underscores."""
    return re.sub(r"[\s_\-]+", "", name.strip().lower())


class Catalog:
    """Object types by their names, plurals and aliases."""

    def __init__(self, types: Iterable[ObjectType]) -> None:
        self.types: dict[str, ObjectType] = {}
        self._by_alias: dict[str, str] = {}
        for each in types:
            self.types[each.name] = each
            for alias in (each.name, each.name.split(".")[-1], each.label, each.plural, *each.aliases):
                self._by_alias.setdefault(squashed(alias), each.name)

    def __getitem__(self, name: str) -> ObjectType:
        return self.types[name]

    def __contains__(self, name: str) -> bool:
        return name in self.types

    def find(self, name: str) -> ObjectType | None:
        """The type of that name or alias, in any spelling of case, space and dash; None if there is none."""
        found = self._by_alias.get(squashed(name))
        return self.types[found] if found else None

    def spellings(self) -> Mapping[str, str]:
        """Every name and alias (squashed) with the type that it stands for."""
        return self._by_alias

    def with_types(self, more: Iterable[ObjectType]) -> Catalog:
        """A catalog that knows these types as well; the ones known already win."""
        return Catalog([*self.types.values(), *(each for each in more if each.name not in self.types)])
