"""Free times over the API: for whoever asks, in UTC, and nothing of mentors who are not theirs to see."""

import pytest

from services.context import Context
from store import unit_of_work
from tests.web.conftest import ClientOf

TIMES = "/api/v1/mentors/vera/times"


def test_times_come_in_utc_with_the_zone_of_who_asks(client_of: ClientOf) -> None:
    """vera works 09:00-17:00 in Moscow, UTC+3; nora's day begins at 08:00 in Berlin, UTC+1: 10:00 for vera."""
    found = client_of("nora").get(TIMES, params={"minutes": 30, "limit": 2}).json()
    assert found == {
        "mentor_id": "vera",
        "minutes": 30,
        "zone": "Europe/Berlin",
        "times": ["2026-03-03T09:00:00Z", "2026-03-03T09:10:00Z"],
    }


def test_the_days_are_as_many_as_are_asked_for(client_of: ClientOf) -> None:
    found = client_of("nora").get(TIMES, params={"days": 2, "limit": 500}).json()["times"]
    assert {time[:10] for time in found} == {"2026-03-03", "2026-03-04"}


@pytest.mark.parametrize("query", ["minutes=14", "minutes=31", "minutes=x", "days=0", "days=61", "limit=0"])
def test_what_breaks_a_rule_is_422(client_of: ClientOf, query: str) -> None:
    answered = client_of("nora").get(f"{TIMES}?{query}")
    assert answered.status_code == 422
    assert answered.json()["error"]


@pytest.mark.parametrize("path", ["ghost/times", "hana/times", "nora/times", "gone/times", "vera/times?topic=speak-up"])
def test_who_cannot_be_asked_is_missing(client_of: ClientOf, path: str) -> None:
    assert client_of("nora").get(f"/api/v1/mentors/{path}").status_code == 404


def test_a_topic_that_the_mentor_offers_changes_nothing(client_of: ClientOf) -> None:
    assert client_of("nora").get(TIMES, params={"topic": "delegate-work"}).json() == client_of("nora").get(TIMES).json()


def test_nobody_learns_what_fills_the_other_diary(client_of: ClientOf, running: Context) -> None:
    with unit_of_work(running.engine) as store:
        assert store.sessions.of_mentor("dee") != []
    found = client_of("nora").get("/api/v1/mentors/dee/times").json()
    assert found.keys() == {"mentor_id", "minutes", "zone", "times"}
