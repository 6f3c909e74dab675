"""Mentors' offers."""

from datetime import time, timedelta

import pytest
from sqlalchemy import Engine

from domain.errors import InvalidInput
from domain.language import Language
from domain.people import Format, WeeklyHours
from store import unit_of_work
from tests.builders import NOW, an_offer


def test_an_offer_comes_back_as_saved(company: Engine) -> None:
    offer = an_offer(
        topic_ids=frozenset({"say-no-kindly", "delegate-work"}),
        formats=frozenset({Format.CHAT, Format.ONE_TO_ONE}),
        language=Language.RU,
        weekly_hours=(WeeklyHours(4, time(16, 45), time(23, 59, 59)), WeeklyHours(0, time(0), time(9, 15))),
        paused_until=NOW + timedelta(days=7),
    )
    with unit_of_work(company, write=True) as store:
        assert store.offers.save([offer]) == 1
        assert store.offers.save([offer]) == 0
    with unit_of_work(company) as store:
        assert store.offers.get("m1") == offer
        assert store.offers.get("p1") is None


def test_offers_come_by_mentor(company: Engine) -> None:
    offers = [an_offer("m2", topic_ids=frozenset()), an_offer("m1", weekly_hours=())]
    with unit_of_work(company, write=True) as store:
        store.offers.save(offers)
        assert store.offers.list() == [offers[1], offers[0]]


def test_a_topic_that_is_no_longer_offered_goes(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.offers.save([an_offer("m1"), an_offer("m2")])
        assert store.offers.save([an_offer("m1", topic_ids=frozenset({"say-no-kindly"})), an_offer("m2")]) == 1
        offered = {offer.mentor_id: offer.topic_ids for offer in store.offers.list()}
    assert offered == {"m1": {"say-no-kindly"}, "m2": {"delegate-work"}}


def test_an_unknown_topic_or_mentor_is_named(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        with pytest.raises(InvalidInput, match=r"topic_id .* got juggling"):
            store.offers.save([an_offer(topic_ids=frozenset({"juggling"}))])
        with pytest.raises(InvalidInput, match=r"mentor_id .* got m404"):
            store.offers.save([an_offer("m404")])
