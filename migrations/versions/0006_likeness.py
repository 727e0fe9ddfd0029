"""Petitions that a person said are not the same.

Revision: 0006_likeness, after 0005_documents.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006_likeness"
down_revision = "0005_documents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward."""
    op.create_table(
        "petition_relations",
        sa.Column("low_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("high_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('not_duplicate')", name=op.f("ck_petition_relations_kind")),
        sa.CheckConstraint("low_id < high_id", name=op.f("ck_petition_relations_order")),
        sa.ForeignKeyConstraint(["high_id"], ["petitions.id"], name=op.f("fk_petition_relations_high_id_petitions"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["low_id"], ["petitions.id"], name=op.f("fk_petition_relations_low_id_petitions"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["said_by"], ["users.id"], name=op.f("fk_petition_relations_said_by_users")),
        sa.PrimaryKeyConstraint("low_id", "high_id", "kind", name=op.f("pk_petition_relations")),
    )
    op.create_index(op.f("ix_petition_relations_high_id"), "petition_relations", ["high_id"])


def downgrade() -> None:
    """One step back."""
    op.drop_index(op.f("ix_petition_relations_high_id"), table_name="petition_relations")
    op.drop_table("petition_relations")
