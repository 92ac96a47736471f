"""Which devices: the usual filters, alone and together, and the columns that are wanted."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows
from tests.questions.in_words.written.devices import switches

PLAIN_DEVICES: tuple[Asked, ...] = (
    asked("list all devices at Pittsfield", rows("device", site="Pittsfield")),
    asked(
        "which switches at Albany have no serial number",
        *switches(site="Albany", serial=None),
        call("audit", site="Albany", role="Switch", checks=["device-without-serial"]),
    ),
    asked("show me the routers in New Jersey", rows("device", role="Router", region="New Jersey")),
    asked("which devices are in rack R01 at Camden", rows("device", rack="R01", site="Camden")),
    asked("devices in the Server room at Nashua", rows("device", location="Server room", site="Nashua")),
    asked("what devices are in Hall A at Akron?", rows("device", location="Hall A", site="Akron")),
    asked("list all firewalls", rows("device", role="Firewall")),
    asked("list all Juniper devices", rows("device", manufacturer="Juniper")),
    asked("devices made by Arista at Albany", rows("device", manufacturer="Arista", site="Albany")),
    asked("list all devices of type PA-3220", rows("device", device_type="PA-3220")),
    asked(
        "which ISR 4331 devices are in New York",
        rows("device", device_type="ISR 4331", region="New York"),
    ),
    asked("which devices run Junos", rows("device", platform="Junos")),
    asked("which switches run Cisco IOS-XE 17.9?", *switches(platform="Cisco IOS-XE 17.9")),
    asked("show all devices that belong to Engineering", rows("device", tenant="Engineering")),
    asked(
        "devices owned by Corporate IT in New York",
        rows("device", tenant="Corporate IT", region="New York"),
    ),
    asked("which switches are offline", *switches(status="offline")),
    asked("which devices have the status failed", rows("device", status="failed")),
    asked("show planned devices at Albany", rows("device", status="planned", site="Albany")),
    asked("devices tagged to-be-replaced", rows("device", tag="to-be-replaced")),
    asked(
        "list all devices with the tag monitored at Akron",
        rows("device", tag="monitored", site="Akron"),
    ),
    asked("devices with support tier silver", rows("device", cf_support_tier="silver")),
    asked("which devices are not backed up", rows("device", cf_backed_up=False)),
    asked("list servers that are backed up", rows("device", role="Server", cf_backed_up=True)),
    asked(
        "firewalls at Akron with gold support",
        rows("device", role="Firewall", site="Akron", cf_support_tier="gold"),
    ),
    asked("show devices with a power budget of more than 350", rows("device", cf_power_budget__gt=350)),
    asked("devices purchased after 2023-06-30", rows("device", cf_purchase_date__gt="2023-06-30")),
    asked("devices without a purchase date", rows("device", cf_purchase_date=None)),
    asked(
        "active routers in New York that belong to Engineering",
        rows("device", status="active", role="Router", region="New York", tenant="Engineering"),
    ),
    asked(
        "Cisco access switches at Utica",
        rows("device", manufacturer="Cisco", role="Access switch", site="Utica"),
    ),
    asked(
        "list active Dell servers at Akron",
        rows("device", status="active", manufacturer="Dell", role="Server", site="Akron"),
    ),
    asked("show all devices at Nashua or Stamford", rows("device", site=["Nashua", "Stamford"])),
    asked("list routers and firewalls at Albany", rows("device", role=["Router", "Firewall"], site="Albany")),
    asked("devices whose status is planned or offline", rows("device", status=["planned", "offline"])),
    asked("list all devices that are not patch panels", rows("device", role__n="Patch panel")),
    asked(
        "active devices at Akron except servers and PDUs",
        rows("device", status="active", site="Akron", role__n=["Server", "PDU"]),
    ),
    asked("which devices in Ohio have no tenant", rows("device", region="Ohio", tenant=None)),
    asked(
        "which routers have no IPv6 address",
        rows("device", role="Router", primary_ip6=None),
    ),
    asked(
        "servers without a primary IP address",
        rows("device", role="Server", has_primary_ip=False),
        rows("device", role="Server", primary_ip4=None, primary_ip6=None),
        rows("device", role="Server", primary_ip4=None),
        call("audit", role="Server", checks=["device-without-primary-ip"]),
    ),
    asked("devices at Buffalo with no asset tag", rows("device", site="Buffalo", asset_tag=None)),
    asked("which devices have an asset tag", rows("device", asset_tag__n=None)),
    asked("which PDUs are not in a rack", rows("device", role="PDU", rack=None)),
    asked(
        "devices that are in a rack but have no position",
        rows("device", rack__n=None, position=None),
    ),
    asked(
        "which devices are in the virtual chassis cam-stack01",
        rows("device", virtual_chassis="cam-stack01"),
        call("describe", object="cam-stack01", type="virtual chassis"),
        rows("virtual chassis", name="cam-stack01", include=["members"]),
    ),
    asked("devices with a name starting with alb-", rows("device", name__isw="alb-")),
    asked("list devices with names ending in 02", rows("device", name__iew="02")),
    asked(
        "devices that have srv in their name",
        rows("device", name__ic="srv"),
        call("find", text="srv", types=["device"]),
    ),
    asked("devices with a serial number starting with FI", rows("device", serial__isw="FI")),
    asked(
        "which device has serial number SE00174218",
        rows("device", serial="SE00174218"),
        call("find", text="SE00174218"),
        call("find", text="SE00174218", types=["device"]),
    ),
    asked(
        "show name, serial and asset tag of all devices at Akron",
        rows("device", site="Akron", fields=["name", "serial", "asset_tag"]),
    ),
    asked(
        "list firewalls with their primary IP and platform",
        rows("device", role="Firewall", fields=["primary_ip4", "platform"]),
        rows("device", role="Firewall", fields=["primary_ip4", "primary_ip6", "platform"]),
    ),
    asked(
        "list all servers with site, rack and position",
        rows("device", role="Server", fields=["site", "rack", "position"]),
    ),
    asked(
        "give me the name and primary IP of every router",
        rows("device", role="Router", fields=["name", "primary_ip4"]),
    ),
    asked(
        "all devices at Stamford with role and status",
        rows("device", site="Stamford", fields=["role", "status"]),
    ),
    asked(
        "core switches with their serial numbers",
        rows("device", role="Core switch", fields=["serial"]),
    ),
    asked(
        "list the firewalls at Albany with their interfaces",
        rows("device", role="Firewall", site="Albany", include=["interfaces"]),
        rows("interface", device_role="Firewall", site="Albany"),
    ),
    asked(
        "list all devices at Syracuse sorted by serial number",
        rows("device", site="Syracuse", order=["serial"]),
    ),
    asked("show the 10 most recently added devices", rows("device", order=["-created"], limit=10)),
    asked(
        "active devices in rack R01 at Yonkers ordered by position",
        rows("device", status="active", rack="R01", site="Yonkers", order=["position"]),
    ),
    asked("devices with more than 20 interfaces", rows("device", interfaces__gt=20)),
    asked("list routers with fewer than 10 interfaces", rows("device", role="Router", interfaces__lt=10)),
    asked("devices with no interfaces", rows("device", interfaces=0)),
    asked("which devices have no platform set at Akron", rows("device", platform=None, site="Akron")),
    asked(
        "list devices in New York that are not Cisco",
        rows("device", region="New York", manufacturer__n="Cisco"),
    ),
    asked(
        "devices with the tag critical in Ohio or New York",
        rows("device", tag="critical", region=["Ohio", "New York"]),
    ),
    asked("list devcies at Rochester", rows("device", site="Rochester")),
    asked("swithces in Scranton", *switches(site="Scranton")),
    asked(
        "acitve routers in New Hampshire",
        rows("device", status="active", role="Router", region="New Hampshire"),
    ),
    asked("all fws at Albany", rows("device", role="Firewall", site="Albany")),
    asked("rtrs in Connecticut", rows("device", role="Router", region="Connecticut")),
    asked(
        "mgmt ips of all servers at Albany",
        rows("device", role="Server", site="Albany", fields=["primary_ip4"]),
    ),
    asked(
        "devices of manufacturer Opengear w/o tenant", rows("device", manufacturer="Opengear", tenant=None)
    ),
)
