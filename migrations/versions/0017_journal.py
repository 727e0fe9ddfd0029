"""The journal's page: its entries by act and by person in the order of the chain, newest number first.

Revision: 0017_journal, after 0016_terms.
"""

from alembic import op

revision = "0017_journal"
down_revision = "0016_terms"
branch_labels = None
depends_on = None

INDEXES = {"ix_journal_entries_act": "act", "ix_journal_entries_by_id": "by_id"}


def upgrade() -> None:
    """One step forward."""
    for name, column in INDEXES.items():
        op.drop_index(name, table_name="journal_entries")
        op.create_index(name, "journal_entries", [column, "id"])


def downgrade() -> None:
    """One step back."""
    for name, column in INDEXES.items():
        op.drop_index(name, table_name="journal_entries")
        op.create_index(name, "journal_entries", [column, "at", "id"])
