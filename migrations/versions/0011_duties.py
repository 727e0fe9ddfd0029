"""Duties: answer letters withdrawn before they were judged; indexes in the order of lists, so that pages walk and counts stream.

Revision: 0011_duties, after 0010_oversight.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011_duties"
down_revision = "0010_oversight"
branch_labels = None
depends_on = None

OPEN = ["next_due", "state", "part", "id", "body_id", "agency_id", "suspended_on", "acknowledge_due", "leaves_at", "subject_kind", "subject_id"]
AGENCY = ["agency_id", "next_due", "state", "part", "id", "body_id", "suspended_on", "acknowledge_due", "leaves_at"]
COUNTED = ["state", "next_due", "id", "suspended_on", "acknowledge_due", "leaves_at"]
REVIEWED = sa.text("review_on IS NOT NULL")
UNKEPT = sa.text("kept_on IS NULL AND replaced_on IS NULL")


def upgrade() -> None:
    """One step forward."""
    op.add_column("answer_letters", sa.Column("withdrawn_on", sa.Date(), nullable=True))
    op.add_column("answer_letters", sa.Column("withdraw_reason", sa.Text(), server_default="", nullable=False))
    op.add_column("answer_items", sa.Column("state_before", sa.String(length=20), nullable=True))
    op.drop_index("ix_duties_agency", table_name="duties")
    op.drop_index("ix_duties_due", table_name="duties")
    op.create_index("ix_duties_agency", "duties", AGENCY)
    op.create_index("ix_duties_open", "duties", OPEN)
    op.create_index(op.f("ix_duties_body_id"), "duties", ["body_id"])
    op.create_index("ix_duties_review", "duties", ["review_on"], sqlite_where=REVIEWED, postgresql_where=REVIEWED)
    op.drop_index(op.f("ix_duty_dates_duty_id"), table_name="duty_dates")
    op.create_index("ix_duty_dates_clock", "duty_dates", ["duty_id", "clock", "since", "id", "until", "due_on"])
    op.create_index("ix_commitments_unkept", "commitments", ["promised_on", "duty_id"], sqlite_where=UNKEPT, postgresql_where=UNKEPT)
    op.create_index("ix_petitions_counted", "petitions", ["id", "constituency_id", "field_id"])


def downgrade() -> None:
    """One step back."""
    op.drop_index("ix_petitions_counted", table_name="petitions")
    op.drop_index("ix_commitments_unkept", table_name="commitments")
    op.drop_index("ix_duty_dates_clock", table_name="duty_dates")
    op.create_index(op.f("ix_duty_dates_duty_id"), "duty_dates", ["duty_id"])
    op.drop_index("ix_duties_review", table_name="duties")
    op.drop_index(op.f("ix_duties_body_id"), table_name="duties")
    op.drop_index("ix_duties_open", table_name="duties")
    op.drop_index("ix_duties_agency", table_name="duties")
    op.create_index("ix_duties_due", "duties", ["body_id", *COUNTED])
    op.create_index("ix_duties_agency", "duties", ["agency_id", *COUNTED])
    with op.batch_alter_table("answer_items") as batch_op:
        batch_op.drop_column("state_before")
    with op.batch_alter_table("answer_letters") as batch_op:
        batch_op.drop_column("withdraw_reason")
        batch_op.drop_column("withdrawn_on")
