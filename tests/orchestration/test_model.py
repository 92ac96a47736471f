"""The client of a language model: what fails is said in words and counted, and a dead endpoint is left alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import httpx2
import orjson
import pytest
from pydantic import SecretStr

from orchestration.words.model import Endpoint, Model, ModelFailed
from sources.receipt import open_receipt
from tests.model_server import KEY, MODEL, USAGE, Says, completion

Handler = Callable[[httpx2.Request], httpx2.Response]
SCHEMA: dict[str, Any] = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
ASKED = [("system", "Be {brief}."), ("user", '{"question": "who"}')]


class Clock:
    """A clock that is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Endpoints:
    """Requests that reached the endpoint, and what it answers."""

    def __init__(self, answer: Handler) -> None:
        self.requests: list[httpx2.Request] = []
        self.answer = answer

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        return self.answer(request)

    def sent(self) -> Any:
        return orjson.loads(self.requests[-1].content)


def model(handler: Endpoints, clock: Clock | None = None, **more: Any) -> Model:
    endpoint = Endpoint(MODEL, "http://model.invalid/v1", SecretStr(KEY), **more)
    return Model(endpoint, transport=httpx2.MockTransport(handler), clock=clock or Clock())


def answering(says: Says) -> Handler:
    return lambda _: httpx2.Response(200, json=completion(says))


def status(code: int) -> Handler:
    return lambda _: httpx2.Response(code, json={"error": {"message": f"no: {KEY}", "type": "error"}})


def raising(error: Exception) -> Handler:
    def answer(_: httpx2.Request) -> httpx2.Response:
        raise error

    return answer


async def test_an_answer_is_the_text_with_what_it_took() -> None:
    account = open_receipt()
    endpoint = Endpoints(answering(Says("{}")))
    asked = model(endpoint, price_in=1.0, price_out=10.0)
    assert await asked.answer(ASKED, SCHEMA) == "{}"
    assert (asked.use.calls, asked.use.failures) == (1, 0)
    assert (asked.use.tokens_in, asked.use.tokens_out) == (2000, 50)
    assert account.model_tokens == 2050
    assert account.model_cost == pytest.approx(0.0025)
    await asked.close()


async def test_the_request_is_what_openai_takes() -> None:
    endpoint = Endpoints(answering(Says("{}")))
    asked = model(endpoint)
    await asked.answer(ASKED, SCHEMA)
    await asked.close()
    [request] = endpoint.requests
    assert str(request.url) == "http://model.invalid/v1/chat/completions"
    assert request.headers["Authorization"] == f"Bearer {KEY}"
    sent = endpoint.sent()
    assert sent["model"] == MODEL
    assert [message["content"] for message in sent["messages"]] == [text for _, text in ASKED]
    wanted = {"name": "intent", "strict": True, "schema": SCHEMA}
    assert sent["response_format"] == {"type": "json_schema", "json_schema": wanted}


async def test_no_price_is_no_cost_rather_than_none_at_all() -> None:
    account = open_receipt()
    asked = model(Endpoints(answering(Says("{}"))), price_in=1.0)
    await asked.answer(ASKED, SCHEMA)
    await asked.close()
    assert account.model_cost is None
    assert asked.endpoint.cost(1, 1) is None


async def test_an_endpoint_that_does_not_count_is_counted_here() -> None:
    asked = model(Endpoints(answering(Says("{}", usage=None))))
    await asked.answer(ASKED, SCHEMA)
    await asked.close()
    assert asked.use.tokens_in > 5
    assert asked.use.tokens_out > 0


LASTING = [
    (raising(httpx2.ConnectError("no")), "cannot be reached"),
    (raising(httpx2.ReadTimeout("slow")), "did not answer within 10 s"),
    (status(400), "is refused by its endpoint (HTTP 400)"),
    (status(401), "does not take the key"),
    (status(403), "does not take the key"),
    (status(404), "is not known at its endpoint"),
    (status(429), "is asked too often, or its quota is used up"),
    (status(500), "is refused by its endpoint (HTTP 500)"),
    (status(503), "is refused by its endpoint (HTTP 503)"),
]


@pytest.mark.parametrize(("answer", "words"), LASTING)
async def test_an_endpoint_that_fails_is_left_alone_for_a_minute(answer: Handler, words: str) -> None:
    endpoint, clock = Endpoints(answer), Clock()
    asked = model(endpoint, clock)
    with pytest.raises(ModelFailed) as failure:
        await asked.answer(ASKED, SCHEMA)
    assert str(failure.value) == words
    assert len(endpoint.requests) == 1, "a failed request is not repeated"
    clock.now = 59
    with pytest.raises(ModelFailed) as again:
        await asked.answer(ASKED, SCHEMA)
    assert str(again.value) == f"{words}, and is left alone for a minute"
    assert len(endpoint.requests) == 1
    assert (asked.use.calls, asked.use.failures, asked.use.last_failure) == (1, 1, words)
    clock.now, endpoint.answer = 61, answering(Says("{}"))
    assert await asked.answer(ASKED, SCHEMA) == "{}"
    await asked.close()


async def test_one_question_tries_whether_it_is_well_again() -> None:
    endpoint, clock = Endpoints(status(500)), Clock()
    asked = model(endpoint, clock)
    with pytest.raises(ModelFailed):
        await asked.answer(ASKED, SCHEMA)
    clock.now = 61
    gathered = await asyncio.gather(*(asked.answer(ASKED, SCHEMA) for _ in range(5)), return_exceptions=True)
    assert all(isinstance(each, ModelFailed) for each in gathered)
    assert len(endpoint.requests) == 2
    clock.now, endpoint.answer = 122, answering(Says("{}"))
    for _ in range(2):
        assert await asked.answer(ASKED, SCHEMA) == "{}"
    await asked.close()


FOR_ONCE = [
    (answering(Says(refusal="I will not")), "declined to answer"),
    (answering(Says("")), "declined to answer"),
    (answering(Says('{"call": ', finish="length")), "gave an answer that was cut off"),
    (answering(Says("", finish="content_filter")), "declined to answer"),
    (lambda _: httpx2.Response(200, text="<html>log in</html>"), "something that is not the API"),
    (
        lambda _: httpx2.Response(
            200, content=b'{"choices": [', headers=[("content-type", "application/json")]
        ),
        "not the API",
    ),
    (lambda _: httpx2.Response(200, json={}), "not the API"),
    (lambda _: httpx2.Response(200, json={"choices": None}), "not the API"),
    (lambda _: httpx2.Response(200, json={"choices": []}), "not the API"),
    (lambda _: httpx2.Response(200, json=[]), "not the API"),
]


@pytest.mark.parametrize(("answer", "words"), FOR_ONCE)
async def test_an_answer_that_is_none_says_so_and_the_next_question_is_asked(
    answer: Handler, words: str
) -> None:
    endpoint = Endpoints(answer)
    asked = model(endpoint)
    with pytest.raises(ModelFailed, match=words) as failure:
        await asked.answer(ASKED, SCHEMA)
    assert "I will not" not in str(failure.value), "what the model says is not passed on"
    endpoint.answer = answering(Says("{}"))
    assert await asked.answer(ASKED, SCHEMA) == "{}"
    assert (asked.use.calls, asked.use.failures) == (2, 1)
    await asked.close()


async def test_what_was_cut_off_is_paid_for() -> None:
    asked = model(Endpoints(answering(Says("{", finish="length"))))
    with pytest.raises(ModelFailed):
        await asked.answer(ASKED, SCHEMA)
    await asked.close()
    assert asked.use.tokens_in + asked.use.tokens_out == USAGE["total_tokens"]


async def test_a_slow_answer_ends_in_time_however_it_comes() -> None:
    class Dripping(httpx2.AsyncByteStream):
        """A byte now and then, so that no single read takes too long."""

        async def __aiter__(self) -> Any:
            while True:
                yield b" "
                await asyncio.sleep(0.01)

    class Slow(httpx2.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            return httpx2.Response(200, stream=Dripping())

    asked = Model(Endpoint(MODEL, "http://model.invalid/v1", timeout=0.2), transport=Slow())
    with pytest.raises(ModelFailed, match=r"did not answer within 0\.2 s"):
        await asked.answer(ASKED, SCHEMA)
    await asked.close()


async def test_a_model_that_takes_no_temperature_is_asked_without_one() -> None:
    def picky(request: httpx2.Request) -> httpx2.Response:
        if "temperature" in orjson.loads(request.content):
            error = {"message": "Unsupported value", "type": "invalid_request_error", "param": "temperature"}
            return httpx2.Response(400, json={"error": error})
        return httpx2.Response(200, json=completion(Says("{}")))

    endpoint = Endpoints(picky)
    asked = model(endpoint)
    assert await asked.answer(ASKED, SCHEMA) == "{}"
    assert await asked.answer(ASKED, SCHEMA) == "{}"
    assert len(endpoint.requests) == 3, "it is found out once"
    await asked.close()


async def test_the_environment_changes_neither_the_endpoint_nor_the_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere.invalid/v1")
    monkeypatch.setenv("OPENAI_API_BASE", "http://elsewhere.invalid/v1")
    monkeypatch.setenv("OPENAI_PROXY", "http://proxy.invalid")
    monkeypatch.setenv("LANGSMITH_GATEWAY", "true")
    endpoint = Endpoints(answering(Says("{}")))
    asked = Model(Endpoint(MODEL, "http://model.invalid/v1"), transport=httpx2.MockTransport(endpoint))
    await asked.answer(ASKED, SCHEMA)
    await asked.close()
    [request] = endpoint.requests
    assert request.url.host == "model.invalid"
    assert "somebody" not in request.headers["Authorization"]


@pytest.mark.parametrize(
    "answer", [status(401), status(500), raising(httpx2.ConnectError(KEY)), answering(Says("{}"))]
)
async def test_the_key_is_nowhere_to_be_seen(answer: Handler, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    asked = model(Endpoints(answer))
    words = ""
    try:
        await asked.answer(ASKED, SCHEMA)
    except ModelFailed as failure:
        words = f"{failure!r} {failure.__cause__!r}"
    await asked.close()
    assert KEY not in words
    assert KEY not in caplog.text
    assert KEY not in repr(asked.endpoint)
    assert KEY not in repr(asked.use)
