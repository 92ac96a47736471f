"""Questions about paths over cables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.questions.case import ById, Case, Expect, Expected, Table
from tests.questions.truth import Node, Truth

HOPS = ("hop", "from", "cable", "type", "status", "length", "to")
Links = Sequence[tuple[Node, int, Node]]


def port(truth: Truth, type_: str, device: str, name: str) -> Node:
    """The port of that name of a device."""
    owner = truth.named("dcim.device", device)["id"]
    [found] = truth.rows(type_, lambda row: row["device"] == owner and row["name"] == name)
    return type_, found["id"]


def end_of(truth: Truth, label: str) -> Node:
    """What the A end of a cable is plugged into."""
    cable = truth.named("dcim.cable", label)["id"]
    return next(node for node, held in truth.cabled.items() if held == (cable, "A"))


def hops(truth: Truth, links: Links) -> Table:
    """A row for each cable."""
    rows = []
    for number, (near, cable, far) in enumerate(links, start=1):
        known = truth.table("dcim.cable")[cable]
        length = None if known["length"] is None else f"{known['length']:g} {known['length_unit']}"
        ends = truth.generic(*near), truth.generic(*far)
        title = truth.title("dcim.cable", cable)
        rows.append([number, ends[0], title, known["type"], known["status"], length, ends[1]])
    return Table(HOPS, rows, ordered=True)


def metres(truth: Truth, links: Links) -> float:
    """How long all these cables are together."""
    return round(sum(float(truth.table("dcim.cable")[cable]["length"]) for _, cable, _ in links), 2)


def path(start: Callable[[Truth], Node], *, reached: bool = True) -> Expect:
    """What is to be said of the path from a port."""

    def expect(truth: Truth) -> Expected:
        links = truth.path(*start(truth))
        facts = {"cables": len(links), "reached": reached, "length_m": metres(truth, links)}
        return Expected({"hops": hops(truth, links)}, facts)

    return expect


def _powered(truth: Truth) -> Expected:
    """From a power supply to the outlet, and from its PDU's own supply to the feed."""
    first = truth.path(*port(truth, "dcim.powerport", "akr-core01", "PSU1"))
    outlet = truth.table("dcim.poweroutlet")[first[-1][2][1]]
    links = [*first, *truth.path("dcim.powerport", outlet["power_port"])]
    return Expected(
        {"hops": hops(truth, links)}, {"cables": 2, "reached": True, "to": truth.generic(*links[-1][2])}
    )


def _device(truth: Truth) -> Expected:
    """The near cable and the far end of every cabled interface of a device."""
    owner = truth.named("dcim.device", "akr-brd01")["id"]
    rows = []
    for row in truth.rows("dcim.interface", lambda row: row["device"] == owner):
        links = truth.path("dcim.interface", row["id"])
        if links:
            far = truth.far_end("dcim.interface", row["id"])
            end = truth.generic(*far) if far and far[0] == "dcim.interface" else None
            rows.append([truth.generic(*links[0][0]), truth.generic(*links[0][2]), len(links), end])
    cabled = [row for row in rows if row[3]]
    return Expected({"paths": Table(("from", "to", "cables", "end"), cabled, among=True)})


def _split(truth: Truth) -> Expected:
    """What hangs on the outlets of a PDU."""
    feed = truth.far_end(*port(truth, "dcim.powerport", "akr-pdu01", "Power Port 1"))
    assert feed is not None
    pdu = truth.named("dcim.device", "akr-pdu01")["id"]
    outlets = truth.rows("dcim.poweroutlet", lambda row: row["device"] == pdu)
    links = [link for row in outlets for link in truth.path("dcim.poweroutlet", row["id"])]
    first = truth.path(*feed)[0]
    rows: list[list[Any]] = [[truth.generic(*near), truth.generic(*far)] for near, _, far in (first, *links)]
    return Expected(
        {"hops": Table(("from", "to"), rows)}, {"ends": len(links), "cables": len(links) + 1, "reached": True}
    )


def _two_devices(truth: Truth) -> Expected:
    links = [
        *truth.path(*port(truth, "dcim.interface", "akr-core01", "Ethernet3")),
        *truth.path(*port(truth, "dcim.interface", "akr-brd01", "xe-0/1/3")),
    ]
    facts = {"paths": 1, "cables": len(links), "length_m": metres(truth, links), "reached": True}
    return Expected({"hops": hops(truth, links)}, facts)


def case(question: str, start: Any, expected: Expect, **more: Any) -> Case:
    """The case of one trace."""
    return Case(question, "trace", {"start": start, "max_tokens": 20_000, **more}, expected)


TRACES: tuple[Case, ...] = (
    case(
        "where does a port lead to through panels and a circuit",
        "akr-brd01 xe-0/1/3",
        path(lambda truth: port(truth, "dcim.interface", "akr-brd01", "xe-0/1/3")),
    ),
    case(
        "where does a port lead to that ends at a network of a provider",
        "akr-brd01:xe-0/1/2",
        path(lambda truth: port(truth, "dcim.interface", "akr-brd01", "xe-0/1/2")),
    ),
    case(
        "where does an uplink go, by its usual abbreviation",
        "AKR-ASW01 te1/1/1",
        path(lambda truth: port(truth, "dcim.interface", "akr-asw01", "TenGigabitEthernet1/1/1")),
    ),
    case(
        "which console leads to a switch",
        "akr-core01 con0",
        path(lambda truth: port(truth, "dcim.consoleport", "akr-core01", "con0")),
    ),
    case(
        "where does a cable go that has a label",
        "cable C00009",
        path(lambda truth: end_of(truth, "C00009")),
    ),
    case(
        "where does a circuit go",
        "LU-4403",
        path(lambda truth: port(truth, "dcim.interface", "akr-brd01", "xe-0/1/3")),
    ),
    case(
        "what is a port without a cable connected to",
        "Gi1/0/25 on akr-asw01",
        lambda _: Expected({"hops": Table(HOPS, [])}, {"cables": 0, "reached": False}, ("not cabled",)),
    ),
    case("what feeds a power supply", "akr-core01 PSU1", _powered),
    case(
        "what does a power feed supply",
        ById("power feed", {"name": "Feed 1", "site": "Akron"}, "power feed "),
        _split,
    ),
    case("where do all cables of a device go", "akr-brd01", _device),
    case("what is the way between two devices", "akr-core01", _two_devices, to="bin-rtr01"),
    case(
        "in how many ways are two servers connected",
        "akr-srv01",
        lambda _: Expected(facts={"paths": 8, "cables": 3, "reached": True}),
        to="akr-srv02",
    ),
    case(
        "what does a port lead to that is not there",
        "akr-core01 Gi99",
        lambda _: Expected(error=("not_found", 'akr-core01 has no port "Gi99"')),
    ),
    case(
        "what does a port lead to of a device that is not there",
        "akr-nothing99 Gi1",
        lambda _: Expected(error=("not_found", "akr-nothing99")),
    ),
)
