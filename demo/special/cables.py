"""Filters of cables and of the ports they are plugged into."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

from collections.abc import Iterator, Mapping
from functools import partial

from demo.clause import Clause
from demo.lookups import choice
from demo.model import Model
from demo.models.ports import CABLE_ENDS
from demo.parameter import Named, by_id, by_key, switch

_COLORS: Mapping[str | int, str] = {
    "4caf50": "Green",
    "ffeb3b": "Yellow",
    "00bcd4": "Cyan",
    "111111": "Black",
    "f44336": "Red",
    "2196f3": "Blue",
    "ff9800": "Orange",
    "9e9e9e": "Gray",
    "ffffff": "White",
}


def cabled(model: Model) -> Iterator[Named]:
    """What every port is filtered by."""
    yield "cabled", switch(Clause("cable IS NOT NULL"))
    yield "occupied", switch(Clause("cable IS NOT NULL OR mark_connected"))
    if "_connected" in model.by_name:
        yield "connected", switch(Clause("_connected"))


def rear_port(_: Model) -> Iterator[Named]:
    """What only rear ports are filtered by."""
    yield (
        "front_port_id",
        by_id(
            "id",
            lambda found: Clause(
                f"id IN (SELECT rear_port FROM dcim_frontport WHERE {found.sql})", found.parameters
            ),
        ),
    )


def cable(_: Model) -> Iterator[Named]:
    """What only cables are filtered by: where they end, and at what."""
    for name, table, key in (
        ("device", "dcim_device", "name"),
        ("rack", "dcim_rack", "name"),
        ("location", "dcim_location", "name"),
        ("site", "dcim_site", "slug"),
    ):
        yield name, by_key(key, partial(_ending_in, name, table))
        yield f"{name}_id", by_id(f"_{name}", _ending)
    for type_ in CABLE_ENDS:
        name = type_.split(".", 1)[1]
        yield (
            f"{name}_id",
            by_id("termination_id", partial(_ending_with, Clause("termination_type = ?", (type_,)))),
        )
    for side in ("A", "B"):
        end = Clause("cable_end = ?", (side,))
        stem = f"termination_{side.lower()}"
        # The filter by type looks at either end: NetBox's does.
        of_type = by_key("termination_type", _ending)
        yield f"{stem}_type", of_type
        yield f"{stem}_type__n", of_type
        yield f"{stem}_id", by_id("termination_id", partial(_ending_with, end))
    both = _ending(Clause("cable_end = 'A'")) & _ending(Clause("cable_end = 'B'"))
    yield "unterminated", switch(~both, both)
    yield from choice("color", "color", _COLORS, schema={"type": "string"})


def _ending(found: Clause) -> Clause:
    return Clause(f"id IN (SELECT cable FROM dcim_cabletermination WHERE {found.sql})", found.parameters)


def _ending_with(condition: Clause, found: Clause) -> Clause:
    return _ending(condition & found)


def _ending_in(name: str, table: str, found: Clause) -> Clause:
    return _ending(Clause(f"_{name} IN (SELECT id FROM {table} WHERE {found.sql})", found.parameters))
