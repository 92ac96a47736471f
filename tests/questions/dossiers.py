"""Questions for `describe`: the dossier of every kind of object."""

from __future__ import annotations

from typing import Any

from tests.questions.case import ById, Case, Differs, Expect, Expected, Table
from tests.questions.dossier import (
    DEVICE,
    address,
    beside,
    building,
    circuit,
    counted,
    device,
    holder,
    machine,
    noted,
    prefix,
    rack,
    reachable,
    shared,
    site,
    table,
    tenant,
)
from tests.questions.finds import AGGREGATED
from tests.questions.listing import SUED

ENDLESS = Differs(
    "a path ends in no provider's network in Nautobot",
    device("akr-brd01", dead_ends=["circuits.providernetwork"]),
)


def described(
    question: str,
    object_: str | ById,
    expected: Expect,
    *,
    nautobot: Differs | None = None,
    along: Expect | None = None,
    **more: Any,
) -> Case:
    """The case of one dossier."""
    return Case(question, "describe", {"object": object_, **more}, expected, nautobot, along)


def _refused(*words: str) -> Expect:
    return lambda _: Expected(error=words)


DOSSIERS: tuple[Case, ...] = (
    described("what is a core switch with all its ports", "akr-core01", device("akr-core01")),
    described("what is an access switch with 48 ports", "alb-asw01", device("alb-asw01")),
    described("what is a firewall, its name in capitals", "AKR-FW01", device("akr-fw01")),
    described("what is a router that a circuit leads to", "bin-rtr01", device("bin-rtr01")),
    described("what is a server with a LAG", "akr-srv01", device("akr-srv01")),
    described("what is the master of a stack", "bin-asw01", device("bin-asw01")),
    described(
        "what is a device, its type said before its name",
        "device akr-brd01",
        device("akr-brd01"),
        nautobot=Differs(
            "a path ends in no provider's network in Nautobot",
            device("akr-brd01", ("circuits.providernetwork",)),
        ),
    ),
    described("what is a machine of a cluster", "akr-db01", machine("akr-db01")),
    described("who is in charge of a site", "Albany", site("Albany"), along=reachable("Albany"), type="site"),
    described(
        "what was noted about a device",
        "akr-core01",
        noted("akr-core01", "created", "comments"),
        along=noted("akr-core01", "created", "comments", "by"),
    ),
    described(
        "what feeds a core switch, and which gateways it is",
        "device akr-core02",
        device("akr-core02"),
        along=beside("akr-core02"),
    ),
    described("whose is the address of a gateway", "10.0.1.6/24", shared("10.0.1.6/24")),
    described(
        "what is reserved in a rack",
        ById("rack", {"site": "Akron"}),
        rack("Akron"),
        type="rack",
    ),
    described(
        "what is in a building",
        ById("location", {"site": "Akron", "name": "Building 1"}),
        building("Akron", "Building 1"),
        type="location",
    ),
    described("what is a data center", "Akron", site("Akron")),
    described("what is a branch", "Utica", site("Utica")),
    described("what is in a site with quotes, a slash and a percent sign", SUED, site(SUED)),
    described("what is in a rack", "R01", _refused('13 objects are called "R01"', "site Akron"), type="rack"),
    described(
        "what are rooms of the same name", "Hall A", _refused('2 objects are called "Hall A"', "site Albany")
    ),
    described(
        "what is a region",
        "New York",
        lambda t: Expected(
            {
                "sites (with regions within)": table(
                    t,
                    "dcim.site",
                    ("name", "status", "tenant"),
                    t.rows("dcim.site", lambda r: t.in_region({"site": r["id"]}, "New York")),
                )
            },
            {
                "type": "dcim.region",
                "parent": "Americas",
                "counts": counted(
                    t,
                    devices=(DEVICE, lambda r: t.in_region(r, "New York")),
                    racks=("dcim.rack", lambda r: t.in_region(r, "New York")),
                ),
            },
        ),
    ),
    described(
        "what is a VLAN of the backbone",
        "vlan 2002",
        lambda _: Expected(
            {"interfaces": Table(("device",), [])}, {"vid": 2002, "name": "Backbone 2", "group": "Backbone"}
        ),
    ),
    described(
        "what are VLANs of the same number", "vlan 100", _refused('13 objects are called "100"', "site ")
    ),
    described("what is a prefix with hosts", "10.0.1.0/24", prefix("10.0.1.0/24", "Corporate")),
    described("what is a prefix with a network below it", "172.16.0.0/16", prefix("172.16.0.0/16", None)),
    described(
        "what is a prefix that three tables have",
        "10.0.0.0/20",
        _refused('4 objects are called "10.0.0.0/20"', "vrf Corporate", "vrf Lab"),
    ),
    described(
        "what is an address",
        "10.0.6.1/24",
        address("10.0.6.1/24"),
        nautobot=Differs(AGGREGATED, address("10.0.6.1/24", "10.0.0.0/8")),
    ),
    described(
        "what is an address that two VRFs have",
        "10.0.1.4",
        _refused('2 objects are called "10.0.1.4"', "vrf Corporate", "vrf Lab"),
    ),
    described("what is a circuit", "LU-4403", circuit("LU-4403")),
    described("what is a circuit into a provider's network", "NO-4401", circuit("NO-4401")),
    described("what is a tenant", "Engineering", tenant("Engineering")),
    described("what is a tenant with an ampersand", "Warehouse & Logistics", tenant("Warehouse & Logistics")),
    described(
        "what is a cluster",
        "akr-cluster01",
        holder(
            "virtualization.cluster",
            "akr-cluster01",
            ("name", "type", "group", "scope"),
            {
                "virtual machines": (
                    "virtualization.virtualmachine",
                    "cluster",
                    ("name", "status", "role", "vcpus", "memory", "disk", "primary_ip4"),
                ),
                "devices": (DEVICE, "cluster", ("name", "role", "status", "rack")),
            },
        ),
    ),
    described(
        "what is a stack",
        "bin-stack01",
        holder(
            "dcim.virtualchassis",
            "bin-stack01",
            ("name", "domain", "master"),
            {
                "members": (
                    DEVICE,
                    "virtual_chassis",
                    ("vc_position", "name", "device_type", "status", "serial"),
                )
            },
        ),
    ),
    described(
        "what is a provider",
        "Lumen Path",
        holder(
            "circuits.provider",
            "Lumen Path",
            ("name",),
            {
                "circuits": (
                    "circuits.circuit",
                    "provider",
                    ("cid", "type", "status", "tenant", "commit_rate"),
                )
            },
        ),
    ),
    described(
        "what is a manufacturer",
        "Cisco",
        holder(
            "dcim.manufacturer",
            "Cisco",
            ("name",),
            {"device types": ("dcim.devicetype", "manufacturer", ("model", "part_number", "u_height"))},
        ),
    ),
    described(
        "what is a VRF",
        "Corporate",
        lambda t: Expected(
            facts={
                "type": "ipam.vrf",
                "rd": "65000:10",
                "counts": counted(
                    t,
                    prefixes=("ipam.prefix", lambda r: t.show("ipam.prefix", r, "vrf") == "Corporate"),
                    ip_addresses=(
                        "ipam.ipaddress",
                        lambda r: t.show("ipam.ipaddress", r, "vrf") == "Corporate",
                    ),
                ),
            }
        ),
    ),
    described(
        "what is a device type",
        "ISR 4331",
        lambda t: Expected(
            {
                "devices by site": Table(
                    ("site", "count"),
                    [
                        [t.show(DEVICE, r, "site"), 1]
                        for r in t.rows(DEVICE, lambda r: t.show(DEVICE, r, "device_type") == "ISR 4331")
                    ],
                )
            },
            {"type": "dcim.devicetype", "manufacturer": "Cisco", "part_number": "ISR4331/K9"},
        ),
    ),
    described(
        "what is a tag",
        "critical",
        lambda _: Expected(facts={"type": "extras.tag", "name": "critical", "color": "f44336"}),
        type="tag",
    ),
    described(
        "what are devices of the same name",
        "console-server01",
        _refused('2 objects are called "console-server01"', "site Akron", "site Albany", "id:"),
    ),
    described("what is a name with a typing error", "akr-fw1", _refused('"akr-fw1"', "akr-fw01")),
    described(
        "what is a site by the name of a device",
        "akr-fw01",
        _refused('there is no site "akr-fw01"'),
        type="site",
    ),
)
