"""`vlans` of a site: its own VLANs and those of the VLAN groups whose scope it is, each once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from demo.inventory import Inventory
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from tests.core import Core, opened, rows_of, section_of
from tests.inventories import Builder
from tests.truth import Truth

pytestmark = pytest.mark.asyncio(loop_scope="module")
MEMBERS = "ports by VLAN and device"
SITES = ("Akron", "Boston")
GROUPS = ("Akron VLANs", "Boston VLANs", "anywhere")


def inventory() -> Inventory:
    """VLANs with and without a site and a group, in every combination, on trunks that carry several of them."""
    builder = Builder()
    boston = builder.add("dcim.site", name="Boston", slug="bos", status="active")
    acme = builder.add("tenancy.tenant", name="Acme", slug="acme")
    scopes = ({"scope_type": "dcim.site", "scope_id": id_} for id_ in (builder.site, boston))
    region = builder.add("dcim.region", name="Ohio", slug="ohio")
    assert region == builder.site, "a region of the same number as a site is another place"
    wide = {"scope_type": "dcim.region", "scope_id": region}
    groups = [
        builder.add("ipam.vlangroup", name=name, slug=name.replace(" ", "-").lower(), **scope)
        for name, scope in zip(GROUPS, (*scopes, wide), strict=True)
    ]
    vlans = [
        builder.vlans([vid], site=site, group=group, tenant=tenant)[0]
        for vid, (site, group, tenant) in enumerate(
            product((None, builder.site, boston), (None, *groups), (None, acme)), start=10
        )
    ]
    switches = [builder.device("sw1"), builder.device("sw2", site=boston)]
    for at, vlan in enumerate(vlans):
        tagged = [vlan, *vlans[at + 1 : at + 1 + at % 3]]
        builder.port(switches[at % 2], f"Gi{at}", mode="tagged", tagged_vlans=tagged)
        builder.add("ipam.prefix", prefix=f"10.0.{at}.0/24", vlan=vlan, status="active")
    return builder.inventory()


class Mixed:
    """The core over that inventory, and what is true of it."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.truth = Truth(core.server.inventory)

    def vlans(self, site: str, **conditions: Any) -> list[dict[str, Any]]:
        """The VLANs of a site, or of a group whose scope it is, that meet the other conditions."""
        [place] = self.truth.rows("dcim.site", name=site)
        groups = self.truth.rows("ipam.vlangroup", scope_type="dcim.site", scope_id=place["id"])
        ids = {group["id"] for group in groups}
        return [
            row
            for row in self.truth.rows("ipam.vlan", **conditions)
            if row["site"] == place["id"] or row["group"] in ids
        ]

    def place(self, vlan: dict[str, Any]) -> str | None:
        """The site that a VLAN names, or else its group."""
        return self.truth.name("dcim.site", vlan["site"]) or self.truth.name("ipam.vlangroup", vlan["group"])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mixed(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Mixed]:
    async with DemoServer(inventory()) as server, opened(server, tmp_path_factory.mktemp("kept")) as core:
        yield Mixed(core)


@pytest.mark.parametrize("site", SITES)
async def test_a_site_s_vlans_are_its_own_and_those_of_its_groups(mixed: Mixed, site: str) -> None:
    rows = await mixed.core.whole("vlans", "VLANs", site=site, max_tokens=300)
    told = [(row["vid"], row["site"], row["ports"], row["devices"], row["prefixes"]) for row in rows]
    wanted = []
    for vlan in mixed.vlans(site):
        ports = mixed.truth.carriers("dcim.interface", vlan["id"])
        [prefix] = mixed.truth.rows("ipam.prefix", vlan=vlan["id"])
        devices = len({port["device"] for port in ports})
        wanted.append((vlan["vid"], mixed.place(vlan), len(ports), devices, prefix["prefix"]))
    assert told == sorted(wanted)
    assert any(place in GROUPS for _, place, *_ in told)


@pytest.mark.parametrize("site", SITES)
async def test_the_members_are_those_of_both(mixed: Mixed, site: str) -> None:
    rows = await mixed.core.whole("vlans", MEMBERS, site=site, max_tokens=600)
    wanted = {
        (vlan["vid"], mixed.truth.name("dcim.device", port["device"]))
        for vlan in mixed.vlans(site)
        for port in mixed.truth.carriers("dcim.interface", vlan["id"])
    }
    assert sorted((row["vid"], row["device"]) for row in rows) == sorted(wanted)


@pytest.mark.parametrize("site", SITES)
async def test_a_trunk_of_both_counts_once(mixed: Mixed, site: str) -> None:
    vlans = mixed.vlans(site)
    ports = {port["id"] for vlan in vlans for port in mixed.truth.carriers("dcim.interface", vlan["id"])}
    body = await mixed.core.ask("vlans", site=site)
    assert body["summary"].startswith(
        f"{len(vlans)} VLANs (site {site}): {len(ports)} interfaces on 2 devices"
    )
    assert f"{len(vlans)} prefixes" in body["summary"]
    assert body["complete"]


@pytest.mark.parametrize("site", SITES)
async def test_the_other_conditions_hold_for_the_vlans_by_group_too(mixed: Mixed, site: str) -> None:
    for vlan in mixed.truth.rows("ipam.vlan"):
        for key, value in (("vid", vlan["vid"]), ("name", vlan["name"])):
            body = await mixed.core.ask("vlans", **{"site": site, key: value})
            wanted = mixed.vlans(site, **{key: value})
            assert [row["vid"] for row in rows_of(body, "VLANs")] == [row["vid"] for row in wanted]
    for key, type_, named in (("group", "ipam.vlangroup", GROUPS), ("tenant", "tenancy.tenant", ("Acme",))):
        for name in named:
            [held] = mixed.truth.rows(type_, name=name)
            rows = await mixed.core.whole("vlans", "VLANs", **{"site": site, key: name})
            wanted = mixed.vlans(site, **{key: held["id"]})
            assert [row["vid"] for row in rows] == [row["vid"] for row in wanted]


async def test_the_groups_of_a_site_take_one_request_where_there_are_none(tmp_path: Path) -> None:
    builder = Builder()
    [vlan] = builder.vlans([10])
    builder.port(builder.device("sw1"), "Gi1", mode="access", untagged_vlan=vlan)
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        await core.ask("vlans", vid=10)
        await core.ask("vlans", vid=10, refresh=True)
        by_number = core.paths()
        await core.ask("vlans", site="Akron", refresh=True)
        assert sorted(core.paths()) == sorted([*by_number, "dcim/sites", "ipam/vlan-groups"])


async def test_groups_that_may_not_be_read_make_the_answer_a_part(mixed: Mixed, tmp_path: Path) -> None:
    held = mixed.core.server.inventory
    token = Token(DEMO_TOKEN, permissions={type_: {} for type_ in held.types if type_ != "ipam.vlangroup"})
    async with DemoServer(held, [token]) as server, opened(server, tmp_path) as core:
        body = await core.ask("vlans", site="Akron")
        [site] = mixed.truth.rows("dcim.site", name="Akron")
        assert section_of(body, "VLANs")["total"] == len(mixed.truth.rows("ipam.vlan", site=site["id"]))
        assert not body["complete"]
        assert body["warnings"][0].startswith("vlan groups: not read")


async def test_ports_that_may_not_be_read_are_no_column(mixed: Mixed, tmp_path: Path) -> None:
    held = mixed.core.server.inventory
    token = Token(DEMO_TOKEN, permissions={type_: {} for type_ in held.types if type_ != "dcim.interface"})
    async with DemoServer(held, [token]) as server, opened(server, tmp_path) as core:
        body = await core.ask("vlans", site="Akron")
        assert section_of(body, "VLANs")["total"] == len(mixed.vlans("Akron"))
        assert not {"ports", "devices"} & set(rows_of(body, "VLANs")[0])
        assert not body["complete"]
