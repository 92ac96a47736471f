"""What every source can do: the reads it takes, the pages it gives, the conditions it translates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypedDict

from sources.catalog import Catalog, ObjectType, Relation
from sources.errors import NetbriefError

Entity = dict[str, Any]
"""An object in the catalog's words: `id` (always text), and the fields of the facets that were read."""

NativeFilters = tuple[tuple[str, tuple[str, ...]], ...]
"""Filters in the source's own words, checked: (name, values), several values meaning any of them."""


class Ref(TypedDict, total=False):
    """A reference to another object as an entity holds it."""

    id: str
    name: str | None
    type: str
    vid: int
    of: Ref
    """What the object is a part of: an interface's device, a circuit termination's circuit."""
    front_position: int
    rear_position: int
    """Which strands of a front port and of its rear port lead into each other."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One filter in the catalog's words. Several `values` mean any of them; `refs` are the objects they name."""

    key: str
    lookup: str = ""
    values: tuple[str, ...] = ()
    refs: tuple[Entity, ...] = ()

    @property
    def spelled(self) -> str:
        """The filter as a caller writes it: `name__ic`."""
        return f"{self.key}__{self.lookup}" if self.lookup else self.key


@dataclass(frozen=True, slots=True)
class Match:
    """Read the rows that match, from `offset`, at most `limit` (None: all; 0: only the total)."""

    type: ObjectType
    filters: NativeFilters = ()
    facets: frozenset[str] = frozenset({"base"})
    order: tuple[str, ...] = ()
    offset: int = 0
    limit: int | None = None
    only: frozenset[str] = frozenset()
    """Read just these fields of the facets: for counting by them, where whole rows would be waste."""


@dataclass(frozen=True, slots=True)
class ByIds:
    """Read these objects."""

    type: ObjectType
    ids: tuple[str, ...]
    facets: frozenset[str] = frozenset({"base"})


@dataclass(frozen=True, slots=True)
class Children:
    """Read the rows of `type` that refer to any of `parents` through the relation."""

    relation: Relation
    type: ObjectType
    parents: tuple[str, ...]
    facets: frozenset[str] = frozenset({"base"})


@dataclass(frozen=True, slots=True)
class ChildrenByName:
    """Read the rows of `type` that refer through the relation to any owner of exactly that name.

    This is for reading ahead, while the owner is still looked for; there may be other rows among them.
    """

    relation: Relation
    type: ObjectType
    name: str
    facets: frozenset[str] = frozenset({"base"})


Read = Match | ByIds | Children | ChildrenByName


@dataclass(slots=True)
class Page:
    """Rows in the source's order, and how many match in all."""

    rows: list[Entity] = field(default_factory=list)
    total: int = 0
    error: NetbriefError | None = None
    """Why this read of a wave failed, where the others did not."""


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """What a source says of itself."""

    version: str
    graphql: bool
    user: str = ""
    readable: Mapping[str, bool] = field(default_factory=dict)
    """Object types of the catalog, and whether the token may read them."""
    notes: Sequence[str] = ()


class Source(Protocol):
    """NetBox or Nautobot behind one interface. Every method may raise a `SourceError`."""

    name: str
    kind: str
    scope: str
    """What cached answers are kept apart by: the source, and a digest of the token that reads it."""

    @property
    def fuses(self) -> bool:
        """Whether one request answers several reads of a wave, so that one more read costs no call."""
        ...

    async def catalog(self, *, whole: bool = False) -> Catalog:
        """The object types that this source is known to have; `whole`: with those found in its API root."""
        ...

    async def translate(self, type_: ObjectType, conditions: Sequence[Condition]) -> NativeFilters:
        """Check conditions against what the server supports and say them in its words. Raises `BadFilter`."""
        ...

    async def check_order(self, type_: ObjectType, fields: Sequence[str]) -> tuple[str, ...]:
        """Say an order (`name`, `-position`) in the source's words. Raises `UnknownField`."""
        ...

    async def read(self, reads: Sequence[Read]) -> list[Page]:
        """Make the reads of one wave side by side, fused where the API can; pages in the order of the reads."""
        ...

    async def custom_fields(self, type_: ObjectType) -> Mapping[str, Mapping[str, Any]]:
        """The custom fields of a type: name -> what the source says of it, its "type" at least."""
        ...

    async def choices(self, types: Sequence[ObjectType]) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """What the choice fields of these types take, as far as the source tells it: type -> field -> values."""
        ...

    async def prepare(self) -> None:
        """Find out what the server offers, ahead of the first question."""
        ...

    async def status(self) -> SourceStatus:
        """Ask the source for its version and what the token may read."""
        ...

    def link(self, type_: ObjectType, id_: str) -> str:
        """The address of the object's page in the source's own user interface; "" if it has none."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


def parent_ids(row: Entity, relation: Relation) -> set[str]:
    """The ids of the relation's owners that a row refers to.

    A typed reference counts only if it leads to the owner's type: NetBox's ids are numbers, and interface 7
    of a device is not interface 7 of a virtual machine.
    """
    found: set[str] = set()
    for path in relation.via:
        name, _, inner = path.partition(".")
        held = row.get(name)
        for ref in held if isinstance(held, list) else [held] if held else []:
            target = ref.get(inner) if inner else ref
            if target and target.get("type", relation.owner) == relation.owner:
                found.add(target["id"])
    return found
