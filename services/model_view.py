"""What a language model saw of a session, for everybody who takes part in it."""

import json
from dataclasses import dataclass
from datetime import datetime

from domain.agendas import StoredAgenda
from domain.llm_calls import LLMCall
from domain.people import Person
from services.context import Context
from services.draft_agenda import draft_key
from services.model_policy import WhyTemplate, people_of, why_template
from services.own_sessions import own_session
from store import unit_of_work


@dataclass(frozen=True, slots=True)
class SeenCall:
    """One request to the model: what was sent, word for word, and what came of it."""

    at: datetime
    model: str
    prompt: str
    messages: list[tuple[str, str]]
    fact_numbers: tuple[int, ...]
    outcome: str
    tokens: int
    usd: float | None


@dataclass(frozen=True, slots=True)
class ModelState:
    """Whether a model writes this agenda: just now, or why not; `agrees` says whether the reader lets it."""

    is_writing: bool
    why_not: WhyTemplate | None
    agrees: bool
    calls: int


def model_state(context: Context, person: Person, stored: StoredAgenda) -> ModelState:
    """Return how the model stands to a version of an own session's agenda; raise NotFound for a foreign session."""
    with unit_of_work(context.engine) as store:
        session = own_session(store, person.id, stored.session_id)
        agrees = store.consents.given_at(person.id) is not None
        calls = len(store.llm_calls.of_session(session.id))
        why = why_template(context, store, people_of(session))
        job = store.jobs.get(draft_key(session.id, stored.agenda.language, stored.inputs_hash))
    return ModelState(why is None and job is not None and job.is_waiting, why, agrees, calls)


def calls_seen(context: Context, person: Person, session_id: str) -> list[SeenCall]:
    """Return the requests made for an own session, oldest first; raise NotFound when the person takes no part."""
    with unit_of_work(context.engine) as store:
        own_session(store, person.id, session_id)
        calls = store.llm_calls.of_session(session_id)
    return [seen_call(call) for call in calls]


def seen_call(call: LLMCall) -> SeenCall:
    """Return a call as those whom it concerns may read it."""
    return SeenCall(
        call.at,
        call.model,
        f"{call.prompt_name}/{call.prompt_version}",
        [(message["role"], message["content"]) for message in json.loads(call.sent)],
        call.fact_numbers,
        call.outcome,
        call.prompt_tokens + call.completion_tokens,
        call.usd,
    )
