"""What a VLAN or a prefix takes along: the ports and addresses in it, their devices, machines and gateways."""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from functools import cached_property

from orchestration.steps import Fetch, Follow, Gathered, Given, Plan, Select, Step
from orchestration.tool import Briefing
from sources.catalog import BASE
from sources.source import Condition, Entity, Ref
from sources.types import VLANS
from tools.asked_table import own_table
from tools.cable_rows import DEVICE
from tools.dependents import GROUP, MACHINE, Dependents, Lost
from tools.port_names import Port
from tools.warned import Warned

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
        self.type, self.row = port
        self.gathered = gathered
        self._catalog = briefing.catalog

    def plan(self) -> Plan:
        """The next round: ports and prefixes, then addresses, then what they belong to."""
        for each in (self._inside, self._addressed, self._owners):
            steps = {name: step for name, step in each().items() if name not in self.gathered.plan}
            if any(not isinstance(step, Given) for step in steps.values()):
                return steps
        return self.dependents.plan() or self.warned.plan()

    def _inside(self) -> Plan:
        catalog = self._catalog
        if self.type == VLAN:
            relations = catalog[VLAN].relations
            return {
                ITSELF: Given(catalog[VLAN], (self.row,)),
                PORTS: Follow(
                    ITSELF, relations["interfaces"], catalog["dcim.interface"], _CARRIERS, optional=False
                ),
                VM_PORTS: Follow(
                    ITSELF, relations["vm_interfaces"], catalog["virtualization.vminterface"], _CARRIERS
                ),
                PREFIXES: Follow(ITSELF, relations["prefixes"], catalog[PREFIX]),
            }
        where = (Condition("within", "", (self.row["prefix"],)), *own_table(self.row))
        return {PREFIXES: Select(catalog[PREFIX], where, limit=MOST_ADDRESSES, optional=True)}

    def _addressed(self) -> Plan:
        """The addresses in the prefixes; of the ports of machines also the other VLANs."""
        steps: dict[str, Step] = {}
        networks = tuple(sorted({row["prefix"] for row in self._own_prefixes}))
        if networks:
            where = (Condition("parent", "", networks),)
            steps[ADDRESSES] = Select(self._catalog[ADDRESS], where, limit=MOST_ADDRESSES, optional=True)
        machines = sorted({row["virtual_machine"]["id"] for row in self.vm_ports if row["virtual_machine"]})
        if machines:
            relation = self._catalog[MACHINE].relations["interfaces"]
            steps["machines on it"] = Given(self._catalog[MACHINE], tuple({"id": id_} for id_ in machines))
            to = self._catalog[relation.to]
            steps[OTHER_PORTS] = Follow("machines on it", relation, to, _CARRIERS)
        return steps

    def _owners(self) -> Plan:
        steps: dict[str, Step] = {}
        held = {DEVICE: {*self.ports, *self.addresses_of(DEVICE)}, MACHINE: {*self._machine_ports}}
        held[MACHINE] |= self.addresses_of(MACHINE).keys()
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
        return [self.row] if self.type == PREFIX else self.gathered.rows(PREFIXES)

    @property
    def vm_ports(self) -> list[Entity]:
        """The ports of machines that carry the VLAN."""
        return self.gathered.rows(VM_PORTS)

    @cached_property
    def ports(self) -> dict[str, list[Entity]]:
        """The ports that carry the VLAN, by device."""
        found: dict[str, list[Entity]] = defaultdict(list)
        for row in self.gathered.rows(PORTS):
            if row["device"]:
                found[row["device"]["id"]].append(row)
        return found

    @cached_property
    def _machine_ports(self) -> dict[str, list[Entity]]:
        found: dict[str, list[Entity]] = defaultdict(list)
        for row in self.vm_ports:
            if row["virtual_machine"]:
                found[row["virtual_machine"]["id"]].append(row)
        return found

    @cached_property
    def addresses(self) -> list[Entity]:
        """The addresses in the prefixes, of their VRFs."""
        held = [(ipaddress.ip_network(row["prefix"], strict=False), _vrfs(row)) for row in self._own_prefixes]
        found = []
        for row in self.gathered.rows(ADDRESSES):
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
            for row in self.gathered.rows(GROUPS)
            if ids & {ref["id"] for ref in row["ip_addresses"] or ()}
        ]
        return sorted(found, key=lambda row: (str(row["name"]), row["id"]))

    @cached_property
    def _address_ids(self) -> frozenset[str]:
        return frozenset(each["id"] for each in self.addresses)

    @cached_property
    def warned(self) -> Warned:
        """Whom to warn."""
        return Warned(self.gathered, self._catalog, self.dependents)

    def addresses_of(self, type_: str) -> dict[str, list[Entity]]:
        """The addresses of the devices, or of the machines."""
        found: dict[str, list[Entity]] = defaultdict(list)
        for row in self.addresses:
            for ref in row["assigned"] or ():
                owner = ref.get("of")
                if owner and owner.get("type") == type_:
                    found[owner["id"]].append(row)
        return found

    def is_alone(self, row: Entity) -> bool:
        """Whether a port carries no other VLAN."""
        refs = [row["untagged_vlan"], *(row["tagged_vlans"] or ())]
        return {ref["id"] for ref in refs if ref} == {self.row["id"]} and row["mode"] != "tagged-all"

    @cached_property
    def machines_lost(self) -> dict[str, Entity]:
        """Machines of which every port with a VLAN has only this one; or whose primary address is in the prefix."""
        rows = self.gathered.by_id(MACHINES)
        if self.type == PREFIX:
            return {id_: row for id_, row in rows.items() if self.loses_primary(row)}
        return {
            id_: rows.get(id_, {"id": id_})
            for id_ in self._machine_ports
            if id_ in rows and all(map(self.is_alone, self._carriers(id_)))
        }

    def _carriers(self, machine: str) -> list[Entity]:
        ports = self.gathered.children(OTHER_PORTS, machine) or self._machine_ports[machine]
        return [row for row in ports if row["untagged_vlan"] or row["tagged_vlans"]]

    def loses_primary(self, row: Entity) -> bool:
        """Whether the primary address of a device or machine is in it."""
        return any(
            (row.get(name) or {}).get("id") in self._address_ids for name in ("primary_ip4", "primary_ip6")
        )

    @cached_property
    def dependents(self) -> Dependents:
        """What hangs on the machines, and whom to warn."""
        devices = tuple(id_ for id_, row in self.gathered.by_id(DEVICES).items() if self.loses_primary(row))
        rows = (self.row, *self.gathered.by_id(DEVICES).values())
        sites = [row["site"] for row in rows if row.get("site")]
        refs = [ref for held in sites for ref in (held if isinstance(held, list) else [held])]
        others: dict[str, tuple[str, ...]] = {
            DEVICE: devices,
            "dcim.site": tuple({ref["id"] for ref in refs}),
            "tenancy.tenant": tuple(row["tenant"]["id"] for row in (self.row,) if row.get("tenant")),
        }
        if self.type == PREFIX:
            others[PREFIX] = (self.row["id"],)
        names = {("dcim.site", ref["id"]): ref for ref in refs}
        names |= {(DEVICE, row["id"]): Ref(id=row["id"], name=row["name"]) for row in rows[1:]}
        title_ = str(self.row[self._catalog[self.type].title])
        names[self.type, self.row["id"]] = Ref(id=self.row["id"], name=title_)
        if self.row.get("tenant"):
            names["tenancy.tenant", self.row["tenant"]["id"]] = self.row["tenant"]
        because = "loses its network" if self.type == VLAN else "loses its primary address"
        lost = Lost(machines=self.machines_lost, because=because, others=others, names=names)
        return Dependents(self.gathered, self._catalog, lost)


def _vrfs(row: Entity) -> set[str]:
    """The VRFs of a prefix or address, the global table among them."""
    return {ref["id"] for ref in row["vrf"] or ()} or {""}
