"""The life of a session, use case by use case, on both databases."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import CapacityFull, InvalidInput, KeyReused, LimitReached, NotFound, NotNow, SlotTaken
from domain.jobs import JobState
from domain.people import Format
from domain.sessions import MentoringSession, SessionStatus
from domain.transitions import Action
from services.booking import answer, change, groups
from services.booking.desk import Asked, Receipt
from services.booking.jobs import EXPIRE_REQUEST, NOTICE, session_key
from services.booking.leave import leave
from services.booking.request import Wish, request_session
from services.booking.time_limits import end_session, expire_request, follow_up_by
from services.context import Context
from store import unit_of_work
from tests.builders import NOW, a_person, an_offer

AT = datetime(2026, 3, 9, 8, 20, tzinfo=UTC)  # Monday 09:20 in Berlin, within the offer's hours
WISH = Wish("delegate-work", "m1", starts_at=AT)
LATER = AT + timedelta(minutes=40)


def stored(context: Context, receipt: Receipt) -> MentoringSession:
    with unit_of_work(context.engine) as store:
        return store.sessions.get(receipt.session_id)


def asked(receipt: Receipt, person_id: str, key: str = "") -> Asked:
    return Asked(person_id, key, {"revision": receipt.revision}, receipt.revision)


def jobs_of(context: Context, kind: str, session: MentoringSession, *more: str) -> object:
    with unit_of_work(context.engine) as store:
        return store.jobs.get(session_key(kind, session, *more))


def at(context: Context, now: datetime) -> Context:
    return replace(context, clock=lambda: now)


def payload(session: MentoringSession) -> Mapping[str, object]:
    return {"session_id": session.id, "starts_at": session.starts_at.isoformat() if session.starts_at else None}


def booked(context: Context, wish: Wish = WISH) -> Receipt:
    receipt = request_session(context, "p1", wish)
    return answer.accept(context, receipt.session_id, asked(receipt, "m1"))


def test_from_the_request_to_the_follow_up(running: Context) -> None:
    receipt = request_session(running, "p1", WISH)
    assert (receipt.status, receipt.revision) == ("requested", 0)
    receipt = answer.accept(running, receipt.session_id, asked(receipt, "m1"))
    assert (receipt.status, receipt.revision) == ("booked", 1)
    receipt = change.move(running, receipt.session_id, LATER, asked(receipt, "p1"))
    assert (receipt.status, receipt.starts_at) == ("booked", LATER.isoformat())
    end_session(at(running, LATER + timedelta(minutes=30)), payload(stored(running, receipt)))
    assert stored(running, receipt).status is SessionStatus.HELD
    follow_up_by(at(running, LATER + timedelta(days=22)), payload(stored(running, receipt)))
    assert stored(running, receipt).status is SessionStatus.FOLLOWED_UP
    with unit_of_work(running.engine) as store:
        events = [(event.action, event.by_person) for event in store.session_events.of_session(receipt.session_id)]
    assert events == [
        (Action.REQUEST, "p1"),
        (Action.ACCEPT, "m1"),
        (Action.MOVE, "p1"),
        (Action.HOLD, None),
        (Action.FOLLOW_UP, None),
    ]


def test_a_time_that_is_asked_for_is_taken_until_there_is_an_answer(running: Context) -> None:
    receipt = request_session(running, "p1", WISH)
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("p2")])
    with pytest.raises(SlotTaken):
        request_session(running, "p2", replace(WISH, starts_at=AT + timedelta(minutes=15)))
    answer.decline(running, receipt.session_id, asked(receipt, "m1"))
    assert request_session(running, "p2", WISH).status == "requested"


def test_a_mentee_is_taken_as_a_mentor_is(running: Context) -> None:
    request_session(running, "p1", WISH)
    with pytest.raises(SlotTaken):
        request_session(running, "p1", replace(WISH, mentor_id="m2"))


def test_a_move_that_cannot_be_keeps_the_old_time(running: Context) -> None:
    receipt = booked(running)
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("p2")])
    request_session(running, "p2", replace(WISH, starts_at=LATER))
    with pytest.raises(SlotTaken):
        change.move(running, receipt.session_id, LATER, asked(receipt, "p1"))
    assert stored(running, receipt).starts_at == AT
    with pytest.raises(SlotTaken):
        request_session(running, "p2", WISH)


def test_of_two_tabs_one_wins(running: Context) -> None:
    receipt = booked(running)
    change.move(running, receipt.session_id, LATER, asked(receipt, "p1"))
    with pytest.raises(NotNow):
        change.cancel(running, receipt.session_id, asked(receipt, "p1"))
    assert stored(running, receipt).status is SessionStatus.BOOKED


def test_the_same_key_acts_once_and_another_body_is_refused(running: Context) -> None:
    first = request_session(running, "p1", WISH, "k1")
    assert request_session(running, "p1", WISH, "k1") == first
    with pytest.raises(KeyReused):
        request_session(running, "p1", replace(WISH, minutes=15), "k1")
    with unit_of_work(running.engine) as store:
        assert [session.id for session in store.sessions.list()] == [first.session_id]


def test_a_key_is_not_kept_when_the_request_failed(running: Context) -> None:
    with pytest.raises(NotFound):
        request_session(running, "p1", replace(WISH, mentor_id="nobody"), "k1")
    assert request_session(running, "p1", WISH, "k1").status == "requested"


def test_the_minutes_of_a_week_are_given_once(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.offers.save([an_offer("m1", capacity_minutes_per_week=40)])
    for start in (AT, LATER):
        request_session(running, "p1", replace(WISH, starts_at=start))
    with pytest.raises(CapacityFull):
        request_session(running, "p1", replace(WISH, starts_at=AT + timedelta(minutes=80)))


def test_who_waits_for_many_answers_asks_no_further(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.offers.save([an_offer("m1", capacity_minutes_per_week=600)])
    for number in range(5):
        request_session(running, "p1", replace(WISH, starts_at=AT + timedelta(minutes=30 * number)))
    with pytest.raises(LimitReached):
        request_session(running, "p1", replace(WISH, mentor_id="m2", starts_at=AT + timedelta(days=7)))


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (replace(WISH, mentor_id="p1"), NotFound),
        (replace(WISH, topic_id="write-clearly"), InvalidInput),
        (replace(WISH, topic_id="unknown"), NotFound),
        (replace(WISH, minutes=14), InvalidInput),
        (replace(WISH, format=Format.GROUP), InvalidInput),
        (replace(WISH, format=Format.CHAT), InvalidInput),
        (replace(WISH, starts_at=NOW), InvalidInput),
        (replace(WISH, starts_at=AT + timedelta(minutes=1)), InvalidInput),
        (replace(WISH, starts_at=AT.replace(tzinfo=None)), InvalidInput),
    ],
)
def test_what_cannot_be_asked_for(running: Context, wish: Wish, error: type[Exception]) -> None:
    with pytest.raises(error):
        request_session(running, "p1", wish)


def test_only_the_mentor_answers_and_strangers_see_nothing(running: Context) -> None:
    receipt = request_session(running, "p1", WISH)
    with pytest.raises(NotNow):
        answer.accept(running, receipt.session_id, asked(receipt, "p1"))
    with pytest.raises(NotFound):
        answer.accept(running, receipt.session_id, asked(receipt, "m2"))


def test_another_time_is_the_mentees_to_confirm(running: Context) -> None:
    receipt = request_session(running, "p1", WISH)
    receipt = answer.propose(running, receipt.session_id, LATER, asked(receipt, "m1"))
    assert (receipt.status, receipt.starts_at) == ("accepted", LATER.isoformat())
    with pytest.raises(NotNow):
        answer.confirm(running, receipt.session_id, asked(receipt, "m1"))
    receipt = answer.confirm(running, receipt.session_id, asked(receipt, "p1"))
    assert (receipt.status, receipt.starts_at) == ("booked", LATER.isoformat())


def test_a_request_without_a_time_is_agreed_to_and_the_mentee_chooses(running: Context) -> None:
    receipt = request_session(running, "p1", replace(WISH, starts_at=None))
    receipt = answer.accept(running, receipt.session_id, asked(receipt, "m1"))
    assert receipt.status == "accepted"
    with pytest.raises(InvalidInput):
        answer.confirm(running, receipt.session_id, asked(receipt, "p1"))
    assert answer.confirm(running, receipt.session_id, asked(receipt, "p1"), AT).status == "booked"


def test_a_chat_is_open_for_a_set_time(running: Context) -> None:
    receipt = booked(running, replace(WISH, format=Format.CHAT, starts_at=None))
    session = stored(running, receipt)
    assert session.closes_at == NOW + timedelta(hours=72)
    end_session(at(running, NOW + timedelta(hours=73)), payload(session))
    assert stored(running, receipt).status is SessionStatus.HELD


def test_an_unanswered_request_goes_to_the_next_mentor(running: Context) -> None:
    receipt = request_session(running, "p1", WISH)
    late = at(running, NOW + timedelta(hours=48))
    expire_request(late, payload(stored(running, receipt)))
    assert stored(running, receipt).status is SessionStatus.EXPIRED
    with unit_of_work(running.engine) as store:
        (onward,) = [s for s in store.sessions.list() if s.passed_on_from]
    assert (onward.mentor_id, onward.status, onward.need) == ("m2", SessionStatus.REQUESTED, WISH.need)
    expire_request(at(running, NOW + timedelta(hours=96)), payload(onward))
    with unit_of_work(running.engine) as store:
        assert [session.status for session in store.sessions.list()] == [SessionStatus.EXPIRED] * 2


def test_a_request_is_not_handed_on_before_its_time_nor_after_an_answer(running: Context) -> None:
    receipt = request_session(running, "p1", WISH)
    expire_request(at(running, NOW + timedelta(hours=47)), payload(stored(running, receipt)))
    assert stored(running, receipt).status is SessionStatus.REQUESTED
    answer.accept(running, receipt.session_id, asked(receipt, "m1"))
    expire_request(at(running, NOW + timedelta(hours=48)), payload(stored(running, receipt)))
    assert stored(running, receipt).status is SessionStatus.BOOKED
    assert jobs_of(running, EXPIRE_REQUEST, stored(running, receipt)) is None


def test_reminders_follow_the_time_and_end_with_the_session(running: Context) -> None:
    receipt = booked(running)
    before = stored(running, receipt)
    assert jobs_of(running, NOTICE, before, "reminder", "p1", "24").run_at == AT - timedelta(hours=24)  # type: ignore[attr-defined]
    receipt = change.move(running, receipt.session_id, LATER, asked(receipt, "m1"))
    moved = stored(running, receipt)
    assert jobs_of(running, NOTICE, before, "reminder", "p1", "24") is None
    assert jobs_of(running, NOTICE, moved, "reminder", "m1", "1").state is JobState.QUEUED  # type: ignore[attr-defined]
    change.cancel(running, receipt.session_id, asked(receipt, "p1"))
    assert jobs_of(running, NOTICE, moved, "reminder", "m1", "1") is None


def test_late_cancellations_and_no_shows_are_counted_for_whom_they_are(running: Context) -> None:
    receipt = booked(running)
    change.cancel(at(running, AT - timedelta(hours=2)), receipt.session_id, asked(receipt, "p1"))
    receipt = booked(running, replace(WISH, starts_at=LATER))
    with pytest.raises(NotNow):
        change.report_no_show(running, receipt.session_id, "m1", asked(receipt, "p1"))
    late = at(running, LATER + timedelta(minutes=10))
    with pytest.raises(InvalidInput):
        change.report_no_show(late, receipt.session_id, "p1", asked(receipt, "p1"))
    change.report_no_show(late, receipt.session_id, "m1", asked(receipt, "p1"))
    with unit_of_work(running.engine) as store:
        assert store.session_events.count_against("p1", Action.CANCEL, NOW) == 1
        assert store.session_events.count_against("m1", Action.REPORT_NO_SHOW, NOW) == 1
        assert store.session_events.count_against("m1", Action.CANCEL, NOW) == 0


def test_an_early_cancellation_counts_for_nobody(running: Context) -> None:
    receipt = booked(running)
    change.cancel(running, receipt.session_id, asked(receipt, "p1"))
    with unit_of_work(running.engine) as store:
        assert store.session_events.count_against("p1", Action.CANCEL, NOW) == 0


def test_who_leaves_leaves_no_session_behind(running: Context) -> None:
    first, second = booked(running), request_session(running, "p1", replace(WISH, starts_at=LATER))
    assert leave(running, "m1") == 2
    assert stored(running, first).status is SessionStatus.CANCELLED
    assert stored(running, second).status is SessionStatus.DECLINED
    assert jobs_of(running, NOTICE, stored(running, first), "cancelled", "p1", "2") is not None
    assert jobs_of(running, NOTICE, stored(running, first), "reminder", "p1", "1") is None


class TestGroups:
    """Seats, in the order in which people come."""

    OFFER = groups.GroupOffer("delegate-work", AT, seats=3)

    @pytest.fixture
    def crowd(self, running: Context) -> Context:
        with unit_of_work(running.engine, write=True) as store:
            store.people.save([a_person(f"p{number}") for number in range(2, 6)])
        return running

    def full(self, context: Context) -> Receipt:
        receipt = groups.offer_group(context, "m1", self.OFFER)
        for number in range(1, 4):
            groups.join(context, receipt.session_id, f"p{number}")
        return receipt

    def test_seats_are_given_until_none_is_left(self, crowd: Context) -> None:
        receipt = self.full(crowd)
        with pytest.raises(CapacityFull):
            groups.join(crowd, receipt.session_id, "p4")
        assert stored(crowd, receipt).mentee_ids == ("p1", "p2", "p3")

    def test_who_waits_longest_gets_the_free_seat(self, crowd: Context) -> None:
        receipt = self.full(crowd)
        groups.wait_for_seat(crowd, receipt.session_id, "p5")
        groups.wait_for_seat(at(crowd, NOW + timedelta(minutes=1)), receipt.session_id, "p4")
        groups.leave_group(crowd, receipt.session_id, Asked("p2"))
        assert stored(crowd, receipt).mentee_ids == ("p1", "p3", "p5")
        with unit_of_work(crowd.engine) as store:
            assert store.waiting_list.of(receipt.session_id) == ["p4"]

    def test_a_seat_takes_the_time_of_whoever_sits_in_it(self, crowd: Context) -> None:
        receipt = groups.offer_group(crowd, "m1", self.OFFER)
        groups.join(crowd, receipt.session_id, "p1")
        with pytest.raises(SlotTaken):
            request_session(crowd, "p1", replace(WISH, mentor_id="m2"))

    def test_nobody_sits_twice_or_leaves_what_they_have_not(self, crowd: Context) -> None:
        receipt = groups.offer_group(crowd, "m1", self.OFFER)
        groups.join(crowd, receipt.session_id, "p1")
        with pytest.raises(NotNow):
            groups.join(crowd, receipt.session_id, "p1")
        with pytest.raises(NotFound):
            groups.leave_group(crowd, receipt.session_id, Asked("p2"))

    @pytest.mark.parametrize("seats", [2, 9])
    def test_a_group_has_three_to_eight_seats(self, crowd: Context, seats: int) -> None:
        with pytest.raises(InvalidInput):
            groups.offer_group(crowd, "m1", replace(self.OFFER, seats=seats))
