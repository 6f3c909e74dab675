"""One provider's API: every answer has one meaning, and nothing of it is repeated."""

import gzip
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from domain.errors import InvalidInput
from integrations.calendar import CalendarFailed
from integrations.provider_api import MAX_ANSWER_SECONDS, ProviderApi
from tests.builders import NOW
from tests.fakes.http_server import Answer, HttpServer, running_http_server
from tests.integrations.accounts import SOON, an_api
from tests.integrations.faults import FAULTS, NAMES, SECRET_WORDS, SLOW, Fault

TOKEN = "a-token-of-the-tests"


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with running_http_server() as server:
        yield server


@pytest.fixture
def api(server: HttpServer) -> ProviderApi:
    return an_api("google", server.address)


def asked_for(api: ProviderApi) -> CalendarFailed:
    with pytest.raises(CalendarFailed) as fault:
        api.send("GET", "/x", headers={"authorization": f"Bearer {TOKEN}"})
    return fault.value


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_each_fault_has_one_code_and_says_whether_to_try_again(
    fault: Fault, api: ProviderApi, server: HttpServer
) -> None:
    server.play(fault.answer)
    found = asked_for(api)
    assert (found.code, found.may_retry, found.retry_after) == (
        f"google.{fault.code}",
        fault.may_retry,
        fault.retry_after,
    )


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_no_word_of_an_answer_and_no_token_is_repeated(
    fault: Fault, api: ProviderApi, server: HttpServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    server.play(fault.answer)
    found = asked_for(api)
    said = [str(found), repr(found), *(record.getMessage() for record in caplog.records)]
    assert found.__cause__ is None
    assert all(word not in line for word in (SECRET_WORDS, TOKEN) for line in said)


def test_nobody_waits_for_ever(server: HttpServer) -> None:
    server.play(SLOW)
    found = asked_for(an_api("google", server.address, SOON))
    assert (found.code, found.may_retry) == ("google.unreachable", True)


def test_nobody_there_is_unreachable() -> None:
    with running_http_server() as gone:
        api = an_api("google", gone.address)
    found = asked_for(api)
    assert (found.code, found.may_retry) == ("google.unreachable", True)


def test_a_name_that_points_inside_is_refused() -> None:
    api = ProviderApi("google", "https://cal.example.org", lambda: NOW, resolve=lambda host, port: ["169.254.169.254"])
    found = asked_for(api)
    assert (found.code, found.may_retry) == ("google.address", False)


def test_a_packed_answer_is_not_unpacked(api: ProviderApi, server: HttpServer) -> None:
    packed = gzip.compress(b'{"a": "' + b"x" * 50_000_000 + b'"}')
    server.play(Answer(body=packed, headers={"content-encoding": "gzip"}))
    assert asked_for(api).code == "google.unreadable"
    assert server.asked[0].headers["accept-encoding"] == "identity"


def test_an_answer_that_drips_is_given_up(server: HttpServer) -> None:
    moments = iter([NOW, NOW + timedelta(seconds=MAX_ANSWER_SECONDS + 1)])

    def clock() -> datetime:
        return next(moments)

    assert asked_for(ProviderApi("google", server.address, clock)).code == "google.unreachable"


def test_no_body_is_an_empty_object(api: ProviderApi, server: HttpServer) -> None:
    server.play(Answer(204))
    assert api.send("DELETE", "/x") == {}


def test_a_query_is_written_without_plus_signs(api: ProviderApi, server: HttpServer) -> None:
    api.send("GET", "/x", query={"$filter": "a eq 'b+c'"})
    assert server.asked[0].query == {"$filter": "a eq 'b+c'"}


@pytest.mark.parametrize("base", ["http://cal.example.org", "ftp://cal.example.org", "cal.example.org", ""])
def test_a_base_is_an_encrypted_address(base: str) -> None:
    with pytest.raises(InvalidInput, match="address must"):
        ProviderApi("google", base, lambda: NOW)


@pytest.mark.parametrize("link", ["https://evil.example/x", "http://127.0.0.1:1/x", "/x", ""])
def test_a_link_to_more_stays_with_the_provider(link: str, api: ProviderApi) -> None:
    with pytest.raises(CalendarFailed) as fault:
        api.path_of(link)
    assert fault.value.code == "google.redirect"
    assert api.path_of(f"{api.base}/me/x?$skip=1") == "/me/x?$skip=1"
