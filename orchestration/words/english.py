"""The words of the language itself: those that say nothing, and those that say what to do with the others."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Op(StrEnum):
    """What a phrase does with the words around it."""

    COUNT = "count"
    ABSENT = "absent"
    """What follows is missing: `without a serial`."""
    NOT = "not"
    """What follows is not so: `not active`, `except Akron`."""
    WITH = "with"
    PER = "per"
    """Counted by what follows."""
    MOST = "most"
    LEAST = "least"
    LARGEST = "largest"
    SMALLEST = "smallest"
    NEWEST = "newest"
    OLDEST = "oldest"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    EQ = "eq"
    OR_MORE = "or more"
    OR_LESS = "or less"
    BETWEEN = "between"
    NAMED = "named"
    STARTS = "starts"
    ENDS = "ends"
    CONTAINS = "contains"
    IN_NAME = "in name"
    """What stands before is a part of the name: `with core in the name`."""
    SORT = "sort"
    INCLUDE = "include"
    """What follows is wanted beside what is listed: `and their interfaces`."""
    OR = "or"
    AND = "and"
    IN = "in"
    ON = "on"
    OF = "of"
    FROM = "from"
    TO = "to"
    FOR = "for"
    BY = "by"
    AFTER = "after"
    BEFORE = "before"
    EACH_OTHER = "each other"


_PHRASES: Mapping[Op, str] = {
    Op.COUNT: "how many; counted; number of; numbers of; the number of; count of; count; counts of; total number of; amount of; quantity of; tally",
    Op.ABSENT: (
        "without; without any; without a; without an; no; with no; have no; has no; having no; missing; missing a; "
        "missing their; that miss; lacking; lacks; lack; lacking a; with missing; that lack; not have; do not have; "
        "does not have; do not have a; do not have an; do not have any; does not have a; does not have any; "
        "have not; not having; with empty; with an empty; without their; no assigned; with blank; have not got; "
        "not have a; not have an; not have any; that have no; which have no; not in any; not in a; not on any; "
        "not part of any; not part of a; not assigned to any; not assigned to a; not assigned to an; outside any; "
        "not belonging to any; with unset; not associated with any; not attached to any"
    ),
    Op.NOT: (
        "not; except; except for; excluding; other than; but not; apart from; besides; outside; outside of; non; "
        "is not; are not; not a; not an; is not a; are not a; is not an; that are not; which are not; not in; not at; not on; not of; not from; not by; anything but; "
        "not called; not named; that is not"
    ),
    Op.WITH: "with; with a; with an; having; have; has; that have; which have; that has; with the; has a; have a; have an; got",
    Op.PER: (
        "per; for each; for every; in each; at each; on each; by each; each; grouped by; group by; broken down by; "
        "split by; breakdown by; spread over; spread across; distributed over; distributed across; distribution by; distribution over; across all; in every; at every; on every; does each; do each; has each; by"
    ),
    Op.MOST: "most; highest number of; largest number of; most number of; more than any other",
    Op.LEAST: "fewest; least; lowest number of; smallest number of",
    Op.LARGEST: "largest; biggest; highest; tallest; longest; top; greatest; fastest; heaviest",
    Op.SMALLEST: "smallest; lowest; shortest; tiniest; slowest",
    Op.NEWEST: "newest; latest; most recent; most recently added; last added; recently added; recently created; youngest",
    Op.OLDEST: "oldest; earliest; least recent; first added",
    Op.GT: "more than; greater than; larger than; bigger than; higher than; over; above; >; exceeding; longer than; taller than",
    Op.GTE: "at least; no less than; no fewer than; minimum of; >=; not less than; not fewer than",
    Op.LT: "fewer than; less than; smaller than; lower than; under; below; <; shorter than",
    Op.LTE: "at most; no more than; up to; maximum of; <=; not more than",
    Op.EQ: "exactly; equal to; equals; =; precisely; set to; is set to; of exactly",
    Op.OR_MORE: "or more; or greater; or higher; or above; or taller; or over; +",
    Op.OR_LESS: "or less; or fewer; or lower; or below; or under",
    Op.BETWEEN: "between",
    Op.NAMED: "named; called; whose name is; by the name of; with the name; with name; by name",
    Op.STARTS: (
        "starting with; starts with; start with; beginning with; begins with; begin with; whose name starts with; "
        "whose names start with; whose name begins with; whose names begin with; with names starting with; "
        "named starting with; prefixed with; with a name starting with"
    ),
    Op.ENDS: (
        "ending with; ends with; end with; ending in; ends in; end in; whose name ends with; whose name ends in; "
        "whose names end with; whose names end in; suffixed with"
    ),
    Op.CONTAINS: (
        "containing; contains; contain; that contain; matching; whose name contains; whose names contain; "
        "with names containing; named like; name like; with name containing; that match; matches; that matches; "
        "with a name containing; name contains; whose name has; whose name includes; whose names include"
    ),
    Op.SORT: "sorted by; ordered by; order by; sort by; in order of; sorted on; ordered on",
    Op.INCLUDE: (
        "and their; with their; along with their; including their; together with their; plus their; and its; with its; "
        "along with its; including its; and all their; and all its; as well as their; along with the; "
        "together with its; together with the; with all their; with all its"
    ),
    Op.OR: "or; or in; or at; either",
    Op.AND: "and; &; as well as; plus; and also; and that are; and which are; but; and are; also; ,",
    Op.IN_NAME: (
        "in the name; in its name; in their name; in their names; in name; in the names; as part of the name; "
        "as part of their name; in the hostname; in the host name"
    ),
    Op.IN: "in; at; inside; within; located in; located at; in the; at the; standing in; that are in; which are in; under the",
    Op.ON: "on; on the; onto; connected on",
    Op.OF: "of; of the; belonging to; belong to; belong; that belong to; owned by; belongs to; assigned to; used by; owned",
    Op.FROM: "from; from the; starting from; starting at",
    Op.TO: "to; to the; towards; toward; into",
    Op.FOR: "for; for the",
    Op.BY: "made by; manufactured by; provided by; supplied by; delivered by; done by",
    Op.AFTER: "after; since; newer than; later than; younger than; as of",
    Op.BEFORE: "before; older than; earlier than; prior to; until; till",
    Op.EACH_OTHER: "each other; one another",
}
PHRASES: Mapping[str, Op] = {
    phrase.strip(): op for op, text in _PHRASES.items() for phrase in text.split(";") if phrase.strip()
} | {";": Op.AND, "!=": Op.NOT, "<>": Op.NOT}
LONGEST_PHRASE = max(len(phrase.split()) for phrase in PHRASES)

EMPTY = frozenset(
    """
    every mounted located deployed placed situated together simply anyway called-for
    a about actually all along already am an any anyone  anywhere are around as assigned available back
    basically be been being both can could currently d data database defined detail details did display do
    documented does dump entire entries entry enumerate  exactly exist existing exists fetch figure find
    get getting give given gives go good got great had hand has have having hello help helping hey hi hm hmm hold
    holding holds host hosting hosts how i if info information interested into inventory is it item items its just
    kind kindly know known learn let like list listed listing lists live lives ll look looking ls m made make many
    may maybe me mean might mine moment must my name named names nautobot need needed needs netbox netbrief network
    networks now object objects ok okay one ones only our ours out overall overview own perhaps please pls plz
    possibly present print provide pull quick quickly quite re really record recorded records regarding register
    registered retrieve right run running runs s say see seen set shall should show showing shown shows sit sits
    sitting so some somebody someone something sort still  sure system t table tell than thank thanks that the
    their them then there these they thing things think this those thx today's too total totally us use used uses
    using ve very want wanted wants was we well were what whatever when where whether which while who whom whose why
    will wish wondering would yes yet you your
    """.split()
)
"""Words that a question can have or not have."""

WRITING = frozenset(
    """
    add adds assign attach change clear configure connect create decommission delete deploy disable disconnect drop
    edit enable erase execute install migrate modify move patch plug provision purge push reboot release remove rename
    replace reset restart restore run set shut shutdown swap turn unplug update upgrade wipe write insert destroy ssh
    ping traceroute login open book reserve
    """.split()
)
"""Verbs that want something done, where they begin a question."""
