"""Petitions follow their duties: their links to them, the states that come after "classified".

Revision: 0004_following, after 0003_duties.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_following"
down_revision = "0003_duties"
branch_labels = None
depends_on = None

BEFORE = ("draft", "registered", "classified", "diverted")
LATER = ("consolidated", "transferred", "returned", "answered", "in_progress", "explained", "resolved", "closed", "deferred")
AFTER = ("draft", "registered", "classified", *LATER, "diverted")


def upgrade() -> None:
    """One step forward."""
    _let_states_be(AFTER)
    op.add_column("petitions", sa.Column("deferred_until", sa.Date(), nullable=True))
    op.create_table(
        "petition_duties",
        sa.Column("duty_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_petition_duties_duty_id_duties")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_petition_duties_petition_id_petitions")),
        sa.PrimaryKeyConstraint("duty_id", name=op.f("pk_petition_duties")),
    )
    op.create_index(op.f("ix_petition_duties_petition_id"), "petition_duties", ["petition_id"])
    op.create_table(
        "petition_objections",
        sa.Column("petition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("against_id", sa.Integer(), nullable=False),
        sa.Column("answer_item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["against_id"], ["petitions.id"], name=op.f("fk_petition_objections_against_id_petitions")),
        sa.ForeignKeyConstraint(["answer_item_id"], ["answer_items.id"], name=op.f("fk_petition_objections_answer_item_id_answer_items")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_petition_objections_petition_id_petitions")),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_petition_objections")),
    )
    op.create_index(op.f("ix_petition_objections_against_id"), "petition_objections", ["against_id"])
    op.create_index(op.f("ix_petition_objections_answer_item_id"), "petition_objections", ["answer_item_id"])


def downgrade() -> None:
    """The same step back: what was with agencies is classified again."""
    op.drop_table("petition_objections")
    op.drop_table("petition_duties")
    with op.batch_alter_table("petitions") as batch:
        batch.drop_column("deferred_until")
    petitions = sa.table("petitions", sa.column("state", sa.String()))
    op.execute(petitions.update().where(petitions.c.state.in_(LATER)).values(state="classified"))
    _let_states_be(BEFORE)


def _let_states_be(states: tuple[str, ...]) -> None:
    with op.batch_alter_table("petitions") as batch:
        batch.drop_constraint(op.f("ck_petitions_state"), type_="check")
        batch.create_check_constraint(op.f("ck_petitions_state"), f"state IN ({', '.join(repr(state) for state in states)})")
