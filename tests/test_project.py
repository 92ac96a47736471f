"""The project as a whole: its documents, its packages, and what it loads."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from server.settings import settings_table

ROOT = Path(__file__).parent.parent
PACKAGES = ("server", "tools", "orchestration", "cache", "sources", "demo")
# In parts, since this file is looked through too.
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("crates", "io"),
        ("anaconda", "org"),
        ("ghcr", "io"),
        ("docker", "io"),
        ("quay", "io"),
        ("proxy", "golang", "org"),
    )
)


def tracked_files() -> list[Path]:
    """The files that git knows; in an unpacked release, all of them."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def loaded_by(statement: str, *names: str) -> set[str]:
    """Which of these top-level packages a fresh interpreter has loaded after a statement."""
    code = f"{statement}\nimport sys\nprint(*{names!r} & {{name.partition('.')[0] for name in sys.modules}})"
    code = code.replace(repr(names), f"set({names!r})")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_readme_lists_the_settings_as_they_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    between = readme.partition("<!-- settings -->\n")[2].partition("\n<!-- /settings -->")[0]
    assert between == settings_table(), "paste what server.settings.settings_table() gives"


def test_no_file_names_a_package_registry() -> None:
    naming = {
        f"{path.relative_to(ROOT)}: {host}"
        for path in tracked_files()
        for host in REGISTRY_HOSTS
        if host.encode() in path.read_bytes().lower()
    }
    assert not naming


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements/*.txt")), ids=lambda path: path.stem)
def test_locks_hold_pinned_and_hashed_packages_and_nothing_else(lock: Path) -> None:
    entries = lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    assert entries
    for entry in entries:
        name, *hashes = entry.split(" --hash=")
        assert "==" in name
        assert not name.startswith("-")
        assert "/" not in entry
        assert hashes
        assert all(each.startswith("sha256:") for each in hashes)


def test_no_dependency_ships_a_package_of_our_names() -> None:
    owners = packages_distributions()
    for name in (*PACKAGES, "tests", "benchmarks"):
        assert set(owners.get(name, [])) <= {"netbrief"}


def test_the_client_configuration_starts_netbrief() -> None:
    config = json.loads((ROOT / "mcp.json").read_text(encoding="utf-8"))
    server = config["mcpServers"]["netbrief"]
    assert server["command"] == "netbrief"
    assert server["args"] == ["serve"]
    assert {"NETBOX_URL", "NETBOX_TOKEN"} <= server["env"].keys()
    assert all(value == f"${{{name}}}" for name, value in server["env"].items())


@pytest.mark.parametrize("module", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_bytes()))


def test_the_command_line_loads_nothing_heavy() -> None:
    assert not loaded_by("import server.cli", "fastmcp", "langchain_openai", "langgraph")


def test_the_server_loads_no_model_client() -> None:
    assert not loaded_by("import server.app", "langchain_openai", "openai")


@pytest.mark.parametrize(
    "body",
    [
        "def test(): pytest.skip('in the test')",
        "@pytest.mark.skip\ndef test(): ...",
        "@pytest.fixture\ndef needed(): pytest.skip('in a fixture')\ndef test(needed): ...",
        "pytest.importorskip('no_such_module')",
    ],
    ids=["in-the-test", "marked", "in-a-fixture", "module"],
)
@pytest.mark.parametrize(("ci", "code"), [("true", {1, 2}), ("", {0, 5})])
def test_a_skipped_test_fails_where_ci_is_true(tmp_path: Path, body: str, ci: str, code: set[int]) -> None:
    (tmp_path / "test_skipped.py").write_text(f"import pytest\n{body}\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.strict",
        "--rootdir",
        str(tmp_path),
        str(tmp_path),
    ]
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in code, done.stdout
