"""The demo's own sessions get agendas that pass with ninety, in both languages."""

from pathlib import Path

import pytest

from domain.agendas import Agenda
from domain.language import Language
from domain.sessions import MentoringSession, SessionStatus
from domain.topics import Topic
from prep import Verdict, judge_agenda, topic_text
from services.context import Context
from services.draft_agenda import keep_template
from services.fill_demo import fill_demo
from services.starter import publish_starter_catalog
from store import Engine, unit_of_work
from tests.builders import NOW
from tests.databases import empty_all_tables
from tests.services.conftest import a_context


@pytest.fixture(scope="module")
def demo(migrated: Engine, tmp_path_factory: pytest.TempPathFactory) -> Context:
    empty_all_tables(migrated)
    publish_starter_catalog(migrated, NOW)
    context = a_context(migrated, Path(tmp_path_factory.mktemp("demo")))
    fill_demo(context)
    return context


@pytest.fixture(scope="module")
def sessions(demo: Context) -> list[MentoringSession]:
    with unit_of_work(demo.engine) as store:
        return sorted(store.sessions.list(), key=lambda session: (session.created_at, session.id))


@pytest.fixture(scope="module")
def topics(demo: Context) -> dict[str, Topic]:
    with unit_of_work(demo.engine) as store:
        return {topic.id: topic for topic in store.catalog.current().topics}


def judged(session: MentoringSession, agenda: Agenda, topic: Topic) -> Verdict:
    people = len(session.mentee_ids)
    return judge_agenda(agenda, people=people, known_text=topic_text(topic, agenda.language))


@pytest.mark.parametrize("language", list(Language))
def test_every_session_gets_an_agenda_that_passes_with_ninety(
    demo: Context, sessions: list[MentoringSession], topics: dict[str, Topic], language: Language
) -> None:
    ahead = [session for session in sessions if session.status in (SessionStatus.BOOKED, SessionStatus.REQUESTED)]
    held = [session for session in sessions if session.status is SessionStatus.HELD]
    for session in ahead + held[::4]:
        agenda = keep_template(demo, session.id, language).agenda
        verdict = judged(session, agenda, topics[session.topic_id])
        assert verdict.passes, (session.id, verdict.violations, verdict.below_floor)
        assert verdict.score >= 90, (session.id, verdict.parts)
