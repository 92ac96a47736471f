"""Cable plants in memory: ports, panels and cables that are read by steps as from a source, without one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from orchestration.steps import Fetch, Follow, Gathered, Given, Load, Plan, waves
from sources.source import Entity, Page, Ref, parent_ids
from sources.types import CATALOG
from tools.cable_graph import CableGraph
from tools.cable_rows import CABLE, CIRCUIT, DEVICE, FRONT, INTERFACE, REAR, TERMINATION, Node

T = TypeVar("T")


class Plant:
    """Devices with ports, and the cables between them."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Entity]] = defaultdict(dict)
        self._next = 0
        self.hidden: set[Node] = set()
        """What the source does not give."""
        self.rounds = 0
        self.reads = 0

    def _add(self, type_: str, **values: Any) -> Node:
        self._next += 1
        id_ = str(self._next)
        self._rows[type_][id_] = {"id": id_, **values}
        return type_, id_

    def device(self, name: str) -> str:
        """A device, by its id."""
        return self._add(DEVICE, name=name)[1]

    def port(self, device: str, type_: str = INTERFACE, name: str = "", **own: Any) -> Node:
        """A port that nothing is plugged into yet."""
        owner = Ref(id=device, name=self._rows[DEVICE][device]["name"])
        bare: dict[str, Any] = {"cable": None, "mark_connected": False, "link_peers": []}
        return self._add(type_, name=name or f"p{self._next}", device=owner, **bare, **own)

    def panel(self, strands: Sequence[int], name: str = "panel") -> tuple[Node, list[Node]]:
        """A rear port with so many positions as `strands` has, and a front port for each, at the position told."""
        device = self.device(name)
        rear = self.port(device, REAR, positions=len(strands))
        fronts = []
        for position in strands:
            ref = {"id": rear[1], "name": "rear", "front_position": 1, "rear_position": position}
            fronts.append(self.port(device, FRONT, rear_ports=[ref]))
        return rear, fronts

    def cassette(self, fronts: int, width: int) -> tuple[Node, list[Node]]:
        """A rear port, and so many front ports that have `width` positions of it each, in order."""
        rear, _ = self.panel(())
        self.change(rear, positions=fronts * width)
        device = self.row(rear)["device"]["id"]
        held = [
            [
                {
                    "id": rear[1],
                    "name": "rear",
                    "front_position": n + 1,
                    "rear_position": first * width + n + 1,
                }
                for n in range(width)
            ]
            for first in range(fronts)
        ]
        return rear, [self.port(device, FRONT, rear_ports=refs) for refs in held]

    def circuit(self, *sides: Entity | None) -> list[Node]:
        """A circuit with a side for each place."""
        circuit = self._add(CIRCUIT, cid="C-1")
        ref = Ref(id=circuit[1], name="C-1")
        bare: dict[str, Any] = {"cable": None, "mark_connected": False, "link_peers": []}
        return [
            self._add(TERMINATION, circuit=ref, term_side=side, termination=[place] if place else [], **bare)
            for side, place in zip("AZ", sides, strict=False)
        ]

    def cable(self, near: Node | Sequence[Node], far: Node | Sequence[Node], **values: Any) -> str:
        """A cable between two ports, or between several on either side."""
        sides = [[side] if isinstance(side, tuple) else list(side) for side in (near, far)]
        ends = [[self._ref(node) for node in side] for side in sides]
        known = {"label": "", "type": "smf", "status": "connected", "length": 2, "length_unit": "m", **values}
        cable = self._add(CABLE, a_terminations=ends[0], b_terminations=ends[1], **known)
        for side, others in ((sides[0], ends[1]), (sides[1], ends[0])):
            for type_, id_ in side:
                self._rows[type_][id_] |= {"cable": Ref(id=cable[1], name=None), "link_peers": others}
        return cable[1]

    def link(self, one: str, other: str) -> str:
        """A cable between two new interfaces of two devices."""
        return self.cable(self.port(one), self.port(other))

    def row(self, node: Node) -> Entity:
        """What the source says of a port or cable."""
        return self._rows[node[0]][node[1]]

    def change(self, node: Node, **values: Any) -> None:
        """Change a row."""
        self._rows[node[0]][node[1]] |= values

    def asked(self, question: Callable[[CableGraph], T]) -> T:
        """What a question about the graph comes to, once everything that it wants was read."""
        gathered = Gathered({})
        self.rounds = self.reads = 0
        while True:
            graph = CableGraph(gathered, CATALOG)
            answer = question(graph)
            plan = graph.plan(len(gathered.plan))
            if not plan:
                return answer
            self.rounds += 1
            self._read(plan, gathered)

    def _read(self, plan: Plan, gathered: Gathered) -> None:
        ordered = waves(plan)
        gathered.plan = {**gathered.plan, **plan}
        for wave in ordered:
            for name in wave:
                rows = self._of(name, gathered)
                gathered.pages[name] = Page(rows, len(rows))

    def _of(self, name: str, gathered: Gathered) -> list[Entity]:
        step = gathered.plan[name]
        if isinstance(step, Given):
            return list(step.rows)
        self.reads += 1
        assert isinstance(step, Fetch | Follow | Load)
        table = self._rows[step.type.name].values()
        shown = [row for row in table if (step.type.name, row["id"]) not in self.hidden]
        if isinstance(step, Fetch):
            return [row for row in shown if row["id"] in step.ids]
        before = gathered.rows(step.step)
        if isinstance(step, Follow):
            owners = {row["id"] for row in before}
            return [row for row in shown if owners & parent_ids(row, step.relation)]
        held = [row[step.field] for row in before]
        ids = {ref["id"] for each in held for ref in (each if isinstance(each, list) else [each]) if ref}
        return [row for row in shown if row["id"] in ids]

    def _ref(self, node: Node) -> Ref:
        row = self._rows[node[0]][node[1]]
        ref = Ref(id=node[1], name=row.get("name") or row.get("term_side"), type=node[0])
        for field, owner in (("device", DEVICE), ("circuit", CIRCUIT)):
            if field in row:
                ref["of"] = Ref(id=row[field]["id"], name=row[field]["name"], type=owner)
        return ref
