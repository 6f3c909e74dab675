"""Mentoring sessions and who takes part."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, insert, select, true
from sqlalchemy.engine import RowMapping

from domain.errors import NotFound
from domain.people import Format
from domain.sessions import LIVE, OPEN, MentoringSession, SessionStatus
from store.people import seen_as
from store.rows import changed, chunks, must_exist, replace_children, upsert
from store.tables import people, session_mentees, sessions, topics
from store.taken_times import keep_times, take_times
from store.work import Work

# `Sessions.list` hides the built-in name inside the class
MentoringSessions = list[MentoringSession]
MenteeIds = list[str]
Minutes = list[tuple[datetime, int]]

_AT = func.coalesce(sessions.c.starts_at, sessions.c.created_at)
_GIVEN = select(_AT, sessions.c.minutes).where(
    sessions.c.mentor_id == bindparam("of"),
    sessions.c.status.in_(bindparam("statuses", expanding=True)),
    bindparam("begins", type_=sessions.c.created_at.type) <= _AT,
    bindparam("ends", type_=sessions.c.created_at.type) > _AT,
    sessions.c.id != bindparam("without"),
)
_ASKED = (
    select(func.count())
    .select_from(session_mentees.join(sessions))
    .where(session_mentees.c.person_id == bindparam("by"), sessions.c.status.in_(sorted(OPEN)))
)


class Sessions:
    """Queries for mentoring sessions; lists come oldest first by creation, ties by id."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, session_id: str) -> MentoringSession:
        """Return the session; raise NotFound when there is none."""
        found = self._read(sessions.c.id == session_id)
        if not found:
            raise NotFound("session", session_id)
        return found[0]

    def lock(self, session_id: str) -> MentoringSession:
        """Return the session, which nobody else changes until this transaction ends; raise NotFound for none."""
        # on SQLite the transaction holds the only pen already
        self._work.writing.execute(select(sessions.c.id).where(sessions.c.id == session_id).with_for_update())
        return self.get(session_id)

    def live_of(self, person_id: str) -> MentoringSessions:
        """Return the sessions, as mentor or mentee, that are asked for or booked."""
        own = select(session_mentees.c.session_id).where(session_mentees.c.person_id == person_id)
        is_own = sessions.c.id.in_(own) | (sessions.c.mentor_id == person_id)
        return self._read(is_own & sessions.c.status.in_(sorted(LIVE)))

    def count_asked(self, person_id: str) -> int:
        """Return how many sessions the person, as a mentee, has asked for that are not booked yet."""
        return int(self._work.connection.execute(_ASKED, {"by": person_id}).scalar_one())

    def open_groups(self, after: datetime) -> MentoringSessions:
        """Return the groups that begin after that moment."""
        is_group = (sessions.c.format == Format.GROUP) & (sessions.c.status == SessionStatus.BOOKED)
        return self._read(is_group & (sessions.c.starts_at > after))

    def of_person(self, person_id: str) -> MentoringSessions:
        """Return the sessions in which the person is a mentee, whatever their status."""
        own = select(session_mentees.c.session_id).where(session_mentees.c.person_id == person_id)
        return self._read(sessions.c.id.in_(own))

    def of_many(self, person_ids: Iterable[str]) -> dict[str, MentoringSessions]:
        """Return the sessions of these people as mentees by person id, each as `of_person`; who has none is absent."""
        found: dict[str, MentoringSessions] = {}
        for some in chunks(set(person_ids)):
            own = select(session_mentees.c.session_id).where(session_mentees.c.person_id.in_(some))
            for session in self._read(sessions.c.id.in_(own)):
                for person_id in set(some).intersection(session.mentee_ids):
                    found.setdefault(person_id, []).append(session)
        return found

    def of_mentor(self, mentor_id: str) -> MentoringSessions:
        """Return the sessions that the person mentors, whatever their status."""
        return self._read(sessions.c.mentor_id == mentor_id)

    def minutes_given(
        self,
        mentor_id: str,
        statuses: Iterable[SessionStatus],
        begins: datetime,
        ends: datetime,
        without: str | None = None,
    ) -> Minutes:
        """Return (time, minutes) of the mentor's sessions of these statuses within the span, in no order.

        A session without a time stands at the time when it was asked for; `without` is the id of one to leave out.
        """
        wanted = {
            "of": mentor_id,
            "statuses": sorted(statuses),
            "begins": begins,
            "ends": ends,
            "without": without or "",
        }
        return [(row[0], row[1]) for row in self._work.connection.execute(_GIVEN, wanted)]

    def list(self) -> MentoringSessions:
        """Return all sessions."""
        return self._read(true())

    def add(self, session: MentoringSession) -> None:
        """Insert a session that was not there before; raises as `save`."""
        self._check_references([session])
        self._work.writing.execute(insert(sessions), [_row(session)])
        if session.mentee_ids:
            self._work.writing.execute(insert(session_mentees), _seats([session]))
        take_times(self._work, [session])
        self._work.has_index_change = True

    def save(self, mentoring_sessions: Iterable[MentoringSession]) -> int:
        """Insert or replace; return how many really changed.

        Raises
        ------
        InvalidInput
            For an unknown topic or person.
        SlotTaken
            If somebody is taken by another session at that time; the transaction must be given up.
        """
        new = changed(mentoring_sessions, lambda session: session.id, self._stored)
        self._check_references(new)
        upsert(self._work.writing, sessions, [_row(session) for session in new])
        of_these = (session.id for session in new)
        replace_children(self._work.writing, session_mentees.c.session_id, of_these, _seats(new))
        keep_times(self._work, new)
        self._work.has_index_change |= bool(new)
        return len(new)

    def _check_references(self, new: MentoringSessions) -> None:
        connection = self._work.writing
        everybody = chain.from_iterable(session.everybody for session in new)
        who = [person_id for person_id in everybody if not self._work.has(seen_as(person_id))]
        must_exist(connection, people.c.id, who, "person_id", "Import the person first.")
        topic_ids = (session.topic_id for session in new)
        must_exist(connection, topics.c.id, topic_ids, "topic_id", "Publish it in the catalog first.")

    def _stored(self, ids: Iterable[str]) -> dict[str, MentoringSession]:
        return {session.id: session for some in chunks(ids) for session in self._read(sessions.c.id.in_(some))}

    def _read(self, condition: ColumnElement[bool]) -> MentoringSessions:
        seats = select(session_mentees).join(sessions).where(condition).order_by(session_mentees.c.position)
        mentee_ids: dict[str, MenteeIds] = {}
        for row in self._work.connection.execute(seats).mappings():
            mentee_ids.setdefault(row["session_id"], []).append(row["person_id"])
        query = select(sessions).where(condition).order_by(sessions.c.created_at, sessions.c.id)
        rows = self._work.connection.execute(query).mappings()
        return [_session(row, mentee_ids.get(row["id"], [])) for row in rows]


def _session(row: RowMapping, mentee_ids: MenteeIds) -> MentoringSession:
    fields: dict[str, Any] = {**row, "mentee_ids": tuple(mentee_ids)}
    fields |= {"format": Format(row["format"]), "status": SessionStatus(row["status"])}
    return MentoringSession(**fields)


def _row(session: MentoringSession) -> dict[str, Any]:
    return {name: getattr(session, name) for name in MentoringSession.__slots__ if name != "mentee_ids"}


def _seats(some: Iterable[MentoringSession]) -> list[dict[str, Any]]:
    return [
        {"session_id": session.id, "person_id": person_id, "position": position}
        for session in some
        for position, person_id in enumerate(session.mentee_ids)
    ]
