"""A team's own checks: the kinds that YAML declares, Python, and what is said of files that cannot be used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from demo.server import DemoServer
from server.check import check as check_settings
from sources.types import CATALOG
from tests.asking import plain_settings
from tests.core import demo_source, opened, rows_of
from tests.inventories import Builder
from tools.audit import Audit
from tools.checks.built_in import BUILT_IN
from tools.checks.document import checks_table
from tools.checks.library import Library, library

DOCUMENT = Path(__file__).parents[2] / "docs" / "audit-checks.md"
SAID = "severity: low, why: because, fix: do it"


def written(folder: Path, **files: str) -> Path:
    """A folder with these files; two underscores in a name are its dot."""
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def own(found: Library) -> set[str]:
    return {each.name for each in found.checks} - {each.name for each in BUILT_IN}


def yaml_of(**fields: Any) -> str:
    told = ", ".join(
        f"{name}: {value}" for name, value in {"name": "mine", "title": "Mine", **fields}.items()
    )
    return f"checks:\n  - {{{told}, {SAID}}}\n"


@pytest.mark.parametrize(
    ("fields", "objects"),
    [
        ({"type": "device", "kind": "required", "field": "asset_tag"}, {"sw1", "sw2", "Ünnamed 3"}),
        (
            {"type": "device", "kind": "required", "field": "asset_tag", "where": "{name__isw: SW}"},
            {"sw1", "sw2"},
        ),
        (
            {"type": "device", "kind": "required", "field": "asset_tag", "where": "{name__n: sw1}"},
            {"sw2", "Ünnamed 3"},
        ),
        (
            {"type": "device", "kind": "required", "field": "serial", "where": "{serial: null}"},
            {"sw2", "Ünnamed 3"},
        ),
        ({"type": "device", "kind": "reference", "field": "rack"}, {"sw1", "sw2", "Ünnamed 3"}),
        ({"type": "device", "kind": "pattern", "field": "name", "pattern": "'sw[0-9]'"}, {"Ünnamed 3"}),
        ({"type": "device", "kind": "allowed", "field": "role", "values": "[router, SWITCH]"}, set()),
        (
            {"type": "device", "kind": "allowed", "field": "status", "values": "[planned]"},
            {"sw1", "sw2", "Ünnamed 3"},
        ),
        ({"type": "device", "kind": "unique", "field": "device_type"}, {"SW-48"}),
        ({"type": "device", "kind": "unique", "field": "device_type", "within": "[name]"}, set()),
        ({"type": "device", "kind": "required", "field": "cf_owner"}, {"sw1", "sw2", "Ünnamed 3"}),
        ({"type": "interface", "kind": "required", "field": "description"}, {"sw1 Gi1"}),
        ({"type": "site", "kind": "required", "field": "tenant"}, {"Akron"}),
    ],
    ids=str,
)
async def test_a_declared_check_finds_what_it_says(
    tmp_path: Path, fields: Mapping[str, str], objects: set[str]
) -> None:
    found = library(written(tmp_path, own__yaml=yaml_of(**fields)))
    assert not found.faults
    builder = Builder()
    builder.port(builder.device("sw1", serial="1"), "Gi1")
    builder.device("sw2")
    builder.device("Ünnamed 3")
    async with DemoServer(builder.inventory()) as server, opened(server, tmp_path / "kept") as core:
        core.services.tools = {**core.services.tools, "audit": Audit(found)}
        body = await core.ask("audit", checks=["mine"])
        assert body["complete"]
        assert {row["object"] for row in rows_of(body, "findings")} == objects


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("own__yaml", "checks: [", "own.yaml: not valid YAML"),
        ("own__yaml", "- name: x", "own.yaml: checks: must be a list"),
        ("own__yaml", "", "own.yaml: checks: must be a list"),
        ("own__yaml", "checks: [3]", "own.yaml: checks[0]: "),
        ("own__yaml", yaml_of(type="device", kind="magic", field="name"), "own.yaml: checks[0]: "),
        ("own__yaml", yaml_of(type="device", kind="required"), "own.yaml: checks[0].field: Field required"),
        (
            "own__yaml",
            yaml_of(type="devise", kind="required", field="name"),
            'there is no object type "devise"',
        ),
        ("own__yaml", yaml_of(type="device", kind="required", field="seriall"), "did you mean serial"),
        ("own__yaml", yaml_of(type="device", kind="reference", field="serial"), "serial is no reference"),
        (
            "own__yaml",
            yaml_of(type="device", kind="pattern", field="name", pattern="'('"),
            "is no regular expression",
        ),
        (
            "own__yaml",
            yaml_of(type="device", kind="required", field="name", where="{region: Ohio}"),
            'devices have no field "region"',
        ),
        (
            "own__yaml",
            yaml_of(type="device", kind="required", field="name", where="{position__gt: 3}"),
            "a check cannot filter by gt",
        ),
        (
            "own__yml",
            yaml_of(name="duplicate-serial", type="device", kind="required", field="name"),
            'own.yml: name: there is another check "duplicate-serial"',
        ),
        ("own__py", "CHECKS = [3]", "own.py: CHECKS[0]: a int is no Check"),
        ("own__py", "x = 1", "own.py: CHECKS: must be a list"),
        ("own__py", "1/0", "own.py: ZeroDivisionError"),
        ("own__py", "import (", "own.py: SyntaxError"),
    ],
)
def test_what_cannot_be_used_is_said_with_file_and_field(
    tmp_path: Path, name: str, text: str, fault: str
) -> None:
    found = library(
        written(
            tmp_path,
            **{name: text},
            good__yaml=yaml_of(name="good", type="device", kind="required", field="serial"),
        )
    )
    assert own(found) == {"good"}
    assert any(fault in each for each in found.faults), found.faults


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    [fault] = library(tmp_path / "nowhere").faults
    assert "nowhere cannot be read" in fault


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ('name="Rack Of"', ".name: must be lower-case words"),
        ('why=""', ".why: must say something"),
        ("reads={'dcim.nothing': BASE}", '.reads: there is no object type "dcim.nothing"'),
        ("reads={RACK: frozenset({'links'})}", '.reads: dcim.rack has no facet "links"'),
        ("reads={DEVICE: BASE}", ".type: must be one of the types that it reads"),
    ],
)
def test_a_check_in_python_is_validated(tmp_path: Path, changed: str, fault: str) -> None:
    field = changed.partition("=")[0]
    text = re.sub(rf"        {field}=.*,\n", lambda _: f"        {changed},\n", documented("python"))
    found = library(written(tmp_path, racks__py=text))
    assert not own(found)
    assert found.faults == (f"racks.py: CHECKS[0]{fault}",) or any(fault in each for each in found.faults)


def documented(language: str) -> str:
    """The example of a language in the documentation."""
    [text] = re.findall(rf"```{language}\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    return str(text)


async def test_the_documented_examples_work(tmp_path: Path) -> None:
    folder = tmp_path / "checks"
    folder.mkdir()
    found = library(written(folder, own__yaml=documented("yaml"), racks__py=documented("python")))
    assert not found.faults
    assert len(own(found)) == 6
    builder = Builder()
    rack = builder.add("dcim.rack", name="R1", site=builder.site, status="active", u_height=42)
    for name in ("A", "B"):
        tenant = builder.add("tenancy.tenant", name=name, slug=name.lower())
        builder.device(f"sw{name}", rack=rack, tenant=tenant)
    async with (
        DemoServer(builder.inventory()) as server,
        opened(server, tmp_path / "kept", checks=folder) as core,
    ):
        body = await core.ask("audit", checks=sorted(own(found)))
        assert {row["check"] for row in rows_of(body, "checks")} == {
            "rack-of-several-tenants",
            "site-without-region",
        }


async def test_a_check_that_fails_is_said_and_the_others_go_on(tmp_path: Path) -> None:
    broken = documented("python").replace("    tenants = {}\n", "    tenants = {}[0]\n")
    builder = Builder()
    builder.device("sw1")
    async with (
        DemoServer(builder.inventory()) as server,
        opened(server, tmp_path / "kept", checks=written(tmp_path, racks__py=broken)) as core,
    ):
        body = await core.ask("audit", checks=["rack-of-several-tenants", "device-without-serial"])
        [row] = rows_of(body, "not made")
        assert row["check"] == "rack-of-several-tenants"
        assert "KeyError" in row["because"]
        assert not body["complete"]
        assert [row["check"] for row in rows_of(body, "checks")] == ["device-without-serial"]


async def test_status_check_and_answers_say_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path, own__yaml="checks: 3")
    async with (
        DemoServer(Builder().inventory()) as server,
        opened(server, tmp_path / "kept", checks=folder) as core,
    ):
        status = await core.services.status()
        assert "own.yaml: checks: must be a list of checks" in status.body["warnings"]
        body = await core.ask("audit")
        assert body["warnings"] == ["some of your own checks cannot be used: status says why"]
        assert not await check_settings(
            plain_settings(tmp_path / "kept", checks=folder), [demo_source(server)]
        )
        assert "NO  own.yaml: checks: must be a list of checks" in capsys.readouterr().out


def test_every_built_in_check_says_what_why_and_how() -> None:
    names = [check.name for check in BUILT_IN]
    assert len(set(names)) == len(names)
    for check in BUILT_IN:
        assert check.type in check.reads
        assert check.title
        assert check.why
        assert check.fix
        assert all(
            facets <= {f.facet for f in CATALOG[name].fields.values()} for name, facets in check.reads.items()
        )


def test_the_document_lists_the_checks_as_they_are() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    between = text.partition("<!-- checks -->\n")[2].partition("\n<!-- /checks -->")[0]
    assert between == checks_table(), "paste what tools.checks.document.checks_table() gives"
