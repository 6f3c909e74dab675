"""How agendas are prepared in this programme: what they may rest on, by which prompt, at what cost; for HR."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.agendas import FactKind
from domain.llm_calls import Spent
from domain.people import Person
from services.agenda_request import OPTIONAL_FACTS, allowed_facts, set_allowed_facts
from services.context import Context
from services.model import Budget
from services.model_policy import midnight
from services.prompt_versions import AGENDA, IN_FORCE, all_versions, prompt_in_force, publish, roll_back
from store import unit_of_work


@dataclass(frozen=True, slots=True)
class PromptStep:
    """A version that was put in force, when and by whom; "" for the keeper of the server."""

    version: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PreparationPage:
    """What the page shows; `model` is "" where none is configured, `agreed` counts people who let it write."""

    facts: list[tuple[FactKind, bool]]
    model: str
    is_local: bool
    budget: Budget | None
    spent: Spent
    agreed: int
    versions: list[str]
    in_force: str
    history: list[PromptStep]


def preparation_page(context: Context) -> PreparationPage:
    """Return how agendas are prepared now."""
    with unit_of_work(context.engine) as store:
        allowed = allowed_facts(store)
        labels = store.prompt_versions.label_history(AGENDA, IN_FORCE)
        people = {person.id: person.name for person in store.people.list(active_only=False)}
        return PreparationPage(
            facts=[(kind, kind in allowed) for kind in OPTIONAL_FACTS],
            model=context.model.name if context.model else "",
            is_local=context.model is not None and context.model.is_local,
            budget=context.model.budget if context.model else None,
            spent=store.llm_calls.spent(midnight(context.clock())),
            agreed=len(store.consents.among(people)),
            versions=all_versions(store, AGENDA),
            in_force=prompt_in_force(store, AGENDA).version,
            history=[PromptStep(each.version, each.set_at, people.get(each.set_by or "", "")) for each in labels[::-1]],
        )


def allow_facts(context: Context, kinds: Sequence[FactKind]) -> None:
    """Keep what agendas may rest on; raise InvalidInput for a kind that HR may not choose."""
    with unit_of_work(context.engine, write=True) as store:
        set_allowed_facts(store, kinds)


def publish_prompt(context: Context, person: Person, version: str) -> None:
    """Let drafts be written with a version from now on; raise NotFound for none."""
    with unit_of_work(context.engine, write=True) as store:
        publish(store, AGENDA, version, context.clock(), person.id)


def take_prompt_back(context: Context, person: Person) -> None:
    """Let the version before count again; raise NotFound where there was none."""
    with unit_of_work(context.engine, write=True) as store:
        roll_back(store, AGENDA, context.clock(), person.id)
