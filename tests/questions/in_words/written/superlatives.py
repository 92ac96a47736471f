"""The most, the newest, the largest: what comes first in some order."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows

SUPERLATIVES: tuple[Asked, ...] = (
    asked("which site has the most devices?", rows("device", by="site"), rows("site", order=["-devices"])),
    asked("site with the fewest devices", rows("site", order=["devices"]), rows("device", by="site")),
    asked(
        "device with the most interfaces",
        rows("device", order=["-interfaces"]),
        rows("interface", by="device"),
    ),
    asked(
        "who is our biggest tenant by number of devices",
        rows("tenant", order=["-devices"]),
        rows("device", by="tenant"),
    ),
    asked("top 3 sites by number of vlans", rows("site", order=["-vlans"]), rows("vlan", by="site")),
    asked(
        "most used switch model",
        rows("device type", order=["-devices"]),
        rows("device", by="device_type", role="Switch"),
        rows("device", by="device_type", role__ic="switch"),
        rows("device", by="device_type", role=["Core switch", "Access switch"]),
    ),
    asked(
        "which provider do we have the most circuits with",
        rows("provider", order=["-circuits"]),
        rows("circuit", by="provider"),
    ),
    asked(
        "which cluster runs the most virtual machines?",
        rows("cluster", order=["-virtual_machines"]),
        rows("vm", by="cluster"),
    ),
    asked("which VLAN has the most ports", rows("vlan", order=["-interfaces"])),
    asked("newest device", rows("device", order=["-created"])),
    asked("What is the most recently added VM?", rows("vm", order=["-created"])),
    asked("the 5 oldest devices in Akron", rows("device", order=["created"], site="Akron", limit=5)),
    asked("last updated device", rows("device", order=["-last_updated"])),
    asked("which vm has the most memory", rows("vm", order=["-memory"])),
    asked("largest disk of any vm on alb-cluster01", rows("vm", order=["-disk"], cluster="alb-cluster01")),
    asked("longest cable", rows("cable", order=["-length"])),
    asked("shortest cables in Albany", rows("cable", order=["length"], site="Albany")),
    asked("fastest circuit", rows("circuit", order=["-commit_rate"])),
    asked("highest vlan id at Akron", rows("vlan", order=["-vid"], site="Akron")),
    asked("lowest VLAN number", rows("vlan", order=["vid"])),
    asked(
        "topmost device in rack R01 at Albany", rows("device", order=["-position"], rack="R01", site="Albany")
    ),
    asked("biggest device type we have by height", rows("device type", order=["-u_height"])),
    asked("devices at Akron sorted by name", rows("device", site="Akron", order=["name"])),
    asked(
        "list vlans of Buffalo ordered by number, highest first", rows("vlan", site="Buffalo", order=["-vid"])
    ),
    asked("what region has most sites", rows("region", order=["-sites"]), rows("site", by="region")),
    asked("fullest prefixes", call("ip_space")),
    asked("fullest rack", call("capacity", type="racks"), call("capacity")),
    asked("emptiest rack in New York", call("capacity", of="New York", type="racks")),
)
