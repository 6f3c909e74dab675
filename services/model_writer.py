"""Asks the configured model for the words of a draft; each call is in the ledger before its answer is used."""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.language import Language
from domain.llm_calls import OK, LLMCall
from prep import Brief, WriterFailed
from prompts import Completion, LLMFailed, Message, Prompt
from services.context import Context
from services.model_policy import WhyTemplate, may_spend
from store import unit_of_work


@dataclass(frozen=True, slots=True)
class Purpose:
    """What calls are made for: a code, and the session and person where there are some."""

    code: str
    session_id: str | None = None
    person_id: str | None = None


class ModelDesk:
    """One draft's access to the model: within the budget, and within one deadline for all its calls."""

    def __init__(self, context: Context, prompt: Prompt, purpose: Purpose) -> None:
        if context.model is None:
            raise WriterFailed(WhyTemplate.NOT_CONFIGURED)
        self._context, self._prompt, self._purpose = context, prompt, purpose
        self._model = context.model
        self._ends = context.clock() + context.model.deadline

    def ask(self, language: Language, values: Mapping[str, object], facts: Sequence[int] = ()) -> str:
        """Return the model's answer; raise WriterFailed where it may not be asked or does not answer."""
        prompt = self._prompt
        messages = prompt.render(language, values)
        with unit_of_work(self._context.engine) as store:
            if not may_spend(self._context, store, self._purpose.person_id):
                raise WriterFailed(WhyTemplate.OVER_BUDGET)
        began = self._context.clock()
        call = self._call(began, messages, facts)
        try:
            completion = self._model.llm.complete(messages, prompt.options, prompt.schema, self.left_seconds())
        except LLMFailed as failed:
            self._keep(replace(call, outcome=str(failed.code), milliseconds=_since(began, self._context.clock)))
            raise WriterFailed(str(failed.code), failed.may_retry) from None
        self._keep(_answered(call, completion))
        return completion.text

    def left_seconds(self) -> float:
        """Return how long the draft may still take."""
        return (self._ends - self._context.clock()).total_seconds()

    def _call(self, at: datetime, messages: Sequence[Message], facts: Sequence[int]) -> LLMCall:
        return LLMCall(
            id=secrets.token_hex(8),
            at=at,
            purpose=self._purpose.code,
            model=self._model.name,
            prompt_name=self._prompt.name,
            prompt_version=self._prompt.version,
            prompt_sha=self._prompt.sha256,
            sent=json.dumps([message._asdict() for message in messages], ensure_ascii=False),
            outcome=OK,
            milliseconds=0,
            fact_numbers=tuple(facts),
            session_id=self._purpose.session_id,
            person_id=self._purpose.person_id,
        )

    def _keep(self, call: LLMCall) -> None:
        with unit_of_work(self._context.engine, write=True) as store:
            store.llm_calls.add(call)


class ModelWriter:
    """Finds words for an agenda; keeps the last answer, for the cache."""

    def __init__(self, desk: ModelDesk) -> None:
        self._desk = desk
        self.last_answer = ""

    def write(self, brief: Brief, codes: Sequence[str]) -> str:
        """Return the answer as it came, see `prep.Writer`."""
        numbers = [fact.number for fact in brief.facts]
        self.last_answer = self._desk.ask(brief.language, brief.values(codes), numbers)
        return self.last_answer


class CachedWriter:
    """Gives an answer that passed before for the same brief: no call."""

    def __init__(self, answer: str) -> None:
        self.last_answer = answer
        self._answers = [answer]

    def write(self, brief: Brief, codes: Sequence[str]) -> str:
        """Return the answer once, see `prep.Writer`."""
        if not self._answers:  # rules have become stricter since
            raise WriterFailed("cached_answer")
        return self._answers.pop()


def _answered(call: LLMCall, completion: Completion) -> LLMCall:
    return replace(
        call,
        prompt_tokens=completion.prompt_tokens,
        completion_tokens=completion.completion_tokens,
        usd=completion.usd,
        milliseconds=completion.milliseconds,
    )


def _since(began: datetime, clock: Callable[[], datetime]) -> int:
    return int((clock() - began).total_seconds() * 1000)
