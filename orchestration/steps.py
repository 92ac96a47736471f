"""What a tool says it must know: steps, not calls. The planner orders them into waves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sources.catalog import BASE, ObjectType, Relation
from sources.errors import NetbriefError
from sources.source import Condition, Entity, Page, parent_ids

Facets = frozenset[str]
BASE_ONLY: Facets = frozenset({BASE})


@dataclass(frozen=True, slots=True)
class Select:
    """Rows of a type that meet all conditions. `limit` None: all of them; 0: only how many.

    `only`: just these fields of the facets, where whole rows of very many would be waste. They are not kept.
    """

    type: ObjectType
    where: tuple[Condition, ...] = ()
    facets: Facets = BASE_ONLY
    order: tuple[str, ...] = ()
    offset: int = 0
    limit: int | None = None
    optional: bool = False
    only: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Given:
    """Objects that are known already, as the start of further steps."""

    type: ObjectType
    rows: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Fetch:
    """More facets of objects that are known already."""

    type: ObjectType
    ids: tuple[str, ...]
    facets: Facets
    optional: bool = True


@dataclass(frozen=True, slots=True)
class Follow:
    """The rows that refer back to the rows of another step through a relation. Optional unless told."""

    step: str
    relation: Relation
    type: ObjectType
    facets: Facets = BASE_ONLY
    optional: bool = True


@dataclass(frozen=True, slots=True)
class Load:
    """The objects that the rows of another step refer to by a field."""

    step: str
    field: str
    type: ObjectType
    facets: Facets = BASE_ONLY
    optional: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows meet the conditions, in all and by the values of a field.

    With a `relation` they are counted by the ids of its owners that they refer to.
    """

    type: ObjectType
    by: str
    where: tuple[Condition, ...] = ()
    optional: bool = False
    relation: Relation | None = None


Step = Select | Given | Fetch | Follow | Load | Tally
Plan = Mapping[str, Step]


def waves(plan: Plan, read: Plan | None = None) -> list[list[str]]:
    """The steps in waves: each wave needs only what earlier ones, or the steps of `read`, have brought.

    What is given takes no read: what follows from it is in the same wave, after it.
    """
    given = [name for name, step in plan.items() if isinstance(step, Given)]
    done = {*(read or ()), *given}
    ordered: list[list[str]] = []
    left = {name: plan[name] for name in (*given, *plan)}
    while left:
        ready = [
            name for name, step in left.items() if not isinstance(step, Follow | Load) or step.step in done
        ]
        if not ready:
            raise ValueError(f"steps wait for each other or for a missing step: {', '.join(left)}")
        ordered.append(ready)
        done.update(ready)
        for name in ready:
            del left[name]
    return ordered


@dataclass(slots=True)
class Gathered:
    """What the steps have brought: pages by step, counts by group, and the steps that failed."""

    plan: Plan
    pages: dict[str, Page] = field(default_factory=dict)
    groups: dict[str, list[tuple[str | None, int]]] = field(default_factory=dict)
    failed: dict[str, NetbriefError] = field(default_factory=dict)
    _children: dict[str, dict[str, list[Entity]]] = field(default_factory=dict)

    def rows(self, step: str) -> list[Entity]:
        """The rows of a step; none if it failed."""
        page = self.pages.get(step)
        return page.rows if page else []

    def total(self, step: str) -> int:
        """How many rows match in all, read or not."""
        page = self.pages.get(step)
        return page.total if page else 0

    def knows(self, step: str) -> bool:
        """Whether the step was read."""
        return step in self.pages or step in self.groups

    def children(self, step: str, parent: str) -> list[Entity]:
        """The rows of a `Follow` step that refer to one parent; none where it was not read."""
        asked = self.plan.get(step)
        if not isinstance(asked, Follow):
            return []
        if step not in self._children:
            of: dict[str, list[Entity]] = {}
            for row in self.rows(step):
                for id_ in parent_ids(row, asked.relation):
                    of.setdefault(id_, []).append(row)
            self._children[step] = of
        return self._children[step].get(parent, [])

    def by_id(self, step: str) -> dict[str, Entity]:
        """The rows of a step by id."""
        return {row["id"]: row for row in self.rows(step)}


def in_steps(gathered: Gathered) -> list[str]:
    """What was read, step by step: what a step is called, what it reads, and how many rows that brought."""
    return [f"{name}: {_in_words(step)}, {_brought(name, gathered)}" for name, step in gathered.plan.items()]


def _in_words(step: Step) -> str:
    match step:
        case Select():
            where = " and ".join(condition.spelled for condition in step.where)
            return f"{step.type.plural}{f' by {where}' if where else ''}"
        case Tally():
            return f"{step.type.plural} counted by {step.by}"
        case Follow():
            return f"{step.type.plural} of {step.step}"
        case Load():
            return f"{step.type.plural} that {step.step} have as {step.field}"
        case _:
            return f"known {step.type.plural}"


def _brought(name: str, gathered: Gathered) -> str:
    if name in gathered.failed:
        return "failed"
    return f"{len(gathered.groups[name]) if name in gathered.groups else len(gathered.rows(name)):,} read"
