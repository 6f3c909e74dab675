"""After an erasure no trace is left: not in a table, an index file, a job, a log, nor in the bytes of the database."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from domain.errors import NotFound
from domain.former import FORMER
from domain.language import Language
from domain.sessions import SessionStatus
from services.booking.jobs import NOTICE
from services.context import Context
from services.erase_person import erase_person
from services.own_sessions import own_agenda, sessions_of
from services.privacy_rules import RULES
from services.suggest import suggest_for_person
from store import Store, unit_of_work
from store.engine import sqlite_file
from store.tables import metadata
from tests.builders import NOW
from tests.services.a_life import CANARIES, WHO, live_a_life


@pytest.fixture
def lived(running: Context) -> Context:
    live_a_life(running)
    return running


def everything(context: Context) -> str:
    """Return the text of every row of every table."""
    with context.engine.connect() as connection:
        return "\n".join(
            f"{table.name}: {dict(row)}"
            for table in metadata.sorted_tables
            for row in connection.execute(select(table)).mappings()
        )


def found_in(text: str | bytes) -> list[str]:
    return [word for word in CANARIES if (word in text if isinstance(text, str) else word.encode() in text)]


def test_the_life_leaves_a_trace_in_every_place_first(lived: Context) -> None:
    assert found_in(everything(lived)) == list(CANARIES)
    with unit_of_work(lived.engine) as store:
        places = [place.split(".") for place in RULES]
        empty = [place for place in places if not store.person_rows.count(*place, WHO)]  # type: ignore[call-arg]
    assert empty == []


def test_nothing_is_left_anywhere(lived: Context, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        erase_person(lived, WHO)
    assert found_in(everything(lived)) == []
    assert found_in(caplog.text) == []
    files = [path for path in lived.spaces.folder.rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if found_in(path.read_bytes())] == []


def test_the_bytes_of_the_database_hold_nothing_either(lived: Context) -> None:
    file = sqlite_file(lived.engine)
    if file is None:  # PostgreSQL overwrites in its own time, by vacuum: there is no file to look into
        return
    before = file.read_bytes() + Path(f"{file}-wal").read_bytes()
    erase_person(lived, WHO)
    after = file.read_bytes() + Path(f"{file}-wal").read_bytes()
    assert (found_in(before), found_in(after)) == (list(CANARIES), [])


def test_vectors_and_index_of_the_words_go_too(lived: Context) -> None:
    def count() -> int:
        with unit_of_work(lived.engine) as store:
            return len(store.vectors.hashes(lived.encoder.id))

    before = count()
    erase_person(lived, WHO)
    assert count() < before
    with unit_of_work(lived.engine) as store:
        assert WHO not in lived.spaces.mentors(store).row_of


def test_the_others_keep_their_sessions_with_a_former_colleague(lived: Context) -> None:
    erase_person(lived, WHO)
    with unit_of_work(lived.engine) as store:
        mentee, mentor = store.people.get("p1"), store.people.get("m1")
    (kept,) = sessions_of(lived, mentee).held
    assert (kept.id, kept.other, kept.next_step) == ("c2", "A former colleague", "Hand over one")
    (met,) = sessions_of(lived, mentor, Language.RU).held
    assert (met.id, met.other, met.next_step) == ("c1", "Бывший коллега", "")
    row, stored = own_agenda(lived, mentee, "c2", Language.EN)
    assert row.other == FORMER.en
    assert stored.edited_by is None


def _notices(store: Store) -> list[dict[str, Any]]:
    return store.person_rows.of("jobs", "kind", NOTICE)


def test_live_sessions_end_and_a_group_goes_on(lived: Context) -> None:
    erase_person(lived, WHO)
    with unit_of_work(lived.engine) as store:
        states = {id: store.sessions.get(id) for id in ("c3", "c4", "c5")}
        events = {id: [event.action.value for event in store.session_events.of_session(id)][-1:] for id in states}
        taken = {row["person_id"] for row in store.person_rows.of("taken_quanta", "session_id", "c4")}
        told = {(job["payload"]["session_id"], job["payload"]["person_id"]) for job in _notices(store)}
    assert {id: session.status for id, session in states.items()} == {
        "c3": SessionStatus.BOOKED, "c4": SessionStatus.CANCELLED, "c5": SessionStatus.CANCELLED,
    }  # fmt: skip
    assert states["c3"].mentee_ids == ("p1",)
    assert events == {"c3": ["leave"], "c4": ["cancel"], "c5": ["withdraw"]}
    assert taken == set()
    assert told == {("c3", "m1"), ("c4", "p1"), ("c5", "m2")}


def test_ratings_stay_without_words(lived: Context) -> None:
    erase_person(lived, WHO)
    with unit_of_work(lived.engine) as store:
        (said,) = store.feedback.of_session("c1")
    assert (said.rating, said.still_open, said.author_id.startswith("former-")) == (5, "", True)


def test_jobs_of_others_stay(lived: Context) -> None:
    erase_person(lived, WHO)
    with unit_of_work(lived.engine) as store:
        kept = [store.jobs.get(key) is not None for key in (f"digest:{WHO}", "reminder:c4", "reminder:c9")]
    assert kept == [False, False, True]


def test_suggestions_go_on_for_the_others(lived: Context) -> None:
    erase_person(lived, WHO)
    assert suggest_for_person(lived, "p1").answer.topics


def test_who_left_no_session_leaves_no_row(running: Context) -> None:
    erase_person(running, "h1")
    with unit_of_work(running.engine) as store:
        assert [person.id for person in store.people.list(active_only=False)] == ["m1", "m2", "p1"]


def test_nobody_is_erased_twice(running: Context) -> None:
    erase_person(running, "h1")
    with pytest.raises(NotFound, match="person"):
        erase_person(running, "h1")


def test_the_manager_of_somebody_goes_without_them(lived: Context) -> None:
    erase_person(lived, WHO)
    with unit_of_work(lived.engine) as store:
        assert store.people.get("p1").manager_id is None


def test_the_moment_is_the_clocks(lived: Context) -> None:
    erase_person(lived, WHO)
    with unit_of_work(lived.engine) as store:
        assert store.session_events.of_session("c4")[-1].at == NOW


def test_no_history_of_a_setting_names_the_person(lived: Context) -> None:
    history = [{"at": "2026-03-02", "person_id": WHO, "values": {}}, {"at": "2026-03-03", "person_id": "m1"}]
    with unit_of_work(lived.engine, write=True) as store:
        store.put_setting("booking_history", history)
    erase_person(lived, WHO)
    with unit_of_work(lived.engine) as store:
        named = [entry["person_id"] for entry in store.get_setting("booking_history")]
    assert named == ["", "m1"]
