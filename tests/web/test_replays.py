"""Incoming links cannot be replayed: a thousand times once more, and nothing happens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.sessions import SessionStatus
from services.access import create_sign_in_token
from services.booking.request import Wish, request_session
from services.links import Purpose
from store import unit_of_work
from tests.builders import NOW, a_person, an_offer
from tests.fakes.http_server import running
from tests.fakes.openid_server import OpenIdServer
from tests.proofs.report import record
from tests.web.house import House, opened_house
from tests.web.test_sign_on import sent_to, with_provider

pytestmark = pytest.mark.promise
REPLAYS = 1_000
AT = NOW + timedelta(days=7, hours=1)  # a Monday, within the hours of the offer


@dataclass
class Effects:
    """Everything that could show an effect: how many rows there are, and how far the session has come."""

    house: House

    def seen(self) -> dict[str, int]:
        tables = ("logins", "identities", "jobs", "sessions", "session_events", "people")
        with self.house.context.engine.connect() as connection:
            found = {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables}  # noqa: S608
            found["revision"] = connection.execute(text("SELECT coalesce(sum(revision), 0) FROM sessions")).scalar_one()
        return found


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened_house(tmp_path) as made:
        made.save(a_person("m1"))
        with unit_of_work(made.context.engine, write=True) as store:
            store.offers.save([an_offer("m1")])
        yield made


def test_a_link_to_answer_books_once(house: House) -> None:
    receipt = request_session(house.context, "p1", Wish("delegate-work", "m1", starts_at=AT))
    bound = {"session_id": receipt.session_id, "person_id": "m1"}
    address = f"/answer/{house.context.links.make(Purpose.ANSWER, bound)}"
    client = house.browser()
    sent = {"action": "accept", "revision": "0"}
    assert client.post(address, data=sent).status_code == 303
    with unit_of_work(house.context.engine) as store:
        assert store.sessions.get(receipt.session_id).status is SessionStatus.BOOKED
    before = Effects(house).seen()
    for number in range(REPLAYS):
        action = ("accept", "decline", "propose", "withdraw")[number % 4]
        assert client.post(address, data={**sent, "action": action}).status_code == 303
    assert Effects(house).seen() == before
    record("R13", "sqlite", {"answers replayed": REPLAYS, "effects": 0})


def test_a_link_to_sign_in_signs_in_once(house: House) -> None:
    address = f"/sign-in/{create_sign_in_token(house.context.engine, 'p1', NOW)}"
    assert house.browser().post(address).status_code == 303
    before = Effects(house).seen()
    thief = house.browser()
    assert {thief.post(address).status_code for _ in range(REPLAYS)} == {403}
    assert Effects(house).seen() == before
    assert before["logins"] == 1


def test_what_comes_back_from_a_provider_signs_in_once(tmp_path: Path) -> None:
    with running(OpenIdServer()) as server, with_provider(tmp_path, server.address) as house:
        client = house.browser()
        query = sent_to(client)
        back = {"code": server.agree(query), "state": query["state"]}
        thief = house.browser()
        thief.cookies.set("halfhour_attempt", client.cookies["halfhour_attempt"])
        assert client.get("/oidc/callback", params=back).headers["location"] == "/"
        before, asked = Effects(house).seen(), len(server.asked)
        places = {thief.get("/oidc/callback", params=back).headers["location"] for _ in range(REPLAYS)}
        assert places == {"/oidc/failed?why=late"}
        assert (Effects(house).seen(), len(server.asked)) == (before, asked)
