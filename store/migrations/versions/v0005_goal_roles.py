"""Imported skills, where roles come from, and the role a person wants in own words."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imported_skills",
        sa.Column("skill_id", sa.String(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["skill_id"], ["skills.id"], name="fk_imported_skills_skill_id"),
        sa.PrimaryKeyConstraint("skill_id", name="pk_imported_skills"),
    )
    # with a default, since SQLite adds the column in place only then: a copied table would lose what refers to it
    op.add_column("role_profiles", sa.Column("origin", sa.String(), nullable=False, server_default="company"))
    op.create_table(
        "goal_roles",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_goal_roles_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_goal_roles"),
    )
    op.create_table(
        "struck_skills",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("skill_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_struck_skills_person_id"),
        sa.ForeignKeyConstraint(["skill_id"], ["skills.id"], name="fk_struck_skills_skill_id"),
        sa.PrimaryKeyConstraint("person_id", "skill_id", name="pk_struck_skills"),
    )


def downgrade() -> None:
    op.drop_table("struck_skills")
    op.drop_table("goal_roles")
    op.drop_column("role_profiles", "origin")
    op.drop_table("imported_skills")
