"""`petitions jobs run-due [--today DAY]` and `petitions jobs list`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import click

from petitions.core import clock, db
from petitions.core.dates import format_day, parse_day
from petitions.core.errors import RuleBroken
from petitions.core.office import Office
from petitions.core.words import say
from petitions.jobs import due, queries, register, running
from petitions.jobs.captions import STATES
from petitions.workdays import queries as workdays


@click.group()
def jobs() -> None:
    """Việc định kỳ: chạy tay, xem danh sách."""


@jobs.command("run-due")
@click.option("--today", "today", metavar="YYYY-MM-DD", help="Chạy như thể hôm nay là ngày này.")
@click.pass_obj
def run_due(office: Office, today: str | None) -> None:
    """Chạy các việc đến hạn mà chưa chạy; chạy lần nữa không làm thêm gì."""
    day = _day(today) if today else None
    if day is not None and office.settings.production and day > clock.today():
        raise RuleBroken(say("Văn phòng thật không chạy trước cho một ngày chưa đến."))
    failed = False
    with _held(day):
        for outcome in running.run_by_hand(office, today=clock.today()):
            failed = failed or outcome.problem is not None
            told = outcome.problem or outcome.said or say("đã chạy rồi hoặc chưa đến hạn")
            click.echo(f"{outcome.job.name}: {told}", err=outcome.problem is not None)
    if failed:
        sys.exit(1)


@jobs.command("list")
@click.pass_obj
def list_(office: Office) -> None:
    """Các việc định kỳ: lần chạy gần nhất, kết quả, lần tới."""
    now = clock.now()
    with db.reading(office.engine) as session:
        calendar, runs = workdays.calendar(session), queries.newest(session)
        for job in register.jobs():
            run = runs[job.name][0] if job.name in runs else None
            last = f"{format_day(run.day)} {STATES[run.state]}" if run else str(say("chưa chạy"))
            coming = due.next_due(job, calendar, now, run.day if run else None)
            then = f"{coming:%H:%M} {format_day(coming.date())}" if coming else "–"
            click.echo(f"{job.name:<22} {job.caption}  |  {last}  |  {say('lần tới: {moment}', moment=then)}")


@contextmanager
def _held(day: date | None) -> Iterator[None]:
    """The calendar at `day` within the block, as it was before after it."""
    before = clock.held()
    if day is not None:
        clock.hold(day)
    try:
        yield
    finally:
        clock.hold(before)


def _day(text: str) -> date:
    found = parse_day(text)
    if found is None:
        raise click.BadParameter(str(say("Hãy ghi ngày theo dạng 2026-01-20.")), param_hint="--today")
    return found
