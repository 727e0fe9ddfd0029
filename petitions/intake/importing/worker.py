"""The background side of the page: checks uploaded files, and takes in those that a person said yes to. At least once, idempotent.

The batch's row is the promise; whoever holds its lease works on it, and a worker that finds an abandoned one goes on where it stopped.
"""

import logging
from pathlib import Path

from sqlalchemy import select

from petitions.accounts import queries as accounts
from petitions.core import clock, db
from petitions.core.errors import NotAllowed, PetitionsError
from petitions.core.identity import SYSTEM, Identity
from petitions.core.office import Office
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.intake.importing import actions, errors_file, plan, queries, reading, report, storage
from petitions.intake.importing.models import CHECKING, RUNNING, WAITING, ImportBatch
from petitions.intake.importing.plan import Candidate, errors_of
from petitions.intake.importing.reading import Sheet
from petitions.intake.importing.remarks import Remark, Weight
from petitions.intake.importing.running import Run

log = logging.getLogger(__name__)
LIMIT = 20


def work(office: Office) -> bool:
    """Do one piece of import work that waits: check a file, or take a confirmed one in. False when there is none."""
    batch = _claim(office)
    if batch is None:
        return False
    try:
        if batch.state == CHECKING:
            check(office, batch)
        else:
            take_in(office, batch)
    except PetitionsError as problem:
        _refuse(office, batch, problem)
    return True


def _claim(office: Office) -> ImportBatch | None:
    """An open batch that nobody holds and whose file lies here; its lease is ours now."""
    with db.reading(office.engine) as session:
        query = select(ImportBatch).where(ImportBatch.state.in_((CHECKING, WAITING, RUNNING))).order_by(ImportBatch.id).limit(LIMIT)
        waiting = session.scalars(query).all()
        session.expunge_all()  # they outlive this session
    now = clock.now()
    for batch in waiting:
        free = batch.held_until is None or batch.held_until < now
        if free and _upload(office, batch).exists():
            with db.transaction(office.engine) as session:
                if actions.claim(session, batch, now=now):
                    return batch
    return None


def check(office: Office, batch: ImportBatch) -> None:
    """Read the file and plan it: the preview."""
    sheet, rows = _read(office, batch)
    run = _run(office, batch, sheet, rows, SYSTEM)
    run.batch_id = None
    tally = run.dry(lambda done, total: _told(office, batch.id, done, total))
    made = report.of(tally, sheet.remarks, sheet.header)
    _write_errors(office, batch.id, tally.refused, sheet, tally.remarks)
    with db.transaction(office.engine) as session:
        standing = session.get(ImportBatch, batch.id)
        if standing is not None and standing.state == CHECKING:
            actions.checked(session, standing, rows=len(rows), counts=tally.counts, report=made)


def take_in(office: Office, batch: ImportBatch) -> None:
    """Take a confirmed file in, from where it stopped if it did; then the report, and the uploaded file goes."""
    by = _who(office, batch)
    sheet, rows = _read(office, batch)
    with db.transaction(office.engine) as session:
        actions.started(session.get_one(ImportBatch, batch.id), rows=len(rows), now=clock.now())
    run = _run(office, batch, sheet, rows, by)
    tally = run.real(lambda done, total: None, start=min(batch.next_row, len(rows)))
    final = report.with_late(batch.report, errors_of(tally.remarks, sheet.header))
    numbers = {error["row"] for error in final.get("errors", [])} | {row.number for row in tally.refused}
    remarks = [Remark(Weight.ERROR, refusal.message, refusal.row, refusal.column) for refusal in report.read(final).errors]
    _write_errors(office, batch.id, [row for row in rows if row.number in numbers], sheet, remarks)
    with db.transaction(office.engine) as session:
        actions.finish(session, session.get_one(ImportBatch, batch.id), report=final, by=by, now=clock.now())
    _upload(office, batch).unlink(missing_ok=True)
    storage.tidy(office.settings.data_dir, now=clock.now())


def _who(office: Office, batch: ImportBatch) -> Identity:
    """The person who confirmed, as he stands now: rights taken away since then stop the import."""
    if batch.started_by is None:
        return SYSTEM
    with db.reading(office.engine) as session:
        by = accounts.identity_of(session, batch.started_by)
    if by is None or not by.may(Permission.PETITION_IMPORT):
        raise NotAllowed(say("Người bắt đầu lượt nhập này không còn quyền nhập tệp."))
    return by


def _read(office: Office, batch: ImportBatch) -> tuple[Sheet, list[Candidate]]:
    sheet = reading.read(_upload(office, batch), batch.file_name)
    with db.reading(office.engine) as session:
        body = queries.body_code(session, batch.body_id)
    return sheet, plan.candidates(sheet, body)


def _run(office: Office, batch: ImportBatch, sheet: Sheet, rows: list[Candidate], by: Identity) -> Run:
    with db.reading(office.engine) as session:
        ledger = queries.ledger(session, batch.body_id, today=clock.today())
    return Run(office, rows, sheet.header, ledger, by, batch.id)


def _told(office: Office, batch_id: int, done: int, total: int) -> None:
    with db.transaction(office.engine) as session:
        actions.checking(session, batch_id, done=done, rows=total, now=clock.now())


def _write_errors(office: Office, batch_id: int, rows: list[Candidate], sheet: Sheet, remarks: list[Remark]) -> None:
    path = storage.errors_of(office.settings.data_dir, batch_id)
    if rows:
        errors_file.write(path, rows, sheet.header, remarks)
    else:
        path.unlink(missing_ok=True)


def _refuse(office: Office, batch: ImportBatch, problem: PetitionsError) -> None:
    log.warning("import %s stopped: %s", batch.id, type(problem).__name__)
    with db.transaction(office.engine) as session:
        standing = session.get_one(ImportBatch, batch.id)
        kept = {**(standing.report or {}), **report.of_refusal(problem.message)}
        actions.refuse(session, standing, report=kept, by=SYSTEM, now=clock.now())


def _upload(office: Office, batch: ImportBatch) -> Path:
    return storage.upload_of(office.settings.data_dir, batch.body_id, batch.file_digest)
