"""Tokens of programs: shown once, good under the API alone, as the person is now."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from domain.people import Role
from services.access import take_role
from services.api_tokens import MAX_TOKENS, person_of_token
from store import unit_of_work
from tests.builders import a_person
from tests.web.house import House, opened_house

SHOWN = re.compile(r"hh_[A-Za-z0-9_-]{43}")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened_house(tmp_path) as made:
        yield made


def made_by(client: TestClient, **form: str) -> str:
    answered = client.post("/tokens", data={"name": "Notebook", "days": "90", **form})
    assert answered.status_code == 200
    (token,) = SHOWN.findall(answered.text)
    return token


def with_token(house: House, token: str) -> TestClient:
    client = house.browser()
    client.headers["Authorization"] = f"Bearer {token}"
    return client


def test_a_token_is_shown_once_and_only_its_hash_is_kept(house: House) -> None:
    client = house.signed_in()
    token = made_by(client)
    assert not SHOWN.search(client.get("/tokens").text)
    with unit_of_work(house.context.engine) as store:
        (kept,) = store.api_tokens.of("p1")
    assert token not in repr(kept)
    assert kept.name == "Notebook"


def test_a_token_acts_as_its_person_without_a_cookie_and_from_anywhere(house: House) -> None:
    program = with_token(house, made_by(house.signed_in()))
    assert program.get("/api/v1/me").json()["id"] == "p1"
    elsewhere = {"Origin": "https://tool.example", "Sec-Fetch-Site": "cross-site"}
    body = {"topic_id": "delegate-work", "mentor_id": "none"}
    assert program.post("/api/v1/agendas", json=body, headers=elsewhere).status_code == 404
    assert house.signed_in().post("/api/v1/agendas", json=body, headers=elsewhere).status_code == 403


def test_a_token_opens_no_page_and_no_other_scheme_opens_the_api(house: House) -> None:
    token = made_by(house.signed_in())
    assert with_token(house, token).get("/").headers["location"] == "/sign-in"
    assert with_token(house, token).post("/sign-out/everywhere").status_code == 401
    for header in (f"Basic {token}", token, "Bearer", f"Bearer {token}x", "Bearer " + "a" * 43):
        assert house.browser().get("/api/v1/me", headers={"Authorization": header}).status_code == 401
    assert house.browser().get("/api/v1/me", headers={"Authorization": f"bearer {token}"}).status_code == 200


def test_a_wrong_token_is_not_helped_by_a_cookie(house: House) -> None:
    answered = house.signed_in().get("/api/v1/me", headers={"Authorization": "Bearer hh_wrong"})
    assert answered.status_code == 401


def test_a_token_ends_at_its_time(house: House) -> None:
    program = with_token(house, made_by(house.signed_in(), days="30"))
    house.after = timedelta(days=30) - timedelta(seconds=1)
    assert program.get("/api/v1/me").status_code == 200
    house.after = timedelta(days=30)
    assert program.get("/api/v1/me").status_code == 401


def test_last_use_is_shown(house: House) -> None:
    client = house.signed_in()
    token = made_by(client)
    assert "never used" in client.get("/tokens").text
    house.after = timedelta(minutes=10)
    with_token(house, token).get("/api/v1/me")
    assert "last used Mon 2 March, 10:10" in client.get("/tokens").text


def test_a_removed_token_opens_nothing_and_nobody_else_removes_it(house: House) -> None:
    house.save(a_person("p2"))
    client = house.signed_in()
    program = with_token(house, made_by(client))
    with unit_of_work(house.context.engine) as store:
        (kept,) = store.api_tokens.of("p1")
    foreign = house.signed_in("p2").post(f"/tokens/{kept.id}/remove")
    missing = house.signed_in("p2").post("/tokens/0000/remove")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.text == missing.text
    assert program.get("/api/v1/me").status_code == 200
    assert client.post(f"/tokens/{kept.id}/remove").status_code == 303
    assert program.get("/api/v1/me").status_code == 401


def test_a_token_of_who_left_opens_nothing_even_after_a_return(house: House) -> None:
    program = with_token(house, made_by(house.signed_in()))
    house.save(replace(a_person("p1"), is_active=False))
    assert program.get("/api/v1/me").status_code == 401
    house.save(a_person("p1"))
    assert program.get("/api/v1/me").status_code == 401


def test_a_token_outlives_a_lost_role_but_has_it_no_more(house: House) -> None:
    token = made_by(house.signed_in())
    take_role(house.context.engine, "p1", Role.HR)
    acting = person_of_token(house.context, token)
    assert acting is not None
    assert acting.roles == {Role.MENTEE}


@pytest.mark.parametrize(("form", "said"), [({"name": "  "}, "Give it a name"), ({"days": "366"}, "Choose how long")])
def test_a_wrong_form_says_so_beside_its_field_and_keeps_the_words(
    form: dict[str, str],
    said: str,
    house: House,
) -> None:
    answered = house.signed_in().post("/tokens", data={"name": "My <tool>", "days": "90", **form})
    assert answered.status_code == 422
    assert said in unescape(answered.text)
    assert ("My &lt;tool&gt;" in answered.text) is ("name" not in form)


def test_a_person_has_twenty_tokens_at_most(house: House) -> None:
    client = house.signed_in()
    for _ in range(MAX_TOKENS):
        made_by(client)
    answered = client.post("/tokens", data={"name": "One more", "days": "30"})
    assert answered.status_code == 422
    assert "You have 20 tokens already." in answered.text
