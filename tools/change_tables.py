"""The tables of an answer about changes: what was done to which object, by request, and the journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from orchestration.answer import Section
from orchestration.cells import cell
from orchestration.tool import Briefing
from sources.catalog import Catalog
from sources.source import Entity
from tools.change_log import CHANGES, JOURNAL, ChangeLog
from tools.change_rows import ACTIONS, Group, counted_by
from tools.field_changes import in_words
from tools.wording import counted, listed

REQUESTS = "requests"


def changes_section(log: ChangeLog, briefing: Briefing) -> Section:
    """A row for what each request did to each object."""
    rows = [_row(group, log, briefing.catalog) for group in log.shown]
    columns = ("time", "user", "action", "type", "object", "changed", "request")
    return Section(CHANGES, columns, rows, len(log.groups), log.start, CHANGES)


def _row(group: Group, log: ChangeLog, catalog: Catalog) -> list[Any]:
    return [
        group.time,
        _users(group.changes),
        _action(group),
        _label(group.key[0], catalog),
        cell(log.names.of(group)),
        _changed(group, log),
        group.request[:8],
    ]


def _action(group: Group) -> str:
    return ", ".join(
        words
        for action, words in ACTIONS.items()
        if action in group.actions and not (action == "update" and len(group.actions) > 1)
    )


def _changed(group: Group, log: ChangeLog) -> str | None:
    if not (group.was and group.remained):
        return None
    found = log.differences(group)
    if found is None:
        return "before unknown"
    return (
        in_words(found, lambda field, id_: log.names.reference(group, field, id_))
        or "no logged field differs"
    )


def requests_section(log: ChangeLog, briefing: Briefing) -> Section:
    """A row for each request, with what it did in numbers."""
    of: dict[str, list[Group]] = {}
    for group in log.groups:
        of.setdefault(group.request, []).append(group)
    rows = [_request(id_, groups, briefing.catalog) for id_, groups in of.items()]
    start = briefing.window.start(REQUESTS)
    columns = ("request", "time", "user", "changes", "objects")
    return Section(REQUESTS, columns, rows[start:], len(rows), start, REQUESTS, 0.3)


def _request(id_: str, groups: Sequence[Group], catalog: Catalog) -> list[Any]:
    changes = [each for group in groups for each in group.changes]
    what = Counter((_action(group), group.key[0]) for group in groups)
    said = [f"{_counted(number, type_, catalog)} {action}" for (action, type_), number in what.most_common()]
    return [id_, groups[0].time, _users(changes), len(changes), listed(said, 4)]


def journal_section(entries: Sequence[Entity], log: ChangeLog, briefing: Briefing) -> Section:
    """What was written into the journal."""
    rows = [
        [row["created"], row["created_by"], row["kind"], log.names.subject(row), cell(row["comments"])]
        for row in entries
    ]
    start = briefing.window.start(JOURNAL)
    columns = ("time", "user", "kind", "object", "entry")
    return Section(JOURNAL, columns, rows[start:], len(rows), start, JOURNAL, 0.3)


def _users(changes: Sequence[Entity]) -> str:
    return ", ".join(counted_by(changes, "user_name"))


def _label(type_: str, catalog: Catalog) -> str:
    return catalog[type_].label if type_ in catalog else type_


def _counted(number: int, type_: str, catalog: Catalog) -> str:
    return counted(number, catalog[type_]) if type_ in catalog else f"{number:,} {type_}"
