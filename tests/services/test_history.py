"""What the replay reads: everything that was written, with embeddings that may be gone from the store."""

from dataclasses import replace

from domain.suggestions import Need, NeedKind
from embeddings import silent, text_hash
from recommender.evaluate.past_requests import Today
from services.context import Context
from services.history import read_records, read_today
from services.index import refresh_index
from store import unit_of_work
from tests.builders import NOW, a_goal, a_session
from tests.services.conftest import hold_a_session

TEXT = "I do everything myself, nobody else can do it"


def today_of(context: Context) -> Today:
    with unit_of_work(context.engine) as store:
        return read_today(context, store, read_records(store), silent)


def test_goals_are_read_open_and_closed_feedback_by_its_author_gaps_by_person(running: Context) -> None:
    hold_a_session(running)
    with unit_of_work(running.engine, write=True) as store:
        store.goals.save([replace(a_goal("g2", text="another"), closed_at=NOW)])
    with unit_of_work(running.engine) as store:
        records = read_records(store)
    assert [goal.id for goal in records.goals["p1"]] == ["g1", "g2"]
    assert [one.id for one in records.feedback["p1"]] == ["f0"]
    assert [(gap.skill_id, gap.size) for gap in records.gaps["p1"]] == [("delegation", 2)]
    assert [session.id for session in records.sessions] == ["s0"]


def test_a_need_without_a_vector_is_embedded_and_not_kept(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([a_session()])
        store.goals.close("p1", "g1", NOW)
    refresh_index(running)
    assert len(today_of(running).read_need(Need(NeedKind.GOAL, TEXT, a_goal().language)).vectors)
    with unit_of_work(running.engine) as store:
        assert text_hash(TEXT) not in store.vectors.hashes(running.encoder.id)
