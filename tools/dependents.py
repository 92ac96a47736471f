"""What hangs on lost devices: clusters and their machines, services, gateways, circuits and sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from orchestration.cells import name_of
from orchestration.steps import BASE_ONLY, Fetch, Follow, Gathered, Given, Plan, Select, Step, Tally
from sources.catalog import Catalog
from sources.source import Condition, Entity, Ref
from tools.cable_rows import CIRCUIT, DEVICE, INTERFACE, TERMINATION, Node
from tools.failing import SITE, works

CLUSTER, MACHINE = "virtualization.cluster", "virtualization.virtualmachine"
ASSIGNMENT, GROUP, SERVICE = "ipam.fhrpgroupassignment", "ipam.fhrpgroup", "ipam.service"
HOSTS, GUESTS, PINNED, GATEWAYS = "hosts", "virtual machines", "virtual machines on devices", "gateways"
MEMBERS, GROUPS, SIDES, CIRCUITS, COUNTS = (
    "gateway members",
    "gateway groups",
    "circuits there",
    "circuits",
    "sites",
)
ADDRESSED, ADDRESSES = "gateways of interfaces", "addresses of interfaces"
SERVICES = {DEVICE: "services of devices", MACHINE: "services of machines"}
DOWN, CUT_OFF = "down", "cut off"


@dataclass(frozen=True, slots=True)
class Lost:
    """What is lost, before what depends on it."""

    devices: Mapping[str, Entity] = field(default_factory=dict)
    cut_off: Collection[str] = ()
    """Those of the devices that run on, but are cut off from the rest."""
    interfaces: Collection[Node] = ()
    """Interfaces that fail alone."""
    circuits: Collection[str] = ()
    clusters: Collection[str] = ()
    """Clusters that fail as a whole."""
    machines: Mapping[str, Entity] = field(default_factory=dict)
    """Virtual machines that are lost wherever they run."""
    because: str = DOWN
    """What becomes of these."""
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """More objects whose contacts are to be warned, by type."""
    names: Mapping[Node, Ref] = field(default_factory=dict)
    """What these are called."""


class Dependents:
    """What was read of these, round by round."""

    def __init__(self, gathered: Gathered, catalog: Catalog, lost: Lost) -> None:
        self._gathered = gathered
        self._catalog = catalog
        self.lost = lost

    def plan(self) -> Plan:
        """The next round."""
        rounds = (self._running, self._around, self._names)
        for each in rounds:
            steps = {name: step for name, step in each().items() if name not in self._gathered.plan}
            if any(not isinstance(step, Given) for step in steps.values()):
                return steps
        return {}

    def _running(self) -> Plan:
        """What runs on the devices."""
        steps: dict[str, Step] = {}
        catalog, ids = self._catalog, tuple(sorted(self.lost.devices))
        clusters = self.clusters
        if clusters:
            relations = catalog[CLUSTER].relations
            steps["clusters"] = Given(catalog[CLUSTER], tuple({"id": id_} for id_ in sorted(clusters)))
            steps[HOSTS] = Follow("clusters", relations["devices"], catalog[DEVICE])
            steps[GUESTS] = Follow("clusters", relations["virtual_machines"], catalog[MACHINE])
        if ids:
            steps["lost devices"] = Given(catalog[DEVICE], tuple({"id": id_} for id_ in ids))
            steps[PINNED] = Follow(
                "lost devices", catalog[DEVICE].relations["virtual_machines"], catalog[MACHINE]
            )
            where = (Condition("device", "", ids, tuple(self.lost.devices.values())),)
            if ASSIGNMENT in catalog:
                steps[GATEWAYS] = Select(catalog[ASSIGNMENT], where, optional=True)
        elif self.lost.interfaces:
            rows = tuple({"id": id_} for _, id_ in sorted(self.lost.interfaces))
            steps["lost interfaces"] = Given(catalog[INTERFACE], rows)
            relation = catalog[INTERFACE].relations["fhrp_assignments"]
            steps[ADDRESSED] = Follow("lost interfaces", relation, catalog[ASSIGNMENT])
            relation = catalog[INTERFACE].relations["ip_addresses"]
            steps[ADDRESSES] = Follow("lost interfaces", relation, catalog[relation.to])
        return steps

    def _around(self) -> Plan:
        """What that serves."""
        steps: dict[str, Step] = {}
        catalog = self._catalog
        for type_, ids in ((DEVICE, self.lost.devices), (MACHINE, self.machines_lost)):
            if ids:
                steps[f"{type_} lost"] = Given(catalog[type_], tuple({"id": id_} for id_ in sorted(ids)))
                relation = catalog[type_].relations["services"]
                steps[SERVICES[type_]] = Follow(f"{type_} lost", relation, catalog[SERVICE])
        groups = {row["group"]["id"] for row in self._assigned() if row["group"]}
        if groups:
            relation = catalog[GROUP].relations["assignments"]
            steps["groups"] = Given(catalog[GROUP], tuple({"id": id_} for id_ in sorted(groups)))
            steps[MEMBERS] = Follow("groups", relation, catalog[ASSIGNMENT])
        if self.lost.circuits:
            steps["lost circuits"] = Given(
                catalog[CIRCUIT], tuple({"id": id_} for id_ in sorted(self.lost.circuits))
            )
            relation = catalog[CIRCUIT].relations["terminations"]
            steps["their sides"] = Follow("lost circuits", relation, catalog[TERMINATION])
        return steps

    def _names(self) -> Plan:
        """What that is called, and how much there is in all."""
        steps: dict[str, Step] = {}
        catalog, sites = self._catalog, tuple(sorted(self.sites))
        groups = {row["group"]["id"] for row in self._gathered.rows(MEMBERS) if row["group"]}
        if groups:
            steps[GROUPS] = Fetch(catalog[GROUP], tuple(sorted(groups)), BASE_ONLY)
        if sites:
            where = (Condition("site", "", sites, tuple({"id": id_} for id_ in sites)),)
            if self.lost.devices:
                steps[COUNTS] = Tally(catalog[DEVICE], "site", where, optional=True)
            if self.lost.circuits:
                steps[SIDES] = Select(catalog[TERMINATION], where, optional=True)
        if self.lost.circuits:
            ids = tuple(sorted(self.lost.circuits))
            steps[CIRCUITS] = Fetch(catalog[CIRCUIT], ids, BASE_ONLY)
        return steps

    # What was read

    @cached_property
    def clusters(self) -> dict[str, Ref]:
        """The clusters of the lost devices, and those that fail as a whole."""
        held = [ref for row in self.lost.devices.values() for ref in row.get("cluster") or ()]
        return {id_: Ref(id=id_) for id_ in self.lost.clusters} | {ref["id"]: ref for ref in held}

    @cached_property
    def guests(self) -> dict[str, Entity]:
        """All machines of the clusters, and those that run on lost devices."""
        return self._gathered.by_id(GUESTS) | self._gathered.by_id(PINNED)

    def hosts(self, cluster: str) -> tuple[list[Entity], list[Entity]]:
        """The hosts of a cluster that are lost, and those that are left to do its work."""
        every = self._gathered.children(HOSTS, cluster)
        gone = [row for row in every if row["id"] in self.lost.devices]
        return gone, [row for row in every if row["id"] not in self.lost.devices and works(row)]

    @cached_property
    def machines_lost(self) -> dict[str, Entity]:
        """The machines that have nowhere to run, or that lose their network."""
        found = dict(self.lost.machines)
        for id_, row in self.guests.items():
            cluster = (row["cluster"] or {}).get("id")
            if cluster in self.lost.clusters or self._stranded(row, cluster):
                found[id_] = row
        return found

    def _stranded(self, row: Entity, cluster: str | None) -> bool:
        if cluster is None or cluster not in self.clusters:
            return row["device"] is not None and row["device"]["id"] in self.lost.devices
        gone, left = self.hosts(cluster)
        return bool(gone) and not left

    def outcome(self, type_: str | None, id_: str) -> str:
        """What becomes of a lost device or machine: a machine runs on as long as a host of it does."""
        if type_ != MACHINE:
            return CUT_OFF if id_ in self.lost.cut_off else DOWN
        if id_ in self.lost.machines:
            return self.lost.because
        row = self.machines_lost.get(id_) or {}
        cluster = (row.get("cluster") or {}).get("id", "")
        if cluster in self.lost.clusters:
            return DOWN
        on = self.hosts(cluster)[0] or [row.get("device") or {"id": ""}]
        return CUT_OFF if any(host["id"] in self.lost.cut_off for host in on) else DOWN

    def becomes(self, service: Entity) -> str:
        """What becomes of a lost service."""
        parent = service["parent"] or {}
        return self.outcome(parent.get("type"), parent.get("id", ""))

    @cached_property
    def moving(self) -> dict[str, list[Entity]]:
        """By cluster, the machines that ran or may have run on a lost host, and can run on another."""
        found: dict[str, list[Entity]] = defaultdict(list)
        for id_, row in self.guests.items():
            cluster = (row["cluster"] or {}).get("id")
            if cluster is None or id_ in self.machines_lost or not self.hosts(cluster)[0]:
                continue
            if row["device"] is None or row["device"]["id"] in self.lost.devices:
                found[cluster].append(row)
        return found

    @property
    def addresses(self) -> list[str]:
        """The addresses on the interfaces that fail alone."""
        return sorted(str(row["address"]) for row in self._gathered.rows(ADDRESSES))

    @property
    def services(self) -> list[Entity]:
        """The services of what is lost."""
        return [row for step in SERVICES.values() for row in self._gathered.rows(step)]

    def _assigned(self) -> list[Entity]:
        return [*self._gathered.rows(GATEWAYS), *self._gathered.rows(ADDRESSED)]

    def gateways(self) -> Iterable[tuple[Entity, list[Entity], list[Entity]]]:
        """The gateway groups that lose members: those members, and those that are left, the first one leading."""
        for id_, group in sorted(self._gathered.by_id(GROUPS).items(), key=_by_name):
            members = self._gathered.children(MEMBERS, id_)
            members = sorted(members, key=lambda row: -(row["priority"] or 0))
            gone = [row for row in members if self._is_gone(row["interface"])]
            if gone:
                yield group, gone, [row for row in members if row not in gone]

    def runs_cut_off(self, interface: Ref | None) -> bool:
        """Whether an interface that is gone still serves those that are cut off together with it."""
        owner = (interface or {}).get("of") or {}
        return self.outcome(owner.get("type"), owner.get("id", "")) == CUT_OFF

    def _is_gone(self, interface: Ref | None) -> bool:
        if not interface:
            return False
        owner = (interface.get("of") or {}).get("id")
        if interface.get("type") == INTERFACE:
            return owner in self.lost.devices or (INTERFACE, interface["id"]) in self.lost.interfaces
        return owner in self.machines_lost

    @cached_property
    def sites(self) -> dict[str, Ref]:
        """The sites where something is lost."""
        held = [row["site"] for row in self.lost.devices.values() if row.get("site")]
        for side in self._gathered.rows("their sides"):
            held += [place for place in side["termination"] or () if place.get("type") == SITE]
        return {ref["id"]: ref for ref in held}

    def circuits_at(self, site: str) -> tuple[set[str], dict[str, Ref]]:
        """The circuits of a site: the ids of those that are lost, and those that are left."""
        ends = [
            side["circuit"]
            for side in self._gathered.rows(SIDES)
            if side["circuit"] and any(place["id"] == site for place in side["termination"] or ())
        ]
        gone = {ref["id"] for ref in ends if ref["id"] in self.lost.circuits}
        return gone, {ref["id"]: ref for ref in ends if ref["id"] not in gone}

    @property
    def circuits(self) -> list[Entity]:
        """The circuits that are lost."""
        return self._gathered.rows(CIRCUITS)

    def ends(self, circuit: str) -> list[Ref]:
        """Where a lost circuit leads from and to."""
        sides = self._gathered.children("their sides", circuit)
        ordered = sorted(sides, key=lambda side: str(side["term_side"]))
        return [place for side in ordered for place in side["termination"] or ()]

    @property
    def counts(self) -> Mapping[str | None, int]:
        """How many devices each site has, by the site's name."""
        return dict(self._gathered.groups.get(COUNTS, ()))

    def names(self, refs: Iterable[Ref]) -> list[str]:
        """Their names, once each and in order."""
        return sorted({str(name_of(ref)) for ref in refs})


def _by_name(item: tuple[str, Entity]) -> tuple[str, str]:
    return str(item[1].get("name")), item[0]
