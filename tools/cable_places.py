"""What a text stands for in the cable graph: a port, a cable, a circuit, or a device with all its ports."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from orchestration.cells import name_of
from orchestration.resolve import CANDIDATES, id_in
from orchestration.steps import BASE_ONLY, Follow, Gathered, Given, Plan, Step
from orchestration.tool import Found, Lookup
from sources.catalog import Catalog, ObjectType
from sources.errors import Ambiguous, NotFound
from sources.where import nearest
from tools.cable_rows import (
    CIRCUIT,
    DEVICE,
    FEED,
    PANEL,
    PORTS,
    TERMINATION,
    WITH_COUNTS,
    WITH_PEERS,
    kinds_of,
    port_name,
)
from tools.port_names import Port, Said, matching, readings
from tools.wording import title_of

SITE = "dcim.site"
_PORTS_OF: Mapping[str, tuple[str, ...]] = {
    DEVICE: tuple(PORTS.values()),
    CIRCUIT: ("terminations",),
    PANEL: ("power_feeds",),
}
"""The relations that lead from the owners of ports to these."""
_BY_ID = frozenset({*PORTS, FEED, TERMINATION})
_LABEL_WORDS = 3
"""Words of the longest type's label: `console server port`."""


@dataclass(frozen=True, slots=True)
class Meant:
    """One thing that a text may stand for: an object that was found, or a port of it."""

    found: Found
    port: str = ""


def lookup(key: str, text: str, catalog: Catalog, tiers: Sequence[Sequence[str]]) -> Lookup:
    """The look-up of every name that a text may hold: of these types, or of a type that the text tells."""
    type_, rest = typed(text, catalog, {*_BY_ID, *(name for tier in tiers for name in tier)})
    places = tuple(tuple(catalog[name] for name in tier if name in catalog) for tier in tiers)
    told = _told(text, rest)
    by_id = next((said.owner for said in told if id_in(said.owner)), None)
    if by_id:
        return Lookup(key, by_id, ((type_,),) if type_ else places[:1], several=True, facets=WITH_COUNTS)
    likeliest = next((said.owner for said in told if said.port), rest or text)
    names = dict.fromkeys(said.owner for said in told if said.owner != likeliest)
    return Lookup(key, likeliest, places, several=True, also=tuple(names), facets=WITH_COUNTS)


def meanings(text: str, found: Sequence[Found], catalog: Catalog) -> list[Meant]:
    """What of the objects that were found a text may stand for: one called by the whole of it comes alone."""
    type_, rest = typed(text, catalog, {each.type.name for each in found})
    meant: dict[tuple[str, str, str], Meant] = {}
    for each in found:
        for said in _told(text, rest):
            if _is_called(each, said.owner) and (not said.port or each.type.name in _PORTS_OF):
                meant.setdefault((each.type.name, each.entity["id"], said.port), Meant(each, said.port))
    itself = [each for each in meant.values() if not each.port]
    if type_ is not None:
        itself = [each for each in itself if each.found.type is type_] or itself
    return itself or list(meant.values())


def others(key: str, meant: Sequence[Meant], gathered: Gathered, catalog: Catalog) -> Plan:
    """The reads of the ports that devices should not have, where it is none of those that they should have."""
    ports = [each for each in meant if each.port]
    if not ports or any(matching(ports_of(key, each.found, gathered), each.port) for each in ports):
        return {}
    uncounted = [Meant(Found(each.found.type, {"id": each.found.entity["id"]}), each.port) for each in ports]
    every = steps(key, uncounted, catalog)
    return {name: step for name, step in every.items() if name not in gathered.plan}


def steps(key: str, meant: Sequence[Meant], catalog: Catalog) -> Plan:
    """The reads that tell which ports the objects have, where it is a port that is asked for."""
    plan: dict[str, Step] = {}
    for owner, relations in _PORTS_OF.items():
        rows = [each.found.entity for each in meant if each.found.type.name == owner]
        if owner == DEVICE:
            rows = [each.found.entity for each in meant if each.found.type.name == owner and each.port]
        if not rows:
            continue
        given = f"{key}: {catalog[owner].plural}"
        plan[given] = Given(catalog[owner], tuple({row["id"]: row for row in rows}.values()))
        held = {PORTS[type_] for type_ in kinds_of(rows)} if owner == DEVICE else set(relations)
        for name in relations:
            if name not in held:
                continue
            relation = catalog[owner].relations[name]
            facets = BASE_ONLY if owner == DEVICE else WITH_PEERS
            plan[_step(key, name)] = Follow(given, relation, catalog[relation.to], facets)
    return plan


def chosen(key: str, text: str, meant: Sequence[Meant], gathered: Gathered, catalog: Catalog) -> Port:
    """The one object or port that a text stands for: its type, and what is known of it.

    Raises `NotFound` with the nearest ports, and `Ambiguous` with all that may be meant.
    """
    found: list[Port] = []
    for each in meant:
        if each.port:
            found += matching(ports_of(key, each.found, gathered), each.port)
        else:
            found.append((each.found.type.name, each.found.entity))
    if len(found) == 1:
        return found[0]
    if found:
        shown = [f"{_title(port, catalog)} = {_by_id(port, catalog)}" for port in found[:CANDIDATES]]
        raise Ambiguous(
            f'"{text}" may be {len(found):,} things',
            candidates=shown,
            hint=f'call again with the one that is meant, for example "{_by_id(found[0], catalog)}"',
        )
    raise _missing(key, text, meant, gathered)


def ports_of(key: str, owner: Found, gathered: Gathered) -> list[Port]:
    """The ports of an object, as `steps` have read them."""
    found: list[Port] = []
    for name in _PORTS_OF[owner.type.name]:
        to = owner.type.relations[name].to
        found += [(to, row) for row in gathered.children(_step(key, name), owner.entity["id"])]
    return found


def _missing(key: str, text: str, meant: Sequence[Meant], gathered: Gathered) -> NotFound:
    close: list[str] = []
    for each in meant:
        owner = str(each.found.entity.get(each.found.type.title) or f"#{each.found.entity['id']}")
        names = [
            str(row.get("name") or row.get("term_side")) for _, row in ports_of(key, each.found, gathered)
        ]
        close += [f"{owner} {name}" for name in nearest(each.port, names)]
    owners = {title_of(each.found.type, each.found.entity): each for each in meant}
    if not owners:
        return NotFound(f'"{text}" is no port, cable, circuit or device', hint="write it as device and port")
    name, first = next(iter(owners.items()))
    return NotFound(
        f'{first.found.type.label} {name} has no port "{first.port}"',
        candidates=close[:CANDIDATES],
        hint=f'describe(object="{name}") lists its ports',
    )


def _told(text: str, rest: str) -> list[Said]:
    return [*readings(text), *(readings(rest) if rest else ())]


def typed(text: str, catalog: Catalog, among: Collection[str]) -> tuple[ObjectType | None, str]:
    """The object type that a text begins with, and what comes after it: `cable C0012`, `front port id:7`."""
    for first, rest in _beginnings(text):
        type_ = catalog.find(first)
        if type_ is not None and type_.name in among:
            return type_, rest
    return None, ""


def _beginnings(text: str) -> Iterator[tuple[str, str]]:
    words = text.split()
    for number in range(min(_LABEL_WORDS, len(words) - 1), 0, -1):
        yield " ".join(words[:number]), " ".join(words[number:])


def _is_called(found: Found, name: str) -> bool:
    if id_in(name):
        return id_in(name) == str(found.entity["id"])
    own = (found.type.title, "slug", "vid")
    return name.casefold() in {
        str(found.entity[field]).casefold() for field in own if found.entity.get(field)
    }


def _title(port: Port, catalog: Catalog) -> str:
    type_, row = port
    label = catalog[type_].label
    if type_ in _BY_ID:
        return f"{name_of(port_name(type_, row))} ({label})"
    held = row.get("site") or row.get("provider")
    place = name_of(held[0] if isinstance(held, list) else held)
    return f"{title_of(catalog[type_], row)} ({label}{f', {place}' if place else ''})"


def _by_id(port: Port, catalog: Catalog) -> str:
    return f"{catalog[port[0]].label} id:{port[1]['id']}"


def _step(key: str, relation: str) -> str:
    return f"{key}: {relation.replace('_', ' ')}"
