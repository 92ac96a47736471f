"""One object in words: what it is, where it is, what is wrong if it fails, where its cable goes, what is near it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from orchestration.words.english import Op
from orchestration.words.lexicon import Sense
from orchestration.words.question import Part, Question
from orchestration.words.reading import Reading
from orchestration.words.tokens import Shape
from tools.readings.cues import cued, naming, said
from tools.readings.subjects import Subject, subjects

_DESCRIBE: Mapping[str, float] = {
    "describe": 1.0,
    "tell me about": 1.0,
    "dossier": 1.0,
    "dossier of": 1.0,
    "everything about": 1.0,
    "everything": 0.95,
    "details": 1.0,
    "detail": 1.0,
    "summary": 0.95,
    "summarize": 0.95,
    "summarise": 0.95,
    "overview": 0.95,
    "info": 1.0,
    "information": 1.0,
    "about": 0.95,
    "explain": 0.9,
    "what is": 0.93,
    "what are": 0.85,
    "who is": 0.93,
    "inspect": 0.95,
    "show": 0.9,
    "rundown": 0.95,
    "profile": 0.9,
}
_CONTENTS = (
    "carry",
    "carries",
    "use",
    "own",
    "owner",
    "owns",
    "responsible",
    "model",
    "in",
    "inside",
    "contain",
    "mounted",
    "installed",
    "contents",
    "content",
    "live",
    "sit",
    "hold",
    "housed",
)
_FIND: Mapping[str, float] = {
    "where is": 1.0,
    "where are": 0.95,
    "where": 0.95,
    "find": 1.0,
    "locate": 1.0,
    "search": 1.0,
    "search for": 1.0,
    "look for": 1.0,
    "look up": 1.0,
    "lookup": 1.0,
    "whereabouts": 1.0,
    "who has": 0.9,
    "which device has": 0.95,
    "what device has": 0.95,
    "whose": 0.9,
    "belongs to": 0.85,
}
_TRACE: Mapping[str, float] = {
    "trace": 1.0,
    "tracing": 1.0,
    "path": 1.0,
    "cable path": 1.0,
    "physical path": 1.0,
    "route": 0.9,
    "far end": 1.0,
    "other end": 1.0,
    "other side": 1.0,
    "remote end": 1.0,
    "follow": 0.95,
    "end up": 1.0,
    "where does": 0.9,
    "where do": 0.9,
    "go": 0.6,
    "lead": 0.95,
    "terminate": 0.95,
    "plugged into": 1.0,
    "patched to": 1.0,
    "patched into": 1.0,
    "connected to": 0.9,
    "connect": 0.9,
    "connected": 0.85,
    "cabled to": 1.0,
    "hop": 0.9,
    "wired to": 1.0,
    "end to end": 0.9,
    "get from": 0.9,
    "shortest path": 1.0,
    "cabling": 0.8,
    "reach": 0.8,
    "link to": 0.9,
    "run to": 0.9,
}
_TRACE_WORDS = (
    "cable", "cabling", "physical", "physically", "port", "interface", "end", "shortest", "hop", "connection", "connected",
    "link", "wire", "through", "via", "between", "panel", "patch", "does", "all", "way", "down",
)  # fmt: skip
_TOPOLOGY: Mapping[str, float] = {
    "topology": 1.0,
    "neighbor": 1.0,
    "neighbour": 1.0,
    "neighborhood": 1.0,
    "neighbourhood": 1.0,
    "connected to": 0.95,
    "connects to": 0.95,
    "connect to": 0.95,
    "connection": 0.95,
    "diagram": 1.0,
    "map": 1.0,
    "draw": 1.0,
    "sketch": 1.0,
    "mermaid": 1.0,
    "svg": 1.0,
    "picture": 1.0,
    "adjacent": 1.0,
    "adjacency": 1.0,
    "attached to": 0.95,
    "hang off": 0.95,
    "interconnected": 0.95,
    "connected": 0.9,
    "linked": 0.9,
    "link": 0.9,
    "graph": 1.0,
    "peer": 0.9,
    "uplink": 0.85,
    "plugged into": 0.85,
    "wired": 0.85,
    "visualize": 1.0,
    "visualise": 1.0,
    "cabled together": 0.95,
    "directly connected": 1.0,
}
_TOPOLOGY_WORDS = (
    "directly", "network", "device", "deep", "depth", "hop", "around", "physical", "layout", "each other", "how", "together",
    "to", "neighbor", "neighbour", "surrounding", "nearby", "immediate", "power", "console", "image", "level", "format",
    "up", "out", "all", "plan", "l1", "gear", "switch", "box", "equipment",
)  # fmt: skip
_IMPACT: Mapping[str, float] = {
    "impact": 1.0,
    "what break": 1.0,
    "break": 1.0,
    "fail": 1.0,
    "failure": 1.0,
    "fails": 1.0,
    "goes down": 1.0,
    "go down": 1.0,
    "going down": 1.0,
    "went down": 0.9,
    "is down": 0.9,
    "dies": 1.0,
    "die": 1.0,
    "died": 1.0,
    "outage": 1.0,
    "affected": 1.0,
    "affect": 1.0,
    "blast radius": 1.0,
    "depend": 0.95,
    "depends on": 1.0,
    "lose": 0.95,
    "loses": 0.95,
    "lost": 0.9,
    "unplug": 1.0,
    "pull": 0.95,
    "take down": 1.0,
    "taken down": 1.0,
    "take offline": 1.0,
    "taken offline": 1.0,
    "offline": 0.75,
    "shut down": 0.9,
    "shut": 0.85,
    "reboot": 1.0,
    "rebooting": 1.0,
    "rebooted": 1.0,
    "power off": 0.95,
    "powered off": 0.95,
    "maintenance": 0.95,
    "disconnect": 0.9,
    "cut": 0.9,
    "safe to": 0.95,
    "single point": 0.9,
    "warn": 0.95,
    "notify": 0.95,
    "consequence": 1.0,
    "stop working": 1.0,
    "stops working": 1.0,
    "remove": 0.85,
    "replace": 0.85,
    "swap": 0.9,
    "losing": 1.0,
    "shutting": 0.95,
    "pulling": 0.95,
    "unplugging": 1.0,
    "hit": 0.85,
    "decommission": 0.85,
    "loss": 0.95,
    "suffer": 0.95,
    "crash": 1.0,
    "crashes": 1.0,
    "goes dark": 1.0,
    "drops": 0.9,
    "unreachable": 0.9,
    "blow": 0.9,
    "trip": 0.9,
}
_IMPACT_WORDS = (
    "service", "happen", "happens", "device", "vm", "circuit", "link", "power", "tenant", "customer", "contact", "if",
    "before", "after", "work", "down", "off", "when", "still", "else", "would", "on", "out", "cable", "take", "everything",
    "virtual machine", "server", "need", "must", "people", "person", "redundancy", "connectivity", "site", "stop", "what",
    "working", "radius", "i", "notice", "noticing", "hit", "nobody", "anybody", "without", "has", "cable", "without anybody", "for", "anything", "downstream", "critical", "us", "feed", "planned", "window", "during",
    "safely", "do", "offline", "goe",
)  # fmt: skip
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
CUES = frozenset(
    word
    for table in (_DESCRIBE, _FIND, _TRACE, _TOPOLOGY, _IMPACT, _FORMATS)
    for phrase in table
    for word in phrase.split()
)
"""The words by which a tool is asked for."""
WORDS = frozenset(
    word
    for table in (_CONTENTS, _TRACE_WORDS, _TOPOLOGY_WORDS, _IMPACT_WORDS, _KINDS)
    for phrase in table
    for word in phrase.split()
)
"""Words that are understood beside them."""


def describe_readings(question: Question) -> Iterable[Reading]:
    """The dossier of the one object that is named."""
    named = subjects(question)
    if len(named) != 1:
        return
    [subject] = named
    if subject.type in CLASSES and len(subject.used) == 1:
        subject = replace(subject, sure=subject.sure * 0.8)
    elif not subject.types:
        subject = replace(subject, sure=subject.sure * 0.9)
    weight, used = cued(question, _DESCRIBE)
    fields = {
        part.at for part in question.parts if part.at not in subject.used and _held(question, part, subject)
    }
    used |= said(question, _CONTENTS)
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
    weight, used = cued(question, _FIND)
    named = subjects(question)
    if len(named) != 1 or named[0].port or named[0].type == "ipam.ipaddress" or named[0].type in CLASSES:
        return
    subject = named[0]
    if not weight and not subject.types and (question.has("what is") or question.has("who is")):
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
    weight, used = cued(question, _TRACE)
    named = [each for each in subjects(question) if each.type != "ipam.ipaddress"]
    if not weight or not named or len(named) > 2:
        return
    used |= said(question, _TRACE_WORDS) | naming(question, "dcim.cable", "dcim.interface")
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
    weight, used = cued(question, _TOPOLOGY)
    named = [each for each in subjects(question) if not each.types or each.type in _NETWORKED]
    if not weight or len(named) != 1 or named[0].port:
        return
    [subject] = named
    used |= said(question, _TOPOLOGY_WORDS) | naming(question, "dcim.device", "dcim.cable")
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
    weight, used = cued(question, _IMPACT)
    named = subjects(question)
    if not weight or not named:
        return
    subject = named[-1] if len(named) > 1 and question.has("if") else named[0]
    if len(named) > 1 and not question.has("if"):
        return
    used |= said(question, _IMPACT_WORDS)
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
