"""What follows on a question before: "and its interfaces?", "only the disabled ones", "what about Albany?"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from orchestration.words.lexicon import Lexicon, Sense, reduced
from orchestration.words.question import Question
from orchestration.words.reading import Reading
from tools.readings.listing import TOOL, list_draft
from tools.readings.subjects import subjects

_OF_OBJECT = ("object", "around", "start", "of", "left", "address", "prefix", "text")
"""Arguments of the tools that name the one thing that a question was about, the likeliest first."""
_ITS = ("its", "it", "this", "that", "their", "them", "they", "his", "her", "he", "she")
_THERE = ("there", "here")
_MORE = (
    "next",
    "page",
    "more",
    "continue",
    "rest",
    "remaining",
    "go",
    "on",
    "further",
    "next page",
    "row",
    "part",
)
_REFINING = ("only", "just", "but", "also", "then", "ones", "one", "now", "those", "these")
_INSTEAD = ("what", "how", "about", "and", "same", "for", "instead", "rather", "at", "in", "of")
_OF_ROWS = ("fields", "include", "order_by", "limit")
"""Arguments of a list that mean nothing for counts by group."""
FOLLOWS, MAY_FOLLOW = 1.1, 0.9
"""How sure it is that words follow on the question before: where they begin so, and where they might as well not."""
_BEGINNINGS = (
    "only",
    "just",
    "and",
    "but",
    "what about",
    "how about",
    "now",
    "also",
    "per",
    "by",
    "for each",
    "sorted by",
    "ordered by",
    "grouped by",
    "group by",
    "without",
    "except",
    "excluding",
    "with",
    "in",
    "at",
    "same",
    "instead",
    "not",
    "then",
    "those",
    "these",
    "which of",
    "how many of",
)


@dataclass(frozen=True, slots=True)
class Before:
    """What was asked before: the call that it was understood as."""

    tool: str
    arguments: Mapping[str, Any]

    @property
    def about(self) -> str:
        """The name of the one thing that it was about; "" where it was about none."""
        for name in _OF_OBJECT:
            value = self.arguments.get(name)
            if isinstance(value, str):
                return value
        return str((self.arguments.get("where") or {}).get("device") or "")

    @property
    def place(self) -> str:
        """The place that it was about."""
        value = self.arguments.get("site") or (self.arguments.get("where") or {}).get("site")
        return value if isinstance(value, str) else ""


def asks_for_more(question: Question) -> bool:
    """Whether it is the rest of the answer before that is wanted: `next page`, `more`, `continue`."""
    said = [part for part in question.parts if not part.empty]
    return all(part.key in _MORE for part in said) and any(part.key in _MORE for part in question.parts)


def in_full(text: str, before: Before) -> str:
    """A question with what its pronouns stand for: `and its interfaces?` after one about sw1."""
    words = text.split(" ")
    found = [_written_out(word, before) for word in words]
    return " ".join(found)


def following_readings(question: Question, before: Before) -> Iterable[Reading]:
    """The call before, narrowed by what is said now, or about something else."""
    follows = FOLLOWS if _begins(question) else MAY_FOLLOW
    yield from _about_another(question, before, follows)
    if before.tool == TOOL:
        yield from _narrowed(question, before, follows)


def _begins(question: Question) -> bool:
    """Whether the first words are those of a question that follows on another."""
    first = " ".join(part.key for part in question.parts[:2])
    return any(first == word or first.startswith(f"{word} ") for word in _BEGINNINGS)


def _written_out(word: str, before: Before) -> str:
    bare = word.strip("?.!,").casefold()
    rest = word[len(word.rstrip("?.!,")) :]
    if bare in _ITS and before.about:
        return f'"{before.about}"{rest}'
    if bare in _THERE and (before.place or before.about):
        return f'in "{before.place or before.about}"{rest}'
    return word


def _about_another(question: Question, before: Before, follows: float) -> Iterable[Reading]:
    """`what about Albany?`: the same with another name in place of the one of its kind."""
    said = [part for part in question.parts if not part.empty and part.key not in _INSTEAD]
    named = subjects(question)
    if len(named) != 1 or any(part.at not in named[0].used and part.op is None for part in said):
        return
    subject = named[0]
    arguments = _replaced(
        before.arguments, subject.name or subject.text, set(subject.types), question.lexicon
    )
    if arguments is not None:
        yield Reading(
            before.tool, arguments, frozenset(part.at for part in question.parts), follows * subject.sure
        )


def _replaced(
    arguments: Mapping[str, Any], name: str, types: set[str], lexicon: Lexicon
) -> dict[str, Any] | None:
    where = arguments.get("where")
    if isinstance(where, Mapping):
        inner = _replaced(where, name, types, lexicon)
        return {**arguments, "where": inner} if inner is not None else None
    for key, value in arguments.items():
        if isinstance(value, str) and types & _types_of(key, value, lexicon):
            return {**arguments, key: name}
    unknown = [key for key in _OF_OBJECT if isinstance(arguments.get(key), str)]
    # A device is in no lexicon: it takes the place of the only thing that was named.
    return {**arguments, unknown[0]: name} if unknown and not types & _PLACES else None


_PLACES = {"dcim.site", "dcim.region", "dcim.location"}


def _types_of(key: str, value: str, lexicon: Lexicon) -> set[str]:
    """What an argument's value is the name of."""
    known = {each.type for each in lexicon.exact(reduced(value)) if each.sense is Sense.NAME}
    return known | {f"dcim.{key}"}


def _narrowed(question: Question, before: Before, follows: float) -> Iterable[Reading]:
    """`only the disabled ones`, `per rack`, `sorted by name`: more conditions on the same list."""
    type_ = question.lexicon.catalog.find(str(before.arguments["type"]))
    if type_ is None:
        return
    head = next((part for part in question.parts if type_.name in part.types()), None)
    said = list_draft(question, head, type_, follows)
    if not said.changes:
        return
    told = said.arguments()
    arguments = {
        **before.arguments,
        **{key: value for key, value in told.items() if key not in ("type", "where")},
    }
    where = {**(before.arguments.get("where") or {}), **said.where}
    if where:
        arguments["where"] = where
    if said.order and not said.group_by:
        arguments.pop("group_by", None)
    if said.group_by:
        arguments = {key: value for key, value in arguments.items() if key not in _OF_ROWS}
    used = said.used | {part.at for part in question.parts if part.key in _REFINING}
    yield Reading(TOOL, arguments, frozenset(used), said.sure, counting=said.counting and not said.group_by)
