"""The change log, comparisons, audits and the server's own state in words."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from orchestration.words.english import Op
from orchestration.words.lexicon import reduced, singular
from orchestration.words.question import Part, Question
from orchestration.words.reading import Reading
from tools.readings.cues import CUES, place
from tools.readings.moments import times
from tools.readings.subjects import subjects

"""The words by which a tool is asked for."""
_ITSELF = ("netbox", "nautobot", "netbrief", "cache", "redis", "source", "backend", "data source")
"""What the server's own state is the state of."""
_OF_TIME = (Op.NEWEST, Op.COUNT, Op.BETWEEN, Op.AFTER, Op.PER)
_SEVERITIES = ("high", "medium", "low")


def change_readings(question: Question, clock: Callable[[], datetime]) -> Iterable[Reading]:
    """What changed, when and by whom."""
    weight, used = CUES["changes"].in_(question)
    when = times(question, clock)
    doer = _user(question, when.used)
    if doer is not None and when.since:
        weight = max(weight, 0.95)  # `what did jdoe do yesterday`
    if not weight or (weight < 0.8 and not when.since):
        return
    told = {"since": when.since, "until": when.until, "by": doer.text if doer is not None else ""}
    arguments: dict[str, Any] = {name: text for name, text in told.items() if text}
    used |= when.used | CUES["changes"].beside(question) | ({doer.at} if doer is not None else set())
    sure = max(weight, 0.95) if when.since else weight
    named = subjects(question, leaving=used)
    sites = [each for each in named if each.type == "dcim.site"]
    if len(named) > 1:
        return
    for subject in named:
        arguments |= {"site": subject.name} if sites else {"object": subject.text}
        used |= subject.used
        sure *= subject.sure
    if "object" not in arguments:
        part = next((part for part in question.parts if part.types() and part.at not in used), None)
        if part is not None:
            arguments["type"] = question.lexicon.catalog[part.types()[0]].label
            used.add(part.at)
    used |= {part.at for part in question.parts if part.op in _OF_TIME}
    yield Reading("changes", arguments, frozenset(used), sure)


def compare_readings(
    question: Question, clock: Callable[[], datetime], sources: Sequence[str]
) -> Iterable[Reading]:
    """Two objects, an object in two sources, an object then and now."""
    weight, used = CUES["compare"].in_(question)
    if not weight:
        return
    used |= CUES["compare"].beside(question) | {
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
        arguments = {
            "left": named[0].text,
            "since": when.since,
            **({"until": when.until} if when.until else {}),
        }
        yield Reading(
            "compare", arguments, frozenset(used | named[0].used | when.used), weight * named[0].sure
        )


def audit_readings(question: Question, checks: Mapping[str, str]) -> Iterable[Reading]:
    """What is wrong or missing. `checks` are the names of the checks with their titles."""
    weight, used = CUES["audit"].in_(question)
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
    used |= CUES["audit"].beside(question)
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
    weight, used = CUES["status"].in_(question)
    itself = {part.at for token in _ITSELF for part in question.parts if part.key == token}
    if all(
        part.empty or part.key in ("status", "health", "server status") for part in question.parts
    ) and question.has("status"):
        yield Reading("status", {}, frozenset(part.at for part in question.parts), 0.95)
        return
    if not weight or not itself or subjects(question):
        return
    yield Reading("status", {}, frozenset(used | itself | CUES["status"].beside(question)), max(weight, 0.9))


def _checks(question: Question, checks: Mapping[str, str]) -> tuple[list[str], set[int]]:
    """The checks that the question's words name: those whose names it covers best."""
    said_at: dict[str, int] = {}
    for part in question.parts:
        for word in reduced(part.key).split(" "):
            said_at.setdefault(_stem(word), part.at)
    best: tuple[float, list[str], set[int]] = (0.0, [], set())
    for name in checks:
        words = [_stem(singular(word)) for word in name.split("-")]
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


_STEMS = {
    "mismatched": "mismatch",
    "mismatching": "mismatch",
    "no": "without",
    "missing": "without",
    "virtual machine": "vm",
    "number": "serial",
    **dict.fromkeys(("duplicated", "dup", "share", "shared", "same", "twice"), "duplicate"),
}
"""How the names of the checks say what people say otherwise."""


def _stem(word: str) -> str:
    return _STEMS.get(word, word)


def _user(question: Question, used: Container[int]) -> Part | None:
    """Whose changes are meant: `by jdoe`, `did jdoe change`, `user jdoe`."""
    for part in question.parts:
        if part.at in used or not (part.unknown or part.named) or part.key in question.lexicon.spoken:
            continue
        before = question.before(part)
        after = question.after(part)
        if before is not None and (
            before.key in ("by", "made by", "done by", "did", "user", "has", "done by", "from user")
        ):
            return part
        if (
            after is not None
            and after.key in ("changed", "change", "do", "edit", "modified", "deleted", "created")
            and part.unknown
        ):
            return part
    return None
