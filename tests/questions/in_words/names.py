"""The names of an inventory that questions are filled with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from ipaddress import ip_network
from itertools import pairwise
from typing import NamedTuple

from tests.questions.truth import Row, Truth


class Port(NamedTuple):
    """A port and its device."""

    device: str
    name: str


class Names:
    """What there is to ask about: only names that nothing else of their type has."""

    def __init__(self, truth: Truth) -> None:
        self.truth = truth

    def of(self, type_: str) -> list[str]:
        """The names of a type that are told once."""
        titles = [str(self.truth.show(type_, row, _NAMED_BY.get(type_, "name"))) for row in self._rows(type_)]
        return [name for name, number in Counter(titles).items() if number == 1 and name != "#"]

    @cached_property
    def sites(self) -> list[str]:
        return self.of("dcim.site")

    @cached_property
    def site_pairs(self) -> list[tuple[str, str]]:
        return list(pairwise(self.sites))

    @cached_property
    def regions(self) -> list[str]:
        """Regions with sites of their own."""
        used = {row["region"] for row in self._rows("dcim.site")}
        return [row["name"] for row in self._rows("dcim.region") if row["id"] in used]

    @cached_property
    def devices(self) -> list[str]:
        return self.of("dcim.device")

    @cached_property
    def devices_alike(self) -> list[tuple[str, str]]:
        """Pairs of devices of the same model."""
        by_model: dict[int, list[str]] = {}
        unique = set(self.devices)
        for row in self._rows("dcim.device"):
            if row["name"] in unique:
                by_model.setdefault(row["device_type"], []).append(row["name"])
        return [pair for names in by_model.values() for pair in pairwise(names)]

    @cached_property
    def roles(self) -> list[str]:
        """Roles that devices have."""
        return self._used("dcim.devicerole", "role")

    @cached_property
    def roles_at(self) -> list[tuple[str, str]]:
        """Roles with a site that has devices of them."""
        found = {(row["role"], row["site"]): None for row in self._rows("dcim.device")}
        return [
            (str(self.truth.title("dcim.devicerole", role)), str(self.truth.title("dcim.site", site)))
            for role, site in found
        ]

    @cached_property
    def models(self) -> list[str]:
        return self._used("dcim.devicetype", "device_type")

    @cached_property
    def platforms(self) -> list[str]:
        return self._used("dcim.platform", "platform")

    @cached_property
    def manufacturers(self) -> list[str]:
        kinds = self.truth.table("dcim.devicetype")
        makers = {kinds[row["device_type"]]["manufacturer"] for row in self._rows("dcim.device")}
        return [row["name"] for row in self._rows("dcim.manufacturer") if row["id"] in makers]

    @cached_property
    def tenants(self) -> list[str]:
        return self._used("tenancy.tenant", "tenant")

    @cached_property
    def tags(self) -> list[str]:
        return [str(self.truth.title("extras.tag", id_)) for id_ in self._tag_ids()]

    @cached_property
    def racks(self) -> list[tuple[str, str]]:
        """Racks with their sites."""
        return [
            (row["name"], str(self.truth.title("dcim.site", row["site"]))) for row in self._rows("dcim.rack")
        ]

    @cached_property
    def vlans_at(self) -> list[tuple[int, str, str]]:
        """VLANs of sites: number, name, site."""
        return [
            (row["vid"], row["name"], str(self.truth.title("dcim.site", row["site"])))
            for row in self._rows("ipam.vlan")
            if row["site"]
        ]

    @cached_property
    def vlan_names(self) -> list[str]:
        return list(dict.fromkeys(name for _, name, _ in self.vlans_at))

    @cached_property
    def prefixes(self) -> list[str]:
        """IPv4 networks that are in one table only, and no containers."""
        rows = self._rows("ipam.prefix")
        number = Counter(row["prefix"] for row in rows)
        return [
            row["prefix"]
            for row in rows
            if number[row["prefix"]] == 1
            and row["status"] == "active"
            and ip_network(row["prefix"]).version == 4
        ]

    @cached_property
    def containers(self) -> list[str]:
        found = [row["prefix"] for row in self._rows("ipam.prefix") if row["status"] == "container"]
        return [each for each in dict.fromkeys(found) if ip_network(each).version == 4]

    @cached_property
    def addresses(self) -> list[str]:
        """Hosts that are recorded once."""
        hosts = Counter(self.truth.host(row) for row in self._rows("ipam.ipaddress"))
        return [host for host, number in hosts.items() if number == 1]

    @cached_property
    def ports(self) -> list[Port]:
        """Cabled interfaces of devices whose name is told once."""
        unique = set(self.devices)
        found = []
        for row in self._rows("dcim.interface"):
            device = str(self.truth.title("dcim.device", row["device"]))
            if device in unique and ("dcim.interface", row["id"]) in self.truth.cabled:
                found.append(Port(device, row["name"]))
        return found[::7]

    @cached_property
    def serials(self) -> list[str]:
        return [row["serial"] for row in self._rows("dcim.device") if row["serial"]]

    @cached_property
    def macs(self) -> list[str]:
        return [row["mac_address"] for row in self._rows("dcim.macaddress")]

    @cached_property
    def cables(self) -> list[str]:
        return [row["label"] for row in self._rows("dcim.cable") if row["label"]]

    @cached_property
    def users(self) -> list[str]:
        return list(dict.fromkeys(row["user_name"] for row in self._rows("core.objectchange")))

    @cached_property
    def choice_fields(self) -> list[tuple[str, str, str]]:
        """Custom fields of devices that hold text: name, label, a value that some device has."""
        labels = {row["name"]: row["label"] for row in self._rows("extras.customfield")}
        found: dict[tuple[str, str], None] = {}
        for row in self._rows("dcim.device"):
            for name, value in row["custom_fields"].items():
                if isinstance(value, str) and not value[:4].isdigit():
                    found[name, value] = None
        return [(name, labels[name], value) for name, value in found]

    def _used(self, type_: str, field: str) -> list[str]:
        used = {row[field] for row in self._rows("dcim.device")}
        return [str(self.truth.title(type_, row["id"])) for row in self._rows(type_) if row["id"] in used]

    def _tag_ids(self) -> list[int]:
        return list(dict.fromkeys(tag for row in self._rows("dcim.device") for tag in row["tags"]))

    def _rows(self, type_: str) -> Sequence[Row]:
        return list(self.truth.table(type_).values())


_NAMED_BY = {"circuits.circuit": "cid", "dcim.devicetype": "model"}
