"""Whoever had to sign in first goes on to the page that they came for, and to no other site."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from services.access import create_sign_in_token
from tests.builders import NOW
from tests.web.house import House, opened_house
from web.returning import COOKIE


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened_house(tmp_path) as made:
        yield made


def signed_in_after(house: House, address: str = "", cookie: str = "", **headers: str) -> str:
    """Open a page, or hold a cookie, then sign in; return where that leads."""
    client = house.browser()
    if cookie:
        client.cookies.set(COOKIE, cookie)
    if address:
        assert client.get(address, headers=headers).headers["location"] == "/sign-in"
    token = create_sign_in_token(house.context.engine, "p1", NOW)
    answered = client.post(f"/sign-in/{token}")
    assert COOKIE not in client.cookies or cookie
    return answered.headers["location"]


@pytest.mark.parametrize("address", ["/sessions/s1/times", "/goals/skills?removed=sql&level=1", "/topics/a%20b"])
def test_the_page_that_was_asked_for_comes_after_signing_in(address: str, house: House) -> None:
    assert signed_in_after(house, address) == address


def test_without_one_the_first_page_comes(house: House) -> None:
    assert signed_in_after(house) == "/"
    assert signed_in_after(house, "/") == "/"


def test_a_part_of_a_page_is_no_place_to_come_back_to(house: House) -> None:
    assert signed_in_after(house, "/sessions/s1/agenda/model/state?version=1", **{"HX-Request": "true"}) == "/"


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example",
        "//evil.example",
        "/\\a.example",
        "evil",
        "/a\r\nX: y",
        "/" + "a" * 600,
        "javascript:1",
    ],
)
def test_a_forged_cookie_leads_to_no_other_site(place: str, house: House) -> None:
    assert signed_in_after(house, cookie=quote(place, safe="")) == "/"
