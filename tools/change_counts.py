"""How many changes there are by action, user and type: counted, where the log is too long to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from orchestration.steps import Gathered, Plan, Select
from orchestration.tool import Briefing
from sources.source import Condition
from tools.change_log import CHANGES, PLACES, ChangeLog
from tools.change_rows import ACTIONS, CHANGE, counted_by, key_of

MOST_NAMED = 8
"""Users and types that are named with their numbers."""
MOST_COUNTED = 3
"""Users and types that are counted in a log that is too long to read, a request each."""
_MARK = " is "
_FIELDS = {"action": "actions", "user_name": "users", "changed_object_type": "types"}
"""The filters that a log is counted by, and what the numbers are called."""


def counts_of(log: ChangeLog, gathered: Gathered, briefing: Briefing) -> Plan:
    """The counts of a log that is longer than what was read; of a scope there is nothing to count by."""
    if log.whole or log.scoped or briefing.window.section:
        return {}
    whole = gathered.plan[CHANGES]
    assert isinstance(whole, Select)
    asked = {each.key for each in whole.where if len(each.values) == 1}
    return {
        name: Select(
            briefing.catalog[CHANGE], (*whole.where, Condition(field, "", (value,))), limit=0, optional=True
        )
        for field, values in _likely(log, briefing).items()
        if field not in asked
        for value in values
        if (name := _step(field, value)) not in gathered.plan
    }


def counts(log: ChangeLog, gathered: Gathered) -> dict[str, Any]:
    """The numbers as facts. Of a log that was not read to its end: those of all of it that were counted."""
    read = {
        "actions": {
            ACTIONS.get(name, name): number for name, number in counted_by(log.meant, "action").items()
        },
        "users": _top(counted_by(log.meant, "user_name")),
        "types": _top(dict(Counter(key_of(row)[0] for row in log.meant).most_common())),
    }
    if log.whole:
        return {name: numbers for name, numbers in read.items() if numbers}
    counted: dict[str, dict[str, int]] = {}
    for step in gathered.plan:
        field, _, value = step.partition(_MARK)
        if field in _FIELDS and gathered.knows(step):
            counted.setdefault(_FIELDS[field], {})[ACTIONS.get(value, value)] = gathered.total(step)
    in_all = {name: _with_rest(numbers, log.total) for name, numbers in counted.items()}
    sample = {name: numbers for name, numbers in read.items() if name not in in_all}
    return {
        "in_all": {"changes": log.total, **in_all},
        "of_those_read": {"changes": len(log.meant), **sample},
    }


def _step(field: str, value: str) -> str:
    return f"{field}{_MARK}{value}"


def _likely(log: ChangeLog, briefing: Briefing) -> Mapping[str, list[str]]:
    """What to count: every action, and the users and types that most of the read changes are of."""
    users = [name for name in counted_by(log.meant, "user_name") if name != "(unknown)"]
    types = [name for name, _ in Counter(key_of(row)[0] for row in log.meant).most_common()]
    # What the catalog does not name has no filter that is sure; of Nautobot's places the log knows one type.
    known = [name for name in types if name in briefing.catalog and name not in PLACES]
    return {
        "action": list(ACTIONS),
        "user_name": users[:MOST_COUNTED],
        "changed_object_type": [name for name in known if not briefing.catalog[name].generic][:MOST_COUNTED],
    }


def _with_rest(counted: Mapping[str, int], total: int) -> dict[str, int]:
    named = {name: number for name, number in sorted(counted.items(), key=lambda item: -item[1]) if number}
    rest = total - sum(named.values())
    return {**named, "(others)": rest} if rest > 0 else named


def _top(numbers: Mapping[str, int]) -> dict[str, int]:
    named = dict(list(numbers.items())[:MOST_NAMED])
    rest = sum(numbers.values()) - sum(named.values())
    return {**named, "(others)": rest} if rest else named
