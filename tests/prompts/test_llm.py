"""What a model's server may do, and what becomes of it: over real HTTP, against a scripted server."""

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest

from domain.errors import InvalidInput
from prompts import FailureCode, LiteLLM, LLMFailed, Message, ModelSettings
from prompts.breaker import FAILURES_TO_OPEN, OPEN_SECONDS, Breaker
from tests.fakes.llm_server import LLMServer, Reply, error

Build = Callable[..., LiteLLM]
KEY = "sk-a-secret-that-nobody-may-read"
MESSAGES = [Message("system", "Be brief."), Message("user", "Hello")]
OPTIONS = {"temperature": 0.2, "max_output_tokens": 100}
SCHEMA = {"type": "object"}
LONG = "".join(map(str, range(30_000)))


class Waits:
    """Stands for sleeping: notes how long."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def a_model(llm_server: LLMServer) -> Iterator[Build]:
    """Makes models that ask the scripted server; their connections are closed afterwards."""
    made: list[LiteLLM] = []

    def make(name: str = "openai/scripted", **parts: Any) -> LiteLLM:
        made.append(LiteLLM(ModelSettings(name, llm_server.address, KEY), **parts))
        return made[-1]

    yield make
    for model in made:
        model.close()


def failure(model: LiteLLM, deadline: float = 10.0) -> FailureCode:
    with pytest.raises(LLMFailed) as failed:
        model.complete(MESSAGES, OPTIONS, SCHEMA, deadline)
    return failed.value.code


def test_an_answer_comes_whole_with_what_it_cost(llm_server: LLMServer, a_model: Build) -> None:
    llm_server.play("One answer, in several pieces, longer than one piece of the stream.")
    answer = a_model().complete(MESSAGES, OPTIONS, SCHEMA, 10)
    assert answer.text == "One answer, in several pieces, longer than one piece of the stream."
    assert (answer.finish_reason, answer.prompt_tokens, answer.completion_tokens) == ("stop", 100, 50)
    [asked] = llm_server.asked
    assert asked.body["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hello"},
    ]
    assert (asked.body["temperature"], asked.body["max_tokens"]) == (0.2, 100)
    assert asked.body["response_format"]["json_schema"]["schema"] == SCHEMA


def test_a_known_model_has_a_price_and_an_unknown_one_none(llm_server: LLMServer, a_model: Build) -> None:
    """The price of gpt-4o-mini is 0.15 and 0.60 dollars a million tokens in litellm's own list."""
    llm_server.play("priced")
    priced = a_model("openai/gpt-4o-mini").complete(MESSAGES, OPTIONS, None, 10)
    assert priced.usd == pytest.approx(100 * 0.15e-6 + 50 * 0.60e-6)
    assert a_model().complete(MESSAGES, OPTIONS, None, 10).usd is None


def test_a_server_that_counts_no_tokens_is_estimated(llm_server: LLMServer, a_model: Build) -> None:
    llm_server.play(Reply("some words that nobody counted", usage=None))
    answer = a_model().complete(MESSAGES, OPTIONS, None, 10)
    assert answer.prompt_tokens > 0
    assert 4 <= answer.completion_tokens <= 12


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (error(401, "invalid_api_key", f"Incorrect API key provided: {KEY}"), FailureCode.UNAUTHORIZED),
        (error(403, "forbidden"), FailureCode.UNAUTHORIZED),
        (error(404, "model_not_found"), FailureCode.NOT_FOUND),
        (error(400, "invalid_request_error", "too many messages"), FailureCode.BAD_REQUEST),
        (error(400, "content_filter", "The prompt triggered the content_filter"), FailureCode.FILTERED),
        (error(500, "server_error"), FailureCode.SERVER_ERROR),
        (error(503, "overloaded"), FailureCode.SERVER_ERROR),
        (error(429, "rate_limit_exceeded", retry_after="3600"), FailureCode.RATE_LIMITED),
        (error(429, "rate_limit_exceeded"), FailureCode.RATE_LIMITED),
        (error(429, "insufficient_quota", "You exceeded your current quota"), FailureCode.OUT_OF_QUOTA),
        (Reply(body=b"<html>Welcome</html>", content_type="text/html"), FailureCode.BAD_ANSWER),
        (Reply(body=b'{"choices": "none"}'), FailureCode.BAD_ANSWER),
        (Reply(body=b"data: {half\n\n", content_type="text/event-stream"), FailureCode.BAD_ANSWER),
        (Reply(""), FailureCode.BAD_ANSWER),
        (Reply(LONG[:400], drop_after=3), FailureCode.DROPPED),
        (Reply(LONG[:400], drop_after=0), FailureCode.DROPPED),
        (Reply(LONG), FailureCode.TOO_LONG),
        (Reply(body=b"x" * 5_000_000), FailureCode.TOO_LONG),
        (Reply(refusal="I cannot help with that."), FailureCode.REFUSED),
        (Reply("abc", finish="content_filter"), FailureCode.FILTERED),
    ],
)
def test_each_fault_has_its_code_and_costs_one_call(
    llm_server: LLMServer, a_model: Build, reply: Reply, code: FailureCode
) -> None:
    llm_server.play(reply)
    assert failure(a_model()) is code
    assert len(llm_server.asked) == 1


def test_a_short_wait_asked_for_is_kept_once(llm_server: LLMServer, a_model: Build) -> None:
    waits = Waits()
    llm_server.play(error(429, "rate_limit_exceeded", retry_after="1"), "ready now")
    assert a_model(sleep=waits).complete(MESSAGES, OPTIONS, None, 10).text == "ready now"
    assert waits.seconds == [1.0]
    llm_server.play(error(429, "rate_limit_exceeded", retry_after="1"))
    assert failure(a_model(sleep=waits)) is FailureCode.RATE_LIMITED
    assert len(llm_server.asked) == 2


def test_a_server_that_hangs_is_left_at_the_deadline(llm_server: LLMServer, a_model: Build) -> None:
    held = Event()
    llm_server.play(Reply("late", hang=held))
    assert failure(a_model(), deadline=0.3) is FailureCode.TIMEOUT
    held.set()


def test_an_answer_that_drips_is_left_at_the_deadline(llm_server: LLMServer, a_model: Build) -> None:
    """Each piece comes within a fifth of a second, so that no timeout of a single read ends it."""
    held = Event()
    llm_server.play(Reply(LONG[:4_000], drip=held))
    assert failure(a_model(), deadline=0.5) is FailureCode.TIMEOUT
    held.set()


def test_a_refused_format_is_asked_for_more_simply_and_remembered(llm_server: LLMServer, a_model: Build) -> None:
    model = a_model()
    refused = [
        error(400, "bad", f"'response_format' of type {kind} is not supported")
        for kind in ("json_schema", "json_object")
    ]
    llm_server.play(*refused, "{}")
    model.complete(MESSAGES, OPTIONS, SCHEMA, 10)
    assert [asked.body.get("response_format", {}).get("type") for asked in llm_server.asked] == [
        "json_schema",
        "json_object",
        None,
    ]
    llm_server.play("{}")
    model.complete(MESSAGES, OPTIONS, SCHEMA, 10)
    assert ["response_format" in asked.body for asked in llm_server.asked] == [False]


def test_the_key_goes_to_the_server_and_nowhere_else(
    llm_server: LLMServer, a_model: Build, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    llm_server.play(error(401, "invalid_api_key", f"Incorrect API key provided: {KEY}"))
    with caplog.at_level(logging.DEBUG), pytest.raises(LLMFailed) as failed:
        a_model().complete(MESSAGES, OPTIONS, SCHEMA, 10)
    assert KEY in llm_server.asked[0].headers["Authorization"]
    chain = failed.value, failed.value.__cause__, failed.value.__context__
    told = [caplog.text, *capfd.readouterr(), *map(repr, chain), repr(ModelSettings("openai/x", api_key=KEY))]
    assert not any(KEY in text for text in told)


@pytest.mark.parametrize(
    ("model", "address"),
    [
        ("openai/gpt-4o-mini", ""),
        ("anthropic/claude", ""),
        ("openai/x", "https://models.example.com/v1"),
        ("openai/x", "http://169.254.169.254/v1"),
        ("openai/x", "http://8.8.8.8/v1"),
        ("openai/x", "http://134744072/v1"),
        ("openai/x", "http://0x08080808/v1"),
        ("openai/x", "http://010.0.0.1/v1"),
        ("openai/x", "http://192.0.2.1/v1"),
        ("openai/x", "http://[::ffff:8.8.8.8]/v1"),
        ("openai/x", "http://0.0.0.0/v1"),
    ],
)
def test_a_model_outside_of_the_house_is_refused_before_anything_is_sent(model: str, address: str) -> None:
    with pytest.raises(LLMFailed) as failed:
        LiteLLM(ModelSettings(model, address, KEY, is_local_only=True)).complete(MESSAGES, OPTIONS, None, 10)
    assert failed.value.code is FailureCode.NOT_LOCAL


@pytest.mark.parametrize(
    ("model", "address"),
    [
        ("ollama/qwen3", ""),
        ("openai/x", "http://127.0.0.1:8080/v1"),
        ("openai/x", "http://10.1.2.3/v1"),
        ("openai/x", "http://[::1]:1/v1"),
        ("openai/x", "http://gpu-box:8000/v1"),
        ("openai/x", "http://localhost.:8000/v1"),
        ("openai/x", "http://172.20.0.5/v1"),
        ("openai/x", "http://models.internal/v1"),
    ],
)
def test_a_model_in_the_house_is_local(model: str, address: str) -> None:
    assert ModelSettings(model, address).is_local


def test_a_redirect_is_not_followed(llm_server: LLMServer, a_model: Build) -> None:
    llm_server.play(Reply(status=307, body=b"", headers={"location": "http://127.0.0.1:9/v1/chat/completions"}))
    assert failure(a_model()) in (FailureCode.BAD_ANSWER, FailureCode.BAD_REQUEST)
    assert len(llm_server.asked) == 1


def test_outages_in_a_row_open_the_circuit(llm_server: LLMServer, a_model: Build) -> None:
    now = [0.0]
    model = a_model(clock=lambda: now[0])
    llm_server.play(error(500, "server_error"))
    codes = [failure(model) for _ in range(FAILURES_TO_OPEN + 1)]
    assert codes == [FailureCode.SERVER_ERROR] * FAILURES_TO_OPEN + [FailureCode.CIRCUIT_OPEN]
    assert len(llm_server.asked) == FAILURES_TO_OPEN
    now[0] = OPEN_SECONDS
    llm_server.play("well again")
    assert model.complete(MESSAGES, OPTIONS, None, 10).text == "well again"


def test_one_call_tries_when_the_time_is_over() -> None:
    now = [0.0]
    breaker = Breaker(lambda: now[0])
    for _ in range(FAILURES_TO_OPEN):
        breaker.note_outage()
    now[0] = OPEN_SECONDS
    assert [breaker.lets_through() for _ in range(3)] == [True, False, False]
    breaker.note_success()
    assert breaker.lets_through()


@pytest.mark.parametrize("model", ["", "gpt-4o", "openai/", "/x", "openai/a b"])
def test_a_model_has_a_provider_and_a_name(model: str) -> None:
    with pytest.raises(InvalidInput, match="model must be provider/model"):
        ModelSettings(model)


def test_importing_loads_no_litellm() -> None:
    code = "import prompts, prep, sys; print('litellm' in sys.modules, 'openai' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.split() == ["False", "False"]
