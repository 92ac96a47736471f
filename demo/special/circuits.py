"""Filters of circuits and providers by where circuits end."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

from collections.abc import Iterator
from functools import partial

from demo.clause import Clause, any_of
from demo.database import Database
from demo.lookups import contains, reference
from demo.model import Model
from demo.models import MODELS
from demo.parameter import Named, text_parameter

_ENDING = "id IN (SELECT circuit FROM circuits_circuittermination WHERE {})"
_OFFERING = f"id IN (SELECT provider FROM circuits_circuit WHERE {_ENDING})"


def circuit(model: Model) -> Iterator[Named]:
    """What only circuits are filtered by."""
    yield from _by_place(_ENDING, "region", "site_group", "site", "location")
    yield "q", text_parameter(partial(_search, model))


def provider(_: Model) -> Iterator[Named]:
    """What only providers are filtered by."""
    return _by_place(_OFFERING, "region", "site_group", "site")


def _by_place(lead: str, *kinds: str) -> Iterator[Named]:
    ending = MODELS["circuits.circuittermination"]
    for by in ending.by:
        if by.name in kinds:
            for name, parameter in reference(ending, by):
                # A location has no name that is its own, so circuits are found only by its id.
                if not name.endswith("__n") and name != "location":
                    led = parameter.led(lead)
                    yield name, led
                    yield f"{name}__n", led.negated()


def _search(model: Model, _database: Database, value: str) -> Clause:
    own = any_of(contains(column, value) for column in model.search)
    ends = any_of(contains(column, value) for column in ("xconnect_id", "pp_info", "description"))
    return own | Clause(_ENDING.format(ends.sql), ends.parameters)
