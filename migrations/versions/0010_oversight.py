"""Oversight: supervision activities, issued documents, recommendations, reports, verification.

Revision: 0010_oversight, after 0009_notifications.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010_oversight"
down_revision = "0009_notifications"
branch_labels = None
depends_on = None
TABLES = (
    "supervision_kinds",
    "agency_reports",
    "supervision_activities",
    "activity_agencies",
    "issued_documents",
    "clauses",
    "recommendations",
    "agency_report_items",
    "oversight_commitments",
    "recommendation_agencies",
    "recommendation_dates",
    "recommendation_duties",
    "recommendation_petitions",
    "recommendation_steps",
    "recommendation_terms",
    "recommendation_evidence",
    "report_dues",
    "verifications",
)


def upgrade() -> None:
    """One step forward."""
    _supervision_kinds()
    _agency_reports()
    _supervision_activities()
    _activity_agencies()
    _issued_documents()
    _clauses()
    _recommendations()
    _agency_report_items()
    _oversight_commitments()
    _recommendation_agencies()
    _recommendation_dates()
    _recommendation_duties()
    _recommendation_petitions()
    _recommendation_steps()
    _recommendation_terms()
    _recommendation_evidence()
    _report_dues()
    _verifications()


def downgrade() -> None:
    """One step back."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _supervision_kinds() -> None:
    op.create_table(
        "supervision_kinds",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("by_product", sa.String(length=300), server_default="", nullable=False),
        sa.Column("legal_basis", sa.String(length=300), server_default="", nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from", name=op.f("ck_supervision_kinds_order")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_supervision_kinds")),
    )


def _agency_reports() -> None:
    op.create_table(
        "agency_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=120), server_default="", nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_by_name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_agency_reports_agency_id_agencies")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_agency_reports_body_id_bodies")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_agency_reports_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_reports")),
    )
    op.create_index("ix_agency_reports_agency_id", "agency_reports", ["agency_id"])
    op.create_index("ix_agency_reports_body_id", "agency_reports", ["body_id"])
    op.create_index("ix_agency_reports_dated_on", "agency_reports", ["dated_on"])


def _supervision_activities() -> None:
    op.create_table(
        "supervision_activities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("delegation", sa.Text(), server_default="", nullable=False),
        sa.Column("council_session_id", sa.Integer(), nullable=True),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("noticed_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("again_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name=op.f("ck_supervision_activities_order")),
        sa.ForeignKeyConstraint(["again_id"], ["supervision_activities.id"], name=op.f("fk_supervision_activities_again_id_supervision_activities")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_supervision_activities_body_id_bodies")),
        sa.ForeignKeyConstraint(["committee_id"], ["committees.id"], name=op.f("fk_supervision_activities_committee_id_committees")),
        sa.ForeignKeyConstraint(["council_session_id"], ["council_sessions.id"], name=op.f("fk_supervision_activities_council_session_id_council_sessions")),
        sa.ForeignKeyConstraint(["kind_code"], ["supervision_kinds.code"], name=op.f("fk_supervision_activities_kind_code_supervision_kinds")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_supervision_activities_made_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_activities")),
    )
    op.create_index("ix_supervision_activities_again_id", "supervision_activities", ["again_id"])
    op.create_index("ix_supervision_activities_body_id", "supervision_activities", ["body_id"])
    op.create_index("ix_supervision_activities_committee_id", "supervision_activities", ["committee_id"])
    op.create_index("ix_supervision_activities_council_session_id", "supervision_activities", ["council_session_id"])
    op.create_index("ix_supervision_activities_kind_code", "supervision_activities", ["kind_code"])
    op.create_index("ix_supervision_activities_year", "supervision_activities", ["year"])


def _activity_agencies() -> None:
    op.create_table(
        "activity_agencies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["supervision_activities.id"], name=op.f("fk_activity_agencies_activity_id_supervision_activities")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_activity_agencies_agency_id_agencies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_agencies")),
        sa.UniqueConstraint("activity_id", "agency_id", name=op.f("uq_activity_agencies_activity_id_agency_id")),
    )
    op.create_index("ix_activity_agencies_activity_id", "activity_agencies", ["activity_id"])
    op.create_index("ix_activity_agencies_agency_id", "activity_agencies", ["agency_id"])


def _issued_documents() -> None:
    op.create_table(
        "issued_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("council_session_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("symbol", sa.String(length=60), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("issuer", sa.String(length=20), nullable=False),
        sa.Column("signatory", sa.String(length=200), server_default="", nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("issuer IN ('council', 'standing', 'committee', 'chair', 'group')", name=op.f("ck_issued_documents_issuer")),
        sa.CheckConstraint("kind IN ('resolution', 'conclusion', 'notice', 'report')", name=op.f("ck_issued_documents_kind")),
        sa.CheckConstraint("state IN ('draft', 'confirmed')", name=op.f("ck_issued_documents_state")),
        sa.ForeignKeyConstraint(["activity_id"], ["supervision_activities.id"], name=op.f("fk_issued_documents_activity_id_supervision_activities")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_issued_documents_body_id_bodies")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["users.id"], name=op.f("fk_issued_documents_confirmed_by_users")),
        sa.ForeignKeyConstraint(["council_session_id"], ["council_sessions.id"], name=op.f("fk_issued_documents_council_session_id_council_sessions")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_issued_documents_made_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_documents")),
        sa.UniqueConstraint("body_id", "number", "symbol", "dated_on", name=op.f("uq_issued_documents_body_id_number_symbol_dated_on")),
    )
    op.create_index("ix_issued_documents_activity_id", "issued_documents", ["activity_id"])
    op.create_index("ix_issued_documents_body_id", "issued_documents", ["body_id"])
    op.create_index("ix_issued_documents_council_session_id", "issued_documents", ["council_session_id"])
    op.create_index("ix_issued_documents_dated_on", "issued_documents", ["dated_on"])
    op.create_index("ix_issued_documents_state", "issued_documents", ["state"])


def _clauses() -> None:
    op.create_table(
        "clauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["issued_documents.id"], name=op.f("fk_clauses_document_id_issued_documents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clauses")),
        sa.UniqueConstraint("document_id", "position", name=op.f("uq_clauses_document_id_position")),
    )
    op.create_index("ix_clauses_document_id", "clauses", ["document_id"])


def _recommendations() -> None:
    op.create_table(
        "recommendations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("post", sa.String(length=300), server_default="", nullable=False),
        sa.Column("product", sa.String(length=500), server_default="", nullable=False),
        sa.Column("due_kind", sa.String(length=20), nullable=False),
        sa.Column("first_due", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("rhythm", sa.String(length=20), nullable=True),
        sa.Column("progress", sa.String(length=20), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("impossible", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.Column("reopened_from_id", sa.Integer(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("due_kind IN ('date', 'quarter', 'session', 'continuous', 'multi_year', 'none')", name=op.f("ck_recommendations_due_kind")),
        sa.CheckConstraint(
            "progress IN ('not_started', 'in_progress', 'partial', 'reported_done', 'sent_back', 'implemented', 'not_implemented', 'dropped', 'superseded')",
            name=op.f("ck_recommendations_progress"),
        ),
        sa.CheckConstraint("rhythm IN ('weekly', 'monthly', 'quarterly', 'half-yearly', 'yearly', 'session')", name=op.f("ck_recommendations_rhythm")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_recommendations_body_id_bodies")),
        sa.ForeignKeyConstraint(["clause_id"], ["clauses.id"], name=op.f("fk_recommendations_clause_id_clauses")),
        sa.ForeignKeyConstraint(["document_id"], ["issued_documents.id"], name=op.f("fk_recommendations_document_id_issued_documents")),
        sa.ForeignKeyConstraint(["parent_id"], ["recommendations.id"], name=op.f("fk_recommendations_parent_id_recommendations")),
        sa.ForeignKeyConstraint(["reopened_from_id"], ["recommendations.id"], name=op.f("fk_recommendations_reopened_from_id_recommendations")),
        sa.ForeignKeyConstraint(["superseded_by_id"], ["recommendations.id"], name=op.f("fk_recommendations_superseded_by_id_recommendations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendations")),
        sa.UniqueConstraint("code", name=op.f("uq_recommendations_code")),
    )
    op.create_index("ix_recommendations_body", "recommendations", ["body_id", "progress", "due_on"])
    op.create_index("ix_recommendations_clause_id", "recommendations", ["clause_id"])
    op.create_index("ix_recommendations_document_id", "recommendations", ["document_id"])
    op.create_index("ix_recommendations_parent_id", "recommendations", ["parent_id"])
    op.create_index("ix_recommendations_reopened_from_id", "recommendations", ["reopened_from_id"])
    op.create_index("ix_recommendations_superseded_by_id", "recommendations", ["superseded_by_id"])


def _agency_report_items() -> None:
    op.create_table(
        "agency_report_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(length=20), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("claim IN ('progress', 'part', 'done')", name=op.f("ck_agency_report_items_claim")),
        sa.CheckConstraint("percent IS NULL OR percent BETWEEN 0 AND 100", name=op.f("ck_agency_report_items_percent")),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"], name=op.f("fk_agency_report_items_recommendation_id_recommendations")),
        sa.ForeignKeyConstraint(["report_id"], ["agency_reports.id"], name=op.f("fk_agency_report_items_report_id_agency_reports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_report_items")),
        sa.UniqueConstraint("report_id", "recommendation_id", name=op.f("uq_agency_report_items_report_id_recommendation_id")),
    )
    op.create_index("ix_agency_report_items_recommendation_id", "agency_report_items", ["recommendation_id"])
    op.create_index("ix_agency_report_items_report_id", "agency_report_items", ["report_id"])


def _oversight_commitments() -> None:
    op.create_table(
        "oversight_commitments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("kept_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["supervision_activities.id"], name=op.f("fk_oversight_commitments_activity_id_supervision_activities")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_oversight_commitments_agency_id_agencies")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_oversight_commitments_body_id_bodies")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_oversight_commitments_made_by_users")),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"], name=op.f("fk_oversight_commitments_recommendation_id_recommendations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oversight_commitments")),
    )
    op.create_index("ix_oversight_commitments_activity_id", "oversight_commitments", ["activity_id"])
    op.create_index("ix_oversight_commitments_agency_id", "oversight_commitments", ["agency_id"])
    op.create_index("ix_oversight_commitments_body_id", "oversight_commitments", ["body_id"])
    op.create_index("ix_oversight_commitments_due_on", "oversight_commitments", ["due_on"])
    op.create_index("ix_oversight_commitments_recommendation_id", "oversight_commitments", ["recommendation_id"])


def _recommendation_agencies() -> None:
    op.create_table(
        "recommendation_agencies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("part IN ('lead', 'with')", name=op.f("ck_recommendation_agencies_part")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_recommendation_agencies_agency_id_agencies")),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"], name=op.f("fk_recommendation_agencies_recommendation_id_recommendations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_agencies")),
        sa.UniqueConstraint("recommendation_id", "name", "part", name=op.f("uq_recommendation_agencies_recommendation_id_name_part")),
    )
    op.create_index("ix_recommendation_agencies_agency_id", "recommendation_agencies", ["agency_id"])
    op.create_index("ix_recommendation_agencies_recommendation_id", "recommendation_agencies", ["recommendation_id"])


def _recommendation_dates() -> None:
    op.create_table(
        "recommendation_dates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"], name=op.f("fk_recommendation_dates_recommendation_id_recommendations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_dates")),
    )
    op.create_index("ix_recommendation_dates_living", "recommendation_dates", ["recommendation_id", "until"])


def _recommendation_duties() -> None:
    op.create_table(
        "recommendation_duties",
        sa.Column("duty_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_recommendation_duties_duty_id_duties")),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"], name=op.f("fk_recommendation_duties_recommendation_id_recommendations")),
        sa.PrimaryKeyConstraint("duty_id", name=op.f("pk_recommendation_duties")),
    )
    op.create_index("ix_recommendation_duties_recommendation_id", "recommendation_duties", ["recommendation_id"])


def _recommendation_petitions() -> None:
    op.create_table(
        "recommendation_petitions",
        sa.Column("recommendation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("petition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("living", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_recommendation_petitions_made_by_users")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_recommendation_petitions_petition_id_petitions")),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"], name=op.f("fk_recommendation_petitions_recommendation_id_recommendations")),
        sa.PrimaryKeyConstraint("recommendation_id", "petition_id", name=op.f("pk_recommendation_petitions")),
    )
    op.create_index("ix_recommendation_petitions_petition_id", "recommendation_petitions", ["petition_id"])


def _recommendation_steps() -> None:
    op.create_table(
        "recommendation_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("progress", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("impossible", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("decision", sa.String(length=120), server_default="", nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_by_name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "progress IN ('not_started', 'in_progress', 'partial', 'reported_done', 'sent_back', 'implemented', 'not_implemented', 'dropped', 'superseded')",
            name=op.f("ck_recommendation_steps_progress"),
        ),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_recommendation_steps_order")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_recommendation_steps_made_by_users")),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"], name=op.f("fk_recommendation_steps_recommendation_id_recommendations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_steps")),
    )
    op.create_index("ix_recommendation_steps_living", "recommendation_steps", ["recommendation_id", "until"])


def _recommendation_terms() -> None:
    op.create_table(
        "recommendation_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"], name=op.f("fk_recommendation_terms_recommendation_id_recommendations")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_recommendation_terms_term_id_terms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_terms")),
        sa.UniqueConstraint("recommendation_id", "term_id", name=op.f("uq_recommendation_terms_recommendation_id_term_id")),
    )
    op.create_index("ix_recommendation_terms_recommendation_id", "recommendation_terms", ["recommendation_id"])
    op.create_index("ix_recommendation_terms_term_id", "recommendation_terms", ["term_id"])


def _recommendation_evidence() -> None:
    op.create_table(
        "recommendation_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_by_name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("method IN ('document', 'visit', 'photo')", name=op.f("ck_recommendation_evidence_method")),
        sa.ForeignKeyConstraint(["item_id"], ["agency_report_items.id"], name=op.f("fk_recommendation_evidence_item_id_agency_report_items")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_recommendation_evidence_made_by_users")),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"], name=op.f("fk_recommendation_evidence_recommendation_id_recommendations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_evidence")),
    )
    op.create_index("ix_recommendation_evidence_item_id", "recommendation_evidence", ["item_id"])
    op.create_index("ix_recommendation_evidence_recommendation_id", "recommendation_evidence", ["recommendation_id"])


def _report_dues() -> None:
    op.create_table(
        "report_dues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("rhythm", sa.String(length=20), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["agency_report_items.id"], name=op.f("fk_report_dues_item_id_agency_report_items")),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"], name=op.f("fk_report_dues_recommendation_id_recommendations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_dues")),
        sa.UniqueConstraint("recommendation_id", "due_on", name=op.f("uq_report_dues_recommendation_id_due_on")),
    )
    op.create_index("ix_report_dues_item_id", "report_dues", ["item_id"])
    op.create_index("ix_report_dues_open", "report_dues", ["due_on", "item_id", "ended_on"])
    op.create_index("ix_report_dues_recommendation_id", "report_dues", ["recommendation_id"])


def _verifications() -> None:
    op.create_table(
        "verifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_by_name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("method IN ('document', 'visit', 'photo')", name=op.f("ck_verifications_method")),
        sa.CheckConstraint("verdict IN ('met', 'not_met')", name=op.f("ck_verifications_verdict")),
        sa.ForeignKeyConstraint(["item_id"], ["agency_report_items.id"], name=op.f("fk_verifications_item_id_agency_report_items")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_verifications_made_by_users")),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendations.id"], name=op.f("fk_verifications_recommendation_id_recommendations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verifications")),
    )
    op.create_index("ix_verifications_item_id", "verifications", ["item_id"])
    op.create_index("ix_verifications_recommendation_id", "verifications", ["recommendation_id"])
