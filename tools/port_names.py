"""Ports as engineers write them: `akr-asw01 Gi1/0/48`, `akr-pp01 front 12`, `Gi1/0/48 on akr-asw01`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sources.source import Entity
from tools.cable_rows import CONSOLE, CONSOLE_SERVER, FEED, FRONT, INLET, INTERFACE, OUTLET, REAR, TERMINATION

KINDS: dict[str, frozenset[str]] = {
    "front": frozenset({FRONT}),
    "rear": frozenset({REAR}),
    "interface": frozenset({INTERFACE}),
    "console": frozenset({CONSOLE, CONSOLE_SERVER}),
    "outlet": frozenset({OUTLET}),
    "power": frozenset({INLET, OUTLET}),
    "psu": frozenset({INLET}),
    "feed": frozenset({FEED}),
    "side": frozenset({TERMINATION}),
}
"""Words before a port's name that say of which type it is."""
_BETWEEN = re.compile(r"\s*[:;,|>]\s*|\s+")
_BACKWARD = re.compile(r"(?P<port>.+?)\s*(?:\s(?:on|of|at|in)\s|@)\s*(?P<owner>.+)", re.IGNORECASE)
_FILLERS = frozenset({"port", "interface", "int", "-", "the"})
_STEM = re.compile(r"([a-z]*)(.*)", re.DOTALL)

Port = tuple[str, Entity]
"""A port's type, and its row."""


@dataclass(frozen=True, slots=True)
class Said:
    """One way to read a text: the name of a device, circuit or panel, and what is said of a port there."""

    owner: str
    port: str = ""


def readings(text: str) -> list[Said]:
    """Every way to read a text; the one without a port first, then the likeliest."""
    cuts = [Said(text[: cut.start()].strip(), text[cut.end() :].strip()) for cut in _BETWEEN.finditer(text)]
    backward = _BACKWARD.fullmatch(text)
    turned = [Said(backward["owner"].strip(), backward["port"].strip())] if backward else []
    return [Said(text), *turned, *(said for said in reversed(cuts) if said.owner and said.port)]


def matching(ports: Iterable[Port], said: str) -> list[Port]:
    """The ports that are meant: those that match best. Several only where they match equally well."""
    known, words = list(ports), said.split()
    found = _best(known, " ".join(words))
    while not found and len(words) > 1 and words[0].casefold() in _FILLERS:
        words = words[1:]
        found = _best(known, " ".join(words))
    if found or not words:
        return found
    types, rest = _kind(words)
    if types is None:
        return []
    of_kind = [port for port in known if port[0] in types]
    return _best(of_kind, rest) or [port for port in of_kind if _number(port[1]) == (rest.lstrip("0") or "0")]


def _kind(words: Sequence[str]) -> tuple[frozenset[str] | None, str]:
    """The types that a word before the name tells, and the name: `front port 12`, `A side`."""
    low = [word.casefold() for word in words]
    for at in (0, len(words) - 1):
        if low[at] in KINDS and len(words) > 1:
            rest = [word for number, word in enumerate(words) if number != at]
            while len(rest) > 1 and rest[0].casefold() in ("port", "server", "outlet"):
                rest = rest[1:]
            return KINDS[low[at]], " ".join(rest)
    return None, ""


def _best(ports: Sequence[Port], name: str) -> list[Port]:
    tests: tuple[Callable[[str], bool], ...] = (
        lambda own: own == name,
        lambda own: own.casefold() == name.casefold(),
        lambda own: _plain(own) == _plain(name),
        lambda own: _abbreviates(name, own),
    )
    for test in tests:
        for field in ("name", "label"):
            found = [port for port in ports if (own := _own(port, field)) and test(own)]
            if found:
                return found
    return []


def _own(port: Port, field: str) -> str:
    type_, row = port
    return str(row.get("term_side" if type_ == TERMINATION and field == "name" else field) or "")


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-]+", "", name.casefold())


def _abbreviates(one: str, other: str) -> bool:
    """Whether two names have the same numbers, and the word before them is the same but for its length.

    `Gi1/0/1` is `GigabitEthernet1/0/1`, `Po1` is `Port-channel1`, `GE1/0/1` has the initials.
    """
    left, right = _STEM.fullmatch(_plain(one)), _STEM.fullmatch(_plain(other))
    assert left is not None
    assert right is not None
    if not left[1] or not right[1] or left[2] != right[2] or not left[2]:
        return False
    if left[1].startswith(right[1]) or right[1].startswith(left[1]):
        return True
    return _initials(one) == right[1] or _initials(other) == left[1]


def _initials(name: str) -> str:
    """`ge` of `GigabitEthernet`; nothing of a name with one capital."""
    found = re.findall(r"[A-Z]", re.split(r"\d", name, maxsplit=1)[0])
    return "".join(found).casefold() if len(found) > 1 else ""


def _number(row: Entity) -> str | None:
    """The number of a port that has no other: `12` of `Port 12`; None of `Gi1/0/12`."""
    numbers = re.findall(r"\d+", str(row.get("name") or ""))
    return numbers[0].lstrip("0") or "0" if len(numbers) == 1 else None
