"""The gateways that an object takes part in: its FHRP groups (VRRP, HSRP, ...), by its interfaces or its address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orchestration.answer import Section
from orchestration.cells import cell, name_of
from orchestration.steps import Follow, Gathered, Given, Load, Plan, Step
from orchestration.tool import Briefing, Found
from sources.catalog import Catalog
from sources.source import Entity
from tools.tables import filled
from tools.wording import natural

ASSIGNED = "gateway assignments"
_ASSIGNMENT, _GROUP, _ADDRESS = "ipam.fhrpgroupassignment", "ipam.fhrpgroup", "ipam.ipaddress"
_INTERFACES, _GROUPS, _SHARED, _SHARING, _GIVEN = (
    "interfaces of the address",
    "gateways",
    "groups of the address",
    "members of the groups",
    "its groups",
)
_OWNERS = {"dcim.device": "dcim.interface"}
"""Not of virtual machines: Nautobot refuses to look for groups of their interfaces."""


def gateway_steps(object_: str, found: Found, briefing: Briefing) -> Plan:
    """The groups of its interfaces; of an address, those that share it, and those of the interface that it is on.

    Few devices have any: they are looked for where that costs no call.
    """
    catalog, name = briefing.catalog, found.type.name
    if _ASSIGNMENT not in catalog or _GROUP not in catalog:
        return {}
    if name in _OWNERS:
        return _of_interfaces("interfaces", _OWNERS[name], catalog) if briefing.fused else {}
    if name in _OWNERS.values():
        return _of_interfaces(object_, name, catalog)
    return _of_address(object_, found, catalog) if name == _ADDRESS else {}


def _of_interfaces(step: str, type_: str, catalog: Catalog) -> Plan:
    return {
        ASSIGNED: Follow(step, catalog[type_].relations["fhrp_assignments"], catalog[_ASSIGNMENT]),
        _GROUPS: Load(ASSIGNED, "group", catalog[_GROUP]),
    }


def _of_address(object_: str, found: Found, catalog: Catalog) -> Plan:
    """NetBox assigns an address to its group; in Nautobot, the group names its address."""
    steps: dict[str, Step] = {}
    group, held = catalog[_GROUP], found.entity["assigned"] or []
    shared = tuple({"id": ref["id"]} for ref in held if ref.get("type") == _GROUP)
    if shared:
        steps[_GIVEN] = Given(group, shared)
        steps[_SHARING] = Follow(_GIVEN, group.relations["assignments"], catalog[_ASSIGNMENT])
        steps[_GROUPS] = Load(_SHARING, "group", group)
    elif relation := found.type.relations.get("fhrp_groups"):
        steps[_SHARED] = Follow(object_, relation, group)
        steps[_SHARING] = Follow(_SHARED, group.relations["assignments"], catalog[_ASSIGNMENT])
    on = [ref for ref in held if ref.get("type") in _OWNERS.values()]
    if on:
        type_ = on[0]["type"]
        steps[_INTERFACES] = Given(
            catalog[type_], tuple({"id": ref["id"]} for ref in on if ref["type"] == type_)
        )
        steps |= _of_interfaces(_INTERFACES, type_, catalog)
    return steps


def gateway_sections(gathered: Gathered, briefing: Briefing) -> list[Section]:
    """A row for each interface in a group, the one that leads first."""
    groups = {**gathered.by_id(_GROUPS), **gathered.by_id(_SHARED)}
    rows = [_row(each, groups) for step in (_SHARING, ASSIGNED) for each in gathered.rows(step)]
    rows.sort(key=lambda row: (natural(str(row[0])), -(row[-1] or 0), natural(str(row[-2]))))
    columns = ("group", "protocol", "number", "addresses", "interface", "priority")
    return filled("gateway interfaces", columns, rows, briefing.window, ASSIGNED, 0.5)


def _row(assignment: Entity, groups: Mapping[str, Entity]) -> list[Any]:
    ref = assignment["group"] or {}
    group = groups.get(ref.get("id", ""), {})
    return [
        group.get("name") or name_of(ref),
        group.get("protocol"),
        group.get("group_id"),
        cell(group.get("ip_addresses")),
        name_of(assignment["interface"]),
        assignment["priority"],
    ]
