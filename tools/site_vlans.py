"""The VLANs of a site that only their group places there, and one view of all VLANs with what uses them.

A VLAN need not name its site: its group may be that of the site. No filter of VLANs finds these, so the groups of the
site are read beside its own VLANs, the VLANs of these groups beside what uses its own, and only if there are any
that the site's own are not, what uses those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.steps import Follow, Gathered, Given, Plan, Select
from sources.catalog import Catalog
from sources.source import Condition, Entity

VLANS = "vlans"
"""The step of the VLANs that meet the conditions themselves."""
_GROUPS = "vlan_groups"
_IN_GROUPS = "vlans_in_groups"
_BY_GROUP = "vlans_by_group"
"""Those of them that meet all other conditions, and are not among the site's own."""


def group_steps(conditions: Sequence[Condition], catalog: Catalog) -> Plan:
    """The VLAN groups whose scope is the site of the (bound) conditions, and their VLANs; none without a site."""
    site = next((each for each in conditions if each.key == "site" and not each.lookup), None)
    if site is None:
        return {}
    group = catalog["ipam.vlangroup"]
    return {
        _GROUPS: Select(group, (site,), optional=True),
        _IN_GROUPS: Follow(_GROUPS, group.relations["vlans"], catalog["ipam.vlan"]),
    }


def by_group_alone(gathered: Gathered, site: str) -> int:
    """How many VLANs only their group places at the site of that id."""
    found = gathered.by_id(_IN_GROUPS).values()
    return sum(1 for vlan in found if all(ref["id"] != site for ref in vlan["site"] or ()))


def steps_by_group(
    users: Mapping[str, Follow], conditions: Sequence[Condition], gathered: Gathered, catalog: Catalog
) -> Plan:
    """The same steps to what uses the VLANs that only a group places at the site; empty where there are none."""
    if _BY_GROUP in gathered.plan:
        return {}
    own = gathered.by_id(VLANS)
    others = [each for each in conditions if each.key != "site"]
    found = tuple(
        vlan
        for id_, vlan in gathered.by_id(_IN_GROUPS).items()
        if id_ not in own and all(_meets(vlan, each) for each in others)
    )
    if not found:
        return {}
    given: Plan = {_BY_GROUP: Given(catalog["ipam.vlan"], found)}
    return {
        **given,
        **{
            _by_group(name): Follow(_BY_GROUP, step.relation, step.type, step.facets)
            for name, step in users.items()
        },
    }


class VlansInUse:
    """The VLANs, the site's own and those by group alike, each once, with what uses them."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._by_group = gathered.by_id(_BY_GROUP)
        self.vlans = [*gathered.rows(VLANS), *self._by_group.values()]

    def knows(self, step: str) -> bool:
        """Whether it was read what uses the VLANs in this way, of all of them."""
        return all(self._gathered.knows(each) for each in self._steps(step))

    def rows(self, step: str) -> list[Entity]:
        """All that uses any of the VLANs: a port that carries several is there once."""
        found = {id_: row for each in self._steps(step) for id_, row in self._gathered.by_id(each).items()}
        return list(found.values())

    def of(self, vlan: Entity, step: str) -> list[Entity]:
        """What uses this VLAN. Of the other VLANs' step only a part would be known: ports that carry both."""
        name = _by_group(step) if vlan["id"] in self._by_group else step
        return self._gathered.children(name, vlan["id"])

    def _steps(self, step: str) -> list[str]:
        return [step, _by_group(step)] if self._by_group else [step]


def _by_group(step: str) -> str:
    return f"{step}_by_group"


def _meets(vlan: Entity, condition: Condition) -> bool:
    """Whether a VLAN that was read meets a condition, as the source would say of its own."""
    held: Any = vlan[condition.key]
    if condition.lookup == "null":
        return (held is None) == (condition.values == ("true",))
    return str(held["id"] if isinstance(held, dict) else held) in condition.values
