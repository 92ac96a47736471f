"""The tables of an impact: what is lost, what stays and by which way, and whom to warn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from orchestration.answer import Section
from orchestration.cells import cell, name_of
from orchestration.tool import Window
from sources.catalog import Catalog
from sources.source import Entity, Ref
from tools.aftermath import Aftermath, Bundle
from tools.cable_rows import DEVICE
from tools.dependents import MACHINE, Dependents
from tools.port_room import speed
from tools.power_loss import PowerLoss
from tools.reach import Reach
from tools.tables import filled
from tools.warned import Warned
from tools.wording import natural, title_of

FAILS, NO_POWER, CUT_OFF = "fails itself", "loses power", "cut off"
_HALF = 0.5
_SPEEDS = {"G": 1_000_000, "M": 1_000}


def lost_table(
    why: Mapping[str, str], reach: Reach, rows: Mapping[str, Entity], window: Window
) -> list[Section]:
    """A row for each device that is lost, with the reason."""
    found = []
    for id_, reason in why.items():
        node, row = reach.node((DEVICE, id_)), rows.get(id_, {})
        found.append([node.name, node.role, node.site, node.rack, reason, name_of(row.get("tenant"))])
    found.sort(key=lambda row: ([FAILS, NO_POWER, CUT_OFF].index(str(row[4])), natural(str(row[0]))))
    return filled("devices lost", ("device", "role", "site", "rack", "why", "tenant"), found, window, "lost")


def neighbours_table(after: Aftermath, window: Window) -> list[Section]:
    """A row for each node that was linked to what fails."""
    rows = [
        [
            each.node.name,
            each.node.role,
            each.node.site,
            each.outcome,
            each.lost,
            each.left,
            cell(list(each.onward)),
        ]
        for each in after.neighbours
    ]
    columns = ("neighbour", "role", "site", "outcome", "links_lost", "links_left", "next_hops")
    return filled("neighbours", columns, rows, window, "neighbours")


def power_table(power: PowerLoss, window: Window) -> list[Section]:
    """A row for each device that loses a supply."""
    rows = [
        [
            name_of(each.device),
            "loses power" if each.powerless else "keeps power",
            cell(list(each.lost)),
            cell(list(each.left)),
            each.supplies,
            each.uncabled,
        ]
        for each in power.supplied().values()
    ]
    rows.sort(key=lambda row: (row[1] == "keeps power", natural(str(row[0]))))
    columns = ("device", "outcome", "supplies_lost", "left_on", "supplies", "not_cabled")
    return filled("power", columns, rows, window, "power")


def bundles_table(bundles: Sequence[Bundle], window: Window) -> list[Section]:
    """A row for each LAG that loses members."""
    rows = [
        [each.device, each.lag, cell(list(each.lost)), len(each.left), _speed(each.left)] for each in bundles
    ]
    return filled(
        "LAGs", ("device", "lag", "members_lost", "members_left", "speed_left"), rows, window, "lags"
    )


def gateway_outcome(dependents: Dependents, gone: Sequence[Entity], left: Sequence[Entity]) -> str:
    """What becomes of a gateway that loses these members: the one with the highest priority has the address."""
    if not left:
        return CUT_OFF if any(dependents.runs_cut_off(row["interface"]) for row in gone) else "lost"
    led = max((row["priority"] or 0 for row in gone), default=0)
    return "moves" if led >= (left[0]["priority"] or 0) else "stays"


def gateways_table(dependents: Dependents, window: Window) -> list[Section]:
    """A row for each gateway that loses a member, with who takes over."""
    rows = []
    for group, gone, left in dependents.gateways():
        first = left[0] if left else None
        rows.append(
            [
                name_of(Ref(id=group["id"], name=group["name"])),
                cell(group["protocol"]),
                cell(group["ip_addresses"]),
                gateway_outcome(dependents, gone, left),
                cell(dependents.names(row["interface"] for row in gone if row["interface"])),
                name_of(first["interface"]) if first else None,
                first["priority"] if first else None,
                max(len(left) - 1, 0),
            ]
        )
    columns = ("group", "protocol", "address", "outcome", "lost_at", "active_at", "priority", "more_members")
    return filled("gateways", columns, rows, window, "gateways")


def clusters_table(dependents: Dependents, window: Window) -> list[Section]:
    """A row for each cluster that loses hosts."""
    rows = []
    for id_ in sorted(dependents.clusters):
        gone, left = dependents.hosts(id_)
        here = [row for row in dependents.guests.values() if (row["cluster"] or {}).get("id") == id_]
        lost = [row for row in here if row["id"] in dependents.machines_lost]
        name = next((name_of(row["cluster"]) for row in here), name_of(dependents.clusters[id_]))
        rows.append([name, len(gone), len(left), len(lost), len(dependents.moving.get(id_, ())), len(here)])
    columns = ("cluster", "hosts_lost", "hosts_left", "vms_lost", "vms_may_move", "vms")
    return filled("clusters", columns, rows, window, "clusters", _HALF)


def machines_table(dependents: Dependents, window: Window) -> list[Section]:
    """A row for each virtual machine that is lost."""
    rows = [
        [
            row["name"],
            name_of(row["cluster"]),
            name_of(row["role"]),
            row["status"],
            dependents.outcome(MACHINE, id_),
            name_of(row["tenant"]),
        ]
        for id_, row in dependents.machines_lost.items()
    ]
    rows.sort(key=lambda row: natural(str(row[0])))
    columns = ("virtual_machine", "cluster", "role", "status", "outcome", "tenant")
    return filled("virtual machines lost", columns, rows, window, "machines", _HALF)


def services_table(dependents: Dependents, window: Window) -> list[Section]:
    """A row for each service, by name and ports, with where it is lost."""
    held: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in dependents.services:
        ports = ", ".join(map(str, row["ports"] or ()))
        held[str(row["name"]), ports, dependents.becomes(row)].append(str(name_of(row["parent"])))
    rows = [
        [name, ports or None, outcome, len(on), cell(sorted(on, key=natural))]
        for (name, ports, outcome), on in sorted(held.items())
    ]
    return filled(
        "services lost", ("service", "ports", "outcome", "instances", "on"), rows, window, "services", _HALF
    )


def circuits_table(dependents: Dependents, window: Window) -> list[Section]:
    """A row for each circuit that is lost."""
    rows = [
        [
            row["cid"],
            name_of(row["provider"]),
            name_of(row["type"]),
            row["status"],
            cell(dependents.names(dependents.ends(row["id"]))),
            name_of(row["tenant"]),
        ]
        for row in dependents.circuits
    ]
    rows.sort(key=lambda row: natural(str(row[0])))
    columns = ("circuit", "provider", "type", "status", "between", "tenant")
    return filled("circuits lost", columns, rows, window, "circuits", _HALF)


def sites_table(dependents: Dependents, window: Window) -> list[Section]:
    """A row for each site where something is lost."""
    lost = Counter(row["site"]["id"] for row in dependents.lost.devices.values() if row.get("site"))
    rows = []
    for id_, ref in dependents.sites.items():
        name = name_of(ref)
        gone, left = dependents.circuits_at(id_)
        kept = cell(dependents.names(left.values())) if gone else None
        rows.append(
            [name, lost[id_], dependents.counts.get(name), len(gone), len(left) if gone else None, kept]
        )
    rows.sort(key=lambda row: natural(str(row[0])))
    columns = ("site", "devices_lost", "devices", "circuits_lost", "circuits_left", "left")
    return filled("sites", columns, rows, window, "sites")


def tenants_table(dependents: Dependents, window: Window) -> list[Section]:
    """A row for each tenant, with how much of it is lost."""
    parts = (dependents.lost.devices.values(), dependents.machines_lost.values(), dependents.circuits)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for at, rows in enumerate(parts):
        for row in rows:
            if row.get("tenant"):
                counts[str(name_of(row["tenant"]))][at] += 1
    found = [[name, *held] for name, held in sorted(counts.items())]
    return filled("tenants", ("tenant", "devices", "vms", "circuits"), found, window, "tenants", _HALF)


def contacts_table(warned: Warned, window: Window, catalog: Catalog) -> list[Section]:
    """A row for each contact and role, with what it is assigned to."""
    about: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    who: dict[str, tuple[str | None, Entity]] = {}
    for row in warned.assignments:
        of = row["contact"] or row["team"]
        if not of:
            continue
        known = (warned.contact(of["id"]) if row["contact"] else None) or {}
        who[of["id"]] = name_of(of), known
        said: Ref = row["object"] or Ref(id="")
        type_ = str(said.get("type"))
        label = catalog[type_].label if type_ in catalog else ""
        about[of["id"], name_of(row["role"])].append(f"{label} {warned.called(said) or ''}".strip())
    rows = [
        [
            who[id_][0],
            role,
            who[id_][1].get("phone"),
            who[id_][1].get("email"),
            cell(sorted(held, key=natural)),
        ]
        for (id_, role), held in about.items()
    ]
    rows.sort(key=lambda row: (str(row[0]), str(row[1])))
    return filled("contacts to warn", ("contact", "role", "phone", "email", "for"), rows, window, "contacts")


def dependents_tables(
    dependents: Dependents, warned: Warned, window: Window, catalog: Catalog
) -> list[Section]:
    """Everything that hangs on what is lost."""
    return [
        *gateways_table(dependents, window),
        *circuits_table(dependents, window),
        *sites_table(dependents, window),
        *clusters_table(dependents, window),
        *machines_table(dependents, window),
        *services_table(dependents, window),
        *tenants_table(dependents, window),
        *contacts_table(warned, window, catalog),
    ]


def title(type_: str, row: Entity, catalog: Catalog) -> str:
    """What fails, in words: `interface akr-core01 Ethernet1`."""
    for owner in ("device", "circuit", "power_panel"):
        if row.get(owner) and "name" in row:
            return (
                f"{catalog[type_].label} {name_of(row[owner])} {name_of(Ref(id=row['id'], name=row['name']))}"
            )
    return f"{catalog[type_].label} {title_of(catalog[type_], row)}"


def _speed(rows: Iterable[Entity]) -> str | None:
    """What the ports can carry together; None where a type does not tell."""
    total = 0.0
    for row in rows:
        told = speed(row["type"])
        known = row.get("speed") or (float(told[:-1]) * _SPEEDS[told[-1]] if told else 0)
        if not known:
            return None
        total += known
    return f"{total / _SPEEDS['G']:g}G" if total else None
