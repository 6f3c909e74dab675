"""The parts are those that the settings ask for."""

import pytest

from compose import build_mailer
from domain.errors import InvalidInput
from integrations.mail import NullMailer
from integrations.smtp import SmtpMailer
from settings import Settings

SENDER = "Halfhour <halfhour@example.org>"


def test_without_a_mail_server_nothing_is_sent() -> None:
    assert isinstance(build_mailer(Settings(smtp_from=SENDER)), NullMailer)


def test_with_a_mail_server_mail_goes_there() -> None:
    assert isinstance(build_mailer(Settings(smtp_host="mail.example.org", smtp_from=SENDER)), SmtpMailer)


def test_a_mail_server_needs_a_sender_and_a_password_needs_encryption() -> None:
    with pytest.raises(InvalidInput, match="HALFHOUR_SMTP_FROM must be one e-mail address, got 0 characters"):
        build_mailer(Settings(smtp_host="mail.example.org"))
    clear = Settings(smtp_host="mail.example.org", smtp_from=SENDER, smtp_user="halfhour", smtp_security="none")
    with pytest.raises(InvalidInput, match="HALFHOUR_SMTP_SECURITY must be starttls or tls with a password, got none"):
        build_mailer(clear)


def test_no_secret_is_shown() -> None:
    assert "hunter2" not in repr(Settings(smtp_password="hunter2"))
