"""A person with a trace in every place that can hold one, each trace with a word of its own that can be looked for."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Column, Table, insert, select
from sqlalchemy.types import JSON, Boolean, Date, DateTime, Float, Integer, LargeBinary

from domain.blocks import Block
from domain.language import Language
from domain.people import Format, GoalRole, LevelChange, Role
from domain.sessions import SessionStatus
from services.context import Context
from services.index import refresh_index
from store import Engine, unit_of_work
from store.tables import metadata
from tests.builders import (
    NOW,
    a_feedback,
    a_goal,
    a_person,
    a_session,
    a_suggestion_set,
    an_agenda,
    an_llm_call,
    an_offer,
    held,
)

HELD = SessionStatus.HELD
WHO = "canary-id"
CANARIES = (
    WHO,
    "Canaryname",
    "canary-mail",
    "canary-title",
    "canary-department",
    "canary-goal",
    "canary-wish",
    "canary-need",
    "canary-step",
    "canary-open",
    "canary-biography",
    "canary-agenda",
    "canary-sent",
    "canary-cached",
    "canary-typed",
    "canary-reason",
    "canary-note",
    "canary-chat",
    "canary-place",
    "canary-account",
    "canary-group-need",
)
"""The words, one per place."""


def live_a_life(context: Context) -> None:
    """Let the person be a mentee and a mentor, with past and future sessions, words, calls to a model and jobs."""
    with unit_of_work(context.engine, write=True) as store:
        _write(store)
    _fill_the_rest(context.engine)
    refresh_index(context)


def _write(store: Any) -> None:
    both = frozenset({Role.MENTEE, Role.MENTOR})
    own = {"department": "canary-department", "job_title": "canary-title", "email": "canary-mail@example.org"}
    store.people.save([a_person(WHO, name="Canaryname Bird", target_role_id="team-lead", roles=both, **own)])
    store.people.save([replace(store.people.get("p1"), manager_id=WHO)])
    store.people.save_held([held(WHO, "delegation", 2)])
    store.level_changes.add([LevelChange(WHO, "delegation", NOW, 2)])
    store.passed_topics.add(WHO, "speak-up", NOW)
    store.goals.save([a_goal("gc", WHO, text="canary-goal of mine")])
    store.goal_roles.save(GoalRole(WHO, "canary-wish to lead", Language.EN))
    store.goal_roles.strike(WHO, ["sql"])
    store.offers.save([an_offer(WHO, biography="I wrote a canary-biography and led three teams")])
    past = {"status": HELD, "starts_at": NOW - timedelta(days=9), "created_at": NOW - timedelta(days=20)}
    as_mentee = a_session("c1", mentee_ids=(WHO,), need="canary-need here", next_step="canary-step now", **past)
    past["starts_at"] = NOW - timedelta(days=5)
    as_mentor = a_session("c2", mentor_id=WHO, place="https://canary-place", next_step="Hand over one", **past)
    group = a_session("c3", mentee_ids=(WHO, "p1"), need="canary-group-need", seats=4, format=Format.GROUP)
    coming = a_session("c4", mentor_id=WHO, starts_at=NOW + timedelta(days=4))
    asked = a_session("c5", mentor_id="m2", mentee_ids=(WHO,), status=SessionStatus.REQUESTED, starts_at=None)
    store.sessions.save([as_mentee, as_mentor, group, coming, asked])
    store.feedback.save(
        [
            a_feedback("fc", session_id="c1", author_id=WHO, still_open="canary-open still", rating=5),
            a_feedback("fp", session_id="c2", author_id="p1", still_open="how to begin"),
        ]
    )
    store.agendas.add("c1", an_agenda(title="canary-agenda"), NOW, edited_by=WHO)
    store.agendas.add("c2", an_agenda(title="canary-title leads"), NOW)
    store.llm_calls.add(an_llm_call("cc", person_id=WHO, sent='[{"role": "user", "content": "canary-sent"}]'))
    store.llm_calls.add(an_llm_call("cs", session_id="c1", sent='[{"role": "user", "content": "canary-sent"}]'))
    store.draft_cache.put("key", "canary-cached", "model", NOW)
    store.consents.give(WHO, NOW)
    store.blocks.add(Block(WHO, "m2", NOW))
    store.blocks.add(Block("m1", WHO, NOW))
    store.suggestions.add(a_suggestion_set("own", person_id=WHO, need="canary-typed"))
    topic = a_suggestion_set().topics[0]
    other = replace(
        topic.mentors[0], mentor_id=WHO, reasons=(replace(topic.mentors[0].reasons[0], text="canary-reason"),)
    )
    store.suggestions.add(a_suggestion_set("theirs", topics=(replace(topic, mentors=(other, *topic.mentors)),)))
    store.jobs.add("notice", f"digest:{WHO}", {"session_id": "c4"}, NOW)
    store.jobs.add("notice", "reminder:c4", {"to": [{"person": WHO}]}, NOW)
    store.jobs.add("notice", "reminder:c9", {"to": ["m1"]}, NOW)


WORDS = {
    "session_notes.text": "canary-note",
    "chat_messages.text": "canary-chat",
    "calendar_connections.account": "canary-account",
}
VALUES: dict[str, Any] = {
    "availability.session_minutes": [20],
    "calendar_connections.kind": "caldav",
    "cohort_proposals.status": "proposed",
    "session_events.action": "hold",
    "step_answers.answer": "done",
    "topic_drafts.status": "open",
}
_numbers = count(1)


def _fill_the_rest(engine: Engine) -> None:
    """Give every table with a key to a person, and none of theirs yet, one row, whatever its columns are."""
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            keys = [column for column in table.columns if _names_person(column)]
            for key in keys:
                if not connection.execute(select(table).where(key == WHO)).first():
                    _fill_parents(connection, table)
                    connection.execute(insert(table), _row(table) | {key.name: WHO})


def _fill_parents(connection: Any, table: Table) -> None:
    for key in table.foreign_keys:
        parent = key.column.table
        if parent.name.startswith("cohort") and not connection.execute(select(parent)).first():
            _fill_parents(connection, parent)
            connection.execute(insert(parent), _row(parent))


def _names_person(column: Column[Any]) -> bool:
    return any(key.column.table.name in ("people", "mentor_offers") for key in column.foreign_keys)


def _row(table: Table) -> dict[str, Any]:
    return {column.name: _value(table, column) for column in table.columns if not _is_left_out(column)}


def _is_left_out(column: Column[Any]) -> bool:
    return column.nullable and not column.primary_key


def _value(table: Table, column: Column[Any]) -> Any:
    place, known = f"{table.name}.{column.name}", {"session_id": "c1", "topic_id": "speak-up", "skill_id": "sql"}
    if _names_person(column):
        return "m1"
    if place in WORDS or place in VALUES:
        return WORDS.get(place) or VALUES[place]
    if column.name in known:
        return known[column.name]
    if column.name in ("cohort_id", "id") and table.name.startswith("cohort"):
        return "cohort"
    return _plain(column)


def _whole(column: Column[Any]) -> int:
    place = f"{column.table.name}.{column.name}"
    return {"session_events.number": 100 + next(_numbers), "availability.buffer_minutes": 5}.get(place, 1)


def _plain(column: Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, (Integer, Float)):
        return _whole(column)
    if isinstance(kind, LargeBinary):
        return b"sealed"
    if isinstance(kind, JSON):
        return [WHO] if column.name == "mentor_ids" else []
    if isinstance(kind, Date):
        return date(2026, 3, 2)
    if isinstance(kind, DateTime) or "DateTime" in type(kind).__name__:
        return NOW + timedelta(minutes=next(_numbers)) if column.name != "starts_at" else NOW
    return f"word-{next(_numbers)}"
