"""Questions for `vlans`: from VLANs to ports, devices and prefixes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.questions.case import Case, Expect, Expected, Table
from tests.questions.truth import Row, Truth

PORT = "dcim.interface"
GUEST = "virtualization.vminterface"
ALL_OF_THEM = "mode tagged-all"


def used(chosen: Callable[[Truth, Row], bool]) -> Expect:
    """The VLANs that are chosen with all that uses them, and each device that carries one with its ports."""

    def expect(truth: Truth) -> Expected:
        vlans = truth.rows("ipam.vlan", lambda row: chosen(truth, row))
        table, members = [], []
        ports_of_all: set[int] = set()
        for vlan in vlans:
            ports = truth.rows(PORT, lambda row, id_=vlan["id"]: truth.in_vlan(row, id_))  # type: ignore[misc]  # default binds the loop variable
            guests = truth.rows(GUEST, lambda row, id_=vlan["id"]: truth.in_vlan(row, id_))  # type: ignore[misc]  # default binds the loop variable
            prefixes = truth.rows("ipam.prefix", lambda row, id_=vlan["id"]: row["vlan"] == id_)  # type: ignore[misc]  # default binds the loop variable
            place = truth.show("ipam.vlan", vlan, "site") or truth.show("ipam.vlan", vlan, "group")
            devices = {row["device"] for row in ports}
            ports_of_all |= {row["id"] for row in ports}
            table.append(
                [
                    vlan["vid"],
                    vlan["name"],
                    place,
                    vlan["status"],
                    [row["prefix"] for row in prefixes],
                    len(devices),
                    len(ports),
                    len(guests),
                ]
            )
            members += [[vlan["vid"], place, truth.title("dcim.device", id_)] for id_ in devices]
            members += [[vlan["vid"], place, truth.show(GUEST, row, "virtual_machine")] for row in guests]
        table.sort(key=lambda row: (row[0], row[1], str(row[2])))
        everywhere = [id_ for id_ in ports_of_all if truth.table(PORT)[id_]["mode"] == "tagged-all"]
        return Expected(
            {
                "VLANs": Table(
                    ("vid", "name", "site", "status", "prefixes", "devices", "ports", "vm_ports"),
                    table,
                    ordered=True,
                ),
                "ports by VLAN and device": Table(("vid", "site", "device"), members),
            },
            summary=(f"{len(vlans)} VLAN", f"{len(ports_of_all):,} interface"),
            warnings=(ALL_OF_THEM,) if everywhere else (),
        )

    return expect


def asked(question: str, chosen: Callable[[Truth, Row], bool], **arguments: Any) -> Case:
    """The case of the VLANs that are chosen."""
    return Case(question, "vlans", arguments, used(chosen))


def at(name: str) -> Callable[[Truth, Row], bool]:
    """Whether a VLAN is at the site of that name."""
    return lambda truth, row: truth.show("ipam.vlan", row, "site") == name


VLANS: tuple[Case, ...] = (
    asked("which VLANs are used where", lambda *_: True),
    asked("which VLANs does Akron use", at("Akron"), site="Akron"),
    asked(
        "which VLANs does a site with quotes use",
        at("Saint-Étienne/O'Hare 50% «Süd»"),
        site="Saint-Étienne/O'Hare 50% «Süd»",
    ),
    asked("which ports are in VLAN 100", lambda _, r: r["vid"] == 100, vid=100),
    asked("which ports are in VLANs 10 and 300", lambda _, r: r["vid"] in (10, 300), vid=[10, 300]),
    asked(
        "which ports are in VLAN 100 of Albany",
        lambda t, r: at("Albany")(t, r) and r["vid"] == 100,
        vid=100,
        site="Albany",
    ),
    asked("who uses the VLANs called Storage", lambda _, r: r["name"] == "Storage", name="Storage"),
    asked(
        "who uses the backbone", lambda t, r: t.show("ipam.vlan", r, "group") == "Backbone", group="Backbone"
    ),
    asked(
        "who uses the VLANs of Engineering",
        lambda t, r: t.show("ipam.vlan", r, "tenant") == "Engineering",
        tenant="Engineering",
    ),
    asked("who uses a number that no VLAN has", lambda *_: False, vid=4000),
    asked("the same with little room, in many parts", at("Akron"), site="Akron", max_tokens=500),
    Case(
        "which VLANs does a site use that does not exist",
        "vlans",
        {"site": "Atlantis"},
        lambda _: Expected(error=('there is no site "Atlantis"',)),
    ),
)
