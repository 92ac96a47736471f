"""The store in Redis, against real servers that work."""

import asyncio
import datetime
import ipaddress
import os
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from cache.redis_store import RedisStore
from cache.store import Entry
from tests.redis_server import RedisServer, StartRedis, free_port


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[RedisStore]:
    """A store under a prefix of its own; its time-out is long, because these tests are not about time."""
    store = RedisStore(redis_url, prefix=f"test-{uuid.uuid4()}:", timeout=5)
    yield store
    await store.clear("")
    await store.close()


async def test_round_trip(store: RedisStore) -> None:
    rows = {
        "empty": b"",
        "short": b"\x00\xff",
        "text": b'{"name": "dmi01-akron-rtr01"}' * 500,
        "noise": os.urandom(5000),
        "ünïcode \ud800 * key": b"1",
    }
    await store.set_many([Entry(key, value, 60) for key, value in rows.items()])
    assert await store.get_many([*rows, "absent", "text"]) == [*rows.values(), None, rows["text"]]
    assert store.fault is None
    assert await store.delete_many(["text", "absent"])
    assert await store.get_many(["text", "noise"]) == [None, rows["noise"]]
    assert await store.get_many([]) == []


async def test_of_several_entries_with_one_key_the_last_wins(store: RedisStore) -> None:
    await store.set_many([Entry("a", b"1", 60), Entry("a", b"2", 60)])
    assert await store.get_many(["a", "a"]) == [b"2", b"2"]


async def test_entries_expire(store: RedisStore) -> None:
    await store.set_many([Entry("soon", b"1", 0.3), Entry("later", b"2", 60), Entry("never", b"3", 0)])
    assert await store.get_many(["soon", "later", "never"]) == [b"1", b"2", None]
    await asyncio.sleep(0.4)
    assert await store.get_many(["soon", "later"]) == [None, b"2"]
    await store.set_many([Entry("later", b"2", 0)])
    assert await store.get_many(["later"]) == [None]


async def test_text_is_compressed_and_noise_is_not(redis_server: RedisServer) -> None:
    store = RedisStore(redis_server.url, timeout=5)
    text, noise = b'{"status": "active"}' * 200, os.urandom(4000)
    await store.set_many([Entry("text", text, 60), Entry("noise", noise, 60), Entry("short", b"aaaa", 60)])
    with redis_server.admin() as admin:
        assert admin.strlen("netbrief:text") < 200
        assert admin.strlen("netbrief:noise") == 4001
        assert admin.get("netbrief:short") == b"paaaa"
    await store.close()


async def test_what_it_did_not_write_is_a_miss(redis_server: RedisServer) -> None:
    store = RedisStore(redis_server.url, timeout=5)
    with redis_server.admin() as admin:
        admin.mset({"netbrief:a": b"", "netbrief:b": b"foreign", "netbrief:c": b"zbroken"})
        admin.lpush("netbrief:d", "a list")
    assert await store.get_many(["a", "b", "c", "d"]) == [None] * 4
    assert store.fault is None
    await store.close()


async def test_ten_thousand_keys(store: RedisStore) -> None:
    entries = [Entry(f"dcim.device:{number}", b"%d" % number * 100, 60) for number in range(10_000)]
    await store.set_many(entries)
    keys = [entry.key for entry in reversed(entries)]
    assert await store.get_many(keys) == [entry.value for entry in reversed(entries)]
    assert await store.delete_many(keys[:9_000])
    assert await store.clear("dcim.device:") == 1_000
    assert store.fault is None


async def test_values_are_sent_in_bounded_batches(store: RedisStore) -> None:
    rows = {f"large-{number}": os.urandom(700_000) for number in range(4)}
    await store.set_many([Entry(key, value, 60) for key, value in rows.items()])
    assert await store.get_many(list(rows)) == list(rows.values())


async def test_a_value_too_large_to_travel_is_not_kept(store: RedisStore) -> None:
    await store.set_many([Entry("a", b"old", 60), Entry("b", b"1", 60)])
    await store.set_many([Entry("a", os.urandom(5 * 1024 * 1024), 60)])
    assert await store.get_many(["a", "b"]) == [None, b"1"]
    assert store.fault is None


async def test_clear_removes_only_its_own_keys_under_the_prefix(redis_server: RedisServer) -> None:
    ours = RedisStore(redis_server.url, prefix="ours[1]*:")
    theirs = RedisStore(redis_server.url, prefix="ours1x:")
    keys = ["a:1", "a:2", "a*:3", "b:1"]
    for store in (ours, theirs):
        await store.set_many([Entry(key, b"1", 60) for key in keys])
    with redis_server.admin() as admin:
        admin.set("a:foreign", "1")
        assert await ours.clear("a*") == 1
        assert await ours.get_many(keys) == [b"1", b"1", None, b"1"]
        assert await ours.clear("a:") == 2
        assert await ours.clear("") == 1
        assert await theirs.get_many(keys) == [b"1"] * 4
        assert admin.exists("a:foreign")
        await theirs.clear("")
        assert admin.dbsize() == 1
    await ours.close()
    await theirs.close()


async def test_stats(redis_server: RedisServer) -> None:
    store = RedisStore(redis_server.url, timeout=5)
    assert (await store.stats()).entries == 0
    await store.set_many([Entry("a", b"1", 60), Entry("b", b"1", 60)])
    await store.get_many(["a", "b", "c"])
    stats = await store.stats()
    assert (stats.kind, stats.healthy) == ("redis", True)
    assert (stats.entries, stats.hits, stats.misses, stats.evictions) == (2, 2, 1, 0)
    assert stats.bytes is not None
    assert stats.bytes > 0
    assert stats.detail.startswith("Redis ")
    assert stats.detail.endswith(f" at 127.0.0.1:{redis_server.port}")
    await store.close()


async def test_a_user_with_a_password_and_a_database(start_redis: StartRedis) -> None:
    server = start_redis("--user", "netbrief", "on", ">s3cr/et", "~netbrief:*", "+@all", "-info")
    store = RedisStore(f"redis://netbrief:s3cr%2Fet@127.0.0.1:{server.port}/3", timeout=5)
    await store.set_many([Entry("a", b"1", 60)])
    assert await store.get_many(["a"]) == [b"1"]
    stats = await store.stats()
    assert (stats.healthy, stats.entries, stats.bytes) == (True, None, None)  # INFO is not for this user
    with server.admin(db=3) as admin:
        assert admin.exists("netbrief:a")
    await store.close()


async def test_a_connection_that_the_server_closed_is_not_noticed(redis_server: RedisServer) -> None:
    """What redis 8.1.0 gets wrong on RESP3."""
    store = RedisStore(redis_server.url, timeout=5)
    await store.set_many([Entry("a", b"1", 60)])
    for _ in range(3):
        with redis_server.admin() as admin:
            admin.client_kill_filter(_type="normal", skipme=True)
        await asyncio.sleep(0.05)
        assert await store.get_many(["a"]) == [b"1"]
        assert store.fault is None
    await store.close()


async def test_many_callers_share_few_connections(redis_server: RedisServer) -> None:
    store = RedisStore(redis_server.url, timeout=5, connections=4)
    await store.set_many([Entry("a", b"1", 60)])
    answers = await asyncio.gather(*(store.get_many(["a"]) for _ in range(300)))
    assert answers == [[b"1"]] * 300
    with redis_server.admin() as admin:
        assert len(admin.client_list()) <= 5
    await store.close()


async def test_cancelled_callers_leave_the_connections_fit_for_use(redis_server: RedisServer) -> None:
    """A reply that nobody read must not reach the next caller."""
    store = RedisStore(redis_server.url, timeout=5, connections=2)
    rows = {f"key-{number}": b"%d" % number * 300 for number in range(50)}
    await store.set_many([Entry(key, value, 60) for key, value in rows.items()])

    async def get(key: str) -> None:
        assert await store.get_many([key]) == [rows[key]]

    for delay in range(40):
        tasks = [asyncio.create_task(get(key)) for key in rows]
        await asyncio.sleep(delay / 20_000)
        for task in tasks[::2]:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(result is None or isinstance(result, asyncio.CancelledError) for result in results)
        assert results[1::2] == [None] * 25
    assert store.fault is None
    await store.close()


async def test_over_tls(start_redis: StartRedis, tmp_path: Path) -> None:
    certificate = self_signed(tmp_path)
    port = free_port()
    server = start_redis(
        *("--tls-port", str(port), "--tls-auth-clients", "no"),
        *("--tls-cert-file", str(certificate), "--tls-key-file", str(tmp_path / "key.pem")),
    )
    trusting = RedisStore(f"rediss://127.0.0.1:{port}?ssl_ca_certs={certificate}", timeout=5)
    await trusting.set_many([Entry("a", b"1", 60)])
    assert await trusting.get_many(["a"]) == [b"1"]
    wary = RedisStore(f"rediss://127.0.0.1:{port}", timeout=5)
    assert await wary.get_many(["a"]) == [None]
    assert wary.fault is not None
    assert "cannot be reached over TLS (is its certificate trusted here?)" in wary.fault
    not_tls = RedisStore(f"rediss://127.0.0.1:{server.port}", timeout=0.5)
    assert await not_tls.get_many(["a"]) == [None]
    assert not_tls.fault is not None
    for store in (trusting, wary, not_tls):
        await store.close()


def self_signed(folder: Path) -> Path:
    """A certificate for 127.0.0.1, its key beside it as key.pem."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    path = folder / "certificate.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return path
