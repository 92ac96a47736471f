"""What of a dossier a small budget has room for, where its tables are long: the lesser facts and tables go first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.answer import Section
from orchestration.tool import Briefing

SMALL = 1_000
"""Tokens below which a long table leaves no room for what is of less worth."""
A_ROW = 40
"""Tokens: where there is a row for fewer than these, the rows are too many to leave others room."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many of the lesser tables are shown, and which of the object's own fields."""

    tables: int = 0
    details: bool = False
    """Tags, custom fields, comments and dates, too."""
    few: bool = False
    """Only the fields that a list of such objects shows."""


_ROOMS = ((450, Room(few=True)), (600, Room()), (SMALL, Room(1)))
"""By the tokens that a budget has fewer of."""


def room_for(sections: Sequence[Section], briefing: Briefing) -> Room:
    """The room that the budget has; all of it for a part that a cursor or a file asks for."""
    crowded = sum(len(each.rows) for each in sections) > briefing.max_tokens / A_ROW
    if crowded and not briefing.window.section:
        for below, room in _ROOMS:
            if briefing.max_tokens < below:
                return room
    return Room(len(sections), details=True)
