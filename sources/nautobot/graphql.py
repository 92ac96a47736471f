"""Nautobot's GraphQL road: all reads of a wave in one document, root lists and filters included.

Nautobot cuts no list and allows any number of aliases; a read costs here a tenth of what REST takes. It says
of a bad value which list it spoils; an unknown field or argument, or a literal of the wrong type, spoils the
document, so that its lists are then asked one by one. It answers an empty list where the token may not read.

What an older Nautobot does not know it names in its refusal: from then on it is asked in the words it knows.
"""

from __future__ import annotations

import ast
import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sources.errors import NotAuthenticated, NotFound, NotPermitted, Rejected, SourceMisbehaved
from sources.http import HttpClient
from sources.nautobot.literals import Literal, literal
from sources.nautobot.words import ROWS_A_PARENT
from sources.source import NativeFilters

PATH = "/api/graphql/"
PAGE = 1000
WEIGHT = 4000
"""Rows or ids that one document may ask for: more go side by side in several."""
BAD_VALUE = re.compile(r"\b(invalid|not a valid)\b", re.IGNORECASE)
"""What Nautobot says where a value makes it stumble, instead of naming the filter."""
OFF_FOR = 300.0
"""Seconds after which a road that was closed is tried again."""
_UNKNOWN = re.compile(r'Cannot query field "(\w+)" on type')
_FIRST_WORD = re.compile(r"\w+")

Row = dict[str, Any]
Lacks = frozenset[str]
"""Lists and fields that this Nautobot does not know, as it has said."""
Selection = dict[str, str | None]
"""What is selected, each with what takes its place where Nautobot does not know its first word.

The same text where it knows it in every version; None where nothing can take its place.
"""


def just(text: str) -> Selection:
    """The selection of what every version knows."""
    return {text: text} if text else {}


def known(selection: Selection, lacks: Lacks) -> list[str] | None:
    """The selection in words that Nautobot knows; None where it has none for a part of it."""
    found = [older if _first_word(newer) in lacks else newer for newer, older in selection.items()]
    return None if None in found else [each for each in found if each]


def _first_word(text: str) -> str:
    return found[0] if (found := _FIRST_WORD.match(text)) else ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of a document. `limit` None reads the whole of it."""

    name: str
    filters: NativeFilters
    literals: Mapping[str, Literal]
    select: Selection
    limit: int | None = None
    offset: int = 0
    within: str = ""
    """The list within each row whose rows are wanted."""
    owned: str = ""
    """What those rows call the one that they are within, with its fields: `device{id name}`."""
    rows_a_parent: int = ROWS_A_PARENT
    """A guess: how many rows refer to one id, or stand within one owner."""

    @property
    def weight(self) -> int:
        """About how many rows this is."""
        named = {name: len(values) for name, values in self.filters}
        if self.limit is not None:
            return max(self.limit, *named.values(), 1) if named else max(self.limit, 1)
        if "id" in named:
            return named["id"] * (self.rows_a_parent if self.within else 1)
        return max([each * self.rows_a_parent for each in named.values()] or [PAGE])

    def known(self, lacks: Lacks) -> bool:
        """Whether it can be said without what Nautobot lacks."""
        return lacks.isdisjoint((self.name, self.within)) and known(self.select, lacks) is not None

    @property
    def head(self) -> str:
        """The list and its arguments, as they stand in a document."""
        arguments = [f"{name}:{literal(values, self.literals.get(name))}" for name, values in self.filters]
        if self.limit is not None:
            arguments.append(f"limit:{self.limit}")
        if self.offset:
            arguments.append(f"offset:{self.offset}")
        return f"{self.name}{'(' + ','.join(arguments) + ')' if arguments else ''}"

    def chosen(self, lacks: Lacks) -> str:
        """What is selected of each row."""
        chosen = " ".join(known(self.select, lacks) or ["id"])
        return f"{self._owner[1] or 'id'} {self.within}{{{chosen}}}" if self.within else chosen

    def unfolded(self, rows: Sequence[Row]) -> Iterator[Row]:
        """The rows that are wanted, from those of the list."""
        if not self.within:
            yield from rows
            return
        name, fields = self._owner
        for owner in rows:
            told = {name: {field: owner[field] for field in fields.split()}} if name else {}
            for row in owner[self.within]:
                yield row | told

    def concerned(self, alias: str, path: Sequence[str | int]) -> bool:
        """Whether an error at that place of a document spoils this list, and not another within its owners."""
        name, fields = self.within, self._owner[1].split()
        return path[0] == alias and (not name or len(path) < 3 or path[2] in (name, "id", *fields))

    @property
    def _owner(self) -> tuple[str, str]:
        name, _, fields = self.owned.partition("{")
        return name, fields.removesuffix("}")


@dataclass(slots=True)
class Listed:
    """What became of a list: its rows; or it has to go by REST (`refused`); or a value is bad (`error`)."""

    rows: list[Row] = field(default_factory=list)
    refused: bool = False
    error: Rejected | None = None


class GraphQLRefused(Exception):
    """This server cannot read that by GraphQL: the road is closed, or it lacks a field or an argument."""

    def __init__(self, unknown: Iterable[str] = ()) -> None:
        super().__init__()
        self.unknown = frozenset(unknown)


Beside = Callable[[Lacks], str]
"""A part of a document, without what Nautobot lacks."""


def _nothing(_lacks: Lacks) -> str:
    return ""


class GraphQLRoad:
    """Makes reads by GraphQL; closed for a while where the server answers none."""

    def __init__(self, http: HttpClient, *, allowed: bool = True) -> None:
        self._http = http
        self._allowed = allowed
        self._closed_until = 0.0
        self._lacks: Lacks = frozenset()

    @property
    def usable(self) -> bool:
        """Whether the road is open, as far as is known."""
        return self._allowed and time.monotonic() >= self._closed_until

    async def read(
        self, listings: Sequence[Listing], beside: Beside = _nothing
    ) -> tuple[list[Listed], Row | None]:
        """The lists, in their order, and the answer to what is asked `beside` in the lightest document."""
        groups = _documents([each.weight for each in listings])
        parts = await asyncio.gather(
            *(
                self._document([listings[i] for i in group], beside if group is groups[-1] else _nothing)
                for group in groups
            )
        )
        found = [Listed() for _ in listings]
        for group, (several, _) in zip(groups, parts, strict=True):
            for i, listed in zip(group, several, strict=True):
                found[i] = listed
        return found, parts[-1][1] if parts else None

    async def ask(self, query: str) -> tuple[Row, list[Row]]:
        """The data of a query and the errors within it. Raises `GraphQLRefused` where it fails as a whole."""
        if not self.usable:
            raise GraphQLRefused
        try:
            answer = await self._http.post(PATH, {"query": query})
        except (NotFound, NotPermitted, NotAuthenticated) as error:
            self._closed_until = time.monotonic() + OFF_FOR
            raise GraphQLRefused from error
        except SourceMisbehaved as error:
            if "answered 405" in error.what or "sends us elsewhere" in error.what:
                self._closed_until = time.monotonic() + OFF_FOR
            raise GraphQLRefused from error
        except Rejected as error:
            raise GraphQLRefused(_UNKNOWN.findall(error.field_errors.get("errors", ""))) from error
        if not isinstance(answer, dict) or not isinstance(answer.get("data"), dict):
            raise GraphQLRefused
        return answer["data"], list(answer.get("errors") or ())

    async def ask_known(self, query: Beside) -> tuple[Row, list[Row]]:
        """The same of a query that is said without what Nautobot lacks: again, once it has named more of that."""
        text = query(self._lacks)
        try:
            return await self.ask(text)
        except GraphQLRefused as refused:
            self._lacks |= refused.unknown
            if query(self._lacks) == text:
                raise
        return await self.ask(query(self._lacks))

    async def _document(self, listings: Sequence[Listing], beside: Beside) -> tuple[list[Listed], Row | None]:
        try:
            return await self._pages(listings, beside)
        except GraphQLRefused:
            if not self.usable or (len(listings) == 1 and beside is _nothing):
                return [Listed(refused=True) for _ in listings], None
        # What the server cannot answer fails the whole document: tell the good from the bad.
        each_alone = await asyncio.gather(*(self._document([each], _nothing) for each in listings))
        return [several[0] for several, _ in each_alone], None

    async def _pages(self, listings: Sequence[Listing], beside: Beside) -> tuple[list[Listed], Row | None]:
        aliases = _aliases(listings)

        def query(lacks: Lacks) -> str:
            asked: dict[str, list[str]] = {}
            for alias, each in zip(aliases, listings, strict=True):
                if each.known(lacks):
                    asked.setdefault(f"{alias}:{each.head}", []).append(each.chosen(lacks))
            lists = [f"{head}{{{' '.join(chosen)}}}" for head, chosen in asked.items()]
            return "{" + (" ".join([*lists, beside(lacks)]).strip() or "__typename") + "}"

        data, errors = await self.ask_known(query)
        found = [
            _listed(each, alias, data.get(alias), errors) if each.known(self._lacks) else Listed(refused=True)
            for alias, each in zip(aliases, listings, strict=True)
        ]
        return found, {name: value for name, value in data.items() if not name.startswith("r")}


def _documents(weights: Sequence[int]) -> list[list[int]]:
    """Lists, by their place, in few documents, the heaviest first: one worker of the server answers each."""
    groups: list[list[int]] = []
    used: list[int] = []
    for i in sorted(range(len(weights)), key=weights.__getitem__, reverse=True):
        room = next((n for n, taken in enumerate(used) if taken + weights[i] <= WEIGHT), len(groups))
        if room == len(groups):
            groups.append([])
            used.append(0)
        groups[room].append(i)
        used[room] += weights[i]
    return [sorted(group) for group in groups]


def _aliases(listings: Sequence[Listing]) -> list[str]:
    """What the lists are called in a document: lists within the same owners share one list of these.

    Nautobot spends some 15 ms on a list, whatever is in it. One name within it twice, selected in different
    ways, it does not take.
    """
    found: dict[tuple[object, int], str] = {}
    turns: Counter[tuple[str, str]] = Counter()
    aliases = []
    for i, each in enumerate(listings):
        mark = (each.head, each.within)
        aliases.append(found.setdefault((each.head if each.within else i, turns[mark]), f"r{i}"))
        turns[mark] += 1
    return aliases


def _listed(listing: Listing, alias: str, rows: Any, errors: Sequence[Row]) -> Listed:
    mine = [each for each in errors if listing.concerned(alias, each.get("path") or [""])]
    if not mine and isinstance(rows, list):
        return Listed(rows)
    if rows is None and mine and len(mine[0]["path"]) == 1:
        message = str(mine[0].get("message", ""))
        spoiled = _field_errors(message)
        if not spoiled and BAD_VALUE.search(message):
            spoiled = {"": message.replace("%(value)s", "a value")}
        if spoiled:
            return Listed(error=Rejected("Nautobot refuses a value", spoiled))
    return Listed(refused=True)


def _field_errors(message: str) -> dict[str, str]:
    """`{'status': ['Select a valid choice. x is not one of ...']}`, as Nautobot writes it."""
    try:
        told = ast.literal_eval(message)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    return {
        str(name): " ".join(map(str, words)) if isinstance(words, list) else str(words)
        for name, words in told.items()
    }
