"""The doctor says what is missing and what to do, and changes nothing."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.context import Context
from services.doctor import Finding, State, examine
from services.spaces import MENTORS
from store import Engine, open_engine, unit_of_work
from tests.builders import NOW, a_goal
from tests.services.calendars import a_connection
from tests.services.conftest import a_context


def finding(context: Context, part: str) -> Finding:
    return next(found for found in examine(context) if found.part == part)


def test_a_company_in_order_has_no_fault(running: Context) -> None:
    assert {found.state for found in examine(running)} == {State.OK}


def test_texts_without_embeddings_are_a_fault_with_the_remedy(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.goals.add(a_goal("g2", text="tell a story"))
    found = finding(running, "embeddings")
    assert found.state is State.FAULT
    assert found.text.startswith("1 of ")
    assert found.text.endswith("Run `halfhour index`.")


def test_calendars_are_counted_and_failures_named(running: Context) -> None:
    assert finding(running, "calendars") == Finding("calendars", State.OK, "nobody has connected one")
    before = NOW - timedelta(minutes=20)
    with unit_of_work(running.engine, write=True) as store:
        store.calendars.connect(a_connection("p1", read_at=before))
        store.calendars.connect(a_connection("m1", read_at=NOW))
    assert finding(running, "calendars") == Finding("calendars", State.OK, "2 connected, the oldest reading 20 min ago")
    with unit_of_work(running.engine, write=True) as store:
        store.calendars.connect(a_connection("m2", last_error="caldav.401"))
        store.calendars.connect(a_connection("h1", last_error="caldav.503"))
    found = finding(running, "calendars")
    assert found.state is State.NOTE
    assert found.text == (
        "4 connected, the oldest reading 20 min ago; 2 failing (caldav.401, caldav.503), "
        "of them 1 until their owner connects anew on /calendar."
    )


def test_a_damaged_index_is_named_and_left_alone(running: Context) -> None:
    path = running.spaces.path_of(MENTORS)
    path.write_bytes(b"damaged")
    assert "is damaged" in finding(running, "index mentors").text
    assert path.read_bytes() == b"damaged"


def test_an_empty_company_is_a_note(stocked: Engine, tmp_path: Path) -> None:
    assert finding(a_context(stocked, tmp_path), "people").state is State.NOTE


def test_a_missing_database_is_a_fault_and_is_not_made(tmp_path: Path) -> None:
    file = tmp_path / "none.sqlite3"
    found = examine(a_context(open_engine(f"sqlite:///{file}"), tmp_path))
    assert (found[-1].part, found[-1].state) == ("database", State.FAULT)
    assert not file.exists()


def test_a_folder_that_is_not_there_is_a_fault(running: Context, tmp_path: Path) -> None:
    spaces = a_context(running.engine, tmp_path / "gone").spaces
    assert finding(replace(running, spaces=spaces), "data folder").state is State.FAULT


def test_a_damaged_setting_of_the_programme_is_a_fault_with_the_remedy(running: Context) -> None:
    assert (
        finding(running, "programme").text
        == "topic_weights: default, mentor_weights: default, topic_priorities: default"
    )
    with unit_of_work(running.engine, write=True) as store:
        store.put_setting("topic_weights", {"need": "much"})
    found = finding(running, "programme")
    assert found.state is State.FAULT
    assert "The setting topic_weights cannot be read: weight need must be a number" in found.text
    assert found.text.endswith("Set it anew on the page /hr/programme.")


@pytest.mark.parametrize(
    ("waiting", "state", "text"),
    [
        (timedelta(minutes=4), State.OK, "1 due, the oldest for 4 min"),
        (timedelta(minutes=6), State.NOTE, "1 due, the oldest for 6 min. Is a worker running? See HALFHOUR_WORKER."),
        (timedelta(hours=5), State.NOTE, "1 due, the oldest for 5 h. Is a worker running? See HALFHOUR_WORKER."),
    ],
)
def test_jobs_that_wait_too_long_are_a_note(running: Context, waiting: timedelta, state: State, text: str) -> None:
    assert finding(running, "jobs") == Finding("jobs", State.OK, "0 due")
    with unit_of_work(running.engine, write=True) as store:
        store.jobs.add("note", "a", {}, NOW - waiting)
    assert finding(running, "jobs") == Finding("jobs", state, text)


def test_jobs_that_were_given_up_are_a_note(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.jobs.add("note", "a", {}, NOW)
        job = store.jobs.claim("w", NOW, timedelta(minutes=1), ["note"])
        assert job is not None
        store.jobs.bury(job, NOW, "x")
    assert finding(running, "jobs") == Finding("jobs", State.NOTE, "0 due; 1 given up: see the page /hr/jobs.")
