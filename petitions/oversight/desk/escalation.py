"""`/oversight/open` and the items of an activity: opened from a candidate, a recommendation or a document; answers and promises item by item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from petitions.agencies import queries as agencies
from petitions.core import clock
from petitions.core.errors import Conflict, Invalid, NotAllowed, NotFound, PetitionsError, Stale
from petitions.core.identity import Identity
from petitions.core.text import clean
from petitions.core.words import Message, language, say
from petitions.council import queries as council
from petitions.duties import subjects
from petitions.duties.models.duty import Duty
from petitions.duties.queries import reading as duties
from petitions.oversight import candidacy, captions, promises
from petitions.oversight.actions import committing, escalating
from petitions.oversight.actions.programme import MISSING
from petitions.oversight.models.escalation import ActivityItem
from petitions.oversight.models.programme import SupervisionActivity
from petitions.oversight.queries import escalation, evidence, openings, programme
from petitions.oversight.schemas import AnswerForm, AskForm, OpenForm, OpenQuery, PromiseForm
from petitions.oversight.values import ActivityValues, AnswerValues, Asked, PromiseValues
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, read_query, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("escalation", __name__)
ACTORS = candidacy.ACTORS
TITLE = 250


@dataclass(frozen=True)
class Source:
    """What an activity is opened from: the duties it may ask about, what it is likely to be, and which earlier activity it looks at again."""

    body_id: int
    duties: Sequence[Duty]
    family: str
    title: str
    back: str
    decision_id: int | None = None
    committee_id: int | None = None
    again_id: int | None = None


@blueprint.get("/oversight/open")
@needs(*ACTORS)
def new() -> str:
    """The form, filled in from where the button stood."""
    source = _source()
    own = sorted(identity().scope("committee"))
    committee = source.committee_id if source.committee_id in own else own[0] if own else None
    values = {"family": source.family, "title": source.title, "actor": "committee" if committee else "standing", "committee_id": committee}
    return _form_page(source, blank_form(values, items=[duty.id for duty in source.duties]))


@blueprint.post("/oversight/open")
@needs(*ACTORS)
def create() -> ResponseReturnValue:
    """Open it, or add the items to one that is there."""
    source, session = _source(), db()
    try:
        sent: dict[str, Any] = read_form(OpenForm)
        with session.begin_nested():
            made = _opened(source, sent)
    except Invalid as error:
        return _form_page(source, typed(error.fields)), 422
    except NotAllowed:
        raise
    except PetitionsError as error:
        return _form_page(source, typed({"": [error.message]})), 409 if isinstance(error, Conflict) else 422
    flash(str(say("Đã đưa việc vào hoạt động giám sát.")), "success")
    return redirect(url_for("oversight.activities.show", activity_id=made) + "#items")


def openable(who: Identity, body_id: int) -> bool:
    """Whether the button that opens one is shown."""
    return any(who.may(one) for one in ACTORS) and body_id in who.scope("body")


def _opened(source: Source, sent: dict[str, Any]) -> int:
    known = {duty.id for duty in source.duties}
    asked = [Asked(number, sent["question"], source.decision_id) for number in dict.fromkeys(sent["items"]) if number in known]
    at: dict[str, Any] = {"by": identity(), "now": clock.now()}
    if sent["activity_id"]:
        escalating.ask(db(), sent["activity_id"], asked, **at)
        return int(sent["activity_id"])
    if sent["starts_on"] is None:
        raise Invalid({"starts_on": [say("Hãy điền ô này.")]})
    starts: date = sent["starts_on"]
    values = ActivityValues(
        body_id=source.body_id,
        year=starts.year,
        kind_code=openings.kind_on(db(), sent["family"], starts),
        actor=sent["actor"],
        title=sent["title"],
        committee_id=sent["committee_id"] if sent["actor"] == "committee" else None,
        council_session_id=sent["council_session_id"],
        again_id=source.again_id if sent["family"] == openings.AGAIN else None,
        starts_on=starts,
        ends_on=sent["ends_on"],
    )
    return escalating.open_on(db(), values, asked, **at, today=clock.today()).id


def _source() -> Source:
    asked, session, who = read_query(OpenQuery), db(), identity()
    bodies, see = who.scope("body"), duties.visible(who, clock.now())
    if asked["decision"]:
        took, duty = openings.of_decision(session, asked["decision"], bodies, see)
        caption = subjects.captions(session, [(duty.subject_kind, duty.subject_id)])[duty.subject_kind, duty.subject_id]
        family = openings.FAMILIES.get(took.rung_code, openings.QUESTIONING)
        return Source(duty.body_id, [duty], family, _short(caption.text), "/candidates/decided", took.id, took.committee_id)
    row, document = openings.of_recommendation(session, asked["recommendation"], asked["document"], who)
    found = openings.leading(session, document.id if row is None else None, row.id if row is not None else None, bodies)
    if not found:
        raise NotFound(say("Không có việc nào để giám sát lại."))
    back = url_for("oversight.recommendations.show", code=row.code) if row else url_for("oversight.documents.show", document_id=document.id)
    return Source(document.body_id, found, openings.AGAIN, _short(row.text if row else document.title), back, again_id=document.activity_id)


def _short(words: str) -> str:
    words = clean(words).replace("\n", " ")
    return words if len(words) <= TITLE else words[: TITLE - 1].rsplit(" ", 1)[0] + "…"


def _form_page(source: Source, form: Form) -> str:
    session, who = db(), identity()
    names, told = agencies.directory(session).agencies, subjects.captions(session, [(duty.subject_kind, duty.subject_id) for duty in source.duties])
    kinds = openings.families(session, clock.today())
    own = who.scope("committee")
    joined = [row for row in openings.joinable(session, source.body_id) if escalating.may_run(who, row.body_id, row.actor, row.committee_id)]
    rows = [(duty.id, told[duty.subject_kind, duty.subject_id], names[duty.agency_id].name) for duty in source.duties]
    return page(
        "oversight/open.html",
        form=form,
        back=source.back,
        items=[(number, f"{caption.code} · {agency}: {_short(caption.text)}") for number, caption, agency in rows],
        families=[(family, kind.name_en if language() == "en" else kind.name) for family, kind in kinds.items()],
        joined=[(row.id, f"{row.year} – {row.title}") for row in joined],
        actors=list(captions.ACTORS.items()),
        committees=[(one.id, one.name) for one in council.committees(session, source.body_id) if not own or one.id in own],
        sessions=[(one.value, one.label) for term in council.terms(session, source.body_id)[:2] for one in council.session_choices(session, term.id)],
    )


# -- items -----------------------------------------------------------------------------------------------------------------


@blueprint.post("/oversight/programme/<int:activity_id>/items")
@needs(*ACTORS)
def add(activity_id: int) -> ResponseReturnValue:
    """Ask about more, by code of a recommendation or a petition."""
    session = db()
    row = _activity(activity_id)
    try:
        sent = read_form(AskForm)
        found = openings.by_code(session, row.body_id, sent["code"])
        if not found:
            raise Invalid({"code": [say("Không có việc đã giao nào mang mã «{code}».", code=sent["code"][:60])]})
        with session.begin_nested():
            escalating.ask(session, row.id, [Asked(duty.id, sent["question"]) for duty in found], by=identity(), now=clock.now())
    except Invalid as error:
        flash(str(next((words[0] for words in error.fields.values()), error.message)), "error")
    except NotAllowed:
        raise
    except PetitionsError as error:
        flash(str(error.message), "error")
    else:
        flash(str(say("Đã đưa việc vào hoạt động giám sát.")), "success")
    return redirect(url_for("oversight.activities.show", activity_id=activity_id) + "#items")


@blueprint.get("/oversight/programme/<int:activity_id>/items/<int:item_id>")
@needs(*ACTORS)
def item(activity_id: int, item_id: int) -> str:
    """One item: why it is asked about, the answer, the promises."""
    return _item_page(activity_id, item_id, None, None)


@blueprint.post("/oversight/programme/<int:activity_id>/items/<int:item_id>")
@needs(*ACTORS)
def answer(activity_id: int, item_id: int) -> ResponseReturnValue:
    """Note the answer."""
    session = db()
    _activity(activity_id)
    try:
        sent = read_form(AnswerForm)
        version = sent.pop("version")
        with session.begin_nested():
            escalating.answer(session, item_id, AnswerValues(**sent), version=version, by=identity(), now=clock.now(), today=clock.today())
    except Stale as error:
        session.expire_all()
        return _item_page(activity_id, item_id, typed({"": [error.message]}), None), 409
    except Invalid as error:
        return _item_page(activity_id, item_id, typed(error.fields), None), 422
    flash(str(say("Đã ghi câu trả lời.")), "success")
    return redirect(url_for("oversight.escalation.item", activity_id=activity_id, item_id=item_id))


@blueprint.post("/oversight/programme/<int:activity_id>/items/<int:item_id>/promises")
@needs(*ACTORS)
def promise(activity_id: int, item_id: int) -> ResponseReturnValue:
    """Register a promise: it is followed from now on."""
    session = db()
    _activity(activity_id)
    try:
        sent = read_form(PromiseForm)
        version = sent.pop("version")
        with session.begin_nested():
            made = committing.promise(session, item_id, PromiseValues(**sent), version=version, by=identity(), now=clock.now(), today=clock.today())
    except Invalid as error:
        return _item_page(activity_id, item_id, None, typed(error.fields)), 422
    except NotAllowed:
        raise
    except PetitionsError as error:
        session.expire_all()
        return _item_page(activity_id, item_id, None, typed({"": [error.message]})), 409 if isinstance(error, Conflict) else 422
    flash(str(say("Đã ghi cam kết {code}, hạn theo dõi như một kiến nghị.", code=made.code)), "success")
    return redirect(url_for("oversight.escalation.item", activity_id=activity_id, item_id=item_id) + "#promises")


def _activity(activity_id: int) -> SupervisionActivity:
    return programme.one(db(), activity_id, programme.visible(identity()))


def _item_page(activity_id: int, item_id: int, answered: Form | None, promised: Form | None) -> str:
    session, who, today = db(), identity(), clock.today()
    row = _activity(activity_id)
    if not escalating.may_run(who, row.body_id, row.actor, row.committee_id):
        raise NotAllowed(escalating.OTHERS)
    rows = escalation.items(session, row.id, ActivityItem.id == item_id, who)
    if not rows:
        raise NotFound(MISSING)
    found = rows[0]
    key, names = (found.duty.subject_kind, found.duty.subject_id), agencies.directory(session).agencies
    asked: ActivityItem = found.row
    day = asked.answered_on or (min(row.starts_on, today) if row.starts_on else today)
    kept = {"person": asked.person, "post": asked.post, "answer": asked.answer, "answered_on": day}
    supervised = [(number, names[number].name) for number in programme.supervised_ids(session, row.id)]
    return page(
        "oversight/item.html",
        row=row,
        item=asked,
        caption=subjects.captions(session, [key])[key],
        agency=names[found.duty.agency_id].name,
        evidence=candidacy.words(evidence.of(session, [found.duty.id], today)[found.duty.id]),
        promised=told(found, today),
        answer_form=answered or blank_form(kept),
        promise_form=promised or blank_form(person=asked.person, post=asked.post, agency_id=found.duty.agency_id),
        agencies=supervised,
    )


def told(found: escalation.Item, today: date) -> list[tuple[Any, Any, Message, str]]:
    """The promises of an item with how they stand."""
    made = []
    for one, demand in found.promises:
        verdict = promises.verdict(demand.progress, demand.due_on, demand.done_on, today)
        made.append((one, demand, promises.WORDS[verdict], promises.TONES[verdict]))
    return made
