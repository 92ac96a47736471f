"""Reading through the cache: what is there is not asked for, what is asked for is asked once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from cache.memory import MemoryStore
from cache.reader import Reader
from demo.inventory import Inventory
from demo.server import DEMO_TOKEN, DemoServer
from demo.tokens import Token
from server.services import open_source
from server.settings import Settings
from sources.catalog import BASE, Lifetime
from sources.errors import NotPermitted, SourceMisbehaved
from sources.receipt import open_receipt
from sources.source import ByIds, Children, Match, Read
from sources.types import CATALOG, DETAILS, VLANS
from tests.core import demo_source
from tests.inventories import Builder, switched

VLAN, PORT, SITE, DEVICE = (
    CATALOG[name] for name in ("ipam.vlan", "dcim.interface", "dcim.site", "dcim.device")
)
PREFIXES = VLAN.relations["prefixes"]
PREFIX = CATALOG[PREFIXES.to]
SIGHTED = "a" * 40
BLIND = "b" * 40


def children(*parents: str) -> Children:
    return Children(PREFIXES, PREFIX, parents)


class Rig:
    """A demo server, and readers of it that share one store."""

    def __init__(self, server: DemoServer, folder: Path) -> None:
        self.server = server
        self.store = MemoryStore()
        self._settings = Settings(_env_file=None, cache_dir=folder)
        self._readers: list[Reader] = []

    def reader(self, token: str = DEMO_TOKEN, **lifetimes: float) -> Reader:
        """A reader with that token."""
        source = open_source(demo_source(self.server, token=token), self._settings)
        kept = self._settings.lifetimes() | {Lifetime(name): seconds for name, seconds in lifetimes.items()}
        self._readers.append(Reader(source, self.store, kept))
        return self._readers[-1]

    async def close(self) -> None:
        """Close the connections of all readers."""
        for reader in self._readers:
            await reader.source.close()

    def asked(self) -> list[str]:
        """The paths that were asked since this was asked last."""
        paths = [each.path.removeprefix("/api/").strip("/") for each in self.server.requests]
        self.server.requests.clear()
        return paths

    def asked_for(self, name: str) -> list[list[str]]:
        """The values of a parameter in each request since this was asked last."""
        found = [parse_qs(each.query).get(name, []) for each in self.server.requests]
        self.server.requests.clear()
        return found


@pytest.fixture
def small() -> Inventory:
    return switched(vlans=12, ports=4)


@pytest.fixture
async def rig(small: Inventory, tmp_path: Path) -> AsyncIterator[Rig]:
    async with DemoServer(small, [Token(DEMO_TOKEN), Token(SIGHTED), Token(BLIND, permissions={})]) as server:
        found = Rig(server, tmp_path)
        yield found
        await found.close()


@pytest.fixture
def reader(rig: Rig) -> Reader:
    return rig.reader()


async def ids(reader: Reader, read: Read) -> list[str]:
    [page] = await reader.read([read])
    assert page.error is None
    return [row["id"] for row in page.rows]


@pytest.mark.parametrize(
    "read",
    [
        Match(VLAN),
        Match(VLAN, (("vid", ("3", "4")),)),
        Match(VLAN, order=("-vid",), offset=3, limit=4),
        Match(VLAN, limit=0),
        Match(VLAN, (("vid", ("999",)),)),
        ByIds(VLAN, ("3", "1")),
        ByIds(PORT, ("1", "2"), frozenset({BASE, VLANS})),
        children("1", "2", "3"),
    ],
    ids=["all", "some", "page", "count", "none", "ids", "facets", "children"],
)
async def test_what_was_read_once_is_not_asked_for_again(rig: Rig, reader: Reader, read: Read) -> None:
    cold = await reader.read([read])
    assert rig.asked()
    warm = await reader.read([read])
    assert rig.asked() == []
    assert warm == cold


async def test_the_cache_outlives_its_reader(rig: Rig, reader: Reader) -> None:
    cold = await reader.read([Match(VLAN)])
    rig.asked()
    assert await rig.reader().read([Match(VLAN)]) == cold
    assert rig.asked() == []


async def test_objects_read_by_one_query_serve_others(rig: Rig, reader: Reader) -> None:
    await reader.read([Match(VLAN)])
    rig.asked()
    assert await ids(reader, ByIds(VLAN, ("2", "7"))) == ["2", "7"]
    assert rig.asked() == []


async def test_only_the_objects_that_are_missing_are_asked_for(rig: Rig, reader: Reader) -> None:
    await reader.read([ByIds(VLAN, ("1", "2", "3"))])
    rig.asked()
    assert await ids(reader, ByIds(VLAN, ("2", "4", "3", "5"))) == ["2", "4", "3", "5"]
    assert rig.asked_for("id") == [["4", "5"]]


async def test_only_the_parents_that_are_missing_are_asked_for(rig: Rig, reader: Reader) -> None:
    before = await ids(reader, children("1", "2"))
    rig.asked()
    both = await ids(reader, children("1", "2", "3"))
    assert rig.asked_for("vlan_id") == [["3"]]
    assert set(before) < set(both)


async def test_parents_without_children_are_remembered(rig: Rig, reader: Reader) -> None:
    relation = DEVICE.relations["virtual_machines"]
    read = Children(relation, CATALOG[relation.to], ("1",))
    assert await ids(reader, read) == []
    rig.asked()
    assert await ids(reader, read) == []
    assert rig.asked() == []


async def test_another_facet_of_a_known_object_is_asked_for(rig: Rig, reader: Reader) -> None:
    await reader.read([ByIds(PORT, ("1",))])
    rig.asked()
    [page] = await reader.read([ByIds(PORT, ("1",), frozenset({BASE, DETAILS}))])
    assert rig.asked() == ["dcim/interfaces"]
    assert {"name", "mtu"} <= page.rows[0].keys()
    assert (await reader.read([ByIds(PORT, ("1",), frozenset({DETAILS}))]))[0].rows[0]["mtu"] is None
    assert rig.asked() == []


async def test_each_kind_of_data_has_its_own_lifetime(rig: Rig) -> None:
    reader = rig.reader(vlan_assignments=0)
    read = ByIds(PORT, ("1",), frozenset({BASE, VLANS}))
    await reader.read([read])
    await reader.read([ByIds(PORT, ("1",))])
    rig.asked()
    await reader.read([ByIds(PORT, ("1",))])
    assert rig.asked() == []
    await reader.read([read])
    assert rig.asked() == ["dcim/interfaces"]


async def test_refresh_reads_past_the_cache_and_renews_it(rig: Rig, reader: Reader) -> None:
    await reader.read([Match(VLAN)])
    rig.server.inventory.database.execute("UPDATE ipam_vlan SET name = 'Renamed' WHERE id = 1")
    rig.asked()
    assert (await reader.read([Match(VLAN)]))[0].rows[0]["name"] == "VLAN 2"
    past = reader.since(time.time())
    assert (await past.read([Match(VLAN)]))[0].rows[0]["name"] == "Renamed"
    assert rig.asked() == ["ipam/vlans"]
    assert (await reader.read([ByIds(VLAN, ("1",))]))[0].rows[0]["name"] == "Renamed"
    assert rig.asked() == []


async def test_an_object_that_is_gone_upstream_makes_its_query_be_asked_again(
    rig: Rig, reader: Reader
) -> None:
    read = Match(VLAN, (("vid", ("2", "3", "4")),))
    gone, *left = await ids(reader, read)
    await forget(rig, "e:ipam.vlan:base")
    rig.server.inventory.database.execute("DELETE FROM ipam_vlan WHERE id = ?", (int(gone),))
    [page] = await reader.read([read])
    assert [row["id"] for row in page.rows] == left
    assert page.total == 2
    rig.asked()
    assert await ids(reader, read) == left
    assert rig.asked() == []


async def test_a_child_that_is_gone_upstream_is_left_out(rig: Rig, reader: Reader) -> None:
    gone, *left = await ids(reader, children("1", "2", "3"))
    await forget(rig, "e:ipam.prefix:base")
    rig.server.inventory.database.execute("DELETE FROM ipam_prefix WHERE id = ?", (int(gone),))
    assert await ids(reader, children("1", "2", "3")) == left


async def forget(rig: Rig, part: str) -> None:
    """Drop the entries of a kind, as their lifetime or their size may."""
    keys = [key for key in rig.store._held if f":{part}:" in key]
    assert keys
    await rig.store.delete_many(keys)


async def test_fifty_at_once_read_upstream_once(rig: Rig, reader: Reader) -> None:
    reads: list[Read] = [Match(VLAN), children("1", "2"), ByIds(PORT, ("1",))]
    pages = await asyncio.gather(*(reader.read(reads) for _ in range(50)))
    assert sorted(rig.asked()) == ["dcim/interfaces", "ipam/prefixes", "ipam/vlans"]
    assert all(page == pages[0] for page in pages)


async def test_a_read_that_stands_twice_in_a_wave_is_made_once(rig: Rig, reader: Reader) -> None:
    first, second = await reader.read([Match(VLAN), Match(VLAN)])
    assert rig.asked() == ["ipam/vlans"]
    assert first == second


async def slowly(rig: Rig, reader: Reader, *waves: Sequence[Read]) -> list[asyncio.Task[object]]:
    """Waves under way at a server that takes its time, begun one after the other."""
    rig.server.faults.latency = 0.3
    tasks: list[asyncio.Task[object]] = []
    for wave in waves:
        tasks.append(asyncio.create_task(reader.read(wave)))
        await asyncio.sleep(0.02)
    return tasks


async def kept(rig: Rig) -> int:
    """How many entries the store holds once the server has had the time to answer."""
    await asyncio.sleep(0.5)
    return (await rig.store.stats()).entries or 0


async def test_the_first_to_ask_may_leave(rig: Rig, reader: Reader) -> None:
    leader, follower = await slowly(rig, reader, [Match(VLAN), Match(SITE)], [Match(VLAN)])
    leader.cancel()
    pages = await follower
    assert isinstance(pages, list)
    assert len(pages[0].rows) == 12
    assert rig.asked().count("ipam/vlans") == 1


async def test_what_nobody_waits_for_any_more_is_not_read_to_its_end(rig: Rig, reader: Reader) -> None:
    [only] = await slowly(rig, reader, [Match(VLAN), Match(SITE)])
    only.cancel()
    assert await kept(rig) == 0


async def test_that_holds_also_where_the_first_has_left_before_the_last(rig: Rig, reader: Reader) -> None:
    leader, follower = await slowly(rig, reader, [Match(VLAN)], [Match(VLAN)])
    leader.cancel()
    await asyncio.wait([leader])
    follower.cancel()
    assert await kept(rig) == 0


async def test_one_read_that_fails_leaves_the_others_of_its_wave_alone(rig: Rig, reader: Reader) -> None:
    rig.server.faults.under = "/api/dcim/sites/"
    rig.server.faults.html = 10
    vlans, sites = await reader.read([Match(VLAN), Match(SITE)])
    assert len(vlans.rows) == 12
    assert isinstance(sites.error, SourceMisbehaved)


async def test_no_error_is_kept(rig: Rig, reader: Reader) -> None:
    rig.server.faults.html = 10
    [page] = await reader.read([Match(SITE)])
    assert page.error is not None
    rig.server.faults.clear()
    [page] = await reader.read([Match(SITE)])
    assert page.error is None
    assert page.total == 1


async def test_a_permission_that_is_given_is_seen_at_once(rig: Rig) -> None:
    reader = rig.reader(BLIND)
    [page] = await reader.read([Match(VLAN)])
    assert isinstance(page.error, NotPermitted)
    rig.server.tokens[:] = [Token(BLIND)]
    assert len(await ids(reader, Match(VLAN))) == 12


async def test_two_tokens_share_nothing(rig: Rig, reader: Reader) -> None:
    await reader.read([Match(VLAN), children("1"), ByIds(PORT, ("1",))])
    blind = rig.reader(BLIND)
    pages = await blind.read([Match(VLAN), children("1"), ByIds(PORT, ("1",))])
    assert all(isinstance(page.error, NotPermitted) for page in pages)
    rig.asked()
    other = rig.reader(SIGHTED)
    await other.read([Match(VLAN)])
    assert rig.asked() == ["ipam/vlans"]


async def test_children_of_one_type_are_not_those_of_another_with_the_same_ids(tmp_path: Path) -> None:
    builder = Builder()
    device = builder.device("sw1")
    port = builder.port(device, "Gi1")
    cluster_type = builder.add("virtualization.clustertype", name="VMs", slug="vms")
    cluster = builder.add("virtualization.cluster", name="c1", type=cluster_type, status="active")
    machine = builder.add("virtualization.virtualmachine", name="vm1", cluster=cluster, status="active")
    vnic = builder.add("virtualization.vminterface", virtual_machine=machine, name="eth0", enabled=True)
    assert (device, port) == (machine, vnic)
    own = {}
    for type_, address in (("dcim.interface", "10.0.0.1/24"), ("virtualization.vminterface", "10.0.0.2/24")):
        builder.add(
            "ipam.ipaddress",
            address=address,
            status="active",
            assigned_object_type=type_,
            assigned_object_id=port,
        )
        own[type_] = address
    async with DemoServer(builder.inventory()) as server:
        rig = Rig(server, tmp_path)
        reader = rig.reader()
        for type_, address in own.items():
            relation = CATALOG[type_].relations["ip_addresses"]
            [page] = await reader.read([Children(relation, CATALOG[relation.to], (str(port),))])
            assert [row["address"] for row in page.rows] == [address]
        await rig.close()


async def test_a_receipt_tells_calls_hits_and_how_old_the_oldest_fact_is(reader: Reader) -> None:
    cold = open_receipt()
    await reader.read([Match(VLAN)])
    assert (cold.calls, cold.hits) == (1, 0)
    warm = open_receipt()
    await reader.read([Match(VLAN)])
    assert (warm.calls, warm.hits) == (0, 13)
    assert warm.oldest == cold.oldest
