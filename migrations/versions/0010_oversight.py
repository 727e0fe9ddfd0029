"""Oversight: supervision activities, issued documents, recommendations, reports, verification.

Revision: 0010_oversight, after 0009_notifications.
"""

revision = "0010_oversight"
down_revision = "0009_notifications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward."""


def downgrade() -> None:
    """One step back."""
