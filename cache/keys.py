"""The keys of the cache: what an entry is of, for whom, and in which shape it was written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import orjson

from sources.source import ByIds, Children, ChildrenByName, Match, Read

SHAPE = 1
"""Raised whenever the shape of what is kept changes, so that an upgrade never reads an old one."""


def entity_keys(scope: str, type_: str, facet: str, ids: Iterable[str]) -> list[str]:
    """The keys of one facet of several entities."""
    return [f"{SHAPE}:{scope}:e:{type_}:{facet}:{id_}" for id_ in ids]


def match_key(scope: str, read: Match) -> str:
    """The key of a query's ids and total."""
    asked = orjson.dumps([read.filters, read.order, read.offset, read.limit])
    return f"{SHAPE}:{scope}:q:{read.type.name}:{hashlib.sha256(asked).hexdigest()[:24]}"


def child_keys(scope: str, read: Children) -> list[str]:
    """The keys of the ids of each parent's children."""
    return [f"{SHAPE}:{scope}:c:{read.relation.key}:{parent}" for parent in read.parents]


def answer_key(scope: str, request: object) -> str:
    """The key of a whole answer."""
    asked = orjson.dumps(request, option=orjson.OPT_SORT_KEYS)
    return f"{SHAPE}:{scope}:a:{hashlib.sha256(asked).hexdigest()[:32]}"


def reading_key(scope: str, asked: object) -> str:
    """The key of what a model takes a question for."""
    said = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)
    return f"{SHAPE}:{scope}:r:{hashlib.sha256(said).hexdigest()[:32]}"


def flight_key(scope: str, read: Read) -> str:
    """What makes two reads in flight the same."""
    facets = ",".join(sorted(read.facets))
    match read:
        case Match():
            return f"{match_key(scope, read)}|{facets}|{','.join(sorted(read.only))}"
        case ByIds():
            return f"{scope}|{read.type.name}|{','.join(read.ids)}|{facets}"
        case Children():
            return f"{scope}|{read.relation.key}|{','.join(read.parents)}|{facets}"
        case ChildrenByName():
            return f"{scope}|{read.relation.key}|called {read.name}|{facets}"
