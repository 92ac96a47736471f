"""What carries an interface that no cable can be plugged into: the members of a LAG, the parent of a subinterface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orchestration.cells import name_of
from orchestration.steps import Facets, Fetch, Gathered, Load, Plan, Select
from sources.catalog import BASE, Catalog
from sources.source import Condition, Entity
from sources.types import DETAILS
from tools.cable_rows import INTERFACE, PLUGGED, Node, port_name
from tools.port_names import Port
from tools.wording import counted

LAG, BRIDGE = "lag", "bridge"
_KINDS: Mapping[str, str] = {LAG: "a LAG", "virtual": "a virtual interface", BRIDGE: "a bridge"}
"""The types of interfaces that no cable can be plugged into, in words."""
_OWN: Facets = frozenset({BASE, DETAILS})
MOST_LEVELS = 4
"""Subinterfaces of subinterfaces of LAGs."""


@dataclass(frozen=True, slots=True)
class Carriers:
    """The ports that carry what was asked for: that port itself, unless no cable can be plugged into it."""

    ports: tuple[Node, ...]
    words: str = ""
    """What it is, where it is not its own carrier."""
    plan: Plan = field(default_factory=dict)
    """What must be read before that is known."""


def carriers(key: str, port: Port, gathered: Gathered, catalog: Catalog) -> Carriers:
    """The ports that carry a port, and the steps (named after `key`) that tell which."""
    type_, row = port
    told: list[str] = []
    for level in range(MOST_LEVELS):
        kind = _KINDS.get(str(row.get("type"))) if type_ == INTERFACE else None
        if kind is None:
            return Carriers(((type_, row["id"]),), _joined(port, told))
        own, members, parents = (f"{key}: {name} ({level})" for name in ("itself", "members", "parent"))
        if not {own, members} & gathered.plan.keys():
            return Carriers((), plan=_plan(row, (own, members, parents), catalog))
        held = gathered.rows(members)
        if held:
            told.append(f"{kind} of {counted(len(held), catalog[INTERFACE])}")
            return Carriers(tuple((INTERFACE, each["id"]) for each in held), _joined(port, told))
        parent = next(iter(gathered.rows(parents)), None)
        if parent is None:
            told.append(f"{kind} {_without(row, gathered.rows(own))}")
            return Carriers((), _joined(port, told))
        told.append(f"{kind} on {parent['name']}")
        row = parent
    return Carriers((), _joined(port, told))


def _plan(row: Entity, names: tuple[str, str, str], catalog: Catalog) -> Plan:
    interface = catalog[INTERFACE]
    own, members, parents = names
    if row["type"] == LAG:
        # Nautobot refuses to look for the members of what is no LAG.
        bundled = (Condition("lag", "", (row["id"],), (row,)),)
        return {members: Select(interface, bundled, PLUGGED)}
    return {
        own: Fetch(interface, (row["id"],), _OWN),
        parents: Load(own, "parent", interface, PLUGGED),
    }


def _without(row: Entity, own: list[Entity]) -> str:
    if row["type"] == LAG:
        return "without members"
    if row["type"] == BRIDGE:
        return "of interfaces that are not looked for"
    parent = next((each["parent"] for each in own if each["parent"]), None)
    return f"on {name_of(parent)}, which could not be read" if parent else "without a parent interface"


def _joined(port: Port, told: list[str]) -> str:
    return f"{name_of(port_name(*port))} is {', '.join(told)}" if told else ""
