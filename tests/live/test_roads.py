"""REST and GraphQL lead to the same: the same entities, the same children, the same answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from server.services import open_source
from server.settings import SourceKind
from sources.catalog import ObjectType, Relation
from sources.netbox.words import NO_FILTER, WORDS
from sources.source import ByIds, Children, Entity, Match, parent_ids
from sources.types import CATALOG
from tests.asking import Asker, plain_settings
from tests.live.servers import PATIENCE, asking_real, kind_of, real
from tests.questions.asked import QUESTIONS
from tests.questions.case import Case
from tests.questions.judging import judge
from tests.questions.truth import Truth

MOST = 250
"""Objects of a type that are compared: Nautobot's REST takes seconds for a few hundred."""
TYPES = [type_ for name, type_ in CATALOG.types.items() if name in WORDS]
RELATIONS = [
    relation for type_ in TYPES for relation in type_.relations.values() if CATALOG[relation.to] in TYPES
]

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")

ROADS: tuple[SourceKind, ...] = ("netbox",)
"""Nautobot's REST takes minutes for what its GraphQL reads in seconds: its roads meet in test_nautobot_source."""


class Roads:
    """One real server, read with GraphQL and without."""

    def __init__(self, kind: SourceKind, folder: Path) -> None:
        settings = plain_settings(folder, **PATIENCE)
        self.kind = kind
        self.graphql = open_source(real(kind), settings)
        self.rest = open_source(real(kind, graphql=False), settings)

    async def both(self, read: Any) -> tuple[list[Entity], list[Entity]]:
        """What each road brings, brought into one order."""
        [by_graphql], [by_rest] = await self.graphql.read([read]), await self.rest.read([read])
        assert by_graphql.error is None
        assert by_rest.error is None
        return in_one_order(by_graphql.rows), in_one_order(by_rest.rows)

    async def known(self, type_: ObjectType) -> ObjectType:
        """The type as this server has it."""
        catalog = await self.graphql.catalog()
        return catalog[type_.name]

    async def ids(self, type_: ObjectType) -> tuple[str, ...]:
        """Objects of a type, from its beginning and its end."""
        [page] = await self.graphql.read([Match(type_)])
        ids = sorted(row["id"] for row in page.rows)
        return tuple(dict.fromkeys([*ids[: MOST // 2], *ids[-MOST // 2 :]]))


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=ROADS)
async def roads(request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[Roads]:
    found = Roads(request.param, folder)
    await found.graphql.prepare()
    yield found
    await found.graphql.close()
    await found.rest.close()


def in_one_order(rows: list[Entity]) -> list[Entity]:
    """Entities by id, and what they refer to by id: neither road promises an order."""
    return sorted(
        ({name: _settled(value) for name, value in row.items()} for row in rows), key=lambda row: row["id"]
    )


def _settled(value: Any) -> Any:
    if isinstance(value, list):
        return sorted((_settled(each) for each in value), key=repr)
    return value


def facets_of(type_: ObjectType) -> frozenset[str]:
    """All that can be known of a type, but what only the source's own words say."""
    return frozenset(field.facet for field in type_.fields.values())


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("type_", TYPES, ids=lambda type_: type_.name)
async def test_entities_are_the_same(roads: Roads, type_: ObjectType) -> None:
    known = await roads.known(type_)
    by_graphql, by_rest = await roads.both(ByIds(known, await roads.ids(known), facets_of(known)))
    assert by_graphql
    assert by_graphql == by_rest


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.key)
async def test_children_are_the_same(roads: Roads, relation: Relation) -> None:
    owner = await roads.known(CATALOG[relation.owner])
    target = await roads.known(CATALOG[relation.to])
    if relation.name not in owner.relations:
        # NetBox has no filter for it, or no such field.
        unfiltered = WORDS[relation.owner].children.get(relation.name) == NO_FILTER
        assert unfiltered or all(path in target.absent for path in relation.via)
        return
    parents = (await roads.ids(owner))[:20]
    via = {target.fields[path.partition(".")[0]].facet for path in relation.via}
    read = Children(relation, target, parents, frozenset({"base", *via}))
    by_graphql, by_rest = await roads.both(read)
    # A filter may be coarser than the relation; the reader drops what refers to none of the parents.
    meant = [
        [row for row in rows if parent_ids(row, relation) & set(parents)] for rows in (by_graphql, by_rest)
    ]
    assert meant[0] == meant[1]


@pytest.mark.asyncio(loop_scope="module")
async def test_no_type_is_read_by_rest_alone(roads: Roads) -> None:
    """GraphQL must not have been refused on the way: then the roads above would have been one."""
    refused = getattr(roads.graphql, "_refused", None) or getattr(
        getattr(roads.graphql, "_reads", None), "_refused", {}
    )
    assert refused == {}


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=ROADS)
async def without_graphql(request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[Asker]:
    async with asking_real(request.param, folder, graphql=False) as found:
        yield found


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("case", QUESTIONS, ids=lambda case: case.question)
async def test_the_answer_without_graphql_is_the_same(
    without_graphql: Asker, truth: Truth, case: Case
) -> None:
    await judge(case, without_graphql, kind_of(without_graphql), truth)
