"""Questions of what differs: `compare`, worked out from the generator's own rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from tests.questions.case import Case, Differs, Expect, Expected, Table
from tests.questions.changes import DEVICE, at
from tests.questions.listing import SUED
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


SINCE, UNTIL = "2026-11-01", "2026-11-20"


def _histories(truth: Truth, site: str) -> dict[tuple[str, int], list[Row]]:
    """The changes between the two moments of each device of a site and of its ports, in their order."""
    log = truth.rows(
        "core.objectchange", lambda row: at(site)(truth, row) and SINCE <= row["time"] < "2026-11-21"
    )
    found: dict[tuple[str, int], list[Row]] = {}
    for row in sorted(log, key=lambda row: row["time"]):
        found.setdefault((row["changed_object_type"], row["changed_object_id"]), []).append(row)
    return found


def since_then(site: str) -> Expect:
    """What differs at a site between two moments: the first state before against the last one after."""

    def expect(truth: Truth) -> Expected:
        ways, created = Counter(), Counter()
        for (type_, _), changes in _histories(truth, site).items():
            part = "devices" if type_ == DEVICE else "interfaces"
            before, after = changes[0]["prechange_data"], changes[-1]["postchange_data"]
            if changes[0]["action"] == "create":
                created[part] += 1
                continue
            ways.update(
                (part, name, before[name] or "(none)", after[name] or "(none)")
                for name in after
                if (before[name] or None) != (after[name] or None)
            )
        tables = {
            DIFFERENCES: Table(
                ("part", "field", "before", "after", "count"), [[*k, n] for k, n in ways.items()]
            )
        }
        if created:
            tables["created and deleted"] = Table(
                ("part", "action", "count"), [[part, "created", number] for part, number in created.items()]
            )
        return Expected(tables, summary=[f"site {site} from 2026-11-01T00:00:00Z to 2026-11-21T00:00:00Z"])

    return expect


def without_before(site: str) -> Expect:
    """The same of a log that tells no state before a change: the generated one writes one state again and again."""

    def expect(truth: Truth) -> Expected:
        found = since_then(site)(truth)
        return Expected({**found.tables, DIFFERENCES: Table(("part",), [])}, summary=found.summary)

    return expect


def _then_and_now(question: str, site: str) -> Case:
    arguments = {"left": site, "type": "site", "since": SINCE, "until": UNTIL, "max_tokens": 20_000}
    reason = "Nautobot's log tells only what an object was after each change"
    return Case(question, "compare", arguments, since_then(site), Differs(reason, without_before(site)))


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
    _then_and_now("what is different at a site with quotes from three weeks ago", SUED),
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
