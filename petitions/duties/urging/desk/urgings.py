"""Drafts and letters that urge: the list, one with its items and what it would be as a letter, the agency's word."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from petitions.agencies import queries as agencies
from petitions.core import clock
from petitions.core.errors import Invalid, PetitionsError
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.duties import listing
from petitions.duties.panel import Desk
from petitions.duties.queries import queues
from petitions.duties.queries import reading as duties
from petitions.duties.schemas import ChosenForm
from petitions.duties.urging import ladder
from petitions.duties.urging.actions import acknowledging, drafting, issuing
from petitions.duties.urging.desk import left_out
from petitions.duties.urging.models import Urging
from petitions.duties.urging.queries import ladder as laws
from petitions.duties.urging.queries import reading
from petitions.duties.urging.schemas import AcknowledgeForm, UrgingQuery
from petitions.duties.urging.workflow import DRAFT, ISSUED, RECALLED, REPLACED, STATES, URGINGS, WITHDRAWN
from petitions.duties.urging.workflow import issuing as permission_for
from petitions.duties.workflow import RUNNING
from petitions.letters import pdf, previewing
from petitions.letters.actions import drafting as letters
from petitions.letters.desk.letters import file_answer
from petitions.letters.models import Letter
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, read_query, typed
from petitions.web.pages import page
from petitions.web.transaction import db
from petitions.workdays import queries as workdays

blueprint = Blueprint("urgings", __name__)
P = Permission
WORKERS = (P.URGING_DRAFT, P.URGING_ISSUE, P.URGING_ESCALATE)
menu.register(menu.Entry("duties.urgings.listing_", say("Đôn đốc"), "bell", WORKERS, order=27))
SECTIONS: dict[str, tuple[Message, tuple[str, ...]]] = {
    "draft": (say("Dự thảo chờ phát hành"), (DRAFT,)),
    "issued": (say("Đã phát hành"), (ISSUED,)),
    "silent": (say("Chưa xác nhận đã nhận"), (ISSUED,)),
    "ended": (say("Đã bỏ, thu hồi, thay thế"), (WITHDRAWN, RECALLED, REPLACED)),
}
TONES = {DRAFT: "near", ISSUED: "act", RECALLED: "quiet", WITHDRAWN: "quiet", REPLACED: "quiet"}
ITEMS = 500


@blueprint.get("/urgings")
@needs(P.DUTY_READ)
def listing_() -> str:
    """Drafts that wait, letters that went, reminders beside them."""
    session, who, now = db(), identity(), clock.now()
    asked = read_query(UrgingQuery)
    seen = reading.seen(who, now)
    office = reading.office(who)
    counts = reading.counts(session, seen, now)
    section = asked["section"] if asked["section"] in SECTIONS else "draft" if office and counts["draft"] else "issued"
    where: list[ColumnElement[bool]] = [seen, *reading.section(section, now)]
    if asked["agency"]:
        where.append(Urging.agency_id == asked["agency"])
    rows = reading.page_of(session, *where, number=asked["page"])
    return page(
        "duties/urging/list.html",
        rows=rows,
        rungs={one.id: one for one in laws.rungs(session)},
        names={number: entry.name for number, entry in agencies.directory(session).agencies.items()},
        tabs=[(name, words, counts[name], name == section) for name, (words, _) in SECTIONS.items() if office or name in ("issued", "silent")],
        section=section,
        states=STATES,
        tones=TONES,
        ranks=ladder.RANKS,
        now=now,
        office=office,
    )


@blueprint.post("/urgings")
@needs(P.URGING_DRAFT)
def draft() -> ResponseReturnValue:
    """Draft letters about the items ticked on the board: one for each agency and rung."""
    back = left_out.list_of(request.form.get("back", ""))
    if not request.form.getlist("ids"):
        flash(str(say("Hãy chọn ít nhất một việc.")), "error")
        return redirect(back)
    try:
        ids = read_form(ChosenForm)["ids"]
        made = drafting.draft_by_hand(db(), ids, by=identity(), now=clock.now(), today=clock.today())
    except Invalid as error:
        flash(str(next((words[0] for words in error.fields.values()), say("Hãy đánh dấu những việc cần đôn đốc."))), "error")
        return redirect(back)
    if made.refused:
        flash(left_out.told(db(), made.refused, identity()), "error")
    if not made.urgings:
        return redirect(back)
    flash(str(say_n("Đã đưa {n} việc vào dự thảo đôn đốc.", "Đã đưa {n} việc vào dự thảo đôn đốc.", made.items)), "success")
    if len(made.urgings) == 1:
        return redirect(url_for("duties.urgings.show", urging_id=made.urgings[0]))
    return redirect(url_for("duties.urgings.listing_", section="draft"))


@blueprint.get("/urgings/<int:urging_id>")
@needs(P.DUTY_READ)
def show(urging_id: int) -> str:
    """One urging: to whom, at which rung, with what."""
    return _show(urging_id, blank_form(received_on=clock.today()))


def _show(urging_id: int, form: Form) -> str:
    session, who, now, today = db(), identity(), clock.now(), clock.today()
    urging, letter = reading.one(session, urging_id, reading.seen(who, now))
    rung = laws.rung_of(laws.row(session, urging.rung_id))
    items = reading.item_rows(session, urging.id, limit=ITEMS)
    desk = Desk.read(session, today)
    chosen = [queues.among([one.duty_id for one in items]), duties.visible(who, now)]
    rows = queues.page_of(session, chosen, size=ITEMS, total=len(items))
    stale = {one.duty_id for one in items if urging.state == DRAFT and (one.state not in RUNNING or one.next_due is None)}
    return page(
        "duties/urging/show.html",
        urging=urging,
        letter=letter,
        rung=rung,
        rows=rows,
        lines=listing.lines(session, rows.rows, desk),
        rounds={one.duty_id: one.round for one in items},
        stale=stale,
        names=desk.names,
        state=STATES[urging.state],
        tone=TONES[urging.state],
        ranks=ladder.RANKS,
        authorities=ladder.AUTHORITIES,
        moves=moves_of(urging, rung, letter, who),
        waits=urging.state == ISSUED and urging.leaves_at is not None and urging.leaves_at > now,
        report_by=urging.new_due_on or issuing.report_by(urging, desk.calendar, today),
        may_acknowledge=_may_acknowledge(urging, who),
        office=reading.office(who),
        form=form,
    )


def moves_of(urging: Urging, rung: ladder.Rung, letter: Letter | None, who: Identity) -> dict[str, Message]:
    """The moves open to this reader."""
    if urging.body_id not in who.scope("body"):
        return {}
    now = clock.now()
    left = urging.leaves_at is not None and urging.leaves_at <= now
    found = {}
    for move in URGINGS.moves:
        allowed = permission_for(rung.authority) if move.name in ("issue", "recall") else move.permission
        if urging.state in move.sources and who.may(allowed) and move.name != "acknowledge" and not (move.name == "recall" and (left or letter is None)):
            found[move.name] = move.label
    return found


def _may_acknowledge(urging: Urging, who: Identity) -> bool:
    if urging.state != ISSUED or urging.acknowledged_at is not None or urging.form != ladder.LETTER:
        return False
    if urging.leaves_at is None or urging.leaves_at > clock.now():
        return False
    office = who.may(P.DUTY_RECORD) and urging.body_id in who.scope("body")
    return office or reading.is_addressed(db(), urging.id, who, clock.now())


@blueprint.get("/urgings/<int:urging_id>/preview")
@needs(*WORKERS)
def preview(urging_id: int) -> str:
    """The letter as it would be printed today."""
    urging, content = _content(urging_id)
    return page("duties/urging/preview.html", urging=urging, sheets=previewing.sheets(content), no_pdf=pdf.lacking())


@blueprint.get("/urgings/<int:urging_id>/<any(docx, pdf):form>")
@needs(*WORKERS)
def paper(urging_id: int, form: str) -> Response:
    """The same as a file."""
    urging, content = _content(urging_id)
    return file_answer(content, f"{say('Dự thảo đôn đốc')} {urging.id}", form)


def _content(urging_id: int) -> tuple[Urging, bytes]:
    session, today = db(), clock.today()
    urging, _ = reading.one(session, urging_id, reading.seen(identity(), clock.now()))
    rung = laws.rung_of(laws.row(session, urging.rung_id))
    values = issuing.letter_values(session, urging, rung, workdays.calendar(session), today, today)
    return urging, letters.preview(session, values, today=today)


@blueprint.post("/urgings/<int:urging_id>/acknowledge")
@needs(P.DUTY_ANSWER, P.DUTY_RECORD)
def acknowledge(urging_id: int) -> ResponseReturnValue:
    """The addressee has the letter."""
    reading.one(db(), urging_id, reading.seen(identity(), clock.now()))
    try:
        values: dict[str, Any] = read_form(AcknowledgeForm)
        with db().begin_nested():
            acknowledging.acknowledge(db(), urging_id, **values, by=identity(), now=clock.now(), today=clock.today())
    except Invalid as error:
        return _show(urging_id, typed(error.fields)), 422
    except PetitionsError as error:
        return _show(urging_id, typed({"": [error.message]})), 422
    flash(str(say("Đã xác nhận nhận công văn đôn đốc.")), "success")
    back = request.form.get("back", "")
    return redirect(url_for("duties.inbox.show") if back == "inbox" else url_for("duties.urgings.show", urging_id=urging_id))
