"""The table that a question about addresses names: the filter that keeps to it, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable

from orchestration.tool import Briefing
from sources.source import Condition, Entity
from tools.address_plan import Network
from tools.conflicts import GLOBAL
from tools.wording import title_of

VRF = "vrf"


def table_asked(vrf: str | None, briefing: Briefing) -> tuple[Condition, ...]:
    """The condition that keeps to one VRF or namespace, if one is asked for."""
    if not vrf:
        return ()
    found = briefing.found.get(VRF) or ()
    if not found:
        return (Condition("vrf", "null", ("true",)),)
    key = "namespace" if found[0].type.name == "ipam.namespace" else "vrf"
    return (Condition(key, "", (found[0].entity["id"],), (found[0].entity,)),)


def table_around(networks: Iterable[Network], vrf: str | None, briefing: Briefing) -> tuple[Condition, ...]:
    """The condition for what takes the space of these networks, if one VRF or namespace is asked for.

    In Nautobot whatever is in the namespace takes it, VRF or not.
    """
    table = table_asked(vrf, briefing)
    held: dict[str, Entity] = {
        each.entity["namespace"]["id"]: each.entity["namespace"] for each in networks if each.by_namespace
    }
    return (Condition("namespace", "", tuple(held), tuple(held.values())),) if table and held else table


def asked_in_words(vrf: str | None, briefing: Briefing) -> str:
    """`VRF Guest`, `the global table`; "" where no table is asked for."""
    if not vrf:
        return ""
    found = briefing.found.get(VRF) or ()
    return f"{found[0].type.label} {title_of(found[0].type, found[0].entity)}" if found else f"the {GLOBAL}"
