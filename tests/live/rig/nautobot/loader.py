"""Make Nautobot's objects from NetBox's rows: what any type needs. What each type is, says `load.py`."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.contenttypes.models import ContentType
from nautobot.extras.models import Role, Status

Row = Mapping[str, Any]
Values = Callable[[Row], Mapping[str, Any]]
Instead = Callable[[Row], Any]

#: columns that are called the same in Nautobot, with the type they refer to
REFERENCES = {
    "circuit": "circuits.circuit",
    "contact": "tenancy.contact",
    "device": "dcim.device",
    "device_type": "dcim.devicetype",
    "export_targets": "ipam.routetarget",
    "import_targets": "ipam.routetarget",
    "manufacturer": "dcim.manufacturer",
    "nat_inside": "ipam.ipaddress",
    "platform": "dcim.platform",
    "power_panel": "dcim.powerpanel",
    "power_port": "dcim.powerport",
    "primary_ip4": "ipam.ipaddress",
    "primary_ip6": "ipam.ipaddress",
    "provider": "circuits.provider",
    "rack": "dcim.rack",
    "rear_port": "dcim.rearport",
    "rir": "ipam.rir",
    "tagged_vlans": "ipam.vlan",
    "tags": "extras.tag",
    "tenant": "tenancy.tenant",
    "untagged_vlan": "ipam.vlan",
    "virtual_chassis": "dcim.virtualchassis",
    "virtual_machine": "virtualization.virtualmachine",
    "vlan": "ipam.vlan",
    "vrf": "ipam.vrf",
}


class LeftOutError(Exception):
    """Nautobot can't hold this object; the message says why."""


@dataclass(frozen=True)
class Kind:
    """Where Nautobot keeps objects of a type, and how it calls what they refer to if not as NetBox does."""

    model: Any
    #: column: its name in Nautobot, the type it refers to
    refers: Mapping[str, tuple[str, str]] = field(default_factory=dict)


class Loader:
    """Makes one object after the other; what refers to a later one waits until all are there."""

    def __init__(self, kinds: Mapping[str, Kind], inventory: Mapping[str, Iterable[Row]]) -> None:
        self.kinds = kinds
        self.inventory = inventory
        self.made: dict[tuple[str, int], Any] = {}
        self.late: dict[Any, dict[str, Any]] = defaultdict(dict)
        self.left_out: Counter[str] = Counter()
        self.values: dict[str, Values] = {}
        self.instead: dict[str, Instead] = {}

    def one(self, type_: str | None, id_: int | None) -> Any:
        """The object made from that row, if there is one."""
        return self.made.get((type_, id_)) if type_ and id_ else None

    def generic(self, row: Row, stem: str) -> Any:
        """The object that a row refers to by type and id."""
        return self.one(row[f"{stem}_type"], row[f"{stem}_id"])

    def load(self) -> Counter[str]:
        """Make everything and return what could not be made, with the reason."""
        for type_, rows in self.inventory.items():
            for row in rows:
                try:
                    self.made[type_, row["id"]] = self.instead.get(type_, self.make)({**row, "_type": type_})
                except LeftOutError as reason:
                    self.left_out[f"{type_}: {reason}"] += 1
        # By query, which leaves what an object's own code would change: the times.
        for made, values in self.late.items():
            type(made)._default_manager.filter(pk=made.pk).update(
                **{name: self.found(value) for name, value in values.items()}
            )
        return self.left_out

    def found(self, value: Any) -> Any:
        """The object, now that all are there, if this is a reference to one."""
        return self.one(*value) if isinstance(value, tuple) else value

    def make(self, row: Row, **given: Any) -> Any:
        """Save the object for a row."""
        kind = self.kinds.get(row["_type"])
        if kind is None:
            raise LeftOutError("Nautobot has no such thing")
        if compute := self.values.get(row["_type"]):
            given = {**compute(row), **given}
        fields = {each.name: each for each in kind.model._meta.get_fields()}
        made = kind.model(pk=identity(row["_type"], row["id"]))
        for column, value in row.items():
            name, target = kind.refers.get(column) or (column, REFERENCES.get(column))
            known = name in fields and (target or not fields[name].is_relation) and name != "id"
            if known and name not in given and value is not None:
                given[name] = self.value(fields[name], target, value)
        if "status" in fields:
            given.setdefault("status", status(kind.model, row.get("status") or "active"))
        many = {name: given.pop(name) for name in [*given] if name in fields and fields[name].many_to_many}
        for name in [*given]:
            # What refers to a later object, and the times, which saving would set to now.
            if isinstance(given[name], tuple) or name in {"created", "last_updated"}:
                self.late[made][name] = given.pop(name)
        for name, value in {**given, "_custom_field_data": row.get("custom_fields") or {}}.items():
            setattr(made, name, value)
        made.save()
        for name, targets in many.items():
            getattr(made, name).set(targets)
        return made

    def value(self, column: Any, target: str | None, value: Any) -> Any:
        """What a field holds for a value in a row; type and id of an object that is not there yet."""
        if target and column.many_to_many:
            return [self.one(target, each) for each in value]
        if target:
            return self.one(target, value) or (target, value)
        return column.to_python(value)


def identity(type_: str, id_: int) -> UUID:
    """The id of the object for a row: the same in each load."""
    return uuid5(NAMESPACE_URL, f"{type_}/{id_}")


def content_type(model: Any) -> Any:
    """The record of an object type."""
    return ContentType.objects.get_for_model(model)


@cache
def status(model: Any, value: str) -> Any:
    """The status of that name, which is NetBox's value in words."""
    made, _ = Status.objects.get_or_create(name=value.replace("-", " ").title())
    made.content_types.add(content_type(model))
    return made


def role(name: str, *models: Any, **values: Any) -> Any:
    """The role of that name, now for those models too: all roles share one table."""
    made, _ = Role.objects.get_or_create(name=name, defaults=values)
    made.content_types.add(*map(content_type, models))
    return made
