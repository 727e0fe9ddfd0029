"""The board counts recommendations from one index, without reading their texts.

Revision: 0016_terms, after 0015_escalation.
"""

from alembic import op

revision = "0016_terms"
down_revision = "0015_escalation"
branch_labels = None
depends_on = None

NAME, TABLE = "ix_recommendations_body", "recommendations"


def upgrade() -> None:
    """One step forward."""
    op.drop_index(NAME, table_name=TABLE)
    op.create_index(NAME, TABLE, ["body_id", "progress", "due_on", "made_on"])


def downgrade() -> None:
    """One step back."""
    op.drop_index(NAME, table_name=TABLE)
    op.create_index(NAME, TABLE, ["body_id", "progress", "due_on"])
