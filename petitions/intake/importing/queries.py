"""Every SELECT of importing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.agencies import queries as agencies
from petitions.core.errors import NotFound
from petitions.core.identity import SYSTEM, Identity
from petitions.core.paging import PAGE_SIZE, Page
from petitions.core.words import say
from petitions.council.models import Body, CouncilSession, Term
from petitions.intake.actions.entry import Context
from petitions.intake.importing.matching import Ledger
from petitions.intake.importing.models import OPEN, ImportBatch, ImportedRow
from petitions.intake.models import ExternalReference, Petition
from petitions.intake.queries.reading import PARTS

Standing = Petition
SESSIONS_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Known:
    """What a row was when it went in."""

    petition_id: int
    content: str
    fields: Mapping[str, Any]


def ledger(session: Session, body_id: int, *, today: date) -> Ledger:
    """What rows of `body_id` are held against, as it stands now."""
    body = body_code(session, body_id)
    numbers = select(CouncilSession.term_id, CouncilSession.number, CouncilSession.id).join(Term, Term.id == CouncilSession.term_id)
    rows = session.execute(numbers.where(Term.body_id == body_id).order_by(CouncilSession.id).limit(SESSIONS_MOST))
    sessions = {(term, number): found for term, number, found in rows}
    return Ledger(body_id, body, Context.read(session), sessions, agencies.directory(session), today)


def body_code(session: Session, body_id: int) -> str:
    """The code of a body: "HD"; raises NotFound."""
    code = session.scalar(select(Body.code).where(Body.id == body_id))
    if code is None:
        raise NotFound
    return code


def known_rows(session: Session, keys: Collection[str]) -> dict[str, Known]:
    """The rows of `keys` (at most a chunk) that went in before."""
    if not keys:
        return {}
    rows = session.execute(select(ImportedRow.key, ImportedRow.petition_id, ImportedRow.content, ImportedRow.fields).where(ImportedRow.key.in_(keys)))
    return {key: Known(petition_id, content, fields) for key, petition_id, content, fields in rows}


def references(session: Session, system: str, ids: Collection[str]) -> dict[str, str]:
    """Which external ids of `system` petitions bear already: id → the petition's code."""
    if not ids:
        return {}
    named = select(ExternalReference.reference, Petition.code).join(Petition, Petition.id == ExternalReference.petition_id)
    rows = session.execute(named.where(ExternalReference.system == system, ExternalReference.reference.in_(ids)))
    return {str(reference): str(code) for reference, code in rows}


def petitions(session: Session, ids: Sequence[int]) -> dict[int, Petition]:
    """The living petitions of `ids` with their parts."""
    if not ids:
        return {}
    found = session.scalars(
        select(Petition).where(Petition.id.in_(ids), Petition.deleted_at.is_(None)).options(*PARTS).execution_options(populate_existing=True)
    )
    return {petition.id: petition for petition in found}


def batch(session: Session, batch_id: int, by: Identity) -> ImportBatch:
    """The batch `batch_id` of a body that `by` stands for; raises NotFound."""
    found = session.get(ImportBatch, batch_id)
    if found is None or (by is not SYSTEM and found.body_id not in by.scope("body")):
        raise NotFound(say("Không có lượt nhập này."))
    return found


def open_batch(session: Session, *, body_id: int, digest: str) -> ImportBatch | None:
    """The batch in which this file is being taken in just now, if any."""
    query = select(ImportBatch).where(ImportBatch.body_id == body_id, ImportBatch.file_digest == digest, ImportBatch.state.in_(OPEN))
    return session.scalar(query.order_by(ImportBatch.id).limit(1))


def batches(session: Session, by: Identity, number: int = 1) -> Page[ImportBatch]:
    """The batches of `by`'s bodies, newest first."""
    rows = select(ImportBatch).where(ImportBatch.body_id.in_(sorted(by.scope("body")))).order_by(ImportBatch.id.desc())
    found = session.scalars(rows.limit(PAGE_SIZE + 1).offset((number - 1) * PAGE_SIZE)).all()
    total = (number - 1) * PAGE_SIZE + len(found)
    return Page(found[:PAGE_SIZE], number, PAGE_SIZE, total)
