"""Questions for `audit`: what is wrong in the inventory, by check."""

from __future__ import annotations

from typing import Any

from tests import findings
from tests.questions.case import Case, Differs, Expect, Expected, Table
from tests.questions.truth import Truth

DEVICES = (
    "device-without-name",
    "device-without-primary-ip",
    "device-without-serial",
    "device-without-platform",
    "device-without-rack-position",
    "vm-without-primary-ip",
    "name-unlike-peers",
    "duplicate-device-name",
    "duplicate-serial",
)
PORTS = (
    "enabled-without-cable",
    "disabled-with-cable",
    "vlan-mismatch",
    "mtu-mismatch",
    "speed-mismatch",
    "duplex-mismatch",
    "single-power-source",
)
ADDRESSES = ("duplicate-address", "address-outside-prefixes", "address-vrf-mismatch")
PREFIXES = ("prefix-without-vlan", "prefix-without-site")
AGGREGATE = "203.0.113.0/24"


def wrong(*checks: str, site: str | None = None, without: tuple[str, ...] = ()) -> Expect:
    """All findings of these checks, and how many each has."""

    def expect(truth: Truth) -> Expected:
        rows = [
            (check, name)
            for check in checks
            for name in findings.found(truth, check, site).elements()
            if name not in without
        ]
        counts = [(check, sum(name == check for name, _ in rows)) for check in checks]
        found = [(check, count) for check, count in counts if count]
        return Expected(
            {"findings": Table(("check", "object"), rows), "checks": Table(("check", "findings"), found)},
            summary=(f"{len(rows):,} finding", f"of {len(found)} of {len(checks)} checks"),
        )

    return expect


def asked(
    question: str, *checks: str, site: str | None = None, nautobot: Differs | None = None, **arguments: Any
) -> Case:
    """The case of these checks."""
    scope = {"site": site} if site else {}
    told = {"checks": list(checks), "max_tokens": 20_000, **scope, **arguments}
    return Case(question, "audit", told, wrong(*checks, site=site), nautobot)


AUDITS: tuple[Case, ...] = (
    asked("what is wrong with devices", *DEVICES),
    asked("what is wrong with the ports of a data center", *PORTS, site="Akron"),
    asked("what is wrong with the ports of a branch", *PORTS, site="Buffalo"),
    asked(
        "what is wrong at a site with quotes",
        *PORTS,
        "device-without-name",
        site="Saint-Étienne/O'Hare 50% «Süd»",
    ),
    asked("which links do not agree", *PORTS[2:6], max_tokens=700),
    asked("which addresses are in the wrong place", *ADDRESSES),
    asked(
        "which prefixes stand alone",
        *PREFIXES,
        nautobot=Differs(
            "a prefix of the network of an aggregate is that aggregate there",
            wrong(*PREFIXES, without=(AGGREGATE,)),
        ),
    ),
    Case(
        "what is wrong by a check that does not exist",
        "audit",
        {"checks": ["device-without-serials"]},
        lambda _: Expected(error=('there is no check "device-without-serials"', "device-without-serial")),
    ),
)
