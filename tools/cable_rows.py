"""What was read of ports and cables, what is wanted besides, and the steps that read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from orchestration.steps import Facets, Fetch, Follow, Gathered, Given, Load, Plan, Step
from sources.catalog import BASE, Catalog, Relation
from sources.source import Condition, Entity, Ref
from sources.types import COUNTS, PEERS, PLUGS

Node = tuple[str, str]
"""The type and the id of a port, a cable or a device."""
CABLE = "dcim.cable"
DEVICE = "dcim.device"
INTERFACE = "dcim.interface"
FRONT, REAR = "dcim.frontport", "dcim.rearport"
TERMINATION, CIRCUIT = "circuits.circuittermination", "circuits.circuit"
INLET, OUTLET = "dcim.powerport", "dcim.poweroutlet"
FEED, PANEL = "dcim.powerfeed", "dcim.powerpanel"
CONSOLE, CONSOLE_SERVER = "dcim.consoleport", "dcim.consoleserverport"
PORTS: Mapping[str, str] = {
    INTERFACE: "interfaces",
    FRONT: "front_ports",
    REAR: "rear_ports",
    CONSOLE: "console_ports",
    CONSOLE_SERVER: "console_server_ports",
    INLET: "power_ports",
    OUTLET: "power_outlets",
}
"""The types of a device's ports, and the device's relation to each."""
WITH_COUNTS: Facets = frozenset({BASE, COUNTS})
"""What is read of devices whose ports are to be read: of which kinds they have any."""
CABLED = Condition("cabled", "", ("true",))
"""Keeps to the ports that something is plugged into."""
PLUGGED: Facets = frozenset({BASE, PLUGS})
"""What is read of ports."""
WITH_PEERS: Facets = PLUGGED | {PEERS}
"""What is read of few ports: to be told at once what is at the other end saves a round, but costs time for each."""
FEW = 20
"""Ports."""
_BASE: Facets = frozenset({BASE})
_INSIDE: Mapping[str, tuple[str, str]] = {
    REAR: (REAR, "front_ports"),
    INLET: (INLET, "power_outlets"),
    TERMINATION: (CIRCUIT, "terminations"),
}
"""By the type of a port, whose relation gives what it leads to inside of its device or circuit."""
_ONWARD: Mapping[str, tuple[str, str]] = {FRONT: ("rear_ports", REAR), OUTLET: ("power_port", INLET)}
"""By the type of a port, the field that refers to what it leads to, and the type of that."""


def kinds_of(devices: Iterable[Entity]) -> tuple[str, ...]:
    """The types of ports that any of these devices has; all of them where the source does not count ports."""
    rows = list(devices)
    return tuple(
        type_
        for type_, relation in PORTS.items()
        if any(row.get(f"{relation.removesuffix('s')}_count") != 0 for row in rows)
    )


class Ending(StrEnum):
    """Why a path goes no further."""

    ARRIVED = "arrived"
    NOT_CABLED = "not cabled"
    MARKED = "marked as connected, without a cable"
    NO_PEER = "nothing at the other end of the cable"
    NO_INSIDE = "no port behind it"
    NO_OTHER_SIDE = "the circuit has no other side"
    PLACE = "provider network"
    SPLIT = "split"
    LOOP = "loop"
    HIDDEN = "could not be read: the token may not see it, or it is gone"
    TOO_FAR = "not followed further"
    UNREAD = "not read yet"


class CableRows:
    """What was read of ports and cables. What is asked for and was not read yet is wanted, and part of the plan."""

    def __init__(self, gathered: Gathered, catalog: Catalog) -> None:
        self._catalog = catalog
        self._rows: dict[Node, Entity] = {}
        self._names: dict[Node, Ref] = {}
        self._cable_names: dict[str, Ref] = {}
        self._inside: dict[tuple[str, str], list[Node]] = {}
        self._asked: set[Node] = set()
        self._asked_inside: set[tuple[str, str]] = set()
        self.hidden: set[Node] = set()
        """What was asked for and did not come: the token may not see it, or it is gone."""
        self.wanted: set[Node] = set()
        self.wanted_inside: set[tuple[str, str]] = set()
        for name, step in gathered.plan.items():
            self._take(name, step, gathered)

    def row(self, node: Node) -> Entity | None:
        """A port or cable with its links; None where it is not known. It is wanted then."""
        found = self._rows.get(node)
        if found is None and node not in self._asked:
            self.wanted.add(node)
        return found

    def name(self, node: Node) -> Ref:
        """What a port is called, and what it is a part of; only its id where it was never seen."""
        return self._names.get(node) or Ref(id=node[1], name=None)

    def cable(self, id_: str) -> Entity:
        """The cable, or as much as a port knows of it."""
        known = self._rows.get((CABLE, id_))
        return known if known is not None else dict(self._cable_names.get(id_) or Ref(id=id_, name=None))

    def device(self, port: Node) -> str | None:
        """The id of the device that a port is a part of."""
        owner = self.name(port).get("of")
        return owner["id"] if owner and owner.get("type") == DEVICE else None

    def ports(self, device: str, types: Iterable[str]) -> list[Node] | None:
        """The cabled ports of a device, of these types; None where they are not known. They are wanted then."""
        keys = [(f"{DEVICE}.{PORTS[type_]}", device) for type_ in types]
        missing = [key for key in keys if key not in self._asked_inside]
        self.wanted_inside.update(missing)
        if missing:
            return None
        if any(key not in self._inside for key in keys):
            self.hidden.add((DEVICE, device))
        return [node for key in keys for node in self._inside.get(key, ()) if self._is_cabled(node)]

    def owned(self, type_: str, id_: str) -> list[Node]:
        """The sides of a circuit or the feeds of a power panel, in the order of their names; none if unknown."""
        relation = "terminations" if type_ == CIRCUIT else "power_feeds"
        found = self._inside.get((f"{type_}.{relation}", id_), ())
        return sorted(found, key=lambda node: (str(self.name(node).get("name")), node))

    def _is_cabled(self, node: Node) -> bool:
        row = self._rows.get(node)
        return row is not None and row["cable"] is not None

    def _behind(self, port: Node, owner: str) -> list[Node] | Ending:
        """The ports that refer to what a port is a part of."""
        type_, relation = _INSIDE[port[0]]
        key = (f"{type_}.{relation}", owner)
        if key in self._inside:
            return self._inside[key]
        if key in self._asked_inside:
            self.hidden.add(port)
            return Ending.HIDDEN
        self.wanted_inside.add(key)
        return Ending.UNREAD

    def _missing(self, node: Node) -> Ending:
        if node not in self._asked:
            return Ending.UNREAD
        self.hidden.add(node)
        return Ending.HIDDEN

    def plan(self, number: int | str) -> Plan:
        """The steps, told apart by a number or a word, that read what is wanted."""
        steps: dict[str, Step] = {}
        by_type: dict[str, list[str]] = defaultdict(list)
        for type_, id_ in sorted(self.wanted):
            by_type[type_].append(id_)
        few = WITH_PEERS if len(self.wanted) + len(self.wanted_inside) <= FEW else PLUGGED
        for type_, ids in by_type.items():
            facets = _BASE if type_ == CABLE else few
            name = f"{self._catalog[type_].plural} ({number})"
            steps[name] = Fetch(self._catalog[type_], tuple(ids), facets)
            if type_ in _ONWARD:
                field, to = _ONWARD[type_]
                steps[f"{self._catalog[to].plural} behind ({number})"] = Load(
                    name, field, self._catalog[to], few
                )
        owners: dict[str, list[str]] = defaultdict(list)
        for key, owner in sorted(self.wanted_inside):
            owners[key].append(owner)
        for key, ids in owners.items():
            # Most ports of a device are not asked for what is at their other end.
            steps |= self._following(key, ids, PLUGGED if key.startswith(DEVICE) else few, number)
        return steps

    def _following(self, key: str, owners: Sequence[str], facets: Facets, number: int | str) -> Plan:
        owner, _, relation_name = key.rpartition(".")
        relation = self._catalog[owner].relations[relation_name]
        given = f"{self._catalog[owner].plural} of {relation_name} ({number})"
        to = self._catalog[relation.to]
        return {
            given: Given(self._catalog[owner], tuple({"id": id_} for id_ in owners)),
            f"{to.plural} inside ({number})": Follow(given, relation, to, facets),
        }

    def _take(self, name: str, step: Step, gathered: Gathered) -> None:
        match step:
            case Fetch():
                if step.type.name == CABLE or PLUGS in step.facets:
                    self._asked |= {(step.type.name, id_) for id_ in step.ids}
            case Load():
                held = [row.get(step.field) for row in gathered.rows(step.step)]
                refs = [ref for each in held for ref in (each if isinstance(each, list) else [each]) if ref]
                self._asked |= {(step.type.name, ref["id"]) for ref in refs}
                for ref in refs:
                    self._note((step.type.name, ref["id"]), ref)
            case Follow() if PLUGS in step.facets:
                self._take_inside(name, step.step, step.relation, gathered)
            case _:
                pass
        for row in gathered.rows(name):
            self._take_row(step.type.name, row)

    def _note(self, node: Node, ref: Ref) -> None:
        """Remember what a port is called: some say only its own name, and not what it is a part of."""
        if node not in self._names or "of" in ref:
            self._names[node] = ref

    def _take_inside(self, name: str, owners: str, relation: Relation, gathered: Gathered) -> None:
        for owner in gathered.rows(owners):
            key = (relation.key, owner["id"])
            self._asked_inside.add(key)
            if gathered.knows(name):
                rows = gathered.children(name, owner["id"])
                self._inside[key] = [(relation.to, row["id"]) for row in rows]

    def _take_row(self, type_: str, row: Entity) -> None:
        node = (type_, row["id"])
        if type_ == CABLE:
            if "a_terminations" in row:
                self._rows[node] = row
                for end in (*row["a_terminations"], *row["b_terminations"]):
                    self._note(node_of(end), end)
            return
        self._note(node, port_name(type_, row))
        if "cable" not in row:
            return
        self._rows[node] = row
        if row["cable"]:
            self._cable_names.setdefault(row["cable"]["id"], row["cable"])
        for peer in row.get("link_peers", ()):
            self._note(node_of(peer), peer)


def node_of(ref: Ref) -> Node:
    """The port or place that a reference leads to."""
    return ref.get("type", ""), ref["id"]


def port_name(type_: str, row: Entity) -> Ref:
    """A port as others refer to it."""
    own = Ref(id=row["id"], name=row.get("name") or row.get("term_side"), type=type_)
    for field, owner in (("device", DEVICE), ("circuit", CIRCUIT), ("power_panel", PANEL)):
        if row.get(field):
            own["of"] = Ref(id=row[field]["id"], name=row[field].get("name"), type=owner)
            break
    return own
