"""The page that asks for a link by mail: equal for every address, and bounded."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from integrations.mail import Mail
from store import unit_of_work
from tests.builders import a_person
from tests.web.house import House, opened_house


class Nowhere:
    """A mailer of a server that takes everything."""

    def send(self, mail: Mail) -> None:
        pass


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened_house(tmp_path, settings={"sign_in_links_per_address": 3}, mailer=Nowhere()) as made:
        made.save(replace(a_person("gone"), is_active=False))
        yield made


def jobs_in(house: House) -> int:
    with unit_of_work(house.context.engine) as store:
        return store.jobs.count_due(house.context.clock())


def test_the_answer_is_equal_for_known_unknown_and_inactive_addresses(house: House) -> None:
    answers = [
        house.browser().post("/sign-in", data={"email": email})
        for email in ("p1@example.org", "nobody@example.org", "gone@example.org")
    ]
    told = [(answer.status_code, answer.text, dict(answer.headers)) for answer in answers]
    assert told[0] == told[1] == told[2]
    assert answers[0].headers["location"] == "/sign-in?sent=1"
    assert jobs_in(house) == 3
    assert "If this address is known here" in house.browser().get("/sign-in?sent=1").text


@pytest.mark.parametrize("email", ["", "nora", "a@", "@b", "a b@c", '"><script>'])
def test_what_is_no_address_is_told_beside_the_field_and_kept(email: str, house: House) -> None:
    answered = house.browser().post("/sign-in", data={"email": email}, headers={"Accept-Language": "ru"})
    assert answered.status_code == 422
    assert "Напишите адрес почты целиком" in answered.text
    assert "<script>" not in answered.text.partition("<main")[2]
    assert jobs_in(house) == 0


def test_of_many_requests_for_one_address_only_some_are_taken_known_or_not(house: House) -> None:
    for email in ("p1@example.org", "nobody@example.org"):
        spellings = (email, email.upper(), f" {email}", email, email)
        statuses = [house.browser().post("/sign-in", data={"email": some}).status_code for some in spellings]
        assert statuses == [303, 303, 303, 429, 429]
    assert jobs_in(house) == 6
    house.after = timedelta(minutes=31)
    assert house.browser().post("/sign-in", data={"email": "p1@example.org"}).status_code == 303


def test_of_many_addresses_from_one_visitor_only_some_are_taken(house: House) -> None:
    asked = [house.browser().post("/sign-in", data={"email": f"a{number}@example.org"}) for number in range(61)]
    assert [answer.status_code for answer in asked] == [303] * 60 + [429]
    assert int(asked[-1].headers["retry-after"]) >= 1
    assert "That was too often" in asked[-1].text


def test_without_a_mail_server_the_page_says_whom_to_ask(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    with opened_house(tmp_path / "bare") as bare:
        page = bare.browser().get("/sign-in").text
        assert "Ask the people who run this server for one." in page
        assert "email" not in page
        assert bare.browser().post("/sign-in", data={"email": "p1@example.org"}).status_code == 404
