"""Questions about VLANs, prefixes, VRFs and addresses."""

from __future__ import annotations

from dataclasses import replace

from tests.questions.case import Case, Differs, Expected
from tests.questions.listing import listed, listing
from tests.questions.truth import Truth

OWNED = ["vid", "site", "cf_service_owner"]


def _owned_by_netops(truth: Truth) -> Expected:
    owned = listing("ipam.vlan", OWNED, lambda _, row: row["custom_fields"].get("service_owner") == "netops")
    return owned(truth)


NETWORKS: tuple[Case, ...] = (
    listed(
        "which VLANs are there", "ipam.vlan", {}, ["vid", "name", "site", "group", "status", "role", "tenant"]
    ),
    listed(
        "which VLANs have a number", "ipam.vlan", {"vid": 100}, ["name", "site"], lambda _, r: r["vid"] == 100
    ),
    listed(
        "which VLANs have one of several numbers",
        "ipam.vlan",
        {"vid": [100, 200, 2001]},
        ["vid", "name"],
        lambda _, r: r["vid"] in (100, 200, 2001),
    ),
    listed(
        "which VLANs are above 1000",
        "ipam.vlan",
        {"vid__gt": 1000},
        ["vid", "name"],
        lambda _, r: r["vid"] > 1000,
    ),
    listed(
        "which VLANs are at no site",
        "ipam.vlan",
        {"site": None},
        ["vid", "name"],
        lambda _, r: r["site"] is None,
    ),
    listed(
        "which VLANs are in no group",
        "ipam.vlan",
        {"group": None},
        ["vid", "name", "site"],
        lambda _, r: r["group"] is None,
    ),
    listed(
        "which VLANs are deprecated",
        "ipam.vlan",
        {"status": "deprecated"},
        ["vid", "site"],
        lambda _, r: r["status"] == "deprecated",
    ),
    Case(
        "which VLANs has a service owner",
        "list_objects",
        {"type": "vlan", "where": {"cf_service_owner": "netops"}, "fields": OWNED},
        lambda t: replace(_owned_by_netops(t), warnings=("matched loosely in NetBox",)),
        Differs(
            "Nautobot compares the whole of a custom field, NetBox a part, of which it warns",
            _owned_by_netops,
        ),
    ),
    listed(
        "which VLANs are for voice",
        "ipam.vlan",
        {"role": "Voice"},
        ["vid", "site", "role"],
        lambda t, r: t.show("ipam.vlan", r, "role") == "Voice",
    ),
    listed("which VLAN groups are there", "ipam.vlangroup", {}, ["name", "scope"]),
    listed(
        "which prefixes are in a VRF",
        "ipam.prefix",
        {"vrf": "Corporate", "status": "active"},
        ["prefix", "vrf", "scope", "vlan", "role", "tenant"],
        lambda t, r: t.show("ipam.prefix", r, "vrf") == "Corporate" and r["status"] == "active",
        nautobot=Differs(
            "Nautobot has containers as a type of prefix that is active, not as a status",
            listing(
                "ipam.prefix",
                ["prefix", "vrf", "scope", "vlan", "role", "tenant"],
                lambda t, r: t.show("ipam.prefix", r, "vrf") == "Corporate",
            ),
        ),
    ),
    listed(
        "which prefixes are in the global table at Albany",
        "ipam.prefix",
        {"vrf": None, "site": "Albany"},
        ["prefix", "scope", "vlan"],
        lambda t, r: r["vrf"] is None and t.show("ipam.prefix", r, "scope") == "Albany",
    ),
    listed(
        "which prefixes are at Akron",
        "ipam.prefix",
        {"site": "Akron"},
        ["prefix", "vrf", "role"],
        lambda t, r: t.show("ipam.prefix", r, "scope") == "Akron",
    ),
    listed(
        "which prefixes lie in a network",
        "ipam.prefix",
        {"within": "10.0.0.0/20"},
        ["prefix", "vrf"],
        lambda t, r: t.inside(r["prefix"], "10.0.0.0/20"),
    ),
    listed(
        "which prefixes of a VRF contain an address",
        "ipam.prefix",
        {"contains": "10.0.1.7", "vrf": "Corporate"},
        ["prefix"],
        lambda t, r: t.show("ipam.prefix", r, "vrf") == "Corporate" and t.inside("10.0.1.7/32", r["prefix"]),
    ),
    listed(
        "which prefixes are reserved",
        "ipam.prefix",
        {"status": "reserved"},
        ["prefix", "description"],
        lambda _, r: r["status"] == "reserved",
    ),
    listed(
        "which prefixes have a VLAN",
        "ipam.prefix",
        {"vlan": "not null"},
        ["prefix", "vlan"],
        lambda _, r: r["vlan"],
    ),
    listed("which aggregates are there", "ipam.aggregate", {}, ["prefix", "rir"]),
    listed("which VRFs are there", "ipam.vrf", {}, ["name", "rd"]),
    listed(
        "which VRF has no route distinguisher", "ipam.vrf", {"rd": None}, ["name"], lambda _, r: not r["rd"]
    ),
    listed(
        "which IP addresses does a device have",
        "ipam.ipaddress",
        {"device": "akr-core01"},
        ["address", "assigned", "status", "vrf"],
        lambda t, r: str(t.show("ipam.ipaddress", r, "assigned")).startswith("akr-core01 "),
    ),
    listed(
        "which IP addresses are in a network",
        "ipam.ipaddress",
        {"parent": "10.0.1.0/24", "vrf": "Lab"},
        ["address", "vrf"],
        lambda t, r: t.show("ipam.ipaddress", r, "vrf") == "Lab" and t.inside(t.host(r), "10.0.1.0/24"),
    ),
    listed(
        "which IP addresses have a name",
        "ipam.ipaddress",
        {"dns_name": "not null"},
        ["address", "dns_name"],
        lambda _, r: r["dns_name"],
    ),
    listed(
        "which IP addresses are loopbacks or shared by VRRP",
        "ipam.ipaddress",
        {"role": ["loopback", "vrrp"]},
        ["address", "role"],
        lambda _, r: r["role"] in ("loopback", "vrrp"),
    ),
    listed("which IP ranges are there", "ipam.iprange", {}, ["status", "vrf"]),
)
