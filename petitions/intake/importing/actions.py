"""Writes of importing: batches, and the rows of one chunk, each whole with its journal line and its promise to the index."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from petitions.core.errors import Conflict, WrongState
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.intake.actions.entry import Context, add_all, correct, may_write
from petitions.intake.importing import queries
from petitions.intake.importing.models import CANCELLED, CHECKING, DONE, READY, REFUSED, RUNNING, WAITING, ImportBatch, ImportedRow
from petitions.intake.importing.plan import Planned, Verdict
from petitions.intake.models import Petition
from petitions.intake.workflow import REGISTERED
from petitions.journal.actions import record

KIND = "import_batch"
LEASE = timedelta(seconds=10)
ACT_NEW, ACT_UPDATE = "petition.import", "petition.import_update"


def begin(session: Session, *, body_id: int, file_name: str, digest: str, size: int, state: str, by: Identity, now: datetime, rows: int = 0) -> ImportBatch:
    """Open a batch for a file. Conflict when the same file is being taken in just now; a run that died (its lease is over) is closed first."""
    may_write(by, body_id)
    standing = queries.open_batch(session, body_id=body_id, digest=digest)
    if standing is not None:
        if standing.state != RUNNING or standing.held_until is None or standing.held_until > now:
            raise _busy(standing)
        standing.state, standing.finished_at = CANCELLED, now
        session.flush()
    batch = ImportBatch(body_id=body_id, file_name=file_name[:300], file_digest=digest, file_size=size, state=state, rows=rows, report={})
    batch.started_by, batch.started_by_name, batch.created_at = by.user_id, by.name, now
    batch.held_until = now + LEASE if state == RUNNING else None
    session.add(batch)
    try:
        session.flush()
    except IntegrityError:
        raise Conflict(say("Tệp này đang được nhập ở một lượt khác. Hãy đợi lượt đó xong.")) from None
    record(session, "import.begin", (KIND, batch.id), by=by, now=now, changes={"file": (None, batch.file_name), "digest": (None, digest)})
    return batch


def _busy(batch: ImportBatch) -> Conflict:
    if batch.state == READY:
        return Conflict(say("Tệp này đã được tải lên (lượt {id}, {name}) và đang chờ xác nhận ở trang Nhập tệp.", id=batch.id, name=batch.started_by_name))
    return Conflict(say("Tệp này đang được nhập (lượt {id}, {name}). Hãy đợi lượt đó xong.", id=batch.id, name=batch.started_by_name))


def claim(session: Session, batch: ImportBatch, *, now: datetime) -> bool:
    """Take `batch` to work on it, for a lease that `hold` renews; False when another worker has it."""
    free = (ImportBatch.held_until.is_(None)) | (ImportBatch.held_until < now)
    done: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(ImportBatch).where(ImportBatch.id == batch.id, ImportBatch.state == batch.state, free).values(held_until=now + LEASE)
    )
    return done.rowcount == 1


def checked(session: Session, batch: ImportBatch, *, rows: int, counts: dict[Verdict, int], report: dict[str, Any]) -> None:
    """The preview is made: counts as they would become; a person says yes or no."""
    batch.state, batch.rows, batch.report, batch.held_until, batch.next_row = READY, rows, report, None, 0
    for verdict in Verdict:
        setattr(batch, verdict.value, counts.get(verdict, 0))


def checking(session: Session, batch_id: int, *, done: int, rows: int, now: datetime) -> None:
    """How far the check has come; renews the lease."""
    values = {ImportBatch.next_row: done, ImportBatch.rows: rows, ImportBatch.held_until: now + LEASE}
    session.execute(update(ImportBatch).where(ImportBatch.id == batch_id).values(values))


def refuse(session: Session, batch: ImportBatch, *, report: dict[str, Any], by: Identity, now: datetime) -> None:
    """Nothing of the file can be read."""
    batch.state, batch.report, batch.held_until, batch.finished_at = REFUSED, report, None, now
    record(session, "import.refuse", (KIND, batch.id), by=by, now=now)


def confirm(session: Session, batch: ImportBatch, *, by: Identity, now: datetime) -> None:
    """A person says yes to the preview."""
    _may(batch, READY)
    may_write(by, batch.body_id)
    batch.state, batch.imported, batch.updated, batch.unchanged, batch.failed, batch.next_row = WAITING, 0, 0, 0, 0, 0
    record(session, "import.confirm", (KIND, batch.id), by=by, now=now)


def cancel(session: Session, batch: ImportBatch, *, by: Identity, now: datetime) -> None:
    """A person says no to the preview (or to a check that does not end). Nothing has gone in."""
    _may(batch, READY, CHECKING)
    batch.state, batch.finished_at, batch.held_until = CANCELLED, now, None
    record(session, "import.cancel", (KIND, batch.id), by=by, now=now)


def _may(batch: ImportBatch, *states: str) -> None:
    if batch.state not in states:
        raise WrongState(say("Lượt nhập này không còn chờ xác nhận."))


def started(batch: ImportBatch, *, rows: int, now: datetime) -> None:
    """The run begins, or goes on after a crash."""
    batch.state, batch.rows, batch.held_until = RUNNING, rows, now + LEASE


def finish(session: Session, batch: ImportBatch, *, report: dict[str, Any], by: Identity, now: datetime) -> None:
    """Every row has been dealt with."""
    batch.state, batch.report, batch.finished_at, batch.held_until = DONE, report, now, None
    counts = {name: (None, getattr(batch, name)) for name in ("imported", "updated", "unchanged", "failed")}
    record(session, "import.finish", (KIND, batch.id), by=by, now=now, changes=counts)


def write(session: Session, planned: Sequence[Planned], batch_id: int, *, context: Context, by: Identity, now: datetime, key: str) -> None:
    """Carry out one chunk: new petitions in one go, updates one by one. Raises when somebody was faster: then plan again."""
    new = [one for one in planned if one.verdict == Verdict.NEW and one.matched is not None]
    if new:
        values, placings = zip(*((one.matched.values, one.matched.placing) for one in new if one.matched is not None), strict=True)
        petitions = add_all(
            session, values, state=REGISTERED, by=by, now=now, key=key, act=ACT_NEW, import_batch_id=batch_id, context=context, placings=placings
        )
        # The file is what was accepted, by the one who confirmed the batch: nobody accepted the single petition.
        session.execute(update(Petition).where(Petition.id.in_([petition.id for petition in petitions])).values(accepted_by=None))
        session.execute(insert(ImportedRow), [_row(one, petition.id, batch_id) for one, petition in zip(new, petitions, strict=True)])
    for one in planned:
        if one.merge is not None and one.petition_id is not None:
            _update(session, one, batch_id, context=context, by=by, now=now, key=key)


def _update(session: Session, one: Planned, batch_id: int, *, context: Context, by: Identity, now: datetime, key: str) -> None:
    assert one.merge is not None
    assert one.petition_id is not None
    if one.merge.changes:
        correct(session, one.petition_id, one.merge.values, version=one.version, by=by, now=now, key=key, act=ACT_UPDATE, context=context)
    row = _row(one, one.petition_id, batch_id)
    session.execute(update(ImportedRow).where(ImportedRow.key == row.pop("key")).values(**row))


def _row(one: Planned, petition_id: int, batch_id: int) -> dict[str, Any]:
    candidate = one.candidate
    return {
        "key": candidate.key,
        "petition_id": petition_id,
        "batch_id": batch_id,
        "row": candidate.number,
        "content": candidate.content,
        "fields": dict(one.fields),
    }


def count(session: Session, batch_id: int, counts: dict[Verdict, int], *, next_row: int, now: datetime) -> None:
    """Note in the batch, in the chunk's own transaction, how far it has come; renews the lease."""
    names = {Verdict.NEW: ImportBatch.imported, Verdict.UPDATE: ImportBatch.updated, Verdict.SAME: ImportBatch.unchanged, Verdict.REFUSED: ImportBatch.failed}
    more = {column: column + counts.get(verdict, 0) for verdict, column in names.items()}
    session.execute(update(ImportBatch).where(ImportBatch.id == batch_id).values({**more, ImportBatch.next_row: next_row, ImportBatch.held_until: now + LEASE}))
