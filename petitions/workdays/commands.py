"""`petitions workdays add DATE N` and `petitions workdays list YEAR`."""

import json as codec
from datetime import date

import click

from petitions.core import db
from petitions.core.dates import format_day, parse_day
from petitions.core.office import Office
from petitions.core.words import say
from petitions.workdays import captions, queries
from petitions.workdays.counting import Rule, Start, Unit, count
from petitions.workdays.why import Explanation, as_plain


@click.group()
def workdays() -> None:
    """Ngày làm việc: cộng, trừ, xem lịch nghỉ của năm."""


@workdays.command(context_settings={"ignore_unknown_options": True})
@click.argument("day", metavar="DATE")
@click.argument("n", metavar="N", type=click.IntRange(-20_000, 20_000))
@click.option("--json", "as_json", is_flag=True, help="In JSON.")
@click.pass_obj
def add(office: Office, day: str, n: int, as_json: bool) -> None:
    """Ngày làm việc thứ N sau DATE (trước DATE nếu N âm); DATE: 2024-04-25 hoặc 25/04/2024."""
    start = _day(day)
    with db.reading(office.engine) as session:
        found = count(queries.calendar(session), Start(start), Rule(Unit.WORKING_DAY, n))
    if as_json:
        skipped, added = [as_plain(note) for note in found.skipped], [as_plain(note) for note in found.added]
        result = found.result.isoformat() if found.result else None
        click.echo(codec.dumps({"from": start.isoformat(), "days": n, "result": result, "skipped": skipped, "added": added}, ensure_ascii=False))
    else:
        _tell(found)
    if found.warning:
        click.echo(str(found.warning), err=True)


def _tell(found: Explanation) -> None:
    click.echo(found.result.isoformat() if found.result else "")
    for heading, notes in ((say("Bỏ qua:"), found.skipped), (say("Tính thêm:"), found.added)):
        if notes:
            click.echo(str(heading))
        for note in notes:
            click.echo(f"  {note.weekday}, {format_day(note.day)}: {note.reason}")


@workdays.command("list")
@click.argument("year", metavar="YEAR", type=click.IntRange(2000, 2100))
@click.option("--json", "as_json", is_flag=True, help="In JSON.")
@click.pass_obj
def list_(office: Office, year: int, as_json: bool) -> None:
    """Những ngày nghỉ và ngày làm bù của năm YEAR."""
    with db.reading(office.engine) as session:
        calendar = queries.calendar(session)
    marks = sorted((mark for mark in calendar.marks.values() if mark.day.year == year), key=lambda mark: mark.day)
    if as_json:
        rows = [
            {"date": mark.day.isoformat(), "kind": mark.kind, "reason": mark.reason, "name": str(mark.name), "basis": mark.basis, "confirmed": mark.confirmed}
            for mark in marks
        ]
        click.echo(codec.dumps({"year": year, "announced": year in calendar.known_years, "days": rows}, ensure_ascii=False))
        return
    for mark in marks:
        doubt = "" if mark.confirmed else f" ({say('chưa xác nhận')})"
        click.echo(f"{mark.day.isoformat()}  {captions.weekday(mark.day)}  {captions.KIND_WORDS[mark.kind]}: {mark.name}{doubt}")
    if year not in calendar.known_years:
        click.echo(str(captions.not_announced(year)), err=True)


def _day(text: str) -> date:
    found = parse_day(text)
    if found is None:
        raise click.BadParameter(str(say("Hãy ghi ngày theo dạng 20/01/2026.")), param_hint="DATE")
    return found
