"""Reads an answer as it streams in: no longer than it may be, no later than it may come."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from prompts.failures import FailureCode, LLMFailed

MAX_ANSWER_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """The text and how it ended; tokens are 0 where the model did not count them."""

    text: str
    finish_reason: str
    prompt_tokens: int = 0
    completion_tokens: int = 0


def read_stream(chunks: Iterable[Any], deadline: float, clock: Callable[[], float]) -> Answer:
    """Return the answer that the chunks make.

    Raises
    ------
    LLMFailed
        Too late, too long, refused, held back by a filter, or nothing came.
    """
    parts: list[str] = []
    size, finish, usage, is_refused = 0, "", None, False
    for chunk in chunks:
        if clock() >= deadline:
            raise LLMFailed(FailureCode.TIMEOUT)
        usage = getattr(chunk, "usage", None) or usage
        for choice in chunk.choices[:1]:
            text = choice.delta.content or ""
            is_refused = is_refused or bool(getattr(choice.delta, "refusal", None))
            size += len(text.encode("utf-8", "replace"))
            if size > MAX_ANSWER_BYTES:
                raise LLMFailed(FailureCode.TOO_LONG)
            parts.append(text)
            finish = choice.finish_reason or finish
    _check_end("".join(parts), finish, is_refused)
    return Answer("".join(parts), finish, *_counted(usage))


def _check_end(text: str, finish: str, is_refused: bool) -> None:
    if is_refused:
        raise LLMFailed(FailureCode.REFUSED)
    if finish == "content_filter":
        raise LLMFailed(FailureCode.FILTERED)
    if not text.strip():
        raise LLMFailed(FailureCode.BAD_ANSWER)


def _counted(usage: Any) -> tuple[int, int]:
    return (usage.prompt_tokens or 0, usage.completion_tokens or 0) if usage else (0, 0)
