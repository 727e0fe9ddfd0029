"""`/oversight/recommendations/<code>`: one recommendation with all that happened, and every move on it by a form of its own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.errors import Invalid, NotAllowed, NotFound
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.documents import panel as papers
from petitions.duties import subjects
from petitions.duties.subjects import Caption
from petitions.duties.workflow import STATES as DUTY_STATES
from petitions.intake.queries.reading import by_code
from petitions.oversight import captions, files, parts, timing
from petitions.oversight.desk import ladder
from petitions.oversight.desk.board import stand, tone_of
from petitions.oversight.desk.escalation import openable
from petitions.oversight.desk.forms import DAY, FORMS, MoveForm
from petitions.oversight.models.document import MINUTES, IssuedDocument
from petitions.oversight.models.recommendation import LEAD, Recommendation
from petitions.oversight.queries import escalation, history, reading, terms
from petitions.oversight.subject import KIND
from petitions.oversight.workflow import BY_AGENCY, STATES, open_moves
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("recommendations", __name__)
FORWARD = ("verify", "confirm", "reopen")  # what may stand as the main button: never to give a demand up
MANY = 2  # agencies from which on their parts are shown
ACTORS = (Permission.OVERSIGHT_VERIFY, Permission.OVERSIGHT_CONFIRM, Permission.OVERSIGHT_REGISTER)


@blueprint.get("/oversight/recommendations/<code>")
@needs(Permission.OVERSIGHT_READ)
def show(code: str) -> str:
    """One recommendation: its source, who owes it by when, its reports with evidence and verdicts, what this person may do."""
    session, who, today = db(), identity(), clock.today()
    row = reading.by_code(session, code, who)
    told, owing = history.history(session, row.id), reading.owners(session, row.id)
    facts = history.facts(row, told, owing)
    moves = open_moves(facts, who)
    others, (clause, document) = history.linked(session, row), reading.source(session, row)
    words, tone = stand(row, sum(1 for one in told.attached.dues if one.item_id is None and one.ended_on is None and one.due_on < today))
    return page(
        "oversight/recommendation.html",
        row=row,
        clause=clause,
        document=document,
        words=words,
        tone=tone,
        told=told,
        shares=_shares(session, row, owing),
        ladder=ladder.line(session, escalation.of_recommendation(row.id), who, clock.now(), today),
        owed=_owed(owing, who),
        origin=_origin(session, row, document),
        again_url=url_for("oversight.escalation.new", recommendation=code) if openable(who, row.body_id) else None,
        leads=[one for one in told.parties if one.part == LEAD],
        together=[one for one in told.parties if one.part != LEAD],
        others=others,
        caption=captions,
        buttons=[(url_for("oversight.recommendations.form", code=code, name=one.name), one.label, one.name in FORWARD) for one in moves if one.name in FORMS],
        report_url=_report_url(row, facts.agencies, who) if any(move.name in BY_AGENCY for move in moves) else None,
        papers=papers.panel_of(session, (KIND, row.id), who, may_add=any(who.may(one) for one in files.ADDERS), personal=False),
        today=today,
    )


def _owed(owing: Sequence[reading.Owner], who: Identity) -> Sequence[tuple[reading.Owner, Message]]:
    """The duties that make it owed, of those that `who` may open: an agency its own, the People's Committee office the city's."""
    if not who.may(Permission.DUTY_READ):
        return []
    wide, city = bool(who.scope("body")) or reading.AUDITOR in who.roles, who.may(Permission.DUTY_DISTRIBUTE)
    own = [one for one in owing if wide or one.agency_id in who.scope("agency") or (city and one.level == reading.CITY)]
    return [(one, DUTY_STATES[one.state]) for one in own]


def _shares(session: Session, row: Recommendation, owing: Sequence[reading.Owner]) -> Mapping[str, Any] | None:
    """How far each agency is and the rule that makes the whole of it; None where one agency owes it alone."""
    if len(owing) < MANY:
        return None
    found = reading.shares(session, row, owing)
    leads = [one for one in found if one.part == LEAD]
    rank = {state: place for place, state in enumerate(STATES)}
    counts = sorted(Counter(one.progress for one in leads).items(), key=lambda one: rank[one[0]])
    return {
        "rows": [(one, STATES[one.progress], captions.TONES[one.progress]) for one in found],
        "counts": [(STATES[state], captions.TONES[state], n) for state, n in counts],
        "rule": parts.BY_AGENCIES if len(leads) > 1 else parts.BY_ONE,
        "leads": len(leads),
    }


def _origin(session: Session, row: Recommendation, document: IssuedDocument) -> tuple[escalation.Origin, Caption] | None:
    """Of a promise: where it was made, and for what it answered."""
    found = escalation.origin(session, row.id) if document.kind == MINUTES else None
    if found is None:
        return None
    key = (found.duty.subject_kind, found.duty.subject_id)
    return found, subjects.captions(session, [key])[key]


@blueprint.get("/oversight/petitions/<code>")
@needs(Permission.OVERSIGHT_READ)
def of_petition(code: str) -> str:
    """The recommendations that answer a petition; its own page draws them in a card."""
    session, who, today = db(), identity(), clock.today()
    petition = by_code(session, code, who)
    found = history.of_petition(session, petition.id, reading.visible(who))
    lines = [(row, document, timing.words(row.progress, row.due_on, row.done_on, today), tone_of(row)) for row, document in found]
    climbed = ladder.line(session, escalation.of_petition(petition.id), who, clock.now(), today)
    return page("oversight/petition.html", code=code, lines=lines, ladder=climbed)


def _report_url(row: Recommendation, agencies: Any, who: Any) -> str | None:
    own = sorted(set(agencies) & who.scope("agency")) or sorted(agencies)
    return url_for("oversight.agencies.new_report", agency_id=own[0]) + f"#r-{row.id}" if own else None


@blueprint.get("/oversight/recommendations/<code>/<name>")
@needs(*ACTORS)
def form(code: str, name: str) -> str:
    """The form of a move."""
    return _page(code, _form(name), None)


@blueprint.post("/oversight/recommendations/<code>/<name>")
@needs(*ACTORS)
def act(code: str, name: str) -> ResponseReturnValue:
    """Make the move."""
    session, chosen = db(), _form(name)
    row = reading.by_code(session, code, identity())
    try:
        values: dict[str, Any] = read_form(chosen.schema())
        with session.begin_nested():
            made: Recommendation = chosen.act(session, row.id, **values, **chosen.fixed, by=identity(), now=clock.now(), today=clock.today())
    except Invalid as error:
        return _page(code, chosen, typed(error.fields)), 422
    flash(str(say("Đã ghi: {what}.", what=chosen.label)), "success")
    return redirect(url_for("oversight.recommendations.show", code=made.code))


def _form(name: str) -> MoveForm:
    if name not in FORMS:
        raise NotFound
    return FORMS[name]


def _page(code: str, chosen: MoveForm, sent: Form | None) -> str:
    session, who = db(), identity()
    row = reading.by_code(session, code, who)
    if chosen.name not in {move.name for move in open_moves(reading.facts(session, row), who)}:
        raise NotAllowed(say("Việc này không mở cho bạn ở trạng thái hiện nay."))
    options: dict[str, list[tuple[str, Message]]] = {box.name: list((box.choices or {}).items()) for box in chosen.boxes}
    values: dict[str, Any] = {box.name: clock.today() for box in chosen.boxes if box.kind == DAY and box.today}
    last = reading.last_item(session, row.id)
    shown = {"row": row, "chosen": chosen, "form": sent or blank_form(values), "options": options, "last": last, "caption": captions}
    return page("oversight/move.html", **shown, new_term=terms.begun_after(session, row, clock.today()) if chosen.name == "reopen" else None)
