"""Whom to warn: the contacts that are assigned to what is lost, to its sites, tenants and providers."""

from __future__ import annotations

from functools import cached_property

from orchestration.cells import name_of
from orchestration.steps import BASE_ONLY, Fetch, Follow, Gathered, Given, Plan, Step
from sources.catalog import Catalog
from sources.source import Entity, Ref
from tools.cable_rows import CIRCUIT, DEVICE, Node
from tools.dependents import CLUSTER, MACHINE, Dependents
from tools.failing import PROVIDER, SITE

CONTACT, SAID_OF, TENANT = "tenancy.contact", "tenancy.contactassignment", "tenancy.tenant"
CONTACTS = "contacts"
TOLD = (DEVICE, SITE, TENANT, CIRCUIT, MACHINE, CLUSTER, PROVIDER)
"""The types whose contacts are to be warned."""
AT_ONCE = 4
"""Reads of contacts in one wave."""


class Warned:
    """What was read of contacts, a few types at a time."""

    def __init__(self, gathered: Gathered, catalog: Catalog, hanging: Dependents) -> None:
        self._gathered = gathered
        self._catalog = catalog
        self._hanging = hanging
        self._lost = hanging.lost

    def plan(self) -> Plan:
        """Whom to warn, a few types at a time; at last who they are."""
        if SAID_OF not in self._catalog:
            return {}
        steps: dict[str, Step] = {}
        for type_ in TOLD + tuple(type_ for type_ in self._lost.others if type_ not in TOLD):
            ids, name = self.told.get(type_, ()), f"contacts of {self._catalog[type_].plural}"
            if (
                ids
                and name not in self._gathered.plan
                and "contact_assignments" in self._catalog[type_].relations
            ):
                steps[f"{name}, whose"] = Given(
                    self._catalog[type_], tuple({"id": id_} for id_ in sorted(ids))
                )
                relation = self._catalog[type_].relations["contact_assignments"]
                steps[name] = Follow(f"{name}, whose", relation, self._catalog[SAID_OF])
            if len(steps) >= 2 * AT_ONCE:
                return steps
        if steps:
            return steps
        people = {row["contact"]["id"] for row in self.assignments if row["contact"]}
        if people and CONTACTS not in self._gathered.plan:
            return {CONTACTS: Fetch(self._catalog[CONTACT], tuple(sorted(people)), BASE_ONLY)}
        return {}

    @cached_property
    def told(self) -> dict[str, set[str]]:
        """The objects whose contacts are to be warned."""
        rows = [*self._lost.devices.values(), *self._hanging.machines_lost.values(), *self._hanging.circuits]
        found: dict[str, set[str]] = {
            DEVICE: set(self._lost.devices),
            SITE: set(self._hanging.sites)
            | {row["site"]["id"] for row in self._hanging.machines_lost.values() if row["site"]},
            TENANT: {row["tenant"]["id"] for row in rows if row.get("tenant")},
            CIRCUIT: set(self._lost.circuits),
            MACHINE: set(self._hanging.machines_lost),
            CLUSTER: {
                *self._lost.clusters,
                *(id_ for id_ in self._hanging.clusters if not self._hanging.hosts(id_)[1]),
            },
            PROVIDER: {row["provider"]["id"] for row in self._hanging.circuits if row["provider"]},
        }
        for type_, ids in self._lost.others.items():
            found[type_] = found.get(type_, set()) | set(ids)
        return found

    def called(self, object_: Ref) -> str | None:
        """What an object is called: not every source says it beside a contact."""
        if object_.get("name"):
            return name_of(object_)
        type_, id_ = object_.get("type", ""), object_.get("id", "")
        return name_of(self._known.get((type_, id_)) or object_)

    @cached_property
    def _known(self) -> dict[Node, Ref]:
        """What the objects are called whose contacts are asked for."""
        held = {
            DEVICE: self._lost.devices.values(),
            MACHINE: self._hanging.machines_lost.values(),
            CIRCUIT: self._hanging.circuits,
        }
        found = dict(self._lost.names)
        found |= {(SITE, id_): ref for id_, ref in self._hanging.sites.items()}
        found |= {(CLUSTER, id_): ref for id_, ref in self._hanging.clusters.items()}
        for type_, rows in held.items():
            for row in rows:
                found[type_, row["id"]] = Ref(id=row["id"], name=row.get("name") or row.get("cid"))
                for field_, to in (("tenant", TENANT), ("provider", PROVIDER), ("site", SITE)):
                    if row.get(field_):
                        found[to, row[field_]["id"]] = row[field_]
        return found

    @property
    def assignments(self) -> list[Entity]:
        """Who is assigned to any of these."""
        found: dict[str, Entity] = {}
        for type_ in (*TOLD, *self._lost.others):
            found |= self._gathered.by_id(f"contacts of {self._catalog[type_].plural}")
        return list(found.values())

    def contact(self, id_: str) -> Entity | None:
        """What is known of a contact."""
        return self._gathered.by_id(CONTACTS).get(id_)
