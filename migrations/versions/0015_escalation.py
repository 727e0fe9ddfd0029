"""Escalation: what an activity asks about and was told, promises as recommendations of its minutes, what was reported to the Council.

Revision: 0015_escalation, after 0014_activities. `oversight_commitments` was never written to before this step: it is made anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015_escalation"
down_revision = "0014_activities"
branch_labels = None
depends_on = None
COMMITMENTS = "oversight_commitments"
KINDS = "'resolution', 'conclusion', 'notice', 'report'"


def upgrade() -> None:
    """One step forward."""
    _kinds(f"{KINDS}, 'minutes'")
    _items()
    _reports()
    op.drop_table(COMMITMENTS)
    op.create_table(
        COMMITMENTS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["activity_items.id"], name=op.f("fk_oversight_commitments_item_id_activity_items")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_oversight_commitments_made_by_users")),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"], name=op.f("fk_oversight_commitments_recommendation_id_recommendations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oversight_commitments")),
        sa.UniqueConstraint("recommendation_id", name=op.f("uq_oversight_commitments_recommendation_id")),
    )
    op.create_index("ix_oversight_commitments_item_id", COMMITMENTS, ["item_id"])


def downgrade() -> None:
    """One step back: minutes are then reports like others."""
    op.drop_table(COMMITMENTS)
    op.drop_table("council_reports")
    op.drop_table("activity_items")
    op.execute("UPDATE issued_documents SET kind = 'report' WHERE kind = 'minutes'")
    _kinds(KINDS)
    _former_commitments()


def _kinds(kinds: str) -> None:
    with op.batch_alter_table("issued_documents") as batch_op:
        batch_op.drop_constraint(op.f("ck_issued_documents_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_issued_documents_kind"), f"kind IN ({kinds})")


def _items() -> None:
    op.create_table(
        "activity_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.Text(), server_default="", nullable=False),
        sa.Column("person", sa.String(length=200), server_default="", nullable=False),
        sa.Column("post", sa.String(length=300), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(answered_on IS NULL) = (answer = '')", name=op.f("ck_activity_items_answered")),
        sa.ForeignKeyConstraint(["activity_id"], ["supervision_activities.id"], name=op.f("fk_activity_items_activity_id_supervision_activities")),
        sa.ForeignKeyConstraint(["decision_id"], ["urging_decisions.id"], name=op.f("fk_activity_items_decision_id_urging_decisions")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_activity_items_duty_id_duties")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_activity_items_made_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_items")),
        sa.UniqueConstraint("activity_id", "duty_id", name=op.f("uq_activity_items_activity_id_duty_id")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_activity_items_decision_id")),
    )
    op.create_index("ix_activity_items_activity_id", "activity_items", ["activity_id"])
    op.create_index("ix_activity_items_duty_id", "activity_items", ["duty_id"])


def _reports() -> None:
    op.create_table(
        "council_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("council_session_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=120), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_by_name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_council_reports_body_id_bodies")),
        sa.ForeignKeyConstraint(["council_session_id"], ["council_sessions.id"], name=op.f("fk_council_reports_council_session_id_council_sessions")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_council_reports_duty_id_duties")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_council_reports_made_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_reports")),
        sa.UniqueConstraint("council_session_id", "duty_id", name=op.f("uq_council_reports_council_session_id_duty_id")),
    )
    for column in ("body_id", "council_session_id", "duty_id"):
        op.create_index(f"ix_council_reports_{column}", "council_reports", [column])


def _former_commitments() -> None:
    op.create_table(
        COMMITMENTS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("kept_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["supervision_activities.id"], name=op.f("fk_oversight_commitments_activity_id_supervision_activities")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_oversight_commitments_agency_id_agencies")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_oversight_commitments_body_id_bodies")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_oversight_commitments_made_by_users")),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"], name=op.f("fk_oversight_commitments_recommendation_id_recommendations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oversight_commitments")),
    )
    op.create_index("ix_oversight_commitments_activity_id", COMMITMENTS, ["activity_id"])
    op.create_index("ix_oversight_commitments_agency_id", COMMITMENTS, ["agency_id"])
    op.create_index("ix_oversight_commitments_body_id", COMMITMENTS, ["body_id"])
    op.create_index("ix_oversight_commitments_due_on", COMMITMENTS, ["due_on"])
    op.create_index("ix_oversight_commitments_recommendation_id", COMMITMENTS, ["recommendation_id"])
