"""An answer about changes in words: its summary, and what it could not tell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from orchestration.cells import name_of
from orchestration.steps import Gathered
from orchestration.tool import Briefing, Found
from tools.change_log import JOURNAL, ChangeLog
from tools.change_rows import ACTIONS, CHANGE, ENTRY, counted_by, key_of, moment_of
from tools.change_window import Planned
from tools.moments import DEFAULT_DAYS
from tools.wording import counted, listed, title_of

BEFORE, OTHERS = "the latest before", "others"
"""Steps of an answer without changes: what changed last before that, and who else changed something."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, as the summary says it: in the caller's words where they were his."""

    site: Found | None = None
    object: str | None = None
    found: Found | None = None
    """What stands there by the name of `object`; None where it is gone."""
    type: str | None = None
    by: str | None = None
    request: str | None = None
    since: str | None = None


def summary(asked: Asked, log: ChangeLog, entries: int, gathered: Gathered, briefing: Briefing) -> str:
    """How many changes of what in which window, by whom; where there are none, what else there is."""
    meant = log.meant
    number = len(meant) if log.whole or asked.site else log.total
    head = f"{counted(number, briefing.catalog[CHANGE])}{_scope(asked, briefing)} {_when(asked, gathered)}"
    parts = []
    if not log.whole:
        parts.append(
            f"of the newest {len(log.read):,} of {log.total:,} changes"
            if asked.site
            else f"the newest {len(log.read):,} were read"
        )
    if meant:
        actions = counted_by(meant, "action")
        parts.append(
            ", ".join(f"{actions[name]:,} {words}" for name, words in ACTIONS.items() if name in actions)
        )
        objects, requests = (
            len({group.key for group in log.groups}),
            len({group.request for group in log.groups}),
        )
        parts.append(
            f"{objects:,} object{'' if objects == 1 else 's'} in {requests:,} request{'' if requests == 1 else 's'}"
        )
        if len(log.groups) < len(meant):
            rows = f"{len(log.groups):,} row{'' if len(log.groups) == 1 else 's'}"
            parts.append(f"told in {rows}, one for all that a request did to an object")
        users = counted_by(meant, "user_name")
        parts.append("by " + listed([f"{name} ({number:,})" for name, number in users.items()]))
    elif not log.total:
        parts += _latest(gathered)
    if entries:
        parts.append(counted(entries, briefing.catalog[ENTRY]))
    return f"{head}: {'; '.join(parts)}" if parts else head


def _scope(asked: Asked, briefing: Briefing) -> str:
    words = []
    if asked.site:
        words.append(f"at {name_of(asked.site.entity)} and what stands there")
    if asked.object:
        found = asked.found
        words.append(
            f"of {title_of(found.type, found.entity)} ({found.type.label}) itself"
            if found
            else f"of what was called {asked.object}, which is gone"
        )
    if asked.type and not asked.object:
        words.append(f"of {briefing.catalog[asked.type].plural}")
    if asked.by:
        words.append(f"by {asked.by}")
    if asked.request:
        words.append(f"in request {asked.request}")
    return "".join(f" {each}" for each in words)


def _when(asked: Asked, gathered: Gathered) -> str:
    """The window as it was understood."""
    planned = Planned(gathered)
    if planned.since is None and planned.until is None:
        return "at any time"
    words = f" ({asked.since})" if asked.since else f" (the default, {DEFAULT_DAYS} days)"
    if asked.since and asked.since in str(planned.since_stamp):
        words = ""
    return f"from {planned.since_stamp}{words} until {planned.until_stamp or 'now'}"


def _latest(gathered: Gathered) -> list[str]:
    said = []
    for row in gathered.rows(BEFORE):
        action = ACTIONS.get(row["action"], row["action"])
        said.append(
            f"the latest before was {row['time']}: {row['object_repr']} {action} by {row['user_name']}"
        )
    if OTHERS in gathered.plan:
        users = counted_by(gathered.rows(OTHERS), "user_name")
        said.append(f"who changed something then: {listed(list(users)) or 'nobody'}")
    return said


def unread(log: ChangeLog, goes_on: str) -> list[str]:
    """What of a long log was not read; `goes_on` says what to do about it, with the `{oldest}` that was."""
    if log.whole:
        return []
    oldest = log.read[-1]["time"] if log.read else ""
    return [
        f"only the newest {len(log.read):,} of {log.total:,} changes were read, back to {oldest}: "
        + goes_on.format(oldest=oldest)
    ]


def unplaced(log: ChangeLog, scope: str) -> list[str]:
    """Which changes may belong to the scope, and nobody can tell."""
    if not log.unplaced:
        return []
    types = Counter(key_of(row)[0] for row in log.unplaced)
    head = f"{len(log.unplaced):,} changes are of objects that are gone"
    said = listed([f"{number:,} of type {type_}" for type_, number in types.most_common()])
    return [f"{head}, and the log does not say where they were: they may have been at {scope} ({said})"]


def unread_journal(gathered: Gathered) -> list[str]:
    """Whether the window may have journal entries that were not read."""
    read, since = gathered.rows(JOURNAL), Planned(gathered).since
    if gathered.total(JOURNAL) <= len(read) or (since and moment_of(read[-1]["created"]) < since):
        return []
    return [f"only the newest {len(read):,} of {gathered.total(JOURNAL):,} journal entries were read"]
