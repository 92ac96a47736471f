"""Questions of what differs: `compare`, worked out from the generator's own rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from tests.questions.case import Case, Expect, Expected, Table
from tests.questions.truth import Row, Truth

DIFFERENCES, ONLY = "differences", "only on one side"
FIELDS = ("part", "field", "left", "right", "count")
SIDES = ("part", "side", "count", "which")
Values = Mapping[str, Mapping[str, Any]]
"""Key -> field -> value."""


def _differences(part: str, left: Values, right: Values) -> list[list[Any]]:
    """A row for each way in which a field differs, with how often."""
    found = Counter(
        (name, one, other)
        for key in left.keys() & right.keys()
        for name, one in left[key].items()
        if one != (other := right[key][name])
    )
    return [[part, *what, count] for what, count in found.items()]


def _numbers(truth: Truth, ids: list[int]) -> str | None:
    """VLANs by number; the questions are of ports with no runs of them."""
    return ",".join(str(truth.table("ipam.vlan")[each]["vid"]) for each in sorted(ids)) or None


def _ports(truth: Truth, device: Row) -> Values:
    def fields(row: Row) -> dict[str, Any]:
        shown = ("type", "enabled", "mode", "lag", "mtu", "speed", "duplex", "description")
        native = [row["untagged_vlan"]] if row["untagged_vlan"] else []
        return {
            **{name: truth.show("dcim.interface", row, name) for name in shown},
            "untagged_vlan": _numbers(truth, native),
            "tagged_vlans": len(row["tagged_vlans"]),
        }

    return {row["name"]: fields(row) for row in truth.interfaces_of(device["name"])}


def ports_of(left: str, right: str) -> Expect:
    """How the ports of two devices differ, and how many only one of them has."""

    def expect(truth: Truth) -> Expected:
        one, other = (_ports(truth, truth.named("dcim.device", name)) for name in (left, right))
        rows = _differences("interfaces", one, other)
        sides = (("left", one, other), ("right", other, one))
        missing = [(side, len(mine.keys() - theirs.keys())) for side, mine, theirs in sides]
        words = [f"{count} only {side}" for side, count in missing if count]
        table = {DIFFERENCES: Table(FIELDS, rows, among=True)} if rows else {}
        return Expected(table, summary=[f"device {left} and device {right}", *words])

    return expect


def sites(left: str, right: str) -> Expect:
    """The VLANs that only one of two sites has, and what kinds of devices one has more of."""

    def expect(truth: Truth) -> Expected:
        pair = [truth.named("dcim.site", name) for name in (left, right)]
        vlans, kinds = [], []
        for site in pair:
            rows = truth.rows("ipam.vlan", _at(site))
            vlans.append({str(row["vid"]) for row in rows})
            kinds.append(Counter(_kind(truth, row) for row in truth.rows("dcim.device", _at(site))))
        more = Counter(
            (kinds[0][kind], kinds[1][kind])
            for kind in kinds[0] | kinds[1]
            if kinds[0][kind] != kinds[1][kind]
        )
        tables = {}
        if more:
            rows = [["devices", "count", *pair, count] for pair, count in more.items()]
            tables[DIFFERENCES] = Table(FIELDS, rows, among=True)
        only = [
            ["VLANs", side, len(names), ", ".join(sorted(names, key=int))]
            for side, names in (("left", vlans[0] - vlans[1]), ("right", vlans[1] - vlans[0]))
            if names
        ]
        if only:
            tables[ONLY] = Table(SIDES, only)
        return Expected(tables, summary=[f"site {left} and site {right} differ in"])

    return expect


def _at(site: Row) -> Callable[[Row], bool]:
    return lambda row: row["site"] == site["id"]


def _kind(truth: Truth, row: Row) -> str:
    return f"{truth.show('dcim.device', row, 'role')} {truth.show('dcim.device', row, 'device_type')}"


def _compare(question: str, left: str, right: str, expected: Expect, type_: str) -> Case:
    arguments = {"left": left, "right": right, "type": type_, "max_tokens": 20_000}
    return Case(question, "compare", arguments, expected)


COMPARISONS: tuple[Case, ...] = (
    _compare(
        "why is alb-asw01 not like akr-asw01",
        "akr-asw01",
        "alb-asw01",
        ports_of("akr-asw01", "alb-asw01"),
        "device",
    ),
    _compare(
        "why is akr-fw01 not like akr-core01",
        "akr-core01",
        "akr-fw01",
        ports_of("akr-core01", "akr-fw01"),
        "device",
    ),
    _compare(
        "how do the servers of Akron differ",
        "akr-srv01",
        "akr-srv02",
        ports_of("akr-srv01", "akr-srv02"),
        "device",
    ),
    _compare("how do Akron and Albany differ", "Akron", "Albany", sites("Akron", "Albany"), "site"),
    _compare(
        "how do two sites of unlike size differ",
        "Albany",
        "Saint-Étienne/O'Hare 50% «Süd»",
        sites("Albany", "Saint-Étienne/O'Hare 50% «Süd»"),
        "site",
    ),
    Case(
        "a site is no switch",
        "compare",
        {"left": "Akron", "right": "akr-core01"},
        lambda _: Expected(error=("bad_arguments", "Akron is a site, akr-core01 is a device")),
    ),
    Case(
        "what is a thing compared with itself",
        "compare",
        {"left": "Akron", "right": "Akron", "type": "site"},
        lambda _: Expected(error=("the same object",)),
    ),
)
