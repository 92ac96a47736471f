"""`netbrief check`: what is configured, reachable and readable, and what to fix; never the token."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.inventory import Inventory
from demo.models import MODELS
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from tests.server.processes import Ended, at_netbox, environment, free_port, run

LITTLE = "no-addresses-0123456789"
WRONG = "wrong-0123456789abcdef"


@pytest.fixture
async def strict(inventory: Inventory) -> DemoServer:
    """A server with a token that may read everything but addresses."""
    seen: dict[str, dict[str, str]] = {name: {} for name in MODELS if name != "ipam.ipaddress"}
    return DemoServer(inventory, [Token(DEMO_TOKEN), Token(LITTLE, "limited", seen)])


async def _checked(folder: Path, url: str, token: str, **more: str) -> Ended:
    ended = await run("check", env=environment(folder, **at_netbox(url, token), **more))
    assert token not in ended.said
    assert "Traceback" not in ended.said
    return ended


async def test_all_is_well(demo: DemoServer, tmp_path: Path) -> None:
    ended = await _checked(tmp_path, demo.url, DEMO_TOKEN)
    assert ended.code == 0
    assert ended.err == ""
    assert "version 4.7.3, as demo" in ended.out
    assert "may read all" in ended.out
    assert "cache: memory" in ended.out


async def test_an_api_path_in_the_address_does_no_harm(demo: DemoServer, tmp_path: Path) -> None:
    assert (await _checked(tmp_path, f"{demo.url}/api/", DEMO_TOKEN)).code == 0


async def test_a_wrong_token(demo: DemoServer, tmp_path: Path) -> None:
    ended = await _checked(tmp_path, demo.url, WRONG)
    assert ended.code == 1
    assert "not_authenticated" in ended.out
    assert "Try: set a valid token" in ended.out


async def test_a_token_that_may_not_read_addresses(strict: DemoServer, tmp_path: Path) -> None:
    async with strict:
        ended = await _checked(tmp_path, strict.url, LITTLE)
    assert ended.code == 1
    assert "as limited" in ended.out
    assert "NO  the token may not read ipam.ipaddress" in ended.out
    assert ended.out.count("may not read") == 1


async def test_a_dead_server(tmp_path: Path) -> None:
    ended = await _checked(tmp_path, f"http://127.0.0.1:{free_port()}", WRONG, NETBRIEF_TIMEOUT="2")
    assert ended.code == 1
    assert "source_unreachable" in ended.out
    assert "Likely cause: the server is down" in ended.out


async def test_a_login_page_instead_of_an_api(demo: DemoServer, tmp_path: Path) -> None:
    demo.faults.html = 10_000
    ended = await _checked(tmp_path, demo.url, DEMO_TOKEN)
    assert ended.code == 1
    assert "something other than JSON" in ended.out


async def test_a_cache_that_is_down(demo: DemoServer, tmp_path: Path) -> None:
    redis = f"redis://:hush-hush@127.0.0.1:{free_port()}/0"
    ended = await _checked(tmp_path, demo.url, DEMO_TOKEN, REDIS_URL=redis)
    assert ended.code == 1
    assert "cache: redis" in ended.out
    assert "hush-hush" not in ended.said


async def test_nothing_is_configured(tmp_path: Path) -> None:
    ended = await run("check", env=environment(tmp_path))
    assert ended.code == 1
    assert "NETBOX_URL" in ended.out


async def test_the_demo_inventory(tmp_path: Path) -> None:
    ended = await run("check", "--demo", env=environment(tmp_path))
    assert ended.code == 0
    assert "demo (netbox)" in ended.out
