"""Notifications: messages, wishes, deliveries, substitutes; the runs of daily jobs.

Revision: 0009_notifications, after 0008_urging.
"""

revision = "0009_notifications"
down_revision = "0008_urging"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward."""


def downgrade() -> None:
    """One step back."""
