"""Inventories made for one test: just what it needs, in the demo's own database."""

from __future__ import annotations

from collections.abc import Iterable

from demo.database import Database
from demo.derive import derive
from demo.inventory import Inventory

ACTIVE = "active"


class Builder:
    """An inventory under construction: one site, role and device type to begin with."""

    def __init__(self) -> None:
        self._database = Database()
        self._database.create_tables()
        self.site = self.add("dcim.site", name="Akron", slug="akron", status=ACTIVE)
        self.role = self.add("dcim.devicerole", name="Switch", slug="switch", color="000000")
        self.maker = self.add("dcim.manufacturer", name="Acme", slug="acme")
        self.model = self.add(
            "dcim.devicetype", model="SW-48", slug="sw-48", manufacturer=self.maker, u_height=1
        )

    def add(self, type_: str, **values: object) -> int:
        """Add an object and return its id."""
        return self._database.add(type_, **values)

    def later(self, type_: str, id_: int, **values: object) -> None:
        """Set columns of an object that was added before."""
        self._database.later(type_, id_, **values)

    def device(self, name: str | None, **values: object) -> int:
        """A device at the site."""
        return self.add(
            "dcim.device",
            **{
                "name": name,
                "site": self.site,
                "role": self.role,
                "device_type": self.model,
                "status": ACTIVE,
                "serial": "",
            }
            | values,
        )

    def port(self, device: int, name: str, **values: object) -> int:
        """An interface of a device."""
        return self.add(
            "dcim.interface",
            **{"device": device, "name": name, "type": "1000base-t", "enabled": True} | values,
        )

    def vlans(self, numbers: Iterable[int], **values: object) -> list[int]:
        """VLANs of the site."""
        return [
            self.add(
                "ipam.vlan",
                **{"vid": vid, "name": f"VLAN {vid}", "site": self.site, "status": ACTIVE} | values,
            )
            for vid in numbers
        ]

    def cable(self, near: tuple[str, int], far: tuple[str, int]) -> int:
        """A cable between two ends, each of a type and an id."""
        cable = self.add("dcim.cable", status="connected")
        for end, (type_, id_) in (("A", near), ("B", far)):
            self.add(
                "dcim.cabletermination",
                cable=cable,
                cable_end=end,
                termination_type=type_,
                termination_id=id_,
            )
            self._database.later(type_, id_, cable=cable, cable_end=end)
        return cable

    def inventory(self) -> Inventory:
        """The finished inventory."""
        derive(self._database)
        return Inventory(self._database)


def switched(vlans: int, ports: int = 48) -> Inventory:
    """One switch whose ports carry so many VLANs, each of them on some port and with a prefix."""
    builder = Builder()
    numbers = builder.vlans(range(2, vlans + 2))
    switch = builder.device("sw1")
    for at in range(ports):
        builder.port(switch, f"Gi1/0/{at + 1}", mode="tagged", tagged_vlans=numbers[at::ports])
    for at, vlan in enumerate(numbers):
        builder.add("ipam.prefix", prefix=f"10.{at // 256}.{at % 256}.0/24", vlan=vlan, status=ACTIVE)
    return builder.inventory()
