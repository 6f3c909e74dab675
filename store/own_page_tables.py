"""The tables of a person's own pages: topics passed on, levels over time, since when somebody is gone."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Table

from store.columns import UtcDateTime
from store.tables import metadata

passed_topics = Table(
    "passed_topics",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("topic_id", ForeignKey("topics.id"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

level_changes = Table(
    "level_changes",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("skill_id", ForeignKey("skills.id"), primary_key=True),
    Column("at", UtcDateTime, primary_key=True),
    Column("level", Integer, nullable=False),
    CheckConstraint("level BETWEEN 0 AND 4", name="level_range"),
)

leavers = Table(
    "leavers",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
)
