"""Links to sign in by mail: the same work for every address, one mail for whoever may come in, once, in time."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import text

from compose import build_handlers
from domain.language import Language
from integrations.mail import Mail, NullMailer
from services.access import redeem_sign_in_token
from services.context import Context
from services.jobs import run_due
from services.links import Links
from services.sign_in_mail import PATIENCE, SIGN_IN_LINK, ask_for_link, has_mail, send_link
from store import unit_of_work
from tests.builders import NOW, a_person

LINK = re.compile(r"https://halfhour\.example\.org/sign-in/([A-Za-z0-9_-]{43})")


class Sent:
    """A mailer that keeps what it was given."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)


@pytest.fixture
def sent() -> Sent:
    return Sent()


@pytest.fixture
def context(running: Context, sent: Sent) -> Context:
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("p2", locale=Language.RU), a_person("gone", is_active=False)])
    links = Links("a-secret-of-the-tests-0123456789-abcdefghij", "https://halfhour.example.org", lambda: NOW)
    return replace(running, mailer=sent, links=links)


def run_jobs(context: Context) -> list[str]:
    """Run what is due and return everything that the jobs hold."""
    handlers = {SIGN_IN_LINK: build_handlers()[SIGN_IN_LINK]}
    while run_due(context, handlers, worker="test"):
        pass
    with context.engine.connect() as connection:
        return [repr(row) for row in connection.execute(text("SELECT * FROM jobs"))]


def test_a_known_person_gets_one_mail_whose_link_works_once_and_the_job_holds_no_token(
    context: Context, sent: Sent
) -> None:
    ask_for_link(context, " P1@Example.ORG ")
    (job,) = run_jobs(context)
    (mail,) = sent.mails
    assert (mail.to, mail.subject) == ("p1@example.org", "Your link to sign in")
    (token,) = LINK.findall(mail.text)
    assert token in mail.html
    assert token not in job
    assert "example.org" not in job
    first, second = (redeem_sign_in_token(context.engine, token, NOW) for _ in range(2))
    assert first is not None
    assert (first.id, second) == ("p1", None)


def test_the_mail_speaks_the_persons_language(context: Context, sent: Sent) -> None:
    ask_for_link(context, "p2@example.org")
    run_jobs(context)
    assert sent.mails[0].subject == "Ссылка для входа"
    assert "в течение 15 минут" in sent.mails[0].text


@pytest.mark.parametrize("email", ["gone@example.org", "nobody@example.org", "x@y"])
def test_nobody_else_gets_a_mail_and_the_request_does_the_same(email: str, context: Context, sent: Sent) -> None:
    ask_for_link(context, email)
    assert len(run_jobs(context)) == 1
    assert sent.mails == []


@pytest.mark.parametrize(("hours", "mails"), [(0.99, 1), (1.01, 0)])
def test_a_link_that_is_late_is_not_sent(hours: float, mails: int, context: Context, sent: Sent) -> None:
    asked_at = NOW - PATIENCE * hours
    send_link(context, {"person_id": "p1", "asked": "a", "asked_at": asked_at.isoformat()})
    assert len(sent.mails) == mails


def test_an_attempt_after_a_fault_makes_a_new_link_under_the_same_message_id(context: Context, sent: Sent) -> None:
    payload = {"person_id": "p1", "asked": "a", "asked_at": NOW.isoformat()}
    send_link(context, payload)
    send_link(context, payload)
    one, two = sent.mails
    assert one.token == two.token
    assert LINK.findall(one.text) != LINK.findall(two.text)


def test_whether_there_is_mail(context: Context) -> None:
    assert has_mail(context)
    assert not has_mail(replace(context, mailer=NullMailer()))
