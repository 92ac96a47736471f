"""The words of the language itself: those that say nothing, and those that say what to do with the others."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path


class Op(StrEnum):
    """What a phrase does with the words around it."""

    COUNT = "count"
    ABSENT = "absent"
    """What follows is missing: `without a serial`."""
    NOT = "not"
    """What follows is not so: `not active`, `except Akron`."""
    WITH = "with"
    PER = "per"
    """Counted by what follows."""
    MOST = "most"
    LEAST = "least"
    LARGEST = "largest"
    SMALLEST = "smallest"
    NEWEST = "newest"
    OLDEST = "oldest"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    EQ = "eq"
    OR_MORE = "or more"
    OR_LESS = "or less"
    BETWEEN = "between"
    NAMED = "named"
    STARTS = "starts"
    ENDS = "ends"
    CONTAINS = "contains"
    IN_NAME = "in name"
    """What stands before is a part of the name: `with core in the name`."""
    SORT = "sort"
    INCLUDE = "include"
    """What follows is wanted beside what is listed: `and their interfaces`."""
    OR = "or"
    AND = "and"
    IN = "in"
    ON = "on"
    OF = "of"
    FROM = "from"
    TO = "to"
    FOR = "for"
    BY = "by"
    AFTER = "after"
    BEFORE = "before"
    EACH_OTHER = "each other"


_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
PHRASES: Mapping[str, Op] = {
    phrase.strip(): Op[name.upper()]
    for name, phrases in _TABLE["phrases"].items()
    for phrase in phrases.split(";")
} | {";": Op.AND}
LONGEST_PHRASE = max(len(phrase.split()) for phrase in PHRASES)
EMPTY = frozenset(_TABLE["words"]["empty"].split())
"""Words that a question can have or not have."""
WRITING = frozenset(_TABLE["words"]["writing"].split())
"""Verbs that want something done, where they begin a question."""
