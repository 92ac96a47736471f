"""What the words with a meaning say of a list: a name as a filter, a choice, a field, another type."""

from __future__ import annotations

from orchestration.words.english import Op
from orchestration.words.lexicon import Meaning, Sense
from orchestration.words.question import Part
from orchestration.words.tokens import Shape
from sources.catalog import Field, Kind
from tools.readings.list_draft import LISTS, ListDraft, spelled
from tools.readings.list_phrases import BOUNDS, TEXTS
from tools.readings.type_words import NUMERIC
from tools.readings.values import length_of, number_of, value_of

UNNAMED = ("unnamed", "nameless")
INACTIVE = "inactive"
_FIRST = ("dcim.site", "dcim.region", "dcim.location", "dcim.devicerole", "tenancy.tenant")
"""Of several things of the same name the likelier."""
_ALWAYS = ("device", "virtual_machine", "circuit", "site", "power_panel")
"""What an object always has: `ports on devices of role Router` says no more than that."""
_NULLS = ("null", "none", "unset", "blank", "empty", "undefined", "missing", "nil")
_MORE_OR_LESS = {Op.OR_MORE: "gte", Op.OR_LESS: "lte"}


def read_word(made: ListDraft, part: Part) -> None:
    """Take in a word by the likeliest of its meanings that says something of the type."""
    if part.key == INACTIVE and "status" in made.type.fields:
        made.put("status__n", "active", part)
        return
    surer = _choice_is_surer(made, part)
    for sense, reader in (
        (Sense.CHOICE if surer else None, _choice),
        (Sense.NAME, _name),
        (Sense.CHOICE, _choice),
        (Sense.FLAG, _flag),
        (Sense.TYPE, _other_type),
        (Sense.FIELD, _field),
    ):
        if sense is not None and part.senses(sense) and reader(made, part):
            return
    if part.literal:
        _literal(made, part)
    elif part.unknown:
        _unknown(made, part)


def _choice_is_surer(made: ListDraft, part: Part) -> bool:
    """Whether a word is surely a choice of the type, and only perhaps a part of a name."""
    choices = [each.sure for each in part.senses(Sense.CHOICE) if each.type == made.type.name]
    names = [each.sure for each in part.senses(Sense.NAME)]
    return bool(choices) and max(choices) > max(names, default=0.0)


def _name(made: ListDraft, part: Part) -> bool:
    """A name as a filter: the key that takes objects of its type."""
    said = _said_type(made, part)
    by_type: dict[str, list[Meaning]] = {}
    for each in part.senses(Sense.NAME):
        if said is None or each.type in (*said.types(), made.words.target(said)):
            by_type.setdefault(each.type, []).append(each)
    ranked = sorted(by_type, key=lambda name: (-max(each.sure for each in by_type[name]), _rank(name)))
    for type_name in ranked:
        key = made.words.key_to(type_name)
        if key:
            best = max(each.sure for each in by_type[type_name])
            made.sure *= best
            made.put_any(key, _best(by_type[type_name]), part, *([said] if said is not None else []))
            return True
    if made.type.name in by_type and made.head is not part:
        made.put_any(made.type.title, _best(by_type[made.type.name]), part)
        return True
    return False


def _best(meanings: list[Meaning]) -> list[str]:
    best = max(each.sure for each in meanings)
    return [each.value for each in meanings if each.sure == best]


def _rank(type_name: str) -> int:
    return _FIRST.index(type_name) if type_name in _FIRST else len(_FIRST)


def _said_type(made: ListDraft, part: Part) -> Part | None:
    """The type or field that is said beside a name: `site Akron`, `the Acme tenant`, `role is Access switch`."""
    before = made.previous(part, skip=lambda each: each.empty or each.op in (Op.EQ, Op.NAMED, Op.NOT))
    for each in (before, made.question.after(part)):
        if each is None or each is made.head or each.at in made.used:
            continue
        told = {*each.types(), made.words.target(each)}
        if any(meaning.type in told for meaning in part.senses(Sense.NAME)):
            return each
    return None


def _flag(made: ListDraft, part: Part) -> bool:
    held = next((each for each in part.senses(Sense.FLAG) if each.type == made.type.name), None)
    if held is None:
        return False
    turned = made.turned()
    made.put(held.field, (held.value == "true") is not bool(turned), part, *turned)
    return True


def _choice(made: ListDraft, part: Part) -> bool:
    fitting = [each for each in part.senses(Sense.CHOICE) if each.type == made.type.name]
    if not fitting:
        return False
    chosen = next((each for each in fitting if each.field == "status"), fitting[0])
    made.sure *= chosen.sure
    made.put_any(chosen.field, [chosen.value], part, *_said_field(made, part, chosen.field))
    return True


def _said_field(made: ListDraft, part: Part, name: str) -> list[Part]:
    """The words beside a choice that say of what: `status active`, `gold support`."""
    near = (
        made.previous(part, skip=lambda each: each.empty or each.op is Op.EQ),
        made.question.after(part),
    )
    words = name.removeprefix("cf_").split("_")
    return [
        each
        for each in near
        if each is not None
        and (any(m.field == name for m in each.senses(Sense.FIELD)) or (len(words) > 1 and each.key in words))
    ]


def _other_type(made: ListDraft, part: Part) -> bool:
    """Another type: what a name is the name of, what there is none of, what is wanted beside."""
    if made.next(made.absent) is part:
        return _none_of(made, part)
    after = made.next(part)
    if _names_next(made, part):
        return True
    field = made.words.field(part)
    if field is not None and after is not None and after.key in _NULLS:
        return _valued(made, field, part, after)
    if (
        after is not None
        and after.op is None
        and (after.shape is Shape.NUMBER or after.unknown or after.named)
    ):
        return _called(made, part, after)
    if made.type.name in part.types():
        made.use(part)
        return True
    return _some_of(made, part) or _field(made, part)


def _some_of(made: ListDraft, part: Part) -> bool:
    """`in a rack`, `with services`."""
    before = made.previous(part)
    if before is None or before.op not in (Op.IN, Op.ON, Op.WITH):
        return False
    relation, key = made.words.relation(part), made.words.key_of(part)
    if key in _ALWAYS:
        made.use(part)
        return True
    if key in made.type.fields:
        turned = made.turned()
        made.put(key, None if turned else "not null", part, before, *turned)
        return True
    if relation is not None and before.op is Op.WITH:
        made.put(spelled(relation, "gt"), 0, part, before)
        return True
    return False


def _names_next(made: ListDraft, part: Part) -> bool:
    """Whether a name follows that this says the kind of: the name will take it along."""
    after = made.next(part, skip=lambda each: each.empty or each.op in (Op.EQ, Op.NAMED, Op.NOT))
    if after is None:
        return False
    kinds, field = {*part.types(), made.words.target(part)}, made.words.field(part)
    chosen = field is not None and any(
        each.field == field.name and each.type == made.type.name for each in after.senses(Sense.CHOICE)
    )
    return chosen or any(each.type in kinds for each in after.senses(Sense.NAME))


def _called(made: ListDraft, part: Part, after: Part) -> bool:
    """`rack R12`, `vlan 100`: a name that the lexicon does not have, of a type that is said."""
    if after.senses(Sense.NAME):
        return False
    if made.type.name in part.types():
        number = made.type.name == "ipam.vlan" and after.shape is Shape.NUMBER
        made.put("vid" if number else made.type.title, value_of(after), part, after)
        return True
    for type_name in part.types():
        key = made.words.key_to(type_name)
        if key and type_name != "ipam.vlan":  # which has a tool of its own, for tagged ports as well
            made.put_any(key, [after.text], part, after)
            return True
    return False


def _none_of(made: ListDraft, part: Part) -> bool:
    """`without a rack`, `without interfaces`."""
    field, relation = made.words.field(part), made.words.relation(part)
    if field is not None:
        made.put_null(field, part)
        return True
    if relation is not None:
        made.put(relation, 0, part, made.absent)
        return True
    return False


def _field(made: ListDraft, part: Part) -> bool:
    field = made.words.field(part)
    if field is None:
        return False
    if _names_next(made, part) or _lacking(made, field, part):
        return True
    after = made.next(part, skip=lambda each: each.empty or each.op in (Op.EQ, Op.OF))
    if after is not None and after.op in {*BOUNDS, *TEXTS, Op.BETWEEN} - {Op.EQ}:
        return False  # The phrase after it reads it.
    joints = (Op.EQ, Op.IN, Op.OF) if field.kind in NUMERIC else (Op.EQ, Op.IN)
    after = made.next(part, skip=lambda each: each.empty or each.op in joints)
    return (after is not None and _valued(made, field, part, after)) or _shown(made, field, part)


def _lacking(made: ListDraft, field: Field, part: Part) -> bool:
    """`without a serial`; of a yes or no that is a custom field, what it is: `backed up`, `not backed up`."""
    lacking = made.follows(made.absent, part)
    after = made.next(part)
    told = after is not None and after.key in ("true", "false", "yes", "no")
    if field.kind is Kind.BOOL and field.name.startswith("cf_") and not told:
        turned = [made.absent] if lacking else made.turned()
        made.put(field.name, not turned, part, *turned)
        return True
    if lacking:
        made.put_null(field, part)
    return lacking


def _valued(made: ListDraft, field: Field, part: Part, after: Part) -> bool:
    """`mtu 9000`, `support tier gold`, `serial FOC1234`: the field and what it holds."""
    if after.key in _NULLS:
        turned = made.turned()
        made.put(field.name, "not null" if turned else None, part, after, *turned)
        return True
    if after.op is not None or after.empty or after.types() or after is made.head:
        return False
    if field.kind in NUMERIC:
        return _numbered(made, field, part, after)
    if field.kind is Kind.BOOL:
        told = after.key in ("true", "false", "yes", "no")
        if told:
            made.put(field.name, after.key in ("true", "yes"), part, after, *made.turned())
        return told
    custom = field.name.startswith("cf_") and not after.senses(Sense.FIELD)
    told = after.unknown or after.named or custom or (after.literal and field.kind is Kind.TEXT)
    if told:
        made.put_any(field.name, [after.text], part, after)
    return told


def _numbered(made: ListDraft, field: Field, part: Part, after: Part) -> bool:
    """`mtu 9000`, `height 42 or more`."""
    number, more = number_of(after), made.next(after)
    if number is None:
        return False
    others = _listed_numbers(made, after)
    if others:
        made.put(field.name, [number, *others.values()], part, after, *others)
        return True
    lookup = _MORE_OR_LESS.get(more.op, "") if more is not None and more.op is not None else ""
    made.put(spelled(field.name, lookup), number, part, after, more if lookup else None)
    return True


def _listed_numbers(made: ListDraft, first: Part) -> dict[Part, float]:
    """The numbers that follow in a list: `100, 200 and 300`."""
    found: dict[Part, float] = {}
    joint = made.next(first)
    while joint is not None and joint.op in LISTS:
        part = made.next(joint)
        number = number_of(part)
        if part is None or number is None:
            break
        found[part] = number
        joint = made.next(part)
    return found


def _shown(made: ListDraft, field: Field, part: Part) -> bool:
    """`with a primary ip`: those that have one; `serials of all firewalls`: a column."""
    before = made.previous(part)
    if _first_of_columns(made, part):
        made.show(field.name, part)
        return True
    if before is not None and before.op is Op.WITH and not made.precedes_head(part):
        flag = made.words.has_flag(field.name)
        made.put(*((flag, True) if flag else (field.name, "not null")), part, before)
        return True
    joined = before is not None and before.op in LISTS and before.at - 1 in made.used
    if made.precedes_head(part) or part is made.question.parts[-1] or joined:
        made.show(field.name, part)
        return True
    return False


def _first_of_columns(made: ListDraft, part: Part) -> bool:
    """Whether more fields follow in a list: `with vcpus, memory and disk` are columns."""
    joint = made.next(part)
    after = made.next(joint) if joint is not None and joint.op in LISTS else None
    return after is not None and made.words.field(after) is not None and not after.senses(Sense.NAME)


def _literal(made: ListDraft, part: Part) -> None:
    name = made.type.name
    if part.shape is Shape.LENGTH and name in ("ipam.prefix", "ipam.ipaddress"):
        made.put("mask_length", length_of(part), part)
    elif part.shape is Shape.PREFIX and name == "ipam.prefix":
        made.put("within", part.text, part)
    elif part.shape is Shape.PREFIX and name == "ipam.ipaddress":
        made.put("parent", part.text, part)
    elif part.shape is Shape.MAC and "mac_address" in (*made.type.fields, *made.type.searches):
        made.put("mac_address", part.text, part)
    elif part.shape is Shape.NUMBER and name == "ipam.vlan" and made.question.before(part) is made.head:
        made.put("vid", int(float(part.key)), part)


def _unknown(made: ListDraft, part: Part) -> None:
    """A name that nobody knows: on a device or in a place, as the words before it say."""
    if part.key in UNNAMED and made.type.title in made.type.fields:
        made.put(made.type.title, None, part)
    before = made.previous(part)
    if not part.named or before is None:
        return
    if before.op in (Op.ON, Op.OF, Op.FROM, Op.FOR) and "device" in made.type.references():
        made.put_any("device", [part.text], part)
    elif before.op is Op.IN and "site" in made.type.references():
        made.put_any("site", [part.text], part)
