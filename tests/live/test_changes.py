"""`changes` over what the real servers write into their own logs: of a site made, changed and emptied again here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest

from server.settings import SourceKind, authorization
from tests.asking import Reply
from tests.core import expanded
from tests.live.servers import KINDS, asking_real, real

LONG = "Racked by the night shift. " * 8


class Writer:
    """A server's REST API, to write by."""

    def __init__(self, kind: SourceKind) -> None:
        told = real(kind)
        self.kind = kind
        self._url = told.url
        self._header = authorization(kind, told.token.get_secret_value())

    def send(self, method: str, path: str, **body: Any) -> Any:
        """What the server answers."""
        headers = {"Authorization": self._header, "Content-Type": "application/json"}
        data = json.dumps(body).encode() if body else None
        request = Request(f"{self._url}/api/{path}", data, headers, method=method)
        try:
            with urlopen(request, timeout=60) as response:
                return json.loads(response.read() or b"null")
        except HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.read()[:300]!r}") from error

    def add(self, path: str, **body: Any) -> str:
        """The id of a new object."""
        return str(self.send("POST", path, **body)["id"])

    def first(self, path: str) -> Any:
        """One object of those that are there."""
        return self.send("GET", path)["results"][0]


@dataclass(frozen=True)
class Story:
    """What was done, and to what."""

    kind: SourceKind
    site: str
    device: str
    prefix: str
    tenants: tuple[str, str]


def told_on_netbox(api: Writer, name: str) -> Iterator[Story]:
    """A site with a device that comes, changes and goes, a VLAN, and a prefix that stays."""
    like = api.first("dcim/devices/?limit=1")
    first, second = api.send("GET", "tenancy/tenants/?limit=2")["results"]
    site = api.add("dcim/sites/", name=name, slug=name, status="active")
    device = api.add(
        "dcim/devices/",
        name=f"{name}-sw1",
        site=int(site),
        role=like["role"]["id"],
        device_type=like["device_type"]["id"],
        status="planned",
        tenant=first["id"],
        comments=LONG,
    )
    port = api.add("dcim/interfaces/", device=int(device), name="xe-0/0/0", type="1000base-t")
    vlan = api.add("ipam/vlans/", vid=77, name="Before", site=int(site))
    prefix = api.add("ipam/prefixes/", prefix="203.0.113.0/29", scope_type="dcim.site", scope_id=int(site))
    try:
        api.send(
            "PATCH",
            f"dcim/devices/{device}/",
            status="active",
            serial="S-1",
            tenant=second["id"],
            comments=f"{LONG}And by day.",
        )
        api.send("PATCH", f"dcim/interfaces/{port}/", description="uplink", enabled=False)
        api.send("PATCH", f"ipam/vlans/{vlan}/", name="After")
        api.send("PATCH", f"ipam/prefixes/{prefix}/", status="reserved")
        api.send("DELETE", f"dcim/devices/{device}/")
        api.send("DELETE", f"ipam/vlans/{vlan}/")
        yield Story("netbox", name, f"{name}-sw1", "203.0.113.0/29", (first["name"], second["name"]))
    finally:
        api.send("DELETE", f"ipam/prefixes/{prefix}/")
        api.send("DELETE", f"dcim/sites/{site}/")


def told_on_nautobot(api: Writer, name: str) -> Iterator[Story]:
    """The same."""
    active, planned, reserved = ({"name": each} for each in ("Active", "Planned", "Reserved"))
    like = api.first("dcim/devices/?limit=1")
    akron = api.first("dcim/locations/?location_type=Site&limit=1")
    first, second = api.send("GET", "tenancy/tenants/?limit=2")["results"]
    site = api.add(
        "dcim/locations/",
        name=name,
        location_type=akron["location_type"]["id"],
        parent=akron["parent"]["id"],
        status=active,
    )
    device = api.add(
        "dcim/devices/",
        name=f"{name}-sw1",
        location=site,
        role=like["role"]["id"],
        device_type=like["device_type"]["id"],
        status=planned,
        tenant=first["id"],
        comments=LONG,
    )
    port = api.add("dcim/interfaces/", device=device, name="xe-0/0/0", type="1000base-t", status=active)
    vlan = api.add("ipam/vlans/", vid=77, name="Before", location=site, status=active)
    prefix = api.add("ipam/prefixes/", prefix="203.0.113.0/29", location=site, status=active)
    try:
        api.send(
            "PATCH",
            f"dcim/devices/{device}/",
            status=active,
            serial="S-1",
            tenant=second["id"],
            comments=f"{LONG}And by day.",
        )
        api.send("PATCH", f"dcim/interfaces/{port}/", description="uplink", enabled=False)
        api.send("PATCH", f"ipam/vlans/{vlan}/", name="After")
        api.send("PATCH", f"ipam/prefixes/{prefix}/", status=reserved)
        api.send("DELETE", f"dcim/devices/{device}/")
        api.send("DELETE", f"ipam/vlans/{vlan}/")
        yield Story("nautobot", name, f"{name}-sw1", "203.0.113.0/29", (first["name"], second["name"]))
    finally:
        api.send("DELETE", f"ipam/prefixes/{prefix}/")
        api.send("DELETE", f"dcim/locations/{site}/")


@pytest.fixture(scope="module", params=KINDS)
def story(request: pytest.FixtureRequest) -> Iterator[Story]:
    """What happened at a site of its own. The log of it stays behind; nothing else does."""
    api = Writer(request.param)
    tell = told_on_netbox if request.param == "netbox" else told_on_nautobot
    yield from tell(api, f"changes-{uuid4().hex[:8]}")


def told(reply: Reply) -> set[tuple[Any, ...]]:
    """What an answer tells of each change, without when and in which request."""
    rows = expanded(reply.section("changes"))
    return {(row["action"], row["type"], row["object"], row["changed"]) for row in rows}


async def test_a_site_s_changes_are_those_of_all_that_stands_there_and_of_what_stood_there(
    story: Story, folder: Path
) -> None:
    first, second = story.tenants
    switch = story.device
    async with asking_real(story.kind, folder) as asker:
        reply = await asker.ask("changes", site=story.site, since="1h", max_tokens=8_000)
        rows = told(reply)
        updated = {each for each in rows if each[0] == "updated" and each[1] != "site"}
        assert rows - updated >= {
            ("created", "site", story.site, None),
            ("created", "device", switch, None),
            ("created", "interface", f"{switch} xe-0/0/0", None),
            ("created", "VLAN", "Before (77)", None),
            ("created", "prefix", story.prefix, None),
            ("deleted", "device", switch, None),
            ("deleted", "interface", f"{switch} xe-0/0/0", None),
            ("deleted", "VLAN", "After (77)", None),
        }
        [device, interface, prefix, vlan] = sorted(updated, key=lambda each: str(each[1]).lower())
        assert set(str(device[3]).split("; ")) == {
            "status: planned → active",
            "serial: (none) → S-1",
            f"tenant: {first} → {second}",
            "comments: …night shift. → …night shift. And by day.",
        }
        assert set(str(interface[3]).split("; ")) == {"enabled: yes → no", "description: (none) → uplink"}
        assert prefix[3] == "status: active → reserved"
        assert vlan[3] == "name: Before → After"
        assert reply.body["complete"], reply.body.get("warnings")
        again = await asker.ask("changes", site=story.site, since="1h", max_tokens=8_000, refresh=True)
        assert again.body["cost"]["calls"] <= 8


async def test_a_deleted_device_is_found_by_the_name_that_it_had(story: Story, folder: Path) -> None:
    async with asking_real(story.kind, folder) as asker:
        reply = await asker.ask("changes", object=story.device, since="1h")
        assert [row["action"] for row in expanded(reply.section("changes"))] == [
            "deleted",
            "updated",
            "created",
        ]
        assert "which is gone" in reply.body["summary"]


async def test_one_request_holds_the_device_and_its_port(story: Story, folder: Path) -> None:
    async with asking_real(story.kind, folder) as asker:
        reply = await asker.ask("changes", object=story.device, since="1h")
        request = expanded(reply.section("requests"))[0]["request"]
        reply = await asker.ask("changes", request=request)
        assert {each[:3] for each in told(reply)} == {
            ("deleted", "device", story.device),
            ("deleted", "interface", f"{story.device} xe-0/0/0"),
        }
