"""What a client must be able to bear: missing things, tokens that may not, lines that are too long."""

from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest

from demo.inventory import Inventory
from demo.server import DemoServer
from demo.tokens import Token
from tests.demo.client import Client

V2 = "nbt_k3y.s3cret"
UNPARSEABLE = (
    "Invalid authorization header: Could not parse key from v2 token. "
    "Did you mean to use 'Token' instead of 'Bearer'?"
)
FORBIDDEN = (403, {"detail": "You do not have permission to perform this action."})


@pytest.fixture
async def guarded(inventory: Inventory) -> AsyncIterator[Client]:
    """A server with several tokens."""
    akron_only = {"dcim.site": {"slug": "akron"}, "dcim.device": {"site": "akron"}, "dcim.rack": {}}
    tokens = [Token("all"), Token(V2, user="ada"), Token("some", permissions=akron_only)]
    async with DemoServer(inventory, tokens) as server, aiohttp.ClientSession() as session:
        yield Client(server, session, "Token all")


async def test_an_unknown_endpoint_is_a_page(client: Client) -> None:
    for path in ("dcim/nosuch/", "nosuch/", "graphql/", "dcim/devices/1/nosuch/"):
        status, body = await client.ask(path)
        assert status == 404
        assert body.startswith("<!DOCTYPE html>")


async def test_graphql_is_switched_off(client: Client) -> None:
    async with client.session.post(
        f"{client.server.url}/graphql/", json={"query": "{__typename}"}
    ) as response:
        assert response.status == 404


@pytest.mark.parametrize(("path", "label"), [("dcim/sites", "Site"), ("ipam/vlan-groups", "VLANGroup")])
async def test_an_unknown_object(client: Client, path: str, label: str) -> None:
    assert await client.ask(f"{path}/999999/") == (404, {"detail": f"No {label} matches the given query."})
    assert await client.ask(f"{path}/nosuch/") == (404, {"detail": "Not found."})


async def test_without_the_slash_at_the_end(client: Client) -> None:
    assert (await client.get("dcim/sites", limit=3))["count"] == 13


async def test_a_request_line_that_is_too_long(client: Client) -> None:
    fits = await client.ask("dcim/devices/", id=[str(1000 + number) for number in range(500)])
    assert fits[0] == 200
    status, body = await client.ask("dcim/devices/", id=[str(1000 + number) for number in range(600)])
    assert status == 400
    assert "Request Line is too large" in body
    assert body.startswith("<html>")


async def test_headers(client: Client) -> None:
    url = f"{client.server.url}/api/dcim/sites/1/"
    async with client.session.get(url, headers={"Authorization": client.token}) as response:
        assert response.headers["API-Version"] == "4.7"
        assert response.headers["X-Request-ID"]
        assert response.headers["ETag"].startswith('W/"20')


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("", "Authentication credentials were not provided."),
        ("Basic abc", "Authentication credentials were not provided."),
        ("Token wrong", "Invalid v1 token"),
        ("Bearer nbt_k3y.wrong", "Invalid v2 token"),
        ("Bearer nbt_k3y", UNPARSEABLE),
    ],
)
async def test_tokens_that_are_none(guarded: Client, header: str, message: str) -> None:
    guarded.token = header
    for path in ("dcim/sites/", "status/", "", "dcim/"):
        assert await guarded.ask(path) == (403, {"detail": message})


async def test_both_versions_of_tokens(guarded: Client) -> None:
    assert await guarded.count("dcim/sites/") == 13
    newer = replace(guarded, token=f"Bearer {V2}")
    assert await newer.count("dcim/sites/") == 13
    assert (await newer.get("authentication-check/"))["username"] == "ada"


async def test_a_token_without_rights_on_a_type(guarded: Client) -> None:
    guarded.token = "Token some"
    assert await guarded.ask("ipam/vlans/") == FORBIDDEN
    assert await guarded.ask("ipam/vlans/1/") == FORBIDDEN
    assert (await guarded.ask("status/"))[0] == 200


async def test_a_token_with_rights_on_some_rows(guarded: Client) -> None:
    everything = await guarded.all("dcim/devices/")
    guarded.token = "Token some"
    assert await guarded.names("dcim/sites/") == {"Akron"}
    devices = await guarded.all("dcim/devices/")
    assert {row["site"]["slug"] for row in devices} == {"akron"}
    assert await guarded.count("dcim/racks/") == 13
    elsewhere = next(row for row in everything if row["site"]["slug"] != "akron")
    assert await guarded.ask(f"dcim/devices/{elsewhere['id']}/") == (
        404,
        {"detail": "No Device matches the given query."},
    )


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_nothing_can_be_written(client: Client, method: str) -> None:
    url = f"{client.server.url}/api/dcim/sites/1/"
    async with client.session.request(
        method, url, headers={"Authorization": client.token}, json={}
    ) as response:
        assert (response.status, await response.json()) == FORBIDDEN
