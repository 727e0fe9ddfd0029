"""The journal's page: its entries by time, by act and by person, each index in the order of the page.

Revision: 0012_journal, after 0011_duties.
"""

from alembic import op

revision = "0012_journal"
down_revision = "0011_duties"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward."""
    op.drop_index(op.f("ix_journal_entries_act"), table_name="journal_entries")
    op.drop_index(op.f("ix_journal_entries_by_id"), table_name="journal_entries")
    op.create_index("ix_journal_entries_at", "journal_entries", ["at", "id"])
    op.create_index("ix_journal_entries_act", "journal_entries", ["act", "at", "id"])
    op.create_index("ix_journal_entries_by_id", "journal_entries", ["by_id", "at", "id"])


def downgrade() -> None:
    """One step back."""
    op.drop_index("ix_journal_entries_by_id", table_name="journal_entries")
    op.drop_index("ix_journal_entries_act", table_name="journal_entries")
    op.drop_index("ix_journal_entries_at", table_name="journal_entries")
    op.create_index(op.f("ix_journal_entries_by_id"), "journal_entries", ["by_id"])
    op.create_index(op.f("ix_journal_entries_act"), "journal_entries", ["act"])
