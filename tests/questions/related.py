"""Questions for related objects in a column."""

from __future__ import annotations

from tests.questions.case import Case, Expected, Table
from tests.questions.listing import at, every, with_related
from tests.questions.truth import Truth

FIREWALLS = ("akr-fw01", "akr-fw02", "alb-fw01", "alb-fw02")


def _only_address(truth: Truth, device: str) -> str:
    [row] = truth.addresses_on("dcim.interface", [port["id"] for port in truth.interfaces_of(device)])
    return str(row["address"])


RELATED: tuple[Case, ...] = (
    with_related(
        "which tenants has each group", "tenancy.tenantgroup", {}, "tenants", "tenancy.tenant", "group", every
    ),
    with_related(
        "which models does each manufacturer make",
        "dcim.manufacturer",
        {},
        "device_types",
        "dcim.devicetype",
        "manufacturer",
        every,
    ),
    with_related(
        "which sites have these regions",
        "dcim.region",
        {"name": ["Ohio", "Americas", "Pennsylvania"]},
        "sites",
        "dcim.site",
        "region",
        lambda _, r: r["name"] in ("Ohio", "Americas", "Pennsylvania"),
    ),
    with_related(
        "which racks have the rooms of Akron",
        "dcim.location",
        {"site": "Akron"},
        "racks",
        "dcim.rack",
        "location",
        at("Akron"),
    ),
    Case(
        "which addresses are on the firewalls",
        "list_objects",
        {"type": "device", "fields": ["name"], "where": {"role": "Firewall"}, "include": ["ip_addresses"]},
        lambda t: Expected(
            {
                "devices": Table(
                    ("name", "ip_addresses"), [[name, f"1: {_only_address(t, name)}"] for name in FIREWALLS]
                )
            }
        ),
    ),
)
