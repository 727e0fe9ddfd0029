"""The register of outgoing letters by book and year, as a page and as a spreadsheet; and the letters by state."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response

from petitions.core import clock
from petitions.core.errors import NotFound
from petitions.core.permissions import Permission
from petitions.core.spreadsheets import XLSX_MEDIA
from petitions.core.words import Message, say
from petitions.letters import exporting, holders, queries, workflow
from petitions.letters.desk import words
from petitions.letters.models import LetterBook, LetterEntry
from petitions.letters.queries import Asked
from petitions.letters.schemas import RegisterQuery
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import read_query
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("register", __name__)
KEEPERS = (Permission.LETTER_DRAFT, Permission.LETTER_ISSUE, Permission.JOURNAL_READ)
menu.register(menu.Entry("outgoing.register.show", say("Văn bản đi"), "mail", KEEPERS, order=28))


@blueprint.get("/outgoing")
@needs(Permission.LETTER_READ)
def show() -> str:
    """One year of a book, last number first."""
    books, asked, number = _asked()
    rows = queries.entries(db(), asked, number=number) if asked else None
    listed = rows.rows if rows else ()
    return page(
        "letters/register.html",
        books=books,
        asked=asked,
        rows=rows,
        years=_years(asked),
        states=_states(listed, _leaving(listed)),
        links=holders.addresses([(row.holder_kind, row.holder_id) for row in listed]),
        may_manage=identity().may(Permission.LETTER_MANAGE),
        now=clock.now(),
    )


@blueprint.get("/outgoing/register.xlsx")
@needs(Permission.LETTER_READ)
def export() -> Response:
    """The rows that the page lists, all of them, as a spreadsheet."""
    _books, asked, _number = _asked()
    if asked is None:
        raise NotFound(say("Không có sổ văn bản này."))
    rows = queries.entries(db(), asked, size=queries.EXPORTED).rows
    leaving, now = _leaving(rows), clock.now()
    states = {key: said for key, (said, _tone) in _states(rows, leaving).items()}
    left = {number: clock.day_of(moment) for number, moment in leaving.items() if moment <= now}
    headers = {"Content-Disposition": f'attachment; filename="so-van-ban-di-{asked.year}.xlsx"'}
    return Response(exporting.register(rows, states, left), mimetype=XLSX_MEDIA, headers=headers)


@blueprint.get("/outgoing/letters")
@needs(Permission.LETTER_READ)
def letters() -> str:
    """The letters that are made here, newest first, by state."""
    asked, who, now = read_query(RegisterQuery), identity(), clock.now()
    section = asked["section"] if asked["section"] in workflow.STATES else None
    counts = queries.counts(db(), who, now)
    rows = queries.letters(db(), who, now, state=section, number=asked["page"])
    tabs: list[Any] = [(None, say("Tất cả"), sum(counts.values()), section is None)]
    tabs += [(name, said, counts.get(name, 0), name == section) for name, said in workflow.STATES.items() if counts.get(name) or name == section]
    states = {row.id: words.state(row.state, row.leaves_at, now) for row in rows.rows}
    office = bool(who.scope("body")) or who.may(Permission.JOURNAL_READ)
    return page("letters/letters.html", rows=rows, tabs=tabs, states=states, office=office, may_manage=who.may(Permission.LETTER_MANAGE))


def _asked() -> tuple[list[LetterBook], Asked | None, int]:
    """The books of the reader, which of them and which year is asked for (None: there is no book), and the page."""
    query = read_query(RegisterQuery)
    books = list(queries.books(db(), identity()))
    if not books:
        return [], None, 1
    code = query["book"] if query["book"] in {book.code for book in books} else books[0].code
    return books, Asked(code, query["year"] or clock.today().year, query["asked"].strip()), query["page"]


def _years(asked: Asked | None) -> list[int]:
    if asked is None:
        return []
    return sorted({clock.today().year, asked.year, *queries.years(db(), asked.book)}, reverse=True)


def _leaving(rows: Sequence[LetterEntry]) -> dict[int, datetime]:
    """By line, when its letter leaves or left, as far as that is known; recalled ones never do."""
    known = holders.leaving(db(), [(row.holder_kind, row.holder_id) for row in rows])
    moments = {row.id: known.get((row.holder_kind, row.holder_id)) for row in rows if row.withdrawn_at is None}
    return {number: moment for number, moment in moments.items() if moment is not None}


def _states(rows: Sequence[LetterEntry], leaving: dict[int, datetime]) -> dict[int, tuple[Message, str]]:
    """Where each line's letter stands."""
    now = clock.now()
    recalled = (workflow.STATES[workflow.WITHDRAWN], "quiet")
    return {row.id: recalled if row.withdrawn_at else words.state(workflow.ISSUED, leaving.get(row.id), now) for row in rows}
