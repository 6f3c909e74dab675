"""Coming in and going out: by a link that works once, and in the demo by a picker."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from services.access import LINK_MINUTES, create_sign_in_token
from services.context import Context
from tests.builders import NOW
from tests.web.conftest import HOME, ClientOf
from web.access import COOKIE


@pytest.fixture
def picker(demo: FastAPI) -> TestClient:
    return TestClient(demo, base_url=HOME, follow_redirects=False)


def test_a_link_shows_a_button_and_only_the_button_signs_in_and_once(client_of: ClientOf, running: Context) -> None:
    address = f"/sign-in/{create_sign_in_token(running.engine, 'nora', NOW)}"
    client = client_of()
    assert [client.get(address).status_code for _ in range(3)] == [200, 200, 200]
    assert COOKIE not in client.cookies
    assert client.post(address).headers["location"] == "/"
    assert client.get("/api/v1/me").json()["id"] == "nora"
    assert client_of().post(address).status_code == 403


def test_a_link_that_is_too_old_says_what_to_do_in_the_readers_language(client_of: ClientOf, running: Context) -> None:
    token = create_sign_in_token(running.engine, "nora", NOW - timedelta(minutes=LINK_MINUTES, seconds=1))
    answered = client_of().post(f"/sign-in/{token}", headers={"Accept-Language": "ru-RU"})
    assert answered.status_code == 403
    assert "Эта ссылка уже использована или выдана больше 15 минут назад. Попросите новую." in answered.text
    assert "set-cookie" not in answered.headers


def test_a_link_of_somebody_who_left_is_stale(client_of: ClientOf, running: Context) -> None:
    token = create_sign_in_token(running.engine, "gone", NOW)
    assert client_of().post(f"/sign-in/{token}").status_code == 403


def test_signing_out_ends_the_login(client_of: ClientOf, running: Context) -> None:
    client = client_of()
    client.post(f"/sign-in/{create_sign_in_token(running.engine, 'nora', NOW)}")
    assert client.get("/").status_code == 200
    assert client.post("/sign-out").headers["location"] == "/sign-in"
    assert client.get("/").headers["location"] == "/sign-in"


def test_who_is_signed_in_needs_no_sign_in_page(client_of: ClientOf) -> None:
    assert client_of("nora").get("/sign-in").headers["location"] == "/"


def test_the_picker_lists_the_active_and_whoever_is_picked_sees_their_page(picker: TestClient) -> None:
    page = picker.get("/sign-in").text
    assert 'value="nora"' in page
    assert 'value="gone"' not in page
    assert picker.post("/demo/person", data={"person": "lena"}).headers["location"] == "/"
    assert "Елена Цветкова" in picker.get("/").text


def test_the_picker_shows_first_who_has_a_session(picker: TestClient) -> None:
    mentors = picker.get("/sign-in").text.partition("<h2>Mentors</h2>")[2].partition("</ul>")[0]
    assert mentors.index('value="omar"') < mentors.index('value="max"')


@pytest.mark.parametrize("person", ["gone", "no-such", ""])
def test_nobody_else_can_be_picked(person: str, picker: TestClient) -> None:
    answered = picker.post("/demo/person", data={"person": person})
    assert answered.status_code in {404, 422}
    assert "set-cookie" not in answered.headers


def test_nul_in_a_picked_person_is_refused(picker: TestClient) -> None:
    assert picker.post("/demo/person", data={"person": "no\x00ra"}).status_code == 422


def test_without_the_demo_there_is_no_picker(client_of: ClientOf) -> None:
    page = client_of().get("/sign-in").text
    assert "nora" not in page
    assert "personal link" in page
    assert client_of().post("/demo/person", data={"person": "nora"}).status_code == 404
