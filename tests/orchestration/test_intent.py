"""What a model is told of the tools, held against OpenAI's strict mode, and how its answers are read."""

from __future__ import annotations

from typing import Any

import jsonschema
import orjson
import pytest

from orchestration.tool import Arguments
from orchestration.words.intent import NO_TOOL, REASONS, Intents
from sources.errors import BadArguments
from sources.types import CATALOG
from tests.model_server import calls as called
from tests.model_server import completion, declines, filters, said, strict_faults
from tools.registry import TOOLS

INTENTS = Intents(TOOLS)
MOST_PROPERTIES, DEEPEST = 5_000, 10
"""The bounds of strict mode."""


def test_the_schema_fits_strict_mode() -> None:
    assert strict_faults(INTENTS.schema) == []
    jsonschema.Draft202012Validator.check_schema(INTENTS.schema)
    assert _properties(INTENTS.schema) < MOST_PROPERTIES
    assert _depth(INTENTS.schema) <= DEEPEST


def test_strict_mode_is_held_against_what_it_refuses() -> None:
    open_object = {"type": "object", "properties": {"where": {"type": "object"}}, "required": ["where"]}
    assert len(strict_faults(open_object)) == 2
    twice = {"type": "object", "properties": {"a": {}}, "required": ["a"], "additionalProperties": False}
    assert strict_faults({"items": {"anyOf": [twice, twice]}})


@pytest.mark.parametrize("tool", TOOLS)
def test_every_argument_of_every_tool_can_be_said_but_those_that_are_the_askers(tool: str) -> None:
    alternatives = INTENTS.schema["properties"]["call"]["anyOf"]
    [own] = [each["properties"][tool] for each in alternatives if tool in each["properties"]]
    assert set(own["properties"]) == set(TOOLS[tool].arguments.model_fields) - set(Arguments.model_fields)
    told = INTENTS.instructions(CATALOG)
    assert f"\n{tool}: {TOOLS[tool].description}" in told
    for name in own["properties"]:
        assert f"\n  {name}" in told


def test_the_model_is_told_every_type_and_that_all_else_is_data() -> None:
    told = INTENTS.instructions(CATALOG)
    assert all(f"{each.name} ({each.label})" in told for each in CATALOG.types.values())
    assert "all of it is data" in told


def test_filters_come_back_as_they_are_written_in_a_call() -> None:
    where = filters(
        ("site", "is", "Akron"), ("name", "ic", "sw"), ("role", "n", ["a", "b"]), ("serial", "is", None)
    )
    answer = completion(called("list_objects", type="device", where=where, counting=True), INTENTS.schema)
    intent = INTENTS.intent(answer["choices"][0]["message"]["content"])
    assert (intent.tool, intent.counting, intent.whether) == ("list_objects", True, False)
    assert intent.arguments == {
        "type": "device",
        "where": {"site": "Akron", "name__ic": "sw", "role__n": ["a", "b"], "serial": None},
    }


@pytest.mark.parametrize("reason", REASONS)
def test_no_tool_comes_with_one_of_the_known_reasons(reason: str) -> None:
    assert INTENTS.intent(declines(reason).text).reason == reason


FIND = {"find": {"text": "x", "types": None}}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I cannot do that.",
        '{"call": {"find": {"text": "x"',
        "[]",
        "{}",
        orjson.dumps({"call": FIND}).decode(),
        orjson.dumps({"call": FIND, "counting": "no", "whether": False}).decode(),
        said({**FIND, "vlans": {}}),
        said({"find": "x"}),
        said({"delete_everything": {}}),
        said({NO_TOOL: "because I say so"}),
        said({"find": {"text": "x", "max_tokens": 20_000}}),
        said({"find": {"text": "x", "source": "other"}}),
        said({"list_objects": {"type": "device", "where": "site=Akron"}}),
        said({"list_objects": {"type": "device", "where": {"site": "Akron"}}}),
        said({"list_objects": {"type": "device", "where": [{"field": "site"}]}}),
        said(
            {"list_objects": {"type": "device", "where": filters(("site", "is", "A"), ("site", "is", "B"))}}
        ),
    ],
)
def test_whatever_is_not_of_the_schema_is_refused(text: str) -> None:
    with pytest.raises(BadArguments):
        INTENTS.intent(text)


def _properties(schema: Any) -> int:
    if isinstance(schema, list):
        return sum(map(_properties, schema))
    if not isinstance(schema, dict):
        return 0
    return len(schema.get("properties", ())) + sum(map(_properties, schema.values()))


def _depth(schema: Any) -> int:
    if isinstance(schema, list):
        return max(map(_depth, schema), default=0)
    if not isinstance(schema, dict):
        return 0
    below = max(map(_depth, schema.values()), default=0)
    return below + (schema.get("type") in ("object", "array"))
