"""Questions about circuits, tenants, clusters and virtual machines."""

from __future__ import annotations

from tests.questions.case import Case
from tests.questions.listing import at, listed

OTHERS: tuple[Case, ...] = (
    listed(
        "which circuits are there",
        "circuits.circuit",
        {},
        ["cid", "provider", "type", "status", "tenant", "commit_rate", "install_date"],
    ),
    listed(
        "which circuits has a provider",
        "circuits.circuit",
        {"provider": "Lumen Path", "status": "active"},
        ["cid"],
        lambda t, r: t.show("circuits.circuit", r, "provider") == "Lumen Path" and r["status"] == "active",
    ),
    listed(
        "which circuits are fast",
        "circuits.circuit",
        {"commit_rate__gt": 100_000},
        ["cid", "commit_rate"],
        lambda _, r: (r["commit_rate"] or 0) > 100_000,
    ),
    listed(
        "which circuits end at Albany",
        "circuits.circuit",
        {"site": "Albany"},
        ["cid"],
        lambda t, r: any(
            t.show("circuits.circuittermination", end, "termination") == "Albany"
            for end in t.rows("circuits.circuittermination", lambda end: end["circuit"] == r["id"])
        ),
    ),
    listed(
        "where do circuits end",
        "circuits.circuittermination",
        {},
        ["circuit", "term_side", "termination", "port_speed", "xconnect_id"],
    ),
    listed(
        "which circuits end at a site on their far side",
        "circuits.circuittermination",
        {"term_side": "z", "site": "Akron"},
        ["circuit", "term_side", "termination"],
        lambda t, r: (
            r["term_side"] == "Z" and t.show("circuits.circuittermination", r, "termination") == "Akron"
        ),
    ),
    listed("which tenants are there", "tenancy.tenant", {}, ["name", "group"]),
    listed(
        "which tenants are customers",
        "tenancy.tenant",
        {"group": "Customers"},
        ["name"],
        lambda t, r: t.show("tenancy.tenant", r, "group") == "Customers",
    ),
    listed(
        "which clusters are there", "virtualization.cluster", {}, ["name", "type", "group", "scope", "tenant"]
    ),
    listed(
        "which virtual machines are there",
        "virtualization.virtualmachine",
        {},
        ["name", "cluster", "site", "role", "status", "vcpus", "memory", "disk", "primary_ip4"],
    ),
    listed(
        "which virtual machines are at Albany and big",
        "virtualization.virtualmachine",
        {"site": "Albany", "memory__gte": 12_288},
        ["name", "memory"],
        lambda t, r: at("Albany")(t, r) and r["memory"] >= 12_288,
    ),
    listed(
        "which virtual machines have no address",
        "virtualization.virtualmachine",
        {"has_primary_ip": False},
        ["name"],
        lambda _, r: not r["primary_ip4"] and not r["primary_ip6"],
    ),
    listed(
        "which database servers are there",
        "virtualization.virtualmachine",
        {"role": "Database server", "tag": "critical"},
        ["name", "platform"],
        lambda t, r: t.show("virtualization.virtualmachine", r, "role") == "Database server",
    ),
    listed(
        "which device types are there",
        "dcim.devicetype",
        {},
        ["model", "manufacturer", "u_height", "part_number"],
    ),
    listed("which manufacturers are there", "dcim.manufacturer", {}, ["name"]),
    listed("which tags are there", "extras.tag", {}, ["name", "color"]),
)
