"""What is a person's, or names them, without a key: words of their sessions, ids inside JSON, caches of words."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Text, cast, delete, func, or_, select, update

from domain.suggestions import TopicSuggestion
from store.booking_tables import session_rooms
from store.dataclass_json import all_from_json, to_json
from store.drafting_tables import draft_cache, jobs, llm_calls
from store.rows import chunks, rows_in
from store.tables import agendas, cohort_unmatched, session_mentees, sessions, settings, suggestion_sets
from store.work import Work

Rows = list[dict[str, Any]]


class PersonTraces:
    """Queries for these places, one by one."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def session_ids(self, person_id: str) -> list[str]:
        """Return the sessions in which the person takes part on either side, by id."""
        seats = select(session_mentees.c.session_id).where(session_mentees.c.person_id == person_id)
        query = select(sessions.c.id).where(or_(sessions.c.mentor_id == person_id, sessions.c.id.in_(seats)))
        return list(self._work.connection.execute(query.order_by(sessions.c.id)).scalars())

    def sessions(self, person_id: str) -> Rows:
        """Return the sessions in which the person takes part, by id."""
        return self._rows(sessions, sessions.c.id, self.session_ids(person_id))

    def agendas(self, person_id: str) -> Rows:
        """Return every version of the agendas of these sessions."""
        return self._rows(agendas, agendas.c.session_id, self.session_ids(person_id))

    def llm_calls(self, person_id: str) -> Rows:
        """Return what a model was sent for the person or for one of these sessions, oldest first."""
        own = self._rows(llm_calls, llm_calls.c.session_id, self.session_ids(person_id))
        own += self._rows(llm_calls, llm_calls.c.person_id, [person_id])
        once = {row["id"]: row for row in own}
        return sorted(once.values(), key=lambda row: (row["at"], row["id"]))

    def clear_words(self, person_id: str) -> None:
        """Empty what the person wrote into sessions they asked for: the need, and the step after."""
        asked = select(session_mentees.c.session_id)
        asked = asked.where(session_mentees.c.person_id == person_id, session_mentees.c.position == 0)
        emptied = update(sessions).where(sessions.c.id.in_(asked)).values(need="", next_step="", next_step_due=None)
        self._work.writing.execute(emptied)

    def clear_places(self, person_id: str) -> None:
        """Empty the links and rooms of sessions that the person mentors: they are often the mentor's own."""
        self._work.writing.execute(update(sessions).where(sessions.c.mentor_id == person_id).values(place=""))

    def forget_rooms(self, person_id: str) -> None:
        """Forget the rooms that were opened for calls the person hosts."""
        hosted = select(sessions.c.id).where(sessions.c.mentor_id == person_id)
        self._work.writing.execute(delete(session_rooms).where(session_rooms.c.session_id.in_(hosted)))

    def delete_agendas(self, person_id: str) -> None:
        """Delete the agendas of these sessions: they rest on words and roles of everybody in them."""
        for some in chunks(self.session_ids(person_id)):
            self._work.writing.execute(delete(agendas).where(agendas.c.session_id.in_(some)))

    def delete_llm_calls(self, person_id: str) -> None:
        """Delete what a model was sent for these sessions."""
        for some in chunks(self.session_ids(person_id)):
            self._work.writing.execute(delete(llm_calls).where(llm_calls.c.session_id.in_(some)))

    def delete_suggested(self, person_id: str) -> None:
        """Take the person out of what others were suggested, with the words about them."""
        names = cast(suggestion_sets.c.topics, Text).contains(_quoted(person_id), autoescape=True)
        for row in self._work.connection.execute(select(suggestion_sets).where(names)).mappings().all():
            topics = [_without(topic, person_id) for topic in all_from_json(TopicSuggestion, row["topics"])]
            kept = update(suggestion_sets).where(suggestion_sets.c.id == row["id"])
            self._work.writing.execute(kept.values(topics=to_json(tuple(topics))))

    def delete_unmatched(self, person_id: str) -> None:
        """Take the person out of the mentors who did not fit somebody of a cohort."""
        table = cohort_unmatched
        names = cast(table.c.mentor_ids, Text).contains(_quoted(person_id), autoescape=True)
        for row in self._work.connection.execute(select(table).where(names)).mappings().all():
            is_this = [table.c[name] == row[name] for name in ("cohort_id", "number", "mentee_id")]
            left = [mentor_id for mentor_id in row["mentor_ids"] if mentor_id != person_id]
            self._work.writing.execute(update(table).where(*is_this).values(mentor_ids=left))

    def delete_jobs(self, person_id: str) -> None:
        """Delete the jobs that name the person, in their payload or in their key, whatever their state."""
        named = cast(jobs.c.payload, Text).contains(_quoted(person_id), autoescape=True)
        keyed = func.instr if self._work.connection.dialect.name == "sqlite" else func.strpos
        found = self._work.connection.execute(
            select(jobs).where(or_(named, keyed(jobs.c.key, person_id) > 0))
        ).mappings()
        gone = [row["id"] for row in found if person_id in row["key"].split(":") or _holds(row["payload"], person_id)]
        for some in chunks(gone):
            self._work.writing.execute(delete(jobs).where(jobs.c.id.in_(some)))

    def unname_settings(self, person_id: str) -> None:
        """Let no history of a setting say that the person made a change."""
        for row in self._work.connection.execute(select(settings)).mappings().all():
            if _holds(row["value"], person_id):
                changed = _unnamed(row["value"], person_id)
                self._work.writing.execute(update(settings).where(settings.c.key == row["key"]).values(value=changed))

    def empty_draft_cache(self, person_id: str) -> None:
        """Empty the cache of a model's answers: it does not say in whose words they are, and fills itself again."""
        self._work.writing.execute(delete(draft_cache))

    def _rows(self, table: Any, column: Any, keys: Sequence[str]) -> Rows:
        query = select(table).order_by(*table.primary_key.columns)
        return [dict(row) for row in rows_in(self._work.connection, query, column, keys)]


def _quoted(person_id: str) -> str:
    """Return the id as it stands in stored JSON."""
    return json.dumps(person_id, ensure_ascii=False)


def _unnamed(value: Any, person_id: str) -> Any:
    """Return the same JSON with "" wherever a `person_id` is this one."""
    if isinstance(value, list):
        return [_unnamed(one, person_id) for one in value]
    if isinstance(value, dict):
        is_own = value.get("person_id") == person_id
        return {name: _unnamed(one, person_id) for name, one in value.items()} | ({"person_id": ""} if is_own else {})
    return value


def _without(topic: TopicSuggestion, person_id: str) -> TopicSuggestion:
    mentors = tuple(one for one in topic.mentors if one.mentor_id != person_id)
    excluded = tuple(gone for gone in topic.excluded_mentors if gone.candidate_id != person_id)
    return replace(topic, mentors=mentors, excluded_mentors=excluded)


def _holds(value: Any, person_id: str) -> bool:
    """Say whether the id is one of the texts inside JSON."""
    if isinstance(value, dict):
        return any(_holds(inner, person_id) for inner in (*value, *value.values()))
    if isinstance(value, list):
        return any(_holds(inner, person_id) for inner in value)
    return bool(value == person_id)
