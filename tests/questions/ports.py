"""Questions about interfaces and cables."""

from __future__ import annotations

from tests.questions.case import Case, Expected, Table
from tests.questions.listing import listed

PORT = ("device", "name", "type", "enabled")

PORTS: tuple[Case, ...] = (
    listed(
        "which ports does the master of a stack have itself",
        "dcim.interface",
        {"device": "bin-asw01"},
        PORT,
        lambda t, r: t.show("dcim.interface", r, "device") == "bin-asw01",
    ),
    listed(
        "which ports are in New York",
        "dcim.interface",
        {"region": "New York"},
        ["device", "name"],
        lambda t, r: t.in_region(t.table("dcim.device")[r["device"]], "New York"),
    ),
    listed(
        "which ports are in a building, its rooms included",
        "dcim.interface",
        {"location__ic": "building"},
        ["device", "name"],
    ),
    listed(
        "which ports are in the racks of the core",
        "dcim.interface",
        {"device_role": "Core switch", "type": "lag"},
        ["device", "name"],
        lambda t, r: t.show("dcim.interface", r, "device.role") == "Core switch" and r["type"] == "lag",
    ),
    listed(
        "which ports carry VLAN 100 of any site",
        "dcim.interface",
        {"vlan": 100},
        ["device", "name", "mode"],
        lambda t, r: any(
            t.table("ipam.vlan")[id_]["vid"] == 100 for id_ in (r["untagged_vlan"], *r["tagged_vlans"]) if id_
        ),
    ),
    listed(
        "which ports does a switch have",
        "dcim.interface",
        {"device": "akr-asw01"},
        PORT,
        lambda t, r: t.show("dcim.interface", r, "device") == "akr-asw01",
    ),
    listed(
        "which ports of Akron are disabled",
        "dcim.interface",
        {"site": "Akron", "enabled": False},
        PORT,
        lambda t, r: t.site_of("dcim.interface", r) == "Akron" and not r["enabled"],
    ),
    listed("which ports are there in all", "dcim.interface", {}, PORT),
    listed(
        "which ports are in mode tagged-all",
        "dcim.interface",
        {"mode": "tagged-all"},
        ["device", "name", "mode", "untagged_vlan"],
        lambda _, r: r["mode"] == "tagged-all",
    ),
    listed(
        "which trunks of a switch carry what",
        "dcim.interface",
        {"device": "akr-core01", "mode": "tagged"},
        ["name", "untagged_vlan", "tagged_vlans"],
        lambda t, r: t.show("dcim.interface", r, "device") == "akr-core01" and r["mode"] == "tagged",
    ),
    listed(
        "which ports are LAGs or virtual",
        "dcim.interface",
        {"type": ["lag", "virtual"]},
        ["device", "name", "type", "mtu"],
        lambda _, r: r["type"] in ("lag", "virtual"),
    ),
    listed(
        "which ports have jumbo frames",
        "dcim.interface",
        {"mtu__gte": 9000},
        ["device", "name", "mtu"],
        lambda _, r: (r["mtu"] or 0) >= 9000,
    ),
    listed(
        "which ports are only for management",
        "dcim.interface",
        {"mgmt_only": True},
        ["device", "name"],
        lambda _, r: r["mgmt_only"],
    ),
    listed(
        "which ports carry a cable",
        "dcim.interface",
        {"cabled": True},
        ["device", "name"],
        lambda t, r: ("dcim.interface", r["id"]) in t.cabled,
    ),
    listed(
        "which ports are described as an uplink",
        "dcim.interface",
        {"description__ic": "uplink"},
        ["device", "name", "description"],
        lambda _, r: "uplink" in r["description"],
    ),
    listed(
        "which ports of the access switches are named by a pattern",
        "dcim.interface",
        {"device__ic": "asw", "name__isw": "TenGigabitEthernet"},
        ["device", "name"],
        lambda t, r: (
            "asw" in str(t.show("dcim.interface", r, "device")) and r["name"].startswith("TenGigabitEthernet")
        ),
    ),
    listed(
        "which interface has a MAC address",
        "dcim.interface",
        {"mac_address": "02:1A:00:00:00:40"},
        ["device", "name", "mac_address"],
        lambda t, r: t.show("dcim.interface", r, "mac_address") == "02:1A:00:00:00:40",
    ),
    listed(
        "which interfaces do virtual machines of Akron's cluster have",
        "virtualization.vminterface",
        {"cluster": "akr-cluster01"},
        ["virtual_machine", "name", "enabled", "mode", "untagged_vlan", "mac_address"],
        lambda t, r: t.show("virtualization.vminterface", r, "virtual_machine.cluster") == "akr-cluster01",
    ),
    listed("which cables are there", "dcim.cable", {}, ["type", "status", "color"]),
    listed(
        "which cables are planned",
        "dcim.cable",
        {"status": "planned"},
        ["type", "status"],
        lambda _, r: r["status"] == "planned",
    ),
    Case(
        "what are copper cables plugged into",
        "list_objects",
        {"type": "cable", "where": {"type": "cat6"}, "fields": ["a_terminations", "b_terminations"]},
        lambda t: Expected(
            {
                "cables": Table(
                    ("a_terminations", "b_terminations"),
                    [
                        [t.ends(r["id"], "A"), t.ends(r["id"], "B")]
                        for r in t.rows("dcim.cable", lambda r: r["type"] == "cat6")
                    ],
                )
            }
        ),
    ),
)
