"""Questions about sites, regions, rooms and racks."""

from __future__ import annotations

from tests.questions.case import Case, Differs, Expected
from tests.questions.listing import at, every, listed, listing

PLACES: tuple[Case, ...] = (
    listed("which sites are there", "dcim.site", {}, ["name", "status", "tenant", "facility"]),
    listed(
        "which sites are in Ohio",
        "dcim.site",
        {"region": "Ohio"},
        ["name"],
        lambda t, r: t.in_region({"site": r["id"]}, "Ohio"),
    ),
    listed(
        "which sites are in the Americas, states included",
        "dcim.site",
        {"region": "Americas"},
        ["name", "region"],
        lambda t, r: t.in_region({"site": r["id"]}, "Americas"),
    ),
    listed(
        "which sites are planned",
        "dcim.site",
        {"status": "planned"},
        ["name"],
        lambda _, r: r["status"] == "planned",
    ),
    listed(
        "which sites belong to nobody",
        "dcim.site",
        {"tenant": None},
        ["name", "tenant"],
        lambda _, r: r["tenant"] is None,
    ),
    listed("which regions are there", "dcim.region", {}, ["name", "parent"]),
    listed(
        "which rooms are there in Albany",
        "dcim.location",
        {"site": "Albany"},
        ["name", "site", "status"],
        at("Albany"),
    ),
    listed(
        "which racks are there",
        "dcim.rack",
        {},
        ["name", "site", "role", "u_height", "status", "facility_id"],
    ),
    listed(
        "which racks have no facility id",
        "dcim.rack",
        {"facility_id": None},
        ["name", "site"],
        lambda _, r: not r["facility_id"],
    ),
    Case(
        "which site groups are there",
        "list_objects",
        {"type": "site group", "fields": ["name", "parent"]},
        listing("dcim.sitegroup", ["name", "parent"], every),
        Differs(
            "Nautobot has no site groups", lambda _: Expected(error=('there is no object type "site group"',))
        ),
    ),
)
