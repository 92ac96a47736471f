"""More than, at least, before, since: fields and counts that are compared with a number or a day."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows
from tests.questions.in_words.written.devices import switches

NUMBERS: tuple[Asked, ...] = (
    asked("vms with more than 8192 MB of memory", rows("vm", memory__gt=8192)),
    asked("vms with at least 4 vcpus on akr-cluster01", rows("vm", vcpus__gte=4, cluster="akr-cluster01")),
    asked("virtual machines with less than 2 vCPUs", rows("vm", vcpus__lt=2)),
    asked("vlans above 1000", rows("vlan", vid__gt=1000)),
    asked("VLAN IDs below 100 in Albany", rows("vlan", vid__lt=100, site="Albany")),
    asked("vlans between 200 and 400 at akron", rows("vlan", vid__gte=200, vid__lte=400, site="Akron")),
    asked("cables longer than 8", rows("cable", length__gt=8)),
    asked("circuits with a commit rate of 1000000 or more", rows("circuit", commit_rate__gte=1000000)),
    asked(
        "interfaces with mtu over 9000 on alb-core01", rows("interface", device="alb-core01", mtu__gt=9000)
    ),
    asked("ports in Akron whose mtu is 9214", rows("interface", site="Akron", mtu=9214)),
    asked("device types taller than 2U", rows("device type", u_height__gt=2)),
    asked("racks with fewer than 42 units", rows("rack", u_height__lt=42)),
    asked("devices mounted above unit 10 in Akron", rows("device", position__gt=10, site="Akron")),
    asked("power budget over 300", rows("device", cf_power_budget__gt=300)),
    asked(
        "servers with a power budget of at least 600", rows("device", role="Server", cf_power_budget__gte=600)
    ),
    asked("devices purchased before 2022-01-01", rows("device", cf_purchase_date__lt="2022-01-01")),
    asked(
        "devices bought since 2025-01-01 in Akron",
        rows("device", cf_purchase_date__gte="2025-01-01", site="Akron"),
    ),
    asked(
        "devices created after 2026-10-31",
        rows("device", created__gt="2026-10-31"),
    ),
    asked("which vlans were created before 2026-01-01?", rows("vlan", created__lt="2026-01-01")),
    asked("sites not updated since 2026-06-01", rows("site", last_updated__lt="2026-06-01")),
    asked("devices with more than 40 interfaces", rows("device", interfaces__gt=40)),
    asked("switches with at least 24 ports", *(each for each in switches(interfaces__gte=24))),
    asked("sites with more than 10 devices", rows("site", devices__gt=10)),
    asked("which sites have fewer than 5 devices", rows("site", devices__lt=5)),
    asked("racks that hold more than ten devices", rows("rack", devices__gt=10)),
    asked("tenants with over 20 devices", rows("tenant", devices__gt=20)),
    asked("providers with at least 4 circuits", rows("provider", circuits__gte=4)),
    asked("clusters with more than 20 vms", rows("cluster", virtual_machines__gt=20)),
    asked(
        "routers with less than 10 ports in New York",
        rows("device", role="Router", region="New York", interfaces__lt=10),
    ),
    asked("vlan groups with more than five vlans", rows("vlan group", vlans__gt=5)),
    asked(
        "prefixes inside 10.0.0.0/20",
        rows("prefix", within="10.0.0.0/20"),
        call("ip_space", prefix="10.0.0.0/20"),
    ),
)
