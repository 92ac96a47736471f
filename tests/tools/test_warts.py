"""A clean inventory has no findings, and each wart that is added to it is found, once, by its own check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demo.server import DemoServer
from tests.core import opened, rows_of
from tests.inventories import ACTIVE, Builder
from tools.audit import Audit

TODAY = date(2026, 11, 20)
LONG_AGO = "2026-01-02T03:04:05.000000Z"
ACCESS = 6


class Clean(Builder):
    """A site without a fault: two cores, access switches on both of them, everything named, cabled and addressed."""

    def __init__(self) -> None:
        super().__init__()
        self._serials = 0
        self._hosts = 0
        self.kinds = 0
        self.core_role = self.add("dcim.devicerole", name="Core", slug="core", color="000000")
        self.platform = self.add("dcim.platform", name="OS", slug="os")
        self.rack = self.add("dcim.rack", name="R1", site=self.site, status=ACTIVE, u_height=42)
        self.vlan, self.other_vlan = self.vlans([10, 20])
        self.prefix = self.add(
            "ipam.prefix",
            prefix="10.0.0.0/16",
            status=ACTIVE,
            vlan=self.vlan,
            scope_type="dcim.site",
            scope_id=self.site,
        )
        self.vrf = self.add("ipam.vrf", name="Blue")
        self.cores = [self.switch(f"akr-core{n:02}", role=self.core_role) for n in (1, 2)]
        self.access = [self.switch(f"akr-asw{n:02}") for n in range(1, ACCESS + 1)]
        self.uplinks: list[tuple[int, int]] = []
        for switch in self.access:
            for core in self.cores:
                ends = self.trunk(switch, f"to{core}"), self.trunk(core, f"to{switch}")
                self.cable(*(("dcim.interface", end) for end in ends))
                self.uplinks.append(ends)

    def switch(self, name: str | None, **values: object) -> int:
        """A switch with a serial number, a place and a primary address."""
        self._serials += 1
        device = self.device(
            name,
            **{
                "serial": f"S{self._serials}",
                "platform": self.platform,
                "rack": self.rack,
                "position": float(self._serials),
                "face": "front",
            }
            | values,
        )
        port = self.port(device, "mgmt", type="virtual")
        self.later("dcim.device", device, primary_ip4=self.address(port))
        return device

    def trunk(self, device: int, name: str, **values: object) -> int:
        """A port that carries a VLAN."""
        return self.port(
            device,
            name,
            **{
                "mode": "tagged",
                "untagged_vlan": self.vlan,
                "mtu": 9000,
                "speed": 1_000_000,
                "duplex": "full",
            }
            | values,
        )

    def address(self, port: int, address: str = "", **values: object) -> int:
        """An address on a port, the next one where none is told."""
        self._hosts += 1
        return self.add(
            "ipam.ipaddress",
            **{
                "address": address or f"10.0.{self._hosts // 250}.{self._hosts % 250}/16",
                "status": ACTIVE,
                "assigned_object_type": "dcim.interface",
                "assigned_object_id": port,
            }
            | values,
        )

    def cable(self, *ends: tuple[str, int], **values: object) -> int:
        """A cable between these ends; with one end only it hangs in the air."""
        cable = self.add("dcim.cable", **{"status": "connected"} | values)
        for side, (type_, id_) in zip("AB", ends, strict=False):
            self.add(
                "dcim.cabletermination",
                cable=cable,
                cable_end=side,
                termination_type=type_,
                termination_id=id_,
            )
            self.later(type_, id_, cable=cable, cable_end=side)
        return cable

    def supply(self, device: int, name: str, outlet_of: int | None = None) -> None:
        """A power supply, plugged into an outlet of a device."""
        port = self.add("dcim.powerport", device=device, name=name)
        if outlet_of is not None:
            outlet = self.add("dcim.poweroutlet", device=outlet_of, name=f"for {port}", status="enabled")
            self.cable(("dcim.powerport", port), ("dcim.poweroutlet", outlet))

    def later(self, type_: str, id_: int, **values: object) -> None:
        """Set columns of an object that is there."""
        self._database.later(type_, id_, **values)


def _core_port(inventory: Clean, **values: object) -> None:
    inventory.later("dcim.interface", inventory.uplinks[0][1], **values)


def _machine(inventory: Clean, **values: object) -> None:
    inventory.kinds += 1
    type_ = inventory.add(
        "virtualization.clustertype", name=f"T{inventory.kinds}", slug=f"t{inventory.kinds}"
    )
    cluster = inventory.add("virtualization.cluster", name=f"C{inventory.kinds}", type=type_, status=ACTIVE)
    inventory.add(
        "virtualization.virtualmachine",
        **{"name": f"vm{inventory.kinds}", "cluster": cluster, "site": inventory.site, "status": ACTIVE}
        | values,
    )


def _shared_mac(inventory: Clean) -> None:
    for device in inventory.access[:2]:
        port = inventory.port(device, "mac", type="virtual")
        mac = inventory.add(
            "dcim.macaddress",
            mac_address="02:00:00:00:00:01",
            assigned_object_type="dcim.interface",
            assigned_object_id=port,
        )
        inventory.later("dcim.interface", port, primary_mac_address=mac)


def _down(inventory: Clean) -> None:
    inventory.later("dcim.interface", inventory.uplinks[3][0], enabled=False)


def _loose_cable(inventory: Clean) -> None:
    inventory.cable(("dcim.interface", inventory.port(inventory.cores[0], "loose")))


def _one_uplink(inventory: Clean) -> None:
    switch = inventory.switch("akr-asw99")
    ends = (inventory.trunk(switch, "up"), inventory.trunk(inventory.cores[0], "down"))
    inventory.cable(*(("dcim.interface", end) for end in ends))


def _one_leg(inventory: Clean) -> None:
    for name in ("PSU1", "PSU2"):
        inventory.supply(inventory.cores[0], name, outlet_of=inventory.cores[1])


def _wrong_vrf(inventory: Clean) -> None:
    port = inventory.port(inventory.cores[0], "routed", type="virtual", vrf=inventory.vrf)
    inventory.address(port)


def _required_field(inventory: Clean) -> None:
    inventory.add(
        "extras.customfield",
        name="owner",
        type="text",
        required=True,
        object_types=["dcim.device"],
        filter_logic="loose",
    )
    for device in (*inventory.cores, *inventory.access[1:]):
        inventory.later("dcim.device", device, custom_fields='{"owner":"netops"}')


WARTS: Mapping[str, Callable[[Clean], object]] = {
    "device-without-name": lambda i: i.switch(None),
    "device-without-primary-ip": lambda i: i.later("dcim.device", i.access[0], primary_ip4=None),
    "vm-without-primary-ip": _machine,
    "device-without-serial": lambda i: i.later("dcim.device", i.access[1], serial=""),
    "device-without-platform": lambda i: i.later("dcim.device", i.access[1], platform=None),
    "device-without-rack-position": lambda i: i.later("dcim.device", i.access[2], position=None),
    "name-unlike-peers": lambda i: i.later("dcim.device", i.access[2], name="akr-asw-three"),
    "duplicate-device-name": lambda i: i.later("dcim.device", i.access[3], name="AKR-ASW05".lower()),
    "duplicate-serial": lambda i: i.later("dcim.device", i.access[3], serial="s1"),
    "duplicate-mac": _shared_mac,
    "duplicate-address": lambda i: i.address(i.port(i.cores[0], "twin", type="virtual"), "10.0.0.1/16"),
    "enabled-without-cable": lambda i: i.port(i.access[4], "free"),
    "disabled-with-cable": _down,
    "cable-with-one-end": _loose_cable,
    "vlan-mismatch": lambda i: _core_port(i, untagged_vlan=i.other_vlan),
    "mtu-mismatch": lambda i: _core_port(i, mtu=1500),
    "speed-mismatch": lambda i: _core_port(i, speed=10_000_000),
    "duplex-mismatch": lambda i: _core_port(i, duplex="half"),
    "single-uplink": _one_uplink,
    "single-power-source": _one_leg,
    "prefix-without-vlan": lambda i: i.later("ipam.prefix", i.prefix, vlan=None),
    "prefix-without-site": lambda i: i.later("ipam.prefix", i.prefix, scope_type=None, scope_id=None),
    "address-outside-prefixes": lambda i: i.address(
        i.port(i.cores[0], "far", type="virtual"), "192.0.2.1/24"
    ),
    "address-vrf-mismatch": _wrong_vrf,
    "stale-planned-device": lambda i: i.later(
        "dcim.device", i.access[5], status="planned", last_updated=LONG_AGO
    ),
    "stale-planned-cable": lambda i: i.cable(
        *(("dcim.interface", i.port(i.cores[n], "planned")) for n in (0, 1)),
        status="planned",
        last_updated=LONG_AGO,
    ),
    "stale-planned-vm": lambda i: _machine(i, status="planned", last_updated=LONG_AGO),
    "required-custom-field-empty": _required_field,
}


async def found(folder: Path, *warts: str) -> dict[str, int]:
    """Check -> how many findings it has, in an inventory that is clean but for these warts."""
    inventory = Clean()
    for wart in warts:
        WARTS[wart](inventory)
    async with DemoServer(inventory.inventory()) as server, opened(server, folder) as core:
        core.services.tools = {**core.services.tools, "audit": Audit(today=lambda: TODAY)}
        body = await core.ask("audit", max_tokens=20_000)
        assert body["complete"], body
        return {row["check"]: row["findings"] for row in rows_of(body, "checks")}


async def test_a_clean_inventory_has_no_findings(tmp_path: Path) -> None:
    assert await found(tmp_path) == {}


@pytest.mark.parametrize("wart", WARTS)
async def test_a_wart_is_the_one_finding_of_its_check(tmp_path: Path, wart: str) -> None:
    assert await found(tmp_path, wart) == {wart: 1}


def test_every_check_has_its_wart() -> None:
    assert {check.name for check in Audit()._library.checks} == set(WARTS)


_ALONE = {"name-unlike-peers", "duplicate-device-name", "single-uplink", "required-custom-field-empty"}
"""Warts that others of them would change: they go by what the peers are like."""


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pair=st.sampled_from(list(combinations(sorted(set(WARTS) - _ALONE), 2))))
async def test_two_warts_are_two_findings(tmp_path: Path, pair: tuple[str, str]) -> None:
    assert await found(tmp_path, *pair) == dict.fromkeys(pair, 1)
