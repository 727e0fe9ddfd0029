"""Documents: files, their contents and texts, links to subjects.

Revision: 0005_documents, after 0004_following.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005_documents"
down_revision = "0004_following"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward."""
    op.create_table(
        "document_contents",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("previews", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'done', 'failed', 'nothing')", name=op.f("ck_document_contents_state")),
        sa.CheckConstraint("size > 0", name=op.f("ck_document_contents_size")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_document_contents")),
    )
    with op.batch_alter_table("document_contents", schema=None) as batch_op:
        batch_op.create_index(
            "ix_document_contents_waiting", ["digest"], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'")
        )

    op.create_table(
        "document_texts",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("cut", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["document_contents.digest"], name=op.f("fk_document_texts_digest_document_contents")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_document_texts")),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("symbol", sa.String(length=80), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("summary", sa.String(length=1000), nullable=True),
        sa.Column("personal", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("secrecy", sa.String(length=10), server_default="none", nullable=False),
        sa.Column("paper_file", sa.String(length=200), nullable=True),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("uploaded_by_name", sa.String(length=200), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.Integer(), nullable=True),
        sa.Column("deleted_reason", sa.String(length=400), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(secrecy = 'none') = (digest IS NOT NULL)", name=op.f("ck_documents_secret_not_stored")),
        sa.CheckConstraint("secrecy = 'none' OR paper_file IS NOT NULL", name=op.f("ck_documents_secret_has_paper")),
        sa.CheckConstraint("secrecy IN ('none', 'mat', 'toi_mat', 'tuyet_mat')", name=op.f("ck_documents_secrecy")),
        sa.CheckConstraint("(deleted_at IS NULL) = (deleted_reason IS NULL)", name=op.f("ck_documents_deleted_why")),
        sa.ForeignKeyConstraint(["digest"], ["document_contents.digest"], name=op.f("fk_documents_digest_document_contents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_documents_digest"), ["digest"], unique=False)

    op.create_table(
        "document_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("cited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("linked_by", sa.Integer(), nullable=True),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("removed_at IS NULL OR NOT cited", name=op.f("ck_document_links_cited_stays")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_document_links_document_id_documents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_links")),
    )
    with op.batch_alter_table("document_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_links_document_id"), ["document_id"], unique=False)
        batch_op.create_index("ix_document_links_subject", ["subject_kind", "subject_id", "id"], unique=False)
        batch_op.create_index(
            "uq_document_links_living",
            ["document_id", "subject_kind", "subject_id", "role"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )


def downgrade() -> None:
    """The same step back."""
    with op.batch_alter_table("document_links", schema=None) as batch_op:
        batch_op.drop_index("uq_document_links_living", sqlite_where=sa.text("removed_at IS NULL"), postgresql_where=sa.text("removed_at IS NULL"))
        batch_op.drop_index("ix_document_links_subject")
        batch_op.drop_index(batch_op.f("ix_document_links_document_id"))

    op.drop_table("document_links")
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_documents_digest"))

    op.drop_table("documents")
    op.drop_table("document_texts")
    with op.batch_alter_table("document_contents", schema=None) as batch_op:
        batch_op.drop_index("ix_document_contents_waiting", sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.drop_table("document_contents")
