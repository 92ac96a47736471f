"""`changes`: the change log: who changed what and when, with what was before and after, and the journal beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from orchestration.steps import Gathered, Plan, Select
from orchestration.tool import Arguments, Briefing, Draft, Lookup, Tool
from sources.catalog import BASE, Catalog
from sources.errors import BadArguments, NotFound, UnknownType
from sources.source import Condition, Entity
from sources.types import DETAILS
from sources.where import nearest
from tools.change_counts import counts, counts_of
from tools.change_log import CHANGES, JOURNAL, MOST_ENTRIES, ChangeLog
from tools.change_rows import CHANGE, ENTRY, about, is_request
from tools.change_tables import changes_section, journal_section, requests_section
from tools.change_window import Planned, check_read, newest
from tools.change_words import BEFORE, OTHERS, Asked, summary, unplaced, unread, unread_journal
from tools.describe import places_of
from tools.moments import TimeWindow, utc_now, window

SITE, OBJECT = "site", "object"
_CONTENT_TYPE = re.compile(r"\w+\.\w+")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class ChangesArguments(Arguments):
    """Which changes."""

    since: Annotated[Text | None, Field(description="2026-11-01, monday, 24h ... (default: 7 days)")] = None
    until: Annotated[Text | None, Field(description="likewise; default: now")] = None
    by: Annotated[Text | None, Field(description="user name (exact)")] = None
    object: Annotated[Text | None, Field(description='object name or "id:<id>", deleted ones too')] = None
    site: Annotated[Text | None, Field(description="site name: it and all that stands there")] = None
    type: Annotated[Text | None, Field(description="object type")] = None
    request: Annotated[Text | None, Field(description="request id from an earlier answer")] = None
    max_tokens: Annotated[int, Field(ge=300, le=20_000, description="token budget of the answer")] = 3_000


class Changes(Tool[ChangesArguments]):
    """The change log."""

    name = "changes"
    title = "What changed, when and by whom"
    description = (
        "The change log, newest first: what was created, updated or deleted, by whom, each changed field before and "
        "after; of everything, a site with all that stands there, an object (also a deleted one), a user or a type. "
        'Example: site="DM-Akron", since="monday".'
    )
    examples = (
        "what changed at DM-Akron since Monday",
        "who deleted akron-sw07",
        "what did jdoe change yesterday",
    )
    arguments = ChangesArguments

    def __init__(self, clock: Callable[[], datetime] = utc_now) -> None:
        self._clock = clock

    def types(self, args: ChangesArguments) -> Sequence[str]:
        """The type, if it is told."""
        return (args.type,) if args.type else ()

    def logged(self, args: ChangesArguments) -> Sequence[str]:
        """Whatever is written like the types in the log, since it holds some that have no list."""
        return (args.type,) if args.type and _CONTENT_TYPE.fullmatch(args.type) else ()

    def lookups(self, args: ChangesArguments, catalog: Catalog) -> Sequence[Lookup]:
        """The site, which must exist, and the object, which may be gone."""
        lookups = []
        if args.site:
            lookups.append(Lookup(SITE, args.site, ((catalog["dcim.site"],),), narrows="dcim.site"))
        if args.object:
            text, tiers = places_of(args.object, args.type, catalog)
            also = (args.object,) if text != args.object else ()
            lookups.append(Lookup(OBJECT, text, tiers, also=also, optional=True))
        return lookups

    def plan(self, args: ChangesArguments, briefing: Briefing) -> Plan:
        """The newest changes of the window with their number, and the newest journal entries."""
        if args.request and not is_request(args.request):
            raise BadArguments(
                f'request "{args.request}" is no whole id of a request',
                hint="take the id from the section requests of an answer",
            )
        catalog = briefing.catalog
        whole = briefing.window.whole
        log = newest(catalog[CHANGE], self._window(args), _conditions(args, briefing), whole=whole)
        plan: dict[str, Any] = {CHANGES: log}
        if not args.request:
            about = _about_object("assigned_object", briefing) if args.object else ()
            if about or not args.object:
                plan[JOURNAL] = Select(
                    catalog[ENTRY],
                    about,
                    frozenset({BASE, DETAILS}),
                    order=("-created",),
                    limit=None if whole else MOST_ENTRIES,
                    optional=True,
                )
        return plan

    def further(self, args: ChangesArguments, gathered: Gathered, briefing: Briefing) -> Plan:
        """Where the objects stand, what the data says, and the counts of a log that is too long to read."""
        check_read(gathered)
        log = _log(args, gathered, briefing)
        if not log.total:
            return _nearest(args, gathered, briefing)
        return {**counts_of(log, gathered, briefing), **log.missing()}

    def assemble(self, args: ChangesArguments, gathered: Gathered, briefing: Briefing) -> Draft:
        """A row for what each request did to each object, the requests, the journal, and counts."""
        log = _log(args, gathered, briefing)
        if args.object and not briefing.found.get(OBJECT) and not log.total:
            raise _unknown(args, gathered)
        if args.type and not log.total and not gathered.rows(BEFORE):
            _check_type(args.type, briefing.catalog)
        entries = _entries(args, log, gathered, briefing)
        sections = [changes_section(log, briefing), requests_section(log, briefing)]
        if gathered.knows(JOURNAL):
            sections.append(journal_section(entries, log, briefing))
        planned = Planned(gathered)
        span = {"since": planned.since_stamp, "until": planned.until_stamp or "now"} if planned.since else {}
        warnings = [
            *unread(log, 'until="{oldest}" goes on from there'),
            *unplaced(log, str(args.site)),
            *unread_journal(gathered),
        ]
        return Draft(
            summary(_asked(args, briefing), log, len(entries), gathered, briefing),
            tuple(sections),
            {**span, **counts(log, gathered)},
            tuple(warnings),
            complete=not warnings,
        )

    def lasting(self, args: ChangesArguments, gathered: Gathered) -> ChangesArguments:
        """The window as moments, ended by the latest that was read: what comes later would move the rows."""
        planned = Planned(gathered)
        latest = [row["time"] for row in gathered.rows(CHANGES)[:1]]
        latest += [row["created"] for row in gathered.rows(JOURNAL)[:1]]
        if not planned.times or not latest:
            return args
        return args.model_copy(update=planned.frozen(max(latest)))

    def _window(self, args: ChangesArguments) -> TimeWindow:
        # A request is a moment: to look for it in a window would only hide it.
        if args.request and not args.since and not args.until:
            return TimeWindow(None, None)
        return window(args.since, args.until, self._clock().replace(second=0, microsecond=0))


def _log(args: ChangesArguments, gathered: Gathered, briefing: Briefing) -> ChangeLog:
    scope = briefing.one(SITE) if args.site else None
    return ChangeLog(gathered, briefing, scope=scope, type_=_type_of(args, briefing))


def _type_of(args: ChangesArguments, briefing: Briefing) -> str | None:
    found = briefing.catalog.find(args.type) if args.type else None
    return found.name if found else None


def _asked(args: ChangesArguments, briefing: Briefing) -> Asked:
    found = briefing.found.get(OBJECT)
    return Asked(
        briefing.one(SITE) if args.site else None,
        args.object,
        found[0] if found else None,
        _type_of(args, briefing),
        args.by,
        args.request,
        args.since,
    )


def _conditions(args: ChangesArguments, briefing: Briefing) -> list[Condition]:
    """What the log itself is filtered by, beside the time; a site it does not know."""
    where = []
    if args.by:
        where.append(Condition("user_name", "", (args.by,)))
    if args.request:
        where.append(Condition("request_id", "", (args.request.lower(),)))
    if args.object and briefing.found.get(OBJECT):
        where += _about_object("changed_object", briefing)
    else:
        if args.object:
            where.append(Condition("object_repr", "ie", (args.object,)))
        type_ = _type_of(args, briefing)
        if type_:
            where.append(Condition("changed_object_type", "", (type_,)))
    return where


def _about_object(stem: str, briefing: Briefing) -> tuple[Condition, ...]:
    if not briefing.found.get(OBJECT):
        return ()
    found = briefing.one(OBJECT)
    return (
        Condition(f"{stem}_type", "", (found.type.name,)),
        Condition(f"{stem}_id", "", (found.entity["id"],)),
    )


def _nearest(args: ChangesArguments, gathered: Gathered, briefing: Briefing) -> Plan:
    """Where nothing changed: what changed last before that, and who else changed something."""
    planned, change = Planned(gathered), briefing.catalog[CHANGE]
    conditions = _conditions(args, briefing)
    more: dict[str, Any] = {}
    if planned.since_stamp and conditions and BEFORE not in gathered.plan:
        before = Condition("time", "lt", (planned.since_stamp,))
        more[BEFORE] = Select(change, (before, *conditions), limit=1, optional=True)
    if args.by and OTHERS not in gathered.plan:
        others = [each for each in conditions if each.key != "user_name"]
        more[OTHERS] = Select(change, (*planned.times, *others), limit=200, optional=True)
    return more


def _check_type(name: str, catalog: Catalog) -> None:
    """Raises `UnknownType` for what is neither a type nor in the log."""
    type_ = catalog.find(name)
    if type_ is not None and not type_.listed:
        raise UnknownType(
            f'there is no object type "{name}", and no such change in the log',
            candidates=nearest(name, [each.name for each in catalog.types.values() if each.listed]),
            hint="changes without a type names the types that were changed",
        )


def _unknown(args: ChangesArguments, gathered: Gathered) -> NotFound:
    since = Planned(gathered).since_stamp or "ever"
    return NotFound(
        f'there is no object "{args.object}", and none of that name in the change log since {since}',
        cause="another spelling, or a name that the log writes with more (VLANs as `Servers (100)`)",
        hint=f'find(text="{args.object}") looks in all types; an earlier since looks further back for what was deleted',
    )


def _entries(args: ChangesArguments, log: ChangeLog, gathered: Gathered, briefing: Briefing) -> list[Entity]:
    """The journal entries of the window; Nautobot cannot be asked for a span of time."""
    planned, type_ = Planned(gathered), _type_of(args, briefing)
    return [
        row
        for row in log.entries
        if planned.covers(row["created"])
        and (not args.by or str(row["created_by"]).casefold() == args.by.casefold())
        and (not type_ or (about(row) or ("",))[0] == type_)
    ]
