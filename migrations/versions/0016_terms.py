"""The board counts recommendations from one index, without reading their texts, and missing reports from another.

Revision: 0016_terms, after 0015_escalation.
"""

from alembic import op

revision = "0016_terms"
down_revision = "0015_escalation"
branch_labels = None
depends_on = None

FOLLOWED, DUES = "ix_recommendations_body", "ix_report_dues_open"


def upgrade() -> None:
    """One step forward."""
    op.drop_index(FOLLOWED, table_name="recommendations")
    op.create_index(FOLLOWED, "recommendations", ["body_id", "progress", "due_on", "made_on"])
    op.drop_index(DUES, table_name="report_dues")
    op.create_index(DUES, "report_dues", ["item_id", "ended_on", "due_on", "recommendation_id"])


def downgrade() -> None:
    """One step back."""
    op.drop_index(DUES, table_name="report_dues")
    op.create_index(DUES, "report_dues", ["due_on", "item_id", "ended_on"])
    op.drop_index(FOLLOWED, table_name="recommendations")
    op.create_index(FOLLOWED, "recommendations", ["body_id", "progress", "due_on"])
