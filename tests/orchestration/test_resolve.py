"""Names to objects: exact or by any spelling that people use; else the candidates or the nearest."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from demo.inventory import Inventory
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from sources.errors import Ambiguous, BadFilter, NotFound, NotPermitted, SourceMisbehaved, UnknownType
from tests.core import Core, opened, rows_of
from tests.inventories import Builder

pytestmark = pytest.mark.asyncio(loop_scope="module")
NAMES = (
    "Plain",
    "O'Hare",
    'the "big" one',
    "50% off",
    "a/b\\c",
    "Zürich «Süd»",
    "日本語",
    "two words",
    "semi;colon&amp=1#x?",
    "x²",
    "100",
    "10.0.0.0",
    "id:7",
    "+plus",
)


@pytest.fixture(scope="module")
def crowd() -> Inventory:
    builder = Builder()
    builder.add("dcim.site", name="Site 12", slug="site-12", status="active")
    builder.add("dcim.site", name="Port Arthur", slug="port-arthur", status="active")
    other = builder.add("dcim.site", name="Boston", slug="bos", status="active")
    for name in NAMES:
        builder.device(name)
    builder.device("twin", site=other)
    builder.device("twin")
    builder.device("UPPER-01")
    for at in range(30):
        builder.device(f"akr-sw{at:02}")
        builder.device(None)
    builder.vlans([100])
    builder.vlans([100], site=other)
    builder.add("dcim.rack", name="R12", site=other, status="active", u_height=42)
    builder.add("ipam.ipaddress", address="2001:db8::1/64", status="active")
    builder.add("ipam.ipaddress", address="10.9.9.9/24", status="active")
    return builder.inventory()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def one_core(crowd: Inventory, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Core]:
    async with DemoServer(crowd) as server, opened(server, tmp_path_factory.mktemp("kept")) as found:
        yield found


@pytest.fixture
def core(one_core: Core) -> Iterator[Core]:
    """The same for all tests: none may rely on what has been read."""
    yield one_core
    one_core.server.faults.clear()


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("100", "10.0.0.0", "id:7")])
async def test_a_device_is_found_by_whatever_name_it_has(core: Core, name: str) -> None:
    body = await core.ask("describe", object=name)
    assert body["facts"]["name"] == name


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_in_a_filter_may_hold_any_sign(core: Core, name: str) -> None:
    body = await core.ask("list_objects", type="device", where={"name__ie": name}, fields=["name"])
    assert [row["total"] for row in body["sections"]] == [1]


@pytest.mark.parametrize("name", ["upper-01", "UPPER-01", " Upper-01 "])
async def test_names_are_found_without_regard_to_case_and_space_around(core: Core, name: str) -> None:
    assert (await core.ask("describe", object=name))["facts"]["name"] == "UPPER-01"


@pytest.mark.parametrize(("text", "site"), [("bos", "Boston"), ("BOSTON", "Boston"), ("Akron", "Akron")])
async def test_sites_are_found_by_name_or_slug(core: Core, text: str, site: str) -> None:
    body = await core.ask(
        "list_objects", type="device", where={"site": text}, fields=["name", "site"], limit=3
    )
    assert body["sections"][0]["same" if "same" in body["sections"][0] else "rows"]
    assert site in core.text


@pytest.mark.parametrize("text", ["id:3", "#3", "id: 3", "ID:3"])
async def test_an_id_names_its_object(core: Core, text: str) -> None:
    assert (await core.ask("describe", object=text, type="device"))["facts"]["name"] == NAMES[2]


async def test_an_id_that_nothing_has_is_a_miss(core: Core) -> None:
    with pytest.raises(NotFound):
        await core.ask("describe", object="id:999999", type="device")


@pytest.mark.parametrize(
    ("text", "type_", "title"),
    [
        ("rack R12", "dcim.rack", "R12"),
        ("device Plain", "dcim.device", "Plain"),
        ("site Boston", "dcim.site", "Boston"),
        ("Site 12", "dcim.site", "Site 12"),
        ("Port Arthur", "dcim.site", "Port Arthur"),
    ],
)
async def test_a_type_before_the_name_may_be_one_or_a_part_of_the_name(
    core: Core, text: str, type_: str, title: str
) -> None:
    facts = (await core.ask("describe", object=text))["facts"]
    assert (facts["type"], facts["name"]) == (type_, title)


@pytest.mark.parametrize(
    "text",
    [
        "2001:db8::1",
        "2001:DB8::1/64",
        "2001:0db8:0000:0000::0001",
        "2001:0DB8::1/64",
        "10.9.9.9",
        "10.9.9.9/24",
    ],
)
async def test_an_address_is_found_in_any_spelling(core: Core, text: str) -> None:
    assert (await core.ask("describe", object=text))["facts"]["type"] == "ipam.ipaddress"


async def test_an_address_with_another_mask_is_another_address(core: Core) -> None:
    with pytest.raises(NotFound):
        await core.ask("describe", object="10.9.9.9/25")


async def test_several_of_one_name_are_all_named_and_told_apart(core: Core) -> None:
    with pytest.raises(Ambiguous) as error:
        await core.ask("describe", object="twin")
    assert len(error.value.candidates) == 2
    assert {"site Akron" in each for each in error.value.candidates} == {True, False}
    for candidate in error.value.candidates:
        id_ = candidate.rpartition(" = ")[2]
        assert (await core.ask("describe", object=id_, type="device"))["facts"]["name"] == "twin"
        told = await core.ask("describe", object=f"dcim.device {id_}")
        assert told["facts"]["name"] == "twin"
    assert '"dcim.device id:' in error.value.in_words()


async def test_a_vlan_number_that_two_sites_have_is_ambiguous(core: Core) -> None:
    with pytest.raises(Ambiguous) as error:
        await core.ask("describe", object="vlan 100")
    assert len(error.value.candidates) == 2


async def test_a_name_in_a_filter_means_all_that_have_it(core: Core) -> None:
    body = await core.ask("list_objects", type="interface", where={"device": "twin"})
    assert body["sections"][0]["total"] == 0
    body = await core.ask("list_objects", type="vlan", where={"site": ["Akron", "Boston"]})
    assert body["sections"][0]["total"] == 2


@pytest.mark.parametrize(
    ("text", "near"), [("akr-sw7", "akr-sw07"), ("sw07", "akr-sw07"), ("twinn", "twin"), ("plane", "Plain")]
)
async def test_a_miss_names_the_nearest(core: Core, text: str, near: str) -> None:
    with pytest.raises(NotFound) as error:
        await core.ask("describe", object=text)
    assert near in error.value.in_words()


async def test_several_of_one_name_in_a_filter_are_said_to_be_meant(core: Core) -> None:
    body = await core.ask("list_objects", type="interface", where={"device": "twin"})
    [warning] = body["warnings"]
    assert '2 objects are called "twin", and all are meant: ' in warning
    assert "site Boston" in warning


async def test_a_place_of_another_kind_is_told_by_its_kind(core: Core) -> None:
    with pytest.raises(NotFound) as caught:
        await core.ask("list_objects", type="rack", where={"location": "Boston"})
    assert (
        '"Boston" is a site: list_objects(type="rack", where={"site": "Boston"})' in caught.value.in_words()
    )
    with pytest.raises(NotFound) as caught:
        await core.ask("list_objects", type="rack", where={"site": 'the "Ring"'})
    assert 'find(text="the \\"Ring\\"")' in caught.value.in_words()


async def test_a_miss_in_a_filter_names_the_nearest(core: Core) -> None:
    with pytest.raises(NotFound) as error:
        await core.ask("list_objects", type="device", where={"site": "Bostn"})
    assert error.value.candidates == ("Boston",)


@pytest.mark.parametrize(
    "text", ["nothing%like\"it'", "²³", "🦄", "x" * 200, "\\", "%", "_", "*", "..", "a\x00b"]
)
async def test_any_text_is_answered_or_missed(core: Core, text: str) -> None:
    with pytest.raises(NotFound):
        await core.ask("describe", object=text)
    body = await core.ask("find", text=text)
    assert body["complete"] or body["warnings"]


async def test_names_by_a_part_mean_all_that_match(core: Core) -> None:
    body = await core.ask("list_objects", type="device", where={"site__ic": "o"}, group_by="site")
    assert {row[0] for row in body["sections"][0]["rows"]} == {"Akron", "Boston"}
    body = await core.ask("list_objects", type="device", where={"site__re": "^B[a-z]+"}, group_by="site")
    assert {row[0] for row in body["sections"][0]["rows"]} == {"Boston"}
    body = await core.ask("list_objects", type="device", where={"site__re": r"^\S+n$"}, group_by="site")
    assert {row[0] for row in body["sections"][0]["rows"]} == {"Akron", "Boston"}
    body = await core.ask("list_objects", type="device", where={"site__nic": "bos"}, group_by="site")
    assert {row[0] for row in body["sections"][0]["rows"]} == {"Akron"}


async def test_a_part_that_no_name_has_matches_nothing_and_excludes_nothing(core: Core) -> None:
    assert (await core.ask("list_objects", type="device", where={"site__ic": "zzz"}))["sections"][0][
        "total"
    ] == 0
    everything = (await core.ask("list_objects", type="device"))["sections"][0]["total"]
    body = await core.ask("list_objects", type="device", where={"site__nic": "zzz"})
    assert body["sections"][0]["total"] == everything


async def test_a_pattern_that_is_none_is_said_to_be_none(core: Core) -> None:
    with pytest.raises(BadFilter) as error:
        await core.ask("list_objects", type="device", where={"site__re": "["})
    assert "regular expression" in error.value.in_words()


async def test_a_type_that_could_not_be_read_is_no_miss(core: Core) -> None:
    core.server.faults.under = "/api/dcim/devices/"
    core.server.faults.html = 50
    with pytest.raises(SourceMisbehaved):
        await core.ask("describe", object="no-such-thing", refresh=True)


async def test_a_filter_whose_names_could_not_be_read_is_no_empty_list(core: Core) -> None:
    core.server.faults.under = "/api/dcim/sites/"
    core.server.faults.html = 50
    with pytest.raises(SourceMisbehaved):
        await core.ask("list_objects", type="device", where={"site__ic": "o", "role": "Switch"}, refresh=True)


async def test_a_type_that_the_token_may_not_see_is_left_aside_or_said(
    crowd: Inventory, tmp_path: Path
) -> None:
    token = Token(DEMO_TOKEN, permissions={"dcim.site": {}})
    async with DemoServer(crowd, [token]) as server, opened(server, tmp_path) as core:
        assert (await core.ask("describe", object="Boston"))["facts"]["name"] == "Boston"
        with pytest.raises(NotPermitted):
            await core.ask("describe", object="Plain", type="device")
        with pytest.raises(NotFound) as error:
            await core.ask("describe", object="Plain")
        assert "may not see it" in error.value.in_words()


async def test_an_unknown_type_names_the_nearest(core: Core) -> None:
    with pytest.raises(UnknownType) as error:
        await core.ask("list_objects", type="devcies")
    assert "dcim.device" in error.value.candidates


@pytest.mark.parametrize("name", ["Devices", "dcim.device", "device", "hosts", "DEVICE"])
async def test_types_are_known_by_their_names_plurals_and_aliases(core: Core, name: str) -> None:
    body = await core.ask("list_objects", type=name, limit=1)
    assert body["sections"][0]["title"] == "devices"


async def test_names_of_a_type_with_more_than_can_be_indexed_are_found(tmp_path: Path) -> None:
    builder = Builder()
    for at in range(1_050):
        builder.add("tenancy.tenant", name=f"Tenant {at:04}", slug=f"tenant-{at:04}")
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        assert (await core.ask("describe", object="tenant 1049", type="tenant"))["facts"][
            "name"
        ] == "Tenant 1049"
        assert (await core.ask("list_objects", type="device", where={"tenant__isw": "tenant 10"}))["complete"]
        with pytest.raises(NotFound):
            await core.ask("describe", object="tenant 2000", type="tenant")


@pytest.mark.parametrize("vrfs", [3, 1_050])
async def test_a_vrf_is_known_by_its_route_distinguisher(tmp_path: Path, vrfs: int) -> None:
    builder = Builder()
    ids = [builder.add("ipam.vrf", name=f"Customer {n}", rd=f"65000:{n}") for n in range(vrfs)]
    builder.add("ipam.vrf", name="without", rd=None)
    for n in (1, 2):
        builder.add("ipam.prefix", prefix=f"10.{n}.0.0/16", vrf=ids[n], status="active")
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path) as core:
        for asked in ("65000:2", "customer 2"):
            body = await core.ask("list_objects", type="prefix", where={"vrf": asked}, fields=["prefix"])
            assert [row["prefix"] for row in rows_of(body, "prefixes")] == ["10.2.0.0/16"]
            body = await core.ask("ip_space", prefix="10.2.0.0/16", vrf=asked)
            assert "10.2.0.0/16" in body["summary"]
        body = await core.ask("describe", object="65000:1", type="vrf")
        assert "Customer 1" in body["summary"]
        with pytest.raises(NotFound):
            await core.ask("list_objects", type="prefix", where={"vrf": "65000:99999"})
