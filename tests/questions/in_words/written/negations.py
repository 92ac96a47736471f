"""Without, not, other than, missing: what is not there."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows

NEGATIONS: tuple[Asked, ...] = (
    asked("devices without a tenant", rows("device", tenant=None)),
    asked("which devices aren't active?", rows("device", status__n="active")),
    asked("all devices except those in Akron", rows("device", site__n="Akron")),
    asked("routers not in New York", rows("device", role="Router", region__n="New York")),
    asked("non-cisco devices at albany", rows("device", manufacturer__n="Cisco", site="Albany")),
    asked("everything in Akron that is not a server", rows("device", site="Akron", role__n="Server")),
    asked(
        "devices with no primary IP",
        rows("device", has_primary_ip=False),
        call("audit", checks=["device-without-primary-ip"]),
    ),
    asked(
        "which access switches lack a mgmt ip",
        rows("device", role="Access switch", has_primary_ip=False),
        call("audit", role="Access switch", checks=["device-without-primary-ip"]),
        rows("device", role="Access switch", primary_ip4=None),
    ),
    asked(
        "vms without primary ip",
        rows("vm", has_primary_ip=False),
        call("audit", checks=["vm-without-primary-ip"]),
    ),
    asked("devices missing an asset tag in Akron", rows("device", asset_tag=None, site="Akron")),
    asked(
        "boxes w/o platform", rows("device", platform=None), call("audit", checks=["device-without-platform"])
    ),
    asked(
        "who has no serial number?",
        rows("device", serial=None),
        call("audit", checks=["device-without-serial"]),
    ),
    asked("unnamed devices", rows("device", name=None), call("audit", checks=["device-without-name"])),
    asked("devices that aren't in any rack", rows("device", rack=None)),
    asked("devices that are not backed up", rows("device", cf_backed_up=False)),
    asked("which devices have no purchase date", rows("device", cf_purchase_date=None)),
    asked(
        "devices in Buffalo with no platform set",
        rows("device", platform=None, site="Buffalo"),
        call("audit", site="Buffalo", checks=["device-without-platform"]),
    ),
    asked("sites without tenant", rows("site", tenant=None)),
    asked("VLANs not assigned to a site", rows("vlan", site=None)),
    asked("vlans without a group", rows("vlan", group=None)),
    asked("prefixes without vlan", rows("prefix", vlan=None), call("audit", checks=["prefix-without-vlan"])),
    asked("prefixes that belong to no vrf", rows("prefix", vrf=None), call("ip_space", vrf="global")),
    asked("unassigned IP addresses", rows("ip address", assigned=None)),
    asked("addresses with no dns name in vrf Corporate", rows("ip address", dns_name=None, vrf="Corporate")),
    asked(
        "interfaces of akr-core01 without a cable",
        rows("interface", device="akr-core01", cable=None),
        rows("interface", device="akr-core01", cabled=False),
    ),
    asked(
        "uncabled ports in albany that are enabled",
        rows("interface", site="Albany", cabled=False, enabled=True),
        rows("interface", site="Albany", cable=None, enabled=True),
        call("audit", site="Albany", checks=["enabled-without-cable"]),
    ),
    asked("cables that have no label", rows("cable", label=None)),
    asked("circuits that aren't MPLS", rows("circuit", type__n="MPLS")),
    asked("which circuits have no tenant", rows("circuit", tenant=None)),
    asked("ports not enabled on akr-fw01", rows("interface", device="akr-fw01", enabled=False)),
    asked("VRFs without a route distinguisher", rows("vrf", rd=None)),
    asked("devices not tagged monitored at Akron", rows("device", site="Akron", tag__n="monitored")),
    asked(
        "active devices outside Akron and Albany",
        rows("device", status="active", site__n=["Akron", "Albany"]),
    ),
    asked("which sites have no devices?", rows("site", devices=0)),
    asked("tenants without any devices", rows("tenant", devices=None)),
    asked("unused vlans", rows("vlan", interfaces=0), call("vlans")),
    asked("device types nobody uses", rows("device type", devices=0)),
    asked("is there a manufacturer without a device type", rows("manufacturer", device_types=0)),
)
