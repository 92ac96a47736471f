"""What a question in words is: the words, the call that answers them, other calls that are as right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sources.catalog import Catalog
from tests.questions.in_words.canonical import same_call


class Call(NamedTuple):
    """A call of a tool."""

    tool: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """A question, the call that answers it rightly, and other calls that are as right."""

    text: str
    tool: str
    arguments: Mapping[str, Any]
    or_else: tuple[Call, ...] = ()
    wording: str = ""
    """The words before names were filled in, for a question that was made from a template."""

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every right call, the best first."""
        return (Call(self.tool, self.arguments), *self.or_else)

    @property
    def intent(self) -> str:
        """What kind of question it is: the tool, and of lists what is done with the rows."""
        if self.tool != "list_objects":
            return self.tool
        if "group_by" in self.arguments:
            return "list_objects: counts"
        return "list_objects: order" if "order_by" in self.arguments else "list_objects"


@dataclass(frozen=True)
class Unanswerable:
    """A question that must not get a confident answer, and why.

    A call that is `refused` does no harm: its error says what is not there.
    """

    text: str
    why: str
    refused: tuple[Call, ...] = ()
    wording: str = ""
    intent: str = "unanswerable"


Question = Asked | Unanswerable


def matches(asked: Question, tool: str, arguments: Mapping[str, Any], catalog: Catalog) -> bool:
    """Whether a call is one of the right ones; of a question without an answer, one that is refused."""
    right = asked.calls if isinstance(asked, Asked) else asked.refused
    return any(tool == each.tool and same_call(tool, each.arguments, arguments, catalog) for each in right)


def call(tool: str, /, **arguments: Any) -> Call:
    """A call, written shortly."""
    return Call(tool, arguments)


def rows(
    type_: str,
    /,
    *,
    by: str | None = None,
    order: Sequence[str] = (),
    limit: int | None = None,
    fields: Sequence[str] = (),
    include: Sequence[str] = (),
    **where: Any,
) -> Call:
    """A call of `list_objects`, written shortly: what is left are filters."""
    told = {
        "where": where,
        "group_by": by,
        "order_by": list(order),
        "limit": limit,
        "fields": list(fields),
        "include": list(include),
    }
    return Call("list_objects", {"type": type_, **{name: value for name, value in told.items() if value}})


def asked(text: str, right: Call, *or_else: Call) -> Asked:
    """A question that was written by hand."""
    return Asked(text, right.tool, right.arguments, or_else)


def filled(wording: str, right: Call, *or_else: Call, **names: Any) -> Asked:
    """A question made from a template: names in place of what stands in braces."""
    return Asked(wording.format(**names), right.tool, right.arguments, or_else, wording)
