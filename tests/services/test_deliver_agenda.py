"""The agenda in the mentor's mail: in time, once, in the words that count, and not after a cancel or a move."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.language import Language
from domain.sessions import SessionStatus
from integrations.mail import Mail
from prep.edit import editable_texts
from services.context import Context
from services.deliver_agenda import BEFORE, DELIVER_AGENDA, deliver_agenda, enqueue_delivery, prepare_session
from services.edit_agenda import keep_edit
from store import unit_of_work
from tests.builders import NOW, a_session

STARTS = NOW + timedelta(days=1)
PAYLOAD = {"session_id": "s1", "starts_at": STARTS.isoformat()}


class Outbox:
    """A mailer that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def booked(running: Context, outbox: Outbox) -> Context:
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([a_session("s1", need="I do everything myself", starts_at=STARTS)])
    return replace(running, mailer=outbox)


def test_a_booking_drafts_the_agenda_and_plans_its_mail_once(booked: Context) -> None:
    prepare_session(booked, "s1")
    prepare_session(booked, "s1")
    with unit_of_work(booked.engine) as store:
        job = store.jobs.get(f"{DELIVER_AGENDA}:s1:{STARTS.isoformat()}")
        assert job is not None
        assert job.run_at == STARTS - BEFORE
        assert len(store.agendas.history("s1")) == 1
        assert store.jobs.count_due(STARTS) == 1


def test_the_mail_holds_the_agenda_with_its_facts(booked: Context, outbox: Outbox) -> None:
    deliver_agenda(booked, PAYLOAD)
    [mail] = outbox.mails
    assert mail.to == "m1@example.org"
    assert mail.subject == "Agenda: Handing work over, 20 min"
    assert "At 10:00 (your time) you meet Person p1." in mail.text
    assert "[1] need: I do everything myself" in mail.text
    deliver_agenda(booked, PAYLOAD)
    assert {sent.token for sent in outbox.mails} == {mail.token}


def test_the_words_that_count_are_sent(booked: Context, outbox: Outbox) -> None:
    prepare_session(booked, "s1")
    with unit_of_work(booked.engine) as store:
        person, first = store.people.get("p1"), store.agendas.history("s1")[0]
    own = replace(editable_texts(first.agenda), outcome="By the end I know what to give away")
    keep_edit(booked, person, "s1", Language.EN, first.version, own)
    deliver_agenda(booked, PAYLOAD)
    assert "By the end I know what to give away" in outbox.mails[0].text


@pytest.mark.parametrize(
    "change",
    [
        {"status": SessionStatus.CANCELLED},
        {"status": SessionStatus.REQUESTED},
        {"starts_at": STARTS + timedelta(hours=1)},
    ],
)
def test_nothing_is_sent_after_a_cancel_or_a_move(booked: Context, outbox: Outbox, change: dict[str, object]) -> None:
    with unit_of_work(booked.engine, write=True) as store:
        store.sessions.save([replace(store.sessions.get("s1"), **change)])  # type: ignore[arg-type]
    deliver_agenda(booked, PAYLOAD)
    deliver_agenda(booked, {**PAYLOAD, "session_id": "none"})
    assert outbox.mails == []


def test_nothing_is_sent_once_the_session_began(booked: Context, outbox: Outbox) -> None:
    deliver_agenda(replace(booked, clock=lambda: STARTS), PAYLOAD)
    assert outbox.mails == []


def test_a_session_without_a_time_has_no_mail(booked: Context) -> None:
    with unit_of_work(booked.engine, write=True) as store:
        assert not enqueue_delivery(store, a_session("s1", starts_at=None), NOW)
