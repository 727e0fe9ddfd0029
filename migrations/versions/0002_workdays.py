"""The calendar of working days.

Revision: 0002_workdays, after 0001_main_job.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_workdays"
down_revision = "0001_main_job"
branch_labels = None
depends_on = None

# One living row a day, one living notice a year; withdrawn ones stay beside it.
LIVING = sa.text("withdrawn_in IS NULL")


def upgrade() -> None:
    """One step forward."""
    op.create_table(
        "calendar_versions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_versions")),
        sa.UniqueConstraint("token", name=op.f("uq_calendar_versions_token")),
    )
    op.create_table(
        "calendar_weeks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("rest_days", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=400), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_weeks")),
        sa.UniqueConstraint("valid_from", name=op.f("uq_calendar_weeks_valid_from")),
    )
    op.create_table(
        "calendar_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("name_vi", sa.String(length=160), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("for_day", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(length=400), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("added_in", sa.Integer(), nullable=False),
        sa.Column("withdrawn_in", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=400), nullable=True),
        sa.CheckConstraint("kind IN ('off', 'worked')", name=op.f("ck_calendar_days_kind")),
        sa.CheckConstraint("reason IN ('fixed', 'lunar', 'compensatory', 'swap', 'other')", name=op.f("ck_calendar_days_reason")),
        sa.CheckConstraint("for_day IS NULL OR for_day <> day", name=op.f("ck_calendar_days_two_days")),
        sa.CheckConstraint("withdrawn_in IS NULL OR withdrawn_in > added_in", name=op.f("ck_calendar_days_order")),
        sa.ForeignKeyConstraint(["added_in"], ["calendar_versions.id"], name=op.f("fk_calendar_days_added_in_calendar_versions")),
        sa.ForeignKeyConstraint(["withdrawn_in"], ["calendar_versions.id"], name=op.f("fk_calendar_days_withdrawn_in_calendar_versions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_days")),
    )
    with op.batch_alter_table("calendar_days", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_days_added_in"), ["added_in"], unique=False)
        batch_op.create_index(batch_op.f("ix_calendar_days_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_calendar_days_withdrawn_in"), ["withdrawn_in"], unique=False)
        batch_op.create_index("uq_calendar_days_living", ["day"], unique=True, sqlite_where=LIVING, postgresql_where=LIVING)

    op.create_table(
        "calendar_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(length=400), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("added_in", sa.Integer(), nullable=False),
        sa.Column("withdrawn_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["added_in"], ["calendar_versions.id"], name=op.f("fk_calendar_notices_added_in_calendar_versions")),
        sa.ForeignKeyConstraint(["withdrawn_in"], ["calendar_versions.id"], name=op.f("fk_calendar_notices_withdrawn_in_calendar_versions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_notices")),
    )
    with op.batch_alter_table("calendar_notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_notices_added_in"), ["added_in"], unique=False)
        batch_op.create_index(batch_op.f("ix_calendar_notices_withdrawn_in"), ["withdrawn_in"], unique=False)
        batch_op.create_index("uq_calendar_notices_living", ["year"], unique=True, sqlite_where=LIVING, postgresql_where=LIVING)


def downgrade() -> None:
    """The same step back."""
    with op.batch_alter_table("calendar_notices", schema=None) as batch_op:
        batch_op.drop_index("uq_calendar_notices_living", sqlite_where=LIVING, postgresql_where=LIVING)
        batch_op.drop_index(batch_op.f("ix_calendar_notices_withdrawn_in"))
        batch_op.drop_index(batch_op.f("ix_calendar_notices_added_in"))

    op.drop_table("calendar_notices")
    with op.batch_alter_table("calendar_days", schema=None) as batch_op:
        batch_op.drop_index("uq_calendar_days_living", sqlite_where=LIVING, postgresql_where=LIVING)
        batch_op.drop_index(batch_op.f("ix_calendar_days_withdrawn_in"))
        batch_op.drop_index(batch_op.f("ix_calendar_days_day"))
        batch_op.drop_index(batch_op.f("ix_calendar_days_added_in"))

    op.drop_table("calendar_days")
    op.drop_table("calendar_weeks")
    op.drop_table("calendar_versions")
