"""Questions for `find`: what and where is a name, a part of one, an address, a MAC, a serial, a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.questions.case import Case, Differs, Expect, Expected, Table
from tests.questions.truth import Truth

MATCH = ("type", "name", "where")
AGGREGATED = (
    "an aggregate is a prefix in Nautobot: 10.0.0.0/8 of the global table is one thing, and an aggregate"
)


def found(
    question: str, text: str, rows: Sequence[Sequence[Any]], *, among: bool = False, **more: Any
) -> Case:
    """The case of a look-up that finds just these, or these among others."""
    return Case(
        question,
        "find",
        {"text": text, **more},
        lambda _: Expected({"matches": Table(MATCH, rows, among=among)}),
    )


def named(question: str, text: str, *types: str) -> Case:
    """The case of a part of a name: all objects of these types that have it in theirs."""

    def expect(truth: Truth) -> Expected:
        rows = [
            [type_, name]
            for type_ in types
            for row in truth.rows(type_)
            if text.lower() in (name := str(truth.title(type_, row["id"]))).lower()
        ]
        return Expected({"matches": Table(("type", "name"), rows)})

    return Case(question, "find", {"text": text, "types": list(types), "max_tokens": 8_000}, expect)


def _containing(truth: Truth, without: str = "") -> Expected:
    rows = [
        [
            "ipam.prefix",
            row["prefix"],
            truth.show("ipam.prefix", row, "scope") or truth.show("ipam.prefix", row, "vrf"),
        ]
        for row in truth.rows("ipam.prefix")
        if truth.inside("10.0.1.4/32", row["prefix"]) and (row["prefix"] != without or row["vrf"])
    ]
    addresses = [
        [
            "ipam.ipaddress",
            row["address"],
            truth.show("ipam.ipaddress", row, "assigned") or truth.show("ipam.ipaddress", row, "vrf"),
        ]
        for row in truth.rows("ipam.ipaddress")
        if truth.host(row) == "10.0.1.4"
    ]
    return Expected({"matches": Table(MATCH, [*addresses, *rows])})


def _port_of_mac(truth: Truth) -> Expected:
    port = "dcim.interface"
    [row] = truth.rows(port, lambda row: truth.show(port, row, "mac_address") == "02:1A:00:00:00:40")
    return Expected({"matches": Table(MATCH, [[port, row["name"], truth.show(port, row, "device")]])})


def _named_in_dns(truth: Truth) -> Expected:
    address = "ipam.ipaddress"
    [row] = truth.rows(address, lambda row: row["dns_name"] == "akr-db03.example.com")
    return Expected(
        {"matches": Table(MATCH, [[address, row["address"], truth.show(address, row, "assigned")]])}
    )


def _same_as_listed(text: str, type_: str) -> Expect:
    def expect(truth: Truth) -> Expected:
        return Expected(
            {
                "matches": Table(
                    ("type", "name"),
                    [
                        [type_, truth.title(type_, r["id"])]
                        for r in truth.rows(type_)
                        if text in str(r["vid"])
                    ],
                    among=True,
                )
            }
        )

    return expect


FINDS: tuple[Case, ...] = (
    found("what is akr-fw01", "akr-fw01", [["dcim.device", "akr-fw01", "Akron"]]),
    found("what is AKR-FW01, in capitals", "AKR-FW01", [["dcim.device", "akr-fw01", "Akron"]]),
    found(
        "what is a name that two devices have",
        "console-server01",
        [["dcim.device", "console-server01", "Akron"], ["dcim.device", "console-server01", "Albany"]],
    ),
    found("what is a virtual machine", "akr-db03", [["virtualization.virtualmachine", "akr-db03", "Akron"]]),
    found("where is a serial number", "FI00031676", [["dcim.device", "akr-fw01", "Akron"]]),
    found("where is an asset tag", "NB-000016", [["dcim.device", "alb-brd01", "Albany"]]),
    found("what is a circuit id", "LU-4403", [["circuits.circuit", "LU-4403", "Lumen Path"]]),
    Case("where is a MAC address", "find", {"text": "02:1a:00:00:00:40"}, _port_of_mac),
    Case("where is a MAC address as Cisco writes it", "find", {"text": "021a.0000.0040"}, _port_of_mac),
    Case("where is a MAC address without signs between", "find", {"text": "021A00000040"}, _port_of_mac),
    Case(
        "where is an IP address, and what contains it",
        "find",
        {"text": "10.0.1.4"},
        _containing,
        Differs(AGGREGATED, lambda t: _containing(t, "10.0.0.0/8")),
    ),
    found("what is a prefix", "10.0.6.0/24", [["ipam.prefix", "10.0.6.0/24", "Akron"]], among=True),
    found("what is a host in IPv6", "2001:db8:0:64::1", [], among=True),
    Case("what is VLAN number 2003", "find", {"text": "2003"}, _same_as_listed("2003", "ipam.vlan")),
    found(
        "where is a port by its name",
        "GigabitEthernet0/0/0",
        [["dcim.interface", "GigabitEthernet0/0/0", "buf-rtr01"]],
        among=True,
    ),
    Case("what has a name in the DNS", "find", {"text": "akr-db03.example.com"}, _named_in_dns),
    found(
        "what is a site with quotes, a slash and a percent sign",
        "Saint-Étienne/O'Hare 50% «Süd»",
        [["dcim.site", "Saint-Étienne/O'Hare 50% «Süd»", "Engineering"]],
        among=True,
    ),
    found("what is something that does not exist", "zzz-nothing", []),
    named("what has `core` in its name", "core", "dcim.device"),
    named("what has `stack` in its name", "mail", "virtualization.virtualmachine"),
    named("which tenants and providers have an `in` in their names", "brightwater", "tenancy.tenant"),
)
