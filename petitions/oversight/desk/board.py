"""`/oversight`: the grid of all agencies, the lists behind its numbers, the figures as of a day."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from petitions.agencies import queries as agencies
from petitions.core import clock
from petitions.core.dates import format_day
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.council import queries as council
from petitions.duties.lateness import OVERDUE
from petitions.oversight import captions, timing
from petitions.oversight.models.recommendation import Recommendation
from petitions.oversight.queries import figures, grid, reading, terms
from petitions.oversight.schemas import FiguresQuery, ListQuery
from petitions.oversight.workflow import OPEN, STATES
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import blank_form, read_query
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("board", __name__)
menu.register(menu.Entry("oversight.board.show", say("Giám sát"), "gavel", Permission.OVERSIGHT_READ, order=14, key="g o"))
WHAT: dict[str, Message] = {
    grid.LATE: say("Quá hạn"),
    grid.MISSED: say("Thiếu báo cáo định kỳ"),
    grid.WAITING: say("Chờ kiểm tra, xác nhận"),
    grid.SOON_DUE: say("Đến hạn hoàn thành trong 30 ngày (không kể báo cáo)"),
    grid.RUNNING: say("Chưa kết thúc"),
}
KEPT = ("what", "progress", "agency", "document", "figure", "kind", "session", "term")  # what a chip leaves of the address
AGENCY_FIGURES = ("due", "implemented", "on_last")  # what figures.by_agency counts
HEAT = ((10, 3), (4, 2), (1, 1))


@blueprint.get("/oversight")
@needs(Permission.OVERSIGHT_READ)
def show() -> str:
    """Every agency that leads a recommendation, the most neglected first."""
    session, today = db(), clock.today()
    seen = reading.visible(identity())
    missing = grid.silent(session, seen, today)
    counts = grid.counts(session, seen, today, missing)
    names = agencies.directory(session).agencies
    rows = grid.grid(session, seen, today, missing)
    return page(
        "oversight/board.html",
        figures=[(name, words, counts[name], _list(what=name)) for name, words in WHAT.items()],
        columns=captions.COLUMNS,
        may_change_term=identity().may(Permission.OVERSIGHT_CONFIRM),
        rows=[(row, names[row.agency_id].name, _heat(row.late), (today - row.oldest).days if row.oldest else 0) for row in rows],
        now=clock.now(),
    )


@blueprint.get("/oversight/recommendations")
@needs(Permission.OVERSIGHT_READ)
def rows() -> str:
    """The recommendations behind a number."""
    session, today = db(), clock.today()
    asked = read_query(ListQuery)
    where, title = [reading.visible(identity())], WHAT.get(asked["what"], say("Kiến nghị sau giám sát"))
    chips: list[tuple[Message | str, str]] = []
    if (condition := grid.what(asked["what"], today)) is not None:
        where.append(condition)
    if asked["progress"] in STATES:
        where.append(Recommendation.progress == asked["progress"])
        chips.append((STATES[asked["progress"]], _kept(asked, "progress")))
    if asked["agency"]:
        if asked["figure"] not in figures.NAMES:  # a figure asks who led on its day
            where.append(grid.led_by(asked["agency"]))
        chips.append((agencies.agency_name(session, asked["agency"]), _kept(asked, "agency")))
    if asked["document"]:
        where.append(Recommendation.document_id == asked["document"])
        chips.append((say("một văn bản"), _kept(asked, "document")))
    if asked["figure"] in figures.NAMES:
        where.append(_figure(asked, asked["figure"]))
        title = captions.FIGURES[asked["figure"]][0]
        chips.append((say("tính đến {day}", day=format_day(_wish(asked, today)[0].on)), _kept(asked, "figure", "on")))
        chips += [(words, _kept(asked, name)) for name, words in _narrowed(session, asked)]
    found = grid.page_of(session, where, number=asked["page"])
    return page("oversight/list.html", found=found, title=title, chips=chips, lines=lines(found.rows), now=clock.now())


def lines(found: Any) -> list[tuple[grid.Listed, Message, str]]:
    """Rows with their words and tone, and the periods of which no report came."""
    missed = grid.periods_missed(db(), [one.row.id for one in found if one.row.rhythm and one.row.progress in OPEN], clock.today())
    return [(replace(one, missed=missed.get(one.row.id, ())), *stand(one.row, len(missed.get(one.row.id, ())))) for one in found]


def stand(row: Recommendation, missed: int) -> tuple[Message, str]:
    """The words and tone of one: progress, whether it is in time, and how many reports are missing while it is open."""
    said, tone = timing.words(row.progress, row.due_on, row.done_on, clock.today()), tone_of(row)
    if not missed or row.progress not in OPEN:
        return said, tone
    return say("{progress}, {missed}", progress=said, missed=say_n("thiếu {n} kỳ báo cáo", "thiếu {n} kỳ báo cáo", missed)), "late"


def tone_of(row: Recommendation) -> str:
    """Red when it is late, else the tone of its progress."""
    late = timing.timeliness(row.progress, row.due_on, row.done_on, clock.today()) == OVERDUE
    return "late" if late else captions.TONES[row.progress]


@blueprint.get("/oversight/figures")
@needs(Permission.OVERSIGHT_READ)
def numbers() -> str:
    """Figures as of a day, each with what it counts; each opens its list."""
    session, today = db(), clock.today()
    asked = read_query(FiguresQuery)
    wish, held = _wish(asked, today)
    seen = reading.visible(identity())
    counted = figures.figures(session, seen, wish)
    names = agencies.directory(session).agencies
    kept = {"agency": wish.agency, "on": wish.on.isoformat(), "kind": wish.kind, "session": wish.council_session, "term": wish.term}
    parts = [
        (names[number].name, due, done, in_time, _share(done, due), [_list(figure=name, **{**kept, "agency": number}) for name in AGENCY_FIGURES])
        for number, due, done, in_time in figures.by_agency(session, seen, wish)
        if due
    ]
    return page(
        "oversight/figures.html",
        wish=wish,
        form=blank_form(on=wish.on, kind=wish.kind, term=wish.term),
        share=_share(counted["implemented"], counted["due"]),
        figures=[(name, *captions.FIGURES[name], counted[name], _list(figure=name, **kept)) for name in captions.FIGURES],
        parts=sorted(parts, key=lambda part: (part[4] or 0, part[0])),
        kinds=list(captions.DOCUMENT_KINDS.items()),
        terms=[(choice.value, choice.label) for choice in council.term_choices(session)],
        held=held,
        now=clock.now(),
    )


def _figure(asked: Any, name: str) -> ColumnElement[bool]:
    return figures.behind(name, _wish(asked, clock.today())[0])


def _wish(asked: Any, today: date) -> tuple[figures.Wish, bool]:
    """What is asked, and whether its day was held back to the last day of a term that is over: its figures stay as they were then."""
    on = asked["on"] or today
    last = terms.last_day(db(), asked["term"]) if asked["term"] else None
    held = last is not None and on > last
    return figures.Wish(last if last is not None and held else on, asked["agency"], asked["kind"], asked["session"], asked["term"]), held


def _narrowed(session: Session, asked: Any) -> list[tuple[str, Message | str]]:
    """Of which documents and which term a figure's list is."""
    found: list[tuple[str, Message | str]] = []
    if asked["kind"]:
        found.append(("kind", captions.DOCUMENT_KINDS[asked["kind"]]))
    if asked["session"]:
        found.append(("session", say("một kỳ họp")))
    if asked["term"]:
        found += [("term", one.label) for one in council.term_choices(session) if one.value == asked["term"]]
    return found


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def _heat(late: int) -> int:
    return next((heat for least, heat in HEAT if late >= least), 0)


def _list(**values: Any) -> str:
    return "/oversight/recommendations?" + urlencode({name: value for name, value in values.items() if value})


def _kept(asked: Any, *without: str) -> str:
    kept = {name: asked[name] for name in KEPT if name not in without and asked[name]}
    if asked["on"] and "on" not in without:
        kept["on"] = asked["on"].isoformat()
    return _list(**kept)
