"""Real Redis servers for the tests: a shared one (`redis_url`) and private ones that a test may break."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

StartRedis = Callable[..., "RedisServer"]


class RedisServer:
    """A redis-server on a free loopback port, with nothing of it on disk but a log."""

    def __init__(self, binary: str, folder: Path, *options: str, port: int | None = None) -> None:
        self.port = port or free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._command = [
            *(binary, "--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(folder)),
            *("--save", "", "--appendonly", "no", "--logfile", str(folder / f"redis-{self.port}.log")),
            *options,
        ]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while not _listens(self.port):
            assert self._process.poll() is None, "redis-server ended at once; see its log"
            assert time.monotonic() < deadline, "redis-server does not listen"
            time.sleep(0.02)

    def kill(self) -> None:
        """Kill -9."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def admin(self, db: int = 0) -> redis.Redis:
        """A blocking client, for what a test does behind the store's back."""
        return redis.Redis(host="127.0.0.1", port=self.port, db=db, protocol=2)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)


def free_port() -> int:
    """A loopback port that nothing listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def redis_binary() -> str:
    """The redis-server program; without it the test is skipped, or fails where CI=true."""
    binary = shutil.which("redis-server")
    if binary is None:
        give_up = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        give_up("redis-server is not installed")
    return binary


@pytest.fixture
def start_redis(redis_binary: str, tmp_path: Path) -> Iterator[StartRedis]:
    """Starts private servers with the given redis-server options; they end with the test."""
    started: list[RedisServer] = []

    def start(*options: str, port: int | None = None) -> RedisServer:
        server = RedisServer(redis_binary, tmp_path, *options, port=port)
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.kill()


@pytest.fixture
def redis_server(start_redis: StartRedis) -> RedisServer:
    """One private server with nothing special about it."""
    return start_redis()


@pytest.fixture(scope="session")
def redis_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis that works, shared by all tests: REDIS_URL where set, else one that this run starts."""
    given = os.environ.get("REDIS_URL")
    if given:
        yield given
        return
    server = RedisServer(request.getfixturevalue("redis_binary"), tmp_path_factory.mktemp("redis"))
    server.start()
    yield server.url
    server.kill()
