"""Settings are read strictly: what cannot be meant is refused at the start, by the name of its variable."""

import pytest

from compose import build_calendar_kinds
from domain.calendars import CalendarKind
from domain.errors import InvalidInput
from settings import Settings, read_settings


def test_caldav_is_on_where_a_host_is_allowed() -> None:
    assert CalendarKind.CALDAV not in build_calendar_kinds(Settings())
    assert CalendarKind.CALDAV in build_calendar_kinds(Settings(caldav_hosts="dav.example.org"))


def test_hosts_of_calendars_are_read_with_commas() -> None:
    hosts = Settings(caldav_hosts=" DAV.example.org , *.example.net,localhost:5232, [::1]:5232,")
    assert hosts.allowed_caldav_hosts == ("dav.example.org", "*.example.net", "localhost:5232", "[::1]:5232")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRUSTED_PROXIES", "*"),
        ("TRUSTED_PROXIES", "proxy.example.org"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("LOGIN_DAYS", "0"),
        ("REQUESTS_PER_PERSON", "-1"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("OIDC_ISSUER", "https://login.example.org"),
    ],
)
def test_what_would_let_strangers_in_is_refused_at_start(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"HALFHOUR_{name}", value)
    with pytest.raises(InvalidInput, match="must be set right"):
        read_settings()


def test_proxies_are_addresses_and_networks() -> None:
    assert Settings(trusted_proxies="10.0.0.5, 10.1.0.0/16,::1").trusted_proxies == "10.0.0.5, 10.1.0.0/16,::1"
    assert Settings(trusted_proxies="").trusted_proxies == ""


@pytest.mark.parametrize("hosts", ["https://a.example", "a.example/dav", "*", "a b", "nora@a.example"])
def test_what_is_no_host_is_refused_at_start(hosts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALFHOUR_CALDAV_HOSTS", hosts)
    with pytest.raises(InvalidInput, match="HALFHOUR_CALDAV_HOSTS must be set right"):
        read_settings()
