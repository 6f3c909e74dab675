"""The tables of the company, its catalog and its sessions; the other `*_tables` modules hold the rest.

A column that holds a person's id is a foreign key to `people.id`, so that none can be overlooked. Three places name
people without a key: `agendas.content` (role words only), `suggestion_sets.topics`/`.excluded` and
`cohort_unmatched.mentor_ids` (mentors' ids inside the JSON).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from store.columns import Json, UtcDateTime

_NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
metadata = MetaData(naming_convention=_NAMES)


def _level_is_in_range(column: str = "level") -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN 0 AND 4", name=f"{column}_range")


# every id ever published or imported: what sessions, offers and held skills point at, whichever version is current
skills = Table("skills", metadata, Column("id", String, primary_key=True))
topics = Table("topics", metadata, Column("id", String, primary_key=True))

catalog_versions = Table(
    "catalog_versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content_hash", String, nullable=False),
    Column("published_at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
    CheckConstraint("number >= 1", name="number_from_one"),
)

# the content of areas, skills and topics, kept once however many versions hold it
catalog_contents = Table(
    "catalog_contents",
    metadata,
    Column("content_hash", String, primary_key=True),
    Column("content", Json, nullable=False),
)

catalog_entries = Table(
    "catalog_entries",
    metadata,
    Column("version", ForeignKey("catalog_versions.number"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("content_hash", ForeignKey("catalog_contents.content_hash"), nullable=False),
    CheckConstraint("kind IN ('area', 'skill', 'topic')", name="kind_known"),
)

catalog_pointer = Table(
    "catalog_pointer",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", ForeignKey("catalog_versions.number")),
    CheckConstraint("id = 1", name="one_row"),
)

# skills that came with imported roles and that no catalog version holds
imported_skills = Table(
    "imported_skills",
    metadata,
    Column("skill_id", ForeignKey("skills.id"), primary_key=True),
    Column("name", Json, nullable=False),
)

role_profiles = Table(
    "role_profiles",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", Json, nullable=False),
    Column("summary", Json, nullable=False),
    Column("origin", String, nullable=False, server_default="company"),
)

role_requirements = Table(
    "role_requirements",
    metadata,
    Column("role_id", ForeignKey("role_profiles.id", ondelete="CASCADE"), primary_key=True),
    Column("skill_id", ForeignKey("skills.id"), primary_key=True),
    Column("level", Integer, nullable=False),
    _level_is_in_range(),
)

# who published a version by hand; the command line leaves none
catalog_publishers = Table(
    "catalog_publishers",
    metadata,
    Column("version", ForeignKey("catalog_versions.number"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("email_folded", Text, nullable=False),
    Column("locale", String, nullable=False),
    Column("languages", Json, nullable=False),
    Column("zone", String, nullable=False),
    Column("department", Text, nullable=False),
    Column("job_title", Text, nullable=False),
    # checked at commit: a batch may name managers who come later in it
    Column("manager_id", ForeignKey("people.id", deferrable=True, initially="DEFERRED"), index=True),
    Column("target_role_id", ForeignKey("role_profiles.id"), index=True),
    Column("roles", Json, nullable=False),
    Column("is_active", Boolean, nullable=False),
    UniqueConstraint("email_folded"),
)

held_skills = Table(
    "held_skills",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("skill_id", ForeignKey("skills.id"), primary_key=True),
    Column("level", Integer, nullable=False),
    _level_is_in_range(),
)

goals = Table(
    "goals",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
)

# apart from `people`, so that an import of people neither reads nor overwrites what a person wrote
goal_roles = Table(
    "goal_roles",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("language", String, nullable=False),
)

struck_skills = Table(
    "struck_skills",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("skill_id", ForeignKey("skills.id"), primary_key=True),
)

mentor_offers = Table(
    "mentor_offers",
    metadata,
    Column("mentor_id", ForeignKey("people.id"), primary_key=True),
    Column("capacity_minutes_per_week", Integer, nullable=False),
    Column("formats", Json, nullable=False),
    Column("biography", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("weekly_hours", Json, nullable=False),
    Column("paused_until", UtcDateTime),
    CheckConstraint("capacity_minutes_per_week >= 0", name="capacity_not_negative"),
)

offered_topics = Table(
    "offered_topics",
    metadata,
    Column("mentor_id", ForeignKey("mentor_offers.mentor_id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("topics.id"), primary_key=True, index=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),
    Column("topic_id", ForeignKey("topics.id"), nullable=False, index=True),
    Column("mentor_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("format", String, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("status", String, nullable=False),
    Column("need", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("starts_at", UtcDateTime),
    Column("next_step", Text, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("revision", Integer, nullable=False, server_default=text("0")),
    Column("place", Text, nullable=False, server_default=text("''")),
    Column("seats", Integer, nullable=False, server_default=text("1")),
    Column("answer_by", UtcDateTime, index=True),
    Column("closes_at", UtcDateTime),
    Column("next_step_due", Date),
    Column("passed_on_from", String, index=True),
    CheckConstraint("minutes IN (15, 20, 25, 30)", name="minutes_allowed"),
)

session_mentees = Table(
    "session_mentees",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
    UniqueConstraint("session_id", "position"),
)

agendas = Table(
    "agendas",
    metadata,
    Column("session_id", ForeignKey("sessions.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("content", Json, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("edited_by", ForeignKey("people.id")),
    Column("inputs_hash", String, nullable=False, server_default=text("''")),
    CheckConstraint("version >= 1", name="version_from_one"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", String, primary_key=True),
    Column("session_id", ForeignKey("sessions.id"), nullable=False, index=True),
    Column("author_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("rating", Integer, nullable=False),
    Column("still_open", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("level_before", Integer),
    Column("level_after", Integer),
    Column("agenda_fit", String),
    CheckConstraint("rating BETWEEN 1 AND 5", name="rating_range"),
    _level_is_in_range("level_before"),
    _level_is_in_range("level_after"),
)

blocks = Table(
    "blocks",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("blocked_id", ForeignKey("people.id"), primary_key=True, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    CheckConstraint("person_id <> blocked_id", name="somebody_else"),
)

suggestion_sets = Table(
    "suggestion_sets",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", ForeignKey("people.id")),
    Column("need", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("catalog_version", ForeignKey("catalog_versions.number"), nullable=False),
    Column("encoder_id", String, nullable=False),
    Column("topics", Json, nullable=False),
    Column("excluded", Json, nullable=False),
    Index(None, "person_id", "asked_at"),
)

vectors = Table(
    "vectors",
    metadata,
    Column("encoder_id", String, primary_key=True),
    Column("text_hash", String, primary_key=True),
    Column("dim", Integer, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    CheckConstraint("dim > 0", name="dim_positive"),
)

sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

company_words = Table(
    "company_words",
    metadata,
    Column("key", String, primary_key=True),
    Column("term", Text, nullable=False),
    Column("meaning", Text, nullable=False),
)

cohorts = Table(
    "cohorts",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("per_mentor", Integer),
    Column("minutes", Integer, nullable=False),
    Column("floor", Float, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    CheckConstraint("per_mentor >= 1", name="per_mentor_from_one"),
)

cohort_mentees = Table(
    "cohort_mentees",
    metadata,
    Column("cohort_id", ForeignKey("cohorts.id", ondelete="CASCADE"), primary_key=True),
    Column("mentee_id", ForeignKey("people.id"), primary_key=True, index=True),
)

cohort_wishes = Table(
    "cohort_wishes",
    metadata,
    Column("cohort_id", ForeignKey("cohorts.id", ondelete="CASCADE"), primary_key=True),
    Column("mentee_id", ForeignKey("people.id"), primary_key=True, index=True),
    Column("mentor_id", ForeignKey("people.id"), primary_key=True, index=True),
    Column("is_pin", Boolean, nullable=False),
)

cohort_proposals = Table(
    "cohort_proposals",
    metadata,
    Column("cohort_id", ForeignKey("cohorts.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("objective", Float, nullable=False),
    Column("bound", Float, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("status", String, nullable=False),
    CheckConstraint("number >= 1", name="number_from_one"),
    CheckConstraint("status IN ('proposed', 'approved', 'superseded')", name="status_known"),
)

_A_PROPOSAL = ("cohort_id", "number"), ("cohort_proposals.cohort_id", "cohort_proposals.number")

cohort_pairs = Table(
    "cohort_pairs",
    metadata,
    Column("cohort_id", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("mentee_id", ForeignKey("people.id"), primary_key=True, index=True),
    Column("mentor_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("topic_id", ForeignKey("topics.id"), nullable=False, index=True),
    Column("score", Float, nullable=False),
    Column("is_pinned", Boolean, nullable=False),
    ForeignKeyConstraint(*_A_PROPOSAL, ondelete="CASCADE"),
)

cohort_unmatched = Table(
    "cohort_unmatched",
    metadata,
    Column("cohort_id", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("mentee_id", ForeignKey("people.id"), primary_key=True, index=True),
    Column("why", String, nullable=False),
    Column("mentor_ids", Json, nullable=False),
    ForeignKeyConstraint(*_A_PROPOSAL, ondelete="CASCADE"),
)

settings = Table(
    "settings",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Json, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", BigInteger, nullable=False),
)
