"""Carries out a plan: one wave at a time, the steps of a wave side by side, each through the cached reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cache.reader import Reader
from orchestration.cells import cell
from orchestration.steps import Fetch, Follow, Gathered, Given, Load, Plan, Select, Step, Tally, waves
from sources.catalog import EXTRA, Kind, ObjectType, Relation
from sources.errors import NetbriefError, NotPermitted, TooCostly, UnknownField
from sources.source import ByIds, Children, Condition, Entity, Match, NativeFilters, Page, Read, parent_ids
from sources.where import nearest

Progress = Callable[[int, int, str], Awaitable[None]]
Further = Callable[[Gathered], Plan]
"""What must be known besides, now that these steps are read; empty where nothing is left to ask."""

MOST_PARENTS = 20_000
"""Objects that one step may fan out from."""
FIRST_ROWS = 1000
"""Rows that are read before it is known how many there are."""
MOST_TALLIED = 100_000
"""Rows that are read to be counted by group."""
MOST_GROUPS = 60
"""Groups that are counted with a call each where the rows are too many to read."""
MOST_ROUNDS = 60
"""Times that a tool may ask for further steps: a path through more patch panels than that is a loop."""


def nothing_further(gathered: Gathered) -> Plan:  # noqa: ARG001
    """The plan says it all."""
    return {}


async def gather(
    plan: Plan, reader: Reader, *, progress: Progress, further: Further = nothing_further
) -> Gathered:
    """What the plan's steps bring, and the further steps that follow from what they brought.

    Raises the error of a step that is not optional, or of all if all failed.
    """
    gathered = Gathered({})
    done, steps = 0, plan
    for _ in range(MOST_ROUNDS):
        ordered = waves(steps, gathered.plan)
        gathered.plan = {**gathered.plan, **steps}
        for number, names in enumerate(ordered, start=done):
            await progress(number, done + len(ordered), ", ".join(names))
            await _wave(names, gathered, reader)
        done += len(ordered)
        steps = further(gathered)
        if not steps:
            break
    else:
        raise TooCostly(
            f"the question goes on after {MOST_ROUNDS} rounds of reads",
            hint="ask for a part of it: a smaller depth, or a nearer goal",
        )
    if gathered.failed and not gathered.pages and not gathered.groups:
        raise _gravest(gathered.failed.values())
    return gathered


def _gravest(errors: Iterable[NetbriefError]) -> NetbriefError:
    """Of the errors of all steps the one to give: a missing permission explains the least."""
    return min(errors, key=lambda error: isinstance(error, NotPermitted))


async def _wave(names: Sequence[str], gathered: Gathered, reader: Reader) -> None:
    reads: dict[str, Read] = {}
    for name in names:
        step = gathered.plan[name]
        try:
            read = await _read_of(step, gathered, reader)
        except NetbriefError as error:
            _fail(name, step, error, gathered)
            continue
        if isinstance(read, Page):
            gathered.pages[name] = read
            if isinstance(step, Tally):
                gathered.groups[name] = []
        else:
            reads[name] = read
    for (name, read), page in zip(reads.items(), await reader.read(list(reads.values())), strict=True):
        step = gathered.plan[name]
        try:
            if page.error is not None:
                raise page.error
            if isinstance(step, Tally) and isinstance(read, Match):
                gathered.groups[name] = await _tallied(step, read, page, reader)
                gathered.pages[name] = Page([], page.total)
            else:
                gathered.pages[name] = page
        except NetbriefError as error:
            _fail(name, step, error, gathered)


def _fail(name: str, step: Step, error: NetbriefError, gathered: Gathered) -> None:
    if isinstance(step, Given) or not step.optional:
        raise error
    gathered.failed[name] = error


async def _read_of(step: Step, gathered: Gathered, reader: Reader) -> Read | Page:
    match step:
        case Given():
            return Page(list(step.rows), len(step.rows))
        case Select() | Tally():
            return await match_of(step, reader)
        case Fetch():
            return ByIds(step.type, step.ids, step.facets)
        case Follow():
            _raise_if_failed(step.step, gathered)
            parents = tuple(row["id"] for row in gathered.rows(step.step))
            _bounded(parents, step.relation.name)
            return Children(step.relation, step.type, parents, step.facets) if parents else Page([], 0)
        case Load():
            _raise_if_failed(step.step, gathered)
            ids = tuple(dict.fromkeys(_referred(gathered.rows(step.step), step)))
            _bounded(ids, step.field)
            return ByIds(step.type, ids, step.facets) if ids else Page([], 0)


async def match_of(step: Select | Tally, reader: Reader) -> Match | Page:
    """The query of a step that asks for rows by conditions; a page without rows where none can match.

    Raises `BadFilter` and `UnknownField` for what the source does not know.
    """
    filters = await native_filters(step.type, step.where, reader)
    if filters is None:
        return Page([], 0)
    if isinstance(step, Tally):
        facets, only, _ = _grouping(step)
        return Match(step.type, filters, facets, limit=FIRST_ROWS, only=only)
    order = await reader.source.check_order(step.type, step.order) if step.order else ()
    return Match(step.type, filters, step.facets, order, step.offset, step.limit, step.only)


def _raise_if_failed(step: str, gathered: Gathered) -> None:
    if step in gathered.failed:
        raise gathered.failed[step]


def _referred(rows: Sequence[Entity], step: Load) -> list[str]:
    found = []
    for row in rows:
        held = row.get(step.field)
        refs = held if isinstance(held, list) else [held] if held else []
        found += [ref["id"] for ref in refs if ref.get("type", step.type.name) == step.type.name]
    return found


def _bounded(ids: Sequence[str], what: str) -> None:
    if len(ids) > MOST_PARENTS:
        raise TooCostly(
            f"the {what} of {len(ids):,} objects would have to be read, {MOST_PARENTS:,} are the most",
            hint="narrow the question with a filter (site, role, tenant, status), or count by group",
        )


async def native_filters(
    type_: ObjectType, where: Sequence[Condition], reader: Reader
) -> NativeFilters | None:
    """The conditions in the source's words; None where they name nothing, so that nothing can match."""
    if any(not condition.values and not condition.lookup.startswith("n") for condition in where):
        return None
    return await reader.source.translate(type_, [condition for condition in where if condition.values])


async def _tallied(step: Tally, first: Match, page: Page, reader: Reader) -> list[tuple[str | None, int]]:
    """Count by group, exactly: from the rows where they are few enough, else with a count for each group."""
    *_, value_of = _grouping(step)
    total = page.total
    if len(page.rows) < total <= MOST_TALLIED:
        page = await _one(reader, replace(first, limit=None))
    if len(page.rows) == page.total:
        counts = Counter(value for row in page.rows for value in value_of(row))
    else:
        counts = await _counted_apart(step, first.filters, total, reader)
    return sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))


Grouping = tuple[frozenset[str], frozenset[str], Callable[[Entity], list[str | None]]]
"""The facets to read, their only fields, and how a row's groups are found."""


def _grouping(step: Tally) -> Grouping:
    if step.relation is not None:
        return _by_owner(step.type, step.relation)
    type_, by = step.type, step.by
    if by.startswith("cf_"):
        key = by.removeprefix("cf_")
        return (
            frozenset({EXTRA}),
            frozenset({"custom_fields"}),
            lambda row: _labels(row["custom_fields"].get(key)),
        )
    known = type_.fields.get(by)
    if known is None or known.kind.structured or type_.generic:
        able = [f.name for f in type_.fields.values() if not f.kind.structured]
        raise UnknownField(
            f'{type_.plural} cannot be grouped by "{by}"',
            candidates=nearest(by, able),
            hint="group by one of: " + ", ".join([*able, "cf_<custom field>"]),
        )
    return frozenset({known.facet}), frozenset({by}), lambda row: _labels(row.get(by))


def _by_owner(type_: ObjectType, relation: Relation) -> Grouping:
    names = frozenset(via.partition(".")[0] for via in relation.via)
    facets = frozenset(type_.fields[name].facet for name in names)
    return facets, names, lambda row: list(parent_ids(row, relation)) or [None]


def _labels(value: Any) -> list[str | None]:
    if isinstance(value, list):
        return [str(cell(each)) for each in value] or [None]
    return [None if value is None else str(cell(value))]


async def _counted_apart(
    step: Tally, filters: NativeFilters, total: int, reader: Reader
) -> Counter[str | None]:
    known = step.type.fields.get(step.by)
    catalog = await reader.source.catalog()
    too_many = TooCostly(
        f"{total:,} {step.type.plural} are too many to count by {step.by}",
        hint="narrow the question with a filter (site, role, tenant, status), or group by a field with few values",
    )
    if known is None or known.kind is not Kind.REF or known.target is None or known.target not in catalog:
        raise too_many
    target = catalog[known.target]
    groups = await _one(reader, Match(target, (), limit=1000))
    if groups.total > MOST_GROUPS:
        raise too_many
    reads = []
    for group in groups.rows:
        own = await reader.source.translate(step.type, [Condition(step.by, "", (group["id"],), (group,))])
        reads.append(Match(step.type, (*filters, *own), limit=0))
    pages = await reader.read(reads)
    counts: Counter[str | None] = Counter()
    for group, page in zip(groups.rows, pages, strict=True):
        if page.error is not None:
            raise page.error
        if page.total:
            counts[str(group.get(target.title))] += page.total
    if counts.total() > total:
        raise too_many  # A filter by a region or a parent role finds what lies deeper, too, which counts twice.
    if total > counts.total():
        counts[None] = total - counts.total()
    return counts


async def _one(reader: Reader, read: Read) -> Page:
    page = (await reader.read([read]))[0]
    if page.error is not None:
        raise page.error
    return page


def failures(gathered: Gathered) -> Mapping[str, str]:
    """The steps that failed, each with what went wrong."""
    return {name: error.what for name, error in gathered.failed.items()}
