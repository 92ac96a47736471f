"""What is wrong in the inventory."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call

HEALTH: tuple[Asked, ...] = (
    asked("audit of the Akron site", call("audit", site="Akron")),
    asked("what is wrong in our inventory?", call("audit")),
    asked("data quality problems at Albany", call("audit", site="Albany")),
    asked("are there vlan mismatches?", call("audit", checks=["vlan-mismatch"])),
    asked("mtu mismatch on links in Albany", call("audit", site="Albany", checks=["mtu-mismatch"])),
    asked("duplicate serial numbers", call("audit", checks=["duplicate-serial"])),
    asked("do two devices share the same name", call("audit", checks=["duplicate-device-name"])),
    asked("duplicate macs", call("audit", checks=["duplicate-mac"])),
    asked("cables with only one end", call("audit", checks=["cable-with-one-end"])),
    asked("disabled ports that still have a cable", call("audit", checks=["disabled-with-cable"])),
    asked("speed mismatches across links", call("audit", checks=["speed-mismatch"])),
    asked(
        "which devices have a single uplink in New York",
        call("audit", site="New York", checks=["single-uplink"]),
    ),
    asked(
        "boxes with only one power source at akron",
        call("audit", site="Akron", checks=["single-power-source"]),
    ),
    asked("high severity findings", call("audit", checks=["high"])),
    asked("check the firewalls for problems", call("audit", role="Firewall")),
    asked("IP addresses outside of any prefix", call("audit", checks=["address-outside-prefixes"])),
    asked("stale planned devices", call("audit", checks=["stale-planned-device"])),
    asked("devices with strange names compared to their peers", call("audit", checks=["name-unlike-peers"])),
    asked(
        "Run an audit on everything tagged critical, high and medium only",
        call("audit", tag="critical", checks=["high", "medium"]),
    ),
    asked("audit tenant Engineering", call("audit", tenant="Engineering")),
)
