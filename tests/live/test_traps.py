"""The ten traps of the two APIs: each is shown to be there, and netbrief to answer right in spite of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from demo.inventory import Inventory
from server.services import open_source
from server.settings import SourceKind
from sources.errors import NotFound, SourceMisbehaved
from sources.http import HttpClient
from sources.source import Match
from sources.types import CATALOG
from tests.asking import Asker, asking, plain_settings, source
from tests.live.servers import KINDS, PATIENCE, asking_real, past_netbrief, real, setting
from tests.questions.truth import Row, Truth

PORTS = "/api/dcim/interfaces/"
PORT, GUEST = "dcim.interface", "virtualization.vminterface"
WRONG = "0123456789abcdef0123456789abcdef01234567"
BOTH_KINDS = pytest.mark.parametrize("kind", KINDS)
BOTH_ROADS = pytest.mark.parametrize("graphql", [True, False], ids=["graphql", "rest"])


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=KINDS)
async def asker(request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[Asker]:
    async with asking_real(request.param, folder) as found:
        yield found


def _carriers(truth: Truth, type_: str, vids: set[int]) -> list[Row]:
    """The interfaces that carry a VLAN with one of these numbers."""
    vlans = {row["id"] for row in truth.rows("ipam.vlan") if row["vid"] in vids}
    return truth.rows(type_, lambda row: not vlans.isdisjoint({row["untagged_vlan"], *row["tagged_vlans"]}))


async def _vlan_id(client: HttpClient, vid: int, index: int = 0) -> str:
    found = await client.get("/api/ipam/vlans/", [("vid", str(vid)), ("limit", "50")])
    return str(sorted(found["results"], key=lambda row: str(row["id"]))[index]["id"])


# 1. NetBox answers an unknown filter with the whole table.


async def test_netbox_itself_ignores_a_filter_that_it_does_not_know(inventory: Inventory) -> None:
    async with past_netbrief("netbox") as client:
        answer = await client.get(PORTS, [("untagged_vlan_id", "1"), ("limit", "1")])
    assert answer["count"] == inventory.count(PORT)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    "name", ["nosuchfilter", "vlan_ids", "last_updated_after", "name__like", "device__tenant"]
)
async def test_an_unknown_filter_is_refused(asker: Asker, name: str) -> None:
    text = await asker.refused("list_objects", type="interface", where={name: "1"})
    assert text.startswith("bad_filter: ")
    assert name in text


# 2. Of several VLANs the filter uses the last.


@BOTH_KINDS
async def test_the_servers_use_the_last_of_several_vlans(kind: SourceKind) -> None:
    async with past_netbrief(kind) as client:
        first, second = await _vlan_id(client, 2001), await _vlan_id(client, 100)
        both = await client.get(PORTS, [("vlan_id", second), ("vlan_id", first), ("limit", "1")])
        last = await client.get(PORTS, [("vlan_id", first), ("limit", "1")])
    assert both["count"] == last["count"] == 0


@pytest.mark.asyncio(loop_scope="module")
async def test_several_vlans_are_refused_where_one_would_be_used_and_answered_by_vlans(
    asker: Asker, truth: Truth
) -> None:
    text = await asker.refused("list_objects", type="interface", where={"vlan": [100, 2001]})
    assert "one value at a time" in text
    assert "vlans(" in text
    reply = await asker.ask("vlans", vid=[100, 2001])
    ports = _carriers(truth, PORT, {100, 2001})
    assert f"{len(ports):,} interfaces" in reply.body["summary"]


# 3. Nautobot's filter by VLAN repeats rows and counts the repetitions.


async def test_nautobot_itself_repeats_the_ports_of_a_vlan() -> None:
    async with past_netbrief("nautobot") as client:
        answer = await client.get(PORTS, [("vlan", "10"), ("limit", "1000")])
    assert answer["count"] > len({row["id"] for row in answer["results"]})


@BOTH_KINDS
@BOTH_ROADS
async def test_the_ports_of_a_vlan_come_once(
    kind: SourceKind, folder: Path, truth: Truth, *, graphql: bool
) -> None:
    ports = _carriers(truth, PORT, {10})
    async with asking_real(kind, folder, graphql=graphql) as asker:
        counted = await asker.ask("list_objects", type="interface", where={"vlan": 10}, limit=1)
        listed = await asker.ask(
            "list_objects", type="interface", where={"vlan": 10}, fields=["id"], max_tokens=20_000
        )
        grouped = await asker.ask("list_objects", type="interface", where={"vlan": 10}, group_by="mode")
    assert counted.section("interfaces")["total"] == len(ports)
    ids = [row[0] for row in listed.section("interfaces")["rows"]]
    assert len(ids) == len(set(ids)) == len(ports)
    assert sum(row[1] for row in grouped.section("interfaces by mode")["rows"]) == len(ports)


# 4. NetBox's GraphQL cuts every list at 1,000 rows without a sign.


async def test_netbox_itself_cuts_a_list() -> None:
    async with past_netbrief("netbox") as client:
        answer = await client.post("/graphql/", {"query": "{interface_list{id}}"})
    assert len(answer["data"]["interface_list"]) == 1000
    assert "errors" not in answer


@BOTH_KINDS
@BOTH_ROADS
async def test_a_list_of_more_than_a_thousand_rows_is_whole(
    kind: SourceKind, folder: Path, inventory: Inventory, *, graphql: bool
) -> None:
    assert inventory.count(PORT) > 1_000
    opened = open_source(real(kind, graphql=graphql), plain_settings(folder, **PATIENCE))
    try:
        [page] = await opened.read([Match(CATALOG[PORT])])
    finally:
        await opened.close()
    assert page.error is None
    assert page.total == len(page.rows) == len({row["id"] for row in page.rows}) == inventory.count(PORT)


# 5. What a token may not read looks like nothing at all.


@BOTH_KINDS
async def test_the_servers_themselves_show_an_empty_list_by_graphql(kind: SourceKind) -> None:
    path, query = (
        ("/graphql/", "{ip_address_list{id}}")
        if kind == "netbox"
        else ("/api/graphql/", "{ip_addresses{id}}")
    )
    async with past_netbrief(kind, "NO_IPS") as client:
        answer = await client.post(path, {"query": query})
    assert list(answer["data"].values()) == [[]]
    assert "errors" not in answer


@BOTH_KINDS
@BOTH_ROADS
async def test_a_missing_permission_is_not_none(kind: SourceKind, folder: Path, *, graphql: bool) -> None:
    async with asking_real(kind, folder, "NO_IPS", graphql=graphql) as asker:
        for tool, arguments in (
            ("list_objects", {"type": "ip address"}),
            ("list_objects", {"type": "ip address", "group_by": "status"}),
            ("find", {"text": "10.0.1.4", "types": ["ip address"]}),
            ("describe", {"object": "10.0.6.1/24", "type": "ip address"}),
        ):
            text = await asker.refused(tool, **arguments)
            assert text.startswith("not_permitted: "), text
        device = await asker.ask("describe", object="akr-core01")
        assert device.body["complete"] is False
        assert any("ip addresses: not read" in each for each in device.body["warnings"])
        hosts = await asker.ask(
            "list_objects", type="device", where={"site": "Akron"}, fields=["name", "primary_ip4"]
        )
        [section] = hosts.body["sections"]
        assert "primary_ip4" in section["columns"] or "primary_ip6 of devices may be missing" in str(
            hosts.body["warnings"]
        )
        found = await asker.ask("find", text="10.0.1.4")
        assert found.body["complete"] is False
        state = await asker.ask("status")
    assert "ipam.ipaddress" in str(state.body["sections"])


@BOTH_KINDS
async def test_a_token_for_one_site_sees_that_site_and_says_of_others_why_not(
    kind: SourceKind, folder: Path, truth: Truth
) -> None:
    sites = [str(row["name"]) for row in truth.rows("dcim.site")]
    async with asking_real(kind, folder, "ONE_SITE") as asker:
        seen = await asker.ask("list_objects", type="site", fields=["name"])
        [[site]] = [list(row) for row in seen.section("sites")["rows"]]
        hidden = next(name for name in sites if name != site)
        text = await asker.refused("describe", object=hidden, type="site")
        assert "the token may not see it" in text
        devices = await asker.ask("list_objects", type="device", group_by="site")
        here = truth.rows("dcim.device", lambda row: truth.title("dcim.site", row["site"]) == site)
        assert devices.section("devices by site")["rows"] == [[site, len(here)]]


@BOTH_KINDS
async def test_two_tokens_share_no_cache(kind: SourceKind, folder: Path) -> None:
    whole = real(kind)
    limited = real(kind, "ONE_SITE").model_copy(update={"name": "limited"})
    async with asking(whole, limited, folder=folder, **PATIENCE) as asker:
        totals = [
            (await asker.ask("list_objects", type="device", source=name)).section("devices")["total"]
            for name in (whole.name, "limited", whole.name)
        ]
    assert totals[0] == totals[2] > totals[1] > 0


# 6. Ports in mode tagged-all are matched by their native VLAN only, and VM interfaces carry VLANs too.


@pytest.mark.asyncio(loop_scope="module")
async def test_tagged_all_ports_and_vm_interfaces_are_in_their_vlans(asker: Asker, truth: Truth) -> None:
    everywhere = truth.rows(PORT, lambda row: row["mode"] == "tagged-all" and row["untagged_vlan"])
    assert everywhere
    vids = {truth.table("ipam.vlan")[row["untagged_vlan"]]["vid"] for row in everywhere}
    guests = {truth.table("ipam.vlan")[row["untagged_vlan"]]["vid"] for row in truth.rows(GUEST)}
    wanted = vids | guests
    reply = await asker.ask("vlans", vid=sorted(wanted), max_tokens=20_000)
    assert f"{len(_carriers(truth, PORT, wanted)):,} interfaces" in reply.body["summary"]
    assert f"{len(_carriers(truth, GUEST, wanted)):,} VM interfaces" in reply.body["summary"]
    [warning] = reply.body["warnings"]
    assert warning.startswith(f"{len(everywhere)} of the ports are in mode tagged-all")


# 7. Addresses beyond 4,000 bytes fail.


async def test_netbox_itself_refuses_a_long_address() -> None:
    async with past_netbrief("netbox") as client:
        with pytest.raises(SourceMisbehaved, match="400"):
            await client.get(PORTS, [("id", str(number)) for number in range(1, 800)])


@BOTH_KINDS
@BOTH_ROADS
async def test_long_lists_of_ids_are_answered(
    kind: SourceKind, folder: Path, truth: Truth, *, graphql: bool
) -> None:
    opened = open_source(real(kind), plain_settings(folder, **PATIENCE))
    try:
        [page] = await opened.read([Match(CATALOG[PORT])])
    finally:
        await opened.close()
    ids = [row["id"] for row in page.rows][:900]
    names = [str(row["name"]) for row in truth.rows("dcim.device") if row["name"]]
    many = [*names, *(f"no-such-device-{number:04}" for number in range(400))]
    async with asking_real(kind, folder, graphql=graphql) as asker:
        by_id = await asker.ask("list_objects", type="interface", where={"id": ids}, limit=5)
        by_name = await asker.ask("list_objects", type="device", where={"name": many}, fields=["name"])
    assert by_id.section("interfaces")["total"] == len(ids)
    assert by_name.section("devices")["total"] == len(names)


# 8. Nautobot's REST has no choice of fields, and hides the many-to-many ones.


async def test_nautobot_itself_hides_tagged_vlans() -> None:
    async with past_netbrief("nautobot") as client:
        answer = await client.get(PORTS, [("mode", "tagged"), ("limit", "1")])
    assert "tagged_vlans" not in answer["results"][0]


@BOTH_KINDS
async def test_tagged_vlans_are_there_without_graphql(kind: SourceKind, folder: Path, truth: Truth) -> None:
    trunks = [row for row in truth.interfaces_of("akr-core01") if row["mode"] == "tagged"]
    async with asking_real(kind, folder, graphql=False) as asker:
        reply = await asker.ask(
            "list_objects",
            type="interface",
            where={"device": "akr-core01", "mode": "tagged"},
            fields=["name", "tagged_vlans"],
            max_tokens=20_000,
        )
    section = reply.section("interfaces")
    assert section["total"] == len(trunks)
    same = section.get("same", {}).get("tagged_vlans")
    shown = same if same is not None else section["rows"][0][section["columns"].index("tagged_vlans")]
    assert sorted(shown) == sorted(str(truth.title("ipam.vlan", id_)) for id_ in trunks[0]["tagged_vlans"])


# 9. An unknown address is a page of HTML; a missing token and a wrong one are the same 403.


@BOTH_KINDS
async def test_an_endpoint_that_is_not_there_is_told_in_words(kind: SourceKind) -> None:
    async with past_netbrief(kind) as client:
        with pytest.raises(NotFound, match="has nothing at /api/dcim/nosuch/") as caught:
            await client.get("/api/dcim/nosuch/")
    assert "<" not in caught.value.in_words()


@BOTH_KINDS
@pytest.mark.parametrize("token", [WRONG, "", "nbt_abc.def"])
async def test_a_wrong_token_is_told_in_words(kind: SourceKind, folder: Path, token: str) -> None:
    url = setting(f"{kind.upper()}_URL")
    async with asking(source(url, token, kind=kind), folder=folder) as asker:
        for tool, arguments in (
            ("list_objects", {"type": "device"}),
            ("vlans", {}),
            ("find", {"text": "akr"}),
        ):
            text = await asker.refused(tool, **arguments)
            assert text.startswith("not_authenticated: "), text
            assert WRONG not in text
        state = await asker.ask("status")
    assert state.body["complete"] is False


async def test_a_web_server_that_is_no_api_is_told_in_words(folder: Path) -> None:
    """The address of the login page instead of the API's."""
    url = f"{setting('NETBOX_URL')}/login"
    async with asking(source(url, WRONG), folder=folder) as asker:
        text = await asker.refused("list_objects", type="device")
    assert text.split(":")[0] in ("not_found", "source_misbehaved")
    assert "<" not in text


# 10. Neither API tells how full a prefix or a rack is.


@BOTH_KINDS
@pytest.mark.parametrize("path", ["/api/ipam/prefixes/", "/api/dcim/racks/"])
async def test_the_servers_themselves_do_not_tell_utilization(kind: SourceKind, path: str) -> None:
    async with past_netbrief(kind) as client:
        answer = await client.get(path, [("limit", "1")])
    assert "utilization" not in answer["results"][0]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("type_", ["prefix", "rack"])
async def test_utilization_is_refused_rather_than_shown_as_nothing(asker: Asker, type_: str) -> None:
    text = await asker.refused("list_objects", type=type_, fields=["utilization"])
    assert text.startswith("unknown_field: ")
    assert 'have no field "utilization"' in text
