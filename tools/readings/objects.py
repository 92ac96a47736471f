"""One object in words: what it is, where it is, what is wrong if it fails, where its cable goes, what is near it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from orchestration.words.english import Op
from orchestration.words.lexicon import Sense
from orchestration.words.question import Part, Question
from orchestration.words.reading import Reading
from orchestration.words.tokens import Shape
from tools.readings.cues import CUES, naming
from tools.readings.subjects import Subject, subjects

_SOUGHT_BY = frozenset({"serial", "asset_tag", "mac_address", "dns_name", "cid", "name", "address"})
_ABOUT = frozenset({"ipam.vlan", "ipam.ipaddress", "tenancy.contact", "dcim.cable", "dcim.interface"})
"""What the dossiers of devices and places tell besides what refers to these."""
CLASSES = frozenset(
    {
        "dcim.devicerole",
        "dcim.manufacturer",
        "dcim.devicetype",
        "dcim.platform",
        "ipam.role",
        "dcim.rackrole",
        "extras.tag",
        "circuits.circuittype",
        "virtualization.clustertype",
    }
)
"""What many objects have in common: its name alone asks for these, not for itself."""
_FORMATS = {"mermaid": "mermaid", "svg": "svg", "picture": "svg", "image": "svg"}
_KINDS = {"power": "power", "console": "console"}
_NETWORKED = frozenset({"dcim.device", "dcim.site", "dcim.rack", "dcim.location", "dcim.region"})


def describe_readings(question: Question) -> Iterable[Reading]:
    """The dossier of the one object that is named."""
    named = subjects(question)
    if len(named) != 1:
        return
    [subject] = named
    if any(part.shape is Shape.MAC for part in question.parts):
        return
    if subject.type in CLASSES and len(subject.used) == 1:
        subject = replace(subject, sure=subject.sure * 0.8)
    elif not subject.types:
        subject = replace(subject, sure=subject.sure * 0.9)
    weight, used = CUES["describe"].in_(question)
    fields = {
        part.at for part in question.parts if part.at not in subject.used and _held(question, part, subject)
    }
    used |= CUES["describe"].beside(question)
    arguments = {"object": subject.text}
    if not weight:
        weight = 0.85 if all(part.empty or part.at in subject.used for part in question.parts) else 0.8
    yield Reading("describe", arguments, frozenset(used | subject.used), weight * subject.sure)
    if fields and not any(part.op is Op.COUNT for part in question.parts):
        # The dossier holds the fields of the object and what it is related to.
        yield Reading("describe", arguments, frozenset(used | subject.used | fields), 0.82 * subject.sure)


def _held(question: Question, part: Part, subject: Subject) -> bool:
    """Whether a word names a field of the object, or things that belong to it: what its dossier tells."""
    catalog = question.lexicon.catalog
    if not subject.types:
        return bool(part.senses(Sense.FIELD))
    types = [catalog[name] for name in subject.types if name in catalog]
    fields = {each.field for each in part.senses(Sense.FIELD)}
    if any(name in type_.fields or name.startswith("cf_") for type_ in types for name in fields):
        return True
    related = {held.to for type_ in types for held in type_.relations.values()} | {
        target for type_ in types for target in type_.references().values()
    }
    return bool(set(part.types()) & (related | _ABOUT))


def find_readings(question: Question) -> Iterable[Reading]:
    """Where something is."""
    weight, used = CUES["find"].in_(question)
    named = subjects(question)
    if len(named) != 1 or named[0].port or named[0].type == "ipam.ipaddress" or named[0].type in CLASSES:
        return
    subject = named[0]
    if (
        not weight
        and (
            question.has("what is")
            or question.has("who is")
            or all(part.empty or part.at in subject.used for part in question.parts)
        )
        and (not subject.types or question.parts[min(subject.used)].shape is Shape.MAC)
    ):
        weight = 0.97  # Nobody knows what it is the name of: an asset tag, a serial, a part of a name.
    if not weight:
        return
    labels = {
        part.at for part in question.parts if any(m.field in _SOUGHT_BY for m in part.senses(Sense.FIELD))
    }
    labels |= naming(question, "dcim.device", *subject.types)
    yield Reading(
        "find",
        {"text": subject.name or subject.text},
        frozenset(used | subject.used | labels),
        weight * subject.sure,
    )


def port_readings(question: Question) -> Iterable[Reading]:
    """One port and how it is set: `is Ethernet3 on sw1 enabled`."""
    named = [each for each in subjects(question) if each.port]
    told = {
        part.at
        for part in question.parts
        if part.senses(Sense.FLAG) or part.senses(Sense.FIELD) or part.senses(Sense.CHOICE)
    }
    if len(named) != 1 or not named[0].owner:
        return
    where = {"device": named[0].owner, "name": named[0].name}
    used = frozenset(named[0].used | told)
    yield Reading(
        "list_objects", {"type": "interface", "where": where}, used, 0.9 if told - named[0].used else 0.8
    )


def trace_readings(question: Question) -> Iterable[Reading]:
    """Where a cable goes, and the path between two things."""
    weight, used = CUES["trace"].in_(question)
    named = [each for each in subjects(question) if each.type not in ("ipam.ipaddress", *CLASSES)]
    if not weight or not named or len(named) > 2:
        return
    used |= CUES["trace"].beside(question) | naming(question, "dcim.cable", "dcim.interface")
    used |= {part.at for part in question.parts if part.op is Op.BETWEEN}
    if len(named) == 2:
        start, to = named
        if _reversed(question, start, to):
            start, to = to, start
        yield Reading(
            "trace",
            {"start": start.text, "to": to.text},
            frozenset(used | start.used | to.used),
            max(weight, 0.95) * start.sure * to.sure,
        )
        return
    [start] = named
    # Without a port, what a device is connected to is its neighbourhood, unless it is the cables that are asked for.
    strong = start.port or start.type not in _NETWORKED or weight == 1.0
    yield Reading(
        "trace",
        {"start": start.text},
        frozenset(used | start.used),
        (weight if not start.port else max(weight, 0.95)) * (1 if strong else 0.85) * start.sure,
    )


def topology_readings(question: Question) -> Iterable[Reading]:
    """What is around an object, and how things in a place are connected."""
    weight, used = CUES["topology"].in_(question)
    named = [each for each in subjects(question) if not each.types or each.type in _NETWORKED]
    if not weight or len(named) != 1 or named[0].port:
        return
    [subject] = named
    used |= CUES["topology"].beside(question) | naming(question, "dcim.device", "dcim.cable")
    arguments: dict[str, Any] = {"around": subject.text}
    for word, format_ in _FORMATS.items():
        if question.has(word):
            arguments["format"] = format_
    for word, kind in _KINDS.items():
        if question.has(word):
            arguments["kind"] = kind
    hops = [part for part in question.parts if part.shape is Shape.NUMBER and part.at not in subject.used]
    near = hops and (
        question.has("hop") or question.has("depth") or question.has("level") or question.has("deep")
    )
    if near and 1 <= int(float(hops[0].key)) <= 4:
        arguments["depth"] = int(float(hops[0].key))
        used.add(hops[0].at)
    yield Reading("topology", arguments, frozenset(used | subject.used), weight * subject.sure)


def impact_readings(question: Question) -> Iterable[Reading]:
    """What a failure takes down."""
    weight, used = CUES["impact"].in_(question)
    named = subjects(question)
    if not weight or not named:
        return
    subject = named[-1] if len(named) > 1 and question.has("if") else named[0]
    if len(named) > 1 and not question.has("if"):
        return
    used |= CUES["impact"].beside(question)
    yield Reading("impact", {"object": subject.text}, frozenset(used | subject.used), weight * subject.sure)


def _reversed(question: Question, first: Subject, second: Subject) -> bool:
    """Whether the question says `to A from B`."""
    before = [
        question.before(question.parts[min(each.used)], skip=lambda part: part.empty)
        for each in (first, second)
    ]
    return (
        before[1] is not None and before[1].op is Op.FROM and before[0] is not None and before[0].op is Op.TO
    )
