"""What a VLAN or a prefix takes along: the ports and addresses in it, their devices, machines and gateways."""

from __future__ import annotations

import ipaddress
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from orchestration.answer import Section
from orchestration.cells import cell, name_of
from orchestration.steps import Fetch, Follow, Gathered, Given, Plan, Select, Step
from orchestration.tool import Briefing, Draft
from sources.catalog import BASE
from sources.source import Condition, Entity, Ref
from sources.types import VLANS
from tools.cable_rows import DEVICE
from tools.dependents import GROUP, MACHINE, Dependents, Lost
from tools.impact_tables import dependents_tables, title
from tools.port_names import Port
from tools.tables import table
from tools.wording import counted, natural

VLAN, PREFIX, ADDRESS = "ipam.vlan", "ipam.prefix", "ipam.ipaddress"
MOST_ADDRESSES = 5_000
"""Addresses that are read for one answer; the total is exact."""
ITSELF, PORTS, VM_PORTS, PREFIXES = "the VLAN", "ports on it", "VM ports on it", "prefixes"
ADDRESSES, DEVICES, MACHINES, OTHER_PORTS = (
    "addresses",
    "their devices",
    "their machines",
    "ports of the machines",
)
GROUPS, MEMBERS = "gateways there", "members of the gateways"
_CARRIERS = frozenset({BASE, VLANS})


class NetworkLoss:
    """The loss of a VLAN or of a prefix."""

    def __init__(self, port: Port, gathered: Gathered, briefing: Briefing) -> None:
        self._type, self._row = port
        self._gathered = gathered
        self._briefing = briefing
        self._catalog = briefing.catalog

    def plan(self) -> Plan:
        """The next round: ports and prefixes, then addresses, then what they belong to."""
        for each in (self._inside, self._addressed, self._owners):
            steps = {name: step for name, step in each().items() if name not in self._gathered.plan}
            if any(not isinstance(step, Given) for step in steps.values()):
                return steps
        return self.dependents.plan()

    def _inside(self) -> Plan:
        catalog = self._catalog
        if self._type == VLAN:
            relations = catalog[VLAN].relations
            return {
                ITSELF: Given(catalog[VLAN], (self._row,)),
                PORTS: Follow(
                    ITSELF, relations["interfaces"], catalog["dcim.interface"], _CARRIERS, optional=False
                ),
                VM_PORTS: Follow(
                    ITSELF, relations["vm_interfaces"], catalog["virtualization.vminterface"], _CARRIERS
                ),
                PREFIXES: Follow(ITSELF, relations["prefixes"], catalog[PREFIX]),
            }
        vrfs = self._row.get("vrf") or []
        same = (
            Condition("vrf", "", tuple(ref["id"] for ref in vrfs))
            if vrfs
            else Condition("vrf", "null", ("true",))
        )
        where = (Condition("within", "", (self._row["prefix"],)), same)
        return {PREFIXES: Select(catalog[PREFIX], where, limit=MOST_ADDRESSES, optional=True)}

    def _addressed(self) -> Plan:
        """The addresses in the prefixes; of the ports of machines also the other VLANs."""
        steps: dict[str, Step] = {}
        networks = tuple(sorted({row["prefix"] for row in self._own_prefixes}))
        if networks:
            where = (Condition("parent", "", networks),)
            steps[ADDRESSES] = Select(self._catalog[ADDRESS], where, limit=MOST_ADDRESSES, optional=True)
        machines = sorted({row["virtual_machine"]["id"] for row in self._vm_ports if row["virtual_machine"]})
        if machines:
            relation = self._catalog[MACHINE].relations["interfaces"]
            steps["machines on it"] = Given(self._catalog[MACHINE], tuple({"id": id_} for id_ in machines))
            to = self._catalog[relation.to]
            steps[OTHER_PORTS] = Follow("machines on it", relation, to, _CARRIERS)
        return steps

    def _owners(self) -> Plan:
        steps: dict[str, Step] = {}
        held = {DEVICE: {*self._ports, *self._addresses_of(DEVICE)}, MACHINE: {*self._machine_ports}}
        held[MACHINE] |= self._addresses_of(MACHINE).keys()
        for type_, name in ((DEVICE, DEVICES), (MACHINE, MACHINES)):
            if held[type_]:
                steps[name] = Fetch(self._catalog[type_], tuple(sorted(held[type_])), frozenset({BASE}))
        if self.addresses and GROUP in self._catalog:
            # Not every source says of an address that it is a group's; there are few of these.
            steps[GROUPS] = Select(self._catalog[GROUP], optional=True)
        if self.groups:
            steps["groups there"] = Given(
                self._catalog[GROUP], tuple({"id": row["id"]} for row in self.groups)
            )
            relation = self._catalog[GROUP].relations["assignments"]
            steps[MEMBERS] = Follow("groups there", relation, self._catalog[relation.to])
        return steps

    # What was read

    @property
    def _own_prefixes(self) -> list[Entity]:
        """The prefixes whose addresses are asked for: a prefix has those of its children."""
        return [self._row] if self._type == PREFIX else self._gathered.rows(PREFIXES)

    @property
    def _vm_ports(self) -> list[Entity]:
        return self._gathered.rows(VM_PORTS)

    @cached_property
    def _ports(self) -> dict[str, list[Entity]]:
        found: dict[str, list[Entity]] = defaultdict(list)
        for row in self._gathered.rows(PORTS):
            if row["device"]:
                found[row["device"]["id"]].append(row)
        return found

    @cached_property
    def _machine_ports(self) -> dict[str, list[Entity]]:
        found: dict[str, list[Entity]] = defaultdict(list)
        for row in self._vm_ports:
            if row["virtual_machine"]:
                found[row["virtual_machine"]["id"]].append(row)
        return found

    @cached_property
    def addresses(self) -> list[Entity]:
        """The addresses in the prefixes, of their VRFs."""
        held = [(ipaddress.ip_network(row["prefix"], strict=False), _vrfs(row)) for row in self._own_prefixes]
        found = []
        for row in self._gathered.rows(ADDRESSES):
            host = ipaddress.ip_interface(row["address"]).ip
            if any(host in network and vrfs & _vrfs(row) for network, vrfs in held):
                found.append(row)
        return found

    @property
    def groups(self) -> list[Entity]:
        """The gateway groups whose addresses these are."""
        ids = {row["id"] for row in self.addresses}
        found = [
            row
            for row in self._gathered.rows(GROUPS)
            if ids & {ref["id"] for ref in row["ip_addresses"] or ()}
        ]
        return sorted(found, key=lambda row: (str(row["name"]), row["id"]))

    def _addresses_of(self, type_: str) -> dict[str, list[Entity]]:
        found: dict[str, list[Entity]] = defaultdict(list)
        for row in self.addresses:
            for ref in row["assigned"] or ():
                owner = ref.get("of")
                if owner and owner.get("type") == type_:
                    found[owner["id"]].append(row)
        return found

    def _is_alone(self, row: Entity) -> bool:
        """Whether a port carries no other VLAN."""
        refs = [row["untagged_vlan"], *(row["tagged_vlans"] or ())]
        return {ref["id"] for ref in refs if ref} == {self._row["id"]} and row["mode"] != "tagged-all"

    @cached_property
    def machines_lost(self) -> dict[str, Entity]:
        """Machines of which every port with a VLAN has only this one; or whose primary address is in the prefix."""
        rows = self._gathered.by_id(MACHINES)
        if self._type == PREFIX:
            return {id_: row for id_, row in rows.items() if self._primary(row)}
        return {
            id_: rows.get(id_, {"id": id_})
            for id_ in self._machine_ports
            if id_ in rows and all(map(self._is_alone, self._carriers(id_)))
        }

    def _carriers(self, machine: str) -> list[Entity]:
        ports = self._gathered.children(OTHER_PORTS, machine) or self._machine_ports[machine]
        return [row for row in ports if row["untagged_vlan"] or row["tagged_vlans"]]

    def _primary(self, row: Entity) -> bool:
        ids = {each["id"] for each in self.addresses}
        return any((row.get(name) or {}).get("id") in ids for name in ("primary_ip4", "primary_ip6"))

    @cached_property
    def dependents(self) -> Dependents:
        """What hangs on the machines, and whom to warn."""
        devices = tuple(id_ for id_, row in self._gathered.by_id(DEVICES).items() if self._primary(row))
        rows = (self._row, *self._gathered.by_id(DEVICES).values())
        sites = [row["site"] for row in rows if row.get("site")]
        refs = [ref for held in sites for ref in (held if isinstance(held, list) else [held])]
        others: dict[str, tuple[str, ...]] = {
            DEVICE: devices,
            "dcim.site": tuple({ref["id"] for ref in refs}),
            "tenancy.tenant": tuple(row["tenant"]["id"] for row in (self._row,) if row.get("tenant")),
        }
        if self._type == PREFIX:
            others[PREFIX] = (self._row["id"],)
        names = {("dcim.site", ref["id"]): ref for ref in refs}
        names |= {(DEVICE, row["id"]): Ref(id=row["id"], name=row["name"]) for row in rows[1:]}
        title_ = str(self._row[self._catalog[self._type].title])
        names[self._type, self._row["id"]] = Ref(id=self._row["id"], name=title_)
        if self._row.get("tenant"):
            names["tenancy.tenant", self._row["tenant"]["id"]] = self._row["tenant"]
        because = "loses its network" if self._type == VLAN else "loses its primary address"
        lost = Lost(machines=self.machines_lost, because=because, others=others, names=names)
        return Dependents(self._gathered, self._catalog, lost)

    # The answer

    def draft(self) -> Draft:
        """The answer."""
        window = self._briefing.window
        sections = [
            *self._devices_table(),
            *self._machines_table(),
            *self._gateways_table(),
            *self._prefixes_table(),
            *dependents_tables(self.dependents, window, self._catalog),
        ]
        warnings: tuple[str, ...] = ()
        if self._type == VLAN and any(row["mode"] == "tagged-all" for row in self._gathered.rows(PORTS)):
            warnings = (
                "ports in mode tagged-all carry every VLAN: only those are counted whose untagged one it is",
            )
        total = self._gathered.total(ADDRESSES)
        if total > len(self._gathered.rows(ADDRESSES)) and self._gathered.knows(ADDRESSES):
            warnings = (
                f"only {MOST_ADDRESSES:,} of {total:,} addresses were read: ask about a smaller prefix",
            )
        return Draft(
            self._summary(), tuple(sections), self._facts(), warnings, complete=total <= MOST_ADDRESSES
        )

    def _facts(self) -> dict[str, object]:
        primary = sum(1 for row in self._gathered.by_id(DEVICES).values() if self._primary(row))
        found = {
            "vlan": name_of(self._row.get("vlan")),
            "ports": len(self._gathered.rows(PORTS)),
            "ports_on_it_alone": sum(map(self._is_alone, self._gathered.rows(PORTS))),
            "vm_ports": len(self._vm_ports),
            "addresses": len(self.addresses),
            "devices": len(self._gathered.by_id(DEVICES)),
            "devices_losing_primary_address": primary,
            "vms_lost": len(self.machines_lost),
            "services_lost": len(self.dependents.services),
        }
        return {name: held for name, held in found.items() if held}

    def _summary(self) -> str:
        facts, catalog = self._facts(), self._catalog
        told = []
        if self._type == VLAN:
            told.append(
                f"{counted(len(self._gathered.rows(PORTS)), catalog['dcim.interface'])} lose it, "
                f"{facts.get('ports_on_it_alone', 0):,} of them their only VLAN"
            )
        told.append(f"{counted(len(self.addresses), catalog[ADDRESS])} in it")
        told.append(f"{counted(len(self._gathered.by_id(DEVICES)), catalog[DEVICE])} concerned")
        if number := facts.get("devices_losing_primary_address"):
            told.append(f"{number:,} lose their primary address")
        groups = len(self.groups)
        told.append(f"{groups:,} redundant gateway{'' if groups == 1 else 's'}")
        lost = "lose their network" if self._type == VLAN else "lose their primary address"
        told.append(f"{counted(len(self.machines_lost), catalog[MACHINE])} {lost}")
        return f"if {title(self._type, self._row, catalog)} fails: {'; '.join(told)}"

    def _devices_table(self) -> list[Section]:
        held, rows = self._addresses_of(DEVICE), []
        for id_, row in self._gathered.by_id(DEVICES).items():
            ports = self._ports.get(id_, [])
            addresses = [each["address"] for each in held.get(id_, [])]
            name = name_of(Ref(id=id_, name=row["name"]))
            alone = sum(map(self._is_alone, ports))
            own = [name, name_of(row["role"]), name_of(row["site"]), len(ports), alone]
            rows.append([*own, cell(addresses), self._primary(row)])
        rows.sort(key=lambda row: natural(str(row[0])))
        columns = ("device", "role", "site", "ports", "on_it_alone", "addresses", "primary_lost")
        return [table("devices", columns, rows, self._briefing.window, "devices")] if rows else []

    def _machines_table(self) -> list[Section]:
        held = self._addresses_of(MACHINE)
        left = [row for id_, row in self._gathered.by_id(MACHINES).items() if id_ not in self.machines_lost]
        rows = [
            [
                row["name"],
                name_of(row["cluster"]),
                cell([each["address"] for each in held.get(row["id"], [])]),
            ]
            for row in sorted(left, key=lambda row: natural(str(row["name"])))
        ]
        columns = ("virtual_machine", "cluster", "addresses")
        name = "virtual machines that keep another VLAN or address"
        return [table(name, columns, rows, self._briefing.window, "kept_machines")] if rows else []

    def _gateways_table(self) -> list[Section]:
        rows = []
        for group in self.groups:
            members = sorted(
                self._gathered.children(MEMBERS, group["id"]), key=lambda row: -(row["priority"] or 0)
            )
            named = [f"{name_of(row['interface'])} ({row['priority']})" for row in members]
            name = name_of(Ref(id=group["id"], name=group["name"]))
            rows.append([name, cell(group["protocol"]), cell(group["ip_addresses"]), cell(named)])
        columns = ("group", "protocol", "address", "members")
        return (
            [table("gateways in it", columns, rows, self._briefing.window, "lost_gateways")] if rows else []
        )

    def _prefixes_table(self) -> list[Section]:
        every = [
            row for row in self._gathered.rows(PREFIXES) if row["id"] != self._row["id"] or self._type == VLAN
        ]
        within: Mapping[str, int] = Counter(_inside(self.addresses, every))
        rows = [
            [
                row["prefix"],
                cell(row["vrf"]),
                row["status"],
                name_of(row["vlan"]),
                name_of(row["role"]),
                within[row["id"]],
            ]
            for row in every
        ]
        columns = ("prefix", "vrf", "status", "vlan", "role", "addresses")
        return [table("prefixes", columns, rows, self._briefing.window, "prefixes")] if rows else []


def _inside(addresses: Sequence[Entity], prefixes: Sequence[Entity]) -> list[str]:
    """For every address and prefix that holds it, the prefix."""
    networks = [(ipaddress.ip_network(row["prefix"], strict=False), row["id"]) for row in prefixes]
    return [
        id_
        for row in addresses
        for network, id_ in networks
        if ipaddress.ip_interface(row["address"]).ip in network
    ]


def _vrfs(row: Entity) -> set[str]:
    """The VRFs of a prefix or address, the global table among them."""
    return {ref["id"] for ref in row["vrf"] or ()} or {""}
