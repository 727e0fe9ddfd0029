"""Supervision activities: who supervises, the decision, plan and report in words, and the visits.

Revision: 0014_activities, after 0013_lists.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014_activities"
down_revision = "0013_lists"
branch_labels = None
depends_on = None
TABLE = "supervision_activities"


def upgrade() -> None:
    """One step forward."""
    op.add_column(TABLE, sa.Column("actor", sa.String(length=20), server_default="standing", nullable=False))
    op.add_column(TABLE, sa.Column("decision", sa.String(length=120), server_default="", nullable=False))
    op.add_column(TABLE, sa.Column("plan", sa.Text(), server_default="", nullable=False))
    op.add_column(TABLE, sa.Column("report", sa.Text(), server_default="", nullable=False))
    op.add_column(TABLE, sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.create_table(
        "activity_visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=300), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_by_name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["supervision_activities.id"], name=op.f("fk_activity_visits_activity_id_supervision_activities")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_activity_visits_agency_id_agencies")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_activity_visits_made_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_visits")),
    )
    op.create_index("ix_activity_visits_activity_id", "activity_visits", ["activity_id"])
    op.create_index("ix_activity_visits_agency_id", "activity_visits", ["agency_id"])


def downgrade() -> None:
    """One step back."""
    op.drop_table("activity_visits")
    with op.batch_alter_table(TABLE) as batch_op:
        for column in ("version", "report", "plan", "decision", "actor"):
            batch_op.drop_column(column)
