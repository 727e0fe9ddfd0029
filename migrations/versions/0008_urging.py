"""Urging: the ladder, letters that urge, who acknowledged, candidates for explanation and questioning.

Revision: 0008_urging, after 0007_search_words.
"""

revision = "0008_urging"
down_revision = "0007_search_words"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward."""


def downgrade() -> None:
    """One step back."""
