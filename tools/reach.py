"""How the network hangs together without what failed: read outward from it, as far as that decides anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from orchestration.steps import Fetch, Gathered, Plan, Select
from sources.catalog import BASE, Catalog
from sources.source import Condition, Entity, Ref
from tools.cable_rows import CIRCUIT, DEVICE
from tools.connection_ways import far_ends, key_of, owner_of
from tools.failing import Failing, works
from tools.failure import Remains, Verdict
from tools.neighbourhood import Neighbourhood, devices_step, ports_of, step_name
from tools.network_map import Key, Node

MOST_HOPS = 12
MOST_LOOKED_AT = 1_000
"""Devices whose ports are read for one answer."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A connection between two nodes, with the rows of the ports at its ends as far as they are known."""

    ends: tuple[Key, Key]
    ports: tuple[Key, Key]
    broken: bool
    circuits: tuple[Ref, ...] = ()


class Reach(Neighbourhood):
    """The network around a failure."""

    def __init__(self, gathered: Gathered, catalog: Catalog, failing: Failing, gone: frozenset[str]) -> None:
        self.failing = failing
        self.gone = frozenset((DEVICE, id_) for id_ in gone)
        self.dead = self.gone | failing.outside
        super().__init__(gathered, catalog, "network", MOST_HOPS)
        self.devices |= gathered.by_id(step_name("neighbours", self.read))
        for row in self._stack_members:
            self._meet((DEVICE, row["id"]), Ref(id=row["id"], name=row["name"], type=DEVICE), self.read)

    # What is to be read next

    @cached_property
    def looked_at(self) -> frozenset[Key]:
        """The devices whose ports were asked for."""
        found: set[Key] = set()
        for number in range(self.read):
            step = self._gathered.plan.get(devices_step(number))
            if isinstance(step, Fetch):
                found |= {(DEVICE, id_) for id_ in step.ids}
        return frozenset(found)

    @property
    def stopped(self) -> bool:
        """Whether the bound was reached before all was decided."""
        return bool(self.verdict.unknown) and not self._next()

    def plan(self) -> Plan:
        """The next hop, where what was read does not decide yet."""
        if not self.read:
            return {}
        name = step_name("front ports", self.read)
        if name not in self._gathered.plan:
            unclear = [row for key, row in self.ports.items() if self._is_unclear(key, row)]
            if behind := self._behind_panels(unclear, self.read):
                return behind
        if stacks := self._stacks():
            return stacks
        if ids := self._next():
            refs = tuple({"id": id_} for id_ in ids)
            step = Fetch(self._catalog[DEVICE], tuple(ids), frozenset({BASE}))
            return {devices_step(self.read): step, **ports_of(self.read + 1, refs, self._kind, self._catalog)}
        return self._circuits_met() or self._named()

    def _named(self) -> Plan:
        """The neighbours of what fails, of which only the names are known so far."""
        name = step_name("neighbours", self.read)
        near = {node for each in self.meetings if each.broken for node in each.ends}
        wanted = sorted(id_ for type_, id_ in near if type_ == DEVICE and id_ not in self.devices)
        if not wanted or name in self._gathered.plan:
            return {}
        return {name: Fetch(self._catalog[DEVICE], tuple(wanted), frozenset({BASE}))}

    def _next(self) -> list[str]:
        if self.read >= MOST_HOPS or len(self.pivots) < 2:
            return []
        wanted = sorted(id_ for type_, id_ in self.verdict.to_read() if type_ == DEVICE)
        return wanted[: max(MOST_LOOKED_AT - len(self.looked_at), 0)]

    def _is_unclear(self, key: Key, row: Entity) -> bool:
        """Whether it matters which circuit a port leads through: it is lost, or may be the way out."""
        near, fars = (DEVICE, row["device"]["id"]), far_ends(row)
        broken = {key, *map(key_of, fars)} & self.failing.ports.keys()
        return not fars or bool(broken) or near in self.dead or near in self.verdict.cut_off

    def _stacks(self) -> Plan:
        """The members of the stacks that were met: stack cables are seldom documented."""
        chassis = {row["virtual_chassis"]["id"] for row in self.devices.values() if row["virtual_chassis"]}
        name = step_name("stack members", self.read)
        asked = {
            id_
            for number in range(1, self.read + 1)
            if isinstance(step := self._gathered.plan.get(step_name("stack members", number)), Select)
            for id_ in step.where[0].values
        }
        wanted = tuple(sorted(chassis - asked))
        if not wanted or name in self._gathered.plan:
            return {}
        where = (Condition("virtual_chassis", "", wanted, tuple({"id": id_} for id_ in wanted)),)
        return {name: Select(self._catalog[DEVICE], where, optional=True)}

    @property
    def _stack_members(self) -> Sequence[Entity]:
        return [
            row
            for number in range(1, self.read + 1)
            for row in self._gathered.rows(step_name("stack members", number))
        ]

    # What it comes to

    @cached_property
    def meetings(self) -> Sequence[Meeting]:
        """Every connection once; those that only manage a device are told apart from those of its data."""
        found: dict[frozenset[Key], Meeting] = {}
        for key, row in self.ports.items():
            for far in self._fars(row):
                ports = key, key_of(far)
                ends = (DEVICE, row["device"]["id"]), key_of(owner_of(far))
                broken = bool(set(ends) & self.dead or set(ports) & self.failing.ports.keys())
                known = found.get(frozenset(ports))
                circuits = {
                    key_of(ref): ref for ref in self._ways.half(row).through if ref.get("type") == CIRCUIT
                }
                circuits |= {key_of(ref): ref for ref in (known.circuits if known else ())}
                found[frozenset(ports)] = Meeting(ends, ports, broken, tuple(circuits.values()))
        return list(found.values())

    def _fars(self, row: Entity) -> list[Ref]:
        """Where a circuit leads to that ends in no device, that circuit itself is the way out."""
        fars = far_ends(row) or super()._fars(row)
        if fars:
            return fars
        half = self._ways.half(row)
        if half.clear and half.through and half.through[-1].get("type") == CIRCUIT:
            return [half.through[-1]]
        return []

    @cached_property
    def _data(self) -> frozenset[str]:
        """The devices that have other ports in use than such for management."""
        return frozenset(row["device"]["id"] for row in self.ports.values() if not row["mgmt_only"])

    def manages(self, meeting: Meeting) -> bool:
        """Whether a connection is that of a management port of a device which has others."""
        return any(
            (row := self.ports.get(port)) and row["mgmt_only"] and row["device"]["id"] in self._data
            for port in meeting.ports
        )

    @cached_property
    def pivots(self) -> frozenset[Key]:
        """The nodes that may have reached each other through what fails."""
        found: set[Key] = set()
        for each in self.meetings:
            if each.broken and not self.manages(each):
                left, right = each.ends
                if set(each.ends) & self.dead & self._passive:
                    continue
                found |= {left, right} - self.dead
        for members in self._stacks_met.values():
            if members & self.dead:
                found |= members - self.dead
        return frozenset(found)

    @cached_property
    def _passive(self) -> frozenset[Key]:
        """The devices that pass nothing on: hosts, the idle, those whose links are all one LAG or for management."""
        lags: dict[str, set[str]] = defaultdict(set)
        for row in self.ports.values():
            if not row["mgmt_only"]:
                lags[row["device"]["id"]].add(row["lag"]["id"] if row["lag"] else f"port {row['id']}")
        stacked = {row["id"] for row in self._stack_members}
        found = set()
        for type_, id_ in self.looked_at:
            row = self.devices.get(id_, {})
            if not works(row) or (id_ not in stacked and (row.get("cluster") or len(lags[id_]) <= 1)):
                found.add((type_, id_))
        return frozenset(found)

    @cached_property
    def remains(self) -> Remains:
        """The network without what failed."""
        links: dict[Key, set[Key]] = {key: set() for key in self.looked_at - self.dead}
        for each in self.meetings:
            left, right = each.ends
            for node in {left, right} - self.dead:
                links.setdefault(node, set())
            if not each.broken and left != right and not self.manages(each):
                links[left].add(right)
                links[right].add(left)
        for members in self._stacks_met.values():
            for node in members - self.dead:
                links.setdefault(node, set()).update(members - self.dead - {node})
        # Whoever is only managed from here is not a part of what was looked for.
        aside = (
            {
                node
                for each in self.meetings
                if self.manages(each)
                for node in each.ends
                if not links.get(node)
            }
            - self.pivots
            - self.looked_at
        )
        for node in aside:
            links.pop(node, None)
        devices = {node for node in links if node[0] == DEVICE}
        return Remains(
            links,
            frozenset(self._passive & links.keys()),
            frozenset(links.keys() - devices),
            frozenset(devices - self.looked_at),
        )

    @cached_property
    def _stacks_met(self) -> Mapping[str, set[Key]]:
        """The members of each stack: they reach each other, as long as they are there."""
        found: dict[str, set[Key]] = defaultdict(set)
        for row in self._stack_members:
            if row["virtual_chassis"]:
                found[row["virtual_chassis"]["id"]].add((DEVICE, row["id"]))
        return found

    @cached_property
    def verdict(self) -> Verdict:
        """What is cut off and what is not."""
        if len(self.pivots) < 2:
            return Verdict(())
        return Verdict(self.remains.parts(self.pivots))

    @cached_property
    def cut_off(self) -> list[Key]:
        """The devices that are cut off."""
        return sorted(key for key in self.verdict.cut_off if key[0] == DEVICE)

    def node(self, key: Key) -> Node:
        """A node as it is shown."""
        return self._node(key)

    def is_managed(self, meeting: Meeting, node: Key) -> bool:
        """Whether that end of a connection is a management port of a device that has others."""
        row = self.ports.get(meeting.ports[meeting.ends.index(node)])
        return bool(row and row["mgmt_only"] and node[1] in self._data)

    def leads_to(self, row: Entity) -> list[Ref]:
        """What a port leads to, as far as it is known."""
        return self._fars(row)
