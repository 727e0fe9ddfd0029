"""The office's own words of the trade for the search.

Revision: 0007_search_words, after 0006_likeness.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_search_words"
down_revision = "0006_likeness"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward."""
    op.create_table(
        "search_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forms", sa.String(length=600), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("drops", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_name", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_name", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_words")),
    )


def downgrade() -> None:
    """One step back."""
    op.drop_table("search_words")
