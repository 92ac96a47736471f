"""The demo server and a real NetBox with the same inventory give the same answers to the same requests."""

import os
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from demo.models import BY_PATH, MODELS
from demo.server import DEMO_TOKEN, DemoServer

pytestmark = pytest.mark.live

Query = Mapping[str, str | Sequence[str]]
#: what each server numbers or dates in its own way
OWN = {"id", "url", "display_url", "created", "last_updated", "rear_port", "front_port", "created_by"}
IDS = {"facility_id", "group_id", "service_id", "xconnect_id"}
#: sorted by the locale of the database, which the demo can't know
BY_LOCALE = {"dcim.devicerole", "dcim.platform"}
#: not loaded by way of the API, so that only their keys are compared
NOT_LOADED = {"users.user", "core.objectchange"}


@dataclass
class Server:
    """One of the two servers."""

    url: str
    token: str
    session: aiohttp.ClientSession

    async def ask(self, path: str, query: Query | None = None, token: str | None = None) -> tuple[int, Any]:
        """Status and body of an answer, of which a page is only as much as its being one."""
        header = f"Token {self.token}" if token is None else token
        pairs = [
            (name, one)
            for name, value in (query or {}).items()
            for one in ([value] if isinstance(value, str) else value)
        ]
        async with self.session.get(
            f"{self.url}/{path}", params=pairs, headers={"Authorization": header} if header else {}
        ) as response:
            if not response.content_type.endswith("json"):
                return response.status, response.content_type
            return response.status, await response.json(content_type=None)

    async def get(self, path: str, query: Query | None = None) -> Any:
        """The body of an answer that must be there."""
        status, body = await self.ask(f"api/{path}", query)
        assert status == 200, (path, query, body)
        return body

    async def id_of(self, path: str, **query: str) -> str:
        """The id of the only object that a filter finds."""
        (row,) = (await self.get(path, {**query, "fields": "id"}))["results"]
        return str(row["id"])


@dataclass
class Both:
    """Asks both servers at once, so to speak."""

    demo: Server
    netbox: Server

    async def same(self, path: str, query: Query | None = None, token: str | None = None) -> Any:
        """Hold the answers to a request against each other."""
        real = await self.netbox.ask(path, query, token)
        assert comparable(await self.demo.ask(path, query, token)) == comparable(real)
        return real

    async def same_about(self, found: str, suffix: str, query: Query | None = None, **of: str) -> Any:
        """Hold against each other what the servers say of the object that a filter finds."""
        answers = [
            await server.ask(f"api/{found}{await server.id_of(found, **of)}/{suffix}", query)
            for server in (self.demo, self.netbox)
        ]
        assert comparable(answers[0]) == comparable(answers[1])
        return answers[1]


@pytest.fixture
async def both(demo: DemoServer) -> AsyncIterator[Both]:
    if not os.environ.get("NETBOX_URL"):
        pytest.skip("no NETBOX_URL: `python -m tests.live.rig up` starts one")
    timeout = aiohttp.ClientTimeout(total=120)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        real = Server(os.environ["NETBOX_URL"].rstrip("/"), os.environ["NETBOX_TOKEN"], session)
        yield Both(Server(demo.url, DEMO_TOKEN, session), real)


def comparable(answer: Any) -> Any:
    """An answer without what each server has of its own; NetBox gives a field's object types in no order."""
    match answer:
        case dict():
            return {
                name: sorted(value) if name == "object_types" else comparable(value)
                for name, value in answer.items()
                if name not in OWN
                and (name in IDS or not name.endswith("_id"))
                and name not in {"next", "previous"}
            }
        case list() | tuple():
            return [comparable(each) for each in answer]
        case _:
            return answer


@pytest.mark.parametrize("type_", list(MODELS))
async def test_objects_look_the_same(both: Both, type_: str) -> None:
    path = f"{MODELS[type_].path}/"
    query = {"limit": "150", "offset": "0"}
    ours, theirs = await both.demo.get(path, query), await both.netbox.get(path, query)
    assert set(ours["results"][0]) == set(theirs["results"][0])
    if type_ in NOT_LOADED:
        return
    assert ours["count"] == theirs["count"]
    rows = [comparable(page["results"]) for page in (ours, theirs)]
    if type_ in BY_LOCALE:
        rows = [sorted(each, key=lambda row: str(row["display"])) for each in rows]
    assert rows[0] == rows[1]


@pytest.mark.parametrize("type_", [each for each in MODELS if each not in {*NOT_LOADED, *BY_LOCALE}])
async def test_brief_objects_look_the_same(both: Both, type_: str) -> None:
    await both.same(f"api/{MODELS[type_].path}/", {"limit": "5", "brief": "true"})


COUNTED: list[tuple[str, Query]] = [
    ("dcim/devices/", {"site": "akron"}),
    ("dcim/devices/", {"site": ["akron", "albany"]}),
    ("dcim/devices/", {"site__n": "akron"}),
    ("dcim/devices/", {"region": "americas"}),
    ("dcim/devices/", {"region__n": "new-york"}),
    ("dcim/devices/", {"site_group": "branches"}),
    ("dcim/devices/", {"role": "switch"}),
    ("dcim/devices/", {"role__n": "switch"}),
    ("dcim/devices/", {"platform": "cisco-ios-xe"}),
    ("dcim/devices/", {"manufacturer": "cisco"}),
    ("dcim/devices/", {"location": "server-room"}),
    ("dcim/devices/", {"tenant": "corporate-it"}),
    ("dcim/devices/", {"tenant_id": "null"}),
    ("dcim/devices/", {"tenant_group": "internal"}),
    ("dcim/devices/", {"status": ["failed", "planned"]}),
    ("dcim/devices/", {"status__n": "active"}),
    ("dcim/devices/", {"tag": ["critical", "monitored"]}),
    ("dcim/devices/", {"tag__any": ["critical", "monitored"]}),
    ("dcim/devices/", {"tag__n": "monitored"}),
    ("dcim/devices/", {"name": ["AKR-CORE01", "null"]}),
    ("dcim/devices/", {"name__n": "akr-core01"}),
    ("dcim/devices/", {"name__ic": "CORE"}),
    ("dcim/devices/", {"name__nic": "core"}),
    ("dcim/devices/", {"name__isw": "akr", "name__iew": "01"}),
    ("dcim/devices/", {"name__regex": "^a.*0[12]$"}),
    ("dcim/devices/", {"name__iregex": "CORE"}),
    ("dcim/devices/", {"name__empty": "true"}),
    ("dcim/devices/", {"asset_tag__empty": "false"}),
    ("dcim/devices/", {"position__gte": "10"}),
    ("dcim/devices/", {"interface_count__gt": "20"}),
    ("dcim/devices/", {"has_primary_ip": "false"}),
    ("dcim/devices/", {"has_oob_ip": "true"}),
    ("dcim/devices/", {"virtual_chassis_member": "true"}),
    ("dcim/devices/", {"console_ports": "true", "pass_through_ports": "false"}),
    ("dcim/devices/", {"face": "front"}),
    ("dcim/devices/", {"face": "null"}),
    ("dcim/devices/", {"mac_address__isw": "02:1a"}),
    ("dcim/devices/", {"cf_support_tier": "gold"}),
    ("dcim/devices/", {"cf_support_tier__n": "gold"}),
    ("dcim/devices/", {"cf_purchase_date__lt": "2023-01-01"}),
    ("dcim/devices/", {"cf_purchase_date": "null"}),
    ("dcim/devices/", {"cf_power_budget__gte": "400"}),
    ("dcim/devices/", {"cf_backed_up": "false"}),
    ("dcim/devices/", {"q": "core"}),
    ("dcim/devices/", {"q": "NB-0000"}),
    ("dcim/devices/", {"nosuch": "x", "untagged_vlan_id": "1"}),
    ("dcim/interfaces/", {"mode": ["access", "tagged-all"]}),
    ("dcim/interfaces/", {"mode": "null"}),
    ("dcim/interfaces/", {"mode__n": "access"}),
    ("dcim/interfaces/", {"type__n": "1000base-t"}),
    ("dcim/interfaces/", {"kind": "virtual"}),
    ("dcim/interfaces/", {"kind": "physical"}),
    ("dcim/interfaces/", {"enabled": "false"}),
    ("dcim/interfaces/", {"mgmt_only": "true"}),
    ("dcim/interfaces/", {"cabled": "true"}),
    ("dcim/interfaces/", {"connected": "true"}),
    ("dcim/interfaces/", {"connected": "false"}),
    ("dcim/interfaces/", {"occupied": "true"}),
    ("dcim/interfaces/", {"vlan": "300"}),
    ("dcim/interfaces/", {"vlan": ["10", "300"]}),
    ("dcim/interfaces/", {"device": "akr-core01"}),
    ("dcim/interfaces/", {"device": "null"}),
    ("dcim/interfaces/", {"site": "akron", "device_role": "core-switch"}),
    ("dcim/interfaces/", {"device_status": "planned"}),
    ("dcim/interfaces/", {"virtual_chassis_member": "bin-asw01"}),
    ("dcim/interfaces/", {"lag_id": "null"}),
    ("dcim/interfaces/", {"vrf": "65000:10"}),
    ("dcim/interfaces/", {"description__ic": 'to "core"'}),
    ("dcim/interfaces/", {"speed__gte": "1"}),
    ("dcim/interfaces/", {"q": "100%"}),
    ("dcim/sites/", {"q": "o'hare 50%"}),
    ("dcim/sites/", {"name__ic": "SÜD"}),
    ("dcim/sites/", {"asn": "65001"}),
    ("dcim/sites/", {"contact_group": "nosuch"}),
    ("dcim/racks/", {"location": "hall-a"}),
    ("dcim/racks/", {"u_height": "42", "q": "akr"}),
    ("dcim/cables/", {"site": "akron"}),
    ("dcim/cables/", {"device": "akr-core01", "type": "smf"}),
    ("dcim/cables/", {"type__n": "power", "status": "planned"}),
    ("dcim/cables/", {"unterminated": "true"}),
    ("dcim/cables/", {"length__gt": "5"}),
    ("ipam/vlans/", {"name": "Servers"}),
    ("ipam/vlans/", {"vid": ["100", "200"]}),
    ("ipam/vlans/", {"vid__gte": "300", "site": "akron"}),
    ("ipam/vlans/", {"site_id": "null"}),
    ("ipam/vlans/", {"group": "backbone"}),
    ("ipam/vlans/", {"role": "guest"}),
    ("ipam/vlans/", {"cf_service_owner": "ETO"}),
    ("ipam/vlans/", {"cf_service_owner__ic": "nothing"}),
    ("ipam/vlans/", {"q": "200"}),
    ("ipam/prefixes/", {"within": "10.0.0.0/20"}),
    ("ipam/prefixes/", {"within_include": "10.0.0.0/20"}),
    ("ipam/prefixes/", {"contains": "10.0.1.7"}),
    ("ipam/prefixes/", {"contains": "10.0.1.0/24"}),
    ("ipam/prefixes/", {"contains": "2001:db8:1:a::5"}),
    ("ipam/prefixes/", {"within": "rubbish"}),
    ("ipam/prefixes/", {"prefix": ["10.0.1.0/24", "10.0.2.0/24"]}),
    ("ipam/prefixes/", {"mask_length__lte": "20", "family": "4"}),
    ("ipam/prefixes/", {"vrf": "null"}),
    ("ipam/prefixes/", {"vrf_id": "null", "status": "container"}),
    ("ipam/prefixes/", {"present_in_vrf": "65000:10"}),
    ("ipam/prefixes/", {"depth__gte": "2", "children": "0"}),
    ("ipam/prefixes/", {"vlan_vid": "100"}),
    ("ipam/prefixes/", {"site": "akron"}),
    ("ipam/prefixes/", {"q": "10.0.1.9"}),
    ("ipam/ip-addresses/", {"parent": ["10.0.1.0/24", "172.16.0.0/16"]}),
    ("ipam/ip-addresses/", {"address": "10.0.1.2"}),
    ("ipam/ip-addresses/", {"address": ["10.0.1.2/24", "10.0.1.3"]}),
    ("ipam/ip-addresses/", {"mask_length": "31"}),
    ("ipam/ip-addresses/", {"device": ["akr-core01", "akr-srv01"]}),
    ("ipam/ip-addresses/", {"virtual_machine": "akr-web01"}),
    ("ipam/ip-addresses/", {"interface": "Vlan100"}),
    ("ipam/ip-addresses/", {"assigned": "false"}),
    ("ipam/ip-addresses/", {"assigned_to_interface": "true"}),
    ("ipam/ip-addresses/", {"role": ["vrrp", "loopback"]}),
    ("ipam/ip-addresses/", {"dns_name__ic": "akr-"}),
    ("ipam/ip-addresses/", {"q": "10.0.1"}),
    ("ipam/ip-ranges/", {"contains": "10.0.2.210"}),
    ("ipam/ip-ranges/", {"parent": "10.0.0.0/20"}),
    ("ipam/services/", {"port": "443"}),
    ("ipam/services/", {"protocol": "udp", "name__n": "dns"}),
    ("ipam/services/", {"virtual_machine": "akr-mon01"}),
    ("ipam/fhrp-group-assignments/", {"device": "akr-core01"}),
    ("ipam/vlan-groups/", {"contains_vid": "2500"}),
    ("dcim/mac-addresses/", {"device": "akr-core01"}),
    ("dcim/mac-addresses/", {"primary": "true"}),
    ("circuits/circuits/", {"provider": "lumen-path", "type": "mpls"}),
    ("circuits/circuits/", {"site": "akron"}),
    ("circuits/circuits/", {"q": "XC-00"}),
    ("circuits/circuits/", {"install_date__gte": "2023-01-01"}),
    ("circuits/circuit-terminations/", {"cabled": "true", "term_side": "Z"}),
    ("circuits/circuit-terminations/", {"region": "americas"}),
    ("virtualization/virtual-machines/", {"cluster": "akr-cluster01", "role": "server"}),
    ("virtualization/virtual-machines/", {"has_primary_ip": "false"}),
    ("virtualization/virtual-machines/", {"memory__gte": "8192", "status": "active"}),
    ("virtualization/interfaces/", {"virtual_machine": "akr-web01"}),
    ("virtualization/interfaces/", {"vlan": "100"}),
    ("virtualization/clusters/", {"site": "akron", "type": "vmware-vsphere"}),
    ("tenancy/contacts/", {"group": "staff"}),
    ("tenancy/contact-assignments/", {"object_type": "dcim.site", "role": "technical"}),
    ("extras/custom-fields/", {"object_type": "dcim.site"}),
    ("extras/journal-entries/", {"kind": "warning"}),
]


@pytest.mark.parametrize(("path", "query"), COUNTED, ids=str)
async def test_filters_find_as_much(both: Both, path: str, query: Query) -> None:
    limited = {"limit": "1", "fields": "display", **query}
    await both.same(f"api/{path}", limited)


@pytest.mark.parametrize(
    ("path", "parameter", "found", "of"),
    [
        ("dcim/interfaces/", "device_id", "dcim/devices/", {"name": "akr-core01"}),
        ("dcim/interfaces/", "site_id", "dcim/sites/", {"slug": "buffalo"}),
        ("dcim/interfaces/", "vlan_id", "ipam/vlans/", {"site": "buffalo", "name": "Voice"}),
        ("dcim/interfaces/", "virtual_chassis_member_id", "dcim/devices/", {"name": "bin-asw01"}),
        ("dcim/devices/", "region_id", "dcim/regions/", {"slug": "americas"}),
        ("dcim/devices/", "location_id", "dcim/locations/", {"site": "akron", "slug": "building-1"}),
        ("dcim/devices/", "rack_id", "dcim/racks/", {"site": "akron"}),
        ("dcim/cables/", "device_id", "dcim/devices/", {"name": "akr-core02"}),
        ("dcim/sites/", "contact", "tenancy/contacts/", {"name__ic": "okafor"}),
        ("dcim/sites/", "contact_group", "tenancy/contact-groups/", {"slug": "staff"}),
        ("ipam/ip-addresses/", "device_id", "dcim/devices/", {"name": "bin-asw01"}),
        ("ipam/vlans/", "available_at_site", "dcim/sites/", {"slug": "akron"}),
        ("ipam/vlans/", "interface_id", "dcim/interfaces/", {"device": "akr-core01", "name": "Ethernet5"}),
    ],
)
async def test_filters_by_id_find_as_much(
    both: Both, path: str, parameter: str, found: str, of: Mapping[str, str]
) -> None:
    counts = [
        (await server.get(path, {"limit": "1", parameter: await server.id_of(found, **of)}))["count"]
        for server in (both.demo, both.netbox)
    ]
    assert counts[0] == counts[1]
    assert counts[0] > 0


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("dcim/devices/", {"site": "nosuch"}),
        ("dcim/devices/", {"site": ["akron", "nosuch"], "status": "nosuch"}),
        ("dcim/devices/", {"site": ""}),
        ("dcim/devices/", {"site_id": "999999"}),
        ("dcim/devices/", {"site_id": "abc"}),
        ("dcim/devices/", {"status": "null"}),
        ("dcim/devices/", {"tag": "nosuch"}),
        ("dcim/devices/", {"position": "abc"}),
        ("dcim/devices/", {"primary_ip4": "abc"}),
        ("dcim/devices/", {"last_updated__gte": "abc"}),
        ("dcim/devices/", {"cf_purchase_date": "abc"}),
        ("dcim/devices/", {"cf_power_budget": "abc"}),
        ("dcim/interfaces/", {"vlan_id": "abc"}),
        ("dcim/sites/", {"time_zone": "abc"}),
        ("ipam/vlans/", {"vid": "abc"}),
        ("dcim/devices/", {"start": "abc"}),
        ("dcim/devices/", {"start": "0", "offset": "0"}),
        ("dcim/devices/", {"start": "0", "ordering": "name"}),
        ("dcim/devices/999999/", {}),
        ("dcim/devices/abc/", {}),
        ("ipam/vlan-groups/999999/", {}),
        ("dcim/interfaces/999999/trace/", {}),
        ("dcim/nosuch/", {}),
        ("nosuch/", {}),
        ("dcim/front-ports/1/trace/", {}),
        ("dcim/interfaces/1/paths/", {}),
        ("dcim/connected-device/", {}),
        ("dcim/connected-device/", {"peer_device": "nosuch", "peer_interface": "x"}),
        ("dcim/devices/", {"id": [str(1000 + number) for number in range(700)]}),
    ],
    ids=lambda each: str(each)[:60],
)
async def test_errors_are_the_same(both: Both, path: str, query: Query) -> None:
    status, _ = await both.same(f"api/{path}", query)
    assert status >= 400


@pytest.mark.parametrize("path", ["", "status/", "dcim/sites/", "authentication-check/"])
@pytest.mark.parametrize(
    "token", ["", "Token wrong", "Bearer nbt_wrong.wrong", "Bearer nbt_wrong", "Token a b"]
)
async def test_tokens_are_refused_in_the_same_words(both: Both, path: str, token: str) -> None:
    status, _ = await both.same(f"api/{path}", token=token)
    assert status == 403


async def test_paging_is_the_same(both: Both) -> None:
    for limit in ("0", "1001", "abc", "-1", "7"):
        sizes = [
            len((await server.get("dcim/interfaces/", {"limit": limit, "fields": "id"}))["results"])
            for server in (both.demo, both.netbox)
        ]
        assert sizes[0] == sizes[1]
    links = []
    for server in (both.demo, both.netbox):
        page = await server.get("dcim/devices/", {"status": "active", "limit": "5", "offset": "10"})
        links.append([page[name].removeprefix(server.url) for name in ("next", "previous")])
    assert links[0] == links[1]


@pytest.mark.parametrize("ordering", ["name", "-name", "serial", "-position", "nosuch", "name,nosuch"])
async def test_ordering_is_the_same(both: Both, ordering: str) -> None:
    await both.same("api/dcim/devices/", {"ordering": ordering, "fields": "name", "name__empty": "false"})


async def test_paths_are_the_same(both: Both) -> None:
    cabled = await both.demo.get("dcim/interfaces/", {"cabled": "true", "limit": "1000"})
    ends: dict[tuple[str, int], Any] = {}
    for row in cabled["results"]:
        if row["device"]["name"]:
            kind = row["connected_endpoints_type"], len(row["name"])
            ends.setdefault(kind, row)
    assert len(ends) > 3
    for row in ends.values():
        status, path = await both.same_about(
            "dcim/interfaces/", "trace/", device=row["device"]["name"], name=row["name"]
        )
        assert (status, bool(path)) == (200, True)


async def test_helpers_are_the_same(both: Both) -> None:
    some = {"limit": "3"}
    corporate = {"prefix": "10.0.1.0/24", "vrf": "65000:10"}
    await both.same_about("ipam/prefixes/", "available-ips/", some, **corporate)
    await both.same_about("ipam/prefixes/", "available-prefixes/", prefix="10.0.16.0/20", vrf="65000:10")
    await both.same_about("ipam/ip-ranges/", "available-ips/", some, start_address="10.0.2.200")
    await both.same_about("ipam/vlan-groups/", "available-vlans/", some, slug="backbone")
    for face in ("front", "rear"):
        await both.same_about("dcim/racks/", "elevation/", {"face": face, "limit": "0"}, site="akron")
    await both.same(
        "api/dcim/connected-device/", {"peer_device": "alb-core01", "peer_interface": "Ethernet1"}
    )


async def test_the_schema_promises_nothing_that_netbox_does_not(both: Both) -> None:
    ours, theirs = [await server.get("schema/", {"format": "json"}) for server in (both.demo, both.netbox)]
    for path, model in BY_PATH.items():
        names = []
        for schema in (ours, theirs):
            listed = schema["paths"][f"/api/{path}/"]["get"]["parameters"]
            names.append({each["name"]: each for each in listed})
        assert set(names[0]) <= set(names[1]), path
        for name, parameter in names[0].items():
            assert parameter["schema"].get("type") == names[1][name]["schema"].get("type"), (path, name)
        properties = [schema["components"]["schemas"][model.label]["properties"] for schema in (ours, theirs)]
        # A password can be written, and never read.
        assert set(properties[0]) == set(properties[1]) - {"password"}
