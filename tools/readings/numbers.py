"""VLANs, address space and capacity in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orchestration.words.english import Op
from orchestration.words.lexicon import Sense
from orchestration.words.question import Part, Question
from orchestration.words.reading import Reading
from orchestration.words.tokens import Shape
from tools.readings.cues import CUES, naming, place, said
from tools.readings.subjects import subjects
from tools.readings.values import length_of, number_of

_PLACES = ("dcim.site", "dcim.location", "dcim.region", "dcim.rack")
"""Words that are understood beside them."""
_PORTS = ("dcim.interface", "dcim.powerport", "dcim.poweroutlet", "dcim.consoleport")
_FITS = ("need", "somewhere", "fit", "mount", "install", "room", "place", "space", "put", "free", "rack")
"""What is done with a device that is so many units high."""


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
        question, "dcim.site", "dcim.interface", "dcim.device", "ipam.prefix", "virtualization.virtualmachine"
    )
    words = CUES["vlans"].beside(question)
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
            | CUES["address"].beside(question)
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
    free, free_parts = CUES["free_space"].in_(question)
    full, full_parts = CUES["used_space"].in_(question)
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
    used = free_parts | full_parts | labels | CUES["free_space"].beside(question)
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
    weight, used = CUES["capacity"].in_(question)
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
        | CUES["capacity"].beside(question)
        | naming(question, "dcim.device", "dcim.devicetype")
    )
    used |= {
        part.at for part in question.parts if part.op in (Op.MOST, Op.LEAST, Op.COUNT, Op.LARGEST, Op.PER)
    }
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
