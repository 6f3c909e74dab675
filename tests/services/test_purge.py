"""What is kept for a time only is gone after it."""

from dataclasses import replace
from datetime import timedelta

from services.context import Context
from services.jobs import run_due
from services.purge import KEPT, PURGE, plan_purge, purge
from store import unit_of_work
from tests.builders import NOW, an_llm_call

DAY = timedelta(days=1)


def test_what_is_older_than_30_days_goes_and_the_next_purge_is_planned(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.llm_calls.add(an_llm_call("old", at=NOW - KEPT - DAY, session_id=None, person_id=None))
        store.llm_calls.add(an_llm_call("new", at=NOW - KEPT + DAY, session_id=None, person_id=None))
        store.draft_cache.put("old", "text", "model", NOW - KEPT - DAY)
        store.draft_cache.put("new", "text", "model", NOW)
    plan_purge(running)
    plan_purge(running)
    assert run_due(running, {PURGE: purge}, "w") == 1
    with unit_of_work(running.engine) as store:
        assert store.llm_calls.spent(NOW - timedelta(days=365)).calls == 1
        assert (store.draft_cache.get("old"), store.draft_cache.get("new")) == (None, "text")
        planned = store.jobs.get(f"{PURGE}:{(NOW + DAY).date().isoformat()}")
        assert planned is not None
        assert planned.run_at == NOW + DAY


def test_it_goes_on_from_day_to_day(running: Context) -> None:
    plan_purge(running)
    for days in range(3):
        later = replace(running, clock=lambda days=days: NOW + days * DAY)  # type: ignore[misc]
        assert run_due(later, {PURGE: purge}, "w") == 1
