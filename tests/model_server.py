"""An endpoint as OpenAI's is, on loopback: it refuses what strict mode refuses, and says what it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import jsonschema
import orjson
from aiohttp import web

KEY = "sk-hush-hush-0123456789"
MODEL = "small-model"
USAGE = {"prompt_tokens": 2000, "completion_tokens": 50, "total_tokens": 2050}
NOT_STRICT = frozenset(
    {"default", "oneOf", "allOf", "not", "patternProperties", "$ref", "minLength", "maxLength"}
)
"""Keywords that strict mode does not take."""


@dataclass(frozen=True)
class Says:
    """One answer of the model: its text, or a failure of the endpoint in its place."""

    text: str = ""
    status: int = 200
    refusal: str | None = None
    finish: str = "stop"
    body: bytes | None = None
    """The whole body, instead of an answer."""
    seconds: float = 0.0
    usage: Mapping[str, int] | None = field(default_factory=lambda: USAGE)


def calls(tool: str, *, counting: bool = False, whether: bool = False, **arguments: Any) -> Says:
    """An answer that calls a tool. Arguments that are left out are null, as strict mode wants it."""
    return Says(said({tool: arguments}, counting=counting, whether=whether))


def declines(reason: str) -> Says:
    """An answer that calls no tool."""
    return Says(said({"none": reason}))


def said(call: Mapping[str, Any], *, counting: bool = False, whether: bool = False) -> str:
    """The JSON of an answer."""
    return orjson.dumps({"call": call, "counting": counting, "whether": whether}).decode()


def filters(*each: tuple[str, str, Any]) -> list[dict[str, Any]]:
    """`where` as the model writes it."""
    return [{"field": name, "op": op, "value": value} for name, op, value in each]


class ModelServer:
    """Answers one after the other as it is told; the last one for good."""

    def __init__(self, *answers: Says) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []
        """What it was sent."""
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handle_signals=False)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def _complete(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return _failed(401, f"Incorrect API key provided: {request.headers.get('Authorization')}")
        sent = orjson.loads(await request.read())
        self.asked.append(sent)
        schema = sent["response_format"]["json_schema"]["schema"]
        faults = strict_faults(schema)
        if faults or sent["response_format"]["json_schema"]["strict"] is not True:
            return _failed(400, f"Invalid schema for response_format 'intent': {faults}")
        says = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        await asyncio.sleep(says.seconds)
        if says.status != 200:
            return _failed(says.status, f"no: {KEY}")
        if says.body is not None:
            return web.Response(body=says.body, content_type="application/json")
        return web.json_response(completion(says, schema))


def completion(says: Says, schema: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The body of an answer. What a schema asks for and the text lacks is filled in with null."""
    text = _filled(says.text, schema) if schema is not None else says.text
    message = {"role": "assistant", "content": None if says.refusal else text, "refusal": says.refusal}
    body: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": says.finish, "logprobs": None}],
    }
    if says.usage is not None:
        body["usage"] = says.usage
    return body


def strict_faults(schema: Any, at: str = "") -> list[str]:
    """What OpenAI's strict mode has against a schema."""
    if isinstance(schema, list):
        return [
            fault for number, each in enumerate(schema) for fault in strict_faults(each, f"{at}/{number}")
        ]
    if not isinstance(schema, dict):
        return []
    faults = [f"{at}: {word}" for word in sorted(NOT_STRICT & schema.keys())]
    if not at and "anyOf" in schema:
        faults.append("the root is an anyOf")
    if schema.get("type") == "object":
        if schema.get("additionalProperties") is not False:
            faults.append(f"{at}: additionalProperties must be false")
        if list(schema.get("required", ())) != list(schema.get("properties", ())):
            faults.append(f"{at}: every property must be required")
    firsts = [next(iter(each["properties"])) for each in schema.get("anyOf", ()) if each.get("properties")]
    if len(set(firsts)) < len(firsts):
        faults.append(f"{at}: alternatives with the same first key")
    return faults + [
        fault
        for name, each in schema.items()
        for fault in strict_faults(list(each.values()) if name == "properties" else each, f"{at}/{name}")
    ]


def _filled(text: str, schema: Mapping[str, Any]) -> str:
    """The text with nulls for all arguments that it lacks, if it is of the schema then; as it is otherwise."""
    try:
        answer = orjson.loads(text)
        for each in schema["properties"]["call"]["anyOf"]:
            [(name, arguments)] = each["properties"].items()
            if isinstance(answer["call"].get(name), dict):
                answer["call"][name] = dict.fromkeys(arguments["properties"]) | answer["call"][name]
        jsonschema.validate(answer, schema)
    except (orjson.JSONDecodeError, jsonschema.ValidationError):
        return text  # Of an endpoint that does not keep to schemas.
    return orjson.dumps(answer).decode()


def _failed(status: int, words: str) -> web.Response:
    return web.json_response({"error": {"message": words, "type": "error", "param": None}}, status=status)


def contents(sent: Mapping[str, Any]) -> Sequence[str]:
    """The texts of the messages of a request."""
    return [message["content"] for message in sent["messages"]]
