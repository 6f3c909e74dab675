"""The tables of booking: times taken, what happened to a session, availability, calendars, talk around a session.

`taken_quanta` is what keeps two sessions from meeting: one row per person and five minutes, so that the database itself
refuses the second. `idempotency_keys.answer` holds the ids of a session; `session_notes`, `chat_messages` hold people's
own words and are purged by age.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from store.columns import Json, UtcDateTime
from store.tables import metadata

# quantum: whole five minutes since 1970 UTC
taken_quanta = Table(
    "taken_quanta",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("quantum", BigInteger, primary_key=True, autoincrement=False),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True),
)

session_events = Table(
    "session_events",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("action", String, nullable=False),
    Column("by_person", ForeignKey("people.id"), index=True),
    # whom it counts against: who cancelled late, who did not come
    Column("counts_for", ForeignKey("people.id"), index=True),
    Column("at", UtcDateTime, nullable=False),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("key", String, primary_key=True),
    Column("body_hash", String, nullable=False),
    Column("answer", Json, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

waiting_list = Table(
    "waiting_list",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True, index=True),
    Column("since", UtcDateTime, nullable=False),
)

chat_messages = Table(
    "chat_messages",
    metadata,
    Column("id", String, primary_key=True),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("author_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

session_notes = Table(
    "session_notes",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("author_id", ForeignKey("people.id"), primary_key=True, index=True),
    Column("is_shared", Boolean, primary_key=True),
    Column("text", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

step_answers = Table(
    "step_answers",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True, index=True),
    Column("answer", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    CheckConstraint("answer IN ('done', 'partly', 'not_yet')", name="answer_known"),
)

# beside `mentor_offers`, which an import of people rewrites
availability = Table(
    "availability",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("minutes_per_month", Integer),
    Column("buffer_minutes", Integer, nullable=False),
    Column("notice_hours", Integer, nullable=False),
    Column("session_minutes", Json, nullable=False),
    Column("place", Text, nullable=False),
    CheckConstraint("minutes_per_month >= 0", name="minutes_not_negative"),
    CheckConstraint("buffer_minutes BETWEEN 0 AND 60", name="buffer_range"),
    CheckConstraint("notice_hours BETWEEN 0 AND 336", name="notice_range"),
)

# one day's hours instead of the weekly ones, on the clock of the person's zone; none of them: a day off
date_hours = Table(
    "date_hours",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("hours", Json, nullable=False),
)

absences = Table(
    "absences",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    CheckConstraint("ends_at > starts_at", name="ends_after_start"),
)

calendar_connections = Table(
    "calendar_connections",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("kind", String, nullable=False),
    Column("account", Text, nullable=False),
    Column("calendar", Text, nullable=False),
    # sealed with a key derived from the server's own secret
    Column("credentials", LargeBinary, nullable=False),
    Column("connected_at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime),
    Column("last_error", String, nullable=False),
    CheckConstraint("kind IN ('caldav', 'google', 'graph')", name="kind_known"),
)

calendar_events = Table(
    "calendar_events",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True, index=True),
    Column("event_id", Text, nullable=False),
    Column("revision", Integer, nullable=False),
)

# the room that was opened for a session's call: what its provider calls it, its link, and for which time it is open
session_rooms = Table(
    "session_rooms",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("room_id", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
)

# when a person's own calendar says busy: times only, never what for
busy_times = Table(
    "busy_times",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("starts_at", UtcDateTime, primary_key=True),
    Column("ends_at", UtcDateTime, nullable=False),
    CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    Index(None, "person_id", "ends_at"),
)
