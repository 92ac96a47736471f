"""What a prefix or an address is inside of, and what is inside a prefix, all in its own table."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.answer import Section
from orchestration.steps import Gathered, Plan, Select
from orchestration.tool import Briefing, Found
from sources.source import Condition
from tools.asked_table import own_table
from tools.dossier_parts import Column, of

MOST_READ = 200
"""Rows of a prefix's contents that are read for one answer; its cursor reads on."""
_INSIDE, _CHILDREN, _ADDRESSES = "inside", "children", "addresses"
_ADDRESS: Sequence[Column] = (of("address"), of("status"), of("assigned"), of("dns_name"), of("tenant"))
_PREFIX: Sequence[Column] = (of("prefix"), of("vrf"), of("status"), of("scope"), of("vlan"), of("role"))


def address_steps(found: Found, briefing: Briefing) -> Plan:
    """The prefixes that contain a prefix or an address; what a prefix contains."""
    catalog, window = briefing.catalog, briefing.window
    prefix, address = catalog["ipam.prefix"], catalog["ipam.ipaddress"]
    if found.type.name == "ipam.ipaddress":
        where = (Condition("contains", "", (found.entity["address"],)), *own_table(found.entity))
        return {_INSIDE: Select(prefix, where, limit=MOST_READ, optional=True)}
    if found.type.name not in ("ipam.prefix", "ipam.aggregate"):
        return {}
    network, vrf = found.entity["prefix"], own_table(found.entity)
    return {
        _INSIDE: Select(
            prefix, (Condition("contains", "", (network,)), *vrf), limit=MOST_READ, optional=True
        ),
        _CHILDREN: Select(
            prefix,
            (Condition("within", "", (network,)), *vrf),
            offset=window.start(_CHILDREN),
            limit=window.most(_CHILDREN, MOST_READ),
            optional=True,
        ),
        _ADDRESSES: Select(
            address,
            (Condition("parent", "", (network,)), *vrf),
            offset=window.start(_ADDRESSES),
            limit=window.most(_ADDRESSES, MOST_READ),
            optional=True,
        ),
    }


def address_sections(found: Found, gathered: Gathered, briefing: Briefing) -> list[Section]:
    """A table for each of these that was read."""
    sections = []
    for step, title, columns in (
        (_INSIDE, "containing prefixes", _PREFIX),
        (_CHILDREN, "child prefixes", _PREFIX),
        (_ADDRESSES, "IP addresses", _ADDRESS),
    ):
        if not gathered.knows(step):
            continue
        rows, total, start = gathered.rows(step), gathered.total(step), briefing.window.start(step)
        if step == _INSIDE:
            # A prefix contains itself, and all that contain it are read: there are never many.
            others = [
                row for row in rows if found.type.name != "ipam.prefix" or row["id"] != found.entity["id"]
            ]
            rows, total = others[start:], total - (len(rows) - len(others))
        cells = [[value(row) for _, value in columns] for row in rows]
        sections.append(Section(title, tuple(name for name, _ in columns), cells, total, start, step))
    return sections
