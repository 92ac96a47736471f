"""Lists and counts in words: "active switches at Akron without a serial, per rack"."""

from __future__ import annotations

from collections.abc import Iterable

from orchestration.words.question import Part, Question
from orchestration.words.reading import Reading
from sources.catalog import ObjectType
from tools.readings.list_draft import ListDraft
from tools.readings.list_phrases import ASCENDING, DESCENDING, SORTING, UNITS, USED, read_phrase
from tools.readings.list_words import INACTIVE, UNNAMED, read_word
from tools.readings.listed_types import VAGUE, listed_types
from tools.readings.type_words import TypeWords

TOOL = "list_objects"
_YES_NO = ("is", "are", "do", "does", "has", "have", "any", "can", "did", "was", "were")
_BEYOND = ("average", "sum", "percentage")
"""What no list can say, so that it must not be taken for a name either."""
WORDS = frozenset((*VAGUE, *UNITS, *USED, *DESCENDING, *ASCENDING, *SORTING, INACTIVE, *UNNAMED, *_BEYOND))
"""Words that are understood beside those of the lexicon."""
ODD, BARE = 0.5, 0.95
"""What is left of the confidence where groups are to have columns, and where only a name's type is said."""


def list_readings(question: Question) -> Iterable[Reading]:
    """The lists that a question may ask for, one for each type that may be its subject."""
    for head, type_, sure in listed_types(question):
        made = list_draft(question, head, type_, sure)
        if made.head is None and not made.where:
            continue
        if made.fields and made.group_by:
            made.sure *= ODD
        if (
            made.head is None
            and len(made.where) == 1 < len(made.used)
            and not made.group_by
            and not made.fields
        ):
            made.sure *= BARE  # `the model MX204` may itself be what is asked about.
        yield Reading(
            TOOL,
            made.arguments(),
            frozenset(made.used),
            made.sure,
            whether=question.begins(*_YES_NO) and not made.counting,
            counting=made.counting and not made.group_by,
        )


def list_draft(question: Question, head: Part | None, type_: ObjectType, sure: float) -> ListDraft:
    """All that a question says of a list of one type."""
    made = ListDraft(question, head, TypeWords(type_), sure)
    made.use(head)
    for part in question.parts:
        if part.at in made.used:
            continue
        if part.op is not None:
            read_phrase(made, part)
        else:
            read_word(made, part)
    if made.counting and len(made.fields) == 2 and not made.group_by:
        made.group_by, made.fields = made.fields[1], []  # `statuses of all devices, counted`
    return made
