"""A list as far as a question has been read: its filters and what else is said of it, and which words said so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from orchestration.words.english import Op
from orchestration.words.lexicon import Sense
from orchestration.words.question import Part, Question
from orchestration.words.tokens import Shape
from sources.catalog import Field, ObjectType
from tools.readings.type_words import TypeWords

LISTS = (Op.AND, Op.OR)
OF_DEVICES = ("dcim.devicerole", "dcim.manufacturer", "dcim.devicetype", "dcim.platform")
"""What devices are called by where nobody says that they are devices: switches, Junipers."""


def empty(part: Part) -> bool:
    """Whether a question says the same without it."""
    return part.empty


@dataclass
class ListDraft:
    """One reading of a question as a list of one type, made part by part."""

    question: Question
    head: Part | None
    """The part that names the type; None where it goes without saying."""
    words: TypeWords
    sure: float
    where: dict[str, Any] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)
    include: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    group_by: str = ""
    limit: int | None = None
    used: set[int] = field(default_factory=set)
    counting: bool = False
    negated: Part | None = None
    """A `not` that waits for what it turns."""
    absent: Part | None = None
    """A `without` and what it waits for."""
    last_key: str = ""

    @property
    def type(self) -> ObjectType:
        """The type that is listed."""
        return self.words.type

    @property
    def changes(self) -> bool:
        """Whether anything is said of the list but its type."""
        told = self.where or self.fields or self.include or self.order or self.group_by or self.limit
        return bool(told) or self.counting

    def arguments(self) -> dict[str, Any]:
        """The call's arguments."""
        short = self.type.name.partition(".")[2]
        known = self.question.lexicon.catalog.find(short)
        told = {
            "type": short if known is not None and known.name == self.type.name else self.type.name,
            "where": self.where,
            "fields": self.fields,
            "include": self.include,
            "group_by": self.group_by,
            "order_by": self.order,
            "limit": self.limit,
        }
        return {name: value for name, value in told.items() if value}

    def next(self, part: Part | None, skip: Callable[[Part], bool] = empty) -> Part | None:
        """The next part that says something."""
        return self.question.after(part, skip=skip) if part is not None else None

    def previous(self, part: Part, skip: Callable[[Part], bool] = empty) -> Part | None:
        """The part before that says something."""
        return self.question.before(part, skip=skip)

    def number_beside(self, part: Part) -> Part | None:
        """A number directly before or after."""
        near = (self.previous(part), self.next(part))
        return next((each for each in near if each is not None and each.shape is Shape.NUMBER), None)

    def precedes_head(self, part: Part) -> bool:
        """Whether a part stands before what is listed; of devices called by what they are, the first such word."""
        if self.head is not None:
            return part.at < self.head.at
        names = (
            each.at
            for each in self.question.parts
            if any(meaning.type in OF_DEVICES for meaning in each.senses(Sense.NAME))
        )
        return part.at < next(names, 0)

    def follows(self, phrase: Part | None, part: Part) -> bool:
        """Whether a part belongs to a phrase: next to it, or in a list that began next to it."""
        if phrase is None:
            return False
        between = self.question.parts[phrase.at + 1 : part.at]
        return all(each.empty or each.op in LISTS or each.at in self.used for each in between)

    def turned(self) -> list[Part]:
        """The `not` that waits, which is used up by it; none where nothing is turned."""
        waiting = [self.negated] if self.negated is not None else []
        self.negated = None
        return waiting

    def use(self, *parts: Part | None) -> None:
        """Note that these parts are explained."""
        self.used |= {part.at for part in parts if part is not None}

    def put(self, key: str, value: Any, *parts: Part | None) -> None:
        """A filter, and the parts that say it."""
        self.where[_filter(key)] = value
        self.use(*parts)

    def put_any(self, key: str, values: Sequence[str], *parts: Part) -> None:
        """Any of these values, besides those that the same list has brought; none of them after `not`."""
        key = _filter(key)
        before = self.previous(min(parts, key=lambda part: part.at))
        joined = before is not None and before.op in LISTS and self.last_key.partition("__")[0] == key
        name = key + ("__n" if self.negated is not None else "")
        if joined and self.last_key in self.where:
            name = self.last_key
        held = self.where.get(name, [])
        together = list(dict.fromkeys([*(held if isinstance(held, list) else [held]), *values]))
        self.where[name] = together[0] if len(together) == 1 else together
        self.use(*parts, *self.turned())
        self.last_key = name

    def put_null(self, held: Field, part: Part) -> None:
        """That a field holds nothing, as the `without` before it says."""
        flag = self.words.has_flag(held.name)
        self.put(*((flag, False) if flag else (held.name, None)), part, self.absent)

    def order_by(self, name: str, *parts: Part | None, descending: bool) -> None:
        """The order, and the parts that say it."""
        self.order = [("-" if descending else "") + name]
        self.use(*parts)

    def show(self, name: str, *parts: Part) -> None:
        """A column beside the name, and the parts that say it."""
        title = [self.type.title] if self.type.title in self.type.fields and not self.fields else []
        self.fields = list(dict.fromkeys([*self.fields, *title, name]))
        self.use(*parts)


def spelled(name: str, lookup: str) -> str:
    """A filter with its lookup."""
    return f"{name}__{lookup}" if lookup else name


def _filter(key: str) -> str:
    """A filter as callers write it."""
    return {"tags": "tag", "tags__n": "tag__n"}.get(key, key)
