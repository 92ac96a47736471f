"""VLANs, address space and capacity in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from orchestration.words.english import Op
from orchestration.words.lexicon import Sense
from orchestration.words.question import Part, Question
from orchestration.words.reading import Reading
from orchestration.words.tokens import Shape
from tools.readings.cues import cued, naming, place, said
from tools.readings.subjects import subjects
from tools.readings.values import length_of, number_of

_PLACES = ("dcim.site", "dcim.location", "dcim.region", "dcim.rack")
_FREE: Mapping[str, float] = {
    "free": 1.0,
    "available": 0.97,
    "unused": 1.0,
    "next": 1.0,
    "next free": 1.0,
    "next available": 1.0,
    "spare": 1.0,
    "unallocated": 1.0,
    "open": 0.85,
    "unassigned": 0.9,
    "left": 0.9,
    "carve": 0.95,
    "allocate": 0.95,
    "space": 0.9,
    "room": 0.95,
    "vacant": 1.0,
    "remaining": 0.95,
    "need": 0.8,
}
_FULL: Mapping[str, float] = {
    "how full": 1.0,
    "full": 1.0,
    "fullest": 1.0,
    "utilization": 1.0,
    "utilisation": 1.0,
    "utilized": 1.0,
    "utilised": 1.0,
    "usage": 0.97,
    "nearly full": 1.0,
    "almost full": 1.0,
    "exhausted": 1.0,
    "exhaustion": 1.0,
    "run out": 1.0,
    "runs out": 1.0,
    "running out": 1.0,
    "occupied": 0.95,
    "occupancy": 0.97,
    "used": 0.85,
    "how much": 0.7,
    "percent": 0.9,
    "assigned": 0.93,
    "allocated": 0.95,
    "taken": 0.93,
    "in use": 0.95,
    "overlap": 0.95,
    "overlapping": 0.95,
    "address space": 0.95,
    "ip space": 1.0,
    "consumption": 0.95,
    "consumed": 0.95,
}
_SPACE_WORDS = (
    "subnet", "network", "address", "prefix", "ip", "ipv4", "ipv6", "block", "range", "use", "used", "still", "much", "one",
    "space", "nearly", "almost", "close", "size", "assign", "assigned", "first", "child", "parent", "new", "many", "how",
    "hand", "give", "get", "taken", "in use", "count", "which", "pool", "inside", "within", "vlan", "soon", "most",
)  # fmt: skip
_ADDRESS_WORDS = (
    "use", "used", "using", "free", "taken", "available", "assigned", "assign", "device", "interface", "host", "server", "ip",
    "address", "belong", "subnet", "prefix", "vlan", "site", "network", "contain", "own", "owner", "hold", "machine",
    "configured", "live", "sit", "box", "port", "lookup", "vm", "where", "behind", "vrf", "found", "in use", "already",
    "occupied", "find", "locate", "allocated", "part", "fall", "cover", "in", "which", "reserved", "search", "record",
    "virtual machine", "interface", "assigned to", "name", "hostname", "documented", "unused", "on", "responsible",
)  # fmt: skip
_ROOM: Mapping[str, float] = {
    "capacity": 1.0,
    "free unit": 1.0,
    "rack space": 1.0,
    "rack unit": 0.97,
    "free space": 0.97,
    "space": 0.95,
    "room": 0.97,
    "fit": 1.0,
    "mount": 0.95,
    "install": 0.9,
    "full": 0.95,
    "fullest": 0.95,
    "emptiest": 1.0,
    "how full": 1.0,
    "have room": 1.05,
    "has room": 1.05,
    "room left": 1.05,
    "room for": 1.05,
    "fill": 0.95,
    "power left": 1.0,
    "headroom": 1.0,
    "power budget": 1.0,
    "load": 0.95,
    "loaded": 0.95,
    "free port": 1.0,
    "available port": 1.0,
    "spare port": 1.0,
    "unused port": 1.0,
    "run out": 1.0,
    "runs out": 1.0,
    "running out": 1.0,
    "utilization": 0.95,
    "utilisation": 0.95,
    "utilized": 0.95,
    "usage": 0.93,
    "occupancy": 0.97,
    "occupied": 0.95,
    "empty": 0.85,
    "left": 0.9,
    "place": 0.8,
    "free": 0.93,
    "available": 0.9,
    "spare": 0.95,
    "put": 0.85,
    "tight": 0.9,
    "fits": 1.0,
    "rack up": 0.9,
    "elevation": 0.9,
    "capacities": 1.0,
    "overloaded": 0.95,
    "draw": 0.7,
    "headspace": 0.95,
}
_ROOM_WORDS = (
    "rack", "power", "port", "unit", "u", "ru", "server", "device", "space", "first", "cabinet", "feed", "panel", "much",
    "used", "use", "still", "high", "contiguous", "gap", "box", "switch", "new", "plan", "planned", "watt", "kw", "budget",
    "interface", "amp", "where", "which", "next", "put", "chassis", "more", "appliance", "big", "enough", "height", "tall",
    "cluster", "many", "how", "current", "available", "free", "resource", "site", "soon", "what", "place", "slot", "size",
    "large", "any", "over", "most", "consumption", "left", "remain", "remaining", "supply", "status", "on", "anywhere",
    "somewhere", "data center", "datacenter",
)  # fmt: skip
_VLAN_WORDS = ("use", "used", "using", "member", "carry", "carried", "carries", "tagged", "untagged", "trunk", "trunked", "access",
    "assigned", "configured", "where", "in", "exist", "defined", "topology", "belong", "present", "subnet", "end",
    "terminate", "live", "extend", "span", "reach", "appear", "on", "membership", "untagged vlan", "tagged vlan",
    "usage", "allowed", "flow", "network", "is")  # fmt: skip
_PORTS = ("dcim.interface", "dcim.powerport", "dcim.poweroutlet", "dcim.consoleport")
_FITS = ("fit", "mount", "install", "room", "place", "space", "put", "free", "rack")
CUES = frozenset(word for table in (_FREE, _FULL, _ROOM) for phrase in table for word in phrase.split())
"""The words by which a tool is asked for."""
WORDS = frozenset(
    word
    for table in (_SPACE_WORDS, _ADDRESS_WORDS, _ROOM_WORDS, _VLAN_WORDS)
    for phrase in table
    for word in phrase.split()
)
"""Words that are understood beside them."""


def vlan_readings(question: Question) -> Iterable[Reading]:
    """From VLANs to ports and devices."""
    labels = naming(question, "ipam.vlan")
    named = _vlan_named(question)
    if not labels and not named:
        return
    arguments: dict[str, Any] = {}
    used = set(labels)
    sure = 0.98
    numbers = _vids(question)
    if numbers:
        vids = [int(float(part.key)) for part in numbers]
        arguments["vid"] = vids[0] if len(vids) == 1 else vids
        used |= {part.at for part in numbers}
    elif named:
        arguments["name"] = named[1]
        used |= {named[0].at}
    for key, type_ in (("site", "dcim.site"), ("group", "ipam.vlangroup"), ("tenant", "tenancy.tenant")):
        if key == "group" and ("site" in arguments or not naming(question, "ipam.vlangroup")):
            continue
        value, parts, likely = place(question, type_)
        if value and not parts <= used:
            arguments[key] = value
            used |= parts
            sure *= likely
    asks_users = naming(
        question, "dcim.interface", "dcim.device", "ipam.prefix", "virtualization.virtualmachine"
    )
    words = said(question, _VLAN_WORDS)
    used |= asks_users | words
    if numbers:  # the number is enough to tell which: `the voice vlan 300`, `on which switches is vlan 300`
        used |= {
            part.at
            for part in question.parts
            if any(m.type in ("ipam.role", "dcim.devicerole") for m in part.senses(Sense.NAME))
        }
    if not asks_users and not words and not numbers and not named:
        sure *= 0.97
    yield Reading("vlans", arguments, frozenset(used), sure)


def space_readings(question: Question) -> Iterable[Reading]:
    """Address space: where an address is, how full something is, what is free."""
    addresses = [part for part in question.parts if part.shape is Shape.ADDRESS]
    if len(addresses) == 1:
        used = (
            {addresses[0].at}
            | said(question, _ADDRESS_WORDS)
            | {
                part.at
                for part in question.parts
                if set(part.types())
                & {
                    "ipam.ipaddress",
                    "dcim.device",
                    "ipam.prefix",
                    "ipam.vlan",
                    "dcim.site",
                    "dcim.interface",
                    "virtualization.virtualmachine",
                    "ipam.vrf",
                }
            }
        )
        arguments: dict[str, Any] = {"address": addresses[0].text}
        vrf, parts, sure = place(question, "ipam.vrf", "ipam.namespace")
        if vrf:
            arguments["vrf"] = vrf
        yield Reading("ip_space", arguments, frozenset(used | parts), 0.96 * sure)
        return
    yield from _networks(question)


def _networks(question: Question) -> Iterable[Reading]:
    free, free_parts = cued(question, _FREE)
    full, full_parts = cued(question, _FULL)
    prefixes = [part for part in question.parts if part.shape is Shape.PREFIX]
    lengths = [part for part in question.parts if part.shape is Shape.LENGTH]
    labels = naming(
        question,
        "ipam.prefix",
        "ipam.ipaddress",
        "ipam.aggregate",
        "ipam.vrf",
        "ipam.iprange",
        "ipam.namespace",
    )
    labels |= said(question, ("subnet", "address", "prefix", "ip"))
    if not (free or full) or not (prefixes or lengths or labels):
        return
    arguments: dict[str, Any] = {}
    used = free_parts | full_parts | labels | said(question, _SPACE_WORDS)
    sure = max(free, full)
    if prefixes:
        arguments["prefix"] = prefixes[0].text
        used.add(prefixes[0].at)
    if lengths and 1 <= length_of(lengths[0]) <= 128:
        arguments["free_length"] = length_of(lengths[0])
        used.add(lengths[0].at)
        sure = max(sure, 0.98)
    elif len(prefixes) == 2 and free:
        return
    for key, types in (
        ("vrf", ("ipam.vrf", "ipam.namespace")),
        ("site", ("dcim.site",)),
        ("role", ("ipam.role",)),
    ):
        value, parts, likely = place(question, *types)
        if value and not parts <= used:
            arguments[key] = value
            used |= parts
            sure *= likely
    for part in question.parts:
        if part.op in (Op.MOST, Op.LARGEST, Op.OLDEST) and full:
            used.add(part.at)
        if part.key in ("global", "global table"):
            arguments["vrf"] = "global"
            used.add(part.at)
    yield Reading("ip_space", arguments, frozenset(used), sure)


def capacity_readings(question: Question) -> Iterable[Reading]:
    """Room in racks, power that is left, free ports, what runs out first."""
    weight, used = cued(question, _ROOM)
    units = _units(question)
    if not weight or naming(question, "ipam.vlan", "ipam.ipaddress"):
        return
    arguments: dict[str, Any] = {}
    sure = weight
    if units is not None and any(question.has(word) for word in _FITS):
        arguments["fits_u"] = units[0]
        used |= units[1]
        sure = max(sure, 0.97)
    named = [
        each
        for each in subjects(question, leaving=used)
        if not each.port
        and (
            not each.types
            or each.type
            in (
                *_PLACES,
                "dcim.device",
                "virtualization.cluster",
                "dcim.powerpanel",
                "dcim.powerfeed",
                "dcim.rackgroup",
            )
        )
    ]
    if len(named) > 1:
        return
    for subject in named:
        arguments["of"] = subject.text
        used |= subject.used
        sure *= subject.sure
    kinds = {
        "racks": naming(question, "dcim.rack")
        | said(question, ("rack", "unit", "u", "ru", "rack unit", "rack space", "free unit")),
        "power": said(question, ("power", "watt", "amp", "kw", "load"))
        | naming(question, "dcim.powerfeed", "dcim.powerpanel"),
        "ports": naming(question, *_PORTS) | said(question, ("port",)),
    }
    asked = [kind for kind, parts in kinds.items() if parts - {at for each in named for at in each.used}]
    narrow = (
        len(asked) == 1 and "fits_u" not in arguments and (not named or named[0].type in ("", *_PLACES[:3]))
    )
    if narrow:
        arguments["type"] = asked[0]
    used |= (
        {at for parts in kinds.values() for at in parts}
        | said(question, _ROOM_WORDS)
        | naming(question, "dcim.device", "dcim.devicetype")
    )
    used |= {part.at for part in question.parts if part.op in (Op.MOST, Op.LEAST, Op.COUNT, Op.LARGEST)}
    if (
        not named
        and not asked
        and "fits_u" not in arguments
        and not question.has("capacity")
        and not question.has("run out")
        and not question.has("runs out")
    ):
        sure *= 0.7
    yield Reading("capacity", arguments, frozenset(used), sure * 0.98)


def _vids(question: Question) -> list[Part]:
    """The numbers that stand after the word VLAN, or in a list with one that does."""
    found: list[Part] = []
    for part in question.parts:
        if part.shape is not Shape.NUMBER or not 1 <= float(part.key.replace(",", "")) <= 4094:
            continue
        before = question.before(
            part,
            skip=lambda each: (
                each.empty or each.op in (Op.AND, Op.OR, Op.EQ) or each.key in ("id", "number", "tag")
            ),
        )
        if before is not None and (
            "ipam.vlan" in before.types()
            or before in found
            or any(m.field == "vid" for m in before.senses(Sense.FIELD))
        ):
            found.append(part)
    return found


def _vlan_named(question: Question) -> tuple[Part, str] | None:
    for part in question.parts:
        for each in part.senses(Sense.NAME):
            if each.type == "ipam.vlan":
                return part, each.value
    return None


def _units(question: Question) -> tuple[float, set[int]] | None:
    """`4U`, `2 U`, `two rack units`."""
    for part in question.parts:
        if part.shape is Shape.NAME and part.key[-1:] == "u" and number_of(part) is not None:
            return number_of(part) or 0, {part.at}
        after = question.after(part)
        number = number_of(part)
        if number is not None and after is not None and after.key in ("u", "ru", "unit", "rack unit"):
            return number, {part.at, after.at}
    return None
