"""Tables of documents: the row about a file, the content it stands for (once per digest), its text, and the links to subjects."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from petitions.core.db import Base
from petitions.documents.kinds import OPEN, SECRECIES

WAITING, DONE, FAILED, NOTHING = "waiting", "done", "failed", "nothing"
STATES = (WAITING, DONE, FAILED, NOTHING)
LIVING = text("removed_at IS NULL")
TO_READ = text("state = 'waiting'")


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)


class DocumentContent(Base):
    """What is in a file, once however often it is sent. `state` says how far reading its text and picturing its pages has come.

    `held_until`: the lease of the worker that reads it; `tries`: how often reading was begun.
    """

    __tablename__ = "document_contents"
    __table_args__ = (
        _one_of("state", STATES),
        CheckConstraint("size > 0", name="size"),
        Index("ix_document_contents_waiting", "digest", sqlite_where=TO_READ, postgresql_where=TO_READ),
    )

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    pages: Mapped[int | None]
    previews: Mapped[int] = mapped_column(server_default="0", default=0)
    state: Mapped[str] = mapped_column(String(10))
    problem: Mapped[str | None] = mapped_column(String(40))
    tries: Mapped[int] = mapped_column(server_default="0", default=0)
    held_until: Mapped[datetime | None]
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class DocumentText(Base):
    """The text that was read from a content; apart, so that lists stay light. `cut`: it goes on beyond what is kept."""

    __tablename__ = "document_texts"

    digest: Mapped[str] = mapped_column(ForeignKey("document_contents.digest"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    cut: Mapped[bool] = mapped_column(server_default=false(), default=False)


class Document(Base):
    """A document: a stored file, or the stub of a secret one that is not stored (then `paper_file` says where the paper lies).

    `personal`: it shows who petitions; its text is not indexed and it is shown only to those who may read petitioners' data.
    """

    __tablename__ = "documents"
    __table_args__ = (
        _one_of("secrecy", (OPEN, *SECRECIES)),
        CheckConstraint("(secrecy = 'none') = (digest IS NOT NULL)", name="secret_not_stored"),
        CheckConstraint("secrecy = 'none' OR paper_file IS NOT NULL", name="secret_has_paper"),
        CheckConstraint("(deleted_at IS NULL) = (deleted_reason IS NULL)", name="deleted_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str | None] = mapped_column(ForeignKey("document_contents.digest"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str | None] = mapped_column(String(40))
    number: Mapped[str | None] = mapped_column(String(40))
    symbol: Mapped[str | None] = mapped_column(String(80))
    dated_on: Mapped[date | None]
    summary: Mapped[str | None] = mapped_column(String(1000))
    personal: Mapped[bool] = mapped_column(server_default=false(), default=False)
    secrecy: Mapped[str] = mapped_column(String(10), server_default=OPEN, default=OPEN)
    paper_file: Mapped[str | None] = mapped_column(String(200))
    uploaded_by: Mapped[int | None]
    uploaded_by_name: Mapped[str] = mapped_column(String(200))
    uploaded_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    deleted_by: Mapped[int | None]
    deleted_reason: Mapped[str | None] = mapped_column(String(400))
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    content: Mapped[DocumentContent | None] = relationship(lazy="raise_on_sql")
    links: Mapped[list["DocumentLink"]] = relationship(lazy="raise_on_sql", order_by="DocumentLink.id", back_populates="document")

    __mapper_args__ = {"version_id_col": version}

    @property
    def secret(self) -> bool:
        """Whether this is a stub of a secret document."""
        return self.secrecy != OPEN


class DocumentLink(Base):
    """That a document belongs to a subject, as what. A link that is `cited` (by a letter that has left) is never removed."""

    __tablename__ = "document_links"
    __table_args__ = (
        CheckConstraint("removed_at IS NULL OR NOT cited", name="cited_stays"),
        Index("ix_document_links_subject", "subject_kind", "subject_id", "id"),
        Index(
            "uq_document_links_living",
            *("document_id", "subject_kind", "subject_id", "role"),
            unique=True,
            sqlite_where=LIVING,
            postgresql_where=LIVING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    role: Mapped[str] = mapped_column(String(20))
    cited: Mapped[bool] = mapped_column(server_default=false(), default=False)
    linked_by: Mapped[int | None]
    linked_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[int | None]

    document: Mapped[Document] = relationship(lazy="raise_on_sql", back_populates="links")
