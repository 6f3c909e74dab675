"""Stores for the use cases: a small catalog, and a small company that asks for it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.people import Role
from domain.sessions import SessionStatus
from domain.topics import Topic
from services.context import Context, LazyEncoder
from services.index import refresh_index
from services.spaces import EncoderName, Spaces
from store import Engine, migrate, unit_of_work
from tests.builders import (
    NOW,
    a_feedback,
    a_goal,
    a_person,
    a_role,
    a_session,
    a_skill,
    a_topic,
    an_area,
    an_offer,
    held,
    local,
    locals_of,
)
from tests.databases import KINDS, empty_all_tables, new_database, opened
from tests.fakes.encoder import FakeEncoder


@pytest.fixture(scope="session", params=KINDS)
def migrated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with new_database(request.param, tmp_path_factory.mktemp("services")) as url, opened(url) as engine:
        migrate(engine)
        yield engine


@pytest.fixture
def stocked(migrated: Engine) -> Engine:
    """A store with one area, four topics, two skills and one role."""
    empty_all_tables(migrated)
    with unit_of_work(migrated, write=True) as store:
        store.catalog.publish([an_area()], [a_skill(), a_skill("sql")], some_topics(), "for tests", NOW)
        store.roles.save([a_role()])
    return migrated


@pytest.fixture
def running(stocked: Engine, tmp_path: Path) -> Context:
    """A company of four, embedded and indexed: mentee p1 with a goal and a gap, mentors m1 and m2, HR h1."""
    with unit_of_work(stocked, write=True) as store:
        store.people.save(
            [
                a_person("p1", target_role_id="team-lead"),
                a_person("m1", roles=frozenset({Role.MENTOR}), job_title="Team lead"),
                a_person("m2", roles=frozenset({Role.MENTOR})),
                a_person("h1", roles=frozenset({Role.HR})),
            ]
        )
        store.people.save_held([held("p1", "delegation", 1)])
        store.goals.save([a_goal(text="I do everything myself, nobody else can do it")])
        store.offers.save([an_offer("m1"), an_offer("m2", topic_ids=frozenset({"delegate-work", "write-clearly"}))])
    context = a_context(stocked, tmp_path)
    refresh_index(context)
    return context


def a_context(engine: Engine, folder: Path, encoder: FakeEncoder | None = None) -> Context:
    """Return a context at NOW with a fake encoder, both languages."""
    used = encoder or FakeEncoder()
    name = EncoderName(used.id, used.languages)
    spaces = Spaces(name, folder / "indexes", run_later=lambda job: job())
    return Context(engine, lambda: NOW, LazyEncoder(name, lambda: used), spaces)


def some_topics() -> list[Topic]:
    """Return four topics that share no word."""
    texts = {
        "delegate-work": ("Handing work over", "I do everything myself", "nobody else can do it"),
        "write-clearly": ("Clear mails", "my messages get no answer", "people skim what they receive"),
        "speak-up": ("Speaking up", "at meetings my voice freezes", "louder colleagues interrupt"),
        "read-plans": ("Slow queries", "this report takes minutes", "database eats all memory"),
    }
    return [
        a_topic(key, title=local(title), summary=local(title), aliases=locals_of(title), phrases=locals_of(*phrases))
        for key, (title, *phrases) in texts.items()
    ]


def hold_a_session(context: Context) -> None:
    """Let p1 and m1 have met on delegate-work five weeks ago, with a next step and feedback."""
    before = NOW - timedelta(days=35)
    session = a_session("s0", status=SessionStatus.HELD, starts_at=before, created_at=before, next_step="Hand over one")
    with unit_of_work(context.engine, write=True) as store:
        store.sessions.save([session])
        store.feedback.save([a_feedback("f0", session_id="s0", still_open="people skim what they receive")])
    refresh_index(context)
