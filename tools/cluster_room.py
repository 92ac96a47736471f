"""What is allocated on a cluster: processors, memory and disk of its virtual machines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from orchestration.answer import Section
from orchestration.steps import Follow, Gathered, Given, Plan
from orchestration.tool import Found, Window
from sources.catalog import Catalog
from sources.source import Entity
from tools.tables import table

MACHINES = "machines"
HOSTS = "hosts"
CLUSTER = "cluster"
ALLOCATED = ("vcpus", "memory", "disk")


def cluster_steps(found: Found, catalog: Catalog) -> Plan:
    """The virtual machines of a cluster, and the devices that it runs on."""
    relations = found.type.relations
    return {
        CLUSTER: Given(found.type, (found.entity,)),
        MACHINES: Follow(
            CLUSTER,
            relations["virtual_machines"],
            catalog["virtualization.virtualmachine"],
            optional=False,
        ),
        HOSTS: Follow(CLUSTER, relations["devices"], catalog["dcim.device"]),
    }


def allocated_table(gathered: Gathered, window: Window) -> Section:
    """A row for each status: machines, and what is allocated to them in the source's own units."""
    of: dict[str, list[Entity]] = defaultdict(list)
    for machine in gathered.rows(MACHINES):
        of[machine["status"] or ""].append(machine)
    rows = [
        [status or None, len(held), *totals(held)]
        for status, held in sorted(of.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    columns = ("status", "machines", *ALLOCATED)
    return table("allocated to virtual machines", columns, rows, window, MACHINES)


def totals(machines: Sequence[Entity]) -> list[float]:
    """Processors, memory and disk of these machines; what a machine does not say counts as nothing."""
    return [sum(machine[name] or 0 for machine in machines) for name in ALLOCATED]


def cluster_in_words(gathered: Gathered) -> str:
    """`16 virtual machines with 40 vCPUs, memory 147456 MB, disk 1280000 MB on 2 hosts`."""
    machines = gathered.rows(MACHINES)
    vcpus, memory, disk = totals(machines)
    units = gathered.plan[MACHINES].type.units
    in_memory, on_disk = (f" {units[name]}" if name in units else "" for name in ALLOCATED[1:])
    words = (
        f"{len(machines):,} virtual machines with {vcpus:,} vCPUs, memory {memory:,}{in_memory}, "
        f"disk {disk:,}{on_disk}"
    )
    if gathered.knows(HOSTS):
        words += f" on {gathered.total(HOSTS):,} hosts"
    unsaid = sum(1 for machine in machines if None in [machine[name] for name in ALLOCATED])
    if unsaid:
        words += f"; {unsaid:,} of the machines do not say all of it"
    return f"{words}; what the hosts have is not recorded in the inventory"
