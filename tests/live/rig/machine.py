"""What the servers stand on: this machine's packages and Python, PostgreSQL, Redis, and running processes."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import socket
from urllib.error import URLError
from urllib.request import Request, urlopen

_ROOT = os.geteuid() == 0
# PostgreSQL won't run as root, and its own user can't look into root's home.
_CACHE = Path("/var/cache") if _ROOT else Path.home() / ".cache"
_DATABASE_USER = "postgres" if _ROOT else None

HOME = Path(os.environ.get("NETBRIEF_RIG_DIR") or _CACHE / "netbrief-rig").absolute()
#: everything of this run; what lies beside it (environments, dumps) is kept for the next one
RUN = HOME / "run"
#: what keys and tokens are made from; kept, so that the tokens are the same after each start
SECRET = HOME / "secret"


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print a step with the seconds it took."""
    begun = time.monotonic()
    yield
    sys.stderr.write(f"{time.monotonic() - begun:7.1f} s  {what}\n")


def run(name: str, command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> str:
    """Run a command to its end and return what it printed; its errors go to the log of that name."""
    log = RUN / f"{name}.log"
    environment = {**os.environ, **(env or {})}
    with log.open("a") as errors:
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True, check=False
        )
    if done.returncode:
        words = " ".join(map(str, command[:3]))
        tail = "\n".join([*done.stdout.splitlines(), *log.read_text().splitlines()][-40:])
        raise SystemExit(f"{words} ... failed ({done.returncode}), see {log}:\n{tail}")
    return done.stdout


def start(name: str, command: Sequence[str | Path], env: Mapping[str, str], user: str | None = None) -> None:
    """Start a process that outlives this one; `stop_all` ends it."""
    with (RUN / f"{name}.log").open("a") as log:
        process = subprocess.Popen(
            command,
            env={**os.environ, **env},
            cwd=RUN,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=user,
        )
    (RUN / f"{name}.pid").write_text(f"{process.pid} {_birth(process.pid)}")


def stop_all() -> None:
    """End every process of the last run, servers before the database they use."""
    for path in sorted(RUN.glob("*.pid"), key=lambda path: path.stat().st_mtime, reverse=True):
        pid, _, birth = path.read_text().partition(" ")
        if _birth(int(pid)) == birth:
            # Nothing of theirs is kept, so they needn't be asked; PostgreSQL has shared memory to give back.
            _stop(int(pid), signal.SIGINT if path.stem == "postgres" else signal.SIGKILL)
        path.unlink()


def _stop(pid: int, sign: signal.Signals) -> None:
    os.killpg(pid, sign)
    wait_for(f"the end of process {pid}", lambda: not _birth(pid))


def _birth(pid: int) -> str:
    """When a process began, which tells it from a later one with the same number; empty if it is gone."""
    with suppress(FileNotFoundError, ProcessLookupError):
        # After the name come the state, Z for one that only waits to be collected, and 18 on its start.
        state, *rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return "" if state == "Z" else rest[18]
    return ""


def wait_for(what: str, ready: Callable[[], bool], patience: float = 300) -> None:
    """Wait until something is true."""
    deadline = time.monotonic() + patience
    while not ready():
        if time.monotonic() > deadline:
            raise SystemExit(f"{what} is not there after {patience:.0f} s, see {RUN}/*.log")
        time.sleep(0.2)


def answers(url: str, token: str, body: bytes | None = None) -> bool:
    """Whether a server answers a request."""
    request = Request(url, body, {"Authorization": f"Token {token}", "Content-Type": "application/json"})
    with suppress(URLError, TimeoutError, ConnectionError), urlopen(request, timeout=60) as response:
        return bool(response.status == 200)
    return False


def python312() -> Path:
    """A Python 3.12, the oldest that NetBox 4.7 runs on; built by pyenv where the machine has none."""
    found = shutil.which("python3.12", path=_path_without_shims())
    if found:
        return Path(found)
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    if not (built := sorted(pyenv.glob("versions/3.12.*/bin/python3.12"))):
        command = shutil.which("pyenv") or str(pyenv / "bin/pyenv")
        if not Path(command).exists():
            raise SystemExit("NetBox needs Python 3.12: put python3.12 on the PATH, or install pyenv")
        run("pyenv", [command, "install", "--skip-existing", "3.12"])
        built = sorted(pyenv.glob("versions/3.12.*/bin/python3.12"))
    return built[-1]


def _path_without_shims() -> str:
    # A shim of pyenv is there for each version, and fails for those that are not switched on.
    return os.pathsep.join(
        each for each in os.environ.get("PATH", os.defpath).split(os.pathsep) if not each.endswith("/shims")
    )


def ports(number: int) -> list[int]:
    """That many ports in a row: from NETBRIEF_RIG_PORT on, or where the first ten in a row are free."""
    if first := os.environ.get("NETBRIEF_RIG_PORT"):
        return [int(first) + each for each in range(number)]
    tens = (range(start, start + 10) for start in range(8001, 9000, 10))
    return list(next(ten for ten in tens if all(map(_free, ten)))[:number])


def _free(port: int) -> bool:
    with socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def install_packages() -> None:
    """Install PostgreSQL and Redis if the machine lacks them."""
    if shutil.which("redis-server") and _postgres_folder():
        return
    if not _ROOT:
        raise SystemExit("install PostgreSQL and Redis first: apt-get install postgresql redis-server")
    unattended = {"DEBIAN_FRONTEND": "noninteractive"}
    run("apt", ["apt-get", "update"], unattended)
    install = ["apt-get", "install", "--yes", "--no-install-recommends"]
    run("apt", [*install, "postgresql", "redis-server"], unattended)


def _postgres_folder() -> Path | None:
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    return max(versions, default=None, key=lambda path: int(path.parent.name))


def _postgres(command: str) -> Path:
    folder = _postgres_folder()
    if folder is None:
        raise SystemExit("PostgreSQL is not installed")
    return folder / command


def start_services(redis_port: int) -> None:
    """Start PostgreSQL on a socket in the run's folder and Redis on a port; both keep nothing."""
    cluster, sockets = RUN / "cluster", RUN / "sockets"
    for folder in (cluster, sockets):
        folder.mkdir()
        if _DATABASE_USER:
            shutil.chown(folder, _DATABASE_USER)
    subprocess.run(
        [_postgres("initdb"), cluster, "-U", "rig", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
        user=_DATABASE_USER,
        cwd="/",
        stdout=subprocess.DEVNULL,
        check=True,
    )
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "shared_buffers": "256MB",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    start("postgres", [_postgres("postgres"), "-D", cluster, *options], {}, _DATABASE_USER)
    start("redis", ["redis-server", "--bind", "127.0.0.1", "--port", str(redis_port), "--save", ""], {})
    wait_for("PostgreSQL", lambda: _try([_postgres("pg_isready"), "-q", *_connection()]))
    wait_for("Redis", lambda: _try(["redis-cli", "-p", str(redis_port), "ping"]))


def _try(command: Sequence[str | Path]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _connection() -> list[str]:
    return ["-h", str(RUN / "sockets"), "-U", "rig"]


def create_database(name: str, dump: Path | None) -> None:
    """Create a database, empty or as a dump has it."""
    run(name, [_postgres("createdb"), *_connection(), name])
    if dump:
        run(name, [_postgres("pg_restore"), *_connection(), "--exit-on-error", "-j2", "-d", name, dump])


def dump_database(name: str, dump: Path) -> None:
    """Keep a database for later runs."""
    part = dump.with_suffix(".part")
    run(name, [_postgres("pg_dump"), *_connection(), "--format=custom", "--file", part, name])
    part.rename(dump)
