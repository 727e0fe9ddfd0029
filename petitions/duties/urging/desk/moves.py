"""What is done with one urging: changed, thinned out, withdrawn, issued, recalled."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from petitions.agencies import queries as agencies
from petitions.core import clock
from petitions.core.errors import Invalid, NotAllowed, PetitionsError
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.documents import store
from petitions.duties.schemas import ReasonForm
from petitions.duties.urging import ladder
from petitions.duties.urging.actions import drafting, issuing
from petitions.duties.urging.actions.drafting import Changes
from petitions.duties.urging.actions.issuing import Signing
from petitions.duties.urging.desk.urgings import moves_of
from petitions.duties.urging.models import Urging
from petitions.duties.urging.queries import ladder as laws
from petitions.duties.urging.queries import reading
from petitions.duties.urging.schemas import ChangeForm, IssueForm, TakeOutForm
from petitions.duties.urging.workflow import URGINGS
from petitions.letters import queries as letters
from petitions.letters.models import DRAWN, RECORDED
from petitions.notifications import mailbox
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db, glance, office
from petitions.workdays import queries as workdays

blueprint = Blueprint("urging_moves", __name__)
P = Permission
ISSUERS = (P.URGING_ISSUE, P.URGING_ESCALATE)
GONE = say("Việc này không mở cho bạn ở trạng thái hiện nay.")


def _open(urging_id: int, move: str) -> tuple[Urging, ladder.Rung]:
    """The urging, when this move is open to the reader."""
    urging, letter = reading.one(db(), urging_id, reading.seen(identity(), clock.now()))
    rung = laws.rung_of(laws.row(db(), urging.rung_id))
    if move not in moves_of(urging, rung, letter, identity()):
        raise NotAllowed(GONE)
    return urging, rung


def _seen(urging_id: int) -> Urging:
    return reading.one(db(), urging_id, reading.seen(identity(), clock.now()))[0]


def _back(urging_id: int) -> ResponseReturnValue:
    return redirect(url_for("duties.urgings.show", urging_id=urging_id))


@blueprint.get("/urgings/<int:urging_id>/edit")
@needs(P.URGING_DRAFT)
def edit(urging_id: int) -> str:
    """The draft's words."""
    urging, _ = _open(urging_id, "change")
    return _edit(urging, blank_form({name: getattr(urging, name) for name in ("addressee", "remark", "new_due_on", "version")}))


@blueprint.post("/urgings/<int:urging_id>/edit")
@needs(P.URGING_DRAFT)
def change(urging_id: int) -> ResponseReturnValue:
    """Put them otherwise."""
    urging = _seen(urging_id)
    try:
        values = read_form(ChangeForm)
        version = values.pop("version")
        with db().begin_nested():
            drafting.change(db(), urging_id, Changes(**values), version=version, by=identity(), now=clock.now(), today=clock.today())
    except Invalid as error:
        return _edit(urging, typed(error.fields)), 422
    flash(str(say("Đã lưu dự thảo.")), "success")
    return _back(urging_id)


def _edit(urging: Urging, form: Form) -> str:
    report_by = issuing.report_by(urging, workdays.calendar(db()), clock.today())
    return page("duties/urging/edit.html", urging=urging, form=form, agency=agencies.agency_name(db(), urging.agency_id), report_by=report_by)


@blueprint.post("/urgings/<int:urging_id>/take-out")
@needs(P.URGING_DRAFT)
def take_out(urging_id: int) -> ResponseReturnValue:
    """Take the ticked items out."""
    _seen(urging_id)
    try:
        values = read_form(TakeOutForm)
        drafting.take_out(db(), urging_id, values["ids"], reason=values["reason"], by=identity(), now=clock.now())
        flash(str(say("Đã bỏ các việc được đánh dấu ra khỏi dự thảo.")), "success")
    except Invalid:
        flash(str(say("Hãy đánh dấu những việc cần bỏ và ghi lý do.")), "error")
    return _back(urging_id)


@blueprint.get("/urgings/<int:urging_id>/<any(withdraw, recall):name>")
@needs(P.URGING_DRAFT, *ISSUERS)
def reason(urging_id: int, name: str) -> str:
    """Why a draft is given up, or a letter recalled."""
    urging, _ = _open(urging_id, name)
    return _reason(urging, name, blank_form())


@blueprint.post("/urgings/<int:urging_id>/<any(withdraw, recall):name>")
@needs(P.URGING_DRAFT, *ISSUERS)
def with_reason(urging_id: int, name: str) -> ResponseReturnValue:
    """Give it up, or recall it."""
    urging = _seen(urging_id)
    act = {"withdraw": drafting.withdraw, "recall": issuing.recall}[name]
    try:
        with db().begin_nested():
            act(db(), urging_id, **read_form(ReasonForm), by=identity(), now=clock.now())
    except Invalid as error:
        return _reason(urging, name, typed(error.fields)), 422
    flash(str(say("Đã ghi: {what}.", what=URGINGS[name].label)), "success")
    return _back(urging_id)


WARNINGS: dict[str, Message] = {
    "withdraw": say("Nấc này sẽ không được lập lại cho các việc trong dự thảo; nấc cao hơn vẫn được lập khi đến ngày."),
    "recall": say("Số công văn được trả lại sổ; các việc trong công văn sẽ được lập dự thảo lại."),
}


def _reason(urging: Urging, name: str, form: Form) -> str:
    what = agencies.agency_name(db(), urging.agency_id)
    back = url_for("duties.urgings.show", urging_id=urging.id)
    return page("duties/reason.html", label=URGINGS[name].label, what=what, back=back, form=form, warning=WARNINGS[name])


@blueprint.get("/urgings/<int:urging_id>/issue")
@needs(*ISSUERS)
def issue_form(urging_id: int) -> str:
    """Number, day and signatory, as the registry gave them."""
    urging, rung = _open(urging_id, "issue")
    signatories = letters.signatories(db(), [urging.body_id])
    first = next((one.id for one in signatories if one.rank == rung.authority), None)
    return _issue(urging, rung, blank_form(dated_on=clock.today(), signatory_id=first, version=urging.version))


@blueprint.post("/urgings/<int:urging_id>/issue")
@needs(*ISSUERS)
def issue(urging_id: int) -> ResponseReturnValue:
    """Issue it: one letter with an annex; each item notes it."""
    kept = store.open_store(office().settings.data_dir)
    try:
        values = read_form(IssueForm)
    except Invalid as error:
        return _issue(*_open(urging_id, "issue"), typed(error.fields)), 422
    version, signing = values.pop("version"), Signing(**values)
    with glance() as session:
        reading.one(session, urging_id, reading.seen(identity(), clock.now()))
        ready = issuing.ready(session, urging_id, signing, today=clock.today())
    urging, rung = _open(urging_id, "issue")
    given: dict[str, Any] = {"store": kept, "by": identity(), "now": clock.now(), "today": clock.today(), "version": version, "ready": ready}
    try:
        with db().begin_nested():
            done, letter = issuing.issue(db(), urging_id, signing, **given)
    except Invalid as error:
        return _issue(urging, rung, typed(error.fields)), 422
    except PetitionsError as error:
        return _issue(urging, rung, typed({"": [error.message]})), 422
    flash(str(say("Đã phát hành công văn {number}, gửi đi lúc {moment}.", number=letter.full_number, moment=_moment(done))), "success")
    return _back(urging_id)


def _moment(urging: Urging) -> str:
    return urging.leaves_at.astimezone(clock.HANOI).strftime("%H:%M %d/%m/%Y") if urging.leaves_at else ""


def _issue(urging: Urging, rung: ladder.Rung, form: Form) -> str:
    session = db()
    book = letters.book_of(session, urging.body_id)
    return page(
        "duties/urging/issue.html",
        urging=urging,
        rung=rung,
        form=form,
        book=book,
        drawn=book.numbering == DRAWN,
        recorded=book.numbering == RECORDED,
        signatories=[(row.id, f"{row.name} – {row.post}") for row in letters.signatories(session, [urging.body_id])],
        agency=agencies.agency_name(session, urging.agency_id),
        unreachable=mailbox.unreachable(session, {urging.agency_id, urging.to_agency_id}),
        authority=ladder.AUTHORITIES[rung.authority],
        n=len(reading.item_rows(session, urging.id)),
        report_by=issuing.report_by(urging, workdays.calendar(session), clock.today()),
    )
