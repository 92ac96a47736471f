"""Addresses and networks that are there more than once: in one table, or in several that overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from orchestration.cells import cell
from tools.address_plan import AddressPlan, Host, Network, Scope, table_name
from tools.spans import Span
from tools.wording import listed

GLOBAL = "global table"


@dataclass(frozen=True, slots=True)
class Conflict:
    """What was found of what, in which tables, and the particulars."""

    finding: str
    what: str
    tables: Any
    detail: str | None


def conflicts(plan: AddressPlan, scope: Scope) -> list[Conflict]:
    """Duplicate prefixes and addresses of what was asked for, then what overlaps across tables."""
    return [*_networks(plan.networks, scope), *_hosts(plan.hosts or (), scope), *_overlaps(plan, scope)]


def _networks(networks: Sequence[Network], scope: Scope) -> Iterator[Conflict]:
    in_order = sorted(networks, key=lambda each: (each.span, *_by_name(each)))
    for span, group in groupby(in_order, key=lambda each: each.span):
        alike = list(group)
        if not _asked(alike, scope):
            continue
        yield from _repeated("duplicate prefix", span.network(), alike)
        # Containers of the same space are how overlapping tables are planned.
        tables = {each.table: each for each in alike if not each.divided}
        if len(tables) > 1:
            detail = _listed(each.entity.get("scope") or each.entity.get("description") for each in alike)
            yield Conflict("prefix in several VRFs", span.network(), _names(tables.values()), detail)


def _hosts(hosts: Sequence[Host], scope: Scope) -> Iterator[Conflict]:
    for span, group in groupby(hosts, key=lambda each: each.span):
        alike = [each for each in group if not each.shared]
        if len(alike) < 2 or not _asked(alike, scope):
            continue
        yield from _repeated("duplicate address", span.ends(), alike)
        tables = {each.table: each for each in alike}
        if len(tables) > 1:
            detail = _listed(each.entity.get("assigned") for each in alike)
            yield Conflict("address in several VRFs", span.ends(), _names(tables.values()), detail)


def _repeated(finding: str, what: str, alike: Sequence[Network] | Sequence[Host]) -> Iterator[Conflict]:
    """Those of one table: the server does not enforce uniqueness there, or did not once."""
    tables: dict[str, list[Network | Host]] = {}
    for each in alike:
        tables.setdefault(each.table, []).append(each)
    for found in tables.values():
        if len(found) > 1:
            holders = _listed(each.entity.get("assigned") or each.entity.get("scope") for each in found)
            detail = f"{len(found)} times{f': {holders}' if holders else ''}"
            yield Conflict(finding, what, _name(found[0]), detail)


def _overlaps(plan: AddressPlan, scope: Scope) -> Iterator[Conflict]:
    """Networks around smaller ones of other tables: a row for each outer one, whatever tables it is in."""
    leaves = sorted(
        (each for each in plan.networks if not each.divided),
        key=lambda each: (each.span.version, each.span.first, -each.span.last, *_by_name(each)),
    )
    around: list[list[Network]] = []
    inner: dict[Span, list[Network]] = {}
    outer: dict[Span, list[Network]] = {}
    for span, group in groupby(leaves, key=lambda each: each.span):
        alike = list(group)
        while around and not around[-1][0].span.holds(span):
            around.pop()
        for others in around:
            foreign = {each.table for each in others}
            crossing = [each for each in alike if foreign - {each.table}]
            if crossing and _asked((*others, *crossing), scope):
                outer[others[0].span] = others
                inner.setdefault(others[0].span, []).append(crossing[0])
        around.append(alike)
    for span, others in outer.items():
        held = listed([f"{each.span.network()} ({_name(each)})" for each in inner[span]], 3)
        yield Conflict("overlap across VRFs", span.network(), _names(others), f"holds {held}")


def _asked(alike: Iterable[Network | Host], scope: Scope) -> bool:
    return any(scope.holds(each.table, each.span) for each in alike)


def _by_name(each: Network | Host) -> tuple[str, str]:
    return str(table_name(each.entity) or ""), str(each.entity["id"])


def _names(found: Iterable[Network | Host]) -> list[str]:
    return [_name(each) for each in found]


def _name(each: Network | Host) -> str:
    return str(table_name(each.entity) or GLOBAL)


def _listed(values: Iterable[Any]) -> str | None:
    return listed([str(shown) for value in values if (shown := cell(value))], 3) or None
