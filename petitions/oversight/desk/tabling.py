"""`/oversight/council`: what stayed undone to the last rung, with the evidence, session by session; printed, as a spreadsheet, noted as reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from petitions.agencies import queries as agencies
from petitions.core import clock
from petitions.core.errors import Conflict, Invalid, NotAllowed, NotFound, PetitionsError
from petitions.core.permissions import Permission
from petitions.core.spreadsheets import XLSX_MEDIA
from petitions.core.words import say, say_n
from petitions.council import queries as council
from petitions.council.models import CITY_COUNCIL, CouncilSession
from petitions.duties import subjects
from petitions.duties.models.duty import Duty
from petitions.duties.queries import reading as duties
from petitions.duties.subjects import Caption
from petitions.duties.urging.queries.reading import office
from petitions.oversight import tablings
from petitions.oversight.actions import tabling as acts
from petitions.oversight.models.escalation import CouncilReport
from petitions.oversight.queries import evidence, tabled
from petitions.oversight.queries.evidence import Evidence
from petitions.oversight.queries.reading import AUDITOR
from petitions.oversight.schemas import TablingForm, TablingQuery
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, read_query, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("tabling", __name__)
MOST = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One item with what it is about and the evidence; `report`: how it was reported, None while it waits."""

    duty: Duty
    caption: Caption
    agency: str
    evidence: Evidence
    report: CouncilReport | None = None


@dataclass(frozen=True)
class Lists:
    """Of one session: what was reported at it, and what waits."""

    sessions: Sequence[CouncilSession]
    chosen: CouncilSession | None
    reported: list[Line]
    waiting: list[Line]


@blueprint.get("/oversight/council")
@needs(Permission.OVERSIGHT_READ)
def show() -> str:
    """The list of a session: what was reported at it, what waits to be."""
    return _page(read_query(TablingQuery)["session"], None)


@blueprint.post("/oversight/council")
@needs(Permission.OVERSIGHT_CONFIRM)
def create() -> ResponseReturnValue:
    """Note the ticked ones as reported at the session."""
    wanted = read_query(TablingQuery)["session"]
    try:
        sent: dict[str, Any] = read_form(TablingForm)
        wanted = sent["session"]
        body = tabled.body_of(db(), wanted)
        values = {name: sent[name] for name in ("reported_on", "number", "note")}
        with db().begin_nested():
            made = acts.report(db(), body, wanted, sent["items"], **values, by=identity(), now=clock.now(), today=clock.today())
    except Invalid as error:
        return _page(wanted, typed(error.fields)), 422
    except NotAllowed:
        raise
    except PetitionsError as error:
        return _page(wanted, typed({"": [error.message]})), 409 if isinstance(error, Conflict) else 422
    flash(str(say_n("Đã ghi báo cáo HĐND {n} việc.", "Đã ghi báo cáo HĐND {n} việc.", len(made))), "success")
    return redirect(url_for("oversight.tabling.show", session=wanted))


@blueprint.get("/oversight/council.xlsx")
@needs(Permission.OVERSIGHT_READ)
def export() -> Response:
    """The same list as a spreadsheet."""
    found = _lists(read_query(TablingQuery)["session"])
    if found.chosen is None:
        raise NotFound(say("Chưa có kỳ họp nào."))
    rows = [(one.caption, one.agency, one.duty, one.evidence, one.report) for one in (*found.reported, *found.waiting)]
    name = f"bao-cao-hdnd-ky-hop-{found.chosen.number}.xlsx"
    return Response(tablings.sheet(rows, clock.today()), mimetype=XLSX_MEDIA, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _page(asked: int | None, form: Form | None) -> str:
    found, who, today = _lists(asked), identity(), clock.today()
    may_report = who.may(Permission.OVERSIGHT_CONFIRM) and bool(who.scope("body")) and found.chosen is not None
    return page(
        "oversight/council.html",
        found=found,
        label=council.session_label(found.chosen) if found.chosen else "",
        sessions=[(row.id, council.session_label(row)) for row in found.sessions],
        promised=tablings.promised,
        form=form or blank_form(session=found.chosen.id if found.chosen else None, reported_on=_day(found.chosen, today)),
        may_report=may_report,
        inside=office(who) or AUDITOR in who.roles,
        late={one.duty.id: (today - one.duty.next_due).days for one in found.waiting if one.duty.next_due},
        now=clock.now(),
    )


def _day(held: CouncilSession | None, today: date) -> date:
    return held.opened_on if held is not None and held.opened_on is not None and held.opened_on <= today else today


def _lists(asked: int | None) -> Lists:
    session, who, today = db(), identity(), clock.today()
    body = next((one for one in council.bodies(session) if one.kind == CITY_COUNCIL), None)
    sessions = [row for term in council.terms(session, body.id)[:2] for row in council.sessions(session, term.id)] if body else []
    chosen = next((row for row in sessions if row.id == asked), None) or _nearest(sessions, today)
    if body is None or chosen is None:
        return Lists(sessions, None, [], [])
    seen = duties.visible(who, clock.now()) & (Duty.body_id == body.id)
    reports = {row.duty_id: row for row in tabled.reports(session, chosen.id, seen, most=MOST)}
    own = office(who) or AUDITOR in who.roles  # who stands on the last rung before it is decided is the Council's own business
    ids = [*reports, *(tabled.waiting_ids(session, chosen.id, seen, today, most=MOST) if own else ())]
    rows = {duty.id: duty for duty in tabled.duties(session, ids)}
    captions = subjects.captions(session, [(duty.subject_kind, duty.subject_id) for duty in rows.values()])
    told, names = evidence.of(session, ids, today), agencies.directory(session).agencies
    lines = [
        Line(rows[one], captions[rows[one].subject_kind, rows[one].subject_id], names[rows[one].agency_id].name, told[one], reports.get(one)) for one in ids
    ]
    return Lists(sessions, chosen, [one for one in lines if one.report], [one for one in lines if not one.report])


def _nearest(sessions: Sequence[CouncilSession], today: date) -> CouncilSession | None:
    """The session that opened last; the newest one while none has a day."""
    opened = [(row.opened_on, row.id, row) for row in sessions if row.opened_on is not None and row.opened_on <= today]
    return max(opened)[2] if opened else next(iter(sessions), None)
