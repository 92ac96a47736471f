"""Lists and counts in words: "active switches at Akron without a serial, per rack"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from orchestration.words.english import Op
from orchestration.words.lexicon import Meaning, Sense
from orchestration.words.question import Part, Question
from orchestration.words.reading import Reading
from orchestration.words.tokens import Shape
from sources.catalog import Field, Kind, ObjectType
from tools.readings.values import date_of, length_of, number_of, value_of

TOOL = "list_objects"
DEVICE = "dcim.device"
INTERFACE = "dcim.interface"
_UNLISTED = frozenset({"core.objectchange"})
_OF_DEVICES = ("dcim.devicerole", "dcim.manufacturer", "dcim.devicetype", "dcim.platform")
"""What devices are called by where nobody says that they are devices: switches, Junipers."""
_FIRST = ("dcim.site", "dcim.region", "dcim.location", "dcim.devicerole", "tenancy.tenant")
"""Of several things of the same name the likelier."""
_BOUNDS = {
    Op.GT: "gt",
    Op.GTE: "gte",
    Op.LT: "lt",
    Op.LTE: "lte",
    Op.EQ: "",
    Op.AFTER: "gte",
    Op.BEFORE: "lt",
}
_TEXTS = {Op.STARTS: "isw", Op.ENDS: "iew", Op.CONTAINS: "ic"}
_MEASURES = {
    "long": ("length",),
    "short": ("length",),
    "tall": ("u_height",),
    "fast": ("commit_rate", "speed"),
    "slow": ("commit_rate", "speed"),
    "big": ("u_height", "size", "memory"),
    "large": ("size", "memory"),
    "high": ("u_height",),
}
"""What words of measure mean of a type that has such a field."""
_LISTS = (Op.AND, Op.OR)
_LEADING = (Op.GT, Op.GTE, Op.LT, Op.LTE, Op.EQ, Op.ABSENT, Op.INCLUDE, Op.MOST, Op.LEAST, Op.PER, Op.SORT)
_YES_NO = ("is", "are", "do", "does", "has", "have", "any", "can", "did", "was", "were")
_DESCENDING = ("descending", "desc", "reverse", "reversed", "first")
_VAGUE = ("everything", "anything", "stuff")
"""What stands in a place and is not called by what it is: devices."""
_UNITS = (
    "unit",
    "u",
    "ru",
    "byte",
    "mb",
    "gb",
    "tb",
    "kbps",
    "mbps",
    "gbps",
    "volt",
    "amp",
    "watt",
    "metre",
    "meter",
    "v",
    "w",
)
WORDS = frozenset(
    (*_VAGUE, *_UNITS, *_DESCENDING, "inactive", "unnamed", "nameless", "used", "common", "popular")
)
"""Words that are understood beside those of the lexicon."""


def readings(question: Question) -> Iterable[Reading]:
    """The lists that a question may ask for, one for each type that may be its subject."""
    found = [Listing(question, head, type_, sure).reading() for head, type_, sure in _subjects(question)]
    return [each for each in found if each is not None]


def _subjects(question: Question) -> list[tuple[Part | None, ObjectType, float]]:
    """What may be listed: the first type that is named for itself, then others with less right."""
    catalog = question.lexicon.catalog
    found: list[tuple[Part | None, ObjectType, float]] = []
    for part in question.parts:
        types = [catalog[name] for name in part.types() if name in catalog and name not in _UNLISTED]
        if not types or _leads(question, part) or _of_name(question, part):
            continue
        sure = max(each.sure for each in part.senses(Sense.TYPE)) * (1.0 if not found else 0.75)
        found += [
            (part, type_, sure if number == 0 else sure * 0.9) for number, type_ in enumerate(types[:2])
        ]
    if not any(part.op is Op.COUNT for part in question.parts) and len(found) > 3:
        found = found[:3]
    if not found:
        found = [
            (part, catalog[part.types()[0]], 0.85)
            for part in question.parts
            if part.types()
            and part.types()[0] in catalog
            and _of_name(question, part)
            and _placed(question, part)
        ][:1]
    inside = [
        each
        for each, *_ in found
        if each is not None and _of_name(question, each) and _within(question, each)
    ]
    if inside and DEVICE in catalog:
        return [(None, catalog[DEVICE], 0.93)]
    vague = [part for part in question.parts if part.key in _VAGUE]
    if not found and vague and DEVICE in catalog:
        return [(vague[0], catalog[DEVICE], 0.93)]
    implied = [
        part
        for part in question.parts
        if any(
            each.type in _OF_DEVICES or each.type == DEVICE and each.sense is Sense.FIELD and each.value
            for each in part.meanings
            if each.sense in (Sense.NAME, Sense.FIELD)
        )
        and (not _leads(question, part) or part.senses(Sense.FIELD))
    ]
    ports = [
        part
        for part in question.parts
        if not found
        and any(each.type == INTERFACE and each.field == "type" for each in part.senses(Sense.CHOICE))
    ]
    if ports and not implied and INTERFACE in catalog:
        return [(None, catalog[INTERFACE], 0.93)]
    if (
        implied
        and DEVICE in catalog
        and all(type_.name not in (DEVICE, "virtualization.virtualmachine") for _, type_, _ in found[:1])
    ):
        found.append((None, catalog[DEVICE], 0.95 if not found else 0.7))
    return found


def _placed(question: Question, part: Part) -> bool:
    """Whether another name besides its own tells which of its namesakes is meant: `rack R01 at Akron`."""
    return len({each.at for each in question.parts if each.senses(Sense.NAME)}) > 1


def _within(question: Question, part: Part) -> bool:
    """Whether it is said to be inside something: `what is in rack R01`."""
    before = question.before(part, skip=lambda each: each.empty)
    return before is not None and before.op is Op.IN


def _leads(question: Question, part: Part) -> bool:
    """Whether what stands before a type makes it a part of what is said of another: `more than 40 ports`."""
    before = question.before(
        part, skip=lambda each: each.empty or (each.literal and each.shape is Shape.NUMBER)
    )
    return before is not None and before.op in _LEADING


def _of_name(question: Question, part: Part) -> bool:
    """Whether a type only says what a name is the name of: `rack R12`, `the Acme tenant`, `vlan 100`."""
    after = question.after(part)
    if after is not None and (after.shape is Shape.NUMBER or after.named or _is_called(after, part)):
        return not (after.shape is Shape.NAME and after.senses(Sense.NAME) and not _is_called(after, part))
    before = question.before(part)
    return before is not None and _is_called(before, part) and not set(part.types()) & {DEVICE}


def _is_called(name: Part, type_: Part) -> bool:
    return any(each.type in type_.types() for each in name.senses(Sense.NAME))


@dataclass
class Listing:
    """One reading of a question as a list of one type, made part by part."""

    question: Question
    head: Part | None
    type: ObjectType
    sure: float
    where: dict[str, Any] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)
    include: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    group_by: str = ""
    limit: int | None = None
    used: set[int] = field(default_factory=set)
    counting: bool = False
    negated: Part | None = None
    absent: Part | None = None
    last_key: str = ""

    def reading(self) -> Reading | None:
        """The reading; None if the words fit no list of the type."""
        self.read()
        if self.head is None and not self.where:
            return None
        if self.fields and self.group_by:
            self.sure *= 0.5  # Groups have no columns: something else was meant.
        if self.head is None and len(self.where) == 1 and len(self.used) > 1 and not self.group_by and not self.fields:
            self.sure *= 0.95  # `the model MX204` may itself be what is asked about.
        whether = self.question.begins(*_YES_NO) and not self.counting
        counting = self.counting and not self.group_by
        return Reading(TOOL, self.arguments(), frozenset(self.used), self.sure, whether=whether, counting=counting)

    def read(self) -> Self:
        """Take in every part of the question."""
        if self.head is not None:
            self.used.add(self.head.at)
        for part in self.question.parts:
            if part.at not in self.used:
                self._take(part)
        if self.counting and len(self.fields) == 2 and not self.group_by:
            self.group_by, self.fields = self.fields[1], []  # `statuses of all devices, counted`
        return self

    @property
    def changes(self) -> bool:
        """Whether anything was said of the list but its type."""
        return bool(self.where or self.fields or self.include or self.order or self.group_by or self.limit or self.counting)

    def arguments(self) -> dict[str, Any]:
        """The call's arguments."""
        short = self.type.name.partition(".")[2]
        known = self.question.lexicon.catalog.find(short)
        told = {
            "type": short if known is not None and known.name == self.type.name else self.type.name,
            "where": self.where,
            "fields": self.fields,
            "include": self.include,
            "group_by": self.group_by,
            "order_by": self.order,
            "limit": self.limit,
        }
        return {name: value for name, value in told.items() if value}

    def _take(self, part: Part) -> None:
        if part.op is not None:
            self._operate(part)
        elif part.key == "inactive" and "status" in self.type.fields:
            self._put("status__n", "active", part)
        elif self._rather_choice(part) and self._bind_choice(part):
            pass
        elif part.senses(Sense.NAME) and self._bind_name(part):
            pass
        elif part.senses(Sense.CHOICE) and self._bind_choice(part):
            pass
        elif part.senses(Sense.FLAG) and self._bind_flag(part):
            pass
        elif part.types() and self._bind_type(part):
            pass
        elif part.senses(Sense.FIELD) and self._bind_field(part):
            pass
        elif part.literal:
            self._bind_literal(part)
        elif part.unknown:
            self._bind_unknown(part)

    # Phrases

    def _operate(self, part: Part) -> None:
        op, after = part.op, self._next(part)
        if op is Op.COUNT:
            self.counting = True
            self.used.add(part.at)
        elif op is Op.NOT:
            self.negated = part
        elif op is Op.ABSENT:
            self.absent = part
        elif op is Op.PER and after is not None:
            self._group(part, after)
        elif op in (Op.MOST, Op.LEAST) and after is not None:
            self._rank(part, after)
        elif op in (Op.LARGEST, Op.SMALLEST, Op.NEWEST, Op.OLDEST):
            self._superlative(part)
        elif op in (Op.GT, Op.GTE, Op.LT, Op.LTE, Op.EQ) and after is not None:
            self._compare(part, after)
        elif op in (Op.AFTER, Op.BEFORE) and after is not None:
            self._date(part, after)
        elif op is Op.BETWEEN and after is not None:
            self._between(part, after)
        elif op in _TEXTS and after is not None:
            self._text(part, after)
        elif op is Op.IN_NAME and self._previous(part) is not None:
            self._in_name(part)
        elif (
            op is Op.NAMED and after is not None and self.type.title in self.type.fields and after.op is None
        ):
            self._put(self.type.title, after.text, part, after)
        elif op is Op.SORT:
            self._sort(part, after)
        elif op is Op.INCLUDE and after is not None:
            self._include(part, after)

    def _group(self, part: Part, after: Part) -> None:
        key = self._key_of(after)
        if key:
            self.group_by = key
            self.used |= {part.at, after.at}

    def _rank(self, part: Part, after: Part) -> None:
        """`the site with the most devices`: the devices are counted by site."""
        if (
            after.key in ("used", "common", "popular", "deployed", "use", "widespread", "frequent")
            and "devices" in self.type.relations
        ):
            self.order = [("-" if part.op is Op.MOST else "") + "devices"]
            self.used |= {part.at, after.at}
            return
        for name in after.types():
            relation = self._relation_to(name)
            if relation is None:
                continue
            self.order = [("-" if part.op is Op.MOST else "") + relation]
            self.used |= {part.at, after.at}
            return
        field_ = self._field(after)
        if field_ is not None:
            self._order(field_.name, descending=part.op is Op.MOST)
            self.used |= {part.at, after.at}

    def _superlative(self, part: Part) -> None:
        number = self._beside(part, Shape.NUMBER)
        after = self._next(part)
        if part.op in (Op.NEWEST, Op.OLDEST):
            self._order("created", descending=part.op is Op.NEWEST)
        else:
            field_ = self._field(after) if after is not None else None
            name = (
                field_.name
                if field_ is not None and field_.kind in (Kind.INT, Kind.NUMBER, Kind.DATE)
                else None
            )
            if name is not None and after is not None:
                self.used.add(after.at)
            else:
                name = self._by_number(part) or self._implied(part)
            if name is None:
                return
            self._order(name, descending=part.op is Op.LARGEST)
        self.used.add(part.at)
        if number is not None:
            self.limit = int(float(number.key))
            self.used.add(number.at)
        elif self.head is None or not _plural(self.head):
            self.limit = 1

    def _by_number(self, part: Part) -> str | None:
        """`the biggest tenant by number of devices`, `the tallest rack by height`: what is measured is told after."""
        by = next(
            (each for each in self.question.parts[part.at :] if each.op is Op.PER and each.key == "by"), None
        )
        what = self._next(by, skip=lambda each: each.empty or each.op is Op.COUNT) if by is not None else None
        if by is None or what is None:
            return None
        name = next((relation for type_ in what.types() if (relation := self._relation_to(type_))), None)
        field_ = self._field(what)
        if name is None and field_ is not None and field_.kind in (Kind.INT, Kind.NUMBER, Kind.DATE):
            name = field_.name
        if name is not None:
            self.used |= {each.at for each in self.question.parts[by.at : what.at + 1]}
        return name

    def _compare(self, part: Part, after: Part) -> None:
        named = self._field(after)
        if named is not None and named.kind in (Kind.INT, Kind.NUMBER):  # `above unit 10`
            self.used.add(after.at)
            after = self._next(after) or after
        number = number_of(after)
        if number is None:
            return
        lookup = _BOUNDS[part.op] if part.op is not None else ""
        counted = self._next(after, skip=self._is_unit)
        before = self.question.before(part, skip=lambda each: each.empty or each.op is Op.OF)
        field_ = self._field(before) if before is not None else None
        if named is not None:
            self._put(_spelled(named.name, lookup), number, part, after)
        elif field_ is not None and before is not None and field_.kind in (Kind.INT, Kind.NUMBER):
            self._put(_spelled(field_.name, lookup), number, before, part, after)
        elif counted is not None and self._count(counted, lookup, number, part, after):
            pass
        elif (implied := self._implied(part)) is not None:
            self._put(_spelled(implied, lookup), number, part, after)
        unit = self._next(after)
        if unit is not None and self._is_unit(unit):
            self.used.add(unit.at)

    def _implied(self, part: Part) -> str | None:
        """The field that a comparison means by itself: `longer than 8`, `the fastest`, of VLANs their number."""
        names = next((names for word, names in _MEASURES.items() if part.key.startswith(word)), ())
        names = (*names, "vid") if self.type.name == "ipam.vlan" else names
        return next(
            (name for name in names if name in self.type.fields and name not in self.type.absent), None
        )

    def _count(self, counted: Part, lookup: str, number: float, *parts: Part) -> bool:
        for name in counted.types():
            relation = self._relation_to(name)
            if relation is not None:
                self._put(_spelled(relation, lookup), number, counted, *parts)
                return True
        field_ = self._field(counted)
        if field_ is not None and field_.kind in (Kind.INT, Kind.NUMBER):
            self._put(_spelled(field_.name, lookup), number, counted, *parts)
            return True
        return False

    def _date(self, part: Part, after: Part) -> None:
        day = date_of(after)
        if day is None:
            return
        before = self._previous(part)
        field_ = self._field(before) if before is not None else None
        name = field_.name if field_ is not None and field_.kind is Kind.DATE else "created"
        extra = (before,) if field_ is not None and before is not None and field_.kind is Kind.DATE else ()
        self._put(_spelled(name, _BOUNDS[part.op] if part.op is not None else ""), day, part, after, *extra)
        for word in self.question.parts:
            if word.key in ("created", "added", "made") and name == "created":
                self.used.add(word.at)

    def _between(self, part: Part, after: Part) -> None:
        joint = self._next(after)
        end = self._next(joint) if joint is not None and joint.op in (Op.AND, Op.TO) else None
        before = self._previous(part)
        field_ = self._field(before) if before is not None else None
        low, high = number_of(after), number_of(end) if end is not None else None
        numeric = field_ is not None and field_.kind in (Kind.INT, Kind.NUMBER)
        name = field_.name if field_ is not None and numeric else self._implied(part)
        if name is None or low is None or high is None or joint is None or end is None:
            return
        self._put(_spelled(name, "gte"), low, part, after)
        self._put(
            _spelled(name, "lte"), high, joint, end, *([before] if numeric and before is not None else [])
        )

    def _text(self, part: Part, after: Part) -> None:
        """A part of a name, or of the field that stands before."""
        placed = part.op is not Op.CONTAINS and any(
            self._key_to(each.type) for each in after.senses(Sense.NAME)
        )
        if placed:
            self.used.add(part.at)  # `circuits that end in Buffalo`
        if after.op is not None or placed:
            return
        before = self._previous(part)
        field_ = self._field(before) if before is not None else None
        name, used = self.type.title, [part, after]
        if field_ is not None and before is not None and field_.kind is Kind.TEXT and before is not self.head:
            name, used = field_.name, [before, part, after]
        negative = "n" if self.negated is not None else ""
        lookup = negative + _TEXTS[part.op] if part.op is not None else ""
        self._put(_spelled(name, lookup), after.text, *used, *self._turned())

    def _in_name(self, part: Part) -> None:
        """`with core in the name`."""
        before = self._previous(part)
        if before is not None and before.op is None:
            turned = self._turned()
            self.where = {key: value for key, value in self.where.items() if before.at not in self.used}
            self._put(
                _spelled(self.type.title, "nic" if turned else "ic"), before.text, before, part, *turned
            )

    def _sort(self, part: Part, after: Part | None) -> None:
        raw = self.question.after(part)
        if raw is not None and raw.key == "name" and self.type.title in self.type.fields:
            self.order = [self.type.title]
            self.used |= {part.at, raw.at}
            return
        field_ = self._field(after) if after is not None else None
        if field_ is None or after is None:
            return
        direction = self._next(after)
        descending = direction is not None and direction.key in _DESCENDING[:4]
        self.order = [("-" if descending else "") + field_.name]
        self.used |= {part.at, after.at} | ({direction.at} if direction is not None and descending else set())

    def _include(self, part: Part, after: Part) -> None:
        for name in after.types():
            relation = next((key for key, held in self.type.relations.items() if held.to == name), None)
            if relation is not None:
                self.include.append(relation)
                self.used |= {part.at, after.at}
                return
        field_ = self._field(after)
        if field_ is not None:
            self._show(field_.name)
            self.used |= {part.at, after.at}

    # Words with a meaning

    def _bind_name(self, part: Part) -> bool:
        """A name as a filter: the key that takes objects of its type."""
        said = self._said_type(part)
        by_type: dict[str, list[Meaning]] = {}
        for each in part.senses(Sense.NAME):
            if said is None or each.type in said.types() or self._target(said) == each.type:
                by_type.setdefault(each.type, []).append(each)
        ranked = sorted(by_type, key=lambda name: (-max(each.sure for each in by_type[name]), _rank_of(name)))
        for type_name in ranked:
            key = self._key_to(type_name)
            if not key:
                continue
            best = max(each.sure for each in by_type[type_name])
            values = [each.value for each in by_type[type_name] if each.sure == best]
            self.sure *= best
            self._put_any(key, values, part, *([said] if said is not None else []))
            return True
        if self.type.name in ranked and self.head is not part:
            return self._by_own_name(part, by_type[self.type.name])
        return False

    def _by_own_name(self, part: Part, meanings: Sequence[Meaning]) -> bool:
        best = max(each.sure for each in meanings)
        self._put_any(self.type.title, [each.value for each in meanings if each.sure == best], part)
        return True

    def _bind_flag(self, part: Part) -> bool:
        fitting = [each for each in part.senses(Sense.FLAG) if each.type == self.type.name]
        if not fitting:
            return False
        held = fitting[0]
        value = (held.value == "true") is (self.negated is None)
        self._put(held.field, value, part, *self._turned())
        return True

    def _rather_choice(self, part: Part) -> bool:
        """Whether a word is surely a choice of the type, and only perhaps a part of a name."""
        choices = [each.sure for each in part.senses(Sense.CHOICE) if each.type == self.type.name]
        return bool(choices) and max(choices) > max(
            (each.sure for each in part.senses(Sense.NAME)), default=0.0
        )

    def _bind_choice(self, part: Part) -> bool:
        fitting = [each for each in part.senses(Sense.CHOICE) if each.type == self.type.name]
        if not fitting:
            return False
        chosen = next((each for each in fitting if each.field == "status"), fitting[0])
        said = self._said_field(part, chosen.field)
        self.sure *= chosen.sure
        self._put_any(chosen.field, [chosen.value], part, *said)
        return True

    def _bind_type(self, part: Part) -> bool:
        """Another type: what a name is the name of, what there is none of, what is wanted beside."""
        if self.absent is not None and self._next(self.absent) is part:
            return self._none_of(part)
        if self._names_next(part):
            return True
        after = self._next(part)
        if (
            after is not None
            and after.op is None
            and (after.shape is Shape.NUMBER or after.unknown or after.named)
        ):
            return self._called(part, after)
        key = self._key_of(part)
        before = self.question.before(part, skip=lambda each: each.empty)
        if before is not None and before.op is Op.WITH:
            relation = next(
                (self._relation_to(name) for name in part.types() if self._relation_to(name)), None
            )
            if relation and not (key and key in self.type.fields):
                self._put(_spelled(relation, "gt"), 0, part, before)
                return True
        if part.types() and self.type.name in part.types():
            self.used.add(part.at)
            return True
        if before is not None and before.op in (Op.IN, Op.ON, Op.WITH) and key in self.type.fields:
            self._put(key, "not null", part, before)
            return True
        return self._bind_field(part)

    def _names_next(self, part: Part) -> bool:
        """Whether a name follows that this says the kind of: the name will take it along."""
        after = self._next(part, skip=lambda each: each.empty or each.op in (Op.EQ, Op.NAMED, Op.NOT))
        kinds = {*part.types(), self._target(part)}
        return after is not None and any(each.type in kinds for each in after.senses(Sense.NAME))

    def _called(self, part: Part, after: Part) -> bool:
        """`rack R12`, `vlan 100`: a name that the lexicon does not have, of a type that is said."""
        if after.senses(Sense.NAME):
            return False
        if self.head is part or self.type.name in part.types():
            name = "vid" if self.type.name == "ipam.vlan" and after.shape is Shape.NUMBER else self.type.title
            self._put(name, value_of(after), part, after)
            return True
        for type_name in part.types():
            key = self._key_to(type_name)
            if key and type_name != "ipam.vlan":  # which has a tool of its own, for tagged ports as well
                self._put_any(key, [after.text], part, after)
                return True
        return False

    def _none_of(self, part: Part) -> bool:
        """`without a rack`, `without interfaces`."""
        absent = self.absent
        assert absent is not None, "the caller has looked"
        field_ = self._field(part)
        if field_ is not None:
            self._null(field_, part)
            return True
        for name in part.types():
            relation = self._relation_to(name)
            if relation is not None:
                self._put(relation, 0, part, absent)
                self.absent = None
                return True
        return False

    def _bind_field(self, part: Part) -> bool:
        field_ = self._field(part)
        if field_ is None:
            return False
        if self._names_next(part):
            return True
        if field_.kind is Kind.BOOL and field_.name.startswith("cf_"):
            wrong = self.absent is not None and self._follows(self.absent, part)
            turned = [self.absent] if wrong and self.absent is not None else self._turned()
            self._put(field_.name, not turned, part, *turned)
            return True
        if self.absent is not None and self._follows(self.absent, part):
            self._null(field_, part)
            return True
        after = self._next(part, skip=lambda each: each.key in ("is", "are", "of") or each.op is Op.EQ)
        if after is not None and self._valued(field_, part, after):
            return True
        before = self.question.before(part, skip=lambda each: each.empty)
        following = self._next(part, skip=lambda each: each.empty or each.op is Op.OF)
        if following is not None and (
            following.op in _BOUNDS or following.op in _TEXTS or following.op is Op.BETWEEN
        ):
            return False
        if before is not None and before.op is Op.WITH and not self._precedes_head(part):
            flag = _has_flag(self.type, field_.name)
            self._put(*((flag, True) if flag else (field_.name, "not null")), part, before)
            return True
        joined = before is not None and before.op in _LISTS and before.at - 1 in self.used
        if self._precedes_head(part) or part is self.question.parts[-1] or joined:
            self._show(field_.name)
            self.used.add(part.at)
            return True
        return False

    def _valued(self, field_: Field, part: Part, after: Part) -> bool:
        """`mtu 9000`, `support tier gold`, `serial FOC1234`: the field and what it holds."""
        if after.op is not None or after.empty or after.types() or after is self.head:
            return False
        if field_.kind in (Kind.INT, Kind.NUMBER):
            number = number_of(after)
            if number is None:
                return False
            more = self._next(after)
            lookup = (
                {Op.OR_MORE: "gte", Op.OR_LESS: "lte"}.get(more.op, "")
                if more is not None and more.op
                else ""
            )
            self._put(
                _spelled(field_.name, lookup),
                number,
                part,
                after,
                *([more] if more is not None and lookup else []),
            )
            return True
        if field_.kind is Kind.BOOL and after.key in ("true", "false", "yes", "no"):
            self._put(field_.name, after.key in ("true", "yes"), part, after, *self._turned())
            return True
        own = (
            after.unknown or after.named or (field_.name.startswith("cf_") and not after.senses(Sense.FIELD))
        )
        if own or (after.literal and field_.kind is Kind.TEXT):
            self._put_any(field_.name, [after.text], part, after)
            return True
        return False

    def _bind_literal(self, part: Part) -> None:
        name = self.type.name
        if part.shape is Shape.LENGTH and name in ("ipam.prefix", "ipam.ipaddress"):
            self._put("mask_length", length_of(part), part)
        elif part.shape is Shape.PREFIX and name == "ipam.prefix":
            self._put("within", part.text, part)
        elif part.shape is Shape.PREFIX and name == "ipam.ipaddress":
            self._put("parent", part.text, part)
        elif part.shape is Shape.MAC and "mac_address" in (*self.type.fields, *self.type.searches):
            self._put("mac_address", part.text, part)
        elif (
            part.shape is Shape.NUMBER
            and self.head is not None
            and part.at == self.head.at + 1
            and name == "ipam.vlan"
        ):
            self._put("vid", int(float(part.key)), part)

    def _bind_unknown(self, part: Part) -> None:
        """A name that nobody knows: on a device or in a place, as the words before it say."""
        if part.key in ("unnamed", "nameless") and self.type.title in self.type.fields:
            self._put(self.type.title, None, part)
        if not part.named:
            return
        before = self.question.before(part, skip=lambda each: each.empty)
        if before is None or before.op is None:
            return
        if before.op in (Op.ON, Op.OF, Op.FROM, Op.FOR) and "device" in self.type.references():
            self._put_any("device", [part.text], part)
        elif before.op is Op.IN and "site" in self.type.references():
            self._put_any("site", [part.text], part)

    # The type's own vocabulary

    def _field(self, part: Part) -> Field | None:
        for each in part.senses(Sense.FIELD):
            if each.field.startswith("cf_") and each.type == self.type.name:
                return Field(each.field, Kind(each.value))
            known = self.type.fields.get(each.field)
            if known is not None and each.field not in self.type.absent:
                return known
        for name in part.types():
            key = self._key_to(name)
            if key in self.type.fields:
                return self.type.fields[key]
        return None

    def _key_of(self, part: Part) -> str:
        """The field or the filter that a part names: to count by, to filter by."""
        for name in part.types():
            key = self._key_to(name)
            if key:
                return key
        found = self._field(part)
        return found.name if found is not None else ""

    def _key_to(self, type_name: str) -> str:
        """The filter that takes objects of a type; the one called like the type where there are several."""
        keys = [key for key, target in self.type.references().items() if target == type_name]
        label = type_name.partition(".")[2]
        return next((key for key in keys if key.replace("_", "") == label), keys[0] if keys else "")

    def _relation_to(self, type_name: str) -> str | None:
        return next((name for name, held in self.type.relations.items() if held.to == type_name), None)

    def _target(self, part: Part) -> str | None:
        found = self._field(part)
        return found.target if found is not None else None

    # Neighbours

    def _next(self, part: Part, skip: Any = None) -> Part | None:
        return self.question.after(part, skip=skip or (lambda each: each.empty))

    def _previous(self, part: Part) -> Part | None:
        return self.question.before(part, skip=lambda each: each.empty)

    def _beside(self, part: Part, shape: Shape) -> Part | None:
        for each in (self._previous(part), self._next(part)):
            if each is not None and each.shape is shape:
                return each
        return None

    def _said_type(self, part: Part) -> Part | None:
        """The type or field that is said beside a name: `site Akron`, `the Acme tenant`, `role is Access switch`."""
        before = self.question.before(part, skip=lambda each: each.empty or each.op in (Op.EQ, Op.NAMED))
        for each in (before, self.question.after(part)):
            if each is None or each is self.head or each.at in self.used:
                continue
            told = {*each.types(), *([self._target(each)] if self._target(each) else [])}
            if any(meaning.type in told for meaning in part.senses(Sense.NAME)):
                return each
        return None

    def _said_field(self, part: Part, name: str) -> list[Part]:
        skip = lambda each: each.empty or each.op is Op.EQ  # noqa: E731
        near = (self.question.before(part, skip=skip), self.question.after(part))
        words = name.removeprefix("cf_").split("_")
        return [
            each
            for each in near
            if each is not None
            and (
                any(m.field == name for m in each.senses(Sense.FIELD))
                or (len(words) > 1 and each.key in words)
            )
        ]

    def _precedes_head(self, part: Part) -> bool:
        return part.at < self._head_at()

    def _head_at(self) -> int:
        """The place of what is listed; of devices that are called by what they are, the first such word."""
        if self.head is not None:
            return self.head.at
        return next(
            (
                part.at
                for part in self.question.parts
                if any(m.type in _OF_DEVICES for m in part.senses(Sense.NAME))
            ),
            0,
        )

    def _follows(self, phrase: Part, part: Part) -> bool:
        """Whether a part belongs to a phrase: next to it, or in a list that began next to it."""
        between = self.question.parts[phrase.at + 1 : part.at]
        return all(each.empty or each.op in _LISTS or each.at in self.used for each in between)

    @staticmethod
    def _is_unit(part: Part) -> bool:
        return part.key in _UNITS

    # What is found out

    def _turned(self) -> list[Part]:
        turned = [self.negated] if self.negated is not None else []
        self.negated = None
        return turned

    def _null(self, field_: Field, part: Part) -> None:
        assert self.absent is not None, "the caller has looked"
        flag = _has_flag(self.type, field_.name)
        self._put(*((flag, False) if flag else (field_.name, None)), part, self.absent)

    def _put(self, key: str, value: Any, *parts: Part) -> None:
        self.where[_filter(key)] = value
        self.used |= {part.at for part in parts}

    def _put_any(self, key: str, values: Sequence[str], *parts: Part) -> None:
        """Any of these values, besides those that the same list has brought; none of them after `not`."""
        key = _filter(key)
        first = min(part.at for part in parts)
        before = self.question.before(self.question.parts[first], skip=lambda each: each.empty)
        joined = before is not None and before.op in _LISTS and self.last_key.partition("__")[0] == key
        name = (
            self.last_key
            if joined and self.last_key in self.where
            else key + ("__n" if self.negated is not None else "")
        )
        held = self.where.get(name, [])
        together = [*(held if isinstance(held, list) else [held]), *values]
        self.where[name] = together[0] if len(together) == 1 else list(dict.fromkeys(together))
        self.used |= {part.at for part in (*parts, *self._turned())}
        self.last_key = name

    def _order(self, name: str, *, descending: bool) -> None:
        self.order = [("-" if descending else "") + name]

    def _show(self, name: str) -> None:
        if not self.fields and self.type.title in self.type.fields and name != self.type.title:
            self.fields.append(self.type.title)
        if name not in self.fields:
            self.fields.append(name)


def _filter(key: str) -> str:
    """A filter as callers write it."""
    return {"tags": "tag", "tags__n": "tag__n"}.get(key, key)


def _spelled(name: str, lookup: str) -> str:
    return f"{name}__{lookup}" if lookup else name


def _plural(part: Part) -> bool:
    return part.tokens[-1].low.endswith("s")


def _has_flag(type_: ObjectType, field_name: str) -> str:
    return (
        "has_primary_ip"
        if field_name in ("primary_ip4", "primary_ip6") and "has_primary_ip" in type_.flags
        else ""
    )


def _rank_of(type_name: str) -> int:
    return _FIRST.index(type_name) if type_name in _FIRST else len(_FIRST)
