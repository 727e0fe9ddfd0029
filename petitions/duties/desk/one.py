"""One duty: its page, and every move on it by a form of its own."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.errors import Invalid, NotAllowed, NotFound
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.core.workflow import Move
from petitions.documents import panel as documents
from petitions.documents import sending
from petitions.documents.kinds import ACCEPT, MOST_BYTES
from petitions.duties import files, subjects
from petitions.duties.desk import choices
from petitions.duties.desk.forms.boxes import DAY, MoveForm
from petitions.duties.desk.forms.catalogue import FORMS, OF_MOVE
from petitions.duties.models.answers import ON_SPOT
from petitions.duties.models.duty import Duty
from petitions.duties.panel import Shown, one_of
from petitions.duties.queries import reading
from petitions.duties.showing import AnswerShown
from petitions.duties.workflow import open_moves
from petitions.web import uploads
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db, glance

blueprint = Blueprint("one", __name__)
ACTORS = (
    Permission.DUTY_ANSWER,
    Permission.DUTY_RECORD,
    Permission.DUTY_DECIDE,
    Permission.DUTY_JUDGE,
    Permission.DUTY_CLOSE,
    Permission.DUTY_TELL,
    Permission.DUTY_DISTRIBUTE,
)
WRITERS = (Permission.DUTY_RECORD, Permission.PUBLISH_APPROVE)  # who writes or approves what the public sees
ANSWERS = frozenset({"answer", "record_answer"})
ELSEWHERE = frozenset({"hand_over"})
WITHDRAW = "withdraw_answer"  # of the whole letter, on its page


@blueprint.get("/duties/<int:duty_id>")
@needs(Permission.DUTY_READ)
def show(duty_id: int) -> str:
    """One duty: what is owed, its clocks with their reasons, what happened, and what this person may do now."""
    session, who, now, today = db(), identity(), clock.now(), clock.today()
    shown = one_of(session, duty_id, identity=who, now=now, today=today)
    duty = shown.duty
    caption = subjects.captions(session, [(duty.subject_kind, duty.subject_id)])[duty.subject_kind, duty.subject_id]
    return page(
        "duties/show.html",
        shown=shown,
        caption=caption,
        own_page=bool(subjects.elsewhere(duty.subject_kind)),
        buttons=_buttons(duty, standing_answer(shown)),
        papers=documents.panel_of(session, (files.KIND, duty.id), who, may_add=files.adds(who, duty), personal=False),
        may_strike=who.may(Permission.DUTY_TELL) and duty.body_id in who.scope("body"),
        may_publish=duty.answer_item_id is not None and duty.part == "lead" and duty.body_id in who.scope("body") and any(who.may(one) for one in WRITERS),
    )


def standing_answer(shown: Shown) -> AnswerShown | None:
    """The answer that stands."""
    return next((one for one in shown.answers if one.row.item_id == shown.duty.answer_item_id), None)


def _buttons(duty: Duty, standing: AnswerShown | None) -> list[tuple[str, Message]]:
    """(address, label) of what this person may do now; several moves that share a form are one button."""
    found: dict[str, Message] = {}
    for move in _open(duty):
        if move.name in ANSWERS:
            found.setdefault(url_for("duties.answers.new", ids=duty.id), move.label)
        elif move.name == WITHDRAW:
            if standing is not None and standing.row.kind != ON_SPOT:
                found.setdefault(url_for("duties.answers.withdrawal", letter_id=standing.row.letter_id), move.label)
        elif move.name not in ELSEWHERE:
            form = FORMS[OF_MOVE[move.name]]
            found.setdefault(url_for("duties.one.form", duty_id=duty.id, name=form.name), form.label)
    return list(found.items())


def _open(duty: Duty) -> list[Move]:
    """The moves that this person may make now, here: not those that the subject's own page makes."""
    shut = subjects.elsewhere(duty.subject_kind)
    return [move for move in open_moves(reading.facts(db(), duty, clock.now()), identity()) if move.name not in shut]


@blueprint.get("/duties/<int:duty_id>/<name>")
@needs(*ACTORS)
def form(duty_id: int, name: str) -> str:
    """The form of a move."""
    return _page(duty_id, _form(name), None)


@blueprint.post("/duties/<int:duty_id>/<name>")
@needs(*ACTORS)
def act(duty_id: int, name: str) -> ResponseReturnValue:
    """Make the move."""
    chosen = _form(name)
    if chosen.takes_files:
        raise NotFound
    return _make(duty_id, chosen)


@blueprint.post("/duties/<int:duty_id>/evidence")
@needs(Permission.DUTY_ANSWER, Permission.DUTY_RECORD)
@uploads.receives(MOST_BYTES)
def prove(duty_id: int) -> ResponseReturnValue:
    """Attach evidence: the files that come with the form, a document that is here, or what an inspection saw."""
    chosen = FORMS["evidence"]
    with glance() as session:
        reading.duty(session, duty_id, identity(), clock.now())
    try:
        received = sending.all_or_none()
    except Invalid as error:
        return _page(duty_id, chosen, typed(error.fields)), 422
    return _make(duty_id, chosen, **({"received": received} if received else {}))


def _make(duty_id: int, chosen: MoveForm, **given: Any) -> ResponseReturnValue:
    session, who, now, today = db(), identity(), clock.now(), clock.today()
    duty = reading.duty(session, duty_id, who, now)
    try:
        values = read_form(chosen.schema()) | given
        version = values.pop("version")
        more: Mapping[str, Any] = {"version": version} if chosen.takes_version else {}
        with session.begin_nested():
            chosen.act(session, duty.id, **values, **more, by=who, now=now, today=today)
    except Invalid as error:
        return _page(duty_id, chosen, typed(error.fields)), 422
    flash(str(chosen.done), "success")
    return redirect(url_for("duties.one.show", duty_id=duty_id))


def _form(name: str) -> MoveForm:
    if name not in FORMS:
        raise NotFound
    return FORMS[name]


def _page(duty_id: int, chosen: MoveForm, sent: Form | None) -> str:
    session, who, now, today = db(), identity(), clock.now(), clock.today()
    shown = one_of(session, duty_id, identity=who, now=now, today=today)
    duty = shown.duty
    if not {move.name for move in _open(duty)} & set(chosen.moves):
        raise NotAllowed(say("Việc này không mở cho bạn ở trạng thái hiện nay."))
    values: dict[str, Any] = {box.name: today for box in chosen.boxes if box.kind == DAY and box.today}
    standing = standing_answer(shown)
    if chosen.name == "judge" and standing:
        last = standing.row
        values |= {"office_class": last.agency_class, "reason": last.agency_reason, "promised_on": last.promised_on}
    return page(
        "duties/move.html",
        chosen=chosen,
        shown=shown,
        caption=subjects.captions(session, [(duty.subject_kind, duty.subject_id)])[duty.subject_kind, duty.subject_id],
        standing=standing,
        form=sent or blank_form(values),
        accept=ACCEPT,
        options=choices.for_form(session, chosen, duty, who, today),
    )
