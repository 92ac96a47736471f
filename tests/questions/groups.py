"""Questions of how many: `list_objects` with `group_by`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sources.types import CATALOG
from tests.questions.case import Case, Differs, Expect, Expected, Table
from tests.questions.listing import Chosen, at, every
from tests.questions.truth import NAMELESS, Truth


def tally(type_: str, by: str, chosen: Chosen) -> Expect:
    """How many of the chosen rows there are for each value of a field, the most first."""

    def expect(truth: Truth) -> Expected:
        rows = truth.rows(type_, lambda row: chosen(truth, row))
        counts: Counter[tuple[str, int | None]] = Counter()
        for row in rows:
            value = truth.show(type_, row, by)
            for each in value if isinstance(value, tuple) else (value,):
                # What has no name is a group of its own.
                name = "(none)" if each is None else str(each)
                counts[name, row[by] if name == NAMELESS else None] += 1
        known = CATALOG[type_]
        title = f"{known.plural} by {by}"
        counted = f"{len(rows):,} {known.label if len(rows) == 1 else known.plural}"
        table = [[name, count] for (name, _), count in counts.items()]
        return Expected({title: Table((by, "count"), table)}, summary=(counted,))

    return expect


def grouped(
    question: str,
    type_: str,
    by: str,
    where: Mapping[str, Any] | None = None,
    chosen: Chosen = every,
    nautobot: Differs | None = None,
) -> Case:
    """The case of a count by group."""
    arguments = {"type": type_, "group_by": by, "where": where or {}, "max_tokens": 20_000}
    return Case(question, "list_objects", arguments, tally(type_, by, chosen), nautobot)


GROUPS: tuple[Case, ...] = (
    grouped("how many devices are there per site", "dcim.device", "site"),
    grouped("how many devices are there per role", "dcim.device", "role"),
    grouped("how many devices are there per status", "dcim.device", "status"),
    grouped("how many devices are there per tenant", "dcim.device", "tenant"),
    grouped("how many devices are there per manufacturer", "dcim.device", "manufacturer"),
    grouped(
        "how many devices are there per model at Albany",
        "dcim.device",
        "device_type",
        {"site": "Albany"},
        at("Albany"),
    ),
    grouped("how many devices are there per tag", "dcim.device", "tags"),
    grouped("how many devices are there per support tier", "dcim.device", "cf_support_tier"),
    grouped("how many interfaces are there per device", "dcim.interface", "device"),
    grouped("how many interfaces are there per type", "dcim.interface", "type"),
    grouped("how many interfaces are there per mode", "dcim.interface", "mode"),
    grouped("how many interfaces are on and off", "dcim.interface", "enabled"),
    grouped("how many cables are there per type", "dcim.cable", "type"),
    grouped("how many VLANs are there per site", "ipam.vlan", "site"),
    grouped("how many VLANs are there per role", "ipam.vlan", "role"),
    grouped("how many VLANs are there per group", "ipam.vlan", "group"),
    grouped(
        "how many prefixes are there per VRF, at sites",
        "ipam.prefix",
        "vrf",
        {"site": "Akron"},
        lambda t, r: t.show("ipam.prefix", r, "scope") == "Akron",
    ),
    grouped("how many addresses are there per VRF", "ipam.ipaddress", "vrf"),
    grouped("how many addresses are there per role", "ipam.ipaddress", "role"),
    grouped("how many circuits are there per provider", "circuits.circuit", "provider"),
    grouped("how many virtual machines are there per cluster", "virtualization.virtualmachine", "cluster"),
    grouped("how many virtual machines are there per role", "virtualization.virtualmachine", "role"),
    grouped("how many sites are there per region", "dcim.site", "region"),
    grouped("how many tenants are there per group", "tenancy.tenant", "group"),
    grouped(
        "how many devices of nobody are there per role",
        "dcim.device",
        "role",
        {"tenant": None},
        lambda _, r: r["tenant"] is None,
    ),
)
