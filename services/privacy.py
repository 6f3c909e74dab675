"""What is stored about a person, kind by kind, and what a model was sent for them."""

from collections import Counter

from services.context import Context
from services.export_person import rows_about
from services.model_view import SeenCall, seen_call
from services.privacy_rules import RULES, Kind
from store import unit_of_work

_BESIDE = {"people": Kind.PROFILE, "sessions": Kind.SESSIONS, "agendas": Kind.SESSIONS}


def stored_about(context: Context, person_id: str) -> dict[Kind, int]:
    """Return how many entries of each kind an export of the person holds; raise NotFound when there is no such one."""
    kinds: dict[str, Kind] = {place.split(".")[0]: rule.kind for place, rule in RULES.items()} | _BESIDE
    with unit_of_work(context.engine) as store:
        tables = rows_about(store, store.people.get(person_id).id)
    counted: Counter[Kind] = Counter()
    for table, rows in tables.items():
        counted[kinds[table]] += len(rows)
    return {kind: counted[kind] for kind in Kind}


def all_calls_seen(context: Context, person_id: str) -> list[SeenCall]:
    """Return everything that a model was sent for the person or their sessions, latest first."""
    with unit_of_work(context.engine) as store:
        ids = [row["id"] for row in store.person_traces.llm_calls(person_id)]
        calls = [store.llm_calls.get(id) for id in ids]
    return [seen_call(call) for call in reversed(calls)]
