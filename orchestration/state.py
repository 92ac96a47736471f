"""The graph's typed state, and what a run has at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict

from cache.reader import Reader
from orchestration.answer import Answer
from orchestration.conversation import Conversations
from orchestration.cursor import Sealer
from orchestration.gather import Progress
from orchestration.request import Request
from orchestration.steps import Gathered, Plan
from orchestration.tool import Draft, Found, Side
from orchestration.understood import Interpreter, InWords, Understood
from sources.catalog import Catalog
from sources.errors import NetbriefError


class State(TypedDict, total=False):
    """What passes between the nodes. Every key has one writer but `error`, `relaxed` and `warnings`."""

    asked: InWords
    readings: Sequence[Understood]
    """What the question may mean: the first is being answered, the others are left."""
    request: Request
    catalog: Catalog
    found: Mapping[str, Sequence[Found]]
    custom_fields: Mapping[str, Mapping[str, Mapping[str, Any]]]
    plan: Plan
    gathered: Gathered
    beside: Side | None
    draft: Draft
    answer: Answer
    error: NetbriefError
    attempts: int
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run has at hand; never part of the state."""

    reader: Reader
    sealer: Sealer
    progress: Progress
    source_name: str
    others: Mapping[str, Reader] = field(default_factory=dict)
    """The readers of all sources, by name."""
    interpreter: Interpreter | None = None
    """Who understands questions in words."""
    conversations: Conversations | None = None
    """Where the questions before are kept."""
