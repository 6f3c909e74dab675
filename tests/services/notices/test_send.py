"""What leaves, what is dropped and what waits, each along the way that the use cases take."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.calendars import CalendarConnection, CalendarKind
from domain.jobs import Job, JobFailed
from domain.notices import DeclineReason, Notice
from domain.people import Format
from domain.sessions import MentoringSession, SessionStatus
from integrations.calendar import Method
from services.booking import answer, change, groups
from services.booking.desk import Asked, Receipt
from services.booking.jobs import ARRANGE, NOTICE, session_key
from services.booking.request import Wish, request_session
from services.booking.time_limits import end_session, expire_request
from services.context import Context
from services.notices.send import send_notice
from store import unit_of_work
from tests.builders import NOW, a_feedback, a_person
from tests.services.notices.outbox import Outbox

AT = datetime(2026, 3, 9, 8, 20, tzinfo=UTC)
LATER = AT + timedelta(minutes=40)
WISH = Wish("delegate-work", "m1", starts_at=AT, need="I do everything myself")


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def context(running: Context, outbox: Outbox) -> Context:
    return replace(running, mailer=outbox)


def asked(receipt: Receipt, person_id: str) -> Asked:
    return Asked(person_id, revision=receipt.revision)


def at(context: Context, now: datetime) -> Context:
    return replace(context, clock=lambda: now)


def booked(context: Context, wish: Wish = WISH) -> Receipt:
    receipt = request_session(context, "p1", wish)
    return answer.accept(context, receipt.session_id, asked(receipt, "m1"))


def session_of(context: Context, receipt: Receipt) -> MentoringSession:
    with unit_of_work(context.engine) as store:
        return store.sessions.get(receipt.session_id)


def job(context: Context, receipt: Receipt, notice: Notice, person_id: str, *more: str) -> Job:
    """Return the planned message; a session that was moved has others."""
    with unit_of_work(context.engine) as store:
        session = store.sessions.get(receipt.session_id)
        started = replace(session, starts_at=datetime.fromisoformat(receipt.starts_at) if receipt.starts_at else None)
        found = store.jobs.get(session_key(NOTICE, started, notice, person_id, *more))
    assert found is not None
    return found


def payload(context: Context, receipt: Receipt, notice: Notice, person_id: str, *more: str) -> Mapping[str, Any]:
    return job(context, receipt, notice, person_id, *(more or [str(receipt.revision)])).payload


def room_is_settled(context: Context, receipt: Receipt) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.jobs.cancel(session_key(ARRANGE, store.sessions.get(receipt.session_id), str(receipt.revision)))


def subjects(outbox: Outbox) -> list[str]:
    return [mail.subject for mail in outbox.mails]


def test_a_request_reaches_the_mentor_unless_it_was_taken_back(context: Context, outbox: Outbox) -> None:
    receipt = request_session(context, "p1", WISH)
    planned = payload(context, receipt, Notice.REQUESTED, "m1")
    send_notice(context, planned)
    (mail,) = outbox.mails
    assert (mail.to, mail.calendar) == ("m1@example.org", None)
    assert "“I do everything myself”" in mail.text
    answer.withdraw(context, receipt.session_id, asked(receipt, "p1"))
    send_notice(context, planned)
    assert len(outbox.mails) == 1


def test_sent_again_a_mail_carries_the_same_message_id(context: Context, outbox: Outbox) -> None:
    receipt = request_session(context, "p1", WISH)
    for _ in range(2):
        send_notice(at(context, NOW + timedelta(minutes=1)), payload(context, receipt, Notice.REQUESTED, "m1"))
    first, second = outbox.mails
    assert first.token == second.token


def test_both_are_invited_and_a_move_or_cancel_follows_with_a_higher_sequence(context: Context, outbox: Outbox) -> None:
    first = booked(context)
    room_is_settled(context, first)
    for person_id in ("p1", "m1"):
        send_notice(context, payload(context, first, Notice.BOOKED, person_id))
    moved = change.move(context, first.session_id, LATER, asked(first, "p1"))
    room_is_settled(context, moved)
    send_notice(context, payload(context, moved, Notice.MOVED, "m1"))
    cancelled = change.cancel(context, first.session_id, asked(moved, "p1"))
    send_notice(context, payload(context, cancelled, Notice.CANCELLED, "m1"))
    parts = [mail.calendar for mail in outbox.mails]
    assert [part and part.method for part in parts] == [Method.REQUEST] * 3 + [Method.CANCEL]
    texts = [part.text for part in parts if part]
    assert all(f"UID:{first.session_id}@halfhour" in text for text in texts)
    assert [next(line for line in text.splitlines() if line.startswith("SEQUENCE")) for text in texts] == [
        "SEQUENCE:1",
        "SEQUENCE:1",
        "SEQUENCE:2",
        "SEQUENCE:3",
    ]
    assert "mailto:m1@example.org" in texts[-1]
    assert "p1@example.org" not in texts[-1]


def test_whoever_has_connected_a_calendar_gets_no_second_invitation(context: Context, outbox: Outbox) -> None:
    receipt = booked(context)
    room_is_settled(context, receipt)
    connection = CalendarConnection("p1", CalendarKind.CALDAV, "p1", "https://dav.example.org/p1/", b"", NOW)
    for error, invited in (("", False), ("caldav.401", True)):
        with unit_of_work(context.engine, write=True) as store:
            store.calendars.connect(replace(connection, last_error=error))
        send_notice(context, payload(context, receipt, Notice.BOOKED, "p1"))
        assert bool(outbox.mails[-1].calendar) is invited


def test_the_newest_move_tells_it_and_a_booking_that_was_cancelled_is_not_told(
    context: Context, outbox: Outbox
) -> None:
    first = booked(context)
    moved = change.move(context, first.session_id, LATER, asked(first, "p1"))
    again = change.move(context, first.session_id, AT, asked(moved, "p1"))
    room_is_settled(context, again)
    for receipt, notice in ((first, Notice.BOOKED), (moved, Notice.MOVED), (again, Notice.MOVED)):
        send_notice(context, payload(context, receipt, notice, "m1"))
    assert subjects(outbox) == ["New time: Mon 9 March, 09:20 · Handing work over"]
    gone = change.cancel(context, first.session_id, asked(again, "m1"))
    for receipt, notice in ((first, Notice.BOOKED), (again, Notice.MOVED), (gone, Notice.CANCELLED)):
        send_notice(context, payload(context, receipt, notice, "p1"))
    assert subjects(outbox)[1:] == ["Cancelled: Mon 9 March, 09:20 · Handing work over"]


def test_an_invitation_waits_for_the_room_and_then_goes_without(context: Context, outbox: Outbox) -> None:
    receipt = booked(context)
    planned = payload(context, receipt, Notice.BOOKED, "p1")
    with pytest.raises(JobFailed, match=r"room\.awaited"):
        send_notice(context, planned)
    with unit_of_work(context.engine, write=True) as store:
        for _ in range(3):
            tried = store.jobs.claim("w", NOW, timedelta(minutes=2), {ARRANGE})
            assert tried
            store.jobs.put_back(tried, NOW, "zoom.503")
    send_notice(context, planned)
    assert "Where: to be agreed, for instance by mail: m1@example.org" in outbox.mails[0].text


def test_an_invitation_names_the_room_and_never_waits_for_long(context: Context, outbox: Outbox) -> None:
    receipt = booked(context)
    planned = payload(context, receipt, Notice.BOOKED, "p1")
    send_notice(at(context, NOW + timedelta(minutes=4)), planned)
    with unit_of_work(context.engine, write=True) as store:
        store.sessions.save([replace(store.sessions.get(receipt.session_id), place="https://meet.example.org/1")])
    send_notice(context, planned)
    assert "Where: https://meet.example.org/1" in outbox.mails[1].text
    assert outbox.mails[1].calendar
    assert "LOCATION:https://meet.example.org/1" in outbox.mails[1].calendar.text


@pytest.mark.parametrize(
    "changes",
    [
        {"status": SessionStatus.CANCELLED},
        {"status": SessionStatus.REQUESTED},
        {"starts_at": LATER},
        {"mentee_ids": ("h1",)},
    ],
)
def test_no_reminder_of_what_has_changed(context: Context, outbox: Outbox, changes: dict[str, Any]) -> None:
    receipt = booked(context)
    planned = payload(context, receipt, Notice.REMINDER, "p1", "24")
    send_notice(at(context, AT - timedelta(hours=24)), planned)
    assert subjects(outbox) == ["Reminder: Mon 9 March, 09:20 · Handing work over"]
    with unit_of_work(context.engine, write=True) as store:
        store.sessions.save([replace(store.sessions.get(receipt.session_id), **changes)])
    send_notice(at(context, AT - timedelta(hours=24)), planned)
    assert len(outbox.mails) == 1


def test_no_reminder_once_it_began_nor_to_somebody_who_left(context: Context, outbox: Outbox) -> None:
    receipt = booked(context)
    planned = payload(context, receipt, Notice.REMINDER, "p1", "1")
    send_notice(at(context, AT), planned)
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([a_person("p1", is_active=False)])
    send_notice(at(context, AT - timedelta(hours=1)), planned)
    assert outbox.mails == []


def test_a_nudge_goes_only_while_the_request_waits(context: Context, outbox: Outbox) -> None:
    receipt = request_session(context, "p1", WISH)
    planned = job(context, receipt, Notice.NUDGE, "m1").payload
    send_notice(context, planned)
    answer.propose(context, receipt.session_id, LATER, asked(receipt, "m1"))
    send_notice(context, planned)
    assert subjects(outbox) == ["Your answer is still awaited: Handing work over"]


def test_the_reason_of_a_no_reaches_the_mentee(context: Context, outbox: Outbox) -> None:
    receipt = request_session(context, "p1", WISH)
    ended = answer.decline(
        context, receipt.session_id, asked(receipt, "m1"), DeclineReason.OTHERS_KNOW_BETTER, " Ask Max. "
    )
    send_notice(context, payload(context, ended, Notice.DECLINED, "p1"))
    text = outbox.mails[0].text
    assert "Somebody else can help you better with this." in text
    assert "From the mentor: “Ask Max.”" in text


def test_an_unanswered_request_is_told_with_the_next_mentor(context: Context, outbox: Outbox) -> None:
    receipt = request_session(context, "p1", WISH)
    late = at(context, NOW + timedelta(hours=48))
    expire_request(late, {"session_id": receipt.session_id})
    ended = replace(receipt, revision=1)
    planned = payload(context, ended, Notice.PASSED_ON, "p1")
    send_notice(late, planned)
    assert "so we have asked Person m2 for you" in outbox.mails[0].text
    with unit_of_work(context.engine, write=True) as store:
        (onward,) = [session for session in store.sessions.list() if session.passed_on_from]
        store.sessions.save([replace(onward, status=SessionStatus.DECLINED)])
    send_notice(late, planned)
    assert len(outbox.mails) == 1


def test_feedback_is_asked_for_until_it_is_given(context: Context, outbox: Outbox) -> None:
    receipt = booked(context)
    over = at(context, AT + timedelta(minutes=30))
    end_session(over, {"session_id": receipt.session_id, "starts_at": receipt.starts_at})
    planned = payload(context, replace(receipt, revision=2), Notice.FEEDBACK_WANTED, "p1")
    send_notice(over, planned)
    with unit_of_work(context.engine, write=True) as store:
        store.feedback.save([a_feedback(session_id=receipt.session_id, author_id="p1")])
    send_notice(over, planned)
    assert subjects(outbox) == ["How was it? Handing work over"]


def test_whether_it_helped_is_asked_until_it_is_closed(context: Context, outbox: Outbox) -> None:
    receipt = booked(context)
    over = at(context, AT + timedelta(minutes=30))
    end_session(over, {"session_id": receipt.session_id, "starts_at": receipt.starts_at})
    planned = job(context, receipt, Notice.DID_IT_HELP, "p1").payload
    send_notice(over, planned)
    with unit_of_work(context.engine, write=True) as store:
        store.sessions.save([replace(session_of(context, receipt), status=SessionStatus.FOLLOWED_UP)])
    send_notice(over, planned)
    assert subjects(outbox) == ["Did it help? Handing work over"]


def test_in_a_group_everybody_hears_of_their_own_seat(context: Context, outbox: Outbox) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([a_person("p2", name="Omar")])
    group = groups.offer_group(context, "m1", groups.GroupOffer("delegate-work", AT, seats=3, place="Room 4"))
    first = groups.join(context, group.session_id, "p1")
    second = groups.join(context, group.session_id, "p2")
    send_notice(context, payload(context, first, Notice.BOOKED, "p1"))  # still true, although somebody joined since
    send_notice(context, payload(context, second, Notice.SOMEBODY_JOINED, "m1"))
    left = groups.leave_group(context, group.session_id, Asked("p2"))
    send_notice(context, payload(context, second, Notice.SOMEBODY_JOINED, "m1"))
    send_notice(context, payload(context, second, Notice.BOOKED, "p2"))
    send_notice(context, payload(context, left, Notice.CANCELLED, "p2"))
    assert [(mail.to, mail.subject) for mail in outbox.mails] == [
        ("p1@example.org", "Your seat: Mon 9 March, 09:20 · Handing work over"),
        ("m1@example.org", "Omar joins your group: Handing work over"),
        ("p2@example.org", "Seat given back: Mon 9 March, 09:20 · Handing work over"),
    ]
    assert "Omar" not in outbox.mails[0].text


def test_a_chat_is_announced_without_an_invitation(context: Context, outbox: Outbox) -> None:
    receipt = booked(context, replace(WISH, format=Format.CHAT, starts_at=None))
    send_notice(context, payload(context, receipt, Notice.BOOKED, "p1"))
    (mail,) = outbox.mails
    assert (mail.subject, mail.calendar) == ("Your chat is open: Handing work over", None)


def test_what_could_not_leave_before_the_night_waits_for_the_morning(context: Context, outbox: Outbox) -> None:
    receipt = request_session(context, "p1", WISH)
    planned = job(context, receipt, Notice.NUDGE, "m1").payload
    night = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)  # 23:00 in Berlin
    with pytest.raises(JobFailed, match=r"hours\.quiet") as failed:
        send_notice(at(context, night), planned)
    assert failed.value.retry_after == timedelta(hours=9)
    assert outbox.mails == []


def test_what_is_gone_is_dropped(context: Context, outbox: Outbox) -> None:
    planned = payload(context, request_session(context, "p1", WISH), Notice.REQUESTED, "m1")
    send_notice(context, {**planned, "session_id": "none"})
    send_notice(context, {**planned, "person_id": "none"})
    assert outbox.mails == []
