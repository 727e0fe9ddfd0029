"""Origins are valid for a time, as levels and fields are.

Revision: 0013_lists, after 0012_journal.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013_lists"
down_revision = "0012_journal"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward."""
    op.add_column("origins", sa.Column("valid_from", sa.Date(), nullable=True))
    op.add_column("origins", sa.Column("valid_to", sa.Date(), nullable=True))


def downgrade() -> None:
    """One step back."""
    op.drop_column("origins", "valid_to")
    op.drop_column("origins", "valid_from")
