"""That the renamed inventory has the shape of the generated one, and none of its names."""

from __future__ import annotations

import pytest

from demo.inventory import Inventory
from tests.questions.in_words.names import Names
from tests.questions.in_words.renamed import renamed
from tests.questions.truth import Truth

RENAMED = (
    "dcim.site",
    "dcim.region",
    "dcim.devicerole",
    "dcim.devicetype",
    "dcim.manufacturer",
    "dcim.platform",
    "dcim.device",
    "dcim.rack",
    "dcim.virtualchassis",
    "tenancy.tenant",
    "extras.tag",
    "extras.customfield",
    "circuits.provider",
    "circuits.circuit",
    "virtualization.cluster",
    "virtualization.virtualmachine",
    "ipam.vlangroup",
    "ipam.vlan",
    "ipam.vrf",
    "ipam.role",
)


@pytest.fixture(scope="module")
def other() -> Inventory:
    return renamed()


@pytest.mark.parametrize("type_", RENAMED)
def test_no_name_stays(truth: Truth, other: Inventory, type_: str) -> None:
    theirs = Truth(other)
    old = {truth.title(type_, id_): id_ for id_ in truth.table(type_)}
    new = {theirs.title(type_, id_): id_ for id_ in theirs.table(type_)}
    assert len(new) >= len(old) - 1
    assert not (old.keys() & new.keys()) - {"#"}


def test_no_text_tells_of_an_old_site(truth: Truth, other: Inventory) -> None:
    old = {row["name"] for row in truth.rows("dcim.site")} | {"akr-", "alb-", "AKR", "ALB"}
    telling = {
        (type_, word)
        for type_ in other.types
        for row in other.rows(type_)
        for word in old
        if word in str({**row, "time_zone": None})
    }
    assert telling == set()


def test_everything_else_stays(inventory: Inventory, other: Inventory) -> None:
    assert {type_: inventory.count(type_) for type_ in inventory.types} == {
        type_: other.count(type_) for type_ in other.types
    }


def test_names_are_told_apart_and_have_their_slugs(other: Inventory) -> None:
    theirs = Truth(other)
    sites = theirs.rows("dcim.site")
    assert len({row["name"] for row in sites}) == len(sites)
    assert {row["slug"] for row in sites} >= {"fra3", "lyon-datacentre-2", "plant-07", "lager-sud"}
    assert {row["slug"] for row in theirs.rows("dcim.devicerole")} >= {"leaf", "border-router", "oob-console"}


def test_custom_fields_are_renamed_in_the_objects_too(other: Inventory) -> None:
    names = Names(Truth(other))
    assert {(name, label) for name, label, _ in names.choice_fields} == {("sla_class", "SLA class")}
    assert {value for _, _, value in names.choice_fields} == {"platinum", "business", "best-effort"}
