"""Which releases run: the pinned newest ones, or older ones that the environment names."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Release:
    """What is installed for one server."""

    #: tells its environment and its dumps from those of other releases
    key: str
    #: the packages, as `pip install` takes them
    packages: Sequence[str | Path]
    #: the server's own code, where it is no package
    code: Path | None = None


def netbox_release() -> Release:
    """The pinned NetBox; with NETBRIEF_RIG_NETBOX the one in that folder, a checkout of its sources."""
    if not (folder := os.environ.get("NETBRIEF_RIG_NETBOX")):
        return _pinned("netbox")
    checkout = Path(folder).absolute()
    requirements = checkout / "requirements.txt"
    packages = ("--override", _HERE / "netbox/overrides.txt", "-r", requirements)
    return Release(digest(requirements, checkout / "netbox/release.yaml"), packages, checkout / "netbox")


def nautobot_release() -> Release:
    """The pinned Nautobot; with NETBRIEF_RIG_NAUTOBOT that version."""
    if version := os.environ.get("NETBRIEF_RIG_NAUTOBOT"):
        return Release(version, (f"nautobot=={version}",))
    return _pinned("nautobot")


def _pinned(name: str) -> Release:
    requirements = _HERE / name / "requirements.txt"
    # Nothing to resolve: the file names every package.
    return Release(digest(requirements), ("--no-deps", "--require-hashes", "-r", requirements))


def digest(*files: Path) -> str:
    """What tells these files from others."""
    found = hashlib.sha256()
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()[:12]
