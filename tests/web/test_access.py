"""Who is signed in: only an active person with a token that this server gave out and that has not ended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from domain.access import ApiToken
from domain.people import Role
from services.access import create_sign_in_token, take_role
from services.logins import GRACE, ROTATED_EVERY, SEEN_EVERY, hash_of
from store import unit_of_work
from tests.builders import NOW, a_person
from tests.web.conftest import ClientOf, login_cookie
from tests.web.house import House, opened_house
from web.access import COOKIE


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened_house(tmp_path) as made:
        yield made


def is_in(client: TestClient) -> bool:
    return client.get("/api/v1/me").status_code == 200


@pytest.mark.parametrize("token", ["", "p1", "x.y.z", "a" * 43, "%00", "a b", "x" * 5_000])
def test_what_this_server_did_not_give_out_is_nobody(token: str, house: House) -> None:
    assert not is_in(house.browser(token))


def test_a_token_lets_its_person_in_and_only_its_hash_is_stored(house: House) -> None:
    token = login_cookie(house.app, "p1")
    assert house.browser(token).get("/api/v1/me").json()["id"] == "p1"
    assert not is_in(house.browser(token[:-1]))
    with unit_of_work(house.context.engine) as store:
        assert [login.token_hash for login in store.logins.of("p1")] == [hash_of(token)]
        assert token not in repr(store.logins.of("p1"))
    assert not is_in(house.browser(hash_of(token)))


def test_an_unused_login_ends_after_two_weeks(house: House) -> None:
    client = house.signed_in()
    house.after = timedelta(days=14) - timedelta(seconds=1)
    other = house.signed_in()
    assert is_in(client)
    house.after += timedelta(days=14)
    assert not is_in(other)


def test_a_used_login_ends_after_a_month_in_any_case(house: House) -> None:
    client = house.signed_in()
    for days in range(1, 30):
        house.after = timedelta(days=days)
        assert is_in(client)
    house.after = timedelta(days=30)
    assert not is_in(client)


def test_a_token_is_replaced_once_a_day_and_the_old_one_serves_for_a_minute_more(house: House) -> None:
    old = login_cookie(house.app, "p1")
    client = house.browser(old)
    house.after = ROTATED_EVERY - timedelta(seconds=1)
    assert "set-cookie" not in client.get("/api/v1/me").headers
    house.after = ROTATED_EVERY
    answered = client.get("/sessions")
    assert answered.headers["set-cookie"].startswith(f"{COOKIE}=")
    new = client.cookies[COOKIE]
    assert new != old
    parallel = house.browser(old).get("/sessions")
    assert (parallel.status_code, "set-cookie" in parallel.headers) == (200, False)
    house.after += GRACE
    assert not is_in(house.browser(old))
    assert is_in(house.browser(new))


def test_use_is_noted_at_most_once_in_five_minutes(house: House) -> None:
    client, written = house.signed_in(), []
    is_write = ("INSERT", "UPDATE", "DELETE")
    note = lambda _c, _k, statement, *_: written.append(statement) if statement.startswith(is_write) else None  # noqa: E731
    event.listen(house.context.engine, "before_cursor_execute", note)
    for seconds in (1, 60, 299):
        house.after = timedelta(seconds=seconds)
        assert is_in(client)
    assert written == []
    house.after = SEEN_EVERY
    assert is_in(client)
    assert is_in(client)
    assert len(written) == 1


def test_reading_goes_on_when_the_disk_is_full(house: House) -> None:
    client = house.signed_in()
    house.after = ROTATED_EVERY

    def fail(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(("INSERT", "UPDATE")):
            raise OSError(28, "No space left on device")

    event.listen(house.context.engine, "before_cursor_execute", fail)
    answered = client.get("/sessions")
    assert (answered.status_code, "set-cookie" in answered.headers) == (200, False)


def test_who_is_suspended_is_out_at_once_and_stays_out_after_a_return(house: House) -> None:
    client = house.signed_in()
    person = a_person("p1")
    house.save(replace(person, is_active=False))
    assert client.get("/").headers["location"] == "/sign-in"
    assert not is_in(client)
    house.save(person)
    assert not is_in(client)


def test_a_login_or_token_that_is_still_stored_opens_nothing_to_who_is_suspended(house: House) -> None:
    house.save(a_person("sue", is_active=False))
    with unit_of_work(house.context.engine, write=True) as store:
        store.api_tokens.add(ApiToken("t1", "sue", "Notebook", hash_of("hh_1"), NOW, NOW + timedelta(days=1)))
    assert not is_in(house.signed_in("sue"))
    program = {"Authorization": "Bearer hh_1"}
    assert house.browser().get("/api/v1/me", headers=program).status_code == 401


def test_a_lost_role_ends_the_logins_and_a_new_one_does_not(house: House) -> None:
    client = house.signed_in()
    house.save(a_person("p1", roles=frozenset({Role.MENTEE, Role.HR, Role.MENTOR})))
    assert is_in(client)
    take_role(house.context.engine, "p1", Role.HR)
    assert not is_in(client)


def test_signing_in_gives_a_new_token_and_ends_the_one_that_was_there(house: House) -> None:
    planted = login_cookie(house.app, "p1")
    client = house.browser(planted)
    client.post(f"/sign-in/{create_sign_in_token(house.context.engine, 'p1', NOW)}")
    assert client.cookies[COOKIE] != planted
    assert is_in(client)
    assert not is_in(house.browser(planted))


def test_signing_out_ends_the_login_on_the_server_too(house: House) -> None:
    token = login_cookie(house.app, "p1")
    house.browser(token).post("/sign-out")
    assert not is_in(house.browser(token))


def test_signing_out_everywhere_ends_every_browser_of_this_person(house: House) -> None:
    house.save(a_person("p2"))
    one, two, other = house.signed_in(), house.signed_in(), house.signed_in("p2")
    shown = one.get("/tokens").text
    assert [shown.count("This browser"), shown.count("Another browser")] == [1, 1]
    assert one.post("/sign-out/everywhere").headers["location"] == "/sign-in"
    assert [is_in(client) for client in (one, two, other)] == [False, False, True]


def test_an_erased_person_is_nobody(house: House) -> None:
    client = house.signed_in()
    house.after = ROTATED_EVERY  # the answer that forgets them must not sign them in again
    answered = client.post("/privacy/erase", data={"email": "p1@example.org"})
    assert answered.status_code == 200
    assert answered.headers.get_list("set-cookie") == [answered.headers["set-cookie"]]
    assert f'{COOKIE}=""' in answered.headers["set-cookie"]
    assert not is_in(client)


def test_someone_elses_session_reads_like_a_missing_one(client_of: ClientOf) -> None:
    client = client_of("nora")
    others, missing = client.get("/sessions/lenas/agenda"), client.get("/sessions/no-such/agenda")
    assert (others.status_code, missing.status_code) == (404, 404)
    assert others.text.replace("lenas", "no-such") == missing.text


def test_hrs_page_reads_like_a_missing_one(client_of: ClientOf) -> None:
    hidden, missing = client_of("nora").get("/catalog"), client_of("nora").get("/catalogue")
    assert hidden.status_code == 404
    assert hidden.text.replace("/catalog", "X") == missing.text.replace("/catalogue", "X")


def test_a_form_sent_after_the_login_ran_out_says_so(client_of: ClientOf) -> None:
    answered = client_of().post("/needs", data={"text": "I cannot say no"})
    assert answered.status_code == 401
    assert "You are not signed in any more." in answered.text
