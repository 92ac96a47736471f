"""Checks for links whose two ends do not agree: VLANs, MTU, speed, duplex. Each link is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sources.catalog import BASE
from sources.source import Entity
from sources.types import DETAILS, LINKS, VLANS
from tools.checks.check import Check, Finding, Severity
from tools.checks.rows import DEVICE, INTERFACE, Rows, key_of
from tools.wording import vlan_numbers

Pair = tuple[Entity, Entity]
Disagreement = Callable[[Entity, Entity], str | None]
ALL = "all VLANs"
READS = {DEVICE: frozenset({BASE}), INTERFACE: frozenset({BASE, DETAILS, LINKS, VLANS})}


def links(rows: Rows) -> Iterator[Pair]:
    """The links between two interfaces that are both known, of which one at least is in the scope."""
    known = rows.by_id(INTERFACE)
    seen: set[frozenset[str]] = set()
    for near in rows.of(INTERFACE):
        for ref in near["connected_to"]:
            far = known.get(ref["id"]) if ref.get("type") == INTERFACE else None
            pair = frozenset({near["id"], ref["id"]})
            if far is not None and len(pair) == 2 and pair not in seen:
                seen.add(pair)
                yield near, far


def bundles(rows: Rows) -> Iterator[Pair]:
    """The same with LAGs in place of their members: what is configured on a LAG is asked of the LAG, once."""
    known = rows.by_id(INTERFACE)
    seen: set[frozenset[str]] = set()
    for ends in links(rows):
        near, far = (known.get(end["lag"]["id"], end) if end["lag"] else end for end in ends)
        pair = frozenset({near["id"], far["id"]})
        if len(pair) == 2 and pair not in seen:
            seen.add(pair)
            yield near, far


def _carried(port: Entity) -> tuple[str | None, str]:
    """The VLANs of a port by number, as VLANs of two sites can be one: the untagged, and the tagged ones."""
    native = vlan_numbers([port["untagged_vlan"]]) if port["untagged_vlan"] else None
    if port["mode"] == "tagged-all":
        return native, ALL
    return native, vlan_numbers(port["tagged_vlans"]) or ""


def _vlans_differ(near: Entity, far: Entity) -> str | None:
    """Ports without a mode say nothing of VLANs: these are routed, or nobody entered any."""
    if not (near["mode"] and far["mode"]):
        return None
    (native, tagged), (far_native, far_tagged) = _carried(near), _carried(far)
    if native != far_native:
        return f"untagged {native or 'none'} here, {far_native or 'none'} there"
    if tagged != far_tagged and ALL not in (tagged, far_tagged):
        return f"tagged {tagged or 'none'} here, {far_tagged or 'none'} there"
    return None


def _differ(field: str) -> Disagreement:
    """Two values that are both known and are not the same."""

    def differ(near: Entity, far: Entity) -> str | None:
        here, there = near[field], far[field]
        if here is None or there is None or here == there:
            return None
        return f"{field} {here} here, {there} there"

    return differ


def _key(rows: Rows, end: Entity) -> tuple[str, ...]:
    return key_of(rows.catalog, INTERFACE, end)


def _mismatch(
    what: str,
    title: str,
    differ: Disagreement,
    pairs: Callable[[Rows], Iterator[Pair]],
    **said: Any,
) -> Check:
    def find(rows: Rows) -> Iterable[Finding]:
        for pair in pairs(rows):
            # By name, so that a link is told alike from whichever end it was found.
            here, there = sorted(pair, key=lambda end: _key(rows, end))
            words = differ(here, there)
            if words:
                names = f"{rows.called(INTERFACE, here)} - {rows.called(INTERFACE, there)}"
                yield Finding(
                    names, rows.at(here) or rows.at(there), words, _key(rows, here) + _key(rows, there)
                )

    return Check(
        name=f"{what}-mismatch", title=title, type=INTERFACE, reads=READS, find=find, far_ends=True, **said
    )


CHECKS = (
    _mismatch(
        "vlan",
        "VLANs differ at the two ends of a link",
        _vlans_differ,
        bundles,
        severity=Severity.HIGH,
        why="frames of a VLAN that one end does not carry are lost, and those of another untagged VLAN leak into "
        "it; ends without a mode are left out, and tagged-all agrees with any tagged VLANs",
        fix="make mode, untagged and tagged VLANs of both ends alike",
    ),
    _mismatch(
        "mtu",
        "MTU differs at the two ends of a link",
        _differ("mtu"),
        bundles,
        severity=Severity.MEDIUM,
        why="large packets are dropped in one direction; ends without an MTU are left out",
        fix="set the same MTU at both ends",
    ),
    _mismatch(
        "speed",
        "Speed differs at the two ends of a link",
        _differ("speed"),
        links,
        severity=Severity.HIGH,
        why="such a link does not come up; ends without a speed are left out",
        fix="set the same speed at both ends, or none",
    ),
    _mismatch(
        "duplex",
        "Duplex differs at the two ends of a link",
        _differ("duplex"),
        links,
        severity=Severity.HIGH,
        why="a link with unequal duplex loses packets under load; ends without one are left out",
        fix="set auto, or the same duplex, at both ends",
    ),
)
