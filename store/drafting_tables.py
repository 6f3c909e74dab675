"""The tables of jobs, and of what drafting with a model leaves behind.

`jobs.payload` may name people by their ids inside the JSON; `llm_calls.sent` and `draft_cache.text` hold people's
cleaned words. All three are purged by age.
"""

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from store.columns import Json, UtcDateTime
from store.tables import metadata

jobs = Table(
    "jobs",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False),
    Column("payload", Json, nullable=False),
    Column("run_at", UtcDateTime, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("leased_by", String),
    Column("leased_until", UtcDateTime),
    Column("last_error", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    UniqueConstraint("key"),
    CheckConstraint("state IN ('queued', 'leased', 'done', 'dead')", name="state_known"),
    CheckConstraint("attempts >= 0", name="attempts_not_negative"),
    Index(None, "state", "run_at"),
)

llm_calls = Table(
    "llm_calls",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("purpose", String, nullable=False),
    Column("session_id", ForeignKey("sessions.id"), index=True),
    Column("person_id", ForeignKey("people.id")),
    Column("model", String, nullable=False),
    Column("prompt_name", String, nullable=False),
    Column("prompt_version", String, nullable=False),
    Column("prompt_sha", String, nullable=False),
    Column("sent", Text, nullable=False),
    Column("fact_numbers", Json, nullable=False),
    Column("outcome", String, nullable=False),
    Column("prompt_tokens", Integer, nullable=False),
    Column("completion_tokens", Integer, nullable=False),
    Column("usd", Float),
    Column("milliseconds", Integer, nullable=False),
    Index(None, "person_id", "at"),
)

llm_consents = Table(
    "llm_consents",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("given_at", UtcDateTime, nullable=False),
)

prompt_versions = Table(
    "prompt_versions",
    metadata,
    Column("name", String, primary_key=True),
    Column("version", String, primary_key=True),
    Column("files", Json, nullable=False),
    Column("sha256", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", ForeignKey("people.id")),
)

# a label may point to a version that ships with the program and is not stored, so `version` is no foreign key
prompt_labels = Table(
    "prompt_labels",
    metadata,
    Column("name", String, primary_key=True),
    Column("label", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("version", String, nullable=False),
    Column("set_at", UtcDateTime, nullable=False),
    Column("set_by", ForeignKey("people.id")),
    CheckConstraint("number >= 1", name="number_from_one"),
)

draft_cache = Table(
    "draft_cache",
    metadata,
    Column("key", String, primary_key=True),
    Column("text", Text, nullable=False),
    Column("model", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

topic_drafts = Table(
    "topic_drafts",
    metadata,
    Column("id", String, primary_key=True),
    Column("status", String, nullable=False, index=True),
    Column("title", Json, nullable=False),
    Column("content", Json, nullable=False),
    Column("needs_count", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", ForeignKey("people.id")),
    CheckConstraint("status IN ('open', 'approved', 'rejected')", name="status_known"),
    CheckConstraint("needs_count >= 0", name="needs_count_not_negative"),
)
