"""What goes back to the public: the redacted text, its approval by another person, publication and posting; lines of told voters struck."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.errors import Invalid, NotFound
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.duties import subjects
from petitions.duties.actions import publishing, telling
from petitions.duties.panel import one_of
from petitions.duties.queries import reading
from petitions.duties.schemas import PublicationForm, PublishedForm, ReasonForm
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("voters", __name__)
WRITERS = (Permission.DUTY_RECORD, Permission.PUBLISH_APPROVE)
SAID = {
    "draft": say("Đã lưu bản công bố; một người khác duyệt."),
    "approve": say("Đã duyệt bản công bố."),
    "publish": say("Đã ghi việc công bố."),
    "post": say("Đã ghi việc niêm yết."),
    "withdraw": say("Đã rút công bố."),
}


@blueprint.get("/duties/<int:duty_id>/publication")
@needs(*WRITERS)
def publication(duty_id: int) -> str:
    """The text that the public will see, and how far it is."""
    return _page(duty_id, None)


@blueprint.post("/duties/<int:duty_id>/publication/<any(draft, approve, publish, post, withdraw):name>")
@needs(*WRITERS)
def act(duty_id: int, name: str) -> ResponseReturnValue:
    """Write, approve, publish, post or withdraw."""
    session, who, now, today = db(), identity(), clock.now(), clock.today()
    duty = reading.duty(session, duty_id, who, now)
    try:
        if name in ("draft", "approve"):
            values = read_form(PublicationForm)
            text, version = values["text"], values["version"]
            if name == "draft":
                publishing.draft_publication(session, duty.id, text=text, by=who, now=now, version=version)
            else:
                publishing.approve_publication(session, duty.id, version=version or 0, by=who, now=now)
        elif name == "withdraw":
            publishing.withdraw_publication(session, duty.id, **read_form(ReasonForm), by=who, now=now)
        else:
            values = read_form(PublishedForm)
            if name == "publish":
                publishing.publish(session, duty.id, on=values["on"], url=values["place"], by=who, now=now, today=today)
            else:
                publishing.post(session, duty.id, posted_from=values["on"], place=values["place"], by=who, now=now, today=today)
    except Invalid as error:
        return _page(duty_id, typed(error.fields)), 422
    flash(str(SAID[name]), "success")
    return redirect(url_for("duties.voters.publication", duty_id=duty_id))


def _page(duty_id: int, sent: Form | None) -> str:
    session, who, now, today = db(), identity(), clock.now(), clock.today()
    shown = one_of(session, duty_id, identity=who, now=now, today=today)
    duty = shown.duty
    if duty.body_id not in who.scope("body"):
        raise NotFound
    row = shown.publication
    answer = next((one.row for one in shown.answers if one.row.item_id == duty.answer_item_id), None)
    text = row[0].words if row and row[0].words else (answer.text or answer.letter_text if answer else "")
    values: dict[str, Any] = {"text": text, "version": row[0].number if row else None, "on": today}
    state = row[0].state if row else "planned"
    return page(
        "duties/publication.html",
        shown=shown,
        caption=subjects.captions(session, [(duty.subject_kind, duty.subject_id)])[duty.subject_kind, duty.subject_id],
        form=sent or blank_form(values),
        state=state,
        may_write=who.may(Permission.DUTY_RECORD),
        may_approve=who.may(Permission.PUBLISH_APPROVE),
    )


@blueprint.get("/duties/<int:duty_id>/told/<int:told_id>/strike")
@needs(Permission.DUTY_TELL)
def strike_form(duty_id: int, told_id: int) -> str:
    """Why a line of told voters does not count."""
    return _strike(duty_id, blank_form())


@blueprint.post("/duties/<int:duty_id>/told/<int:told_id>/strike")
@needs(Permission.DUTY_TELL)
def strike(duty_id: int, told_id: int) -> ResponseReturnValue:
    """Strike it."""
    reading.duty(db(), duty_id, identity(), clock.now())
    try:
        telling.strike_told(db(), told_id, **read_form(ReasonForm), by=identity(), now=clock.now())
    except Invalid as error:
        return _strike(duty_id, typed(error.fields)), 422
    return redirect(url_for("duties.one.show", duty_id=duty_id))


def _strike(duty_id: int, form: Form) -> str:
    reading.duty(db(), duty_id, identity(), clock.now())
    label: Message = say("Gạch dòng báo cử tri ghi nhầm")
    return page("duties/reason.html", label=label, what="", back=url_for("duties.one.show", duty_id=duty_id), form=form, warning=None)
