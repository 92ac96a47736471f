"""The objects that a question is about, as the tools take them: `sw1 Gi1/0/48`, `rack R12`, `10.1.4.7`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from orchestration.words.english import Op
from orchestration.words.lexicon import Sense
from orchestration.words.question import Part, Question
from orchestration.words.tokens import Shape

_PORTS = frozenset(
    {
        "dcim.interface",
        "dcim.frontport",
        "dcim.rearport",
        "dcim.consoleport",
        "dcim.consoleserverport",
        "dcim.powerport",
        "dcim.poweroutlet",
        "virtualization.vminterface",
    }
)
_OWNERS = frozenset({"dcim.device", "virtualization.virtualmachine"})
_PORT_WORDS = {"dcim.frontport": "front", "dcim.rearport": "rear"}


@dataclass(frozen=True, slots=True)
class Subject:
    """One object that is named."""

    text: str
    """The name as a tool's argument takes it."""
    used: frozenset[int]
    types: tuple[str, ...] = ()
    """What it may be, the likeliest first; none where nobody knows."""
    name: str = ""
    """The name alone, without the word for its type."""
    sure: float = 1.0
    port: bool = False
    """It is a port of a device."""
    owner: str = ""
    """The device of a port."""

    @property
    def type(self) -> str:
        """The type that it most likely has."""
        return self.types[0] if self.types else ""


def subjects(question: Question, *, leaving: Iterable[int] = ()) -> list[Subject]:
    """Every object that the question names, in order."""
    taken = set(leaving)
    found: list[Subject] = []
    for part in question.parts:
        if part.at in taken:
            continue
        subject = _port(question, part, taken) or _typed(question, part, taken) or _named(part, question)
        if subject is not None:
            if found and set(subject.types) & _OWNERS and _apposed(found[-1], subject):
                # `the server akr-srv02`: one thing, called by what it is and by its name
                subject = replace(subject, used=subject.used | found.pop().used)
            found.append(subject)
            taken |= subject.used
    return found


def _apposed(first: Subject, second: Subject) -> bool:
    """Whether two stand side by side, the first being a role."""
    return first.type == "dcim.devicerole" and max(first.used) + 1 == min(second.used)


def _port(question: Question, part: Part, taken: set[int]) -> Subject | None:
    """`sw1 Gi1/0/48`, `sw1 port 12`, `port 12 of sw1`."""
    if _owner(part):
        after = _free(question.after(part), taken)
        word = after if after is not None and set(after.types()) & _PORTS else None
        port = _free(question.after(word), taken) if word is not None else after
        if port is not None and _port_like(port, said=word is not None):
            used = {part.at, port.at} | ({word.at} if word is not None else set())
            return _port_subject(part, port, word, used)
        return None
    word = part if set(part.types()) & _PORTS else None
    port = question.after(part) if word is not None else part
    if port is None or not _port_like(port, said=word is not None) or _owner(port):
        return None
    joint = question.after(port)
    owner = (
        question.after(joint, skip=lambda each: each.empty or bool(set(each.types()) & _OWNERS))
        if (joint is not None and joint.op in (Op.ON, Op.OF, Op.IN, Op.FROM))
        else None
    )
    if owner is None or owner.at in taken or not (_owner(owner) or owner.named):
        return None
    between = {each.at for each in question.parts[part.at : owner.at + 1]}
    return _port_subject(owner, port, word, between)


def _port_subject(owner: Part, port: Part, word: Part | None, used: set[int]) -> Subject:
    kind = next(
        (_PORT_WORDS[name] for name in (word.types() if word is not None else ()) if name in _PORT_WORDS), ""
    )
    text = " ".join(filter(None, (_value(owner), kind, port.text)))
    return Subject(text, frozenset(used), ("dcim.interface",), port.text, port=True, owner=_value(owner))


def _typed(question: Question, part: Part, taken: set[int]) -> Subject | None:
    """`rack R12`, `the Acme tenant`, `vlan 100`, `cable C0012`."""
    if not part.types():
        return None
    after = _free(question.after(part), taken)
    if after is not None and after.op is None and not after.types():
        fitting = [each for each in after.senses(Sense.NAME) if each.type in part.types()]
        if fitting:
            best = max(fitting, key=lambda each: each.sure)
            return Subject(
                _called(best.value, after, question, best.type),
                frozenset({part.at, after.at}),
                (best.type,),
                best.value,
                best.sure,
            )
        spoken = after.key in question.lexicon.spoken
        lone = (
            after.unknown
            and not spoken
            and (after.tokens[0].capital or not part.tokens[-1].low.endswith("s"))
        )
        if after.named or after.shape in (Shape.NUMBER, Shape.PREFIX, Shape.ADDRESS) or lone:
            if after.literal and after.shape is not Shape.NUMBER:
                return Subject(after.text, frozenset({part.at, after.at}), _literal_types(after), after.text)
            if after.shape is Shape.NUMBER or not after.senses(Sense.NAME):
                text = f"{part.tokens[-1].text} {after.text}"
                return Subject(text, frozenset({part.at, after.at}), part.types(), after.text, 0.95)
    before = question.before(part)
    if before is not None and before.at not in taken:
        fitting = [each for each in before.senses(Sense.NAME) if each.type in part.types()]
        if fitting:
            best = max(fitting, key=lambda each: each.sure)
            return Subject(best.value, frozenset({part.at, before.at}), (best.type,), best.value, best.sure)
    return None


def _called(name: str, part: Part, question: Question, type_: str) -> str:
    """A name, with its type before it where other things are called so, too."""
    alone = {each.type for each in part.senses(Sense.NAME)} == {type_}
    return name if alone else f"{question.lexicon.catalog[type_].label} {name}"


def _named(part: Part, question: Question) -> Subject | None:
    names = part.senses(Sense.NAME)
    if names:
        after = question.after(part)  # `the Utica site`
        types = after.types() if after is not None else ()
        fitting = [each for each in names if each.type in types] or list(names)
        best = max(each.sure for each in fitting)
        sure = [each for each in fitting if each.sure == best]
        label = {after.at} if after is not None and sure[0].type in types else set()
        kinds = tuple(dict.fromkeys(each.type for each in sure))
        return Subject(sure[0].value, frozenset({part.at, *label}), kinds, sure[0].value, best)
    if part.literal and part.shape in (Shape.ADDRESS, Shape.PREFIX, Shape.MAC):
        return Subject(part.text, frozenset({part.at}), _literal_types(part), part.text)
    if part.named and part.op is None and not part.meanings and part.key not in question.lexicon.spoken:
        return Subject(part.text, frozenset({part.at}), (), part.text, 0.95)
    return None


def _literal_types(part: Part) -> tuple[str, ...]:
    return {Shape.ADDRESS: ("ipam.ipaddress",), Shape.PREFIX: ("ipam.prefix",)}.get(
        part.shape, ("dcim.interface",)
    )


def _owner(part: Part) -> bool:
    return any(each.type in _OWNERS for each in part.senses(Sense.NAME))


def _port_like(part: Part, *, said: bool) -> bool:
    if part.senses(Sense.NAME) or part.op is not None:
        return False
    if said:
        return part.named or part.shape is Shape.NUMBER or part.unknown
    return part.shape is Shape.NAME and any(char.isdigit() for char in part.text)


def _value(part: Part) -> str:
    owners = [each for each in part.senses(Sense.NAME) if each.type in _OWNERS]
    return owners[0].value if owners else part.text


def _free(part: Part | None, taken: set[int]) -> Part | None:
    return part if part is not None and part.at not in taken else None
