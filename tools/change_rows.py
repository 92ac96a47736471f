"""The rows of a change log: what each is about, when it was, and those of one object together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sources.source import Entity
from tools.standing import Key

CHANGE, ENTRY = "core.objectchange", "extras.journalentry"
ACTIONS = {"create": "created", "update": "updated", "delete": "deleted"}


@dataclass(frozen=True, slots=True)
class Group:
    """What was done to one object, in one request or in all, the newest change first."""

    request: str
    key: Key
    changes: Sequence[Entity]

    @property
    def time(self) -> str:
        """When it was done, at last."""
        return str(self.changes[0]["time"])

    @property
    def actions(self) -> frozenset[str]:
        """Whether it was created, updated, deleted, or several of these."""
        return frozenset(each["action"] for each in self.changes)

    @property
    def was(self) -> bool:
        """Whether the object was there before."""
        return bool(self.changes[-1]["action"] != "create")

    @property
    def remained(self) -> bool:
        """Whether the object was there afterwards."""
        return bool(self.changes[0]["action"] != "delete")


def by_request(rows: Iterable[Entity]) -> list[Group]:
    """What each request did to each object, the latest request first."""
    of: dict[str, dict[Key, list[Entity]]] = {}
    for row in _newest_first(rows):
        # What has no request is a change by itself.
        request = str(row["request_id"] or row["id"])
        of.setdefault(request, {}).setdefault(key_of(row), []).append(row)
    return [Group(request, key, several) for request, keys in of.items() for key, several in keys.items()]


def by_object(rows: Iterable[Entity]) -> list[Group]:
    """What was done to each object in all, the one that changed last first."""
    of: dict[Key, list[Entity]] = {}
    for row in _newest_first(rows):
        of.setdefault(key_of(row), []).append(row)
    return [Group("", key, several) for key, several in of.items()]


def key_of(change: Entity) -> Key:
    """The object that a change is about."""
    held = change["changed_object"] or {}
    return str(held.get("type") or "unknown"), str(held.get("id"))


def about(entry: Entity) -> Key | None:
    """The object that a journal entry is about."""
    held = entry["assigned_object"] or {}
    return (str(held["type"]), str(held["id"])) if held.get("type") else None


def moment_of(text: str) -> datetime:
    """A moment as entities hold it."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def counted_by(rows: Iterable[Entity], field: str) -> dict[str, int]:
    """How many changes there are of each value, the most first."""
    counts = Counter(str(row[field] or "(unknown)") for row in rows)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def is_request(text: str) -> bool:
    """Whether a text is the whole id of a request."""
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text.lower()) is not None


def _newest_first(rows: Iterable[Entity]) -> list[Entity]:
    return sorted(rows, key=lambda row: str(row["time"]), reverse=True)
