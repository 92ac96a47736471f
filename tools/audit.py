"""`audit`: rule checks over the inventory, each finding with what is wrong, why it matters and how to fix it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import Field

from orchestration.answer import Section
from orchestration.cells import cell, shortened
from orchestration.steps import Gathered, Plan
from orchestration.tool import Arguments, Briefing, Draft, Lookup, Tool
from sources.catalog import Catalog
from sources.errors import BadArguments
from sources.where import nearest
from tools.checks.check import Check, Finding, Severity, fingerprint
from tools.checks.library import Library
from tools.checks.reading import Reading, Scope, count_of
from tools.checks.rows import Rows
from tools.wording import counted, natural, where_in_words

CHECKS = "checks"
FINDINGS = "findings"
NOT_MADE = "not made"
FIRST = 3
"""Findings of each check that come before the others of any."""
_SCOPES = ("site", "role", "tenant", "tag")
_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class AuditArguments(Arguments):
    """What to check."""

    site: Annotated[str | None, Field(description="site, region or location name")] = None
    role: Annotated[str | None, Field(description="device role name")] = None
    tenant: Annotated[str | None, Field(description="tenant name")] = None
    tag: Annotated[str | None, Field(description="tag name")] = None
    checks: Annotated[
        list[str] | None, Field(description="only these checks, by name or severity (high, medium, low)")
    ] = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check came to: its findings and how many there are, or why it was not made."""

    check: Check
    findings: Sequence[Finding] = ()
    total: int = 0
    obstacle: str = ""
    failed: bool = False
    """It should have been made, and could not."""


def _today() -> date:
    return datetime.now(UTC).date()


class Audit(Tool[AuditArguments]):
    """Rule checks over the inventory."""

    name = "audit"
    title = "Audit the inventory"
    description = (
        "What is wrong or missing in the inventory, by rule checks: missing primary IPs, duplicates, loose or wrong "
        "cables, VLAN or MTU mismatches across links, stale plans and more; exact counts, and findings with why and "
        'fix. Example: site="DM-Akron", checks=["high"].'
    )
    examples = ("audit DM-Akron", "which devices have no serial number", "are there VLAN mismatches")
    arguments = AuditArguments

    def __init__(self, library: Library | None = None, today: Callable[[], date] = _today) -> None:
        self._library = library or Library()
        self._today = today

    def lookups(self, args: AuditArguments, catalog: Catalog) -> Sequence[Lookup]:
        """The names of the scope."""
        tiers = {
            "site": ("dcim.site", "dcim.region", "dcim.location"),
            "role": ("dcim.devicerole",),
            "tenant": ("tenancy.tenant",),
            "tag": ("extras.tag",),
        }
        return [
            Lookup(name, text, tuple((catalog[type_],) for type_ in tiers[name]))
            for name in _SCOPES
            if (text := getattr(args, name))
        ]

    def plan(self, args: AuditArguments, briefing: Briefing) -> Plan:
        """A page of each type that the checks must see."""
        return self._reading(args, briefing).plan()

    def further(self, args: AuditArguments, gathered: Gathered, briefing: Briefing) -> Plan:
        """What hangs on the devices, and the rest of what is few enough to be read."""
        return self._reading(args, briefing).further(gathered)

    def assemble(self, args: AuditArguments, gathered: Gathered, briefing: Briefing) -> Draft:
        """A row for each check that found something, the findings, and what could not be checked."""
        reading = self._reading(args, briefing)
        rows = reading.rows(gathered, self._today())
        outcomes = [_made(check, reading, gathered, rows) for check in self._chosen(args)]
        outcomes.sort(key=lambda outcome: _RANKS[outcome.check.severity])
        found = [outcome for outcome in outcomes if outcome.total]
        skipped = [outcome for outcome in outcomes if outcome.obstacle]
        window = briefing.window
        tables = (
            (
                CHECKS,
                ("check", "severity", "findings", "about", "why", "fix"),
                [_row(outcome, rows) for outcome in found],
            ),
            (FINDINGS, ("check", "object", "at", "vrf", "what", "fingerprint"), _sampled(found)),
            (NOT_MADE, ("check", "because"), [[each.check.name, each.obstacle] for each in skipped]),
        )
        sections = tuple(
            Section(title, columns, table[window.start(title) :], len(table), window.start(title), title)
            for title, columns, table in tables
            if table or title != NOT_MADE
        )
        clean = [each.check.name for each in outcomes if not each.total and not each.obstacle]
        failed = [each for each in skipped if each.failed]
        return Draft(
            _summary(args, outcomes, rows),
            sections,
            {"clean": clean} if clean else {},
            (*_warnings(found, failed), *self._library.warnings),
            complete=not failed,
        )

    def _chosen(self, args: AuditArguments) -> list[Check]:
        checks = self._library.checks
        if args.checks is None:
            return list(checks)
        known = {*(check.name for check in checks), *Severity}
        for name in args.checks:
            if name not in known:
                raise BadArguments(
                    f'there is no check "{name}"',
                    candidates=nearest(name, sorted(known)),
                    hint="checks: " + ", ".join([*Severity, *(check.name for check in checks)]),
                )
        return [check for check in checks if {check.name, check.severity} & set(args.checks)]

    def _reading(self, args: AuditArguments, briefing: Briefing) -> Reading:
        chosen = {name: briefing.one(name) for name in _SCOPES if getattr(args, name)}
        return Reading(self._chosen(args), Scope(chosen), briefing.catalog)


def _made(check: Check, reading: Reading, gathered: Gathered, rows: Rows) -> Outcome:
    """Make one check. What a team's own function raises is its outcome, so that the others go on."""
    aside = reading.out_of_scope(check)
    if aside:
        return Outcome(check, obstacle=aside)
    obstacle, counting = reading.obstacle(check, gathered), count_of(check)
    counted_only = bool(obstacle) and gathered.knows(counting)
    if obstacle and not counted_only:
        return Outcome(check, obstacle=obstacle, failed=True)
    if counted_only:
        rows = Rows(rows.catalog, {check.type: gathered.rows(counting)}, today=rows.today)
    try:
        findings = sorted(check.find(rows), key=_rank)
    except Exception as error:  # noqa: BLE001  # a team's own check may raise anything
        words = f"the check itself failed: {type(error).__name__}: {error}"
        return Outcome(check, obstacle=shortened(words), failed=True)
    return Outcome(check, findings, gathered.total(counting) if counted_only else len(findings))


def _rank(finding: Finding) -> tuple[Any, ...]:
    return finding.at or "", natural(finding.object), finding.what, finding.key


def _row(outcome: Outcome, rows: Rows) -> list[Any]:
    check = outcome.check
    return [
        check.name,
        check.severity.value,
        outcome.total,
        rows.catalog[check.type].label,
        check.why,
        check.fix,
    ]


def _sampled(outcomes: Iterable[Outcome]) -> list[list[Any]]:
    """The findings by severity: some of each check first, so that a short answer shows of all."""
    first: list[list[Any]] = []
    others: list[list[Any]] = []
    for outcome in outcomes:
        turns: Counter[tuple[str, ...]] = Counter()
        for number, each in enumerate(outcome.findings):
            mark = fingerprint(outcome.check.name, each.key, turns[each.key])
            turns[each.key] += 1
            row = [outcome.check.name, *map(cell, (each.object, each.at, each.vrf, each.what)), mark]
            (first if number < FIRST else others).append(row)
    return first + others


def _summary(args: AuditArguments, outcomes: Sequence[Outcome], rows: Rows) -> str:
    words = where_in_words({name: text for name in _SCOPES if (text := getattr(args, name))})
    found = [outcome for outcome in outcomes if outcome.total]
    total = sum(outcome.total for outcome in found)
    made = sum(1 for outcome in outcomes if not outcome.obstacle)
    by_severity = Counter[Severity]()
    for outcome in found:
        by_severity[outcome.check.severity] += outcome.total
    parts = [f"{by_severity[severity]:,} {severity.value}" for severity in Severity if by_severity[severity]]
    seen = [counted(len(held), rows.catalog[name]) for name, held in rows.scoped.items() if held]
    scope = "; ".join(part for part in (words, ", ".join(seen)) if part)
    head = f"{total:,} finding{'' if total == 1 else 's'} of {len(found)} of {made} checks"
    missing = len(outcomes) - made
    tail = f"; {missing} check{' was' if missing == 1 else 's were'} not made" if missing else ""
    return f"{head}{f' ({scope})' if scope else ''}{': ' + ', '.join(parts) if parts else ''}{tail}"


def _warnings(found: Iterable[Outcome], failed: Sequence[Outcome]) -> list[str]:
    warnings = [
        f"{each.check.name}: {each.total:,} are counted, {len(each.findings):,} of them are listed"
        for each in found
        if each.total > len(each.findings)
    ]
    if failed:
        warnings.append(f"{len(failed)} checks could not be made: see the section {NOT_MADE}")
    return warnings
