"""`vlans`: VLAN -> interfaces -> devices, and the prefixes on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from pydantic import Field

from orchestration.answer import Section
from orchestration.cells import cell, folded, name_of
from orchestration.steps import Follow, Gathered, Plan, Select
from orchestration.tool import Arguments, Briefing, Draft, Lookup, Tool, bound, where_lookups
from sources.catalog import BASE, Catalog
from sources.source import Condition, Entity
from sources.types import VLANS
from sources.where import parse_where
from tools.site_vlans import VLANS as TABLE
from tools.site_vlans import VlansInUse, group_steps, steps_by_group
from tools.wording import counted, natural, vlan_numbers, where_in_words

MEMBERS = "members"


class VlanArguments(Arguments):
    """Which VLANs."""

    site: Annotated[str | None, Field(description="site name")] = None
    group: Annotated[str | None, Field(description="VLAN group name")] = None
    vid: Annotated[int | list[int] | None, Field(description="VLAN number(s)")] = None
    name: Annotated[str | None, Field(description="VLAN name (exact)")] = None
    tenant: Annotated[str | None, Field(description="tenant name")] = None
    max_tokens: Annotated[int, Field(ge=300, le=20_000, description="token budget of the answer")] = 2_000


class Vlans(Tool[VlanArguments]):
    """VLANs with their ports, devices and prefixes."""

    name = "vlans"
    title = "VLANs and where they are used"
    description = (
        "VLANs with the ports, devices and prefixes that use them, all of them or of a site, group, number, name or "
        'tenant; use it for any question from a VLAN to its interfaces or devices. Example: site="DM-Akron", vid=100.'
    )
    examples = ("which ports are in VLAN 100", "VLANs at DM-Akron", "which devices use the Servers VLAN")
    arguments = VlanArguments

    def lookups(self, args: VlanArguments, catalog: Catalog) -> Sequence[Lookup]:
        """The names of site, group and tenant."""
        return where_lookups(catalog["ipam.vlan"], _conditions(args, catalog), catalog)

    def plan(self, args: VlanArguments, briefing: Briefing) -> Plan:
        """The VLANs, then in one wave whatever uses them; beside them the VLANs of the site's groups."""
        catalog = briefing.catalog
        conditions = bound(_conditions(args, catalog), briefing.found)
        return {
            TABLE: Select(catalog["ipam.vlan"], conditions),
            **_users(catalog),
            **group_steps(conditions, catalog),
        }

    def further(self, args: VlanArguments, gathered: Gathered, briefing: Briefing) -> Plan:
        """What uses the VLANs that are the site's only by their group."""
        catalog = briefing.catalog
        conditions = bound(_conditions(args, catalog), briefing.found)
        return steps_by_group(_users(catalog), conditions, gathered, catalog)

    def assemble(self, args: VlanArguments, gathered: Gathered, briefing: Briefing) -> Draft:
        """A row a VLAN, and a row for each device that carries it, with its ports folded into runs."""
        window = briefing.window
        used = VlansInUse(gathered)
        vlans = sorted(used.vlans, key=_rank)
        columns = _columns(used)
        table = [[value(vlan) for value in columns.values()] for vlan in vlans]
        members = [row for vlan in vlans for row in _members(vlan, used)]
        start, from_member = window.start(TABLE), window.start(MEMBERS)
        few = len(vlans) <= 3
        member_columns = ("vid", "vlan", "site", "device", "untagged", "tagged")
        sections = (
            Section("VLANs", tuple(columns), table[start:], len(table), start, TABLE),
            Section(
                "ports by VLAN and device",
                member_columns,
                members[from_member:],
                len(members),
                from_member,
                MEMBERS,
                1.0 if few else 0.2,
            ),
        )
        return Draft(_summary(args, vlans, used, briefing), sections, warnings=_carried_by_all(used))


def _users(catalog: Catalog) -> dict[str, Follow]:
    """The steps from the VLANs to what uses them."""
    vlan = catalog["ipam.vlan"]
    facets = frozenset({BASE, VLANS})
    users = {"interfaces": Follow(TABLE, vlan.relations["interfaces"], catalog["dcim.interface"], facets)}
    if "virtualization.vminterface" in catalog:
        ports = catalog["virtualization.vminterface"]
        users["vm_interfaces"] = Follow(TABLE, vlan.relations["vm_interfaces"], ports, facets)
    users["prefixes"] = Follow(TABLE, vlan.relations["prefixes"], catalog["ipam.prefix"])
    return users


def _columns(used: VlansInUse) -> dict[str, Callable[[Entity], Any]]:
    """The columns of a VLAN; what was not read is no column: zero ports would be a claim."""
    columns: dict[str, Callable[[Entity], Any]] = {
        "vid": lambda vlan: vlan["vid"],
        "name": lambda vlan: vlan["name"],
        "site": _place,
        "status": lambda vlan: vlan["status"],
    }
    if used.knows("prefixes"):
        columns["prefixes"] = lambda vlan: cell(
            sorted((row["prefix"] for row in used.of(vlan, "prefixes")), key=natural)
        )
    if used.knows("interfaces"):
        columns["devices"] = lambda vlan: len(_devices(used.of(vlan, "interfaces")))
        columns["ports"] = lambda vlan: len(used.of(vlan, "interfaces"))
    if used.knows("vm_interfaces"):
        columns["vm_ports"] = lambda vlan: len(used.of(vlan, "vm_interfaces"))
    return columns


def _conditions(args: VlanArguments, catalog: Catalog) -> list[Condition]:
    where = args.model_dump(include={"site", "group", "vid", "name", "tenant"}, exclude_none=True)
    return parse_where(catalog["ipam.vlan"], where)


def _members(vlan: Entity, used: VlansInUse) -> list[list[Any]]:
    """The devices and virtual machines that carry a VLAN, each with its ports."""
    of: dict[tuple[str, str | None], tuple[str, list[str], list[str]]] = {}
    for step, owner in (("interfaces", "device"), ("vm_interfaces", "virtual_machine")):
        for port in used.of(vlan, step):
            held = port[owner] or {}
            # By id: two devices may have one name.
            _, untagged, tagged = of.setdefault(
                (step, held.get("id")), (name_of(held) or "(in a module)", [], [])
            )
            native = port["untagged_vlan"] and port["untagged_vlan"]["id"] == vlan["id"]
            (untagged if native else tagged).append(port["name"])
    place = _place(vlan)
    return [
        [vlan["vid"], vlan["name"], place, device, _ports(untagged), _ports(tagged)]
        for device, untagged, tagged in sorted(of.values())
    ]


def _rank(vlan: Entity) -> tuple[int, str, str, str]:
    """By number, name and place, so that every source lists them alike."""
    return vlan["vid"], str(vlan["name"]), str(_place(vlan)), vlan["id"]


def _place(vlan: Entity) -> Any:
    return cell(vlan["site"] or vlan["group"])


def _devices(ports: Sequence[Entity]) -> set[str]:
    return {port["device"]["id"] for port in ports if port["device"]}


def _ports(names: list[str]) -> str | None:
    return cell(folded(sorted(names, key=natural))) if names else None


def _summary(args: VlanArguments, vlans: list[Entity], used: VlansInUse, briefing: Briefing) -> str:
    words = where_in_words(
        args.model_dump(include={"site", "group", "vid", "name", "tenant"}, exclude_none=True)
    )
    catalog = briefing.catalog
    devices = _devices(used.rows("interfaces"))
    parts = []
    if used.knows("interfaces"):
        carried = sum(1 for v in vlans if used.of(v, "interfaces") or used.of(v, "vm_interfaces"))
        ports = counted(len(used.rows("interfaces")), catalog["dcim.interface"])
        parts.append(f"{ports} on {counted(len(devices), catalog['dcim.device'])}")
        if len(used.rows("vm_interfaces")):
            parts.append(counted(len(used.rows("vm_interfaces")), catalog["virtualization.vminterface"]))
        if len(vlans) > 1:
            unused = len(vlans) - carried
            parts.append(f"{unused:,} of the VLANs {'is' if unused == 1 else 'are'} on no port")
    if used.knows("prefixes"):
        parts.append(counted(len(used.rows("prefixes")), catalog["ipam.prefix"]))
    numbers = vlan_numbers(vlans) if len(vlans) <= 3 else None
    head = f"{counted(len(vlans), catalog['ipam.vlan'])}{f' ({words})' if words else ''}"
    named = f"{head}{f' [{numbers}]' if numbers and not words else ''}"
    return f"{named}: {'; '.join(parts)}" if parts else named


def _carried_by_all(used: VlansInUse) -> tuple[str, ...]:
    trunks = sum(1 for port in used.rows("interfaces") if port["mode"] == "tagged-all")
    if not trunks:
        return ()
    words = "of the ports are in mode tagged-all: they carry every VLAN and are listed under their untagged VLAN only"
    return (f"{trunks:,} {words}",)
