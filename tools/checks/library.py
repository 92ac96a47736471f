"""The checks that are offered: the built-in ones and those in a team's folder; and what is wrong with these."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sources.types import CATALOG
from tools.checks.built_in import BUILT_IN
from tools.checks.check import Check
from tools.checks.declared import NAME, declared

Found = tuple[list[Check], list[str]]
"""The checks of a file, and what is wrong with it."""
EXPORTED = "CHECKS"
"""What a team's Python file calls its checks."""


@dataclass(frozen=True, slots=True)
class Library:
    """Checks, each with a name of its own, and the faults of files that could not be used."""

    checks: Sequence[Check] = BUILT_IN
    faults: Sequence[str] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What an answer says of the faults."""
        return ("some of your own checks cannot be used: status says why",) if self.faults else ()


def library(folder: Path | None) -> Library:
    """The built-in checks, and those of all YAML and Python files in a folder.

    Never raises: a file or a check that cannot be used is a fault, and the others go on.
    """
    if folder is None:
        return Library()
    checks, faults = list(BUILT_IN), []
    try:
        files = sorted(path for path in folder.expanduser().iterdir() if path.suffix in _READERS)
    except OSError as error:
        return Library(checks, (f"the folder of checks {folder} cannot be read: {error.strerror}",))
    for file in files:
        try:
            found, wrong = _READERS[file.suffix](file)
        except OSError as error:
            found, wrong = [], [f"cannot be read: {error.strerror}"]
        for check in found:
            if any(check.name == other.name for other in checks):
                wrong.append(f'name: there is another check "{check.name}"')
            else:
                checks.append(check)
        faults += [f"{file.name}: {each}" for each in wrong]
    return Library(checks, faults)


def _of_yaml(file: Path) -> Found:
    return declared(file.read_bytes())


def _of_python(file: Path) -> Found:
    """The checks that a file of Python gives. Whatever it raises is its fault."""
    try:
        exported = runpy.run_path(str(file)).get(EXPORTED)
    except Exception as error:  # noqa: BLE001  # a team's own file may raise anything
        return [], [f"{type(error).__name__}: {error}"]
    if not isinstance(exported, list | tuple):
        return [], [f"{EXPORTED}: must be a list of checks"]
    wrong = [f"{EXPORTED}[{i}]{fault}" for i, each in enumerate(exported) if (fault := _fault(each))]
    return [each for each in exported if not _fault(each)], wrong


def _fault(check: object) -> str:
    """What is wrong with a check that Python made; "" if nothing is."""
    if not isinstance(check, Check):
        return f": a {type(check).__name__} is no Check"
    if not re.match(NAME, check.name):
        return ".name: must be lower-case words joined by dashes"
    for said in ("title", "why", "fix"):
        if not getattr(check, said):
            return f".{said}: must say something"
    for asked in ("reads", "beside"):
        for name, facets in getattr(check, asked).items():
            if name not in CATALOG:
                return f'.{asked}: there is no object type "{name}"'
            unknown = facets - {known.facet for known in CATALOG[name].fields.values()}
            if unknown:
                return f'.{asked}: {name} has no facet "{min(unknown)}"'
    return "" if check.type in check.reads else ".type: must be one of the types that it reads"


_READERS: Mapping[str, Callable[[Path], Found]] = {".yaml": _of_yaml, ".yml": _of_yaml, ".py": _of_python}
