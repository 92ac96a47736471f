"""Follows cables: to the other end, through patch panels and circuits, to where a path arrives."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from demo.clause import is_in
from demo.database import Database
from demo.models.ports import PASS_THROUGH

Node = tuple[str, int]
#: the cables that a path may cross before it is taken for endless
_LONGEST = 50


@dataclass(frozen=True)
class Path:
    """A path from an end point: nodes and cables in turn, as NetBox records it."""

    steps: tuple[tuple[Node, ...], ...]
    complete: bool
    active: bool

    @property
    def destinations(self) -> tuple[Node, ...]:
        """Where the path arrives, if it does."""
        return self.steps[-1] if self.complete else ()


def far_ends(database: Database, nodes: Iterable[Node]) -> dict[Node, tuple[int, tuple[Node, ...]]]:
    """For each node with a cable: the cable, and what is plugged into its other end."""
    cable_of: dict[Node, tuple[int, str]] = {}
    for type_, ids in _by_type(nodes).items():
        near = is_in("termination_id", ids)
        for id_, cable, end in database.query(
            "SELECT termination_id, cable, cable_end FROM dcim_cabletermination"
            f" WHERE termination_type = ? AND {near.sql}",
            (type_, *near.parameters),
        ):
            cable_of[type_, id_] = cable, end
    ends: dict[tuple[int, str], list[Node]] = defaultdict(list)
    cables = is_in("cable", sorted({cable for cable, _ in cable_of.values()}))
    for cable, end, type_, id_ in database.query(
        "SELECT cable, cable_end, termination_type, termination_id FROM dcim_cabletermination"
        f" WHERE {cables.sql} ORDER BY id",
        cables.parameters,
    ):
        ends[cable, end].append((type_, id_))
    return {
        node: (cable, tuple(ends[cable, "B" if end == "A" else "A"]))
        for node, (cable, end) in cable_of.items()
    }


def paths(database: Database, starts: Sequence[Node]) -> dict[Node, Path]:
    """The path from each of these end points that has a cable; all of them advance together."""
    steps: dict[Node, list[tuple[Node, ...]]] = {start: [(start,)] for start in starts}
    at = {start: start for start in starts}
    complete: set[Node] = set()
    for _ in range(_LONGEST):
        reached = far_ends(database, set(at.values()))
        beyond = _other_sides(database, {end for _, ends in reached.values() for end in ends})
        for start, node in list(at.items()):
            if node not in reached:
                del at[start]
                continue
            cable, ends = reached[node]
            steps[start] += [(("dcim.cable", cable),), ends]
            if ends and ends[0][0] not in PASS_THROUGH:
                complete.add(start)
            onward = beyond.get(ends[0], Beyond()) if ends else Beyond()
            if onward.final:
                steps[start] += onward.final
                if onward.final[-1][0][0] == "circuits.providernetwork":
                    complete.add(start)
            if onward.node is None:
                del at[start]
            else:
                steps[start].append((onward.node,))
                at[start] = onward.node
        if not at:
            break
    crossed = {
        start: {id_ for step in taken for type_, id_ in step if type_ == "dcim.cable"}
        for start, taken in steps.items()
    }
    broken = _not_connected(database, {cable for cables in crossed.values() for cable in cables})
    return {
        start: Path(tuple(taken), start in complete, not crossed[start] & broken)
        for start, taken in steps.items()
        if len(taken) > 1
    }


class Paths:
    """What is known of the paths of some nodes; each is followed once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._far_ends: dict[Node, tuple[Node, ...]] = {}
        self._paths: dict[Node, Path | None] = {}

    def peers(self, nodes: Sequence[Node]) -> Mapping[Node, tuple[Node, ...]]:
        """What is plugged into the other end of the cable, for each of these nodes that has one."""
        if missing := [node for node in nodes if node not in self._far_ends]:
            found = far_ends(self._database, missing)
            self._far_ends |= {node: found[node][1] if node in found else () for node in missing}
        return self._far_ends

    def of(self, nodes: Sequence[Node]) -> Mapping[Node, Path | None]:
        """The path from each of these nodes, if it has a cable."""
        if missing := [node for node in nodes if node not in self._paths]:
            found = paths(self._database, missing)
            self._paths |= {node: found.get(node) for node in missing}
        return self._paths


@dataclass(frozen=True)
class Beyond:
    """What lies behind a pass-through port: the port the path leaves by, or the last steps of the path."""

    node: Node | None = None
    final: tuple[tuple[Node, ...], ...] = ()


def _other_sides(database: Database, nodes: Iterable[Node]) -> dict[Node, Beyond]:
    found: dict[Node, Beyond] = {}
    grouped = _by_type(nodes)
    front = is_in("id", grouped.get("dcim.frontport", []))
    for id_, rear in database.query(
        f"SELECT id, rear_port FROM dcim_frontport WHERE {front.sql}", front.parameters
    ):
        found["dcim.frontport", id_] = Beyond(("dcim.rearport", rear))
    rear_ports = is_in("rear_port", grouped.get("dcim.rearport", []))
    for id_, rear in database.query(
        f"SELECT id, rear_port FROM dcim_frontport WHERE {rear_ports.sql}", rear_ports.parameters
    ):
        found["dcim.rearport", rear] = Beyond(("dcim.frontport", id_))
    sides = is_in("near.id", grouped.get("circuits.circuittermination", []))
    for id_, other, cable, type_, place in database.query(
        "SELECT near.id, far.id, far.cable, far.termination_type, far.termination_id"
        " FROM circuits_circuittermination near JOIN circuits_circuittermination far"
        f" ON far.circuit = near.circuit AND far.id != near.id WHERE {sides.sql}",
        sides.parameters,
    ):
        far = ("circuits.circuittermination", other)
        if type_ == "circuits.providernetwork" or (cable is None and place is not None):
            found["circuits.circuittermination", id_] = Beyond(final=((far,), ((type_, place),)))
        else:
            found["circuits.circuittermination", id_] = Beyond(far)
    return found


def _not_connected(database: Database, cables: Iterable[int]) -> set[int]:
    which = is_in("id", sorted(cables))
    return {
        id_
        for (id_,) in database.query(
            f"SELECT id FROM dcim_cable WHERE status != 'connected' AND {which.sql}", which.parameters
        )
    }


def _by_type(nodes: Iterable[Node]) -> Mapping[str, list[int]]:
    grouped: dict[str, list[int]] = defaultdict(list)
    for type_, id_ in nodes:
        grouped[type_].append(id_)
    return grouped
