"""The real servers hold what the generator says, so that the same questions have the same answers."""

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from demo.inventory import NOW, Inventory
from demo.models import MODELS

pytestmark = pytest.mark.live

#: where Nautobot keeps what it calls otherwise, with the filter that tells it from the rest
NAUTOBOT_PATHS = {
    "core.objectchange": f"extras/object-changes/?time__lte={NOW:%Y-%m-%dT%H:%M:%SZ}",
    "dcim.location": "dcim/locations/?location_type=Location",
    "dcim.region": "dcim/locations/?location_type=Region",
    "dcim.site": "dcim/locations/?location_type=Site",
    "extras.journalentry": "extras/notes/",
    "ipam.fhrpgroup": "dcim/interface-redundancy-groups/",
    "ipam.fhrpgroupassignment": "dcim/interface-redundancy-group-associations/",
    "ipam.iprange": "ipam/ip-address-ranges/",
    "tenancy.contact": "extras/contacts/",
    "tenancy.contactassignment": "extras/contact-associations/",
    "tenancy.contactgroup": "extras/teams/",
    "virtualization.vminterface": "virtualization/interfaces/",
}
#: what is no object of its own in Nautobot, and site groups, for which it has no place
NOT_IN_NAUTOBOT = {
    "dcim.cabletermination",
    "dcim.devicerole",
    "dcim.macaddress",
    "dcim.rackrole",
    "dcim.sitegroup",
    "extras.customfieldchoiceset",
    "ipam.aggregate",
    "ipam.asn",
    "ipam.role",
    "tenancy.contactrole",
}


def ask(server: str, path: str, **query: str) -> Any:
    """The answer of a server's API."""
    url, token = os.environ.get(f"{server}_URL"), os.environ.get(f"{server}_TOKEN")
    if not url:
        pytest.skip(f"no {server}_URL: `python -m tests.live.rig up` starts one")
    joined = f"{url}/api/{path}{'&' if '?' in path else '?'}{urlencode(query)}"
    with urlopen(Request(joined, headers={"Authorization": f"Token {token}"}), timeout=60) as response:
        return json.load(response)


def count(server: str, path: str, **query: str) -> int:
    """How many objects there are."""
    return int(ask(server, path, **query, limit="1")["count"])


@pytest.mark.parametrize("type_", [each for each in MODELS if each != "users.user"])
def test_netbox_has_as_many(inventory: Inventory, type_: str) -> None:
    # What tests have changed since is in the log as well.
    loaded = {"time_before": NOW.isoformat()} if type_ == "core.objectchange" else {}
    assert count("NETBOX", f"{MODELS[type_].path}/", **loaded) == inventory.count(type_)


def prefixes(inventory: Inventory) -> int:
    """Aggregates are prefixes in Nautobot, the same ones where a prefix is as large."""
    aggregates = {(None, ip_network(row["prefix"])) for row in inventory.rows("ipam.aggregate")}
    return len(
        aggregates | {(row["vrf"], ip_network(row["prefix"])) for row in inventory.rows("ipam.prefix")}
    )


def services(inventory: Inventory) -> int:
    """A service has one protocol in Nautobot."""
    mappings = [row["port_mappings"] for row in inventory.rows("ipam.service")]
    return sum(len({each.partition("/")[0] for each in ports}) for ports in mappings)


def hosts(inventory: Inventory) -> int:
    """A host is one address in Nautobot, on however many interfaces and with whatever mask."""
    rows = inventory.rows("ipam.ipaddress")
    return len({(row["vrf"], row["address"].partition("/")[0]) for row in rows})


COUNTED_OTHERWISE: Mapping[str, Callable[[Inventory], int]] = {
    "ipam.ipaddress": hosts,
    "ipam.prefix": prefixes,
    "ipam.service": services,
}


@pytest.mark.parametrize("type_", [each for each in MODELS if each not in {"users.user", *NOT_IN_NAUTOBOT}])
def test_nautobot_has_as_many(inventory: Inventory, type_: str) -> None:
    expected = COUNTED_OTHERWISE[type_](inventory) if type_ in COUNTED_OTHERWISE else inventory.count(type_)
    assert count("NAUTOBOT", NAUTOBOT_PATHS.get(type_, f"{MODELS[type_].path}/")) == expected


@pytest.mark.parametrize("server", ["NETBOX", "NAUTOBOT"])
@pytest.mark.parametrize("type_", ["dcim.device", "dcim.rack", "ipam.vlan", "tenancy.tenant"])
def test_names_are_the_same(inventory: Inventory, server: str, type_: str) -> None:
    found = ask(server, f"{MODELS[type_].path}/", limit="1000")["results"]
    expected = inventory.rows(type_)
    assert sorted(row["name"] or "" for row in found) == sorted(row["name"] or "" for row in expected)


@pytest.mark.parametrize(("server", "filter_"), [("NETBOX", "cabled"), ("NAUTOBOT", "has_cable")])
def test_cables_are_plugged_in(inventory: Inventory, server: str, filter_: str) -> None:
    ends = Counter(row["termination_type"] for row in inventory.rows("dcim.cabletermination"))
    assert count(server, "dcim/interfaces/", **{filter_: "true"}) == ends["dcim.interface"]
    assert count(server, "dcim/front-ports/", **{filter_: "true"}) == ends["dcim.frontport"]


@pytest.mark.parametrize("server", ["NETBOX", "NAUTOBOT"])
def test_devices_have_their_addresses(inventory: Inventory, server: str) -> None:
    addressed = sum(1 for row in inventory.rows("dcim.device") if row["primary_ip4"])
    assert count(server, "dcim/devices/", has_primary_ip="true") == addressed


@pytest.mark.parametrize("server", ["NETBOX", "NAUTOBOT"])
def test_a_path_leads_through_both_patch_panels(inventory: Inventory, server: str) -> None:
    panels = inventory.database.value(
        "SELECT near.termination_id FROM dcim_cabletermination near"
        " JOIN dcim_cabletermination far ON far.cable = near.cable AND far.id != near.id"
        " WHERE near.termination_type = 'dcim.interface' AND far.termination_type = 'dcim.frontport'"
        " ORDER BY near.id LIMIT 1"
    )
    port = next(row for row in inventory.rows("dcim.interface") if row["id"] == panels)
    device = next(row for row in inventory.rows("dcim.device") if row["id"] == port["device"])
    [found] = ask(server, "dcim/interfaces/", device=device["name"], name=port["name"])["results"]
    assert len(ask(server, f"dcim/interfaces/{found['id']}/trace/")) == 3
