"""What checks see: the rows that were read, by type, and what their objects are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from orchestration.cells import name_of
from sources.catalog import Catalog
from sources.source import Entity
from tools.wording import listed, title_of

DEVICE = "dcim.device"
INTERFACE = "dcim.interface"
FIELD = "extras.customfield"
_PLACES = ("site", "scope", "assigned", "cluster", "vrf")
"""The references that say where an object is; the first one that there is."""
_OWNERS = ("site", "device", "virtual_machine", "vrf", "provider", "circuit")
"""The references that belong to what an object is known by."""


@dataclass(frozen=True)
class Rows:
    """The rows of one audit. `scoped` are those that it is about, `everywhere` all of their type."""

    catalog: Catalog
    scoped: Mapping[str, Sequence[Entity]]
    everywhere: Mapping[str, Sequence[Entity]] = field(default_factory=dict)
    far: Sequence[Entity] = ()
    """Interfaces at the far ends of links, and their LAGs, where they are not in the scope."""
    today: date = date.max
    _by_id: dict[str, dict[str, Entity]] = field(default_factory=dict)

    def of(self, type_: str) -> Sequence[Entity]:
        """The objects of a type that the audit is about."""
        return self.scoped.get(type_, ())

    def all(self, type_: str) -> Sequence[Entity]:
        """All objects of a type."""
        return self.everywhere.get(type_, ())

    def by_id(self, type_: str) -> dict[str, Entity]:
        """The objects of a type that the audit is about, by id; of interfaces, the far ends too."""
        if type_ not in self._by_id:
            far = self.far if type_ == INTERFACE else ()
            self._by_id[type_] = {row["id"]: row for row in (*self.of(type_), *far)}
        return self._by_id[type_]

    def called(self, type_: str, row: Entity) -> str:
        """An object as people write it: a port after its device."""
        title = title_of(self.catalog[type_], row)
        owner = row.get("device") or row.get("virtual_machine") if "site" not in row else None
        return f"{name_of(owner)} {title}" if owner else title

    def at(self, row: Entity) -> str | None:
        """Where an object is."""
        owner = row.get("device")
        if owner and "site" not in row:
            row = self.by_id(DEVICE).get(owner["id"], {})
        held = next((row[name] for name in _PLACES if row.get(name)), None)
        return name_of(held[0] if isinstance(held, list) else held)

    @staticmethod
    def vrf(row: Entity) -> str | None:
        """The VRFs that an object is in."""
        held = row.get("vrf") or ()
        names = [str(name_of(ref)) for ref in (held if isinstance(held, list) else [held]) if ref]
        return listed(names, 3) or None


def key_of(catalog: Catalog, type_: str, row: Entity) -> tuple[str, ...]:
    """What an object is known by however its values change: its name with its owners', or else its id."""
    title = row.get(catalog[type_].title)
    if title in (None, ""):
        return (type_, row["id"])
    owners = [row[name] for name in _OWNERS if row.get(name)]
    refs = [ref for owner in owners for ref in (owner if isinstance(owner, list) else [owner])]
    return (type_, str(title), *sorted(str(name_of(ref)) for ref in refs))
