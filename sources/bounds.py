"""Upper bounds of custom fields: both sources count an object without a value as below any bound.

They compare JSON, in which null comes before every number and text. A lower bound beside it leaves those out.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from sources.catalog import ObjectType
from sources.source import Condition

CustomFields = Callable[[ObjectType], Awaitable[Mapping[str, Mapping[str, Any]]]]

_LOWEST: Mapping[str, str] = {
    "integer": "-999999999999",
    "decimal": "-999999999999",
    "date": "1000-01-01",
    "datetime": "1000-01-02T00:00:00Z",
}


async def bounds_beside(
    type_: ObjectType, conditions: Sequence[Condition], custom_fields: CustomFields
) -> list[Condition]:
    """The conditions to add, so that an upper bound of a custom field finds only objects with a value."""
    custom = [each for each in conditions if each.key.startswith("cf_")]
    lower = {each.key for each in custom if each.lookup in ("gt", "gte")}
    upper = {each.key for each in custom if each.lookup in ("lt", "lte")} - lower
    known = await custom_fields(type_) if upper else {}
    kinds = {key: str(known.get(key.removeprefix("cf_"), {}).get("type")) for key in sorted(upper)}
    return [Condition(key, "gte", (_LOWEST[kind],)) for key, kind in kinds.items() if kind in _LOWEST]
