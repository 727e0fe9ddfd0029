"""`petitions import FILE`: the same import from the terminal; comes back when its rows can be found."""

import json
import sys
import time
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from petitions.core import clock, db
from petitions.core.errors import Conflict, PetitionsError
from petitions.core.identity import Identity
from petitions.core.office import Office
from petitions.core.words import say, say_n
from petitions.council import queries as council
from petitions.intake.importing import actions, errors_file, plan, queries, reading, report, storage
from petitions.intake.importing.matching import Ledger
from petitions.intake.importing.models import RUNNING, ImportBatch
from petitions.intake.importing.plan import Candidate, Tally, Verdict, errors_of
from petitions.intake.importing.reading import Sheet
from petitions.intake.importing.remarks import Weight, gather
from petitions.intake.importing.running import Run
from petitions.search import writer

DEFAULT_BODY = "HD"
COMMAND = Identity(user_id=None, username="command", name="Lệnh nhập tệp")
PATIENCE = 20.0  # seconds to wait for a run that died to be given up
INDEX_PATIENCE = 300.0
SHOWN = 40
OK, REFUSED, WRONG_USE = 0, 1, 2
MARKS = {Weight.ERROR: "✗", Weight.WARNING: "!", Weight.NOTE: "·"}


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Chỉ xem trước, không ghi gì. (Only look; nothing is written.)")
@click.option(
    "--errors", "errors_to", type=click.Path(path_type=Path, dir_okay=False), help="Ghi các dòng chưa nhập vào tệp .xlsx này. (Refused rows go there.)"
)
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON ra stdout. (JSON alone on standard output.)")
@click.option("--body", default=DEFAULT_BODY, show_default=True, help="Mã cơ quan nhận: HD, QH… (Code of the body.)")
@click.pass_obj
def import_(office: Office, file: Path, dry_run: bool, errors_to: Path | None, as_json: bool, body: str) -> None:
    """Nhập kiến nghị từ tệp .xlsx hoặc .csv. (Import petitions from a spreadsheet.)

    \b
    0  đã nhập, hoặc không có gì mới      (done, or nothing new)
    1  không nhập được dòng nào, kèm lý do  (refused, with the reason)
    2  dùng sai lệnh                       (wrong use)
    """
    begun = time.monotonic()
    if not file.is_file():
        click.echo(str(say("Không có tệp «{name}».", name=str(file))), err=True)
        sys.exit(WRONG_USE)
    if errors_to is not None and (errors_to.suffix.lower() != ".xlsx" or not errors_to.absolute().parent.is_dir() or errors_to.absolute() == file.absolute()):
        click.echo(str(say("--errors cần một tệp .xlsx mới trong một thư mục đã có.")), err=True)
        sys.exit(WRONG_USE)
    try:
        done = _Import(office, file, body).go(dry_run=dry_run)
        if errors_to is not None and done.tally.refused:
            errors_file.write(errors_to.absolute(), done.tally.refused, done.sheet.header, done.tally.remarks)
    except PetitionsError as problem:
        _give_up(str(problem), as_json=as_json, begun=begun)
    except (OperationalError, ProgrammingError) as problem:
        why = say("Cơ sở dữ liệu chưa sẵn sàng ({kind}). Hãy chạy «petitions db upgrade» và «petitions reference load» trước.", kind=type(problem).__name__)
        _give_up(str(why), as_json=as_json, begun=begun)
    _tell(done, dry_run=dry_run, errors_to=errors_to, as_json=as_json, seconds=time.monotonic() - begun)
    nothing_in = done.tally.refused and not (done.tally.counts[Verdict.NEW] or done.tally.counts[Verdict.UPDATE] or done.tally.counts[Verdict.SAME])
    sys.exit(REFUSED if nothing_in else OK)


class _Import:
    """One file taken in by the command."""

    def __init__(self, office: Office, file: Path, body: str) -> None:
        self.office, self.file, self.body = office, file, body
        self.sheet: Sheet
        self.tally = Tally()
        self.waiting = 0

    def go(self, *, dry_run: bool) -> "_Import":
        """Read, plan, and unless it is a dry run write and wait for the index."""
        with db.reading(self.office.engine) as session:
            body_id = council.body_by_code(session, self.body).id
            ledger = queries.ledger(session, body_id, today=clock.today())
        self.sheet = reading.read(self.file)
        rows = plan.candidates(self.sheet, self.body)
        if dry_run:
            self.tally = Run(self.office, rows, self.sheet.header, ledger, COMMAND).dry(_progress(say("xem trước")))
        else:
            self._write(rows, ledger)
            click.echo(str(say("Đang đưa vào bộ tìm kiếm…")), err=True)
            self.waiting = writer.bring_in(self.office, INDEX_PATIENCE)
        return self

    def _write(self, rows: list[Candidate], ledger: Ledger) -> None:
        batch_id = self._begin(rows, ledger)
        run = Run(self.office, rows, self.sheet.header, ledger, COMMAND, batch_id)
        self.tally = run.real(_progress(say("nhập")))
        made = report.of(self.tally, self.sheet.remarks, self.sheet.header)
        with db.transaction(self.office.engine) as session:
            actions.finish(session, session.get_one(ImportBatch, batch_id), report=made, by=COMMAND, now=clock.now())

    def _begin(self, rows: list[Candidate], ledger: Ledger) -> int:
        """Open a batch; a run of this file that died a moment ago is waited for until its lease is over."""
        digest, size = storage.digest_of(self.file.read_bytes()), self.file.stat().st_size
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with db.transaction(self.office.engine) as session:
                    batch = actions.begin(
                        session,
                        body_id=ledger.body_id,
                        file_name=self.file.name,
                        digest=digest,
                        size=size,
                        state=RUNNING,
                        by=COMMAND,
                        now=clock.now(),
                        rows=len(rows),
                    )
                    return batch.id
            except Conflict:
                if time.monotonic() > until:
                    raise
                time.sleep(1)


def _progress(what: object) -> Any:
    """Tell on standard error how far it has come: a line that is rewritten on a terminal, else one line every few seconds."""
    state = {"told": 0.0}
    terminal = sys.stderr.isatty()

    def told(done: int, total: int) -> None:
        now = time.monotonic()
        if done < total and now - state["told"] < (0.2 if terminal else 5):
            return
        state["told"] = now
        line = f"{what}: {done}/{total}"
        click.echo(f"\r{line}" if terminal and done < total else f"\r{line}\n" if terminal else line, err=True, nl=not terminal)

    return told


def _tell(done: _Import, *, dry_run: bool, errors_to: Path | None, as_json: bool, seconds: float) -> None:
    counts = done.tally.counts
    groups = gather([*done.sheet.remarks, *done.tally.remarks])
    for group in groups[:SHOWN]:
        where = f" ({group.where})" if group.where else ""
        column = f"{group.column}: " if group.column else ""
        click.echo(f"  {MARKS[group.weight]} {column}{group.message}{where}", err=True)
    if len(groups) > SHOWN:
        click.echo(str(say("  … và {n} điều khác.", n=len(groups) - SHOWN)), err=True)
    for update in done.tally.updates[:SHOWN] if dry_run else []:
        for change in update.changes:
            click.echo(
                str(say("  dòng {row}, {label}: «{old}» → «{new}»", row=update.candidate.number, label=change.label, old=change.old[:60], new=change.new[:60])),
                err=True,
            )
    if done.waiting:
        said = say_n(
            "Còn {n} thay đổi chưa vào bộ tìm kiếm: tiến trình khác («petitions worker») đang ghi và sẽ đưa vào.",
            "Còn {n} thay đổi chưa vào bộ tìm kiếm: tiến trình khác («petitions worker») đang ghi và sẽ đưa vào.",
            done.waiting,
        )
        click.echo(str(said), err=True)
    if errors_to is not None and done.tally.refused:
        click.echo(str(say("Các dòng chưa nhập đã ghi vào «{name}»; sửa rồi nhập lại tệp đó.", name=str(errors_to))), err=True)
    if as_json:
        errors = [{"row": one.row, "column": one.column, "message": str(one.message)} for one in errors_of(done.tally.remarks, done.sheet.header)]
        click.echo(json.dumps(_result(done.tally, errors, seconds), ensure_ascii=False))
        return
    first = say("Xem trước {rows} dòng (chưa ghi gì):", rows=done.tally.done) if dry_run else say("Đã xử lý {rows} dòng:", rows=done.tally.done)
    rest = say(
        "{new} mới, {updated} cập nhật, {same} không đổi, {failed} chưa nhập được; {seconds} giây.",
        new=counts[Verdict.NEW],
        updated=counts[Verdict.UPDATE],
        same=counts[Verdict.SAME],
        failed=counts[Verdict.REFUSED],
        seconds=f"{seconds:.1f}",
    )
    click.echo(f"{first} {rest}")
    if counts[Verdict.NEW] and not dry_run:
        click.echo(str(say("Kiến nghị mới vào thẳng sổ ở trạng thái «Đã tiếp nhận», không qua bước chờ tiếp nhận.")))


def _result(tally: Tally, errors: list[dict[str, Any]], seconds: float) -> dict[str, Any]:
    """The contract's JSON ("import JSON")."""
    counts = {verdict.value: tally.counts[verdict] for verdict in (Verdict.NEW, Verdict.UPDATE, Verdict.SAME, Verdict.REFUSED)}
    return {"rows": tally.done, **counts, "errors": errors, "seconds": round(seconds, 3)}


def _give_up(words: str, *, as_json: bool, begun: float) -> None:
    """Nothing could be read or written: words on standard error, with --json the contract's object too; status 1."""
    click.echo(words, err=True)
    if as_json:
        click.echo(json.dumps(_result(Tally(), [{"row": None, "column": None, "message": words}], time.monotonic() - begun), ensure_ascii=False))
    sys.exit(REFUSED)
