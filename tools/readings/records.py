"""The change log, comparisons, audits and the server's own state in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from orchestration.words.english import Op
from orchestration.words.question import Part, Question
from orchestration.words.reading import Reading
from orchestration.words.tokens import Shape
from tools.readings.cues import cued, place, said
from tools.readings.moments import times
from tools.readings.subjects import subjects

_CHANGES: Mapping[str, float] = {
    "change": 1.0,
    "changed": 1.0,
    "changing": 0.95,
    "change log": 1.0,
    "changelog": 1.0,
    "modified": 1.0,
    "modification": 1.0,
    "modify": 0.95,
    "edited": 1.0,
    "edit": 1.0,
    "updated": 0.97,
    "update": 0.95,
    "deleted": 1.0,
    "delete": 0.95,
    "deletion": 1.0,
    "removed": 1.0,
    "created": 0.95,
    "creation": 0.9,
    "added": 0.93,
    "touched": 1.0,
    "history": 1.0,
    "happened": 0.95,
    "happen": 0.8,
    "who": 0.6,
    "renamed": 0.95,
    "moved": 0.9,
    "altered": 1.0,
    "activity": 0.95,
    "new": 0.75,
    "audit trail": 1.0,
    "audit log": 1.0,
    "journal": 0.95,
    "last change": 1.0,
    "recent": 0.85,
    "recently": 0.9,
    "done": 0.75,
    "did": 0.7,
}
_CHANGE_WORDS = (
    "who", "when", "log", "recent", "recently", "last", "trail", "audit", "by", "did", "anything", "everything", "anybody",
    "user", "made", "time", "happen", "happened", "there", "new", "object change", "do", "done", "work", "what", "since",
    "ago", "during", "past", "in", "thing", "latest", "been", "else", "so far", "far",
)  # fmt: skip
_COMPARE: Mapping[str, float] = {
    "compare": 1.0,
    "comparison": 1.0,
    "comparing": 1.0,
    "difference": 1.0,
    "differ": 1.0,
    "different": 1.0,
    "diff": 1.0,
    "versus": 1.0,
    "vs": 1.0,
    "identical": 0.97,
    "same": 0.93,
    "unlike": 1.0,
    "not like": 1.0,
    "match": 0.85,
    "contrast": 1.0,
    "discrepancy": 1.0,
    "drift": 1.0,
}
_COMPARE_WORDS = (
    "between", "with", "against", "how", "why", "not", "same", "and", "from", "to", "configured", "do", "side", "other",
    "as", "each other", "one another", "setup", "set", "switch", "device", "site", "rack", "is", "port", "vlan", "way",
    "ago", "now", "today", "then", "like", "state", "out", "off", "thing", "look", "looked",
)  # fmt: skip
_AUDIT: Mapping[str, float] = {
    "audit": 1.0,
    "problem": 1.0,
    "wrong": 1.0,
    "issue": 0.97,
    "error": 0.95,
    "inconsistency": 1.0,
    "inconsistent": 1.0,
    "mismatch": 1.0,
    "mismatched": 1.0,
    "mismatching": 1.0,
    "duplicate": 1.0,
    "duplicated": 1.0,
    "dup": 1.0,
    "health": 0.95,
    "hygiene": 1.0,
    "data quality": 1.0,
    "quality": 0.95,
    "violation": 1.0,
    "compliance": 0.95,
    "sanity": 0.95,
    "finding": 0.95,
    "broken": 0.9,
    "clean": 0.85,
    "incomplete": 0.95,
    "stale": 1.0,
    "dangling": 1.0,
    "loose": 0.95,
    "orphan": 0.9,
    "orphaned": 0.9,
    "unlike": 0.8,
    "single": 0.8,
    "one legged": 0.9,
    "twice": 0.9,
    "conflict": 0.95,
    "conflicting": 0.95,
    "bad": 0.85,
    "missing": 0.6,
    "rule": 0.85,
    "fix": 0.85,
    "cleanup": 0.95,
    "clean up": 0.95,
    "mistake": 0.97,
    "check": 0.9,
    "without": 0.5,
    "no": 0.5,
    "same": 0.7,
    "shared": 0.7,
    "overlooked": 0.8,
    "typo": 0.9,
}
_AUDIT_WORDS = (
    "data", "inventory", "there", "any", "all", "documentation", "record", "need", "high", "medium", "low", "severity",
    "critical", "worst", "run", "across", "link", "report", "do", "everything", "anything", "serious", "end", "at",
    "look", "about", "find", "more", "once", "several", "two", "both", "device", "perform", "full", "against", "quality",
)  # fmt: skip
_STATUS: Mapping[str, float] = {
    "cache": 1.0,
    "cached": 0.9,
    "netbrief": 0.9,
    "reachable": 0.9,
    "data source": 0.95,
    "source": 0.85,
    "version": 0.8,
    "redis": 1.0,
    "server status": 0.9,
    "api": 0.7,
    "healthy": 0.8,
    "online": 0.6,
    "up": 0.6,
}
_STATUS_WORDS = ("status", "hit", "state", "reachable", "connected", "server", "work", "working", "backend", "up", "version",
                 "configured", "running", "permission", "token", "healthy", "alive", "running", "health", "is", "source")  # fmt: skip
_ITSELF = ("netbox", "nautobot", "netbrief", "cache", "redis", "source", "backend", "data source")
_SEVERITIES = ("high", "medium", "low")
CUES = frozenset(
    word for table in (_CHANGES, _COMPARE, _AUDIT, _STATUS) for phrase in table for word in phrase.split()
)
"""The words by which a tool is asked for."""
WORDS = frozenset(
    word
    for table in (_CHANGE_WORDS, _COMPARE_WORDS, _AUDIT_WORDS, _STATUS_WORDS)
    for phrase in table
    for word in phrase.split()
)
"""Words that are understood beside them."""


def change_readings(question: Question, clock: Callable[[], datetime]) -> Iterable[Reading]:
    """What changed, when and by whom."""
    weight, used = cued(question, _CHANGES)
    when = times(question, clock)
    doer = _user(question, set(when.used))
    if doer is not None and when.since:
        weight = max(weight, 0.95)  # `what did jdoe do yesterday`
    if not weight or (weight < 0.8 and not when.since):
        return
    used |= when.used | said(question, _CHANGE_WORDS)
    arguments: dict[str, Any] = {}
    if when.since:
        arguments["since"] = when.since
        weight = max(weight, 0.95)
    if when.until:
        arguments["until"] = when.until
    sure = weight
    user = _user(question, used)
    if user is not None:
        arguments["by"] = user.text
        used.add(user.at)
    taken = used | ({user.at} if user is not None else set())
    for subject in subjects(question, leaving=taken):
        if subject.type == "dcim.site" and "site" not in arguments:
            arguments["site"] = subject.name
        elif "object" not in arguments and "site" not in arguments:
            arguments["object"] = subject.text
        else:
            return
        used |= subject.used
        sure *= subject.sure
    if "object" not in arguments:
        for part in question.parts:
            if part.types() and part.at not in used:
                arguments["type"] = question.lexicon.catalog[part.types()[0]].label
                used.add(part.at)
                break
    used |= {
        part.at for part in question.parts if part.op in (Op.NEWEST, Op.COUNT, Op.BETWEEN, Op.AFTER, Op.PER)
    }
    yield Reading("changes", arguments, frozenset(used), sure)


def compare_readings(
    question: Question, clock: Callable[[], datetime], sources: Sequence[str]
) -> Iterable[Reading]:
    """Two objects, an object in two sources, an object then and now."""
    weight, used = cued(question, _COMPARE)
    if not weight:
        return
    used |= said(question, _COMPARE_WORDS) | {
        part.at
        for part in question.parts
        if part.op in (Op.BETWEEN, Op.NOT, Op.EACH_OTHER, Op.CONTAINS, Op.NOT)
    }
    named = subjects(question, leaving=())
    other = [part for part in question.parts if part.key in sources]
    when = times(question, clock)
    if len(named) == 2:
        arguments = {"left": named[0].text, "right": named[1].text}
        parts = used | named[0].used | named[1].used
        yield Reading(
            "compare", arguments, frozenset(parts), max(weight, 0.9) * named[0].sure * named[1].sure
        )
    elif len(named) == 1 and other:
        arguments = {"left": named[0].text, "other_source": other[-1].key}
        parts = used | named[0].used | {part.at for part in other}
        yield Reading("compare", arguments, frozenset(parts), weight * named[0].sure)
    elif len(named) == 1 and when.since:
        arguments = {"left": named[0].text, "since": when.since}
        yield Reading(
            "compare", arguments, frozenset(used | named[0].used | when.used), weight * named[0].sure
        )


def audit_readings(question: Question, checks: Mapping[str, str]) -> Iterable[Reading]:
    """What is wrong or missing. `checks` are the names of the checks with their titles."""
    weight, used = cued(question, _AUDIT)
    named, named_parts = _checks(question, checks)
    if not weight and len(named_parts) < 2:
        return
    arguments: dict[str, Any] = {}
    sure = weight
    for key, types in (
        ("site", ("dcim.site", "dcim.region", "dcim.location")),
        ("role", ("dcim.devicerole",)),
        ("tenant", ("tenancy.tenant",)),
        ("tag", ("extras.tag",)),
    ):
        value, parts, likely = place(question, *types)
        if value and not parts <= used:
            arguments[key] = value
            used |= parts
            sure *= likely
    used |= said(question, _AUDIT_WORDS)
    if named:
        arguments["checks"] = named
        used |= named_parts
        sure = max(sure, 0.93)
    else:
        severities = [part.key for part in question.parts if part.key in _SEVERITIES]
        if severities:
            arguments["checks"] = severities
    if weight <= 0.6 and not named:
        return
    yield Reading("audit", arguments, frozenset(used), sure)


def status_readings(question: Question) -> Iterable[Reading]:
    """How the server and its sources are."""
    weight, used = cued(question, _STATUS)
    itself = {part.at for token in _ITSELF for part in question.parts if part.key == token}
    if all(
        part.empty or part.key in ("status", "health", "server status") for part in question.parts
    ) and question.has("status"):
        yield Reading("status", {}, frozenset(part.at for part in question.parts), 0.95)
        return
    if not weight or not itself or subjects(question):
        return
    yield Reading("status", {}, frozenset(used | itself | said(question, _STATUS_WORDS)), max(weight, 0.9))


def _checks(question: Question, checks: Mapping[str, str]) -> tuple[list[str], set[int]]:
    """The checks that the question's words name: those whose names it covers best."""
    said_at: dict[str, int] = {}
    for part in question.parts:
        for word in part.key.split(" "):
            said_at.setdefault(_stem(word), part.at)
    best: tuple[float, list[str], set[int]] = (0.0, [], set())
    for name in checks:
        words = [_stem(word) for word in name.split("-")]
        hits = {word for word in words if word in said_at}
        key = [word for word in words if word not in ("device", "without", "with", "vm")]
        if not all(word in said_at for word in key):
            continue
        score = len(hits) / len(words) + len(hits) / 10
        parts = {said_at[word] for word in hits}
        if score > best[0]:
            best = (score, [name], parts)
        elif score == best[0]:
            best[1].append(name)
            best[2].update(parts)
    return best[1], best[2]


_STEMS = {"mismatched": "mismatch", "mismatching": "mismatch", "duplicated": "duplicate", "dup": "duplicate", "no": "without",
          "missing": "without", "share": "duplicate", "shared": "duplicate", "same": "duplicate", "twice": "duplicate", "ip": "ip", "addresses": "address", "virtual machine": "vm", "number": "serial"}  # fmt: skip


def _stem(word: str) -> str:
    return _STEMS.get(word, word)


def _user(question: Question, used: set[int]) -> Part | None:
    """Whose changes are meant: `by jdoe`, `did jdoe change`, `user jdoe`."""
    for part in question.parts:
        if not (part.unknown or part.named) or part.at in used or part.shape in (Shape.ADDRESS, Shape.PREFIX):
            continue
        before = question.before(part)
        after = question.after(part)
        if before is not None and (before.key in ("by", "did", "user", "has", "done by", "from user")):
            return part
        if (
            after is not None
            and after.key in ("changed", "change", "do", "edit", "modified", "deleted", "created")
            and part.unknown
        ):
            return part
    return None
