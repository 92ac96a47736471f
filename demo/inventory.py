"""The generated inventory: a deterministic network of any size, from ten devices to a hundred thousand."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import orjson

from demo.database import Database, link_table, relations, stored
from demo.derive import derive
from demo.generator.context import Context
from demo.generator.network import Network
from demo.model import Counter, CustomFields, Flag, Json, Ref, Row
from demo.models import MODELS

#: the moment that everything in an inventory is dated from
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SMALLEST, LARGEST = 10, 100_000
LARGEST_HUB = 2_000
#: what NetBox works out itself from the rest
_WORKED_OUT = {"cable", "cable_end", "family", "size"}


class Inventory:
    """A network in a database, to be served or to be loaded into something else."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @property
    def types(self) -> tuple[str, ...]:
        """Every object type, each after those that its objects refer to."""
        return tuple(MODELS)

    def count(self, type_: str) -> int:
        """How many objects of a type there are."""
        number: int = self.database.value(f"SELECT COUNT(*) FROM {MODELS[type_].table}")
        return number

    def rows(self, type_: str) -> Iterator[Row]:
        """The objects of a type in the order of their ids: references are ids, relations lists of ids.

        What NetBox works out itself is left out: counters, trees, the cable of a port.
        """
        model = MODELS[type_]
        fields = {each.name: each for each in (*model.fields, *model.hidden)}
        shown = [
            name
            for name in stored(model)
            if not name.startswith("_")
            and not isinstance(fields.get(name), Counter)
            and not (name in _WORKED_OUT and type_ != "dcim.cabletermination")
        ]
        columns = ", ".join(("id", *(f'"{name}"' for name in shown)))
        for values in self.database.stream(f"SELECT {columns} FROM {model.table} ORDER BY id"):
            row = dict(zip(("id", *shown), values, strict=True))
            for name in shown:
                match fields.get(name):
                    case Flag():
                        row[name] = bool(row[name])
                    case Json(blank=blank):
                        row[name] = orjson.loads(row[name]) if row[name] else blank
                    case CustomFields():
                        row[name] = orjson.loads(row[name]) if row[name] else {}
            for relation in relations(model):
                row[relation] = [
                    target
                    for (target,) in self.database.query(
                        f"SELECT target FROM {link_table(model, relation)} WHERE source = ? ORDER BY target",
                        (row["id"],),
                    )
                ]
            yield row

    def later(self, type_: str) -> tuple[str, ...]:
        """The references of a type to objects that come after it, or beside it, in the order of types."""
        order = self.types
        model = MODELS[type_]
        return tuple(
            each.name
            for each in (*model.fields, *model.hidden)
            if isinstance(each, Ref)
            and not each.name.startswith("_")
            and each.name not in _WORKED_OUT
            and order.index(each.to) >= order.index(type_)
        )

    def close(self) -> None:
        """Give the database up."""
        self.database.close()


def generate(
    devices: int = 70, seed: int = 1, path: Path | None = None, now: datetime = NOW, hub: int | None = None
) -> Inventory:
    """Build an inventory; the same arguments always give the same one.

    `hub` is the size of its data centers, which come first; without it they grow with the inventory.
    Without a path it lives in a temporary file that is gone with it.
    """
    if not SMALLEST <= devices <= LARGEST:
        raise ValueError(f"An inventory has from {SMALLEST} to {LARGEST} devices, not {devices}.")
    if hub is not None and not SMALLEST <= hub <= LARGEST_HUB:
        raise ValueError(f"A data center has from {SMALLEST} to {LARGEST_HUB} devices, not {hub}.")
    database = Database(path)
    database.create_tables()
    Network(Context(database, seed, now), devices, hub).build()
    derive(database)
    return Inventory(database)
