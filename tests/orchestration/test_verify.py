"""A draft held against what was read."""

from __future__ import annotations

import pytest

from orchestration.answer import Section
from orchestration.steps import Gathered, Select
from orchestration.tool import Draft
from orchestration.verify import verified
from sources.errors import SourceMisbehaved
from sources.source import Page
from sources.types import CATALOG

VLAN = CATALOG["ipam.vlan"]


def section(rows: int, total: int, offset: int = 0) -> Section:
    return Section("VLANs", ("vid",), [[n] for n in range(rows)], total, offset)


def read(rows: int, total: int, step: Select) -> Gathered:
    gathered = Gathered({"the_vlans": step})
    gathered.pages["the_vlans"] = Page([{"id": str(n)} for n in range(rows)], total)
    return gathered


@pytest.mark.parametrize(("rows", "total", "offset"), [(3, 2, 0), (1, 2, 2), (1, 0, 0)])
def test_more_rows_than_there_are_is_an_error(rows: int, total: int, offset: int) -> None:
    with pytest.raises(SourceMisbehaved) as error:
        verified(Draft("", (section(rows, total, offset),)), Gathered({}))
    assert "refresh" in error.value.in_words()


@pytest.mark.parametrize(("rows", "total", "offset"), [(2, 2, 0), (1, 2, 1), (0, 0, 0), (5, 900, 20)])
def test_a_part_of_what_there_is_is_none(rows: int, total: int, offset: int) -> None:
    draft = Draft("", (section(rows, total, offset),))
    assert verified(draft, Gathered({})) is draft


def test_rows_that_were_wanted_and_not_read_are_said_to_be_missing() -> None:
    draft = verified(Draft("", warnings=("first",)), read(2, 1_005, Select(VLAN)))
    assert not draft.complete
    assert draft.warnings == ("first", "the vlans: 1,003 of 1,005 could not be read")


@pytest.mark.parametrize("step", [Select(VLAN, limit=2), Select(VLAN, limit=0), Select(VLAN, offset=3)])
def test_rows_that_were_not_wanted_are_not_missing(step: Select) -> None:
    assert verified(Draft(""), read(2, 1_005, step)).complete
