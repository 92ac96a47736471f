"""The table that an address or prefix is in, or a question names: the filter that keeps to it, and its name."""

from __future__ import annotations

from collections.abc import Iterable

from orchestration.tool import Briefing
from sources.source import Condition, Entity
from tools.address_plan import ANY_TABLE, UNRECORDED, Network, table_of
from tools.conflicts import GLOBAL
from tools.spans import Span
from tools.wording import title_of

VRF = "vrf"


def own_table(entity: Entity) -> tuple[Condition, ...]:
    """The condition that keeps to a prefix's own VRF, or to the global table."""
    vrfs = entity.get("vrf") or []
    if not vrfs:
        return (Condition("vrf", "null", ("true",)),)
    return (Condition("vrf", "", tuple(vrf["id"] for vrf in vrfs)),)


def table_asked(vrf: str | None, briefing: Briefing) -> tuple[Condition, ...]:
    """The condition that keeps to one VRF or namespace, if one is asked for."""
    if not vrf:
        return ()
    found = briefing.found.get(VRF) or ()
    if not found:
        return (Condition("vrf", "null", ("true",)),)
    key = "namespace" if found[0].type.name == "ipam.namespace" else "vrf"
    return (Condition(key, "", (found[0].entity["id"],), (found[0].entity,)),)


def space_asked(vrf: str | None, briefing: Briefing) -> tuple[Condition, ...]:
    """The same for the addresses themselves: Nautobot keeps those of a VRF in its namespace, with others' ones."""
    vrf_entity = namespaced_vrf(briefing)
    if not vrf or vrf_entity is None:
        return table_asked(vrf, briefing)
    space = vrf_entity["namespace"]
    return (Condition("namespace", "", (space["id"],), (space,)),)


def namespaced_vrf(briefing: Briefing) -> Entity | None:
    """The VRF that is asked for, where it is one of a namespace: Nautobot's."""
    found = briefing.found.get(VRF) or ()
    return found[0].entity if found and found[0].entity.get("namespace") else None


def unrecorded_in(span: Span, briefing: Briefing) -> Network:
    """A network of which nothing is recorded, in the table that is asked for; if none is, in any."""
    found = briefing.found.get(VRF) or ()
    if not found:
        return Network(span, ANY_TABLE, UNRECORDED, {"id": "", "prefix": span.network()})
    entity, of_vrf = found[0].entity, found[0].type.name == "ipam.vrf"
    space = entity.get("namespace") if of_vrf else entity
    row = {"id": "", "prefix": span.network(), "vrf": [entity] if of_vrf else [], "namespace": space}
    return Network(span, table_of(row), UNRECORDED, row, bool(space))


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
