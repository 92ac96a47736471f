"""A check for names that break the pattern of their peers, which it learns from the peers themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from orchestration.steps import BASE_ONLY
from sources.source import Entity
from tools.checks.check import Check, Finding, Severity, finding
from tools.checks.rows import DEVICE, Rows

FEWEST = 5
"""Peers from which on they can have a pattern."""
MAJORITY = 0.8
"""The part of them that must share it."""
_PART = re.compile(r"[^\W\d_]+|\d+|[\W_]")

Parts = tuple[str, ...]


def parts_of(name: str) -> Parts:
    """A name in its runs of letters, its runs of digits, and the signs between."""
    return tuple(_PART.findall(name))


def shape(parts: Parts) -> str:
    """What names of one pattern have in common: `a-a99` of `akr-asw01`, `A-A99` of `AKR-ASW01`."""
    return "".join(
        "9" * len(part)
        if part.isdigit()
        else part
        if not part.isalpha()
        else "A"
        if part.isupper()
        else "a"
        if part.islower()
        else "Aa"
        for part in parts
    )


def _common(values: Sequence[str]) -> str | None:
    """The value that the clear majority has, if there is one."""
    if len(values) < FEWEST:
        return None
    [(value, count)] = Counter(values).most_common(1)
    return value if count >= MAJORITY * len(values) else None


def _of_role(peers: Sequence[Entity]) -> dict[str, str]:
    """Device id -> how its name differs from those of its role: in shape, or in a word that they share."""
    parts = {row["id"]: parts_of(row["name"]) for row in peers}
    usual = _common([shape(each) for each in parts.values()])
    if usual is None:
        return {}
    fitting = [each for each in parts.values() if shape(each) == usual]
    # The words at each place; the first one tells the site and has a pattern of its own.
    words = {at: _common([each[at] for each in fitting]) for at in range(1, len(fitting[0]))}
    shared = {at: word for at, word in words.items() if word and word.isalpha()}
    wrong = {}
    for id_, each in parts.items():
        if shape(each) != usual:
            wrong[id_] = f"{_share(len(fitting), len(parts))} of its role are like {''.join(fitting[0])}"
            continue
        strange = next((at for at, word in shared.items() if each[at] != word), None)
        if strange is not None:
            wrong[id_] = f'"{each[strange]}" where others of its role have "{shared[strange]}"'
    return wrong


def _of_site(peers: Sequence[Entity]) -> dict[str, str]:
    """Device id -> how its name begins other than those at its site."""
    first = {row["id"]: parts_of(row["name"])[0].casefold() for row in peers}
    usual = _common(list(first.values()))
    if usual is None or not usual.isalpha():
        return {}
    share = _share(Counter(first.values())[usual], len(first))
    return {
        id_: f'{share} at its site begin with "{usual}"' for id_, begin in first.items() if begin != usual
    }


def _share(some: int, of: int) -> str:
    return f"{some:,} of {of:,}"


def _grouped(rows: Iterable[Entity], field: str) -> list[list[Entity]]:
    of: dict[str, list[Entity]] = {}
    for row in rows:
        if row[field]:
            of.setdefault(row[field]["id"], []).append(row)
    return list(of.values())


def _strangers(rows: Rows) -> Iterable[Finding]:
    named = [row for row in rows.of(DEVICE) if row["name"] and parts_of(row["name"])]
    by_role = {id_: what for peers in _grouped(named, "role") for id_, what in _of_role(peers).items()}
    by_site = {id_: what for peers in _grouped(named, "site") for id_, what in _of_site(peers).items()}
    for row in named:
        reasons = [found[row["id"]] for found in (by_role, by_site) if row["id"] in found]
        if reasons:
            yield finding(rows, DEVICE, row, "; ".join(reasons))


CHECKS = (
    Check(
        name="name-unlike-peers",
        title="Device name that breaks the pattern of its peers",
        severity=Severity.LOW,
        type=DEVICE,
        why="scripts, filters and people that go by the naming pattern miss it; a pattern is what at least "
        f"{MAJORITY:.0%} of {FEWEST} or more devices of one role share, or of one site at the beginning",
        fix="rename it, or correct its role or site if these are wrong",
        reads={DEVICE: BASE_ONLY},
        find=_strangers,
    ),
)
