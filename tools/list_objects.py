"""`list_objects`: any object type, filtered, with related columns, or counted by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from orchestration.answer import Section
from orchestration.cells import cell, folded, shortened
from orchestration.gather import MOST_PARENTS
from orchestration.steps import Follow, Gathered, Load, Plan, Select, Tally
from orchestration.tool import Arguments, Briefing, Draft, Lookup, Tool, bound, where_lookups
from sources.catalog import BASE, EXTRA, RAW, Catalog, Kind, ObjectType
from sources.errors import BadFilter, TooCostly, UnknownField
from sources.source import Condition, Entity
from sources.where import nearest, parse_where
from tools.related_counts import Counts, by_count, count_steps, counts_in, meeting, ordered, parted
from tools.wording import counted, title_of, where_in_words

ROWS = "rows"
TOKENS_A_ROW = 12
"""A row seldom takes fewer: so many rows are read as could fit the budget."""
MOST_ROWS_READ = 1000
LONGEST_RELATED = 120
"""Characters of a cell that lists related objects."""


class ListArguments(Arguments):
    """What to list."""

    type: Annotated[str, Field(description='object type: "device", "interface", "ipam.prefix", ...')]
    where: Annotated[
        dict[str, Any] | None,
        Field(
            description="filters by name, slug or value; lists mean any of; null means none; lookups __n __ic "
            "__isw __iew __re __gt __gte __lt __lte; cf_<custom field>, tag, q; a relation counts: interfaces__gt"
        ),
    ] = None
    fields: Annotated[
        list[str] | None,
        Field(description='columns; "site.region" follows a reference, "cf_x" a custom field'),
    ] = None
    include: Annotated[
        list[str] | None,
        Field(description="related objects as columns: interfaces, ip_addresses, vlans, ..."),
    ] = None
    group_by: Annotated[str | None, Field(description="count by this field instead of listing")] = None
    order_by: Annotated[
        list[str] | None, Field(description='e.g. ["site", "-position"], ["-devices"]: most first')
    ] = None
    limit: Annotated[int | None, Field(ge=1, le=10_000, description="rows at most")] = None


class ListObjects(Tool[ListArguments]):
    """Lists, counts and groups."""

    name = "list_objects"
    title = "List or count objects"
    description = (
        "List any object type with filters, related columns and exact totals, or count it by group. "
        'Example: type="device", where={"site": "DM-Akron", "status": "active", "name__ic": "sw"}, '
        'fields=["name", "rack", "primary_ip4"]. For "how many ... per ..." use group_by.'
    )
    examples = (
        "which devices are at DM-Akron",
        "how many devices are there per role",
        "list all disabled interfaces",
    )
    arguments = ListArguments

    def types(self, args: ListArguments) -> Sequence[str]:
        """The type that is listed."""
        return (args.type,)

    def customized(self, args: ListArguments, catalog: Catalog) -> Sequence[ObjectType]:
        """The type, where a custom field of it is shown, filtered or grouped by."""
        names = [*(args.fields or ()), *(args.where or {}), args.group_by or ""]
        return (_type(args, catalog),) if any(name.startswith("cf_") for name in names) else ()

    def lookups(self, args: ListArguments, catalog: Catalog) -> Sequence[Lookup]:
        """The names in the filters."""
        type_ = _type(args, catalog)
        return where_lookups(type_, parse_where(type_, parted(type_, args.where)[0]), catalog)

    def plan(self, args: ListArguments, briefing: Briefing) -> Plan:
        """A tally, or one page of rows with what is included."""
        type_ = _type(args, briefing.catalog)
        where = _where(args, type_, briefing)
        if args.group_by:
            _check_custom(args.group_by, type_, briefing)
            _check_grouped(args, type_)
            return {ROWS: Tally(type_, args.group_by, where)}
        columns = _columns(args, type_, briefing)
        counts = count_steps(type_, [*(args.where or {}), *(args.order_by or ()), *columns], briefing.catalog)
        offset = briefing.window.start(ROWS)
        usual = min(
            args.limit or MOST_ROWS_READ, max(25, briefing.max_tokens // TOKENS_A_ROW), MOST_ROWS_READ
        )
        most = briefing.window.most(ROWS, usual)
        facets = frozenset(facet for column in columns for facet in _facets(type_, column)) | {_base(type_)}
        order = tuple(name for name in args.order_by or () if not by_count(type_, name))
        if _chosen_by_count(args, type_):
            offset, most = 0, MOST_PARENTS
        plan: dict[str, Any] = {ROWS: Select(type_, where, facets, order, offset, most), **counts}
        for name in args.include or ():
            relation = type_.relations.get(name)
            if relation is not None:
                target = briefing.catalog[relation.to]
                via = {target.fields[path.partition(".")[0]].facet for path in relation.via}
                plan[f"include:{name}"] = Follow(
                    ROWS, relation, target, frozenset({BASE, *via}), optional=False
                )
        for column in columns:
            field, _, inner = column.partition(".")
            if inner:
                target = briefing.catalog[str(type_.fields[field].target)]
                plan[f"load:{field}"] = Load(
                    ROWS, field, target, _inner_facets(target, columns, field), optional=False
                )
        return plan

    def assemble(self, args: ListArguments, gathered: Gathered, briefing: Briefing) -> Draft:
        """The table."""
        type_ = _type(args, briefing.catalog)
        words = where_in_words(args.where)
        said = f"{counted(gathered.total(ROWS), type_)}{f' ({words})' if words else ''}"
        offset = briefing.window.start(ROWS)
        if args.group_by:
            groups = [
                (name if name is not None else "(none)", count) for name, count in gathered.groups[ROWS]
            ]
            section = Section(
                f"{type_.plural} by {args.group_by}",
                (args.group_by, "count"),
                groups[offset:],
                len(groups),
                offset,
                ROWS,
            )
            top = ", ".join(f"{name} {count:,}" for name, count in groups[:5])
            return Draft(f"{said}, by {args.group_by}: {top}{' ...' if len(groups) > 5 else ''}", (section,))
        columns = _columns(args, type_, briefing)
        related = [name for name in args.include or () if name in type_.relations]
        counts = counts_in(gathered)
        rows, total = _counted_rows(args, type_, gathered, counts, offset)
        said = f"{counted(total, type_)}{f' ({words})' if words else ''}"
        _check_raw(type_, columns, rows)
        loaded = {
            c.partition(".")[0]: gathered.by_id(f"load:{c.partition('.')[0]}") for c in columns if "." in c
        }
        table = [
            [
                counts[column].get(row["id"], 0) if column in counts else _cell(type_, row, column, loaded)
                for column in columns
            ]
            + [
                _related(
                    briefing.catalog[type_.relations[n].to], gathered.children(f"include:{n}", row["id"])
                )
                for n in related
            ]
            for row in rows
        ]
        section = Section(type_.plural, (*columns, *related), table, total, offset, ROWS)
        return Draft(said, (section,), type_.units_of(columns))


def _type(args: ListArguments, catalog: Catalog) -> ObjectType:
    found = catalog.find(args.type)
    assert found is not None, "classify has checked it"
    return found


def _check_grouped(args: ListArguments, type_: ObjectType) -> None:
    """Groups are counted by the source, which cannot tell by how many related objects to choose."""
    counted_by = next(iter(parted(type_, args.where)[1]), "")
    if counted_by:
        raise BadFilter(
            f"{counted_by} chooses single {type_.plural}, which cannot be counted by group as well",
            hint="leave group_by out, and sort by it: " + f'order_by=["{args.group_by}"]',
        )


def _chosen_by_count(args: ListArguments, type_: ObjectType) -> bool:
    """Whether it depends on numbers of related objects which rows come first: then all must be read."""
    return any(by_count(type_, name) for name in (*(args.where or {}), *(args.order_by or ())))


def _counted_rows(
    args: ListArguments, type_: ObjectType, gathered: Gathered, counts: Counts, offset: int
) -> tuple[list[Entity], int]:
    """The rows from the offset on, and how many there are in all. Raises `TooCostly`."""
    rows, total = gathered.rows(ROWS), gathered.total(ROWS)
    if not _chosen_by_count(args, type_):
        return rows, total
    if total > len(rows):
        raise TooCostly(
            f"{total:,} {type_.plural} are too many to tell how much each of them has",
            hint="narrow the question with a filter (site, role, tenant, status)",
        )
    order = [name for name in args.order_by or () if by_count(type_, name)]
    found = ordered(meeting(rows, parted(type_, args.where)[1], counts), order, type_, counts)
    return found[offset:][: args.limit], len(found)


def _base(type_: ObjectType) -> str:
    return RAW if type_.generic else BASE


def _where(args: ListArguments, type_: ObjectType, briefing: Briefing) -> tuple[Condition, ...]:
    return bound(parse_where(type_, parted(type_, args.where)[0]), briefing.found)


def _columns(args: ListArguments, type_: ObjectType, briefing: Briefing) -> list[str]:
    """The columns asked for, checked; the type's own where none are."""
    if type_.generic:
        return list(args.fields or ("display",))
    columns = list(args.fields or type_.columns)
    if not args.fields:
        # A filter is worth seeing in the rows that it chose.
        known = {*type_.fields, *(f"cf_{name}" for name in briefing.custom_fields.get(type_.name, ()))}
        keys = [condition.key for condition in parse_where(type_, parted(type_, args.where)[0])]
        columns += [key for key in keys if key in known and key not in columns]
        numbers = [by_count(type_, name) for name in (*(args.where or {}), *(args.order_by or ()))]
        columns += [name for name in dict.fromkeys(numbers) if name and name not in (args.include or ())]
    columns += [name for name in args.include or () if name in type_.fields and name not in columns]
    unknown = [
        name for name in args.include or () if name not in type_.fields and name not in type_.relations
    ]
    if unknown:
        able = [*type_.relations, *(f.name for f in type_.fields.values() if f.kind in (Kind.REF, Kind.REFS))]
        raise UnknownField(
            f'{type_.plural} have no related "{unknown[0]}"',
            candidates=nearest(unknown[0], able),
            hint="include one of: " + ", ".join(able),
        )
    for column in columns:
        _check_column(column, type_, briefing)
    return list(dict.fromkeys(columns))


def _check_column(column: str, type_: ObjectType, briefing: Briefing) -> None:
    field, _, inner = column.partition(".")
    _check_custom(column, type_, briefing)
    if by_count(type_, column) or not inner:
        return
    known = type_.fields.get(field)
    target = (
        briefing.catalog[known.target]
        if known and known.target and known.target in briefing.catalog
        else None
    )
    if target is None or inner not in target.fields:
        able = [f.name for f in type_.fields.values() if f.target]
        candidates = (
            [f"{field}.{name}" for name in nearest(inner, target.fields)] if target else nearest(field, able)
        )
        raise UnknownField(
            f'{type_.plural} have no "{column}"', candidates=candidates, hint=f"references: {', '.join(able)}"
        )


def _check_custom(name: str, type_: ObjectType, briefing: Briefing) -> None:
    if not name.startswith("cf_"):
        return
    known = briefing.custom_fields.get(type_.name, {})
    if name.removeprefix("cf_") not in known:
        raise UnknownField(
            f'{type_.plural} have no custom field "{name.removeprefix("cf_")}"',
            candidates=[f"cf_{each}" for each in nearest(name.removeprefix("cf_"), known)],
            hint="custom fields: " + (", ".join(f"cf_{each}" for each in known) or "none"),
        )


def _facets(type_: ObjectType, column: str) -> set[str]:
    if by_count(type_, column):
        return set()
    if column.startswith("cf_"):
        return {EXTRA}
    known = type_.fields.get(column.partition(".")[0])
    if known is not None and not type_.generic:
        return {known.facet}
    return set() if column in ("id", "display") and not type_.generic else {RAW}


def _inner_facets(target: ObjectType, columns: Sequence[str], field: str) -> frozenset[str]:
    inner = [column.partition(".")[2] for column in columns if column.startswith(f"{field}.")]
    return frozenset({BASE, *(target.fields[name].facet for name in inner)})


def _check_raw(type_: ObjectType, columns: Sequence[str], rows: Sequence[Entity]) -> None:
    """A column under the source's own name must exist in its rows."""
    if not rows:
        return
    for column in columns:
        native = _facets(type_, column) == {RAW} and column not in ("id", "display")
        if native and not any(column in row.get("raw", {}) for row in rows):
            able = [*type_.fields, *rows[0].get("raw", {})]
            raise UnknownField(
                f'{type_.plural} have no field "{column}"',
                candidates=nearest(column, able),
                hint="fields: " + ", ".join(dict.fromkeys(able)),
            )


def _cell(type_: ObjectType, row: Entity, column: str, loaded: Mapping[str, Mapping[str, Entity]]) -> Any:
    field, _, inner = column.partition(".")
    if inner:
        ref = row.get(field)
        refs = ref if isinstance(ref, list) else [ref] if ref else []
        return cell([loaded[field].get(each["id"], {}).get(inner) for each in refs])
    if column.startswith("cf_"):
        return cell(row["custom_fields"].get(column.removeprefix("cf_")))
    if column == type_.title and not row.get(column):
        return title_of(type_, row)
    if column in row:
        return cell(row[column])
    return cell(row.get("raw", {}).get(column))


def _related(target: ObjectType, rows: Sequence[Entity]) -> str | None:
    """Related objects in one cell: how many, and their names with runs folded."""
    if not rows:
        return None
    return f"{len(rows)}: {shortened(folded([title_of(target, row) for row in rows]), LONGEST_RELATED)}"
