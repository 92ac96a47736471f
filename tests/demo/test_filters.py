"""Filters, as NetBox has them: with their lookups, their errors and their traps."""

import pytest

from demo.filters import Filters
from demo.inventory import Inventory
from demo.models import MODELS
from demo.parameter import InvalidValueError
from tests.demo.client import Client


async def test_by_slug_and_by_id(client: Client) -> None:
    akron = (await client.all("dcim/sites/", slug="akron"))[0]
    by_slug = await client.names("dcim/devices/", site="akron")
    assert by_slug == await client.names("dcim/devices/", site_id=akron["id"])
    assert len(by_slug) == akron["device_count"] == 13


async def test_several_values_are_alternatives(client: Client) -> None:
    both = await client.count("dcim/devices/", site=["akron", "albany"])
    assert both == await client.count("dcim/devices/", site="akron") + await client.count(
        "dcim/devices/", site="albany"
    )


async def test_a_region_includes_those_below_it(client: Client) -> None:
    assert await client.names("dcim/sites/", region="americas") > await client.names(
        "dcim/sites/", region="new-york"
    )
    assert await client.count("dcim/devices/", region="americas") == 70
    role = await client.count("dcim/devices/", role="switch")
    assert role == await client.count("dcim/devices/", role=["core-switch", "access-switch"])


async def test_everything_but(client: Client) -> None:
    without = await client.count("dcim/devices/", tenant_id__n=1)
    assert without + await client.count("dcim/devices/", tenant_id=1) == 70


async def test_null_finds_what_has_none(client: Client) -> None:
    rows = await client.all("dcim/devices/", tenant_id="null")
    assert rows
    assert all(row["tenant"] is None for row in rows)
    assert {row["name"] for row in await client.all("dcim/devices/", name="null")} == {None}
    vrf = await client.count("ipam/prefixes/", vrf_id=["null", 1])
    assert vrf == await client.count("ipam/prefixes/", vrf_id="null") + await client.count(
        "ipam/prefixes/", vrf_id=1
    )


async def test_tags_must_all_be_there(client: Client) -> None:
    critical = await client.names("dcim/devices/", tag="critical")
    monitored = await client.names("dcim/devices/", tag="monitored")
    assert critical < monitored
    assert await client.names("dcim/devices/", tag=["critical", "monitored"]) == critical
    assert await client.names("dcim/devices/", tag__any=["critical", "monitored"]) == monitored


async def test_of_several_vlans_only_the_last_counts(client: Client) -> None:
    ids = {row["name"]: row["id"] for row in await client.all("ipam/vlans/", site="buffalo", vid=[200, 300])}
    users, voice = ids["Users"], ids["Voice"]
    of_voice = await client.count("dcim/interfaces/", vlan_id=voice)
    assert of_voice != await client.count("dcim/interfaces/", vlan_id=users)
    assert await client.count("dcim/interfaces/", vlan_id=[users, voice]) == of_voice


async def test_an_unknown_filter_finds_everything(client: Client) -> None:
    assert await client.count("dcim/interfaces/", untagged_vlan_id=1) == await client.count(
        "dcim/interfaces/"
    )
    assert await client.count("dcim/devices/", nosuch="x", id__in="1,2") == 70


@pytest.mark.parametrize(
    ("path", "name", "value", "message"),
    [
        (
            "dcim/devices/",
            "site",
            "nosuch",
            "Select a valid choice. nosuch is not one of the available choices.",
        ),
        (
            "dcim/devices/",
            "site_id",
            "99999",
            "Select a valid choice. 99999 is not one of the available choices.",
        ),
        ("dcim/devices/", "site_id", "abc", "“abc” is not a valid value."),
        (
            "dcim/devices/",
            "status",
            "nosuch",
            "Select a valid choice. nosuch is not one of the available choices.",
        ),
        ("dcim/devices/", "status", "", "Select a valid choice.  is not one of the available choices."),
        (
            "dcim/devices/",
            "tag",
            "nosuch",
            "Select a valid choice. nosuch is not one of the available choices.",
        ),
        ("dcim/devices/", "position", "abc", "Enter a number."),
        ("ipam/vlans/", "vid", "abc", "Enter a whole number."),
        ("dcim/interfaces/", "vlan_id", "abc", "Enter a number."),
        ("dcim/devices/", "last_updated__gte", "abc", "Enter a valid date/time."),
        ("dcim/devices/", "cf_purchase_date", "abc", "Enter a valid date."),
    ],
)
async def test_a_value_that_cannot_be(client: Client, path: str, name: str, value: str, message: str) -> None:
    assert await client.ask(path, **{name: value}) == (400, {name: [message]})


async def test_every_bad_value_is_named(client: Client) -> None:
    status, body = await client.ask("dcim/devices/", site="nosuch", status="nosuch", role="server")
    assert status == 400
    assert set(body) == {"site", "status"}


@pytest.mark.parametrize(
    ("lookup", "value", "found"),
    [
        ("", "AKR-core01", {"akr-core01"}),
        ("__ic", "CORE0", {"akr-core01", "akr-core02", "alb-core01", "alb-core02"}),
        ("__isw", "Akr-Co", {"akr-core01", "akr-core02"}),
        ("__iew", "-CORE01", {"akr-core01", "alb-core01"}),
        ("__ie", "akr-CORE01", {"akr-core01"}),
        ("__regex", "^a.*core0[12]$", {"akr-core01", "akr-core02", "alb-core01", "alb-core02"}),
        ("__iregex", "^AKR-CORE", {"akr-core01", "akr-core02"}),
    ],
)
async def test_lookups_of_text(client: Client, lookup: str, value: str, found: set[str]) -> None:
    assert await client.names("dcim/devices/", **{f"name{lookup}": value}) == found


async def test_several_names_are_each_found_in_either_case(client: Client) -> None:
    several = ["AKR-core01", "nosuch", "Akr-CORE02"]
    assert await client.names("dcim/devices/", name__ie=several) == {"akr-core01", "akr-core02"}


async def test_negated_lookups_are_the_rest(client: Client) -> None:
    for lookup in ("ic", "isw", "iew", "ie"):
        some = await client.count("dcim/devices/", **{f"name__{lookup}": "akr-core01"})
        rest = await client.count("dcim/devices/", **{f"name__n{lookup}": "akr-core01"})
        assert some + rest == 70
        assert some > 0


async def test_empty(client: Client) -> None:
    named = await client.count("dcim/devices/", name__empty="false")
    assert named + await client.count("dcim/devices/", name__empty="true") == 70
    assert 0 < named < 70


async def test_percent_and_underscore_stand_for_themselves(client: Client) -> None:
    assert await client.names("dcim/sites/", name__ic="0%") == {"Saint-Étienne/O'Hare 50% «Süd»"}
    assert await client.count("dcim/sites/", name__ic="_") == 0
    assert await client.names("dcim/sites/", name__iew="SÜD»") == {"Saint-Étienne/O'Hare 50% «Süd»"}
    assert await client.count("dcim/sites/", name__isw="SÜD") == 0


async def test_lookups_of_numbers(client: Client) -> None:
    vids = [row["vid"] for row in await client.all("ipam/vlans/", vid__gte=200, vid__lt=400, fields="vid")]
    assert set(vids) == {200, 201, 300}
    assert await client.count("ipam/vlans/", vid=[10, 100]) == 26


async def test_moments(client: Client) -> None:
    newest = max(row["last_updated"] for row in await client.all("dcim/devices/", fields="last_updated"))
    assert await client.count("dcim/devices/", last_updated__gte=newest) == 1
    assert await client.count("dcim/devices/", last_updated__lt=newest) == 69
    assert await client.count("dcim/devices/", created__gte="2030-01-01") == 0


async def test_custom_fields(client: Client) -> None:
    gold = await client.all("dcim/devices/", cf_support_tier="gold")
    assert {row["custom_fields"]["support_tier"]["value"] for row in gold} == {"gold"}
    assert gold[0]["custom_fields"]["support_tier"]["label"] == "Gold"
    strong = await client.all("dcim/devices/", cf_power_budget__gte=400)
    assert {row["custom_fields"]["power_budget"] for row in strong} == {400, 600}
    assert await client.count("ipam/vlans/", cf_service_owner="ETO") == 13
    assert await client.count("dcim/sites/", cf_site_code="AKR") == 1
    yes, no = [await client.count("dcim/devices/", cf_backed_up=value) for value in ("true", "false")]
    assert 0 < no < yes < 70


async def test_addresses(client: Client) -> None:
    within = await client.names("ipam/prefixes/", within="10.0.0.0/20", vrf_id="null")
    assert "10.0.0.0/24" in within
    assert "10.0.0.0/20" not in within
    assert "10.0.0.0/20" in await client.names("ipam/prefixes/", within_include="10.0.0.0/20", vrf_id="null")
    around = await client.names("ipam/prefixes/", contains="10.0.0.7", vrf_id="null")
    assert around == {"10.0.0.0/8", "10.0.0.0/20", "10.0.0.0/22", "10.0.0.0/24"}
    assert await client.count("ipam/prefixes/", mask_length=20) < await client.count(
        "ipam/prefixes/", mask_length__gte=20
    )
    inside = await client.all("ipam/ip-addresses/", parent="10.0.1.0/24")
    assert {row["address"].rsplit(".", 1)[0] for row in inside} == {"10.0.1"}
    assert len({row["vrf"]["name"] for row in inside}) == 2
    assert await client.count("ipam/ip-addresses/", address="10.0.1.2") == 2
    assert await client.count("ipam/ip-addresses/", address="10.0.1.2/24") == 1
    assert await client.count("ipam/ip-addresses/", parent="rubbish") == 0
    assert await client.count("ipam/prefixes/", family=6) == 13 * 3


async def test_who_has_an_address(client: Client) -> None:
    device = (await client.all("dcim/devices/", name="akr-core01"))[0]
    own = await client.all("ipam/ip-addresses/", device_id=device["id"])
    assert {row["assigned_object"]["device"]["name"] for row in own} == {"akr-core01"}
    assert len(own) == await client.count("ipam/ip-addresses/", device="akr-core01")
    assert await client.count("dcim/devices/", has_primary_ip="true") < 70
    assert await client.count("dcim/devices/", has_primary_ip="maybe") == 70


async def test_the_master_of_a_chassis_answers_for_its_members(client: Client) -> None:
    chassis = (await client.all("dcim/virtual-chassis/"))[0]
    master, other = (
        chassis["master"]["id"],
        next(m["id"] for m in chassis["members"] if m["id"] != chassis["master"]["id"]),
    )
    own = await client.count("dcim/interfaces/", device_id=master)
    both = await client.count("dcim/interfaces/", virtual_chassis_member_id=master)
    assert own < both
    # Only the management ports of the others are left out.
    assert both == await client.count("dcim/interfaces/", virtual_chassis_member_id=other) + 1


async def test_cables(client: Client) -> None:
    cabled = await client.all("dcim/interfaces/", cabled="true")
    assert cabled
    assert all(row["cable"] for row in cabled)
    connected = await client.all("dcim/interfaces/", connected="true")
    assert all(row["connected_endpoints"] for row in connected)
    far = [row for row in cabled if row["connected_endpoints_reachable"]]
    assert {row["id"] for row in far} == {row["id"] for row in connected}
    device = connected[0]["device"]
    of_device = await client.all("dcim/cables/", device_id=device["id"])
    assert connected[0]["cable"]["id"] in {row["id"] for row in of_device}
    (same,) = await client.all("dcim/cables/", interface_id=connected[0]["id"])
    assert same["id"] == connected[0]["cable"]["id"]


async def test_modes(client: Client) -> None:
    rows = await client.all("dcim/interfaces/", mode=["tagged-all"])
    assert {row["mode"]["label"] for row in rows} == {"Tagged (All)"}
    shut = await client.all("dcim/interfaces/", enabled="false")
    assert not any(row["enabled"] for row in shut)


async def test_changes_by_time(client: Client) -> None:
    changes = await client.all("core/object-changes/")
    assert changes == sorted(changes, key=lambda row: row["time"], reverse=True)
    middle = changes[100]["time"]
    assert await client.count("core/object-changes/", time_after=middle) == 101
    assert await client.count("core/object-changes/", time_before=middle) == len(changes) - 100
    request = changes[0]["request_id"]
    assert await client.count("core/object-changes/", request_id=request) <= 3


@pytest.mark.parametrize("type_", list(MODELS))
def test_every_parameter_makes_a_condition(inventory: Inventory, type_: str) -> None:
    model = MODELS[type_]
    values = ["1", "true", "10.0.0.0/24", "active", "null", "2026-01-01", "O'Hare \"%_\\ü"]
    for parameter in Filters(inventory.database).of(model).values():
        for value in values:
            try:
                found = parameter.compile(inventory.database, [value])
            except InvalidValueError:
                continue
            inventory.database.query(
                f"SELECT COUNT(*) FROM {model.table} t WHERE {found.sql}", found.parameters
            )
