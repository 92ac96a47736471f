"""`impact`: what stops working if something fails, what keeps a second way, and whom to warn."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, StringConstraints

from orchestration.steps import Gathered, Given, Plan
from orchestration.tool import Arguments, Briefing, Draft, Found, Lookup, Tool
from sources.catalog import Catalog
from tools.cable_places import Meant, chosen, lookup, meanings, steps, typed
from tools.cable_rows import CABLE, CIRCUIT, DEVICE, FEED, PANEL
from tools.dependents import CLUSTER
from tools.failing import LOCATION, PROVIDER, RACK, SITE
from tools.network_draft import network_draft
from tools.network_loss import PREFIX, VLAN, NetworkLoss
from tools.outage import Outage

OBJECT = "object"
TIERS = ((DEVICE, CIRCUIT, CABLE), (PANEL, FEED, RACK, CLUSTER, PROVIDER), (SITE, VLAN, LOCATION))
_OWNERS = frozenset(name for tier in TIERS for name in tier)


class ImpactArguments(Arguments):
    """What fails."""

    object: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
        Field(
            description='its name, with its type where needed: "sw1 Gi1/0/48", "rack R12", "vlan 100", "cable C7"'
        ),
    ]


class Impact(Tool[ImpactArguments]):
    """What a failure comes to."""

    name = "impact"
    title = "Tell what a failure takes down"
    description = (
        "What stops working if a device, port, cable, circuit, provider, rack, site, power feed or panel, VLAN, prefix "
        "or cluster fails or is taken down: devices cut off or without power, neighbours that keep another way, "
        'gateways, LAGs, circuits, VMs, services, tenants, and contacts to warn. Example: object="akr-core01".'
    )
    examples = (
        "what breaks if akr-core01 fails",
        "can I pull cable C0012",
        "who must know before rack R12 goes down",
    )
    arguments = ImpactArguments

    def lookups(self, args: ImpactArguments, catalog: Catalog) -> Sequence[Lookup]:
        """What is named: of the type that the text tells, or the likeliest first."""
        if _is_network(args.object):
            return [Lookup(OBJECT, args.object, ((catalog[PREFIX],),), several=True)]
        type_, rest = typed(args.object, catalog, {*_OWNERS, PREFIX})
        if type_ is not None:
            others = tuple(tuple(catalog[name] for name in tier if name in catalog) for tier in TIERS)
            return [Lookup(OBJECT, rest, ((type_,), *others), several=True, also=(args.object,))]
        return [lookup(OBJECT, args.object, catalog, TIERS)]

    def plan(self, args: ImpactArguments, briefing: Briefing) -> Plan:
        """The ports of what was named, among which the one is that is meant."""
        meant = _meant(args, briefing)
        return steps(OBJECT, [each for each in meant if each.port], briefing.catalog) or {
            OBJECT: Given(briefing.catalog[DEVICE], ())
        }

    def further(self, args: ImpactArguments, gathered: Gathered, briefing: Briefing) -> Plan:
        """What fails with it, level by level: power, then the network around, then what hangs on all that."""
        return _outage(args, gathered, briefing).plan()

    def assemble(self, args: ImpactArguments, gathered: Gathered, briefing: Briefing) -> Draft:
        """The tables of what is lost and of what stays."""
        outage = _outage(args, gathered, briefing)
        return outage.draft() if isinstance(outage, Outage) else network_draft(outage, briefing)


def _outage(args: ImpactArguments, gathered: Gathered, briefing: Briefing) -> Outage | NetworkLoss:
    port = chosen(OBJECT, args.object, _meant(args, briefing), gathered, briefing.catalog)
    if port[0] in (VLAN, PREFIX):
        return NetworkLoss(port, gathered, briefing)
    return Outage(port, gathered, briefing)


def _meant(args: ImpactArguments, briefing: Briefing) -> list[Meant]:
    found: Sequence[Found] = briefing.found[OBJECT]
    networks = [Meant(each) for each in found if each.type.name == PREFIX]
    return networks or meanings(args.object, found, briefing.catalog)


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return "/" in text
