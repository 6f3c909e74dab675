"""The parts are those that the settings ask for."""

import pytest

from compose import build_calendar_kinds, build_mailer
from domain.calendars import CalendarKind
from domain.errors import InvalidInput
from integrations.mail import NullMailer
from integrations.smtp import SmtpMailer
from settings import Settings, read_settings

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


def test_caldav_is_on_where_a_host_is_allowed() -> None:
    assert build_calendar_kinds(Settings()) == {}
    assert set(build_calendar_kinds(Settings(caldav_hosts="dav.example.org"))) == {CalendarKind.CALDAV}


def test_hosts_of_calendars_are_read_with_commas() -> None:
    hosts = Settings(caldav_hosts=" DAV.example.org , *.example.net,localhost:5232, [::1]:5232,")
    assert hosts.allowed_caldav_hosts == ("dav.example.org", "*.example.net", "localhost:5232", "[::1]:5232")


@pytest.mark.parametrize("hosts", ["https://a.example", "a.example/dav", "*", "a b", "nora@a.example"])
def test_what_is_no_host_is_refused_at_start(hosts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALFHOUR_CALDAV_HOSTS", hosts)
    with pytest.raises(InvalidInput, match="HALFHOUR_CALDAV_HOSTS must be set right"):
        read_settings()


def test_no_secret_is_shown() -> None:
    assert "hunter2" not in repr(Settings(smtp_password="hunter2"))
