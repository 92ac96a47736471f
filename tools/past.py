"""A scope at two moments: what came, what went and which fields differ, by the changes that lie between."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from orchestration.steps import Gathered, Plan, Select
from orchestration.tool import Briefing, Draft, Found
from sources.catalog import Catalog
from sources.source import Condition
from tools.change_log import CHANGES, MOST_NETTED, ChangeLog
from tools.change_rows import CHANGE, Group
from tools.change_window import Planned, check_read, newest
from tools.change_words import unplaced, unread
from tools.comparison_tables import FIELDS, MOMENTS, in_words, tables
from tools.differences import Comparison, compared
from tools.field_changes import Difference, Namer, sides
from tools.moments import TimeWindow
from tools.standing import HOLDERS, Key, same
from tools.wording import natural, title_of

UNKNOWN = "unknown"
REACH = "changes before that"
KNOWN_BY = (
    "the change log as far as the token may see it: not what is written past it; what was moved elsewhere counts "
    "to where it is now"
)


@dataclass(frozen=True, slots=True)
class Past:
    """What became of one object between the two moments."""

    part: str
    name: str
    was: bool
    """Whether it was there at the first moment."""
    remained: bool
    """Whether it was there at the second."""
    fields: Mapping[str, tuple[str, str]] | None = None
    """What differs of what was there at both; None where that is not known."""

    @property
    def became(self) -> str:
        """What it came to, in a word."""
        if self.was != self.remained:
            return "created" if self.remained else "deleted"
        if not self.was:
            return "came and went"
        return UNKNOWN if self.fields is None else "differing" if self.fields else "as before"


def planned(window: TimeWindow, found: Found, briefing: Briefing) -> Plan:
    """The changes of the window, of the object alone if nothing stands in such; and how many there are before."""
    change, whole = briefing.catalog[CHANGE], briefing.window.whole
    own = () if found.type.name in HOLDERS else _of_itself(found)
    plan: dict[str, Any] = {CHANGES: newest(change, window, own, whole=whole)}
    if window.since:
        before = Condition("time", "lt", (window.since.isoformat(),))
        plan[REACH] = Select(change, (before,), limit=0, optional=True)
    return plan


def further(found: Found, gathered: Gathered, briefing: Briefing) -> Plan:
    """What the changes leave open: where their objects stand, and what they were."""
    check_read(gathered)
    return _log(found, gathered, briefing).missing()


def _log(found: Found, gathered: Gathered, briefing: Briefing) -> ChangeLog:
    return ChangeLog(gathered, briefing, scope=found if found.type.name in HOLDERS else None, net=True)


def frozen(gathered: Gathered) -> dict[str, str]:
    """The two moments as arguments that mean the same later on."""
    latest = [row["time"] for row in gathered.rows(CHANGES)[:1]]
    return Planned(gathered).frozen(latest[0]) if latest else {}


def draft(found: Found, gathered: Gathered, briefing: Briefing) -> Draft:
    """The answer: a row for each way in which objects changed, a row for those that came or went."""
    log, times = _log(found, gathered, briefing), Planned(gathered)
    several = pasts(log, (found.type.name, found.entity["id"]), briefing.catalog)
    comparison = netted(several)
    said = [in_words(comparison, MOMENTS)]
    unknown = sum(each.became == UNKNOWN for each in several)
    if unknown:
        said.append(f"{unknown:,} changed in ways that are not known")
    name = f"{found.type.label} {title_of(found.type, found.entity)}"
    between = {"since": times.since_stamp, "until": times.until_stamp or "now"}
    warned = warnings(log, several, found, gathered)
    summary = "; ".join(each for each in said if each) or "does not differ in anything that the log tells"
    return Draft(
        f"{name} from {between['since']} to {between['until']}: {summary}",
        tables(comparison, MOMENTS, briefing.window),
        {
            "left": name,
            **between,
            "changes": len(log.meant),
            "compared": _counted(several),
            "known_by": KNOWN_BY,
        },
        tuple(warned),
        complete=not warned,
    )


def netted(several: Iterable[Past]) -> dict[str, Comparison]:
    """By part: left is the first moment, right the second. What came and went in between is in neither."""
    parts: dict[str, tuple[dict[str, Any], dict[str, Any]]] = defaultdict(lambda: ({}, {}))
    for each in several:
        left, right = parts[each.part]
        if each.was and each.remained:
            if each.fields is not None:
                left[each.name] = {name: values[0] for name, values in each.fields.items()}
                right[each.name] = {name: values[1] for name, values in each.fields.items()}
        elif each.was:
            left[each.name] = {}
        elif each.remained:
            right[each.name] = {}
    return {
        part: compared(left, right, natural) for part, (left, right) in sorted(parts.items(), key=_own_first)
    }


def pasts(log: ChangeLog, scope: Key, catalog: Catalog) -> list[Past]:
    """What became of each changed object, by names of their own."""
    titles = [
        (FIELDS, "")
        if same(each.key, scope) and each.was and each.remained
        else (_part(each, catalog), log.names.of(each))
        for each in log.groups
    ]
    alike = Counter(titles)
    read = {each.key for each in log.shown}
    return [
        Past(
            part,
            name if alike[part, name] == 1 else f"{name} #{each.key[1]}",
            each.was,
            each.remained,
            _fields(log.differences(each), _namer(log, each)) if each.key in read else None,
        )
        for each, (part, name) in zip(log.groups, titles, strict=True)
    ]


def warnings(log: ChangeLog, several: Iterable[Past], found: Found, gathered: Gathered) -> list[str]:
    """What could not be told."""
    told = [
        *unread(log, "what was before that is not compared; a later since, or one with an until, is"),
        *unplaced(log, title_of(found.type, found.entity)),
    ]
    unknown = Counter(each.part for each in several if each.became == UNKNOWN)
    if unknown:
        said = ", ".join(f"{part}: {number:,}" for part, number in unknown.items())
        told.append(
            f"changed, but not compared, since what was before is not in the log or they are more than "
            f"{MOST_NETTED:,}: {said}"
        )
    if gathered.knows(REACH) and not gathered.total(REACH):
        since = Planned(gathered).since_stamp
        told.append(
            f"the log holds nothing from before {since}: it may begin later, and older changes be deleted"
        )
    return told


def _counted(several: Iterable[Past]) -> dict[str, dict[str, int]]:
    """By part how many objects came, went, differ, and are again what they were."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for each in several:
        counts[each.part][each.became] += 1
    return {part: dict(numbers) for part, numbers in sorted(counts.items(), key=_own_first)}


def _of_itself(found: Found) -> tuple[Condition, ...]:
    return (
        Condition("changed_object_type", "", (found.type.name,)),
        Condition("changed_object_id", "", (found.entity["id"],)),
    )


def _own_first(item: tuple[str, Any]) -> tuple[bool, str]:
    return item[0] != FIELDS, item[0]


def _part(group: Group, catalog: Catalog) -> str:
    type_ = group.key[0]
    return catalog[type_].plural if type_ in catalog else type_


def _namer(log: ChangeLog, group: Group) -> Namer:
    return lambda field, id_: log.names.reference(group, field, id_)


def _fields(found: list[Difference] | None, namer: Namer) -> dict[str, tuple[str, str]] | None:
    return None if found is None else {each.field: sides(each, namer) for each in found}
