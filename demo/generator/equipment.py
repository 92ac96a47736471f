"""Devices with everything that can be plugged into them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from demo.generator.catalogue import KINDS, Kind
from demo.generator.context import Context
from demo.generator.site import Site
from demo.generator.words import AWKWARD_DESCRIPTION

#: what an interface of a kind is made of: name pattern, type, speed in kbit/s
_GIGABIT = 1_000_000
OUTLETS = 24
PANEL_PORTS = 24


@dataclass
class Device:
    """A device under construction: its ports by name."""

    id: int
    kind: Kind
    site: Site
    name: str | None
    rack: int | None = None
    interfaces: dict[str, int] = field(default_factory=dict)
    fronts: list[int] = field(default_factory=list)
    rears: list[int] = field(default_factory=list)
    outlets: list[int] = field(default_factory=list)
    console_servers: list[int] = field(default_factory=list)
    console: int | None = None
    power: list[int] = field(default_factory=list)
    #: the ports that can still be patched, in order
    free: Iterator[int] = field(default_factory=lambda: iter(()))


class Equipment:
    """Sets up devices; everything that a kind of device has is decided here."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._serials = 0
        self._macs = 0
        self._equip = {
            "core": self._core,
            "chassis": self._chassis,
            "access": self._access,
            "router": self._router,
            "border": self._border,
            "firewall": self._firewall,
            "server": self._server,
            "console": self._console_server,
            "panel": self._panel,
            "pdu": self._pdu,
            "ap": self._access_point,
        }

    def install(self, key: str, site: Site, *, named: bool = True, **values: object) -> Device:
        """Add a device of a kind to a site, in the next free units."""
        kind = KINDS[key]
        number = site.number_for(key)
        name = f"{site.code}-{_SHORT[key]}{number:02}" if named else None
        if key == "console":
            # Whoever set these up called every one of them the same.
            name = "console-server01"
        self._serials += 1
        place = {} if key == "ap" else site.racks.place(kind.height)
        context = self._context
        tagged = (
            ["critical", "monitored"] if kind.role == "Core switch" else ["monitored"] if number == 1 else []
        )
        device_id = context.add(
            "dcim.device",
            **{
                "name": name,
                "device_type": context.id_of("dcim.devicetype", key),
                "role": context.id_of("dcim.devicerole", kind.role),
                "platform": context.id_of("dcim.platform", kind.platform) if kind.platform else None,
                "tenant": site.tenant,
                "site": site.id,
                "location": site.room,
                "status": self._status(),
                "serial": self._serial(key),
                "asset_tag": f"NB-{self._serials:06}" if self._serials % 4 == 0 else None,
                "airflow": "front-to-rear" if kind.full_depth else None,
                "custom_fields": self._custom_fields(key, kind),
                "tags": [context.id_of("extras.tag", tag) for tag in tagged],
                **place,
                **values,
            },
        )
        rack = place.get("rack")
        device = Device(device_id, kind, site, name, rack if isinstance(rack, int) else None)
        self._equip[key](device)
        self._power(device)
        return device

    def _serial(self, key: str) -> str:
        number = self._serials * 7_919 + (self._context.seed - 1) * 104_729
        return f"{key[:2].upper()}{number % 10**8:08}"

    def _status(self) -> str:
        return {17: "planned", 41: "failed", 53: "offline", 77: "decommissioning"}.get(
            self._serials % 80, "active"
        )

    def _custom_fields(self, key: str, kind: Kind) -> dict[str, object]:
        if key in {"panel", "pdu"}:
            return {}
        values: dict[str, object] = {
            "support_tier": ("gold", "silver", "bronze")[self._serials % 3],
            "power_budget": kind.watts,
            "backed_up": self._serials % 5 != 0,
        }
        if self._serials % 2:
            values["purchase_date"] = f"20{20 + self._serials % 6}-{1 + self._serials % 12:02}-15"
        return values

    # Interfaces

    def interface(self, device: Device, name: str, type_: str = "1000base-t", /, **values: object) -> int:
        """Add an interface."""
        id_ = self._context.add(
            "dcim.interface", **{"device": device.id, "name": name, "type": type_, "enabled": True, **values}
        )
        device.interfaces[name] = id_
        return id_

    def mac(self, type_: str, interface: int) -> None:
        """Give an interface its hardware address."""
        self._macs += 1
        digits = f"{0x02_1A_00_00_00_00 + self._macs * 16:012X}"
        mac = self._context.add(
            "dcim.macaddress",
            mac_address=":".join(digits[at : at + 2] for at in range(0, 12, 2)),
            assigned_object_type=type_,
            assigned_object_id=interface,
        )
        self._context.later(type_, interface, primary_mac_address=mac)

    def address(
        self, device: Device, interface: int, pool: str, *, primary: bool = False, **values: object
    ) -> int:
        """Give an interface the next address of one of the site's networks."""
        network = device.site.pools[pool]
        address = network.take()
        id_ = self._context.add(
            "ipam.ipaddress",
            **{
                "address": address,
                "vrf": network.vrf,
                "status": "active",
                "tenant": device.site.tenant,
                "assigned_object_type": "dcim.interface",
                "assigned_object_id": interface,
                "dns_name": f"{device.name}.example.com" if device.name and primary else "",
                **values,
            },
        )
        if primary:
            self._context.later(
                "dcim.device", device.id, **{"primary_ip6" if ":" in address else "primary_ip4": id_}
            )
        return id_

    def management(self, device: Device, name: str, *, primary: bool = True) -> None:
        """Add the port that a device is managed by."""
        interface = self.interface(device, name, mgmt_only=True, description="Management")
        self.mac("dcim.interface", interface)
        self.address(device, interface, "Management", primary=primary)

    def _numbered(
        self, device: Device, pattern: str, numbers: Iterable[int], type_: str, **values: object
    ) -> list[int]:
        return [self.interface(device, pattern.format(number), type_, **values) for number in numbers]

    def _access(self, device: Device) -> None:
        """The ports of an access switch: most of them carry users and their phones, some are shut."""
        vlans = device.site.vlans
        member = device.site.numbered["access"]
        ports = []
        for number in range(1, 49):
            values: dict[str, object] = {"mode": "access", "untagged_vlan": vlans["Users"]}
            if number <= 24:
                values = {"mode": "tagged", "untagged_vlan": vlans["Users"], "tagged_vlans": [vlans["Voice"]]}
            elif number > 44:
                values = {"enabled": False, "description": "unused"}
            elif number > 40:
                values = {"mode": "access", "untagged_vlan": vlans["Guest"]}
            if number == 7:
                values["description"] = AWKWARD_DESCRIPTION
            ports.append(self.interface(device, f"GigabitEthernet{member}/0/{number}", **values))
        device.free = iter(ports[24:40])
        lag = self.interface(
            device,
            f"Port-channel{member}",
            "lag",
            mode="tagged-all" if member % 2 else "tagged",
            untagged_vlan=vlans["Management"],
            tagged_vlans=[]
            if member % 2
            else [vlans[name] for name in ("Servers", "Users", "Voice", "Guest")],
            mtu=9198,
        )
        self._numbered(
            device,
            f"TenGigabitEthernet{member}/1/{{}}",
            (1, 2),
            "10gbase-x-sfpp",
            lag=lag,
            speed=10 * _GIGABIT,
        )
        self._numbered(device, f"TenGigabitEthernet{member}/1/{{}}", (3, 4), "10gbase-x-sfpp", enabled=False)
        if device.name:
            self.management(device, "GigabitEthernet0/0", primary=False)
            svi = self.interface(device, "Vlan10", "virtual", description="Management SVI", mode="access")
            self.address(device, svi, "Management", primary=True)
        self._console(device)

    def _core(self, device: Device) -> None:
        """The ports of a core switch, and a routed interface in each VLAN."""
        vlans = device.site.vlans
        trunk = {
            "mode": "tagged",
            "untagged_vlan": vlans["Management"],
            "mtu": 9214,
            "tagged_vlans": list(vlans.values())[1:],
        }
        ports = self._numbered(device, "Ethernet{}", range(1, 49), "25gbase-x-sfp28", **trunk)
        uplinks = self._numbered(device, "Ethernet{}/1", range(49, 57), "100gbase-x-qsfp28", mtu=9214)
        device.free = iter((*ports, *uplinks))
        self.management(device, "Management1")
        self._routed(device)
        self._console(device)

    def _chassis(self, device: Device) -> None:
        """The ports of the biggest switch of the network: two thousand of them."""
        vlans = list(device.site.vlans.values())
        trunk = {"mode": "tagged", "untagged_vlan": vlans[0], "mtu": 9214, "tagged_vlans": vlans[1:4]}
        self.management(device, "Management1")
        self._routed(device)
        left = 2_000 - len(device.interfaces)
        ports = []
        for at in range(left):
            slot, port = divmod(at, 144)
            values = trunk if port < 96 else {"enabled": port % 2 == 0}
            ports.append(
                self.interface(device, f"Ethernet{slot + 3}/{port + 1}", "100gbase-x-qsfp28", **values)
            )
        device.free = iter(ports)
        self._console(device)

    def _routed(self, device: Device) -> None:
        loopback = self.interface(device, "Loopback0", "virtual")
        number = device.site.numbered[next(key for key, kind in KINDS.items() if kind is device.kind)]
        address = f"172.31.{device.site.number % 250}.{number * 8 + len(device.kind.key)}/32"
        self._context.add(
            "ipam.ipaddress",
            address=address,
            status="active",
            role="loopback",
            assigned_object_type="dcim.interface",
            assigned_object_id=loopback,
        )
        for name in device.site.vlans:
            svi = self.interface(device, f"Vlan{_VIDS[name]}", "virtual", description=f"{name} gateway")
            self.address(device, svi, name)

    def _router(self, device: Device) -> None:
        """The ports of a branch router, with one subinterface for each VLAN it routes."""
        vlans = device.site.vlans
        ports = self._numbered(device, "GigabitEthernet0/0/{}", range(3), "1000base-t")
        for port in ports:
            self.mac("dcim.interface", port)
        for name in ("Management", "Servers", "Users", "Voice", "Guest"):
            sub = self.interface(
                device,
                f"GigabitEthernet0/0/0.{_VIDS[name]}",
                "virtual",
                parent=ports[0],
                mode="tagged",
                tagged_vlans=[vlans[name]],
                vrf=device.site.pools[name].vrf,
            )
            self.address(device, sub, name, primary=name == "Management")
            if name == "Management":
                self.address(device, sub, "Management IPv6", primary=True)
        self._console(device)

    def _border(self, device: Device) -> None:
        ports = self._numbered(device, "xe-0/1/{}", range(8), "10gbase-x-sfpp", mtu=9192)
        ports += self._numbered(device, "et-0/0/{}", range(4), "100gbase-x-qsfp28", mtu=9192)
        device.free = iter(ports)
        self.management(device, "fxp0")
        self._console(device)

    def _firewall(self, device: Device) -> None:
        self._numbered(device, "ethernet1/{}", range(1, 13), "1000base-t")
        device.free = iter(list(device.interfaces.values())[:4])
        self.management(device, "management")
        self._console(device)

    def _server(self, device: Device) -> None:
        vlan = device.site.vlans["Servers"]
        bond = self.interface(device, "bond0", "lag", mode="access", untagged_vlan=vlan, mtu=9000)
        members = self._numbered(device, "eno{}", (1, 2), "25gbase-x-sfp28", lag=bond)
        for member in members:
            self.mac("dcim.interface", member)
        device.free = iter(members)
        # Some servers never got their primary address entered.
        known = (device.site.number + device.site.numbered["server"]) % 4 != 2
        self.address(device, bond, "Servers", primary=known)
        interface = self.interface(device, "idrac", mgmt_only=True)
        self.mac("dcim.interface", interface)
        oob = self.address(device, interface, "Management")
        self._context.later("dcim.device", device.id, oob_ip=oob)

    def _console_server(self, device: Device) -> None:
        self.management(device, "net1")
        self.interface(device, "net2", enabled=False)
        device.console_servers = [
            self._context.add(
                "dcim.consoleserverport", device=device.id, name=f"Port {number}", type="rj-45", speed=9600
            )
            for number in range(1, 49)
        ]

    def _panel(self, device: Device) -> None:
        for number in range(1, PANEL_PORTS + 1):
            rear = self._context.add(
                "dcim.rearport", device=device.id, name=f"R{number}", type="8p8c", positions=1
            )
            device.rears.append(rear)
            device.fronts.append(
                self._context.add(
                    "dcim.frontport",
                    device=device.id,
                    name=f"F{number}",
                    type="8p8c",
                    positions=1,
                    rear_port=rear,
                    rear_port_position=1,
                )
            )

    def _pdu(self, device: Device) -> None:
        self.management(device, "eth0")
        power = self._context.add(
            "dcim.powerport",
            device=device.id,
            name="Power Port 1",
            type="iec-60309-p-n-e-6h",
            maximum_draw=7200,
        )
        device.power.append(power)
        device.outlets = [
            self._context.add(
                "dcim.poweroutlet",
                device=device.id,
                name=f"Outlet {number}",
                type="iec-60320-c13",
                status="enabled",
                power_port=power,
                feed_leg="A",
            )
            for number in range(1, OUTLETS + 1)
        ]

    def _access_point(self, device: Device) -> None:
        port = self.interface(
            device,
            "eth0",
            "2.5gbase-t",
            mode="tagged",
            untagged_vlan=device.site.vlans["Management"],
            tagged_vlans=[device.site.vlans["Users"], device.site.vlans["Guest"]],
        )
        self.interface(device, "wlan0", "ieee802.11ax")
        self.mac("dcim.interface", port)
        self.address(device, port, "Management", primary=True)

    def _console(self, device: Device) -> None:
        device.console = self._context.add(
            "dcim.consoleport", device=device.id, name="con0", type="rj-45", speed=9600
        )

    def _power(self, device: Device) -> None:
        if device.kind.watts:
            watts = device.kind.watts
            device.power += [
                self._context.add(
                    "dcim.powerport",
                    device=device.id,
                    name=f"PSU{number}",
                    type="iec-60320-c14",
                    maximum_draw=watts,
                    allocated_draw=watts // 2,
                )
                for number in (1, 2)
            ]


_VIDS = {
    "Management": 10,
    "Servers": 100,
    "Users": 200,
    "Voice": 300,
    "Guest": 400,
    "Storage": 500,
    "DMZ": 600,
    "Transit": 900,
}
_SHORT = {
    "core": "core",
    "chassis": "spine",
    "access": "asw",
    "router": "rtr",
    "border": "brd",
    "firewall": "fw",
    "server": "srv",
    "console": "con",
    "panel": "pp",
    "pdu": "pdu",
    "ap": "ap",
}
