"""`/oversight/agencies/<id>`: what an agency owes, its reports to come, and the one report that covers many recommendations."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import and_

from petitions.agencies import queries as agencies
from petitions.core import clock
from petitions.core.errors import Invalid, NotAllowed, NotFound
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import say, say_n
from petitions.oversight import captions
from petitions.oversight.actions import reporting
from petitions.oversight.desk.board import lines
from petitions.oversight.models.recommendation import Recommendation
from petitions.oversight.queries import figures, grid, reading
from petitions.oversight.queries.dues import to_come
from petitions.oversight.schemas import ListQuery, ReportForm
from petitions.oversight.values import ItemValues, ReportValues
from petitions.oversight.workflow import OPEN, OWED
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, read_query, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("agencies", __name__)
MOST = 100


@blueprint.get("/oversight/agencies/<int:agency_id>")
@needs(Permission.OVERSIGHT_READ)
def show(agency_id: int) -> str:
    """What it owes: open ones by their day, reports to come, its figures."""
    session, who, today = db(), identity(), clock.today()
    name = _named(agency_id)
    seen = reading.visible(who)
    own = [seen, grid.owed_by(agency_id), Recommendation.progress.in_(sorted(OPEN))]
    found = grid.page_of(session, own, number=read_query(ListQuery)["page"])
    counted = figures.figures(session, seen, figures.Wish(today, agency_id))
    led = grid.counts(session, and_(seen, grid.led_by(agency_id)), today, missing={})
    return page(
        "oversight/agency.html",
        agency_id=agency_id,
        name=name,
        found=found,
        lines=lines(found.rows),
        counted=counted,
        led=led,
        share=round(100 * counted["implemented"] / counted["due"]) if counted["due"] else None,
        coming=to_come(session, seen, agency_id, today),
        may_report=_may_report(who, agency_id),
        now=clock.now(),
        today=today,
    )


@blueprint.get("/oversight/agencies/<int:agency_id>/report")
@needs(Permission.OVERSIGHT_REPORT)
def new_report(agency_id: int) -> str:
    """The form of a report: every open recommendation is a row."""
    return _form_page(agency_id, None)


@blueprint.post("/oversight/agencies/<int:agency_id>/report")
@needs(Permission.OVERSIGHT_REPORT)
def create_report(agency_id: int) -> ResponseReturnValue:
    """Take the report in."""
    session, who = db(), identity()
    _named(agency_id)
    if not _may_report(who, agency_id):
        raise NotAllowed(say("Việc này không thuộc phạm vi của bạn."))
    try:
        sent = read_form(ReportForm)
        items = tuple(ItemValues(**one) for one in sent["items"] if one["claim"])
        bodies = {found.row.body_id for found in _open(agency_id, who)}
        if not bodies:
            raise NotFound(say("Cơ quan này không còn kiến nghị nào phải báo cáo."))
        values = ReportValues(agency_id, min(bodies), sent["dated_on"], sent["number"], sent["text"], items)
        with session.begin_nested():
            reporting.report(session, values, by=who, now=clock.now(), today=clock.today())
    except Invalid as error:
        session.expire_all()
        return _form_page(agency_id, typed(_placed(error, agency_id))), 422
    flash(str(say_n("Đã ghi báo cáo {n} kiến nghị.", "Đã ghi báo cáo {n} kiến nghị.", len(items))), "success")
    return redirect(url_for("oversight.agencies.show", agency_id=agency_id))


def _placed(error: Invalid, agency_id: int) -> dict[str, Any]:
    """Messages of items by their recommendation, moved to the boxes of its row."""
    places = {found.row.id: place for place, found in enumerate(_open(agency_id, identity()))}
    made: dict[str, Any] = {}
    for name, messages in error.fields.items():
        head, _, rest = name.partition("-")
        number, _, box = rest.partition("-")
        known = head == "items" and number.isdigit() and int(number) in places and box != ""
        made[f"items-{places[int(number)]}-{box}" if known else name if head != "items" or box else ""] = list(messages)
    return made


def _form_page(agency_id: int, sent: Form | None) -> str:
    who, today, name = identity(), clock.today(), _named(agency_id)
    if not _may_report(who, agency_id):
        raise NotAllowed(say("Việc này không thuộc phạm vi của bạn."))
    return page(
        "oversight/report.html",
        agency_id=agency_id,
        name=name,
        lines=lines(_open(agency_id, who)),
        form=sent or blank_form(dated_on=today),
        claims=list(captions.CLAIMS.items()),
        methods=list(captions.METHODS.items()),
    )


def _open(agency_id: int, who: Identity) -> Any:
    where = [reading.visible(who), grid.owed_by(agency_id), Recommendation.progress.in_(sorted(OWED))]
    return grid.page_of(db(), where, number=1, size=MOST).rows


def _may_report(who: Identity, agency_id: int) -> bool:
    own = agency_id in who.scope("agency") or bool(who.scope("body")) or who.may(Permission.DUTY_DISTRIBUTE)
    return who.may(Permission.OVERSIGHT_REPORT) and own


def _named(agency_id: int) -> str:
    entry = agencies.directory(db()).agencies.get(agency_id)
    if entry is None:
        raise NotFound(say("Không có cơ quan này."))
    return entry.name
