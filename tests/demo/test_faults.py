"""Faults that can be switched on, and the record of requests."""

import time

import aiohttp
import pytest

from demo.faults import Faults
from demo.server import Recorded
from tests.demo.client import Client


async def test_requests_are_recorded(client: Client) -> None:
    await client.get("dcim/sites/", limit=2, slug="akron")
    assert client.server.requests == [Recorded("GET", "/api/dcim/sites/", "limit=2&slug=akron")]


async def test_throttling_stops_after_a_while(client: Client) -> None:
    client.server.faults.throttled = 2
    client.server.faults.retry_after = 7
    for _ in range(2):
        url = f"{client.server.url}/api/dcim/sites/"
        async with client.session.get(url, headers={"Authorization": client.token}) as response:
            assert (response.status, response.headers["Retry-After"]) == (429, "7")
    assert await client.count("dcim/sites/") == 13
    assert client.server.faults.struck == {"throttled": 2}


async def test_server_errors(client: Client) -> None:
    client.server.faults.failing = 1
    status, body = await client.ask("dcim/sites/")
    assert status == 500
    assert set(body) == {"error", "exception", "netbox_version", "python_version"}
    assert await client.count("dcim/sites/") == 13


async def test_a_page_instead_of_json(client: Client) -> None:
    client.server.faults.html = 1
    status, body = await client.ask("dcim/sites/")
    assert status == 200
    assert "<form>" in body


async def test_a_connection_cut_in_the_middle_of_the_body(client: Client) -> None:
    client.server.faults.cut = 1
    with pytest.raises(aiohttp.ClientPayloadError):
        await client.ask("dcim/sites/")
    assert await client.count("dcim/sites/") == 13


async def test_a_slow_server(client: Client) -> None:
    client.server.faults.latency = 0.1
    began = time.monotonic()
    await client.ask("status/")
    assert time.monotonic() - began >= 0.1


async def test_a_slow_body_arrives_whole(client: Client) -> None:
    whole = await client.get("dcim/sites/")
    client.server.faults.drip = 0.01
    began = time.monotonic()
    assert await client.get("dcim/sites/") == whole
    assert time.monotonic() - began >= 0.1


async def test_faults_can_be_kept_to_a_part_of_the_api(client: Client) -> None:
    client.server.faults = Faults(failing=10, under="/api/ipam/")
    assert (await client.ask("dcim/sites/"))[0] == 200
    assert (await client.ask("ipam/vlans/"))[0] == 500
    client.server.faults.clear()
    assert (await client.ask("ipam/vlans/"))[0] == 200
