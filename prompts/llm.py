"""The one way to a language model: litellm, loaded when the first answer is needed, within a deadline and a size."""

import logging
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from queue import Empty, Queue
from threading import Lock, Thread
from typing import Any, Protocol

from prompts.breaker import Breaker
from prompts.endpoints import ModelSettings
from prompts.failures import OUTAGES, FailureCode, LLMFailed, TooMuchRead
from prompts.reading import Answer, read_stream
from prompts.replies import RateLimited, failure_of, is_about_format
from prompts.versions import Message

LONGEST_WAIT_SECONDS = 2.0  # for a server that says when it has room again
_MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class Completion:
    """An answer as it came, and what it cost; `usd` is None where the price of the model is not known.

    Tokens are those that the model counted; where it counted none, a quarter of the characters.
    """

    text: str
    model: str
    finish_reason: str
    prompt_tokens: int
    completion_tokens: int
    usd: float | None
    milliseconds: int


class LLM(Protocol):
    """Answers messages."""

    def complete(
        self,
        messages: Sequence[Message],
        options: Mapping[str, float],
        schema: Mapping[str, Any] | None,
        deadline_seconds: float,
    ) -> Completion:
        """Return the answer to the messages; raise LLMFailed when there is none within the deadline.

        Parameters
        ----------
        options
            `temperature` and `max_output_tokens`.
        schema
            JSON schema of the answer, asked for where the model can; None for any text.
        """
        ...


class LiteLLM:
    """Any model that litellm knows. One call is one request, but for a format refused or a short wait asked for.

    Parameters
    ----------
    clock, sleep
        Monotonic seconds, and what waits.
    """

    def __init__(
        self,
        settings: ModelSettings,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings, self._clock, self._sleep = settings, clock, sleep
        self._breaker = Breaker(clock)
        self._rung = 0
        self._client: Any = None
        self._lock = Lock()

    def close(self) -> None:
        """Let go of the connections; the next call makes new ones."""
        with self._lock:
            if self._client is not None:
                self._client.close()
            self._client = None

    def complete(
        self,
        messages: Sequence[Message],
        options: Mapping[str, float],
        schema: Mapping[str, Any] | None,
        deadline_seconds: float,
    ) -> Completion:
        """Return the answer, see `LLM.complete`."""
        if self._settings.is_local_only and not self._settings.is_local:
            raise LLMFailed(FailureCode.NOT_LOCAL)
        if not self._breaker.lets_through():
            raise LLMFailed(FailureCode.CIRCUIT_OPEN)
        _litellm()  # some seconds, once: no answer is late for it
        began = self._clock()
        try:
            answer = self._on_ladder(messages, options, schema, began + deadline_seconds)
        except LLMFailed as failed:
            self._note(failed.code)
            raise
        self._breaker.note_success()
        return self._completion(answer, messages, int((self._clock() - began) * _MILLISECONDS))

    def _note(self, code: FailureCode) -> None:
        if code in OUTAGES:
            self._breaker.note_outage()
        else:  # it works, whatever it says of this request
            self._breaker.note_success()

    def _on_ladder(
        self,
        messages: Sequence[Message],
        options: Mapping[str, float],
        schema: Mapping[str, Any] | None,
        deadline: float,
    ) -> Answer:
        """Ask for the schema, then for any JSON, then for nothing: the first form that is not refused is remembered."""
        forms = response_formats(schema)
        for rung in range(min(self._rung, len(forms) - 1), len(forms)):
            try:
                answer = self._patiently(self._request(messages, options, forms[rung]), deadline)
            except _FormatRefused:
                continue
            self._rung = max(self._rung, rung)
            return answer
        raise LLMFailed(FailureCode.BAD_REQUEST)

    def _patiently(self, request: dict[str, Any], deadline: float) -> Answer:
        """Return the answer; where the server asks for a short wait that fits, wait once and ask again."""
        try:
            return self._within(request, deadline)
        except RateLimited as limited:
            wait = limited.seconds
            if wait is None or wait > LONGEST_WAIT_SECONDS or self._clock() + wait >= deadline:
                raise LLMFailed(FailureCode.RATE_LIMITED) from None
        self._sleep(wait)
        try:
            return self._within(request, deadline)
        except RateLimited:
            raise LLMFailed(FailureCode.RATE_LIMITED) from None

    def _within(self, request: dict[str, Any], deadline: float) -> Answer:
        """Return the answer, or give up at the deadline whatever the connection does: it ends on its own then."""
        left = deadline - self._clock()
        if left <= 0:
            raise LLMFailed(FailureCode.TIMEOUT)
        answered: Queue[Answer | Exception] = Queue(1)
        Thread(target=self._ask, args=(request | {"timeout": left}, deadline, answered), daemon=True).start()
        try:
            found = answered.get(timeout=left)
        except Empty:
            raise LLMFailed(FailureCode.TIMEOUT) from None
        if isinstance(found, Exception):
            raise found from None
        return found

    def _ask(self, request: dict[str, Any], deadline: float, answered: "Queue[Answer | Exception]") -> None:
        """Put the answer, or why there is none, into the queue."""
        try:
            chunks: Iterable[Any] = _litellm().completion(**request, **self._where())
            with closing(_connection_of(chunks)):
                answered.put(read_stream(chunks, deadline, self._clock))
        except LLMFailed as failed:
            answered.put(failed)
        except TooMuchRead:
            answered.put(LLMFailed(FailureCode.TOO_LONG))
        except Exception as error:  # noqa: BLE001 - providers raise anything; only its kind goes on
            answered.put(_told(error, has_format="response_format" in request))

    def _request(
        self, messages: Sequence[Message], options: Mapping[str, float], form: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self._name(),
            "messages": [message._asdict() for message in messages],
            "stream": True,
            "stream_options": {"include_usage": True},
            "num_retries": 0,
            "max_retries": 0,
        }
        if "temperature" in options:
            request["temperature"] = options["temperature"]
        if "max_output_tokens" in options:
            request["max_tokens"] = int(options["max_output_tokens"])
        return request | ({"response_format": form} if form else {})

    def _name(self) -> str:
        """Return the model as litellm is asked for it: whatever has an address speaks OpenAI's protocol."""
        return f"openai/{self._settings.model.partition('/')[2]}" if self._settings.address else self._settings.model

    def _where(self) -> dict[str, Any]:
        if not self._settings.address and self._settings.provider != "openai":
            return {"api_key": self._settings.api_key} if self._settings.api_key else {}
        with self._lock:
            if self._client is None:
                self._client = _openai_client(self._settings)
        return {"client": self._client, "api_key": self._client.api_key}

    def _completion(self, answer: Answer, messages: Sequence[Message], milliseconds: int) -> Completion:
        sent = sum(len(message.content) for message in messages)
        prompt_tokens = answer.prompt_tokens or sent // 4
        completion_tokens = answer.completion_tokens or len(answer.text) // 4
        usd = _price(self._settings.model, prompt_tokens, completion_tokens)
        counted = (prompt_tokens, completion_tokens, usd, milliseconds)
        return Completion(answer.text, self._settings.model, answer.finish_reason, *counted)


class _FormatRefused(Exception):
    """The model does not know this form of `response_format`."""


def response_formats(schema: Mapping[str, Any] | None) -> list[dict[str, Any] | None]:
    """Return the forms to ask for, the strictest first, nothing last."""
    if schema is None:
        return [None]
    strict = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": dict(schema)}}
    return [strict, {"type": "json_object"}, None]


def _told(error: Exception, *, has_format: bool) -> Exception:
    """Return what goes on of a provider's error: a code; its text may hold a key and stays behind."""
    if has_format and is_about_format(error):
        return _FormatRefused()
    return failure_of(error)


def _connection_of(chunks: Any) -> Any:
    """Return what to close once enough was read, so that no connection stays open behind an answer cut short."""
    stream = getattr(chunks, "completion_stream", None)
    return stream if hasattr(stream, "close") else BytesIO()


def _litellm() -> Any:
    # both must be set before: else it fetches a list of prices and reads .env files. Source: its own code
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "true"
    os.environ["LITELLM_MODE"] = "PRODUCTION"
    # three seconds and 170 MB: only the process that drafts pays, and only when a model is set
    import litellm

    litellm.suppress_debug_info = True
    litellm.telemetry = False
    for name in ("LiteLLM", "openai", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they log may hold requests and keys
    return litellm


def _openai_client(settings: ModelSettings) -> Any:
    import openai  # comes with litellm and is as heavy, and so is its httpx

    from prompts.bounded import bounded_client

    return openai.OpenAI(
        api_key=settings.api_key or "none",
        base_url=settings.address or None,
        http_client=bounded_client(),
        max_retries=0,
    )


def _price(model: str, prompt_tokens: int, completion_tokens: int) -> float | None:
    """Return the price in dollars by litellm's own list; one of nothing there means that it is not known."""
    listed = _litellm().model_cost
    costs = listed.get(model) or listed.get(model.partition("/")[2]) or {}
    each = costs.get("input_cost_per_token") or 0.0, costs.get("output_cost_per_token") or 0.0
    return float(prompt_tokens * each[0] + completion_tokens * each[1]) or None
