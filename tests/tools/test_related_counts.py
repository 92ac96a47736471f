"""`list_objects` by the number of related objects, against the inventory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from sources.errors import BadFilter
from tests.core import rows_of
from tests.tools.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONDITIONS: list[tuple[str, Any, Callable[[int], bool]]] = [
    ("devices__gt", 3, lambda n: n > 3),
    ("devices__lte", 3, lambda n: n <= 3),
    ("devices", 0, lambda n: n == 0),
    ("devices", None, lambda n: n == 0),
    ("devices", "not null", lambda n: n > 0),
    ("devices", [4, 13], lambda n: n in (4, 13)),
    ("devices__n", 4, lambda n: n != 4),
    ("racks__gte", 1, lambda n: n >= 1),
]


def counts(world: World, relation: str) -> Counter[str]:
    """How many devices or racks each site has, by its name; none are counted as zero."""
    names = {row["id"]: str(row["name"]) for row in world.truth.rows("dcim.site")}
    type_ = {"devices": "dcim.device", "racks": "dcim.rack"}[relation]
    held = Counter(dict.fromkeys(names.values(), 0))
    held.update(names[row["site"]] for row in world.truth.rows(type_) if row["site"] in names)
    return held


@pytest.mark.parametrize(("key", "value", "rule"), CONDITIONS)
async def test_sites_are_chosen_by_how_much_they_have(
    world: World, key: str, value: Any, rule: Callable[[int], bool]
) -> None:
    relation = key.partition("__")[0]
    held = counts(world, relation)
    body = await world.core.ask(
        "list_objects", type="site", where={key: value}, fields=["name", relation], max_tokens=8_000
    )
    found = {row["name"]: row[relation] for row in rows_of(body, "sites")}
    assert found == {name: number for name, number in held.items() if rule(number)}


async def test_they_are_ordered_and_limited(world: World) -> None:
    held = counts(world, "devices")
    body = await world.core.ask(
        "list_objects", type="site", order_by=["-devices"], limit=5, fields=["name", "devices"]
    )
    found = [row["devices"] for row in rows_of(body, "sites")]
    assert found == sorted(held.values(), reverse=True)[:5]


async def test_counts_take_as_many_calls_for_many_as_for_one(world: World) -> None:
    await world.core.ask("list_objects", type="tenant", where={"devices__gt": 0}, refresh=True)
    assert len(world.core.paths()) <= 3


@pytest.mark.parametrize(
    "where", [{"devices__gt": "many"}, {"devices__ic": 1}, {"devices": True}, {"devices__gt": 1.5}]
)
async def test_what_is_no_number_is_refused(world: World, where: dict[str, Any]) -> None:
    with pytest.raises(BadFilter, match="whole numbers"):
        await world.core.ask("list_objects", type="site", where=where)


async def test_groups_cannot_be_chosen_by_counts(world: World) -> None:
    with pytest.raises(BadFilter, match="counted by group"):
        await world.core.ask("list_objects", type="site", where={"devices__gt": 1}, group_by="region")
