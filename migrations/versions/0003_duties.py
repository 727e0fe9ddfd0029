"""Duties: rules of deadlines, transfer, answers, clocks, telling the voters.

Revision: 0003_duties, after 0002_workdays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_duties"
down_revision = "0002_workdays"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward."""
    op.create_table(
        "deadline_rules",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("start_event", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_deadline_rules")),
    )
    op.create_table(
        "duty_settings",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_duty_settings")),
    )
    op.create_table(
        "letter_counters",
        sa.Column("book", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("book", "year", name=op.f("pk_letter_counters")),
    )
    op.create_table(
        "deadline_rule_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_code", sa.String(length=60), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("to_workday", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("legal_basis", sa.String(length=400), nullable=False),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("seed", sa.String(length=80), nullable=True),
        sa.Column("edited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("direction IN ('after', 'before')", name=op.f("ck_deadline_rule_versions_direction")),
        sa.CheckConstraint(
            "unit IN ('calendar_day', 'working_day', 'fixed_date', 'quarter_end', 'session', 'continuous')", name=op.f("ck_deadline_rule_versions_unit")
        ),
        sa.CheckConstraint("length >= 0", name=op.f("ck_deadline_rule_versions_length")),
        sa.CheckConstraint("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name=op.f("ck_deadline_rule_versions_validity")),
        sa.ForeignKeyConstraint(["rule_code"], ["deadline_rules.code"], name=op.f("fk_deadline_rule_versions_rule_code_deadline_rules")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_rule_versions")),
        sa.UniqueConstraint("seed", name=op.f("uq_deadline_rule_versions_seed")),
    )
    with op.batch_alter_table("deadline_rule_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_rule_versions_rule_code"), ["rule_code"], unique=False)

    op.create_table(
        "answer_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=120), server_default="", nullable=False),
        sa.Column("unique_key", sa.String(length=200), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("signatory", sa.String(length=200), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('letter', 'on_spot')", name=op.f("ck_answer_letters_kind")),
        sa.CheckConstraint("received_on >= dated_on", name=op.f("ck_answer_letters_received")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_answer_letters_agency_id_agencies")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_answer_letters_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_letters")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_answer_letters_unique_key")),
    )
    with op.batch_alter_table("answer_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_letters_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "bundles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("council_session_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("recipient_kind", sa.String(length=20), nullable=False),
        sa.Column("recipient_agency_id", sa.Integer(), nullable=True),
        sa.Column("recipient_body_id", sa.Integer(), nullable=True),
        sa.Column("recipient_group_id", sa.Integer(), nullable=True),
        sa.Column("annex", sa.String(length=10), nullable=False),
        sa.Column("rule_code", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("annex IN ('I', 'II', 'III', 'IV', 'city')", name=op.f("ck_bundles_annex")),
        sa.CheckConstraint("kind IN ('transfer', 'session_list', 'answered')", name=op.f("ck_bundles_kind")),
        sa.CheckConstraint("recipient_kind IN ('ubnd_office', 'na_delegation', 'deputy_group', 'direct')", name=op.f("ck_bundles_recipient_kind")),
        sa.CheckConstraint("state IN ('draft', 'submitted', 'approved', 'issued', 'cancelled')", name=op.f("ck_bundles_state")),
        sa.ForeignKeyConstraint(["approved_by"], ["users.id"], name=op.f("fk_bundles_approved_by_users")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_bundles_body_id_bodies")),
        sa.ForeignKeyConstraint(["council_session_id"], ["council_sessions.id"], name=op.f("fk_bundles_council_session_id_council_sessions")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_bundles_made_by_users")),
        sa.ForeignKeyConstraint(["recipient_agency_id"], ["agencies.id"], name=op.f("fk_bundles_recipient_agency_id_agencies")),
        sa.ForeignKeyConstraint(["recipient_body_id"], ["bodies.id"], name=op.f("fk_bundles_recipient_body_id_bodies")),
        sa.ForeignKeyConstraint(["recipient_group_id"], ["deputy_groups.id"], name=op.f("fk_bundles_recipient_group_id_deputy_groups")),
        sa.ForeignKeyConstraint(["rule_code"], ["deadline_rules.code"], name=op.f("fk_bundles_rule_code_deadline_rules")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundles")),
    )
    with op.batch_alter_table("bundles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bundles_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bundles_council_session_id"), ["council_session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bundles_recipient_agency_id"), ["recipient_agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bundles_state"), ["state"], unique=False)

    op.create_table(
        "bundle_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bundle_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["bundle_id"], ["bundles.id"], name=op.f("fk_bundle_items_bundle_id_bundles")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle_items")),
        sa.UniqueConstraint("bundle_id", "subject_kind", "subject_id", name=op.f("uq_bundle_items_bundle_id_subject_kind_subject_id")),
    )
    with op.batch_alter_table("bundle_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bundle_items_bundle_id"), ["bundle_id"], unique=False)
        batch_op.create_index("ix_bundle_items_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "transfer_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bundle_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("book", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("symbol", sa.String(length=60), nullable=False),
        sa.Column("numbering", sa.String(length=10), nullable=False),
        sa.Column("unique_key", sa.String(length=120), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("signatory", sa.String(length=200), nullable=False),
        sa.Column("authority", sa.String(length=200), server_default="", nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recalled_by", sa.Integer(), nullable=True),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recall_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("numbering IN ('recorded', 'drawn')", name=op.f("ck_transfer_letters_numbering")),
        sa.CheckConstraint("(recalled_at IS NULL) = (recall_reason IS NULL)", name=op.f("ck_transfer_letters_recalled_with_reason")),
        sa.CheckConstraint("due_on IS NULL OR due_on >= dated_on", name=op.f("ck_transfer_letters_order")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_transfer_letters_body_id_bodies")),
        sa.ForeignKeyConstraint(["bundle_id"], ["bundles.id"], name=op.f("fk_transfer_letters_bundle_id_bundles")),
        sa.ForeignKeyConstraint(["issued_by"], ["users.id"], name=op.f("fk_transfer_letters_issued_by_users")),
        sa.ForeignKeyConstraint(["recalled_by"], ["users.id"], name=op.f("fk_transfer_letters_recalled_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_letters")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_transfer_letters_unique_key")),
    )
    with op.batch_alter_table("transfer_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_letters_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_letters_bundle_id"), ["bundle_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_letters_dated_on"), ["dated_on"], unique=False)
        batch_op.create_index("ix_transfer_letters_number", ["book", "year", "number"], unique=False)

    op.create_table(
        "bundle_agencies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.CheckConstraint("part IN ('lead', 'with')", name=op.f("ck_bundle_agencies_part")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_bundle_agencies_agency_id_agencies")),
        sa.ForeignKeyConstraint(["item_id"], ["bundle_items.id"], name=op.f("fk_bundle_agencies_item_id_bundle_items")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle_agencies")),
        sa.UniqueConstraint("item_id", "agency_id", name=op.f("uq_bundle_agencies_item_id_agency_id")),
    )
    with op.batch_alter_table("bundle_agencies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bundle_agencies_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bundle_agencies_item_id"), ["item_id"], unique=False)

    op.create_table(
        "duties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("recipient_kind", sa.String(length=20), server_default="direct", nullable=False),
        sa.Column("rerouted_from_id", sa.Integer(), nullable=True),
        sa.Column("rule_code", sa.String(length=60), nullable=True),
        sa.Column("rule_version_id", sa.Integer(), nullable=True),
        sa.Column("letter_on", sa.Date(), nullable=True),
        sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("acknowledge_due", sa.Date(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("statutory_due", sa.Date(), nullable=True),
        sa.Column("letter_due", sa.Date(), nullable=True),
        sa.Column("first_due", sa.Date(), nullable=True),
        sa.Column("reply_due", sa.Date(), nullable=True),
        sa.Column("reask_due", sa.Date(), nullable=True),
        sa.Column("resolution_due", sa.Date(), nullable=True),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("suspended_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer_item_id", sa.Integer(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_as", sa.String(length=20), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("close_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name=op.f("ck_duties_closed")),
        sa.CheckConstraint("part IN ('lead', 'with')", name=op.f("ck_duties_part")),
        sa.CheckConstraint(
            "state IN ('sent', 'acknowledged', 'return_asked', 'returned', 'rerouted', 'recalled', 'answered', 'under_review', 'reasked', 'countersigned', 'in_progress', 'explained', 'resolved', 'closed')",
            name=op.f("ck_duties_state"),
        ),
        sa.CheckConstraint("received_on IS NULL OR letter_on IS NULL OR received_on >= letter_on", name=op.f("ck_duties_received")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_duties_agency_id_agencies")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_duties_body_id_bodies")),
        sa.ForeignKeyConstraint(["closed_by"], ["users.id"], name=op.f("fk_duties_closed_by_users")),
        sa.ForeignKeyConstraint(["item_id"], ["bundle_items.id"], name=op.f("fk_duties_item_id_bundle_items")),
        sa.ForeignKeyConstraint(["letter_id"], ["transfer_letters.id"], name=op.f("fk_duties_letter_id_transfer_letters")),
        sa.ForeignKeyConstraint(["rerouted_from_id"], ["duties.id"], name=op.f("fk_duties_rerouted_from_id_duties")),
        sa.ForeignKeyConstraint(["rule_code"], ["deadline_rules.code"], name=op.f("fk_duties_rule_code_deadline_rules")),
        sa.ForeignKeyConstraint(["rule_version_id"], ["deadline_rule_versions.id"], name=op.f("fk_duties_rule_version_id_deadline_rule_versions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duties")),
    )
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.create_index("ix_duties_agency", ["agency_id", "state", "next_due", "id", "suspended_on", "acknowledge_due", "leaves_at"], unique=False)
        batch_op.create_index("ix_duties_due", ["body_id", "state", "next_due", "id", "suspended_on", "acknowledge_due", "leaves_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_duties_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duties_letter_id"), ["letter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duties_rerouted_from_id"), ["rerouted_from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duties_rule_version_id"), ["rule_version_id"], unique=False)
        batch_op.create_index("ix_duties_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "answer_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("agency_class", sa.String(length=20), nullable=False),
        sa.Column("agency_reason", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("roadmap", sa.Text(), server_default="", nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("override_reason", sa.Text(), nullable=True),
        sa.Column("overridden_by", sa.Integer(), nullable=True),
        sa.Column("office_class", sa.String(length=20), nullable=True),
        sa.Column("office_reason", sa.String(length=40), nullable=True),
        sa.Column("quality", sa.String(length=20), nullable=True),
        sa.Column("verdict", sa.Text(), server_default="", nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=True),
        sa.Column("judged_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "agency_class <> 'in_progress' OR promised_on IS NOT NULL OR agency_reason IS NOT NULL", name=op.f("ck_answer_items_promise_or_reason")
        ),
        sa.CheckConstraint("agency_class IN ('resolved', 'in_progress', 'explained')", name=op.f("ck_answer_items_agency_class")),
        sa.CheckConstraint("office_class IN ('resolved', 'in_progress', 'explained')", name=op.f("ck_answer_items_office_class")),
        sa.CheckConstraint("quality IN ('complete', 'unclear', 'off_point', 'wrong_competence')", name=op.f("ck_answer_items_quality")),
        sa.CheckConstraint("(quality IS NULL) = (judged_on IS NULL)", name=op.f("ck_answer_items_judged")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_answer_items_duty_id_duties")),
        sa.ForeignKeyConstraint(["judged_by"], ["users.id"], name=op.f("fk_answer_items_judged_by_users")),
        sa.ForeignKeyConstraint(["letter_id"], ["answer_letters.id"], name=op.f("fk_answer_items_letter_id_answer_letters")),
        sa.ForeignKeyConstraint(["overridden_by"], ["users.id"], name=op.f("fk_answer_items_overridden_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_items")),
        sa.UniqueConstraint("letter_id", "duty_id", name=op.f("uq_answer_items_letter_id_duty_id")),
    )
    with op.batch_alter_table("answer_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_items_duty_id"), ["duty_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_items_letter_id"), ["letter_id"], unique=False)

    op.create_table(
        "duty_dates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("to_workday", sa.Boolean(), nullable=False),
        sa.Column("rule_version_id", sa.Integer(), nullable=True),
        sa.Column("calendar_version", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "cause IN ('issue', 'receipt', 'letter', 'extension', 'suspension', 'resume', 'reask', 'promise', 'calendar', 'reroute', 'reopen', 'on_spot', 'session')",
            name=op.f("ck_duty_dates_cause"),
        ),
        sa.CheckConstraint("clock IN ('acknowledge', 'statutory', 'letter', 'reply', 'reask', 'resolution')", name=op.f("ck_duty_dates_clock")),
        sa.CheckConstraint("unit IN ('calendar_day', 'working_day', 'fixed_date', 'quarter_end', 'session', 'continuous')", name=op.f("ck_duty_dates_unit")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_duty_dates_duty_id_duties")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_duty_dates_made_by_users")),
        sa.ForeignKeyConstraint(["rule_version_id"], ["deadline_rule_versions.id"], name=op.f("fk_duty_dates_rule_version_id_deadline_rule_versions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_dates")),
    )
    with op.batch_alter_table("duty_dates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_dates_duty_id"), ["duty_id"], unique=False)
        batch_op.create_index("ix_duty_dates_living", ["clock", "until", "unit"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_dates_rule_version_id"), ["rule_version_id"], unique=False)

    op.create_table(
        "duty_holders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_duty_holders_order")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_duty_holders_agency_id_agencies")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_duty_holders_duty_id_duties")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_duty_holders_made_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_holders")),
    )
    with op.batch_alter_table("duty_holders", schema=None) as batch_op:
        batch_op.create_index("ix_duty_holders_agency", ["agency_id", "from_on", "to_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_holders_duty_id"), ["duty_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("by_agency", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("document_id IS NOT NULL OR note <> ''", name=op.f("ck_evidence_something")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_evidence_duty_id_duties")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_evidence_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_document", ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_duty_id"), ["duty_id"], unique=False)

    op.create_table(
        "extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(length=20), nullable=False),
        sa.Column("was_on", sa.Date(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("clock IN ('acknowledge', 'statutory', 'letter', 'reply', 'reask', 'resolution')", name=op.f("ck_extensions_clock")),
        sa.CheckConstraint("state IN ('asked', 'granted', 'refused', 'lapsed')", name=op.f("ck_extensions_state")),
        sa.CheckConstraint("granted_on IS NULL OR granted_on > was_on", name=op.f("ck_extensions_granted_later")),
        sa.CheckConstraint("wanted_on > was_on", name=op.f("ck_extensions_later")),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_extensions_asked_by_users")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_extensions_decided_by_users")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_extensions_duty_id_duties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    with op.batch_alter_table("extensions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extensions_duty_id"), ["duty_id"], unique=False)
        batch_op.create_index(
            "uq_extensions_waiting", ["duty_id"], unique=True, sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'")
        )

    op.create_table(
        "forwardings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("by_kind", sa.String(length=20), nullable=False),
        sa.Column("to_agency_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=120), server_default="", nullable=False),
        sa.Column("forwarded_on", sa.Date(), nullable=False),
        sa.Column("internal_due", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_forwardings_duty_id_duties")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_forwardings_entered_by_users")),
        sa.ForeignKeyConstraint(["to_agency_id"], ["agencies.id"], name=op.f("fk_forwardings_to_agency_id_agencies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forwardings")),
    )
    with op.batch_alter_table("forwardings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forwardings_duty_id"), ["duty_id"], unique=False)

    op.create_table(
        "progress_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("percent IS NULL OR percent BETWEEN 0 AND 100", name=op.f("ck_progress_reports_percent")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_progress_reports_duty_id_duties")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_progress_reports_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_reports")),
    )
    with op.batch_alter_table("progress_reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_reports_duty_id"), ["duty_id"], unique=False)

    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("rule_version_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("url", sa.String(length=500), server_default="", nullable=False),
        sa.Column("posted_at", sa.String(length=200), server_default="", nullable=False),
        sa.Column("posted_from", sa.Date(), nullable=True),
        sa.Column("posted_to", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("state IN ('planned', 'drafted', 'approved', 'published', 'withdrawn')", name=op.f("ck_publications_state")),
        sa.CheckConstraint("state NOT IN ('approved', 'published') OR approved_by IS NOT NULL", name=op.f("ck_publications_approved")),
        sa.CheckConstraint("unit IN ('calendar_day', 'working_day', 'fixed_date', 'quarter_end', 'session', 'continuous')", name=op.f("ck_publications_unit")),
        sa.CheckConstraint("posted_to IS NULL OR posted_to >= posted_from", name=op.f("ck_publications_posted")),
        sa.ForeignKeyConstraint(["approved_by"], ["users.id"], name=op.f("fk_publications_approved_by_users")),
        sa.ForeignKeyConstraint(["drafted_by"], ["users.id"], name=op.f("fk_publications_drafted_by_users")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_publications_duty_id_duties")),
        sa.ForeignKeyConstraint(["rule_version_id"], ["deadline_rule_versions.id"], name=op.f("fk_publications_rule_version_id_deadline_rule_versions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
        sa.UniqueConstraint("duty_id", name=op.f("uq_publications_duty_id")),
    )
    with op.batch_alter_table("publications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publications_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_publications_state"), ["state"], unique=False)
        batch_op.create_index("ix_publications_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "return_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_agency_id", sa.Integer(), nullable=True),
        sa.Column("allowed_until", sa.Date(), nullable=True),
        sa.Column("late", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("rule_version_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("state IN ('asked', 'granted', 'refused')", name=op.f("ck_return_requests_state")),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_return_requests_asked_by_users")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_return_requests_decided_by_users")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_return_requests_duty_id_duties")),
        sa.ForeignKeyConstraint(["proposed_agency_id"], ["agencies.id"], name=op.f("fk_return_requests_proposed_agency_id_agencies")),
        sa.ForeignKeyConstraint(["rule_version_id"], ["deadline_rule_versions.id"], name=op.f("fk_return_requests_rule_version_id_deadline_rule_versions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_requests")),
    )
    with op.batch_alter_table("return_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_requests_duty_id"), ["duty_id"], unique=False)
        batch_op.create_index(
            "uq_return_requests_waiting", ["duty_id"], unique=True, sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'")
        )

    op.create_table(
        "suspensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(length=20), nullable=False),
        sa.Column("suspended_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("remaining", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("suspended_by", sa.Integer(), nullable=True),
        sa.Column("resumed_on", sa.Date(), nullable=True),
        sa.Column("resumed_due", sa.Date(), nullable=True),
        sa.Column("resumed_by", sa.Integer(), nullable=True),
        sa.Column("resume_reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("clock IN ('acknowledge', 'statutory', 'letter', 'reply', 'reask', 'resolution')", name=op.f("ck_suspensions_clock")),
        sa.CheckConstraint("unit IN ('calendar_day', 'working_day', 'fixed_date', 'quarter_end', 'session', 'continuous')", name=op.f("ck_suspensions_unit")),
        sa.CheckConstraint("remaining >= 0", name=op.f("ck_suspensions_remaining")),
        sa.CheckConstraint("resumed_on IS NULL OR resumed_on >= suspended_on", name=op.f("ck_suspensions_order")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_suspensions_duty_id_duties")),
        sa.ForeignKeyConstraint(["resumed_by"], ["users.id"], name=op.f("fk_suspensions_resumed_by_users")),
        sa.ForeignKeyConstraint(["suspended_by"], ["users.id"], name=op.f("fk_suspensions_suspended_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspensions")),
    )
    with op.batch_alter_table("suspensions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suspensions_duty_id"), ["duty_id"], unique=False)
        batch_op.create_index(
            "uq_suspensions_running", ["duty_id"], unique=True, sqlite_where=sa.text("resumed_on IS NULL"), postgresql_where=sa.text("resumed_on IS NULL")
        )

    op.create_table(
        "commitments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("answer_item_id", sa.Integer(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=True),
        sa.Column("replaced_on", sa.Date(), nullable=True),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["answer_item_id"], ["answer_items.id"], name=op.f("fk_commitments_answer_item_id_answer_items")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_commitments_duty_id_duties")),
        sa.ForeignKeyConstraint(["follows_id"], ["commitments.id"], name=op.f("fk_commitments_follows_id_commitments")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
    )
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commitments_answer_item_id"), ["answer_item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitments_duty_id"), ["duty_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitments_follows_id"), ["follows_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitments_promised_on"), ["promised_on"], unique=False)

    op.create_table(
        "countersignatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_item_id", sa.Integer(), nullable=True),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("opinion", sa.Text(), server_default="", nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_countersignatures_agency_id_agencies")),
        sa.ForeignKeyConstraint(["answer_item_id"], ["answer_items.id"], name=op.f("fk_countersignatures_answer_item_id_answer_items")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_countersignatures_duty_id_duties")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_countersignatures_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countersignatures")),
        sa.UniqueConstraint("answer_item_id", "duty_id", name=op.f("uq_countersignatures_answer_item_id_duty_id")),
    )
    with op.batch_alter_table("countersignatures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_countersignatures_answer_item_id"), ["answer_item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_countersignatures_duty_id"), ["duty_id"], unique=False)

    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("answer_item_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_item_id"], ["answer_items.id"], name=op.f("fk_objections_answer_item_id_answer_items")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_objections_duty_id_duties")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_objections_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
    )
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objections_answer_item_id"), ["answer_item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objections_duty_id"), ["duty_id"], unique=False)

    op.create_table(
        "re_asks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("answer_item_id", sa.Integer(), nullable=True),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("answered_item_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("due_on >= asked_on", name=op.f("ck_re_asks_order")),
        sa.ForeignKeyConstraint(["answer_item_id"], ["answer_items.id"], name=op.f("fk_re_asks_answer_item_id_answer_items")),
        sa.ForeignKeyConstraint(["answered_item_id"], ["answer_items.id"], name=op.f("fk_re_asks_answered_item_id_answer_items")),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_re_asks_asked_by_users")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_re_asks_duty_id_duties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_re_asks")),
    )
    with op.batch_alter_table("re_asks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_re_asks_answer_item_id"), ["answer_item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_re_asks_duty_id"), ["duty_id"], unique=False)

    op.create_table(
        "told_voters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("answer_item_id", sa.Integer(), nullable=True),
        sa.Column("deputy_group_id", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("meeting", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("struck", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_item_id"], ["answer_items.id"], name=op.f("fk_told_voters_answer_item_id_answer_items")),
        sa.ForeignKeyConstraint(["deputy_group_id"], ["deputy_groups.id"], name=op.f("fk_told_voters_deputy_group_id_deputy_groups")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_told_voters_duty_id_duties")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_told_voters_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_voters")),
    )
    with op.batch_alter_table("told_voters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_told_voters_deputy_group_id"), ["deputy_group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_told_voters_duty_id"), ["duty_id"], unique=False)
        batch_op.create_index("ix_told_voters_subject", ["subject_kind", "subject_id"], unique=False)


def downgrade() -> None:
    """The same step back."""
    with op.batch_alter_table("told_voters", schema=None) as batch_op:
        batch_op.drop_index("ix_told_voters_subject")
        batch_op.drop_index(batch_op.f("ix_told_voters_duty_id"))
        batch_op.drop_index(batch_op.f("ix_told_voters_deputy_group_id"))

    op.drop_table("told_voters")
    with op.batch_alter_table("re_asks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_re_asks_duty_id"))
        batch_op.drop_index(batch_op.f("ix_re_asks_answer_item_id"))

    op.drop_table("re_asks")
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objections_duty_id"))
        batch_op.drop_index(batch_op.f("ix_objections_answer_item_id"))

    op.drop_table("objections")
    with op.batch_alter_table("countersignatures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_countersignatures_duty_id"))
        batch_op.drop_index(batch_op.f("ix_countersignatures_answer_item_id"))

    op.drop_table("countersignatures")
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commitments_promised_on"))
        batch_op.drop_index(batch_op.f("ix_commitments_follows_id"))
        batch_op.drop_index(batch_op.f("ix_commitments_duty_id"))
        batch_op.drop_index(batch_op.f("ix_commitments_answer_item_id"))

    op.drop_table("commitments")
    with op.batch_alter_table("suspensions", schema=None) as batch_op:
        batch_op.drop_index("uq_suspensions_running", sqlite_where=sa.text("resumed_on IS NULL"), postgresql_where=sa.text("resumed_on IS NULL"))
        batch_op.drop_index(batch_op.f("ix_suspensions_duty_id"))

    op.drop_table("suspensions")
    with op.batch_alter_table("return_requests", schema=None) as batch_op:
        batch_op.drop_index("uq_return_requests_waiting", sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))
        batch_op.drop_index(batch_op.f("ix_return_requests_duty_id"))

    op.drop_table("return_requests")
    with op.batch_alter_table("publications", schema=None) as batch_op:
        batch_op.drop_index("ix_publications_subject")
        batch_op.drop_index(batch_op.f("ix_publications_state"))
        batch_op.drop_index(batch_op.f("ix_publications_due_on"))

    op.drop_table("publications")
    with op.batch_alter_table("progress_reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_progress_reports_duty_id"))

    op.drop_table("progress_reports")
    with op.batch_alter_table("forwardings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forwardings_duty_id"))

    op.drop_table("forwardings")
    with op.batch_alter_table("extensions", schema=None) as batch_op:
        batch_op.drop_index("uq_extensions_waiting", sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))
        batch_op.drop_index(batch_op.f("ix_extensions_duty_id"))

    op.drop_table("extensions")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_duty_id"))
        batch_op.drop_index("ix_evidence_document")

    op.drop_table("evidence")
    with op.batch_alter_table("duty_holders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_holders_duty_id"))
        batch_op.drop_index("ix_duty_holders_agency")

    op.drop_table("duty_holders")
    with op.batch_alter_table("duty_dates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_dates_rule_version_id"))
        batch_op.drop_index("ix_duty_dates_living")
        batch_op.drop_index(batch_op.f("ix_duty_dates_duty_id"))

    op.drop_table("duty_dates")
    with op.batch_alter_table("answer_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_items_letter_id"))
        batch_op.drop_index(batch_op.f("ix_answer_items_duty_id"))

    op.drop_table("answer_items")
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.drop_index("ix_duties_subject")
        batch_op.drop_index(batch_op.f("ix_duties_rule_version_id"))
        batch_op.drop_index(batch_op.f("ix_duties_rerouted_from_id"))
        batch_op.drop_index(batch_op.f("ix_duties_letter_id"))
        batch_op.drop_index(batch_op.f("ix_duties_item_id"))
        batch_op.drop_index("ix_duties_due")
        batch_op.drop_index("ix_duties_agency")

    op.drop_table("duties")
    with op.batch_alter_table("bundle_agencies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bundle_agencies_item_id"))
        batch_op.drop_index(batch_op.f("ix_bundle_agencies_agency_id"))

    op.drop_table("bundle_agencies")
    with op.batch_alter_table("transfer_letters", schema=None) as batch_op:
        batch_op.drop_index("ix_transfer_letters_number")
        batch_op.drop_index(batch_op.f("ix_transfer_letters_dated_on"))
        batch_op.drop_index(batch_op.f("ix_transfer_letters_bundle_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_letters_body_id"))

    op.drop_table("transfer_letters")
    with op.batch_alter_table("bundle_items", schema=None) as batch_op:
        batch_op.drop_index("ix_bundle_items_subject")
        batch_op.drop_index(batch_op.f("ix_bundle_items_bundle_id"))

    op.drop_table("bundle_items")
    with op.batch_alter_table("bundles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bundles_state"))
        batch_op.drop_index(batch_op.f("ix_bundles_recipient_agency_id"))
        batch_op.drop_index(batch_op.f("ix_bundles_council_session_id"))
        batch_op.drop_index(batch_op.f("ix_bundles_body_id"))

    op.drop_table("bundles")
    with op.batch_alter_table("answer_letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_letters_agency_id"))

    op.drop_table("answer_letters")
    with op.batch_alter_table("deadline_rule_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadline_rule_versions_rule_code"))

    op.drop_table("deadline_rule_versions")
    op.drop_table("letter_counters")
    op.drop_table("duty_settings")
    op.drop_table("deadline_rules")
