"""Questions about rack groups: flat and nowhere in NetBox, a tree of places in Nautobot."""

from __future__ import annotations

from collections.abc import Callable

from tests.questions.capacities import units_of
from tests.questions.case import Case, Differs, Expect, Expected, Table
from tests.questions.groups import grouped
from tests.questions.listing import SUED, at, every, listed, listing, refused, with_related
from tests.questions.truth import Row, Truth

GROUP, RACK = "dcim.rackgroup", "dcim.rack"
NESTED = "a rack group holds the racks of the groups in it, in Nautobot"
PLACED = "a rack group has a place in Nautobot"
_UNITS = ("used", "planned", "reserved", "free")


def _in(group: str) -> Callable[[Truth, Row], bool]:
    """Whether a rack is in the group itself."""
    return lambda truth, row: truth.title(GROUP, row["group"]) == group


def _within(group: str) -> Callable[[Truth, Row], bool]:
    """Whether it is in the group, or in one of the groups in it."""
    return lambda truth, row: truth.within(GROUP, row["group"], group)


def _full(chosen: Callable[[Truth, Row], bool]) -> Expect:
    """The units of the racks that are chosen."""

    def expect(truth: Truth) -> Expected:
        racks = truth.rows(RACK, lambda row: chosen(truth, row))
        rows = [
            [
                truth.title("dcim.site", rack["site"]),
                rack["name"],
                truth.title(GROUP, rack["group"]),
                *(units_of(truth, rack).count(each) for each in _UNITS),
            ]
            for rack in racks
        ]
        return Expected({"rack units": Table(("site", "rack", "group", *_UNITS), rows)})

    return expect


def _dossier(group: str, chosen: Callable[[Truth, Row], bool]) -> Expect:
    def expect(truth: Truth) -> Expected:
        racks = truth.rows(RACK, lambda row: chosen(truth, row))
        rows = [
            [rack["name"], truth.title("dcim.site", rack["site"]), truth.title(GROUP, rack["group"])]
            for rack in racks
        ]
        return Expected({"racks": Table(("name", "site", "group"), rows)}, {"type": GROUP, "name": group})

    return expect


RACK_GROUPS: tuple[Case, ...] = (
    Case(
        "which rack groups are there",
        "list_objects",
        {"type": "rack group", "fields": ["name", "site", "parent"]},
        listing(GROUP, ["name"], every),
        Differs(PLACED, listing(GROUP, ["name", "site", "parent"], every)),
    ),
    Case(
        "which rack groups are at a site",
        "list_objects",
        {"type": GROUP, "where": {"site": "Akron"}, "fields": ["name", "parent"]},
        lambda _: Expected(error=('rack groups have no filter "site"',)),
        Differs(PLACED, listing(GROUP, ["name", "parent"], at("Akron"))),
    ),
    listed(
        "which racks are in a row",
        RACK,
        {"group": "Akron row 1"},
        ["name", "site", "group"],
        _in("Akron row 1"),
    ),
    listed(
        "which racks are in a group that is called as Nautobot calls the field",
        RACK,
        {"rack_group": f"{SUED} racks"},
        ["name", "site", "group"],
        _in(f"{SUED} racks"),
    ),
    listed(
        "which racks are in a group that has groups in it",
        RACK,
        {"group": "Akron racks"},
        ["name", "site"],
        _in("Akron racks"),
        nautobot=Differs(NESTED, listing(RACK, ["name", "site"], _within("Akron racks"))),
    ),
    listed(
        "which racks are in no group",
        RACK,
        {"group": None},
        ["name", "site"],
        lambda _, row: row["group"] is None,
    ),
    listed(
        "which racks are in any group but one",
        RACK,
        {"group__n": "Akron row 1"},
        ["name", "site"],
        lambda truth, row: truth.title(GROUP, row["group"]) != "Akron row 1",
    ),
    refused(
        "a rack group that does not exist",
        {"type": RACK, "where": {"group": "Akron raks"}},
        'there is no rack group "Akron raks"',
        "Akron racks",
    ),
    grouped("how many racks are there per rack group", RACK, "group"),
    with_related("which racks has each rack group", GROUP, {}, "racks", RACK, "group", every),
    Case(
        "what is a rack group",
        "describe",
        {"object": "rack group Akron row 1"},
        _dossier("Akron row 1", _in("Akron row 1")),
    ),
    Case(
        "what is a rack group with others in it",
        "describe",
        {"object": "Akron racks"},
        _dossier("Akron racks", _in("Akron racks")),
        Differs(NESTED, _dossier("Akron racks", _within("Akron racks"))),
    ),
    Case(
        "how full are the racks of a row",
        "capacity",
        {"of": "Albany row 1"},
        _full(_in("Albany row 1")),
    ),
    Case(
        "how full are the racks of a group with rows in it",
        "capacity",
        {"of": "rack group Akron racks", "type": "racks"},
        lambda _: Expected(summary=("rack group Akron racks: no racks",)),
        Differs(NESTED, _full(_within("Akron racks"))),
    ),
    Case(
        "where is a rack group",
        "find",
        {"text": "Albany row 1"},
        lambda _: Expected({"matches": Table(("type", "name"), [[GROUP, "Albany row 1"]])}),
    ),
)
