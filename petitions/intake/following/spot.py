"""An answer that the agency gave at the meeting itself: noted on the petition's page, then judged like any other (NQLT72, Điều 24)."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from petitions.core import clock
from petitions.core.errors import Invalid, NotAllowed, PetitionsError
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.duties import classes
from petitions.duties.actions import answering
from petitions.duties.actions.answering import Proposal
from petitions.duties.desk.choices import agency_choices
from petitions.duties.schemas import day, number, one_of, words
from petitions.intake.models import Petition
from petitions.intake.queries.reading import by_code
from petitions.intake.workflow import SENDABLE
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("spot", __name__)


class SpotForm(Schema):
    """What the agency said, who it is, and when."""

    agency_id = number(required=True)
    on = day(required=True)
    agency_class = one_of(classes.CLASSES, required=True)
    reason = one_of([code for one in classes.REASONS.values() for code in one])
    promised_on = day()
    text = words(required=True, most=20000)
    roadmap = words()


def may_note(who: Identity, petition: Petition) -> bool:
    """Whether this person may note such an answer now: the petition was accepted and classified, and lies with no agency."""
    return who.may(Permission.DUTY_RECORD) and petition.body_id in who.scope("body") and petition.state in SENDABLE


@blueprint.get("/petitions/<code>/on-the-spot")
@needs(Permission.DUTY_RECORD)
def show(code: str) -> str:
    """The form; the petition's lead agency and the day of the meeting are filled in."""
    petition = by_code(db(), code, identity())
    return _page(petition, blank_form(on=petition.dated_on or clock.today()))


@blueprint.post("/petitions/<code>/on-the-spot")
@needs(Permission.DUTY_RECORD)
def note(code: str) -> ResponseReturnValue:
    """Note it: the petition is answered, and waits for the office's verdict."""
    session, who, petition = db(), identity(), by_code(db(), code, identity())
    if not may_note(who, petition):
        raise NotAllowed(say("Chỉ ghi được câu trả lời tại chỗ khi kiến nghị đã phân loại và chưa chuyển cơ quan nào."))
    try:
        given = read_form(SpotForm)
        agency, on = given.pop("agency_id"), given.pop("on")
        said = Proposal(0, **given)
        with session.begin_nested():
            made = answering.answer_on_the_spot(
                session,
                body_id=petition.body_id,
                subject=("petition", petition.id),
                agency_id=agency,
                proposal=said,
                on=on,
                by=who,
                now=clock.now(),
                today=clock.today(),
            )
    except Invalid as error:
        return _page(petition, typed(error.fields)), 422
    except PetitionsError as error:
        return _page(petition, typed({"": [error.message]})), 422
    flash(str(say("Đã ghi câu trả lời tại chỗ; chờ Văn phòng đánh giá.")), "success")
    return redirect(url_for("duties.one.show", duty_id=made.id))


def _page(petition: Petition, form: Form) -> str:
    reasons = [(classes.CLASSES[one], list(rows.items())) for one, rows in classes.REASONS.items()]
    return page(
        "intake/on_the_spot.html",
        petition=petition,
        form=form,
        agencies=agency_choices(db(), clock.today()),
        classes=list(classes.CLASSES.items()),
        reasons=reasons,
    )
