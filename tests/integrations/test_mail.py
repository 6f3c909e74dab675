"""The mailer that sends nothing keeps the contract and says so in the log."""

import logging

import pytest

from integrations.mail import Mailer, NullMailer
from tests.contracts.mailer_contract import MailerContract, a_mail


class TestNullMailer(MailerContract):
    @pytest.fixture
    def mailer(self) -> Mailer:
        return NullMailer()


def test_what_is_not_sent_is_logged_under_a_pseudonym(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    NullMailer().send(a_mail())
    assert caplog.messages == [f"mail {a_mail().token} is not sent: no mail server is configured"]


def test_a_mail_shows_nothing_personal_of_itself() -> None:
    assert repr(a_mail()) == "Mail(key='agenda:s1:1')"


def test_the_pseudonym_is_that_of_the_effect() -> None:
    assert a_mail().token == a_mail(subject="Another", text="Another").token
    assert a_mail().token != a_mail(key="agenda:s1:2").token
