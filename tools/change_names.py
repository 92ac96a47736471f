"""What the objects of a change log are called: with what they are a part of, also where they are gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from orchestration.cells import name_of
from sources.catalog import Catalog, ObjectType
from sources.source import Entity
from tools.change_rows import Group, about
from tools.field_changes import Difference, bare_ids
from tools.standing import DEVICE, MACHINE, Key
from tools.wording import title_of

OWNED_BY = ("device", "virtual_machine", "power_panel", "circuit")
"""The fields that name what an object is a part of."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names by what was read."""

    catalog: Catalog
    rows: Mapping[Key, Entity]
    called: Mapping[Key, str | None]
    """What the log calls each object that it has changes of."""
    said_of: Callable[[Key], Mapping[str, Any] | None]
    """The data of the latest change of an object, if it was read."""

    def of(self, group: Group) -> str:
        """What a changed object is called: with the device that it is a part of."""
        said = str(group.changes[0]["object_repr"] or f"#{group.key[1]}")
        row = self.rows.get(group.key)
        if row is not None:
            owner = next((name_of(row[field]) for field in OWNED_BY if row.get(field)), None)
        else:
            owner = self._former_owner(self.said_of(group.key) or {})
        return f"{owner} {said}" if owner else said

    def subject(self, entry: Entity) -> str | None:
        """What a journal entry is about."""
        key = about(entry)
        row = self.rows.get(key) if key else None
        return title_of(self.catalog[key[0]], row) if key and row else name_of(entry["assigned_object"])

    def reference(self, group: Group, field: str, id_: str) -> str | None:
        """The name of what a field of the object refers to, if it is known."""
        target = self._target(group, field)
        if target is None:
            return None
        row = self.rows.get((target.name, id_))
        return title_of(target, row) if row else f"#{id_}"

    def referred(self, group: Group, found: Difference) -> set[Key]:
        """What a changed field refers to by a bare id: NetBox's log has no more."""
        target = self._target(group, found.field)
        return {(target.name, id_) for id_ in bare_ids(found)} if target else set()

    def _former_owner(self, data: Mapping[str, Any]) -> str | None:
        """What something was a part of that is gone; it may be gone as well."""
        for field, type_ in (("device", DEVICE), ("virtual_machine", MACHINE)):
            held = data.get(field)
            if isinstance(held, Mapping):
                return name_of(held)
            if held:
                row = self.rows.get((type_, str(held)))
                return str((row and row.get("name")) or self.called.get((type_, str(held))) or f"#{held}")
        return None

    def _target(self, group: Group, field: str) -> ObjectType | None:
        """The type that a field of an object refers to."""
        known = self.catalog.types.get(group.key[0])
        held = known.fields.get(field) if known else None
        return self.catalog.types.get(held.target) if held and held.target and field != "tags" else None
