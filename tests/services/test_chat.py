"""A chat consult: who writes when, who is told how often, and what an answer makes of a mail that waits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import InvalidInput, NotFound, NotNow
from domain.jobs import Job
from domain.language import Language
from domain.notices import Notice
from domain.people import Format
from domain.sessions import SessionStatus
from services.booking.desk import Asked
from services.booking.finish import NextStep, finish
from services.booking.jobs import NOTICE, session_key
from services.chat import chat_thread, post_message
from services.context import Context
from services.notices.send import send_notice
from store import unit_of_work
from tests.builders import NOW, a_person, a_session
from tests.services.notices.outbox import Outbox

MENTEE, MENTOR, STRANGER = a_person("p1"), a_person("m1"), a_person("h1")
CHAT = a_session("s1", format=Format.CHAT, starts_at=None, closes_at=NOW + timedelta(hours=72))


@pytest.fixture
def chatting(running: Context) -> Context:
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([CHAT])
    return running


def after(context: Context, **passed: float) -> Context:
    return replace(context, clock=lambda: NOW + timedelta(**passed))


def mails(context: Context, person_id: str) -> list[Job]:
    """Return the mails about messages that are planned for the person, earliest first."""
    keys = [session_key(NOTICE, CHAT, Notice.CHAT_MESSAGE, person_id, str(hour)) for hour in range(80)]
    with unit_of_work(context.engine) as store:
        return [job for job in map(store.jobs.get, keys) if job]


def test_a_thread_comes_in_the_order_of_writing(chatting: Context) -> None:
    post_message(chatting, MENTEE, "s1", " how short is short? ", "k1")
    post_message(after(chatting, minutes=1), MENTOR, "s1", "one line", "k1")
    thread = chat_thread(chatting, MENTEE, "s1", Language.EN)
    assert [(said.message.text, said.name, said.is_own) for said in thread] == [
        ("how short is short?", "Person p1", True),
        ("one line", "Person m1", False),
    ]


def test_the_same_form_sent_twice_is_one_message(chatting: Context) -> None:
    for _ in range(2):
        post_message(chatting, MENTEE, "s1", "hello", "k1")
    assert len(chat_thread(chatting, MENTEE, "s1", Language.EN)) == 1


def test_the_other_side_is_told_once_an_hour_at_most(chatting: Context) -> None:
    for minutes in (50, 55, 62, 70, 200):
        post_message(after(chatting, minutes=minutes), MENTEE, "s1", "a line", f"k{minutes}")
    assert [job.run_at - NOW for job in mails(chatting, "m1")] == [
        timedelta(minutes=50),
        timedelta(minutes=110),
        timedelta(minutes=200),
    ]
    assert mails(chatting, "p1") == []


def test_a_night_of_messages_is_one_mail_in_the_morning(chatting: Context) -> None:
    for hours in (11, 13, 16):  # 21:00 to 02:00 in Berlin
        post_message(after(chatting, hours=hours), MENTEE, "s1", "a line", f"k{hours}")
    assert [job.run_at for job in mails(chatting, "m1")] == [datetime(2026, 3, 3, 7, 0, tzinfo=UTC)]


def test_who_has_answered_meanwhile_gets_no_mail(chatting: Context) -> None:
    outbox = Outbox()
    sending = replace(chatting, mailer=outbox)
    post_message(chatting, MENTEE, "s1", "a line", "k1")
    (job,) = mails(chatting, "m1")
    send_notice(sending, job.payload)
    post_message(after(chatting, minutes=1), MENTOR, "s1", "an answer", "k1")
    send_notice(sending, job.payload)
    assert len(outbox.mails) == 1
    assert "a line" not in outbox.mails[0].text


def test_after_its_time_or_once_answered_nobody_writes(chatting: Context) -> None:
    with pytest.raises(NotNow):
        post_message(after(chatting, hours=72), MENTEE, "s1", "too late", "k1")
    finish(chatting, "s1", Asked("p1"), NextStep("Write one line"), "")
    with pytest.raises(NotNow):
        post_message(chatting, MENTOR, "s1", "too late", "k1")
    assert chat_thread(chatting, MENTOR, "s1", Language.EN) == []


def test_strangers_find_no_chat_and_a_meeting_is_none(chatting: Context) -> None:
    with unit_of_work(chatting.engine, write=True) as store:
        store.sessions.save([a_session("s2"), replace(CHAT, id="s3", status=SessionStatus.REQUESTED)])
    for person, session_id in ((STRANGER, "s1"), (MENTEE, "s2"), (MENTEE, "s3")):
        with pytest.raises(NotFound):
            chat_thread(chatting, person, session_id, Language.EN)
        with pytest.raises(NotFound):
            post_message(chatting, person, session_id, "hello", "k1")


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4_001, "a\x00"])
def test_a_message_is_text_of_some_length(chatting: Context, text: str) -> None:
    with pytest.raises(InvalidInput):
        post_message(chatting, MENTEE, "s1", text, "k1")
