"""Which types a question may ask to list: those it names for themselves, and devices where that goes without saying."""

from __future__ import annotations

from orchestration.words.english import Op
from orchestration.words.lexicon import Meaning, Sense
from orchestration.words.question import Part, Question
from orchestration.words.tokens import Shape
from sources.catalog import ObjectType
from tools.readings.list_draft import OF_DEVICES, empty

DEVICE = "dcim.device"
INTERFACE = "dcim.interface"
VAGUE = ("everything", "anything", "stuff")
"""What stands in a place and is not called by what it is: devices."""
_ROOMS = frozenset({"dcim.rack", "dcim.location"})
_OWN_FIELDS = frozenset({"serial", "asset_tag"})
_UNLISTED = frozenset({"core.objectchange"})
_LEADING = (
    Op.GT,
    Op.GTE,
    Op.LT,
    Op.LTE,
    Op.EQ,
    Op.ABSENT,
    Op.INCLUDE,
    Op.MOST,
    Op.LEAST,
    Op.PER,
    Op.SORT,
)
MOST = 3
SECOND, GUESSED, IMPLIED, CONTAINED = 0.75, 0.85, 0.95, 0.93
"""How sure it is that a type is meant which is named later, is only said of a name, or is not said at all."""

Listed = tuple[Part | None, ObjectType, float]
"""The part that names the type, the type, and how sure it is that it is to be listed."""


def listed_types(question: Question) -> list[Listed]:
    """What may be listed, the likeliest first."""
    catalog = question.lexicon.catalog
    found = _named(question) or _of_a_name(question)
    if DEVICE not in catalog:
        return found
    device = catalog[DEVICE]
    if any(part is not None and _of_name(question, part) and _within(question, part) for part, *_ in found):
        return [(None, device, CONTAINED)]  # `what is in rack R01`
    if not found:
        vague = next((part for part in question.parts if part.key in VAGUE), None)
        if vague is not None:
            return [(vague, device, CONTAINED)]
        if not _says_device(question) and any(_is_port(part) for part in question.parts):
            return [(None, catalog[INTERFACE], CONTAINED)]
        if not _says_device(question) and (_says_place_within(question) or _says_own_field(question)):
            return [(None, device, GUESSED)]
    first = found[0][1].name if found else ""
    if _says_device(question) and first not in (DEVICE, "virtualization.virtualmachine"):
        found.append((None, device, SECOND if found else IMPLIED))
    return found


def _named(question: Question) -> list[Listed]:
    """The types that are named for themselves; what is named first has more right."""
    catalog, found = question.lexicon.catalog, list[Listed]()
    for part in question.parts:
        types = [catalog[name] for name in part.types() if name in catalog and name not in _UNLISTED]
        if not types or _leads(question, part) or _of_name(question, part):
            continue
        sure = max(each.sure for each in part.senses(Sense.TYPE)) * (SECOND if found else 1.0)
        found += [(part, type_, sure * 0.9**number) for number, type_ in enumerate(types[:2])]
    return found[:MOST]


def _of_a_name(question: Question) -> list[Listed]:
    """A type that only says what a name is the name of, where another name tells which: `rack R01 at Akron`."""
    catalog = question.lexicon.catalog
    if sum(bool(part.senses(Sense.NAME)) for part in question.parts) < 2:
        return []
    parts = [part for part in question.parts if part.types() and part.types()[0] in catalog]
    named = [part for part in parts if _of_name(question, part)]
    return [(part, catalog[part.types()[0]], GUESSED) for part in named[:1]]


def _says_device(question: Question) -> bool:
    """Whether it names what only devices are called by: a role, a maker, a model, a platform, a custom field."""
    return any(
        any(_of_device(each) for each in part.meanings)
        and (not _leads(question, part) or part.senses(Sense.FIELD))
        for part in question.parts
    )


def _of_device(meaning: Meaning) -> bool:
    if meaning.sense is Sense.NAME:
        return meaning.type in OF_DEVICES
    return meaning.sense is Sense.FIELD and meaning.type == DEVICE


def _says_place_within(question: Question) -> bool:
    """Whether it names a rack or a room and where that is: `what is mounted in R01 at Nashua`."""
    inside = [part for part in question.parts if any(each.type in _ROOMS for each in part.senses(Sense.NAME))]
    return any(_within(question, part) for part in inside)


def _says_own_field(question: Question) -> bool:
    """Whether it names a field that people have of devices in mind: `whose serial begins with FI`."""
    fields = [each.field for part in question.parts for each in part.senses(Sense.FIELD)]
    return any(name in _OWN_FIELDS for name in fields)


def _is_port(part: Part) -> bool:
    """Whether it is what interfaces are called by: LAGs."""
    return any(each.type == INTERFACE and each.field == "type" for each in part.senses(Sense.CHOICE))


def _within(question: Question, part: Part) -> bool:
    before = question.before(part, skip=empty)
    return before is not None and before.op is Op.IN


def _leads(question: Question, part: Part) -> bool:
    """Whether what stands before a type makes it a part of what is said of another: `more than 40 ports`."""
    before = question.before(part, skip=lambda each: each.empty or each.shape is Shape.NUMBER)
    return before is not None and before.op in _LEADING


def _of_name(question: Question, part: Part) -> bool:
    """Whether a type only says what a name is the name of: `rack R12`, `the Acme tenant`, `vlan 100`."""
    before, after = question.before(part), question.after(part)
    if after is not None and (after.shape is Shape.NUMBER or after.named or _is_called(after, part)):
        return not (after.shape is Shape.NAME and after.senses(Sense.NAME) and not _is_called(after, part))
    return before is not None and _is_called(before, part) and DEVICE not in part.types()


def _is_called(name: Part, type_: Part) -> bool:
    return any(each.type in type_.types() for each in name.senses(Sense.NAME))
