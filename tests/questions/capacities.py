"""Questions for `capacity`: units, volt-amperes and ports that are used and free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from tests.questions.case import Case, Differs, Expect, Expected, Table
from tests.questions.listing import listed
from tests.questions.truth import Row, Truth

SITE = "Akron"
POWER_FACTOR = 0.95
_NOT_CABLED = {"virtual", "lag", "bridge", "ieee802.11ax"}
_STATES = ("used", "planned", "reserved", "free")
_PORTS = {
    "interface": "dcim.interface",
    "front port": "dcim.frontport",
    "rear port": "dcim.rearport",
    "console port": "dcim.consoleport",
    "console server port": "dcim.consoleserverport",
    "power port": "dcim.powerport",
    "power outlet": "dcim.poweroutlet",
}


def units_of(truth: Truth, rack: Row) -> list[str]:
    """What each unit of a rack is, from the lowest on."""
    devices = truth.rows("dcim.device", lambda row: row["rack"] == rack["id"] and row["position"] is not None)
    reserved = {
        unit
        for row in truth.rows("dcim.rackreservation", lambda row: row["rack"] == rack["id"])
        for unit in row["units"]
    }
    found = []
    for unit in range(1, rack["u_height"] + 1):
        here = {
            row["status"]
            for row in devices
            if 0 <= unit - row["position"] < truth.table("dcim.devicetype")[row["device_type"]]["u_height"]
        }
        free = "reserved" if unit in reserved else "free"
        found.append("planned" if here == {"planned"} else "used" if here else free)
    return found


def _gap(units: list[str]) -> int:
    return max(map(len, "".join("." if each == "free" else "#" for each in units).split("#")))


def _racks(truth: Truth) -> Expected:
    rows = []
    for rack in truth.rows("dcim.rack"):
        units = units_of(truth, rack)
        counts = Counter(units)
        percent = round(100 * (len(units) - counts["free"]) / len(units), 1)
        site = truth.title("dcim.site", rack["site"])
        rows.append([site, rack["name"], *(counts[each] for each in _STATES), _gap(units), percent])
    table = Table(("site", "rack", *_STATES, "gap_full_depth", "utilization"), rows)
    return Expected({"rack units": table}, summary=(f"{len(rows)} racks",))


def _fits(truth: Truth) -> Expected:
    fitting = [
        [truth.title("dcim.site", rack["site"]), rack["name"]]
        for rack in truth.rows("dcim.rack")
        if _gap(units_of(truth, rack)) >= 36
    ]
    return Expected(
        {"where 36U fit": Table(("site", "rack"), fitting)},
        summary=(f"36U fit in {len(fitting)} of the racks",),
    )


def _allocated(truth: Truth, feed: Row) -> int:
    """What is allocated to the supplies behind the outlets of the PDU at a feed."""
    cable, end = truth.cabled["dcim.powerfeed", feed["id"]]
    [inlet] = [
        row["termination_id"]
        for row in truth.rows("dcim.cabletermination")
        if row["cable"] == cable and row["cable_end"] != end
    ]
    outlets = truth.rows("dcim.poweroutlet", lambda row: row["power_port"] == inlet)
    far = [truth.far_end("dcim.poweroutlet", row["id"]) for row in outlets]
    return sum(truth.table(each[0])[each[1]]["allocated_draw"] for each in far if each)


def _power(factor: float) -> Expect:
    """The feeds of the site, each with what is allocated from it in volt-amperes."""

    def expect(truth: Truth) -> Expected:
        rows = []
        for feed in truth.rows("dcim.powerfeed"):
            panel = truth.table("dcim.powerpanel")[feed["power_panel"]]
            if truth.title("dcim.site", panel["site"]) == SITE:
                most = round(feed["voltage"] * feed["amperage"] * feed["max_utilization"] / 100)
                drawn = round(_allocated(truth, feed) / factor)
                rows.append([feed["name"], panel["name"], feed["type"], most, drawn, most - drawn])
        columns = ("feed", "panel", "type", "limit_va", "allocated_va", "free_va")
        return Expected({"power feeds": Table(columns, rows)}, summary=(f"{len(rows)} power feeds",))

    return expect


def _ports(chosen: Callable[[Truth, Row], bool]) -> Expect:
    """The ports of the devices that are chosen, by kind, type and state."""

    def expect(truth: Truth) -> Expected:
        devices = {row["id"] for row in truth.rows("dcim.device", lambda row: chosen(truth, row))}
        groups: dict[tuple[str, str], Counter[str]] = {}
        for kind, type_ in _PORTS.items():
            for port in truth.rows(type_, lambda row: row["device"] in devices):
                if port["type"] in _NOT_CABLED:
                    continue
                plugged = (type_, port["id"]) in truth.cabled
                state = "connected" if plugged else "free" if port.get("enabled", True) else "disabled"
                groups.setdefault((kind, port["type"]), Counter())[state] += 1
        rows = [
            [*group, counts.total(), *(counts[each] for each in ("connected", "disabled", "free"))]
            for group, counts in groups.items()
        ]
        columns = ("kind", "type", "total", "connected", "disabled", "free")
        return Expected({"ports by type": Table(columns, rows)})

    return expect


def _cluster(truth: Truth) -> Expected:
    cluster = truth.named("virtualization.cluster", "akr-cluster01")
    machines = truth.rows("virtualization.virtualmachine", lambda row: row["cluster"] == cluster["id"])
    rows = []
    for status in {row["status"] for row in machines}:
        held = [row for row in machines if row["status"] == status]
        rows.append(
            [status, len(held), *(sum(row[each] for row in held) for each in ("vcpus", "memory", "disk"))]
        )
    columns = ("status", "machines", "vcpus", "memory", "disk")
    return Expected({"allocated to virtual machines": Table(columns, rows)})


def _at_site(truth: Truth, row: Row) -> bool:
    return truth.title("dcim.site", row["site"]) == SITE


CAPACITIES: tuple[Case, ...] = (
    Case("how full are the racks", "capacity", {"type": "racks"}, _racks),
    Case("where does a device of 36 units fit", "capacity", {"fits_u": 36}, _fits),
    Case(
        "how much power is left at a site",
        "capacity",
        {"of": SITE, "type": "power"},
        _power(1),
        nautobot=Differs(
            "Nautobot knows a power factor, so that watts are not volt-amperes", _power(POWER_FACTOR)
        ),
    ),
    Case("which ports are free at a site", "capacity", {"of": SITE, "type": "ports"}, _ports(_at_site)),
    Case(
        "which ports of a switch are free",
        "capacity",
        {"of": "akr-asw01"},
        _ports(lambda _, row: row["name"] == "akr-asw01"),
    ),
    Case("what is allocated on a cluster", "capacity", {"of": "akr-cluster01"}, _cluster),
    listed(
        "which units are reserved in racks",
        "dcim.rackreservation",
        {},
        ["rack", "tenant", "description"],
    ),
)
