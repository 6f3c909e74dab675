"""The room: its parts by the clock, notes that nobody overwrites and only the right people read, and its end."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.errors import InvalidInput, NotFound, NotNow
from domain.language import Language
from domain.people import Person
from domain.session_talk import MAX_NOTE_CHARACTERS
from domain.sessions import MentoringSession, SessionStatus
from services.booking.desk import Asked
from services.booking.finish import NextStep, finish
from services.context import Context
from services.room import Kept, TypedNote, close_room, keep_note, room_page, shared_notes, timed_parts
from store import unit_of_work
from tests.builders import NOW, a_person, a_session, an_agenda

MENTEE, MENTOR, STRANGER = a_person("p1"), a_person("m1"), a_person("h1")
STEP = NextStep("Hand over the weekly report", date(2026, 3, 12))


@pytest.fixture
def begun(running: Context) -> Context:
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([a_session("s1", starts_at=NOW - timedelta(minutes=5))])
    return running


def write(context: Context, person: Person, text: str, seen: int = 0, *, is_shared: bool = True) -> Kept:
    return keep_note(context, person, "s1", TypedNote(text, is_shared, seen))


def stored(context: Context) -> MentoringSession:
    with unit_of_work(context.engine) as store:
        return store.sessions.get("s1")


def test_parts_follow_each_other_by_the_minutes_of_the_agenda() -> None:
    at = datetime(2026, 3, 5, 13, 20, tzinfo=UTC)
    parts = timed_parts(an_agenda(), at)  # 3, 6, 7 and 4 minutes
    assert [(part.ends_at - at).seconds // 60 for part in parts if part.ends_at] == [3, 9, 16, 20]
    assert [part.starts_at for part in timed_parts(an_agenda(), None)] == [None] * 4


def test_the_part_that_runs_by_the_clock_comes_first(begun: Context) -> None:
    page = room_page(begun, MENTEE, "s1", Language.EN)
    part = page.parts[page.now_part]
    assert page.is_running
    assert (part.starts_at or NOW) <= NOW < (part.ends_at or NOW)


def test_shared_notes_are_read_by_the_other_side_and_private_ones_by_nobody(begun: Context) -> None:
    write(begun, MENTEE, "for both")
    write(begun, MENTEE, "for me", is_shared=False)
    seen = room_page(begun, MENTOR, "s1", Language.EN)
    assert [note.text for note in seen.shared] == ["for both"]
    assert seen.own == {}
    own = room_page(begun, MENTEE, "s1", Language.EN)
    assert {is_shared: note.text for is_shared, note in own.own.items()} == {True: "for both", False: "for me"}
    assert own.shared == []


def test_strangers_find_no_room(begun: Context) -> None:
    for attempt in (
        lambda: room_page(begun, STRANGER, "s1", Language.EN),
        lambda: shared_notes(begun, STRANGER, "s1", Language.EN),
        lambda: write(begun, STRANGER, "words"),
        lambda: finish(begun, "s1", Asked("h1"), STEP, ""),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_of_two_windows_the_later_learns_what_the_earlier_kept(begun: Context) -> None:
    assert write(begun, MENTEE, "one").note.revision == 1
    refused = write(begun, MENTEE, "two")
    assert (refused.is_typed, refused.note.text, refused.note.revision) == (False, "one", 1)
    assert write(begun, MENTEE, "one\ntwo", 1).note.revision == 2


def test_the_same_words_sent_again_are_kept_already(begun: Context) -> None:
    write(begun, MENTEE, "one")
    again = write(begun, MENTEE, "one")
    assert (again.is_typed, again.note.revision) == (True, 1)


@pytest.mark.parametrize("text", ["x" * (MAX_NOTE_CHARACTERS + 1), "a\x00b", "\ud800"])
def test_a_note_is_text_and_not_endless(begun: Context, text: str) -> None:
    with pytest.raises(InvalidInput):
        write(begun, MENTEE, text)


def test_no_notes_on_what_was_called_off(begun: Context) -> None:
    with unit_of_work(begun.engine, write=True) as store:
        store.sessions.save([replace(stored(begun), status=SessionStatus.CANCELLED)])
    with pytest.raises(NotNow):
        write(begun, MENTEE, "words")


def test_done_ends_the_session_with_its_step_and_a_last_line(begun: Context) -> None:
    write(begun, MENTEE, "first line")
    for _ in range(2):  # the same form sent twice
        close_room(begun, MENTEE, "s1", Asked("p1", "k1", {"a": 1}), STEP, "", "last line")
    session = stored(begun)
    assert (session.status, session.next_step, session.next_step_due) == (SessionStatus.HELD, STEP.text, STEP.due)
    assert [note.text for note in shared_notes(begun, MENTOR, "s1", Language.EN)] == ["first line\nlast line"]


def test_a_step_that_somebody_else_wrote_meanwhile_is_not_overwritten(begun: Context) -> None:
    finish(begun, "s1", Asked("m1"), STEP, "")
    with pytest.raises(NotNow):
        finish(begun, "s1", Asked("p1"), NextStep("Another step"), "")
    finish(begun, "s1", Asked("p1"), NextStep("Another step"), STEP.text)
    assert (stored(begun).next_step, stored(begun).next_step_due) == ("Another step", None)


def test_a_step_comes_in_time_after_the_session_ended_by_itself(begun: Context) -> None:
    finish(begun, "s1", Asked("m1"), NextStep(), "")
    finish(begun, "s1", Asked("p1"), STEP, "")
    assert (stored(begun).status, stored(begun).next_step) == (SessionStatus.HELD, STEP.text)


def test_nobody_ends_what_has_not_begun(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([a_session("s1")])
    with pytest.raises(NotNow):
        finish(running, "s1", Asked("p1"), STEP, "")
