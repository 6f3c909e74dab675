"""What the database itself refuses, and where people are named."""

from typing import Any

import pytest
from sqlalchemy import Engine, Table, delete, insert
from sqlalchemy.exc import IntegrityError

from store import drafting_tables, tables, unit_of_work
from tests.builders import NOW, a_goal, a_session

SESSION = {
    "id": "s9",
    "topic_id": "delegate-work",
    "mentor_id": "m1",
    "format": "chat",
    "minutes": 20,
    "status": "held",
    "need": "",
    "created_at": NOW,
    "next_step": "",
}
FEEDBACK = {
    "id": "f9",
    "session_id": "s1",
    "author_id": "p1",
    "rating": 3,
    "still_open": "",
    "language": "en",
    "created_at": NOW,
    "level_before": 0,
    "level_after": 4,
}
OFFER = {
    "mentor_id": "m1",
    "capacity_minutes_per_week": 0,
    "formats": [],
    "biography": "",
    "language": "en",
    "weekly_hours": [],
}
HELD = {"person_id": "p1", "skill_id": "delegation", "level": 4}
REQUIRED = {"role_id": "team-lead", "skill_id": "saying-no", "level": 0}
BLOCK = {"person_id": "p1", "blocked_id": "m1", "created_at": NOW}
JOB = {
    "id": "j9",
    "kind": "note",
    "key": "note:1",
    "payload": {},
    "run_at": NOW,
    "state": "queued",
    "attempts": 0,
    "last_error": "",
    "created_at": NOW,
}
CONSENT = {"person_id": "p1", "given_at": NOW}
LABEL = {"name": "agenda", "label": "live", "number": 1, "version": "v1", "set_at": NOW, "set_by": "p1"}
DRAFT = {
    "id": "d9",
    "status": "open",
    "title": {},
    "content": {},
    "needs_count": 0,
    "created_at": NOW,
}
VECTOR = {"encoder_id": "e", "text_hash": "h", "dim": 1, "vector": b"\0\0\0\0"}

ACCEPTED = [
    (tables.sessions, SESSION),
    (tables.feedback, FEEDBACK),
    (tables.mentor_offers, OFFER),
    (tables.held_skills, HELD),
    (tables.role_requirements, REQUIRED),
    (tables.blocks, BLOCK),
    (tables.vectors, VECTOR),
    (drafting_tables.jobs, JOB),
    (drafting_tables.llm_consents, CONSENT),
    (drafting_tables.prompt_labels, LABEL),
    (drafting_tables.topic_drafts, DRAFT),
]
REFUSED = [
    (tables.sessions, SESSION | {"minutes": 14}),
    (tables.sessions, SESSION | {"minutes": 31}),
    (tables.sessions, SESSION | {"mentor_id": "m404"}),
    (tables.sessions, SESSION | {"topic_id": "juggling"}),
    (tables.feedback, FEEDBACK | {"rating": 0}),
    (tables.feedback, FEEDBACK | {"rating": 6}),
    (tables.feedback, FEEDBACK | {"level_before": -1}),
    (tables.feedback, FEEDBACK | {"level_after": 5}),
    (tables.mentor_offers, OFFER | {"capacity_minutes_per_week": -1}),
    (tables.held_skills, HELD | {"level": 5}),
    (tables.held_skills, HELD | {"level": -1}),
    (tables.held_skills, HELD | {"skill_id": "knitting"}),
    (tables.role_requirements, REQUIRED | {"level": 5}),
    (tables.blocks, BLOCK | {"blocked_id": "p1"}),
    (tables.blocks, BLOCK | {"blocked_id": "m404"}),
    (tables.vectors, VECTOR | {"dim": 0}),
    (drafting_tables.jobs, JOB | {"state": "lost"}),
    (drafting_tables.jobs, JOB | {"attempts": -1}),
    (drafting_tables.llm_consents, CONSENT | {"person_id": "p404"}),
    (drafting_tables.prompt_labels, LABEL | {"number": 0}),
    (drafting_tables.prompt_labels, LABEL | {"set_by": "p404"}),
    (drafting_tables.topic_drafts, DRAFT | {"status": "shelved"}),
    (drafting_tables.topic_drafts, DRAFT | {"needs_count": -1}),
]


def put(engine: Engine, table: Table, row: dict[str, Any]) -> None:
    with engine.begin() as connection:
        connection.execute(insert(table), row)


@pytest.fixture
def with_session(company: Engine) -> Engine:
    with unit_of_work(company, write=True) as store:
        store.sessions.save([a_session("s1")])
    return company


@pytest.mark.parametrize(("table", "row"), ACCEPTED)
def test_the_database_takes_a_row_within_the_rules(with_session: Engine, table: Table, row: dict[str, Any]) -> None:
    put(with_session, table, row)


@pytest.mark.parametrize(("table", "row"), REFUSED)
def test_the_database_refuses_a_row_against_a_rule(with_session: Engine, table: Table, row: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        put(with_session, table, row)


def test_a_person_with_goals_cannot_just_vanish(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.goals.add(a_goal())
    with pytest.raises(IntegrityError), company.begin() as connection:
        connection.execute(delete(tables.people).where(tables.people.c.id == "p1"))


def test_every_column_that_names_a_person_is_known() -> None:
    keyed = {
        f"{column.table.name}.{column.name}"
        for table in tables.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table in (tables.people, tables.mentor_offers)
    }
    assert keyed == {
        "cohort_mentees.mentee_id",
        "cohort_pairs.mentee_id",
        "cohort_pairs.mentor_id",
        "cohort_unmatched.mentee_id",
        "cohort_wishes.mentee_id",
        "cohort_wishes.mentor_id",
        "agendas.edited_by",
        "blocks.blocked_id",
        "blocks.person_id",
        "catalog_publishers.person_id",
        "feedback.author_id",
        "goal_roles.person_id",
        "goals.person_id",
        "held_skills.person_id",
        "llm_calls.person_id",
        "llm_consents.person_id",
        "mentor_offers.mentor_id",
        "offered_topics.mentor_id",
        "people.manager_id",
        "prompt_labels.set_by",
        "prompt_versions.created_by",
        "session_mentees.person_id",
        "sessions.mentor_id",
        "sign_in_links.person_id",
        "struck_skills.person_id",
        "suggestion_sets.person_id",
        "topic_drafts.decided_by",
        "absences.person_id",
        "api_tokens.person_id",
        "availability.person_id",
        "busy_times.person_id",
        "calendar_connections.person_id",
        "calendar_events.person_id",
        "chat_messages.author_id",
        "date_hours.person_id",
        "idempotency_keys.person_id",
        "identities.person_id",
        "leavers.person_id",
        "level_changes.person_id",
        "logins.person_id",
        "passed_topics.person_id",
        "session_events.by_person",
        "session_events.counts_for",
        "session_notes.author_id",
        "step_answers.person_id",
        "taken_quanta.person_id",
        "waiting_list.person_id",
    }
