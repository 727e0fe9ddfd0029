"""Candidates for explanation, questioning and what comes after, list by list and committee by committee; taken or refused with a reason."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, and_

from petitions.core import clock
from petitions.core.errors import Invalid, NotFound, PetitionsError
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.council import queries as council
from petitions.duties import listing, subjects
from petitions.duties.panel import Desk
from petitions.duties.queries import queues, reading
from petitions.duties.schemas import ReasonForm
from petitions.duties.urging import beyond, ladder
from petitions.duties.urging.actions import deciding
from petitions.duties.urging.models import REFUSED, TAKEN
from petitions.duties.urging.queries import candidates
from petitions.duties.urging.queries import reading as urgings
from petitions.duties.urging.queries.candidates import NOBODY
from petitions.duties.urging.queries.ladder import Ground
from petitions.duties.urging.schemas import CandidateQuery, TakeForm
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, read_query, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("candidates", __name__)
P = Permission
READERS = (P.CANDIDATE_TAKE, P.URGING_DRAFT, P.URGING_ISSUE, P.DUTY_JUDGE, P.JOURNAL_READ)
menu.register(menu.Entry("duties.candidates.first", say("Đề nghị giải trình, chất vấn"), "message-report", P.CANDIDATE_TAKE, order=28))
DECISIONS: dict[str, Message] = {TAKEN: say("đã nhận"), REFUSED: say("không nhận")}
EVERY = -1


@blueprint.get("/candidates")
@needs(*READERS)
def first() -> str:
    """The first list that has somebody."""
    return _list(None)


@blueprint.get("/candidates/<code>")
@needs(*READERS)
def show(code: str) -> str:
    """One list, as of today."""
    return _list(code)


def _list(wish: str | None) -> str:
    """The list that is wished for, or the first that has somebody; the tabs count for the committee that is chosen."""
    session, who, now, today = db(), identity(), clock.now(), clock.today()
    ground = Ground.read(session, today)
    named = candidates.lists(ground)
    if (wish or next(iter(named), "")) not in named:
        raise NotFound(say("Không có danh sách này."))
    asked = read_query(CandidateQuery)
    committees, owners = candidates.following(session)
    own = sorted(who.scope("committee"))
    wanted = asked["committee"] if asked["committee"] is not None else own[0] if own else EVERY
    chosen = None if wanted == EVERY else wanted
    seen: list[ColumnElement[bool]] = [reading.visible(who, now)]
    if chosen is not None:
        seen.append(candidates.of_committee(owners, chosen))
    counts = candidates.counts(session, and_(*seen), ground)
    code = wish or next((name for name, n in counts.items() if n), next(iter(counts)))
    where = [*seen, candidates.proposed(ground, named[code], switched_off=asked["off"])]
    rows = queues.page_of(session, where, number=asked["page"])
    rung = named[code][0]
    return page(
        "duties/urging/candidates.html",
        code=code,
        rung=rung,
        off=asked["off"],
        limited=rung.applies_from is not None,
        tabs=[(name, rungs[0].name, counts[name], name == code) for name, rungs in named.items()],
        rows=rows,
        lines=listing.lines(session, rows.rows, Desk.read(session, today, calendar=ground.calendar)),
        urged={} if beyond.registered() else urgings.urged_before(session, [row.id for row in rows.rows]),
        evidence=beyond.evidence(session, [row.id for row in rows.rows], today),
        committees=committees,
        chosen=chosen,
        nobody=NOBODY,
        may_take=who.may(P.CANDIDATE_TAKE),
        now=now,
    )


@blueprint.get("/candidates/decided")
@needs(*READERS)
def decided() -> str:
    """What was taken and what was not, newest first."""
    session = db()
    rows = candidates.decisions(session, identity())
    names = {code: rungs[0].name for code, rungs in candidates.lists(Ground.read(session, clock.today())).items()}
    captions = subjects.captions(session, [(row.subject_kind, row.subject_id) for row in rows])
    sequels = beyond.sequels(session, [row.id for row in rows if row.decision == TAKEN], identity())
    return page("duties/urging/decided.html", rows=rows, captions=captions, names=names, words=DECISIONS, sequels=sequels)


@blueprint.get("/candidates/<code>/<int:duty_id>/<any(take, refuse):name>")
@needs(P.CANDIDATE_TAKE)
def form(code: str, duty_id: int, name: str) -> str:
    """Which committee takes it, and why; or why not."""
    own = sorted(identity().scope("committee"))
    return _form(code, duty_id, name, blank_form(committee_id=own[0] if own else None))


@blueprint.post("/candidates/<code>/<int:duty_id>/<any(take, refuse):name>")
@needs(P.CANDIDATE_TAKE)
def decide(code: str, duty_id: int, name: str) -> ResponseReturnValue:
    """Take it, or not."""
    reading.duty(db(), duty_id, identity(), clock.now())
    try:
        values = read_form(TakeForm if name == "take" else ReasonForm)
        act: Any = deciding.take if name == "take" else deciding.refuse
        with db().begin_nested():
            act(db(), duty_id, code, **values, by=identity(), now=clock.now(), today=clock.today())
    except Invalid as error:
        return _form(code, duty_id, name, typed(error.fields)), 422
    except PetitionsError as error:
        return _form(code, duty_id, name, typed({"": [error.message]})), 422
    flash(str(say("Đã ghi quyết định.")), "success")
    on = url_for("duties.candidates.decided") if name == "take" and beyond.registered() else url_for("duties.candidates.show", code=code)
    return redirect(on)  # of what was taken something is to be made: the button stands there


def _form(code: str, duty_id: int, name: str, form: Form) -> str:
    session, who, now = db(), identity(), clock.now()
    duty = reading.duty(session, duty_id, who, now)
    rungs = candidates.lists(Ground.read(session, clock.today())).get(code)
    if not rungs:
        raise NotFound(say("Không có danh sách này."))
    own = who.scope("committee")
    committees = [(row.id, row.name) for row in council.committees(session) if row.body_id == duty.body_id and (not own or row.id in own)]
    return page(
        "duties/urging/decide.html",
        code=code,
        rung=rungs[0],
        name=name,
        form=form,
        caption=subjects.captions(session, [(duty.subject_kind, duty.subject_id)])[duty.subject_kind, duty.subject_id],
        committees=committees,
        off=duty.next_due is not None and ladder.switched_off(rungs[0], duty.next_due),
    )
