"""Mail by SMTP against a real server on loopback: what arrives, and what a refusal is called."""

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import InvalidInput
from integrations import smtp
from integrations.calendar import Method
from integrations.mail import CalendarPart, MailFailed
from integrations.smtp import Security, SmtpMailer, SmtpServer
from tests.builders import NOW
from tests.contracts.mailer_contract import ADDRESS, SUBJECT, WORDS, MailerContract, a_mail
from tests.integrations.events import an_invitation
from tests.integrations.mail_server import PASSWORD, USER, Inbox, a_certificate, mail_server

SENDER = "Halfhour «Полчаса» <halfhour@example.org>"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with mail_server() as inbox:
        yield inbox


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_certificate(tmp_path_factory.mktemp("certificate"))


def open_mailer(port: int) -> SmtpMailer:
    return SmtpMailer(SmtpServer("127.0.0.1", port, Security.NONE), SENDER, lambda: NOW)


def trusting(certificate: Path, port: int, security: Security, password: str = PASSWORD) -> SmtpMailer:
    server = SmtpServer("127.0.0.1", port, security, USER, password)
    return SmtpMailer(server, SENDER, lambda: NOW, ssl.create_default_context(cafile=str(certificate)))


class TestSmtpMailer(MailerContract):
    @pytest.fixture
    def mailer(self, inbox: Inbox) -> SmtpMailer:
        return open_mailer(inbox.port)


def test_what_arrives_is_what_was_sent(inbox: Inbox) -> None:
    open_mailer(inbox.port).send(a_mail())
    (mail,) = inbox.mails
    assert inbox.recipients == [[ADDRESS]]
    assert (mail["To"], mail["Subject"]) == (ADDRESS, SUBJECT)
    assert mail["From"].addresses[0].display_name == "Halfhour «Полчаса»"
    assert mail["From"].addresses[0].addr_spec == "halfhour@example.org"
    assert (mail["Auto-Submitted"], mail["Date"].datetime) == ("auto-generated", NOW)
    parts = {part.get_content_type(): part.get_content().strip() for part in mail.iter_parts()}
    assert parts == {"text/plain": WORDS, "text/html": f"<p>{WORDS}</p>"}


def test_plain_words_alone_make_a_plain_mail(inbox: Inbox) -> None:
    open_mailer(inbox.port).send(a_mail(html="", text="Строка\n.\n" + "очень длинная " * 200))
    (mail,) = inbox.mails
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().splitlines() == ["Строка", ".", "очень длинная " * 200]


def test_a_mail_sent_again_carries_the_same_id_and_another_one_does_not(inbox: Inbox) -> None:
    for key in ("a", "a", "b"):
        open_mailer(inbox.port).send(a_mail(key=key))
    first, again, other = (mail["Message-ID"] for mail in inbox.mails)
    assert first == again != other
    assert first == f"<{a_mail(key='a').token}@example.org>"


@pytest.mark.parametrize("html", ["", f"<p>{WORDS}</p>"])
@pytest.mark.parametrize("method", Method)
def test_an_invitation_comes_as_an_alternative_and_as_a_file(inbox: Inbox, method: Method, html: str) -> None:
    text = an_invitation(method=method)
    open_mailer(inbox.port).send(a_mail(html=html, calendar=CalendarPart(text, method)))
    (mail,) = inbox.mails
    assert mail.get_content_type() == "multipart/mixed"
    words, file = mail.iter_parts()
    assert words.get_content_type() == "multipart/alternative"
    kinds = ["text/plain", *(["text/html"] if html else []), "text/calendar"]
    assert [part.get_content_type() for part in words.iter_parts()] == kinds
    shown = list(words.iter_parts())[-1]
    assert (shown.get_param("method"), shown.get_content_charset()) == (method, "utf-8")
    assert shown.get_content().splitlines() == text.splitlines()
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "invite.ics")
    assert file.get_content().decode() == text


def test_a_mail_and_its_invitation_ask_for_the_same() -> None:
    with pytest.raises(InvalidInput, match="calendar text must ask for CANCEL, got another method"):
        CalendarPart(an_invitation(method=Method.REQUEST), Method.CANCEL)


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_with_a_password_the_connection_is_encrypted(security: Security, certificate: Path) -> None:
    with mail_server(certificate, is_tls_from_the_start=security is Security.TLS) as inbox:
        trusting(certificate, inbox.port, security).send(a_mail())
    assert (inbox.logins, len(inbox.mails)) == ([USER], 1)


def test_a_wrong_password_lets_the_mail_wait(certificate: Path) -> None:
    with mail_server(certificate) as inbox:
        failure = failure_of(trusting(certificate, inbox.port, Security.STARTTLS, "wrong"))
    assert (failure.code, failure.may_retry, inbox.mails) == ("smtp.login", True, [])


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(certificate: Path) -> None:
    with mail_server(certificate) as inbox:
        server = SmtpServer("127.0.0.1", inbox.port, Security.STARTTLS, USER, PASSWORD)
        failure = failure_of(SmtpMailer(server, SENDER, lambda: NOW))
    assert (failure.code, inbox.logins, inbox.mails) == ("smtp.unreachable", [], [])


def test_a_server_without_encryption_gets_nothing(inbox: Inbox) -> None:
    server = SmtpServer("127.0.0.1", inbox.port, Security.STARTTLS)
    assert failure_of(SmtpMailer(server, SENDER, lambda: NOW)).code == "smtp.unsupported"
    assert inbox.mails == []


@pytest.mark.parametrize(
    ("to_recipient", "to_mail", "code", "may_retry"),
    [
        (f"550 No such mailbox: {ADDRESS}", "250 OK", "smtp.550", False),
        ("450 Try later", "250 OK", "smtp.450", True),
        ("250 OK", "554 Refused", "smtp.554", False),
        ("250 OK", "452 Full", "smtp.452", True),
    ],
)
def test_a_refusal_is_a_code_and_says_whether_to_try_again(
    to_recipient: str, to_mail: str, code: str, may_retry: bool, inbox: Inbox
) -> None:
    inbox.to_recipient, inbox.to_mail = to_recipient, to_mail
    failure = failure_of(open_mailer(inbox.port))
    assert (failure.code, failure.may_retry) == (code, may_retry)
    assert str(failure) == f"The job failed: {code}."


def test_a_server_that_is_not_there_is_unreachable(inbox: Inbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert failure_of(open_mailer(port)).code == "smtp.unreachable"


def test_a_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        failure = failure_of(open_mailer(silent.getsockname()[1]))
    assert (failure.code, failure.may_retry) == ("smtp.unreachable", True)


def test_no_password_travels_in_the_clear_beyond_this_machine() -> None:
    with pytest.raises(InvalidInput, match="HALFHOUR_SMTP_SECURITY must be starttls or tls") as fault:
        SmtpServer("mail.example.org", 25, Security.NONE, USER, PASSWORD)
    assert PASSWORD not in str(fault.value)
    assert PASSWORD not in repr(SmtpServer("mail.example.org", user=USER, password=PASSWORD))


@pytest.mark.parametrize("sender", ["", "Halfhour", "Halfhour <>", "a@b.example\nBcc: c@d.example"])
def test_the_sender_is_an_address(sender: str) -> None:
    with pytest.raises(InvalidInput, match="HALFHOUR_SMTP_FROM must be one e-mail address"):
        SmtpMailer(SmtpServer("127.0.0.1"), sender, lambda: NOW)


def failure_of(mailer: SmtpMailer) -> MailFailed:
    """Return what sending a mail raises."""
    with pytest.raises(MailFailed) as fault:
        mailer.send(a_mail())
    return fault.value
