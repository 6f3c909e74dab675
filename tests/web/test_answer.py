"""Answering from a mail: no sign-in, one tap, and a replay changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from domain.booking import BookingPolicy
from domain.notices import Notice
from domain.people import Format
from domain.sessions import MentoringSession, SessionStatus
from services.booking import answer
from services.booking.desk import Asked
from services.booking.jobs import NOTICE, session_key
from services.booking.policy import keep_booking_policy
from services.booking.request import Wish, request_session
from services.context import Context
from services.links import Purpose
from services.notices.write import Page
from store import unit_of_work
from tests.builders import NOW, a_person
from tests.web.company import EN, offer
from tests.web.conftest import HOME

AT = NOW + timedelta(days=3, hours=1)  # Thursday 11:00 in Berlin
NEED = "I cannot say no to my boss"


@dataclass
class Mailbox:
    """One request in the mentor's mailbox, and the browser that opens its link."""

    context: Context
    client: TestClient
    session_id: str
    mentor: str = "tess"
    mentee: str = "ned"

    def link(self, person_id: str, purpose: Purpose = Purpose.ANSWER, **more: str) -> str:
        return self.context.links.make(purpose, {"session_id": self.session_id, "person_id": person_id, **more})

    def session(self) -> MentoringSession:
        with unit_of_work(self.context.engine) as store:
            return store.sessions.get(self.session_id)

    def open(self, person_id: str) -> str:
        answered = self.client.get(f"/answer/{self.link(person_id)}")
        assert answered.status_code == 200
        return answered.text

    def post(self, person_id: str, action: str, revision: int | None = None, **form: str) -> tuple[int, str]:
        now = self.session().revision if revision is None else revision
        sent = {"action": action, "revision": str(now), **form}
        answered = self.client.post(f"/answer/{self.link(person_id)}", data=sent)
        return answered.status_code, answered.text

    def first_time(self, person_id: str) -> str:
        return self.open(person_id).split('name="starts_at" value="')[1].partition('"')[0]


@pytest.fixture
def mailbox(running: Context, app: FastAPI) -> Iterator[Mailbox]:
    """Ned asks Tess; both are gone again afterwards."""
    tess = a_person("tess", name="Tess Vale", job_title="Ward lead", languages=EN)
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([tess, a_person("ned", name="Ned Ash")])
        keep_booking_policy(store, BookingPolicy(max_requests_per_week=100))  # for every test asks anew
        store.offers.save([offer(tess, "say-no-kindly", biography="I say no and stay friends.")])
    receipt = request_session(running, "ned", Wish("say-no-kindly", "tess", need=NEED, starts_at=AT))
    yield Mailbox(running, TestClient(app, base_url=HOME, follow_redirects=False), receipt.session_id)
    with unit_of_work(running.engine, write=True) as store:
        for session in store.sessions.live_of("tess"):
            store.sessions.save([replace(session, status=SessionStatus.CANCELLED)])
        store.people.save([a_person("tess", is_active=False), a_person("ned", is_active=False)])
        keep_booking_policy(store, BookingPolicy())


def test_the_mentor_sees_who_what_when_and_the_words_without_signing_in(mailbox: Mailbox) -> None:
    page = mailbox.open("tess")
    for told in ("Ned Ash would like to talk with you", NEED, "20 minutes", "Yes, Thu 5 March, 11:00", "Say no"):
        assert told in page
    assert "/sign-out" not in page


def test_opening_changes_nothing(mailbox: Mailbox) -> None:
    before = mailbox.session()
    for _ in range(3):
        mailbox.open("tess")
    assert mailbox.session() == before


def test_one_tap_books_and_a_replay_does_nothing(mailbox: Mailbox) -> None:
    assert mailbox.post("tess", "accept") == (303, "")
    booked = mailbox.session()
    assert (booked.status, booked.revision) == (SessionStatus.BOOKED, 1)
    for action in ("accept", "decline", "propose", "withdraw", "cancel"):
        assert mailbox.post("tess", action, revision=0)[0] == 303
        assert mailbox.post("tess", action)[0] == 303
    assert mailbox.session() == booked
    assert "It is booked" in mailbox.open("tess")


def test_a_no_carries_its_reason_to_the_mentee(mailbox: Mailbox) -> None:
    assert mailbox.post("tess", "decline", reason="no_time", words="Ask me in May.")[0] == 303
    session = mailbox.session()
    assert session.status is SessionStatus.DECLINED
    with unit_of_work(mailbox.context.engine) as store:
        job = store.jobs.get(session_key(NOTICE, session, Notice.DECLINED, "ned", "1"))
    assert job is not None
    assert (job.payload["reason"], job.payload["words"]) == ("no_time", "Ask me in May.")
    assert "You said no, and that is fine" in mailbox.open("tess")
    assert "Not this time" in mailbox.open("ned")


def test_words_that_are_too_many_stay_in_their_field(mailbox: Mailbox) -> None:
    status, page = mailbox.post("tess", "decline", words="sorry " * 100, reason="too_close")
    assert status == 422
    assert "That is too long. Say it in 500 characters." in page
    assert "sorry sorry" in page
    assert 'value="too_close" checked' in page
    assert mailbox.session().status is SessionStatus.REQUESTED


def test_another_time_goes_to_the_mentee_who_confirms_with_one_tap(mailbox: Mailbox) -> None:
    chosen = mailbox.first_time("tess")
    assert mailbox.post("tess", "propose", starts_at=chosen)[0] == 303
    assert "You said yes, now Ned Ash chooses" in mailbox.open("tess")
    assert "Tess Vale suggests this time" in mailbox.open("ned")
    assert mailbox.post("ned", "confirm")[0] == 303
    session = mailbox.session()
    assert (session.status, session.starts_at) == (SessionStatus.BOOKED, datetime.fromisoformat(chosen))


def test_a_few_times_of_several_days_are_shown_and_any_free_one_counts(mailbox: Mailbox) -> None:
    shown = mailbox.open("tess").split('name="starts_at" value="')[1:]
    assert [value[:13] for value in shown[:4]] == ["2026-03-03T09", "2026-03-03T10", "2026-03-03T11", "2026-03-04T08"]
    assert len(shown) == 9
    between = (datetime.fromisoformat(shown[0].partition('"')[0]) + timedelta(minutes=10)).isoformat()
    assert mailbox.post("tess", "propose", starts_at=between)[0] == 303


def test_a_time_that_is_not_free_is_refused_beside_its_field(mailbox: Mailbox) -> None:
    for starts_at, status, told in (
        ((AT + timedelta(minutes=1)).isoformat(), 409, "This time was taken a moment ago"),
        ("2026-99-99", 409, "This time was taken a moment ago"),
        ("", 422, "Choose one of the times."),
    ):
        answered, page = mailbox.post("tess", "propose", starts_at=starts_at)
        assert (answered, told in page) == (status, True)
    assert mailbox.session().status is SessionStatus.REQUESTED


def test_without_a_time_the_mentee_chooses_one(mailbox: Mailbox) -> None:
    mailbox.post("tess", "decline")
    receipt = request_session(mailbox.context, "ned", Wish("say-no-kindly", "tess"))
    mailbox.session_id = receipt.session_id
    assert "Yes, let Ned Ash choose a time" in mailbox.open("tess")
    assert mailbox.post("tess", "accept")[0] == 303
    assert mailbox.post("ned", "confirm")[0] == 422
    assert mailbox.post("ned", "confirm", starts_at=mailbox.first_time("ned"))[0] == 303
    assert mailbox.session().status is SessionStatus.BOOKED


def test_a_chat_is_opened_with_one_tap_and_has_no_other_time(mailbox: Mailbox) -> None:
    receipt = request_session(mailbox.context, "ned", Wish("say-no-kindly", "tess", format=Format.CHAT))
    mailbox.session_id = receipt.session_id
    page = mailbox.open("tess")
    assert "Yes, open the chat" in page
    assert "Another time" not in page
    assert mailbox.post("tess", "accept")[0] == 303


def test_who_no_longer_needs_it_says_so(mailbox: Mailbox) -> None:
    mailbox.post("tess", "propose", starts_at=mailbox.first_time("tess"))
    assert mailbox.post("ned", "withdraw")[0] == 303
    assert "This session does not take place" in mailbox.open("tess")


@pytest.mark.parametrize("person_id", ["nora", "nobody"])
def test_a_link_for_somebody_else_opens_nothing(mailbox: Mailbox, person_id: str) -> None:
    assert mailbox.client.get(f"/answer/{mailbox.link(person_id)}").status_code == 404


def test_a_link_for_another_purpose_opens_nothing(mailbox: Mailbox) -> None:
    token = mailbox.link("tess", Purpose.PAGE, page=Page.SESSION)
    assert mailbox.client.get(f"/answer/{token}").status_code == 404
    assert mailbox.client.post(f"/answer/{token}", data={"action": "accept", "revision": "0"}).status_code == 404
    assert mailbox.session().status is SessionStatus.REQUESTED


def test_who_has_left_cannot_answer(mailbox: Mailbox) -> None:
    token = mailbox.link("tess")
    with unit_of_work(mailbox.context.engine, write=True) as store:
        store.people.save([a_person("tess", is_active=False)])
    assert mailbox.client.get(f"/answer/{token}").status_code == 404


def test_a_form_of_another_site_is_refused(mailbox: Mailbox) -> None:
    answered = mailbox.client.post(
        f"/answer/{mailbox.link('tess')}",
        data={"action": "accept", "revision": "0"},
        headers={"origin": "https://evil.example.org"},
    )
    assert answered.status_code == 403
    assert mailbox.session().status is SessionStatus.REQUESTED


@pytest.mark.parametrize("form", [{}, {"action": "accept"}, {"action": "explode", "revision": "0"}])
def test_a_form_that_is_none_is_refused(mailbox: Mailbox, form: dict[str, str]) -> None:
    assert mailbox.client.post(f"/answer/{mailbox.link('tess')}", data=form).status_code == 422


def test_what_others_decided_meanwhile_is_shown_kindly(mailbox: Mailbox) -> None:
    answer.withdraw(mailbox.context, mailbox.session_id, Asked("ned"))
    assert mailbox.post("tess", "accept", revision=0) == (303, "")
    assert "This session does not take place" in mailbox.open("tess")


@pytest.mark.parametrize(
    ("page", "place"),
    [(Page.SESSION, ""), (Page.FEEDBACK, "/feedback"), (Page.FOLLOW_UP, "/follow-up")],
)
def test_links_of_mails_lead_to_their_pages(mailbox: Mailbox, page: Page, place: str) -> None:
    answered = mailbox.client.get(f"/s/{mailbox.link('ned', Purpose.PAGE, page=page)}")
    assert (answered.status_code, answered.headers["location"]) == (303, f"/sessions/{mailbox.session_id}{place}")
    assert mailbox.client.get(f"/s/{mailbox.link('ned')}").status_code == 404
