"""Cohorts that HR matches at once, with wishes and proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
TABLES = ("cohort_unmatched", "cohort_pairs", "cohort_proposals", "cohort_wishes", "cohort_mentees", "cohorts")


def upgrade() -> None:
    _cohorts()
    _proposals()


def _cohorts() -> None:
    op.create_table(
        "cohorts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("per_mentor", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("floor", sa.Float(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("per_mentor >= 1", name=op.f("ck_cohorts_per_mentor_from_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohorts")),
    )
    op.create_table(
        "cohort_mentees",
        sa.Column("cohort_id", sa.String(), nullable=False),
        sa.Column("mentee_id", sa.String(), nullable=False),
        _of_cohort("cohort_mentees"),
        _key("cohort_mentees", "mentee_id", "people.id"),
        sa.PrimaryKeyConstraint("cohort_id", "mentee_id", name=op.f("pk_cohort_mentees")),
    )
    op.create_table(
        "cohort_wishes",
        sa.Column("cohort_id", sa.String(), nullable=False),
        sa.Column("mentee_id", sa.String(), nullable=False),
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.Column("is_pin", sa.Boolean(), nullable=False),
        _of_cohort("cohort_wishes"),
        _key("cohort_wishes", "mentee_id", "people.id"),
        _key("cohort_wishes", "mentor_id", "people.id"),
        sa.PrimaryKeyConstraint("cohort_id", "mentee_id", "mentor_id", name=op.f("pk_cohort_wishes")),
    )
    _index("cohort_mentees", "mentee_id")
    _index("cohort_wishes", "mentee_id")
    _index("cohort_wishes", "mentor_id")


def _proposals() -> None:
    op.create_table(
        "cohort_proposals",
        sa.Column("cohort_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("objective", sa.Float(), nullable=False),
        sa.Column("bound", sa.Float(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_cohort_proposals_number_from_one")),
        sa.CheckConstraint(
            "status IN ('proposed', 'approved', 'superseded')", name=op.f("ck_cohort_proposals_status_known")
        ),
        _of_cohort("cohort_proposals"),
        sa.PrimaryKeyConstraint("cohort_id", "number", name=op.f("pk_cohort_proposals")),
    )
    op.create_table(
        "cohort_pairs",
        *_mentee_of_proposal("cohort_pairs"),
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.Column("topic_id", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        _key("cohort_pairs", "mentor_id", "people.id"),
        _key("cohort_pairs", "topic_id", "topics.id"),
    )
    op.create_table(
        "cohort_unmatched",
        *_mentee_of_proposal("cohort_unmatched"),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("mentor_ids", sa.JSON(), nullable=False),
    )
    for column in ("mentee_id", "mentor_id", "topic_id"):
        _index("cohort_pairs", column)
    _index("cohort_unmatched", "mentee_id")


def _mentee_of_proposal(table: str) -> list[sa.Column[object] | sa.Constraint]:
    return [
        sa.Column("cohort_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mentee_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id", "number"],
            ["cohort_proposals.cohort_id", "cohort_proposals.number"],
            name=op.f(f"fk_{table}_cohort_id_number"),
            ondelete="CASCADE",
        ),
        _key(table, "mentee_id", "people.id"),
        sa.PrimaryKeyConstraint("cohort_id", "number", "mentee_id", name=op.f(f"pk_{table}")),
    ]


def _of_cohort(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_cohort_id")
    return sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], name=name, ondelete="CASCADE")


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
