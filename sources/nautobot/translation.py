"""Filters in the catalog's words, said in Nautobot's, and Nautobot's refusals said in words.

Nautobot refuses an unknown filter, choice or id by itself. What it takes wrongly and without a sign is
refused here: a yes or no that is neither, and an address that is none, each of which finds everything; and
several values of a filter that uses the last one.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sources.catalog import Kind, ObjectType
from sources.errors import BadFilter, Rejected, SourceError
from sources.nautobot.knowledge import Knowledge
from sources.nautobot.literals import Literal
from sources.nautobot.rest import RestRoad
from sources.nautobot.words import NEGATED, NO_FILTER, WORDS, Word, model, word
from sources.source import Children, Condition, Entity, Match, Read, parent_ids
from sources.types import CATALOG
from sources.where import LOOKUPS, filter_names, kind_of, listed, nearest, unknown_filter

Native = tuple[str, tuple[str, ...]]
RowsOf = Callable[[Read], Awaitable[Sequence[Entity]]]

_NOBODY = ("00000000-0000-0000-0000-000000000000",)
NOTHING: Native = ("id", _NOBODY)
EVERYTHING: Native = ("id__n", _NOBODY)
_CHOSEN = frozenset({"select", "multi-select", "boolean", "json", "markdown"})
_WORDED = frozenset({"text", "url", "select"})
_ADDRESSES = frozenset({"contains", "within", "within_include", "parent", "prefix", "address"})
_BLANK = "^$"
_MAC = re.compile(r"(?:[0-9a-f]{2}[:.\-]?){5}[0-9a-f]{2}", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)
_REQUIRED = frozenset({"created", "last_updated"})


class Translator:
    """Says filters in Nautobot's words. `rows_of` reads what a filter can only be told by."""

    def __init__(self, knowledge: Knowledge, rest: RestRoad, rows_of: RowsOf) -> None:
        self._knowledge = knowledge
        self._rest = rest
        self._rows_of = rows_of

    async def native(self, type_: ObjectType, condition: Condition) -> Native:
        """One condition as a filter. Raises `BadFilter`."""
        if condition.key.startswith("cf_"):
            return await self._custom(type_, condition)
        if type_.generic or condition.key not in filter_names(type_):
            return await self._passed_on(type_, condition)
        if condition.key in type_.fields and condition.lookup == "null":
            return await self._null(type_, condition)
        if condition.key in WORDS[type_.name].through:
            return await self._through(type_, condition)
        return await self._known(type_, condition)

    async def explained(self, read: Read, error: Rejected) -> BadFilter:
        """A filter or a value that Nautobot refuses, in words, with those that it takes."""
        field, words = next(iter(error.field_errors.items()), ("", error.what))
        asked = next((v for name, v in read.filters if name == field), ()) if isinstance(read, Match) else ()
        if "Unknown filter field" in words:
            return await self._unknown(read.type, Condition(self._called(read.type, field), values=asked))
        bare = self._called(read.type, field).partition("__")[0]
        wrong = re.search(r"choice\. (.+?) is not one of", words)
        value = wrong[1] if wrong else (asked[0] if asked else "")
        choices = await self._choices_of(read.type, field.partition("__")[0]) if wrong else ()
        if choices:
            return _no_such_choice(read.type, bare, value, choices)
        told = f"the filter {bare}: {words}" if bare else f"a value of a filter: {words}"
        return BadFilter(
            f"{read.type.plural}: Nautobot refuses {told.strip()}",
            candidates=[],
            hint="references are filtered by name or id; check the value",
        )

    async def _through(self, type_: ObjectType, condition: Condition) -> Native:
        """The rows of owners that a filter finds, which Nautobot only has for these."""
        name, key = WORDS[type_.name].through[condition.key]
        owner = CATALOG[name]
        filters = (await self.native(owner, replace(condition, key=key)),)
        owners = tuple(await self._rows_of(Match(owner, filters, only=frozenset({owner.title}))))
        if not owners:
            return NOTHING
        ids = tuple(row["id"] for row in owners)
        return await self._known(type_, Condition(name.rpartition(".")[2], values=ids, refs=owners))

    async def _known(self, type_: ObjectType, condition: Condition) -> Native:
        key, values, words = condition.key, condition.values, WORDS[type_.name]
        native = words.filters.get(key) or (word(type_, key).filter if key in type_.fields else key)
        kind = kind_of(type_, key)
        text_of_ref = kind in (Kind.REF, Kind.REFS) and condition.lookup not in ("", "n", "null")
        if native == NO_FILTER or text_of_ref:
            raise await self._unknown(type_, condition)
        if condition.lookup == "null":
            return f"{native}__isnull", values
        if kind is Kind.BOOL:
            return native, _negated(values) if condition.lookup == "n" else values
        if key == "tags":
            values = tuple(str(ref["name"]) for ref in condition.refs) or values
        elif key == "vlan" and not (len(values) == 1 and values[0].isdigit()):
            native = "vlan_id"
        elif kind is Kind.CHOICE:
            values = await self._choices(type_, condition)
        elif native in words.named_only and not all(ref.get("name") for ref in condition.refs):
            return await self._of_unnamed(type_, condition)
        else:
            values = _modelled(key, values)
        _check_values(type_, condition)
        if native in words.flat:
            values = (await self._knowledge.survey()).places.below(values)
        if native in words.last_value and len(values) > 1:
            several = "vlans(vid=[...]) finds the ports of several VLANs"
            raise BadFilter(
                f"{condition.spelled} takes one value at a time in Nautobot",
                cause="of several values Nautobot silently uses the last one",
                hint=several if key == "vlan" else f'one call for each value of "{key}"',
            )
        lookup = (
            "" if key == type_.title and key in _ADDRESSES and condition.lookup == "ie" else condition.lookup
        )
        return f"{native}__{lookup}" if lookup else native, values

    async def _of_unnamed(self, type_: ObjectType, condition: Condition) -> Native:
        """The rows of owners without a name, which Nautobot's filter does not find, by their own ids."""
        owner = CATALOG[str(type_.fields[condition.key].target)]
        relation = next(
            each
            for each in owner.relations.values()
            if each.to == type_.name and each.via == (condition.key,)
        )
        rows = await self._rows_of(Children(relation, type_, condition.values))
        wanted = set(condition.values)
        ids = tuple(row["id"] for row in rows if parent_ids(row, relation) & wanted)
        return ("id", ids) if ids else NOTHING

    async def _passed_on(self, type_: ObjectType, condition: Condition) -> Native:
        """A filter that the catalog does not name: it must be one of Nautobot's own."""
        name, values = _spelled(condition.key, condition)
        if name == "q" or (name == "id" and not condition.lookup):
            return name, values
        kind = (await self._knowledge.filters.of(type_, self._endpoint(type_), name)).get(name)
        if kind is None:
            raise await self._unknown(type_, condition)
        if kind is Literal.BOOL and (len(values) != 1 or values[0].lower() not in ("true", "false")):
            raise BadFilter(
                f"{condition.spelled} takes true or false, not {', '.join(values)}",
                cause="Nautobot ignores anything else, and answers with everything",
                hint=f'{{"{condition.spelled}": true}}',
            )
        words = WORDS.get(type_.name)
        if words and name in words.last_value and len(values) > 1:
            raise BadFilter(
                f"{condition.spelled} takes one value at a time in Nautobot",
                cause="of several values Nautobot silently uses the last one",
                hint=f'one call for each value of "{condition.key}"',
            )
        _check_values(type_, condition)
        return name, tuple(each.lower() for each in values) if kind is Literal.BOOL else values

    async def _null(self, type_: ObjectType, condition: Condition) -> Native:
        held, empty = word(type_, condition.key), condition.values == ("true",)
        if condition.key in WORDS[type_.name].required or condition.key in _REQUIRED:
            return NOTHING if empty else EVERYTHING
        if held.null.startswith("!"):
            return held.null[1:], _negated(condition.values)
        if held.null and held.null != NO_FILTER:
            return held.null, condition.values
        if not held.null and (held.level or held.placed):
            return await self._nowhere(held, empty=empty)
        if held.absent or NO_FILTER in (held.null, held.filter):
            raise await self._unknown(type_, condition)
        # Text that is missing is empty text to Nautobot, and `serial=` finds everything.
        return f"{held.filter}__{'re' if empty else 'nre'}", (_BLANK,)

    async def _nowhere(self, held: Word, *, empty: bool) -> Native:
        """What stands in no place of a level: everything but what stands in one of them."""
        places = (await self._knowledge.survey()).places
        ids = places.outermost(held.level) if held.filter == "location" else places.of(held.level)
        if not ids:
            return EVERYTHING if empty else NOTHING
        return f"{held.filter}__n" if empty else held.filter, ids

    async def _choices(self, type_: ObjectType, condition: Condition) -> tuple[str, ...]:
        """Choices as Nautobot spells them: statuses and roles are names of its own."""
        key = condition.key
        held = word(type_, key)
        if held.upper:
            return tuple(value.strip().upper() for value in condition.values)
        if not held.named:
            return tuple(value.strip().lower().replace(" ", "-") for value in condition.values)
        names = (await self._knowledge.survey()).names(key, model(type_))
        known = {_alike(name): name for name in names}
        found = []
        for value in condition.values:
            name = known.get(_alike(value))
            if name is None and names:
                raise _no_such_choice(type_, key, value, sorted(name.lower() for name in names))
            found.append(name or value.strip().capitalize())
        return tuple(found)

    async def _custom(self, type_: ObjectType, condition: Condition) -> Native:
        about = await self._check_custom_field(type_, condition)
        name, values = _spelled(condition.key, condition)
        if len(values) == 1 or not NEGATED.search(name):
            return name, values
        # Of several values Nautobot uses the last one, so that those to leave out are said in one.
        if condition.lookup == "n" and about["type"] in _WORDED:
            return f"{condition.key}__nre", (f"^({'|'.join(map(re.escape, values))})$",)
        raise BadFilter(
            f"{condition.spelled} takes one value at a time in Nautobot",
            cause="of several values Nautobot silently uses the last one",
            hint=f"name what is wanted: {condition.key} takes several values",
        )

    async def _check_custom_field(self, type_: ObjectType, condition: Condition) -> Mapping[str, Any]:
        known = await self._knowledge.custom_fields(type_)
        bare = condition.key.removeprefix("cf_")
        if bare not in known:
            raise BadFilter(
                f'{type_.plural} have no custom field "{bare}"',
                candidates=[f"cf_{name}" for name in nearest(bare, known)],
                hint="custom fields: " + (", ".join(f"cf_{name}" for name in known) or "none"),
            )
        about, lookup = known[bare], condition.lookup
        if lookup == "null":
            raise BadFilter(
                f"{type_.plural} cannot be filtered by a custom field without a value in Nautobot",
                hint=f'group_by "cf_{bare}" counts them',
            )
        if about["type"] in _CHOSEN and lookup not in ("", "n"):
            raise BadFilter(
                f"{condition.spelled} is no lookup of a {about['type']} field",
                hint=f'{{"{condition.key}": "value"}}',
            )
        if about["type"] == "boolean" and any(v not in ("true", "false") for v in condition.values):
            raise BadFilter(f"{condition.key} takes true or false", hint=f'{{"{condition.key}": true}}')
        choices = about["choices"]
        wrong = next((v for v in condition.values if choices and v not in choices), None)
        if wrong is not None and lookup in ("", "n"):
            raise _no_such_choice(type_, condition.key, wrong, choices)
        return about

    async def _choices_of(self, type_: ObjectType, native: str) -> Sequence[str]:
        if native in ("status", "role"):
            names = (await self._knowledge.survey()).names(
                native, type_.name if type_.generic else model(type_)
            )
            return sorted(name.lower() for name in names)
        try:
            return await self._knowledge.filters.choices(type_, self._endpoint(type_), native)
        except SourceError:
            return ()

    async def _unknown(self, type_: ObjectType, condition: Condition) -> BadFilter:
        lacks = set() if type_.generic else WORDS[type_.name].lacks
        known = set() if type_.generic else filter_names(type_) - lacks
        with contextlib.suppress(SourceError):  # The nearest are then found among the catalog's names.
            known |= set(await self._knowledge.filters.of(type_, self._endpoint(type_)))
        offered = {each for each in known if each.partition("__")[2] in ("", *LOOKUPS)}
        return unknown_filter(type_, condition, sorted(offered - {condition.key, condition.spelled}))

    def _endpoint(self, type_: ObjectType) -> str:
        return self._rest.path(type_).removeprefix("/api/").strip("/")

    @staticmethod
    def _called(type_: ObjectType, native: str) -> str:
        """What a caller calls a native filter, if only one thing is said by it."""
        if type_.generic:
            return native
        bare, dash, lookup = native.partition("__")
        names = [name for name in type_.fields if word(type_, name).filter == bare]
        names += [name for name, said in WORDS[type_.name].filters.items() if said == bare]
        return f"{names[0]}{dash}{lookup}" if len(set(names)) == 1 else native


def _check_values(type_: ObjectType, condition: Condition) -> None:
    """Raise `BadFilter` for a value that Nautobot would take for no filter at all, or stumble over."""
    bare = condition.key.removesuffix("_exact")
    for value in condition.values:
        if bare in _ADDRESSES and type_.name.startswith("ipam.") and condition.lookup in ("", "n", "ie"):
            wrong = not _is_address(value) and not _UUID.fullmatch(value)
            kind = "an address or a prefix"
        elif bare == "mac_address" and condition.lookup in ("", "n"):
            wrong, kind = not _MAC.fullmatch(value), "a MAC address"
        elif condition.key == "vlan":
            wrong, kind = not (value.isdigit() or _UUID.fullmatch(value)), "a VLAN's number or id"
        else:
            return
        if wrong:
            raise BadFilter(f"{condition.spelled} of {type_.plural} takes {kind}, not {value!r}")


def _no_such_choice(type_: ObjectType, key: str, value: str, choices: Sequence[str]) -> BadFilter:
    return BadFilter(
        f'{type_.plural} have no {key} "{value}"',
        candidates=nearest(value, choices),
        hint=f"{key} is one of: " + listed(choices),
    )


def _spelled(native: str, condition: Condition) -> Native:
    if condition.lookup == "null":
        return f"{native}__isnull", condition.values
    return f"{native}__{condition.lookup}" if condition.lookup else native, condition.values


def _modelled(key: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """The names of types as Nautobot has them: a site is a location to it."""
    if not key.endswith("object_type"):
        return values
    return tuple(dict.fromkeys(model(CATALOG[each]) if each in WORDS else each for each in values))


def _negated(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("false" if value == "true" else "true" for value in values)


def _alike(name: str) -> str:
    """A status or role as it is compared: `end-of-life` is `End of Life`."""
    return re.sub(r"[\s_-]+", "-", name.strip().casefold())


def _is_address(value: str) -> bool:
    try:
        ipaddress.ip_interface(value)
    except ValueError:
        return False
    return True
