"""The first tables: catalog, people, offers, sessions, agendas, feedback, suggestions, vectors, sign-in links."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_JSON = sa.JSON()
_INSTANT = sa.DateTime(timezone=True)


_TABLES = (
    "skills",
    "topics",
    "catalog_versions",
    "catalog_contents",
    "catalog_entries",
    "catalog_pointer",
    "role_profiles",
    "role_requirements",
    "people",
    "held_skills",
    "goals",
    "mentor_offers",
    "offered_topics",
    "sessions",
    "session_mentees",
    "agendas",
    "feedback",
    "suggestion_sets",
    "vectors",
    "sign_in_links",
    "settings",
    "counters",
)


def upgrade() -> None:
    _create_catalog()
    _create_people()
    _create_wishes()
    _create_offers()
    _create_sessions()
    _create_session_papers()
    _create_suggestions()
    _create_programme()


def downgrade() -> None:
    for table in _TABLES[::-1]:
        op.drop_table(table)


def _create_catalog() -> None:
    op.create_table(
        "skills", sa.Column("id", sa.String(), nullable=False), sa.PrimaryKeyConstraint("id", name="pk_skills")
    )
    op.create_table(
        "topics", sa.Column("id", sa.String(), nullable=False), sa.PrimaryKeyConstraint("id", name="pk_topics")
    )
    op.create_table(
        "catalog_versions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("published_at", _INSTANT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("number >= 1", name="ck_catalog_versions_number_from_one"),
        sa.PrimaryKeyConstraint("number", name="pk_catalog_versions"),
    )
    op.create_table(
        "catalog_contents",
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("content", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("content_hash", name="pk_catalog_contents"),
    )
    op.create_table(
        "catalog_entries",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('area', 'skill', 'topic')", name="ck_catalog_entries_kind_known"),
        sa.ForeignKeyConstraint(
            ["content_hash"], ["catalog_contents.content_hash"], name="fk_catalog_entries_content_hash"
        ),
        sa.ForeignKeyConstraint(["version"], ["catalog_versions.number"], name="fk_catalog_entries_version"),
        sa.PrimaryKeyConstraint("version", "kind", "id", name="pk_catalog_entries"),
    )
    op.create_table(
        "catalog_pointer",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer()),
        sa.CheckConstraint("id = 1", name="ck_catalog_pointer_one_row"),
        sa.ForeignKeyConstraint(["version"], ["catalog_versions.number"], name="fk_catalog_pointer_version"),
        sa.PrimaryKeyConstraint("id", name="pk_catalog_pointer"),
    )
    op.execute("INSERT INTO catalog_pointer (id, version) VALUES (1, NULL)")


def _create_people() -> None:
    op.create_table(
        "role_profiles",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", _JSON, nullable=False),
        sa.Column("summary", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_role_profiles"),
    )
    op.create_table(
        "role_requirements",
        sa.Column("role_id", sa.String(), nullable=False),
        sa.Column("skill_id", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name="ck_role_requirements_level_range"),
        sa.ForeignKeyConstraint(
            ["role_id"], ["role_profiles.id"], name="fk_role_requirements_role_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["skills.id"], name="fk_role_requirements_skill_id"),
        sa.PrimaryKeyConstraint("role_id", "skill_id", name="pk_role_requirements"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_folded", sa.Text(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("languages", _JSON, nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("job_title", sa.Text(), nullable=False),
        sa.Column("manager_id", sa.String()),
        sa.Column("target_role_id", sa.String()),
        sa.Column("roles", _JSON, nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["manager_id"], ["people.id"], name="fk_people_manager_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["target_role_id"], ["role_profiles.id"], name="fk_people_target_role_id"),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("email_folded", name="uq_people_email_folded"),
    )
    op.create_index("ix_people_manager_id", "people", ["manager_id"])
    op.create_index("ix_people_target_role_id", "people", ["target_role_id"])


def _create_wishes() -> None:
    op.create_table(
        "held_skills",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("skill_id", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name="ck_held_skills_level_range"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_held_skills_person_id"),
        sa.ForeignKeyConstraint(["skill_id"], ["skills.id"], name="fk_held_skills_skill_id"),
        sa.PrimaryKeyConstraint("person_id", "skill_id", name="pk_held_skills"),
    )
    op.create_table(
        "goals",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("closed_at", _INSTANT),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_goals_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_goals"),
    )
    op.create_index("ix_goals_person_id", "goals", ["person_id"])


def _create_offers() -> None:
    op.create_table(
        "mentor_offers",
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.Column("capacity_minutes_per_week", sa.Integer(), nullable=False),
        sa.Column("formats", _JSON, nullable=False),
        sa.Column("biography", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("weekly_hours", _JSON, nullable=False),
        sa.Column("paused_until", _INSTANT),
        sa.CheckConstraint("capacity_minutes_per_week >= 0", name="ck_mentor_offers_capacity_not_negative"),
        sa.ForeignKeyConstraint(["mentor_id"], ["people.id"], name="fk_mentor_offers_mentor_id"),
        sa.PrimaryKeyConstraint("mentor_id", name="pk_mentor_offers"),
    )
    op.create_table(
        "offered_topics",
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.Column("topic_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["mentor_offers.mentor_id"], name="fk_offered_topics_mentor_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_offered_topics_topic_id"),
        sa.PrimaryKeyConstraint("mentor_id", "topic_id", name="pk_offered_topics"),
    )
    op.create_index("ix_offered_topics_topic_id", "offered_topics", ["topic_id"])


def _create_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("topic_id", sa.String(), nullable=False),
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("starts_at", _INSTANT),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.CheckConstraint("minutes IN (15, 20, 25, 30)", name="ck_sessions_minutes_allowed"),
        sa.ForeignKeyConstraint(["mentor_id"], ["people.id"], name="fk_sessions_mentor_id"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_sessions_topic_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index("ix_sessions_mentor_id", "sessions", ["mentor_id"])
    op.create_index("ix_sessions_topic_id", "sessions", ["topic_id"])
    op.create_table(
        "session_mentees",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_session_mentees_person_id"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name="fk_session_mentees_session_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", name="pk_session_mentees"),
        sa.UniqueConstraint("session_id", "position", name="uq_session_mentees_session_id_position"),
    )
    op.create_index("ix_session_mentees_person_id", "session_mentees", ["person_id"])


def _create_session_papers() -> None:
    op.create_table(
        "agendas",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", _JSON, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("edited_by", sa.String()),
        sa.CheckConstraint("version >= 1", name="ck_agendas_version_from_one"),
        sa.ForeignKeyConstraint(["edited_by"], ["people.id"], name="fk_agendas_edited_by"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_agendas_session_id"),
        sa.PrimaryKeyConstraint("session_id", "version", name="pk_agendas"),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("still_open", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("level_before", sa.Integer()),
        sa.Column("level_after", sa.Integer()),
        sa.CheckConstraint("level_after BETWEEN 0 AND 4", name="ck_feedback_level_after_range"),
        sa.CheckConstraint("level_before BETWEEN 0 AND 4", name="ck_feedback_level_before_range"),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="ck_feedback_rating_range"),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name="fk_feedback_author_id"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_feedback_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
    )
    op.create_index("ix_feedback_author_id", "feedback", ["author_id"])
    op.create_index("ix_feedback_session_id", "feedback", ["session_id"])


def _create_suggestions() -> None:
    op.create_table(
        "suggestion_sets",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String()),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("catalog_version", sa.Integer(), nullable=False),
        sa.Column("encoder_id", sa.String(), nullable=False),
        sa.Column("topics", _JSON, nullable=False),
        sa.Column("excluded", _JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["catalog_version"], ["catalog_versions.number"], name="fk_suggestion_sets_catalog_version"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_suggestion_sets_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_suggestion_sets"),
    )
    op.create_index("ix_suggestion_sets_person_id_asked_at", "suggestion_sets", ["person_id", "asked_at"])
    op.create_table(
        "vectors",
        sa.Column("encoder_id", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("dim", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("dim > 0", name="ck_vectors_dim_positive"),
        sa.PrimaryKeyConstraint("encoder_id", "text_hash", name="pk_vectors"),
    )


def _create_programme() -> None:
    op.create_table(
        "sign_in_links",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("used_at", _INSTANT),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_sign_in_links_person_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sign_in_links"),
    )
    op.create_index("ix_sign_in_links_person_id", "sign_in_links", ["person_id"])
    op.create_table(
        "settings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counters"),
    )
    op.execute("INSERT INTO counters (name, value) VALUES ('generation', 0)")
