"""Paging, choosing fields, ordering and searching lists."""

import pytest

from tests.demo.client import Client


async def test_a_list_has_fifty_rows_and_links_to_the_rest(client: Client) -> None:
    page = await client.get("dcim/devices/")
    assert (page["count"], len(page["results"]), page["previous"]) == (70, 50, None)
    assert page["next"] == f"{client.server.url}/api/dcim/devices/?limit=50&offset=50"
    rest = await client.get("dcim/devices/", limit=50, offset=50)
    assert (len(rest["results"]), rest["next"]) == (20, None)
    assert rest["previous"] == f"{client.server.url}/api/dcim/devices/?limit=50"
    assert not {row["id"] for row in page["results"]} & {row["id"] for row in rest["results"]}


async def test_links_keep_the_filters_and_sort_them(client: Client) -> None:
    page = await client.get("dcim/devices/", status="active", limit=2, offset=4)
    assert page["next"].endswith("/api/dcim/devices/?limit=2&offset=6&status=active")
    assert page["previous"].endswith("/api/dcim/devices/?limit=2&offset=2&status=active")


@pytest.mark.parametrize(("asked", "got"), [("0", 1_000), ("1001", 1_000), ("5000", 1_000), ("7", 7)])
async def test_no_page_is_larger_than_a_thousand_rows(client: Client, asked: str, got: int) -> None:
    page = await client.get("dcim/interfaces/", limit=asked, fields="id")
    assert len(page["results"]) == got


@pytest.mark.parametrize("asked", ["abc", "-1", ""])
async def test_a_limit_that_makes_no_sense_is_none(client: Client, asked: str) -> None:
    assert len((await client.get("dcim/interfaces/", limit=asked, fields="id"))["results"]) == 50


async def test_a_page_beyond_the_end_is_empty(client: Client) -> None:
    page = await client.get("dcim/sites/", offset=500)
    assert (page["count"], page["results"], page["next"]) == (13, [], None)


async def test_paging_by_cursor_visits_every_object_once(client: Client) -> None:
    seen: list[int] = []
    start: int | None = 0
    while start is not None:
        page = await client.get("dcim/interfaces/", start=start, limit=700, fields="id")
        assert page["count"] is None
        assert page["previous"] is None
        seen += [row["id"] for row in page["results"]]
        start = seen[-1] + 1 if page["next"] else None
        assert page["next"] is None or f"start={start}" in page["next"]
    assert seen == sorted(set(seen))
    assert len(seen) == await client.count("dcim/interfaces/")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"start": "x"}, "Invalid 'start' parameter: must be a non-negative integer."),
        ({"start": "0", "offset": "5"}, "'start' and 'offset' are mutually exclusive."),
        (
            {"start": "0", "ordering": "name"},
            "Ordering cannot be specified in conjunction with cursor-based pagination.",
        ),
    ],
)
async def test_a_cursor_that_cannot_be(client: Client, query: dict[str, str], message: str) -> None:
    assert await client.ask("dcim/devices/", **query) == (400, [message])


async def test_fields_can_be_chosen_left_out_or_brief(client: Client) -> None:
    chosen = await client.all("dcim/devices/", fields="id,name,site,nosuch")
    assert list(chosen[0]) == ["id", "name", "site"]
    assert set(chosen[0]["site"]) == {"id", "url", "display", "name", "description", "slug"}
    every = (await client.all("dcim/devices/"))[0]
    left = (await client.all("dcim/devices/", omit="config_context,custom_fields"))[0]
    assert set(every) - set(left) == {"config_context", "custom_fields"}
    brief = (await client.all("dcim/devices/", brief="true"))[0]
    assert set(brief) == {"id", "url", "display", "name", "description"}


async def test_fields_and_brief_work_on_single_objects(client: Client) -> None:
    assert set(await client.get("dcim/sites/1/", fields="name,slug")) == {"name", "slug"}
    assert "prefix_count" in await client.get("dcim/sites/1/")
    assert "prefix_count" not in await client.get("dcim/sites/1/", brief="1")


async def test_names_are_in_natural_order_and_those_without_come_last(client: Client) -> None:
    names = [row["name"] for row in await client.all("dcim/interfaces/", device="akr-core01", fields="name")]
    assert names.index("Ethernet2") < names.index("Ethernet10")
    devices = [row["name"] for row in await client.all("dcim/devices/", fields="name")]
    assert None in devices
    assert None not in devices[: -devices.count(None)]


async def test_ordering(client: Client) -> None:
    vids = [row["vid"] for row in await client.all("ipam/vlans/", ordering="vid", fields="vid")]
    assert vids == sorted(vids)
    backward = [row["vid"] for row in await client.all("ipam/vlans/", ordering="-vid", fields="vid")]
    assert backward == sorted(vids, reverse=True)


async def test_an_unknown_ordering_is_not_looked_at(client: Client) -> None:
    assert await client.all("dcim/sites/", ordering="nosuch") == await client.all("dcim/sites/")


async def test_searching(client: Client) -> None:
    assert await client.names("dcim/devices/", q="AKR-CORE") == {"akr-core01", "akr-core02"}
    assert await client.names("ipam/vlans/", q="2001") == {"Backbone 1 (2001)"}
    assert "10.0.1.0/24" in await client.names("ipam/prefixes/", q="10.0.1.77")
    assert await client.names("dcim/sites/", q="étienne/o'hare 50%") == {"Saint-Étienne/O'Hare 50% «Süd»"}
    assert await client.count("dcim/devices/", q="100%") == 0
