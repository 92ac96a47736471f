"""The failure of something physical, or of a cluster: round by round what it takes along, and the answer."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Any

from orchestration.cells import cell
from orchestration.steps import Gathered, Plan
from orchestration.tool import Briefing, Draft
from sources.source import Entity, Ref
from tools.aftermath import MANAGED, STAYS, Aftermath
from tools.cable_rows import CIRCUIT, DEVICE, INTERFACE
from tools.dependents import CLUSTER, DOWN, MACHINE, SERVICE, Dependents, Lost
from tools.failing import Failing, failing, first_steps
from tools.impact_tables import (
    CUT_OFF,
    FAILS,
    NO_POWER,
    bundles_table,
    dependents_tables,
    gateway_outcome,
    lost_table,
    neighbours_table,
    power_table,
    title,
)
from tools.neighbourhood import around
from tools.port_names import Port
from tools.power_loss import PowerLoss
from tools.reach import MOST_HOPS, MOST_LOOKED_AT, Reach
from tools.warned import Warned
from tools.wording import counted, listed, natural


class Outage:
    """The failure of something physical, or of a cluster."""

    def __init__(self, port: Port, gathered: Gathered, briefing: Briefing) -> None:
        self._port = port
        self._gathered = gathered
        self._briefing = briefing
        self._catalog = briefing.catalog

    def plan(self) -> Plan:
        """The next steps; none once all is known."""
        first = first_steps(self._port, self._catalog)
        if not first.keys() <= self._gathered.plan.keys():
            return first
        wanted = self._first[1] or self._power.plan()
        if wanted:
            return wanted
        if not self.reach.read and self._begins_at:
            return around(self._begins_at, self._catalog)
        return self.reach.plan() or self.dependents.plan() or self._warned.plan()

    @cached_property
    def _first(self) -> tuple[Failing, Plan]:
        return failing(self._port, self._gathered, self._catalog)

    @cached_property
    def _power(self) -> PowerLoss:
        return PowerLoss(self._gathered, self._catalog, self._first[0])

    @property
    def _begins_at(self) -> list[str]:
        own = self._first[0]
        return sorted({*own.devices, *self._power.powerless, *own.ports.values()})

    @cached_property
    def reach(self) -> Reach:
        """The network without what failed."""
        own = self._first[0]
        return Reach(self._gathered, self._catalog, own, frozenset(own.devices) | self._power.powerless)

    @cached_property
    def why(self) -> dict[str, str]:
        """The devices that are lost, each with the reason."""
        found = {id_: CUT_OFF for _, id_ in self.reach.cut_off}
        found |= dict.fromkeys(self._power.powerless, NO_POWER)
        return found | dict.fromkeys(self._first[0].devices, FAILS)

    @cached_property
    def _cut_off(self) -> frozenset[str]:
        return frozenset(id_ for id_, why in self.why.items() if why == CUT_OFF)

    @cached_property
    def _rows(self) -> dict[str, Entity]:
        """What is known of the lost devices."""
        held = self.reach.devices | dict(self._first[0].devices)
        return {id_: held.get(id_, {"id": id_}) for id_ in self.why}

    @cached_property
    def dependents(self) -> Dependents:
        """What hangs on it."""
        type_, row = self._port
        own = self._first[0]
        alone = [(INTERFACE, row["id"])] if type_ == INTERFACE else []
        clusters = (row["id"],) if type_ == CLUSTER else ()
        others = {type_: (row["id"],)} if "contact_assignments" in self._catalog[type_].relations else {}
        named = Ref(id=row["id"], name=str(row.get(self._catalog[type_].title) or "") or None)
        circuits = {*own.circuits, *self._after.circuits}
        return Dependents(
            self._gathered,
            self._catalog,
            Lost(
                self._rows,
                self._cut_off,
                alone,
                circuits,
                clusters,
                others=others,
                names={(type_, row["id"]): named},
            ),
        )

    @cached_property
    def _after(self) -> Aftermath:
        return Aftermath(self.reach)

    @cached_property
    def _warned(self) -> Warned:
        return Warned(self._gathered, self._catalog, self.dependents)

    def draft(self) -> Draft:
        """The answer."""
        window, hanging = self._briefing.window, self.dependents
        sections = [
            *lost_table(self.why, self.reach, self._rows, window),
            *neighbours_table(self._after, window),
            *power_table(self._power, window),
            *bundles_table(self._after.bundles, window),
            *dependents_tables(hanging, self._warned, window, self._catalog),
        ]
        return Draft(
            self._summary(),
            tuple(sections),
            self._facts(),
            self._warnings(),
            complete=not self.reach.stopped,
        )

    def _facts(self) -> dict[str, Any]:
        reasons = list(self.why.values())
        outcomes = [each.outcome for each in self._after.neighbours]
        hanging = self.dependents
        machines = [hanging.outcome(MACHINE, id_) for id_ in hanging.machines_lost]
        services = list(map(hanging.becomes, hanging.services))
        found = {
            "devices_failing": reasons.count(FAILS),
            "devices_without_power": reasons.count(NO_POWER),
            "devices_cut_off": reasons.count(CUT_OFF),
            "neighbours_that_stay": outcomes.count(STAYS) + outcomes.count(MANAGED),
            "circuits_lost": len(hanging.circuits),
            "vms_down": machines.count(DOWN),
            "vms_cut_off": machines.count(CUT_OFF),
            "vms_may_move": sum(map(len, hanging.moving.values())),
            "services_down": services.count(DOWN),
            "services_cut_off": services.count(CUT_OFF),
        }
        addresses = {"addresses": cell(hanging.addresses)} if hanging.addresses else {}
        return {name: number for name, number in found.items() if number} | addresses

    def _summary(self) -> str:
        catalog, facts = self._catalog, self._facts()
        head = f"if {title(*self._port, catalog)} fails"
        device = catalog[DEVICE]
        told = []
        if facts.get("devices_failing", 0) and self._port[0] != DEVICE:
            told.append(f"{counted(facts['devices_failing'], device)} with it")
        if number := facts.get("devices_without_power"):
            told.append(f"{counted(number, device)} without power")
        number = facts.get("devices_cut_off", 0)
        names = sorted(
            (self.reach.node((DEVICE, id_)).name for id_, why in self.why.items() if why == CUT_OFF),
            key=lambda name: (name.startswith("#"), natural(name)),
        )
        if number:
            told.append(f"{counted(number, device)} cut off from {self._after.rest} ({listed(names, 3)})")
        elif self._port[0] != CLUSTER:
            told.append("nothing else is cut off")
        stays = [each for each in self._after.neighbours if each.outcome in (STAYS, MANAGED)]
        if stays:
            one = len(stays) == 1
            told.append(f"{len(stays):,} neighbour{' stays' if one else 's stay'} connected")
        kept = [each for each in self._power.supplied().values() if not each.powerless]
        if kept:
            told.append(f"{counted(len(kept), device)} on the other supply")
        hanging = self.dependents
        gateways = Counter(gateway_outcome(hanging, gone, left) for _, gone, left in hanging.gateways())
        if gateways:
            parts = ", ".join(f"{outcome} {number:,}" for outcome, number in sorted(gateways.items()))
            told.append(f"redundant gateways: {parts}")
        for name, type_, words in (
            ("circuits_lost", CIRCUIT, "lost"),
            ("vms_down", MACHINE, "down"),
            ("vms_cut_off", MACHINE, "cut off"),
            ("vms_may_move", MACHINE, "that may move to other hosts"),
            ("services_down", SERVICE, "down"),
            ("services_cut_off", SERVICE, "cut off"),
        ):
            if number := facts.get(name):
                told.append(f"{counted(number, catalog[type_])} {words}")
        return f"{head}: {'; '.join(told)}"

    def _warnings(self) -> tuple[str, ...]:
        own, reach = self._first[0], self.reach
        found = list(own.unknown)
        if reach.stopped:
            found.append(
                f"{len(reach.verdict.unsure):,} nodes lead on beyond the {reach.read} hops and "
                f"{len(reach.looked_at):,} devices that were looked at ({MOST_HOPS} and {MOST_LOOKED_AT:,} are the "
                'most): whether they keep a way is "not known"; ask about a smaller object'
            )
        if self._port[0] == INTERFACE and not any(each.broken for each in reach.meetings):
            found.append(
                "nothing is plugged into it: what it carries is known by its addresses and gateways alone"
            )
        elif reach.read and not reach.meetings and not self._power.supplied():
            found.append("no network cable of it leads to another device: what it carries is not known")
        if self._after.loose:
            found.append(
                f"{self._after.loose:,} cabled ports of what is cut off lead to no known end: "
                "if they lead elsewhere, there is a second way"
            )
        bare = [each for each in self._power.supplied().values() if each.powerless and each.uncabled]
        if bare:
            found.append(
                f"{counted(len(bare), self._catalog[DEVICE])} without power have supplies that are not cabled here"
            )
        return tuple(found)
