"""Signed links: for one purpose, for two weeks, and for nobody who changes a letter of them."""

from datetime import timedelta

import pytest

from services.links import KEPT, Links, Purpose
from tests.builders import NOW

SECRET = "a-secret-of-the-tests-0123456789-abcdefghij"
BOUND = {"session_id": "s1", "person_id": "m1"}


def links_at(days: float = 0, secret: str = SECRET) -> Links:
    return Links(secret, "https://halfhour.example.org/", lambda: NOW + timedelta(days=days))


def test_a_token_comes_back_as_what_it_stands_for() -> None:
    assert links_at().read(Purpose.ANSWER, links_at().make(Purpose.ANSWER, BOUND)) == BOUND


def test_it_is_good_for_two_weeks() -> None:
    token = links_at().make(Purpose.ANSWER, BOUND)
    assert links_at(KEPT.days - 0.01).read(Purpose.ANSWER, token) == BOUND
    assert links_at(KEPT.days).read(Purpose.ANSWER, token) is None


def test_it_serves_no_other_purpose_and_no_other_server() -> None:
    token = links_at().make(Purpose.ANSWER, BOUND)
    assert links_at().read(Purpose.PAGE, token) is None
    assert links_at(secret=SECRET[::-1]).read(Purpose.ANSWER, token) is None


@pytest.mark.parametrize("place", [0, 10, -1])
def test_a_letter_changed_is_a_forgery(place: int) -> None:
    token = links_at().make(Purpose.ANSWER, BOUND)
    letters = list(token)
    letters[place] = "A" if letters[place] != "A" else "B"
    assert links_at().read(Purpose.ANSWER, "".join(letters)) is None


@pytest.mark.parametrize("token", ["", "a", "a.b", "ж", "." * 5000])
def test_what_is_no_token_reads_as_nothing(token: str) -> None:
    assert links_at().read(Purpose.ANSWER, token) is None


def test_without_a_secret_links_end_with_the_process() -> None:
    token = links_at(secret="").make(Purpose.PAGE, BOUND)
    assert links_at(secret="").read(Purpose.PAGE, token) is None


def test_addresses_are_whole() -> None:
    assert links_at().url("/sessions") == "https://halfhour.example.org/sessions"
