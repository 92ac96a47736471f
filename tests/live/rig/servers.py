"""The two servers: how each is installed, filled, started and asked whether it is there."""

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
from tests.live.rig.releases import Release, digest, nautobot_release, netbox_release

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Server:
    """One of the two; its settings, loader, principals and pinned packages are in the folder of its name."""

    name: str
    release: Release
    port: int
    #: the program for its administration
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
    def _programs(self) -> Path:
        return HOME / f"{self.name}-{self.release.key}" / "bin"

    @property
    def _environment(self) -> dict[str, str]:
        code = (self._folder, self.release.code)
        return {
            "RIG_RUN": str(RUN),
            "PYTHONPATH": os.pathsep.join(str(each) for each in code if each),
            "PATH": f"{self._programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            **self.settings,
        }

    def _run(self, *command: str | Path) -> str:
        return run(self.name, command, self._environment)

    def install(self) -> None:
        """Create its environment, unless there is one of this very release."""
        complete = self._programs / "complete"
        if complete.exists():
            return
        with timed(f"{self.name}: install"):
            run(self.name, [python312(), "-m", "venv", "--clear", self._programs.parent])
            install = [sys.executable, "-m", "uv", "pip", "install", "--quiet"]
            run(self.name, [*install, "--python", self._programs / "python", *self.release.packages])
            complete.touch()

    def fill(self, inventory: Path) -> None:
        """Bring its database to the state with the inventory loaded, from the nearest dump there is."""
        dumps = HOME / "dumps"
        dumps.mkdir(exist_ok=True)
        migrated = dumps / f"{self.name}-{self.release.key}.dump"
        loaders = sorted(self._folder.glob("load*.py"))
        loaded = dumps / f"{self.name}-{self.release.key}-{digest(inventory, *loaders)}.dump"
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

    def ask(self, script: str, *arguments: Path) -> str:
        """What one of the scripts in its folder prints, run by its own Python while it is up."""
        return self._run(self._programs / "python", self._folder / script, *arguments)

    def _warm(self, token: str) -> None:
        # Each of its processes builds the GraphQL schema at its first query, for some seconds.
        query = b'{"query": "{ __typename }"}'
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(lambda _: answers(self.url + self.graphql, token, query), range(12)))


def netbox(port: int, redis_port: int) -> Server:
    """A NetBox on those ports."""
    return Server(
        name="netbox",
        release=netbox_release(),
        port=port,
        program="django-admin",
        graphql="/graphql/",
        serve=(
            *("gunicorn", "netbox.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--config", str(_HERE / "netbox/gunicorn.conf.py")),
        ),
        work=("django-admin", "rqworker"),
        settings={
            "DJANGO_SETTINGS_MODULE": "netbox.settings",
            "NETBOX_CONFIGURATION": "configuration",
            "NETBOX_ROOT": str(RUN / "netbox"),
            "RIG_REDIS_PORT": str(redis_port),
        },
    )


def nautobot(port: int, redis_port: int) -> Server:
    """A Nautobot on those ports."""
    return Server(
        name="nautobot",
        release=nautobot_release(),
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
