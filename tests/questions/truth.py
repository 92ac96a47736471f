"""What the answers must be, read off the generator's own rows: a second road that knows nothing of netbrief."""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from demo.inventory import Inventory
from demo.model import Ref, Row
from demo.models import MODELS

__all__ = ["NAMELESS", "Node", "Row", "Test", "Truth"]

Test = Callable[[Row], bool]
Node = tuple[str, int]

_TITLES = {
    "dcim.devicetype": "model",
    "ipam.prefix": "prefix",
    "ipam.aggregate": "prefix",
    "ipam.iprange": "start_address",
    "ipam.ipaddress": "address",
    "circuits.circuit": "cid",
    "circuits.circuittermination": "term_side",
    "dcim.cable": "label",
    "dcim.rackreservation": "description",
}
_OWNERS = {
    "dcim.interface": ("device", "dcim.device"),
    "dcim.frontport": ("device", "dcim.device"),
    "dcim.rearport": ("device", "dcim.device"),
    "dcim.consoleport": ("device", "dcim.device"),
    "dcim.consoleserverport": ("device", "dcim.device"),
    "dcim.powerport": ("device", "dcim.device"),
    "dcim.poweroutlet": ("device", "dcim.device"),
    "virtualization.vminterface": ("virtual_machine", "virtualization.virtualmachine"),
    "circuits.circuittermination": ("circuit", "circuits.circuit"),
    "dcim.powerfeed": ("power_panel", "dcim.powerpanel"),
}
NAMELESS = "#"
"""How something without a name is shown, whatever its id."""


class Truth:
    """The generated inventory, with the few relations that the questions are about."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._tables: dict[str, dict[int, Row]] = {}

    def table(self, type_: str) -> dict[int, Row]:
        """The rows of a type by id."""
        if type_ not in self._tables:
            self._tables[type_] = {row["id"]: row for row in self._inventory.rows(type_)}
        return self._tables[type_]

    def rows(self, type_: str, *tests: Test) -> list[Row]:
        """The rows that pass all tests."""
        return [row for row in self.table(type_).values() if all(test(row) for test in tests)]

    def named(self, type_: str, name: str) -> Row:
        """The one row of that name."""
        [found] = self.rows(type_, lambda row: row[_TITLES.get(type_, "name")] == name)
        return found

    def title(self, type_: str, id_: int | None) -> str | None:
        """What an object is called where others refer to it."""
        if id_ is None:
            return None
        row = self.table(type_)[id_]
        name = row[_TITLES.get(type_, "name")] or NAMELESS
        return f"{row['vid']} {name}" if type_ == "ipam.vlan" else str(name)

    def generic(self, type_: str | None, id_: int | None) -> str | None:
        """An object that may be of any type; a port with its owner before it."""
        if not type_ or id_ is None:
            return None
        name = self.title(type_, id_)
        if type_ in _OWNERS:
            field, owner = _OWNERS[type_]
            return f"{self.title(owner, self.table(type_)[id_][field])} {name}"
        return name

    def show(self, type_: str, row: Row, column: str) -> Any:
        """A column as an answer shows it: references by name, several of them sorted, nothing as None."""
        first, _, rest = column.partition(".")
        target = self._target(type_, first)
        if rest:
            assert target is not None
            return self.show(target, self.table(target)[row[first]], rest) if row[first] else None
        if first.startswith("cf_"):
            return row["custom_fields"].get(first.removeprefix("cf_"))
        if (type_, first) in _SPECIAL:
            return _SPECIAL[type_, first](self, row)
        value = row[first]
        if target is not None:
            several = isinstance(value, list | tuple)
            return self._titles(target, value) if several else self.title(target, value)
        if value in ("", None):
            return NAMELESS if first == _TITLES.get(type_, "name") else None
        return value

    def _titles(self, type_: str, ids: Iterable[int]) -> tuple[str, ...] | None:
        return tuple(sorted(str(self.title(type_, each)) for each in ids)) or None

    def site_of(self, type_: str, row: Row) -> str | None:
        """The site that something is at."""
        if type_ == "dcim.interface":
            return self.title("dcim.site", self.table("dcim.device")[row["device"]]["site"])
        return self.title("dcim.site", row["site"])

    def within(self, type_: str, id_: int | None, name: str) -> bool:
        """Whether an object of a tree is the one of that name or below it."""
        while id_ is not None:
            row = self.table(type_)[id_]
            if row["name"] == name:
                return True
            id_ = row["parent"]
        return False

    def in_region(self, row: Row, name: str) -> bool:
        """Whether the site of a row is in a region, at any depth."""
        return self.within("dcim.region", self.table("dcim.site")[row["site"]]["region"], name)

    def in_vlan(self, port: Row, vlan: int) -> bool:
        """Whether an interface carries a VLAN by name: untagged or tagged."""
        return port["untagged_vlan"] == vlan or vlan in port["tagged_vlans"]

    def addresses_on(self, type_: str, ids: Iterable[int]) -> list[Row]:
        """The addresses on these interfaces."""
        wanted = set(ids)
        return self.rows(
            "ipam.ipaddress",
            lambda row: row["assigned_object_type"] == type_ and row["assigned_object_id"] in wanted,
        )

    def interfaces_of(self, device: str) -> list[Row]:
        """The interfaces of the device of that name."""
        id_ = self.named("dcim.device", device)["id"]
        return self.rows("dcim.interface", lambda row: row["device"] == id_)

    def inside(self, prefix: str, network: str, *, strictly: bool = True) -> bool:
        """Whether a prefix or an address lies in a network."""
        inner, outer = ipaddress.ip_interface(prefix).network, ipaddress.ip_network(network)
        if inner.version != outer.version or (strictly and inner == outer):
            return False
        return inner.subnet_of(outer)  # type: ignore[arg-type]  # the versions are the same

    @staticmethod
    def host(row: Row) -> str:
        """An address without its mask."""
        return str(row["address"].partition("/")[0])

    @cached_property
    def cabled(self) -> dict[tuple[str, int], tuple[int, str]]:
        """The cable in each port, and the end that is in it."""
        return {
            (end["termination_type"], end["termination_id"]): (end["cable"], end["cable_end"])
            for end in self.rows("dcim.cabletermination")
        }

    @cached_property
    def _ends(self) -> dict[tuple[int, str], list[tuple[str, int]]]:
        ends: dict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
        for end in self.rows("dcim.cabletermination"):
            ends[end["cable"], end["cable_end"]].append((end["termination_type"], end["termination_id"]))
        return ends

    def ends(self, cable: int, end: str) -> tuple[str, ...]:
        """What one end of a cable is plugged into."""
        return tuple(sorted(str(self.generic(*each)) for each in self._ends[cable, end]))

    def path(self, type_: str, id_: int) -> list[tuple[Node, int, Node]]:
        """The cables from a port on, each with its near and its far end: through patch panels and circuits."""
        links: list[tuple[Node, int, Node]] = []
        here: Node | None = (type_, id_)
        while here is not None and here in self.cabled:
            cable, end = self.cabled[here]
            [far] = self._ends[cable, "B" if end == "A" else "A"]
            links.append((here, cable, far))
            here = self._passed(*far) if far[0] in _PASSED else None
        return links

    def far_end(self, type_: str, id_: int) -> Node | None:
        """Where the path from a port ends: through patch panels and circuits; None if it leads nowhere."""
        links = self.path(type_, id_)
        far = links[-1][2] if links else None
        if far is None or far[0] not in _PASSED:
            return far
        here = self._passed(*far)
        if here is not None and here[0] == "circuits.circuittermination":
            row = self.table(here[0])[here[1]]
            if row["termination_type"] == "circuits.providernetwork":
                return row["termination_type"], row["termination_id"]
        return None

    def _passed(self, type_: str, id_: int) -> tuple[str, int] | None:
        """The other side of a port that only passes on."""
        if type_ == "dcim.frontport":
            return "dcim.rearport", self.table(type_)[id_]["rear_port"]
        if type_ == "dcim.rearport":
            [front] = self.rows("dcim.frontport", lambda row: row["rear_port"] == id_)
            return "dcim.frontport", front["id"]
        if type_ == "circuits.circuittermination":
            mine = self.table(type_)[id_]
            others = self.rows(type_, lambda row: row["circuit"] == mine["circuit"] and row["id"] != id_)
            return (type_, others[0]["id"]) if others else None
        return None

    @staticmethod
    def _target(type_: str, field: str) -> str | None:
        model = MODELS[type_]
        known = next((each for each in (*model.fields, *model.hidden) if each.name == field), None)
        if isinstance(known, Ref):
            return known.to
        return _MANY.get(field)


_PASSED = {"dcim.frontport", "dcim.rearport", "circuits.circuittermination"}
_MANY = {"tags": "extras.tag", "tagged_vlans": "ipam.vlan"}


def _maker(truth: Truth, row: Row) -> str | None:
    return truth.title(
        "dcim.manufacturer", truth.table("dcim.devicetype")[row["device_type"]]["manufacturer"]
    )


def _scope(truth: Truth, row: Row) -> str | None:
    return truth.generic(row["scope_type"], row["scope_id"])


def _assigned(truth: Truth, row: Row) -> str | None:
    return truth.generic(row["assigned_object_type"], row["assigned_object_id"])


def _mac(truth: Truth, row: Row) -> str | None:
    first = row["primary_mac_address"]
    return truth.table("dcim.macaddress")[first]["mac_address"] if first else None


def _termination(truth: Truth, row: Row) -> str | None:
    return truth.generic(row["termination_type"], row["termination_id"])


_SPECIAL: dict[tuple[str, str], Callable[[Truth, Row], Any]] = {
    ("dcim.device", "manufacturer"): _maker,
    ("ipam.prefix", "scope"): _scope,
    ("ipam.vlangroup", "scope"): _scope,
    ("virtualization.cluster", "scope"): _scope,
    ("ipam.ipaddress", "assigned"): _assigned,
    ("dcim.interface", "mac_address"): _mac,
    ("virtualization.vminterface", "mac_address"): _mac,
    ("circuits.circuittermination", "termination"): _termination,
}
