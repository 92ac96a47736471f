"""VLANs: where they are, and which ports and devices carry them."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows

VLANS: tuple[Asked, ...] = (
    asked("which ports are in vlan 100", call("vlans", vid=100), rows("interface", vlan=100)),
    asked("what devices carry VLAN 300 at Albany?", call("vlans", vid=300, site="Albany")),
    asked("who uses the Storage VLAN", call("vlans", name="Storage")),
    asked("vlan 600", call("vlans", vid=600), rows("vlan", vid=600)),
    asked("vlans akron", call("vlans", site="Akron"), rows("vlan", site="Akron")),
    asked(
        "Please list all VLANs configured at Utica.", call("vlans", site="Utica"), rows("vlan", site="Utica")
    ),
    asked("vlans 100 and 200 at Akron: where are they used", call("vlans", vid=[100, 200], site="Akron")),
    asked("VLANs of Engineering", call("vlans", tenant="Engineering"), rows("vlan", tenant="Engineering")),
    asked(
        "show the VLANs in the group Buffalo VLANs",
        call("vlans", group="Buffalo VLANs"),
        rows("vlan", group="Buffalo VLANs"),
    ),
    asked("Is vlan 900 used anywhere?", call("vlans", vid=900), rows("interface", vlan=900)),
    asked("where does the DMZ vlan exist", call("vlans", name="DMZ"), rows("vlan", name="DMZ")),
    asked(
        "on which switches is voice vlan 300 in Camden",
        call("vlans", vid=300, site="Camden"),
        call("vlans", vid=300, site="Camden", name="Voice"),
    ),
    asked(
        "prefix of vlan 200 at Albany",
        call("vlans", vid=200, site="Albany"),
        rows("prefix", vlan=200, site="Albany"),
    ),
    asked("all vlans", call("vlans"), rows("vlan")),
    asked(
        "members of vlan 400 in Rochester",
        call("vlans", vid=400, site="Rochester"),
        rows("interface", vlan=400, site="Rochester"),
    ),
    asked("from VLAN 500 to its interfaces to the devices at Akron", call("vlans", vid=500, site="Akron")),
    asked("vlna 10 stamford", call("vlans", vid=10, site="Stamford"), rows("vlan", vid=10, site="Stamford")),
    asked(
        "vlans named Users in Pittsfield",
        call("vlans", name="Users", site="Pittsfield"),
        rows("vlan", name="Users", site="Pittsfield"),
    ),
    asked("vlans with role Transit", rows("vlan", role="Transit")),
    asked("deprecated VLANs in Albany", rows("vlan", status="deprecated", site="Albany")),
)
