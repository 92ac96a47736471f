"""Which devices: by place, role, model, owner, state, and several of these at once."""

from __future__ import annotations

from typing import Any

from tests.questions.in_words.case import Asked, Call, asked, call, rows
from tests.questions.listing import SUED


def switches(**where: Any) -> tuple[Call, ...]:
    """Every way to say switches of any kind: the role above them, all of them, or by their name."""
    kinds = ("Switch", ["Core switch", "Access switch"], ["Switch", "Core switch", "Access switch"])
    return (
        *(rows("device", role=kind, **where) for kind in kinds),
        rows("device", role__ic="switch", **where),
        rows("device", role__iew="switch", **where),
    )


DEVICES: tuple[Asked, ...] = (
    asked("devices akron", rows("device", site="Akron")),
    asked("What have we got racked in Buffalo?", rows("device", site="Buffalo")),
    asked(
        "could you please give me a list of all equipment at the Rochester site",
        rows("device", site="Rochester"),
    ),
    asked("everything cisco", rows("device", manufacturer="Cisco")),
    asked("list Arista gear in Albany", rows("device", manufacturer="Arista", site="Albany")),
    asked("show all switches in akron", *switches(site="Akron")),
    asked("sw akron", *switches(site="Akron")),
    asked("which swithces are in Utica", *switches(site="Utica")),
    asked("acces switches yonkers", rows("device", role="Access switch", site="Yonkers")),
    asked("rtrs in new york", rows("device", role="Router", region="New York")),
    asked("all routers", rows("device", role="Router")),
    asked("Give me the firewalls, please.", rows("device", role="Firewall")),
    asked("fw albany", rows("device", role="Firewall", site="Albany")),
    asked("core switches of akron and albany", rows("device", role="Core switch", site=["Akron", "Albany"])),
    asked(
        "which devices in Scranton or Stamford are routers",
        rows("device", role="Router", site=["Scranton", "Stamford"]),
    ),
    asked("pdus at akron", rows("device", role="PDU", site="Akron")),
    asked(
        "where are our console servers?",
        rows("device", role="Console server"),
        rows("device", by="site", role="Console server"),
    ),
    asked("Which patch panels do we own in Camden?", rows("device", role="Patch panel", site="Camden")),
    asked("offline devices", rows("device", status="offline")),
    asked("which boxes have failed", rows("device", status="failed")),
    asked("anything planned in Albany?", rows("device", status="planned", site="Albany")),
    asked(
        "active routers in the americas", rows("device", status="active", role="Router", region="Americas")
    ),
    asked("devices that are offline or failed", rows("device", status=["offline", "failed"])),
    asked("Corporate IT's firewalls", rows("device", tenant="Corporate IT", role="Firewall")),
    asked(
        "what kit does the Engineering tenant have in Nashua",
        rows("device", tenant="Engineering", site="Nashua"),
    ),
    asked("show me every MX204", rows("device", device_type="MX204")),
    asked(
        "catalyst 9300s in pittsfield",
        rows("device", device_type="Catalyst 9300-48P", site="Pittsfield"),
        rows("device", device_type__ic="catalyst 9300", site="Pittsfield"),
        rows("device", device_type__isw="catalyst 9300", site="Pittsfield"),
    ),
    asked("who runs Junos", rows("device", platform="Junos")),
    asked(
        "list boxes running IOS-XE 17.9 at Syracuse",
        rows("device", platform="Cisco IOS-XE 17.9", site="Syracuse"),
        rows("device", platform__ic="IOS-XE 17.9", site="Syracuse"),
    ),
    asked(
        "palo alto firewalls",
        rows("device", manufacturer="Palo Alto", role="Firewall"),
        rows("device", manufacturer="Palo Alto"),
    ),
    asked("which devices carry the tag critical", rows("device", tag="critical")),
    asked("critical stuff in albany", rows("device", tag="critical", site="Albany")),
    asked(
        "monitored routers, active ones only", rows("device", tag="monitored", role="Router", status="active")
    ),
    asked("gold support devices at Akron", rows("device", cf_support_tier="gold", site="Akron")),
    asked(
        "devices with support tier silver or bronze in Albany",
        rows("device", cf_support_tier=["silver", "bronze"], site="Albany"),
    ),
    asked("which devices are backed up at Akron?", rows("device", cf_backed_up=True, site="Akron")),
    asked("device list for all data centers", rows("device", site_group="Data centers")),
    asked("routers in the branches", rows("device", role="Router", site_group="Branches")),
    asked("what's mounted in rack R01 at Akron", rows("device", rack="R01", site="Akron")),
    asked("switches in R01 buffalo", *switches(rack="R01", site="Buffalo")),
    asked("stuff in Hall A in Albany", rows("device", location="Hall A", site="Albany")),
    asked("devices whose name starts with akr-srv", rows("device", name__isw="akr-srv")),
    asked("all devices with core in the name", rows("device", name__ic="core")),
    asked(
        "names and serials of the firewalls in Akron",
        rows("device", role="Firewall", site="Akron", fields=["serial"]),
    ),
    asked("primary IPs of all routers", rows("device", role="Router", fields=["primary_ip4"])),
    asked(
        "mgmt ips of the albany switches",
        *(Call(each.tool, {**each.arguments, "fields": ["primary_ip4"]}) for each in switches(site="Albany")),
    ),
    asked(
        "what hosts are in akr-cluster01",
        rows("device", cluster="akr-cluster01"),
        call("describe", object="akr-cluster01"),
    ),
    asked(
        "members of stack cam-stack01",
        rows("device", virtual_chassis="cam-stack01"),
        call("describe", object="cam-stack01"),
    ),
    asked(f"devices at {SUED}", rows("device", site=SUED)),
    asked("routers at saint-etienne-ohare-50-sud", rows("device", role="Router", site=SUED)),
    asked("devces in Sracuse", rows("device", site="Syracuse")),
    asked("DEVICES IN BUFFALO!!", rows("device", site="Buffalo")),
    asked("hey, can u list the servers in albany pls", rows("device", role="Server", site="Albany")),
    asked(
        "i need all active access switches with support tier gold",
        rows("device", status="active", role="Access switch", cf_support_tier="gold"),
    ),
)
