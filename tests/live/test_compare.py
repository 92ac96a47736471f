"""One inventory in a real NetBox and a real Nautobot: compared with each other, nothing is made up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.asking import Asker, asking
from tests.live.servers import PATIENCE, real
from tests.questions.reading import expanded
from tests.questions.truth import Truth

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def both(folder: Path) -> AsyncIterator[Asker]:
    """A netbrief over both servers, which hold the same."""
    async with asking(real("netbox"), real("nautobot"), folder=folder, **PATIENCE) as found:
        yield found


@pytest.mark.parametrize(("here", "there"), [("netbox", "nautobot"), ("nautobot", "netbox")])
async def test_a_site_is_the_same_in_both(both: Asker, truth: Truth, here: str, there: str) -> None:
    for site in ("Akron", "Albany", "Camden"):
        reply = await both.ask("compare", left=site, type="site", source=here, other_source=there)
        counts = reply.body["facts"]["compared"]
        assert reply.body["summary"].endswith("do not differ in anything compared"), reply.text
        id_ = truth.named("dcim.site", site)["id"]
        vlans = truth.rows("ipam.vlan", lambda row: row["site"] == id_)  # noqa: B023  # asked at once
        assert counts["VLANs"] == dict.fromkeys(("left", "right", "alike"), len(vlans))
        assert counts["devices"]["alike"] > 0
        assert counts["prefixes"]["alike"] > 0
        assert reply.body["cost"]["calls"] <= 10


@pytest.mark.parametrize("device", ["akr-asw01", "akr-core01", "akr-fw01", "alb-brd01"])
async def test_a_device_is_the_same_in_both_port_by_port(both: Asker, truth: Truth, device: str) -> None:
    reply = await both.ask("compare", left=device, type="device", source="netbox", other_source="nautobot")
    assert reply.body["summary"].endswith("do not differ in anything compared"), reply.text
    ports = len(truth.interfaces_of(device))
    assert reply.body["facts"]["compared"]["interfaces"] == dict.fromkeys(("left", "right", "alike"), ports)


async def test_two_devices_differ_across_sources_as_they_do_in_one(both: Asker) -> None:
    across = await both.ask(
        "compare", left="akr-core01", right="akr-fw01", source="netbox", other_source="nautobot"
    )
    within = await both.ask("compare", left="akr-core01", right="akr-fw01", source="netbox")
    one, other = (
        [row for row in expanded(reply.section("only on one side")) if row["part"] == "interfaces"]
        for reply in (across, within)
    )
    assert one
    assert one == other
