"""The age of the oldest message that has not left."""

from datetime import timedelta

from services.booking.jobs import NOTICE
from services.context import Context
from services.doctor import State, examine
from services.notices.send import QUIET
from services.notices.unsent import oldest_unsent
from store import unit_of_work
from tests.builders import NOW

HOUR = timedelta(hours=1)


def plan(context: Context, key: str, run_at: object) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.jobs.add(NOTICE, key, {"due": run_at.isoformat()}, run_at, at=NOW - 3 * HOUR)  # type: ignore[attr-defined, arg-type]


def fail(context: Context, error: str, again: timedelta = HOUR) -> None:
    with unit_of_work(context.engine, write=True) as store:
        job = store.jobs.claim("w", NOW, HOUR, {NOTICE})
        assert job is not None
        store.jobs.put_back(job, NOW + again, error)


def test_nothing_waits(running: Context) -> None:
    plan(running, "later", NOW + HOUR)
    with unit_of_work(running.engine) as store:
        assert oldest_unsent(store, NOW) is None


def test_a_message_that_is_tried_again_waits_since_it_was_due(running: Context) -> None:
    plan(running, "late", NOW - 2 * HOUR)
    fail(running, "smtp.unreachable")
    with unit_of_work(running.engine) as store:
        assert oldest_unsent(store, NOW) == NOW - 2 * HOUR
    (found,) = [finding for finding in examine(running) if finding.part == "messages"]
    assert (found.state, found.text[:34]) == (State.NOTE, "the oldest has waited for 2 h. Is ")


def test_what_waits_for_the_morning_is_not_late(running: Context) -> None:
    plan(running, "night", NOW - HOUR)
    fail(running, QUIET)
    with unit_of_work(running.engine) as store:
        assert oldest_unsent(store, NOW) is None
