"""What is said of an object: who is in charge of it, and what was noted in its journal."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.cells import cell, name_of
from orchestration.steps import Gathered, Load, Plan
from orchestration.tool import Briefing
from sources.catalog import ObjectType
from sources.source import Entity
from sources.types import DETAILS
from tools.change_rows import moment_of
from tools.dossier_parts import Column, Part, of

CONTACTS, JOURNAL = "contact_assignments", "journal_entries"
NEWEST = 3
"""Journal entries of a first answer."""
_PEOPLE = "contacts"
_RANKS = ("primary", "secondary", "tertiary")


def _rank(row: Entity) -> tuple[int, str, str]:
    priority = row["priority"]
    rank = _RANKS.index(priority) if priority in _RANKS else len(_RANKS)
    return rank, str(_who(row)), row["id"]


def _who(row: Entity) -> str | None:
    return name_of(row["contact"]) or name_of(row.get("team"))


def _age(row: Entity) -> float:
    return -moment_of(row["created"]).timestamp() if row["created"] else 0.0


_IN_CHARGE = Part(CONTACTS, (("contact", _who), of("role"), of("priority")), order=_rank, named="contacts")
_NOTED = Part(
    JOURNAL,
    (of("created"), of("kind"), of("comments")),
    order=_age,
    named="journal entries",
    along=frozenset({DETAILS}),
    more=(of("created_by", "by"),),
    few=NEWEST,
    share=0.2,
)


def said_of(type_: ObjectType) -> Sequence[Part]:
    """The contacts and the journal, of a type that can have them."""
    return [part for part in (_IN_CHARGE, _NOTED) if part.relation in type_.relations]


def people_steps(type_: ObjectType, briefing: Briefing) -> Plan:
    """How to reach the contacts, where that costs no call unless there are any."""
    if not briefing.fused or CONTACTS not in type_.relations or "tenancy.contact" not in briefing.catalog:
        return {}
    return {_PEOPLE: Load(CONTACTS, "contact", briefing.catalog["tenancy.contact"])}


def contact_columns(gathered: Gathered) -> Sequence[Column]:
    """The columns of a contact; its phone and e-mail where they were read."""
    people = gathered.by_id(_PEOPLE)
    if not people:
        return _IN_CHARGE.columns

    def told(name: str) -> Column:
        return name, lambda row: cell(people.get((row["contact"] or {}).get("id", ""), {}).get(name))

    return (*_IN_CHARGE.columns, told("phone"), told("email"))
