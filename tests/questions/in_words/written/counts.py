"""How many, is there any, and counts by group."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows
from tests.questions.in_words.written.devices import switches

COUNTS: tuple[Asked, ...] = (
    asked("how many devices do we have?", rows("device")),
    asked("number of racks", rows("rack")),
    asked("How many switches are there in Akron?", *switches(site="Akron")),
    asked("count of active interfaces on akr-asw01", rows("interface", device="akr-asw01", enabled=True)),
    asked("how many sites are in New York", rows("site", region="New York")),
    asked("how many vms run on alb-cluster01?", rows("vm", cluster="alb-cluster01")),
    asked("total number of IP addresses in VRF Corporate", rows("ip address", vrf="Corporate")),
    asked("how many VLANs has Albany got", rows("vlan", site="Albany"), call("vlans", site="Albany")),
    asked("is there any firewall in Camden?", rows("device", role="Firewall", site="Camden")),
    asked("are there any failed devices", rows("device", status="failed")),
    asked("do we have Juniper gear in Albany?", rows("device", manufacturer="Juniper", site="Albany")),
    asked("Does Utica have a router?", rows("device", role="Router", site="Utica")),
    asked("any planned sites?", rows("site", status="planned")),
    asked("are there deprecated vlans", rows("vlan", status="deprecated")),
    asked("is any vm offline", rows("vm", status="offline")),
    asked("how many ports are switched off in Akron", rows("interface", site="Akron", enabled=False)),
    asked("how many circuits does NordNet Carrier provide us", rows("circuit", provider="NordNet Carrier")),
    asked("devices per site", rows("device", by="site")),
    asked("break down the devices by role", rows("device", by="role")),
    asked("how many devices of each model are there", rows("device", by="device_type")),
    asked("device count by vendor, please", rows("device", by="manufacturer")),
    asked("routers per tenant", rows("device", by="tenant", role="Router")),
    asked("how are VMs spread over clusters?", rows("vm", by="cluster")),
    asked("number of vlans for each site", rows("vlan", by="site")),
    asked(
        "how many interfaces of each type are there at Albany", rows("interface", by="type", site="Albany")
    ),
    asked("interface count per device in Akron", rows("interface", by="device", site="Akron")),
    asked("circuits by provider", rows("circuit", by="provider")),
    asked("group the sites by region", rows("site", by="region")),
    asked("prefix count per vrf", rows("prefix", by="vrf")),
    asked("statuses of all devices, counted", rows("device", by="status")),
    asked("how many devices per support tier", rows("device", by="cf_support_tier")),
    asked("cables grouped by type", rows("cable", by="type")),
    asked("how many devices run each platform", rows("device", by="platform")),
    asked("ip addresses per status", rows("ip address", by="status")),
    asked("which operating systems do our VMs run and how many of each", rows("vm", by="platform")),
    asked("active devices per role in Albany", rows("device", by="role", status="active", site="Albany")),
    asked(
        "how many different models of Cisco do we use",
        rows("device", by="device_type", manufacturer="Cisco"),
        rows("device type", manufacturer="Cisco"),
    ),
)
