"""What is kept for a time only is gone after it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.sessions import SessionStatus
from services.context import Context
from services.erase_person import erase_person
from services.jobs import run_due
from services.purge import KEPT, PURGE, plan_purge, purge
from store import unit_of_work
from tests.builders import NOW, a_feedback, a_session, an_llm_call

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


def on_day(context: Context, days: int) -> Context:
    return replace(context, clock=lambda: NOW + timedelta(days=days))


@pytest.mark.parametrize(("days", "words"), [(365, "how to check without hovering"), (366, "")])
def test_words_of_feedback_go_after_a_year(days: int, words: str, running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([a_session("s1", status=SessionStatus.HELD)])
        store.feedback.save([a_feedback()])
    purge(on_day(running, days), {})
    with unit_of_work(running.engine) as store:
        assert [(one.rating, one.still_open) for one in store.feedback.list()] == [(4, words)]


def test_who_left_is_forgotten_90_days_after_it_was_noticed(running: Context) -> None:
    def there(days: int) -> bool:
        purge(on_day(running, days), {})
        with unit_of_work(running.engine) as store:
            return "m2" in {person.id for person in store.people.list(active_only=False)}

    assert there(0)
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([replace(store.people.get("m2"), is_active=False)])
    assert [there(days) for days in (1, 91, 92)] == [True, True, False]


def test_who_comes_back_is_not_forgotten(running: Context) -> None:
    for days, is_active in ((0, False), (50, True), (60, False), (120, False)):
        with unit_of_work(running.engine, write=True) as store:
            store.people.save([replace(store.people.get("m2"), is_active=is_active)])
        purge(on_day(running, days), {})
    with unit_of_work(running.engine) as store:
        assert store.people.get("m2").id == "m2"


def test_a_stand_in_is_nobody_who_left(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([a_session("s1", status=SessionStatus.HELD)])
    erase_person(running, "m1")
    for days in (0, 200):
        purge(on_day(running, days), {})
    with unit_of_work(running.engine) as store:
        assert store.sessions.get("s1").mentor_id.startswith("former-")


def test_topics_passed_on_are_forgotten_when_they_count_no_longer(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.passed_topics.add("p1", "speak-up", NOW)
    purge(on_day(running, 91), {})
    with unit_of_work(running.engine) as store:
        assert store.passed_topics.of("p1") == {}
