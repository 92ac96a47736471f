"""The two servers: how each is installed, filled, started and asked whether it is there."""

import hashlib
import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.live.rig.machine import (
    HOME,
    RUN,
    answers,
    create_database,
    dump_database,
    python312,
    run,
    start,
    timed,
    wait_for,
)

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Server:
    """One of the two; its settings, loader, principals and pinned packages are in the folder of its name."""

    name: str
    port: int
    #: the program that its package brings for everything
    program: str
    graphql: str
    serve: Sequence[str]
    work: Sequence[str]
    settings: Mapping[str, str]

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def _folder(self) -> Path:
        return _HERE / self.name

    @property
    def _requirements(self) -> Path:
        return self._folder / "requirements.txt"

    @property
    def _programs(self) -> Path:
        return HOME / f"{self.name}-{_digest(self._requirements)}" / "bin"

    @property
    def _environment(self) -> dict[str, str]:
        return {
            "RIG_RUN": str(RUN),
            "PYTHONPATH": str(self._folder),
            "PATH": f"{self._programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            **self.settings,
        }

    def _run(self, *command: str | Path) -> str:
        return run(self.name, command, self._environment)

    def install(self) -> None:
        """Create its environment, unless there is one of these very packages."""
        complete = self._programs / "complete"
        if complete.exists():
            return
        with timed(f"{self.name}: install"):
            run(self.name, [python312(), "-m", "venv", "--clear", self._programs.parent])
            # Nothing to resolve: the file names every package.
            options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
            run(self.name, [self._programs / "pip", "install", *options, "-r", self._requirements])
            complete.touch()

    def fill(self, inventory: Path) -> None:
        """Bring its database to the state with the inventory loaded, from the nearest dump there is."""
        dumps = HOME / "dumps"
        dumps.mkdir(exist_ok=True)
        migrated = dumps / f"{self.name}-{_digest(self._requirements)}.dump"
        loaded = dumps / f"{migrated.stem}-{_digest(inventory, *sorted(self._folder.glob('load*.py')))}.dump"
        if loaded.exists():
            with timed(f"{self.name}: restore"):
                create_database(self.name, loaded)
            return
        if migrated.exists():
            create_database(self.name, migrated)
        else:
            with timed(f"{self.name}: migrate"):
                create_database(self.name, None)
                self._run(self._programs / self.program, "migrate", "--no-input")
                dump_database(self.name, migrated)
        with timed(f"{self.name}: load"):
            sys.stderr.write(self._run(self._programs / "python", self._folder / "load.py", inventory))
            dump_database(self.name, loaded)

    def start(self, site: str) -> str:
        """Start it and its worker; its address and its users' tokens, one of whom sees only that site."""
        with timed(f"{self.name}: start"):
            start(self.name, [self._programs / self.serve[0], *self.serve[1:]], self._environment)
            start(f"{self.name}-worker", [self._programs / self.work[0], *self.work[1:]], self._environment)
            printed = self._run(self._programs / "python", self._folder / "principals.py", site)
            # The first is that of the superuser.
            token = printed.split()[0].partition("=")[2]
            wait_for(self.name, lambda: answers(f"{self.url}/api/", token))
            self._warm(token)
        return f"{self.name.upper()}_URL={self.url}\n{printed}"

    def _warm(self, token: str) -> None:
        # Each of its processes builds the GraphQL schema at its first query, for some seconds.
        query = b'{"query": "{ __typename }"}'
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(lambda _: answers(self.url + self.graphql, token, query), range(12)))


def netbox(port: int, redis_port: int) -> Server:
    """A NetBox on those ports."""
    return Server(
        name="netbox",
        port=port,
        program="netbox",
        graphql="/graphql/",
        serve=(
            *("gunicorn", "netbox.wsgi", "--bind", f"127.0.0.1:{port}", "--preload"),
            *("--workers", "3", "--threads", "2", "--no-control-socket"),
        ),
        work=("netbox", "rqworker"),
        settings={
            "NETBOX_CONFIGURATION": "configuration",
            "NETBOX_ROOT": str(RUN / "netbox"),
            "RIG_REDIS_PORT": str(redis_port),
        },
    )


def nautobot(port: int, redis_port: int) -> Server:
    """A Nautobot on those ports."""
    return Server(
        name="nautobot",
        port=port,
        program="nautobot-server",
        graphql="/api/graphql/",
        serve=(
            *("nautobot-server", "start", "--http-socket", f"127.0.0.1:{port}"),
            # Room for a few hundred ids in one address.
            *("--master", "--processes", "3", "--buffer-size", "65535"),
        ),
        work=("nautobot-server", "celery", "worker", "--concurrency", "1"),
        settings={
            "NAUTOBOT_CONFIG": str(_HERE / "nautobot/nautobot_config.py"),
            "NAUTOBOT_ROOT": str(RUN / "nautobot"),
            "NAUTOBOT_REDIS_HOST": "127.0.0.1",
            "NAUTOBOT_REDIS_PORT": str(redis_port),
            # The worker runs as whoever started the rig.
            "C_FORCE_ROOT": "1",
        },
    )


def _digest(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
