"""Whether a language model may write: configured, agreed to by everybody in the session, within the day's budget."""

from collections.abc import Collection
from datetime import UTC, datetime
from enum import StrEnum

from domain.sessions import MentoringSession
from services.context import Context
from store import Store, unit_of_work


class WhyTemplate(StrEnum):
    """Why no model is asked."""

    NOT_CONFIGURED = "not_configured"
    NO_CONSENT = "no_consent"
    OVER_BUDGET = "over_budget"


def people_of(session: MentoringSession) -> tuple[str, ...]:
    """Return everybody whose words or role an agenda of the session may hold, the mentees first."""
    return (*session.mentee_ids, session.mentor_id)


def why_template(context: Context, store: Store, person_ids: Collection[str]) -> WhyTemplate | None:
    """Return why no model may write for these people now; None where one may."""
    if context.model is None:
        return WhyTemplate.NOT_CONFIGURED
    if store.consents.among(person_ids) != set(person_ids):
        return WhyTemplate.NO_CONSENT
    may = all(may_spend(context, store, person_id) for person_id in person_ids)
    return None if may else WhyTemplate.OVER_BUDGET


def may_spend(context: Context, store: Store, person_id: str | None = None) -> bool:
    """Whether one more call fits into today's budget: the programme's, and the person's it is for."""
    if context.model is None:
        return False
    budget, since = context.model.budget, midnight(context.clock())
    spent = store.llm_calls.spent(since)
    if spent.calls >= budget.calls or spent.tokens >= budget.tokens or spent.usd >= budget.usd:
        return False
    return person_id is None or store.llm_calls.spent(since, person_id).calls < budget.calls_per_person


def has_consented(context: Context, person_id: str) -> bool:
    """Whether the person lets a model write for their sessions."""
    with unit_of_work(context.engine) as store:
        return store.consents.given_at(person_id) is not None


def set_consent(context: Context, person_id: str, *, agrees: bool) -> None:
    """Note whether the person lets a model write for their sessions."""
    with unit_of_work(context.engine, write=True) as store:
        if agrees:
            store.consents.give(person_id, context.clock())
        else:
            store.consents.withdraw(person_id)


def midnight(at: datetime) -> datetime:
    """Return when the day of the budget began."""
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
