"""`changes`: the change log: who changed what and when, with what was before and after, and the journal beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from orchestration.cells import name_of
from orchestration.steps import Gathered, Plan, Select
from orchestration.tool import Arguments, Briefing, Draft, Lookup, Tool
from sources.catalog import Catalog
from sources.errors import BadArguments, NetbriefError, NotFound, NotPermitted
from sources.source import Condition, Entity
from tools.change_log import (
    ACTIONS,
    CHANGE,
    CHANGES,
    ENTRY,
    JOURNAL,
    MOST_ENTRIES,
    MOST_READ,
    ChangeLog,
    about,
    counted_by,
    is_request,
    key_of,
    moment_of,
)
from tools.change_tables import changes_section, count_of, counts, journal_section, requests_section
from tools.describe import places_of
from tools.moments import DEFAULT_DAYS, TimeWindow, stamp, window
from tools.wording import counted, listed, title_of

SITE, OBJECT, BEFORE, OTHERS = "site", "object", "the latest before", "others"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


def utc_now() -> datetime:
    """The moment that times in words are reckoned from."""
    return datetime.now(UTC)


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

    def lookups(self, args: ChangesArguments, catalog: Catalog) -> Sequence[Lookup]:
        """The site, which must exist, and the object, which may be gone."""
        lookups = []
        if args.site:
            lookups.append(Lookup(SITE, args.site, ((catalog["dcim.site"],),)))
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
        where = (*_times(self._window(args)), *_conditions(args, briefing))
        plan: dict[str, Any] = {CHANGES: Select(catalog[CHANGE], where, limit=MOST_READ, optional=True)}
        if not args.request:
            about = _about_object("assigned_object", briefing) if args.object else ()
            if about or not args.object:
                plan[JOURNAL] = Select(
                    catalog[ENTRY], about, order=("-created",), limit=MOST_ENTRIES, optional=True
                )
        return plan

    def further(self, args: ChangesArguments, gathered: Gathered, briefing: Briefing) -> Plan:
        """Where the objects stand, what the data says, and the counts of a log that is too long to read."""
        if CHANGES in gathered.failed:
            raise _explained(gathered.failed[CHANGES])
        log = _log(args, gathered, briefing)
        conditions = _conditions(args, briefing)
        change = briefing.catalog[CHANGE]
        more: dict[str, Any] = {}
        if not log.total:
            return _nearest(args, gathered, briefing)
        if not log.whole and not briefing.window.section and count_of("create") not in gathered.plan:
            times = _times_of(gathered)
            more = {
                count_of(action): Select(
                    change, (*times, *conditions, Condition("action", "", (action,))), limit=0, optional=True
                )
                for action in ACTIONS
            }
        return {**more, **log.missing()}

    def assemble(self, args: ChangesArguments, gathered: Gathered, briefing: Briefing) -> Draft:
        """A row for what each request did to each object, the requests, the journal, and counts."""
        log = _log(args, gathered, briefing)
        if args.object and not briefing.found.get(OBJECT) and not log.total:
            raise _unknown(args, gathered)
        entries = _entries(args, log, gathered, briefing)
        sections = [changes_section(log, briefing), requests_section(log, briefing)]
        if gathered.knows(JOURNAL):
            sections.append(journal_section(entries, log, briefing))
        since = _stamped(gathered, "gte")
        span = {"since": since, "until": _stamped(gathered, "lt", "lte") or "now"} if since else {}
        return Draft(
            _summary(args, log, len(entries), gathered, briefing),
            tuple(sections),
            {**span, **counts(log, gathered)},
            _warnings(args, log, gathered),
            complete=log.whole and not log.unplaced,
        )

    def _window(self, args: ChangesArguments) -> TimeWindow:
        # A request is a moment: to look for it in a window would only hide it.
        if args.request and not args.since and not args.until:
            return TimeWindow(None, None)
        return window(args.since, args.until, self._clock().replace(second=0, microsecond=0))


def _log(args: ChangesArguments, gathered: Gathered, briefing: Briefing) -> ChangeLog:
    site = briefing.one(SITE).entity["id"] if args.site else None
    return ChangeLog(gathered, briefing, site=site, type_=_type_of(args, briefing))


def _type_of(args: ChangesArguments, briefing: Briefing) -> str | None:
    found = briefing.catalog.find(args.type) if args.type else None
    return found.name if found else None


def _times(span: TimeWindow) -> list[Condition]:
    since = [Condition("time", "gte", (span.since.isoformat(),))] if span.since else []
    end = "lte" if span.inclusive else "lt"
    return [*since, *([Condition("time", end, (span.until.isoformat(),))] if span.until else [])]


def _times_of(gathered: Gathered, *lookups: str) -> tuple[Condition, ...]:
    """The window as it was planned: a later look at the clock would tell another."""
    step = gathered.plan[CHANGES]
    assert isinstance(step, Select)
    ends = (each for each in step.where if each.key == "time")
    return tuple(each for each in ends if not lookups or each.lookup in lookups)


def _moment(gathered: Gathered, *lookups: str) -> datetime | None:
    found = _times_of(gathered, *lookups)
    return moment_of(found[0].values[0]) if found else None


def _stamped(gathered: Gathered, *lookups: str) -> str | None:
    moment = _moment(gathered, *lookups)
    return stamp(moment) if moment else None


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
    since, change = _stamped(gathered, "gte"), briefing.catalog[CHANGE]
    conditions = _conditions(args, briefing)
    more: dict[str, Any] = {}
    if since and conditions and BEFORE not in gathered.plan:
        before = Condition("time", "lt", (since,))
        more[BEFORE] = Select(change, (before, *conditions), limit=1, optional=True)
    if args.by and OTHERS not in gathered.plan:
        others = [each for each in conditions if each.key != "user_name"]
        more[OTHERS] = Select(change, (*_times_of(gathered), *others), limit=200, optional=True)
    return more


def _explained(error: NetbriefError) -> NetbriefError:
    if not isinstance(error, NotPermitted):
        return error
    return NotPermitted(
        error.what,
        cause="the user of the API token may not see the change log",
        hint="let an administrator grant that user the permission to view object changes: "
        "core > object change in NetBox (core.view_objectchange), extras > object change in Nautobot "
        "(extras.view_objectchange)",
    )


def _unknown(args: ChangesArguments, gathered: Gathered) -> NotFound:
    since = _stamped(gathered, "gte")
    return NotFound(
        f'there is no object "{args.object}", and none of that name in the change log since {since or "ever"}',
        cause="another spelling, or a name that the log writes with more (VLANs as `Servers (100)`)",
        hint=f'find(text="{args.object}") looks in all types; an earlier since looks further back for what was deleted',
    )


def _entries(args: ChangesArguments, log: ChangeLog, gathered: Gathered, briefing: Briefing) -> list[Entity]:
    """The journal entries of the window; Nautobot cannot be asked for a span of time."""
    first, last = _moment(gathered, "gte"), _moment(gathered, "lt", "lte")
    type_ = _type_of(args, briefing)
    return [
        row
        for row in log.entries
        if (first is None or moment_of(row["created"]) >= first)
        and (last is None or moment_of(row["created"]) < last)
        and (not args.by or str(row["created_by"]).casefold() == args.by.casefold())
        and (not type_ or (about(row) or ("",))[0] == type_)
    ]


def _warnings(args: ChangesArguments, log: ChangeLog, gathered: Gathered) -> tuple[str, ...]:
    warnings = []
    if not log.whole:
        oldest = log.read[-1]["time"] if log.read else ""
        warnings.append(
            f"only the newest {len(log.read):,} of {log.total:,} changes were read, back to {oldest}: "
            f'until="{oldest}" goes on from there'
        )
    if log.unplaced:
        types = Counter(key_of(row)[0] for row in log.unplaced)
        said = listed([f"{number:,} of type {type_}" for type_, number in types.most_common()])
        warnings.append(
            f"{len(log.unplaced):,} changes are of objects that are gone, and the log does not say where they were: "
            f"they may have been at {args.site} ({said})"
        )
    read = gathered.rows(JOURNAL)
    first = _moment(gathered, "gte")
    if gathered.total(JOURNAL) > len(read) and (first is None or moment_of(read[-1]["created"]) >= first):
        warnings.append(
            f"only the newest {len(read):,} of {gathered.total(JOURNAL):,} journal entries were read"
        )
    return tuple(warnings)


def _summary(
    args: ChangesArguments, log: ChangeLog, entries: int, gathered: Gathered, briefing: Briefing
) -> str:
    meant = log.meant
    number = len(meant) if log.whole or args.site else log.total
    head = f"{counted(number, briefing.catalog[CHANGE])}{_scope(args, briefing)} {_when(args, gathered)}"
    parts = []
    if not log.whole:
        parts.append(
            f"of the newest {len(log.read):,} of {log.total:,} changes"
            if args.site
            else f"the newest {len(log.read):,} were read"
        )
    if meant:
        actions = counted_by(meant, "action")
        parts.append(
            ", ".join(f"{actions[name]:,} {words}" for name, words in ACTIONS.items() if name in actions)
        )
        objects, requests = (
            len({group.key for group in log.groups}),
            len({group.request for group in log.groups}),
        )
        parts.append(
            f"{objects:,} object{'' if objects == 1 else 's'} in {requests:,} request{'' if requests == 1 else 's'}"
        )
        users = counted_by(meant, "user_name")
        parts.append("by " + listed([f"{name} ({number:,})" for name, number in users.items()]))
    elif not log.total:
        parts += _latest(gathered)
    if entries:
        parts.append(counted(entries, briefing.catalog[ENTRY]))
    return f"{head}: {'; '.join(parts)}" if parts else head


def _scope(args: ChangesArguments, briefing: Briefing) -> str:
    words = []
    if args.site:
        words.append(f"at {name_of(briefing.one(SITE).entity)} and what stands there")
    if args.object:
        found = briefing.found.get(OBJECT)
        words.append(
            f"of {title_of(found[0].type, found[0].entity)} ({found[0].type.label}) itself"
            if found
            else f"of what was called {args.object}, which is gone"
        )
    type_ = _type_of(args, briefing)
    if type_ and not args.object:
        words.append(f"of {briefing.catalog[type_].plural}")
    if args.by:
        words.append(f"by {args.by}")
    if args.request:
        words.append(f"in request {args.request}")
    return "".join(f" {each}" for each in words)


def _when(args: ChangesArguments, gathered: Gathered) -> str:
    """The window as it was understood."""
    since, until = _stamped(gathered, "gte"), _stamped(gathered, "lt", "lte")
    if since is None and until is None:
        return "at any time"
    words = f" ({args.since})" if args.since else f" (the default, {DEFAULT_DAYS} days)"
    if args.since and args.since in str(since):
        words = ""
    return f"from {since}{words} until {until or 'now'}"


def _latest(gathered: Gathered) -> list[str]:
    said = []
    for row in gathered.rows(BEFORE):
        action = ACTIONS.get(row["action"], row["action"])
        said.append(
            f"the latest before was {row['time']}: {row['object_repr']} {action} by {row['user_name']}"
        )
    if OTHERS in gathered.plan:
        users = counted_by(gathered.rows(OTHERS), "user_name")
        said.append(f"who changed something then: {listed(list(users)) or 'nobody'}")
    return said
