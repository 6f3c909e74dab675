"""The ledger: what was sent, and what it cost since when and for whom."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from domain.errors import InvalidInput
from domain.llm_calls import Spent
from store import unit_of_work
from tests.builders import NOW, a_session, an_llm_call

EARLIER = NOW - timedelta(days=1)


@pytest.fixture
def with_session(company: Engine) -> Engine:
    with unit_of_work(company, write=True) as store:
        store.sessions.save([a_session("s1")])
    return company


def test_a_call_comes_back_as_it_was_made_with_those_of_its_session(with_session: Engine) -> None:
    told = an_llm_call("c2", session_id="s1", person_id="m1", fact_numbers=(1, 3), sent="«Факт» 1")
    failed = an_llm_call("c1", session_id="s1", at=EARLIER, outcome="timeout", usd=None)
    with unit_of_work(with_session, write=True) as store:
        for call in (told, failed, an_llm_call("c3")):
            store.llm_calls.add(call)
        assert store.llm_calls.of_session("s1") == [failed, told]
        assert store.llm_calls.of_session("s404") == []


def test_what_was_spent_adds_up_by_time_person_and_purpose(with_session: Engine) -> None:
    with unit_of_work(with_session, write=True) as store:
        store.llm_calls.add(an_llm_call("c1", at=EARLIER, person_id="m1"))
        store.llm_calls.add(an_llm_call("c2", person_id="m1", usd=0.25))
        store.llm_calls.add(an_llm_call("c3", person_id="p1", usd=None, purpose="topic"))
        spent = store.llm_calls.spent
        assert spent(EARLIER) == Spent(3, 300, 60, 0.75)
        assert spent(NOW) == Spent(2, 200, 40, 0.25)
        assert spent(EARLIER, "m1") == Spent(2, 200, 40, 0.75)
        assert spent(EARLIER, purpose="topic") == Spent(1, 100, 20, 0.0)
        assert spent(NOW, "p2") == Spent()
        assert spent(NOW).tokens == 240


def test_old_calls_are_purged(with_session: Engine) -> None:
    with unit_of_work(with_session, write=True) as store:
        store.llm_calls.add(an_llm_call("c1", at=EARLIER, session_id="s1"))
        store.llm_calls.add(an_llm_call("c2", session_id="s1"))
        assert store.llm_calls.purge_before(NOW) == 1
        assert [call.id for call in store.llm_calls.of_session("s1")] == ["c2"]


def test_a_call_for_somebody_unknown_is_refused(with_session: Engine) -> None:
    with unit_of_work(with_session, write=True) as store:
        with pytest.raises(InvalidInput, match="person_id must name something that is stored, got p404"):
            store.llm_calls.add(an_llm_call(person_id="p404"))
        with pytest.raises(InvalidInput, match="session_id must name something that is stored, got s404"):
            store.llm_calls.add(an_llm_call(session_id="s404"))
