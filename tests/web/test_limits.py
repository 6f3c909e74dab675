"""How often somebody may ask: a window that slides, per person and per address, and clear words when it is full."""

from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from domain.errors import LimitReached
from tests.builders import NOW
from tests.web.conftest import HOME
from tests.web.house import opened_house
from web.limits import MAX_KEYS, SlidingWindow, visitor_of


class Clock:
    """Seconds after the full minute at NOW."""

    seconds = 0.0

    def __call__(self) -> object:
        return NOW + timedelta(seconds=self.seconds)


def window(most: int) -> tuple[SlidingWindow, Clock]:
    clock = Clock()
    return SlidingWindow("requests a minute", most, timedelta(minutes=1), clock), clock  # type: ignore[arg-type]


def taken(counted: SlidingWindow, times: int, key: str = "a") -> int:
    """Return how many of so many requests are let through."""
    count = 0
    for _ in range(times):
        try:
            counted.check(key)
        except LimitReached:
            continue
        count += 1
    return count


def test_each_key_has_its_own_count() -> None:
    counted, _ = window(3)
    assert [taken(counted, 5, key) for key in ("a", "b")] == [3, 3]


def test_the_window_slides() -> None:
    counted, clock = window(4)
    assert taken(counted, 9) == 4
    clock.seconds = 60  # the whole minute before still counts
    assert taken(counted, 9) == 0
    clock.seconds = 90  # half of it does: 4 / 2 = 2 of 4
    assert taken(counted, 9) == 2
    clock.seconds = 240
    assert taken(counted, 9) == 4


def test_the_wait_that_is_told_is_long_enough_and_not_longer() -> None:
    counted, clock = window(4)
    taken(counted, 4)
    clock.seconds = 20
    with pytest.raises(LimitReached, match=r"There may be 4 requests a minute\. Wait 55 seconds") as full:
        counted.check("a")
    clock.seconds += full.value.retry_seconds - 1
    assert taken(counted, 1) == 0
    clock.seconds += 1
    assert taken(counted, 1) == 1


def test_no_limit_lets_everything_through() -> None:
    assert taken(window(0)[0], 1_000) == 1_000


def test_a_flood_of_keys_does_not_fill_the_memory() -> None:
    counted, _ = window(1)
    for number in range(MAX_KEYS + 10):
        counted.check(str(number))
    assert len(counted._now) <= MAX_KEYS


@pytest.mark.parametrize(
    ("host", "visitor"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_a_household_is_one_visitor(host: str, visitor: str) -> None:
    assert visitor_of(Request({"type": "http", "client": (host, 1)})) == visitor


def test_a_person_who_asks_too_often_is_told_in_words_or_json_and_others_go_on(tmp_path: Path) -> None:
    with opened_house(tmp_path, settings={"requests_per_person": 2, "requests_per_visitor": 0}) as house:
        client, other = house.signed_in(), house.signed_in()
        assert [client.get("/api/v1/me").status_code, other.get("/api/v1/me").status_code] == [200, 200]
        page = client.get("/tokens", headers={"Accept-Language": "ru"})
        assert (page.status_code, page.headers["retry-after"]) == (429, "90")
        assert "Слишком часто" in page.text
        told = client.get("/api/v1/me")
        assert (told.status_code, told.headers["retry-after"]) == (429, "90")
        assert told.json() == {"error": "There may be 2 requests a minute. Wait 90 seconds and repeat."}
        assert house.browser().get("/sign-in").status_code == 200
        house.after = timedelta(seconds=90)
        assert client.get("/api/v1/me").status_code == 200


def test_strangers_who_guess_are_stopped_and_people_are_not(tmp_path: Path) -> None:
    with opened_house(tmp_path, settings={"requests_per_visitor": 3}) as house:
        guesses = [house.browser("a" * 43).get("/api/v1/me").status_code for _ in range(3)]
        assert guesses == [401, 401, 401]
        wrong = {"Authorization": "Bearer hh_wrong"}
        assert house.browser().get("/api/v1/me", headers=wrong).status_code == 429
        for path in ("/sign-in", "/sign-in/a-guess", "/answer/a-guess", "/s/a-guess", "/oidc/callback"):
            assert house.browser().get(path).status_code == 429, path
        assert house.signed_in().get("/api/v1/me").status_code == 200
        assert house.browser().get("/livez").status_code == 200


def test_only_a_trusted_proxy_may_say_who_is_behind_it(tmp_path: Path) -> None:
    with opened_house(tmp_path, settings={"requests_per_visitor": 2}) as house:
        proxied = ProxyHeadersMiddleware(house.app, trusted_hosts="10.0.0.5")

        def statuses(peer: str) -> list[int]:
            client = TestClient(proxied, base_url=HOME, client=(peer, 1))
            visitors = [f"198.51.100.{number}" for number in range(4)]
            return [client.get("/sign-in", headers={"X-Forwarded-For": visitor}).status_code for visitor in visitors]

        assert statuses("10.0.0.5") == [200] * 4
        assert statuses("203.0.113.7") == [200, 200, 429, 429]
