"""Questions about devices: every kind of filter, and in which order."""

from __future__ import annotations

from tests.questions.case import Case, Differs
from tests.questions.listing import SUED, at, has_tag, listed, listing, ordered

DEVICE = ("name", "site", "role", "device_type", "status", "rack", "primary_ip4")

DEVICES: tuple[Case, ...] = (
    listed("which devices are there", "dcim.device", {}, DEVICE),
    listed("which devices are at Akron", "dcim.device", {"site": "Akron"}, DEVICE, at("Akron")),
    listed("the same by slug", "dcim.device", {"site": "akron"}, ["name"], at("Akron"), nautobot=None),
    listed(
        "which devices are at a site with quotes, a slash and a percent sign",
        "dcim.device",
        {"site": SUED},
        ["name"],
        at(SUED),
    ),
    listed(
        "which devices are at Akron or Albany",
        "dcim.device",
        {"site": ["Akron", "Albany"]},
        ["name", "site"],
        lambda t, r: at("Akron")(t, r) or at("Albany")(t, r),
    ),
    listed(
        "which devices are not at Akron",
        "dcim.device",
        {"site__n": "Akron"},
        ["name", "site"],
        lambda t, r: not at("Akron")(t, r),
    ),
    listed(
        "which devices are at sites with `an` in their name",
        "dcim.device",
        {"site__ic": "AN"},
        ["name", "site"],
        lambda t, r: "an" in str(t.title("dcim.site", r["site"])).lower(),
    ),
    listed(
        "which devices are in New York",
        "dcim.device",
        {"region": "New York"},
        ["name", "site"],
        lambda t, r: t.in_region(r, "New York"),
    ),
    listed(
        "which devices are routers",
        "dcim.device",
        {"role": "Router"},
        ["name", "role"],
        lambda t, r: t.title("dcim.devicerole", r["role"]) == "Router",
    ),
    listed(
        "which devices are switches of any kind",
        "dcim.device",
        {"role": "Switch"},
        ["name", "role"],
        lambda t, r: t.within("dcim.devicerole", r["role"], "Switch"),
        nautobot=Differs(
            "Nautobot's roles have no parents: no device has the role Switch itself",
            listing(
                "dcim.device",
                ["name", "role"],
                lambda t, r: t.title("dcim.devicerole", r["role"]) == "Switch",
            ),
        ),
    ),
    listed(
        "which access switches and firewalls are there",
        "dcim.device",
        {"role": ["Access switch", "Firewall"]},
        ["name", "role"],
        lambda t, r: t.title("dcim.devicerole", r["role"]) in ("Access switch", "Firewall"),
    ),
    listed(
        "which active routers of Engineering are there",
        "dcim.device",
        {"role": "Router", "tenant": "Engineering", "status": "active"},
        ["name", "tenant", "status"],
        lambda t, r: (
            t.title("dcim.devicerole", r["role"]) == "Router"
            and t.title("tenancy.tenant", r["tenant"]) == "Engineering"
            and r["status"] == "active"
        ),
    ),
    listed(
        "which devices belong to nobody",
        "dcim.device",
        {"tenant": None},
        ["name", "tenant"],
        lambda _, r: r["tenant"] is None,
    ),
    listed(
        "which devices belong to somebody",
        "dcim.device",
        {"tenant": "not null"},
        ["name", "tenant"],
        lambda _, r: r["tenant"] is not None,
    ),
    listed(
        "which devices belong to internal tenants",
        "dcim.device",
        {"tenant_group": "Internal"},
        ["name", "tenant"],
        lambda t, r: (
            r["tenant"] is not None
            and t.show("tenancy.tenant", t.table("tenancy.tenant")[r["tenant"]], "group") == "Internal"
        ),
    ),
    listed(
        "which devices have failed",
        "dcim.device",
        {"status": "failed"},
        ["name"],
        lambda _, r: r["status"] == "failed",
    ),
    listed(
        "which devices are failed, offline or planned",
        "dcim.device",
        {"status": ["failed", "offline", "planned"]},
        ["name", "status"],
        lambda _, r: r["status"] in ("failed", "offline", "planned"),
    ),
    listed(
        "which devices are not active",
        "dcim.device",
        {"status__n": "active"},
        ["name", "status"],
        lambda _, r: r["status"] != "active",
    ),
    listed(
        "which devices are Ciscos",
        "dcim.device",
        {"manufacturer": "Cisco"},
        ["name", "manufacturer", "device_type"],
        lambda t, r: t.show("dcim.device", r, "manufacturer") == "Cisco",
    ),
    listed(
        "which devices are of one model",
        "dcim.device",
        {"device_type": "ISR 4331"},
        ["name", "device_type"],
        lambda t, r: t.show("dcim.device", r, "device_type") == "ISR 4331",
    ),
    listed(
        "which devices are tagged critical",
        "dcim.device",
        {"tag": "critical"},
        ["name", "tags"],
        lambda t, r: has_tag(t, r, "critical"),
    ),
    listed(
        "which devices have any of several tags",
        "dcim.device",
        {"tag": ["critical", "monitored", "legacy"]},
        ["name"],
        lambda t, r: has_tag(t, r, "critical", "monitored", "legacy"),
    ),
    listed(
        "which devices do not have a tag",
        "dcim.device",
        {"tag__n": "monitored"},
        ["name"],
        lambda t, r: not has_tag(t, r, "monitored"),
    ),
    listed(
        "which devices have gold support",
        "dcim.device",
        {"cf_support_tier": "gold"},
        ["name", "cf_support_tier", "cf_power_budget"],
        lambda _, r: r["custom_fields"].get("support_tier") == "gold",
    ),
    listed(
        "which devices have gold or bronze support",
        "dcim.device",
        {"cf_support_tier": ["gold", "bronze"]},
        ["name", "cf_support_tier"],
        lambda _, r: r["custom_fields"].get("support_tier") in ("gold", "bronze"),
    ),
    listed(
        "which devices are not backed up",
        "dcim.device",
        {"cf_backed_up": False},
        ["name", "cf_backed_up"],
        lambda _, r: r["custom_fields"].get("backed_up") is False,
    ),
    listed(
        "which devices need much power",
        "dcim.device",
        {"cf_power_budget__gte": 400},
        ["name", "cf_power_budget"],
        lambda _, r: (r["custom_fields"].get("power_budget") or 0) >= 400,
    ),
    listed(
        "which devices have `core` in their name",
        "dcim.device",
        {"name__ic": "CORE"},
        ["name"],
        lambda _, r: "core" in (r["name"] or ""),
    ),
    listed(
        "which devices start with akr",
        "dcim.device",
        {"name__isw": "akr-"},
        ["name"],
        lambda _, r: (r["name"] or "").startswith("akr-"),
    ),
    listed(
        "which devices end with 02",
        "dcim.device",
        {"name__iew": "02"},
        ["name"],
        lambda _, r: (r["name"] or "").endswith("02"),
    ),
    listed(
        "which devices match a pattern",
        "dcim.device",
        {"name__re": "^a(kr|lb)-srv0[12]$"},
        ["name"],
        lambda _, r: r["name"] in ("akr-srv01", "akr-srv02", "alb-srv01", "alb-srv02"),
    ),
    listed(
        "which devices have one of these names",
        "dcim.device",
        {"name": ["akr-fw01", "alb-fw01", "nobody"]},
        ["name"],
        lambda _, r: r["name"] in ("akr-fw01", "alb-fw01"),
    ),
    listed(
        "which devices have the same name at two sites",
        "dcim.device",
        {"name": "console-server01"},
        ["name", "site"],
        lambda _, r: r["name"] == "console-server01",
    ),
    listed(
        "which devices have no name",
        "dcim.device",
        {"name": None},
        ["name", "serial"],
        lambda _, r: not r["name"],
    ),
    listed(
        "which devices have an asset tag",
        "dcim.device",
        {"asset_tag": "not null"},
        ["name", "asset_tag"],
        lambda _, r: r["asset_tag"],
    ),
    listed(
        "which device has a serial",
        "dcim.device",
        {"serial": "FI00031676"},
        ["name", "serial"],
        lambda _, r: r["serial"] == "FI00031676",
    ),
    listed(
        "which devices have an address",
        "dcim.device",
        {"has_primary_ip": True},
        ["name", "primary_ip4"],
        lambda _, r: r["primary_ip4"],
    ),
    listed(
        "which devices have no address",
        "dcim.device",
        {"has_primary_ip": False},
        ["name"],
        lambda _, r: not r["primary_ip4"] and not r["primary_ip6"],
    ),
    listed(
        "which devices are in a rack of one site, with what stands higher up",
        "dcim.device",
        {"site": "Akron", "position__gte": 10},
        ["name", "position", "face"],
        lambda t, r: at("Akron")(t, r) and (r["position"] or 0) >= 10,
    ),
    listed(
        "which devices stand in no unit of a rack",
        "dcim.device",
        {"position": None},
        ["name", "rack"],
        lambda _, r: r["position"] is None,
    ),
    listed(
        "which devices run one platform",
        "dcim.device",
        {"platform": "Junos"},
        ["name", "platform"],
        lambda t, r: t.show("dcim.device", r, "platform") == "Junos",
    ),
    listed(
        "in which region and of which group are routers",
        "dcim.device",
        {"role": "Router"},
        ["name", "site.region", "site.facility", "tenant.group", "device_type.manufacturer"],
        lambda t, r: t.title("dcim.devicerole", r["role"]) == "Router",
    ),
    listed(
        "which members do stacks have",
        "dcim.device",
        {"virtual_chassis": "not null"},
        ["name", "virtual_chassis", "vc_position"],
        lambda _, r: r["virtual_chassis"],
    ),
    listed(
        "what does no filter find",
        "dcim.device",
        {"site": "Akron", "status": "failed"},
        ["name"],
        lambda *_: False,
    ),
    ordered(
        "what are the devices of Akron from the top of the rack",
        "dcim.device",
        ["-position", "name"],
        lambda t: [
            r["name"] or "#"
            for r in sorted(
                t.rows("dcim.device", lambda r: t.site_of("dcim.device", r) == "Akron" and r["position"]),
                key=lambda r: -r["position"],
            )
        ],
        where={"site": "Akron", "position": "not null"},
    ),
    ordered(
        "what are the sites by name",
        "dcim.site",
        ["name"],
        lambda t: sorted(r["name"] for r in t.rows("dcim.site")),
    ),
    ordered(
        "what are the sites by name, from the end",
        "dcim.site",
        ["-name"],
        lambda t: sorted((r["name"] for r in t.rows("dcim.site")), reverse=True),
    ),
)
