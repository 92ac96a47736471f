"""An object without a value is below no bound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sources.bounds import bounds_beside
from sources.catalog import ObjectType
from sources.source import Condition
from sources.types import CATALOG

DEVICE = CATALOG["dcim.device"]


async def fields(type_: ObjectType) -> Mapping[str, Mapping[str, Any]]:
    return {"units": {"type": "integer"}, "bought": {"type": "date"}, "note": {"type": "text"}}


async def beside(*conditions: Condition) -> list[tuple[str, str]]:
    return [(each.spelled, *each.values) for each in await bounds_beside(DEVICE, conditions, fields)]


async def test_an_upper_bound_alone_gets_a_lower_one() -> None:
    assert await beside(Condition("cf_units", "lte", ("9",))) == [("cf_units__gte", "-999999999999")]
    assert await beside(Condition("cf_bought", "lt", ("2026-01-01",))) == [("cf_bought__gte", "1000-01-01")]


async def test_what_has_a_lower_bound_or_is_no_custom_number_stays_as_it_is() -> None:
    span = (Condition("cf_units", "lt", ("9",)), Condition("cf_units", "gte", ("1",)))
    assert await beside(*span) == []
    assert await beside(Condition("position", "lt", ("9",)), Condition("cf_note", "lt", ("x",))) == []
