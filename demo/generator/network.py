"""Lays out the whole network: which sites there are, what stands in them and how they are joined."""

from collections.abc import Iterator
from itertools import cycle

from demo.generator.cabling import Cabling
from demo.generator.context import Context
from demo.generator.equipment import Device, Equipment
from demo.generator.history import build_history
from demo.generator.machines import build_cluster
from demo.generator.organisation import build_organisation
from demo.generator.reservations import reserve_units
from demo.generator.rows import group_racks
from demo.generator.site import Block, Site, build_site

#: what a data center is equipped with first, and what it grows by
_HUB = (
    "core",
    "core",
    "border",
    "firewall",
    "firewall",
    "panel",
    "pdu",
    "pdu",
    "server",
    "server",
    "console",
    "access",
)
_HUB_MORE = ("server", "server", "access", "server", "server", "pdu")
#: the same for a branch; its second access switch is stacked on the first
_BRANCH = ("router", "panel", "access", "access")
_BRANCH_MORE = ("ap", "server", "pdu", "access", "firewall", "ap", "ap", "server", "ap")
_BIG = 1_000
#: circuits that end on a data center's own router; the others end in the provider's network
_DIRECT = 6
_EVERY_SITE = 2**16
#: how many addresses of one network a device of a data center has at most
_ADDRESSES_EACH = 2


class Network:
    """A network under construction."""

    def __init__(self, context: Context, devices: int, hub: int | None = None) -> None:
        self._context = context
        self._wanted = devices
        self._hub_size = hub
        self._installed = 0
        self._equipment = Equipment(context)
        self._cabling = Cabling(context)
        self._circuits = 0

    def build(self) -> None:
        """Build everything."""
        context = self._context
        build_organisation(context)
        self._backbone_networks()
        hubs = 1 if self._wanted < 30 else 2
        usual_size, branch_size = (13, 4) if self._wanted < _BIG else (120, 49)
        hub_size = self._hub_size or usual_size
        wider = max(0, (hub_size * _ADDRESSES_EACH - 1).bit_length() - 8)
        borders: list[tuple[Device, Device]] = []
        sites: list[Site] = []
        for number in range(_EVERY_SITE):
            left = self._wanted - self._installed
            if left <= 0:
                break
            hub = number < hubs
            block = Block(number << wider, wider) if hub else Block(number - hubs + (hubs << wider))
            site = build_site(context, number, block, hub=hub)
            sites.append(site)
            size = min(left, hub_size if hub else branch_size)
            devices = self._equip(site, size)
            if hub:
                self._wire_hub(site, devices)
                borders += [(b, p) for b in devices["border"][:1] for p in devices["panel"][:1]]
            else:
                self._wire_branch(site, devices, borders)
        self._awkward_addresses()
        build_history(context, self._wanted)
        # Last of all, so that nothing else changes with them.
        reserve_units(context, sites)
        group_racks(context, sites)

    def _equip(self, site: Site, size: int) -> dict[str, list[Device]]:
        devices: dict[str, list[Device]] = {key: [] for key in (*_HUB, *_BRANCH, *_BRANCH_MORE, "chassis")}
        for key in self._kinds(site, size):
            # The second switch of a stack has no name of its own.
            stacked = key == "access" and not site.hub and len(devices["access"]) == 1
            devices[key].append(self._equipment.install(key, site, named=not stacked and key != "panel"))
            self._installed += 1
        if not site.hub and len(devices["access"]) > 1:
            self._stack(site, devices["access"][:2])
        return devices

    def _kinds(self, site: Site, size: int) -> Iterator[str]:
        first, more = (_HUB, _HUB_MORE) if site.hub else (_BRANCH, _BRANCH_MORE)
        growing = cycle(more)
        for at in range(size):
            if site.number == 0 and at == len(_HUB) and self._wanted >= _BIG:
                yield "chassis"
            else:
                yield first[at] if at < len(first) else next(growing)

    def _stack(self, site: Site, members: list[Device]) -> None:
        chassis = self._context.add(
            "dcim.virtualchassis", name=f"{site.code}-stack01", domain=f"{site.code}.stack"
        )
        for position, member in enumerate(members, start=1):
            self._context.later(
                "dcim.device",
                member.id,
                virtual_chassis=chassis,
                vc_position=position,
                vc_priority=16 - position,
            )
        self._context.later("dcim.virtualchassis", chassis, master=members[0].id)

    # Data centers

    def _wire_hub(self, site: Site, devices: dict[str, list[Device]]) -> None:
        cores = devices["core"]
        self._join_cores(site, cores)
        for core in cores:
            for other in (*devices["border"], *devices["firewall"], *devices["chassis"]):
                self._cabling.link(next(core.free), next(other.free), "smf")
        attached = [*cores, *devices["chassis"]]
        for number, server in enumerate(devices["server"]):
            for member in server.free:
                self._uplink(member, attached[number % 2 :], "dac-passive")
        for switch in devices["access"]:
            uplink = next(name for name in switch.interfaces if name.startswith("TenGig"))
            self._uplink(switch.interfaces[uplink], attached, "mmf-om4")
        everything = [device for found in devices.values() for device in found]
        self._cabling.power(everything, devices["pdu"], site)
        for console in devices["console"]:
            self._cabling.consoles(everything, console)
        build_cluster(self._context, self._equipment, site, devices["server"])
        for border, panel in zip(devices["border"], devices["panel"], strict=False):
            self._internet(site, border, panel)

    def _uplink(self, interface: int, switches: list[Device], type_: str) -> None:
        """Plug an interface into the next free port of these switches, if there is one left."""
        port = next((port for switch in switches for port in switch.free), None)
        if port is not None:
            self._cabling.link(interface, port, type_)

    def _join_cores(self, site: Site, cores: list[Device]) -> None:
        if len(cores) > 1:
            for _ in range(2):
                self._cabling.link(next(cores[0].free), next(cores[1].free), "dac-passive")
            self._gateways(site, cores)

    def _gateways(self, site: Site, cores: list[Device]) -> None:
        """The address that both core switches share in each VLAN."""
        for at, name in enumerate(("Servers", "Users"), start=1):
            pool = site.pools[name]
            group = self._context.add(
                "ipam.fhrpgroup", protocol="vrrp3", group_id=site.number * 10 + at, name=name
            )
            self._context.add(
                "ipam.ipaddress",
                address=pool.take(),
                vrf=pool.vrf,
                status="active",
                role="vrrp",
                assigned_object_type="ipam.fhrpgroup",
                assigned_object_id=group,
                description=f"{name} gateway",
            )
            for core, priority in zip(cores, (150, 100), strict=False):
                self._context.add(
                    "ipam.fhrpgroupassignment",
                    group=group,
                    interface_type="dcim.interface",
                    interface_id=core.interfaces["Vlan100" if name == "Servers" else "Vlan200"],
                    priority=priority,
                )

    # Branches

    def _wire_branch(
        self, site: Site, devices: dict[str, list[Device]], borders: list[tuple[Device, Device]]
    ) -> None:
        link = self._cabling.link
        router = next(iter(devices["router"]), None)
        switches = devices["access"]
        if router and switches:
            link(router.interfaces["GigabitEthernet0/0/0"], switches[0].interfaces["TenGigabitEthernet1/1/1"])
        for at, switch in enumerate(switches[1:], start=2):
            link(
                switches[0].interfaces.get("TenGigabitEthernet1/1/2", 0)
                if at == 2
                else next(switches[0].free),
                switch.interfaces[f"TenGigabitEthernet{at}/1/1"],
                "dac-passive",
            )
        for point in devices["ap"]:
            panel = devices["panel"][0]
            port = next(switches[0].free, None)
            if port is not None:
                self._cabling.patch(port, panel, ("dcim.interface", point.interfaces["eth0"]), "cat6")
        for other in (*devices["server"], *devices["firewall"]):
            for switch, member in zip(switches[:2], other.free, strict=False):
                if (port := next(switch.free, None)) is not None:
                    link(member, port)
        everything = [device for found in devices.values() for device in found]
        self._cabling.power(everything, devices["pdu"], site)
        build_cluster(self._context, self._equipment, site, devices["server"])
        if router and devices["panel"]:
            self._wan(site, router, devices["panel"][0], borders)

    # Circuits

    def _wan(self, site: Site, router: Device, panel: Device, borders: list[tuple[Device, Device]]) -> None:
        """The circuit of a branch: through the panel to the carrier, and from there to a data center."""
        near = self._circuit("MPLS", site, 50_000)
        inside = router.interfaces["GigabitEthernet0/0/1"]
        self._cabling.patch(inside, panel, ("circuits.circuittermination", near.a))
        far = f"172.16.{self._circuits // 128 % 256}.{self._circuits % 128 * 2}"
        self._point_to_point(inside, f"{far}/31")
        direct = borders[site.number % len(borders)] if borders and self._circuits < _DIRECT else None
        if direct is None:
            near.end_in("circuits.providernetwork", near.network)
            return
        border, hub_panel = direct
        z = near.end_in("dcim.site", border.site.id)
        port = next(border.free)
        self._cabling.patch(port, hub_panel, ("circuits.circuittermination", z))
        head, last = far.rsplit(".", 1)
        self._point_to_point(port, f"{head}.{int(last) + 1}/31")

    def _internet(self, site: Site, border: Device, panel: Device) -> None:
        line = self._circuit("Internet", site, 1_000_000)
        port = next(border.free)
        self._cabling.patch(port, panel, ("circuits.circuittermination", line.a))
        line.end_in("circuits.providernetwork", line.network)
        self._point_to_point(port, f"203.0.113.{site.number * 4 + 1}/30")

    def _point_to_point(self, interface: int, address: str) -> None:
        self._context.add(
            "ipam.ipaddress",
            address=address,
            status="active",
            assigned_object_type="dcim.interface",
            assigned_object_id=interface,
            description="WAN",
        )

    def _circuit(self, type_: str, site: Site, rate: int) -> "Line":
        self._circuits += 1
        providers = list(self._context.ids["circuits.provider"].items())
        name, provider = providers[self._circuits % len(providers)]
        circuit = self._context.add(
            "circuits.circuit",
            cid=f"{name[:2].upper()}-{4400 + self._circuits}",
            provider=provider,
            type=self._context.id_of("circuits.circuittype", type_),
            status="provisioning" if self._circuits % 19 == 18 else "active",
            tenant=site.tenant,
            install_date=f"202{self._circuits % 6}-0{1 + self._circuits % 9}-01",
            commit_rate=rate,
        )
        network = self._context.id_of("circuits.providernetwork", f"{name} MPLS")
        line = Line(self._context, circuit, network, rate)
        line.a = line.end("A", "dcim.site", site.id)
        return line

    # Addresses that belong to no site

    def _backbone_networks(self) -> None:
        context = self._context
        transit = context.id_of("ipam.role", "Transit")
        group = context.add("ipam.vlangroup", name="Backbone", slug="backbone", vid_ranges=[[2000, 2999]])
        for at in range(4):
            context.add(
                "ipam.vlan",
                name=f"Backbone {at + 1}",
                vid=2001 + at,
                group=group,
                status="active",
                role=transit,
            )
        context.add("ipam.prefix", prefix="10.0.0.0/8", status="container", description="Everything inside")
        for vrf in ("Corporate", "Guest"):
            context.add(
                "ipam.prefix", prefix="10.0.0.0/8", status="container", vrf=context.id_of("ipam.vrf", vrf)
            )
        for prefix, text in (
            ("172.31.0.0/16", "Loopbacks"),
            ("172.16.0.0/16", "WAN links"),
            ("203.0.113.0/24", "Public"),
        ):
            context.add("ipam.prefix", prefix=prefix, status="active", role=transit, description=text)

    def _awkward_addresses(self) -> None:
        """The same addresses once more in the lab, and one network that overlaps what the sites have."""
        context = self._context
        lab = context.id_of("ipam.vrf", "Lab")
        context.add(
            "ipam.prefix",
            prefix="10.0.0.0/20",
            status="active",
            vrf=lab,
            description="Copy of the first site",
        )
        context.add(
            "ipam.prefix",
            prefix="10.0.0.0/22",
            status="reserved",
            description="Overlaps, left by a migration",
        )
        for host in range(1, 6):
            context.add(
                "ipam.ipaddress",
                address=f"10.0.1.{host}/24" if host % 2 else f"10.0.1.{host}/20",
                vrf=lab,
                status="active",
                description="lab copy",
            )


class Line:
    """A circuit whose far end is still to be decided."""

    def __init__(self, context: Context, circuit: int, network: int, rate: int) -> None:
        self._context = context
        self._circuit = circuit
        self._rate = rate
        self.network = network
        self.a = 0

    def end(self, side: str, type_: str, id_: int) -> int:
        """End one side of the circuit somewhere."""
        termination = self._context.add(
            "circuits.circuittermination",
            circuit=self._circuit,
            term_side=side,
            termination_type=type_,
            termination_id=id_,
            port_speed=self._rate,
            xconnect_id=f"XC-{self._circuit:04}" if side == "A" else "",
        )
        self._context.later("circuits.circuit", self._circuit, **{f"termination_{side.lower()}": termination})
        return termination

    def end_in(self, type_: str, id_: int) -> int:
        """End the far side somewhere."""
        return self.end("Z", type_, id_)
