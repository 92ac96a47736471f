"""The lexicon: which words stand for which types, fields, choices and objects of this inventory."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from orchestration.words.english import EMPTY, PHRASES
from orchestration.words.tokens import plain
from sources.catalog import Catalog, Kind, ObjectType

LONGEST = 6
"""Words of the longest name that is looked for."""
MOST_ALIKE = 60
"""Objects of one type that share a word: a word that more of them have tells nothing."""
ABBREVIATED = 3
"""Characters that the beginning of a name must have to stand for it."""
SURE, BY_PART, BY_BEGINNING = 1.0, 0.95, 0.85
_TYPO = 0.8
"""How like a known word a word must be to be taken for it."""


class Sense(StrEnum):
    """What a word can stand for."""

    TYPE = "type"
    FIELD = "field"
    CHOICE = "choice"
    FLAG = "flag"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that words stand for."""

    sense: Sense
    type: str = ""
    """The type; of a name, a choice or a flag the type that has it; "" for a field of any type."""
    value: str = ""
    """The name, the choice as the source spells it, `true` or `false`; of a custom field its kind."""
    field: str = ""
    sure: float = SURE
    """How sure it is that these words mean it: less for a part of a name, a beginning, a typo."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a lexicon is made of, as one source says it."""

    catalog: Catalog
    names: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    """Type -> the names and slugs of its objects: of the types that have few."""
    choices: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """Type -> field -> values."""
    custom: Mapping[str, tuple[Kind, Sequence[str]]] = field(default_factory=dict)
    """Custom field -> what it holds, and the types that have it."""


GLUED = frozenset(word for phrase in PHRASES for word in phrase.split())
"""Words of phrases of the language, which are no parts of names."""

ABBREVIATIONS: Mapping[str, tuple[str, ...]] = {
    "sw": ("switch",),
    "rtr": ("router",),
    "fw": ("firewall",),
    "ap": ("access point",),
    "srv": ("server",),
    "lb": ("load balancer",),
    "wlc": ("wireless controller",),
    "pp": ("patch panel",),
    "mgmt": ("management",),
    "oob": ("out of band",),
    "int": ("interface",),
    "intf": ("interface",),
    "iface": ("interface",),
    "dev": ("device",),
    "ckt": ("circuit",),
    "addr": ("address",),
    "dc": ("data center", "datacenter", "data centre"),
    "loc": ("location",),
    "mfr": ("manufacturer",),
    "mfg": ("manufacturer",),
    "sn": ("serial",),
    "s/n": ("serial",),
    "num": ("number",),
    "prod": ("production",),
    "vc": ("virtual chassis",),
}
"""Short forms that network people use everywhere, whatever the inventory."""

_SYNONYMS: Mapping[str, Sequence[str]] = {
    "serial": ("serial number", "serial no", "serial"),
    "asset_tag": ("asset tag", "asset number", "asset id", "inventory number"),
    "primary_ip4": (
        "primary ip",
        "primary ip address",
        "primary address",
        "management ip",
        "management address",
        "management ip address",
        "primary ipv4",
        "ipv4",
        "ipv4 address",
    ),
    "primary_ip6": ("primary ipv6", "primary ipv6 address", "management ipv6", "ipv6", "ipv6 address"),
    "device_type": ("model", "device model", "hardware", "hardware model"),
    "manufacturer": ("vendor", "make", "brand", "maker"),
    "platform": ("os", "operating system", "software"),
    "status": ("state",),
    "u_height": ("height", "size in u", "rack units", "height in u"),
    "position": ("rack unit", "rack position", "unit"),
    "dns_name": ("dns", "hostname", "fqdn", "dns record"),
    "mac_address": ("mac", "mac address", "hardware address"),
    "mtu": ("mtu", "mtu size"),
    "commit_rate": ("commit rate", "committed rate", "bandwidth", "cir"),
    "install_date": ("install date", "installed", "installation date"),
    "created": ("creation date", "date added"),
    "last_updated": ("last update", "last updated", "last change", "last changed", "last modified"),
    "vid": ("vlan id", "vid", "vlan number", "vlan tag"),
    "memory": ("ram", "memory"),
    "vcpus": ("cpu", "vcpu", "cpus", "cores"),
    "disk": ("disk", "storage", "disk space"),
    "tags": ("tag", "tagged with", "tagged", "labelled"),
    "description": ("description", "desc"),
    "comments": ("comment", "comments"),
    "physical_address": ("street address", "physical address", "postal address"),
    "time_zone": ("time zone", "timezone"),
    "facility": ("facility", "facility code"),
    "rd": ("route distinguisher", "rd"),
    "untagged_vlan": ("untagged vlan", "native vlan", "access vlan"),
    "tagged_vlans": ("tagged vlan", "trunked vlan"),
    "user_name": ("user", "username"),
    "length": ("length",),
    "color": ("color", "colour"),
    "amperage": ("amp", "amperage"),
    "voltage": ("volt", "voltage"),
    "email": ("email", "e-mail", "email address", "mail address"),
    "phone": ("phone", "phone number", "telephone", "telephone number"),
}
"""How people call fields whose names in the catalog are not what people say."""

_TYPE_SYNONYMS: Mapping[str, Sequence[str]] = {
    "dcim.device": ("gear", "kit", "hardware", "machine", "member", "racked", "network device", "appliance"),
    "dcim.poweroutlet": ("outlet",),
    "dcim.interface": ("slot",),
    "dcim.cable": ("jumper", "patch cord", "patch lead"),
    "ipam.fhrpgroup": ("gateway group",),
    "circuits.circuit": ("line", "leased line", "wan link", "wan circuit"),
    "dcim.site": ("data center", "datacenter", "data centre"),
    "ipam.prefix": ("network prefix", "ip prefix", "ip network", "cidr"),
    "tenancy.contact": ("contact person",),
    "virtualization.virtualmachine": ("virtual server", "instance"),
}
"""What people call types besides the aliases of the catalog, which are also taken as arguments."""

_FLAGS: Mapping[str, Mapping[str, str]] = {
    "enabled": {
        "enabled": "true",
        "disabled": "false",
        "shut": "false",
        "shut down": "false",
        "shutdown": "false",
        "admin down": "false",
        "administratively down": "false",
        "turned off": "false",
        "switched off": "false",
        "not enabled": "false",
        "not disabled": "true",
        "active": "true",
        "up": "true",
        "inactive": "false",
        "down": "false",
    },
    "cabled": {
        "cabled": "true",
        "uncabled": "false",
        "not cabled": "false",
        "unplugged": "false",
        "plugged in": "true",
        "without cable": "false",
        "without a cable": "false",
        "no cable": "false",
        "with cable": "true",
        "with a cable": "true",
        "patched": "true",
        "in use": "true",
        "unpatched": "false",
    },
    "connected": {
        "connected": "true",
        "unconnected": "false",
        "disconnected": "false",
        "not connected": "false",
    },
    "mgmt_only": {
        "management only": "true",
        "mgmt only": "true",
        "management": "true",
        "out of band": "true",
        "oob": "true",
    },
    "is_pool": {"pool": "true"},
    "mark_utilized": {"marked as utilized": "true", "marked utilized": "true", "fully utilized": "true"},
}
"""Yes-or-no fields and the adjectives that say them."""


_UNCHOSEN = frozenset({"core.objectchange", "extras.customfield", "extras.journalentry"})
"""Types whose choices (`delete`, `text`, `info`) say something else in a question."""


class Lexicon:
    """Words and what they stand for. Keys are reduced words in the singular."""

    def __init__(self, vocabulary: Vocabulary, cues: Iterable[str] = (), words: Iterable[str] = ()) -> None:
        self.catalog = vocabulary.catalog
        self._cues = GLUED | EMPTY | {reduced(word) for word in cues}
        """Words of the language, and those by which tools are asked for: they are no parts of names."""
        self.spoken = self._cues | {reduced(word) for word in words}
        """All words that are known without the inventory: they are no names and no typos."""
        self._meanings: dict[str, list[Meaning]] = defaultdict(list)
        self._parts: dict[str, dict[str, list[Meaning]]] = defaultdict(lambda: defaultdict(list))
        self._spoken_alike: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self.spoken - {""}:
            self._spoken_alike[word[0], len(word)].append(word)
        self._add_types()
        self._add_fields(vocabulary.custom)
        self._add_choices(vocabulary.choices)
        for type_, names in vocabulary.names.items():
            self._add_names(type_, names)
        self._join_parts()
        self._beginnings = sorted(word for word in self._parts if word in self._meanings)
        self._alike: dict[tuple[str, int], list[str]] = defaultdict(list)
        for key in self._meanings:
            self._alike[key[0], len(key)].append(key)

    def exact(self, key: str) -> tuple[Meaning, ...]:
        """What a key stands for as it is."""
        return tuple(self._meanings.get(key, ()))

    def alike(self, key: str) -> tuple[str, tuple[Meaning, ...]]:
        """The known key that a misspelled one is most like, with what it stands for; "" for none.

        The first letter is nearly always right; the distance is that of one letter left out, added, changed or
        swapped with its neighbour (optimal string alignment) for each five letters.
        """
        if len(key) < 4 or reduced(key) in self.spoken or not any(char.isalpha() for char in key):
            return "", ()
        found = _nearest(key, self._alike)
        if found is None or (re.search(r"\d", key) and _digits(key) != _digits(found[0])):
            return "", ()
        likeness = max(_TYPO, fuzz.ratio(key, found[0]) / 100)
        return found[0], tuple(replace(each, sure=each.sure * likeness) for each in self._meanings[found[0]])

    def spoken_alike(self, key: str) -> str:
        """The word of the language or of the tools that a misspelled one is most like; "" for none."""
        if len(key) < 6 or not key.isalpha() or key in self.spoken:
            return ""
        found = _nearest(key, self._spoken_alike)
        return found[0] if found is not None else ""

    def beginning(self, key: str) -> tuple[Meaning, ...]:
        """The objects that a beginning stands for, if it is that of one word only."""
        if len(key) < ABBREVIATED or not key.isalpha() or reduced(key) in self.spoken:
            return ()
        at = bisect.bisect_left(self._beginnings, key)
        words = [word for word in self._beginnings[at : at + 2] if word.startswith(key)]
        if len(words) != 1:
            return ()
        return tuple(
            replace(each, sure=BY_BEGINNING) for each in self._meanings[words[0]] if each.sense is Sense.NAME
        )

    def types(self, key: str) -> tuple[ObjectType, ...]:
        """The object types that a key stands for."""
        return tuple(self.catalog[each.type] for each in self.exact(key) if each.sense is Sense.TYPE)

    def _said(self, name: str) -> bool:
        """Whether a name is made of nothing but words of the language and of types."""
        words = plain(name).split()
        return len(words) > 1 and all(
            word in EMPTY or any(m.sense is Sense.TYPE for m in self.exact(singular(word))) for word in words
        )

    def _put(self, text: str, meaning: Meaning) -> None:
        key = reduced(text)
        if key and meaning not in self._meanings[key]:
            self._meanings[key].append(meaning)

    def _add_types(self) -> None:
        for type_ in self.catalog.types.values():
            words = (type_.label, type_.plural, *type_.aliases, type_.name)
            words = (*words, *_TYPE_SYNONYMS.get(type_.name, ()))
            for word in words if not type_.generic else (type_.label, type_.plural, type_.name):
                self._put(word, Meaning(Sense.TYPE, type_.name))

    def _add_fields(self, custom: Mapping[str, tuple[Kind, Sequence[str]]]) -> None:
        for type_ in self.catalog.types.values():
            if type_.generic:
                continue
            named = [f.name for f in type_.fields.values() if not f.kind.structured]
            for name in (*(name for name in named if not name.endswith("_count")), *type_.scopes):
                for word in (name.replace("_", " "), *_SYNONYMS.get(name, ())):
                    self._put(word, Meaning(Sense.FIELD, field=name))
            for name in (*type_.flags, *(f.name for f in type_.fields.values() if f.kind is Kind.BOOL)):
                for word, value in _FLAGS.get(name, {}).items():
                    self._put(word, Meaning(Sense.FLAG, type_.name, value, name))
        for name, (kind, types) in custom.items():
            for type_name in types:
                self._put(name, Meaning(Sense.FIELD, type_name, kind, f"cf_{name}"))

    def _add_choices(self, choices: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        for type_name, fields in choices.items():
            if type_name in _UNCHOSEN:
                continue
            for name, values in fields.items():
                for value in values:
                    if value.isdecimal() or len(value) < 2:
                        continue
                    self._put(value, Meaning(Sense.CHOICE, type_name, value, name))

    def _add_names(self, type_name: str, names: Iterable[tuple[str, str]]) -> None:
        for name, slug in names:
            meaning = Meaning(Sense.NAME, type_name, name)
            if not EMPTY.isdisjoint(plain(name).split()) and self._said(name):
                continue  # A group that is called "All sites" must be named in quotes.
            self._put(name, meaning)
            if slug:
                self._put(slug, meaning)
            words = re.findall(r"[^\W_]+", plain(name))
            initials = "".join(word[0] for word in words)
            if len(words) > 1 and initials not in self.spoken:
                self._put(initials, replace(meaning, sure=BY_BEGINNING))
            for length in range(2, min(len(words), LONGEST)):
                for start in range(len(words) - length + 1):
                    run = " ".join(map(singular, words[start : start + length]))
                    self._parts[run][type_name].append(replace(meaning, sure=BY_PART))
            for word in dict.fromkeys(map(singular, words)):
                if len(word) > 1 and not word.isdecimal():
                    self._parts[word][type_name].append(replace(meaning, sure=BY_PART))

    def _join_parts(self) -> None:
        """Let a word that a few names of a type share stand for these."""
        for word, by_type in self._parts.items():
            known = {each.sense for each in self._meanings.get(word, ())}
            if word in self._cues or known & {Sense.TYPE, Sense.FIELD}:
                continue
            for meanings in by_type.values():
                whole = {(each.type, each.value) for each in self._meanings.get(word, ())}
                parts = [each for each in meanings if (each.type, each.value) not in whole]
                if len(parts) <= MOST_ALIKE:
                    self._meanings[word] += parts


def _nearest(key: str, known: Mapping[tuple[str, int], Sequence[str]]) -> tuple[str, float] | None:
    """The key nearest in letters among those of the same first letter, with its distance; None if all are far."""
    allowed = 1 if len(key) < 8 else 2
    near = [
        each
        for length in range(len(key) - allowed, len(key) + allowed + 1)
        for each in known.get((key[0], length), ())
    ]
    found = process.extractOne(key, near, scorer=OSA.distance, score_cutoff=allowed)
    return (found[0], found[1]) if found is not None else None


def reduced(text: str) -> str:
    """Words as they are looked up: plain, each in the singular."""
    return " ".join(singular(word) for word in plain(text).split(" ") if word)


def singular(word: str) -> str:
    """A word without the ending of its plural, by rule: the same rule reduces what it is compared with."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and re.search(r"(?:s|x|z|ch|sh)es$", word):
        return word[:-2]
    if len(word) > 2 and word.endswith("s") and not re.search(r"(?:ss|us|is)$", word):
        return word[:-1]
    return word


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
