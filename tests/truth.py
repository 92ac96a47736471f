"""The second road to an answer: worked out from the inventory's rows, without API, cache or planner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from ipaddress import ip_interface, ip_network

from demo.inventory import Inventory
from demo.model import Row

NONE = "(none)"


class Truth:
    """What an inventory holds."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._rows: dict[str, dict[int, Row]] = {}

    def by_id(self, type_: str) -> dict[int, Row]:
        """The rows of a type."""
        if type_ not in self._rows:
            self._rows[type_] = {row["id"]: row for row in self._inventory.rows(type_)}
        return self._rows[type_]

    def rows(self, type_: str, **where: Hashable) -> list[Row]:
        """The rows whose columns hold these values."""
        found = self.by_id(type_).values()
        return [row for row in found if all(row[name] == value for name, value in where.items())]

    def named(self, type_: str, name: str) -> Row:
        """The one row of that name."""
        [found] = self.rows(type_, name=name)
        return found

    def name(self, type_: str, id_: int | None) -> str | None:
        """The name of an object, if there is one."""
        return None if id_ is None else self.by_id(type_)[id_]["name"]

    def grouped(self, rows: list[Row], key: Callable[[Row], object]) -> dict[object, int]:
        """How many rows there are of each."""
        return dict(Counter(NONE if (found := key(row)) is None else found for row in rows))

    def carriers(self, type_: str, vlan: int) -> list[Row]:
        """The ports that carry a VLAN, as the ports themselves say it."""
        return [row for row in self.rows(type_) if vlan in (row["untagged_vlan"], *row["tagged_vlans"])]

    def within(self, prefix: Row, *, whole: bool = False) -> list[Row]:
        """The prefixes of the same VRF inside of a prefix; `whole`: those that contain it instead."""
        net = ip_network(prefix["prefix"])
        found = []
        for row in self.rows("ipam.prefix", vrf=prefix["vrf"]):
            other = ip_network(row["prefix"])
            if row["id"] == prefix["id"] or other.version != net.version:
                continue
            inner, outer = (net, other) if whole else (other, net)
            strictly = whole or other != net
            if strictly and inner.subnet_of(outer):  # type: ignore[arg-type]  # of one version
                found.append(row)
        return found

    def addresses_in(self, prefix: Row) -> list[Row]:
        """The addresses of the same VRF inside of a prefix."""
        net = ip_network(prefix["prefix"])
        return [
            row
            for row in self.rows("ipam.ipaddress", vrf=prefix["vrf"])
            if ip_interface(row["address"]).ip in net
        ]

    def addresses_on(self, type_: str, ports: list[Row]) -> list[Row]:
        """The addresses that are assigned to these ports."""
        ids = {port["id"] for port in ports}
        return [
            row
            for row in self.rows("ipam.ipaddress", assigned_object_type=type_)
            if row["assigned_object_id"] in ids
        ]
