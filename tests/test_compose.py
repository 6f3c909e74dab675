"""The parts are those that the settings ask for."""

import pytest

from compose import build_clouds, build_mailer
from domain.calendars import CalendarKind
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


def test_calendars_are_offered_where_a_provider_knows_halfhour() -> None:
    assert build_clouds(Settings()) == []
    both = build_clouds(Settings(google_client_id="an-app", microsoft_client_id="an-app", microsoft_tenant="a-tenant"))
    assert [cloud.kind for cloud in both] == [CalendarKind.GOOGLE, CalendarKind.GRAPH]
    assert both[1].oauth.token_path == "/a-tenant/oauth2/v2.0/token"
    assert both[1].oauth.authorize_url == "https://login.microsoftonline.com/a-tenant/oauth2/v2.0/authorize"


def test_teams_asks_for_one_permission_more() -> None:
    (cloud,) = build_clouds(Settings(microsoft_client_id="an-app", call_rooms="teams"))
    assert cloud.oauth.scopes[-1] == "OnlineMeetings.ReadWrite"


def test_a_provider_is_spoken_to_encrypted() -> None:
    with pytest.raises(InvalidInput, match="HALFHOUR_GOOGLE_API_BASE must begin with https://, got http"):
        build_clouds(Settings(google_client_id="an-app", google_api_base="http://calendar.example.org"))


def test_no_secret_of_a_provider_is_shown() -> None:
    secrets = {"google_client_secret": "hunter2", "microsoft_client_secret": "hunter2", "zoom_client_secret": "hunter2"}
    settings = Settings(google_client_id="an-app", **secrets)
    assert "hunter2" not in repr(settings)
    assert "hunter2" not in repr(build_clouds(settings))


@pytest.mark.parametrize("address", ["halfhour.example.org", "ftp://x", "https://x/path", "https://a@b", "https://"])
def test_the_public_address_is_a_plain_one(address: str) -> None:
    with pytest.raises(ValueError, match="public_address"):
        Settings(public_address=address)
    assert Settings(public_address="https://halfhour.example.org/").public_address == "https://halfhour.example.org"
