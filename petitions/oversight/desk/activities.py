"""`/oversight/programme`: the year's programme, one activity with its days, visits and documents, and its form."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from petitions.agencies import queries as agencies
from petitions.core import clock
from petitions.core.errors import Invalid, NotAllowed, Stale
from petitions.core.permissions import Permission
from petitions.core.words import Message, language, say
from petitions.council import queries as council
from petitions.council.models import CITY_COUNCIL
from petitions.duties import subjects
from petitions.duties.queries import reading as duties
from petitions.oversight import captions
from petitions.oversight.actions import programme as acts
from petitions.oversight.actions.escalating import may_run
from petitions.oversight.desk.escalation import told
from petitions.oversight.models.programme import SupervisionActivity, SupervisionKind
from petitions.oversight.queries import escalation, programme, reading
from petitions.oversight.schemas import ActivityForm, LinkForm, ProgrammeQuery, VisitForm
from petitions.oversight.values import ActivityValues
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, read_query, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("activities", __name__)
BOXES = ("year", "kind_code", "actor", "title", "committee_id", "council_session_id", "again_id", "decision", "delegation", "plan", "report", *acts.DAYS)


@blueprint.get("/oversight/programme")
@needs(Permission.OVERSIGHT_READ)
def listing() -> str:
    """The programme of a year."""
    session, seen = db(), programme.visible(identity())
    year = read_query(ProgrammeQuery)["year"] or clock.today().year
    return page(
        "oversight/programme.html",
        year=year,
        years=sorted({year, clock.today().year, *programme.years(session, seen)}, reverse=True),
        rows=programme.of_year(session, seen, year),
        name_of=name_of,
        actors=captions.ACTORS,
        may_add=identity().may(Permission.OVERSIGHT_REGISTER),
        now=clock.now(),
    )


@blueprint.get("/oversight/programme/new")
@needs(Permission.OVERSIGHT_REGISTER)
def new() -> str:
    """The form of an activity."""
    return _form_page(None, blank_form(year=read_query(ProgrammeQuery)["year"] or clock.today().year, actor="standing"))


@blueprint.post("/oversight/programme/new")
@needs(Permission.OVERSIGHT_REGISTER)
def create() -> ResponseReturnValue:
    """Take it into the programme."""
    session = db()
    try:
        with session.begin_nested():
            made = acts.plan(session, _values(_body()), by=identity(), now=clock.now(), today=clock.today())
    except Invalid as error:
        return _form_page(None, typed(error.fields)), 422
    flash(str(say("Đã ghi hoạt động vào chương trình.")), "success")
    return redirect(url_for("oversight.activities.show", activity_id=made.id))


@blueprint.get("/oversight/programme/<int:activity_id>")
@needs(Permission.OVERSIGHT_READ)
def show(activity_id: int) -> str:
    """One activity."""
    return _page(activity_id, None, None)


@blueprint.get("/oversight/programme/<int:activity_id>/edit")
@needs(Permission.OVERSIGHT_REGISTER)
def edit(activity_id: int) -> str:
    """The form with what is known."""
    row = _own(activity_id)
    found = programme.shown(db(), row, programme.visible(identity()), reading.documents_seen(identity()))
    return _form_page(row, blank_form({name: getattr(row, name) for name in BOXES}, agencies="; ".join(name for _, name in found.agencies)))


@blueprint.post("/oversight/programme/<int:activity_id>/edit")
@needs(Permission.OVERSIGHT_REGISTER)
def save(activity_id: int) -> ResponseReturnValue:
    """Keep what was changed."""
    session, row = db(), _own(activity_id)
    try:
        sent = read_form(ActivityForm)
        with session.begin_nested():
            values = _values(row.body_id)
            acts.change(session, row.id, values, version=sent["version"], by=identity(), now=clock.now(), today=clock.today())
    except Stale as error:
        return _form_page(row, typed({"": [error.message]})), 409
    except Invalid as error:
        return _form_page(row, typed(error.fields)), 422
    flash(str(say("Đã lưu hoạt động giám sát.")), "success")
    return redirect(url_for("oversight.activities.show", activity_id=activity_id))


@blueprint.post("/oversight/programme/<int:activity_id>/visits")
@needs(Permission.OVERSIGHT_REGISTER)
def add_visit(activity_id: int) -> ResponseReturnValue:
    """Note a visit."""
    session, row = db(), _own(activity_id)
    try:
        with session.begin_nested():
            acts.visit(session, row.id, **read_form(VisitForm), by=identity(), now=clock.now())
    except Invalid as error:
        return _page(activity_id, typed(error.fields), None), 422
    flash(str(say("Đã ghi buổi làm việc.")), "success")
    return redirect(url_for("oversight.activities.show", activity_id=activity_id) + "#visits")


@blueprint.post("/oversight/programme/<int:activity_id>/documents")
@needs(Permission.OVERSIGHT_REGISTER)
def add_document(activity_id: int) -> ResponseReturnValue:
    """Link a document that was issued upon it."""
    session, row = db(), _own(activity_id)
    try:
        with session.begin_nested():
            acts.link(session, row.id, read_form(LinkForm)["document_id"], by=identity(), now=clock.now())
    except Invalid as error:
        return _page(activity_id, None, typed(error.fields)), 422
    flash(str(say("Đã gắn văn bản với hoạt động giám sát.")), "success")
    return redirect(url_for("oversight.activities.show", activity_id=activity_id) + "#documents")


def name_of(kind: SupervisionKind) -> str:
    """The kind in the reader's language."""
    return kind.name_en if language() == "en" else kind.name


def _own(activity_id: int) -> SupervisionActivity:
    row = programme.one(db(), activity_id, programme.visible(identity()))
    if row.body_id not in identity().scope("body"):
        raise NotAllowed(say("Việc này không thuộc phạm vi của bạn."))
    return row


def _body() -> int:
    own = [body.id for body in council.bodies(db()) if body.id in identity().scope("body") and body.kind == CITY_COUNCIL]
    return own[0] if own else min(identity().scope("body"), default=0)


def _values(body_id: int) -> ActivityValues:
    sent: dict[str, Any] = read_form(ActivityForm)
    return ActivityValues(body_id=body_id, **{name: value for name, value in sent.items() if name != "version"})


def _page(activity_id: int, visit: Form | None, link: Form | None) -> str:
    session, who = db(), identity()
    seen = programme.visible(who)
    row = programme.one(session, activity_id, seen)
    found = programme.shown(session, row, seen, reading.documents_seen(who))
    may_write = who.may(Permission.OVERSIGHT_REGISTER) and row.body_id in who.scope("body")
    free = [(one.id, f"{one.full_number} – {one.title}") for one in programme.unlinked(session, row.body_id)] if may_write else []
    committees = {one.id: one.name for one in council.committees(session, row.body_id)} if row.committee_id else {}
    items = escalation.items(session, row.id, duties.visible(who, clock.now()), who)
    names = agencies.directory(session).agencies if items else {}
    return page(
        "oversight/activity.html",
        found=found,
        items=[(one.row, names[one.duty.agency_id].name, told(one, clock.today())) for one in items],
        item_captions=subjects.captions(session, [(one.duty.subject_kind, one.duty.subject_id) for one in items]),
        item_keys={one.row.id: (one.duty.subject_kind, one.duty.subject_id) for one in items},
        may_ask=may_run(who, row.body_id, row.actor, row.committee_id),
        ask=blank_form(),
        kind_name=name_of(found.kind),
        actor=committees.get(row.committee_id or 0) or captions.ACTORS[row.actor],
        wanted=programme.wanted_by(session, found),
        document_kinds=captions.DOCUMENT_KINDS,
        may_write=may_write,
        free=free,
        visit=visit or blank_form(visited_on=clock.today()),
        link=link or blank_form(),
    )


def _form_page(row: SupervisionActivity | None, form: Form) -> str:
    session, body = db(), row.body_id if row else _body()
    kinds: list[tuple[str, str | Message]] = [(one.code, f"{name_of(one)} ({one.legal_basis})") for one in programme.kinds(session)]
    return page(
        "oversight/activity_form.html",
        row=row,
        form=form,
        kinds=kinds,
        actors=list(captions.ACTORS.items()),
        committees=[(one.id, one.name) for one in council.committees(session, body)],
        sessions=[(one.value, one.label) for term in council.terms(session, body) for one in council.session_choices(session, term.id)],
        earlier=[(one.id, f"{one.year} – {one.title}") for one in programme.earlier(session, body, row.id if row else None)],
    )
