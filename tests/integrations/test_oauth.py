"""OAuth: the address to agree at, codes, tokens that end, and a permission that is taken back."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from integrations.calendar import CalendarFailed
from integrations.google import SCOPES
from integrations.oauth import LEEWAY, Tokens, segment
from tests.builders import NOW
from tests.fakes.google_server import EMAIL, GoogleServer, an_id_token, refusal
from tests.fakes.graph_server import GraphServer
from tests.fakes.http_server import Answer, running
from tests.integrations.accounts import TOKENS, MemoryKeeper, google_account, google_oauth, graph_account

# the example of RFC 7636, appendix B
VERIFIER, CHALLENGE = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
ASKED = {"timeMin": "2026-03-02T09:00:00Z", "timeMax": "2026-03-02T10:00:00Z", "items": [{"id": "primary"}]}
SPAN = {"startDateTime": "2026-03-02T09:00:00Z", "endDateTime": "2026-03-02T10:00:00Z"}
BACK = "https://halfhour.example.org/calendar/google/callback"


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with running(GoogleServer()) as server:
        yield server


def test_the_browser_is_sent_with_state_and_challenge_never_with_the_verifier(server: GoogleServer) -> None:
    sent_to = google_oauth(server).authorisation_url(redirect_uri=BACK, state="a-state", verifier=VERIFIER)
    assert VERIFIER not in sent_to
    assert dict(parse_qsl(urlsplit(sent_to).query)) == {
        "response_type": "code",
        "client_id": "halfhour.apps.example",
        "redirect_uri": BACK,
        "scope": " ".join(SCOPES),
        "state": "a-state",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }


def test_a_code_becomes_tokens_with_the_accounts_name(server: GoogleServer) -> None:
    tokens = google_oauth(server).exchange("a-code", redirect_uri=BACK, verifier=VERIFIER, now=NOW)
    assert (tokens.access_token, tokens.refresh_token, tokens.account) == ("access-2", "refresh-1", EMAIL)
    assert (tokens.expires_at - NOW).total_seconds() == 3599
    assert server.asked[0].form["code_verifier"] == VERIFIER
    assert server.asked[0].form["redirect_uri"] == BACK


def test_tokens_are_not_shown() -> None:
    assert "access-1" not in repr(TOKENS)
    assert "refresh-1" not in repr(TOKENS)


def test_a_code_is_good_once(server: GoogleServer) -> None:
    oauth = google_oauth(server)
    oauth.exchange("a-code", redirect_uri=BACK, verifier=VERIFIER, now=NOW)
    with pytest.raises(CalendarFailed) as fault:
        oauth.exchange("a-code", redirect_uri=BACK, verifier=VERIFIER, now=NOW)
    assert (fault.value.code, fault.value.may_retry) == ("google.400", False)


def test_without_lasting_access_nothing_is_connected(server: GoogleServer) -> None:
    server.play(Answer(content={"access_token": "a", "expires_in": 60}))
    with pytest.raises(CalendarFailed, match=r"google\.no_refresh_token"):
        google_oauth(server).exchange("a-code", redirect_uri=BACK, verifier=VERIFIER, now=NOW)


@pytest.mark.parametrize("expires_in", [None, "3600", -1, 0, 10**12])
def test_an_odd_life_is_taken_as_an_hour(expires_in: object, server: GoogleServer) -> None:
    server.play(Answer(content={"access_token": "a", "refresh_token": "r", "expires_in": expires_in}))
    tokens = google_oauth(server).exchange("a-code", redirect_uri=BACK, verifier=VERIFIER, now=NOW)
    assert (tokens.expires_at - NOW).total_seconds() == 3600


@pytest.mark.parametrize("id_token", ["", "a.b", "a.?.c", "a.bnVsbA.c", an_id_token({"email": ""}), 7, None])
def test_an_odd_name_of_an_account_is_left_out(id_token: object, server: GoogleServer) -> None:
    server.play(Answer(content={"access_token": "a", "refresh_token": "r", "id_token": id_token}))
    assert google_oauth(server).exchange("a-code", redirect_uri=BACK, verifier=VERIFIER, now=NOW).account == ""


def test_tokens_are_renewed_shortly_before_they_end(server: GoogleServer) -> None:
    keeper = MemoryKeeper(replace(TOKENS, expires_at=NOW + LEEWAY, account=EMAIL))
    google_account(server, keeper).send("POST", "/freeBusy", content=ASKED)
    assert [asked.path for asked in server.asked] == ["/token", "/freeBusy"]
    assert (keeper.tokens.access_token, keeper.tokens.refresh_token) == ("access-2", "refresh-1")
    assert keeper.tokens.account == EMAIL


def test_a_refused_token_is_renewed_once(server: GoogleServer) -> None:
    server.play(refusal(401, "authError"), at="/freeBusy")
    server.play(Answer(content={"ok": True}), at="/freeBusy")
    assert google_account(server).send("POST", "/freeBusy", content={}) == {"ok": True}
    assert [asked.path for asked in server.asked] == ["/freeBusy", "/token", "/freeBusy"]


def test_a_renewed_token_that_is_refused_too_ends_it(server: GoogleServer) -> None:
    server.play(refusal(401, "authError"), refusal(401, "authError"), at="/freeBusy")
    with pytest.raises(CalendarFailed) as fault:
        google_account(server).send("POST", "/freeBusy", content={})
    assert (fault.value.code, fault.value.may_retry) == ("google.401", False)
    assert len(server.asked) == 3


def test_a_permission_that_was_taken_back_asks_to_connect_again(server: GoogleServer) -> None:
    server.refresh_tokens.clear()
    server.good_tokens.clear()
    with pytest.raises(CalendarFailed) as fault:
        google_account(server).send("POST", "/freeBusy", content={})
    assert (fault.value.code, fault.value.may_retry) == ("google.401", False)
    assert EMAIL not in str(fault.value)


def test_a_renewal_that_the_provider_cannot_do_now_is_tried_again(server: GoogleServer) -> None:
    server.good_tokens.clear()
    server.play(Answer(503, headers={"retry-after": "5"}), at="/token")
    with pytest.raises(CalendarFailed) as fault:
        google_account(server).send("POST", "/freeBusy", content={})
    assert (fault.value.code, fault.value.may_retry) == ("google.503", True)


def test_a_renewed_refresh_token_takes_the_place_of_the_old() -> None:
    with running(GraphServer()) as server:
        server.good_tokens.clear()
        keeper = MemoryKeeper()
        graph_account(server, keeper).send("GET", "/me/calendarView", query=SPAN)
        assert keeper.tokens.refresh_token == "refresh-2"


def test_taking_a_permission_back_twice_is_no_fault(server: GoogleServer) -> None:
    oauth = google_oauth(server)
    oauth.revoke(TOKENS)
    server.play(Answer(400, {"error": "invalid_token"}))
    oauth.revoke(TOKENS)
    assert server.refresh_tokens == set()


def test_an_app_that_the_provider_does_not_know_ends_it(server: GoogleServer) -> None:
    oauth = google_oauth(server, client_secret="another")
    with pytest.raises(CalendarFailed) as fault:
        oauth.refresh(Tokens("a", "refresh-1", NOW), NOW)
    assert (fault.value.code, fault.value.may_retry) == ("google.401", False)


def test_no_id_names_another_path() -> None:
    assert segment("../x?y#z") == "%2E%2E%2Fx%3Fy%23z"
