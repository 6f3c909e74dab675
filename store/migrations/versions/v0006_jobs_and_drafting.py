"""Jobs, the ledger of calls to a model, consents, own prompts, cached drafts, drafts of topics."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
TABLES = ("topic_drafts", "draft_cache", "prompt_labels", "prompt_versions", "llm_consents", "llm_calls", "jobs")


def upgrade() -> None:
    op.add_column("agendas", sa.Column("inputs_hash", sa.String(), nullable=False, server_default=sa.text("''")))
    _jobs()
    _calls()
    _prompts()
    _drafts()


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        _instant("run_at"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_by", sa.String(), nullable=True),
        _instant("leased_until", nullable=True),
        sa.Column("last_error", sa.String(), nullable=False),
        _instant("created_at"),
        _instant("finished_at", nullable=True),
        sa.CheckConstraint("state IN ('queued', 'leased', 'done', 'dead')", name=op.f("ck_jobs_state_known")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_jobs_attempts_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("key", name=op.f("uq_jobs_key")),
    )
    op.create_index(op.f("ix_jobs_state_run_at"), "jobs", ["state", "run_at"])


def _calls() -> None:
    op.create_table(
        "llm_calls",
        sa.Column("id", sa.String(), nullable=False),
        _instant("at"),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("prompt_name", sa.String(), nullable=False),
        sa.Column("prompt_version", sa.String(), nullable=False),
        sa.Column("prompt_sha", sa.String(), nullable=False),
        sa.Column("sent", sa.Text(), nullable=False),
        sa.Column("fact_numbers", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("prompt_tokens", sa.Integer(), nullable=False),
        sa.Column("completion_tokens", sa.Integer(), nullable=False),
        sa.Column("usd", sa.Float(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        _key("llm_calls", "session_id", "sessions.id"),
        _key("llm_calls", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_llm_calls")),
    )
    for columns in (["at"], ["session_id"], ["person_id", "at"]):
        op.create_index(op.f(f"ix_llm_calls_{'_'.join(columns)}"), "llm_calls", columns)
    op.create_table(
        "llm_consents",
        sa.Column("person_id", sa.String(), nullable=False),
        _instant("given_at"),
        _key("llm_consents", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_llm_consents")),
    )


def _prompts() -> None:
    op.create_table(
        "prompt_versions",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        _instant("created_at"),
        sa.Column("created_by", sa.String(), nullable=True),
        _key("prompt_versions", "created_by", "people.id"),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("pk_prompt_versions")),
    )
    op.create_table(
        "prompt_labels",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        _instant("set_at"),
        sa.Column("set_by", sa.String(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_prompt_labels_number_from_one")),
        _key("prompt_labels", "set_by", "people.id"),
        sa.PrimaryKeyConstraint("name", "label", "number", name=op.f("pk_prompt_labels")),
    )


def _drafts() -> None:
    op.create_table(
        "draft_cache",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        _instant("created_at"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_draft_cache")),
    )
    op.create_table(
        "topic_drafts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("needs_count", sa.Integer(), nullable=False),
        _instant("created_at"),
        _instant("decided_at", nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.CheckConstraint("status IN ('open', 'approved', 'rejected')", name=op.f("ck_topic_drafts_status_known")),
        sa.CheckConstraint("needs_count >= 0", name=op.f("ck_topic_drafts_needs_count_not_negative")),
        _key("topic_drafts", "decided_by", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_drafts")),
    )
    op.create_index(op.f("ix_topic_drafts_status"), "topic_drafts", ["status"])


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("agendas", "inputs_hash")
