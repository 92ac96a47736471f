"""Questions for `ip_space`: how full is it, what is free, and where is an address."""

from __future__ import annotations

from ipaddress import ip_interface, ip_network
from typing import Any

from tests.questions.case import Case, Expect, Expected, Table
from tests.questions.truth import Row, Truth

PREFIX = "ipam.prefix"
ADDRESS = "ipam.ipaddress"


def addresses_in(truth: Truth, prefix: Row) -> list[Row]:
    """The addresses of the same VRF in a prefix."""
    network = ip_network(prefix["prefix"])
    return truth.rows(
        ADDRESS, lambda row: row["vrf"] == prefix["vrf"] and ip_interface(row["address"]).ip in network
    )


def children_of(truth: Truth, prefix: Row) -> list[Row]:
    """The prefixes of the same VRF in a prefix."""
    return truth.rows(
        PREFIX,
        lambda row: row["vrf"] == prefix["vrf"] and truth.inside(row["prefix"], prefix["prefix"]),
    )


def fullness(truth: Truth, prefix: Row) -> float:
    """In percent, of prefixes that have child prefixes or addresses, but not both."""
    network = ip_network(prefix["prefix"])
    if prefix["status"] == "container":
        spans = [ip_network(row["prefix"]) for row in children_of(truth, prefix)]
        outer = [each for each in spans if not any(truth.inside(str(each), str(one)) for one in spans)]
        return round(100 * sum(each.num_addresses for each in outer) / network.num_addresses, 1)
    whole = network.num_addresses - (2 if network.version == 4 and not prefix["is_pool"] else 0)
    return round(100 * len({Truth.host(row) for row in addresses_in(truth, prefix)}) / whole, 1)


def prefixes(chosen: Any) -> Expect:
    """The prefixes that are chosen, with how full they are."""

    def expect(truth: Truth) -> Expected:
        rows = truth.rows(PREFIX, lambda row: chosen(truth, row))
        table = [
            [
                row["prefix"],
                *(truth.show(PREFIX, row, name) for name in ("vrf", "scope", "vlan", "role")),
                fullness(truth, row),
            ]
            for row in rows
        ]
        return Expected(
            {"prefixes": Table(("prefix", "vrf", "scope", "vlan", "role", "utilization"), table)},
            summary=(f"{len(rows)} prefix",),
        )

    return expect


def of(truth: Truth, prefix: str, vrf: str) -> Row:
    """The prefix of a VRF."""
    [found] = truth.rows(
        PREFIX, lambda row: row["prefix"] == prefix and truth.show(PREFIX, row, "vrf") == vrf
    )
    return found


def contents(prefix: str, vrf: str) -> Expect:
    """The addresses in a prefix with what holds them, and the first one that is free."""

    def expect(truth: Truth) -> Expected:
        row = of(truth, prefix, vrf)
        rows = addresses_in(truth, row)
        taken = {Truth.host(each) for each in rows}
        hosts = [host for host in ip_network(prefix).hosts() if str(host) not in taken]
        length = prefix.partition("/")[2]
        return Expected(
            {
                "addresses": Table(
                    ("address", "vrf", "dns_name"),
                    [[each["address"], vrf, each["dns_name"] or None] for each in rows],
                ),
                "prefix": Table(
                    ("prefix", "vrf", "utilization", "used", "free", "next_free"),
                    [
                        [
                            prefix,
                            vrf,
                            fullness(truth, row),
                            len(taken),
                            len(hosts),
                            f"{hosts[0]}/{length}",
                        ]
                    ],
                ),
            },
            summary=(f"{len(hosts)} of", f"next {hosts[0]}/{length}", f"{len(rows)} IP address"),
        )

    return expect


def free(vrf: str, length: int) -> Expect:
    """The first free prefix of a length in each container of a VRF, and how many there are."""

    def expect(truth: Truth) -> Expected:
        containers = truth.rows(
            PREFIX, lambda row: row["status"] == "container" and truth.show(PREFIX, row, "vrf") == vrf
        )
        table = []
        for row in containers:
            if ip_network(row["prefix"]).version != 4:
                continue
            inner = [ip_network(each["prefix"]) for each in children_of(truth, row)]
            room = [
                block
                for block in ip_network(row["prefix"]).subnets(new_prefix=length)
                if not any(block.overlaps(each) for each in inner)
            ]
            table.append([row["prefix"], str(room[0]), len(room)])
        return Expected({f"free /{length}": Table(("in", "next_free", "how_many"), table)})

    return expect


def record(address: str, vrf: str, *beyond: str) -> Expect:
    """The one record of an address, with what it is in and, beyond that, what it is on."""

    def expect(truth: Truth) -> Expected:
        [row] = truth.rows(
            ADDRESS, lambda row: Truth.host(row) == address and truth.show(ADDRESS, row, "vrf") == vrf
        )
        around = truth.rows(
            PREFIX,
            lambda each: truth.show(PREFIX, each, "vrf") == vrf and truth.inside(address, each["prefix"]),
        )
        nearest = max(around, key=lambda each: ip_network(each["prefix"]).prefixlen)
        scope, vlan = (truth.show(PREFIX, nearest, name) for name in ("scope", "vlan"))
        more = [truth.show(ADDRESS, row, name) for name in beyond]
        return Expected(
            {
                "records": Table(
                    ("address", "vrf", "site", "prefix", "vlan", *beyond),
                    [[row["address"], vrf, scope, nearest["prefix"], vlan, *more]],
                ),
                "containing prefixes": Table(("prefix", "vrf"), [[each["prefix"], vrf] for each in around]),
            },
            summary=(address,),
        )

    return expect


def twice(truth: Truth) -> Expected:
    """The addresses of the lab that are in another VRF, too."""
    lab = {
        Truth.host(row) for row in truth.rows(ADDRESS, lambda row: truth.show(ADDRESS, row, "vrf") == "Lab")
    }
    others = truth.rows(
        ADDRESS, lambda row: truth.show(ADDRESS, row, "vrf") == "Corporate" and Truth.host(row) in lab
    )
    rows = [["address in several VRFs", Truth.host(row), ("Corporate", "Lab")] for row in others]
    return Expected({"duplicates and overlaps": Table(("finding", "what", "vrf"), rows, among=True)})


def _shared(truth: Truth, row: Row) -> bool:
    return truth.show(PREFIX, row, "scope") == "Akron"


SPACE: tuple[Case, ...] = (
    Case("how full is Akron", "ip_space", {"site": "Akron"}, prefixes(_shared)),
    Case(
        "how full are the networks of a role",
        "ip_space",
        {"role": "Voice"},
        prefixes(lambda truth, row: truth.show(PREFIX, row, "role") == "Voice"),
    ),
    Case(
        "how full is a VRF",
        "ip_space",
        {"vrf": "Corporate"},
        prefixes(lambda truth, row: truth.show(PREFIX, row, "vrf") == "Corporate"),
    ),
    Case(
        "what is in a prefix",
        "ip_space",
        {"prefix": "10.0.1.0/24", "vrf": "Corporate"},
        contents("10.0.1.0/24", "Corporate"),
    ),
    Case(
        "where is the next free /22 of a VRF",
        "ip_space",
        {"vrf": "Corporate", "free_length": 22},
        free("Corporate", 22),
    ),
    Case(
        "where is the next free /26 of a VRF",
        "ip_space",
        {"vrf": "Guest", "free_length": 26, "max_tokens": 8_000},
        free("Guest", 26),
    ),
    Case(
        "where is an address",
        "ip_space",
        {"address": "10.0.1.7", "vrf": "Corporate"},
        record("10.0.1.7", "Corporate", "assigned", "dns_name"),
    ),
    Case(
        "where is an address that routers share",
        "ip_space",
        {"address": "10.0.1.6", "vrf": "Corporate"},
        record("10.0.1.6", "Corporate"),
    ),
    Case(
        "where is an address that is nowhere",
        "ip_space",
        {"address": "198.18.7.7"},
        lambda _: Expected(summary=("recorded nowhere, and in no prefix",)),
    ),
    Case("which addresses are there twice", "ip_space", {"prefix": "10.0.1.0/24"}, twice),
    Case(
        "how full is something that is no prefix",
        "ip_space",
        {"prefix": "10.0.0.300/24"},
        lambda _: Expected(error=("is no prefix",)),
    ),
)
