"""Booking, availability, calendars, talk around a session; logins and tokens; a person's own pages."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = (
    "catalog_publishers",
    "leavers",
    "level_changes",
    "passed_topics",
    "used_tokens",
    "identities",
    "api_tokens",
    "logins",
    "session_rooms",
    "calendar_events",
    "calendar_connections",
    "busy_times",
    "absences",
    "date_hours",
    "availability",
    "step_answers",
    "session_notes",
    "chat_messages",
    "waiting_list",
    "idempotency_keys",
    "session_events",
    "taken_quanta",
)

SESSION_COLUMNS = ("revision", "place", "seats", "answer_by", "closes_at", "next_step_due", "passed_on_from")


def upgrade() -> None:
    _sessions()
    _booking()
    _talk()
    _availability()
    _calendars()
    _access()
    _own_pages()
    _catalog()


def _sessions() -> None:
    op.add_column("sessions", sa.Column("revision", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("sessions", sa.Column("place", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("sessions", sa.Column("seats", sa.Integer(), nullable=False, server_default=sa.text("1")))
    op.add_column("sessions", _instant("answer_by", nullable=True))
    op.add_column("sessions", _instant("closes_at", nullable=True))
    op.add_column("sessions", sa.Column("next_step_due", sa.Date(), nullable=True))
    op.add_column("sessions", sa.Column("passed_on_from", sa.String(), nullable=True))
    op.add_column("feedback", sa.Column("agenda_fit", sa.String(), nullable=True))
    for column in ("answer_by", "passed_on_from"):
        op.create_index(op.f(f"ix_sessions_{column}"), "sessions", [column])


def _booking() -> None:
    op.create_table(
        "taken_quanta",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("quantum", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        _key("taken_quanta", "person_id", "people.id"),
        _key("taken_quanta", "session_id", "sessions.id", goes=True),
        sa.PrimaryKeyConstraint("person_id", "quantum", name=op.f("pk_taken_quanta")),
    )
    op.create_index(op.f("ix_taken_quanta_session_id"), "taken_quanta", ["session_id"])
    op.create_table(
        "session_events",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("by_person", sa.String(), nullable=True),
        sa.Column("counts_for", sa.String(), nullable=True),
        _instant("at"),
        _key("session_events", "by_person", "people.id"),
        _key("session_events", "counts_for", "people.id"),
        _key("session_events", "session_id", "sessions.id", goes=True),
        sa.PrimaryKeyConstraint("session_id", "number", name=op.f("pk_session_events")),
    )
    op.create_index(op.f("ix_session_events_by_person"), "session_events", ["by_person"])
    op.create_index(op.f("ix_session_events_counts_for"), "session_events", ["counts_for"])
    op.create_table(
        "idempotency_keys",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        _instant("at"),
        _key("idempotency_keys", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_table(
        "waiting_list",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        _instant("since"),
        _key("waiting_list", "person_id", "people.id"),
        _key("waiting_list", "session_id", "sessions.id", goes=True),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_waiting_list")),
    )
    op.create_index(op.f("ix_waiting_list_person_id"), "waiting_list", ["person_id"])


def _talk() -> None:
    op.create_table(
        "chat_messages",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _instant("at"),
        _key("chat_messages", "author_id", "people.id"),
        _key("chat_messages", "session_id", "sessions.id", goes=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_messages")),
    )
    op.create_index(op.f("ix_chat_messages_author_id"), "chat_messages", ["author_id"])
    op.create_index(op.f("ix_chat_messages_session_id"), "chat_messages", ["session_id"])
    op.create_table(
        "session_notes",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _instant("updated_at"),
        _key("session_notes", "author_id", "people.id"),
        _key("session_notes", "session_id", "sessions.id", goes=True),
        sa.PrimaryKeyConstraint("session_id", "author_id", "is_shared", name=op.f("pk_session_notes")),
    )
    op.create_index(op.f("ix_session_notes_author_id"), "session_notes", ["author_id"])
    op.create_table(
        "step_answers",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        _instant("at"),
        sa.CheckConstraint("answer IN ('done', 'partly', 'not_yet')", name=op.f("ck_step_answers_answer_known")),
        _key("step_answers", "person_id", "people.id"),
        _key("step_answers", "session_id", "sessions.id", goes=True),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_step_answers")),
    )
    op.create_index(op.f("ix_step_answers_person_id"), "step_answers", ["person_id"])


def _availability() -> None:
    op.create_table(
        "availability",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("minutes_per_month", sa.Integer(), nullable=True),
        sa.Column("buffer_minutes", sa.Integer(), nullable=False),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.Column("session_minutes", sa.JSON(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.CheckConstraint("buffer_minutes BETWEEN 0 AND 60", name=op.f("ck_availability_buffer_range")),
        sa.CheckConstraint("minutes_per_month >= 0", name=op.f("ck_availability_minutes_not_negative")),
        sa.CheckConstraint("notice_hours BETWEEN 0 AND 336", name=op.f("ck_availability_notice_range")),
        _key("availability", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_availability")),
    )
    op.create_table(
        "date_hours",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        _key("date_hours", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("person_id", "day", name=op.f("pk_date_hours")),
    )
    op.create_table(
        "absences",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        _instant("starts_at"),
        _instant("ends_at"),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_absences_ends_after_start")),
        _key("absences", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index(op.f("ix_absences_person_id"), "absences", ["person_id"])
    op.create_table(
        "busy_times",
        sa.Column("person_id", sa.String(), nullable=False),
        _instant("starts_at"),
        _instant("ends_at"),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_busy_times_ends_after_start")),
        _key("busy_times", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("person_id", "starts_at", name=op.f("pk_busy_times")),
    )
    op.create_index(op.f("ix_busy_times_person_id_ends_at"), "busy_times", ["person_id", "ends_at"])


def _calendars() -> None:
    op.create_table(
        "calendar_connections",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("credentials", sa.LargeBinary(), nullable=False),
        _instant("connected_at"),
        _instant("read_at", nullable=True),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('caldav', 'google', 'graph')", name=op.f("ck_calendar_connections_kind_known")),
        _key("calendar_connections", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_connections")),
    )
    op.create_table(
        "calendar_events",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _key("calendar_events", "person_id", "people.id"),
        _key("calendar_events", "session_id", "sessions.id", goes=True),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_calendar_events")),
    )
    op.create_index(op.f("ix_calendar_events_person_id"), "calendar_events", ["person_id"])
    op.create_table(
        "session_rooms",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        _instant("starts_at"),
        _key("session_rooms", "session_id", "sessions.id", goes=True),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_rooms")),
    )


def _access() -> None:
    op.create_table(
        "logins",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        _instant("created_at"),
        _instant("seen_at"),
        _instant("expires_at"),
        _key("logins", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_logins")),
    )
    op.create_index(op.f("ix_logins_person_id"), "logins", ["person_id"])
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        _instant("created_at"),
        _instant("expires_at"),
        _instant("used_at", nullable=True),
        _key("api_tokens", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_tokens_token_hash")),
    )
    op.create_index(op.f("ix_api_tokens_person_id"), "api_tokens", ["person_id"])
    op.create_table(
        "identities",
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        _instant("linked_at"),
        _key("identities", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_identities")),
    )
    op.create_index(op.f("ix_identities_person_id"), "identities", ["person_id"])
    op.create_table(
        "used_tokens",
        sa.Column("token_hash", sa.String(), nullable=False),
        _instant("used_at"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_used_tokens")),
    )
    op.create_index(op.f("ix_used_tokens_used_at"), "used_tokens", ["used_at"])


def _own_pages() -> None:
    op.create_table(
        "passed_topics",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("topic_id", sa.String(), nullable=False),
        _instant("at"),
        _key("passed_topics", "person_id", "people.id"),
        _key("passed_topics", "topic_id", "topics.id"),
        sa.PrimaryKeyConstraint("person_id", "topic_id", name=op.f("pk_passed_topics")),
    )
    op.create_table(
        "level_changes",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("skill_id", sa.String(), nullable=False),
        _instant("at"),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name=op.f("ck_level_changes_level_range")),
        _key("level_changes", "person_id", "people.id"),
        _key("level_changes", "skill_id", "skills.id"),
        sa.PrimaryKeyConstraint("person_id", "skill_id", "at", name=op.f("pk_level_changes")),
    )
    op.create_table(
        "leavers",
        sa.Column("person_id", sa.String(), nullable=False),
        _instant("since"),
        _key("leavers", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_leavers")),
    )


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(table: str, column: str, target: str, *, goes: bool = False) -> sa.ForeignKeyConstraint:
    ondelete = "CASCADE" if goes else None
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def _catalog() -> None:
    op.create_table(
        "catalog_publishers",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        _key("catalog_publishers", "version", "catalog_versions.number"),
        _key("catalog_publishers", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_catalog_publishers")),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    for column in ("answer_by", "passed_on_from"):
        op.drop_index(op.f(f"ix_sessions_{column}"), "sessions")
    for column in SESSION_COLUMNS:
        op.drop_column("sessions", column)
    op.drop_column("feedback", "agenda_fit")
