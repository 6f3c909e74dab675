"""A calendar holds an event while the session is booked: one, the newest, in its owner's language and zone."""

from datetime import timedelta

import pytest

from domain.language import Language
from domain.people import Format
from domain.sessions import SessionStatus
from integrations.calendar import CalendarFailed
from services.context import Context
from services.write_event import WRITE_EVENT, enqueue_write, enqueue_writes, write_event
from store import unit_of_work
from tests.builders import NOW, a_person, a_session
from tests.fakes.calendars import FakeCalendar
from tests.services.calendars import REFUSED, UNREACHABLE, a_connection, connection_of, save, with_calendars

BOOKED = a_session("s1", revision=1, place="https://meet.example.org/m1")
LATER = timedelta(hours=3)


@pytest.fixture
def mine() -> FakeCalendar:
    return FakeCalendar()


@pytest.fixture
def context(running: Context, mine: FakeCalendar) -> Context:
    return with_calendars(running, p1=mine)


def write(context: Context, person_id: str = "p1") -> None:
    write_event(context, {"session_id": "s1", "person_id": person_id})


def moved(revision: int, status: SessionStatus = SessionStatus.BOOKED, **changes: object):  # noqa: ANN201
    assert BOOKED.starts_at
    return a_session("s1", revision=revision, status=status, starts_at=BOOKED.starts_at + revision * LATER, **changes)


def test_a_booked_session_is_put(context: Context, mine: FakeCalendar) -> None:
    save(context, BOOKED)
    write(context)
    (event,) = mine.events.values()
    assert (event.uid, event.sequence, event.starts_at, event.ends_at) == (
        "s1@halfhour",
        1,
        BOOKED.starts_at,
        BOOKED.ends_at,
    )
    assert (event.zone, event.place) == ("Europe/Berlin", "https://meet.example.org/m1")
    assert event.title == "Handing work over, with Person m1"


def test_the_mentor_sees_the_mentees_in_the_own_language(running: Context) -> None:
    mentors = FakeCalendar()
    context = with_calendars(running, m1=mentors)
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([a_person("m1", locale=Language.RU, zone="Asia/Almaty"), a_person("p2")])
    save(context, a_session("s1", mentee_ids=("p1", "p2"), format=Format.GROUP, seats=4))
    write(context, "m1")
    (event,) = mentors.events.values()
    assert event.title == "Handing work over (ру): встреча, Person p1, Person p2"
    assert event.zone == "Asia/Almaty"


def test_what_is_written_already_is_not_written_again(context: Context, mine: FakeCalendar) -> None:
    save(context, BOOKED)
    write(context)
    write(context)
    assert mine.writes == 1


def test_a_moved_session_changes_its_one_event(context: Context, mine: FakeCalendar) -> None:
    for revision in range(1, 6):
        save(context, moved(revision))
        write(context)
    (event,) = mine.events.values()
    assert (event.sequence, event.starts_at) == (5, moved(5).starts_at)


@pytest.mark.parametrize("status", [SessionStatus.CANCELLED, SessionStatus.ACCEPTED, SessionStatus.DECLINED])
def test_a_session_that_is_not_booked_any_more_is_taken_out(
    context: Context, mine: FakeCalendar, status: SessionStatus
) -> None:
    save(context, BOOKED)
    write(context)
    save(context, moved(2, status))
    write(context)
    write(context)
    assert (mine.events, mine.writes) == ({}, 2)


@pytest.mark.parametrize("status", [SessionStatus.HELD, SessionStatus.FOLLOWED_UP, SessionStatus.NO_SHOW])
def test_what_has_taken_place_stays(context: Context, mine: FakeCalendar, status: SessionStatus) -> None:
    save(context, BOOKED)
    write(context)
    save(context, moved(2, status))
    write(context)
    assert (len(mine.events), mine.writes) == (1, 1)


def test_who_leaves_a_group_loses_the_event_and_the_others_keep_it(context: Context, mine: FakeCalendar) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([a_person("p2")])
    group = a_session("s1", mentee_ids=("p1", "p2"), format=Format.GROUP, seats=4)
    save(context, group)
    write(context)
    save(context, a_session("s1", mentee_ids=("p2",), format=Format.GROUP, seats=4, revision=1))
    write(context)
    assert mine.events == {}


def test_nothing_is_taken_out_that_was_never_put(context: Context, mine: FakeCalendar) -> None:
    save(context, moved(1, SessionStatus.CANCELLED))
    write(context)
    assert mine.writes == 0


def test_a_session_that_moves_while_it_is_written_is_written_as_it_is_now(context: Context, mine: FakeCalendar) -> None:
    save(context, BOOKED)
    mine.after_write = lambda: save(context, moved(2))
    write(context)
    (event,) = mine.events.values()
    assert (event.sequence, mine.writes) == (2, 2)


def test_a_session_that_is_cancelled_while_it_is_written_is_taken_out(context: Context, mine: FakeCalendar) -> None:
    save(context, BOOKED)
    mine.after_write = lambda: save(context, moved(2, SessionStatus.CANCELLED))
    write(context)
    assert mine.events == {}


def test_a_calendar_that_is_let_go_while_it_is_written_keeps_nothing(context: Context, mine: FakeCalendar) -> None:
    def let_go() -> None:
        with unit_of_work(context.engine, write=True) as store:
            store.calendars.disconnect("p1")

    save(context, BOOKED)
    mine.after_write = let_go
    write(context)
    assert mine.events == {}
    with unit_of_work(context.engine) as store:
        assert store.calendars.entries_of("p1") == []


def test_a_calendar_that_does_not_answer_is_tried_again(context: Context, mine: FakeCalendar) -> None:
    save(context, BOOKED)
    mine.failure = UNREACHABLE
    with pytest.raises(CalendarFailed, match=r"google\.unreachable"):
        write(context)
    mine.failure = None
    write(context)
    assert len(mine.events) == 1


def test_a_refused_password_is_left_to_the_person(context: Context, mine: FakeCalendar) -> None:
    save(context, BOOKED)
    mine.failure = REFUSED
    write(context)
    assert connection_of(context, "p1").last_error == "google.401"


def test_what_is_gone_needs_no_writing(context: Context, mine: FakeCalendar) -> None:
    write(context)
    save(context, BOOKED)
    write(context, "m1")
    write(context, "p404")
    assert mine.writes == 0


def test_writing_is_asked_for_once_a_state_and_person_with_a_calendar(context: Context) -> None:
    with unit_of_work(context.engine, write=True) as store:
        enqueue_writes(store, BOOKED, NOW)
        enqueue_writes(store, BOOKED, NOW)
        assert store.jobs.count_due(NOW) == 1
        assert not enqueue_write(store, BOOKED, "p1", NOW)
        assert enqueue_write(store, moved(2), "p1", NOW)
        store.calendars.connect(a_connection("p1", connected_at=NOW + LATER))
        assert enqueue_write(store, BOOKED, "p1", NOW)
        enqueue_writes(store, moved(9, mentee_ids=("m2",)), NOW, also=("p1",))
        assert store.jobs.count_due(NOW) == 4
        (job,) = [store.jobs.claim("w", NOW, LATER, {WRITE_EVENT})]
    assert job is not None
    assert job.payload == {"session_id": "s1", "person_id": "p1"}
