"""What the phrases of the language say of a list: per rack, more than 40 ports, the newest, starting with sw."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from orchestration.words.english import Op
from orchestration.words.lexicon import SURE, Sense
from orchestration.words.question import Part
from sources.catalog import Kind
from tools.readings.list_draft import ListDraft, spelled
from tools.readings.values import date_of, number_of

BOUNDS = {
    Op.GT: "gt",
    Op.GTE: "gte",
    Op.LT: "lt",
    Op.LTE: "lte",
    Op.EQ: "",
    Op.AFTER: "gte",
    Op.BEFORE: "lt",
}
TEXTS = {Op.STARTS: "isw", Op.ENDS: "iew", Op.CONTAINS: "ic"}
DESCENDING = ("descending", "desc", "reverse", "reversed")
ASCENDING = ("ascending", "asc", "alphabetically")
SORTING = frozenset({"sort", "sorted", "order", "ordered", "rank", "ranked"})
UNITS = frozenset(
    {
        "unit",
        "u",
        "ru",
        "m",
        "cm",
        "km",
        "ft",
        "byte",
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
    }
)
USED = frozenset({"used", "common", "popular", "deployed", "use", "widespread", "frequent"})
"""What is said of a model or a platform that many devices have."""
_CREATED = ("created", "added", "made")


def read_phrase(made: ListDraft, part: Part) -> None:
    """Take in a phrase with the words that it is about."""
    reader = _READERS.get(part.op) if part.op is not None else None
    if reader is not None:
        reader(made, part)


def _count(made: ListDraft, part: Part) -> None:
    made.counting = True
    made.use(part)


def _negate(made: ListDraft, part: Part) -> None:
    made.negated = part


def _lack(made: ListDraft, part: Part) -> None:
    made.absent = part


def _group(made: ListDraft, part: Part) -> None:
    sorting = next((each for each in made.question.parts if each.key in SORTING), None)
    if sorting is not None:
        made.use(sorting)
        _sort(made, part)
        return
    after = made.next(part)
    if after is made.head is not None:  # `how are the roles spread over the devices`
        after = made.previous(part)
    key = made.words.key_of(after) if after is not None else ""
    if key:
        made.group_by = key
        made.use(part, after)


def _rank(made: ListDraft, part: Part) -> None:
    """`the site with the most devices`, `the most used model`."""
    after, before = made.next(part), made.previous(part)
    field = made.words.field(after)
    by = made.words.relation(after) if after is not None else None
    used = next((each for each in (after, before) if each is not None and each.key in USED), None)
    if by is None and field is None and used is not None and "devices" in made.type.relations:
        by, after = "devices", used
    if by is None and field is None:
        return
    made.order_by(by or (field.name if field else ""), part, after, descending=part.op is Op.MOST)
    number = made.question.before(made.head) if made.head is not None else None
    if number_of(number) is not None:
        made.limit = int(number_of(number) or 1)
        made.use(number)


def _superlative(made: ListDraft, part: Part) -> None:
    number, after = made.number_beside(part), made.next(part)
    if part.op in (Op.NEWEST, Op.OLDEST):
        made.order_by("created", descending=part.op is Op.NEWEST)
    else:
        field = made.words.numeric(after, Kind.DATE)
        name = field.name if field is not None else _told_after(made, part) or made.words.measure(part)
        if name is None:
            return
        made.order_by(name, after if field is not None else None, descending=part.op is Op.LARGEST)
    made.use(part, number)
    if number is not None:
        made.limit = int(float(number.key))
    elif made.head is None or not made.head.tokens[-1].low.endswith("s"):
        made.limit = 1


def _told_after(made: ListDraft, part: Part) -> str | None:
    """`the biggest tenant by number of devices`, `the tallest rack by height`: what is measured is told after."""
    by = next(
        (each for each in made.question.parts[part.at :] if each.op is Op.PER and each.key == "by"), None
    )
    what = made.next(by, skip=lambda each: each.empty or each.op is Op.COUNT)
    if by is None or what is None:
        return None
    field = made.words.numeric(what, Kind.DATE)
    name = made.words.relation(what) or (field.name if field is not None else None)
    if name is not None:
        made.use(*made.question.parts[by.at : what.at + 1])
    return name


def _compare(made: ListDraft, part: Part) -> None:
    """`more than 40 ports`, `mtu over 9000`, `above unit 10`, `longer than 8`."""
    after = made.next(part)
    named = made.words.numeric(after)
    if named is not None:
        made.use(after)
        after = made.next(after) or after
    number = number_of(after)
    if number is None or after is None:
        return
    lookup = BOUNDS[part.op] if part.op is not None else ""
    before = made.previous(part, skip=lambda each: each.empty or each.op is Op.OF)
    field, counted = made.words.numeric(before), made.next(after, skip=lambda each: each.key in UNITS)
    if named is not None:
        made.put(spelled(named.name, lookup), number, part, after)
    elif field is not None:
        made.put(spelled(field.name, lookup), number, before, part, after)
    elif counted is not None and (related := _measured(made, counted)):
        made.put(spelled(related, lookup), number, counted, part, after)
    elif (measure := made.words.measure(part)) is not None:
        made.put(spelled(measure, lookup), number, part, after)
    unit = made.next(after)
    if unit is not None and unit.key in UNITS:
        made.use(unit)


def _measured(made: ListDraft, counted: Part) -> str:
    """What a number is the number of: related objects, or a field that holds numbers."""
    field = made.words.numeric(counted)
    return made.words.relation(counted) or (field.name if field is not None else "")


def _between(made: ListDraft, part: Part) -> None:
    low = made.next(part)
    joint = made.next(low)
    high = made.next(joint) if joint is not None and joint.op in (Op.AND, Op.TO) else None
    before = made.previous(part)
    field = made.words.numeric(before, Kind.DATE)
    name = field.name if field is not None else made.words.measure(part)
    lowest, highest = _end(low), _end(high)
    if name is None or lowest is None or highest is None:
        return
    made.put(spelled(name, "gte"), lowest, part, low)
    made.put(spelled(name, "lte"), highest, joint, high, before if field is not None else None)


def _end(part: Part | None) -> float | str | None:
    """One end of what lies between: a number or a day."""
    number = number_of(part)
    return number if number is not None or part is None else date_of(part)


def _date(made: ListDraft, part: Part) -> None:
    after, before = made.next(part), made.previous(part)
    day = date_of(after) if after is not None else None
    if day is None:
        return
    field = made.words.field(before)
    dated = field if field is not None and field.kind is Kind.DATE else None
    name = dated.name if dated is not None else "created"
    lookup = BOUNDS[part.op] if part.op is not None else ""
    made.put(spelled(name, lookup), day, part, after, before if dated is not None else None)
    if dated is None:
        made.use(*(each for each in made.question.parts if each.key in _CREATED))


def _text(made: ListDraft, part: Part) -> None:
    """A part of a name, or of the field that stands before."""
    after, before = made.next(part), made.previous(part)
    if after is None or after.op is not None:
        return
    placed = any(made.words.key_to(each.type) and each.sure == SURE for each in after.senses(Sense.NAME))
    if placed and part.op is Op.ENDS:
        made.use(part)  # `circuits that end in Buffalo`
        return
    field = made.words.field(before)
    own = field if field is not None and field.kind is Kind.TEXT and before is not made.head else None
    turned = made.turned()
    lookup = ("n" if turned else "") + (TEXTS[part.op] if part.op is not None else "")
    name = own.name if own is not None else made.type.title
    made.put(spelled(name, lookup), after.text, part, after, before if own is not None else None, *turned)


def _in_name(made: ListDraft, part: Part) -> None:
    """`with core in the name`: what stands before, though it may have been taken for something else."""
    before = made.previous(part)
    if before is None or before.op is not None:
        return
    mistaken = [key for key, value in made.where.items() if value in _values(before)]
    for key in mistaken:
        del made.where[key]
    turned = made.turned()
    made.put(spelled(made.type.title, "nic" if turned else "ic"), before.text, before, part, *turned)


def _values(part: Part) -> tuple[object, ...]:
    names = [each.value for each in part.senses(Sense.NAME)]
    return (*names, names, part.text)


def _named(made: ListDraft, part: Part) -> None:
    after = made.next(part)
    if after is not None and after.op is None and made.type.title in made.type.fields:
        made.put(made.type.title, after.text, part, after)


def _sort(made: ListDraft, part: Part) -> None:
    beside, after = made.question.after(part), made.next(part)
    if beside is not None and beside.key == "name" and made.type.title in made.type.fields:
        direction = made.next(beside)
        descending = direction is not None and direction.key in DESCENDING
        made.order_by(made.type.title, part, beside, direction if descending else None, descending=descending)
        return
    field = made.words.field(after)
    counted = made.next(part, skip=lambda each: each.empty or each.op is Op.COUNT)
    relation = made.words.relation(counted) if counted is not None and counted is not after else None
    if relation is not None and counted is not None:  # `ranked by how many prefixes they hold`
        made.order_by(relation, *made.question.parts[part.at : counted.at + 1], descending=True)
    elif field is not None:
        direction = made.next(after)
        told = direction is not None and direction.key in (*DESCENDING, *ASCENDING)
        descending = direction is not None and direction.key in DESCENDING
        made.order_by(field.name, part, after, direction if told else None, descending=descending)


def _include(made: ListDraft, part: Part) -> None:
    after = made.next(part)
    if after is None:
        return
    relation, field = made.words.relation(after), made.words.field(after)
    if relation is not None:
        made.include.append(relation)
        made.use(part, after)
    elif field is not None:
        made.show(field.name, part, after)


_READERS: Mapping[Op, Callable[[ListDraft, Part], None]] = {
    Op.COUNT: _count,
    Op.NOT: _negate,
    Op.ABSENT: _lack,
    Op.PER: _group,
    Op.MOST: _rank,
    Op.LEAST: _rank,
    **dict.fromkeys((Op.LARGEST, Op.SMALLEST, Op.NEWEST, Op.OLDEST), _superlative),
    **dict.fromkeys((Op.GT, Op.GTE, Op.LT, Op.LTE, Op.EQ), _compare),
    Op.AFTER: _date,
    Op.BEFORE: _date,
    Op.BETWEEN: _between,
    **dict.fromkeys(TEXTS, _text),
    Op.IN_NAME: _in_name,
    Op.NAMED: _named,
    Op.SORT: _sort,
    Op.INCLUDE: _include,
}
