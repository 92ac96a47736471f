"""The inventory's SQLite database: its tables, filled in bulk and read back by filter and page."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import orjson

from demo.addresses import hidden_columns, range_name
from demo.choices import label_of
from demo.model import (
    Choice,
    Counter,
    CustomFields,
    Field,
    Flag,
    Generic,
    Json,
    Many,
    Model,
    Number,
    Packed,
    Ref,
    Tags,
    Text,
    Time,
)
from demo.models import MODELS, type_in_words
from demo.natural import interface_order, natural

_BATCH = 5_000
Values = Sequence[object]


def columns(field: Field) -> tuple[tuple[str, object], ...]:
    """The columns a field is stored in, each with what stands there when nothing is said."""
    match field:
        case Text(null=null):
            return ((field.name, None if null else ""),)
        case Number() | Time() | Choice() | Ref() | Packed() | Json() | CustomFields():
            return ((field.name, None),)
        case Flag() | Counter():
            return ((field.name, 0),)
        case Generic(stem=stem):
            return ((f"{stem}_type", None), (f"{stem}_id", None))
        case _:
            return ()


def stored(model: Model) -> dict[str, object]:
    """Every column of a type but its id, with its default."""
    return dict(column for field in (*model.fields, *model.hidden) for column in columns(field))


def relations(model: Model) -> Iterable[str]:
    """The names of a type's many-to-many relations, tags among them."""
    return (field.name for field in model.fields if isinstance(field, Many | Tags))


def link_table(model: Model, relation: str) -> str:
    """The table of a many-to-many relation, with columns `source` and `target`."""
    return f"{model.table}__{relation}"


def rank_index(model: Model) -> str:
    """The index that holds a type's objects in the order of its lists."""
    return f"{model.table}_in_order"


class _Table:
    """What adding a row to a table takes, worked out once."""

    def __init__(self, model: Model) -> None:
        columns_ = stored(model)
        self.name = model.table
        self.last = 0
        #: a row of defaults: the id, the columns, the rank
        self.blank: list[object] = [0, *columns_.values(), None]
        self.position = {column: at for at, column in enumerate(columns_, start=1)}
        self.links = {relation: link_table(model, relation) for relation in relations(model)}
        self.addressed = any(isinstance(field, Packed) for field in model.hidden)


class Database:
    """Rows of every type; private columns start with an underscore."""

    def __init__(self, path: Path | None = None) -> None:
        # An empty name is a private database in a temporary file that only spills what memory can't hold.
        self._connection = sqlite3.connect(path or "", check_same_thread=False, isolation_level=None)
        self._connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            " PRAGMA cache_size = -200000; PRAGMA temp_store = MEMORY;"
        )
        self._register_functions()
        self._tables = {type_: _Table(model) for type_, model in MODELS.items()}
        self._waiting: dict[str, list[Values]] = defaultdict(list)
        self._changes: dict[tuple[str, str], list[tuple[object, int]]] = defaultdict(list)

    def _register_functions(self) -> None:
        for name, count, function in (
            ("natural_order", 1, natural),
            ("interface_order", 1, interface_order),
            ("choice_label", 2, label_of),
            ("display_of", 2, self.display_of),
            ("type_in_words", 1, type_in_words),
            ("range_name", 2, range_name),
            ("folded", 1, lambda value: None if value is None else str(value).casefold()),
            ("matches", 3, _matches),
        ):
            self._connection.create_function(name, count, function)

    # Writing

    def create_tables(self) -> None:
        """An empty table for every type and relation; all is one transaction until `done`."""
        self.execute("BEGIN")
        for model in MODELS.values():
            names = ", ".join(f'"{name}"' for name in stored(model))
            self.execute(f"CREATE TABLE {model.table} (id INTEGER PRIMARY KEY, {names}, _rank INTEGER)")
            for relation in relations(model):
                self.execute(f"CREATE TABLE {link_table(model, relation)} (source INTEGER, target INTEGER)")

    def add(self, type_: str, **values: object) -> int:
        """Add an object and return its id; references are ids, relations lists of ids."""
        table = self._tables[type_]
        table.last += 1
        for relation, link in table.links.items():
            targets = values.pop(relation, ())
            if isinstance(targets, list):
                for target in targets:
                    self._queue(link, (table.last, target))
        if table.addressed:
            values |= hidden_columns(type_, values)
        row = table.blank.copy()
        row[0] = table.last
        for name, value in values.items():
            row[table.position[name]] = (
                orjson.dumps(value).decode() if isinstance(value, list | dict) else value
            )
        self._queue(table.name, row)
        return table.last

    def later(self, type_: str, id_: int, **values: object) -> None:
        """Set columns of an object that was added before, when the next flush comes."""
        for name, value in values.items():
            self._changes[type_, name].append((value, id_))

    def _queue(self, table: str, row: Values) -> None:
        waiting = self._waiting[table]
        waiting.append(row)
        if len(waiting) >= _BATCH:
            self._write(table, waiting)

    def _write(self, table: str, rows: list[Values]) -> None:
        if rows:
            self._connection.executemany(
                f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows
            )
            rows.clear()

    def flush(self) -> None:
        """Write what is still waiting."""
        for table, rows in self._waiting.items():
            self._write(table, rows)
        for (type_, name), changes in self._changes.items():
            self._connection.executemany(
                f'UPDATE {MODELS[type_].table} SET "{name}" = ? WHERE id = ?', changes
            )
        self._changes.clear()

    def done(self) -> None:
        """Keep what was written, and let the planner know what there is."""
        self.execute("COMMIT")
        self.execute("PRAGMA analysis_limit = 400")
        self.execute("ANALYZE")

    # Reading

    def execute(self, sql: str, parameters: Values = ()) -> None:
        """Run a statement that returns nothing."""
        self._connection.execute(sql, parameters)

    def query(self, sql: str, parameters: Values = ()) -> list[tuple[Any, ...]]:
        """Every row of a query."""
        return self._connection.execute(sql, parameters).fetchall()

    def stream(self, sql: str, parameters: Values = ()) -> Iterable[tuple[Any, ...]]:
        """The rows of a query, one at a time."""
        return self._connection.execute(sql, parameters)

    def value(self, sql: str, parameters: Values = ()) -> Any:
        """The first column of the first row, or nothing."""
        row = self._connection.execute(sql, parameters).fetchone()
        return row[0] if row else None

    def display_of(self, type_: str | None, id_: int | None) -> str | None:
        """How an object is shown, whatever its type."""
        if type_ is None or type_ not in MODELS:
            return None
        model = MODELS[type_]
        shown: str | None = self.value(f"SELECT {model.display} FROM {model.table} t WHERE t.id = ?", (id_,))
        return shown

    def close(self) -> None:
        """Close the database; a temporary one is gone with it."""
        self._connection.close()


def _matches(value: object, pattern: str, ignore_case: int) -> bool:
    return (
        value is not None and re.search(pattern, str(value), re.IGNORECASE if ignore_case else 0) is not None
    )
