"""Filters of circuits and providers by where circuits end."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

from collections.abc import Iterator
from functools import partial

from demo.clause import Clause, any_of
from demo.database import Database
from demo.lookups import contains, reference
from demo.model import By, Model
from demo.models import MODELS
from demo.models.shared import BY_SCOPE
from demo.parameter import Named, by_id, text_parameter

_ENDING = "id IN (SELECT circuit FROM circuits_circuittermination WHERE {})"
_PLACES = BY_SCOPE[:3]
_OFFERING = f"id IN (SELECT provider FROM circuits_circuit WHERE {_ENDING})"


def circuit(model: Model) -> Iterator[Named]:
    """What only circuits are filtered by."""
    yield from _by_place(_ENDING, *_PLACES, By("location", "_location", key=None))
    in_network = Clause("termination_type = 'circuits.providernetwork'")
    yield "provider_network_id", by_id("termination_id", lambda found: _ending(in_network & found))
    yield "q", text_parameter(partial(_search, model))


def provider(_: Model) -> Iterator[Named]:
    """What only providers are filtered by."""
    return _by_place(_OFFERING, *_PLACES)


def _by_place(lead: str, *places: By) -> Iterator[Named]:
    ending = MODELS["circuits.circuittermination"]
    for by in places:
        for name, parameter in reference(ending, by):
            if not name.endswith("__n"):
                led = parameter.led(lead)
                yield name, led
                yield f"{name}__n", led.negated()


def _ending(found: Clause) -> Clause:
    return Clause(_ENDING.format(found.sql), found.parameters)


def _search(model: Model, _database: Database, value: str) -> Clause:
    own = any_of(contains(column, value) for column in model.search)
    ends = any_of(contains(column, value) for column in ("xconnect_id", "pp_info", "description"))
    return own | _ending(ends)
