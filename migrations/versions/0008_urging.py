"""Urging: the ladder, letters that urge, who acknowledged, candidates for explanation and questioning.

Revision: 0008_urging, after 0007_search_words.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_urging"
down_revision = "0007_search_words"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward."""
    _letters()
    _urging()


def downgrade() -> None:
    """One step back."""
    _no_urging()
    _no_letters()


def _letters() -> None:
    """The outgoing letters: books, entries, templates, signatories. Transfer letters that stand already are entered into the register."""
    op.create_table(
        "letter_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("shipped", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("made_by_name", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('transfer', 'reminder', 'urging', 'referral', 'explanation', 'questioning')", name=op.f("ck_letter_templates_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_templates")),
        sa.UniqueConstraint("kind", "version", name=op.f("uq_letter_templates_kind_version")),
    )
    op.create_table(
        "letter_books",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("symbol", sa.String(length=60), nullable=False),
        sa.Column("numbering", sa.String(length=10), nullable=False),
        sa.Column("parent", sa.String(length=300), server_default="", nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("copies", sa.Text(), server_default="", nullable=False),
        sa.Column("opens", sa.String(length=5), nullable=False),
        sa.Column("closes", sa.String(length=5), nullable=False),
        sa.Column("recall_minutes", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("numbering IN ('recorded', 'unique', 'drawn')", name=op.f("ck_letter_books_numbering")),
        sa.CheckConstraint("recall_minutes >= 0", name=op.f("ck_letter_books_recall_minutes")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_letter_books_body_id_bodies")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_letter_books")),
    )
    with op.batch_alter_table("letter_books", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_books_body_id"), ["body_id"], unique=False)

    op.create_table(
        "letter_signatories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("signing", sa.Text(), nullable=False),
        sa.Column("rank", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("rank IN ('office', 'standing', 'chair')", name=op.f("ck_letter_signatories_rank")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_letter_signatories_validity")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_letter_signatories_body_id_bodies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_signatories")),
    )
    with op.batch_alter_table("letter_signatories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_signatories_body_id"), ["body_id"], unique=False)

    op.create_table(
        "letter_absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signatory_id", sa.Integer(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("entered_by_name", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("substitute_id <> signatory_id", name=op.f("ck_letter_absences_somebody_else")),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_letter_absences_order")),
        sa.ForeignKeyConstraint(["signatory_id"], ["letter_signatories.id"], name=op.f("fk_letter_absences_signatory_id_letter_signatories")),
        sa.ForeignKeyConstraint(["substitute_id"], ["letter_signatories.id"], name=op.f("fk_letter_absences_substitute_id_letter_signatories")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_absences")),
    )
    with op.batch_alter_table("letter_absences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_absences_signatory_id"), ["signatory_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_absences_substitute_id"), ["substitute_id"], unique=False)

    op.create_table(
        "letter_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("book", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("symbol", sa.String(length=60), nullable=False),
        sa.Column("numbering", sa.String(length=10), nullable=False),
        sa.Column("unique_key", sa.String(length=120), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("subject_line", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("signatory", sa.String(length=200), nullable=False),
        sa.Column("holder_kind", sa.String(length=20), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_entries")),
        sa.UniqueConstraint("holder_kind", "holder_id", name=op.f("uq_letter_entries_holder_kind_holder_id")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_letter_entries_unique_key")),
    )
    with op.batch_alter_table("letter_entries", schema=None) as batch_op:
        batch_op.create_index("ix_letter_entries_dated_on", ["dated_on", "id"], unique=False)
        batch_op.create_index("ix_letter_entries_number", ["book", "year", "ordinal", "id"], unique=False)

    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("book", sa.String(length=60), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("subject_line", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("annex", sa.JSON(), nullable=False),
        sa.Column("copies", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.String(length=20), server_default="", nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("symbol", sa.String(length=60), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("signatory_id", sa.Integer(), nullable=True),
        sa.Column("signatory", sa.String(length=200), server_default="", nullable=False),
        sa.Column("signing", sa.Text(), server_default="", nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("kind IN ('transfer', 'reminder', 'urging', 'referral', 'explanation', 'questioning')", name=op.f("ck_letters_kind")),
        sa.CheckConstraint("state IN ('draft', 'issued', 'withdrawn', 'cancelled')", name=op.f("ck_letters_state")),
        sa.CheckConstraint(
            "state NOT IN ('issued', 'withdrawn') OR (number IS NOT NULL AND dated_on IS NOT NULL AND sha256 IS NOT NULL)", name=op.f("ck_letters_issued_whole")
        ),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name=op.f("ck_letters_withdrawn_with_reason")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_letters_agency_id_agencies")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_letters_body_id_bodies")),
        sa.ForeignKeyConstraint(["book"], ["letter_books.code"], name=op.f("fk_letters_book_letter_books")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_letters_document_id_documents")),
        sa.ForeignKeyConstraint(["issued_by"], ["users.id"], name=op.f("fk_letters_issued_by_users")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_letters_made_by_users")),
        sa.ForeignKeyConstraint(["scan_id"], ["documents.id"], name=op.f("fk_letters_scan_id_documents")),
        sa.ForeignKeyConstraint(["signatory_id"], ["letter_signatories.id"], name=op.f("fk_letters_signatory_id_letter_signatories")),
        sa.ForeignKeyConstraint(["template_id"], ["letter_templates.id"], name=op.f("fk_letters_template_id_letter_templates")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["users.id"], name=op.f("fk_letters_withdrawn_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letters_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_book"), ["book"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_dated_on"), ["dated_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_issued_by"), ["issued_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_made_by"), ["made_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_scan_id"), ["scan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_signatory_id"), ["signatory_id"], unique=False)
        batch_op.create_index("ix_letters_state", ["state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_template_id"), ["template_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_withdrawn_by"), ["withdrawn_by"], unique=False)
    _enter_transfers()
    op.drop_table("letter_counters")  # the register itself knows its last number


def _enter_transfers() -> None:
    connection = op.get_bind()
    old = sa.table(
        "transfer_letters",
        *(sa.column(name) for name in ("id", "bundle_id", "book", "year", "number", "symbol", "numbering", "unique_key", "signatory")),
        sa.column("dated_on", sa.Date()),
        sa.column("issued_at", sa.DateTime(timezone=True)),
        sa.column("recalled_at", sa.DateTime(timezone=True)),
    )
    bundles = sa.table("bundles", sa.column("id"), sa.column("title"))
    columns = ("book", "year", "number", "ordinal", "symbol", "numbering", "unique_key", "subject_line", "addressee", "signatory", "holder_kind", "holder_id")
    moments = (sa.column("dated_on", sa.Date()), sa.column("entered_at", sa.DateTime(timezone=True)), sa.column("withdrawn_at", sa.DateTime(timezone=True)))
    entries = sa.table("letter_entries", *(sa.column(name) for name in columns), *moments)
    rows = connection.execute(sa.select(old, bundles.c.title).join(bundles, bundles.c.id == old.c.bundle_id).order_by(old.c.id)).mappings().all()
    for row in rows:
        same = {name: row[name] for name in ("book", "year", "number", "symbol", "numbering", "unique_key", "dated_on", "signatory")}
        ordinal = int(row["number"]) if row["number"].isascii() and row["number"].isdigit() and len(row["number"]) < 10 else None
        said = {"subject_line": row["title"], "addressee": "", "holder_kind": "transfer_letter", "holder_id": row["id"]}
        connection.execute(entries.insert().values(**same, **said, ordinal=ordinal, entered_at=row["issued_at"], withdrawn_at=row["recalled_at"]))


def _no_letters() -> None:
    op.create_table(
        "letter_counters",
        sa.Column("book", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("book", "year", name=op.f("pk_letter_counters")),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letters_withdrawn_by"))
        batch_op.drop_index(batch_op.f("ix_letters_template_id"))
        batch_op.drop_index("ix_letters_state")
        batch_op.drop_index(batch_op.f("ix_letters_signatory_id"))
        batch_op.drop_index(batch_op.f("ix_letters_scan_id"))
        batch_op.drop_index(batch_op.f("ix_letters_made_by"))
        batch_op.drop_index(batch_op.f("ix_letters_issued_by"))
        batch_op.drop_index(batch_op.f("ix_letters_document_id"))
        batch_op.drop_index(batch_op.f("ix_letters_dated_on"))
        batch_op.drop_index(batch_op.f("ix_letters_book"))
        batch_op.drop_index(batch_op.f("ix_letters_body_id"))
        batch_op.drop_index(batch_op.f("ix_letters_agency_id"))

    op.drop_table("letters")
    with op.batch_alter_table("letter_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_entries_number")
        batch_op.drop_index("ix_letter_entries_dated_on")

    op.drop_table("letter_entries")
    with op.batch_alter_table("letter_absences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_absences_substitute_id"))
        batch_op.drop_index(batch_op.f("ix_letter_absences_signatory_id"))

    op.drop_table("letter_absences")
    with op.batch_alter_table("letter_signatories", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_signatories_body_id"))

    op.drop_table("letter_signatories")
    with op.batch_alter_table("letter_books", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_books_body_id"))

    op.drop_table("letter_books")
    op.drop_table("letter_templates")


def _urging() -> None:
    """The ladder, drafts and letters that urge, what committees decided."""
    op.create_table(
        "urging_rungs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("offset_days", sa.Integer(), nullable=False),
        sa.Column("rank", sa.String(length=20), nullable=False),
        sa.Column("authority", sa.String(length=20), nullable=False),
        sa.Column("interval_days", sa.Integer(), server_default="0", nullable=False),
        sa.Column("after_letters", sa.Integer(), server_default="0", nullable=False),
        sa.Column("letter_kind", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("applies_from", sa.Date(), nullable=True),
        sa.Column("legal_basis", sa.String(length=400), nullable=False),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("seed", sa.String(length=80), nullable=True),
        sa.Column("edited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("authority IN ('office', 'standing', 'chair')", name=op.f("ck_urging_rungs_authority")),
        sa.CheckConstraint("form IN ('notice', 'letter', 'list')", name=op.f("ck_urging_rungs_form")),
        sa.CheckConstraint("rank IN ('handler', 'head', 'vice_chair', 'chair', 'session', 'council')", name=op.f("ck_urging_rungs_rank")),
        sa.CheckConstraint("interval_days >= 0 AND after_letters >= 0 AND level > 0", name=op.f("ck_urging_rungs_counts")),
        sa.CheckConstraint("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name=op.f("ck_urging_rungs_validity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urging_rungs")),
        sa.UniqueConstraint("seed", name=op.f("uq_urging_rungs_seed")),
    )
    op.create_index("ix_urging_rungs_kind", "urging_rungs", ["subject_kind", "level"])
    op.create_table(
        "urging_fields",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committees.id"], name=op.f("fk_urging_fields_committee_id_committees")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urging_fields")),
        sa.UniqueConstraint("value", name=op.f("uq_urging_fields_value")),
    )
    op.create_index(op.f("ix_urging_fields_committee_id"), "urging_fields", ["committee_id"])
    op.create_table(
        "urgings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("to_agency_id", sa.Integer(), nullable=False),
        sa.Column("rung_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("addressee", sa.Text(), server_default="", nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("new_due_on", sa.Date(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("acknowledge_note", sa.Text(), server_default="", nullable=False),
        sa.Column("end_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(state = 'issued' OR state = 'recalled') = (sent_on IS NOT NULL)", name=op.f("ck_urgings_sent")),
        sa.CheckConstraint("source IN ('job', 'hand')", name=op.f("ck_urgings_source")),
        sa.CheckConstraint("state IN ('draft', 'issued', 'recalled', 'withdrawn', 'replaced')", name=op.f("ck_urgings_state")),
        sa.CheckConstraint("(acknowledged_at IS NULL) = (acknowledged_on IS NULL)", name=op.f("ck_urgings_acknowledged")),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["users.id"], name=op.f("fk_urgings_acknowledged_by_users")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_urgings_agency_id_agencies")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_urgings_body_id_bodies")),
        sa.ForeignKeyConstraint(["issued_by"], ["users.id"], name=op.f("fk_urgings_issued_by_users")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_urgings_letter_id_letters")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_urgings_made_by_users")),
        sa.ForeignKeyConstraint(["rung_id"], ["urging_rungs.id"], name=op.f("fk_urgings_rung_id_urging_rungs")),
        sa.ForeignKeyConstraint(["to_agency_id"], ["agencies.id"], name=op.f("fk_urgings_to_agency_id_agencies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgings")),
    )
    op.create_index("ix_urgings_addressee", "urgings", ["to_agency_id", "state", "id"])
    op.create_index("ix_urgings_agency", "urgings", ["agency_id", "state", "id"])
    op.create_index(op.f("ix_urgings_letter_id"), "urgings", ["letter_id"])
    op.create_index(op.f("ix_urgings_rung_id"), "urgings", ["rung_id"])
    op.create_index("ix_urgings_state", "urgings", ["body_id", "state", "id"])
    op.create_table(
        "urging_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("rung_id", sa.Integer(), nullable=False),
        sa.Column("rung_code", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("decision <> 'taken' OR committee_id IS NOT NULL", name=op.f("ck_urging_decisions_committee")),
        sa.CheckConstraint("decision IN ('taken', 'refused')", name=op.f("ck_urging_decisions_decision")),
        sa.ForeignKeyConstraint(["committee_id"], ["committees.id"], name=op.f("fk_urging_decisions_committee_id_committees")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_urging_decisions_decided_by_users")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_urging_decisions_duty_id_duties")),
        sa.ForeignKeyConstraint(["rung_id"], ["urging_rungs.id"], name=op.f("fk_urging_decisions_rung_id_urging_rungs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urging_decisions")),
        sa.UniqueConstraint("duty_id", "rung_code", "due_on", name=op.f("uq_urging_decisions_duty_id_rung_code_due_on")),
    )
    op.create_index(op.f("ix_urging_decisions_committee_id"), "urging_decisions", ["committee_id"])
    op.create_index(op.f("ix_urging_decisions_rung_id"), "urging_decisions", ["rung_id"])
    op.create_table(
        "urging_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("urging_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("open_duty_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_urging_items_duty_id_duties")),
        sa.ForeignKeyConstraint(["urging_id"], ["urgings.id"], name=op.f("fk_urging_items_urging_id_urgings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urging_items")),
        sa.UniqueConstraint("open_duty_id", name=op.f("uq_urging_items_open_duty_id")),
        sa.UniqueConstraint("urging_id", "duty_id", name=op.f("uq_urging_items_urging_id_duty_id")),
    )
    op.create_index("ix_urging_items_duty", "urging_items", ["duty_id", "urging_id"])


def _no_urging() -> None:
    """Without them."""
    op.drop_table("urging_items")
    op.drop_table("urging_decisions")
    op.drop_table("urgings")
    op.drop_table("urging_fields")
    op.drop_table("urging_rungs")
