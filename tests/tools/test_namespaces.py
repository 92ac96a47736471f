"""A prefix that is asked for in a VRF of Nautobot, whose namespace records more than the VRF holds."""

from __future__ import annotations

from typing import Any

from orchestration.steps import Gathered, Select
from orchestration.tool import Briefing, Found
from sources.source import Page
from sources.types import CATALOG
from tools.ip_space import IpSpace, IpSpaceArguments

SPACE = {"id": "n1", "name": "ns1"}
VRF = {"id": "v1", "name": "vrf1", "namespace": SPACE}
BRIEFING = Briefing(CATALOG, {"vrf": [Found(CATALOG["ipam.vrf"], VRF)]})


def page(*rows: dict[str, Any]) -> Page:
    common = {"vrf": [], "namespace": SPACE, "type": "network"}
    return Page([{**common, "id": row["prefix"], **row} for row in rows], len(rows))


def summary(prefix: str, **pages: Page) -> str:
    """What is said of a prefix of the VRF when these rows have been read."""
    gathered = Gathered({}, {"addresses": Page(), **pages})
    return IpSpace().assemble(IpSpaceArguments(prefix=prefix, vrf="vrf1"), gathered, BRIEFING).summary


def test_a_prefix_and_an_address_are_read_in_the_namespace_of_the_vrf() -> None:
    for asked, steps in (
        ({"prefix": "10.201.0.0/16"}, ["scope"]),
        ({"address": "10.201.0.1"}, ["records", "around"]),
    ):
        plan = IpSpace().plan(IpSpaceArguments(vrf="vrf1", **asked), BRIEFING)
        for name in steps:
            step = plan[name]
            assert isinstance(step, Select)
            assert ("namespace", ("n1",)) in [(each.key, each.values) for each in step.where]
    step = IpSpace().plan(IpSpaceArguments(vrf="vrf1"), BRIEFING)["scope"]
    assert isinstance(step, Select)
    assert [(each.key, each.values) for each in step.where] == [("vrf", ("v1",))]


def test_what_the_namespace_records_is_told_and_that_the_vrf_holds_none_of_it() -> None:
    whole, child = {"prefix": "10.201.0.0/16", "type": "container"}, {"prefix": "10.201.3.0/24"}
    said = summary("10.201.0.0/16", scope=page(whole), **{"within 1": page(whole, child)})
    assert said.startswith("10.201.0.0/16 (ns1), 0.4 % utilized, 65,280 of 65,536 addresses free; ")
    assert "1 child prefixes; that is what namespace ns1 records: in VRF vrf1, none of them; " in said
    child["vrf"] = [VRF]
    said = summary("10.201.0.0/16", scope=page(whole), **{"within 1": page(whole, child)})
    assert "in VRF vrf1, 1 of them; " in said
    whole["vrf"] = [VRF]
    assert "that is what" not in summary(
        "10.201.0.0/16", scope=page(whole), **{"within 1": page(whole, child)}
    )


def test_what_the_namespace_records_nothing_of_is_told_of_the_vrf() -> None:
    assert summary("10.7.0.0/16", scope=page()).startswith("10.7.0.0/16 (vrf1, not recorded), 0.0 % utilized")
