"""What the parts of a question name of one type: its fields, its filters, what it is related to."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.words.lexicon import Sense
from orchestration.words.question import Part
from sources.catalog import Field, Kind, ObjectType

NUMERIC = (Kind.INT, Kind.NUMBER)
_MEASURES = {
    "long": ("length",),
    "short": ("length",),
    "tall": ("u_height",),
    "fast": ("commit_rate", "speed"),
    "slow": ("commit_rate", "speed"),
    "big": ("u_height", "size", "memory"),
    "large": ("size", "memory"),
    "high": ("u_height",),
}
"""What words of measure (`longer`, `the fastest`) mean of a type that has such a field."""


_OWN_MEASURE = {"ipam.vlan": ("vid",), "dcim.cable": ("length",)}
"""What numbers are the numbers of where nothing else is said."""


@dataclass(frozen=True, slots=True)
class TypeWords:
    """A type's own vocabulary."""

    type: ObjectType

    def field(self, part: Part | None) -> Field | None:
        """The field that a part names, be it by its own name or by the type that it refers to."""
        if part is None:
            return None
        for each in part.senses(Sense.FIELD):
            if each.field.startswith("cf_") and each.type == self.type.name:
                return Field(each.field, Kind(each.value))
            known = self.type.fields.get(each.field)
            if known is not None and each.field not in self.type.absent:
                return known
            if each.field == "type" and "device_type" in self.type.fields:
                return self.type.fields["device_type"]
        for name in part.types():
            key = self.key_to(name)
            if key in self.type.fields:
                return self.type.fields[key]
        return None

    def numeric(self, part: Part | None, *more: Kind) -> Field | None:
        """The field that a part names, if it holds numbers."""
        found = self.field(part)
        return found if found is not None and found.kind in (*NUMERIC, *more) else None

    def key_of(self, part: Part) -> str:
        """The field or the filter that a part names: to count by, to filter by."""
        for name in part.types():
            key = self.key_to(name)
            if key:
                return key
        found = self.field(part)
        return found.name if found is not None else ""

    def key_to(self, type_name: str) -> str:
        """The filter that takes objects of a type; the one called like the type where there are several."""
        keys = [key for key, target in self.type.references().items() if target == type_name]
        label = type_name.partition(".")[2]
        return next((key for key in keys if key.replace("_", "") == label), keys[0] if keys else "")

    def relation_to(self, type_name: str) -> str | None:
        """The relation that leads to rows of a type."""
        return next((name for name, held in self.type.relations.items() if held.to == type_name), None)

    def relation(self, part: Part) -> str | None:
        """The relation that a part names by the type that it leads to."""
        return next((found for name in part.types() if (found := self.relation_to(name))), None)

    def target(self, part: Part) -> str | None:
        """What the field that a part names refers to."""
        found = self.field(part)
        return found.target if found is not None else None

    def measure(self, part: Part) -> str | None:
        """The field that a comparison means by itself: `longer than 8`, `the fastest`, of VLANs their number."""
        names = next((names for word, names in _MEASURES.items() if part.key.startswith(word)), ())
        names = (*names, *_OWN_MEASURE.get(self.type.name, ()))
        able = self.type.fields.keys() - self.type.absent
        return next((name for name in names if name in able), None)

    def has_flag(self, field_name: str) -> str:
        """The yes-or-no filter for those with a value, where the sources have one of its own."""
        held = field_name == "primary_ip4" and "has_primary_ip" in self.type.flags
        return "has_primary_ip" if held else ""
