"""A language model behind an OpenAI-compatible endpoint: asked for JSON of a schema, in time, with what it costs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from orchestration.tokens import count_tokens
from sources.receipt import receipt

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage
    from langchain_openai import ChatOpenAI

REST = 60.0
"""Seconds that an endpoint is left alone after it has failed: a dead one costs one time-out a minute."""
NO_KEY = "none"
"""What is sent where no key is set: endpoints of one's own want none, and the client wants one."""

Message = tuple[str, str]
"""Who says it (`system`, `user` or `assistant`), and the text."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked. Prices are in US dollars for a million tokens; None: not known."""

    model: str
    url: str
    key: SecretStr | None = None
    timeout: float = 10.0
    price_in: float | None = None
    price_out: float | None = None

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """US dollars for so many tokens; None where the prices are not known."""
        if self.price_in is None or self.price_out is None:
            return None
        return (tokens_in * self.price_in + tokens_out * self.price_out) / 1_000_000


@dataclass(slots=True)
class Use:
    """What was asked of a model since the start, and what came of it."""

    calls: int = 0
    failures: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    last_failure: str = ""


class ModelFailed(Exception):
    """The model gave nothing to go on; the words say why, without anything that it or its endpoint said."""


class Model:
    """Asks one model. Opened by the first question, since its client takes more than a second to import."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        transport: Any = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`transport` replaces the network (of httpx2, which the client stands on)."""
        self.endpoint = endpoint
        self.use = Use()
        self._transport = transport
        self._clock = clock
        self._opening = asyncio.Lock()
        self._chat: ChatOpenAI | None = None
        self._http: Any = None
        self._trouble = ""
        self._rests_until = 0.0

    async def answer(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> str:
        """The text that should be JSON of that schema. Raises `ModelFailed`."""
        if self._clock() < self._rests_until:
            raise ModelFailed(f"{self._trouble}, and is left alone for a minute")
        if self._trouble:
            # One question tries whether it is well again; those that come meanwhile do not wait with it.
            self._rests_until = self._clock() + REST
        self.use.calls += 1
        try:
            message = await self._asked(messages, schema)
        except Exception as error:  # noqa: BLE001  # whatever a foreign server makes the client raise, the rules go on
            self._spent_on_nothing(error)
            words, lasting = _in_words(error, self.endpoint.timeout)
            self._trouble, self._rests_until = (words, self._clock() + REST) if lasting else ("", 0.0)
            raise self.failed(words) from None
        self._trouble, self._rests_until = "", 0.0
        text = message.content if isinstance(message.content, str) else ""
        usage = message.usage_metadata
        if usage is not None:
            self._spent(usage["input_tokens"], usage["output_tokens"])
        else:
            # The endpoint does not count: what was sent and said is counted here.
            self._spent(sum(count_tokens(said) for _, said in messages), count_tokens(text))
        if message.additional_kwargs.get("refusal") or not text.strip():
            raise self.failed("declined to answer")
        if message.response_metadata.get("finish_reason") == "length":
            raise self.failed("gave an answer that was cut off")
        return text

    def failed(self, words: str) -> ModelFailed:
        """The failure in these words, counted."""
        self.use.failures += 1
        self.use.last_failure = words
        return ModelFailed(words)

    async def close(self) -> None:
        """Give up the connections."""
        if self._http is not None:
            await self._http.aclose()
            self._http = self._chat = None

    async def _asked(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> AIMessage:
        chat = await self._opened()
        wanted = {
            "type": "json_schema",
            "json_schema": {"name": "intent", "strict": True, "schema": schema},
        }
        said = list(messages)
        # The client's own time-out is for each read, and a slow endpoint could go on letter by letter.
        async with asyncio.timeout(self.endpoint.timeout):
            try:
                return await chat.ainvoke(said, response_format=wanted)
            except Exception as error:
                if getattr(error, "param", None) != "temperature":
                    raise
                # Models that reason take none; others answer the same question alike with it.
                chat.temperature = None
                return await chat.ainvoke(said, response_format=wanted)

    async def _opened(self) -> ChatOpenAI:
        async with self._opening:
            if self._chat is None:
                self._chat = await asyncio.to_thread(self._open)
            return self._chat

    def _open(self) -> ChatOpenAI:
        from langchain_openai import ChatOpenAI
        from openai import DefaultAsyncHttpxClient

        endpoint = self.endpoint
        self._http = DefaultAsyncHttpxClient(transport=self._transport, timeout=endpoint.timeout)
        # All is said here: what is left out, the client would take from variables of the environment.
        return ChatOpenAI(
            model=endpoint.model,
            base_url=endpoint.url,
            api_key=endpoint.key or SecretStr(NO_KEY),
            timeout=endpoint.timeout,
            max_retries=0,
            temperature=0,
            use_responses_api=False,
            openai_proxy="",
            http_async_client=self._http,
        )

    def _spent(self, tokens_in: int, tokens_out: int) -> None:
        self.use.tokens_in += tokens_in
        self.use.tokens_out += tokens_out
        account = receipt()
        account.model_tokens += tokens_in + tokens_out
        cost = self.endpoint.cost(tokens_in, tokens_out)
        if cost is not None:
            account.model_cost = (account.model_cost or 0.0) + cost

    def _spent_on_nothing(self, error: Exception) -> None:
        """Count the tokens of an answer that the client itself has thrown away: one that was cut off."""
        usage = getattr(getattr(error, "completion", None), "usage", None)
        if usage is not None:
            self._spent(usage.prompt_tokens, usage.completion_tokens)


def _in_words(error: Exception, timeout: float) -> tuple[str, bool]:
    """What has failed, and whether the next question would fail alike."""
    import openai

    lasting = {
        TimeoutError: f"did not answer within {timeout:g} s",
        openai.APITimeoutError: f"did not answer within {timeout:g} s",
        openai.APIConnectionError: "cannot be reached",
        openai.AuthenticationError: "does not take the key",
        openai.PermissionDeniedError: "does not take the key",
        openai.RateLimitError: "is asked too often, or its quota is used up",
        openai.NotFoundError: "is not known at its endpoint",
        openai.APIStatusError: f"is refused by its endpoint (HTTP {getattr(error, 'status_code', '')})",
    }
    for kind, words in lasting.items():
        if isinstance(error, kind):
            return words, True
    if isinstance(error, openai.LengthFinishReasonError):
        return "gave an answer that was cut off", False
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return "declined to answer", False
    return "answered with something that is not the API of OpenAI", False
