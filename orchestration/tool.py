"""What a composite tool is: data, and pure functions that say what to know and how to answer. No tool fetches."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from orchestration.answer import Section
from orchestration.steps import BASE_ONLY, Facets, Gathered, Plan
from sources.catalog import Catalog, ObjectType, Relation
from sources.source import Condition, Entity

DEFAULT_TOKENS = 4_000
MOST_TOKENS = 20_000
FEWEST_TOKENS = 300


class Arguments(BaseModel):
    """What every tool takes."""

    model_config = ConfigDict(extra="forbid")

    source: Annotated[str | None, Field(description="source name, if several are configured")] = None
    max_tokens: Annotated[
        int, Field(ge=FEWEST_TOKENS, le=MOST_TOKENS, description="token budget of the answer")
    ] = DEFAULT_TOKENS
    refresh: Annotated[bool, Field(description="read past the cache")] = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """What will be followed from an object that is looked for, if it is of the relation's type."""

    relation: Relation
    type: ObjectType
    facets: Facets


@dataclass(frozen=True, slots=True)
class Lookup:
    """A name to be resolved: `text` is looked for in the first tier of types, then in the next.

    `search` is a text lookup (`ic`): all objects that match are meant. `several` allows more than one.
    `also` are other spellings, where `text` is only a part of what was said.
    """

    key: str
    text: str
    tiers: tuple[tuple[ObjectType, ...], ...]
    search: str = ""
    several: bool = False
    facets: Facets = BASE_ONLY
    also: tuple[str, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    """What is read beside the name, so that it is there once the name is resolved."""
    optional: bool = False
    """A name that nothing has is no error: the tool can do without, and says so itself."""
    narrows: str = ""
    """The type whose objects a place selects: those of a place of another kind can be listed instead."""

    @property
    def spellings(self) -> tuple[str, ...]:
        """The names that are looked for."""
        return (self.text, *self.also)


@dataclass(frozen=True, slots=True)
class Found:
    """An object that a name stands for."""

    type: ObjectType
    entity: Entity


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of which section is asked for: `more` continues a section at an offset."""

    section: str = ""
    offset: int = 0
    rows: int | None = None
    """So many rows at a time, for a file, which has no budget; None: as many as fit the budget."""

    def start(self, section: str) -> int:
        """The offset at which that section begins."""
        return self.offset if section == self.section else 0

    def most(self, section: str, usual: int) -> int:
        """How many rows to read of a section that is read by parts: `usual`, unless a file is made of it."""
        return self.rows if self.rows is not None and section == self.section else usual

    @property
    def whole(self) -> bool:
        """Whether all of the section is wanted, for a file: what an answer reads only the first of."""
        return self.rows is not None

    def wants(self, section: str) -> bool:
        """Whether that section is to be in the answer."""
        return not self.section or section == self.section


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a tool must know of another source besides: what it would read there for these arguments."""

    source: str
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class Side:
    """What was read of another source, in that source's own vocabulary."""

    source: str
    briefing: Briefing
    gathered: Gathered


@dataclass(frozen=True, slots=True)
class Briefing:
    """What planning and assembling may know: the vocabulary, the resolved names, the window, the budget."""

    catalog: Catalog
    found: Mapping[str, Sequence[Found]] = field(default_factory=dict)
    window: Window = Window()
    custom_fields: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    max_tokens: int = DEFAULT_TOKENS
    source: str = ""
    fused: bool = False
    """Whether the source answers several reads of a wave with one request: one more of them costs no call."""
    beside: Side | None = None
    """What was read elsewhere, once it is."""

    def one(self, key: str) -> Found:
        """The object that a lookup found."""
        return self.found[key][0]


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is verified, fitted and signed."""

    summary: str
    sections: tuple[Section, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    complete: bool = True
    picture: str = ""
    """SVG, which is no part of the answer itself: the answer only leads to it."""


A = TypeVar("A", bound=Arguments)


class Tool(ABC, Generic[A]):
    """A composite tool: its arguments, the names in them, its steps, and its answer."""

    name: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    examples: ClassVar[tuple[str, ...]] = ()
    """Questions in words that this tool answers."""
    arguments: type[A]

    def types(self, args: A) -> Sequence[str]:  # noqa: ARG002
        """The names of object types in the arguments, which must exist."""
        return ()

    def logged(self, args: A) -> Sequence[str]:  # noqa: ARG002
        """Those of the `types` that the source may have no list of, since only its change log is asked."""
        return ()

    def customized(self, args: A, catalog: Catalog) -> Sequence[ObjectType]:  # noqa: ARG002
        """The types whose custom fields planning must know."""
        return ()

    def lookups(self, args: A, catalog: Catalog) -> Sequence[Lookup]:  # noqa: ARG002
        """The names in the arguments that must be resolved before planning."""
        return ()

    @abstractmethod
    def plan(self, args: A, briefing: Briefing) -> Plan:
        """What must be known. Raises a `NetbriefError` for arguments that cannot be answered."""

    def further(self, args: A, gathered: Gathered, briefing: Briefing) -> Plan:  # noqa: ARG002
        """More steps, under new names, that follow from the values that were read: the next hop of a path.

        Asked again after each round of them, until it gives none.
        """
        return {}

    def elsewhere(self, args: A) -> Elsewhere | None:  # noqa: ARG002
        """Another source that must be read as well, beside the one that is asked."""
        return None

    def lasting(self, args: A, gathered: Gathered) -> A:  # noqa: ARG002
        """The arguments that ask for the same later on, for cursors: "24h" as the moment that it was."""
        return args

    @abstractmethod
    def assemble(self, args: A, gathered: Gathered, briefing: Briefing) -> Draft:
        """The answer from what was gathered: joins in memory, nothing else."""


def bound(conditions: Sequence[Condition], found: Mapping[str, Sequence[Found]]) -> tuple[Condition, ...]:
    """Conditions with the names of other objects replaced by what they were resolved to."""
    return tuple(_bound(condition, found) for condition in conditions)


def where_lookups(type_: ObjectType, conditions: Sequence[Condition], catalog: Catalog) -> list[Lookup]:
    """The names of other objects in conditions, to be resolved."""
    references = type_.references()
    lookups = []
    for condition in conditions:
        target = references.get(condition.key)
        if target is None or target not in catalog or condition.lookup == "null":
            continue
        search = _positive(condition.lookup)
        lookups += [
            Lookup(
                _key(condition, value),
                value,
                ((catalog[target],),),
                search=search,
                several=True,
                narrows=type_.name,
            )
            for value in condition.values
        ]
    return lookups


def _bound(condition: Condition, found: Mapping[str, Sequence[Found]]) -> Condition:
    resolved = [
        found[_key(condition, value)] for value in condition.values if _key(condition, value) in found
    ]
    if len(resolved) != len(condition.values) or condition.lookup == "null":
        return condition
    entities = tuple({each.entity["id"]: each.entity for group in resolved for each in group}.values())
    negated = condition.lookup.startswith("n")
    return Condition(condition.key, "n" if negated else "", tuple(e["id"] for e in entities), entities)


def _positive(lookup: str) -> str:
    """The lookup whose matches a negative one excludes: `nic` excludes what `ic` finds."""
    return lookup.removeprefix("n") if lookup.startswith("n") else lookup


def _key(condition: Condition, value: str) -> str:
    return f"where:{condition.spelled}:{value}"
