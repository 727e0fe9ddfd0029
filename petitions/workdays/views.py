"""Pages of the calendar: a year, a day, counting with its reasons; marking and withdrawing days, taking in a file, always by way of a preview."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.dates import parse_day
from petitions.core.errors import Conflict, Invalid, NotFound, RuleBroken, Stale
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.journal import queries as journal
from petitions.web import menu, panels
from petitions.web.access import identity, needs, signed_in
from petitions.web.forms import blank_form, read_form, read_query, refused
from petitions.web.pages import page
from petitions.web.transaction import db, glance
from petitions.workdays import actions, captions, drafting, ical, impact, queries, year
from petitions.workdays.calendar import FIRST, LAST, Calendar
from petitions.workdays.changing import Edit, Proposal, examine
from petitions.workdays.counting import Rule, Start, Unit, count
from petitions.workdays.reference import CALENDAR
from petitions.workdays.schemas import Confirmation, CountAddress, DayForm, ImportForm, NoticeForm, WithdrawForm, YearAddress, packed

blueprint = Blueprint("workdays", __name__)
menu.register(menu.Entry("workdays.show", say("Lịch làm việc"), "calendar", Permission.REFERENCE_READ, order=63))
MOVES_SHOWN = 200
NOTICE_MONTH = 10  # the year's notice usually comes in the last quarter of the year before


@blueprint.get("/calendar")
@signed_in
def show() -> str:
    """A year: its months, its marked days with basis and source, what was withdrawn, and who changed it."""
    chosen = read_query(YearAddress).get("year") or clock.today().year
    calendar = queries.calendar(db())
    return page(
        "workdays/year.html",
        year=chosen,
        months=year.months(calendar, chosen, clock.today()),
        workdays=year.workdays_of(calendar, chosen),
        version=calendar.version,
        weekdays=captions.SHORT_WEEKDAYS,
        years=(chosen - 1 if chosen > FIRST.year else None, chosen + 1 if chosen < LAST.year else None),
        rows=[(row, calendar.marks[row.day]) for row in queries.days_of_year(db(), chosen) if row.day in calendar.marks],
        withdrawn=queries.withdrawn_of_year(db(), chosen),
        notice=queries.notice(db(), chosen),
        missing=_missing(calendar, chosen),
        weeks=[(row, [captions.weekday_of(int(number)) for number in row.rest_days.split()]) for row in queries.weeks(db())],
        history=_history(),
        form=blank_form({"from": clock.today(), "days": 5, "unit": "working_day"}),
        **_words(),
    )


@blueprint.get("/calendar/count")
@signed_in
def counting() -> ResponseReturnValue:
    """So many days after or before a day, and why this date."""
    asked = read_query(CountAddress)
    start, days, unit = asked.get("start") or clock.today(), asked.get("days", 5), asked.get("unit", "working_day")
    form = blank_form({"from": start, "days": days, "unit": unit})
    try:
        found = count(queries.calendar(db()), Start(start, say("Ngày bắt đầu")), Rule(Unit(unit), days))
    except RuleBroken as error:
        return page("workdays/count.html", form=form, found=None, refusal=error.message), 422
    return page("workdays/count.html", form=form, found=found, refusal=None)


@blueprint.get("/calendar/days/<day>")
@signed_in
def day(day: str) -> str:
    """One day: what it is and on what basis; what was said of it before."""
    when, calendar = _day(day), queries.calendar(db())
    cell = year.Cell(when, "", calendar.marks.get(when), when == clock.today())
    return page("workdays/day.html", day=when, mark=cell.mark, works=calendar.is_workday(when), rows=queries.rows_of_day(db(), when), **_words())


@blueprint.get("/calendar/days/new")
@needs(Permission.REFERENCE_MANAGE)
def new() -> str:
    """The form that marks a day; filled with the living row when it corrects one."""
    asked = parse_day(request.args.get("day", ""))
    row = queries.standing(db(), asked) if asked else None
    values: dict[str, Any] = {"day": asked, "kind": "off", "cause": "fixed", "confirmed": "1"}
    if row is not None:
        same = ("day", "kind", "name_vi", "name_en", "for_day", "basis", "source")
        values = {name: getattr(row, name) for name in same} | {"cause": row.reason, "confirmed": "1" if row.confirmed else "", "replaces": "1"}
    return page("workdays/day_form.html", form=blank_form(values), **_choices())


@blueprint.post("/calendar/days/new")
@needs(Permission.REFERENCE_MANAGE)
def mark() -> ResponseReturnValue:
    """Preview the marking of a day."""
    try:
        form = read_form(DayForm)
        with glance() as session:
            calendar = queries.calendar(session)
        edits = drafting.marking(calendar, form)
        proposal = examine(calendar, edits)
        if proposal.wrong or not proposal.good:
            raise Invalid({"day": [one.message for one in proposal.wrong] or [say("Ngày này đã có trong lịch đúng như vậy.")]})
    except Invalid as error:
        return refused("workdays/day_form.html", error, **_choices())
    return _preview(edits, form["reason"], back=url_for("workdays.show", year=form["day"].year))


@blueprint.get("/calendar/days/<day>/withdraw")
@needs(Permission.REFERENCE_MANAGE)
def withdrawal(day: str) -> str:
    """The form that withdraws a day, with what goes out together with it."""
    return page("workdays/withdraw.html", form=blank_form(), **_leaving(queries.calendar(db()), _day(day)))


@blueprint.post("/calendar/days/<day>/withdraw")
@needs(Permission.REFERENCE_MANAGE)
def withdraw(day: str) -> ResponseReturnValue:
    """Preview the withdrawal of a day."""
    with glance() as session:
        leaving = _leaving(queries.calendar(session), _day(day))
    try:
        form = read_form(WithdrawForm)
    except Invalid as error:
        return refused("workdays/withdraw.html", error, **leaving)
    return _preview(leaving["edits"], form["reason"], back=url_for("workdays.show", year=leaving["mark"].day.year))


@blueprint.get("/calendar/import")
@needs(Permission.REFERENCE_MANAGE)
def file() -> str:
    """The form that takes an iCalendar file."""
    return page("workdays/import.html", form=blank_form())


@blueprint.post("/calendar/import")
@needs(Permission.REFERENCE_MANAGE)
def take_file() -> ResponseReturnValue:
    """Preview what a file would add; what contradicts is named, line by line."""
    try:
        form = read_form(ImportForm)
        sent = request.files.get("file")
        data = sent.read(ical.MOST_BYTES + 1) if sent else b""
        if not data:
            raise Invalid({"file": [say("Hãy chọn một tệp .ics.")]})
        found = ical.read(data, basis=form["basis"], source=form["source"], confirmed=form["confirmed"])
    except Invalid as error:
        return refused("workdays/import.html", error)
    return _preview(found.edits, form["reason"], back=url_for("workdays.show"), remarks=found.remarks)


@blueprint.post("/calendar/changes")
@needs(Permission.REFERENCE_MANAGE)
def confirm() -> ResponseReturnValue:
    """Make the change that was previewed; when anything moved since, the new preview is shown instead."""
    form = read_form(Confirmation)
    try:
        _, moved = actions.change(db(), form["edits"], version=form["version"], seen=form["seen"], reason=form["reason"], by=identity(), now=clock.now())
    except (Stale, Conflict) as error:
        return _preview(form["edits"], form["reason"], back=url_for("workdays.show"), warning=error.message), 409
    flash(str(say("Đã thay đổi lịch; {n} hạn được tính lại.", n=sum(moved.values()))))
    return redirect(url_for("workdays.show", year=form["edits"][0].day.year))


@blueprint.get("/calendar/years/<int:number>/notice")
@needs(Permission.REFERENCE_MANAGE)
def notice(number: int) -> str:
    """The form for the notice that announced a year's days off."""
    row = queries.notice(db(), _year(number))
    values = {"basis": row.basis if row else None, "source": row.source if row else None, "version": queries.version(db())}
    return page("workdays/notice.html", year=number, form=blank_form(values))


@blueprint.post("/calendar/years/<int:number>/notice")
@needs(Permission.REFERENCE_MANAGE)
def announce(number: int) -> ResponseReturnValue:
    """Note that a year's days off were announced."""
    try:
        actions.announce(db(), _year(number), **read_form(NoticeForm), by=identity(), now=clock.now())
    except (Invalid, Stale) as error:
        wrong = error if isinstance(error, Invalid) else Invalid({"": [error.message]})
        return refused("workdays/notice.html", wrong, year=number)
    flash(str(say("Đã ghi thông báo nghỉ lễ, Tết năm {year}.", year=number)))
    return redirect(url_for("workdays.show", year=number))


def _preview(edits: Sequence[Edit], reason: str, *, back: str, remarks: Sequence[ical.Remark] = (), warning: Message | None = None) -> str:
    """What a change would do, with a button that does it. Reads only."""
    with glance() as session:
        before = queries.calendar(session)
        proposal = examine(before, edits)
        moves = impact.foreseen(session, identity(), before, proposal.after) if proposal.good else []
    years = sorted({edit.day.year for edit in proposal.good})
    return page(
        "workdays/preview.html",
        proposal=proposal,
        marks=before.marks,
        remarks=remarks,
        warning=warning,
        moves=[(kind, kind.rows[:MOVES_SHOWN], len(kind.rows)) for kind in moves if kind.rows],
        totals=[(one, year.workdays_of(before, one), year.workdays_of(proposal.after, one)) for one in years],
        sent=_sent(proposal, before, moves, reason),
        back=back,
        **_words(),
    )


def _sent(proposal: Proposal, before: Calendar, moves: Sequence[impact.Moves], reason: str) -> Mapping[str, Any]:
    return {"edits": packed(proposal.good), "version": before.version, "seen": impact.seal(moves), "reason": reason}


def _leaving(calendar: Calendar, when: date) -> dict[str, Any]:
    if when not in calendar.marks:
        raise NotFound(say("Ngày này không có trong lịch."))
    edits = drafting.withdrawing(calendar, when)
    return {"mark": calendar.marks[when], "edits": edits, "together": [calendar.marks[edit.day] for edit in edits if edit.day != when], **_words()}


def _missing(calendar: Calendar, chosen: int) -> list[tuple[int, Message]]:
    """Years to speak of on the page of `chosen`: itself, and the next one when its notice is due."""
    today = clock.today()
    ahead = [today.year + 1] if chosen == today.year and today.month >= NOTICE_MONTH else []
    return [(one, captions.not_announced(one)) for one in [chosen, *ahead] if one not in calendar.known_years]


def _history() -> list[dict[str, Any]]:
    entries = journal.timeline(db(), CALENDAR, limit=20)
    return [{"at": one.at, "who": one.by_name, "what": captions.ACTS.get(one.act, one.act), "more": one.reason} for one in reversed(entries)]


def _words() -> dict[str, Any]:
    return {
        "kinds": captions.KIND_WORDS,
        "reasons": captions.REASON_WORDS,
        "icon_of": year.icon_of,
        "word_of": year.word_of,
        "may_edit": identity().may(Permission.REFERENCE_MANAGE),
    }


def _choices() -> dict[str, Any]:
    def pairs(words: Mapping[str, Message]) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in words.items()]

    return {"kind_pairs": pairs(captions.KIND_WORDS), "cause_pairs": pairs(captions.REASON_WORDS)}


def _day(text: str) -> date:
    found = parse_day(text)
    if found is None or not FIRST <= found <= LAST:
        raise NotFound(say("Ngày nằm ngoài lịch (2000 – 2100)."))
    return found


def _year(number: int) -> int:
    if not FIRST.year <= number <= LAST.year:
        raise NotFound(say("Ngày nằm ngoài lịch (2000 – 2100)."))
    return number


def _unannounced(_who: Identity) -> Mapping[str, Any] | None:
    """For the home page: this year, or in the last quarter the next one, still has no notice."""
    today, known = clock.today(), queries.calendar(db()).known_years
    due = [one for one in (today.year, *([today.year + 1] if today.month >= NOTICE_MONTH else [])) if one not in known]
    return {"missing": [(one, captions.not_announced(one)) for one in due]} if due else None


panels.register(
    panels.Panel("workdays.notice", say("Lịch làm việc cần bổ sung"), Permission.REFERENCE_MANAGE, order=80, template="workdays/panel.html", load=_unannounced)
)
