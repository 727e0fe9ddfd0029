"""A subject of the tests' own: notes in a table, with a source that hands them to the search."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.identity import Identity
from petitions.core.office import Office
from petitions.core.permissions import Permission
from petitions.core.text import fold
from petitions.core.words import say
from petitions.outbox.actions import promise
from petitions.search import sources
from petitions.search.documents import SearchDocument
from petitions.search.sources import EVERYTHING, Caption, Condition, Facet, Labels, Scope, SubjectSource

tables = sa.MetaData()
notes = sa.Table(
    "search_test_notes",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False, server_default=""),
    sa.Column("ward", sa.Text, nullable=False, server_default="20"),
    sa.Column("day", sa.Date),
)
NOW = datetime(2026, 1, 20, tzinfo=UTC)


class Notes(SubjectSource):
    """Notes for the search; "ward" is their one facet."""

    kind = "note"
    permission = Permission.PETITION_READ
    facets = (Facet("ward", say("Đơn vị bầu cử"), ("đvbc", "constituency")),)

    def load(self, session: Session, ids: Sequence[int]) -> list[SearchDocument]:
        rows = session.execute(sa.select(notes).where(notes.c.id.in_(ids)))
        return [document(row.id, row.body, place=row.place, ward=row.ward, day=row.day) for row in rows]

    def all_ids(self, session: Session, after: int, limit: int) -> list[int]:
        return list(session.scalars(sa.select(notes.c.id).where(notes.c.id > after).order_by(notes.c.id).limit(limit)))

    def scope(self, session: Session, identity: Identity) -> Scope:
        wards = identity.scope("ward")
        return Scope(({"ward": frozenset(str(ward) for ward in wards)},)) if wards else EVERYTHING

    def mine(self, session: Session, identity: Identity) -> Condition:
        own = identity.scope("constituency")
        return {"ward": frozenset(str(ward) for ward in own)} if own else {}

    def captions(self, session: Session, ids: Sequence[int]) -> Mapping[int, Caption]:
        rows = session.execute(sa.select(notes).where(notes.c.id.in_(ids)))
        return {
            row.id: Caption(
                url=f"/notes/{row.id}",
                code=f"N-{row.id}",
                external_id=f"E-{row.id}",
                title=row.body[:80],
                place=row.place,
                state="kept",
                texts={"body": row.body},
            )
            for row in rows
        }

    def labels(self, session: Session, wanted: Mapping[str, Sequence[str]]) -> Labels:
        return {facet: {value: f"Đơn vị {value}" for value in values} for facet, values in wanted.items()}

    def resolve(self, session: Session, facet: str, text: str) -> Sequence[str]:
        return (fold(text),) if text.isdigit() else ()


def document(number: int, body: str, *, place: str = "", ward: str = "20", day: date | None = None, **texts: str) -> SearchDocument:
    """A note as a document."""
    parts = {"body": body, "place": place, "code": f"N-{number}", **texts}
    return SearchDocument("note", number, f"N-{number}", f"E-{number}", {part: text for part, text in parts.items() if text}, {"ward": (ward,)}, day)


def write(office: Office, *bodies: str, first: int = 1, **columns: object) -> None:
    """Write notes with their promises, in one transaction."""
    with db.transaction(office.engine) as session:
        for number, body in enumerate(bodies, first):
            session.execute(sa.insert(notes).values(id=number, body=body, **columns))
            promise(session, "index", ("note", number), now=NOW)


def change(office: Office, number: int, body: str | None) -> None:
    """Change a note, or delete it."""
    with db.transaction(office.engine) as session:
        which = notes.c.id == number
        session.execute(sa.delete(notes).where(which) if body is None else sa.update(notes).where(which).values(body=body))
        promise(session, "index", ("note", number), now=NOW)


def register() -> Notes:
    """Make notes searchable."""
    source = Notes()
    sources.register(source)
    return source
